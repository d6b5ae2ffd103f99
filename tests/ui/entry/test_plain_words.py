"""Problems beside a field call fields and choices what the page calls them, in whole sentences."""

from __future__ import annotations

import re

import pytest

from funding_model.problems import Problem
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text
from funding_model.ui.entry.plain_words import in_plain_words, sentence


@pytest.mark.parametrize(
    ("message", "remedy", "said"),
    [
        (
            'the rule "cap_of_direct" needs a rate.',
            "Enter 15 per cent as 0.15.",
            "The rule “Up to a share of direct cost” needs a rate. Enter 15 per cent as 0.15.",
        ),
        ('has no effect with the rule "full".', "Leave it out.", None),
        (
            'has no effect unless "new_award" is "rolled_forward".',
            "Leave it out.",
            "it has no effect unless “New award” is “Last year’s price, moved on”. Leave it out.",
        ),
        (
            "has no effect with this index.",
            'Write "index: own_rate" or leave it out.',
            None,
        ),
        (
            'nobody has entered any "floor_area".',
            "Choose one of: People employed (headcount), Direct cost (direct_cost).",
            "Nobody has entered any “Floor area”. Choose one of: People employed, Direct cost.",
        ),
        ("is before the start.", "Swap them.", "it is before the start. Swap them."),
        ('there is no contract called "three years".', "", 'There is no contract called "three years".'),
    ],
)
def test_a_problem_is_said_in_plain_words(message: str, remedy: str, said: str | None) -> None:
    found = sentence(in_plain_words(Problem("contracts.1.price.overhead_rate", message, remedy)))
    assert "_" not in found
    if said is not None:
        assert found == said


def test_a_row_is_named_before_what_is_wrong_in_it() -> None:
    where = "row 4 (Helper), Salary"
    assert sentence(Problem(where, "must be text.", "Put it right.")) == f"{where}: it must be text. Put it right."
    assert sentence(Problem(where, "no point is called 99.", "")) == f"{where}: no point is called 99."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("driver: fte ", "driver: floor_area "),
        ("  - annual rolled forward ", "  - {preset: annual rolled forward, price: {overhead_rule: cap_of_direct}} "),
        ("  - annual rolled forward ", "  - {preset: annual rolled forward, price: {overhead_rate: 0.1}} "),
        ("  - annual rolled forward ", "  - {preset: annual rolled forward, movement: {new_award: recosted}} "),
        ("  - annual rolled forward ", "  - {preset: annual rolled forward, movement: {within_award: cpi}} "),
        ("amount: 5500,", "amount: 5500, per: once, kind: exit,"),
        ("amount: 3200", "amount: 3200, own_rate: 0.03"),
    ],
)
def test_no_name_of_a_file_stands_beside_a_field(before: str, after: str) -> None:
    assert before in starter_document()
    _, problems = load_text(starter_document().replace(before, after, 1))
    assert problems
    for problem in problems:
        found = sentence(in_plain_words(problem))
        assert not re.search(r"[a-z]_[a-z]", found), found
