"""Drivers: what each service would bear of the support costs if they were shared in any other reasonable way.

The ways are every method with the drivers chosen, and with one pool's driver, or every pool's, replaced by another
reasonable one; and the single rate on each of its bases. A driver is reasonable for a pool when every service and
activity that bears the pool under the driver chosen has some of it. What is shared stays the same; planned recruitment
is added after sharing and is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, get_args

import numpy as np

from funding_model.costing.arrays import Flags, Floats
from funding_model.costing.overheads import METHODS, AllocationError, Method
from funding_model.costing.planned import SupportCost, share_overheads
from funding_model.questions.allocation import ONLY_STEP_DOWN
from funding_model.questions.compare import Comparison, allocation_problem
from funding_model.questions.funder_rules import SINGLE_RATE, chosen_drivers, holds_for, rejections
from funding_model.questions.notes.note import Note, listed
from funding_model.questions.prepare.behaviour import one_value
from funding_model.questions.prepare.costs import prepare_overheads
from funding_model.questions.sheet import about, notes_of
from funding_model.scenario.organisation import BUILT_IN_DRIVERS, Organisation, OtherActivity, Pool
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service

Record: TypeAlias = dict[str, Any]
BASES: Final = get_args(Organisation.model_fields["single_rate_base"].annotation)
HEADINGS: Final = (
    "scenario", "service", "year", "method", "pool", "driver", "chosen", "rejected_by", "measure", "value", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way of sharing: a method and what each pool is shared by; ``changed`` says what is not as chosen."""

    method: Method
    drivers: tuple[str, ...]
    pool: str | None
    """The pool whose driver is replaced; None when it is none of them, or every one."""
    driver: str | None
    """The driver in its place, or the base of a single rate; None when the drivers are those chosen."""


@dataclass(frozen=True)
class Shared:
    """A way of sharing with what every service and activity bears, pounds: axes (year, unit)."""

    way: Way
    overhead: Floats


def drivers(comparison: Comparison) -> Record:
    """Return every service's overhead under every reasonable way of sharing, in the shape of the JSON."""
    scenario = comparison.scenario
    organisation = scenario.organisation
    reasonable = {pool.name: _reasonable(comparison, place) for place, pool in enumerate(organisation.pools)}
    shared, notes = _share_all(comparison, {name: [*good] for name, (good, _) in reasonable.items()})
    chosen = next(each for each in shared if _is_chosen(scenario, each.way))
    services = [service.name for service in scenario.services]
    return {
        "scenario": scenario.name,
        "method": organisation.allocation_method,
        "single_rate_base": organisation.single_rate_base if organisation.allocation_method == SINGLE_RATE else None,
        "contracts": [_contract(comparison, name) for name in comparison.contracts],
        "pools": [
            _pool(pool, *reasonable[pool.name], chosen_drivers(scenario)[place])
            for place, pool in enumerate(organisation.pools)
        ],
        "services": [_service(comparison, shared, chosen, place, name) for place, name in enumerate(services)],
        "ways": [_way(comparison, each) for each in shared],
        "rules": [rule.model_dump(mode="json") for rule in organisation.funder_rules],
        "notes": notes_of([*notes, *_notes(scenario)]),
        **about(comparison),
    }


def _quantities(comparison: Comparison) -> dict[str, Floats]:
    """Return what every unit has of every driver over the whole period, pools first, by driver."""
    scenario, support = comparison.scenario, comparison.evaluation.planned.full.support
    organisation = scenario.organisation
    owners: list[Pool | Service | OtherActivity] = list(organisation.pools)
    owners += [*scenario.services, *organisation.other_activities]
    found = {name: support.quantities[name].sum(axis=0) for name in ("fte", "headcount")}
    found["direct_cost"] = found[ONLY_STEP_DOWN] = support.own_cost[0].sum(axis=0)
    found["direct_staff_cost"] = support.own_staff[0].sum(axis=0)
    entered = dict.fromkeys(name for owner in owners for name in owner.driver_quantities)
    for name in entered:
        if name not in BUILT_IN_DRIVERS:
            found[name] = np.array([owner.driver_quantities.get(name, 0.0) for owner in owners])
    return found


