"""One case's price and accounts under one contract, and its results added up."""

from __future__ import annotations

from typing import Final

import numba
import numpy as np

from funding_model.costing.arrays import Flags, Floats
from funding_model.costing.contract import CPI, FIXED_RATE
from funding_model.questions.reserves import HALF_A_PENNY
from funding_model.units import WEEKS_A_MONTH
from tests.benchmarks.fused.course import Course
from tests.benchmarks.fused.entries import Cases, Contract, Plan

TOTALS: Final = (
    "full_cost", "fundable_cost", "price", "income", "cost", "cost_with_people", "surplus", "surplus_posts_filled",
    "surplus_real", "cost_of_terms", "pay_not_spent", "lowest_cash", "closing_free_reserves", "paid", "administration",
    "purse_total", "purse_present_value", "people_starting_support", "support_months", "weeks_lost", "waiting_at_end",
    "leavers", "hires", "notices",
)  # fmt: skip
"""The kernel's totals, in the order of its columns."""
YEARLY: Final = ("full_cost", "price", "cost", "surplus", "surplus_posts_filled", "cash", "free_reserves")
"""The kernel's yearly results, in the order of its columns."""
EACH_MONTH: Final = 6
"""Rows of money by month that the kernel adds up over the services."""


@numba.njit(error_model="numpy")
def segment_prices(contract: Contract, drawn: Cases, case: int, own: Floats, base: Floats, result: Floats) -> None:
    """Set the price a month of each segment."""
    before, current, moving = 1.0, 1.0, False
    first_price = first_base = 0.0
    for number in range(len(own)):
        opens, begins = contract.opens[number], contract.begins[number]
        if opens:
            before = 1.0
        elif begins:
            before = current
        moving = False if opens else moving or begins
        step = 1.0
        if contract.movement == FIXED_RATE:
            step = 1 + contract.rate
        elif contract.movement == CPI:
            step = 1 + drawn.price_growth[case, contract.growth_year[number]]
        uplift = before * step if moving else 1.0
        if opens or begins:
            current = uplift
        if opens:
            first_price, first_base = own[number], base[number]
            if number and contract.rolled:
                raised = (1 + contract.uplift) ** contract.whole[number - 1]
                first_price = result[number - 1] * raised * base[number] / base[number - 1]
            result[number] = first_price
        else:
            result[number] = (first_price * base[number] / first_base if contract.rolled else own[number]) * uplift


