"""Accounts: from stages to ledgers, the gap and the flows of cash."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from funding_model.costing.actual import Actual
from funding_model.costing.arrays import (
    Floats,
    after_month_0,
    by_month,
    each_month,
    minus,
    months_first,
    over_layers,
    plus,
    times,
    total,
    weighted,
    year_sums,
)
from funding_model.costing.cash import Flows
from funding_model.costing.certainty import Certainty
from funding_model.costing.continuation import Exposure, lost_at
from funding_model.costing.contract import FLAT_ON_STAFF, Terms
from funding_model.costing.delivery import Delivery, weeks_lost
from funding_model.costing.direct import price_lines
from funding_model.costing.inputs import PRICES, Inputs
from funding_model.costing.ledgers import (
    GAP_STEPS,
    Exposures,
    Families,
    Gap,
    Provider,
    PublicPurse,
    Staff,
    Together,
    YearlyMoney,
)
from funding_model.costing.plan import Planned
from funding_model.costing.price import (
    Base,
    Underspend,
    by_segment,
    over_segments,
    overhead_paid,
    recognised,
    underspend,
)
from funding_model.costing.price import by_year as base_by_year
from funding_model.costing.staffing import Staffing
from funding_model.costing.terms import TermsCost
from funding_model.costing.timeline import NO_EVENT
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Returned:
    """Underspend as things are, and as it would be with posts filled; pounds, axes (case, service, month)."""

    price: Floats
    staffed: Underspend
    filled: Underspend

    @cached_property
    def as_staffed(self) -> Floats:
        """What is given back as things are."""
        return self.staffed.by_month(self.price.shape[-1])

    @cached_property
    def posts_filled(self) -> Floats:
        """What would be given back with posts filled."""
        return self.filled.by_month(self.price.shape[-1])

    @cached_property
    def kept(self) -> Floats:
        """The price less what is given back as things are."""
        return self.staffed.taken_from(self.price)

    @cached_property
    def kept_if_filled(self) -> Floats:
        """The price less what would be given back with posts filled."""
        return self.filled.taken_from(self.price)

    @property
    def carried(self) -> Floats:
        """What is carried at the month's end as things are."""
        return self.staffed.carried


def give_back(inputs: Inputs, terms: Terms, actual: Actual, base: Base, price: Floats) -> Returned:
    """Return the underspend given back as things are, and as it would be with posts filled.

    Recruitment that the price recognises is allowed as it was spent, not as it was planned.
    """
    counted, segments = inputs.people.counted, terms.segments
    whole = by_segment(base, segments)
    if terms.price.recognises_recruitment.any():
        more = over_segments(actual.recruitment_change, segments)
        recognised_terms = whole.recognised_terms + terms.price.recognises_recruitment[:, :, None] * more
        whole = replace(whole, recognised_terms=recognised_terms)
    for group, change in enumerate(actual.excluded_changes):
        more = terms.price.excluded[:, :, group][:, :, None] * over_segments(change, segments)
        whole = replace(whole, excluded=whole.excluded + more)
    met = over_segments(inputs.funds.other_meeting_cost[None], segments)
    paid = over_segments(price, segments)
    by_staff = (terms.price.overhead_rule == FLAT_ON_STAFF).any()

    def allowed(change: Floats, staff_change: Floats) -> Floats:
        spent = whole.eligible + over_segments(change, segments) - met
        staff = whole.eligible_staff + over_segments(staff_change, segments) if by_staff else whole.eligible_staff
        return recognised(terms.price, replace(whole, eligible=np.maximum(0.0, spent), eligible_staff=staff))

    staffed = allowed(actual.eligible_change, actual.eligible_staff_change)
    filled = allowed(actual.eligible_lines_change, np.zeros_like(inputs.funds.other_meeting_cost[None]))
    now, then = (underspend(terms, paid, each, counted, price.shape[-1]) for each in (staffed, filled))
    return Returned(price, now, then)


