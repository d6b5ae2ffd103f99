from __future__ import annotations

import pytest

from funding_model.questions.compare import compare
from funding_model.questions.entered import line_cost, post_costs, rates, sharing
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.library import library_ids, load_library

NOTHING_ASSUMED = Assumptions()


def test_a_post_costs_pay_and_its_on_costs() -> None:
    (cost,) = post_costs(
        [Post(name="Worker", headcount=2, fte=0.5, salary=40_000, pension_rate=0.05, other_on_cost_rate=0.01)],
        "2026-04",
        NOTHING_ASSUMED,
    )
    assert cost is not None
    gross = 40_000 * 0.5
    nic = (gross - 5_000) * 0.15
    assert cost.gross == pytest.approx(gross)
    assert cost.nic == pytest.approx(nic)
    assert cost.pension_and_other == pytest.approx(gross * 0.05 + gross * 0.01)
    assert cost.each == pytest.approx(gross + nic + gross * 0.06)
    assert cost.everyone == pytest.approx(2 * cost.each)


def test_a_post_that_starts_later_or_elsewhere_costs_the_same_in_a_full_year() -> None:
    post = Post(name="Worker", fte=1, salary=30_000)
    later = post.model_copy(update={"start": "2028-01", "end": "2028-02", "time": {"Elsewhere": 1.0}})
    first, second = post_costs([post, later], "2026-04", NOTHING_ASSUMED)
    assert first == second


def test_a_point_that_does_not_exist_has_no_cost() -> None:
    assert post_costs([Post(name="Worker", fte=1, pay_point=70)], "2026-04", NOTHING_ASSUMED) == [None]


def test_a_line_costs_what_cannot_be_recovered_of_its_vat() -> None:
    line = Line(name="Rent", amount=100, per="month", vat_rate=0.2, vat_recoverable=0.25)
    assert line_cost(line, "2026-04", NOTHING_ASSUMED) == pytest.approx(12 * 100 * (1 + 0.2 * 0.75))
    once = Line(name="Desks", amount=100, per="once")
    assert line_cost(once, "2026-04", NOTHING_ASSUMED) == 100


@pytest.mark.parametrize("identifier", library_ids())
def test_everything_that_is_spent_is_borne(identifier: str) -> None:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    found = sharing(compare(scenario))
    assert found.allocated == pytest.approx(found.spent)
    assert found.overhead == pytest.approx(sum(found.pools.values()))
    assert len(found.bearers) == len(scenario.services) + len(scenario.organisation.other_activities)


def test_the_rate_has_three_bases() -> None:
    assert rates(100, 80, 25) == (25 / 100, 25 / 125, 25 / 80)
    assert rates(0, 0, 0) == (None, None, None)
