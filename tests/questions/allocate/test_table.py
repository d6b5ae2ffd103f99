"""The table of shared costs: its lines, and pence that add up."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from funding_model.questions.allocate import allocate_cases, allocation_table
from tests.questions.allocate.cases import EVERY_KIND, TWO_STAGES


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
