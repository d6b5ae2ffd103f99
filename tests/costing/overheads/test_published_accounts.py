"""The support costs that charities print in their accounts follow from the drivers they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import funding_model
from funding_model.costing.overheads import Array, primary_apportionment

DATA = Path(funding_model.__file__).parent / "reference" / "data"
ACCOUNTS: dict[str, Any] = {
    case["id"]: case
    for case in yaml.safe_load((DATA / "real_cases" / "charity_accounts.yaml").read_text(encoding="utf-8"))["cases"]
}
CITIZENS_ADVICE = ACCOUNTS["citizens_advice_2021"]


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
