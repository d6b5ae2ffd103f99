"""The scenario: an organisation, its services, the contracts to compare and the assumptions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final, Literal

from pydantic import Field, ValidationError, model_validator

from funding_model.problems import Problem
from funding_model.scenario.assumptions import Assumptions, Correlation
from funding_model.scenario.choices import DRIVER_NAMES
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.explain_errors import MOST_PROBLEMS, explain, nearest, quoted_names
from funding_model.scenario.fields import Entry, HorizonYears, Name, Text, refusal
from funding_model.scenario.organisation import BUILT_IN_DRIVERS, STAFF_DRIVERS, Organisation, OtherActivity, Pool
from funding_model.scenario.plain import Place, place_of, shown
from funding_model.scenario.services import ALL_CONTRACTS, Service

SCHEMA_VERSION: Final = 1
MOST_SERVICES: Final = 200
MOST_CONTRACTS: Final = 12
MOST_CORRELATIONS: Final = 200
_MOST_CHANGED: Final = 512
"""Contracts kept at a time as they stand for one service: a few kilobytes each."""


class Scenario(Entry):
    """Everything that a person enters."""

    schema_version: Literal[1] = SCHEMA_VERSION
    """Version of this file format."""
    name: Name
    """The scenario's name."""
    description: Text = ""
    """What it shows."""
    horizon_years: HorizonYears = 3
    """Years that the comparison covers."""
    organisation: Organisation
    """Who provides the services."""
    services: tuple[Service, ...] = Field(min_length=1, max_length=MOST_SERVICES)
    """The services."""
    contracts: tuple[Contract, ...] = Field(min_length=1, max_length=MOST_CONTRACTS)
    """The contracts to compare."""
    base: Name | None = None
    """The contract that the others are compared with; blank means the first."""
    assumptions: Assumptions = Assumptions()
    """The assumptions."""
    correlations: tuple[Correlation, ...] = Field(default=(), max_length=MOST_CORRELATIONS)
    """Ranges that are not independent of each other."""

    @model_validator(mode="after")
    def _check_the_whole(self) -> Scenario:
        problems = whole_problems(self)
        if problems:
            raise refusal(*problems)
        return self


def whole_problems(scenario: Scenario) -> list[Problem]:
    """Return what does not fit together in a scenario.

    It also reads a scenario some of whose parts are missing, where a name may be None.
    """
    found = chain(
        _repeated_names(scenario),
        _unknown_names(scenario),
        _contract_change_problems(scenario),
        _driver_problems(scenario),
        _funder_rule_problems(scenario),
    )
    return list(islice(found, MOST_PROBLEMS))


def contract_for(contract: Contract, service: Service) -> Contract:
    """Return the contract as it stands for one service, with the service's own changes in it.

    Raises:
        pydantic.ValidationError: A changed field does not fit the contract.
    """
    changes = [service.contract_changes.get(key, {}) for key in (ALL_CONTRACTS, contract.name)]
    return _changed(contract, json.dumps(changes)) if any(changes) else contract


@lru_cache(maxsize=_MOST_CHANGED)
def _changed(contract: Contract, changes: str) -> Contract:
    data: dict[str, Any] = dict(contract)
    for components in json.loads(changes):
        for component, fields in components.items():
            if component in COMPONENTS:
                data[component] = {**dict(data[component]), **fields}
    return Contract.model_validate(data)


def _units(scenario: Scenario) -> Iterator[tuple[Place, Service | Pool | OtherActivity]]:
    """Every service, pool and other activity with its place."""
    for index, service in enumerate(scenario.services):
        yield ("services", index), service
    for index, pool in enumerate(scenario.organisation.pools):
        yield ("organisation", "pools", index), pool
    for index, activity in enumerate(scenario.organisation.other_activities):
        yield ("organisation", "other_activities", index), activity


def _repeated_names(scenario: Scenario) -> Iterator[Problem]:
    for named in (
        [(place, unit.name) for place, unit in _units(scenario)],
        [(("contracts", index), contract.name) for index, contract in enumerate(scenario.contracts)],
    ):
        first: dict[str, Place] = {}
        for place, name in named:
            if name in first and name:
                message = f"{shown(name)} is the name of {place_of(first[name])} as well."
                yield Problem(place_of((*place, "name")), message, "Give each its own name.")
            first.setdefault(name, place)
    for index, contract in enumerate(scenario.contracts):
        if contract.name == ALL_CONTRACTS:
            message = f'a contract cannot be called "{ALL_CONTRACTS}", which stands for every contract.'
            yield Problem(place_of(("contracts", index, "name")), message, "Choose another name.")


