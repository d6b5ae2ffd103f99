"""Entitlement: what a head in post is owed when a service ends, whatever the contract.

Redundancy = ``times statutory x weeks x min(week's pay, cap)`` from the least years of service on; with ``n =
min(years, 20)``, weeks = ``(n + those of them from age 22 + those from age 41) / 2``. Weeks of notice =
``max(contractual, 1, min(years, 12))``; a post without cohorts has its contractual notice only.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model import units
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import (
    FRACTION,
    NUMBER,
    POUNDS,
    WHOLE,
    Cell,
    Column,
    Entry,
    Fixed,
    Formula,
    Item,
    Sheet,
    Stack,
)
from funding_model.report.workbook.handles import Plan
from funding_model.report.workbook.posts import Team

WEEKS = "weeks"
POUNDS_A_WEEK = "pounds a week"


@dataclass(frozen=True)
class _Law:
    """What the law counts."""

    days_a_week: Cell
    most_years: Cell
    lower_age: Cell
    upper_age: Cell
    half_week: Cell
    most_notice: Cell

    @classmethod
    def of(cls, basis: Basis) -> _Law:
        """Put the statutory scale on the sheet of inputs, as named cells."""
        table = basis.book.named("Inputs").table("Statutory redundancy and notice", ("What", "Value"))

        def fixed(label: str, value: float, name: str) -> Cell:
            return table.add(label, Fixed(value, NUMBER, name))[1]

        return cls(
            fixed("Days in a week", 7, "Days_a_week"),
            fixed("Most years of service that redundancy counts", 20, "Most_years_of_service"),
            fixed("Age from which a year counts half a week more", 22, "Lower_redundancy_age"),
            fixed("Age from which it counts another half", 41, "Upper_redundancy_age"),
            fixed("Weeks of pay for a year below those ages", 0.5, "Half_a_week"),
            fixed("Most weeks of statutory notice", 12, "Most_weeks_of_notice"),
        )

    def weeks(self, years: str, age: str) -> str:
        """Write weeks of redundancy pay for completed years of service at an age."""
        counted = f"MIN({years},{self.most_years})"
        older = [f"MAX(0,MIN({age}-{limit},{counted}))" for limit in (self.lower_age, self.upper_age)]
        return f"{self.half_week}*({counted}+{older[0]}+{older[1]})"

    def notice(self, contractual: object, years: str) -> str:
        """Write weeks of notice for completed years of service."""
        return f"MAX({contractual},1,MIN({years},{self.most_notice}))"


@dataclass(frozen=True)
class _Cohorts:
    """Those in post at the start, by length of service and age: for each post type one cohort below the other."""

    first: tuple[int, ...]
    """For each post type the number of its first cohort; one more entry at the end."""
    share: Column
    years: Column
    age: Column

    @classmethod
    def of(cls, basis: Basis) -> _Cohorts:
        """Enter them."""
        types, first = basis.entered.posts.layout.types, [0]
        rows: list[tuple[Item, ...]] = []
        for each in types:
            everyone = sum(cohort.heads for cohort in each.post.heads)
            rows += [
                (
                    each.post.name,
                    Entry(cohort.heads / everyone, FRACTION, units.FRACTION),
                    Entry(cohort.years_of_service, WHOLE, units.YEARS_OF_SERVICE),
                    Entry(cohort.age, WHOLE, units.AGE),
                )
                for cohort in each.post.heads
            ]
            first.append(len(rows))
        if not rows:
            return cls(tuple(first), *(Column(()) for _ in range(3)))
        table = basis.book.named("Inputs").table(
            "Those in post at the start", ("Post", "Share of its heads", "Completed years of service", "Age")
        )
        return cls(tuple(first), *table.rows(rows)[1:])

    def span(self, team: Team) -> range:
        """Return the numbers of the cohorts of a team's posts."""
        return range(self.first[team.types], self.first[team.types_stop])


@dataclass(frozen=True)
class _Hired:
    """Weeks that those hired since the start are due, by completed years, for each post type."""

    listed: Column
    """Whether cohorts are entered."""
    years: Column
    """Completed years, from none."""
    weeks: tuple[Column, ...]
    notice: tuple[Column, ...]

    @classmethod
    def of(cls, basis: Basis, law: _Law) -> _Hired:
        """Enter the age at which people are hired, and work out the weeks."""
        posts, sheet, parts = basis.entered.posts, basis.book.named("Inputs"), basis.engine.inputs.staff
        years = range(basis.engine.comparison.scenario.horizon_years)
        numbers = sheet.table("Completed years of those hired since the start", ("What", "Years")).rows(
            [(f"After {number} years", Fixed(number, WHOLE)) for number in years]
        )[1]
        ages = posts.layout.by_type(parts.hire_age.astype(float), parts)
        rows: list[tuple[Item, ...]] = [
            (
                each.post.name,
                Fixed(float(bool(each.post.heads)), NUMBER),
                Entry(max(float(age), units.AGE.minimum or 0.0), WHOLE, units.AGE),
                *(Formula("0", WEEKS) for _ in range(2 * len(years))),
            )
            for each, age in zip(posts.layout.types, ages, strict=True)
        ]
        if not rows:
            return cls(Column(()), numbers, *(tuple(Column(()) for _ in years) for _ in range(2)))
        columns = sheet.table(
            "Those hired since the start",
            (
                "Post", "Length of service is entered", "Age when hired",
                *(f"Redundancy, weeks after {number} years" for number in years),
                *(f"Notice, weeks after {number} years" for number in years),
            ),
            "Redundancy in times of the statutory weeks; nil where no length of service is entered.",
        ).rows(rows)  # fmt: skip
        listed, age = columns[1:3]
        weeks, notice = columns[3 : 3 + len(years)], columns[3 + len(years) :]
        for number in years:
            done = str(numbers[number])
            for at in range(len(rows)):
                due = (
                    f"{listed[at]}*({done}>={posts.redundancy_minimum[at]})*{posts.redundancy_multiple[at]}"
                    f"*{law.weeks(done, f'({age[at]}+{done})')}"
                )
                basis.book.redefine(weeks[number][at], Formula(due, WEEKS))
                basis.book.redefine(notice[number][at], Formula(law.notice(posts.contractual_notice[at], done), WEEKS))
        return cls(listed, numbers, tuple(weeks), tuple(notice))


