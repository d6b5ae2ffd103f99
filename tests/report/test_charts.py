from __future__ import annotations

import json

import pytest

from funding_model.questions.compare import Comparison, compare
from funding_model.report import charts
from funding_model.report.charts import DARK, LIGHT, PALETTE, Chart, Look
from funding_model.report.rows import confirmed_months, money_rows, month_rows
from funding_model.report.words import pounds
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text

PAGES = {"light": "#ffffff", "dark": "#030506"}
"""The backgrounds in .streamlit/config.toml."""


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


def luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_stands_out_from_the_page(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


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
