"""Every published example of sharing costs comes out as it was printed."""

from __future__ import annotations

import pytest

from funding_model.costing.overheads import METHODS
from tests.costing.overheads.organisations import DRIVEN
from tests.questions.allocate.cases import BY_ID, EXAMPLES, answers

OURS = {
    "direct": "direct",
    "step": "step_down",
    "reciprocal": "reciprocal",
    "repeated_distribution": "reciprocal",
}
PUBLISHED = [
    pytest.param(case["id"], theirs, id=f"{case['id']}-{theirs}")
    for case in EXAMPLES["cases"]
    if case["kind"] == "allocation"
    for theirs in case["published"]
]


@pytest.mark.parametrize(("case", "theirs"), PUBLISHED)
def test_published_allocation(case: str, theirs: str) -> None:
    shared, tolerance = answers()[case]["methods"][OURS[theirs]], BY_ID[case]["tolerance"]
    published = BY_ID[case]["published"][theirs]
    assert shared["result"] == pytest.approx(published["result"], rel=0, abs=tolerance)
    if "gross" in published:
        assert shared["gross"] == pytest.approx(published["gross"], rel=0, abs=tolerance)


@pytest.mark.parametrize("case", [case for case in BY_ID if BY_ID[case]["kind"] == "primary"])
def test_published_primary_apportionment(case: str) -> None:
    after, published = answers()[case]["after_primary"], BY_ID[case]["published"]["after_primary"]
    shown = {centre: after[centre] for centre in published}
    assert shown == pytest.approx(published, rel=0, abs=BY_ID[case]["tolerance"])
    own = [*BY_ID[case]["already_allocated"].values(), *(pool["cost"] for pool in BY_ID[case]["pools"].values())]
    assert sum(after.values()) == pytest.approx(sum(own))


@pytest.mark.parametrize("case", [case for case in BY_ID if BY_ID[case]["kind"] == "mtdc"])
def test_published_modified_total_direct_cost(case: str) -> None:
    published = BY_ID[case]["published"] | BY_ID[case].get("computed_here", {})
    for name, by_year in published.items():
        assert answers()[case][name] == pytest.approx(by_year, rel=0, abs=BY_ID[case]["tolerance"])


def test_published_flat_rate() -> None:
    assert answers()["interreg_aurora_flat_rate"]["result"] == pytest.approx(10_000 * 0.15) == 1_500


def test_every_example_is_answered_by_every_method_that_applies() -> None:
    assert list(answers()) == list(BY_ID)
    assert set(answers()["university_printers_step"]["methods"]) == set(METHODS)
    without_own_cost = answers()["xy_all_three_methods"]
    assert set(without_own_cost["methods"]) == set(DRIVEN)
    assert without_own_cost["notes"] == ["Left out: single rate, because the base of the single rate sums to zero."]
    assert set(answers(method="direct")["xy_all_three_methods"]["methods"]) == {"direct"}
