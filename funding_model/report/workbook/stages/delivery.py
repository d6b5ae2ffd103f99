"""Delivery: who is supported under each contract, who waits, and which weeks of service are lost to what.

``staffed = caseload x (delivery FTE - empty FTE x (1 - cover share))``; ``inducted`` less what induction takes, never
below nil; ``capacity = inducted x (1 - pause x undecided)``, pause = pause share, or everything when the service does
not go on at risk. Intake is open by ``1 - closed x (1 - open at risk)``. People are taken on as in Planned.

Weeks lost x 52/12, by cause: vacancy = planned capacity - staffed; induction = staffed - inducted; pause = inducted -
capacity; service lost = capacity x (1 - S); closed intake = S x (given with intake open - given); not filled = S x
(capacity - given with intake open).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from funding_model.costing.delivery import CAUSES, weeks_lost
from funding_model.costing.delivery import Flow as EngineFlow
from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, PEOPLE, POUNDS, Sheet, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import AwardEntries, Certainty, Delivery, Flow, Staffing, Survival
from funding_model.report.workbook.stages.planned import run_people
from funding_model.report.workbook.under_contract import UnderContract

CAUSE_LABELS = {
    "vacancy": "empty posts",
    "induction": "induction",
    "pause": "pause while undecided",
    "service_lost": "service lost",
    "closed_intake": "closed intake",
    "not_filled": "places not filled",
}


@dataclass(frozen=True)
class Course:
    """What delivery follows from."""

    terms: AwardEntries
    certainty: Certainty
    staffing: Staffing
    survival: Survival


def deliver(basis: Basis, course: Course) -> Delivery:
    """Work out delivery under every contract."""
    sheet = basis.book.sheet("Delivery", "Who is supported and who waits if all continues, and weeks lost by cause.")
    rates = _Rates.of(basis, sheet)
    each = [_Contract(basis, sheet, number, course, rates).work() for number in range(len(basis.entered.contracts))]
    for number, found in enumerate(each):
        _reconcile(basis, course.survival.survival[number], found, basis.entered.contracts[number])
    return Delivery(
        staffed=tuple(of.staffed for of in each),
        inducted=tuple(of.inducted for of in each),
        capacity=tuple(of.capacity for of in each),
        flow=tuple(of.flow for of in each),
        given_intake_open=tuple(of.given_open for of in each),
        lines_change=tuple(of.lines_change for of in each),
        eligible_lines_change=tuple(of.eligible_lines_change for of in each),
        weeks_lost={cause: tuple(of.weeks[cause] for of in each) for cause in CAUSES},
    )


@dataclass(frozen=True)
class _Rates:
    """What lines that follow delivery cost, by service: the same for every contract."""

    start: Stack
    fte: Stack
    eligible_start: Stack
    eligible_fte: Stack

    @classmethod
    def of(cls, basis: Basis, sheet: Sheet) -> _Rates:
        """Add up the lines that are for each person starting, and for each delivery FTE."""
        lines, time, outlook = basis.entered.lines, basis.book.time, basis.outlook
        year = time.year_of_month.now

        def summed(title: str, kind: int, *, eligible: bool) -> Stack:
            def formula(service: int) -> str:
                return (
                    "+".join(
                        f"{lines.standing(at, time)}*{lines.amount[at]}*{outlook.index(lines.index[at], year)}"
                        + (f"*{lines.eligible[at]}" if eligible else "")
                        for at in lines.of(service)
                        if lines.basis[at] == kind
                    )
                    or "0"
                )

            return sheet.block(title, "Amount x index of every such line.").stack(
                basis.entered.services, POUNDS, formula
            )

        return cls(
            summed("Lines for each person starting", FOR_EACH_START, eligible=False),
            summed("Lines for each delivery FTE", FOR_EACH_FTE, eligible=False),
            summed("Lines for each person starting that the funder pays for", FOR_EACH_START, eligible=True),
            summed("Lines for each delivery FTE that the funder pays for", FOR_EACH_FTE, eligible=True),
        )


@dataclass(frozen=True)
class _Delivered:
    """Delivery under one contract."""

    staffed: Stack
    inducted: Stack
    capacity: Stack
    flow: Flow
    given_open: Stack
    lines_change: Stack
    eligible_lines_change: Stack
    weeks: dict[str, Stack]


def _reconcile(basis: Basis, survival: Stack, found: _Delivered, contract: str) -> None:
    """Have the weeks lost by cause compared with what is planned less what is given."""
    constants = basis.entered.constants
    lost = "+".join(f"SUM({stack.whole})" for stack in found.weeks.values())
    given = "+".join(
        f"SUMPRODUCT({survival[at].whole},{found.flow.given[at].whole})" for at in range(len(basis.entered.services))
    )
    weeks = f"{constants.weeks_a_year}/{constants.months_a_year}"
    basis.book.check(
        f"Weeks lost are those planned less those given: {contract}",
        f"{lost}-(SUM({basis.planned.capacity.whole})-({given}))*{weeks}",
    )


@dataclass(frozen=True)
class _Contract(UnderContract):
    """Works out delivery under one contract."""

    course: Course
    rates: _Rates

    def work(self) -> _Delivered:
        """Work out everything."""
        entered, planned = self.basis.entered, self.basis.planned
        known, behaviour = self.basis.engine.evaluation.delivery, entered.behaviour
        staffed, inducted, capacity = self._capacity()
        closed = self.course.certainty.closed[self.number]
        opened = self.services(
            "How far intake is open", FRACTION,
            lambda at: f"1-{closed[at].now}*(1-{behaviour.open_at_risk[at]})",
        )  # fmt: skip
        figures = EngineFlow(
            **{name: of_case(getattr(known.flow, name), self.number) for name in EngineFlow.__dataclass_fields__}
        )
        flow = run_people(
            (self.sheet, entered),
            capacity,
            planned.referrals,
            lambda at: opened[at].now,
            lambda at: planned.capacity[at].in_month(1),
            self.contract,
            figures,
        )
        given_open = self._intake_open(capacity)
        change = self._lines(flow, self.rates.start, self.rates.fte)
        actual = self.basis.engine.evaluation.actual
        return _Delivered(
            staffed,
            inducted,
            capacity,
            flow,
            given_open,
            self.services(
                "Change of lines that follow delivery", POUNDS, change,
                "For people starting, and delivery FTE at work, more than planned; negative for fewer.",
                actual.lines_change, years="sum",
            ),
            self.services(
                "Change of those that the funder pays for", POUNDS,
                self._lines(flow, self.rates.eligible_start, self.rates.eligible_fte), "",
                actual.eligible_lines_change, years="sum",
            ),
            self._weeks(staffed, inducted, capacity, flow, given_open),
        )  # fmt: skip

    def _capacity(self) -> tuple[Stack, Stack, Stack]:
        """Work out who could be supported."""
        entered, planned, staffing = self.basis.entered, self.basis.planned, self.course.staffing
        known, behaviour = self.basis.engine.evaluation.delivery, entered.behaviour
        empty, lost = staffing.vacant_delivery_fte[self.number], staffing.induction_lost_fte[self.number]

        def at_work(at: int) -> str:
            return f"({planned.delivery_fte[at].now}-{empty[at].now}*(1-{behaviour.cover_share[at]}))"

        staffed = self.services(
            "Capacity as staffed", PEOPLE, lambda at: f"{entered.people.caseload[at]}*{at_work(at)}",
            "Caseload x delivery FTE at work or covered.", known.staffed,
        )  # fmt: skip
        inducted = self.services(
            "Capacity less what induction takes", PEOPLE,
            lambda at: f"{entered.people.caseload[at]}*MAX(0,{at_work(at)}-{lost[at].now})", "", known.inducted,
        )  # fmt: skip
        undecided, at_risk = self.course.certainty.undecided[self.number], self.course.terms.at_risk[self.number]
        capacity = self.services(
            "Capacity", PEOPLE,
            lambda at: (
                f"{inducted[at].now}*(1-{undecided[at].now}"
                f"*(1-{at_risk[at]}+{at_risk[at]}*{behaviour.pause_share[at]}))"
            ),
            "Less what is paused while undecided.", known.capacity,
        )  # fmt: skip
        return staffed, inducted, capacity

    def _intake_open(self, capacity: Stack) -> Stack:
        """Work out what would be given if intake had stayed open: caseload and waiting list once more."""
        people, planned, first = self.basis.entered.people, self.basis.planned, self.basis.book.time.first.now
        closing, waiting = (self.basis.book.ahead(len(capacity)) for _ in range(2))
        staying = self.services(
            "With intake open: people who stay on", PEOPLE,
            lambda at: (
                f"({first}*({people.opening_entered[at]}*{people.opening_caseload[at]}+(1-{people.opening_entered[at]})"
                f"*{planned.capacity[at].in_month(1)})+{closing[at].before})*(1-1/{people.length[at]})"
            ),
            "People in support at the start of the month less those whose support ends.",
        )  # fmt: skip

        def asking(at: int) -> str:
            return f"({first}*{people.opening_waiting[at]}+{waiting[at].before}+{planned.referrals[at].now})"

        starts = self.services(
            "With intake open: people starting support", PEOPLE,
            lambda at: (
                f"MIN({asking(at)},MAX(0,{capacity[at].now}-{staying[at].now}),{people.most_starts[at]})"
            ),
        )  # fmt: skip
        self.services(
            "With intake open: people in support at the end of the month", PEOPLE,
            lambda at: f"{staying[at].now}+{starts[at].now}", fill=closing,
        )  # fmt: skip
        self.services(
            "With intake open: people waiting at the end of the month", PEOPLE,
            lambda at: f"({asking(at)}-{starts[at].now})*(1-{people.gives_up[at]})", fill=waiting,
        )  # fmt: skip
        return self.services(
            "With intake open: months of support given", PEOPLE,
            lambda at: f"MIN({closing[at].now},{capacity[at].now})", "",
            self.basis.engine.evaluation.delivery.given_intake_open,
        )  # fmt: skip

    def _lines(self, flow: Flow, for_start: Stack, for_fte: Stack) -> Callable[[int], str]:
        planned, behaviour = self.basis.planned, self.basis.entered.behaviour
        empty = self.course.staffing.vacant_delivery_fte[self.number]

        def formula(at: int) -> str:
            return (
                f"{for_start[at].now}*({flow.starts[at].now}-{planned.flow.starts[at].now})"
                f"+{for_fte[at].now}*{empty[at].now}*({behaviour.cover_share[at]}-1)"
            )

        return formula

    def _weeks(
        self, staffed: Stack, inducted: Stack, capacity: Stack, flow: Flow, given_open: Stack
    ) -> dict[str, Stack]:
        """Work out which weeks of service are lost to what."""
        constants, survival = self.basis.entered.constants, self.course.survival.survival[self.number]
        evaluation, planned = self.basis.engine.evaluation, self.basis.planned.capacity
        known = weeks_lost(evaluation.delivery, evaluation.provider.survival)
        formulas: dict[str, Callable[[int], str]] = {
            "vacancy": lambda at: f"({planned[at].now}-{staffed[at].now})",
            "induction": lambda at: f"({staffed[at].now}-{inducted[at].now})",
            "pause": lambda at: f"({inducted[at].now}-{capacity[at].now})",
            "service_lost": lambda at: f"{capacity[at].now}*(1-{survival[at].now})",
            "closed_intake": lambda at: f"{survival[at].now}*({given_open[at].now}-{flow.given[at].now})",
            "not_filled": lambda at: f"{survival[at].now}*({capacity[at].now}-{given_open[at].now})",
        }

        def in_weeks(people: Callable[[int], str]) -> Callable[[int], str]:
            return lambda at: f"{people(at)}*{constants.weeks_a_year}/{constants.months_a_year}"

        return {
            cause: self.services(
                f"Weeks lost: {CAUSE_LABELS[cause]}", "weeks of service",
                in_weeks(formulas[cause]),
                "", known[cause], years="sum",
            )
            for cause in CAUSES
        }  # fmt: skip
