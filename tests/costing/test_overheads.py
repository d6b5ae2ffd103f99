"""The sharing of overheads: hand-worked sums, published examples, published accounts, and what must always hold."""

from __future__ import annotations

import copy
import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import funding_model
from funding_model.costing.overheads import (
    METHODS,
    Allocation,
    AllocationError,
    Array,
    Method,
    allocate,
    default_order,
    modified_total_direct_cost,
    primary_apportionment,
)
from funding_model.questions.allocate import allocate_cases, allocation_table

DATA = Path(funding_model.__file__).parent / "reference" / "data"
EXAMPLES: dict[str, Any] = yaml.safe_load((DATA / "fcr_worked_examples.yaml").read_text(encoding="utf-8"))
BY_ID: dict[str, Any] = {case["id"]: case for case in EXAMPLES["cases"]}
ACCOUNTS: dict[str, Any] = {
    case["id"]: case
    for case in yaml.safe_load((DATA / "real_cases" / "charity_accounts.yaml").read_text(encoding="utf-8"))["cases"]
}
OURS = {
    "direct": "direct",
    "step": "step_down",
    "reciprocal": "reciprocal",
    "repeated_distribution": "reciprocal",
}
DRIVEN: tuple[Method, ...] = ("direct", "step_down", "reciprocal")


def run(own_cost: Array, usage: Array, method: Method, **options: Any) -> Allocation:  # noqa: ANN401 - passed on
    """Allocate, with the operating units' places as the base of the single rate unless one is given."""
    if method == "single_rate":
        options.setdefault("base", np.arange(1.0, own_cost.shape[-1] - usage.shape[-2] + 1))
    return allocate(own_cost, usage, method, **options)


# Hand-worked sums: premises 100, management 60; premises used 10 by management, 30 by X, 60 by Y;
# management used 5 by premises, 15 by X, 5 by Y.

OWN = np.array([100.0, 60.0, 1000.0, 2000.0])
USAGE = np.array([[7.0, 10.0, 30.0, 60.0], [5.0, 9.0, 15.0, 5.0]])


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


def test_primary_apportionment_by_hand() -> None:
    shared = primary_apportionment(np.array([10.0, 20.0]), np.array([100.0, 8.0]), np.array([[1.0, 3.0], [1.0, 0.0]]))
    assert shared.full_cost == pytest.approx([10 + 25 + 8, 20 + 75])


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


def test_subaward_cap_runs_over_the_life_of_each_subaward() -> None:
    costs = np.array([[[50.0, 50, 50], [10, 11, 9], [20, 20, 20], [9, 9, 9]]])
    base = modified_total_direct_cost(costs, [False, False, False, True], [False, True, True, False], 25.0)
    assert base.tolist() == [[50 + 10 + 20, 50 + 11 + 5, 50 + 4]]


# Published examples.

PUBLISHED = [
    pytest.param(case["id"], theirs, id=f"{case['id']}-{theirs}")
    for case in EXAMPLES["cases"]
    if case["kind"] == "allocation"
    for theirs in case["published"]
]


def answers(document: object = EXAMPLES, method: str = "all") -> dict[str, Any]:
    """Return the answers by id of a document that has no problems."""
    result, problems = allocate_cases(document, method)
    assert not problems
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    return {answer["id"]: answer for answer in result["cases"]}


@pytest.mark.parametrize(("case", "theirs"), PUBLISHED)
def test_published_allocation(case: str, theirs: str) -> None:
    shared, tolerance = answers()[case]["methods"][OURS[theirs]], BY_ID[case]["tolerance"]
    published = BY_ID[case]["published"][theirs]
    assert shared["result"] == pytest.approx(published["result"], rel=0, abs=tolerance)
    if "gross" in published:
        assert shared["gross"] == pytest.approx(published["gross"], rel=0, abs=tolerance)


