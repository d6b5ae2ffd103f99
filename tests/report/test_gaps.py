"""The gap in words: tables add up down and across, and every number told is a cell."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.results import of_case
from funding_model.report.gaps import (
    ROWS,
    GapTable,
    gap_sentences,
    gap_tables,
    gap_text,
    subsidy_rows,
    subsidy_sentences,
)
from funding_model.report.look import LIGHT
from funding_model.report.plain import MONEY
from funding_model.report.waterfall import WHOLE, gap_chart, gap_steps
from funding_model.report.words import NOTHING, pounds, shown_table
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import compared as compared_generated
from tests.costing.generated import examples
from tests.questions.small_scenarios import compared
from tests.strategies import scenarios

NUMBER = re.compile(r"[−+]?£\d{1,3}(?:,\d{3})*")


def amounts(*values: float) -> set[str]:
    return {text for value in values for text in (pounds(value), pounds(value, sign=True), pounds(abs(value)))}


def check_adds_up(tables: list[GapTable]) -> None:
    *services, every = tables
    for table in tables:
        for column in (*table.columns, table.together):
            assert (
                column["full_cost"] + column["ineligible"] + column["overhead_not_allowed"] == column["fundable_cost"]
            )
            assert column["full_cost"] + sum(column[step] for step in GAP_STEPS[:6]) == column["price"]
            assert column["price"] - column["full_cost"] == column["price_less_full_cost"]
            assert sum(column[step] for step in GAP_STEPS) == column["surplus"]
        for name in ROWS:
            assert sum(column[name] for column in table.columns) == table.together[name]
    for name in ROWS:
        for at, column in enumerate(every.columns):
            assert sum(table.columns[at][name] for table in services) == column[name]


@examples(8)
@given(scenarios(longest=3))
def test_tables_add_up_down_across_and_over_services(entered: Scenario) -> None:
    comparison = compared_generated(entered)
    for case in range(len(comparison.contracts)):
        tables = gap_tables(comparison, case)
        check_adds_up(tables)
        for table in tables:
            told = NUMBER.findall(" ".join(gap_sentences(table)))
            assert set(told) <= amounts(*table.together.values())


def test_ends_are_shown_as_a_comparison_shows_them() -> None:
    comparison = compared()
    for case in (0, 1):
        tables = gap_tables(comparison, case)
        for name in MONEY:
            shown = shown_table(getattr(comparison.evaluation.money, name)[case if name != "full_cost" else 0].tolist())
            assert [[column[name] for column in table.columns] for table in tables[:-1]] == shown


def test_what_reserves_meet_is_told_from_the_table() -> None:
    for settings in (
        {},
        {"organisation.opening_free_reserves": None},
        {"organisation.reserves_policy_months": None},
        {"organisation.opening_free_reserves": 9_000_000},
        {"contracts.1.price": {"margin": 0.4}, "contracts.1.payment": {"underspend": "kept"}},
    ):
        comparison = compared(settings)
        for case in (0, 1):
            rows = subsidy_rows(comparison, case)
            assert sum(row.in_year for row in rows) == rows[-1].so_far
            cells = {cell for row in rows for cell in row.cells()} | amounts(*(row.so_far for row in rows))
            text = " ".join(subsidy_sentences(comparison, case))
            assert set(NUMBER.findall(text)) <= cells
            months = re.findall(r"(−?\d+\.\d)", text)
            assert set(months) <= cells


def test_what_is_left_is_shown_only_where_the_reserves_at_the_start_are_known() -> None:
    blank = subsidy_rows(compared({"organisation.opening_free_reserves": None}), 0)
    assert {row.cells()[2] for row in blank} == {NOTHING}
    assert [row.cells()[:2] for row in blank] == [row.cells()[:2] for row in subsidy_rows(compared(), 0)]
    assert NOTHING not in {row.cells()[2] for row in subsidy_rows(compared(), 0)}


def said(comparison: Comparison) -> str:
    return " ".join(subsidy_sentences(comparison, 0))


def test_what_is_blank_is_said() -> None:
    assert "no reserves policy was entered" in said(compared({"organisation.reserves_policy_months": None}))
    assert "were not entered" in said(compared({"organisation.opening_free_reserves": None}))
    assert "never below it" in said(compared({"organisation.opening_free_reserves": 9_000_000}))
    assert "below it from the end of 2026-27" in said(compared())


def test_the_text_shows_each_service_in_a_line_or_by_year_and_names_what_is_nil() -> None:
    summary, every, one, none = (
        gap_text(compared(), services) for services in ((), ("all",), ("Training",), ("none", "Training"))
    )
    for words in ("All services", "Nothing in: ", "Free reserves", "Each year"):
        assert all(words in text for text in (summary, every, one, none))
    assert "Family support   " in summary
    assert "\nFamily support\n" not in summary
    assert "\nFamily support\n" in every
    assert "\nTraining\n" in every
    assert "\nTraining\n" in one
    assert "Family support" not in one
    assert "Training" not in none
    assert max(map(len, summary.splitlines())) <= 130
    alone = gap_text(
        compared({"organisation.pools": [], "services": [{"name": "One", "lines": [{"name": "Rent", "amount": 9}]}]})
    )
    assert "--services" not in alone
    long = "Support for families of children under four in the north and west"
    assert long in " ".join(gap_text(compared({"services.1.name": long, "services.1.posts.1.time": {}})).split())


def test_a_waterfall_leads_from_full_cost_to_surplus() -> None:
    for table in gap_tables(compared(), 0):
        steps = gap_steps(table)
        wholes = [step for step in steps if step.kind == WHOLE]
        names = ("full_cost", "price", "price_less_full_cost", "surplus")
        assert [step.end for step in wholes] == [table.together[name] for name in names]
        for number, step in enumerate(steps):
            if step.kind != WHOLE:
                assert step.start == steps[number - 1].end
        drawn = json.loads(gap_chart(table, LIGHT).to_json())
        assert set(NUMBER.findall(drawn["description"])) <= amounts(*table.together.values())


@pytest.mark.parametrize("identifier", ["multi_service_charity", "sure_start_regional", "south_belfast_sure_start"])
def test_a_step_in_which_there_is_nothing_is_not_shown_for_the_sake_of_rounding(identifier: str) -> None:
    """Over all services no step is told that is nothing in each of them, however the ends are rounded."""
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    comparison = compare(scenario)
    nothing = 0
    for case in range(len(comparison.contracts)):
        every = gap_tables(comparison, case)[-1]
        for name, step in comparison.evaluation.gap.steps.items():
            if np.abs(of_case(step, case)).max() < 0.005:
                assert not any(column[name] for column in every.columns), (case, name)
                nothing += 1
        check_adds_up(gap_tables(comparison, case))
    assert nothing


def test_steps_of_a_waterfall_differ_by_sign_and_outline_and_not_by_colour_alone() -> None:
    table = gap_tables(compared(), 0)[-1]
    drawn = gap_chart(table, LIGHT).to_dict()
    rows = [row for layer in drawn["layer"] for row in layer["data"]["values"] if "sign" in row]
    assert {(row["kind"], row["sign"]) for row in rows} <= {("Value", ""), ("+ Adds", "+"), ("− Takes off", "−")}
    bars = next(layer for layer in drawn["layer"] if layer["mark"]["type"] == "bar")["encoding"]
    assert bars["fill"]["scale"]["range"][2] == "transparent"
    assert bars["fill"]["scale"]["domain"] == bars["stroke"]["scale"]["domain"]
    assert any(layer["encoding"].get("text", {}).get("field") == "sign" for layer in drawn["layer"])
