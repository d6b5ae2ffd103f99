"""Prices agreed before the plan changed in mid-contract: those months keep them, and a contingency comes on top."""

from __future__ import annotations

import numpy as np
import pytest

from funding_model.costing.contract import Agreed
from funding_model.costing.model import apply_contract
from tests.costing.small import YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

MONTHLY = YEARLY_PAY / 12
FULL: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 1.0, "referrals_a_month": 99.0}
"""Ten people a month, and always enough who ask."""


def price_with_the_first_year_agreed(contract: Plain, block: float, places: float) -> list[float]:
    """Return the price of each of two years' months, where the first year's were agreed at a price for so many places.

    In month 20 new need is met for 50 pounds.
    """
    found = costed(contract, service={"people": FULL}, years=2)
    months = np.arange(24)[None, None]
    agreed = Agreed(
        settled=months < 12,
        block=np.where(months < 12, block, 0.0),
        planned=np.where(months < 12, places, 1.0),
        contingency=np.where(months == 20, 50.0, 0.0),
        variations=np.zeros((1, 1, 24)),
    )
    evaluation = found.evaluation
    return of(apply_contract(evaluation.inputs, evaluation.planned, found.terms, agreed=agreed).provider.price)


def test_months_agreed_before_keep_their_price() -> None:
    found = price_with_the_first_year_agreed(simple_contract(), block=1_000.0, places=20.0)
    assert found == pytest.approx([1_000.0] * 12 + [MONTHLY] * 8 + [MONTHLY + 50] + [MONTHLY] * 3)


def test_a_unit_price_agreed_before_is_that_of_the_places_planned_then() -> None:
    by_volume = simple_contract(payment={"basis": "volume"})
    found = price_with_the_first_year_agreed(by_volume, block=3_000.0, places=20.0)
    # 3,000 pounds a month for 20 places are 150 pounds for each of the ten people supported.
    assert found == pytest.approx([10 * 150.0] * 12 + [MONTHLY] * 8 + [MONTHLY + 50] + [MONTHLY] * 3)
