"""Bridge: what differs, that its ends are those of a comparison, hand-worked parts, and what must always hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from funding_model.problems import ProblemsError
from funding_model.questions.bridge import Bridge, Bridged, End, bridge
from funding_model.questions.bridge.document import as_csv, as_document
from funding_model.questions.bridge.results import MAIN, RESULTS
from funding_model.questions.compare import compare
from funding_model.questions.document import as_document as comparison_document
from funding_model.questions.totals import Totals
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import examples
from tests.questions.small_scenarios import scenario
from tests.strategies import scenarios

TOTALS = tuple(item.name for item in fields(Totals))
START, END = "Each year", "Three years"


def bridged(
    first: Scenario,
    second: Scenario | None = None,
    ends: tuple[str, str] = (START, END),
    results: Sequence[str] = MAIN,
) -> Bridge:
    return bridge(End(first, ends[0]), End(second or first, ends[1]), results)


def of(found: Bridge, result: str) -> Bridged:
    return next(each for each in found.results if each.result.name == result)


def parts_of(found: Bridged) -> dict[str, float]:
    return {part.name: part.value for part in found.parts}


def contracts(**second: object) -> Scenario:
    """Return the small scenario with a plain three-year contract and one that differs from it in some components."""
    plain: dict[str, Any] = {"name": START, "term": {"months": 36}, "payment": {"underspend": "kept"}}
    other = plain | {"name": END} | second
    return scenario({"contracts": [plain, other]})


# The ends


def test_the_ends_are_the_results_of_a_comparison() -> None:
    found, compared = bridged(scenario(), results=list(RESULTS)), compare(scenario())
    for name in TOTALS:
        each = of(found, name)
        assert (each.from_value, each.to_value) == tuple(getattr(compared.totals, name)), name
    rows = {row["result"]: row for row in comparison_document(compared)["differences"]}
    for name in RESULTS:
        assert of(found, name).to_value == pytest.approx(rows[name]["value"], rel=1e-12), name
        assert of(found, name).from_value == pytest.approx(rows[name]["base_value"], rel=1e-12), name


def test_only_components_that_differ_are_swapped() -> None:
    found = bridged(scenario())
    assert found.parts == ("term", "award", "price", "movement", "payment", "monitoring")
    assert found.cases == 2**6
    same = bridged(scenario(), ends=(START, START))
    assert (same.parts, same.cases) == ((), 1)
    assert all(not each.difference and each.parts == () for each in same.results)


def test_a_component_that_one_service_changes_is_swapped() -> None:
    changed = contracts().services[1].model_copy(update={"contract_changes": {END: {"price": {"funded_share": 0.5}}}})
    first = contracts()
    found = bridged(first.model_copy(update={"services": (first.services[0], changed)}), results=("price",))
    assert found.parts == ("price",)
    assert found.results[0].difference < 0


# Worked by hand


def test_effects_that_add_up_are_each_their_own() -> None:
    """Price 10% less of a known price; four more returns a year of 10 hours at £30, bought in, for two services."""
    plain: dict[str, Any] = {"term": {"months": 36}, "payment": {"underspend": "kept"}}
    first = scenario(
        {
            "contracts": [
                plain | {"name": START, "price": {"schedule": [100_000] * 3}},
                plain | {"name": END, "price": {"schedule": [90_000] * 3}, "monitoring": {"returns_a_year": 4}},
            ],
            "assumptions": {"done_by": "bought_in", "return_hours": 10, "provider_hour_value": 30, "pay_award": 0.0},
        }
    )
    found = bridged(first, results=("surplus", "price", "cost_of_terms"))
    assert found.parts == ("price", "monitoring")
    surplus = of(found, "surplus")
    assert parts_of(surplus) == pytest.approx({"price": -2 * 3 * 10_000, "monitoring": -2 * 3 * 4 * 10 * 30})
    assert surplus.interaction == pytest.approx(0, abs=1e-6)
    assert not any(part.depends for part in surplus.parts)
    assert parts_of(of(found, "price")) == pytest.approx({"price": -60_000, "monitoring": 0}, abs=1e-6)
    assert parts_of(of(found, "cost_of_terms")) == pytest.approx({"price": 0, "monitoring": 7_200}, abs=1e-6)


def test_parts_are_the_mean_over_every_order_of_contracts_that_are_compared() -> None:
    """Every mixture of three components is entered as a contract of its own and compared."""
    components: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "price": ({"overhead_rule": "cap_of_direct", "overhead_rate": 0.05}, {"funded_share": 0.9, "margin": 0.05}),
        "movement": ({"within_award": "none"}, {"within_award": "fixed", "rate": 0.04}),
        "payment": ({"underspend": "kept"}, {"underspend": "returned", "timing": "arrears"}),
    }
    names = list(components)
    mixtures = [
        {"name": f"{mixture:03b}", "term": {"months": 36}}
        | {name: components[name][mixture >> place & 1] for place, name in enumerate(names)}
        for mixture in range(8)
    ]
    entered = scenario({"contracts": mixtures})
    found, compared = bridge(End(entered, "000"), End(entered, "111"), TOTALS), compare(entered)
    assert found.parts == tuple(names)
    for result in TOTALS:
        values = dict(zip(range(8), getattr(compared.totals, result), strict=True))
        parts = np.zeros(3)
        for order in permutations(range(3)):
            swapped = 0
            for component in order:
                parts[component] += (values[swapped | 1 << component] - values[swapped]) / 6
                swapped |= 1 << component
        assert list(parts_of(of(found, result)).values()) == pytest.approx(parts, rel=1e-9, abs=1e-6), result


def test_an_effect_that_helps_or_hurts_by_what_else_changes_says_so() -> None:
    """Renewal by an even chance spares half of a loss, and costs half of a surplus."""
    annual: dict[str, Any] = {"term": {"months": 12}, "payment": {"underspend": "kept"}}
    entered = scenario(
        {
            "contracts": [
                annual | {"name": START, "price": {"funded_share": 0.5}},
                annual | {"name": END, "price": {"margin": 0.3}, "award": {"renewal_probability": 0.5}},
            ]
        }
    )
    found = bridged(entered, results=("surplus", "price"))
    award, price = of(found, "surplus").parts
    assert award.first > 0 > award.last
    assert (award.depends, price.depends) == (True, False)
    assert not any(part.depends for part in of(found, "price").parts)


# Length alone moves no price


@pytest.mark.parametrize(
    "movement",
    [
        {"within_award": "none"},
        {"within_award": "none", "new_award": "recosted"},
        {"within_award": "fixed", "rate": 0.03},
        {"within_award": "cpi", "new_award": "recosted"},
        {"within_award": "pay", "cap": 0.02},
        {"within_award": "basket", "pay_weight": 0.7, "lag_years": 1},
        {"within_award": "forecast"},
    ],
)
@pytest.mark.parametrize("annual", [{"new_award": "recosted"}, {"new_award": "rolled_forward", "renewal_uplift": 0.01}])
@pytest.mark.parametrize("months", [12, 6, 18])
def test_length_alone_moves_no_price(movement: dict[str, Any], annual: dict[str, Any], months: int) -> None:
    """A recosted price of half-year or 18-month awards stands still between awards, so only annual ones carry on."""
    first = scenario(
        {
            "contracts": [
                {"name": START, "term": {"months": months}, "movement": annual},
                {"name": END, "term": {"months": 36}, "movement": movement},
            ]
        }
    )
    found = of(bridged(first, results=("price",)), "price")
    term = next(part for part in found.parts if part.name == "term")
    assert term.last == pytest.approx(0, abs=1e-6)
    if months == 12:
        assert term.first == pytest.approx(0, abs=1e-6)
        assert term.value == pytest.approx(0, abs=1e-6)


def test_a_contract_that_is_renewed_inside_the_horizon_is_renewed_as_it_says() -> None:
    """Over five years a three-year contract at a fixed price is costed afresh in the fourth, or after each one."""
    first = scenario(
        {
            "horizon_years": 5,
            "contracts": [
                {"name": START, "term": {"months": 12}, "movement": {"new_award": "recosted"}},
                {"name": END, "term": {"months": 36}, "movement": {"new_award": "recosted", "within_award": "none"}},
            ],
        }
    )
    found = of(bridged(first, results=("price",)), "price")
    assert parts_of(found)["movement"] == pytest.approx(parts_of(found)["term"], rel=1e-9)
    assert found.parts[0].first == pytest.approx(0, abs=1e-6)


# Scenarios that differ


def test_what_was_entered_is_swapped_by_groups_beside_the_contract() -> None:
    first = scenario()
    second = scenario({"assumptions.turnover": 0.3, "services.1.posts.1.salary": 31_000, "contracts.1.term.months": 24})
    found = bridged(first, second, (START, START), results=("surplus", "leavers"))
    assert found.parts == ("posts", "behaviour", "term")
    assert not found.joined
    for name in ("surplus", "leavers"):
        each = of(found, name)
        assert each.from_value == getattr(compare(first, [START]).totals, name)[0]
        assert each.to_value == getattr(compare(second, [START]).totals, name)[0]
        assert math.fsum(parts_of(each).values()) == pytest.approx(each.difference, abs=1e-6)
    assert parts_of(of(found, "leavers"))["behaviour"] > 0
    assert parts_of(of(found, "leavers"))["posts"] == 0


GROUPS: dict[str, dict[str, Any]] = {
    "posts": {"services.1.posts.1.fte": 0.9},
    "lines": {"services.1.lines.1.amount": 9_000},
    "support_costs": {"organisation.pools.1.lines.1.amount": 15_000},
    "people_and_size": {"services.1.people.referrals_a_month": 3},
    "other_money": {"organisation.opening_cash": 1_000},
    "economy": {"assumptions.cpi": 0.05},
    "behaviour": {"assumptions.cost_per_hire": 2_500},
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_of_inputs_makes_the_whole_difference_where_it_alone_changes(group: str) -> None:
    first, second = scenario(), scenario(GROUPS[group])
    found = bridged(first, second, (START, START), results=list(TOTALS))
    assert found.parts == (group,)
    after, before = (compare(each, [START]).totals for each in (second, first))
    assert any(each.difference for each in found.results)
    for each in found.results:
        name = each.result.name
        assert parts_of(each)[group] == each.difference == getattr(after, name)[0] - getattr(before, name)[0]


def test_inputs_that_cannot_be_changed_one_without_another_are_one_part() -> None:
    """The worker's time goes to a pool that only the second scenario has."""
    pool = {
        "name": "Volunteering",
        "category": "central_functions",
        "driver": "fte",
        "lines": [{"name": "x", "amount": 1}],
    }
    pools = [each.model_dump(mode="json", exclude_unset=True) for each in scenario().organisation.pools]
    second = scenario(
        {
            "organisation.pools": [*pools, pool],
            "services.1.posts.1.time": {"Family support": 0.5, "Volunteering": 0.5},
            "assumptions.turnover": 0.2,
        }
    )
    found = bridged(scenario(), second, (START, START), results=("surplus",))
    assert (found.parts, found.joined) == (("inputs",), True)
    assert parts_of(found.results[0])["inputs"] == found.results[0].difference


