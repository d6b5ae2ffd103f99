"""Change: need or cost changes in mid-contract; who pays, what is delivered, and every ledger before and after.

The changed scenario goes through the one engine under the same contracts. Prices agreed before the change stay
(``prices.py``); volume contracts pay for what is given; an underspend is worked out on what is then spent. Where a
share of the price is held as a contingency it is paid for new need that is met:

``contingency = contingency share x price x met``, met = people started in addition / people referred in addition, so
far, in each month of the change.

One variation of the contract is made for each service whose people or posts change, in its first month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import Agreed
from funding_model.costing.model import apply_contract
from funding_model.costing.overheads import AllocationError
from funding_model.costing.plan import plan
from funding_model.problems import ProblemsError
from funding_model.questions.change.asked import Change, check, concerned, window
from funding_model.questions.change.changed import more_referrals, refer, same_start, with_dearer_lines, with_posts
from funding_model.questions.change.prices import NewNeed, agreed_before, new_need
from funding_model.questions.compare import Comparison, allocation_problem
from funding_model.questions.prepare import prepare
from funding_model.questions.totals import totals_of


@dataclass(frozen=True)
class Changed:
    """The same contracts before and after a change."""

    change: Change
    before: Comparison
    after: Comparison
    agreed: Agreed
    need: NewNeed


def change_need(before: Comparison, change: Change) -> Changed:
    """Apply a change to the contracts of a comparison.

    Raises:
        ProblemsError: The change cannot be applied, or what it leads to cannot be costed.
    """
    scenario = before.scenario
    check(change, scenario)
    first, _ = window(change, before.prepared.dates)
    staffed = with_posts(scenario, change)
    changed = with_dearer_lines(staffed, change)
    more = more_referrals(change, before.prepared)
    with_posts_only = before.prepared if staffed is scenario else same_start(prepare(staffed), before)
    with_posts_only = refer(with_posts_only, more)
    prepared = with_posts_only if changed is staffed else refer(same_start(prepare(changed), before), more)
    terms = prepared.terms(before.contracts)
    try:
        planned = plan(prepared.inputs, terms.price_calendars)
        agreed = agreed_before(before, with_posts_only, planned.capacity, first)
        agreed = replace(agreed, variations=_variations(before, change, first))
        evaluation = apply_contract(prepared.inputs, planned, terms, agreed=agreed)
        need = new_need(before.evaluation.delivery, evaluation.delivery, more)
        contingency = _contingency(before, change, evaluation.provider.price, need)
        if contingency.any():
            agreed = replace(agreed, contingency=contingency)
            evaluation = apply_contract(prepared.inputs, planned, terms, agreed=agreed)
    except AllocationError as error:
        raise ProblemsError([allocation_problem(error, changed)]) from error
    after = Comparison(
        changed,
        prepared,
        before.contracts,
        before.base,
        terms,
        evaluation,
        totals_of(evaluation, prepared.inputs),
    )
    return Changed(change, before, after, agreed, need)


def _variations(before: Comparison, change: Change, first: int) -> Floats:
    """Return the variations made: one for each service whose people or posts change."""
    counted = before.prepared.inputs.people.counted
    made = np.zeros((1, len(counted), before.prepared.inputs.calendar.months))
    for number in concerned(change, before.scenario):
        names = {post.name for post in before.scenario.services[number].posts}
        if (change.needs and counted[number]) or any(added.post in names for added in change.posts):
            made[0, number, first] = 1.0
    return made


def contingency_shares(comparison: Comparison) -> Floats:
    """Return the share of the price held for new need: axes (contract, service)."""
    grid = comparison.prepared.contracts
    return np.array(
        [[version.flexibility.contingency_share for version in grid[name]] for name in comparison.contracts]
    )


def _contingency(before: Comparison, change: Change, price: Floats, need: NewNeed) -> Floats:
    """Return what is paid on top of the price while the change lasts, for new need that is met."""
    first, end = window(change, before.prepared.dates)
    month = np.arange(price.shape[-1])
    during = (month >= first) & (month < end)
    paid: Floats = contingency_shares(before)[:, :, None] * price * need.met * during
    return paid
