"""Prepare: from an entered scenario to the arrays that the core takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from funding_model.costing.contract import Terms
from funding_model.costing.direct import spread_lines
from funding_model.costing.inputs import Inputs, slice_cases
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.prepare.behaviour import (
    one_value,
    prepare_behaviour,
    prepare_effort,
    prepare_funds,
    prepare_people,
)
from funding_model.questions.prepare.contracts import (
    CarriedOn,
    Grid,
    contract_grid,
    excluded_categories,
    prepare_terms,
)
from funding_model.questions.prepare.costs import (
    OWN_RATES_FROM,
    own_rates,
    prepare_lines,
    prepare_other,
    prepare_overheads,
)
from funding_model.questions.prepare.dates import (
    Dates,
    first_costed_month,
    prepare_calendar,
    prepare_economy,
    prepare_statutory,
)
from funding_model.questions.prepare.drawn_terms import draw_terms
from funding_model.questions.prepare.draws import NOT_DRAWN, Draws
from funding_model.questions.prepare.staffing import (
    WHOLE_SIZE,
    Staffed,
    full_time_salaries,
    layers_of,
    prepare_parts,
    staffed_posts,
    volume_by_month,
)
from funding_model.scenario.costs import Post
from funding_model.scenario.scenario import Scenario


@dataclass(frozen=True)
class Prepared:
    """A scenario as arrays, with its calendar in words."""

    scenario: Scenario
    dates: Dates
    inputs: Inputs
    contracts: Grid
    service_posts: tuple[Staffed, ...]
    """The posts with time on a service, numbered as the parts of the services' posts number them."""
    support_posts: tuple[Staffed, ...]
    """The posts with time on a support pool, likewise."""
    draws: Draws
    """Values that stand in for the central ones of some assumptions."""

    def terms(self, names: Sequence[str], carried_on: CarriedOn | None = None) -> Terms:
        """Return the named contracts as terms, one case each, with their central values."""
        return prepare_terms(self.scenario, self.contracts, names, self.dates, self.inputs.calendar, carried_on)

    def terms_of_each(self, names: Sequence[str]) -> list[Terms]:
        """Return the terms of each named contract, of one case or of as many as are drawn, for a batch."""
        together = self.terms(names)
        each = [slice_cases(together, number, number + 1) for number in range(len(names))]
        return [
            draw_terms(terms, self.scenario, name, self.contracts[name], self.draws)
            for terms, name in zip(each, names, strict=True)
        ]


def prepare(scenario: Scenario, grid: Grid | None = None, draws: Draws = NOT_DRAWN) -> Prepared:
    """Return the arrays of a scenario.

    Args:
        scenario: What was entered.
        grid: Contracts as they stand for every service, in place of the scenario's own.
        draws: Values of each case that stand in for the central ones of some assumptions.

    Raises:
        ProblemsError: Something that was entered cannot be costed; every such thing is named.
    """
    dates = Dates.of(scenario)
    problems = _dating_problems(scenario, dates)
    if problems:
        raise ProblemsError(problems)
    calendar, parts_of_year = prepare_calendar(dates)
    organisation, assumptions = scenario.organisation, scenario.assumptions
    contracts = contract_grid(scenario) if grid is None else grid
    rates, excluded = own_rates(scenario), excluded_categories(contracts)
    services, pools = scenario.services, organisation.pools
    service_shares, pool_shares = staffed_posts(scenario)
    years = calendar.years
    economy, forecast = prepare_economy(assumptions, dates, years, rates, draws)
    kinds = OWN_RATES_FROM + len(rates)
    volume = np.array([volume_by_month(service.planned_changes, dates) for service in services])
    lines = prepare_lines([service.lines for service in services], volume, dates, assumptions, rates, excluded)
    whole = np.ones((len(pools), dates.months))
    support_lines = prepare_lines([pool.lines for pool in pools], whole, dates, assumptions, rates, [])
    inputs = Inputs(
        calendar=calendar,
        economy=economy,
        central_economy=forecast,
        statutory=prepare_statutory(scenario, dates, parts_of_year, years),
        staff=prepare_parts(
            service_shares,
            [layers_of(service.planned_changes, dates) for service in services],
            dates,
            assumptions.pay_award,
            years,
        ),
        support=prepare_parts(
            pool_shares, [layers_of(WHOLE_SIZE, dates) for _ in pools], dates, assumptions.pay_award, years
        ),
        lines=lines,
        spread=spread_lines(lines, dates.months, kinds, len(excluded)),
        support_spread=spread_lines(support_lines, dates.months, kinds, 0),
        overheads=prepare_overheads(scenario, one_value(scenario, "stranded_months", draws)),
        other=prepare_other(organisation),
        behaviour=prepare_behaviour(scenario, draws),
        people=prepare_people(scenario, dates, draws),
        effort=prepare_effort(scenario, draws),
        funds=prepare_funds(scenario, dates, [int(months) for months in calendar.months_of_year]),
        full_time_hours=organisation.full_time_hours_a_week,
        exclusion_groups=len(excluded),
    )
    return Prepared(scenario, dates, inputs, contracts, tuple(service_shares), tuple(pool_shares), draws)


def _dating_problems(scenario: Scenario, dates: Dates) -> list[Problem]:
    """Return what cannot be costed at the scenario's dates."""
    problems: list[Problem] = []
    owned = [("services", [service.posts for service in scenario.services])]
    owned.append(("organisation.pools", [pool.posts for pool in scenario.organisation.pools]))
    posts: list[tuple[str, Post]] = [
        (f"{place}.{number}.posts.{which}", post)
        for place, groups in owned
        for number, group in enumerate(groups, 1)
        for which, post in enumerate(group, 1)
    ]
    if posts and scenario.organisation.first_month < first_costed_month():
        problems.append(
            Problem(
                "organisation.first_month",
                f"is {scenario.organisation.first_month}; the statutory rates that pay needs are known from "
                f"{first_costed_month()}.",
                "Start the scenario then or later.",
            )
        )
        return problems
    for where, post in posts:
        try:
            full_time_salaries(post, dates, scenario.assumptions.pay_award, 1)
        except LookupError as error:
            problems.append(Problem(f"{where}.pay_point" if post.pay_point else f"{where}.prices_of", f"{error}.", ""))
    return problems