@pytest.mark.parametrize("case", [case for case in BY_ID if BY_ID[case]["kind"] == "primary"])
def test_published_primary_apportionment(case: str) -> None:
    after, published = answers()[case]["after_primary"], BY_ID[case]["published"]["after_primary"]
    shown = {centre: after[centre] for centre in published}
    assert shown == pytest.approx(published, rel=0, abs=BY_ID[case]["tolerance"])
    own = [*BY_ID[case]["already_allocated"].values(), *(pool["cost"] for pool in BY_ID[case]["pools"].values())]
    assert sum(after.values()) == pytest.approx(sum(own))


@pytest.mark.parametrize("case", [case for case in BY_ID if BY_ID[case]["kind"] == "mtdc"])
def test_published_modified_total_direct_cost(case: str) -> None:
    published = BY_ID[case]["published"] | BY_ID[case].get("computed_here", {})
    for name, by_year in published.items():
        assert answers()[case][name] == pytest.approx(by_year, rel=0, abs=BY_ID[case]["tolerance"])


def test_published_flat_rate() -> None:
    assert answers()["interreg_aurora_flat_rate"]["result"] == pytest.approx(10_000 * 0.15) == 1_500


def test_every_example_is_answered_by_every_method_that_applies() -> None:
    assert list(answers()) == list(BY_ID)
    assert set(answers()["university_printers_step"]["methods"]) == set(METHODS)
    without_own_cost = answers()["xy_all_three_methods"]
    assert set(without_own_cost["methods"]) == set(DRIVEN)
    assert without_own_cost["notes"] == ["Left out: single rate, because the base of the single rate sums to zero."]
    assert set(answers(method="direct")["xy_all_three_methods"]["methods"]) == {"direct"}


# Published accounts.


def test_city_of_winchester_trust_note_8_to_the_pound() -> None:
    case = ACCOUNTS["city_of_winchester_trust_2021"]
    pounds, quarter = case["other_support_total"][2021], case["quarter_by_time"]["share"]
    assert sum(line[2021] for line in case["other_support_lines"].values()) == pounds == 4705
    time = [case["driver_time"]["raising_funds"], case["driver_time"]["charitable"]]
    pools = np.array([case["secretarial_staff"][2021], quarter * pounds, (1 - quarter) * pounds])
    shared = primary_apportionment(np.zeros(2), pools, np.array([time, time, [0, 1]]))
    printed = [[857, 6282], [141, 1035], [0, 3529]]
    assert np.round(shared.from_pool).tolist() == printed
    assert np.round(shared.full_cost).tolist() == [998, 10846]
    assert shared.full_cost.sum() == pytest.approx(7139 + 4705)


CITIZENS_ADVICE = ACCOUNTS["citizens_advice_2021"]


def citizens_advice(year: int) -> tuple[Array, Array]:
    """Return the pools' totals and the printed cells (pool, activity) of a year in thousands of pounds."""
    printed = CITIZENS_ADVICE["years"][year]
    cells = np.array([activity["cells"] for activity in printed["activities"].values()], dtype=float).T
    return np.array(printed["pool_totals"], dtype=float), cells


@pytest.mark.parametrize("year", [2021, 2020])
def test_citizens_advice_one_pool_predicts_the_other_four(year: int) -> None:
    totals, cells = citizens_advice(year)
    fitted = CITIZENS_ADVICE["pools"].index("people_comms")
    shared = primary_apportionment(np.zeros(5), totals, np.broadcast_to(cells[fitted], (5, 5)))
    assert np.abs(shared.from_pool - cells).max() <= 1


@pytest.mark.parametrize("year", [2021, 2020])
@pytest.mark.parametrize("fitted", range(5))
def test_citizens_advice_any_pool_predicts_within_its_own_rounding(year: int, fitted: int) -> None:
    totals, cells = citizens_advice(year)
    shared = primary_apportionment(np.zeros(5), totals, np.broadcast_to(cells[fitted], (5, 5)))
    rounding_of_fit = 1 * totals[:, None] / totals[fitted]
    assert np.all(np.abs(shared.from_pool - cells) <= rounding_of_fit + 1)