def _reasonable(comparison: Comparison, place: int) -> tuple[list[str], list[Record]]:
    """Return the drivers that every user of a pool has some of, the chosen one first, and why the others are not."""
    scenario = comparison.scenario
    pools = len(scenario.organisation.pools)
    names = [service.name for service in scenario.services]
    names += [activity.name for activity in scenario.organisation.other_activities]
    quantities = _quantities(comparison)
    chosen = chosen_drivers(scenario)[place]
    everyone = quantities["direct_cost"][pools:] > 0
    users: Flags = quantities.get(chosen, np.zeros(pools + len(names)))[pools:] > 0
    users = users if users.any() else everyone
    good, left_out = [chosen], []
    for driver, amounts in quantities.items():
        without = [names[unit] for unit in np.flatnonzero(users & ~(amounts[pools:] > 0))]
        if driver == chosen:
            continue
        if without:
            left_out.append({"driver": driver, "without": without})
        else:
            good.append(driver)
    return good, left_out


def _ways(scenario: Scenario, reasonable: dict[str, list[str]]) -> Iterator[Way]:
    """Yield the ways of sharing, those chosen first in each method."""
    pools = [pool.name for pool in scenario.organisation.pools]
    chosen = tuple(pool.driver for pool in scenario.organisation.pools)
    for method in METHODS:
        if method == SINGLE_RATE:
            for base in BASES:
                yield Way(method, (base,) * len(pools), None, base)
            continue
        yield Way(method, chosen, None, None)
        for place, name in enumerate(pools):
            for driver in reasonable[name]:
                if driver != chosen[place]:
                    changed = (*chosen[:place], driver, *chosen[place + 1 :])
                    yield Way(method, changed, name, driver)
        if len(pools) > 1:
            for driver in reasonable[pools[0]]:
                together = (driver,) * len(pools)
                if together != chosen and all(driver in reasonable[name] for name in pools):
                    yield Way(method, together, None, driver)


def _share_all(comparison: Comparison, reasonable: dict[str, list[str]]) -> tuple[list[Shared], list[Note]]:
    """Return what can be shared, and a note on each way that cannot."""
    found, notes = [], []
    for way in _ways(comparison.scenario, reasonable):
        if ONLY_STEP_DOWN in way.drivers and way.method in ("direct", "reciprocal"):
            if way.driver is None:
                text = f"{ONLY_STEP_DOWN} is a driver of the step-down only, so this method has no such sharing."
                notes.append(Note(way.method, text))
            continue
        overhead = _share(comparison, way)
        if isinstance(overhead, Note):
            notes.append(overhead)
        else:
            found.append(Shared(way, overhead))
    return found, notes


def _share(comparison: Comparison, way: Way) -> Floats | Note:
    scenario, inputs = comparison.scenario, comparison.prepared.inputs
    organisation = scenario.organisation
    support: SupportCost = comparison.evaluation.planned.full.support
    fields: Record = {"allocation_method": way.method}
    if way.method == SINGLE_RATE:
        fields["single_rate_base"] = way.driver
    else:
        fields["pools"] = tuple(
            pool.model_copy(update={"driver": driver})
            for pool, driver in zip(organisation.pools, way.drivers, strict=True)
        )
    changed = scenario.model_copy(update={"organisation": organisation.model_copy(update=fields)})
    overheads = prepare_overheads(changed, one_value(scenario, "stranded_months"))
    try:
        allocation = share_overheads(
            replace(inputs, overheads=overheads), support.own_cost, support.own_staff, support.quantities
        )
    except AllocationError as error:
        problem = allocation_problem(error, changed)
        return Note(way.method, f"Left out{_words(way)}: {problem.message}")
    overhead: Floats = allocation.overhead[0]
    return overhead


def _words(way: Way) -> str:
    if way.driver is None:
        return ""
    return f", with {way.pool or 'everything'} shared by {way.driver}"


