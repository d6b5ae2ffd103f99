"""Sentences, tables and charts of a simulation: the same numbers in all of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from funding_model.questions.uncertainty.document import simulation_document
from funding_model.questions.uncertainty.simulation import simulate
from funding_model.report.chance_charts import curve_chart, fan_chart
from funding_model.report.chances import pairs, shown_pair, simulation_grids, simulation_sentences, simulation_text
from funding_model.report.look import DARK, LIGHT, Look
from funding_model.report.words import pounds
from tests.questions.small_scenarios import scenario
from tests.report.told import not_shown

RANGES: dict[str, Any] = {
    "assumptions.turnover": {"value": 0.2, "low": 0.1, "high": 0.4, "distribution": "triangular"},
    "assumptions.cpi.outturn_added": {"value": 0, "low": -0.01, "high": 0.02, "distribution": "normal"},
    "assumptions.redeployed": {"value": 0.5, "values": [0, 0.5, 1], "weights": [1, 2, 1], "distribution": "discrete"},
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return simulation_document(simulate(scenario(RANGES), draws=256))


def test_every_number_in_a_sentence_stands_in_a_table(document: dict[str, Any]) -> None:
    sentences = simulation_sentences(document)
    assert len(sentences) > 6
    assert not not_shown(sentences, simulation_grids(document))


def test_nothing_uncertain_is_the_only_sentence() -> None:
    certain = {f"contracts.{number}.award.renewal_probability": 1 for number in (1, 2)}
    found = simulation_document(simulate(scenario(certain), draws=64))
    (sentence,) = simulation_sentences(found)
    assert sentence.startswith("Nothing in this scenario is uncertain")
    assert "How often one contract is better" not in simulation_text(found)


def test_shares_of_draws_add_up_to_a_hundred(document: dict[str, Any]) -> None:
    for one, other in pairs(document):
        parts = [float(text.removesuffix("%")) for text in shown_pair(one, other)]
        assert sum(parts) == pytest.approx(100.0)
    assert len(pairs(document)) == 3


def test_sentences_tell_the_other_contract_beside_the_base(document: dict[str, Any]) -> None:
    told = [sentence for sentence in simulation_sentences(document) if sentence.startswith("For ")]
    assert len(told) == 3
    assert all("“Three years” is better than “Each year”" in sentence for sentence in told)


def test_the_text_fits_a_hundred_columns(document: dict[str, Any]) -> None:
    text = simulation_text(document)
    assert max(map(len, text.splitlines())) <= 100
    for heading in ("What is drawn", "How often limits are broken", "How many draws are enough"):
        assert heading in text


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_charts_describe_themselves_with_the_numbers_of_the_table(document: dict[str, Any], look: Look) -> None:
    contract = document["contracts"][0]
    fan = fan_chart(contract, "free_reserves", look).to_dict()
    rows = [row for row in contract["years"] if row["result"] == "free_reserves"]
    for row in rows:
        assert f"{row['year']}, {pounds(row['p50'])} in the middle, {pounds(row['p10'])} to" in fan["description"]
    curve = curve_chart(document["contracts"], "surplus", look).to_dict()
    found = next(row for row in contract["results"] if row["result"] == "surplus")
    assert f"Each year: P10 {pounds(found['p10'])}, P50 {pounds(found['p50'])}" in curve["description"]
    assert look.ink in json.dumps(fan)
    assert "strokeDash" in json.dumps(curve)
