"""Titles: what a field is called on a page, in a table and in the history, where its own name in words will not do."""

from __future__ import annotations

from typing import Final

from funding_model.reference.defaults import assumption_defaults

TITLES: Final = {
    "mean_length_months": "Mean length of support",
    "cost_per_hire_senior": "Cost per senior hire",
    "cost_per_hire_all_in": "Cost per hire is all-in",
    "letter_hours": "Provider hours a letter",
    "letter_hours_funder": "Funder hours a letter",
    "bid_hours": "Provider hours a bid",
    "bid_hours_funder": "Funder hours a bid",
    "bid_external": "Bought-in help a bid",
    "return_hours": "Provider hours a return",
    "return_hours_funder": "Funder hours a return",
    "notice_hours_per_head": "Hours a protective notice",
    "variation_hours": "Provider hours a variation",
    "variation_hours_funder": "Funder hours a variation",
    "hours_each": "Provider hours a return",
    "funder_hours_each": "Funder hours a return",
    "freeze_months": "Months without hiring before the end",
    "close_intake_months": "Months without intake before the end",
    "open_at_risk": "Intake kept open at risk",
    "pause_share": "Delivery paused while undecided",
    "cover_share": "Share of empty posts covered",
    "cover_premium": "Extra cost of cover",
    "months_to_fill": "Months to fill a post",
    "gives_up_a_month": "Give up waiting in a month",
    "redeployed": "Redeployed or transferred",
    "opening_vacancy": "Posts empty at the start",
    "provider_hour_value": "Value of a provider hour",
    "funder_hour_value": "Value of a funder hour",
    "secure_months": "Months of funding that feel secure",
    "stranded_months": "Months until overhead is shed",
    "done_by": "Who does this work",
    "most_starts_a_month": "Most starts in a month",
    "induction_months": "Months of induction",
    "induction_productivity": "Caseload during induction",
    "lead_months": "Decision before the start",
    "break_notice_months": "Notice to break the award",
    "competed": "Competed at each new cycle",
    "extension_months": "Length of each extension",
    "months": "Length of the award",
    "extensions": "Number of extensions",
    "interval_months": "Each payment covers",
    "timing": "In advance or in arrears",
    "days": "Days allowed for payment",
    "basis": "Block or by volume",
    "of": "Factor applies to",
    "current": "Price paid today",
    "schedule": "Agreed prices by year",
    "establishment": "Posts that the price covers",
    "absence_cover_rate": "Absence cover",
    "other_on_cost_rate": "Other on-costs",
    "delivery_share": "Time with a caseload",
    "every_year": "Growth every year",
    "added": "Added to every year",
    "outturn_added": "Turns out above that",
    "opening_waiting": "Waiting at the start",
    "opening_caseload": "Supported at the start",
    "reserves_policy_basis": "Reserves policy counts",
    "reserves_policy_months": "Reserves policy",
    "time": "Time on each service",
    "contractual_notice_weeks": "Contractual notice",
    "shed_after_months": "Cost goes on after a loss",
    "full_time_hours_a_week": "Full-time week",
    "horizon_years": "Number of years",
    "jurisdiction": "Redundancy law of",
    "single_rate_base": "The one rate is a share of",
    "need_index": "Need of its area",
    "opening_restricted_funds": "Restricted funds held for it at the start",
    "unit": "Whom it supports",
    "volume": "Times the size entered",
    "pounds": "Value of each",
}
SHORT: Final = ("fte", "vat", "cpi", "gdp", "nic")
"""Words that are written in capitals."""


def title_of(name: str) -> str:
    """Return a field's title for a form or a table: its own, or else its name in words."""
    if name in TITLES:
        return TITLES[name]
    return upper_first(" ".join(word.upper() if word in SHORT else word for word in name.split("_")))


def assumption_title(name: str) -> str:
    """Return what an assumption is called wherever it is spoken of: as on the list of all assumptions.

    A contract's is called as it is among the terms of the contract.
    """
    default = assumption_defaults().get(name)
    return title_of(name) if default is None or default.level == "contract" else default.title


def lower_first(title: str) -> str:
    """Return a title as it stands in the middle of a sentence: an abbreviation stays one."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def upper_first(text: str) -> str:
    """Return text that can begin a sentence."""
    return text[:1].upper() + text[1:]