@pytest.mark.parametrize("year", [2021, 2020])
def test_citizens_advice_activity_totals_predict_all_cells(year: int) -> None:
    totals, cells = citizens_advice(year)
    activities = [activity["total"] for activity in CITIZENS_ADVICE["years"][year]["activities"].values()]
    shared = primary_apportionment(np.zeros(5), totals, np.broadcast_to(np.array(activities, dtype=float), (5, 5)))
    assert np.abs(shared.from_pool - cells).max() <= 1


# What must always hold.

Organisation = tuple[Array, Array]


@st.composite
def organisations(draw: st.DrawFn, *, pools_serve_pools: bool = True) -> Organisation:
    """Draw costs (a pool's may be negative) and a usage in which every pool serves an operating unit."""
    pools, operating = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    quantity = st.integers(0, 40)
    own = [draw(st.integers(-500, 90_000)) for _ in range(pools)] + [
        draw(st.integers(0, 90_000)) for _ in range(operating)
    ]
    usage = np.array([[draw(quantity) for _ in range(pools + operating)] for _ in range(pools)], dtype=float) / 4
    if not pools_serve_pools:
        usage[:, :pools] = 0
    usage[:, pools + draw(st.integers(0, operating - 1))] += draw(st.integers(1, 40)) / 4
    return np.array(own, dtype=float), usage


def close(left: Array, right: Array) -> bool:
    """Return whether two arrays of pounds agree to 1e-9 of the largest cost."""
    return bool(np.allclose(left, right, rtol=1e-9, atol=1e-9 * 1e5))


@given(organisations())
def test_all_cost_is_borne_by_somebody(organisation: Organisation) -> None:
    own, usage = organisation
    pools = len(usage)
    for method in METHODS:
        shared = run(own, usage, method)
        assert math.isclose(shared.full_cost.sum(), own.sum(), rel_tol=1e-9, abs_tol=1e-6)
        assert close(shared.from_pool.sum(axis=-2), shared.overhead)
        assert close(shared.full_cost, own[pools:] + shared.overhead)


@given(organisations(), st.randoms())
def test_reciprocal_does_not_depend_on_the_order_of_pools(organisation: Organisation, random: Any) -> None:  # noqa: ANN401
    own, usage = organisation
    pools = len(usage)
    order = random.sample(range(pools), pools)
    units = [*order, *range(pools, len(own))]
    shared, permuted = allocate(own, usage, "reciprocal"), allocate(own[units], usage[order][:, units], "reciprocal")
    assert close(permuted.full_cost, shared.full_cost)
    assert close(permuted.gross, shared.gross[order])


@given(organisations(pools_serve_pools=False))
def test_methods_agree_when_no_pool_serves_another(organisation: Organisation) -> None:
    direct, step_down, reciprocal = (run(*organisation, method) for method in DRIVEN)
    assert close(direct.full_cost, step_down.full_cost)
    assert close(direct.full_cost, reciprocal.full_cost)
    assert close(direct.from_pool, reciprocal.from_pool)


@given(organisations(), st.sampled_from([0.001, 0.5, 3.0, 1e6]), st.integers(0, 3))
def test_scaling_a_driver_changes_nothing(organisation: Organisation, factor: float, pool: int) -> None:
    own, usage = organisation
    scaled = usage.copy()
    scaled[pool % len(usage)] *= factor
    for method in DRIVEN:
        assert close(run(own, scaled, method).from_pool, run(own, usage, method).from_pool)


@given(organisations(), st.sampled_from([0.0, 0.01, 1.0, 7.0]))
def test_scaling_all_cost_scales_all_results(organisation: Organisation, factor: float) -> None:
    own, usage = organisation
    for method in METHODS:
        shared, scaled = run(own, usage, method), run(own * factor, usage, method)
        assert close(scaled.full_cost, shared.full_cost * factor)
        assert close(scaled.gross, shared.gross * factor)


@given(organisations(), st.integers(0, 1000))
def test_what_a_pool_uses_of_itself_never_counts(organisation: Organisation, kept: int) -> None:
    own, usage = organisation
    itself = usage.copy()
    np.fill_diagonal(itself, kept)
    for method in DRIVEN:
        assert same_bits(run(own, itself, method), run(own, usage, method))


