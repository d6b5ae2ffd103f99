from __future__ import annotations

import pytest

from funding_model.problems import Problem
from funding_model.ui.entry.places import placed

DOCUMENT = {
    "organisation": {"pools": [{"name": "Premises", "lines": [{}]}]},
    "services": [{"name": "Family support hub", "posts": [{"name": "Key worker"}, {}]}],
    "contracts": [],
}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("services.1.posts.1.fte", "Family support hub, Key worker, FTE"),
        ("services.1.posts.2.months_to_fill", "Family support hub, Post 2, Months to fill a post"),
        ("services.7.name", "Service 7, Name"),
        ("organisation.pools.1.lines.1.amount", "Organisation, Premises, Cost line 1, Amount"),
        ("organisation.name", "Organisation, Name"),
        ("assumptions.turnover", "Assumptions, Staff turnover"),
        ("contracts", "Contracts"),
        ("", ""),
    ],
)
def test_a_place_is_said_with_the_names_that_were_given(where: str, words: str) -> None:
    assert [each.where for each in placed([Problem(where, "is missing.")], DOCUMENT)] == [words]


def test_what_comes_first_in_the_work_is_said_first() -> None:
    wrong = [Problem(where, "is missing.") for where in ("contracts", "services", "base", "organisation.name")]
    assert [each.where for each in placed(wrong, DOCUMENT)] == ["Organisation, Name", "Services", "Contracts", "Base"]