def expose_service(inputs: Inputs, planned: Planned, terms: Terms, actual: Actual, exposure: Exposure) -> Exposures:
    """Return what ending each service at each boundary would cost."""
    calendar, full = inputs.calendar, planned.full
    may_end = terms.award.event != NO_EVENT

    def at_boundary(monthly: Floats) -> Floats:
        dated = np.concatenate([np.zeros_like(monthly[..., :1]), monthly], axis=-1)
        return np.where(may_end, dated, 0.0)

    running = full.services.direct + full.support.overhead - actual.pay_not_spent + actual.cover + actual.lines_change
    late = np.where(terms.award.at_risk[:, :, None], terms.award.months_late, 0.0)
    stranded = overhead_not_shed(inputs, planned, inputs.overheads.shed_after)
    months = calendar.year_of_month
    cessation = each_month(np.add, inputs.behaviour.pension_cessation[:, :, None], np.zeros((1, 1, calendar.months)))
    return Exposures(
        redundancy=exposure.redundancy,
        notice=exposure.notice,
        pension_cessation=at_boundary(cessation),
        exit_lines=at_boundary(by_month(full.services.exit_cost, months)),
        unpaid_months=at_boundary(running) * late,
        stranded_overhead=at_boundary(by_month(stranded, months)),
        redeployed=inputs.behaviour.redeployed,
    )


def overhead_not_shed(inputs: Inputs, planned: Planned, shed_after: Floats) -> Floats:
    """Return the overhead that a service leaves to the others until it is shed: axes (case, service, year), pounds.

    It is a month's share of each pool, at the prices of the year in which the service ends, times the months that the
    share takes to be shed: ``shed_after``, axes (case, pool).
    """
    calendar, full = inputs.calendar, planned.full
    by_pool = full.support.overhead_from_pool / calendar.months_of_year[:, None, None]
    stranded = np.zeros((1, calendar.years, full.services.direct.shape[1]))
    for pool in range(by_pool.shape[2]):
        stranded = stranded + by_pool[:, :, pool] * shed_after[:, pool][:, None, None]
    return stranded.swapaxes(1, 2)


def surviving(path: Floats, monthly: Floats) -> Floats:
    """Weight a monthly array by survival in the month: axes (case, service, month)."""
    continuing = path[..., :-1]
    if continuing.all() and (continuing == 1).all():
        return np.broadcast_to(monthly, np.broadcast_shapes(monthly.shape, continuing.shape))
    result: Floats = continuing * monthly
    return result


def cost_of_loss(falls: Floats, exposures: Exposures) -> Floats:
    """Return the expected cost of losing each service, in the month before each boundary."""
    result: Floats = falls * exposures.cost_if_lost[..., 1:] + 0.0  # never minus nothing, so that bits agree
    return result


def provide(
    inputs: Inputs,
    planned: Planned,
    terms_cost: TermsCost,
    actual: Actual,
    price: Floats,
    returned: Returned,
    loss: Floats,
    path: Floats,
) -> Provider:
    """Return the provider's ledger."""
    full_cost = planned.full.full_cost
    running = plus(actual.recruitment_change, terms_cost.running)
    effort = times(terms_cost.effort, after_month_0(path))
    ending = plus(effort, loss)
    other = inputs.funds.other_funders[None]
    filled = plus(plus(full_cost, actual.lines_change), running)
    staffed = plus(minus(filled, actual.pay_not_spent), actual.cover)
    return Provider(
        full_cost=full_cost,
        price=price,
        other_funders=other,
        underspend_returned=returned.as_staffed,
        pay_not_spent=actual.pay_not_spent,
        cover=actual.cover,
        lines_change=actual.lines_change,
        running_terms=plus(running, terms_cost.effort),
        cost_of_loss=loss,
        cost_of_terms=plus(surviving(path, running), ending),
        cost=plus(surviving(path, staffed), ending),
        income=surviving(path, plus(returned.kept, other)),
        surplus_posts_filled=minus(surviving(path, minus(plus(returned.kept_if_filled, other), filled)), ending),
        survival=path,
        price_kept=returned.kept,
        cost_continuing=plus(staffed, terms_cost.effort),
    )


def bring_together(provider: Provider) -> Together:
    """Return the provider's ledger of all services."""
    return Together(*(total(getattr(provider, item.name), 1) for item in fields(Together)))


