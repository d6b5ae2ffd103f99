"""The scenario: an organisation, its services, the contracts to compare and the assumptions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError, model_validator

from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.fields import Entry, HorizonYears, Name, Text
from funding_model.scenario.organisation import BUILT_IN_DRIVERS, STAFF_DRIVERS, Organisation
from funding_model.scenario.services import ALL_CONTRACTS, Service

SCHEMA_VERSION = 1


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
    services: tuple[Service, ...] = Field(min_length=1, max_length=200)
    """The services."""
    contracts: tuple[Contract, ...] = Field(min_length=1, max_length=12)
    """The contracts to compare."""
    base: Name | None = None
    """The contract that the others are compared with; blank means the first."""
    assumptions: Assumptions = Assumptions()
    """The assumptions."""

    @model_validator(mode="after")
    def _check_the_whole(self) -> Scenario:
        problems = [
            *_repeated("contracts", [contract.name for contract in self.contracts]),
            *_repeated(
                "services, pools and other activities",
                [
                    *(service.name for service in self.services),
                    *(pool.name for pool in self.organisation.pools),
                    *(activity.name for activity in self.organisation.other_activities),
                ],
            ),
            *self._unknown_names(),
            *self._contract_change_problems(),
            *self._driver_problems(),
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _unknown_names(self) -> list[str]:
        contracts = {contract.name for contract in self.contracts}
        units = {service.name for service in self.services} | {pool.name for pool in self.organisation.pools}
        problems = []
        if self.base is not None and self.base not in contracts:
            problems.append(f'base: no contract is called "{self.base}"; choose one of {_listed(contracts)}')
        for owner in (*self.services, *self.organisation.pools):
            for post in owner.posts:
                problems += [
                    f'{owner.name}, {post.name}, time: there is no service or pool called "{name}"; '
                    f"choose from {_listed(units)}"
                    for name in post.time
                    if name not in units
                ]
        return problems

    def _contract_change_problems(self) -> list[str]:
        problems = []
        known = {contract.name for contract in self.contracts} | {ALL_CONTRACTS}
        for service in self.services:
            for name, components in service.contract_changes.items():
                place = f"{service.name}, contract_changes, {name}"
                if name not in known:
                    problems.append(f'{place}: no contract has that name; choose one of {_listed(known)}')
                problems += [
                    f"{place}: {component} is not a component of a contract; choose from {_listed(COMPONENTS)}"
                    for component in components
                    if component not in COMPONENTS
                ]
        if problems:
            return problems
        for contract in self.contracts:
            for service in self.services:
                try:
                    contract_for(contract, service)
                except ValidationError as error:
                    problems += [
                        f"{service.name}, contract_changes, {'.'.join(str(part) for part in detail['loc'])}: "
                        f"{detail['msg'].removeprefix('Value error, ')}"
                        for detail in error.errors()
                    ]
        return problems

    def _driver_problems(self) -> list[str]:
        problems = []
        for owner in (*self.services, *self.organisation.pools):
            problems += [
                f"{owner.name}, driver_quantities: {driver} is worked out from the posts; leave it out"
                for driver in owner.driver_quantities
                if driver in STAFF_DRIVERS and owner.posts
            ]
        if self.organisation.allocation_method == "single_rate":
            return problems
        entered = {
            driver
            for owner in (*self.services, *self.organisation.pools, *self.organisation.other_activities)
            for driver, quantity in owner.driver_quantities.items()
            if quantity > 0
        }
        problems += [
            f'pools, {pool.name}, driver: nobody has entered any "{pool.driver}"; enter driver_quantities for its '
            f"users or choose one of {_listed(BUILT_IN_DRIVERS)}"
            for pool in self.organisation.pools
            if pool.driver not in BUILT_IN_DRIVERS and pool.driver not in entered
        ]
        return problems


def contract_for(contract: Contract, service: Service) -> Contract:
    """Return the contract as it stands for one service, with the service's own changes in it.

    Raises:
        pydantic.ValidationError: A changed field does not fit the contract.
    """
    changes = [service.contract_changes.get(key, {}) for key in (ALL_CONTRACTS, contract.name)]
    if not any(changes):
        return contract
    data = contract.model_dump()
    for components in changes:
        for component, fields in components.items():
            data[component] = {**data[component], **fields}
    return Contract.model_validate(data)


def _repeated(place: str, names: list[str]) -> list[str]:
    return [
        f'{place}: "{name}" is there {names.count(name)} times; give each its own name'
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _listed(names: object) -> str:
    assert hasattr(names, "__iter__")
    ordered = names if isinstance(names, tuple) else sorted(names)
    return ", ".join(f'"{name}"' for name in ordered)
