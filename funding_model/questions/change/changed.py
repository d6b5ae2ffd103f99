"""Changed: the scenario with more posts and dearer costs from a month on, and more people referred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from funding_model.costing.arrays import Floats, months_first
from funding_model.costing.inputs import People
from funding_model.questions.change.asked import AddedPosts, Change, concerned, window
from funding_model.questions.compare import Comparison
from funding_model.questions.prepare import Prepared
from funding_model.questions.prepare.dates import Dates
from funding_model.questions.prepare.staffing import volume_by_month
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service

ADDED = " (added)"
LONGEST_NAME = 120


def month_of(dates: Dates, month: int) -> str:
    """Return a month of the scenario as it is entered."""
    return f"{dates.day(month):%Y-%m}"


def with_posts(scenario: Scenario, change: Change) -> Scenario:
    """Return the scenario with the posts of a change, shared out over services in proportion to those they have."""
    chosen = concerned(change, scenario)
    shares = []
    for added in change.posts:
        holders = {number: _heads(scenario.services[number], added.post) for number in chosen}
        whole = sum(holders.values())
        shares += [
            (number, AddedPosts(added.post, added.heads * heads / whole)) for number, heads in holders.items() if heads
        ]
    return with_heads(scenario, shares, window(change, Dates.of(scenario)))


def with_heads(scenario: Scenario, shares: Sequence[tuple[int, AddedPosts]], months: tuple[int, int]) -> Scenario:
    """Return the scenario with more heads in posts of its services.

    Args:
        scenario: What was entered.
        shares: Services by number, each with a post that it has and how many heads are added to it.
        months: First month, and the month after the last one.
    """
    if not shares:
        return scenario
    services = list(scenario.services)
    for number, added in shares:
        services[number] = _staffed(services[number], added, months, Dates.of(scenario))
    return Scenario.model_validate(scenario.model_dump() | {"services": [each.model_dump() for each in services]})


def _heads(service: Service, name: str) -> float:
    return sum(post.headcount for post in service.posts if post.name == name)


def _staffed(service: Service, added: AddedPosts, months: tuple[int, int], dates: Dates) -> Service:
    """Return a service with more heads of a post; its size in the first of the months is allowed for."""
    first, end = months
    pattern = next(post for post in service.posts if post.name == added.post)
    size = float(volume_by_month(service.planned_changes, dates)[first]) or 1.0
    fields: dict[str, Any] = {
        "name": f"{pattern.name[: LONGEST_NAME - len(ADDED)]}{ADDED}",
        "headcount": added.heads / size,
        "start": month_of(dates, first),
        "end": None if end == dates.months else month_of(dates, end - 1),
        "heads": (),
    }
    return service.model_copy(update={"posts": (*service.posts, Post.model_validate(pattern.model_dump() | fields))})


def with_dearer_lines(scenario: Scenario, change: Change) -> Scenario:
    """Return the scenario with its costs other than pay dearer while the change lasts; support pools' as well.

    Where one service is named only its own costs rise. Exit costs stay as they are.
    """
    if not change.cost_shock:
        return scenario
    dates = Dates.of(scenario)
    chosen = concerned(change, scenario)
    data = scenario.model_dump()
    for number in chosen:
        data["services"][number]["lines"] = _dearer(scenario.services[number].lines, change, dates)
    if change.service is None:
        for number, pool in enumerate(scenario.organisation.pools):
            data["organisation"]["pools"][number]["lines"] = _dearer(pool.lines, change, dates)
    return Scenario.model_validate(data)


def _dearer(lines: Sequence[Line], change: Change, dates: Dates) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in lines:
        if line.kind == "exit" or change.category not in (None, line.category):
            found.append(line.model_dump())
        else:
            found += _pieces(line, change, dates)
    return found


def _pieces(line: Line, change: Change, dates: Dates) -> Iterator[dict[str, Any]]:
    """Yield a line cut where the change begins and ends, dearer between."""
    first, end = window(change, dates)
    starts = dates.index_of(line.start, 0)
    ends = starts + 1 if line.per == "once" else dates.index_of(line.end, dates.months - 1) + 1
    dearer = {"amount": line.amount * (1 + change.cost_shock)}
    if line.per == "once":
        yield line.model_dump() | (dearer if first <= starts < end else {})
        return
    if starts < first:
        yield line.model_dump() | {"end": month_of(dates, min(ends, first) - 1)}
    if max(starts, first) < min(ends, end):
        limits = {"start": month_of(dates, max(starts, first)), "end": month_of(dates, min(ends, end) - 1)}
        yield line.model_dump() | limits | dearer
    if ends > end and max(starts, end) < dates.months:
        yield line.model_dump() | {"start": month_of(dates, max(starts, end))}


def more_referrals(change: Change, prepared: Prepared) -> Floats:
    """Return the people referred in addition: axes (1, service, month).

    Over several services they are shared out in proportion to the people referred to each in the first month of the
    change, or evenly where nobody is.
    """
    people, dates = prepared.inputs.people, prepared.dates
    first, end = window(change, dates)
    chosen = np.zeros(len(people.counted))
    chosen[concerned(change, prepared.scenario)] = 1.0
    chosen *= people.counted
    weight = chosen * people.referrals[0, :, first]
    weight = weight if weight.sum() else chosen
    more = np.zeros((1, len(chosen), dates.months))
    if not weight.sum():
        return months_first(more)
    share = weight / weight.sum()
    more[0, :, first:end] += change.referrals * share[:, None]
    more[0, :, first] += change.cohort * share
    return months_first(more)


def refer(prepared: Prepared, more: Floats) -> Prepared:
    """Return a prepared scenario with more people referred."""
    if not more.any():
        return prepared
    people = prepared.inputs.people
    return _with_people(prepared, replace(people, referrals=months_first(people.referrals + more)))


def same_start(prepared: Prepared, before: Comparison) -> Prepared:
    """Return a prepared scenario with the people in support at the start whom it had before the change.

    A blank opening caseload is as many as the posts can carry, and would otherwise grow with posts added at the start.
    """
    opening = before.evaluation.delivery.flow.opening[:1, :, 0]
    entered = np.ones(opening.shape, bool)
    return _with_people(prepared, replace(prepared.inputs.people, opening_caseload=opening, opening_entered=entered))


def _with_people(prepared: Prepared, people: People) -> Prepared:
    return replace(prepared, inputs=replace(prepared.inputs, people=people))
