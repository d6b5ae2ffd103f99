"""A comparison as plain text: a sentence and a table write the same amount alike."""

from __future__ import annotations

from funding_model.questions.compare import compare
from funding_model.questions.document import as_document
from funding_model.report.plain import comparison_text
from funding_model.report.words import pounds, shown_parts
from funding_model.scenario.library import load_library


def test_income_and_cost_are_the_same_pounds_in_the_sentence_as_in_every_table() -> None:
    scenario, _ = load_library("care_leavers")
    assert scenario is not None
    comparison = compare(scenario)
    text = " ".join(comparison_text(as_document(comparison)).split())
    together = []
    for income, cost in zip(comparison.totals.income.tolist(), comparison.totals.cost.tolist(), strict=True):
        assert f"Provider: income {pounds(income)}, cost {pounds(cost)}: a" in text
        together.append([pounds(part) for part in shown_parts([income, -cost])] != [pounds(income), pounds(-cost)])
    assert any(together)  # rounded together, so that they add up, one of them would be another pound
