"""Pricing: the price of each month, from the plan costed at the prices that the contract recognises."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints, by_month, part_of, plus, times, zero_months
from funding_model.costing.contract import FLAT_ON_STAFF, FORECAST, Agreed, Terms
from funding_model.costing.delivery import Delivery
from funding_model.costing.inputs import Inputs
from funding_model.costing.outlook import Outlook
from funding_model.costing.plan import Planned
from funding_model.costing.planned import Recognisable
from funding_model.costing.price import (
    Base,
    Rates,
    monthly_prices,
    segment_prices,
    segment_rates,
    volume_prices,
)
from funding_model.costing.terms import hour_value
from funding_model.units import MONTHS_A_YEAR


def recognised_base(
    inputs: Inputs,
    planned: Planned,
    terms: Terms,
    costed: Recognisable,
    outlook: Outlook,
    prices_of_year: range | tuple[int, ...],
) -> Base:
    """Return what the price recognises of one plan, by month."""
    price, scrutiny = terms.price, terms.scrutiny
    months, prices = inputs.calendar.year_of_month, np.array(prices_of_year)
    recognised_terms = excluded = nothing = zero_months((1, costed.eligible_direct.shape[1]), inputs.calendar.months)
    if price.recognises_recruitment.any():
        recognised_terms = part_of(price.recognises_recruitment[:, :, None], costed.recruitment)
    if price.recognises_monitoring.any():
        value = hour_value(inputs, outlook.pay_index[:, prices], planned.full.support.hour_value)
        hours = (price.recognises_monitoring * scrutiny.returns * scrutiny.return_hours / MONTHS_A_YEAR)[:, :, None]
        recognised_terms = recognised_terms + hours * value
    if price.recognises_closing.any():
        closing = by_month(costed.exit_eligible, months) / terms.award.cycle_months[:, :, None]
        recognised_terms = recognised_terms + price.recognises_closing[:, :, None] * closing
    for group in range(costed.excluded.shape[1]):
        left_out = price.excluded[:, :, group].astype(float)[:, :, None]
        excluded = plus(excluded, times(left_out, costed.excluded[:, group]))
    return Base(
        costed.eligible_direct,
        costed.eligible_staff if (price.overhead_rule == FLAT_ON_STAFF).any() else nothing,
        costed.overhead,
        excluded,
        recognised_terms,
    )


def price_contract(
    inputs: Inputs, planned: Planned, terms: Terms, delivery: Delivery, agreed: Agreed | None = None
) -> Floats:
    """Return the price of each month as if the service continues: axes (case, service, month).

    Where the plan changed in mid-contract, months whose price was agreed before keep it, and the contingency comes on
    top.
    """
    given, counted = delivery.flow.given, inputs.people.counted
    price = volume_prices(terms, block_prices(inputs, planned, terms), given, planned.capacity, counted)
    if agreed is None:
        return price
    before = volume_prices(terms, agreed.block, given, agreed.planned, counted)
    result: Floats = np.where(agreed.settled, before, price) + agreed.contingency
    return result


def block_prices(inputs: Inputs, planned: Planned, terms: Terms) -> Floats:
    """Return the block price of each month: axes (case, service, month)."""
    bases: dict[int, Base] = {}

    def base_of(number: int) -> Base:
        if number not in bases:
            calendar = terms.price_calendars[number]
            outlook = planned.central if calendar.central else planned.outlook
            bases[number] = recognised_base(
                inputs, planned, terms, planned.priced[number], outlook, calendar.prices_of_year
            )
        return bases[number]

    known: dict[bytes, Floats] = {}

    def rates_of(index: Ints) -> Floats:
        key = index.tobytes()
        if key not in known:
            known[key] = segment_rates(terms.price, months_of(index, base_of), terms.segments)
        return known[key]

    calendars, own = terms.calendars, rates_of(terms.calendars.own)
    forecast = (terms.price.movement == FORECAST).any()
    rates = Rates(
        own=own,
        base=rates_of(calendars.base) if terms.price.rolled_forward.any() else own,
        own_central=rates_of(calendars.own_central) if forecast else own,
        year_central=rates_of(calendars.year_central) if forecast else own,
    )
    segment_price = segment_prices(terms, inputs.economy, rates)
    return monthly_prices(terms, inputs.calendar, segment_price)


def months_of(index: Ints, base_of: Callable[[int], Base]) -> Base:
    """Take each month from the base that its calendar index names, axes (contract, service, month)."""
    first, *others = np.unique(index).tolist()
    result = base_of(first)
    for number in others:
        chosen, base = index == number, base_of(number)
        result = Base(
            *(_where(chosen, getattr(base, name), getattr(result, name)) for name in Base.__dataclass_fields__)
        )
    return result


def _where(chosen: Flags, amounts: Floats, others: Floats) -> Floats:
    """Choose between amounts; nothing on either side, the same for every case, stays so."""
    if len(amounts) == len(others) == 1 and not amounts.any() and not others.any():
        return others
    return np.where(chosen, amounts, others)
