"""Assumptions as arrays: the service's own, else the organisation's, else the published default."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from funding_model.costing.arrays import Floats, months_first
from funding_model.costing.inputs import Behaviour, Effort, Funds, People
from funding_model.questions.prepare.dates import Dates
from funding_model.questions.prepare.draws import NOT_DRAWN, Draws, columns_of
from funding_model.questions.prepare.staffing import volume_by_month
from funding_model.reference.defaults import assumption_default, assumption_defaults
from funding_model.scenario.assumptions import Assumption, ServiceAssumptions
from funding_model.scenario.plain import Place
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import PeopleSupported, Service


def value_of(scenario: Scenario, name: str, service: Service | None = None) -> float | None:
    """Return an assumption's central value as it holds for a service; None while it is blank."""
    holders = (service.assumptions, scenario.assumptions) if service is not None else (scenario.assumptions,)
    for holder in holders:
        entered = getattr(holder, name, None)
        if isinstance(entered, bool):
            return float(entered)
        if isinstance(entered, Assumption) and entered.value is not None:
            return entered.value
    default = assumption_defaults().get(name)
    if default is None or default.value is None or isinstance(default.value, str):
        return None
    return float(default.value)


def place_of_value(scenario: Scenario, name: str, service: int | None = None) -> Place | None:
    """Return where an assumption that holds for a service is entered: its own place, or the organisation's."""
    if service is not None and _has_value(scenario.services[service].assumptions, name):
        return ("services", service, "assumptions", name)
    return ("assumptions", name) if _has_value(scenario.assumptions, name) else None


def _has_value(holder: ServiceAssumptions, name: str) -> bool:
    entered = getattr(holder, name, None)
    return isinstance(entered, Assumption) and entered.value is not None


def contract_value(entered: Assumption | None, name: str) -> float | None:
    """Return a contract's assumption, else its published default; None while it is blank."""
    if entered is not None and entered.value is not None:
        return entered.value
    default = assumption_default(name).value
    return float(default) if isinstance(default, int | float) else None


def _column(scenario: Scenario, name: str, blank: float, draws: Draws) -> Floats:
    """Return an assumption by service: axes (case, service)."""
    values = [value_of(scenario, name, service) for service in scenario.services]
    standing = [blank if value is None else value for value in values]
    return columns_of(standing, draws, lambda number: place_of_value(scenario, name, number))


def one_value(scenario: Scenario, name: str, draws: Draws = NOT_DRAWN) -> Floats:
    """Return an assumption of the organisation, 0 while it is blank: axis (case,)."""
    drawn = draws.get(("assumptions", name))
    return np.array([value_of(scenario, name) or 0.0]) if drawn is None else drawn


def prepare_behaviour(scenario: Scenario, draws: Draws = NOT_DRAWN) -> Behaviour:
    """Return the assumptions about staff and the end of a service; a blank effect is off."""
    services = len(scenario.services)
    opening = [value_of(scenario, "opening_vacancy", service) for service in scenario.services]

    def column(name: str, blank: float = 0.0) -> Floats:
        return _column(scenario, name, blank, draws)

    return Behaviour(
        turnover=column("turnover"),
        extra_turnover=column("extra_turnover_when_insecure"),
        opening_vacancy=column("opening_vacancy"),
        opening_vacancy_entered=np.array([[value is not None for value in opening]]),
        months_to_fill=column("months_to_fill", 1.0),
        secure_months=np.repeat(one_value(scenario, "secure_months", draws)[:, None], services, axis=1),
        freeze_months=column("freeze_months"),
        close_intake_months=column("close_intake_months"),
        open_at_risk=column("open_at_risk", 1.0),
        pause_share=column("pause_share"),
        cover_share=column("cover_share"),
        cover_premium=column("cover_premium"),
        support_cover_premium=one_value(scenario, "cover_premium", draws)[:, None],
        cost_per_hire=column("cost_per_hire"),
        cost_per_hire_senior=column("cost_per_hire_senior"),
        all_in=column("cost_per_hire_all_in") > 0,
        induction_months=column("induction_months"),
        induction_loss=1 - column("induction_productivity", 1.0),
        redeployed=column("redeployed"),
        pension_cessation=column("pension_cessation_exposure"),
    )


