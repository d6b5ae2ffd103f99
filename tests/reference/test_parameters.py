"""The rules by which a public figure is looked up."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from funding_model.reference.parameters import (
    NOT_FOUND,
    confidence_meanings,
    load_file,
    load_parameters,
    monthly_values,
    reference_data_date,
    series,
    status_meanings,
    value_on,
)

EVERY_SERIES = pytest.mark.parametrize("series_id", list(load_parameters()))


def test_the_file_is_read_once() -> None:
    assert load_parameters() is load_parameters()


def test_nothing_in_the_file_can_be_changed() -> None:
    with pytest.raises(TypeError):
        load_parameters()["nic.employer_rate"] = series("ae.trigger")  # type: ignore[index]
    spine = value_on("njc.scp_salary", date(2026, 4, 30)).value
    assert isinstance(spine, Mapping)
    with pytest.raises(TypeError):
        spine[20] = 1  # type: ignore[index]


def test_a_series_says_what_it_is() -> None:
    rate = series("nic.employer_rate")
    assert rate.label == "Employer (secondary) Class 1 NIC rate"
    assert rate.unit == "fraction of earnings above secondary threshold"
    assert rate.jurisdiction == "UK"
    assert "NIC (Secondary Class 1 Contributions) Act 2025" in rate.source


def test_a_value_without_a_source_of_its_own_takes_that_of_its_series() -> None:
    rate = value_on("nic.employer_rate", date(2026, 5, 1))
    assert rate.source == series("nic.employer_rate").source
    assert rate.url == series("nic.employer_rate").url
    assert rate.status == "enacted"
    assert rate.confidence == "A"


def test_a_value_with_a_source_of_its_own_keeps_it() -> None:
    cap = value_on("redundancy.week_pay_cap_ni", date(2024, 5, 1))
    assert cap.source.startswith("Irish Legal News")
    assert cap.url.startswith("https://www.irishlegal.com/")


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2022, 4, 6), 0.1505),
        (date(2022, 11, 5), 0.1505),
        (date(2022, 11, 6), 0.138),
        (date(2025, 4, 5), 0.138),
        (date(2025, 4, 6), 0.15),
        (date(2040, 1, 1), 0.15),
    ],
)
def test_dates_are_inclusive(day: date, rate: float) -> None:
    found = value_on("nic.employer_rate", day)
    assert found.value == rate
    assert not found.held


def test_april_takes_the_new_tax_years_rate() -> None:
    march, april = monthly_values("nic.secondary_threshold_annual", date(2025, 3, 1), 2)
    assert (march.value, april.value) == (9100, 5000)
    assert value_on("nic.secondary_threshold_annual", date(2025, 4, 1)).value == 9100


def test_a_rate_that_changes_within_a_tax_year_changes_in_its_month() -> None:
    months = monthly_values("nic.employer_rate", date(2022, 9, 1), 4)
    assert [month.value for month in months] == [0.1505, 0.1505, 0.138, 0.138]


def test_monthly_values_are_the_values_of_the_last_days() -> None:
    april, may = monthly_values("nlw.rate", date(2026, 4, 15), 2)
    assert april == value_on("nlw.rate", date(2026, 4, 30))
    assert may == value_on("nlw.rate", date(2026, 5, 31))


def test_beyond_the_last_known_end_the_last_value_is_held_and_says_so() -> None:
    last = value_on("nic.employment_allowance", date(2027, 4, 5))
    later = value_on("nic.employment_allowance", date(2027, 4, 6))
    assert (last.value, last.held) == (10500, False)
    assert (later.value, later.held) == (10500, True)
    assert later.end == date(2027, 4, 5)
    assert later.source == last.source


def test_before_the_first_start_nothing_is_known() -> None:
    with pytest.raises(LookupError) as error:
        value_on("nic.employer_rate", date(2022, 4, 5))
    assert str(error.value) == (
        "Employer (secondary) Class 1 NIC rate: nothing is known before 6 April 2022, and you asked for 5 April 2022"
    )
    with pytest.raises(LookupError, match="nothing is known before 6 April 2022, and you asked for 31 March 2022"):
        monthly_values("nic.employer_rate", date(2022, 3, 1), 3)


def test_an_unknown_series_is_named() -> None:
    with pytest.raises(LookupError, match=r"there is no public figure called 'nic\.rate'"):
        value_on("nic.rate", date(2026, 4, 6))


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2022, 9, 22), 10.9),
        (date(2023, 10, 23), 10.9),
        (date(2023, 10, 24), 12.0),
        (date(2024, 10, 23), 12.6),
        (date(2026, 9, 30), 13.45),
    ],
)
def test_where_open_ended_rows_overlap_the_one_that_started_last_is_in_force(day: date, rate: float) -> None:
    assert value_on("rlw.uk", day).value == rate


def test_a_figure_that_was_not_found_is_none_and_must_be_asked_for() -> None:
    living_wage = value_on("rlw.uk", date(2026, 11, 1))
    assert living_wage.value is None
    assert living_wage.status == NOT_FOUND
    assert not living_wage.found
    with pytest.raises(LookupError, match="no public figure was found for the time from 1 October 2026; enter your"):
        _ = living_wage.number


def test_a_figure_stays_unknown_after_the_end_of_a_row_that_was_not_found() -> None:
    last_known = value_on("nilgosc.employer_rate", date(2023, 3, 31))
    assert last_known.number == 0.195
    for day in (date(2023, 4, 1), date(2026, 4, 1), date(2029, 4, 1)):
        assert not value_on("nilgosc.employer_rate", day).found


def test_a_number_is_a_float_and_words_or_tables_are_refused() -> None:
    allowance = value_on("nic.employment_allowance", date(2026, 5, 1))
    assert isinstance(allowance.number, float)
    for series_id in ("njc.scp_salary", "njc.award"):
        with pytest.raises(LookupError, match="the figure for the time from 1 April 2026 is not a single number"):
            _ = value_on(series_id, date(2026, 5, 1)).number


@EVERY_SERIES
def test_every_figure_has_a_source_or_is_stated_not_found(series_id: str) -> None:
    for value in series(series_id).values:
        if value.found:
            assert value.source
            assert value.status != NOT_FOUND
            assert value.confidence != "N"
        else:
            assert (value.status, value.confidence) == (NOT_FOUND, "N")


@EVERY_SERIES
def test_every_figure_speaks_the_files_vocabulary(series_id: str) -> None:
    for value in series(series_id).values:
        assert value.status in status_meanings()
        assert value.confidence in confidence_meanings()
        assert value.end is None or value.start <= value.end
        assert not value.held


@EVERY_SERIES
def test_every_series_is_in_order_and_without_gaps(series_id: str) -> None:
    found = series(series_id)
    assert found.label
    assert found.unit
    assert found.jurisdiction in {"UK", "NI", "GB", "GB (England)"}
    for earlier, later in zip(found.values, found.values[1:], strict=False):
        assert earlier.start <= later.start
        assert earlier.end is None or later.start <= earlier.end + timedelta(days=1)


def test_no_series_is_listed_twice() -> None:
    assert len(load_parameters()) == 64
    assert all(series_id == found.id for series_id, found in load_parameters().items())


def test_the_figures_carry_the_date_on_which_they_were_put_together() -> None:
    assert reference_data_date() == date(2026, 11, 22)
    assert load_file().meta["currency"] == "GBP"


@pytest.mark.parametrize("jurisdiction", ["ni", "gb"])
@pytest.mark.parametrize("year", range(2022, 2027))
def test_the_most_that_statutory_redundancy_pays_is_thirty_weeks(jurisdiction: str, year: int) -> None:
    day = date(year, 4, 30)
    cap = value_on(f"redundancy.week_pay_cap_{jurisdiction}", day).number
    assert value_on(f"redundancy.max_payment_{jurisdiction}", day).number == cap * 1.5 * 20


def test_the_weekly_threshold_makes_the_annual_one() -> None:
    assert value_on("nic.secondary_threshold_weekly", date(2024, 5, 1)).number * 52 == 9100
    assert value_on("nic.secondary_threshold_annual", date(2024, 5, 1)).number == 9100
    assert value_on("nic.secondary_threshold_annual", date(2026, 5, 1)).number / 12 == pytest.approx(417, abs=0.5)
    assert value_on("nic.secondary_threshold_monthly", date(2026, 5, 1)).number == 417
