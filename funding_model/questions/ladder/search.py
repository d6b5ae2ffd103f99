"""Search: the smallest concession on a lever that brings a surplus up to nil, by the one engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from funding_model.costing.arrays import sum_months, total
from funding_model.costing.contract import Terms
from funding_model.costing.model import Evaluation, apply_contract
from funding_model.costing.plan import Planned, plan
from funding_model.costing.planned import PriceCalendar
from funding_model.questions.ladder.levers import Lever, Value, applied
from funding_model.questions.prepare import Prepared
from funding_model.questions.prepare.contracts import check_contract, prepare_terms
from funding_model.questions.totals import Totals, totals_of
from funding_model.scenario.contracts import Contract

HALF_A_PENNY: Final = 0.005
"""A surplus that is no further below nil breaks even."""
SECTIONS: Final = 16
ROUNDS: Final = 6
"""Sections into which a stretch is cut, and how often: to a sixteen-millionth of it."""
Row = tuple[Contract, ...]
"""A contract as it stands for every service."""


@dataclass
class Bench:
    """Tries versions of one contract on a scenario; the plan is costed once for each set of price calendars."""

    prepared: Prepared
    service: int | None
    """The service whose surplus is looked at; None for that of all together."""
    plans: dict[tuple[PriceCalendar, ...], Planned] = field(default_factory=dict)

    def evaluate(self, rows: Sequence[Row]) -> Evaluation:
        """Evaluate versions of the contract, one case each.

        Raises:
            ProblemsError: A version cannot be applied to this scenario.
        """
        terms = self.terms(rows)
        if terms.price_calendars not in self.plans:
            self.plans[terms.price_calendars] = plan(self.prepared.inputs, terms.price_calendars)
        planned = self.plans[terms.price_calendars]
        return apply_contract(self.prepared.inputs, planned, terms)

    def terms(self, rows: Sequence[Row]) -> Terms:
        """Return versions of the contract as terms."""
        prepared = self.prepared
        tried = {f"{number}": list(row) for number, row in enumerate(rows)}
        grid = {**{f"as entered: {name}": row for name, row in prepared.contracts.items()}, **tried}
        return prepare_terms(prepared.scenario, grid, list(tried), prepared.dates, prepared.inputs.calendar)

    def totals(self, row: Row) -> Totals:
        """Return the totals of one version."""
        return totals_of(self.evaluate([row]), self.prepared.inputs)

    def surpluses(self, rows: Sequence[Row]) -> list[float]:
        """Return the surplus with posts filled of each version, pounds over the whole horizon."""
        by_service = sum_months(self.evaluate(rows).provider.surplus_posts_filled)
        values = total(by_service, 1) if self.service is None else by_service[:, self.service]
        return [float(value) for value in values] * (len(rows) if len(values) == 1 else 1)


@dataclass(frozen=True)
class Tried:
    """What came of trying a lever."""

    lever: Lever
    best: float | None
    """The largest surplus of all candidates; None when none of them fits the contract."""
    value: Value = None
    row: Row | None = None
    """The contract with the smallest concession that breaks even, and its value; None when there is none."""


def conceded(lever: Lever, row: Row, value: Value) -> Row | None:
    """Return a contract with a concession in it for every service; None where it does not fit."""
    known: dict[int, Contract] = {}
    try:
        for contract in row:
            if id(contract) not in known:
                known[id(contract)] = applied(lever, contract, value)
    except ValidationError:
        return None
    return tuple(known[id(contract)] for contract in row)


def smallest(bench: Bench, lever: Lever, row: Row) -> Tried:
    """Return the smallest concession on a lever that breaks even, or that none of its candidates does."""
    tried = [(value, conceded(lever, row, value)) for value in lever.candidates]
    fitting = [(value, version) for value, version in tried if version is not None and _applies(bench, version)]
    if not fitting:
        return Tried(lever, None)
    surpluses = bench.surpluses([version for _, version in fitting])
    enough = [place for place, surplus in enumerate(surpluses) if surplus >= -HALF_A_PENNY]
    if not enough:
        return Tried(lever, max(surpluses))
    value, version = fitting[enough[0]]
    if lever.searched and isinstance(value, float):
        before = fitting[enough[0] - 1][0] if enough[0] else lever.start
        value, version = _between(bench, lever, row, (float(before or 0.0), value))
    return Tried(lever, max(surpluses), value, version)


def _applies(bench: Bench, row: Row) -> bool:
    """Whether a version of the contract can be applied to the scenario."""
    scenario, dates = bench.prepared.scenario, bench.prepared.dates
    return not any(
        check_contract(scenario, contract, service, dates)
        for contract, service in zip(row, scenario.services, strict=True)
    )


def _between(bench: Bench, lever: Lever, row: Row, ends: tuple[float, float]) -> tuple[float, Row]:
    """Return the least concession between one that falls short and one that is enough, and the contract with it.

    The stretch is cut into sections again and again, and the first point that is enough ends the next stretch: so the
    place is found from which on it is enough, also where more would change nothing. Within the last stretch it is
    taken where a straight line meets nil.
    """
    short, enough = ends

    def version(value: float) -> Row:
        found = conceded(lever, row, value)
        return row if found is None else found

    for _ in range(ROUNDS):
        points = [short + (enough - short) * part / SECTIONS for part in range(1, SECTIONS)]
        if short in points or enough in points:
            break
        surpluses = bench.surpluses([version(point) for point in points])
        first = next((place for place, each in enumerate(surpluses) if each >= -HALF_A_PENNY), len(points))
        short = points[first - 1] if first else short
        enough = points[first] if first < len(points) else enough
    below, above = bench.surpluses([version(short), version(enough)])
    if above > HALF_A_PENNY and below < 0:
        straight = enough - above * (enough - short) / (above - below)
        if bench.surpluses([version(straight)])[0] >= -HALF_A_PENNY:
            enough = straight
    return enough, version(enough)