# What is refused or left out


def test_what_is_unknown_or_unlike_is_refused() -> None:
    with pytest.raises(ProblemsError) as caught:
        bridge(End(scenario(), "None"), End(scenario({"horizon_years": 4}), END), ("profit",))
    assert [problem.where for problem in caught.value.problems] == ["result", "contract", "horizon_years"]


def test_results_that_do_not_apply_are_left_out() -> None:
    found = bridged(scenario({"services.1.people": None}), results=("price", "cost_per_person", "weeks_lost"))
    assert [each.result.name for each in found.results] == ["price"]
    assert found.left_out == ("cost_per_person", "weeks_lost")


# What always holds


@examples(8)
@given(scenarios(longest=3))
def test_parts_add_up_and_the_way_back_is_the_way_there_turned_round(entered: Scenario) -> None:
    assume(len(entered.contracts) > 1)
    ends = [End(entered, contract.name) for contract in entered.contracts[:2]]
    try:
        there, back = bridge(ends[0], ends[1]), bridge(ends[1], ends[0])
    except ProblemsError:
        assume(False)  # noqa: FBT003 - hypothesis's own
    totals = compare(entered, [end.contract for end in ends], ends[0].contract).totals
    for way, turned in zip(there.results, back.results, strict=True):
        scale = 1e-9 * max(
            1.0,
            abs(way.from_value),
            abs(way.to_value),
            *(abs(part.first) for part in way.parts),
            *(abs(part.last) for part in way.parts),
        )
        assert math.fsum(part.value for part in way.parts) == pytest.approx(way.difference, abs=scale)
        if way.result.name in TOTALS:
            assert (way.from_value, way.to_value) == tuple(getattr(totals, way.result.name))
        for part, opposite in zip(way.parts, turned.parts, strict=True):
            assert part.name == opposite.name
            assert part.value == pytest.approx(-opposite.value, abs=10 * scale)
            assert part.first == pytest.approx(-opposite.last, abs=10 * scale)


