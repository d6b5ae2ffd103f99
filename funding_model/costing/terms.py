"""Cost of the terms: letters, bids, returns, variations and notices, for the provider and for the public purse.

A letter for each cycle not competed and each extension that needs one, a bid for each competed cycle, in the award's
first month and weighted by S of the month before; returns and expected variations a twelfth a month; notices in the
award's last month. Hours are done by staff already costed (shown with their value, added to no total) or bought in
(added). Bought-in help with a bid is always added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats, by_month, each_month, times, zero_months
from funding_model.costing.continuation import Exposure
from funding_model.costing.contract import Agreed, Terms
from funding_model.costing.inputs import Inputs
from funding_model.costing.outlook import Outlook
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Hours:
    """The provider's hours a month; axes (case, service, month). Letters and bids fall in an award's first month."""

    letters: Floats
    bids: Floats
    returns: Floats
    variations: Floats
    notices: Floats


@dataclass(frozen=True)
class TermsCost:
    """What the terms cost; pounds, axes (case, service, month)."""

    hours: Hours
    hour_value: Floats
    """(case, 1, month) pounds."""
    effort: Floats
    """Letters and bids charged to the provider, to be weighted by S of the month before."""
    running: Floats
    """Returns, variations and notices charged to the provider, to be weighted by S of the month."""
    funder_effort: Floats
    """Competitions, letters and bids of the public purse, to be weighted by S of the month before."""
    funder_running: Floats
    """Returns and variations of the public purse, to be weighted by S of the month."""


def hour_value(inputs: Inputs, pay_index: Floats, own_mean: Floats) -> Floats:
    """Return the value of a provider's hour at a pay index by (case, year): axes (case, 1, month)."""
    effort = inputs.effort
    value = np.where(effort.provider_hour_entered, effort.provider_hour, own_mean)
    return each_month(np.multiply, value[:, None, None], by_month(pay_index[:, None], inputs.calendar.year_of_month))


def cost_terms(
    inputs: Inputs,
    terms: Terms,
    outlook: Outlook,
    exposure: Exposure,
    own_mean: Floats,
    agreed: Agreed | None = None,
) -> TermsCost:
    """Return hours and costs of the terms, before survival; variations that are made count beside expected ones."""
    effort, award, scrutiny = inputs.effort, terms.award, terms.scrutiny
    months = inputs.calendar.year_of_month

    def each(values: Floats) -> Floats:
        return values[:, None, None]

    monthly = zero_months((1, len(inputs.people.counted)), inputs.calendar.months) + 1 / MONTHS_A_YEAR
    changes = scrutiny.chance_of_change[:, :, None] * monthly
    if agreed is not None:
        changes = changes + agreed.variations
    hours = Hours(
        letters=each(effort.letter) * award.letters,
        bids=each(effort.bid) * award.bids,
        returns=(scrutiny.returns * scrutiny.return_hours)[:, :, None] * monthly,
        variations=scrutiny.variation_hours[:, :, None] * changes,
        notices=times(each(effort.notice), exposure.notices[..., 1:]),
    )
    value = hour_value(inputs, outlook.pay_index, own_mean)
    prices = by_month(outlook.price_index[:, None], months)
    charged = value if effort.bought_in else np.zeros_like(value)
    funder_value = each(effort.funder_hour) * by_month(outlook.pay_index[:, None], months)
    funder_hours = each(effort.letter_funder) * award.letters + each(effort.bid_funder) * award.bids
    funder_running = (scrutiny.returns * scrutiny.return_hours_funder)[:, :, None] * monthly + each(
        effort.variation_funder
    ) * changes
    bids_bought = times(each(effort.bid_external) * award.bids, prices)
    competitions = times(award.competition_cost[:, :, None] * award.bids, prices)
    return TermsCost(
        hours=hours,
        hour_value=value,
        effort=times(hours.letters + hours.bids, charged) + bids_bought,
        running=times(hours.returns + hours.variations + hours.notices, charged),
        funder_effort=competitions + times(funder_hours, funder_value),
        funder_running=times(funder_running, funder_value),
    )
