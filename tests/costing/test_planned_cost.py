"""Planned cost by hand: indices, lines, planned changes of size, shared posts, and overheads by driver and method."""

from __future__ import annotations

import pytest

from funding_model.costing.model import Evaluation
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

# Outlook


def test_indices_start_at_one_and_chain_the_growth_of_each_later_year() -> None:
    growth: Plain = {"by_year": {"2026-27": 0.3, "2027-28": 0.1, "2028-29": 0.2}}  # growth into the first year is past
    found = costed(
        years=3,
        assumptions={**STEADY, "pay_award": growth, "cpi": {**growth, "added": 0.01}, "gdp_deflator": {"added": 0.0}},
    ).evaluation.planned.outlook
    assert found.pay_index[0].tolist() == pytest.approx([1, 1.1, 1.1 * 1.2])
    assert found.price_index[0].tolist() == pytest.approx([1, 1.11, 1.11 * 1.21])
    assert found.deflator[0].tolist() == pytest.approx([1, 1.0194, 1.0194 * 1.0187])  # OBR, March 2026


def test_one_rate_for_every_year_stands_before_rates_of_single_years() -> None:
    both: Plain = {"every_year": 0.04, "by_year": {"2027-28": 0.1}, "added": 0.01}
    found = costed(years=2, assumptions={**STEADY, "pay_award": both}).evaluation.planned.outlook
    assert found.pay_index[0].tolist() == pytest.approx([1, 1.05])


# Lines

GROWING: Plain = {**STEADY, "pay_award": {"every_year": 0.03}, "cpi": {"every_year": 0.02}}


def lines_cost(*lines: Plain, years: int = 2, **service: object) -> list[float]:
    """Return what lines cost in each month, beside no post."""
    entered: Plain = {"posts": [], "lines": list(lines), **service}
    return of(costed(service=entered, years=years, assumptions=GROWING).evaluation.provider.full_cost)


@pytest.mark.parametrize(
    ("index", "second"), [({"index": "pay"}, 1.03), ({"index": "prices"}, 1.02), ({"index": "none"}, 1.0),
                          ({"index": "own_rate", "own_rate": 0.07}, 1.07)]
)  # fmt: skip
def test_a_line_follows_its_index(index: Plain, second: float) -> None:
    assert lines_cost({"name": "Rent", "amount": 1_200.0, **index}) == pytest.approx([100.0] * 12 + [100 * second] * 12)


def test_lines_of_two_own_rates_beside_each_other() -> None:
    one: Plain = {"name": "One", "amount": 1_200.0, "index": "own_rate", "own_rate": 0.1}
    two: Plain = {"name": "Two", "amount": 2_400.0, "index": "own_rate", "own_rate": -0.1}
    assert lines_cost(one, two)[12] == pytest.approx(100 * 1.1 + 200 * 0.9)


def test_per_month_per_year_and_once() -> None:
    assert lines_cost({"name": "Rent", "amount": 100.0, "per": "month", "index": "none"}) == [100.0] * 24
    desk: Plain = {"name": "Desk", "amount": 500.0, "per": "once", "start": "2026-06", "index": "none"}
    assert lines_cost(desk) == [0.0, 0.0, 500.0] + [0.0] * 21
    assert lines_cost({"name": "Set-up", "amount": 500.0, "per": "once", "kind": "set_up"}) == [500.0] + [0.0] * 23
    assert lines_cost({"name": "Closing", "amount": 500.0, "per": "once", "kind": "exit"}) == [0.0] * 24


def test_a_line_runs_from_its_first_to_its_last_month() -> None:
    line: Plain = {"name": "Rent", "amount": 100.0, "per": "month", "start": "2026-06", "end": "2026-08",
                   "index": "none"}  # fmt: skip
    assert lines_cost(line) == [0.0] * 2 + [100.0] * 3 + [0.0] * 19


def test_vat_that_is_not_recovered_is_part_of_the_cost() -> None:
    line: Plain = {"name": "Van", "amount": 1_200.0, "vat_rate": 0.2, "vat_recoverable": 0.25}
    assert lines_cost(line, years=1) == pytest.approx([115.0] * 12)


def test_an_amount_in_older_prices_is_brought_forward_by_its_own_index() -> None:
    older: Plain = {"amount": 1_200.0, "prices_of": "2024-10"}  # two financial years before the scenario
    for index, factor in (("pay", 1.03**2), ("prices", 1.02**2), ("none", 1.0)):
        assert lines_cost({"name": "Old", "index": index, **older})[0] == pytest.approx(100 * factor)
    own: Plain = {"name": "Old", "index": "own_rate", "own_rate": 0.05, **older}
    assert lines_cost(own)[0] == pytest.approx(100 * 1.05**2)


