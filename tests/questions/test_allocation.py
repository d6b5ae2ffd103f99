"""A scenario's overheads under each method."""

from __future__ import annotations

import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.allocation import allocate_scenario
from funding_model.questions.compare import compare
from tests.questions.small_scenarios import compared, scenario

SHARED = {"organisation.pools.2.driver": "fte"}


def test_every_method_shares_the_same_cost_in_every_year() -> None:
    plan = compared(SHARED).evaluation.planned.full
    answer = allocate_scenario(scenario(SHARED))
    assert [case["id"] for case in answer["cases"]] == [
        f"Two services {year}" for year in ("2026-27", "2027-28", "2028-29")
    ]
    for year, case in enumerate(answer["cases"]):
        assert set(case["methods"]) == {"direct", "step_down", "reciprocal", "single_rate"}
        assert case["kind"] == "scenario"
        for shared in case["methods"].values():
            assert list(shared["result"]) == ["Family support", "Training", "Shop"]
            assert sum(shared["result"].values()) == pytest.approx(plan.support.own_cost[0, year].sum(), rel=1e-12)
            assert set(shared["gross"]) == {"Office", "Director"}


def test_the_scenarios_own_method_is_that_of_its_comparison() -> None:
    full = compared().evaluation.planned.full
    case = allocate_scenario(scenario(), "step_down")["cases"][0]
    assert list(case["methods"]) == ["step_down"]
    assert list(case["methods"]["step_down"]["result"].values()) == full.support.allocation.full_cost[0, 0].tolist()
    assert "notes" not in case


def test_direct_ignores_what_one_pool_does_for_another() -> None:
    methods = allocate_scenario(scenario(SHARED))["cases"][0]["methods"]
    own = compared(SHARED).evaluation.planned.full.support.own_cost[0, 0]
    assert methods["direct"]["gross"]["Director"] == own[1]
    office_to_director = own[0] * 0.5 / (0.5 + 3 + 0.6 + 1.5)
    assert methods["step_down"]["gross"]["Director"] == pytest.approx(own[1] + office_to_director)


def test_a_method_that_a_driver_does_not_have_is_left_out_and_said_so() -> None:
    case = allocate_scenario(scenario())["cases"][0]
    assert set(case["methods"]) == {"step_down", "single_rate"}
    assert [note.partition(",")[0] for note in case["notes"]] == ["Left out: direct", "Left out: reciprocal"]
    with pytest.raises(ProblemsError, match="only the step-down has"):
        allocate_scenario(scenario(), "reciprocal")


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ProblemsError, match="guess is not a method"):
        allocate_scenario(scenario(), "guess")


def test_a_driver_that_nobody_uses_is_named() -> None:
    idle = {
        "organisation.pools": [
            {
                "name": "Vans",
                "category": "fundraising",
                "driver": "miles",
                "lines": [{"name": "Vans", "amount": 9}],
                "driver_quantities": {"miles": 4},
            }
        ]
    }
    with pytest.raises(ProblemsError, match='the driver "miles" of "Vans" sums to zero'):
        allocate_scenario(scenario(idle), "direct")
    with pytest.raises(ProblemsError, match="sums to zero"):
        compare(scenario(idle))
