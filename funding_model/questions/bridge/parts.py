"""Parts: what a bridge swaps, be it a component of the contract or a group of inputs, and the mixtures that it needs.

A field of a movement that can have no effect is unset, and carries on the contract's own yearly movement. The rule
within a one-year award is unset, and the core carries on by the renewal uplift or the forecast. How a new award is
priced is unset where none starts inside the horizon, and the price carries on from award to award as it moves within
one. So a longer or a shorter term alone moves no price.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from funding_model.questions.prepare.dates import Dates
from funding_model.questions.prepare.timelines import renewed_within
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.scenario import Scenario

ECONOMY: Final = ("pay_award", "cpi", "gdp_deflator", "discount_rate")
GROUPS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    "posts": (("jurisdiction", "full_time_hours_a_week"), ("posts",), ()),
    "lines": ((), ("lines",), ()),
    "support_costs": (
        ("pools", "other_activities", "allocation_method", "single_rate_base", "employment_allowance_claimed"),
        ("driver_quantities",),
        (),
    ),
    "people_and_size": ((), ("people", "planned_changes"), ()),
    "other_money": (
        (
            "opening_free_reserves", "opening_cash", "minimum_cash", "reserves_policy_months",
            "reserves_policy_basis", "borrowing_rate",
        ),
        ("other_funders", "opening_restricted_funds"),
        (),
    ),
    "economy": ((), (), ECONOMY),
    "behaviour": ((), ("assumptions",), tuple(name for name in Assumptions.model_fields if name not in ECONOMY)),
}  # fmt: skip
"""Groups of inputs beside the contract: fields of the organisation, of every service and of the assumptions."""
ALL_INPUTS: Final = "inputs"
"""The part that stands for every group of inputs that differs, where they cannot be changed one without another."""
Row = Sequence[Contract]
"""A contract as it stands for each service."""


def differing_groups(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """Return the groups of inputs in which two scenarios of the same services differ."""
    return (
        () if first is second else tuple(group for group in GROUPS if _entered(first, group) != _entered(second, group))
    )


def _entered(scenario: Scenario, group: str) -> list[object]:
    """Return what a scenario holds of a group of inputs."""
    of_organisation, of_service, of_assumptions = GROUPS[group]
    return [
        *(getattr(scenario.organisation, name) for name in of_organisation),
        *(getattr(service, name) for service in scenario.services for name in of_service),
        *(getattr(scenario.assumptions, name) for name in of_assumptions),
    ]


def mix_inputs(first: Scenario, second: Scenario, groups: Collection[str]) -> Scenario:
    """Return the first scenario with some groups of inputs of the second; contracts are left to the caller."""
    of_organisation, of_service, of_assumptions = (
        [name for group in groups for name in GROUPS[group][kind]] for kind in range(3)
    )
    services = [
        ours.model_copy(update={name: getattr(theirs, name) for name in of_service} | {"contract_changes": {}})
        for ours, theirs in zip(first.services, second.services, strict=True)
    ]
    return first.model_copy(
        update={
            "organisation": first.organisation.model_copy(
                update={name: getattr(second.organisation, name) for name in of_organisation}
            ),
            "services": tuple(services),
            "assumptions": first.assumptions.model_copy(
                update={name: getattr(second.assumptions, name) for name in of_assumptions}
            ),
            "contracts": first.contracts[:1],
            "base": None,
        }
    )


def carries_on(contract: Contract, dates: Dates) -> bool:
    """Whether the contract's price would carry on into a new award as it moves within one."""
    return contract.movement.within_award is not None and not renewed_within(contract, dates)


def differing_components(first: Row, second: Row, dates: Dates) -> tuple[str, ...]:
    """Return the components in which two contracts differ for some service."""

    def differ(component: str) -> bool:
        for ours, theirs in zip(first, second, strict=True):
            if getattr(ours, component) != getattr(theirs, component):
                return True
            if component == "movement" and carries_on(ours, dates) != carries_on(theirs, dates):
                return True
        return False

    return tuple(component for component in COMPONENTS if differ(component))


class Mixer:
    """Makes contracts of the components of two, and keeps them so that services share what they can."""

    def __init__(self, first: Row, second: Row, dates: Dates) -> None:
        """Mix two contracts, each as it stands for every service."""
        self.first, self.second, self.dates = first, second, dates
        self._known: dict[tuple[int, int, frozenset[str]], Contract] = {}

    def contract(self, swapped: Collection[str]) -> list[Contract]:
        """Return the first contract with some components of the second, for each service.

        It is not validated: a component may hold fields that have no effect beside the others.
        """
        return [
            self._mixed(ours, theirs, frozenset(swapped)) for ours, theirs in zip(self.first, self.second, strict=True)
        ]

    def carried_on(self, swapped: Collection[str]) -> list[bool]:
        """Return for each service whether the price of that mixture carries on from award to award."""
        chosen = self.second if "movement" in swapped else self.first
        known: dict[int, bool] = {}
        for contract in chosen:
            if id(contract) not in known:
                known[id(contract)] = carries_on(contract, self.dates)
        return [known[id(contract)] for contract in chosen]

    def _mixed(self, ours: Contract, theirs: Contract, swapped: frozenset[str]) -> Contract:
        key = (id(ours), id(theirs), swapped)
        if key not in self._known:
            self._known[key] = ours.model_copy(update={name: getattr(theirs, name) for name in swapped})
        return self._known[key]
