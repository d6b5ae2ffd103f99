"""Lines, support pools and other activities as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import (
    FIXED,
    FOR_EACH_FTE,
    FOR_EACH_START,
    OF_ITSELF,
    PAY,
    PRICES,
    Lines,
    OtherActivities,
    Overheads,
)
from funding_model.costing.overheads import default_order
from funding_model.questions.prepare.dates import Dates, brought_forward, month_number
from funding_model.reference import financial_year_of, last_day_of_month
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.costs import Line
from funding_model.scenario.organisation import STAFF_DRIVERS, Organisation
from funding_model.scenario.scenario import Scenario
from funding_model.units import MONTHS_A_YEAR

OWN_RATES_FROM = FIXED + 1


def own_rates(scenario: Scenario) -> list[float]:
    """Return the distinct growth rates of lines that have their own, in the order in which they are met."""
    owned = [owner.lines for owner in scenario.services] + [owner.lines for owner in scenario.organisation.pools]
    rates = [line.own_rate for lines in owned for line in lines if line.index == "own_rate"]
    return list(dict.fromkeys(rates))


def price_of(line: Line, dates: Dates, assumptions: Assumptions) -> float:
    """Return a line's amount with irrecoverable VAT, in prices of the scenario's first year."""
    amount = line.amount * (1 + line.vat_rate * (1 - line.vat_recoverable))
    if line.prices_of is None:
        return amount
    number = month_number(line.prices_of)
    priced_in = financial_year_of(last_day_of_month(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1))
    if line.index == "own_rate":
        return amount * (1 + line.own_rate) ** max(dates.first_year - priced_in, 0)
    if line.index == "pay":
        return amount * brought_forward(assumptions.pay_award, "pay", priced_in, dates.first_year)
    if line.index == "prices":
        return amount * brought_forward(assumptions.cpi, "cpi", priced_in, dates.first_year)
    return amount


def prepare_lines(
    owners: Sequence[Sequence[Line]],
    volume: Floats,
    dates: Dates,
    assumptions: Assumptions,
    rates: list[float],
    excluded: list[str],
) -> Lines:
    """Return the lines of one kind of owner."""
    kinds = OWN_RATES_FROM + len(rates)

    def index_of(line: Line) -> int:
        if line.index == "own_rate":
            return OWN_RATES_FROM + rates.index(line.own_rate)
        return {"pay": PAY, "prices": PRICES, "none": FIXED}[line.index]

    exits, eligible_exits = (np.zeros((kinds, len(owners))) for _ in range(2))
    entries: list[tuple[int, Line, float, int, int]] = []
    for owner, lines in enumerate(owners):
        for line in lines:
            amount, kind = price_of(line, dates, assumptions), index_of(line)
            if line.kind == "exit":
                exits[kind, owner] += amount
                eligible_exits[kind, owner] += amount if line.eligible else 0.0
                continue
            start = dates.index_of(line.start, 0)
            end = start + 1 if line.per == "once" else dates.index_of(line.end, dates.months - 1) + 1
            yearly = line.per in ("year", "delivery_fte")
            entries.append((owner, line, amount / MONTHS_A_YEAR if yearly else amount, start, end))
    bases = {"person_starting": FOR_EACH_START, "delivery_fte": FOR_EACH_FTE}
    return Lines(
        owner=np.array([entry[0] for entry in entries], np.int64),
        index=np.array([index_of(entry[1]) for entry in entries], np.int64),
        basis=np.array([bases.get(entry[1].per, OF_ITSELF) for entry in entries], np.int64),
        amount=np.array([entry[2] for entry in entries], float),
        one_off=np.array([entry[1].per == "once" for entry in entries], bool),
        start=np.array([entry[3] for entry in entries], np.int64),
        end=np.array([entry[4] for entry in entries], np.int64),
        eligible=np.array([entry[1].eligible for entry in entries], bool),
        cash=np.array([entry[1].cash for entry in entries], bool),
        excluded_group=np.array(
            [excluded.index(entry[1].category) if entry[1].category in excluded else -1 for entry in entries], np.int64
        ),
        volume=volume,
        exit_cost=exits,
        exit_eligible=eligible_exits,
    )


def prepare_overheads(scenario: Scenario, stranded_months: Floats) -> Overheads:
    """Return how the support pools are shared; the months for which overheads cannot be shed have the axis (case,)."""
    organisation = scenario.organisation
    pools = organisation.pools
    quantities = [
        *(pool.driver_quantities for pool in pools),
        *(service.driver_quantities for service in scenario.services),
        *(activity.driver_quantities for activity in organisation.other_activities),
    ]
    central = [number for number, pool in enumerate(pools) if pool.category == "central_functions"]
    first = central[0] if central else 0
    entered = np.array([[used.get(pool.driver, 0.0) for used in quantities] for pool in pools], np.float64).reshape(
        len(pools), len(quantities)
    )
    fte, heads = (np.array([used.get(driver, 0.0) for used in quantities], np.float64) for driver in STAFF_DRIVERS)
    entered_months = np.array([np.nan if pool.shed_after_months is None else pool.shed_after_months for pool in pools])
    shed = np.where(np.isnan(entered_months), stranded_months[:, None], entered_months)
    return Overheads(
        method=organisation.allocation_method,
        order=tuple(default_order([pool.category for pool in pools])),
        driver=tuple(pool.driver for pool in pools),
        entered=entered,
        entered_fte=fte,
        entered_heads=heads,
        single_rate_base=organisation.single_rate_base,
        employer_charges_pool=first if pools else -1,
        shed_after=shed,
    )


def prepare_other(organisation: Organisation) -> OtherActivities:
    """Return what else the organisation does."""
    activities = organisation.other_activities
    return OtherActivities(
        staff_cost=np.array([activity.staff_cost for activity in activities], float),
        other_cost=np.array([activity.other_cost for activity in activities], float),
        heads=np.array([activity.heads or 0.0 for activity in activities], float),
        mean_pay=np.array([activity.mean_pay for activity in activities], float),
        income=np.array([activity.income or 0.0 for activity in activities], float),
        breaks_even=np.array([activity.income is None for activity in activities], bool),
    )
