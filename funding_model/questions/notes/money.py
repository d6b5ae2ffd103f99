"""Warnings about money: overhead rates above the overhead, cost funded twice, the levy, the reconciliation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from funding_model.costing.arrays import Floats, total, year_sums
from funding_model.questions.compare import Comparison
from funding_model.questions.funder_rules import chosen_drivers, rejections
from funding_model.questions.notes.note import ALL_SERVICES, ORGANISATION, Note, listed, money, named_out_of, per_cent
from funding_model.questions.notes.off import compared
from funding_model.scenario.organisation import BUILT_IN_DRIVERS
from funding_model.scenario.scenario import contract_for

PENNY = 0.01
FAR_ABOVE = 1.5
"""A price of more times the full cost is more likely a slip of the keyboard than a price."""
FLAT_RULES = ("flat_on_direct", "flat_on_staff", "modified_base")
"""Overhead rules that pay a rate whatever the overhead is."""


def overhead_rates(comparison: Comparison) -> Iterator[Note]:
    """Yield the flat rates that pay more than the overhead that the service bears."""
    above: Floats = comparison.evaluation.gap.steps["overhead_not_allowed"]
    labels = comparison.prepared.dates.year_labels()
    for case, contract in enumerate(compared(comparison)):
        for number, service in enumerate(comparison.scenario.services):
            price = contract_for(contract, service).price
            years = np.flatnonzero(above[case, number] > PENNY)
            if price.overhead_rule not in FLAT_RULES or price.overhead_rate is None or not len(years):
                continue
            amounts = listed(f"{money(above[case, number, year])} in {labels[year]}" for year in years)
            yield Note(
                f"{contract.name}, {service.name}",
                f"The flat overhead rate of {per_cent(price.overhead_rate)} allows more than the overhead that the "
                f"service bears: {amounts}.",
            )


def prices_far_above_cost(comparison: Comparison) -> Iterator[Note]:
    """Yield the contracts that pay far more than the full cost in some year, with the year in which it is most so."""
    amounts, services = comparison.evaluation.money, comparison.scenario.services
    labels = comparison.prepared.dates.year_labels()
    full_cost = np.broadcast_to(amounts.full_cost, amounts.price.shape)
    far = (amounts.price > FAR_ABOVE * full_cost) & (amounts.price > PENNY)
    for case, contract in enumerate(comparison.contracts):
        concerned = np.flatnonzero(far[case].any(axis=-1))
        if not len(concerned):
            continue
        excess = np.where(far[case], amounts.price[case] - full_cost[case], 0.0)
        service, year = np.unravel_index(int(excess.argmax()), excess.shape)
        names = [services[number].name for number in concerned]
        most = f", most in {services[service].name}" if len(names) > 1 else ""
        yield Note(
            f"{contract}, {named_out_of(names, services, ALL_SERVICES)}",
            f"The price is far above the full cost{most}: {money(amounts.price[case, service, year])} beside "
            f"{money(full_cost[case, service, year])} in {labels[year]}. Check the price entered and how it moves: "
            "1 per cent is written 0.01.",
        )


def costs_funded_twice(comparison: Comparison) -> Iterator[Note]:
    """Yield the services and years in which the price and restricted money of others are above the full cost."""
    inputs, amounts = comparison.prepared.inputs, comparison.evaluation.money
    restricted = year_sums(inputs.funds.other_restricted, inputs.calendar.months_of_year)
    if not restricted.any():
        return
    labels = comparison.prepared.dates.year_labels()
    excess = amounts.price + restricted - amounts.full_cost
    for case, contract in enumerate(comparison.contracts):
        for number, service in enumerate(comparison.scenario.services):
            years = np.flatnonzero((excess[case, number] > PENNY) & (restricted[number] > 0))
            if len(years):
                over = listed(f"{money(excess[case, number, year])} in {labels[year]}" for year in years)
                yield Note(
                    f"{contract}, {service.name}",
                    f"The price and the restricted money of other funders come to more than the full cost: {over}. "
                    "Make sure that no cost is funded twice.",
                )


def levy_without_a_pool(comparison: Comparison) -> Iterator[Note]:
    """Yield a note when an apprenticeship levy is due and no support pool can bear it."""
    levy = comparison.evaluation.planned.full.support.levy
    if comparison.prepared.inputs.overheads.employer_charges_pool < 0 and levy.any():
        yield Note(
            ORGANISATION,
            f"An apprenticeship levy of {money(levy[0].max())} a year at most would be due, and it is left out, as "
            "there is no support pool to bear it. Add one for central functions.",
        )


def overheads_beside_changes_of_size(comparison: Comparison) -> Iterator[Note]:
    """Yield the services that change size beside support pools and driver quantities that stay as entered."""
    scenario = comparison.scenario
    pools, dates = scenario.organisation.pools, comparison.prepared.dates
    changing = [
        service.name
        for service in scenario.services
        for change in service.planned_changes
        if change.volume != 1 and dates.index_of(change.start, 0) < dates.months
    ]
    changing = list(dict.fromkeys(changing))
    if not changing or not pools:
        return
    entered = dict.fromkeys(pool.driver for pool in pools if pool.driver not in BUILT_IN_DRIVERS)
    quantities = f", and so do quantities of {listed(each.replace('_', ' ') for each in entered)}" if entered else ""
    yield Note(
        named_out_of(changing, scenario.services, ALL_SERVICES),
        "The size changes as planned, and the cost of support pools stays as entered"
        f"{quantities}. Where support has to grow as well, enter it in the pools with a month in which it starts.",
    )


def reconciliation(comparison: Comparison) -> Iterator[Note]:
    """Yield how the first year's cost compares with the budget or accounts."""
    stated = comparison.scenario.organisation.reconciliation
    if stated is None:
        return
    full, calendar = comparison.evaluation.planned.full, comparison.prepared.inputs.calendar
    entered = float(total(full.support.own_cost, -1)[0, 0])
    recruitment = float(total(year_sums(full.services.recruitment, calendar.months_of_year), 1)[0, 0])
    label = comparison.prepared.dates.year_labels()[0]
    difference = entered - stated.total
    sides = (
        f"All cost entered for {label} comes to {money(entered)} and the budget or accounts to {money(stated.total)}"
    )
    if abs(difference) <= stated.tolerance:
        verdict = f"they agree within the tolerance of {money(stated.tolerance)}."
    else:
        verdict = (
            f"{money(abs(difference))} too {'much' if difference > 0 else 'little'}, where {money(stated.tolerance)} "
            "needs no explanation. Look for a cost that is missing or entered twice."
        )
    part = " The first year is a part-year." if label in comparison.prepared.dates.part_years() else ""
    beside = f" Planned recruitment of {money(recruitment)} is worked out and not counted here." if recruitment else ""
    yield Note(ORGANISATION, f"{sides}: {verdict}{part}{beside}")


def rejected_sharing(comparison: Comparison) -> Iterator[Note]:
    """Yield what a funder's rule that was entered does not accept in the way the support costs are shared."""
    scenario = comparison.scenario
    method = scenario.organisation.allocation_method
    for contract in comparison.contracts:
        for rule, what in rejections(scenario, [contract], method, chosen_drivers(scenario)):
            reason = f" ({rule.reason.rstrip('.')})" if rule.reason else ""
            yield Note(
                contract, f"{rule.funder} does not accept {what} in sharing support costs{reason}: {rule.source}."
            )
