"""Asked: a change of need in mid-contract as it was put, and what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from funding_model import units
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.prepare.dates import Dates
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.fields import YEAR_MONTH_PATTERN
from funding_model.scenario.plain import shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service


@dataclass(frozen=True)
class AddedPosts:
    """More heads of a post that a service has."""

    post: str
    heads: float


@dataclass(frozen=True)
class Change:
    """A change of need or cost from a chosen month on.

    Attributes:
        start: First month of the change, such as ``2027-10``.
        end: Its last month; None when it lasts.
        service: The service that it concerns; None for every service, shared out in proportion to referrals and posts.
        referrals: More people referred a month.
        cohort: People referred at once, in the first month.
        cost_shock: By what share the costs that are not pay rise: 0.1 is 10 per cent.
        category: The category whose costs rise; None for all of them.
        posts: Posts added.
    """

    start: str
    end: str | None = None
    service: str | None = None
    referrals: float = 0.0
    cohort: float = 0.0
    cost_shock: float = 0.0
    category: str | None = None
    posts: tuple[AddedPosts, ...] = ()

    @property
    def needs(self) -> bool:
        """Whether more people are referred."""
        return bool(self.referrals or self.cohort)


def check(change: Change, scenario: Scenario) -> None:
    """Refuse a change that cannot be applied.

    Raises:
        ProblemsError: It cannot be; every problem is named.
    """
    problems = list(_problems(change, scenario))
    if problems:
        raise ProblemsError(problems)


def concerned(change: Change, scenario: Scenario) -> list[int]:
    """Return the services that a change concerns, by number."""
    return [number for number, service in enumerate(scenario.services) if change.service in (None, service.name)]


def window(change: Change, dates: Dates) -> tuple[int, int]:
    """Return the first month of a change and the month after its last one, within the horizon."""
    first = max(dates.index_of(change.start, 0), 0)
    return first, min(dates.index_of(change.end, dates.months - 1) + 1, dates.months)


def _problems(change: Change, scenario: Scenario) -> Iterator[Problem]:
    dates = Dates.of(scenario)
    yield from _months(change, dates)
    names = [service.name for service in scenario.services]
    if change.service is not None and change.service not in names:
        message = f"no service of this scenario is called {shown(change.service)}{nearest(change.service, names)}"
        yield Problem("service", message, f"Choose from {quoted_names(names)}.")
        return
    for where, value, unit in (
        ("referrals", change.referrals, units.PEOPLE_A_MONTH),
        ("cohort", change.cohort, units.PEOPLE),
        ("cost shock", change.cost_shock, units.RATE),
    ):
        if not (math.isfinite(value) and 0 <= value <= unit.maximum):
            message = f"must be between 0 and {unit.maximum:,.15g} ({unit.name}); you asked for {value:,.15g}."
            yield Problem(where, message, unit.remedy)
    services = [scenario.services[number] for number in concerned(change, scenario)]
    if change.needs and not any(service.people for service in services):
        message = "the people supported are not entered, so nobody more can be referred."
        yield Problem(change.service or "services", message, "Enter the service's people first.")
    yield from _costs(change, scenario, services)
    for added in change.posts:
        yield from _posts(added, services)
    if not (change.needs or change.cost_shock or change.posts):
        yield Problem("change", "nothing changes.", "Give more referrals, a cohort, a cost shock or posts.")


def _months(change: Change, dates: Dates) -> Iterator[Problem]:
    last = dates.months - 1
    sound = True
    for where, month in (("from", change.start), ("until", change.end)):
        if month is None:
            continue
        if not re.fullmatch(YEAR_MONTH_PATTERN, month):
            yield Problem(where, f"{shown(month)} is no month.", 'Write October 2027 as "2027-10".')
            sound = False
        elif not 0 <= dates.index_of(month, 0) <= last:
            message = f"{month} is outside the scenario, which goes from {dates.label(0)} to {dates.label(last)}."
            yield Problem(where, message, "Choose a month within it.")
            sound = False
    if sound and change.end is not None and change.end < change.start:
        yield Problem("until", "is before the change begins.", "Swap the two months.")


def _costs(change: Change, scenario: Scenario, services: list[Service]) -> Iterator[Problem]:
    lines = [line for service in services for line in service.lines]
    if change.service is None:
        lines += [line for pool in scenario.organisation.pools for line in pool.lines]
    categories = list(dict.fromkeys(line.category for line in lines if line.kind != "exit"))
    if change.category is not None and not change.cost_shock:
        yield Problem("category", "has no effect without a cost shock.", "Say by how much its costs rise.")
    elif change.cost_shock and not categories:
        yield Problem("cost shock", "there is no cost but pay that could rise.", "Leave it out.")
    elif change.category is not None and change.category not in categories:
        message = f"there is no cost of the category {shown(change.category)}{nearest(change.category, categories)}"
        yield Problem("category", message, f"Categories: {quoted_names(categories)}.")


def _posts(added: AddedPosts, services: list[Service]) -> Iterator[Problem]:
    names = list(dict.fromkeys(post.name for service in services for post in service.posts))
    if added.post not in names:
        message = f"no post is called {shown(added.post)}{nearest(added.post, names)}"
        yield Problem("post", message, f"Posts: {quoted_names(names)}." if names else "Enter posts first.")
    if not (math.isfinite(added.heads) and 0 < added.heads <= units.HEADS.maximum):
        message = f"must be above 0 and at most {units.HEADS.maximum:,.0f} people; you asked for {added.heads:,.15g}."
        yield Problem("post", message, "Say how many, as in Support worker=1.")
