"""Tables: what the pages say of fields, problems and words, as finished text; those of results are in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from funding_model.problems import Problem
from funding_model.report.words import MINUS, NOTHING, pounds
from funding_model.scenario.columns import Column, plain_default, value_text
from funding_model.scenario.typed import unit_text
from funding_model.ui.html import Group, Row, Table

MOST_PLACES = 4
"""Places of a note that a page names; of more, two and how many more there are."""


def value_words(column: Column, value: Any) -> str:  # noqa: ANN401 - a value of any form
    """Return a value as it is read, not typed: pounds with their sign, less than nothing with a true minus."""
    if column.many and isinstance(value, list | tuple):
        return "; ".join(value_words(replace(column, many=False), each) for each in value)
    if column.form == "money" and isinstance(value, int | float):
        return pounds(value, pence=not float(value).is_integer())
    words = value_text(column, value)
    signed = column.form in ("share", "number") and words.startswith("-")
    return f"{MINUS}{words[1:]}" if signed else words


def problems_table(problems: Sequence[Problem]) -> Table:
    """Return problems: place, what is wrong, remedy."""
    return Table(
        "What is wrong, and what to do about it",
        ("Place", "What is wrong", "What to do"),
        (
            Group(
                "",
                tuple(
                    Row(problem.where or "All of it", (problem.message, problem.remedy or NOTHING))
                    for problem in problems
                ),
            ),
        ),
        words=True,
    )


def meanings_table(columns: Sequence[Column]) -> Table:
    """Return what each field is, in which unit, and what holds while it is blank."""
    rows = []
    for column in columns:
        blank = "must be entered" if column.needed else value_words(column, plain_default(column)) or NOTHING
        rows.append(Row(column.title, (column.help, unit_text(column.unit) or NOTHING, blank)))
    return Table(
        "What each field means", ("Field", "Meaning", "Unit", "While blank"), (Group("", tuple(rows)),), words=True
    )


def differences_in_words(caption: str, sentences: Sequence[str]) -> Table:
    """Return what differs between two versions, a row for each thing."""
    rows = tuple(Row(str(number), (text,)) for number, text in enumerate(sentences, 1))
    return Table(caption, ("", "What differs"), (Group("", rows),), words=True)


def glossary_table(entries: Sequence[tuple[str, str]]) -> Table:
    """Return words and what they mean here."""
    return Table(
        "Words used here",
        ("Word", "Meaning"),
        (Group("", tuple(Row(word, (meaning,)) for word, meaning in entries)),),
        words=True,
    )
