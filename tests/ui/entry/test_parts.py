from __future__ import annotations

import pytest

from funding_model.problems import Problem
from funding_model.ui.entry.parts import PARTS, other_parts_words, part_of

ORGANISATION = list(PARTS["organisation"])
SERVICES = list(PARTS["services"])
CONTRACTS = list(PARTS["contracts"])


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("name", ORGANISATION[0]),
        ("organisation.opening_cash", ORGANISATION[0]),
        ("organisation.pools.1.lines.2.amount", ORGANISATION[1]),
        ("organisation.allocation_method", ORGANISATION[1]),
        ("organisation.other_activities.1.name", ORGANISATION[2]),
        ("organisation.pools.1.driver_quantities.floor_area", ORGANISATION[2]),
        ("organisation.reconciliation.total", ORGANISATION[2]),
        ("Quantities of each driver", ORGANISATION[2]),
        ("services.1.people.unit", SERVICES[0]),
        ("services.2.posts.1.fte", SERVICES[1]),
        ("services.1.lines.3.amount", SERVICES[2]),
        ("services.1.social_value.1.pounds", SERVICES[3]),
        ("contracts", CONTRACTS[0]),
        ("base", CONTRACTS[0]),
        ("contracts.1.name", CONTRACTS[0]),
        ("contracts.1.term.months", CONTRACTS[1]),
        ("assumptions.turnover", ""),
    ],
)
def test_problems_lead_to_their_part(where: str, part: str) -> None:
    assert part_of(Problem(where, "")) == part


def test_what_is_wanting_in_the_parts_that_are_not_shown_is_counted() -> None:
    found = [Problem("services.1.posts.1.fte", ""), Problem("services.1.posts.2.fte", ""), Problem("base", "")]
    assert other_parts_words("services", SERVICES[0], found) == (
        "Missing or not right in other parts of this page: Posts, 2 entries."
    )
    assert other_parts_words("services", "Posts", found).startswith("Nothing has to be put right")
    assert other_parts_words("organisation", ORGANISATION[0], found).startswith("Nothing has to be put right")
