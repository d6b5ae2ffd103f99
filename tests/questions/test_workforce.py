"""The workforce plan: hand-worked pay, and sums that are those of the comparison."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.workforce import MEASURES, PAY, Record, workforce, workforce_rows
from funding_model.report.look import LIGHT
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences, workforce_text
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.scenario import Scenario
from tests.questions.small_scenarios import compared
from tests.report.told import not_shown
from tests.strategies import scenarios


def check_adds_up(comparison: Comparison, document: Record) -> None:
    """The plan's sums are those of the engine's own totals, however they are grouped."""
    staff = comparison.evaluation.planned.full.services.staff_cost[0]
    jobs = comparison.evaluation.jobs
    for case, contract in enumerate(document["contracts"]):

        def total(measure: str, records: list[Record], /) -> float:
            return math.fsum(year[measure] for record in records for year in record["years"])

        for grouped in (contract["services"], contract["posts"], contract["titles"], [contract]):
            assert total("staff_cost", grouped) == pytest.approx(staff.sum(), rel=1e-9)
            for measure in ("leavers", "hires"):
                assert total(measure, grouped) == pytest.approx(getattr(comparison.totals, measure)[case], rel=1e-9)
            assert total("pay_not_spent", grouped) == pytest.approx(comparison.totals.pay_not_spent[case], rel=1e-9)
        growth = np.broadcast_to(jobs.growth_hires, jobs.hires.shape)[case].sum()
        assert total("growth_hires", [contract]) == pytest.approx(growth, rel=1e-9, abs=1e-9)
        for year in contract["years"]:
            assert sum(year[name] for name in PAY) == pytest.approx(year["staff_cost"], rel=1e-12)
            assert year["growth_hires"] + year["replacement_hires"] == pytest.approx(year["hires"], abs=1e-9)
        entered = comparison.evaluation.provider
        cover = np.broadcast_to(entered.survival[..., :-1] * entered.cover, entered.cost.shape)[case].sum()
        assert total("cover", [contract]) == pytest.approx(cover, rel=1e-9, abs=1e-9)


def test_pay_of_a_post_is_its_parts() -> None:
    """Three workers at 29,000 pounds, National Insurance of 15 per cent above 5,000, 5 per cent pension."""
    document = workforce(compared())
    post = document["contracts"][0]["posts"][0]
    assert (post["service"], post["post"], post["salary"], post["pay_point"]) == (
        "Family support",
        "Support worker",
        29_000,
        None,
    )
    first = post["years"][0]
    assert (first["posts"], first["posts_at_end"], first["fte"]) == (3, 3, 3)
    assert first["gross_pay"] == pytest.approx(3 * 29_000)
    assert first["national_insurance"] == pytest.approx(3 * (29_000 - 5_000) * 0.15)
    assert first["pension"] == pytest.approx(3 * 29_000 * 0.05)
    assert (first["other_on_costs"], first["absence_cover"]) == (0, 0)
    assert first["staff_cost"] == pytest.approx(3 * (29_000 * 1.05 + (29_000 - 5_000) * 0.15))


def test_hires_keep_a_steady_share_of_posts_filled() -> None:
    """Turnover of 0.18 and 1.4 months to fill: 0.015 / (0.015 + 1 / 1.4) of the posts stand empty."""
    changes = {"contracts.1.award.renewal_probability": 1, "contracts.1.award.lead_months": 0}
    first = workforce(compared(changes))["contracts"][0]["posts"][0]["years"][0]
    empty = 0.015 / (0.015 + 1 / 1.4)
    assert first["vacancies"] == pytest.approx(3 * empty)
    assert first["in_post"] == pytest.approx(3 * (1 - empty))
    assert first["leavers"] == pytest.approx(12 * 0.015 * 3 * (1 - empty))
    assert first["hires"] == first["replacement_hires"] == pytest.approx(first["leavers"])
    assert first["growth_hires"] == 0


def test_posts_added_later_are_filled_by_growth_hires() -> None:
    later = {
        "services.1.posts.1.start": "2027-04",
        "services.1.posts.1.heads": [],
        "assumptions.turnover": 0,
        "contracts.1.award.renewal_probability": 1,
    }
    years = workforce(compared(later))["contracts"][0]["services"][0]["years"]
    assert [year["posts_at_end"] for year in years] == [0, 3, 3]
    months = 12 / 1.4
    assert [year["growth_hires"] for year in years] == pytest.approx(
        [0, 3 * (1 - np.exp(-months)), 3 * (np.exp(-months) - np.exp(-2 * months))]
    )
    assert all(year["replacement_hires"] == 0 for year in years)


def test_a_post_shared_with_a_pool_stands_in_both_by_its_time() -> None:
    shared = {"organisation.pools.2.posts.1.time": {"Director": 0.75, "Training": 0.25}}
    document = workforce(compared(shared))
    director = next(each for each in document["contracts"][0]["posts"] if each["post"] == "Director")
    assert (director["service"], director["years"][0]["fte"]) == ("Training", 0.125)
    assert [(each["pool"], each["years"][0]["fte"]) for each in document["support_posts"]] == [("Director", 0.375)]
    assert "hires" not in document["support_posts"][0]["years"][0]


def test_recruits_are_set_beside_the_supply_only_where_it_is_entered() -> None:
    blank = workforce(compared())
    assert all(each["supply"] is None and each["short"] is None for each in blank["contracts"][0]["recruits"])
    assert any("supply of recruits is blank" in note["text"] for note in blank["notes"])
    assert not any(row[7] in ("recruits_supply", "recruits_short") for row in workforce_rows(blank))
    entered = workforce(compared({"assumptions.supply_of_recruits": 0.5}))
    first = entered["contracts"][0]["recruits"][0]
    assert first["supply"] == 0.5
    assert first["needed"] > 0.5
    assert first["short"] == pytest.approx(first["needed"] - 0.5)
    assert entered["contracts"][0]["years"] == blank["contracts"][0]["years"]
    assert "short by" in " ".join(workforce_sentences(entered))
    enough = workforce(compared({"assumptions.supply_of_recruits": 50}))
    assert enough["contracts"][0]["recruits"][0]["short"] == 0
    assert "is enough in every year" in " ".join(workforce_sentences(enough))


@pytest.mark.parametrize("identifier", library_ids())
def test_the_plan_adds_up_to_the_comparison_and_is_told_in_its_own_numbers(identifier: str) -> None:
    scenario, _ = load_library(identifier, {"assumptions.supply_of_recruits": 1.5})
    assert scenario is not None
    comparison = compare(scenario)
    document = workforce(comparison)
    check_adds_up(comparison, document)
    assert not_shown(workforce_sentences(document), workforce_grids(document)) == []
    assert max(map(len, workforce_text(document).splitlines())) <= 100
    chart = hires_chart(document, LIGHT).to_dict()
    assert chart["description"].startswith("Bar chart. Hires by year.")


@settings(max_examples=25)
@given(entered=scenarios())
def test_any_scenarios_plan_adds_up(entered: Scenario) -> None:
    try:
        comparison = compare(entered)
    except ProblemsError:
        return
    document = workforce(comparison)
    check_adds_up(comparison, document)
    assert not_shown(workforce_sentences(document), workforce_grids(document)) == []
    assert {row[7] for row in workforce_rows(document)} <= {*MEASURES, "recruits_needed"}


def test_without_posts_there_is_nothing_to_plan() -> None:
    document = workforce(compared({"services.1.posts": [], "services.2.posts": [], "services.1.people": None}))
    assert document["contracts"][0]["posts"] == []
    assert "there is no workforce to plan" in workforce_text(document)
