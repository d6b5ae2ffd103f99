"""The slow reference: a scenario under one contract, worked out in decimals from the written method alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from funding_model.scenario.scenario import Scenario, contract_for
from tests.slow_reference import cash
from tests.slow_reference.course import Course, Draws
from tests.slow_reference.figures import PRECISION, ZERO, Series, total
from tests.slow_reference.money import Money
from tests.slow_reference.plan import Plan


@dataclass
class SlowService:
    """One service's results; every list is by month or by financial year and never weighted unless it says so.

    Attributes:
        name: The service.
        months: By month: what the names say; cost, income, surplus and what is lost are weighted by survival.
        weeks_lost: Weeks of service lost by cause and month, weighted by survival.
        boundaries: Chance to go on at each boundary at which the service may end.
        exposure: At each such boundary: redundancy, notice, pension_cessation, exit_lines and their total.
        loss: At each such boundary: what losing the service there costs.
        notices: At each boundary where an award ends: heads given protective notice.
        families_cut_off: At each such boundary: expected people in support when the service is lost.
        years: By financial year: full_cost, fundable_cost, price, cost, income, surplus.
        gap: By financial year: steps from full cost to surplus, signed as they change the provider's result.
        hours: By month, weighted by survival: letters, bids, returns, notices, variations.
    """

    name: str
    months: dict[str, Series]
    weeks_lost: dict[str, Series]
    boundaries: dict[int, Decimal]
    exposure: dict[int, dict[str, Decimal]]
    loss: dict[int, Decimal]
    notices: dict[int, Decimal]
    families_cut_off: dict[int, Decimal]
    years: dict[str, Series]
    gap: dict[str, Series]
    hours: dict[str, Series]


@dataclass
class SlowResult:
    """The whole organisation's results.

    Attributes:
        services: One entry for each service, in the scenario's order.
        pool_cost: Each pool's own cost by financial year, employer's charges included.
        levy: Apprenticeship levy by financial year.
        allowance: Employment Allowance by financial year.
        activity_full_cost: Each other activity's full cost by financial year.
        cash: Closing cash by month when everything continues.
        interest: Overdraft interest by month on that path.
        free_reserves: Closing free reserves by month on that path.
        debtors: All services' accrued income that has not arrived, by month.
        received: The funder's payments by month, for each service.
        lowest_cash: Lowest closing cash when everything continues.
        lowest_cash_if_lost: Lowest closing cash if a service is lost at a boundary: keys (service index, boundary).
        public_purse: paid, administration, saving and total by financial year, weighted by survival.
        present_value: The total's present value in year-0 money.
        hours: All services' hours by task.
        hour_value: Pounds an hour in year 0.
    """

    services: list[SlowService]
    pool_cost: dict[str, Series]
    levy: Series
    allowance: Series
    activity_full_cost: dict[str, Series]
    cash: Series
    interest: Series
    free_reserves: Series
    debtors: Series
    received: list[Series]
    lowest_cash: Decimal
    lowest_cash_if_lost: dict[tuple[int, int], Decimal]
    public_purse: dict[str, Series]
    present_value: Decimal
    hours: dict[str, Decimal] = field(default_factory=dict)
    hour_value: Decimal = ZERO


def evaluate(scenario: Scenario, contract_name: str, *, drawn_survival: Draws | None = None) -> SlowResult:
    """Work out a scenario under one of its contracts.

    Args:
        scenario: What a person entered.
        contract_name: Which of its contracts.
        drawn_survival: For a drawn path, a number between 0 and 1 for (service index, boundary): the service goes on
            there if it is below the chance. A boundary that is left out keeps its chance.
    """
    with localcontext() as context:
        context.prec = PRECISION
        plan = Plan(scenario)
        contract = next(entry for entry in scenario.contracts if entry.name == contract_name)
        every = [
            Money(Course(contract_for(contract, service), plan, service.name), index, drawn_survival)
            for index, service in enumerate(scenario.services)
        ]
        return organisation_result(plan, every)


def organisation_result(plan: Plan, every: list[Money]) -> SlowResult:
    years = range(plan.calendar.years)
    continuing = cash.balance_of(plan, every)
    if_lost = {
        (index, boundary): min(cash.balance_of(plan, every, index, boundary).cash)
        for index, money in enumerate(every)
        for boundary in money.course.certainty.boundaries()
    }
    purse = public_purse(plan, every)
    services = [service_result(money) for money in every]
    owed = [cash.debtors(money) for money in every]
    return SlowResult(
        services=services,
        pool_cost={pool: [plan.own_cost_of_year(pool, year, year)[1] for year in years] for pool in plan.pools},
        levy=[plan.levy_of_year(year, year) for year in years],
        allowance=[plan.allowance_of_year(year, year) for year in years],
        activity_full_cost={
            name: [
                plan.own_cost_of_year(name, year, year)[1]
                + total(plan.overheads(year, year)[pool, name] for pool in plan.pools)
                for year in years
            ]
            for name in plan.activities
        },
        cash=continuing.cash,
        interest=continuing.interest,
        free_reserves=cash.free_reserves(plan, every, continuing.interest),
        debtors=[total(column) for column in zip(*owed, strict=True)],
        received=[cash.received(money) for money in every],
        lowest_cash=min(continuing.cash),
        lowest_cash_if_lost=if_lost,
        public_purse=purse,
        present_value=present_value(plan, purse["total"]),
        hours={task: total(total(service.hours[task]) for service in services) for task in services[0].hours},
        hour_value=plan.hour_value(),
    )


def public_purse(plan: Plan, every: list[Money]) -> dict[str, Series]:
    paid, administration, saving = ([ZERO] * plan.calendar.months for _ in range(3))
    for money in every:
        returned = money.underspend_returned()
        for month in money.months:
            paid[month] += money.survival[month] * (money.price[month] - returned[month])
            administration[month] += money.administration(month)
            saving[month] += money.saving(month)
    purse = {
        "paid": plan.calendar.by_year(paid),
        "administration": plan.calendar.by_year(administration),
        "saving": plan.calendar.by_year(saving),
    }
    purse["total"] = [
        purse["paid"][year] + purse["administration"][year] - purse["saving"][year]
        for year in range(plan.calendar.years)
    ]
    return purse


def present_value(plan: Plan, yearly: Series) -> Decimal:
    rate = plan.sure("", "discount_rate")
    return total(
        amount / plan.economy.index("deflator", year) / (1 + rate) ** year for year, amount in enumerate(yearly)
    )


def service_result(money: Money) -> SlowService:
    plan, course, months = money.plan, money.course, money.months
    certainty = course.certainty
    calendar = plan.calendar
    monthly = {**monthly_money(money), **monthly_course(money)}
    boundaries = certainty.boundaries()
    exposures = {boundary: course.exposure(boundary) for boundary in boundaries}
    returned = money.underspend_returned()
    yearly = {name: calendar.by_year(monthly[name]) for name in ("full_cost", "price", "cost", "income", "surplus")}
    yearly["fundable_cost"] = [total(money.fundable(year)) for year in range(calendar.years)]
    gaps = [money.gap(year, yearly["surplus"][year], returned) for year in range(calendar.years)]
    hours: dict[str, Series] = {}
    for month in months:
        for task, amount in money.task_hours(month).items():
            weight = money.survival_before(month) if task in ("letters", "bids") else money.survival[month]
            hours.setdefault(task, []).append(weight * amount)
    return SlowService(
        name=money.service,
        months=monthly,
        weeks_lost=weeks_lost(money),
        boundaries=boundaries,
        exposure={
            boundary: {
                "redundancy": exposed.redundancy,
                "notice": exposed.notice,
                "pension_cessation": exposed.pension_cessation,
                "exit_lines": exposed.exit_lines,
                "total": exposed.total,
            }
            for boundary, exposed in exposures.items()
        },
        loss={boundary: course.loss(boundary) for boundary in boundaries},
        notices={
            boundary: course.notices(boundary)
            for boundary in boundaries
            if certainty.award_starting(boundary) is not None
        },
        families_cut_off={
            boundary: (money.survival[boundary - 1] - money.survival[boundary])
            * course.delivered()[0].caseload_closing[boundary - 1]
            for boundary in boundaries
        },
        years=yearly,
        gap={step: [gap[step] for gap in gaps] for step in gaps[0]},
        hours=hours,
    )


def monthly_money(money: Money) -> dict[str, Series]:
    plan, course, months = money.plan, money.course, money.months
    returned = money.underspend_returned()
    returned_filled = money.underspend_returned(posts_filled=True)
    cost = [money.cost(month) for month in months]
    income = [money.income(month, returned) for month in months]
    costs = [plan.cost_now(money.service, month) for month in months]
    notional = cash.notional_financing(money)
    on_time = cash.notional_financing(money, on_time=True)
    return {
        "full_cost": [money.full_cost(month) for month in months],
        "direct_cost": [cost_of_month.direct for cost_of_month in costs],
        "staff_cost": [cost_of_month.staff for cost_of_month in costs],
        "overhead": [plan.overhead(money.service, month) for month in months],
        "planned_recruitment": [
            plan.planned_recruitment(money.service, month, plan.calendar.year(month)) for month in months
        ],
        "eligible_direct": [cost_of_month.eligible for cost_of_month in costs],
        "price": money.price,
        "block_price": money.block,
        "underspend_returned": returned,
        "underspend_returned_posts_filled": returned_filled,
        "other_funders": [money.other_funders(month) for month in months],
        "pay_not_spent": [course.pay_not_spent(month) for month in months],
        "cover": [course.cover(month) for month in months],
        "lines_change": [course.lines_change(month) for month in months],
        "recruitment": [course.recruitment(month) for month in months],
        "running_terms": [money.running_terms(month) for month in months],
        "award_effort": [money.award_effort(month) for month in months],
        "cost_of_loss": [money.cost_of_loss(month) for month in months],
        "survival": money.survival,
        "cost": cost,
        "income": income,
        "surplus": [earned - spent for earned, spent in zip(income, cost, strict=True)],
        "surplus_posts_filled": [
            money.income(month, returned_filled) - money.cost(month, posts_filled=True) for month in months
        ],
        "notional_financing": notional,
        "notional_financing_lateness": [late - due for late, due in zip(notional, on_time, strict=True)],
        "regret": [money.regret(month) for month in months],
    }


def monthly_course(money: Money) -> dict[str, Series]:
    course, months = money.course, money.months
    certainty = course.certainty
    run = course.delivered()[0]
    planned, _, _, capacity = course.capacities()
    staffed = [course.staffed(month) for month in months]
    return {
        "leavers": [total(found.leavers(month) for found in staffed[month]) for month in months],
        "hires": [total(found.hires(month) for found in staffed[month]) for month in months],
        "heads": [total(found.part.heads for found in staffed[month]) for month in months],
        "vacant_heads": [total(found.part.heads * found.mean[month] for found in staffed[month]) for month in months],
        "vacant_fte": [total(found.part.fte * found.mean[month] for found in staffed[month]) for month in months],
        "award_end_ahead": [certainty.award_end_ahead(month) for month in months],
        "undecided": [Decimal(certainty.undecided(month)) for month in months],
        "insecure": [certainty.insecure(month) for month in months],
        "frozen": [certainty.frozen(month) for month in months],
        "closed": [certainty.closed(month) for month in months],
        "starts": run.starts,
        "exits": run.exits,
        "support_months_given": run.given,
        "caseload_closing": run.caseload_closing,
        "waiting_closing": run.waiting_closing,
        "gave_up": run.gave_up,
        "capacity": capacity,
        "planned_capacity": planned,
    }


def weeks_lost(money: Money) -> dict[str, Series]:
    """Return the weeks lost by cause: planned capacity, less each cause in turn, is what is given."""
    course = money.course
    planned, staffed, working, capacity = course.capacities()
    run, open_run = course.delivered()
    weeks = Decimal(52) / 12
    lost: dict[str, Series] = {
        cause: [] for cause in ("vacancy", "induction", "pause", "service_lost", "closed_intake", "not_filled")
    }
    for month in money.months:
        alive = money.survival[month]
        lost["vacancy"].append(weeks * (planned[month] - staffed[month]))
        lost["induction"].append(weeks * (staffed[month] - working[month]))
        lost["pause"].append(weeks * (working[month] - capacity[month]))
        lost["service_lost"].append(weeks * (1 - alive) * capacity[month])
        lost["closed_intake"].append(weeks * alive * (open_run.given[month] - run.given[month]))
        lost["not_filled"].append(weeks * alive * (capacity[month] - open_run.given[month]))
    return lost
