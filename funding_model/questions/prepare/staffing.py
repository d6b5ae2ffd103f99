"""Posts as parts: one row for each owner, planned change of size and share of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats, Ints, months_first
from funding_model.costing.inputs import Parts
from funding_model.questions.prepare.dates import Dates, brought_forward, month_number
from funding_model.reference import DatedValue, financial_year_of, last_day_of_month
from funding_model.reference.parameters import value_on
from funding_model.reference.pay import NJC_SERIES, njc_points
from funding_model.scenario.assumptions import YearlyGrowth
from funding_model.scenario.costs import Post
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import VolumeChange
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Layer:
    """A part of a service's size with its first month and the month after its last."""

    size: float
    start: int
    end: int


def layers_of(changes: Sequence[VolumeChange], dates: Dates) -> list[Layer]:
    """Return a service's size as layers: a rise adds a layer, a fall ends the newest ones first."""
    standing = [Layer(1.0, 0, dates.months)]
    ended: list[Layer] = []
    level = 1.0
    for change in changes:
        month = max(dates.index_of(change.start, 0), 0)
        if change.volume > level:
            standing.append(Layer(change.volume - level, month, dates.months))
        fall = level - change.volume
        while fall > 1e-12 and standing:  # noqa: PLR2004 - rounding of sizes
            top = standing.pop()
            gone = min(top.size, fall)
            if top.size > gone:
                standing.append(Layer(top.size - gone, top.start, top.end))
            ended.append(Layer(gone, top.start, month))
            fall -= gone
        level = change.volume
    found = [layer for layer in standing + ended if layer.end > layer.start and layer.start < dates.months]
    return sorted(found, key=lambda layer: (layer.start, layer.end, layer.size))


def volume_by_month(changes: Sequence[VolumeChange], dates: Dates) -> Floats:
    """Return a service's size in each month, in times what was entered."""
    volume = np.ones(dates.months)
    for change in changes:
        volume[max(dates.index_of(change.start, 0), 0) :] = change.volume
    return volume


@cache
def _spine(day: date) -> tuple[DatedValue, dict[int, float]]:
    """Return the pay spine in force on a day: full-time salary by point."""
    return value_on(NJC_SERIES, day), {point: float(salary) for point, salary in njc_points(day).items()}


def full_time_salaries(post: Post, dates: Dates, pay: YearlyGrowth, years: int) -> list[float]:
    """Return the full-time salary after the steps taken in each year, in prices of the first year.

    Raises:
        LookupError: The pay point is not on the spine, or the spine of that year is not known.
    """
    steps = [min(year, post.steps_left) for year in range(years)]
    if post.salary is not None:
        factor = 1.0
        if post.prices_of is not None:
            number = month_number(post.prices_of)
            priced_in = financial_year_of(last_day_of_month(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1))
            factor = brought_forward(pay, "pay", priced_in, dates.first_year)
        return [(post.salary + post.increment * step) * factor for step in steps]
    found, spine = _spine(dates.day(0))
    point = int(post.pay_point or 0)
    if point not in spine:
        raise LookupError(
            f"there is no pay point {point} in {dates.label(0)}; the points go from {min(spine)} to {max(spine)}"
        )
    factor = 1.0
    if found.held and found.end is not None:
        factor = brought_forward(pay, "pay", financial_year_of(found.end), dates.first_year)
    highest = max(spine)
    return [spine[min(point + step, highest)] * factor for step in steps]


@dataclass(frozen=True)
class Staffed:
    """A post and the share of its time on each owner of one kind."""

    post: Post
    shares: dict[int, float]


WHOLE_SIZE: Final[tuple[VolumeChange, ...]] = ()
"""The planned changes of what stays as large as it was entered, as support pools do."""


def staffed_posts(scenario: Scenario) -> tuple[list[Staffed], list[Staffed]]:
    """Return every post with its share of time on services, and with that on support pools."""
    services, pools = scenario.services, scenario.organisation.pools
    service_shares: list[Staffed] = []
    pool_shares: list[Staffed] = []
    service_number = {service.name: number for number, service in enumerate(services)}
    pool_number = {pool.name: number for number, pool in enumerate(pools)}
    homes = [(service.name, service.posts) for service in services] + [(pool.name, pool.posts) for pool in pools]
    for home, posts in homes:
        for post in posts:
            shares = post.time or {home: 1.0}
            for numbers, target in ((service_number, service_shares), (pool_number, pool_shares)):
                own = {numbers[name]: share for name, share in shares.items() if name in numbers}
                if own:
                    target.append(Staffed(post, own))
    return service_shares, pool_shares


@dataclass(frozen=True)
class PartEntry:
    """One part of a post: its place in the list of posts, its owner, months, share of time and size."""

    place: int
    owner: int
    start: int
    end: int
    share: float
    size: float
    heads: float


