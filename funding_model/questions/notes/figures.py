"""Warnings about figures: pay below the legal floor, public figures held or announced, forecasts, examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import BaseModel

from funding_model.questions.compare import Comparison
from funding_model.questions.notes.note import ORGANISATION, Note, hourly, listed
from funding_model.questions.prepare.dates import YEARLY_FIGURES
from funding_model.questions.prepare.staffing import full_time_salaries
from funding_model.reference.dates import financial_year_label
from funding_model.reference.defaults import assumption_defaults
from funding_model.reference.economy import (
    GrowthKind,
    forecast_date,
    forecast_name,
    forecast_warning,
    growth,
)
from funding_model.reference.parameters import DatedValue, series, value_on
from funding_model.reference.pay import NJC_SERIES, week_pay_cap_series
from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.organisation import Pool
from funding_model.scenario.services import Service
from funding_model.units import AGE, PAY_WEEKS_A_YEAR

PUBLIC_FIGURES = "public figures"
LIVING_WAGE = "nlw.rate"
JURISDICTIONS = {"NI": "Northern Ireland", "GB": "Great Britain"}
STATUSES = {
    "yours": "your own",
    "published": "published",
    "default": "defaults",
    "example": "examples",
    "no evidence": "without evidence",
}


def homes_of(comparison: Comparison) -> tuple[Service | Pool, ...]:
    """Return what posts and lines stand in: services, then support pools."""
    return (*comparison.scenario.services, *comparison.scenario.organisation.pools)


def posts_by_home(comparison: Comparison) -> list[tuple[str, Post]]:
    """Return every post with the service or pool that it stands in."""
    return [(home.name, post) for home in homes_of(comparison) for post in home.posts]


def outside_the_horizon(comparison: Comparison) -> Iterator[Note]:
    """Yield the posts and running lines whose months lie wholly before or after those of the scenario."""
    dates = comparison.prepared.dates
    for home in homes_of(comparison):
        entries: list[Post | Line] = [
            *home.posts,
            *(line for line in home.lines if line.kind == "running" and line.per != "once"),
        ]
        never = [
            each.name
            for each in entries
            if dates.index_of(each.end, 0) < 0 or dates.index_of(each.start, 0) >= dates.months
        ]
        if never:
            yield Note(
                home.name,
                f"Nothing is counted of {listed(never)}, whose months are all before {dates.label(0)} or after "
                f"{dates.label(dates.months - 1)}. Check the first and the last month.",
            )


def service_beyond_age(comparison: Comparison) -> Iterator[Note]:
    """Yield the posts with people who would have begun to work here before anyone may."""
    for home, post in posts_by_home(comparison):
        early = [each for each in post.heads if each.age - each.years_of_service < (AGE.minimum or 0)]
        if early:
            people = listed(f"{each.years_of_service} years of service at the age of {each.age}" for each in early)
            yield Note(f"{home}, {post.name}", f"Check {people}: redundancy pay counts these years.")


def low_pay(comparison: Comparison) -> Iterator[Note]:
    """Yield the posts whose hourly pay is below the National Living Wage in some month in which they are there."""
    dates, assumptions = comparison.prepared.dates, comparison.scenario.assumptions
    labels, year_of_month = dates.year_labels(), comparison.prepared.inputs.calendar.year_of_month
    floors = [_figure(LIVING_WAGE, comparison, month) for month in range(dates.months)]
    paid_hours = PAY_WEEKS_A_YEAR * comparison.scenario.organisation.full_time_hours_a_week
    index = comparison.evaluation.planned.outlook.pay_index[0]
    for home, post in posts_by_home(comparison):
        rates = np.array(full_time_salaries(post, dates, assumptions.pay_award, len(labels))) * index / paid_hours
        first, last = max(dates.index_of(post.start, 0), 0), dates.index_of(post.end, dates.months - 1)
        short: dict[str, str] = {}
        for month in range(first, min(last + 1, dates.months)):
            floor, year = floors[month], int(year_of_month[month])
            if floor is not None and floor.found and rates[year] < floor.number:
                forecast = ", a forecast" if floor.held or "forecast" in floor.status else ""
                compared = (
                    f"{hourly(rates[year])} an hour in {labels[year]} (at least {hourly(floor.number)}{forecast})"
                )
                short.setdefault(labels[year], compared)
        if short:
            yield Note(
                f"{home}, {post.name}",
                f"Pay is below the National Living Wage: {listed(short.values())}. Enter the pay that is due by law.",
            )


def _figure(name: str, comparison: Comparison, month: int) -> DatedValue | None:
    try:
        return value_on(name, comparison.prepared.dates.day(month))
    except LookupError:
        return None


def held_figures(comparison: Comparison) -> Iterator[Note]:
    """Yield the public figures and forecasts that are held beyond the last known one."""
    dates = comparison.prepared.dates
    held: dict[str, list[str]] = {}
    for name in _figures_used(comparison):
        for month in range(dates.months):
            found = _figure(name, comparison, month)
            if found is not None and found.held:
                held.setdefault(dates.label(month), []).append(series(name).label.partition(" (")[0])
                break
    if held:
        since = "; ".join(f"from {month}, {listed(dict.fromkeys(labels))}" for month, labels in held.items())
        yield Note(
            PUBLIC_FIGURES, f"Nothing later is known of these figures, so the last known ones are held: {since}."
        )
    forecasts: dict[str, list[str]] = {}
    for kind, path, words in _paths(comparison):
        year = next((year for year in _forecast_years(comparison, path) if growth(kind, year).held), None)
        if year is not None:
            forecasts.setdefault(financial_year_label(year), []).append(words)
    if forecasts:
        since = "; ".join(f"from {year}, {listed(words)}" for year, words in forecasts.items())
        yield Note(PUBLIC_FIGURES, f"The forecast goes no further, so its last year's growth is held: {since}.")


def _figures_used(comparison: Comparison) -> Iterator[str]:
    """Yield the series that some entry of the scenario reads."""
    organisation = comparison.scenario.organisation
    posts = [post for _, post in posts_by_home(comparison)]
    used = {
        "nic": bool(posts),
        "pension": any(post.pension_base == "qualifying_earnings" for post in posts),
        "levy": bool(comparison.evaluation.planned.full.support.levy.any()),
        "employment": organisation.employment_allowance_claimed,
    }
    yield from (name for figure, name in YEARLY_FIGURES.items() if used[figure.partition("_")[0]])
    if any(post.heads for post in posts):
        yield week_pay_cap_series(organisation.jurisdiction)
    if posts:
        yield LIVING_WAGE


def _paths(comparison: Comparison) -> tuple[tuple[GrowthKind, YearlyGrowth, str], ...]:
    assumptions = comparison.scenario.assumptions
    return (
        ("pay", assumptions.pay_award, "pay"),
        ("cpi", assumptions.cpi, "consumer prices"),
        ("gdp_deflator", assumptions.gdp_deflator, "the GDP deflator"),
    )


def _forecast_years(comparison: Comparison, path: YearlyGrowth) -> list[int]:
    """Return the financial years after the first in which a path follows the forecast."""
    dates = comparison.prepared.dates
    if path.every_year is not None:
        return []
    years = range(dates.first_year + 1, dates.first_year + len(dates.year_labels()))
    return [year for year in years if financial_year_label(year) not in path.by_year]


def announced_pay_points(comparison: Comparison) -> Iterator[Note]:
    """Yield a note when posts stand on a pay spine that is not agreed."""
    names = dict.fromkeys(post.name for _, post in posts_by_home(comparison) if post.pay_point is not None)
    spine = _figure(NJC_SERIES, comparison, 0)
    if not names or spine is None:
        return
    if spine.held:
        year = series(NJC_SERIES).values[-1].start.year
        yield Note(
            PUBLIC_FIGURES,
            f"No NJC pay spine is known for {comparison.prepared.dates.label(0)}: that of {financial_year_label(year)} "
            f"is moved on by the pay award for {listed(names)}.",
        )
    if spine.status == "announced":
        yield Note(
            PUBLIC_FIGURES,
            f"The NJC pay spine of {financial_year_label(spine.start.year)} is announced and not agreed; these posts "
            f"stand on it: {listed(names)}.",
        )


def forecast(comparison: Comparison) -> Iterator[Note]:
    """Yield the forecast's date and what it has missed, when growth follows it."""
    following = [words for _, path, words in _paths(comparison) if _forecast_years(comparison, path)]
    if following:
        text = f"The forecast is that of {forecast_date()} ({forecast_name()}) for {listed(following)}."
        yield Note(PUBLIC_FIGURES, f"{text} {forecast_warning()}")