def test_running_lines_follow_the_size_of_the_service_and_one_offs_do_not() -> None:
    doubled: list[Plain] = [{"start": "2026-10", "volume": 2.0}]
    rent: Plain = {"name": "Rent", "amount": 1_200.0}
    desk: Plain = {"name": "Desk", "amount": 500.0, "per": "once", "start": "2027-01"}
    found = lines_cost(rent, desk, years=1, planned_changes=doubled)
    assert found == pytest.approx([100.0] * 6 + [200.0] * 3 + [700.0] + [200.0] * 2)


def test_lines_for_each_person_starting_and_each_delivery_fte() -> None:
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 5.0, "referrals_a_month": 9.0}
    service: Plain = {
        "people": people,
        "posts": [{**POST, "headcount": 2.0, "fte": 0.5, "delivery_share": 0.8}],
        "lines": [
            {"name": "Pack", "amount": 50.0, "per": "person_starting"},
            {"name": "Car", "amount": 1_200.0, "per": "delivery_fte"},
        ],
    }
    found = costed(service=service).evaluation
    pay = 2 * (15_000 + 0.15 * 10_000) / 12
    # 0.8 FTE has eight places, of which a fifth comes free each month.
    assert of(found.provider.full_cost) == pytest.approx([pay + 1.6 * 50 + 0.8 * 100] * 12)


# Posts and their planned changes


def test_a_salary_in_older_prices_is_brought_forward_by_pay() -> None:
    post: Plain = {**POST, "prices_of": "2024-10", "increment": 500.0, "steps_left": 1}
    found = of(costed(service={"posts": [post]}, years=2, assumptions=GROWING).evaluation.money.full_cost)
    first, second = 30_000 * 1.03**2, 30_500 * 1.03**3
    assert found == pytest.approx([gross + 0.15 * (gross - 5_000) for gross in (first, second)])


def test_growth_starts_empty_and_a_fall_ends_the_newest_first() -> None:
    changes: list[Plain] = [{"start": "2026-07", "volume": 2.0}, {"start": "2026-10", "volume": 1.5}]
    found = costed(
        service={"planned_changes": changes, "assumptions": {"months_to_fill": 1_000.0 / 60, "opening_vacancy": 0.0}}
    ).evaluation
    assert of(found.jobs.heads) == pytest.approx([1.0] * 3 + [2.0] * 3 + [1.5] * 6)
    assert of(found.provider.full_cost)[3:] == pytest.approx(
        [2 * YEARLY_PAY / 12 + 1_500] + [2 * YEARLY_PAY / 12] * 2 + [1.5 * YEARLY_PAY / 12] * 6
    )
    # Hires fill the second post; from October half of it is gone.
    vacant = of(found.jobs.vacant)
    assert vacant[:3] == [0.0] * 3
    assert vacant[3] > vacant[4] > vacant[5] > 2 * vacant[6]


def test_a_post_shared_between_a_service_and_a_pool_costs_each_its_share() -> None:
    shared: Plain = {**POST, "name": "Lead", "time": {"Service": 0.25, "Office": 0.75}}
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte"}
    found = costed(service={"posts": [POST, shared]}, organisation={"pools": [pool]}).evaluation
    support = found.planned.full.support
    assert support.own_cost[0, 0].tolist() == pytest.approx([0.75 * YEARLY_PAY, 1.25 * YEARLY_PAY])
    assert support.quantities["fte"][0].tolist() == pytest.approx([0.75, 1.25])
    assert of(found.provider.full_cost) == pytest.approx([2 * YEARLY_PAY / 12] * 12)
    assert of(found.jobs.heads) == pytest.approx([1.25] * 12)


# Overheads: two services of one and two posts, a shop, premises of 10,000 and an office of 20,000


def with_pools(
    method: str = "step_down", premises: str = "floor_area", office: str = "fte", **organisation: object
) -> Evaluation:
    pools: list[Plain] = [
        {
            "name": "Office",
            "category": "central_functions",
            "driver": office,
            "lines": [{"name": "Software", "amount": 20_000.0}],
            "driver_quantities": {"floor_area": 10.0},
        },
        {
            "name": "Premises",
            "category": "premises_and_office",
            "driver": premises,
            "lines": [{"name": "Rent", "amount": 10_000.0}],
        },
    ]
    shop: Plain = {
        "name": "Shop",
        "staff_cost": 40_000.0,
        "other_cost": 20_000.0,
        "driver_quantities": {"floor_area": 60.0, "fte": 1.0, "headcount": 3.0},
    }
    services: list[Plain] = [
        {"name": "A", "posts": [POST], "driver_quantities": {"floor_area": 10.0}},
        {
            "name": "B",
            "posts": [{**POST, "headcount": 4.0, "fte": 0.5}],
            "lines": [{"name": "Travel", "amount": 1_000.0}],
            "driver_quantities": {"floor_area": 20.0},
        },
    ]
    chosen: Plain = {"allocation_method": method, "pools": pools, "other_activities": [shop], **organisation}
    return costed(simple_contract(), services=services, organisation=chosen).evaluation


