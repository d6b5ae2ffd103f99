"""Timetable: when awards end or may be ended, when that is decided, and who is under protective notice meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.timeline import NO_EVENT
from funding_model.questions.compare import Comparison
from funding_model.questions.results import EVENTS, of_case


@dataclass(frozen=True)
class Occasion:
    """One date at which some services may end under a contract, the same for all of them.

    Attributes:
        boundary: Months from the start of the scenario to the date.
        event: ``renewal``, ``extension`` or ``break``.
        decided: Months from the start of the scenario to the decision; below nil before it.
        late: Months by which the decision comes after the date.
        services: Places of the services.
        notices: Posts whose holders are under protective notice, as if the services continue until then.
    """

    boundary: int
    event: str
    decided: float
    late: float
    services: tuple[int, ...]
    notices: float


def occasions(comparison: Comparison, case: int) -> list[Occasion]:
    """Return the dates of a contract in order, services that share all of a date together."""
    award, exposure = comparison.terms.award, comparison.evaluation.exposure
    event = of_case(award.event, case)
    ahead, late = (of_case(array, case) for array in (award.months_of_notice, award.months_late))
    notices = of_case(exposure.notices, case)
    together: dict[tuple[int, str, float, float], list[int]] = {}
    for boundary, service in np.argwhere(event.T != NO_EVENT).tolist():
        months_late = float(late[service, boundary])
        decided = boundary - float(ahead[service, boundary]) + months_late
        key = (boundary, EVENTS[int(event[service, boundary])], decided, months_late)
        together.setdefault(key, []).append(service)
    return [
        Occasion(*key, services=tuple(services), notices=float(notices[services, key[0]].sum()))
        for key, services in together.items()
    ]
