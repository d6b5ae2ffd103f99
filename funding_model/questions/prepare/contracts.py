"""Contracts as the core's terms: timelines, prices and the calendars at which the plan must be costed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from funding_model.costing.arrays import Ints, months_first
from funding_model.costing.contract import (
    BASKET,
    CAP_OF_DIRECT,
    CAP_OF_TOTAL,
    CARRIED,
    CPI,
    FIXED_RATE,
    FLAT_ON_DIRECT,
    FLAT_ON_STAFF,
    FORECAST,
    FULL,
    KEPT,
    MODIFIED_BASE,
    NO_OVERHEAD,
    PAY_AWARD,
    RETURNED,
    UNMOVED,
    Award,
    Payment,
    Price,
    Scrutiny,
    Segments,
    Terms,
)
from funding_model.costing.inputs import Calendar, map_cases
from funding_model.costing.planned import PriceCalendar
from funding_model.costing.timeline import Segment, Timeline
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.prepare.behaviour import contract_value, value_of
from funding_model.questions.prepare.calendars import Pricing, prepare_calendars
from funding_model.questions.prepare.dates import Dates
from funding_model.questions.prepare.timelines import award_terms, lay_out_all
from funding_model.scenario.contracts import Contract
from funding_model.scenario.scenario import Scenario, contract_for
from funding_model.scenario.services import Service
from funding_model.units import MONTHS_A_YEAR

OVERHEAD_RULES = {
    "full": FULL,
    "cap_of_direct": CAP_OF_DIRECT,
    "cap_of_total": CAP_OF_TOTAL,
    "flat_on_direct": FLAT_ON_DIRECT,
    "flat_on_staff": FLAT_ON_STAFF,
    "modified_base": MODIFIED_BASE,
    "none": NO_OVERHEAD,
}
MOVEMENTS = {
    "none": UNMOVED,
    "fixed": FIXED_RATE,
    "cpi": CPI,
    "pay": PAY_AWARD,
    "basket": BASKET,
    "forecast": FORECAST,
}
UNDERSPENDS = {"returned": RETURNED, "kept": KEPT, "carried": CARRIED}


def movement_of(contract: Contract) -> tuple[int, float]:
    """Return how the price moves within an award and its rate; a blank rule carries on the contract's own movement."""
    movement = contract.movement
    if movement.within_award is not None:
        return MOVEMENTS[movement.within_award], movement.rate or 0.0
    if movement.new_award == "rolled_forward":
        return FIXED_RATE, movement.renewal_uplift or 0.0
    return FORECAST, 0.0


Grid = dict[str, list[Contract]]
"""Each contract as it stands for every service."""
CarriedOn = Mapping[str, Sequence[bool]]
"""By contract, for which services its price carries on from award to award as it moves within one."""


def contract_grid(scenario: Scenario) -> Grid:
    """Return each contract as it stands for every service; services that change the same things share one contract."""
    known: dict[tuple[str, str], Contract] = {}

    def standing(contract: Contract, service: Service) -> Contract:
        key = (contract.name, repr(service.contract_changes))
        if key not in known:
            known[key] = contract_for(contract, service)
        return known[key]

    return {
        contract.name: [standing(contract, service) for service in scenario.services] for contract in scenario.contracts
    }


def excluded_categories(grid: Grid) -> list[str]:
    """Return every category that some contract leaves out of its overhead base."""
    contracts = [contract for row in grid.values() for contract in row]
    return sorted({category for contract in contracts for category in contract.price.base_exclusions})


def prepare_terms(
    scenario: Scenario,
    contracts: Grid,
    names: Sequence[str],
    dates: Dates,
    calendar: Calendar,
    carried_on: CarriedOn | None = None,
) -> Terms:
    """Return the terms of the named contracts, one case each.

    Args:
        scenario: What was entered.
        contracts: Each contract as it stands for every service.
        names: The contracts wanted, one case each.
        dates: The scenario's dates.
        calendar: The core's calendar.
        carried_on: By contract, for which services its price carries on from award to award; by default for none.

    Raises:
        ProblemsError: A contract cannot be applied to this scenario.
    """
    rows = [contracts[name] for name in names]
    problems = check_contracts(scenario, rows, dates)
    if problems:
        raise ProblemsError(problems)
    never = [False] * len(scenario.services)
    marked = [never if carried_on is None else carried_on.get(name, never) for name in names]
    chosen, place = _distinct_columns(rows, marked)
    grid = [[row[service] for service in chosen] for row in rows]
    carrying = [[marks[service] for service in chosen] for marks in marked]
    lines = lay_out_all(grid, carrying, dates, calendar)
    segments = _segments(lines, calendar, dates)
    pricing = [
        [
            Pricing(
                line,
                contract.movement.new_award == "rolled_forward",
                movement_of(contract)[0] == FORECAST,
                contract.price.increments_recognised,
                contract.price.establishment == "planned",
            )
            for contract, line in zip(row, row_lines, strict=True)
        ]
        for row, row_lines in zip(grid, lines, strict=True)
    ]
    calendars, price_calendars = prepare_calendars(pricing, segments, calendar, dates)
    terms = Terms(
        segments=segments,
        calendars=calendars,
        award=_award(grid, lines),
        price=_price(grid, excluded_categories(contracts), dates, calendar),
        payment=_payment(grid, lines),
        scrutiny=_scrutiny(scenario, grid),
        price_calendars=tuple(_of_every_service(each, place) for each in price_calendars),
    )
    return terms if len(chosen) == len(place) else map_cases(terms, lambda array: _spread(array, place))


