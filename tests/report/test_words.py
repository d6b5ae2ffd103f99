"""Number formats: what is shown adds up, and is written in the British way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.report.words import (
    NOTHING,
    difference_as_shown,
    in_unit,
    per_cent,
    rounded,
    shown_table,
    sum_in_words,
    thousands,
)

AMOUNTS = st.floats(-1e6, 1e6)
TABLES = st.integers(1, 5).flatmap(
    lambda years: st.lists(st.lists(AMOUNTS, min_size=years, max_size=years), min_size=1, max_size=8)
)


def test_per_cent_stands_close_to_its_number() -> None:
    assert per_cent(0.0104) == "1.0%"
    assert per_cent(-0.125, sign=True) == "−12.5%"


def test_a_sum_in_words_has_true_minus_signs_and_keeps_its_hyphens() -> None:
    assert sum_in_words("re-opened - part-year = closing") == "re-opened − part-year = closing"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (838.7, "people", "839"),
        (9.96, "people", "10"),
        (9.94, "people", "9.9"),
        (1.59, "posts", "1.6"),
        (3.0, "posts", "3"),
        (0.0, "posts", "0"),
        (152.6, "weeks of service", "153"),
        (12.345, "pounds", "£12"),
        (None, "people", "–"),
    ],
)
def test_results_are_shown_as_they_read_best(value: float | None, unit: str, shown: str) -> None:
    assert in_unit(value, unit) == shown


def test_a_difference_is_that_of_the_amounts_shown() -> None:
    assert difference_as_shown(100.6, 50.4, "pounds") == 101 - 50
    assert difference_as_shown(838.7, 9.94, "people") == pytest.approx(839 - 9.9)


@given(TABLES)
def test_rows_and_columns_of_a_shown_table_add_up(rows: list[list[float]]) -> None:
    shown = shown_table(rows)
    assert math.fsum(map(math.fsum, shown)) == rounded(math.fsum(map(math.fsum, rows)))
    for lines, as_shown in ((rows, shown), (list(zip(*rows, strict=True)), list(zip(*shown, strict=True)))):
        for line, parts in zip(lines, as_shown, strict=True):
            assert abs(math.fsum(parts) - math.fsum(line)) < 1 + 1e-6
    for row, parts_of_row in zip(rows, shown, strict=True):
        for cell, part in zip(row, parts_of_row, strict=True):
            assert abs(cell - part) < 2


def test_what_is_whole_stays_as_it_is() -> None:
    assert shown_table([[0.0, 10.4], [5.0, 0.4]]) == [[0.0, 11.0], [5.0, 0.0]]


def test_thousands_are_written_short() -> None:
    assert thousands(-441_982.0) == "−442"
    assert thousands(1_234_567.0) == "1,235"
    assert thousands(None) == NOTHING
