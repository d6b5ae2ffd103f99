"""Inputs: what may be asked for at which a contract breaks even, each as changes of the scenario's document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from funding_model import units
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.results import of_case
from funding_model.scenario.contracts import RULES_WITHOUT_RATE
from funding_model.scenario.explain_errors import explain
from funding_model.scenario.overrides import place_at
from funding_model.scenario.plain import Place, clean
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import assumption_title, title_of
from funding_model.scenario.walk import at

Changes: TypeAlias = Mapping[Place, Any]
"""Values by place."""
LONGEST_TERM, MOST_MONTHS_LATE = 120, 12
MOST_UPLIFT, MOST_GROWTH, LEAST_GROWTH = 0.25, 0.1, -0.05
MOST_TURNOVER: Final = 0.5
MOST_OF_A_TOTAL: Final = 0.95
LARGEST: Final = 1e12
"""No number that is asked for is larger: beyond it, nothing is a pound, a person or a share."""
TIMES: Final = 2.0
"""A price or a number of one's own is searched up to twice what it is."""


@dataclass(frozen=True)
class Input:
    """What is varied.

    Attributes:
        name: As it is asked for: a name of ``NAMED``, or a place.
        label: What it is, in words.
        unit: What its number counts.
        whole: Whether only whole numbers make sense.
        low: Start of the range that is searched if no other is asked for; None where there is no sensible one.
        high: End of that range.
        current: The value entered; None where it is blank or there is no one number.
        changes: What a value changes in the scenario.
        places: The assumptions that hold the value itself, when nothing else changes: they can be drawn as a batch.
    """

    name: str
    label: str
    unit: str
    low: float | None
    high: float | None
    current: float | None
    changes: Callable[[float], Changes]
    whole: bool = False
    places: tuple[Place, ...] = ()

    def of_contracts(self, value: float) -> bool:
        """Return whether a value changes nothing but contracts, so that the rest of the scenario is as prepared."""
        return all(place[0] == "contracts" or "contract_changes" in place for place in self.changes(value))


def input_called(comparison: Comparison, contract: str, name: str) -> Input:
    """Return what is varied, by its name or its place.

    Raises:
        ProblemsError: There is no such input, or it has no effect under this contract.
    """
    number = [each.name for each in comparison.scenario.contracts].index(contract)
    if name in NAMED:
        return NAMED[name](comparison, number)
    return _at_a_place(comparison.scenario, name)


def changed(scenario: Scenario, changes: Changes) -> tuple[Scenario | None, list[Problem]]:
    """Return the scenario with other values at some places, or why they cannot be entered."""
    document: Any = scenario
    for place, value in changes.items():
        document = _with(document, place, value)
    try:
        return Scenario.model_validate(document), []
    except ValidationError as error:
        return None, explain(error, Scenario)


def _with(container: Any, place: Place, value: Any) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return a document with another value at a place; what lies beside the way there is checked already and stays."""
    if not place:
        return value
    step, further = place[0], place[1:]
    if isinstance(step, int):
        return tuple(_with(item, further, value) if each == step else item for each, item in enumerate(container))
    group = dict(container or {})
    group[step] = _with(group.get(step), further, value)
    return group


def _at_a_place(scenario: Scenario, path: str) -> Input:
    """Return any number of the scenario as an input."""
    document = scenario.model_dump(mode="json")
    place, fault = place_at(document, path)
    if fault is not None:
        message, remedy = fault
        if path.strip().isidentifier():
            remedy = f"Choose {', '.join(NAMED)}, or the place of a number."
        raise ProblemsError([Problem(f"--input {clean(path)}", message, remedy)])
    kind, _ = at(Scenario, place)
    value = _standing(document, place)
    group = kind.model if kind is not None else None
    holds_value = group is not None and "value" in group.model_fields
    if kind is None or (not holds_value and kind.base not in (int, float)):
        message = "is not a number, so there is nothing to search."
        named = ", ".join(NAMED)
        raise ProblemsError([Problem(f"--input {clean(path)}", message, f"Choose {named}, or the place of a number.")])
    name = str(place[-1])
    current = value.get("value") if isinstance(value, dict) else value
    number = float(current) if isinstance(current, int | float) else None
    low, high = sorted((0.0, TIMES * number)) if number else (None, None)
    return Input(
        name=path,
        label=assumption_title(name) if "assumptions" in place else title_of(name),
        unit=str(kind.extra.get("unit", "")),
        low=low,
        high=high,
        current=number,
        changes=lambda value: {place: value},
        whole=kind.base is int,
        places=(place,) if holds_value and "contract_changes" not in place else (),
    )


def _standing(document: Any, place: Place) -> Any:  # noqa: ANN401 - a plain value of any kind
    for step in place:
        document = document[step] if isinstance(step, int) else (document or {}).get(step)
    return document


def _of_contract(number: int, component: str, field: str) -> Place:
    return ("contracts", number, component, field)


def _term(comparison: Comparison, number: int) -> Input:
    entered = comparison.scenario.contracts[number].term.months
    return Input(
        "term", "Months of the initial award", "months", 1, LONGEST_TERM, entered,
        lambda months: {_of_contract(number, "term", "months"): int(months)}, whole=True,
    )  # fmt: skip


def _uplift(comparison: Comparison, number: int) -> Input:
    contract = comparison.scenario.contracts[number]
    movement, rolled = contract.movement, contract.movement.new_award == "rolled_forward"
    within = contract.term.cycle_months > units.MONTHS_A_YEAR

    def changes(rate: float) -> Changes:
        fields: dict[str, Any] = {"cap": None, "floor": None}
        if within:
            fields |= {"within_award": "fixed", "rate": rate, "pay_weight": None}
        if rolled or not within:
            fields |= {"new_award": "rolled_forward", "renewal_uplift": rate}
        return {_of_contract(number, "movement", field): value for field, value in fields.items()}

    current = movement.rate if within else movement.renewal_uplift
    return Input("uplift", "Yearly uplift of the price", "fraction a year", 0, MOST_UPLIFT, current, changes)


def _overhead_rate(comparison: Comparison, number: int) -> Input:
    """Vary the rate of the contract's rule; where it has none, that of services with a rule of their own."""
    contract = comparison.scenario.contracts[number]
    if contract.price.overhead_rule not in RULES_WITHOUT_RATE:
        rated = {_of_contract(number, "price", "overhead_rate"): contract.price}
    else:
        rated = {
            ("services", service, "contract_changes", contract.name, "price", "overhead_rate"): version.price
            for service, version in enumerate(comparison.prepared.contracts[contract.name])
            if version.price.overhead_rule not in RULES_WITHOUT_RATE
        }
    if not rated:
        message = f'the contract\'s overhead rule is "{contract.price.overhead_rule}", which has no rate.'
        remedy = f"Give it a rule with a rate first, such as --set contracts.{number + 1}.price.overhead_rule=..."
        raise ProblemsError([Problem("--input overhead_rate", message, remedy)])
    most = MOST_OF_A_TOTAL if any(price.overhead_rule == "cap_of_total" for price in rated.values()) else 1.0
    entered = {price.overhead_rate for price in rated.values()}
    return Input(
        "overhead_rate", "Rate of the overhead rule", "fraction", 0, most,
        entered.pop() if len(entered) == 1 else None, lambda rate: dict.fromkeys(rated, rate),
    )  # fmt: skip