def fundable_cost(inputs: Inputs, terms: Terms, base: Base) -> Floats:
    """Return eligible direct cost and the overhead that the rule allows: axes (case, service, year)."""
    yearly = base_by_year(base, inputs.calendar)
    result: Floats = yearly.eligible + overhead_paid(terms.price, yearly)
    return result


def _cases_of(provider: Provider, recognised_cost: Floats) -> int:
    """Return how many cases the money holds: the price may differ between cases where the cost does not."""
    return max(len(provider.cost), len(provider.price), len(provider.income), len(recognised_cost))


def by_year(inputs: Inputs, terms: Terms, provider: Provider, base: Base) -> YearlyMoney:
    """Return the money columns by financial year."""
    months = inputs.calendar.months_of_year
    fundable = fundable_cost(inputs, terms, base)
    shape = (_cases_of(provider, fundable), *provider.cost.shape[1:])

    def summed(array: Floats) -> Floats:
        return year_sums(np.broadcast_to(array, shape), months)

    return YearlyMoney(
        full_cost=summed(provider.full_cost),
        fundable_cost=np.broadcast_to(fundable, (*shape[:2], len(months))),
        price=summed(provider.price),
        cost=summed(provider.cost),
        income=summed(provider.income),
        cost_of_terms=summed(provider.cost_of_terms),
        pay_not_spent=summed(provider.survival[..., :-1] * provider.pay_not_spent),
        surplus_posts_filled=summed(provider.surplus_posts_filled),
    )


def explain_gap(inputs: Inputs, terms: Terms, provider: Provider, base: Base) -> Gap:
    """Return every step from full cost to surplus, as an addition to the surplus: they add up to surplus."""
    yearly = base_by_year(base, inputs.calendar)
    months = inputs.calendar.months_of_year
    shape = (_cases_of(provider, yearly.eligible), provider.cost.shape[1], len(months))
    share, kept = terms.price.funded_share[:, :, None], 1 - terms.price.margin[:, :, None]
    paid_overhead = overhead_paid(terms.price, yearly)
    fundable = yearly.eligible + paid_overhead
    full_direct = year_sums(provider.full_cost, months) - yearly.overhead
    price = year_sums(provider.price, months)
    steps = {
        "ineligible": yearly.eligible - full_direct,
        "overhead_not_allowed": paid_overhead - yearly.overhead,
        "funded_share": (share - 1) * fundable,
        "margin": share * fundable * (1 / kept - 1),
        "terms_recognised": share * yearly.recognised_terms / kept,
        "price_movement": price - share * (fundable + yearly.recognised_terms) / kept,
        "underspend_returned": -year_sums(provider.underspend_returned, months),
        "other_funders": year_sums(provider.other_funders, months),
        "pay_not_spent": year_sums(provider.pay_not_spent, months),
        "cover": -year_sums(provider.cover, months),
        "lines_change": -year_sums(provider.lines_change, months),
        "running_terms": -year_sums(provider.running_terms, months),
    }
    gap_if_continuing = -year_sums(provider.full_cost, months) + price
    for name in GAP_STEPS[GAP_STEPS.index("underspend_returned") : -1]:
        gap_if_continuing = gap_if_continuing + steps[name]
    steps["survival_and_loss"] = year_sums(provider.surplus, months) - gap_if_continuing
    return Gap({name: np.broadcast_to(steps[name], shape) for name in GAP_STEPS})


def charge_public_purse(terms: Terms, terms_cost: TermsCost, provider: Provider) -> PublicPurse:
    """Return the public purse's ledger."""
    path, award, scrutiny = provider.survival, terms.award, terms.scrutiny
    continuing = path[..., :-1]
    ahead = np.minimum(award.end_ahead, award.break_notice[:, :, None])
    chance = np.where(
        scrutiny.regret_known, scrutiny.chance_of_change / MONTHS_A_YEAR * (1 - scrutiny.repurposable), 0.0
    )
    return PublicPurse(
        paid=surviving(path, provider.price_kept),
        administration=plus(
            times(terms_cost.funder_effort, after_month_0(path)), times(terms_cost.funder_running, continuing)
        ),
        competition_saving=times(
            times(award.competition_saving[:, :, None] * award.competed, continuing), provider.price
        ),
        regret=times(times(chance[:, :, None], ahead), provider.price),
    )


