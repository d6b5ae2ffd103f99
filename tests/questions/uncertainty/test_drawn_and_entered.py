"""A case that is drawn is the case that would be entered by hand, for every assumption that can be drawn."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from funding_model.costing.model import evaluate
from funding_model.questions.break_even.inputs import changed as changed_at
from funding_model.questions.prepare import prepare
from funding_model.questions.prepare.drawn_terms import OF_CONTRACTS
from funding_model.questions.totals import totals_of
from funding_model.questions.uncertainty.ranges import GROWTH_PATHS, WITHOUT_RESULT, ranges_of, unit_at
from funding_model.scenario.assumptions import Assumptions, ServiceAssumptions
from funding_model.scenario.library import load_library
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import arrays_in, compared, examples, of_case, results_of, same_bits
from tests.questions.small_scenarios import scenario
from tests.strategies import scenarios

VALUES: Final = {
    "fraction, 0 to 1": (0.4, 0.2, 0.7),
    "fraction of staff a year": (0.2, 0.1, 0.5),
    "fraction": (0.03, 0.01, 0.05),
    "fraction a year": (0.0, -0.02, 0.03),
    "months": (4.0, 2.0, 7.5),
    "pounds": (900.0, 400.0, 2_500.0),
    "hours": (10.0, 4.0, 35.0),
    "people a month": (3.0, 1.0, 6.0),
}
"""The value entered and two that are drawn, by unit."""
EVERYTHING_ON: Final[dict[str, Any]] = {
    "organisation.borrowing_rate": 0.08,
    "organisation.opening_cash": -20_000,
    "organisation.pools.1.posts": [{"name": "Administrator", "fte": 0.5, "salary": 24_000, "absence_cover_rate": 0.05}],
    "services.1.posts": [
        {"name": "Worker", "headcount": 3, "fte": 1, "salary": 29_000, "absence_cover_rate": 0.03,
         "heads": [{"heads": 2, "years_of_service": 4, "age": 45}], "contractual_notice_weeks": 4},
        {"name": "Manager", "fte": 1, "salary": 40_000, "senior": True},
    ],
    "services.1.people.opening_waiting": 60,
    "assumptions.done_by": "bought_in",
    "assumptions.extra_turnover_when_insecure": 0.1,
    "assumptions.secure_months": 6,
    "assumptions.freeze_months": 3,
    "assumptions.close_intake_months": 2,
    "assumptions.open_at_risk": 0.3,
    "assumptions.pause_share": 0.2,
    "assumptions.cover_share": 0.4,
    "assumptions.cover_premium": 0.2,
    "assumptions.induction_months": 2,
    "assumptions.induction_productivity": 0.5,
    "assumptions.stranded_months": 4,
    "assumptions.provider_hour_value": 22,
    "assumptions.funder_hour_value": 30,
    "assumptions.letter_hours": 9,
    "assumptions.letter_hours_funder": 7,
    "assumptions.bid_hours": 50,
    "assumptions.bid_hours_funder": 40,
    "assumptions.bid_external": 1_000,
    "assumptions.return_hours_funder": 3,
    "assumptions.notice_hours_per_head": 4,
    "assumptions.variation_hours": 6,
    "assumptions.variation_hours_funder": 5,
    "contracts.1.award": {
        "lead_months": -2, "renewal_probability": 0.9, "break_notice_months": 3, "break_probability": 0.05,
        "break_credibility": 0.5, "competed": True, "competition_saving": 0.02, "continued_at_risk": True,
    },
    "contracts.1.term": {"months": 18, "extensions": 1, "extension_months": 6},
    "contracts.1.movement.within_award": "cpi",
    "contracts.1.flexibility": {"chance_of_change": 0.3, "repurposable": 0.2},
    "contracts.1.payment": {"timing": "arrears", "days": 60},
}  # fmt: skip
OF_BOTH_LEVELS: Final = [
    name for name in ServiceAssumptions.model_fields if name not in {*WITHOUT_RESULT, "cost_per_hire_all_in"}
]
OF_THE_ORGANISATION: Final = [
    name
    for name in Assumptions.model_fields
    if name not in {*ServiceAssumptions.model_fields, *GROWTH_PATHS, *WITHOUT_RESULT, "done_by"}
]
OF_A_CONTRACT: Final = sorted(
    {
        (path.split(".")[0], path.split(".")[1])
        for terms in OF_CONTRACTS.values()
        for paths in terms.values()
        for path in paths
        if "." in path
    }
)
PLACES: Final[list[Place]] = [
    *(("assumptions", name) for name in (*OF_BOTH_LEVELS, *OF_THE_ORGANISATION)),
    *(("services", 0, "assumptions", name) for name in OF_BOTH_LEVELS),
    *(("assumptions", name, "outturn_added") for name in GROWTH_PATHS),
    *(("contracts", 0, component, field) for component, field in OF_A_CONTRACT),
    *(("services", 0, "contract_changes", "Each year", component, field) for component, field in OF_A_CONTRACT),
]


def entered(place: Place, value: float) -> Scenario:
    settings = dict(EVERYTHING_ON)
    path = place_of(place)
    above = next((other for other in settings if path.startswith(f"{other}.")), None)
    if above is None:
        settings[path] = value
    else:
        settings[above] = {**settings[above], path.removeprefix(f"{above}."): value}
    return scenario(settings)


def results(found: Scenario, contract: str, draws: dict[Place, Any] | None = None) -> dict[str, Any]:
    prepared = prepare(found, draws=draws or {})
    (terms,) = prepared.terms_of_each([contract])
    evaluation = evaluate(prepared.inputs, terms)
    return {**results_of(evaluation), **dict(arrays_in(totals_of(evaluation, prepared.inputs), "totals"))}


@pytest.mark.parametrize("place", PLACES, ids=place_of)
def test_a_drawn_case_is_the_case_entered_by_hand(place: Place) -> None:
    middle, *drawn = VALUES[unit_at(place).name]
    contract = "Each year"
    batch = results(entered(place, middle), contract, {place: np.array([*drawn, middle])})
    by_hand = [results(entered(place, value), contract) for value in (*drawn, middle)]
    for case, alone in enumerate(by_hand):
        unlike = [name for name, array in batch.items() if not same_bits(of_case(array, case), alone[name][0])]
        assert not unlike, (case, unlike)
    assert any(not same_bits(by_hand[0][name], by_hand[1][name]) for name in batch), "this scenario does not read it"


@examples(10)
@given(scenarios(longest=3), st.sampled_from(PLACES))
def test_a_drawn_case_is_the_case_entered_by_hand_in_any_scenario(found: Scenario, place: Place) -> None:
    contract = found.contracts[0].name
    place = tuple(contract if step == "Each year" else step for step in place)
    by_hand = []
    for value in VALUES[unit_at(place).name]:
        version, _ = changed_at(found, {place: {"value": value}})
        if version is None:
            reject()
        compared(version)
        by_hand.append(version)
    batch = results(by_hand[0], contract, {place: np.array(VALUES[unit_at(place).name])})
    for case, version in enumerate(by_hand):
        alone = results(version, contract)
        unlike = [name for name, array in batch.items() if not same_bits(of_case(array, case), alone[name][0])]
        assert not unlike, (case, unlike)


@pytest.mark.parametrize("identifier", ["care_leavers", "citizens_advice_2020", "short_breaks", "winchester_trust"])
def test_prices_drawn_alone_in_the_library(identifier: str) -> None:
    place: Place = ("assumptions", "cpi", "outturn_added")
    path = place_of(place)
    middle, low = (load_library(identifier, {path: value})[0] for value in (0, -0.02))
    assert middle is not None
    assert low is not None
    for contract in middle.contracts:
        batch = results(middle, contract.name, {place: np.array([0, -0.02])})
        for case, alone in enumerate(results(each, contract.name) for each in (middle, low)):
            assert not [name for name, array in batch.items() if not same_bits(of_case(array, case), alone[name][0])]


def test_hours_drawn_that_the_price_recognises_and_the_cost_holds_already() -> None:
    place: Place = ("contracts", 0, "monitoring", "hours_each")
    recognised = {"contracts.1.price.recognises": ["monitoring"], "assumptions.provider_hour_value": 20}
    by_hand = [scenario({**recognised, place_of(place): hours}) for hours in (4, 35)]
    batch = results(by_hand[0], "Each year", {place: np.array([4.0, 35.0])})
    for case, version in enumerate(by_hand):
        alone = results(version, "Each year")
        assert not [name for name, array in batch.items() if not same_bits(of_case(array, case), alone[name][0])]
    assert len(batch["money.price"]) == 2


def test_a_service_with_a_value_of_its_own_does_not_follow_the_organisation() -> None:
    found = scenario({"services.1.assumptions.turnover": 0.3, "assumptions.turnover": 0.2})
    prepared = prepare(found, draws={("assumptions", "turnover"): np.array([0.1, 0.4])})
    assert prepared.inputs.behaviour.turnover.tolist() == [[0.3, 0.1], [0.3, 0.4]]


def test_growth_above_its_path_is_outturn_and_the_forecast_stays() -> None:
    found = scenario({"assumptions.cpi": {"every_year": 0.02, "outturn_added": 0.01}})
    economy, forecast = prepare(found).inputs.economy, prepare(found).inputs.central_economy
    assert economy.price_growth[0, 3:].tolist() == pytest.approx([0.02, 0.03, 0.03])
    assert forecast.price_growth[0, 3:].tolist() == [0.02, 0.02, 0.02]


def test_a_range_for_which_every_service_has_its_own_value_is_without_effect() -> None:
    wide = {"value": 0.2, "low": 0.1, "high": 0.3, "distribution": "uniform"}
    found = ranges_of(
        scenario(
            {
                "assumptions.turnover": wide,
                "services.1.assumptions.turnover": 0.3,
                "services.2.assumptions.turnover": {**wide, "distribution": "fixed"},
                "assumptions.supply_of_recruits": {"value": 5, "low": 1, "high": 9, "distribution": "pert"},
                "services.2.contract_changes.all.award.renewal_probability": {**wide, "value": 0.2},
            }
        )
    )
    assert [each.path for each in found.without_effect] == ["assumptions.turnover", "assumptions.supply_of_recruits"]
    assert [(each.path, each.drawn) for each in found.in_use] == [
        ("services.2.assumptions.turnover", False),
        ("services.2.contract_changes.all.award.renewal_probability", True),
    ]
    assert [each.label for each in found.in_use] == [
        "Staff turnover, Training",
        "Renewal probability, every contract, Training",
    ]