def _price(comparison: Comparison, number: int) -> Input:
    """Vary the first year's price of all services together, each keeping its part of it."""
    name = comparison.scenario.contracts[number].name
    case = comparison.contracts.index(name)
    money = comparison.evaluation.money
    first = of_case(money.price, case)[:, 0]
    full = of_case(money.full_cost, case)[:, 0]
    weights = first if first.sum() > 0 else full
    shares = (weights / weights.sum()).tolist() if weights.sum() > 0 else [1 / len(weights)] * len(weights)
    months = int(comparison.prepared.inputs.calendar.months_of_year[0])
    a_year = units.MONTHS_A_YEAR / months

    def changes(amount: float) -> Changes:
        found: dict[Place, Any] = {}
        for service, share in enumerate(shares):
            own: Place = ("services", service, "contract_changes", name, "price")
            found[(*own, "current")] = amount * share
            found[(*own, "schedule")] = []
        return found

    most = TIMES * a_year * max(float(first.sum()), float(full.sum()))
    return Input(
        "price",
        "Price of the first award, all services",
        "pounds a year",
        0,
        most,
        float(first.sum()) * a_year,
        changes,
    )


def _caseload(comparison: Comparison, number: int) -> Input:
    del number  # the same under every contract
    sides = {
        place: service.people.caseload_per_fte
        for place, service in enumerate(comparison.scenario.services)
        if service.people is not None
    }
    if not sides:
        message = "no service has a people's side, so there is no caseload."
        raise ProblemsError([Problem("--input caseload", message, "Enter people for a service first.")])
    return Input(
        "caseload", "Caseload for each delivery FTE, all services", "times the caseload entered", 0.5, 1.5, 1.0,
        lambda times: {
            ("services", place, "people", "caseload_per_fte"): times * each for place, each in sides.items()
        },
    )  # fmt: skip


def _turnover(comparison: Comparison, number: int) -> Input:
    del number
    place: Place = ("assumptions", "extra_turnover_when_insecure")
    entered = comparison.scenario.assumptions.extra_turnover_when_insecure
    return Input(
        "turnover_difference", "Extra turnover when insecure", "fraction of staff a year", 0, MOST_TURNOVER,
        None if entered is None else entered.value, lambda rate: {place: {"value": rate}}, places=(place,),
    )  # fmt: skip


def _growth(comparison: Comparison, number: int) -> Input:
    del comparison, number
    places: Sequence[Place] = [("assumptions", name, "outturn_added") for name in ("pay_award", "cpi")]
    return Input(
        "cost_growth", "Growth of pay and prices above their paths", "fraction a year", LEAST_GROWTH, MOST_GROWTH, 0.0,
        lambda rate: {place: {"value": rate} for place in places}, places=tuple(places),
    )  # fmt: skip


def _months_late(comparison: Comparison, number: int) -> Input:
    lead = comparison.scenario.contracts[number].award.lead_months
    return Input(
        "months_late", "Months by which decisions come late", "months", 0, MOST_MONTHS_LATE, max(0.0, -lead),
        lambda months: {_of_contract(number, "award", "lead_months"): -float(months)}, whole=True,
    )  # fmt: skip


NAMED: Final[dict[str, Callable[[Comparison, int], Input]]] = {
    "term": _term,
    "uplift": _uplift,
    "overhead_rate": _overhead_rate,
    "price": _price,
    "caseload": _caseload,
    "turnover_difference": _turnover,
    "cost_growth": _growth,
    "months_late": _months_late,
}
"""Inputs that have a name of their own."""