def serve_families(delivery: Delivery, path: Floats) -> Families:
    """Return the families' ledger."""
    flow, continuing = delivery.flow, path[..., :-1]
    return Families(
        starting=continuing * flow.starts,
        support_months=continuing * flow.given,
        waiting=flow.waiting,
        gave_up=continuing * flow.gave_up,
        cut_off=lost_at(path) * flow.closing,
        weeks_lost=weeks_lost(delivery, path),
    )


def planned_heads(inputs: Inputs) -> Floats:
    """Return the posts planned: axes (1, service, month)."""
    return months_first(over_layers((inputs.staff.row_heads[:, :, None] * inputs.staff.active)[None]))


def leave_and_join(staffing: Staffing, planned: Floats, path: Floats) -> tuple[Floats, Floats]:
    """Return leavers and hires, weighted by survival: axes (case, service, month)."""
    leavers = surviving(path, staffing.leaving_rate * (planned - staffing.vacant_heads))
    return leavers, surviving(path, staffing.filling_rate * staffing.vacant_heads)


def keep_jobs(inputs: Inputs, staffing: Staffing, certainty: Certainty, exposure: Exposure, path: Floats) -> Staff:
    """Return the staff's ledger."""
    parts, continuing = inputs.staff, path[..., :-1]
    heads = parts.row_heads[:, :, None] * parts.active
    planned = planned_heads(inputs)
    posts = continuing * planned
    later = months_first(heads * ~parts.present_at_start[:, :, None])
    growth = np.zeros((1, 1, 1))
    if later.any():
        empty = weighted(later, staffing.vacant_mean)
        filled = months_first(over_layers(later[None])) - empty
        growth = staffing.filling_rate * empty - staffing.leaving_rate * filled
    leavers, hires = leave_and_join(staffing, planned, path)
    return Staff(
        heads=posts,
        secure_heads=posts * (1 - certainty.insecure),
        leavers=leavers,
        hires=hires,
        growth_hires=continuing * growth,
        notices=continuing * exposure.notices[..., 1:],
        vacant=continuing * staffing.vacant_heads,
    )


def flow(
    inputs: Inputs, planned: Planned, terms: Terms, provider: Provider, returned: Returned, not_cash: Floats
) -> Flows:
    """Return what each service earns and costs when everything continues, and what the rest adds."""
    calendar, funds, full = inputs.calendar, inputs.funds, planned.full
    indices = by_month(full.services.line_indices, calendar.year_of_month)
    cost = provider.cost_continuing
    services = cost.shape[1]
    shape = np.broadcast_shapes(cost.shape, provider.price.shape)
    pools_without_cash = total(price_lines(inputs.support_spread.not_cash, indices), 1)
    other_cost = full.support.allocation.full_cost[..., services:] / calendar.months_of_year[:, None]
    income = inputs.other.income / MONTHS_A_YEAR * _price_index(planned, calendar.years)
    earned = np.where(inputs.other.breaks_even, other_cost, income)
    result = by_month(total(earned - other_cost, -1), calendar.year_of_month)
    spread = by_month(total(full.support.allocation.overhead, -1) / calendar.months_of_year, calendar.year_of_month)
    return Flows(
        price=np.broadcast_to(provider.price, shape),
        cost=months_first(np.broadcast_to(cost, shape)),
        not_cash=not_cash,
        returned=returned.as_staffed,
        kept=provider.price_kept,
        carried=returned.carried,
        other_funders=funds.other_funders[None],
        other_in_kind=funds.other_in_kind[None],
        other_restricted=funds.other_restricted[None],
        price_restricted=terms.price.restricted.astype(float)[:, :, None],
        received_index=terms.payment.received,
        organisation=result + pools_without_cash + spread - full.support.pool_cost,
        organisation_result=result,
    )


def _price_index(planned: Planned, years: int) -> Floats:
    return planned.full.services.line_indices[:, PRICES, :years][:, :, None]