def check_contracts(scenario: Scenario, rows: Sequence[Sequence[Contract]], dates: Dates) -> list[Problem]:
    """Return what stops contracts, as they stand for every service, from being applied to a scenario."""
    problems = [
        problem
        for contract, service in _distinct_pairs(scenario, rows)
        for problem in _check_contract(scenario, contract, service, dates)
    ]
    return list(dict.fromkeys(problems))


def _distinct_pairs(scenario: Scenario, rows: Sequence[Sequence[Contract]]) -> list[tuple[Contract, Service]]:
    """Return each contract with a service that it stands for, once for all services that it fits alike."""
    extra = [value_of(scenario, "extra_turnover_when_insecure", service) for service in scenario.services]
    found = {
        (id(contract), extra[number]): (contract, scenario.services[number])
        for row in rows
        for number, contract in enumerate(row)
    }
    return list(found.values())


def _distinct_columns(rows: Sequence[Sequence[Contract]], marked: Sequence[Sequence[bool]]) -> tuple[list[int], Ints]:
    """Return the first of the services that have the same contracts, and for every service which of them it is."""
    known: dict[tuple[tuple[int, bool], ...], int] = {}
    first, place = [], []
    for service in range(len(rows[0])):
        key = tuple((id(row[service]), bool(marks[service])) for row, marks in zip(rows, marked, strict=True))
        if key not in known:
            known[key] = len(known)
            first.append(service)
        place.append(known[key])
    return first, np.array(place, np.int64)


def _spread(array: Any, place: Ints) -> Any:  # noqa: ANN401 - an array of floats, whole numbers or flags
    """Return an array for every service from one for each distinct contract, laid out in memory as before."""
    spread = np.take(array, place, axis=1)
    return spread if array.flags.c_contiguous else months_first(spread)


