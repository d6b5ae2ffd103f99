"""Notes: what a reader must know beside the results: warnings, what is switched off, and what the tool is not for."""

from __future__ import annotations

from typing import Final

from funding_model.questions.compare import Comparison
from funding_model.questions.notes import contracts, figures, money
from funding_model.questions.notes.note import Note
from funding_model.questions.notes.off import switched_off

__all__ = ["LIMITS", "Note", "switched_off", "warnings"]

LIMITS: Final = (
    "No UK study measures the effect of contract length on cost, staff turnover or outcomes.",
    "These results follow from the terms of the contracts and from what was entered.",
    "Do not use them as a forecast of what a service will achieve, or as evidence that a kind of contract works.",
    "Do not use them to judge staff or to decide on a redundancy: they are planning estimates, not entitlements.",
    "Do not use them as accounts, a statutory return, or legal, tax or pensions advice.",
    "Do not use them for a bid or an agreement before entries and public figures have been checked.",
)
"""What holds for every result, and what the tool must not be used for."""


def warnings(comparison: Comparison) -> list[Note]:
    """Return what makes results less sure or less comparable than they look."""
    found = [
        *contracts.part_awards(comparison),
        *contracts.part_years(comparison),
        *contracts.chances_of_renewal(comparison),
        *contracts.intake_without_effect(comparison),
        *contracts.terms_no_service_takes(comparison),
        *contracts.price_terms_beside_a_price_entered(comparison),
        *money.prices_far_above_cost(comparison),
        *money.overhead_rates(comparison),
        *money.rejected_sharing(comparison),
        *money.costs_funded_twice(comparison),
        *money.levy_without_a_pool(comparison),
        *money.overheads_beside_changes_of_size(comparison),
        *money.reconciliation(comparison),
        *figures.outside_the_horizon(comparison),
        *figures.service_beyond_age(comparison),
        *figures.low_pay(comparison),
        *figures.held_figures(comparison),
        *figures.announced_pay_points(comparison),
        *figures.forecast(comparison),
        *figures.jurisdiction(comparison),
        *figures.where_entries_come_from(comparison),
    ]
    return list(dict.fromkeys(found))
