"""Explanations in words: indented figures, each with how it is made or where it comes from."""

from __future__ import annotations

import pytest

from funding_model.questions.explain import FIGURES, Entry, explain
from funding_model.questions.explain.node import BLANK, Node, blank, constant, made
from funding_model.report.explanations import entry_text, explanation_text, figures_text, how_text, value_text
from funding_model.report.words import NOTHING, exact, pounds
from tests.questions.small_scenarios import compared


def test_values_are_written_with_their_units() -> None:
    assert value_text(constant(1234.5, unit="pounds")) == "£1,234.50"
    assert value_text(constant(12.0, unit="pounds a month")) == "£12.00 a month"
    assert value_text(constant(0.0375, unit="fraction")) == "0.0375 fraction"
    assert value_text(blank("Cost", "pounds", "cash", "why")) == NOTHING


@pytest.mark.parametrize(("value", "text"), [(1250.0, "1,250"), (0.1 + 0.2, "0.3"), (-1.5, "−1.5"), (1e-9, "0")])
def test_numbers_have_the_decimals_that_they_need(value: float, text: str) -> None:
    assert exact(value) == text
    assert exact(None) == exact(float("inf")) == NOTHING


def test_where_a_value_comes_from_is_told_in_full() -> None:
    entry = Entry("assumptions.turnover", "default", "A survey", "2024", "medium", "The median")
    assert entry_text(entry) == "assumptions.turnover; a default; A survey; 2024; confidence medium; The median"
    assert entry_text(Entry("", "constant")) == ""


def test_how_a_figure_is_made_is_its_formula_or_its_operation() -> None:
    one = constant(1.0)
    assert how_text(made("sum", "Two", "", "planned", (one, one))) == "All parts added together (planned)"
    assert how_text(made("sum", "Two", "", "planned", (one, one), "One + one.")) == "One + one (planned)"
    assert how_text(Node("x", None, "", "No policy was entered.", BLANK, "reserves")).startswith("No policy")


def test_the_text_is_indented_and_says_what_is_left_out() -> None:
    comparison = compared()
    root = explain(comparison, "Each year", "full_cost", "Training", "2026-27")
    lines = explanation_text(root, 1).splitlines()
    assert lines[0] == f"Full cost, Training, 2026-27: {pounds(root.value, pence=True)}"
    for part in root.parts:
        assert any(line.startswith(f"  {part.label}: {pounds(part.value, pence=True)}") for line in lines)
    assert lines[-1] == "3 figures have parts that are not shown; --depth 2 shows a level more."
    whole = explanation_text(root, 50)
    assert "not shown" not in whole
    assert "services.2.posts.1.pay_point; published" in whole
    assert "(as in line " in whole
    assert max(map(len, whole.splitlines())) <= 110 + 60


def test_the_list_names_every_figure_and_what_it_can_be_asked_for() -> None:
    lines = figures_text().splitlines()
    assert [line.split()[0] for line in lines] == list(FIGURES)
    assert lines[0].endswith("Full cost, pounds (of one service and year)")
