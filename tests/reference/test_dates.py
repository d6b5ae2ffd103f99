"""Financial years and the ends of months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.reference.dates import (
    financial_year_label,
    financial_year_of,
    financial_year_start,
    last_day_of_month,
    month_ends,
    written_date,
)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2026, 4, 30), (2026, 12, 31), (2027, 2, 28), (2028, 2, 29), (2100, 2, 28)]
)
def test_a_month_ends_on_its_last_day(year: int, month: int, day: int) -> None:
    assert last_day_of_month(year, month) == date(year, month, day)


def test_a_run_of_months_crosses_the_year_and_ignores_the_day_it_starts_on() -> None:
    expected = (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
    assert month_ends(date(2026, 11, 1), 4) == expected
    assert month_ends(date(2026, 11, 30), 4) == expected


def test_a_run_of_no_months_is_empty_and_of_fewer_is_refused() -> None:
    assert month_ends(date(2026, 4, 1), 0) == ()
    with pytest.raises(ValueError, match="must not be negative; you gave -1"):
        month_ends(date(2026, 4, 1), -1)


def test_the_financial_year_turns_on_the_first_of_april() -> None:
    assert financial_year_of(date(2027, 3, 31)) == 2026
    assert financial_year_of(date(2027, 4, 1)) == 2027
    assert financial_year_start(2027) == date(2027, 4, 1)


@pytest.mark.parametrize(("start", "label"), [(2026, "2026-27"), (2009, "2009-10"), (2099, "2099-00")])
def test_a_financial_year_is_written_with_two_digits_at_the_end(start: int, label: str) -> None:
    assert financial_year_label(start) == label


def test_a_date_is_written_without_a_leading_nought() -> None:
    assert written_date(date(2026, 4, 6)) == "6 April 2026"


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(min_value=1, max_value=120))
def test_every_month_of_a_run_follows_the_one_before(first: date, months: int) -> None:
    ends = month_ends(first, months)
    numbers = [end.year * 12 + end.month for end in ends]
    assert numbers == list(range(numbers[0], numbers[0] + months))
    assert (ends[0].year, ends[0].month) == (first.year, first.month)
