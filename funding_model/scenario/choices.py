"""Choices: what each of the values that may be chosen is called on a page, by field and value."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from funding_model.scenario.titles import title_of

CHOICES: Final = {
    ("distribution", "fixed"): "No range: only the value",
    ("distribution", "triangular"): "Most often near the value (triangular)",
    ("distribution", "pert"): "Most often near the value, ends rare (PERT)",
    ("distribution", "uniform"): "Anything between low and high (uniform)",
    ("distribution", "normal"): "Bell curve (normal)",
    ("distribution", "lognormal"): "Bell curve with a long upper end (lognormal)",
    ("distribution", "discrete"): "Some values, each with its own weight (discrete)",
    ("done_by", "already_costed"): "Staff already costed",
    ("done_by", "bought_in"): "Bought in",
    ("overhead_rule", "full"): "All of the overhead",
    ("overhead_rule", "cap_of_direct"): "Up to a share of direct cost",
    ("overhead_rule", "cap_of_total"): "Up to a share of the total",
    ("overhead_rule", "flat_on_direct"): "A flat share of direct cost",
    ("overhead_rule", "flat_on_staff"): "A flat share of staff cost",
    ("overhead_rule", "modified_base"): "A share of direct cost, some categories left out",
    ("overhead_rule", "none"): "No overhead",
    ("of", "last_year"): "Last year’s price",
    ("of", "this_year"): "This year’s price",
    ("recognises", "recruitment"): "Recruitment",
    ("recognises", "monitoring"): "Monitoring",
    ("recognises", "closing_costs"): "Closing costs",
    ("establishment", "planned"): "All planned posts",
    ("establishment", "award_year"): "Posts of the award’s first year",
    ("new_award", "recosted"): "Costed afresh",
    ("new_award", "rolled_forward"): "Last year’s price, moved on",
    ("within_award", "none"): "Not at all",
    ("within_award", "fixed"): "A fixed rate a year",
    ("within_award", "cpi"): "Consumer prices",
    ("within_award", "pay"): "The pay award",
    ("within_award", "basket"): "A mix of pay and prices",
    ("within_award", "forecast"): "The forecast made at the award",
    ("interval_months", "1"): "Monthly",
    ("interval_months", "2"): "Every 2 months",
    ("interval_months", "3"): "Quarterly",
    ("interval_months", "4"): "Every 4 months",
    ("interval_months", "6"): "Half-yearly",
    ("interval_months", "12"): "Yearly",
    ("timing", "advance"): "In advance",
    ("timing", "arrears"): "In arrears",
    ("basis", "block"): "Block price",
    ("basis", "volume"): "A price for each person-month of support",
    ("underspend", "returned"): "Returned",
    ("underspend", "kept"): "Kept",
    ("underspend", "carried"): "Carried to the award’s end",
    ("pension_base", "whole_pay"): "All pay",
    ("pension_base", "qualifying_earnings"): "Qualifying earnings",
    ("per", "month"): "a month",
    ("per", "year"): "a year",
    ("per", "once"): "once",
    ("per", "person_starting"): "for each person starting",
    ("per", "person_month"): "for each person-month",
    ("per", "delivery_fte"): "for each delivery FTE a year",
    ("index", "pay"): "pay",
    ("index", "prices"): "prices",
    ("index", "none"): "nothing",
    ("index", "own_rate"): "its own rate",
    ("kind", "running"): "running",
    ("kind", "set_up"): "set-up",
    ("kind", "exit"): "exit",
    ("kind", "match"): "Match funding required",
    ("kind", "co_funding"): "Other funding",
    ("kind", "in_kind"): "Help in kind",
    ("status", "yours"): "yours",
    ("status", "published"): "published",
    ("status", "default"): "default",
    ("status", "example"): "example",
    ("status", "no evidence"): "no evidence",
    ("jurisdiction", "NI"): "Northern Ireland",
    ("jurisdiction", "GB"): "Great Britain",
    ("reserves_policy_basis", "all_spending"): "All spending",
    ("reserves_policy_basis", "spending_from_unrestricted_income"): "Spending from unrestricted income",
    ("allocation_method", "direct"): "Direct: straight to services",
    ("allocation_method", "step_down"): "Step-down: pool after pool",
    ("allocation_method", "reciprocal"): "Reciprocal: pools serve each other",
    ("allocation_method", "single_rate"): "One overhead rate for all",
    ("methods", "direct"): "Direct: straight to services",
    ("methods", "step_down"): "Step-down: pool after pool",
    ("methods", "reciprocal"): "Reciprocal: pools serve each other",
    ("methods", "single_rate"): "One overhead rate for all",
    ("single_rate_base", "direct_cost"): "Direct cost",
    ("single_rate_base", "direct_staff_cost"): "Staff cost",
    ("single_rate_base", "fte"): "Full-time equivalents",
    ("category", "premises_and_office"): "Premises and office",
    ("category", "central_functions"): "Central functions",
    ("category", "governance_and_strategy"): "Governance and strategy",
    ("category", "fundraising"): "Fundraising",
    ("schema_version", "1"): "1",
}
"""Words by field and value. A test holds them to the entry models, so that no page shows a bare value."""

DRIVER_NAMES: Final = {
    "fte": "Full-time equivalents",
    "headcount": "People employed",
    "direct_cost": "Direct cost",
    "direct_staff_cost": "Staff cost",
    "accumulated_cost": "All cost so far in a step-down",
}
"""What each driver that is worked out is called."""
DRIVERS: Final = {
    "fte": "Who has most staff bears most. Fits desks, payroll, supervision and computers.",
    "headcount": "Each counts once, however few their hours. Fits recruitment and training.",
    "direct_cost": "Who spends most bears most. Fits a director’s and a board’s attention.",
    "direct_staff_cost": "Who spends most on staff bears most. Fits management of people.",
    "accumulated_cost": "Direct cost, with what earlier pools have handed on.",
}
"""What each driver that is worked out means, in plain words."""
OWN_DRIVER: Final = (
    "A quantity that you enter below for everyone who uses the pool, such as square metres of floor or hours."
)


def driver_name(driver: str) -> str:
    """Return what a driver is called on a page and in a report."""
    return DRIVER_NAMES.get(driver) or title_of(driver)


def choice_words(value: object, choices: Collection[object]) -> str:
    """Return what one of the values of a field is called, where the field is known by what may be chosen in it."""
    for name in dict.fromkeys(name for name, _ in CHOICES):
        if all((name, str(choice)) in CHOICES for choice in choices):
            return CHOICES.get((name, str(value)), str(value))
    return str(value).replace("_", " ")