# As data


def test_the_document_has_its_keys_and_every_component() -> None:
    document = as_document(bridged(scenario()))
    assert (document["from"], document["to"]) == (START, END)
    assert [each["result"] for each in document["results"]] == list(MAIN)
    for each in document["results"]:
        assert set(each) >= {"result", "unit", "from_value", "to_value", "difference", "parts"}
        for kind in ("parts", "swapped_first", "swapped_last"):
            assert tuple(each[kind]) == COMPONENTS
        assert each["difference"] == each["to_value"] - each["from_value"]
        assert math.fsum(each["parts"].values()) == pytest.approx(each["difference"], abs=1e-6)
        assert each["parts"]["flexibility"] == 0
        alone = math.fsum(each["swapped_first"].values())
        assert each["interaction"] == pytest.approx(each["difference"] - alone, abs=1e-6)


def test_the_table_holds_the_same_numbers() -> None:
    found = bridged(scenario(), results=("surplus",))
    rows = [line.split(",") for line in as_csv([found]).splitlines()]
    assert rows[0][-5:] == ["unit", "part", "value", "swapped_first", "swapped_last"]
    by_part = {row[6]: row[7] for row in rows[1:]}
    document = as_document(found)["results"][0]
    assert float(by_part["difference"]) == document["difference"]
    assert all(float(by_part[name]) == value for name, value in document["parts"].items())
