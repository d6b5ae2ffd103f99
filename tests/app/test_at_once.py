"""The main results stand where things are entered, follow what is entered, and say what they want for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.charts import cash_chart, price_chart
from funding_model.report.look import DARK, LIGHT
from funding_model.report.rows import money_rows, month_rows
from funding_model.report.words import number, pounds
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from funding_model.ui.evaluation import compared
from funding_model.ui.show import specification

Tables = Callable[[AppTest], dict[str, list[list[str]]]]
ENTERED = ("organisation", "services", "contracts")


def hub() -> Scenario:
    scenario, problems = load_library("family_support_hub")
    assert scenario is not None, problems
    return scenario


def rows_at_once(shown: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    rows = next(rows for caption, rows in shown.items() if caption.startswith("At once: what is entered gives, "))
    return {row[0]: row[1:] for row in rows}


def expected(found: Comparison) -> dict[str, list[str]]:
    totals = found.totals
    named = {
        "Full cost": totals.full_cost,
        "Price": totals.price,
        "Surplus": totals.surplus,
        "Lowest cash if everything continues": totals.lowest_cash,
    }
    shown = {name: [pounds(float(value)) for value in values] for name, values in named.items()}
    return shown | {"People starting support": [number(float(value)) for value in totals.people_starting_support]}


@pytest.mark.parametrize("page", ENTERED)
def test_results_stand_where_things_are_entered(app: AppTest, page: str, tables: Tables) -> None:
    app.switch_page(f"funding_model/ui/pages/{page}.py").run()
    found = rows_at_once(tables(app))
    heads = found.pop("")
    comparison = compare(hub())
    assert heads == [f"{name} (base)" if name == comparison.base else name for name in comparison.contracts]
    assert found == expected(comparison)


def test_what_the_surplus_is_taken_from_is_said(app: AppTest, words: Callable[[AppTest], str]) -> None:
    app.switch_page("funding_model/ui/pages/contracts.py").run()
    assert "Surplus also counts other funders, " in words(app)


def test_results_follow_what_is_entered(app: AppTest, tables: Tables) -> None:
    app.switch_page("funding_model/ui/pages/organisation.py").run()
    opening = next(each for each in app.text_input if str(each.key).startswith("organisation.opening_cash"))
    opening.set_value("100,000").run()
    scenario = hub()
    entered = scenario.organisation.model_copy(update={"opening_cash": 100_000.0})
    comparison = compare(scenario.model_copy(update={"organisation": entered}))
    found = rows_at_once(tables(app))
    assert found["Lowest cash if everything continues"] == [
        pounds(float(cash)) for cash in comparison.totals.lowest_cash
    ]
    assert (
        found["Lowest cash if everything continues"]
        != expected(compare(scenario))["Lowest cash if everything continues"]
    )


def test_what_results_want_for_is_said(app: AppTest, words: Callable[[AppTest], str]) -> None:
    app.button(key="start-empty").click().run()
    app.switch_page("funding_model/ui/pages/organisation.py").run()
    assert "No results yet: " in words(app)
    assert "The first to look at: Organisation, Name. It is blank. Enter some text." in words(app)
    assert not [each for each in app.get("html") if 'class="fm-fault' in each.proto.body]


def test_contracts_compared_are_worked_out_once_however_they_are_named() -> None:
    scenario = hub()
    text = dump_json(scenario)
    every = tuple(contract.name for contract in scenario.contracts)
    whole = compared(text, (), "")
    assert compared(text, every, "") is whole
    assert compared(text, every, whole.base) is whole
    other = next(name for name in every if name != whole.base)
    assert compared(text, every, other).base == other
    assert compared(text, every[:1], "").contracts == every[:1]


def test_a_chart_is_drawn_once_for_the_same_rows_and_holds_what_altair_says() -> None:
    comparison = compare(hub())
    rows = tuple(money_rows(comparison))
    kept = specification(price_chart, rows, LIGHT)
    assert specification(price_chart, tuple(money_rows(comparison)), LIGHT) is kept
    assert specification(price_chart, rows, DARK) != kept
    dearer = (replace(rows[0], price=rows[0].price + 1), *rows[1:])
    assert specification(price_chart, dearer, LIGHT) != kept
    months = tuple(month_rows(comparison, 0))
    drawn = cash_chart(months, 0.0, LIGHT).to_dict()
    del drawn["config"]["view"]
    held = json.loads(specification(cash_chart, months, 0.0, LIGHT))
    assert {name: held[name] for name in ("config", "height", "description")} == {
        name: drawn[name] for name in ("config", "height", "description")
    }
    assert len(held["layer"]) == len(drawn["layer"])
