"""Search: the smallest concessions on levers that bring a surplus up to nil, by the one engine.

All levers of all contracts are searched side by side: whatever is tried of any of them in one round is one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from pydantic import ValidationError

from funding_model.costing.arrays import sum_months, total
from funding_model.costing.contract import Terms
from funding_model.costing.model import Evaluation, apply_contract
from funding_model.costing.plan import Planned, plan
from funding_model.costing.planned import PriceCalendar
from funding_model.questions.batch import chunk_of
from funding_model.questions.ladder.levers import Lever, Value, applied
from funding_model.questions.prepare import Prepared
from funding_model.questions.prepare.contracts import check_contracts, prepare_terms
from funding_model.questions.totals import Totals, totals_of
from funding_model.scenario.contracts import Contract

HALF_A_PENNY: Final = 0.005
"""A surplus that is no further below nil breaks even."""
PENNY: Final = 0.01
SECTIONS: Final = 16
ROUNDS: Final = 6
"""Sections into which a stretch is cut, and how often at most: to a sixteen-millionth of it."""
TRYING: Final = 0.7
"""About what share of the search the candidates take; narrowing between them takes the rest."""
Row = tuple[Contract, ...]
"""A contract as it stands for every service."""


@dataclass
class Bench:
    """Tries versions of contracts on a scenario; the plan is costed once for each set of price calendars."""

    prepared: Prepared
    service: int | None
    """The service whose surplus is looked at; None for that of all together."""
    plans: dict[tuple[PriceCalendar, ...], Planned] = field(default_factory=dict)
    progress: Callable[[float], None] | None = None
    """Is told the share of the search that is done."""

    def evaluate(self, rows: Sequence[Row]) -> Evaluation:
        """Evaluate versions of contracts, one case each.

        Raises:
            ProblemsError: A version cannot be applied to this scenario.
        """
        terms = self.terms(rows)
        if terms.price_calendars not in self.plans:
            self.plans[terms.price_calendars] = plan(self.prepared.inputs, terms.price_calendars)
        # How each batch leaves staff is not kept: no other batch is like it.
        planned = replace(self.plans[terms.price_calendars], courses=[])
        return apply_contract(self.prepared.inputs, planned, terms)

    def terms(self, rows: Sequence[Row]) -> Terms:
        """Return versions of contracts as terms."""
        prepared = self.prepared
        tried = {f"{number}": list(row) for number, row in enumerate(rows)}
        grid = {**{f"as entered: {name}": row for name, row in prepared.contracts.items()}, **tried}
        return prepare_terms(prepared.scenario, grid, list(tried), prepared.dates, prepared.inputs.calendar)

    def totals(self, row: Row) -> Totals:
        """Return the totals of one version."""
        return totals_of(self.evaluate([row]), self.prepared.inputs)

    def done(self, share: float) -> None:
        """Say what share of the search is done."""
        if self.progress is not None:
            self.progress(share)

    def surpluses(self, rows: Sequence[Row], share_of_search: float = 0.0) -> list[float]:
        """Return the surplus with posts filled of each version, pounds over the whole horizon."""
        size = chunk_of(self.prepared.inputs)
        found: list[float] = []
        for start in range(0, len(rows), size):
            chunk = rows[start : start + size]
            by_service = sum_months(self.evaluate(chunk).provider.surplus_posts_filled)
            values = total(by_service, 1) if self.service is None else by_service[:, self.service]
            found += [float(value) for value in values] * (len(chunk) if len(values) == 1 else 1)
            if share_of_search:
                self.done(share_of_search * len(found) / len(rows))
        return found


@dataclass(frozen=True)
class Tried:
    """What came of trying a lever."""

    lever: Lever
    best: float | None
    """The largest surplus of all candidates; None when none of them fits the contract."""
    value: Value = None
    row: Row | None = None
    """The contract with the smallest concession that breaks even, and its value; None when there is none."""
    surplus: float | None = None
    """The surplus with that concession."""


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


def smallest(bench: Bench, asked: Sequence[tuple[Lever, Row, float]]) -> list[Tried]:
    """Return, for each lever of a contract, the smallest concession that breaks even, or that no candidate does.

    Args:
        bench: Where versions are tried.
        asked: Each lever, the contract on which it is tried, and the surplus of that contract as it stands.
    """
    fitting = [_fitting(bench, lever, row) for lever, row, _ in asked]
    versions = [version for candidates in fitting for _, version in candidates]
    found = iter(bench.surpluses(versions, TRYING))
    tried: list[Tried] = []
    stretches: dict[int, _Stretch] = {}
    for (lever, row, now), candidates in zip(asked, fitting, strict=True):
        surpluses = list(islice(found, len(candidates)))
        enough = next((place for place, surplus in enumerate(surpluses) if surplus >= -HALF_A_PENNY), None)
        best = max(surpluses, default=None)
        if enough is None:
            tried.append(Tried(lever, best))
            continue
        value, version = candidates[enough]
        if lever.searched and isinstance(value, float):
            before, at_before = (candidates[enough - 1][0], surpluses[enough - 1]) if enough else (lever.start, now)
            short = float(before) if isinstance(before, float) else lever.start
            stretches[len(tried)] = _Stretch(lever, row, short, at_before, value, surpluses[enough], version)
        tried.append(Tried(lever, best, value, version, surpluses[enough]))
    _narrow(bench, list(stretches.values()))
    bench.done(1.0)
    return [
        replace(each, value=stretches[place].enough, row=stretches[place].version, surplus=stretches[place].at_enough)
        if place in stretches
        else each
        for place, each in enumerate(tried)
    ]


def _fitting(bench: Bench, lever: Lever, row: Row) -> list[tuple[Value, Row]]:
    """Return the candidates that fit the contract and can be applied to the scenario, each with its contract."""
    scenario, dates = bench.prepared.scenario, bench.prepared.dates
    tried = [(value, conceded(lever, row, value)) for value in lever.candidates]
    return [
        (value, version)
        for value, version in tried
        if version is not None and not check_contracts(scenario, [version], dates)
    ]


@dataclass
class _Stretch:
    """A stretch along a number, from a concession that falls short to one that is enough."""

    lever: Lever
    row: Row
    short: float
    at_short: float
    enough: float
    at_enough: float
    version: Row
    """The contract with the concession that is enough."""

    @property
    def found(self) -> bool:
        """Whether the two ends are no more than a few pennies apart, on either side of nil."""
        return self.at_short >= -2 * PENNY and self.at_enough <= HALF_A_PENNY

    def points(self) -> list[float]:
        """Return the ends of the sections, where a straight line meets nil, and where it is a penny below.

        Most results are straight lines: then the last two are the answer, and show that less would not do.
        """
        width, rise = self.enough - self.short, self.at_enough - self.at_short
        points = {self.short + width * part / SECTIONS for part in range(1, SECTIONS)}
        if rise > 0:
            points |= {self.enough - width * (self.at_enough + below) / rise for below in (0.0, PENNY)}
        low, high = sorted((self.short, self.enough))
        return sorted((point for point in points if low < point < high), reverse=width < 0)

    def cut(self, points: Sequence[float], surpluses: Sequence[float], versions: Sequence[Row]) -> None:
        """End the stretch at the first point that is enough, and start it at the one before."""
        first = next((place for place, each in enumerate(surpluses) if each >= -HALF_A_PENNY), len(points))
        if first:
            self.short, self.at_short = points[first - 1], surpluses[first - 1]
        if first < len(points):
            self.enough, self.at_enough, self.version = points[first], surpluses[first], versions[first]


def _narrow(bench: Bench, stretches: Sequence[_Stretch]) -> None:
    """Cut stretches again and again, all of them in one batch, until the place where it becomes enough is found.

    The first point that is enough ends the next stretch: so the place is found from which on it is enough, also where
    more would change nothing.
    """
    for turn in range(ROUNDS):
        bench.done(TRYING + (1 - TRYING) * turn / ROUNDS)
        wide = [(stretch, points) for stretch in stretches if not stretch.found and (points := stretch.points())]
        versions = [
            [conceded(stretch.lever, stretch.row, point) or stretch.row for point in points] for stretch, points in wide
        ]
        found = iter(bench.surpluses([version for own in versions for version in own]))
        for (stretch, points), own in zip(wide, versions, strict=True):
            stretch.cut(points, list(islice(found, len(points))), own)