@dataclass(frozen=True)
class Entitled:
    """What a head would be owed, whatever the contract, and how many heads there are."""

    basis: Basis
    cohorts: _Cohorts
    hired: _Hired
    people: tuple[Column, ...]
    """By team: heads of each of its cohorts."""
    week: Stack
    """By post type: a week's pay that redundancy counts."""
    cost: Stack
    """By post type: cost of a week."""
    pounds: Stack
    """By cohort: redundancy pay of a head, as are the next two."""
    notice: Stack
    cohort_cost: Stack

    @classmethod
    def of(cls, basis: Basis, sheet: Sheet, plan: Plan) -> Entitled:
        """Enter cohorts and work out what a head of each would be owed."""
        law = _Law.of(basis)
        cohorts, hired = _Cohorts.of(basis), _Hired.of(basis, law)
        posts, constants, time = basis.entered.posts, basis.entered.constants, basis.book.time
        names = [each.post.name for each in posts.layout.types]
        cap = basis.book.named("Inputs by year").block("Cap on the week's pay of statutory redundancy").entered(
            ["Cap, on the month's last day"], POUNDS_A_WEEK, basis.engine.inputs.statutory.week_pay_cap[None],
            bounds=units.POUNDS, period="month",
        )[0]  # fmt: skip
        elapsed = sheet.block("Time").line(
            "Completed years since the start", WHOLE, f"INT({time.month.now}/{constants.months_a_year})"
        )
        a_week = f"{law.days_a_week}/{constants.days_a_year}"

        def week(at: int) -> str:
            paid, capped = f"{plan.pay.gross[at].now}*{a_week}", posts.redundancy_capped[at]
            return f"(1-{capped})*{paid}+{capped}*MIN({paid},{cap.now})"

        weeks = sheet.block("Week's pay that redundancy counts", "Gross pay x 7 / 365.25, up to the cap.").stack(
            names, POUNDS_A_WEEK, week
        )
        cost = sheet.block("Cost of a week of a head", "Pay with on-costs x 7 / 365.25.").stack(
            names, POUNDS_A_WEEK, lambda at: f"{plan.pay.pay[at].now}*{a_week}"
        )
        kinds = [kind for kind in range(len(names)) for _ in range(cohorts.first[kind], cohorts.first[kind + 1])]
        labels = [names[kind] for kind in kinds]
        served = [f"({cohorts.years[at]}+{elapsed.now})" for at in range(len(kinds))]
        aged = [f"({cohorts.age[at]}+{elapsed.now})" for at in range(len(kinds))]
        pounds = sheet.block("Redundancy pay of a head in post at the start", "By cohort.").stack(
            labels, POUNDS,
            lambda at: (
                f"({served[at]}>={posts.redundancy_minimum[kinds[at]]})*{posts.redundancy_multiple[kinds[at]]}"
                f"*{law.weeks(served[at], aged[at])}*{weeks[kinds[at]].now}"
            ),
        )  # fmt: skip
        notice = sheet.block("Weeks of notice of a head in post at the start", "By cohort.").stack(
            labels, WEEKS, lambda at: law.notice(posts.contractual_notice[kinds[at]], served[at])
        )
        cohort_cost = sheet.block("Cost of a week of a head in post at the start", "By cohort.").stack(
            labels, POUNDS_A_WEEK, lambda at: cost[kinds[at]].now
        )
        return cls(
            basis, cohorts, hired, _people(basis, cohorts), weeks, cost, pounds, notice, cohort_cost
        )  # fmt: skip

    def is_listed(self, group: int) -> bool:
        """Whether cohorts are entered for some post of a group."""
        layout = self.basis.entered.posts.layout
        return len(self.cohorts.span(layout.teams[layout.groups[group].team])) > 0


def _people(basis: Basis, cohorts: _Cohorts) -> tuple[Column, ...]:
    """Work out the heads of each cohort of each team's posts."""
    posts = basis.entered.posts
    rows: list[tuple[Item, ...]] = []
    spans = []
    for team in posts.layout.teams:
        start = len(rows)
        for place, each in enumerate(team.posts):
            kind = team.types + place
            rows += [
                (
                    each.post.name,
                    posts.layout.owners[team.owner],
                    Formula(f"{posts.heads[team.start + place]}*{cohorts.share[at]}", NUMBER),
                )
                for at in range(cohorts.first[kind], cohorts.first[kind + 1])
            ]
        spans.append((start, len(rows)))
    if not rows:
        return tuple(Column(()) for _ in spans)
    table = basis.book.named("Inputs").table(
        "Heads of those in post at the start", ("Post", "Belongs to", "Heads"), "Worked out: heads x share of a cohort."
    )
    heads = table.rows(rows)[2]
    return tuple(Column(heads.cells[start:stop]) for start, stop in spans)
