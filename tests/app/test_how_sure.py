from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import sub
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.uncertainty.document import simulation_document
from funding_model.questions.uncertainty.simulation import FIRST_DRAWS, simulate
from funding_model.report.chances import (
    better_grid,
    breaches_grid,
    result_grid,
    results_grid,
    simulation_sentences,
    years_grid,
)
from funding_model.scenario.dumping import dump_yaml
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from funding_model.ui.kept import Kept

Tables = dict[str, list[list[str]]]
RANGES: dict[str, Any] = {
    "assumptions.turnover": {"value": 0.2, "low": 0.1, "high": 0.4, "distribution": "triangular"},
    "assumptions.cover_share": {"value": 0.5, "low": 0.2, "high": 0.8, "distribution": "uniform"},
}


def hub(overrides: dict[str, Any]) -> Scenario:
    scenario, problems = load_library("family_support_hub", overrides)
    assert scenario is not None, problems
    return scenario


def plain(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", html))


def opened(app: AppTest, scenario: Scenario) -> AppTest:
    app.file_uploader[0].upload("mine.yaml", dump_yaml(scenario).encode(), "application/yaml").run()
    return app.switch_page("funding_model/ui/pages/how_sure.py").run()


def test_the_page_shows_what_was_drawn(
    app: AppTest, tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    scenario = hub(RANGES)
    document = simulation_document(simulate(scenario, draws=FIRST_DRAWS))
    opened(app, scenario)
    assert not app.exception
    assert not app.error
    said = plain(words(app))
    for sentence in simulation_sentences(document):
        assert sentence in said
    shown = tables(app)
    base = next(each for each in document["contracts"] if each["name"] == document["base"])
    for grid in (
        better_grid(document),
        breaches_grid(document),
        years_grid(base),
        results_grid(base),
        result_grid(document, "surplus_posts_filled"),
    ):
        assert shown[grid.title][1:] == [list(row) for row in grid.rows]


def test_another_seed_draws_anew_and_the_base_is_the_one_chosen(app: AppTest, words: Callable[[AppTest], str]) -> None:
    scenario = hub(RANGES)
    opened(app, scenario)
    other = scenario.contracts[1].name
    next(radio for radio in app.radio if str(radio.key).startswith("base-")).set_value(other).run()
    app.number_input(key="seed").set_value(7).run()
    expected = simulation_document(simulate(scenario.model_copy(update={"base": other}), draws=FIRST_DRAWS, seed=7))
    assert expected["base"] == other
    for sentence in simulation_sentences(expected):
        assert sentence in plain(words(app))


def test_where_nothing_is_uncertain_the_page_says_what_to_enter_and_where(app: AppTest) -> None:
    scenario = hub({})
    certain = {f"contracts.{place}.award.renewal_probability": 1 for place in range(1, len(scenario.contracts) + 1)}
    opened(app, hub(certain))
    assert not app.exception
    assert app.info[0].value.startswith("Nothing in this scenario is uncertain")
    links = {link.proto.label for link in app.get("page_link")}
    assert "Enter ranges: Assumptions" in links


def test_the_answers_used_last_are_kept() -> None:
    kept: Kept[str] = Kept(2)
    kept.keep("a", "A")
    kept.keep("b", "B")
    assert kept.find("a") == "A"
    kept.keep("c", "C")
    assert (kept.find("a"), kept.find("b"), kept.find("c")) == ("A", None, "C")


@pytest.mark.parametrize("draws", [2_000])
def test_more_draws_are_worked_out_when_asked_for(app: AppTest, words: Callable[[AppTest], str], draws: int) -> None:
    opened(app, hub(RANGES))
    app.selectbox(key="draws").set_value(draws).run()
    assert "2,000 draws of" in plain(words(app))
    assert not [button for button in app.button if button.label == "Cancel"]
