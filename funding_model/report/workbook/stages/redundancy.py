"""Redundancy and notice: what those in post would be owed if a service ended with the month, under each contract.

Of those in post at the start, ``heads x share of a cohort x posts filled then x staying`` are left, ``staying =
e^-(sum of leaving rates)``, each with as many completed years more as have passed. Those hired since and still there
are ``heads x (joined up to k years ago - joined up to k + 1 years ago) x staying``, with k completed years; joined =
sum of ``(posts filled at the month's end - those of its start still there) / staying``. Notice = ``max(0, weeks of
notice - weeks between decision and end) x cost of a week``. What a head is owed is worked out in Entitlement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from funding_model.report.workbook.book import FRACTION, NUMBER, POUNDS, Line, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Awards, Staffing
from funding_model.report.workbook.stages.entitlement import Entitled
from funding_model.report.workbook.under_contract import UnderContract


@dataclass(frozen=True)
class PeopleAtAnEnd(UnderContract):
    """Works out redundancy and notice under one contract."""

    entitled: Entitled
    awards: Awards
    staffing: Staffing

    def work(self) -> dict[str, Stack]:
        """Work out redundancy, notice and the heads under notice, by service."""
        layout, known = self.basis.entered.posts.layout, self.basis.engine.evaluation.exposure
        listed = [group for group in range(len(layout.groups)) if self.entitled.is_listed(group)]
        staying = self._staying(listed)
        joined = self._joined(listed, staying)
        owed = {
            "redundancy": self._of_groups(
                "Redundancy pay of a group", POUNDS, listed, self._redundancy(staying, joined)
            ),
            "notice": self._of_groups("Notice of a group", POUNDS, listed, self._notice(staying, joined, paid=True)),
            "notices": self._of_groups(
                "Heads of a group under notice", NUMBER, listed, self._notice(staying, joined, paid=False)
            ),
        }
        titles = {
            "redundancy": ("Redundancy pay if the service ends with the month", POUNDS),
            "notice": ("Pay in notice beyond the end", POUNDS),
            "notices": ("Heads under protective notice", NUMBER),
        }
        return {
            name: self.services(
                title, unit, self._of_service(name, owed[name]), "Nil where nothing can end it.",
                getattr(known, name)[..., 1:],
            )
            for name, (title, unit) in titles.items()
        }  # fmt: skip

    def _label(self, group: int) -> str:
        layout = self.basis.entered.posts.layout
        return layout.label_of(layout.groups[group])

    def _staying(self, listed: list[int]) -> dict[int, Line]:
        """Work out the share of those in post at the start who are still there at the end of the month."""
        layout, first = self.basis.entered.posts.layout, self.basis.book.time.first.now
        services = sorted({layout.groups[group].owner for group in listed})
        lines = self.basis.book.ahead(len(services))
        leaving = self.staffing.leaving_rate[self.number]
        hazard = self.basis.engine.evaluation.staffing.hazard
        block = self.sheet.block(f"Share of staff still there: {self.contract}", "e^-(sum of leaving rates).")
        block.stack(
            [self.basis.entered.services[service] for service in services], FRACTION,
            lambda at: f"({first}+{lines[at].before})*EXP(0-{leaving[services[at]].now})", of=self.contract,
            engine=np.exp(-of_case(hazard, self.number)[services, 1:]), fill=lines,
        )  # fmt: skip
        return dict(zip(services, lines, strict=True))

    def _joined(self, listed: list[int], staying: dict[int, Line]) -> dict[int, list[Line]]:
        """Work out who was hired since the start and is still there, by completed years."""
        layout, month = self.basis.entered.posts.layout, self.basis.book.time.month.now
        active, twelve = self.basis.planned.active, self.basis.entered.constants.months_a_year
        start, end = self.staffing.vacant_start[self.number], self.staffing.vacant_end[self.number]
        leaving = self.staffing.leaving_rate[self.number]
        owner = [layout.groups[group].owner for group in listed]
        lines, names = self.basis.book.ahead(len(listed)), [self._label(group) for group in listed]
        self.sheet.block(
            f"Joined since the start, for each head: {self.contract}", "Divided by the share of staff still there."
        ).stack(
            names, NUMBER,
            lambda at: (
                f"{lines[at].before}+{active[listed[at]].now}*((1-{end[listed[at]].now})-(1-{start[listed[at]].now})"
                f"*EXP(0-{leaving[owner[at]].now}))/{staying[owner[at]].now}"
            ),
            of=self.contract, fill=lines,
        )  # fmt: skip

        def by(line: Line, years: str) -> str:
            ago = f"{month}-{years}*{twelve}"
            return f"IF({ago}<1,0,INDEX({line.whole},MAX(1,{ago})))"

        def there(years: str, at: int) -> str:
            return f"{staying[owner[at]].now}*({by(lines[at], years)}-{by(lines[at], f'({years}+1)')})"

        found: dict[int, list[Line]] = {group: [] for group in listed}
        for years in self.entitled.hired.years.cells:
            stack = self.sheet.block(
                f"Hired since the start and still there, for each head: {self.contract}", "By completed years."
            ).stack(names, NUMBER, partial(there, str(years)), of=self.contract)
            for group, line in zip(listed, stack, strict=True):
                found[group].append(line)
        return found

    def _of_groups(self, title: str, unit: str, listed: list[int], formula: Callable[[int], str]) -> dict[int, Line]:
        block = self.sheet.block(f"{title}: {self.contract}", "While it stands.")
        stack = block.stack(
            [self._label(group) for group in listed], unit, lambda at: formula(listed[at]), of=self.contract
        )
        return dict(zip(listed, stack, strict=True))

    def _standing(self, group: int) -> str:
        return f"{self.basis.planned.active[group].now}*{self.basis.entered.posts.group_size[group]}"

    def _there_at_start(self, group: int) -> str:
        first = self.basis.entered.posts.group_first[group]
        return f"({first}<=1)*(1-{self.staffing.vacant_start[self.number][group].in_month(1)})"

    def _redundancy(self, staying: dict[int, Line], joined: dict[int, list[Line]]) -> Callable[[int], str]:
        posts, entitled = self.basis.entered.posts, self.entitled

        def formula(group: int) -> str:
            each = posts.layout.groups[group]
            team, span = posts.layout.teams[each.team], entitled.cohorts.span(posts.layout.teams[each.team])
            heads, week = posts.heads.part(team.start, team.stop), entitled.week.part(team.types, team.types_stop).now
            people = entitled.people[each.team].whole
            of_start = (
                f"{staying[each.owner].now}*{self._there_at_start(group)}"
                f"*SUMPRODUCT({people},{entitled.pounds.part(span.start, span.stop).now})"
            )
            since = "".join(
                f"+{line.now}*SUMPRODUCT({heads},{weeks.part(team.types, team.types_stop)},{week})"
                for line, weeks in zip(joined[group], entitled.hired.weeks, strict=True)
            )
            return f"{self._standing(group)}*({of_start}{since})"

        return formula

    def _ahead(self, service: int) -> str:
        constants = self.basis.entered.constants
        months = self.awards.months_of_notice[self.number][service].now
        return f"{months}*({constants.weeks_a_year}/{constants.months_a_year})"

    def _notice(self, staying: dict[int, Line], joined: dict[int, list[Line]], *, paid: bool) -> Callable[[int], str]:
        """Write what a group is due in notice beyond the end, or how many of it are given notice."""
        posts, entitled = self.basis.entered.posts, self.entitled

        def formula(group: int) -> str:
            each = posts.layout.groups[group]
            team, span = posts.layout.teams[each.team], entitled.cohorts.span(posts.layout.teams[each.team])
            ahead, heads = self._ahead(each.owner), posts.heads.part(team.start, team.stop)
            cost = entitled.cost.part(team.types, team.types_stop).now

            def due(weeks: str, cost_of_week: str) -> str:
                return f"({weeks}>{ahead})" + (f"*({weeks}-{ahead})*{cost_of_week}" if paid else "")

            listed = entitled.hired.listed.part(team.types, team.types_stop)
            cohorts = entitled.notice.part(span.start, span.stop), entitled.cohort_cost.part(span.start, span.stop)
            of_start = (
                f"{staying[each.owner].now}*{self._there_at_start(group)}*SUMPRODUCT({entitled.people[each.team].whole}"
                f"*{due(*(stack.now for stack in cohorts))})"
            )
            since = "".join(
                f"+{line.now}*SUMPRODUCT({heads}*{listed}*{due(weeks.part(team.types, team.types_stop), cost)})"
                for line, weeks in zip(joined[group], entitled.hired.notice, strict=True)
            )
            return f"{self._standing(group)}*({of_start}{since})+{self._unlisted(group, paid=paid)}"

        return formula

    def _unlisted(self, group: int, *, paid: bool) -> str:
        """Write the same of a group's posts without cohorts, who are warned a week ahead at least."""
        posts, entitled = self.basis.entered.posts, self.entitled
        each = posts.layout.groups[group]
        team, ahead = posts.layout.teams[each.team], self._ahead(each.owner)
        weeks = posts.contractual_notice.part(team.types, team.types_stop)
        others = (
            f"{posts.heads.part(team.start, team.stop)}*(1-{entitled.hired.listed.part(team.types, team.types_stop)})"
        )
        filled = f"(1-{self.staffing.vacant_end[self.number][group].now})"
        warned = f"((({weeks}>{ahead})+(1>{ahead}))>0)"
        cost = entitled.cost.part(team.types, team.types_stop).now
        due = f"({weeks}>{ahead})*({weeks}-{ahead})*{cost}" if paid else warned
        return f"{self._standing(group)}*{filled}*SUMPRODUCT({others}*{due})"

    def _of_service(self, name: str, owed: dict[int, Line]) -> Callable[[int], str]:
        layout, awards, number = self.basis.entered.posts.layout, self.awards, self.number

        def formula(service: int) -> str:
            award_ends = f"{awards.renewal[number][service].now}+{awards.extended[number][service].now}"
            ends = award_ends if name == "notices" else f"{award_ends}+{awards.break_point[number][service].now}"
            parts = []
            for group in layout.groups_of(service):
                if group in owed:
                    parts.append(owed[group].now)
                elif name != "redundancy":
                    parts.append(self._unlisted(group, paid=name == "notice"))
            return f"({ends})*({'+'.join(parts) or '0'})"

        return formula
