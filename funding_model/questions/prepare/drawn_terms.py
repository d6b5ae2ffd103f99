"""The drawn assumptions of a contract, laid over its terms; an assumption left blank stands where another one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from funding_model.costing.contract import Terms
from funding_model.questions.prepare.behaviour import place_of_value
from funding_model.questions.prepare.draws import Draws, columns_of
from funding_model.scenario.contracts import Contract
from funding_model.scenario.plain import Place
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import ALL_CONTRACTS

OF_CONTRACTS: Final = {
    "award": {
        "renewal_probability": ("award.renewal_probability",),
        "extension_probability": ("award.extension_probability", "award.renewal_probability"),
        "break_probability": ("award.break_probability",),
        "break_credibility": ("award.break_credibility",),
        "competition_cost": ("award.competition_cost",),
        "competition_saving": ("award.competition_saving",),
    },
    "scrutiny": {
        "return_hours": ("monitoring.hours_each", "return_hours"),
        "return_hours_funder": ("monitoring.funder_hours_each", "return_hours_funder"),
        "variation_hours": ("flexibility.variation_hours", "variation_hours"),
        "chance_of_change": ("flexibility.chance_of_change",),
        "repurposable": ("flexibility.repurposable",),
    },
}
"""Terms that assumptions set: the contract's own field, then what stands for a blank one, in turn."""


def draw_terms(terms: Terms, scenario: Scenario, name: str, standing: Sequence[Contract], draws: Draws) -> Terms:
    """Return a contract's terms of one case with drawn values in place of the central ones.

    Args:
        terms: The terms with central values.
        scenario: What was entered.
        name: Name of the contract.
        standing: The contract as it stands for each service.
        draws: Values of each case by place.
    """
    if not draws:
        return terms
    groups = {}
    for group, fields in OF_CONTRACTS.items():
        columns = getattr(terms, group)
        groups[group] = replace(
            columns,
            **{
                field: columns_of(
                    getattr(columns, field)[0].tolist(),
                    draws,
                    partial(_first_place, scenario, name, standing, paths),
                )
                for field, paths in fields.items()
            },
        )
    return replace(terms, **groups)


def _first_place(
    scenario: Scenario, name: str, standing: Sequence[Contract], paths: Sequence[str], service: int
) -> Place | None:
    """Return where the value is entered that holds for a service: the first of the paths that is not blank."""
    for path in paths:
        component, dot, field = path.partition(".")
        if not dot:
            return place_of_value(scenario, path)
        entered = getattr(getattr(standing[service], component), field)
        if entered is not None and entered.value is not None:
            return place_in_contract(scenario, name, service, component, field)
    return None


def place_in_contract(scenario: Scenario, name: str, service: int, component: str, field: str) -> Place:
    """Return where a contract's field that holds for a service is entered: in the service's change, or the contract."""
    changes = scenario.services[service].contract_changes
    for key in (name, ALL_CONTRACTS):
        if field in changes.get(key, {}).get(component, {}):
            return ("services", service, "contract_changes", key, component, field)
    number = next(number for number, contract in enumerate(scenario.contracts) if contract.name == name)
    return ("contracts", number, component, field)
