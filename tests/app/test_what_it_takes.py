from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import sub

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.break_even import Wanted, break_even
from funding_model.questions.break_even.inputs import NAMED
from funding_model.questions.change import change_need
from funding_model.questions.change.asked import Change
from funding_model.questions.change.document import as_document as change_document
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.drivers import drivers
from funding_model.questions.ladder import ladder
from funding_model.questions.waiting import waiting
from funding_model.questions.workforce import workforce
from funding_model.report.breaking_even import break_even_grids, break_even_sentences
from funding_model.report.change import change_grids, change_sentences
from funding_model.report.drivers import drivers_grids, drivers_sentences
from funding_model.report.ladder import ladder_grids, ladder_sentences
from funding_model.report.waiting import waiting_grids, waiting_sentences
from funding_model.report.workforce import workforce_grids, workforce_sentences
from funding_model.scenario.library import load_library
from funding_model.ui.plans import QUESTIONS
from funding_model.ui.results import INPUTS
from tests.app.headings import headings

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
    assert headings(found, 2)[0] == question


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
    one = {**document, "contracts": [each for each in document["contracts"] if each["name"] == found.base]}
    for grid in (*ladder_grids(document)[:3], *ladder_grids(one)[3:]):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


def test_everything_that_has_a_name_can_be_varied() -> None:
    assert set(INPUTS) == set(NAMED)


def test_break_even_is_the_one_asked_for(
    asking: Callable[[str], AppTest], tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    found = comparison_of(CHARITY)
    contract, other = found.contracts[2], found.contracts[1]
    app = asking("At which value")

    def choose(label: str, value: object) -> None:
        next(box for box in app.selectbox if box.label == label).set_value(value).run()

    choose("Contract", contract)
    choose("What may change", "cost_growth")
    choose("Less that of", other)
    app.number_input(key="break-even-target").set_value(1000.0).run()
    assert not app.exception
    document = break_even(found.scenario, Wanted("cost_growth", contract, other, target=1000.0))
    for sentence in break_even_sentences(document):
        assert sentence in plain(words(app))
    shown = tables(app)
    for grid in break_even_grids(document):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


def test_what_cannot_be_varied_says_why_in_the_words_of_the_app(
    app: AppTest, example: Callable[[AppTest, str], AppTest], tables: Callable[[AppTest], Tables]
) -> None:
    example(app, "sure_start_local").switch_page("funding_model/ui/pages/what_it_takes.py").run()
    question = next(each for each in QUESTIONS if each.startswith("At which value"))
    app.selectbox(key="question").set_value(question).run()
    next(box for box in app.selectbox if box.label == "What may change").set_value("overhead_rate").run()
    assert not app.exception
    [row] = next(rows for caption, rows in tables(app).items() if caption.startswith("What is wrong"))[1:]
    assert row[0] == "Rate of the overhead rule"
    assert "--" not in " ".join(row)


def test_the_change_is_the_one_that_was_said(
    asking: Callable[[str], AppTest], tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    found = comparison_of(CHARITY)
    service = found.scenario.services[0].name
    app = asking("What if need")
    assert not app.exception
    next(box for box in app.selectbox if box.label == "Service").set_value(service).run()
    app.number_input(key="change-more").set_value(4.0).run()
    app.number_input(key="change-shock").set_value(5.0).run()
    document = change_document(change_need(found, Change("2027-04", None, service, referrals=4.0, cost_shock=0.05)))
    for sentence in change_sentences(document):
        assert sentence in plain(words(app))
    shown = tables(app)
    one = {**document, "contracts": [each for each in document["contracts"] if each["name"] == found.base]}
    for grid in (*change_grids(document)[:4], *change_grids(one)[4:]):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]


def test_a_change_of_nothing_is_refused_in_words(asking: Callable[[str], AppTest]) -> None:
    app = asking("What if need")
    app.number_input(key="change-shock").set_value(0.0).run()
    assert not app.exception
    assert any("cannot be worked out" in each.value for each in app.error)


@pytest.mark.parametrize("by", [None, "2027-09"])
def test_the_waiting_list_and_what_clears_it(
    asking: Callable[[str], AppTest],
    tables: Callable[[AppTest], Tables],
    words: Callable[[AppTest], str],
    by: str | None,
) -> None:
    found = comparison_of(CHARITY)
    app = asking("How long do people wait")
    next(box for box in app.selectbox if box.label.startswith("Clear the lists")).set_value(by).run()
    assert not app.exception
    document = waiting(found, by, None if by is None else "2026-04")
    for sentence in waiting_sentences(document):
        assert sentence in plain(words(app))
    shown = tables(app)
    base = {**document, "contracts": [each for each in document["contracts"] if each["name"] == found.base]}
    for grid in waiting_grids(base):
        assert [row[1:] for row in shown[grid.title][1:]] == [list(row[1:]) for row in grid.rows]
