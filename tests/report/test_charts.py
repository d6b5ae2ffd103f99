from __future__ import annotations

import json
import math
import operator

import pytest

from funding_model.questions.compare import Comparison, compare
from funding_model.report import charts
from funding_model.report.charts import Chart
from funding_model.report.look import DARK, LIGHT, PALETTE, Look
from funding_model.report.rows import confirmed_months, money_rows, month_rows
from funding_model.report.words import pounds
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text

PAGES = {"light": "#ffffff", "dark": "#030506"}
"""The backgrounds in .streamlit/config.toml."""
SIGHT = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""Matrices of Machado, Oliveira and Fernandes (2009) at full severity."""


@pytest.fixture(scope="module")
def found() -> Comparison:
    scenario, problems = load_text(starter_document())
    assert scenario is not None, problems
    return compare(scenario)


def every_chart(found: Comparison, look: Look) -> list[Chart]:
    money, months = money_rows(found), month_rows(found, 0)
    return [
        charts.price_chart(money, look),
        charts.surplus_chart(money, look),
        charts.cash_chart([*months, *month_rows(found, 1)], 10_000, look),
        charts.contract_cash_chart(months, 10_000, confirmed_months(found, 0), look),
        charts.confirmed_chart(months, look),
    ]


def linear(colour: str) -> list[float]:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def as_seen(colour: str, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return a colour in CIE L*a*b* as it is seen with a matrix on linear red, green and blue."""
    light = linear(colour)
    seen = [min(1.0, max(0.0, sum(map(operator.mul, row, light)))) for row in sight]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    parts = [sum(map(operator.mul, row, seen)) / white for row, white in zip(to_xyz, (0.9505, 1, 1.089), strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_stands_out_from_the_page(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("kind", SIGHT)
def test_colours_can_be_told_apart_by_people_who_see_colours_differently(kind: str) -> None:
    seen = [as_seen(colour, SIGHT[kind]) for colour in PALETTE]
    for place, first in enumerate(seen):
        for second in seen[:place]:
            assert math.dist(first, second) > 20  # in CIE L*a*b*, where 2 is about the least that can be seen


@pytest.mark.parametrize(("look", "page"), [(LIGHT, PAGES["light"]), (DARK, PAGES["dark"])], ids=PAGES.keys())
def test_text_in_charts_can_be_read(look: Look, page: str) -> None:
    assert contrast(look.ink, page) >= 4.5
    assert contrast(look.quiet, page) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=PAGES.keys())
def test_every_chart_is_a_valid_specification_with_a_description(found: Comparison, look: Look) -> None:
    for chart in every_chart(found, look):
        specification = chart.to_dict()
        assert len(specification["description"]) > 60
        text = json.dumps({key: value for key, value in specification.items() if key != "$schema"})
        assert "http" not in text


def test_bars_are_labelled_one_by_one(found: Comparison) -> None:
    rows = money_rows(found)
    text = json.dumps(charts.price_chart(rows, LIGHT).to_dict(), ensure_ascii=False)
    for row in rows:
        assert f"{row.contract}: {pounds(row.price)}" in text


def test_lines_differ_in_dash_and_shape_as_well_as_colour(found: Comparison) -> None:
    rows = [*month_rows(found, 0), *month_rows(found, 1)]
    layers = charts.cash_chart(rows, 0, LIGHT).to_dict()["layer"]
    encodings = [layer["encoding"] for layer in layers]
    assert any({"color", "strokeDash"} <= set(encoding) for encoding in encodings)
    assert any({"color", "shape"} <= set(encoding) for encoding in encodings)


def test_twelve_lines_can_be_told_apart() -> None:
    scenario, problems = load_text(
        starter_document().partition("contracts:")[0]
        + "contracts:\n"
        + "".join(f"  - {{preset: annual rolled forward, name: Contract {number}}}\n" for number in range(12))
    )
    assert scenario is not None, problems
    many = compare(scenario)
    rows = [row for case in range(12) for row in month_rows(many, case)]
    found: dict[str, list[object]] = {}
    for layer in charts.cash_chart(rows, 0, LIGHT).to_dict()["layer"]:
        for channel in ("color", "shape", "strokeDash"):
            if channel in layer["encoding"]:
                found[channel] = layer["encoding"][channel]["scale"]["range"]
    signs = {json.dumps([found[channel][place] for channel in sorted(found)]) for place in range(12)}
    assert len(signs) == 12


def test_too_many_bars_become_one_for_each_contract(found: Comparison) -> None:
    rows = money_rows(found) * 10
    many = [*rows[:1], *rows]
    labels = json.dumps(charts.price_chart(many, LIGHT).to_dict(), ensure_ascii=False)
    assert "Whole period" in labels
