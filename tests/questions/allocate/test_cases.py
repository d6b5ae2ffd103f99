"""The file of cases: what is answered, and what is said of a case that cannot be."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.costing.overheads import METHODS
from funding_model.questions.allocate import allocate_cases, allocation_table
from tests.questions.allocate.cases import ALLOCATION, BY_ID, EVERY_KIND, TWO_STAGES, answers, changed


def test_a_primary_apportionment_goes_on_to_the_step_down() -> None:
    answer = answers({"cases": [TWO_STAGES]})[TWO_STAGES["id"]]
    assert answer["after_primary"] == pytest.approx(
        {"Machining": 59760, "Assembly": 32520, "Maintenance": 14920, "Canteen": 12800}
    )
    maintenance = 14920 + 12800 * 4 / 40
    expected = {
        "Machining": 59760 + 12800 * 12 / 40 + maintenance * 60 / 90,
        "Assembly": 32520 + 12800 * 24 / 40 + maintenance * 30 / 90,
    }
    assert answer["methods"]["step_down"]["result"] == pytest.approx(expected)
    assert answer["methods"]["step_down"]["gross"] == pytest.approx({"Maintenance": maintenance, "Canteen": 12800})
    assert set(answer["methods"]) == set(METHODS)


def test_the_cases_own_order_and_base_are_used() -> None:
    case = ALLOCATION | {"order": ["Management", "Premises"], "base": {"X": 3, "Y": 1}}
    methods = answers({"cases": [case]})["office"]["methods"]
    assert methods["step_down"]["gross"] == pytest.approx({"Premises": 100 + 60 * 5 / 25, "Management": 60})
    assert methods["single_rate"]["result"] == pytest.approx({"X": 1000 + 160 * 3 / 4, "Y": 2000 + 160 / 4})


def test_a_method_that_cannot_share_a_cost_is_left_out_and_said() -> None:
    case = changed(ALLOCATION, usage={"Premises": {"Management": 1}, "Management": {"X": 1}}, colour="blue")
    answer = answers(case)["office"]
    assert set(answer["methods"]) == {"step_down", "reciprocal", "single_rate"}
    assert answer["notes"] == [
        "The key colour is not read.",
        (
            "Left out: direct, because Premises has cost to share and its driver sums to zero over the units that may"
            " receive it."
        ),
    ]
    negative = answers(changed(ALLOCATION, operating={"X": -1, "Y": 2000}))["office"]
    assert "single_rate" not in negative["methods"]
    assert "below zero" in negative["notes"][0]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, ["cases: the file has no list of cases. Start it with cases: and list one or more."]),
        ({"cases": {}}, ["cases: the file has no list of cases. Start it with cases: and list one or more."]),
        ({"cases": [7]}, ["cases.0: is 7, not a case. Give it an id, a kind and its figures."]),
        (
            changed(ALLOCATION, kind="guess"),
            ["cases.0.kind: 'guess' is not a kind of case. Use one of allocation, primary, primary_then_step, mtdc"],
        ),
        (changed(ALLOCATION, usage=None), ["cases.0.usage: is missing. Add it."]),
        (changed(ALLOCATION, id=7), ["cases.0.id: 7 is not text. Correct it."]),
        (
            changed(ALLOCATION, supports={"Premises": True, "Management": float("nan")}),
            [
                "cases.0.supports.Premises: True is not a number. Correct it.",
                "cases.0.supports.Management: nan is not a number that is known and finite. Correct it.",
            ],
        ),
        (
            changed(ALLOCATION, supports={"Premises": "100", "Management": 10**400}),
            [
                "cases.0.supports.Premises: '100' is not a number. Correct it.",
                "cases.0.supports.Management: a number with many digits is not a number. Correct it.",
            ],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"X": -3}}),
            ["cases.0.usage.Premises.X: -3 is below 0. Enter a number that is not below it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"X": 1e15}}),
            ["cases.0.usage.Premises.X: 1000000000000000.0 is above 1e+12. Enter a number that is not above it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"Z": 1}, "Garage": {"X": 1}}),
            [
                "cases.0.usage: Garage is not known here. Use one of Premises, Management.",
                "cases.0.usage.Premises: Z is not known here. Use one of Premises, Management, X, Y.",
            ],
        ),
        (
            changed(ALLOCATION, usage=[1, 2]),
            ["cases.0.usage: a list of length 2 is not a list of names with a value each. Correct it."],
        ),
        (
            changed(ALLOCATION, operating={2026: 1}),
            ["cases.0.operating.2026: the name 2026 is not text. Write it in quotation marks."],
        ),
        (changed(ALLOCATION, operating={}), ["cases.0.operating: a set of names of length 0 is not long enough"]),
        (
            changed(ALLOCATION, operating={"X": 1, "Y": 1, "Premises": 1}),
            ["cases.0.operating: Premises is also a support centre. Give each unit its own name."],
        ),
        (
            changed(ALLOCATION, order=["Premises"]),
            ["cases.0.order: names Premises. Name each support centre once: Premises, Management."],
        ),
        (
            changed(ALLOCATION, published={"step": {"order": ["A"]}}),
            ["cases.0.published.step.order: names A. Name each support centre once: Premises, Management."],
        ),
        (changed(ALLOCATION, base={"Z": 1}), ["cases.0.base: Z is not known here. Use one of X, Y."]),
        (
            changed(ALLOCATION, usage={"Premises": {"X": 0}, "Management": {"X": 1}}),
            ["cases.0: Premises has cost to share and its driver sums to zero over the units that may receive it."],
        ),
        (
            changed(ALLOCATION, usage={"Premises": {"Management": 1}, "Management": {"Premises": 1}}),
            ["Premises has cost", "Management has cost", "cases.0: Premises and Management only serve each other"],
        ),
        (
            {"cases": [ALLOCATION, ALLOCATION]},
            ["cases.1.id: office is the id of an earlier case. Rename it."],
        ),
        (
            changed(
                TWO_STAGES,
                centres=["Machining", "Assembly", "Maintenance", "Canteen", "Canteen"],
                support_usage={"Kitchen": {"Assembly": 1}},
                published=None,
            ),
            ["cases.0.centres: Canteen is listed 2 times", "cases.0.support_usage: Kitchen is not known here."],
        ),
        (
            changed(TWO_STAGES, pools={"rent": {"cost": 1, "driver": "area"}}),
            ["cases.0.pools.rent.driver: area is not known here. Use one of floor, book_value, employees."],
        ),
        (
            changed(TWO_STAGES, drivers={"floor": {"Attic": 1}, "book_value": {}, "employees": {}}),
            ["cases.0.drivers.floor: Attic is not known here."],
        ),
        (
            changed(BY_ID["rent_by_floor_area"], drivers={"floor": {}}),
            ["cases.0: rent has cost to share and its driver sums to zero"],
        ),
        (
            changed(
                BY_ID["rent_by_floor_area"] | {"kind": "primary_then_step"},
                support_usage={name: {} for name in ("Chairs", "Tables", "Store")},
            ),
            ["cases.0.support_usage: makes every centre a support centre."],
        ),
        (
            changed(BY_ID["mtdc_pre2024_budget1"], excluded=["gifts"], rate=0.5),
            ["cases.0.excluded: gifts is not known here."],
        ),
        (
            changed(BY_ID["interreg_aurora_flat_rate"], rate=15),
            ["cases.0.rate: 15 is above 5. Enter a number that is not above it."],
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(document: object, expected: list[str]) -> None:
    result, problems = allocate_cases(document)
    assert len(problems) == len(expected)
    for problem, text in zip(problems, expected, strict=True):
        assert text in str(problem)
    assert len(result["cases"]) == (
        len(document["cases"]) - 1 if isinstance(document, dict) and document["cases"] else 0
    )


def test_figures_too_far_apart_are_a_problem_and_no_traceback() -> None:
    apart = {"Premises": {"Management": 1, "X": 1e-303}, "Management": {"Premises": 1, "X": 1e-303}}
    big = changed(ALLOCATION, usage=apart, supports={"Premises": 1e10, "Management": 1e10})
    result, problems = allocate_cases(big, "reciprocal")
    assert result == {"cases": []}
    assert "too far apart" in problems[0].message


def test_an_unknown_method_and_a_method_that_cannot_be_used_are_problems() -> None:
    assert "guess is not a method" in str(allocate_cases({"cases": [ALLOCATION]}, "guess")[1][0])
    _, problems = allocate_cases(changed(ALLOCATION, operating={"X": 0, "Y": 0}), "single_rate")
    assert [str(problem) for problem in problems] == [
        "cases.0: the base of the single rate sums to zero. Enter a base for the single rate."
    ]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["X", "Premises"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(EVERY_KIND), st.data())
def test_nothing_in_a_file_makes_a_traceback(case: dict[str, Any], data: st.DataObject) -> None:
    entry = copy.deepcopy(case)
    entry[data.draw(st.sampled_from(sorted(entry)))] = data.draw(JUNK)
    result, problems = allocate_cases({"cases": [entry]}, data.draw(st.sampled_from([*METHODS, "all"])))
    assert len(result["cases"]) == 1 or problems
    json.dumps(result, allow_nan=False)
    assert isinstance(allocation_table(result), str)