HALF = 15_000 + 0.15 * 10_000
"""What half a post costs."""
A, B, SHOP = YEARLY_PAY, 4 * HALF + 1_000, 60_000


def shares(*quantities: float) -> list[float]:
    return [quantity / sum(quantities) for quantity in quantities]


@pytest.mark.parametrize(
    ("method", "borne"),
    [
        # 10,000 on areas of 10, 20 and 60, and 20,000 on 1, 2 and 1 FTE.
        ("direct", [10_000 / 9 + 5_000, 20_000 / 9 + 10_000, 60_000 / 9 + 5_000]),
        # Premises first, a tenth of them to the office, which then has 21,000; it gives nothing back.
        ("step_down", [1_000 + 5_250, 2_000 + 10_500, 6_000 + 5_250]),
        ("reciprocal", [1_000 + 5_250, 2_000 + 10_500, 6_000 + 5_250]),
        ("single_rate", [30_000 * share for share in shares(A, B, SHOP)]),
    ],
)
def test_every_method_by_hand(method: str, borne: list[float]) -> None:
    found = with_pools(method)
    support = found.planned.full.support
    assert support.allocation.overhead[0, 0].tolist() == pytest.approx(borne)
    assert [sum(of(support.overhead, service=service)) for service in (0, 1)] == pytest.approx(borne[:2])
    assert of(support.overhead) == pytest.approx([borne[0] / 12] * 12)
    assert of(found.provider.full_cost) == pytest.approx([(A + borne[0]) / 12] * 12)


@pytest.mark.parametrize(
    ("base", "quantities"),
    [
        ("direct_cost", (A, B, SHOP)),
        ("direct_staff_cost", (A, 4 * HALF, 40_000)),
        ("fte", (1, 2, 1)),
    ],
)
def test_every_base_of_a_single_rate(base: str, quantities: tuple[float, ...]) -> None:
    support = with_pools("single_rate", single_rate_base=base).planned.full.support
    assert support.allocation.overhead[0, 0].tolist() == pytest.approx([30_000 * s for s in shares(*quantities)])


@pytest.mark.parametrize(
    ("driver", "quantities"),
    [
        ("fte", (1, 2, 1)),
        ("headcount", (1, 4, 3)),
        ("direct_cost", (A, B, SHOP)),
        ("direct_staff_cost", (A, 4 * HALF, 40_000)),
        # Own cost and what has been received of 9,000 for the premises.
        ("accumulated_cost", (A + 1_000, B + 2_000, SHOP + 6_000)),
    ],
)
def test_every_driver_of_the_office(driver: str, quantities: tuple[float, ...]) -> None:
    support = with_pools("step_down", office=driver).planned.full.support
    expected = [9_000 * area + 21_000 * share
                for area, share in zip(shares(10, 20, 60), shares(*quantities), strict=True)]  # fmt: skip
    assert support.allocation.overhead[0, 0].tolist() == pytest.approx(expected)
    assert support.overhead_from_pool[0, 0, 0].tolist() == pytest.approx(
        [21_000 * share for share in shares(*quantities)[:2]]
    )


def test_a_driver_is_the_mean_over_the_year() -> None:
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte",
                   "lines": [{"name": "Rent", "amount": 12_000.0}]}  # fmt: skip
    services: list[Plain] = [
        {"name": "A", "posts": [POST]},
        {"name": "B", "posts": [{**POST, "start": "2026-10"}]},
    ]
    support = costed(services=services, organisation={"pools": [pool]}).evaluation.planned.full.support
    assert support.quantities["fte"][0].tolist() == pytest.approx([0.0, 1.0, 0.5])
    # A month bears a twelfth of its year's overhead, whether the post is there or not.
    assert of(support.overhead, service=1) == pytest.approx([12_000 / 3 / 12] * 12)


def test_part_years_share_the_costs_of_their_months() -> None:
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte",
                   "lines": [{"name": "Rent", "amount": 100.0, "per": "month"}]}  # fmt: skip
    shop: Plain = {"name": "Shop", "staff_cost": 12_000.0, "driver_quantities": {"fte": 1.0}}
    found = costed(organisation={"first_month": "2026-09", "pools": [pool], "other_activities": [shop]}).evaluation
    support = found.planned.full.support
    assert support.own_cost[0].tolist() == [
        pytest.approx([700, 7 * YEARLY_PAY / 12, 7_000]),
        pytest.approx([500, 5 * YEARLY_PAY / 12, 5_000]),
    ]
    # Seven months of one FTE against an FTE entered for the whole organisation: the same share in each part-year.
    assert of(support.overhead) == pytest.approx([50.0] * 12)
