"""Growth, the deflator and the discount rate."""

from datetime import date

import pytest

from funding_model.reference.economy import (
    GrowthKind,
    discount_rate,
    forecast_date,
    forecast_name,
    forecast_warning,
    growth,
    growth_series,
)
from funding_model.reference.parameters import load_parameters, value_on
from funding_model.units import GROWTH


def test_growth_that_may_be_entered_goes_beyond_all_that_was_published_and_short_of_half_a_per_cent_as_0_5() -> None:
    published = [
        float(figure.value) / 100
        for name, found in load_parameters().items()
        if found.unit == "per cent on previous year"
        for figure in found.values
        if isinstance(figure.value, int | float)
    ]
    assert len(published) > 50
    assert GROWTH.minimum is not None
    assert 2 * min(published) > GROWTH.minimum
    assert 2 * max(published) < GROWTH.maximum < 0.5


@pytest.mark.parametrize(
    ("kind", "year", "expected"),
    [
        ("cpi", 2026, 0.0201),
        ("cpi", 2022, 0.1004),
        ("pay", 2026, 0.0317),
        ("pay", 2030, 0.0244),
        ("gdp_deflator", 2027, 0.0194),
    ],
)
def test_growth_is_a_fraction_on_the_previous_financial_year(kind: GrowthKind, year: int, expected: float) -> None:
    found = growth(kind, year)
    assert found.value == expected
    assert not found.held
    assert (found.start, found.end) == (date(year, 4, 1), date(year + 1, 3, 31))


@pytest.mark.parametrize(("kind", "last"), [("cpi", 0.02), ("pay", 0.0244), ("gdp_deflator", 0.0202)])
def test_the_last_year_of_the_forecast_is_held_beyond_it(kind: GrowthKind, last: float) -> None:
    for year in (2031, 2040):
        assert growth(kind, year).value == last
        assert growth(kind, year).held


def test_growth_before_the_first_year_is_not_known() -> None:
    with pytest.raises(LookupError, match="nothing is known before 1 April 2019, and you asked for 1 April 2018"):
        growth("cpi", 2018)


@pytest.mark.parametrize(
    ("kind", "index", "slack"), [("cpi", "cpi_index", 1e-4), ("gdp_deflator", "gdp_deflator_index", 1e-4)]
)
def test_growth_is_that_of_the_published_index(kind: GrowthKind, index: str, slack: float) -> None:
    for year in range(2020, 2031):
        now = value_on(f"obr.march_2026.{index}.financial_year", date(year, 4, 1)).number
        before = value_on(f"obr.march_2026.{index}.financial_year", date(year - 1, 4, 1)).number
        assert growth(kind, year).number == pytest.approx(now / before - 1, abs=slack)


def test_pay_follows_average_weekly_earnings() -> None:
    assert growth_series("pay") == "obr.march_2026.average_weekly_earnings_growth.financial_year"


def test_the_forecast_names_itself_and_warns() -> None:
    assert forecast_name() == "Office for Budget Responsibility, Economic and fiscal outlook, March 2026"
    assert forecast_date() == "March 2026"
    observed = value_on("cpi.outturn_after_forecast", date(2026, 8, 15)).number
    assert "March 2026" in forecast_warning()
    assert f"{observed} per cent in the year to August 2026" in forecast_warning()


@pytest.mark.parametrize(
    ("year", "rate"), [(0, 0.035), (30, 0.035), (31, 0.03), (75, 0.03), (76, 0.025), (300, 0.015), (301, 0.01)]
)
def test_the_standard_discount_rate_declines_by_the_published_steps(year: int, rate: float) -> None:
    assert discount_rate(year).value == rate


def test_the_standard_rate_is_guidance_in_force() -> None:
    found = discount_rate(day=date(2026, 4, 1))
    assert found.number == 0.035
    assert found.status == "official guidance"


def test_the_recommended_rate_is_a_sensitivity_not_in_force() -> None:
    found = discount_rate(basis="recommended_2026")
    assert found.number == 0.03
    assert found.status == "announced"
    assert discount_rate(30, "recommended_2026").number == 0.03


def test_a_discount_rate_that_is_not_known_is_refused() -> None:
    with pytest.raises(LookupError, match="known for years 0 to 30 only, not 31"):
        discount_rate(31, "recommended_2026")
    with pytest.raises(LookupError, match="start at year 0; you asked for year -1"):
        discount_rate(-1)
    with pytest.raises(LookupError, match="nothing is known before 30 June 2026"):
        discount_rate(basis="recommended_2026", day=date(2026, 6, 29))