def _unknown_names(scenario: Scenario) -> Iterator[Problem]:
    contracts = [contract.name for contract in scenario.contracts if contract.name]
    if contracts and scenario.base is not None and scenario.base not in contracts:
        yield _unknown("base", "contract", scenario.base, contracts)
    users = {unit.name: place for place, unit in _units(scenario) if unit.name and not isinstance(unit, OtherActivity)}
    for place, unit in _units(scenario):
        if isinstance(unit, OtherActivity):
            continue
        for index, post in enumerate(unit.posts):
            where = place_of((*place, "posts", index, "time"))
            for name in post.time:
                if name not in users:
                    yield _unknown(where, "service or pool", name, users)


def _unknown(where: str, what: str, name: str, known: Collection[str]) -> Problem:
    message = f"there is no {what} called {shown(name)}{nearest(name, known)}"
    return Problem(where, message, f"Choose from {quoted_names(known)}.")


def _contract_change_problems(scenario: Scenario) -> Iterator[Problem]:
    known = [*(contract.name for contract in scenario.contracts if contract.name), ALL_CONTRACTS]
    changed = [(index, service) for index, service in enumerate(scenario.services) if service.contract_changes]
    sound = [contract for contract in scenario.contracts if changed and _is_sound(contract)]
    for index, service in changed:
        place: Place = ("services", index, "contract_changes")
        for name, components in service.contract_changes.items():
            if name not in known:
                yield _unknown(place_of(place), "contract", name, known)
            for component in components:
                if component not in COMPONENTS:
                    message = f"is not a component of a contract{nearest(component, COMPONENTS)}"
                    yield Problem(place_of((*place, name, component)), message, f"Components: {', '.join(COMPONENTS)}.")
        for contract in sound:
            try:
                contract_for(contract, service)
            except ValidationError as error:
                for problem in explain(error, Contract):
                    key = _key_of_the_change(service, contract.name, problem.where)
                    where = ".".join(part for part in (place_of((*place, key)), problem.where) if part)
                    yield Problem(where, problem.message, problem.remedy)


def _key_of_the_change(service: Service, contract: str, where: str) -> str:
    """Whether a field was changed for one contract or for all: the contract's own change is the later one."""
    component, _, field = where.partition(".")
    own = service.contract_changes.get(contract, {})
    changed_here = field.partition(".")[0] in own.get(component, {}) if field else component in own
    return contract if changed_here or ALL_CONTRACTS not in service.contract_changes else ALL_CONTRACTS


def _is_sound(contract: Contract) -> bool:
    try:
        Contract.model_validate(contract.model_dump(warnings="none"))
    except ValidationError:
        return False
    return True


def _driver_problems(scenario: Scenario) -> Iterator[Problem]:
    entered = {driver for _, unit in _units(scenario) for driver, amount in unit.driver_quantities.items() if amount}
    for place, unit in _units(scenario):
        if isinstance(unit, OtherActivity):
            continue
        for driver in unit.driver_quantities:
            if driver in STAFF_DRIVERS and unit.posts:
                where = place_of((*place, "driver_quantities", driver))
                yield Problem(where, "is worked out from the posts.", "Leave it out.")
        if not isinstance(unit, Pool) or scenario.organisation.allocation_method == "single_rate":
            continue
        if unit.driver and unit.driver not in {*BUILT_IN_DRIVERS, *entered}:
            yield Problem(
                place_of((*place, "driver")),
                f"nobody has entered any {shown(unit.driver)}{nearest(unit.driver, [*BUILT_IN_DRIVERS, *entered])}",
                "Enter how much of it services, pools and activities use, or choose one of: "
                f"{', '.join(f'{words} ({name})' for name, words in DRIVER_NAMES.items())}.",
            )


def _funder_rule_problems(scenario: Scenario) -> Iterator[Problem]:
    contracts = [contract.name for contract in scenario.contracts if contract.name]
    pools = [pool.name for pool in scenario.organisation.pools if pool.name]
    drivers = list(BUILT_IN_DRIVERS)
    drivers += [driver for _, unit in _units(scenario) for driver in unit.driver_quantities if driver not in drivers]
    for index, rule in enumerate(scenario.organisation.funder_rules):
        for field, what, names, known in (
            ("contracts", "contract", rule.contracts, contracts),
            ("pools", "support pool", rule.pools, pools),
            ("drivers", "driver", rule.drivers, list(dict.fromkeys(drivers))),
        ):
            where = place_of(("organisation", "funder_rules", index, field))
            yield from (_unknown(where, what, name, known) for name in names if name not in known)
