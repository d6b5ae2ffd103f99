"""Prices: which months were agreed before the change, and what the funder pays in those and in later ones.

An award, with the extensions of its cycle, that was decided before the month of the change keeps its price. A later one
is priced as the contract says: costed afresh it sees the change; rolled forward it follows added posts where the price
follows volume, and never dearer costs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, pick
from funding_model.costing.contract import Agreed, Terms
from funding_model.costing.delivery import Delivery
from funding_model.costing.plan import plan
from funding_model.costing.pricing import block_prices
from funding_model.questions.compare import Comparison
from funding_model.questions.prepare import Prepared


def settled_months(comparison: Comparison, month: int) -> Flags:
    """Return the months whose award was decided before a month: axes (contract, service, month)."""
    terms = comparison.terms
    grid = comparison.prepared.contracts
    lead = np.array([[version.award.lead_months for version in grid[name]] for name in comparison.contracts])
    segments = terms.segments
    opened = np.zeros(lead.shape, np.int64)
    decided = np.zeros(segments.start.shape, bool)
    for number in range(segments.start.shape[-1]):
        opened = np.where(segments.opens_cycle[..., number], segments.start[..., number], opened)
        decided[..., number] = (opened == 0) | (opened - lead < month)
    found: Flags = pick(decided.astype(float), segments.of_month) > 0
    return found


def price_if(prepared: Prepared, terms: Terms) -> Floats:
    """Return the block price of each month of a scenario under contracts: axes (contract, service, month)."""
    return block_prices(prepared.inputs, plan(prepared.inputs, terms.price_calendars), terms)


def agreed_before(comparison: Comparison, with_posts_only: Prepared, changed_capacity: Floats, month: int) -> Agreed:
    """Return what was agreed before a change, without a contingency and before any variation.

    Args:
        comparison: The contracts before the change.
        with_posts_only: The scenario with added posts and without dearer costs.
        changed_capacity: Planned capacity after the change: axes (case, service, month).
        month: First month of the change.
    """
    evaluation, terms = comparison.evaluation, comparison.terms
    shape = (*evaluation.provider.cost.shape[:2], comparison.prepared.inputs.calendar.months)
    settled = np.broadcast_to(settled_months(comparison, month), shape)
    before = block_prices(comparison.prepared.inputs, evaluation.planned, terms)
    rolled = np.broadcast_to(terms.price.rolled_forward[:, :, None], shape)
    return Agreed(
        settled=settled | rolled,
        block=np.where(settled, before, price_if(with_posts_only, terms)),
        planned=np.where(settled, evaluation.planned.capacity, changed_capacity),
        contingency=np.zeros(shape),
        variations=np.zeros(shape),
    )


@dataclass(frozen=True)
class NewNeed:
    """How far new need is met: axes (contract, service, month)."""

    referred: Floats
    starting: Floats
    met: Floats
    """Share of those referred in addition so far who have started, at most 1."""


def new_need(before: Delivery, after: Delivery, more: Floats) -> NewNeed:
    """Return how far the people referred in addition have started support."""
    starting = after.flow.starts - before.flow.starts
    referred = np.broadcast_to(more, starting.shape)
    so_far, asked = np.cumsum(starting, axis=-1), np.cumsum(referred, axis=-1)
    met = np.divide(so_far, asked, out=np.zeros_like(so_far), where=asked > 0)
    return NewNeed(referred, starting, np.clip(met, 0.0, 1.0))