@numba.njit(error_model="numpy")
def account(
    plan: Plan,
    drawn: Cases,
    contract: Contract,
    case: int,
    deflator: Floats,
    full: tuple[Floats, Floats, Floats, Floats, Floats],
    priced: tuple[Floats, Floats, Floats, Floats, Floats],
    base: tuple[Floats, Floats, Floats, Floats, Floats],
    course: Course,
    capacity: Floats,
    totals: Floats,
    yearly: Floats,
    flags: Flags,
) -> None:
    """Price one contract, keep its accounts and its cash, and add everything up."""
    services, months = capacity.shape
    parts = len(contract.first)
    _, direct, recruitment, overhead, paid_beside = full
    by_month = np.zeros((EACH_MONTH, months))  # full cost, price, cost, kept, surplus with posts filled, net cash
    own, of_base, prices = np.empty(parts), np.empty(parts), np.empty(parts)
    taken = np.zeros(months)
    short_of_all = np.zeros(months)
    fundable = running_terms = unspent = notices = 0.0
    for service in range(services):
        for number in range(parts):
            of_priced = of_start = 0.0
            for month in range(contract.first[number], contract.last[number]):
                year = plan.year_of_month[month]
                of_priced += priced[1][service, month] + priced[2][service, month] + priced[3][service, year]
                of_start += base[1][service, month] + base[2][service, month] + base[3][service, year]
            length = contract.last[number] - contract.first[number]
            own[number], of_base[number] = of_priced / length, of_start / length
        segment_prices(contract, drawn, case, own, of_base, prices)
        covered = drawn.cover_share[case, service] * (1 + drawn.cover_premium[case, service])
        taken[:] = 0.0
        arrived, arrived_before, short, left = 0.0, 0.0, 0.0, 0.0
        place = 0
        repaid = 0.0
        for number in range(parts):
            eligible = lines = allowed = 0.0
            last = contract.last[number]
            for month in range(contract.first[number], last):
                spent = course.empty_pay[service, month]
                eligible += direct[service, month] + spent * (covered - 1) + course.lines_change[service, month]
                lines += direct[service, month] + course.lines_change[service, month]
                allowed += overhead[service, plan.year_of_month[month]] + course.recruitment[service, month]
            whole = prices[number] * (last - contract.first[number])
            back = max(0.0, whole - max(0.0, eligible) - allowed)
            back_if_filled = max(0.0, whole - max(0.0, lines) - allowed)
            for month in range(contract.first[number], last):
                year = plan.year_of_month[month]
                spent, change = course.empty_pay[service, month], course.lines_change[service, month]
                running = course.recruitment[service, month] - recruitment[service, month]
                cost_in_full = direct[service, month] + overhead[service, year] + recruitment[service, month]
                filled = cost_in_full + change + running
                cost = filled - spent + spent * covered
                returned = back if month == last - 1 else 0.0
                kept = prices[number] - returned
                by_month[0, month] += cost_in_full
                by_month[1, month] += prices[number]
                by_month[2, month] += cost
                by_month[3, month] += kept
                kept_if_filled = prices[number] - (back_if_filled if month == last - 1 else 0.0)
                by_month[4, month] += kept_if_filled - filled
                while place < contract.received[service, month]:
                    arrived += prices[_segment_of(contract, place)]
                    place += 1
                by_month[5, month] += arrived - arrived_before - cost - repaid
                arrived_before, repaid = arrived, returned
                left += kept - cost
                held = max(0.0, left)
                missing = held - left + short
                short_of_all[month] += missing
                if month + 1 == months or plan.year_of_month[month + 1] != year:
                    left, short = held, missing
                fundable += direct[service, month] + overhead[service, year]
                running_terms += running
                unspent += spent
                if contract.ends[service, month + 1]:
                    notices += course.filled_at_end[service, month]
    balance = free = reserves_needed = 0.0
    lowest = np.inf
    flags[0] = flags[1] = False
    real = present = cost_of_year = 0.0
    yearly[:] = 0.0
    for month in range(months):
        year = plan.year_of_month[month]
        balance += by_month[5, month] - paid_beside[month]
        free = -short_of_all[month]
        lowest = min(lowest, balance)
        flags[0] |= balance <= plan.minimum_cash - HALF_A_PENNY
        surplus = by_month[3, month] - by_month[2, month]
        for row, value in enumerate(
            (by_month[0, month], by_month[1, month], by_month[2, month], surplus, by_month[4, month])
        ):
            yearly[row, year] += value
        real += surplus / deflator[year]
        present += by_month[3, month] / deflator[year] * (1 + drawn.discount_rate[case]) ** -year
        cost_of_year += by_month[2, month]
        if month + 1 == months or plan.year_of_month[month + 1] != year:
            yearly[5, year], yearly[6, year] = balance, free
            reserves_needed = cost_of_year / plan.months_of_year[year] * plan.policy_months
            flags[1] |= free <= reserves_needed - HALF_A_PENNY
            cost_of_year = 0.0
    sums = by_month.sum(axis=1)
    given = course.sums[1]
    values = (
        sums[0], fundable, sums[1], sums[3], sums[2], sums[2], sums[3] - sums[2], sums[4], real, running_terms, unspent,
        lowest, free, sums[3], 0.0, sums[3], present, course.sums[0], given, (capacity.sum() - given) * WEEKS_A_MONTH,
        course.sums[4], course.sums[2], course.sums[3], notices,
    )  # fmt: skip
    for column, value in enumerate(values):
        totals[column] = value


@numba.njit(error_model="numpy")
def _segment_of(contract: Contract, month: int) -> int:
    """Return the segment of a month."""
    for number in range(len(contract.first)):
        if month < contract.last[number]:
            return number
    return len(contract.first) - 1
