"""Results that can be bridged: every total, and shares that are worked out from totals or from the terms alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from funding_model.costing.accounts import planned_heads
from funding_model.costing.arrays import Floats, ratio, total
from funding_model.costing.certainty import insecurity
from funding_model.costing.continuation import survival
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs
from funding_model.questions.document import FAMILIES_RESULTS
from funding_model.questions.totals import POUNDS, SHARE, STANDARD_SECURITY, Totals

RECOVERY: Final = "recovery_rate"
COST_PER_PERSON: Final = "cost_per_person"
OF_PEOPLE: Final = (*FAMILIES_RESULTS, COST_PER_PERSON)
"""Results that mean nothing when no service has a people's side."""
LONGEST_SECURITY: Final = max(STANDARD_SECURITY)
SECURE: Final = f"secure_post_months_share_at_{LONGEST_SECURITY}"


@dataclass(frozen=True)
class Result:
    """What a result is called, its unit and its ledger."""

    name: str
    label: str
    unit: str
    ledger: str


RESULTS: Final[dict[str, Result]] = {
    item.name: Result(item.name, item.metadata["label"], item.metadata["unit"], item.metadata["ledger"])
    for item in fields(Totals)
} | {
    RECOVERY: Result(RECOVERY, "Recovery rate", SHARE, "provider"),
    COST_PER_PERSON: Result(COST_PER_PERSON, "Cost of each person starting support", POUNDS, "families"),
    SECURE: Result(SECURE, f"Posts secure for {LONGEST_SECURITY} months or more", SHARE, "staff"),
}
"""Every result that can be bridged, by name."""
IF_EVERYTHING_CONTINUES: Final = tuple(
    name for name, each in RESULTS.items() if "if everything continues" in each.label
)
"""Results that no chance of going on weighs."""
MAIN: Final = (
    "surplus_posts_filled", "surplus", "price", "lowest_cash", "purse_total", "people_starting_support",
    "cost_per_person", "weeks_lost", "leavers", SECURE,
)  # fmt: skip
"""The results that are bridged unless others are asked for."""


def values_of(name: str, totals: Totals, inputs: Inputs, terms: Terms) -> Floats:
    """Return one result of every case; not a number where it does not apply."""
    if name == RECOVERY:
        return ratio(totals.price, totals.full_cost, otherwise=np.nan)
    if name == COST_PER_PERSON:
        return ratio(totals.cost_with_people, totals.people_starting_support, otherwise=np.nan)
    if name == SECURE:
        return _secure_share(inputs, terms)
    values: Floats = getattr(totals, name)
    return values


def _secure_share(inputs: Inputs, terms: Terms) -> Floats:
    """Return the share of post-months with confirmed funding for the longest of the standard times, weighted by S."""
    heads = survival(terms.award)[..., :-1] * planned_heads(inputs)
    threshold = np.full((1, heads.shape[1]), float(LONGEST_SECURITY))
    secure = heads * (1 - insecurity(terms.award, threshold))
    return ratio(total(total(secure, -1), -1), total(total(heads, -1), -1), otherwise=np.nan)
