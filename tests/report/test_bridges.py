"""Bridges in words: parts shown add up, and every number of a sentence or a chart is a cell of the table."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given

from funding_model.problems import ProblemsError
from funding_model.questions.bridge import Bridge, End, bridge
from funding_model.questions.bridge.parts import ALL_INPUTS, GROUPS
from funding_model.questions.bridge.results import RESULTS
from funding_model.questions.notes.contracts import COUNTED_BY_CHANCE
from funding_model.report.bridges import (
    DEPENDS,
    PART_LABELS,
    BridgeTable,
    bridge_tables,
    bridge_text,
    end_names,
    lead,
    sentences,
)
from funding_model.report.look import DARK, LIGHT
from funding_model.report.waterfall import FALL, RISE, WHOLE, bridge_chart, bridge_steps
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import examples
from tests.questions.small_scenarios import scenario
from tests.strategies import scenarios

NUMBER = re.compile(r"[−+]?£?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:%| points)?")


@pytest.fixture(scope="module")
def found() -> Bridge:
    entered = scenario()
    return bridge(End(entered, "Each year"), End(entered, "Three years"), list(RESULTS))


def cells(table: BridgeTable) -> set[str]:
    change = table.shown.change
    shown = {table.shown.text(table.from_value), table.shown.text(table.to_value), change(table.difference)}
    for row in table.rows:
        shown |= {change(row.value), change(row.first), change(row.last)}
    return shown


def numbers(text: str, names: tuple[str, ...] = ()) -> list[str]:
    for name in names:
        text = text.replace(name, "")
    return NUMBER.findall(text)


def check_shown(bridged: Bridge) -> None:
    for table in bridge_tables(bridged):
        label = table.found.result.label
        assert round(sum(row.value for row in table.rows), 6) == pytest.approx(table.difference), label
        told = [lead(bridged, table).removeprefix(label), *sentences(table)]
        for text in told:
            assert set(numbers(text, end_names(bridged))) <= cells(table), text
        for row in table.rows:
            assert abs(row.value - row.part.value) < 2 * 10.0**-table.shown.places


def test_every_part_has_a_label() -> None:
    assert set(PART_LABELS) == {*GROUPS, ALL_INPUTS, *COMPONENTS}


def test_parts_shown_add_up_and_every_number_told_is_a_cell(found: Bridge) -> None:
    check_shown(found)


@examples(6)
@given(scenarios(longest=3))
def test_so_they_do_for_any_scenario(entered: Scenario) -> None:
    assume(len(entered.contracts) > 1)
    first, second = (End(entered, contract.name) for contract in entered.contracts[:2])
    try:
        check_shown(bridge(first, second))
    except ProblemsError:
        assume(False)  # noqa: FBT003 - hypothesis's own


def test_a_part_that_depends_on_what_else_changes_says_so() -> None:
    annual = {"term": {"months": 12}, "payment": {"underspend": "kept"}}
    entered = scenario(
        {
            "contracts": [
                annual | {"name": "Low", "price": {"funded_share": 0.5}},
                annual | {"name": "High", "price": {"margin": 0.3}, "award": {"renewal_probability": 0.5}},
            ]
        }
    )
    [table] = bridge_tables(bridge(End(entered, "Low"), End(entered, "High"), ("surplus",)))
    award, price = sentences(table)
    assert award.startswith("Decisions and early endings: ")
    assert f"This {DEPENDS}: swapped first it makes +£" in award
    assert DEPENDS not in price


def test_the_text_names_both_ends_what_differs_and_what_is_left_out(found: Bridge) -> None:
    text = bridge_text(found)
    assert text.startswith("From “Each year” to “Three years”\n")
    assert "They differ in: length of the awards, decisions and early endings, what the price" in text
    assert "People starting support: " in text
    entered = scenario({"services.1.people": None})
    short = bridge_text(bridge(End(entered, "Each year"), End(entered, "Three years"), ("weeks_lost",)))
    assert "Left out, because they do not apply: weeks of service lost." in short
    same = bridge_text(bridge(End(entered, "Each year"), End(entered, "Each year"), ("price",)))
    assert "They do not differ" in same


def test_unlike_chances_of_going_on_are_said_wherever_amounts_count_by_them() -> None:
    def text(start: str, end: str, result: str, **chances: float) -> str:
        entered = scenario(
            {
                f"contracts.{number}.award.renewal_probability": chance
                for number, chance in enumerate(chances.values(), 1)
            }
        )
        return " ".join(bridge_text(bridge(End(entered, start), End(entered, end), (result,))).split())

    each, three = "Each year", "Three years"
    assert COUNTED_BY_CHANCE in text(each, three, "surplus", first=0.9, second=1.0)
    assert COUNTED_BY_CHANCE in text(three, each, "people_starting_support", first=0.9, second=1.0)
    assert COUNTED_BY_CHANCE not in text(each, three, "lowest_cash", first=0.9, second=1.0)
    assert COUNTED_BY_CHANCE not in text(each, three, "surplus", first=1.0, second=1.0)


def test_ends_are_called_by_what_tells_them_apart() -> None:
    first, changed = scenario(), scenario({"assumptions.turnover": 0.3})
    other = scenario({"name": "Other", "assumptions.turnover": 0.3})

    def names(start: End, end: End) -> tuple[str, str]:
        return end_names(bridge(start, end, ("price",)))

    each, three = "Each year", "Three years"
    assert names(End(first, each), End(changed, each)) == ("as entered", "as changed")
    assert names(End(first, each), End(other, each)) == ("“Two services”", "“Other”")
    assert names(End(first, each), End(changed, three)) == ("“Each year” as entered", "“Three years” as changed")
    assert names(End(first, each), End(other, three)) == (
        "“Each year” of “Two services”",
        "“Three years” of “Other”",
    )


def test_a_waterfall_runs_from_one_end_to_the_other(found: Bridge) -> None:
    for table in bridge_tables(found):
        steps = bridge_steps(table, end_names(found))
        assert (steps[0].kind, steps[-1].kind) == (WHOLE, WHOLE)
        assert (steps[0].end, steps[-1].end) == (table.from_value, table.to_value)
        for before, step in pairwise(steps[:-1]):
            assert step.start == before.end
            assert step.kind == (RISE if step.end >= step.start else FALL)
        assert steps[-2].end == pytest.approx(table.to_value, abs=1e-9)


def test_a_waterfall_is_drawn_and_told_in_words(found: Bridge) -> None:
    for table in bridge_tables(found)[:3]:
        for look in (LIGHT, DARK):
            chart = bridge_chart(table, end_names(found), look)
            drawn = json.loads(chart.to_json())
            assert drawn["description"].startswith(f"Waterfall chart. {table.found.result.label}. ")
            assert set(numbers(drawn["description"], end_names(found))) <= cells(table)
            assert chart.to_dict()["layer"]