def part_entries(
    staffed: Sequence[Staffed], layers: Sequence[Sequence[Layer]], dates: Dates
) -> tuple[list[PartEntry], dict[tuple[int, int, int], int]]:
    """Return the parts of posts in the order of the core's arrays, and the layer of each owner, start and end."""
    owners = len(layers)
    entries = []
    layer_of: dict[tuple[int, int, int], int] = {}
    count = [0] * owners
    for place, item in enumerate(staffed):
        post = item.post
        first, last = dates.index_of(post.start, 0), dates.index_of(post.end, dates.months - 1) + 1
        for owner, share in item.shares.items():
            for layer in layers[owner]:
                start, end = max(first, layer.start), min(last, layer.end, dates.months)
                start = max(start, 0)
                if end <= start or share <= 0:
                    continue
                key = (owner, start, end)
                if key not in layer_of:
                    layer_of[key] = count[owner]
                    count[owner] += 1
                entries.append(PartEntry(place, *key, share, layer.size, post.headcount * layer.size * share))
    entries.sort(key=lambda each: (layer_of[each.owner, each.start, each.end] * owners + each.owner, each.place))
    return entries, layer_of


def prepare_parts(
    staffed: Sequence[Staffed],
    layers: Sequence[Sequence[Layer]],
    dates: Dates,
    pay: YearlyGrowth,
    years: int,
) -> Parts:
    """Return the parts of posts of one kind of owner.

    Args:
        staffed: Each post with the share of its time on each owner of this kind.
        layers: The size of each owner; a shared post follows the size of each owner that it serves.
        dates: The scenario's calendar.
        pay: Growth of pay, for salaries in older prices.
        years: Number of financial years.
    """
    owners = len(layers)
    entries, layer_of = part_entries(staffed, layers, dates)
    depth = 1 + max(layer_of.values(), default=0)
    start_grid = np.full((depth, owners), dates.months, np.int64)
    active = np.zeros((depth, owners, dates.months))
    for (owner, start, end), layer_number in layer_of.items():
        start_grid[layer_number, owner] = start
        active[layer_number, owner, start:end] = 1.0
    posts = [staffed[each.place].post for each in entries]
    row = np.array([layer_of[each.owner, each.start, each.end] * owners + each.owner for each in entries], np.int64)
    heads = np.array([each.heads for each in entries], float)
    fte = np.array([post.fte for post in posts], float)

    def grid(values: Floats) -> Floats:
        table = np.zeros(depth * owners)
        np.add.at(table, row, values)
        return table.reshape(depth, owners)

    senior = np.array([post.senior for post in posts], bool)
    delivery = np.array([post.delivery_share for post in posts], float)
    cohorts = [
        (number, cohort.heads / sum(c.heads for c in post.heads), cohort.years_of_service, cohort.age)
        for number, post in enumerate(posts)
        for cohort in post.heads
    ]
    salaries = {id(item.post): full_time_salaries(item.post, dates, pay, years) for item in staffed}
    return Parts(
        owner=np.array([each.owner for each in entries], np.int64),
        post=np.array([each.place for each in entries], np.int64),
        like=_first_alike(posts, salaries),
        row=row,
        heads=heads,
        fte=fte,
        salary=np.array([salaries[id(post)] for post in posts], float).reshape(len(posts), years),
        pension_rate=np.array([post.pension_rate for post in posts], float),
        qualifying=np.array([post.pension_base == "qualifying_earnings" for post in posts], bool),
        extra_rate=np.array([post.deficit_rate + post.other_on_cost_rate for post in posts], float),
        absence_rate=np.array([post.absence_cover_rate for post in posts], float),
        eligible=np.array([post.eligible for post in posts], bool),
        senior=senior,
        contractual_notice=np.array([post.contractual_notice_weeks for post in posts], float),
        redundancy_multiple=np.array([post.redundancy.multiple for post in posts], float),
        redundancy_capped=np.array([post.redundancy.capped for post in posts], bool),
        redundancy_minimum=np.array([post.redundancy.minimum_years for post in posts], np.int64),
        hire_age=np.array([_mean_age(post) for post in posts], np.int64),
        cohort_part=np.array([number for number, *_ in cohorts], np.int64),
        cohort_share=np.array([share for _, share, *_ in cohorts], float),
        cohort_years=np.array([years_of_service for *_, years_of_service, _ in cohorts], np.int64),
        cohort_age=np.array([age for *_, age in cohorts], np.int64),
        start=start_grid,
        active=months_first(active),
        present_at_start=start_grid == 0,
        row_heads=grid(heads),
        row_senior_heads=grid(heads * senior),
        row_fte=grid(heads * fte),
        row_delivery_fte=grid(heads * fte * delivery),
    )


def _first_alike(posts: Sequence[Post], salaries: dict[int, list[float]]) -> Ints:
    """Return for each part the first one whose heads cost the same."""
    first: dict[tuple[object, ...], int] = {}
    found = []
    for number, post in enumerate(posts):
        on_costs = (post.pension_rate, post.pension_base, post.deficit_rate, post.other_on_cost_rate)
        found.append(first.setdefault((tuple(salaries[id(post)]), post.fte, *on_costs), number))
    return np.array(found, np.int64)


def _mean_age(post: Post) -> int:
    """Return the mean age of the cohorts entered, rounded half up; -1 when none are."""
    heads = sum(cohort.heads for cohort in post.heads)
    if not heads:
        return -1
    return int(sum(cohort.heads * cohort.age for cohort in post.heads) / heads + 0.5)
