from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.report.cash_tables import cash_table
from funding_model.report.rows import period
from funding_model.report.sentences import headlines, listed
from funding_model.report.table import Table
from funding_model.report.tables import money_table, results_table
from funding_model.report.words import balance_words
from funding_model.scenario.library import library_ids, load_library, starter_document
from funding_model.scenario.loading import load_text

NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?")


def cells(table: Table) -> set[str]:
    texts = [*table.columns, *(cell for row in table.rows for cell in row.cells)]
    return {number for text in texts for number in NUMBER.findall(text)}


def sentence(comparison: Comparison, subject: str) -> str:
    return next(line.text for line in headlines(comparison) if line.subject == subject)


def starter_with(contracts: str, changes: dict[str, str] | None = None) -> Comparison:
    text = f"{starter_document().partition('contracts:')[0]}contracts: {contracts}\n"
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    scenario, problems = load_text(text)
    assert scenario is not None, problems
    return compare(scenario)


@pytest.mark.parametrize("identifier", library_ids())
def test_every_number_in_a_sentence_is_a_cell_of_a_table(identifier: str) -> None:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    try:
        found = compare(scenario)
    except ProblemsError as error:  # the library's own tests say what is wrong with it
        pytest.fail(str(error))
    shown = cells(results_table(found)) | cells(money_table(found)) | cells(cash_table(found))
    for line in headlines(found):
        plain = re.sub(r"“[^”]*”", "", line.text).replace(period(found), "")
        missing = set(NUMBER.findall(plain)) - shown
        assert not missing, f"{line.subject}: {plain}"


def test_the_yearly_contract_is_named_when_it_is_better() -> None:
    text = sentence(starter_with("[annual rolled forward, three-year fixed price]"), "The provider")
    assert "is “annual rolled forward”, a yearly contract: a shortfall of" in text
    assert "The best multi-year contract, “three-year fixed price”, leaves" in text


def test_the_longer_contract_is_named_when_it_is_better() -> None:
    text = sentence(starter_with("[annual rolled forward, three-year indexed]"), "The provider")
    assert "is “three-year indexed”, a multi-year contract:" in text
    assert "“three-year indexed” is £" in text


def test_the_yearly_contract_is_named_when_it_is_cheaper() -> None:
    text = sentence(starter_with("[annual rolled forward, three-year indexed]"), "The public purse")
    assert text.startswith("Cheapest for the public purse is “annual rolled forward”, a yearly contract:")


def test_what_is_left_of_sums_does_not_make_a_contract_the_best() -> None:
    found = starter_with("[annual rolled forward, three-year fixed price, three-year indexed]")
    values = [*found.totals.surplus_posts_filled]
    for hair in (1e-9, -1e-9):
        totals = replace(found.totals, surplus_posts_filled=np.array([values[0], values[0] + hair, values[0] - 5_000]))
        text = sentence(replace(found, totals=totals), "The provider")
        assert "is “annual rolled forward”, a yearly contract" in text
        assert "“three-year fixed price”, leaves the same." in text


def test_one_contract_is_compared_with_nothing() -> None:
    found = starter_with("[annual rolled forward]")
    texts = " ".join(line.text for line in headlines(found))
    assert "Compared with" not in texts
    assert "every contract" not in texts


def test_cash_that_was_not_entered_is_said_so() -> None:
    found = starter_with("[annual rolled forward]", {"  opening_cash: 45000\n": ""})
    assert "Cash at the start was not entered and counts as nil" in sentence(found, "Cash")


def test_no_sentence_on_families_without_people() -> None:
    text = starter_document().partition("    people:")[0].replace(", per: person_starting", "")
    scenario, problems = load_text(f"{text}contracts: [annual rolled forward]\n")
    assert scenario is not None, problems
    assert "Families" not in {line.subject for line in headlines(compare(scenario))}


def test_words_for_a_surplus() -> None:
    assert balance_words(300.4) == "a surplus of £300"
    assert balance_words(-1250.0) == "a shortfall of £1,250"
    assert balance_words(-0.3) == "neither surplus nor shortfall"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_unlike_chances_of_going_on_are_said_beside_the_answer() -> None:
    risky = "{preset: annual rolled forward, name: At risk, award: {renewal_probability: 0.8}}"
    found = starter_with(f"[annual rolled forward, {risky}]")
    assert "differ in the chance that a service goes on" in sentence(found, "Chance of going on")
    assert "Chance of going on" not in {
        line.subject for line in headlines(starter_with("[annual rolled forward, three-year indexed]"))
    }


def test_a_contract_that_loses_less_because_it_gives_less_is_not_praised_without_saying_so() -> None:
    sure = "{preset: annual rolled forward, price: {current: 1000}}"
    risky = "{preset: annual rolled forward, name: At risk, price: {current: 1000}, award: {renewal_probability: 0.5}}"
    text = sentence(starter_with(f"[{sure}, {risky}]"), "The provider")
    assert "“At risk”, a yearly contract" in text
    assert "“At risk” gives less support" in text
