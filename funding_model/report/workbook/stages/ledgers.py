"""Ledgers: what a contract means for families and staff, weighted by survival.

``people starting = survival x starts``, and likewise support given, people giving up, posts, leavers, hires, protective
notices and empty posts; ``cut off = fall of survival x people in support at the month's end``. Waiting is shown as if
the service continues. Of the costs that follow delivery, those that move no cash are kept apart for the bank balance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import PEOPLE, POUNDS, Numbers, Stack
from funding_model.report.workbook.handles import (
    ByContract,
    Continuation,
    Delivery,
    Staffing,
    Survival,
)
from funding_model.report.workbook.under_contract import UnderContract

HEADS: Final = "heads"
LABELS: Final[dict[str, tuple[str, str]]] = {
    "starting": ("People starting support", PEOPLE),
    "support_months": ("Support given", "person-months"),
    "gave_up": ("People giving up waiting", PEOPLE),
    "cut_off": ("People whose support is cut off", PEOPLE),
    "weeks_lost": ("Weeks of service lost", "weeks of service"),
    "heads": ("Posts", HEADS),
    "leavers": ("Leavers", HEADS),
    "hires": ("Hires", HEADS),
    "notices": ("Protective notices", HEADS),
    "vacant": ("Empty posts", HEADS),
    "following_without_cash": ("Costs that follow delivery and move no cash", POUNDS),
}


@dataclass(frozen=True)
class Stages:
    """The stages that the ledgers read."""

    survival: Survival
    staffing: Staffing
    delivery: Delivery
    continuation: Continuation


def draw_up_ledgers(basis: Basis, stages: Stages) -> dict[str, ByContract]:
    """Return the lines of families and staff, by their name in ``Money``."""
    sheet = basis.book.sheet("Ledgers", "Families and staff under each contract, weighted by survival.")
    each = [_Contract(basis, sheet, number, stages).work() for number in range(len(basis.engine.contracts))]
    return {name: tuple(of[name] for of in each) for name in each[0]}


@dataclass(frozen=True)
class _Contract(UnderContract):
    """Draws up the ledgers under one contract."""

    stages: Stages

    def work(self) -> dict[str, Stack]:
        """Return the lines by name."""
        found = self.basis.engine.evaluation
        families, jobs = found.families, found.jobs
        staffing, delivery, ending = self.stages.staffing, self.stages.delivery, self.stages.continuation
        case, flow, planned = self.number, delivery.flow[self.number], self.basis.planned
        weeks = sum(families.weeks_lost.values(), np.zeros((1, 1, 1)))
        causes = [lines[case] for lines in delivery.weeks_lost.values()]
        before, after = self.stages.survival.survival[case], self.stages.survival.survival_after[case]
        return {
            "starting": self._surviving("starting", flow.starts, families.starting),
            "support_months": self._surviving("support_months", flow.given, families.support_months),
            "gave_up": self._surviving("gave_up", flow.gave_up, families.gave_up),
            "cut_off": self._line(
                "cut_off", lambda at: f"({before[at].now}-{after[at].now})*{flow.closing[at].now}", families.cut_off
            ),
            "waiting": flow.waiting,
            "weeks_lost": self._line("weeks_lost", lambda at: "+".join(lines[at].now for lines in causes), weeks),
            "heads": self._surviving("heads", planned.heads, jobs.heads),
            "leavers": self._surviving("leavers", staffing.leavers[case], jobs.leavers),
            "hires": self._surviving("hires", staffing.hires[case], jobs.hires),
            "notices": self._surviving("notices", ending.notices[case], jobs.notices),
            "vacant": self._surviving("vacant", staffing.vacant_heads[case], jobs.vacant),
            "following_without_cash": self._following_without_cash(flow.starts),
        }

    def _surviving(self, name: str, lines: Stack, known: Numbers) -> Stack:
        survival = self.stages.survival.survival[self.number]
        return self._line(name, lambda at: f"{survival[at].now}*{lines[at].now}", known)

    def _line(self, name: str, formula: Callable[[int], str], known: Numbers | None = None) -> Stack:
        return self.services(*LABELS[name], formula, "", known, "sum")

    def _following_without_cash(self, starts: Stack) -> Stack:
        """Work out the lines without cash that follow people starting, or delivery FTE at work."""
        entered, outlook, time = self.basis.entered, self.basis.outlook, self.basis.book.time
        lines, planned = entered.lines, self.basis.planned
        vacant, cover = self.stages.staffing.vacant_delivery_fte[self.number], entered.behaviour.cover_share

        def quantity(service: int, basis: int) -> str:
            if basis == FOR_EACH_START:
                return starts[service].now
            return f"({planned.delivery_fte[service].now}-{vacant[service].now}*(1-{cover[service]}))"

        def formula(service: int) -> str:
            return (
                "+".join(
                    f"{lines.standing(at, time)}*{lines.amount[at]}"
                    f"*(1-{lines.cash[at]})*{quantity(service, lines.basis[at])}"
                    f"*{outlook.index(lines.index[at], time.year_of_month.now)}"
                    for at in lines.of(service)
                    if lines.basis[at] in (FOR_EACH_START, FOR_EACH_FTE)
                )
                or "0"
            )

        return self._line("following_without_cash", formula)
