"""Underspend: what is given back because less was spent than the price allows for.

Underspend of a segment = ``max(0, price + brought forward - allowed)``, allowed = what the rule recognises of actual
eligible cost less what others meet, at each year's own prices; returned, kept, or carried until the award ends. Once
as staffed, and once as it would be with every post filled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START, OF_ITSELF
from funding_model.report.workbook.book import POUNDS, Kind, Line, Numbers, Sheet, Stack, Years
from funding_model.report.workbook.handles import ByContract, Delivery, Pricing, Staffing, Terms, TermsEntries
from funding_model.report.workbook.stages.recognised import Stage, Whole, recognised
from funding_model.report.workbook.under_contract import UnderContract


@dataclass(frozen=True)
class Outcome:
    """How staff and delivery turn out, what the contracts pay and what their terms cost."""

    staffing: Staffing
    delivery: Delivery
    survival: ByContract
    cost_of_loss: ByContract
    pricing: Pricing
    terms: Terms


@dataclass(frozen=True)
class GivenBack:
    """Underspend under one contract, by service."""

    as_staffed: Stack
    posts_filled: Stack
    carried: Stack


class Underspend:
    """Works out what is given back."""

    def __init__(self, stage: Stage, sheet: Sheet, course: Outcome, met: Stack) -> None:
        """Take what it works from, and the sheet it stands on; ``met`` is what others pay towards cost, by service."""
        self.stage, self.sheet, self.course, self.met = stage, sheet, course, met
        self.basis, self.direct = stage.basis, stage.own.direct
        self.nothing = sheet.block("Underspend carried by contracts that carry none").line("Nothing", POUNDS, "0")
        self.services = range(len(stage.services))

    def of(self, number: int) -> GivenBack:
        """Return what is given back under a contract, as things are and with posts filled."""
        overhead = self._sums("Overhead", number, lambda at: self.stage.own.overheads.overhead[at].now)
        paid = self._sums("Price", number, lambda at: self.course.pricing.price[number][at].now)
        known = self.basis.engine.evaluation.returned
        staffed = self._returned(number, "as staffed", (overhead, paid), known.as_staffed, filled=False)
        filled = self._returned(number, "with posts filled", (overhead, paid), known.posts_filled, filled=True)
        return GivenBack(staffed[0], filled[0], staffed[1])

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
        known: Numbers | None = None,
        fill: Stack | None = None,
        kind: Kind = "working",
    ) -> Stack:
        years: Years = "sum" if kind == "result" else "none"
        return UnderContract(self.basis, self.sheet, number).services(
            title, POUNDS, formula, note, known, years, kind=kind, fill=fill
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
        if any(stage.terms(number, at).carries_underspend for at in self.services):
            return self._carried(number, words, paid, allowed, filled=filled, known=known)
        returned = self._stack(
            f"Underspend returned, {words}", "Price - allowed, at the end of a segment.", number,
            lambda at: self._left(number, at, f"{paid[at].now}-{allowed[at].now}"), known=known, kind="result",
        )  # fmt: skip
        return returned, Stack((self.nothing,) * len(self.services))

    def _left(self, number: int, at: int, gap: str) -> str:
        """Return the underspend at the end of a segment."""
        terms, ends = self.stage.terms(number, at), self.stage.at(self.stage.calendar.ends, number, at)
        if terms.by_volume and self.basis.engine.inputs.people.counted[at]:
            return "0"
        return f"{ends.now}*(1-{terms.kept})*MAX(0,{gap})"

    def _carried(
        self, number: int, words: str, paid: Stack, allowed: Stack, *, filled: bool, known: Numbers
    ) -> tuple[Stack, Stack]:
        """Return the underspend given back and the one carried, where some service carries it within an award."""
        stage, calendar = self.stage, self.stage.calendar
        brought, unspent = (self.basis.book.ahead(len(self.services)) for _ in range(2))
        carries = [stage.terms(number, at).carries_underspend for at in self.services]

        def line(stack: Stack, service: int) -> Line:
            return stage.at(stack, number, service)

        def opening(service: int) -> str:
            begins = line(calendar.begins, service).now
            carried = f"{line(calendar.goes_on, service).before}*{unspent[service].before}"
            return f"{begins}*{carried}+(1-{begins})*{brought[service].before}" if carries[service] else "0"

        self._stack(f"Underspend brought forward, {words}", "", number, opening, fill=brought)
        self._stack(
            f"Underspend at the end of a segment, {words}", "Price + brought forward - allowed.", number,
            lambda at: self._left(number, at, f"{paid[at].now}+{brought[at].now}-{allowed[at].now}"), fill=unspent,
        )  # fmt: skip

        def back(service: int) -> str:
            on = f"*(1-{line(calendar.goes_on, service).now})" if carries[service] else ""
            return f"{unspent[service].now}{on}"

        returned = self._stack(f"Underspend returned, {words}", "", number, back, known=known, kind="result")
        if filled:
            return returned, Stack((self.nothing,) * len(self.services))

        def held(service: int) -> str:
            if not carries[service]:
                return "0"
            ends, goes_on = line(calendar.ends, service).now, line(calendar.goes_on, service).now
            return f"{goes_on}*{unspent[service].now}+(1-{ends})*{brought[service].now}"

        return returned, self._stack(
            "Underspend carried at the end of the month", "", number, held,
            known=self.basis.engine.evaluation.returned.carried,
        )  # fmt: skip

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
        entered, time = self.basis.entered, self.basis.book.time
        lines, groups = entered.lines, self.basis.engine.inputs.lines.excluded_group
        starts = f"({self.course.delivery.flow[number].starts[at].now}-{self.basis.planned.flow.starts[at].now})"
        vacant = self.course.staffing.vacant_delivery_fte[number][at].now
        posts = f"{vacant}*({entered.behaviour.cover_share[at]}-1)"
        change = {FOR_EACH_START: starts, FOR_EACH_FTE: posts}
        return "".join(
            f"+{terms.excluded[groups[line]]}*{lines.eligible[line]}*{lines.standing(line, time)}*{lines.amount[line]}"
            f"*{self.basis.outlook.index(lines.index[line], time.year_of_month.now)}*{change[lines.basis[line]]}"
            for line in lines.of(at)
            if groups[line] >= 0 and lines.basis[line] != OF_ITSELF
        )
