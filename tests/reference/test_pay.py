"""Pay scales and the limits that rest on pay."""

from datetime import date

import pytest

from funding_model.reference.parameters import monthly_values
from funding_model.reference.pay import (
    NJC_SERIES,
    Jurisdiction,
    njc_hourly,
    njc_points,
    njc_salary,
    redundancy_week_pay_cap,
    week_pay_cap_series,
)


@pytest.mark.parametrize(
    ("jurisdiction", "day", "cap"),
    [
        ("NI", date(2026, 4, 5), 749),
        ("NI", date(2026, 4, 6), 783),
        ("GB", date(2026, 4, 5), 719),
        ("GB", date(2026, 4, 6), 751),
    ],
)
def test_the_weeks_pay_limit_depends_on_place_and_day(jurisdiction: Jurisdiction, day: date, cap: int) -> None:
    found = redundancy_week_pay_cap(jurisdiction, day)
    assert found.number == cap
    assert not found.held


def test_the_weeks_pay_limit_is_held_after_the_last_known_year() -> None:
    found = redundancy_week_pay_cap("NI", date(2027, 4, 6))
    assert (found.number, found.held) == (783, True)


def test_the_weeks_pay_limit_can_be_read_by_month() -> None:
    caps = monthly_values(week_pay_cap_series("NI"), date(2026, 3, 1), 2)
    assert [cap.number for cap in caps] == [749, 783]


def test_the_spine_changes_on_the_first_of_april() -> None:
    assert njc_salary(20, date(2026, 3, 31)) == 32597
    assert njc_salary(20, date(2026, 4, 1)) == 33673


def test_points_were_deleted_from_the_bottom_of_the_spine() -> None:
    assert sorted(njc_points(date(2025, 4, 1))) == list(range(2, 44))
    assert sorted(njc_points(date(2026, 4, 1))) == list(range(3, 44))


def test_a_point_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(LookupError) as error:
        njc_salary(2, date(2026, 4, 1))
    assert str(error.value) == ("NJC spinal column point 2 does not exist on 1 April 2026; the points are 3 to 43")
    with pytest.raises(LookupError, match="point 44 does not exist on 1 April 2025; the points are 2 to 43"):
        njc_hourly(44, date(2025, 4, 1))


def test_there_is_no_spine_before_the_first_one_known() -> None:
    with pytest.raises(LookupError, match="nothing is known before 1 April 2022"):
        njc_points(date(2022, 3, 31))


def test_the_hourly_rate_is_the_salary_by_weeks_and_hours() -> None:
    assert njc_hourly(20, date(2026, 4, 1)) == pytest.approx(33_673 / 52.143 / 37, rel=1e-12)


def test_the_spine_is_held_after_the_last_award_known() -> None:
    held = monthly_values(NJC_SERIES, date(2027, 3, 1), 2)
    assert [month.held for month in held] == [False, True]
    assert njc_points(date(2030, 4, 1)) == njc_points(date(2027, 3, 31))


def test_pay_goes_up_with_every_point() -> None:
    for year in range(2022, 2027):
        points = njc_points(date(year, 4, 1))
        salaries = [points[point] for point in sorted(points)]
        assert salaries == sorted(set(salaries))


def test_the_spines_follow_from_the_awards_as_published() -> None:
    spines = {year: njc_points(date(year, 4, 1)) for year in range(2022, 2027)}
    for point in range(3, 44):
        assert spines[2023][point] == spines[2022][point] + 1925
        assert spines[2024][point] == spines[2023][point] + 1290
        assert spines[2025][point] == pytest.approx(spines[2024][point] * 1.032, abs=0.5001)
        assert spines[2026][point] == pytest.approx(spines[2025][point] * 1.033, abs=0.5001)
