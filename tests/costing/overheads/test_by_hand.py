"""The sharing of overheads, the primary apportionment and the modified base as sums worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from funding_model.costing.overheads import (
    METHODS,
    allocate,
    default_order,
    modified_total_direct_cost,
    primary_apportionment,
)
from tests.costing.overheads.organisations import OWN, USAGE, run


def test_direct_by_hand() -> None:
    shared = allocate(OWN, USAGE, "direct")
    x, y = 100 * 30 / 90 + 60 * 15 / 20, 100 * 60 / 90 + 60 * 5 / 20
    assert shared.overhead == pytest.approx([x, y])
    assert shared.full_cost == pytest.approx([1000 + x, 2000 + y])
    assert shared.gross == pytest.approx([100, 60])
    assert shared.from_pool == pytest.approx(np.array([[100 / 3, 200 / 3], [45, 15]]))


def test_step_down_by_hand_in_both_orders() -> None:
    premises_first = allocate(OWN, USAGE, "step_down")
    assert premises_first.gross == pytest.approx([100, 60 + 100 * 10 / 100])
    assert premises_first.overhead == pytest.approx([30 + 70 * 15 / 20, 60 + 70 * 5 / 20])
    management_first = allocate(OWN, USAGE, "step_down", order=[1, 0])
    premises = 100 + 60 * 5 / 25
    assert management_first.gross == pytest.approx([premises, 60])
    assert management_first.overhead == pytest.approx([60 * 15 / 25 + premises / 3, 60 * 5 / 25 + premises * 2 / 3])


def test_reciprocal_by_hand() -> None:
    shared = allocate(OWN, USAGE, "reciprocal")
    premises = (100 + 60 * 5 / 25) / (1 - 10 / 100 * 5 / 25)
    management = 60 + premises * 10 / 100
    assert shared.gross == pytest.approx([premises, management])
    assert shared.overhead == pytest.approx([premises * 0.3 + management * 0.6, premises * 0.6 + management * 0.2])


def test_single_rate_by_hand() -> None:
    shared = allocate(OWN, USAGE, "single_rate", base=np.array([3.0, 1.0]))
    assert shared.overhead == pytest.approx([160 * 3 / 4, 160 / 4])
    assert shared.from_pool == pytest.approx(np.array([[75, 25], [45, 15]]))


def test_accumulated_cost_counts_what_receivers_hold_when_the_pool_closes() -> None:
    shared = allocate(OWN, USAGE, "step_down", accumulated=[False, True])
    x, y, management = 1000 + 30, 2000 + 60, 60 + 10
    assert shared.full_cost == pytest.approx([x + management * x / (x + y), y + management * y / (x + y)])
    first = allocate(OWN, USAGE, "step_down", accumulated=[True, False])
    assert first.gross == pytest.approx([100, 60 + 100 * 60 / 3060])


def test_a_negative_pool_lowers_the_cost_of_those_who_use_it() -> None:
    shared = allocate(np.array([-80.0, 500.0, 500.0]), np.array([[0.0, 3.0, 1.0]]), "step_down")
    assert shared.full_cost == pytest.approx([500 - 60, 500 - 20])


def test_whole_pounds_are_shared_to_the_penny() -> None:
    found = allocate(np.array([5, 10, 20]), np.array([[0.0, 1.0, 1.0]]), "direct")
    assert found.full_cost.tolist() == [12.5, 22.5]


def test_without_pools_every_unit_bears_its_own_cost() -> None:
    for method in METHODS:
        assert run(np.array([5.0, 6.0]), np.zeros((0, 2)), method).full_cost.tolist() == [5, 6]


def test_a_base_that_differs_by_year_gives_every_result_of_each_year() -> None:
    found = allocate(np.array([6.0, 10, 20]), np.zeros((1, 3)), "single_rate", base=np.array([[1.0, 1.0], [1.0, 2.0]]))
    assert found.full_cost.tolist() == [[13, 23], [12, 24]]
    assert found.gross.tolist() == [[6], [6]]
    assert found.from_pool.tolist() == [[[3, 3]], [[2, 4]]]


def test_default_order_keeps_equal_categories_as_entered() -> None:
    entered = [
        "fundraising",
        "central_functions",
        "premises_and_office",
        "central_functions",
        "governance_and_strategy",
    ]
    assert default_order(entered) == (2, 1, 3, 4, 0)
    with pytest.raises(ValueError, match="marketing"):
        default_order(["marketing"])


def test_categories_that_are_not_known_are_named_with_those_that_are() -> None:
    known = "premises_and_office, central_functions, governance_and_strategy, fundraising"
    with pytest.raises(ValueError, match=f"^catering, cooking: not one of {known}$"):
        default_order(["cooking", "fundraising", "catering"])


def test_primary_apportionment_by_hand() -> None:
    shared = primary_apportionment(np.array([10.0, 20.0]), np.array([100.0, 8.0]), np.array([[1.0, 3.0], [1.0, 0.0]]))
    assert shared.full_cost == pytest.approx([10 + 25 + 8, 20 + 75])


def test_primary_apportionment_of_several_years() -> None:
    already = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]])
    common = np.array([[10.0], [20.0], [30.0]])
    usage = np.array([[[1.0, 4.0]], [[3.0, 1.0]], [[1.0, 1.0]]])
    expected = [[3.0, 10.0], [18.0, 9.0], [15.0, 15.0]]
    assert primary_apportionment(already, common, usage).full_cost.tolist() == expected
    same_cost_every_year = primary_apportionment(already, np.array([10.0]), np.array([[1.0, 4.0]]))
    assert same_cost_every_year.full_cost.tolist() == [[3, 10], [5, 12], [2, 8]]
    same_centres_every_year = primary_apportionment(already[0], common, np.array([[1.0, 4.0]]))
    assert same_centres_every_year.full_cost.tolist() == [[3, 10], [5, 18], [7, 26]]


def test_subaward_cap_runs_over_the_life_of_each_subaward() -> None:
    costs = np.array([[[50.0, 50, 50], [10, 11, 9], [20, 20, 20], [9, 9, 9]]])
    base = modified_total_direct_cost(costs, [False, False, False, True], [False, True, True, False], 25.0)
    assert base.tolist() == [[50 + 10 + 20, 50 + 11 + 5, 50 + 4]]


def test_a_subaward_cap_of_several_cases() -> None:
    """Two cases of three categories over three years: pay, equipment left out, and a subaward that counts up to 25."""
    costs = np.array([[[10.0, 10, 10], [5, 5, 5], [20, 20, 20]], [[1, 2, 3], [5, 5, 5], [0, 30, 30]]])
    base = modified_total_direct_cost(costs, [False, True, False], [False, False, True], 25.0)
    assert base.tolist() == [[30, 15, 10], [1, 27, 3]]
    with pytest.raises(ValueError, match="shorter"):
        modified_total_direct_cost(costs, [False, True, False], [False, False], 25.0)


def test_a_base_from_which_everything_is_left_out_is_nothing_in_every_case_and_year() -> None:
    base = modified_total_direct_cost(np.ones((2, 1, 3)), [True], [False], 25.0)
    assert base.tolist() == [[0, 0, 0], [0, 0, 0]]
