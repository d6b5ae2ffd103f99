"""Outlook: what money is worth in each year.

``pay_index[y] = prod(j = 1..y) (1 + pay_award[j])``; ``price_index`` from consumer prices and ``deflator`` from the
GDP deflator alike; year 0 = 1. A line with its own rate has ``(1 + rate)^y``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import LAG, Economy


@dataclass(frozen=True)
class Outlook:
    """Indices by year; all have the axes (case, index or none, year) and are 1 in year 0."""

    pay_index: Floats
    """(C, Y) pay."""
    price_index: Floats
    """(C, Y) consumer prices."""
    deflator: Floats
    """(C, Y) GDP deflator."""
    indices: Floats
    """(C, I, Y) pay, prices, fixed, then the lines' own rates."""


def _index(growth: Floats) -> Floats:
    from_year_1 = growth[:, LAG + 1 :]
    ones = np.ones((len(growth), 1))
    return np.concatenate([ones, np.multiply.accumulate(1 + from_year_1, axis=1)], axis=1)


def look_ahead(economy: Economy, years: int) -> Outlook:
    """Return the indices of ``years`` financial years."""
    pay, prices, deflator = (
        _index(growth[:, : LAG + years])
        for growth in (economy.pay_growth, economy.price_growth, economy.deflator_growth)
    )
    own = (1 + economy.own_rates[:, :, None]) ** np.arange(years)
    cases = max(len(pay), len(prices), len(own))
    columns = [pay[:, None], prices[:, None], np.ones((1, 1, years)), own]
    indices = np.concatenate([np.broadcast_to(column, (cases, column.shape[1], years)) for column in columns], axis=1)
    return Outlook(pay, prices, deflator, indices)