def _is_chosen(scenario: Scenario, way: Way) -> bool:
    organisation = scenario.organisation
    return way.method == organisation.allocation_method and list(way.drivers) == chosen_drivers(scenario)


def _named(way: Way) -> Record:
    return {"method": way.method, "pool": way.pool, "driver": way.driver}


def _service(comparison: Comparison, shared: list[Shared], chosen: Shared, place: int, name: str) -> Record:
    labels = comparison.prepared.dates.year_labels()
    totals = [float(each.overhead[:, place].sum()) for each in shared]
    low, high = int(np.argmin(totals)), int(np.argmax(totals))
    years = np.array([each.overhead[:, place] for each in shared])
    return {
        "service": name,
        "chosen": float(chosen.overhead[:, place].sum()),
        "lowest": {"value": totals[low], **_named(shared[low].way)},
        "highest": {"value": totals[high], **_named(shared[high].way)},
        "spread": totals[high] - totals[low],
        "years": [
            {
                "year": label,
                "chosen": float(chosen.overhead[year, place]),
                "lowest": float(years[:, year].min()),
                "highest": float(years[:, year].max()),
            }
            for year, label in enumerate(labels)
        ],
    }


def _way(comparison: Comparison, each: Shared) -> Record:
    scenario = comparison.scenario
    services = [service.name for service in scenario.services]
    activities = [activity.name for activity in scenario.organisation.other_activities]
    rejected = rejections(scenario, comparison.contracts, each.way.method, each.way.drivers)
    labels = comparison.prepared.dates.year_labels()

    def borne(names: list[str], first: int) -> list[Record]:
        return [
            {
                "name": name,
                "overhead": float(each.overhead[:, first + place].sum()),
                "years": [
                    {"year": label, "overhead": float(each.overhead[year, first + place])}
                    for year, label in enumerate(labels)
                ],
            }
            for place, name in enumerate(names)
        ]

    return {
        **_named(each.way),
        "chosen": _is_chosen(scenario, each.way),
        "rejected_by": list(dict.fromkeys(rule.funder for rule, _ in rejected)),
        "services": borne(services, 0),
        "other_activities": borne(activities, len(services)),
    }


def _pool(pool: Pool, good: list[str], left_out: list[Record], chosen: str) -> Record:
    return {
        "pool": pool.name,
        "driver": chosen,
        "rationale": pool.rationale or None,
        "reasonable": good,
        "left_out": left_out,
    }


def _contract(comparison: Comparison, name: str) -> Record:
    """Return what the rules that hold for a contract do not accept in the way chosen."""
    scenario = comparison.scenario
    rules = [rule for rule in scenario.organisation.funder_rules if holds_for(rule, [name])]
    found = rejections(scenario, [name], scenario.organisation.allocation_method, chosen_drivers(scenario))
    rejected = [
        {"funder": rule.funder, "rejects": what, "reason": rule.reason or None, "source": rule.source}
        for rule, what in found
    ]
    return {"name": name, "rules": len(rules), "rejected": rejected}


def _notes(scenario: Scenario) -> Iterator[Note]:
    organisation = scenario.organisation
    if not organisation.pools:
        yield Note("organisation", "No support pools are entered, so there is nothing to share.")
    if not organisation.funder_rules:
        yield Note("funders", "No funder's rules on drivers are entered, so no way of sharing is marked as rejected.")
    silent = [pool.name for pool in organisation.pools if not pool.rationale]
    if silent:
        yield Note(listed(silent), "No reason for the driver is written down. Enter its rationale.")


def drivers_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return every service's overhead under every way of sharing as the rows of one table, in all and by year."""
    rows: list[tuple[str | float | None, ...]] = []
    for way in document["ways"]:
        named = (way["method"], way["pool"] or "", way["driver"] or "", "yes" if way["chosen"] else "")
        rejected = ", ".join(way["rejected_by"])
        for each in (*way["services"], *way["other_activities"]):
            for year, value in (("", each["overhead"]), *((part["year"], part["overhead"]) for part in each["years"])):
                rows.append((document["scenario"], each["name"], year, *named, rejected, "overhead", value, "pounds"))
    return rows
