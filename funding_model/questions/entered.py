"""Entered: what entries cost as they stand, before there is a whole scenario: posts, lines and who bears overheads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.outlook import look_ahead
from funding_model.costing.pay import pay_per_head
from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.prepare import prepare
from funding_model.questions.prepare.costs import price_of
from funding_model.questions.prepare.dates import Dates, month_number
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.contracts import Contract, Term
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.organisation import Organisation
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class PostCost:
    """What a post costs in a full year at the rates of the scenario's first month, pounds.

    Attributes:
        salary: Full-time salary a year.
        gross: Gross pay of one head.
        nic: Employer's National Insurance of one head.
        pension_and_other: Pension, deficit and other on-costs of one head.
        each: All of it, one head.
        everyone: All of it, every head; absence cover is not in it.
    """

    salary: float
    gross: float
    nic: float
    pension_and_other: float
    each: float
    everyone: float


def post_costs(posts: Sequence[Post], first_month: str, assumptions: Assumptions) -> list[PostCost | None]:
    """Return what each post costs in a full year; None where it cannot be costed at that date."""
    found: list[PostCost | None] = []
    for post in posts:
        whole = post.model_copy(update={"start": None, "end": None, "time": {}})
        try:
            found.append(_post_cost(whole, first_month, assumptions))
        except (ProblemsError, LookupError):
            found.append(None)
    return found


def _post_cost(post: Post, first_month: str, assumptions: Assumptions) -> PostCost:
    inputs = prepare(
        Scenario(
            name="One post",
            horizon_years=1,
            organisation=Organisation(name="Its employer", first_month=first_month),
            services=(Service(name="Its service", posts=(post,)),),
            contracts=(Contract(name="None", term=Term(months=MONTHS_A_YEAR)),),
            assumptions=assumptions,
        )
    ).inputs
    times = inputs.calendar
    years_of_parts = np.broadcast_to(times.year_of_period, (len(inputs.staff.owner), len(times.year_of_period)))
    pay_index = look_ahead(inputs.economy, times.years).pay_index
    cost = pay_per_head(inputs.staff, pay_index, inputs.statutory, times, times.year_of_period, years_of_parts)
    gross, nic, each = (float(amount[0, 0, 0]) for amount in (cost.gross, cost.nic, cost.pay))
    return PostCost(
        salary=float(inputs.staff.salary[0, 0]),
        gross=gross,
        nic=nic,
        pension_and_other=each - gross - nic,
        each=each,
        everyone=each * post.headcount,
    )


def line_cost(line: Line, first_month: str, assumptions: Assumptions) -> float:
    """Return what a line costs with the VAT that cannot be recovered, in prices of the first year, pounds.

    For a full year where it is for a month or a year; else for each time, person starting or delivery FTE.
    """
    scenario_dates = Dates(month_number(first_month), MONTHS_A_YEAR)
    amount = price_of(line, scenario_dates, assumptions)
    return amount * MONTHS_A_YEAR if line.per == "month" else amount


@dataclass(frozen=True)
class Bearer:
    """A service or other activity: its own cost in a year, the staff cost in it, and what it bears of the pools."""

    name: str
    direct: float
    staff: float
    overhead: float


@dataclass(frozen=True)
class Sharing:
    """Who bears the support costs of one financial year, pounds.

    Attributes:
        year: The financial year.
        pools: Each pool's own cost by its name.
        bearers: Services, then other activities.
    """

    year: str
    pools: dict[str, float]
    bearers: tuple[Bearer, ...]

    @property
    def spent(self) -> float:
        """Everything that is spent: the pools' own cost and that of the bearers."""
        return sum(self.pools.values()) + sum(bearer.direct for bearer in self.bearers)

    @property
    def allocated(self) -> float:
        """Everything that the bearers bear: their own cost and the overhead."""
        return sum(bearer.direct + bearer.overhead for bearer in self.bearers)

    @property
    def overhead(self) -> float:
        """The overhead of all bearers."""
        return sum(bearer.overhead for bearer in self.bearers)


def rates(direct: float, staff: float, overhead: float) -> tuple[float | None, float | None, float | None]:
    """Return overhead as a rate of direct cost, of the total, and of staff cost; None where that is nil."""
    return tuple(overhead / base if base else None for base in (direct, direct + overhead, staff))  # type: ignore[return-value]


def sharing(comparison: Comparison, year: int = 0) -> Sharing:
    """Return who bears the support costs in one of a scenario's financial years."""
    support = comparison.evaluation.planned.full.support
    scenario = comparison.scenario
    pools = [pool.name for pool in scenario.organisation.pools]
    names = [service.name for service in scenario.services]
    names += [activity.name for activity in scenario.organisation.other_activities]

    def units(amounts: Floats) -> list[float]:
        return [float(amount) for amount in amounts[0, year]]

    own, staff, overhead = units(support.own_cost), units(support.own_staff), units(support.allocation.overhead)
    rest = zip(names, own[len(pools) :], staff[len(pools) :], overhead, strict=True)
    return Sharing(
        comparison.prepared.dates.year_labels()[year],
        dict(zip(pools, own, strict=False)),
        tuple(Bearer(*bearer) for bearer in rest),
    )