def _of_every_service(calendar: PriceCalendar, place: Ints) -> PriceCalendar:
    """Return a price calendar with the steps and cut-offs of every service."""

    def spread(years: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
        return tuple(years[number] for number in place) if years else years

    return replace(calendar, steps_of_year=spread(calendar.steps_of_year), cutoff=spread(calendar.cutoff))


def _check_contract(scenario: Scenario, contract: Contract, service: Service, dates: Dates) -> list[Problem]:
    """Return what stops a contract from being applied to a service."""
    where = f"contracts.{contract.name}"
    problems = []
    terms = award_terms(contract, dates)
    if terms.first_award_end is not None:
        length = terms.extension_months if terms.extensions_used else terms.months
        if terms.first_award_end <= 0:
            problems.append(
                Problem(
                    f"{where}.term.first_award_ends",
                    "is before the scenario starts.",
                    "Leave it out or give a later month.",
                )
            )
        elif terms.first_award_end - length > 0:
            problems.append(
                Problem(
                    f"{where}.term.first_award_ends",
                    f"leaves the first months without an award: one of {length} months that ends then starts later.",
                    "Give an earlier month or a longer award.",
                )
            )
    lag = contract.movement.lag_years
    if lag and dates.first_year - lag < 2019:  # noqa: PLR2004 - first year of the published paths
        problems.append(
            Problem(
                f"{where}.movement.lag_years",
                "reads growth from before 2019-20, which is not known.",
                "Use a shorter lag.",
            )
        )
    extra = value_of(scenario, "extra_turnover_when_insecure", service)
    secure = value_of(scenario, "secure_months")
    credibility = contract.award.break_credibility.value
    if extra and secure and contract.award.break_notice_months is not None and credibility is None:
        problems.append(
            Problem(
                f"{where}.award.break_credibility",
                "is blank, and staff turnover depends on whether staff expect the break clause to be used.",
                "Enter 0 (they count on it being used) to 1 (they disregard it), or set the extra turnover to 0.",
            )
        )
    years = len(dates.year_labels())
    if contract.price.schedule and len(contract.price.schedule) < years:
        problems.append(
            Problem(
                f"{where}.price.schedule",
                f"has {len(contract.price.schedule)} years and the comparison covers {years}.",
                "Enter a price for each financial year.",
            )
        )
    for factor in contract.price.dated_factors:
        year = _factor_year(factor.financial_year, factor.scenario_year, dates)
        if factor.of == "last_year" and year == 0 and contract.price.current is None:
            problems.append(
                Problem(
                    f"{where}.price.dated_factors",
                    "sets the first year's price from last year's, which is not known.",
                    "Enter price.current, the pounds a year paid today.",
                )
            )
    return problems


def _factor_year(financial_year: str | None, scenario_year: int | None, dates: Dates) -> int | None:
    labels = dates.year_labels()
    if financial_year is not None:
        return labels.index(financial_year) if financial_year in labels else None
    place = (scenario_year or 1) - 1
    return place if place < len(labels) else None


def _segments(lines: list[list[Timeline]], calendar: Calendar, dates: Dates) -> Segments:
    depth = max(len(line.segments) for row in lines for line in row)

    def table(read: Callable[..., float], blank: float) -> np.ndarray:
        return np.array(
            [
                [[read(s) for s in line.segments] + [blank] * (depth - len(line.segments)) for line in row]
                for row in lines
            ]
        )

    def year_of(segment: Segment) -> int:
        began = segment.cycle_start + segment.price_year * MONTHS_A_YEAR
        return 0 if began <= 0 else dates.year_of(began) - dates.first_year

    months = calendar.months
    return Segments(
        start=table(lambda s: s.start, months).astype(np.int64),
        end=table(lambda s: s.end, months).astype(np.int64),
        whole_months=table(lambda s: s.whole_months, 12).astype(np.int64),
        opens_cycle=table(lambda s: s.opens_cycle, 0).astype(bool),
        new_price_year=table(lambda s: s.new_price_year, 0).astype(bool),
        closes_award=table(lambda s: s.closes_award, 1).astype(bool),
        year=table(year_of, 0).astype(np.int64),
        of_month=np.array([[line.segment_of_month for line in row] for row in lines], np.int64),
    )


def _award(grid: list[list[Contract]], lines: list[list[Timeline]]) -> Award:
    depth = max(len(line.decided) for row in lines for line in row)
    months = len(lines[0][0].undecided)

    def number(read: Callable[[Contract], float]) -> np.ndarray:
        return np.array([[read(contract) for contract in row] for row in grid], float)

    def spread(read: Callable[[Timeline], np.ndarray]) -> np.ndarray:
        return months_first(np.array([[read(line) for line in row] for row in lines]))

    def deep(read: Callable[[Timeline], np.ndarray], rows: int) -> np.ndarray:
        return months_first(
            np.array(
                [
                    [
                        np.concatenate([read(line), np.zeros((rows - len(read(line)), months), read(line).dtype)])
                        for line in row
                    ]
                    for row in lines
                ]
            )
        )

    def blankable(value: float | None, blank: float) -> float:
        return blank if value is None else value

    return Award(
        renewal_probability=number(lambda c: blankable(c.award.renewal_probability.value, 1.0)),
        extension_probability=number(
            lambda c: blankable(
                c.award.extension_probability.value if c.award.extension_probability else None,
                blankable(c.award.renewal_probability.value, 1.0),
            )
        ),
        break_probability=number(lambda c: blankable(c.award.break_probability.value, 0.0)),
        break_notice=number(lambda c: blankable(c.award.break_notice_months, np.inf)),
        break_credibility=number(lambda c: blankable(c.award.break_credibility.value, 1.0)),
        at_risk=number(lambda c: c.award.continued_at_risk) > 0,
        reach=deep(lambda line: line.reach, depth + 1),
        decided=deep(lambda line: line.decided, depth),
        extension=deep(lambda line: line.extension, depth),
        end_ahead=spread(lambda line: line.end_ahead),
        undecided=spread(lambda line: line.undecided),
        event=spread(lambda line: line.event),
        months_of_notice=spread(lambda line: line.months_of_notice),
        months_late=spread(lambda line: line.months_late),
        letters=spread(lambda line: line.letters),
        bids=spread(lambda line: line.bids),
        competed=spread(lambda line: line.competed),
        cycle_months=number(lambda c: c.term.cycle_months),
        competition_cost=number(lambda c: contract_value(c.award.competition_cost, "competition_cost") or 0.0),
        competition_saving=number(lambda c: contract_value(c.award.competition_saving, "competition_saving") or 0.0),
    )


def _price(grid: list[list[Contract]], excluded: list[str], dates: Dates, calendar: Calendar) -> Price:
    def number(read: Callable[[Contract], float]) -> np.ndarray:
        return np.array([[read(contract) for contract in row] for row in grid], float)

    years = calendar.years
    shape = (len(grid), len(grid[0]), years)
    schedule, last_year_factor = np.zeros(shape), np.zeros(shape)
    factor, follows = np.ones(shape), np.zeros(shape, bool)
    for case, row in enumerate(grid):
        for service, contract in enumerate(row):
            if contract.price.schedule:
                schedule[case, service] = contract.price.schedule[:years]
            for dated in contract.price.dated_factors:
                year = _factor_year(dated.financial_year, dated.scenario_year, dates)
                if year is None:
                    continue
                if dated.of == "last_year":
                    follows[case, service, year], last_year_factor[case, service, year] = True, dated.factor
                else:
                    factor[case, service, year] = dated.factor
    return Price(
        overhead_rule=number(lambda c: OVERHEAD_RULES[c.price.overhead_rule]).astype(np.int64),
        overhead_rate=number(lambda c: c.price.overhead_rate or 0.0),
        excluded=np.array(
            [[[category in c.price.base_exclusions for category in excluded] for c in row] for row in grid], bool
        ).reshape(*shape[:2], len(excluded)),
        funded_share=number(lambda c: c.price.funded_share),
        margin=number(lambda c: c.price.margin),
        recognises_recruitment=number(lambda c: "recruitment" in c.price.recognises),
        recognises_monitoring=number(lambda c: "monitoring" in c.price.recognises),
        recognises_closing=number(lambda c: "closing_costs" in c.price.recognises),
        current=number(lambda c: c.price.current or 0.0),
        has_current=number(lambda c: c.price.current is not None) > 0,
        schedule=schedule,
        has_schedule=number(lambda c: bool(c.price.schedule)) > 0,
        factor=factor,
        last_year_factor=last_year_factor,
        follows_last_year=follows,
        restricted=number(lambda c: c.price.income_restricted) > 0,
        rolled_forward=number(lambda c: c.movement.new_award == "rolled_forward") > 0,
        renewal_uplift=number(lambda c: c.movement.renewal_uplift or 0.0),
        volume_follows=number(lambda c: c.movement.volume_follows) > 0,
        movement=number(lambda c: movement_of(c)[0]).astype(np.int64),
        rate=number(lambda c: movement_of(c)[1]),
        pay_weight=number(lambda c: c.movement.pay_weight or 0.0),
        cap=number(lambda c: np.inf if c.movement.cap is None else c.movement.cap),
        floor=number(lambda c: -1.0 if c.movement.floor is None else c.movement.floor),
        lag=number(lambda c: c.movement.lag_years).astype(np.int64),
    )


def _payment(grid: list[list[Contract]], lines: list[list[Timeline]]) -> Payment:
    return Payment(
        by_volume=np.array([[contract.payment.basis == "volume" for contract in row] for row in grid]),
        underspend=np.array([[UNDERSPENDS[contract.payment.underspend] for contract in row] for row in grid], np.int64),
        received=months_first(np.array([[line.received for line in row] for row in lines])),
        received_on_time=months_first(np.array([[line.received_on_time for line in row] for row in lines])),
    )


def _scrutiny(scenario: Scenario, grid: list[list[Contract]]) -> Scrutiny:
    def number(read: Callable[[Contract], float | None], blank: float = 0.0) -> np.ndarray:
        values = [[read(contract) for contract in row] for row in grid]
        return np.array([[blank if value is None else value for value in row] for row in values], float)

    def own(entered: object, name: str) -> float | None:
        value = getattr(entered, "value", None)
        return value_of(scenario, name) if value is None else float(value)

    return Scrutiny(
        returns=number(lambda c: c.monitoring.returns_a_year),
        return_hours=number(lambda c: own(c.monitoring.hours_each, "return_hours")),
        return_hours_funder=number(lambda c: own(c.monitoring.funder_hours_each, "return_hours_funder")),
        variation_hours=number(lambda c: own(c.flexibility.variation_hours, "variation_hours")),
        chance_of_change=number(lambda c: c.flexibility.chance_of_change.value),
        repurposable=number(lambda c: c.flexibility.repurposable.value),
        regret_known=number(
            lambda c: c.flexibility.chance_of_change.value is not None and c.flexibility.repurposable.value is not None
        )
        > 0,
    )