def prepare_people(scenario: Scenario, dates: Dates, draws: Draws = NOT_DRAWN) -> People:
    """Return the people's side of each service; a service without one supports nobody."""
    sides = [service.people for service in scenario.services]

    def column(read: Callable[[PeopleSupported], float], blank: float) -> Floats:
        return np.array([[blank if side is None else read(side) for side in sides]], float)

    referrals = np.array(
        [
            [
                (0.0 if service.people is None else service.people.referrals_a_month)
                * volume_by_month(service.planned_changes, dates)
                for service in scenario.services
            ]
        ]
    )
    return People(
        counted=np.array([side is not None for side in sides]),
        caseload=column(lambda side: side.caseload_per_fte, 0.0),
        length=column(lambda side: side.mean_length_months, 1.0),
        opening_caseload=column(lambda side: side.opening_caseload or 0.0, 0.0),
        opening_entered=np.array([[side is not None and side.opening_caseload is not None for side in sides]]),
        opening_waiting=column(lambda side: side.opening_waiting, 0.0),
        referrals=months_first(referrals),
        most_starts=_column(scenario, "most_starts_a_month", np.inf, draws),
        gives_up=_column(scenario, "gives_up_a_month", 0.0, draws),
    )


def prepare_effort(scenario: Scenario, draws: Draws = NOT_DRAWN) -> Effort:
    """Return the hours and pounds of letters, bids, returns and notices."""

    def one(name: str) -> Floats:
        return one_value(scenario, name, draws)

    return Effort(
        bought_in=scenario.assumptions.done_by == "bought_in",
        provider_hour=one("provider_hour_value"),
        provider_hour_entered=np.array([value_of(scenario, "provider_hour_value") is not None]),
        funder_hour=one("funder_hour_value"),
        letter=one("letter_hours"),
        letter_funder=one("letter_hours_funder"),
        bid=one("bid_hours"),
        bid_funder=one("bid_hours_funder"),
        bid_external=one("bid_external"),
        notice=one("notice_hours_per_head"),
        variation_funder=one("variation_hours_funder"),
    )


def prepare_funds(scenario: Scenario, dates: Dates, months_of_year: list[int]) -> Funds:
    """Return the organisation's money and the services' other funders, spread evenly over each year."""
    organisation = scenario.organisation
    shape = (len(scenario.services), dates.months)
    everything, restricted, meeting_cost, in_kind = (np.zeros(shape) for _ in range(4))
    years = [dates.year_of(month) - dates.first_year for month in range(dates.months)]
    for number, service in enumerate(scenario.services):
        for funder in service.other_funders:
            amounts = [*funder.amount_by_year, *([0.0] * (len(months_of_year) - len(funder.amount_by_year)))]
            monthly = np.array([amounts[year] / months_of_year[year] for year in years])
            everything[number] += monthly
            if funder.income_restricted:
                restricted[number] += monthly
            if funder.kind != "match":
                meeting_cost[number] += monthly
            if funder.kind == "in_kind":
                in_kind[number] += monthly
    return Funds(
        opening_cash=organisation.opening_cash or 0.0,
        opening_reserves=organisation.opening_free_reserves or 0.0,
        minimum_cash=organisation.minimum_cash,
        policy_months=organisation.reserves_policy_months or 0.0,
        policy_on_unrestricted=organisation.reserves_policy_basis != "all_spending",
        opening_restricted=np.array([service.opening_restricted_funds for service in scenario.services], float),
        other_funders=months_first(everything),
        other_restricted=months_first(restricted),
        other_meeting_cost=months_first(meeting_cost),
        other_in_kind=months_first(in_kind),
        borrowing_rate=np.array([organisation.borrowing_rate or 0.0]),
    )
