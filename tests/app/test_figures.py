from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import unescape
from re import sub

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.explain import FIGURES, explain
from funding_model.questions.explain.document import Asked
from funding_model.report.explanations import entry_text, value_text
from funding_model.report.rows import MONEY
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import load_library
from funding_model.ui.asked import explanation_csv, explanation_json
from funding_model.ui.trees import MOST_SHOWN, at_path, tree_html, with_parts

CHARITY = "multi_service_charity"


def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def plain(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", html))


@pytest.fixture
def figures(app: AppTest, example: Callable[[AppTest, str], AppTest]) -> AppTest:
    return example(app, CHARITY).switch_page("funding_model/ui/pages/figures.py").run()


def choose(app: AppTest, label: str, value: object) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).set_value(value).run()


@pytest.mark.parametrize(
    "name",
    [
        "full_cost",
        "fundable_cost",
        "price",
        "surplus",
        "surplus_posts_filled",
        "cash_lowest",
        "free_reserves",
        "weeks_lost",
    ],
)
def test_a_figure_is_taken_apart_into_the_parts_that_the_engine_gives(
    figures: AppTest, words: Callable[[AppTest], str], name: str
) -> None:
    found = comparison_of(CHARITY)
    root = explain(found, found.base, name)
    choose(figures, "Figure", name)
    assert not figures.exception
    said = plain(words(figures))
    assert f"{root.label}: {value_text(root)}" in said
    for part in root.parts:
        assert f"{part.label}: {value_text(part)}" in said


def test_one_service_year_and_contract(figures: AppTest, words: Callable[[AppTest], str]) -> None:
    found = comparison_of(CHARITY)
    contract, service = found.contracts[2], found.scenario.services[1].name
    choose(figures, "Figure", "price")
    choose(figures, "Contract", contract)
    choose(figures, "Service", service)
    choose(figures, "Financial year", "2027-28")
    root = explain(found, contract, "price", service, "2027-28")
    assert f"{root.label}: {value_text(root)}" in plain(words(figures))


def test_going_into_parts_leads_down_to_what_was_typed(figures: AppTest, words: Callable[[AppTest], str]) -> None:
    node = explain(comparison_of(CHARITY), comparison_of(CHARITY).base, "full_cost")
    for _ in range(30):
        parts = with_parts(node)
        if not parts:
            break
        deepest = max(parts, key=len)
        choose(figures, "Go into", deepest)
        node = at_path(node, deepest)[-1]
        assert not figures.exception
        assert f"{node.label}: {value_text(node)}" in plain(words(figures))
    leaves = [part for part in node.parts if part.entry is not None]
    assert leaves
    for leaf in leaves:
        assert leaf.entry is not None
        assert entry_text(leaf.entry) in plain(words(figures))
    next(button for button in figures.button if button.label == "Back to the whole figure").click().run()
    assert "This is part of" not in plain(words(figures))


@pytest.mark.parametrize(
    ("page", "drawer", "figures"),
    [
        ("compare", "Where does it come from?", MONEY),
        ("cash", "Where does it come from?", ("cash_lowest", "cash_lowest_if_lost", "cash_closing", "free_reserves")),
        ("delivery", "Where does it come from? People", ("people_starting_support", "weeks_lost", "waiting_at_end")),
        ("delivery", "Where does it come from? Staff", ("leavers", "hires", "notices")),
    ],
)
def test_pages_of_results_lead_to_where_their_figures_come_from(
    app: AppTest, example: Callable[[AppTest, str], AppTest], page: str, drawer: str, figures: tuple[str, ...]
) -> None:
    example(app, CHARITY).switch_page(f"funding_model/ui/pages/{page}.py").run()
    labels = [FIGURES[name].label for name in figures]
    assert not {link.proto.label for link in app.get("page_link")} & set(labels)
    app.session_state[f"drawer-{drawer}"] = True
    links = [link.proto.label for link in app.run().get("page_link") if link.proto.label in labels]
    assert links == labels


def test_the_address_says_which_figure(
    app: AppTest, example: Callable[[AppTest, str], AppTest], words: Callable[[AppTest], str]
) -> None:
    example(app, CHARITY)
    app.query_params["figure"] = "price"
    app.switch_page("funding_model/ui/pages/figures.py").run()
    assert plain(words(app)).count("Price, all services:") == 1


@pytest.mark.parametrize("name", ["full_cost", "surplus", "cash_lowest"])
def test_a_large_tree_is_drawn_in_part_and_says_so(name: str) -> None:
    found = comparison_of("sure_start_regional")
    root = explain(found, found.base, name)
    html = tree_html(root)
    assert html.count("<li>") <= 1 + max(MOST_SHOWN, len(root.parts))
    assert "choose it under “Go into”" in html


def test_names_in_a_tree_are_inert() -> None:
    scenario, _ = load_library(CHARITY)
    assert scenario is not None
    service = scenario.services[0].model_copy(update={"name": "<img src=x>"})
    changed = scenario.model_copy(update={"services": (service, *scenario.services[1:])})
    assert "<img" not in tree_html(explain(compare(changed), changed.contracts[0].name, "full_cost"))


def test_the_whole_tree_can_be_taken_away() -> None:
    found = comparison_of("family_support_hub")
    asked = Asked(found.base, "price", None, "2026-27")
    chosen = (dump_json(found.scenario), found.contracts, found.base, asked)
    document = json.loads(explanation_json(*chosen))
    root = explain(found, found.base, "price", None, "2026-27")
    assert document["value"] == root.value
    assert not any(node["parts_left_out"] for node in document["nodes"])
    rows = list(csv.DictReader(io.StringIO(explanation_csv(*chosen).decode("utf-8-sig"))))
    assert len(rows) == len(document["nodes"])


def test_every_figure_has_a_label_of_its_own() -> None:
    labels = [figure.label for figure in FIGURES.values()]
    assert len(set(labels)) == len(labels)
