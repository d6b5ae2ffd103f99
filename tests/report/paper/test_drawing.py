"""Drawings and pictures: the same on every machine, whatever its clock and its typefaces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import altair as alt
import pytest

from funding_model.report.charts import Chart, cash_chart, chart_data, layered
from funding_model.report.look import LIGHT
from funding_model.report.paper.content import figure
from funding_model.report.paper.drawing import in_print, inline, size_of, svg_of
from funding_model.report.paper.pictures import pictures_of
from funding_model.report.rows import MonthRow

ZONES = ("Pacific/Auckland", "America/New_York")
PROGRAM = """
from tests.report.paper.test_drawing import drawn
print(drawn())
"""


def drawn() -> str:
    """Return a chart with an axis of months."""
    days = ("2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31")
    rows = [MonthRow("A", at, day, day, 1_000.0 * at, 0.0, 0.0) for at, day in enumerate(days)]
    return svg_of(figure("Cash", cash_chart(rows, 500, LIGHT)).specification)


def test_months_are_the_same_in_every_time_zone() -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for zone in ZONES
    ]
    first, second = (each.communicate()[0] for each in started)
    assert "<svg" in first
    assert "May 2026" in first
    assert first == second


def test_letters_on_paper_are_of_the_typeface_that_comes_with_the_program() -> None:
    assert "sans-serif" in drawn()
    assert "sans-serif" not in in_print(drawn())
    assert 'font-family="Libertinus Serif"' in in_print(drawn())


def test_pictures_are_as_large_as_their_drawings_twice_over() -> None:
    drawings = [drawn(), svg_of(figure("Bar", bar()).specification)]
    for drawing, picture in zip(drawings, pictures_of(drawings), strict=True):
        assert picture.startswith(b"\x89PNG")
        width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        assert (width, height) == pytest.approx([2 * side for side in size_of(drawing)], abs=1)
    assert pictures_of([]) == []
    assert pictures_of(drawings[:1]) == pictures_of(drawings)[:1]


def bar() -> Chart:
    bars = alt.Chart(chart_data([{"value": 1}])).mark_bar().encode(x="value:Q")
    return layered([bars], 40, "One bar.", LIGHT)


def test_a_drawing_in_a_page_has_names_of_its_own_and_the_ink_of_the_page() -> None:
    found = inline(drawn(), "c1")
    assert 'id="clip' not in found
    assert "currentColor" in found
    assert f'"{LIGHT.ink}"' not in found
