from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import sub

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.drivers import drivers
from funding_model.questions.ladder import ladder
from funding_model.questions.workforce import workforce
from funding_model.report.drivers import drivers_grids, drivers_sentences
from funding_model.report.ladder import ladder_grids, ladder_sentences
from funding_model.report.workforce import workforce_grids, workforce_sentences
from funding_model.scenario.library import load_library
from funding_model.ui.plans import QUESTIONS

Tables = dict[str, list[list[str]]]
CHARITY = "multi_service_charity"


def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def plain(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", html))


@pytest.fixture
def asking(app: AppTest, example: Callable[[AppTest, str], AppTest]) -> Callable[[str], AppTest]:
    example(app, CHARITY).switch_page("funding_model/ui/pages/what_it_takes.py").run()

    def ask(start: str) -> AppTest:
        question = next(each for each in QUESTIONS if each.startswith(start))
        return app.selectbox(key="question").set_value(question).run()

    return ask


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered(asking: Callable[[str], AppTest], question: str) -> None:
    found = asking(question)
    assert not found.exception
    assert not found.error
    assert found.header[0].value == question


def test_the_workforce_plan_is_the_one_of_the_contract_chosen(
    asking: Callable[[str], AppTest], tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    found = comparison_of(CHARITY)
    document = workforce(found)
    app = asking("Which staff")
    for sentence in workforce_sentences(document):
        assert sentence in plain(words(app))
    contract = found.contracts[2]
    next(box for box in app.selectbox if box.label == "Contract").set_value(contract).run()
    shown = tables(app)
    chosen = [each for each in document["contracts"] if each["name"] == contract]
    for grid in workforce_grids({**document, "contracts": chosen}):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


def test_every_way_of_sharing_is_shown(
    asking: Callable[[str], AppTest], tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    document = drivers(comparison_of(CHARITY))
    app = asking("Could the overheads")
    for sentence in drivers_sentences(document):
        assert sentence in plain(words(app))
    shown = tables(app)
    for grid in drivers_grids(document):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


@pytest.mark.parametrize("place", [None, 1], ids=["all services", "one service"])
def test_the_ladder_is_the_one_of_the_services_chosen(
    asking: Callable[[str], AppTest],
    tables: Callable[[AppTest], Tables],
    words: Callable[[AppTest], str],
    place: int | None,
) -> None:
    found = comparison_of(CHARITY)
    service = None if place is None else found.scenario.services[place].name
    document = ladder(found, service)
    app = asking("Where is there room")
    next(box for box in app.selectbox if box.label == "Break even over").set_value(service).run()
    for sentence in ladder_sentences(document):
        assert sentence in plain(words(app))
    shown = tables(app)
    for grid in ladder_grids(document):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]
