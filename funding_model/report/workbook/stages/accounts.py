"""Accounts: what each contract costs and earns, and what is left.

Underspend of a segment = ``max(0, price + brought forward - allowed)``, allowed = what the rule recognises of actual
eligible cost less what others meet, at each year's own prices; returned, kept, or carried until the award ends.
Running terms = recruitment - planned recruitment + terms. ``cost = S x (full cost + change of lines + running terms -
pay not spent + cover) + letters and bids + loss``; ``income = S x (price - underspend returned + other funders)``;
surplus = income - cost. With posts filled: pay in full, no cover, underspend as it would be then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START, OF_ITSELF
from funding_model.report.workbook.book import POUNDS, Kind, Line, Numbers, Sheet, Stack, Years
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import (
    Accounts,
    ByContract,
    Delivery,
    Pricing,
    Staffing,
    Terms,
    TermsEntries,
)
from funding_model.report.workbook.stages.price import Stage, Whole, recognised


@dataclass(frozen=True)
class Outcome:
    """How staff and delivery turn out, what the contracts pay and what their terms cost."""

    staffing: Staffing
    delivery: Delivery
    survival: ByContract
    cost_of_loss: ByContract
    pricing: Pricing
    terms: Terms


def account(priced: Stage, course: Outcome, other_funders: Stack) -> Accounts:
    """Draw up the provider's money under every contract.

    Args:
        priced: The stage of the price, whose terms and calendar these share.
        course: How staff and delivery turn out, what the contracts pay and what their terms cost.
        other_funders: By service, yearly.
    """
    basis = priced.basis
    sheet = basis.book.sheet("Underspend", "What is given back because less was spent than the price allows for.")
    stage = replace(priced, sheet=basis.book.sheet("Accounts", "What each contract costs and earns, and what is left."))
    funds = basis.engine.inputs.funds
    other = _spread(stage, "Other funders", tuple(other_funders), funds.other_funders)
    met = _spread(stage, "Other funders that meet cost", stage.contracts.meeting_cost, funds.other_meeting_cost)
    back = _Back(stage, sheet, course, met)
    returned = [back.of(number) for number in range(len(basis.entered.contracts))]
    money = [
        _Money(stage, course, number, other, returned[number]).stacks()
        for number in range(len(basis.entered.contracts))
    ]
    names = ("running_terms", "cost_of_terms", "cost", "income", "surplus", "surplus_posts_filled")
    found = {name: tuple(each[name] for each in money) for name in names}
    compared = {
        "cost": "Cost",
        "income": "Income",
        "surplus": "Surplus",
        "surplus_posts_filled": "Surplus, posts filled",
    }
    for name, words in compared.items():
        for contract, stack in zip(basis.entered.contracts, found[name], strict=True):
            basis.book.compare(f"{words}: {contract}", stack)
    return Accounts(
        underspend_returned=tuple(each.as_staffed for each in returned),
        underspend_carried=tuple(each.carried for each in returned),
        other_funders=other,
        **found,
    )


def _spread(stage: Stage, title: str, lines: tuple[Line | None, ...], known: Numbers) -> Stack:
    """Spread what others pay evenly over the months of each year."""
    book = stage.basis.book

    def formula(at: int) -> str:
        line = lines[at]
        return "0" if line is None else f"{line.of_year(book.time)}/{book.time.months_of_this_year.now}"

    return stage.sheet.block(title, "The year's, spread evenly over its months.").stack(
        stage.services, POUNDS, formula, years="sum", engine=known
    )


@dataclass(frozen=True)
class _Returned:
    """Underspend under one contract, by service."""

    as_staffed: Stack
    posts_filled: Stack
    carried: Stack


class _Back:
    """Works out what is given back."""

    def __init__(self, stage: Stage, sheet: Sheet, course: Outcome, met: Stack) -> None:
        self.stage, self.sheet, self.course, self.met = stage, sheet, course, met
        self.basis, self.direct = stage.basis, stage.own.direct
        self.nothing = sheet.block("Underspend carried by contracts that carry none").line("Nothing", POUNDS, "0")
        self.services = range(len(stage.services))

    def of(self, number: int) -> _Returned:
        """Return what is given back under a contract, as things are and with posts filled."""
        overhead = self._sums("Overhead", number, lambda at: self.stage.own.overheads.overhead[at].now)
        paid = self._sums("Price", number, lambda at: self.course.pricing.price[number][at].now)
        known = self.basis.engine.evaluation.returned
        staffed = self._returned(
            number, "as staffed", (overhead, paid), of_case(known.as_staffed, number), filled=False
        )
        filled = self._returned(
            number, "with posts filled", (overhead, paid), of_case(known.posts_filled, number), filled=True
        )
        return _Returned(staffed[0], filled[0], staffed[1])

    def _sums(self, title: str, number: int, amount: Callable[[int], str]) -> Stack:
        fill = self.basis.book.ahead(len(self.services))
        return self._stack(
            f"{title}, in the segment so far", "", number,
            lambda at: self.stage.running(number, at, fill[at], amount(at)), fill=fill,
        )  # fmt: skip

    def _stack(
        self,
        title: str,
        note: str,
        number: int,
        formula: Callable[[int], str],
        *,
        figures: Numbers | None = None,
        fill: Stack | None = None,
        kind: Kind = "working",
    ) -> Stack:
        name = self.basis.entered.contracts[number]
        years: Years = "sum" if kind == "result" else "none"
        return self.sheet.block(f"{title}: {name}", note).stack(
            self.stage.services, POUNDS, formula, of=name, engine=figures, fill=fill, kind=kind, years=years
        )

    def _returned(
        self, number: int, words: str, sums: tuple[Stack, Stack], known: Numbers, *, filled: bool
    ) -> tuple[Stack, Stack]:
        """Return the underspend given back and the one carried, under a contract."""
        stage, overhead, paid = self.stage, *sums
        spent = self._sums(
            f"Eligible direct cost less what others meet, {words}", number,
            lambda at: (
                f"{self.direct.eligible_direct[at].now}+{self._change(number, at, filled=filled)}-{self.met[at].now}"
            ),
        )  # fmt: skip
        rest = self._sums(f"Flat rates and terms, {words}", number, lambda at: self._rest(number, at, filled=filled))
        allowed = self._stack(
            f"Allowed in the segment so far, {words}", "What the rule recognises of it.", number,
            lambda at: recognised(
                stage.terms(number, at), Whole(f"MAX(0,{spent[at].now})", overhead[at].now, rest[at].now)
            ),
        )  # fmt: skip
        brought, unspent = (self.basis.book.ahead(len(self.services)) for _ in range(2))
        carries = [stage.terms(number, at).carries_underspend for at in self.services]

        def at(stack: Stack, service: int) -> str:
            return stage.at(stack, number, service).now

        def opening(service: int) -> str:
            begins, goes_on = at(stage.calendar.begins, service), stage.at(stage.calendar.goes_on, number, service)
            carried = f"{goes_on.before}*{unspent[service].before}"
            return f"{begins}*{carried}+(1-{begins})*{brought[service].before}" if carries[service] else "0"

        if any(carries):
            self._stack(f"Underspend brought forward, {words}", "", number, opening, fill=brought)

        def left(service: int) -> str:
            terms = stage.terms(number, service)
            if terms.by_volume and self.basis.engine.inputs.people.counted[service]:
                return "0"
            before = f"+{brought[service].now}" if any(carries) else ""
            gap = f"MAX(0,{paid[service].now}{before}-{allowed[service].now})"
            return f"{at(stage.calendar.ends, service)}*(1-{terms.kept})*{gap}"

        self._stack(
            f"Underspend at the end of a segment, {words}", "Price + brought forward - allowed.", number, left,
            fill=unspent,
        )  # fmt: skip

        def back(service: int) -> str:
            kept = f"*(1-{at(stage.calendar.goes_on, service)})" if carries[service] else ""
            return f"{unspent[service].now}{kept}"

        returned = self._stack(
            f"Underspend returned, {words}", "", number, back, figures=known, kind="result"
        )  # fmt: skip
        if filled or not any(carries):
            return returned, Stack((self.nothing,) * len(self.services))

        def held(service: int) -> str:
            if not carries[service]:
                return "0"
            ends, goes_on = at(stage.calendar.ends, service), at(stage.calendar.goes_on, service)
            return f"{goes_on}*{unspent[service].now}+(1-{ends})*{brought[service].now}"

        carried = self._stack(
            "Underspend carried at the end of the month", "", number, held,
            figures=of_case(self.basis.engine.evaluation.returned.carried, number),
        )  # fmt: skip
        return returned, carried

    def _staff_change(self, number: int, at: int) -> str:
        """Return how eligible staff cost differs from the plan: covered for what is not spent."""
        behaviour, staffing = self.basis.entered.behaviour, self.course.staffing
        empty = f"({staffing.pay_not_spent[number][at].now}-{staffing.ineligible_pay_not_spent[number][at].now})"
        return f"{empty}*({behaviour.cover_share[at]}*(1+{behaviour.cover_premium[at]})-1)"

    def _change(self, number: int, at: int, *, filled: bool) -> str:
        lines = self.course.delivery.eligible_lines_change[number][at].now
        return lines if filled else f"{self._staff_change(number, at)}+{lines}"

    def _rest(self, number: int, at: int, *, filled: bool) -> str:
        """Return flat rates on other bases than direct cost and recognised terms, as they turn out."""
        terms, recognised_costs = self.stage.terms(number, at), self.course.pricing.recognised
        staff = self.direct.eligible_staff[at].now + ("" if filled else f"+{self._staff_change(number, at)}")
        hired = f"({self.course.staffing.recruitment[number][at].now}-{self.direct.recruitment[at].now})"
        result = (
            f"{terms.flat_on_staff}*({staff})+{recognised_costs.terms[number][at].now}"
            f"+{terms.recognises_recruitment}*{hired}"
        )
        excluded = recognised_costs.excluded[number][at]
        if excluded is None:
            return result
        return f"{result}-{terms.flat_on_direct}*({excluded.now}{self._excluded_change(number, at, terms)})"

    def _excluded_change(self, number: int, at: int, terms: TermsEntries) -> str:
        """Return how lines that the base leaves out differ from the plan: those that follow people or posts."""
        entered, book = self.basis.entered, self.basis.book
        lines, groups = entered.lines, self.basis.engine.inputs.lines.excluded_group
        starts = f"({self.course.delivery.flow[number].starts[at].now}-{self.basis.planned.flow.starts[at].now})"
        vacant = self.course.staffing.vacant_delivery_fte[number][at].now
        posts = f"{vacant}*({entered.behaviour.cover_share[at]}-1)"
        change = {FOR_EACH_START: starts, FOR_EACH_FTE: posts}
        month, year = book.time.month.now, book.time.year_of_month.now
        return "".join(
            f"+{terms.excluded[groups[line]]}*{lines.eligible[line]}*({month}>={lines.first[line]})"
            f"*({month}<={lines.last[line]})*{lines.amount[line]}"
            f"*INDEX({self.basis.outlook.indices.years},{lines.index[line]},{year})*{change[lines.basis[line]]}"
            for line in lines.of(at)
            if groups[line] >= 0 and lines.basis[line] != OF_ITSELF
        )


class _Money:
    """Draws up the money of one contract."""

    def __init__(self, stage: Stage, course: Outcome, number: int, other: Stack, returned: _Returned) -> None:
        self.stage, self.course, self.number, self.other, self.returned = stage, course, number, other, returned
        self.name = stage.basis.entered.contracts[number]
        self.provider = stage.basis.engine.evaluation.provider

    def _stack(
        self, title: str, note: str, formula: Callable[[int], str], known: Numbers | None, kind: Kind = "result"
    ) -> Stack:
        return self.stage.sheet.block(f"{title}: {self.name}", note).stack(
            self.stage.services, POUNDS, formula, of=self.name, kind=kind, years="sum",
            engine=None if known is None else of_case(known, self.number),
        )  # fmt: skip

    def stacks(self) -> dict[str, Stack]:
        """Return the lines, by their names in the handle."""
        course, number, full = self.course, self.number, self.stage.own.full_cost
        staffing, survival = course.staffing, course.survival[number]
        loss, effort = course.cost_of_loss[number], course.terms.effort[number]
        planned, price = self.stage.own.direct.recruitment, course.pricing.price[number]
        first = self.stage.basis.book.time.first.now

        def effort_weighted(at: int) -> str:
            return f"({first}+{survival[at].before})*{effort[at].now}"

        running = self._stack(
            "Running terms", "Recruitment - planned recruitment + returns, variations, notices, letters and bids.",
            lambda at: (
                f"{staffing.recruitment[number][at].now}-{planned[at].now}+{course.terms.running[number][at].now}"
                f"+{effort[at].now}"
            ),
            self.provider.running_terms, "working",
        )  # fmt: skip
        terms = self._stack(
            "Cost of the terms", "Running terms x survival, letters and bids x that of the month before, cost of loss.",
            lambda at: (
                f"{survival[at].now}*({running[at].now}-{effort[at].now})+{effort_weighted(at)}+{loss[at].now}"
            ),
            self.provider.cost_of_terms,
        )  # fmt: skip
        filled = self._stack(
            "Cost with posts filled", "Full cost + change in lines that follow delivery + running terms.",
            lambda at: (
                f"{full[at].now}+{course.delivery.lines_change[number][at].now}+{running[at].now}-{effort[at].now}"
            ),
            None, "working",
        )  # fmt: skip
        cost = self._stack(
            "Cost", "Survival x (cost with posts filled - pay not spent + cover) + letters and bids + cost of loss.",
            lambda at: (
                f"{survival[at].now}*({filled[at].now}-{staffing.pay_not_spent[number][at].now}"
                f"+{staffing.cover[number][at].now})+{effort_weighted(at)}+{loss[at].now}"
            ),
            self.provider.cost,
        )  # fmt: skip
        income = self._stack(
            "Income", "Survival x (price - underspend returned + other funders).",
            lambda at: (
                f"{survival[at].now}*({price[at].now}-{self.returned.as_staffed[at].now}+{self.other[at].now})"
            ),
            self.provider.income,
        )  # fmt: skip
        surplus = self._stack(
            "Surplus", "Income - cost.", lambda at: f"{income[at].now}-{cost[at].now}", self.provider.surplus
        )
        posts_filled = self._stack(
            "Surplus with posts filled", "As it would be with every post filled and paid for.",
            lambda at: (
                f"{survival[at].now}*({price[at].now}-{self.returned.posts_filled[at].now}+{self.other[at].now}"
                f"-{filled[at].now})-{effort_weighted(at)}-{loss[at].now}"
            ),
            self.provider.surplus_posts_filled,
        )  # fmt: skip
        return {
            "running_terms": running,
            "cost_of_terms": terms,
            "cost": cost,
            "income": income,
            "surplus": surplus,
            "surplus_posts_filled": posts_filled,
        }
