"""Contracts that pay by volume: the block price for the planned volume, and less for less."""

from __future__ import annotations

import pytest

from tests.costing.price.prices import yearly_prices
from tests.costing.small import YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


def test_a_volume_contract_pays_the_block_price_for_planned_volume_and_less_for_less() -> None:
    people: Plain = {
        "caseload_per_fte": 10.0,
        "mean_length_months": 5.0,
        "opening_caseload": 8.0,
        "referrals_a_month": 1.0,
    }
    contract = simple_contract(payment={"basis": "volume"})
    changes: list[Plain] = [{"start": "2026-10", "volume": 2.0}]
    found = costed(contract, service={"people": people, "planned_changes": changes}).evaluation
    caseload = 8.0
    given = []
    for month in range(12):
        caseload = caseload * 0.8 + (1.0 if month < 6 else 2.0)
        given.append(caseload)
    block = 1.5 * YEARLY_PAY / 12  # the year's price a month
    planned = (6 * 10 + 6 * 20) / 12  # and its planned person-months a month
    assert of(found.provider.price) == pytest.approx([block / planned * support for support in given])


def test_each_year_of_a_volume_contract_has_its_own_planned_volume() -> None:
    """A service that halves and stays full: the second year's price for its own planned volume, half the first's."""
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 1.0, "referrals_a_month": 99.0}
    contract = simple_contract(months=24, payment={"basis": "volume"})
    halved: list[Plain] = [{"start": "2027-04", "volume": 0.5}]
    assert yearly_prices(contract, 2, people=people, planned_changes=halved) == pytest.approx(
        [YEARLY_PAY, YEARLY_PAY / 2]
    )


def test_a_service_whose_people_are_not_counted_is_paid_as_a_block() -> None:
    assert yearly_prices(simple_contract(payment={"basis": "volume"})) == pytest.approx([YEARLY_PAY])


def test_a_contract_by_volume_beside_a_block_contract() -> None:
    """Half of the planned ten people a month are referred, and each is supported for a month."""
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 1.0, "referrals_a_month": 5.0}
    contracts = [simple_contract("Block"), simple_contract("By volume", payment={"basis": "volume"})]
    price = costed(*contracts, service={"people": people, "assumptions": {}}).evaluation.money.price
    assert of(price, 0) == pytest.approx([YEARLY_PAY])
    assert of(price, 1) == pytest.approx([YEARLY_PAY * 5 / 10])
