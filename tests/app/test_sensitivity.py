from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import sub

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.sensitivity import Settings, sensitivity
from funding_model.questions.uncertainty.asked import Asked
from funding_model.report.sensitivities import sensitivity_grids, sensitivity_sentences
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from tests.app.headings import headings

Tables = dict[str, list[list[str]]]
CHARITY = "multi_service_charity"


def charity() -> Scenario:
    scenario, problems = load_library(CHARITY)
    assert scenario is not None, problems
    return scenario


def plain(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", html))


@pytest.fixture
def page_open(app: AppTest, example: Callable[[AppTest, str], AppTest]) -> AppTest:
    return example(app, CHARITY).switch_page("funding_model/ui/pages/sensitivity.py").run()


def choose(app: AppTest, label: str, value: object) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).set_value(value).run()


def agrees(app: AppTest, shown: Tables, said: str, asked: Asked, settings: Settings) -> None:
    assert not app.exception
    document = sensitivity(charity(), asked, settings)
    for sentence in sensitivity_sentences(document):
        assert sentence in said
    for grid in sensitivity_grids(document):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


def test_the_tornado_is_of_the_result_chosen(
    page_open: AppTest, tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    scenario = charity()
    contract, other = scenario.contracts[2].name, scenario.contracts[1].name
    choose(page_open, "Contract", contract)
    choose(page_open, "When", "2027-28")
    choose(page_open, "Result", "price")
    choose(page_open, "Less that of", other)
    page_open.number_input(key="sensitivity-spread").set_value(20.0).run()
    asked = Asked(contract, other, "price", "2027-28")
    agrees(page_open, tables(page_open), plain(words(page_open)), asked, Settings(spread=0.2, samples=0))


def test_two_inputs_at_a_time(
    page_open: AppTest, tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    choose(page_open, "Two inputs at a time: the first", "cost_growth")
    choose(page_open, "Two inputs at a time: the second", "turnover_difference")
    assert "Two inputs at a time" in headings(page_open, 2)
    scenario = charity()
    asked = Asked(scenario.base or scenario.contracts[0].name)
    settings = Settings(spread=0.1, samples=0, grid=("cost_growth", "turnover_difference"), steps=5)
    agrees(page_open, tables(page_open), plain(words(page_open)), asked, settings)


def test_without_any_range_the_way_to_enter_one_is_shown(page_open: AppTest) -> None:
    page_open.number_input(key="sensitivity-spread").set_value(0.0).run()
    assert not page_open.exception
    assert not page_open.error