@given(organisations(), st.randoms())
def test_permuting_operating_units_permutes_results(organisation: Organisation, random: Any) -> None:  # noqa: ANN401
    own, usage = organisation
    pools, units = usage.shape
    order = random.sample(range(units - pools), units - pools)
    columns = [*range(pools), *(pools + unit for unit in order)]
    base = np.arange(1.0, units - pools + 1)
    for method in METHODS:
        options = {"base": base} if method == "single_rate" else {}
        moved = {"base": base[order]} if method == "single_rate" else {}
        shared = run(own, usage, method, **options)
        permuted = run(own[columns], usage[:, columns], method, **moved)
        assert close(permuted.full_cost, shared.full_cost[order])
        assert close(permuted.from_pool, shared.from_pool[:, order])


def same_bits(left: Allocation, right: Allocation) -> bool:
    """Return whether two allocations are equal bit for bit."""
    names = ("full_cost", "overhead", "gross", "from_pool")
    return all(getattr(left, name).tobytes() == getattr(right, name).tobytes() for name in names)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("accumulated", [[False] * 4, [False, True, False, True]])
@pytest.mark.parametrize("operating", [1, 6, 40])
def test_a_batch_has_the_bits_of_its_cases(method: Method, accumulated: list[bool], operating: int) -> None:
    if any(accumulated) and method != "step_down":
        accumulated = [False] * 4
    random = np.random.default_rng(20_260_401)
    own = random.uniform(1, 1e6, (300, 1, 4 + operating))
    usage = random.uniform(0, 50, (3, 4, 4 + operating))
    base = {"base": random.uniform(1, 9, operating)} if method == "single_rate" else {}
    batch = allocate(own, usage, method, order=[2, 0, 3, 1], accumulated=accumulated, **base)
    assert batch.full_cost.shape == (300, 3, operating)
    assert batch.from_pool.shape == (300, 3, 4, operating)
    for case in range(0, 300, 7):
        for year in range(3):
            single = allocate(own[case, 0], usage[year], method, order=[2, 0, 3, 1], accumulated=accumulated, **base)
            parts = (
                batch.full_cost[case, year],
                batch.overhead[case, year],
                batch.gross[case, year],
                batch.from_pool[case, year],
            )
            assert same_bits(single, Allocation(*parts))


def exact_reciprocal(own: list[Fraction], usage: list[list[Fraction]]) -> tuple[list[Fraction], list[Fraction]]:
    """Solve x = c + a'x by Gauss elimination in fractions: the pools' gross cost and the operating units' full cost."""
    pools, units = len(usage), len(own)
    rows = [[Fraction(0) if unit == pool else usage[pool][unit] for unit in range(units)] for pool in range(pools)]
    share = [[quantity / sum(row) for quantity in row] for row in rows]
    system = [[Fraction(i == j) - share[j][i] for j in range(pools)] + [own[i]] for i in range(pools)]
    for pivot in range(pools):
        best = next(row for row in range(pivot, pools) if system[row][pivot] != 0)
        system[pivot], system[best] = system[best], system[pivot]
        for row in range(pools):
            if row != pivot:
                factor = system[row][pivot] / system[pivot][pivot]
                system[row] = [a - factor * b for a, b in zip(system[row], system[pivot], strict=True)]
    gross = [system[pool][pools] / system[pool][pool] for pool in range(pools)]
    full = [own[u] + sum((share[k][u] * gross[k] for k in range(pools)), Fraction(0)) for u in range(pools, units)]
    return gross, full


def as_fractions(values: Array) -> Any:  # noqa: ANN401 - nested as the array is
    """Return the exact value of every float."""
    return [as_fractions(row) if isinstance(row, np.ndarray) else Fraction(float(row)) for row in values]


@given(organisations())
def test_reciprocal_equals_the_exact_solution(organisation: Organisation) -> None:
    own, usage = organisation
    gross, full = exact_reciprocal(as_fractions(own), as_fractions(usage))
    shared = allocate(own, usage, "reciprocal")
    assert close(shared.gross, np.array([float(cost) for cost in gross]))
    assert close(shared.full_cost, np.array([float(cost) for cost in full]))


