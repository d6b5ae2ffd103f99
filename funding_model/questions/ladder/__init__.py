"""Ladder: full-cost price, least acceptable price and walk-away, and what would close the gap.

Beside the rungs stands, for each component of a contract, the smallest single concession with which the surplus with
posts filled comes up to nil over the whole horizon, all else as it is. Of several concessions on one component, the
smallest is the one that costs the public purse least.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.ladder.levers import levers
from funding_model.questions.ladder.rungs import PARTS, Rungs, all_services, rungs_of
from funding_model.questions.ladder.search import HALF_A_PENNY, Bench, Row, Tried, smallest
from funding_model.questions.notes.note import ALL_SERVICES, Note, named_out_of
from funding_model.questions.notes.off import compared, service_posts
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.sheet import about, notes_of
from funding_model.reference.defaults import assumption_default
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.services import ALL_CONTRACTS
from funding_model.units import MONTHS_A_YEAR

Record: TypeAlias = dict[str, Any]
RUNGS: Final = ("full_cost_price", "least_acceptable", "walk_away")
HEADINGS: Final = (
    "scenario", "contract", "service", "component", "field", "measure", "value", "unit",
)  # fmt: skip


def ladder(
    comparison: Comparison, service: str | None = None, progress: Callable[[float], None] | None = None
) -> Record:
    """Return the ladder of every contract compared, in the shape of the JSON.

    Args:
        comparison: The contracts.
        service: The service whose surplus concessions must bring up to nil; None for that of all together.
        progress: Is told the share of the search that is done.

    Raises:
        ProblemsError: There is no such service.
    """
    scenario = comparison.scenario
    names = [each.name for each in scenario.services]
    if service is not None and service not in names:
        message = f'no service of this scenario is called "{service}".'
        raise ProblemsError([Problem("service", message, f"Choose from {quoted_names(names)}.")])
    bench = Bench(comparison.prepared, None if service is None else names.index(service), progress=progress)
    rows: list[Row] = [tuple(comparison.prepared.contracts[name]) for name in comparison.contracts]
    surpluses = bench.surpluses(rows)
    return {
        "scenario": scenario.name,
        "service": service,
        "contracts": [
            _contract(comparison, case, surpluses[case], components)
            for case, components in enumerate(_components(comparison, bench, rows, surpluses))
        ],
        "notes": notes_of(_notes(comparison)),
        **about(comparison),
    }


def _contract(comparison: Comparison, case: int, surplus: float, components: list[Record]) -> Record:
    rungs = rungs_of(comparison, case)
    return {
        "name": comparison.contracts[case],
        **_rungs(comparison, all_services(rungs)),
        "services": [
            {"service": service.name, **_rungs(comparison, each)}
            for service, each in zip(comparison.scenario.services, rungs, strict=True)
        ],
        "surplus_posts_filled": surplus,
        "concession_needed": bool(components),
        "components": components,
    }


def _rungs(comparison: Comparison, rungs: Rungs) -> Record:
    years = comparison.prepared.inputs.calendar.months / MONTHS_A_YEAR
    values = {name: getattr(rungs, name) for name in RUNGS}
    return {
        "price": rungs.price,
        **values,
        "a_year": {"price": rungs.price / years, **{name: value / years for name, value in values.items()}},
        "made_of": {name: getattr(rungs, name) for name in PARTS if name != "price"},
    }


def _components(
    comparison: Comparison, bench: Bench, rows: Sequence[Row], surpluses: Sequence[float]
) -> list[list[Record]]:
    """Return for every contract what was tried on each component, and what of it breaks even; nothing if it does."""
    asked = [
        (case, lever, row, surplus)
        for case, (row, surplus) in enumerate(zip(rows, surpluses, strict=True))
        if surplus < -HALF_A_PENNY
        for lever in levers(list({id(contract): contract for contract in row}.values()), compared(comparison)[case])
    ]
    tried = smallest(bench, [(lever, row, surplus) for _, lever, row, surplus in asked])
    by_case: list[dict[str, list[Tried]]] = [{component: [] for component in COMPONENTS} for _ in rows]
    for (case, lever, _, _), found in zip(asked, tried, strict=True):
        by_case[case][lever.component].append(found)
    return [
        [_component(comparison, case, bench, name, found) for name, found in by_case[case].items()]
        if surplus < -HALF_A_PENNY
        else []
        for case, surplus in enumerate(surpluses)
    ]


def _component(comparison: Comparison, case: int, bench: Bench, name: str, tried: Sequence[Tried]) -> Record:
    found = [_concession(comparison, case, bench, each, each.row) for each in tried if each.row is not None]
    return {
        "component": name,
        "smallest": min(found, key=lambda each: each["purse_total_change"], default=None),
        "found": found,
        "tried": [_tried(each) for each in tried],
    }


def _tried(tried: Tried) -> Record:
    lever = tried.lever
    return {
        "field": lever.field,
        "unit": lever.unit,
        "now": lever.now,
        "up_to": lever.candidates[-1],
        "best_surplus": tried.best,
        "enough": tried.row is not None,
    }


def _concession(comparison: Comparison, case: int, bench: Bench, found: Tried, row: Row) -> Record:
    totals = bench.totals(row)
    return {
        "field": found.lever.field,
        "unit": found.lever.unit,
        "now": found.lever.now,
        "value": found.value,
        "surplus_posts_filled": found.surplus,
        "surplus": float(totals.surplus[0]),
        "lowest_cash": float(totals.lowest_cash[0]),
        "purse_total_change": float(totals.purse_total[0] - comparison.totals.purse_total[case]),
        "settings": settings_of(comparison, case, found),
    }


def settings_of(comparison: Comparison, case: int, found: Tried) -> dict[str, Any]:
    """Return the places and values at which the concession would be entered, for ``--set PATH=VALUE``."""
    scenario, lever, name = comparison.scenario, found.lever, comparison.contracts[case]
    base = compared(comparison)[case]
    place = scenario.contracts.index(base) + 1
    fields = lever.fields(base, found.value)
    settings = {f"contracts.{place}.{lever.component}.{field}": value for field, value in fields.items()}
    for number, (service, contract) in enumerate(
        zip(scenario.services, comparison.prepared.contracts[name], strict=True), 1
    ):
        for key in (name, ALL_CONTRACTS):
            own = service.contract_changes.get(key, {}).get(lever.component, {})
            for field, value in lever.fields(contract, found.value).items():
                if field in own:
                    settings[f"services.{number}.contract_changes.{key}.{lever.component}.{field}"] = value
    return settings


def _notes(comparison: Comparison) -> list[Note]:
    scenario, posts = comparison.scenario, service_posts(comparison)
    notes = [
        Note(
            "concessions",
            "Each is searched alone, all else as it is, for the surplus with posts filled over the whole period. They "
            "say what would close the gap by arithmetic, not what a funder would agree to, and are shown rounded.",
        )
    ]
    versions = [version for name in comparison.contracts for version in comparison.prepared.contracts[name]]
    if any(version.payment.underspend == "returned" for version in versions):
        notes.append(
            Note(
                "underspend",
                "Where an underspend is returned, a higher price brings no more than what its rules recognise: costs "
                "that they leave out stay with the provider, however high the price.",
            )
        )
    unlisted = [name for name, own in posts.items() if any(not post.heads for post in own)]
    if unlisted:
        notes.append(
            Note(
                named_out_of(unlisted, scenario.services, ALL_SERVICES),
                "The walk-away price holds no redundancy pay of posts whose years of service and ages are not entered.",
            )
        )
    if scenario.organisation.pools and not value_of(scenario, "stranded_months"):
        blank = [pool.name for pool in scenario.organisation.pools if pool.shed_after_months is None]
        if blank:
            notes.append(Note("stranded overhead", assumption_default("stranded_months").off_message))
    return notes


def ladder_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return the ladder as the rows of one table; a blank service stands for all."""
    rows: list[tuple[str | float | None, ...]] = []
    for contract in document["contracts"]:
        lead = (document["scenario"], contract["name"])
        for owner in (contract, *contract["services"]):
            service = owner.get("service", "")
            values = {name: owner[name] for name in ("price", *RUNGS)} | owner["made_of"]
            rows += [(*lead, service, "", "", name, value, "pounds") for name, value in values.items()]
        rows.append((*lead, document["service"] or "", "", "", "surplus_posts_filled",
                     contract["surplus_posts_filled"], "pounds"))  # fmt: skip
        for component in contract["components"]:
            for each in component["found"]:
                place = (*lead, document["service"] or "", component["component"], each["field"])
                value = each["value"]
                shown = value if isinstance(value, float | str) else None if value is None else str(value)
                rows.append((*place, "concession", shown, each["unit"]))
                for name in ("surplus_posts_filled", "surplus", "lowest_cash", "purse_total_change"):
                    rows.append((*place, name, each[name], "pounds"))
    return rows
