from __future__ import annotations

import pytest

from funding_model.scenario.organisation import BUILT_IN_DRIVERS
from funding_model.ui.overheads import driver_typed


@pytest.mark.parametrize(
    ("typed", "driver"),
    [
        ("Floor area", "floor_area"),
        (" floor_AREA ", "floor_area"),
        ("Full-time equivalents", "fte"),
        ("FTE", "fte"),
        ("Desks  used", "Desks used"),
        ("", ""),
    ],
)
def test_a_driver_is_known_by_any_of_its_names_and_else_a_new_one(typed: str, driver: str) -> None:
    assert driver_typed(typed, (*BUILT_IN_DRIVERS, "floor_area")) == driver