def test_reciprocal_is_exact_where_pools_almost_only_serve_each_other() -> None:
    own = np.array([70.0, 30.0, 0.0, 0.0])
    usage = np.array([[0.0, 1e12, 1.0, 2.0], [1e12, 0.0, 3.0, 0.0]])
    gross, full = exact_reciprocal(as_fractions(own), as_fractions(usage))
    shared = allocate(own, usage, "reciprocal")
    assert shared.gross == pytest.approx([float(cost) for cost in gross], rel=1e-14)
    assert shared.full_cost == pytest.approx([float(cost) for cost in full], rel=1e-14)


@given(organisations())
def test_reciprocal_is_where_repeated_distribution_ends(organisation: Organisation) -> None:
    own, usage = organisation
    pools = len(usage)
    held = own.copy()
    used = usage.copy()
    np.fill_diagonal(used, 0)
    for _ in range(20_000):
        for pool in range(pools):
            cost, held[pool] = held[pool], 0
            held = held + cost * (used[pool] / used[pool].sum())
        if np.abs(held[:pools]).max() < 1e-9:
            break
    assert close(allocate(own, usage, "reciprocal").full_cost, held[pools:])


# What cannot be shared is named.


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


def test_a_base_that_differs_by_year_gives_every_result_of_each_year() -> None:
    found = allocate(np.array([6.0, 10, 20]), np.zeros((1, 3)), "single_rate", base=np.array([[1.0, 1.0], [1.0, 2.0]]))
    assert found.full_cost.tolist() == [[13, 23], [12, 24]]
    assert found.gross.tolist() == [[6], [6]]
    assert found.from_pool.tolist() == [[[3, 3]], [[2, 4]]]


def test_whole_pounds_are_shared_to_the_penny() -> None:
    found = allocate(np.array([5, 10, 20]), np.array([[0.0, 1.0, 1.0]]), "direct")
    assert found.full_cost.tolist() == [12.5, 22.5]


def test_pools_alone_have_nobody_to_bear_their_cost() -> None:
    with pytest.raises(AllocationError) as caught:
        allocate(np.array([6.0]), np.ones((1, 1)), "direct")
    assert caught.value.reason == "no_receiver"
    assert allocate(np.array([0.0]), np.ones((1, 1)), "direct").full_cost.tolist() == []


def test_a_base_of_nothing_names_the_case_and_year() -> None:
    own = np.array([[[4.0, 1.0], [4.0, 1.0]], [[4.0, 1.0], [4.0, 1.0]]])
    base = np.array([[[1.0], [1.0]], [[1.0], [0.0]]])
    with pytest.raises(AllocationError) as caught:
        allocate(own, np.zeros((1, 2)), "single_rate", base=base)
    assert caught.value.index == (1, 1)


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


def test_a_base_from_which_everything_is_left_out_is_nothing_in_every_case_and_year() -> None:
    base = modified_total_direct_cost(np.ones((2, 1, 3)), [True], [False], 25.0)
    assert base.tolist() == [[0, 0, 0], [0, 0, 0]]


def test_a_subaward_cap_of_several_cases() -> None:
    """Two cases of three categories over three years: pay, equipment left out, and a subaward that counts up to 25."""
    costs = np.array([[[10.0, 10, 10], [5, 5, 5], [20, 20, 20]], [[1, 2, 3], [5, 5, 5], [0, 30, 30]]])
    base = modified_total_direct_cost(costs, [False, True, False], [False, False, True], 25.0)
    assert base.tolist() == [[30, 15, 10], [1, 27, 3]]
    with pytest.raises(ValueError, match="shorter"):
        modified_total_direct_cost(costs, [False, True, False], [False, False], 25.0)


def test_without_pools_every_unit_bears_its_own_cost() -> None:
    for method in METHODS:
        assert run(np.array([5.0, 6.0]), np.zeros((0, 2)), method).full_cost.tolist() == [5, 6]


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