def jurisdiction(comparison: Comparison) -> Iterator[Note]:
    """Yield whose redundancy law applies, with the limit on a week's pay at the start."""
    where = comparison.scenario.organisation.jurisdiction
    if not any(post.heads for _, post in posts_by_home(comparison)):
        return
    cap = _figure(week_pay_cap_series(where), comparison, 0)
    limit = f", whose limit on a week's pay starts at £{cap.number:,.0f}" if cap is not None and cap.found else ""
    yield Note(ORGANISATION, f"Redundancy pay follows the law of {JURISDICTIONS[where]}{limit}.")


def where_entries_come_from(comparison: Comparison) -> Iterator[Note]:
    """Yield how many entries are examples, defaults, published or the reader's own."""
    counts = Counter(_statuses(comparison.scenario))
    if not counts:
        return
    parts = listed(f"{counts[status]} {words}" for status, words in STATUSES.items() if counts[status])
    replace = " Replace the examples before you rely on the results." if counts["example"] else ""
    left = _left_at_their_default(comparison)
    beside = f" A further {left} assumptions are not entered and take their default." if left else ""
    yield Note("entries", f"Of {counts.total()} entries, this many are: {parts}.{beside}{replace}")


def _left_at_their_default(comparison: Comparison) -> int:
    """Return how many of the organisation's assumptions are blank where there is a default to take."""
    assumptions = comparison.scenario.assumptions
    return sum(
        default.value is not None and getattr(assumptions, name) is None
        for name, default in assumption_defaults().items()
        if name in type(assumptions).model_fields
    )


def _statuses(value: Any) -> Iterator[str]:  # noqa: ANN401 - a field of any kind
    if isinstance(value, BaseModel):
        blank = isinstance(value, Assumption) and value.value is None
        status = getattr(value, "status", None)
        if status is not None and not blank:
            yield status
        for name in type(value).model_fields:
            yield from _statuses(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _statuses(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _statuses(item)
