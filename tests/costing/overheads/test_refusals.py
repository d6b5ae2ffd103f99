"""What cannot be shared is refused, with the pools, the case and the year named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from funding_model.costing.overheads import AllocationError, Method, allocate
from tests.costing.overheads.organisations import DRIVEN, OWN, USAGE, run


@pytest.mark.parametrize("method", DRIVEN)
def test_a_driver_that_sums_to_zero_names_its_pool_and_case(method: Method) -> None:
    own = np.array([[5.0, 0.0, 1.0], [5.0, 9.0, 1.0]])
    usage = np.array([[0.0, 0.0, 1.0], [0.0, 7.0, 0.0]])
    with pytest.raises(AllocationError, match="driver of support pool 1 sums to zero") as caught:
        allocate(own, usage, method)
    assert (caught.value.reason, caught.value.pools, caught.value.index) == ("no_receiver", (1,), (1,))
    assert allocate(own[0], usage, method).full_cost.tolist() == [6]


@pytest.mark.parametrize("cost", [12.0, -12.0])
def test_received_cost_needs_a_driver_too(cost: float) -> None:
    own, usage = np.array([cost, 0.0, 1.0]), np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    for method in ("step_down", "reciprocal"):
        with pytest.raises(AllocationError) as caught:
            run(own, usage, method)
        assert (caught.value.reason, caught.value.pools) == ("no_receiver", (1,))
    with pytest.raises(AllocationError) as caught:
        allocate(own, usage, "direct")
    assert caught.value.pools == (0,)


def test_a_closed_loop_names_its_pools_even_when_another_pool_feeds_it() -> None:
    usage = np.array([[0.0, 0, 1, 0, 4], [0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 1, 0, 0]])
    own = np.array([[8.0, 1, 0, 0, 0]])
    with pytest.raises(AllocationError, match="2, 3 only serve each other") as caught:
        allocate(own, usage, "reciprocal")
    assert (caught.value.reason, caught.value.pools, caught.value.index) == ("closed_loop", (2, 3), (0,))
    with pytest.raises(AllocationError):
        allocate(own, usage, "step_down")
    without_cost = allocate(np.array([0.0, 1, 0, 0, 0]), usage, "reciprocal")
    assert without_cost.full_cost.tolist() == [1]


def test_a_closed_loop_is_named_without_the_pool_that_leads_into_it() -> None:
    """Pool 0 serves pool 1 alone, and pools 1 and 2 only each other."""
    usage = np.array([[0.0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]])
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([8.0, 0, 0, 5]), usage, "reciprocal")
    assert (caught.value.reason, caught.value.pools) == ("closed_loop", (1, 2))


def test_of_two_pools_without_a_driver_the_first_is_named() -> None:
    usage = np.array([[0.0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([8.0, 0, 0, 5]), usage, "reciprocal")
    assert (caught.value.reason, caught.value.pools) == ("no_receiver", (1,))


def test_whether_cost_arrives_is_asked_in_each_case_by_itself() -> None:
    """In the first year pool 0 serves pool 1, which serves the operating unit; in the second nobody, at no cost."""
    usage = np.array([[[0.0, 1, 0], [0, 0, 1]], [[0, 0, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1]]])
    own = np.array([[8.0, 1, 5], [0, 1, 5], [8, 1, 5]])
    shared = allocate(own, usage, "reciprocal")
    assert shared.full_cost.tolist() == [[14], [6], [14]]
    assert shared.gross.tolist() == [[8, 9], [0, 1], [8, 9]]
    with pytest.raises(AllocationError) as caught:
        allocate(np.where(own == 0, 8.0, own), usage, "reciprocal")
    assert (caught.value.reason, caught.value.pools, caught.value.index) == ("no_receiver", (0,), (1,))


def test_shares_that_cancel_in_a_loop_are_an_error_and_no_infinity() -> None:
    usage = np.array([[0.0, 2.0, -1.0], [1.0, 0.0, 1.0]])
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([1.0, 1.0, 1.0]), usage, "reciprocal")
    assert caught.value.reason == "closed_loop"


def test_quantities_that_cancel_are_a_driver_of_nothing() -> None:
    usage = np.array([[0.0, 2.0, -2.0]])
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([1.0, 1.0, 1.0]), usage, "reciprocal")
    assert caught.value.reason == "no_receiver"
    assert allocate(np.array([0.0, 1.0, 1.0]), usage, "reciprocal").full_cost.tolist() == [1, 1]


def test_a_base_that_sums_to_zero_is_an_error_only_with_cost_to_share() -> None:
    with pytest.raises(AllocationError, match="base of the single rate") as caught:
        allocate(OWN, USAGE, "single_rate", base=np.zeros(2))
    assert (caught.value.reason, caught.value.pools, caught.value.index) == ("no_base", (), ())
    nothing = allocate(np.array([0.0, 0, 5, 6]), USAGE, "single_rate", base=np.zeros(2))
    assert nothing.full_cost.tolist() == [5, 6]


def test_a_base_of_nothing_names_the_case_and_year() -> None:
    own = np.array([[[4.0, 1.0], [4.0, 1.0]], [[4.0, 1.0], [4.0, 1.0]]])
    base = np.array([[[1.0], [1.0]], [[1.0], [0.0]]])
    with pytest.raises(AllocationError) as caught:
        allocate(own, np.zeros((1, 2)), "single_rate", base=base)
    assert caught.value.index == (1, 1)


def test_pools_alone_have_nobody_to_bear_their_cost() -> None:
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([6.0]), np.ones((1, 1)), "direct")
    assert caught.value.reason == "no_receiver"
    assert allocate(np.array([0.0]), np.ones((1, 1)), "direct").full_cost.tolist() == []


@pytest.mark.parametrize(
    ("reason", "pools", "said"),
    [
        (
            "no_receiver",
            [3],
            "the driver of support pool 3 sums to zero over the units that may receive its cost",
        ),
        (
            "closed_loop",
            [0, 2],
            "support pools 0, 2 only serve each other, so their cost never reaches an operating unit",
        ),
        ("no_base", [], "the base of the single rate sums to zero"),
    ],
)
def test_what_an_error_says(reason: Any, pools: list[int], said: str) -> None:  # noqa: ANN401 - one of three names
    assert str(AllocationError(reason, pools, [1, 4])) == f"{said} (leading index (1, 4)), and there is cost to share"


@pytest.mark.parametrize(
    ("method", "options", "message"),
    [
        ("direct", {"accumulated": [True, False]}, "a step-down only, not direct"),
        ("reciprocal", {"accumulated": [True, False]}, "a step-down only, not reciprocal"),
        ("step_down", {"order": [0, 0]}, "each of the 2 pools once"),
        ("step_down", {"accumulated": [True]}, "yes or no for each"),
        ("step_down", {"base": np.ones(2)}, "a base belongs to single_rate"),
        ("single_rate", {}, "a base belongs to single_rate"),
        ("by_guess", {}, "unknown method by_guess; the methods are direct, step_down, reciprocal, single_rate"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(method: Any, options: dict[str, Any], message: str) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=message):
        allocate(OWN, USAGE, method, **options)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="own_cost has 3 units, usage has 2 pools and 4 units"):
        allocate(OWN[:3], USAGE, "direct")