# The file of cases.

ALLOCATION: dict[str, Any] = {
    "id": "office",
    "kind": "allocation",
    "supports": {"Premises": 100, "Management": 60},
    "operating": {"X": 1000, "Y": 2000},
    "usage": {"Premises": {"Management": 10, "X": 30, "Y": 60}, "Management": {"Premises": 5, "X": 15, "Y": 5}},
}
TWO_STAGES: dict[str, Any] = BY_ID["cambridge_9706_primary_apportionment"] | {
    "kind": "primary_then_step",
    "support_usage": {
        "Maintenance": {"Machining": 60, "Assembly": 30, "Canteen": 10},
        "Canteen": {"Machining": 12, "Assembly": 24, "Maintenance": 4},
    },
    "published": {"step": {"order": ["Canteen", "Maintenance"]}},
}


def changed(case: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - anything may stand in a file
    """Return a document of one case with some keys replaced, or taken out where the value is None."""
    entry = {key: value for key, value in (copy.deepcopy(case) | changes).items() if value is not None}
    return {"cases": [entry]}


def test_a_primary_apportionment_goes_on_to_the_step_down() -> None:
    answer = answers({"cases": [TWO_STAGES]})[TWO_STAGES["id"]]
    assert answer["after_primary"] == pytest.approx(
        {"Machining": 59760, "Assembly": 32520, "Maintenance": 14920, "Canteen": 12800}
    )
    maintenance = 14920 + 12800 * 4 / 40
    expected = {
        "Machining": 59760 + 12800 * 12 / 40 + maintenance * 60 / 90,
        "Assembly": 32520 + 12800 * 24 / 40 + maintenance * 30 / 90,
    }
    assert answer["methods"]["step_down"]["result"] == pytest.approx(expected)
    assert answer["methods"]["step_down"]["gross"] == pytest.approx({"Maintenance": maintenance, "Canteen": 12800})
    assert set(answer["methods"]) == set(METHODS)


def test_the_cases_own_order_and_base_are_used() -> None:
    case = ALLOCATION | {"order": ["Management", "Premises"], "base": {"X": 3, "Y": 1}}
    methods = answers({"cases": [case]})["office"]["methods"]
    assert methods["step_down"]["gross"] == pytest.approx({"Premises": 100 + 60 * 5 / 25, "Management": 60})
    assert methods["single_rate"]["result"] == pytest.approx({"X": 1000 + 160 * 3 / 4, "Y": 2000 + 160 / 4})


def test_a_method_that_cannot_share_a_cost_is_left_out_and_said() -> None:
    case = changed(ALLOCATION, usage={"Premises": {"Management": 1}, "Management": {"X": 1}}, colour="blue")
    answer = answers(case)["office"]
    assert set(answer["methods"]) == {"step_down", "reciprocal", "single_rate"}
    assert answer["notes"] == [
        "The key colour is not read.",
        (
            "Left out: direct, because Premises has cost to share and its driver sums to zero over the units that may"
            " receive it."
        ),
    ]
    negative = answers(changed(ALLOCATION, operating={"X": -1, "Y": 2000}))["office"]
    assert "single_rate" not in negative["methods"]
    assert "below zero" in negative["notes"][0]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, ["cases: the file has no list of cases. Start it with cases: and list one or more."]),
        ({"cases": {}}, ["cases: the file has no list of cases. Start it with cases: and list one or more."]),
        ({"cases": [7]}, ["cases.0: is 7, not a case. Give it an id, a kind and its figures."]),
        (
            changed(ALLOCATION, kind="guess"),
            ["cases.0.kind: 'guess' is not a kind of case. Use one of allocation, primary, primary_then_step, mtdc"],
        ),
        (changed(ALLOCATION, usage=None), ["cases.0.usage: is missing. Add it."]),
        (changed(ALLOCATION, id=7), ["cases.0.id: 7 is not text. Correct it."]),
        (
            changed(ALLOCATION, supports={"Premises": True, "Management": float("nan")}),
            [
                "cases.0.supports.Premises: True is not a number. Correct it.",
                "cases.0.supports.Management: nan is not a number that is known and finite. Correct it.",
            ],
        ),
        (
            changed(ALLOCATION, supports={"Premises": "100", "Management": 10**400}),
            [
                "cases.0.supports.Premises: '100' is not a number. Correct it.",
                "cases.0.supports.Management: a number with many digits is not a number. Correct it.",
            ],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"X": -3}}),
            ["cases.0.usage.Premises.X: -3 is below 0. Enter a number that is not below it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"X": 1e15}}),
            ["cases.0.usage.Premises.X: 1000000000000000.0 is above 1e+12. Enter a number that is not above it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"Z": 1}, "Garage": {"X": 1}}),
            [
                "cases.0.usage: Garage is not known here. Use one of Premises, Management.",
                "cases.0.usage.Premises: Z is not known here. Use one of Premises, Management, X, Y.",
            ],
        ),
        (
            changed(ALLOCATION, usage=[1, 2]),
            ["cases.0.usage: a list of length 2 is not a list of names with a value each. Correct it."],
        ),
        (
            changed(ALLOCATION, operating={2026: 1}),
            ["cases.0.operating.2026: the name 2026 is not text. Write it in quotation marks."],
        ),
        (changed(ALLOCATION, operating={}), ["cases.0.operating: a set of names of length 0 is not long enough"]),
        (
            changed(ALLOCATION, operating={"X": 1, "Y": 1, "Premises": 1}),
            ["cases.0.operating: Premises is also a support centre. Give each unit its own name."],
        ),
        (
            changed(ALLOCATION, order=["Premises"]),
            ["cases.0.order: names Premises. Name each support centre once: Premises, Management."],
        ),
        (
            changed(ALLOCATION, published={"step": {"order": ["A"]}}),
            ["cases.0.published.step.order: names A. Name each support centre once: Premises, Management."],
        ),
        (changed(ALLOCATION, base={"Z": 1}), ["cases.0.base: Z is not known here. Use one of X, Y."]),
        (
            changed(ALLOCATION, usage={"Premises": {"X": 0}, "Management": {"X": 1}}),
            ["cases.0: Premises has cost to share and its driver sums to zero over the units that may receive it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"Management": 1}, "Management": {"Premises": 1}}),
            ["Premises has cost", "Management has cost", "cases.0: Premises and Management only serve each other"],
        ),
        (
            {"cases": [ALLOCATION, ALLOCATION]},
            ["cases.1.id: office is the id of an earlier case. Rename it."],
        ),
        (
            changed(
                TWO_STAGES,
                centres=["Machining", "Assembly", "Maintenance", "Canteen", "Canteen"],
                support_usage={"Kitchen": {"Assembly": 1}},
                published=None,
            ),
            ["cases.0.centres: Canteen is listed 2 times", "cases.0.support_usage: Kitchen is not known here."],
        ),
        (
            changed(TWO_STAGES, pools={"rent": {"cost": 1, "driver": "area"}}),
            ["cases.0.pools.rent.driver: area is not known here. Use one of floor, book_value, employees."],
        ),
        (
            changed(TWO_STAGES, drivers={"floor": {"Attic": 1}, "book_value": {}, "employees": {}}),
            ["cases.0.drivers.floor: Attic is not known here."],
        ),
        (
            changed(BY_ID["rent_by_floor_area"], drivers={"floor": {}}),
            ["cases.0: rent has cost to share and its driver sums to zero"],
        ),
        (
            changed(
                BY_ID["rent_by_floor_area"] | {"kind": "primary_then_step"},
                support_usage={name: {} for name in ("Chairs", "Tables", "Store")},
            ),
            ["cases.0.support_usage: makes every centre a support centre."],
        ),
        (
            changed(BY_ID["mtdc_pre2024_budget1"], excluded=["gifts"], rate=0.5),
            ["cases.0.excluded: gifts is not known here."],
        ),
        (
            changed(BY_ID["interreg_aurora_flat_rate"], rate=15),
            ["cases.0.rate: 15 is above 5. Enter a number that is not above it."],
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(document: object, expected: list[str]) -> None:
    result, problems = allocate_cases(document)
    assert len(problems) == len(expected)
    for problem, text in zip(problems, expected, strict=True):
        assert text in str(problem)
    assert len(result["cases"]) == (
        len(document["cases"]) - 1 if isinstance(document, dict) and document["cases"] else 0
    )


def test_figures_too_far_apart_are_a_problem_and_no_traceback() -> None:
    apart = {"Premises": {"Management": 1, "X": 1e-303}, "Management": {"Premises": 1, "X": 1e-303}}
    big = changed(ALLOCATION, usage=apart, supports={"Premises": 1e10, "Management": 1e10})
    result, problems = allocate_cases(big, "reciprocal")
    assert result == {"cases": []}
    assert "too far apart" in problems[0].message


def test_an_unknown_method_and_a_method_that_cannot_be_used_are_problems() -> None:
    assert "guess is not a method" in str(allocate_cases({"cases": [ALLOCATION]}, "guess")[1][0])
    _, problems = allocate_cases(changed(ALLOCATION, operating={"X": 0, "Y": 0}), "single_rate")
    assert [str(problem) for problem in problems] == [
        "cases.0: the base of the single rate sums to zero. Enter a base for the single rate."
    ]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["X", "Premises"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=5,
)
EVERY_KIND = [*BY_ID.values(), ALLOCATION, TWO_STAGES]


@given(st.sampled_from(EVERY_KIND), st.data())
def test_nothing_in_a_file_makes_a_traceback(case: dict[str, Any], data: st.DataObject) -> None:
    entry = copy.deepcopy(case)
    entry[data.draw(st.sampled_from(sorted(entry)))] = data.draw(JUNK)
    result, problems = allocate_cases({"cases": [entry]}, data.draw(st.sampled_from([*METHODS, "all"])))
    assert len(result["cases"]) == 1 or problems
    json.dumps(result, allow_nan=False)
    assert isinstance(allocation_table(result), str)


def test_the_table_lines_up_and_its_pence_add_up() -> None:
    thirds = {
        "id": "thirds",
        "kind": "allocation",
        "supports": {"Office": 100},
        "operating": {"Advice": 0, "Befriending": 0, "Care": 0},
        "usage": {"Office": {"Advice": 1, "Befriending": 1, "Care": 1}},
    }
    text = allocation_table(allocate_cases({"cases": [thirds]}, "direct")[0])
    assert text.splitlines() == [
        "thirds (allocation)",
        "             direct",
        "Advice        33.34",
        "Befriending   33.33",
        "Care          33.33",
        "total        100.00",
        "own cost and cost received of each support centre",
        "        direct",
        "Office  100.00",
    ]


def test_the_table_shows_every_kind() -> None:
    text = allocation_table(allocate_cases({"cases": EVERY_KIND[:-1]})[0])
    for line in (
        "modified total direct cost  47,000.00",
        "1,500.00",
        "P1           80,700.00",
        "Left out: single rate",
    ):
        assert line in text
    two_stages = allocation_table(allocate_cases({"cases": [TWO_STAGES]}, "step_down")[0])
    assert "Machining        59,760.00   74,400.00" in two_stages


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
def test_shown_pence_are_never_a_penny_or_more_off(shares: list[int]) -> None:
    case = {
        "id": "pence",
        "kind": "allocation",
        "supports": {},
        "operating": {f"unit {place}": share / 1000 for place, share in enumerate(shares)},
        "usage": {},
    }
    table = allocation_table(allocate_cases({"cases": [case]}, "direct")[0]).splitlines()
    shown = [float(line.rsplit(" ", 1)[1].replace(",", "")) for line in table[2:]]
    assert math.isclose(sum(shown[:-1]), shown[-1], abs_tol=1e-3)
    assert all(abs(pounds - share / 1000) < 0.01 for pounds, share in zip(shown[:-1], shares, strict=True))
