"""Simulations beside closed forms, a second sampler, and themselves in other pieces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.compare import compare
from funding_model.questions.totals import losses
from funding_model.questions.uncertainty.document import ENDED_SOONER, NOTHING_UNCERTAIN, simulation_document
from funding_model.questions.uncertainty.drawing import Work
from funding_model.questions.uncertainty.sampling import Sampler, correlated, correlation_matrix, uniforms
from funding_model.questions.uncertainty.simulation import Simulation, simulate
from funding_model.questions.uncertainty.statistics import (
    chance,
    convergence,
    curve,
    enough_draws,
    estimate,
    standard_error,
    ties,
)
from tests.questions.small_scenarios import scenario

CERTAIN: Final = {
    "contracts.1.award.renewal_probability": 1,
    "contracts.2.award.renewal_probability": 1,
    "contracts.2.award.break_notice_months": None,
}
WIDE: Final = {"value": 0.2, "low": 0.1, "high": 0.4, "distribution": "triangular"}
HIRE: Final = {"value": 1_500, "low": 1_000, "high": 3_000, "distribution": "uniform"}
GROWTH: Final = {"value": 0, "low": -0.01, "high": 0.02, "distribution": "normal"}


def simulated(settings: Mapping[str, Any], draws: int = 512, **options: Any) -> Simulation:  # noqa: ANN401
    return simulate(scenario(settings), draws=draws, **options)


def surplus(found: Simulation, contract: int = 0) -> Any:  # noqa: ANN401 - an array
    return found.outcomes[contract].totals.surplus


def test_what_is_linear_in_a_range_has_the_mean_and_variance_of_theory() -> None:
    found = simulated({**CERTAIN, "assumptions.cost_per_hire": HIRE}, 4_096)
    low, high = (
        compare(scenario({**CERTAIN, "assumptions.cost_per_hire": value})).totals.surplus[0] for value in (1_000, 3_000)
    )
    values = surplus(found)
    assert values.mean() == pytest.approx((low + high) / 2, rel=1e-6)
    assert values.var() == pytest.approx((high - low) ** 2 / 12, rel=1e-3)
    assert np.quantile(values, [0.1, 0.9]) == pytest.approx(
        sorted([low + 0.1 * (high - low), low + 0.9 * (high - low)]), rel=1e-4
    )


def test_two_independent_ranges_add_their_variances() -> None:
    hours = {"value": 10, "low": 0, "high": 40, "distribution": "uniform"}
    base = {**CERTAIN, "assumptions.done_by": "bought_in", "assumptions.provider_hour_value": 30}
    both = {**base, "assumptions.cost_per_hire": HIRE, "assumptions.return_hours": hours}
    found = simulated(both, 4_096)

    def ends(path: str, low: float, high: float) -> tuple[float, float]:
        values = [compare(scenario({**both, path: value})).totals.surplus[0] for value in (low, high)]
        return float(values[0]), float(values[1])

    hire, each = ends("assumptions.cost_per_hire", 1_000, 3_000), ends("assumptions.return_hours", 0, 40)
    expected = (hire[1] - hire[0]) ** 2 / 12 + (each[1] - each[0]) ** 2 / 12
    assert surplus(found).var() == pytest.approx(expected, rel=5e-3)


def test_drawn_loss_comes_to_the_expected_case_within_its_standard_error() -> None:
    settings = {"contracts.1.award.renewal_probability": 0.7, "contracts.2.award.break_probability": 0.2}
    found = simulated({**settings, "contracts.2.award.break_credibility": 0.5}, 4_096)
    assert found.loss_drawn
    for contract in (0, 1):
        values = surplus(found, contract)
        expected = found.comparison.totals.surplus[contract]
        assert abs(values.mean() - expected) <= 4 * standard_error(values)
        assert 0 < standard_error(values) < values.std() / np.sqrt(len(values)) * 1.5


def test_one_number_decides_a_date_under_every_contract() -> None:
    settings = {"contracts.1.award.renewal_probability": 0.6, "contracts.2.term": {"months": 12}}
    settings |= {"contracts.2.award": {"renewal_probability": 0.8}, "contracts.2.movement": {}}
    found = simulated(settings)
    first, second = (outcomes.totals.support_months for outcomes in found.outcomes)
    assert (first <= second * (1 + 1e-9)).all()
    assert (first < second * (1 - 1e-9)).any()


def test_contracts_alike_tie_in_every_draw() -> None:
    found = simulated({"assumptions.turnover": WIDE})
    alike = scenario({"assumptions.turnover": WIDE}).model_dump(mode="json")
    alike["contracts"][1] = {**alike["contracts"][0], "name": "The same"}
    same = simulate(type(found.comparison.scenario).model_validate(alike), draws=256)
    document = simulation_document(same)
    for row in document["probabilities"]:
        if row["question"] == "better":
            assert (row["probability"], row["tie"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    "settings",
    [
        {"assumptions.turnover": WIDE, "assumptions.cpi.outturn_added": GROWTH},
        {**CERTAIN, "assumptions.turnover": WIDE, "services.1.assumptions.months_to_fill": 2.0},
        {"contracts.1.award.renewal_probability": {**WIDE, "value": 0.8, "low": 0.5, "high": 0.9}},
    ],
)
def test_the_same_bytes_in_any_pieces_and_processes(settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    once = json.dumps(simulation_document(simulated(settings, 200, work=Work(processes=1))))
    for chunk, processes, block in ((7, 1, 10**9), (50, 2, 10**9), (200, 1, 1_000), (64, 2, 10_000)):
        monkeypatch.setattr("funding_model.questions.uncertainty.drawing.BLOCK_NUMBERS", block)
        again = simulated(settings, 200, work=Work(chunk=chunk, processes=processes))
        assert json.dumps(simulation_document(again)) == once


def test_the_seed_decides_the_draws_and_is_kept() -> None:
    settings = {**CERTAIN, "assumptions.turnover": WIDE}
    one, again, other = (simulated(settings, 128, seed=seed) for seed in (7, 7, 8))
    assert (surplus(one) == surplus(again)).all()
    assert (surplus(one) != surplus(other)).any()
    assert simulation_document(one)["seed"] == 7


def test_a_short_simulation_is_the_start_of_a_long_one() -> None:
    settings = {"assumptions.turnover": WIDE, "assumptions.cpi.outturn_added": GROWTH}
    assert (surplus(simulated(settings, 160)) == surplus(simulated(settings, 512))[:160]).all()


def test_a_contract_alone_has_the_draws_that_it_has_beside_others() -> None:
    found = scenario({"assumptions.turnover": WIDE})
    alone = simulate(found, ["Three years"], draws=128)
    assert (surplus(alone) == surplus(simulate(found, draws=128), 1)).all()


def test_the_two_samplers_agree_within_their_standard_errors() -> None:
    settings = {
        "assumptions.turnover": WIDE,
        "assumptions.cpi.outturn_added": GROWTH,
        "assumptions.cost_per_hire": HIRE,
    }
    samplers: tuple[Sampler, Sampler] = ("sobol", "latin_hypercube")
    one, other = (simulated(settings, 2_048, sampler=sampler) for sampler in samplers)
    for contract in (0, 1):
        for name in ("surplus", "purse_total", "weeks_lost", "lowest_cash"):
            ours, theirs = (getattr(found.outcomes[contract].totals, name) for found in (one, other))
            error = np.hypot(standard_error(ours), standard_error(theirs))
            assert abs(ours.mean() - theirs.mean()) <= 4 * error + 1e-9, name


def test_standard_errors_cover_the_truth_as_often_as_they_say() -> None:
    truth = 1 / 3
    covered = 0
    for seed in range(200):
        values = (uniforms(256, 3, "latin_hypercube", seed) ** 2).mean(axis=1)
        covered += abs(values.mean() - truth) <= 2.131 * standard_error(values)
    assert 180 <= covered <= 199


def test_nothing_uncertain_is_said_plainly() -> None:
    document = simulation_document(simulated(CERTAIN))
    assert (document["draws"], document["uncertain"], document["inputs"]) == (1, False, [])
    assert document["notes"][0]["text"] == NOTHING_UNCERTAIN
    for contract in document["contracts"]:
        for row in contract["results"]:
            assert row["mean"] == row["p10"] == row["p50"] == row["p90"] == row["central"]
            assert row["standard_error"] == 0


def test_a_service_that_ends_sooner_and_so_loses_less_is_said_to_gain_nothing() -> None:
    def told(settings: Mapping[str, Any]) -> list[str]:
        return [note["text"] for note in simulation_document(simulated(settings, 64))["notes"]]

    assert ENDED_SOONER in told({})
    alike = {"contracts.1.award.renewal_probability": 0.9, "contracts.2.award.renewal_probability": 0.9**3}
    assert ENDED_SOONER not in told(alike)
    assert ENDED_SOONER not in told({**CERTAIN, "assumptions.turnover": WIDE})


def test_low_and_high_without_a_distribution_are_not_drawn_and_that_is_said() -> None:
    found = simulated({**CERTAIN, "assumptions.turnover": {**WIDE, "distribution": "fixed"}})
    texts = [note["text"] for note in simulation_document(found)["notes"]]
    assert not found.uncertain
    assert any("every draw has the central value of Staff turnover." in text for text in texts)


def test_published_ranges_are_named_and_not_drawn() -> None:
    texts = [note["text"] for note in simulation_document(simulated({}))["notes"]]
    assert any("(16% to 22%)" in text and "not drawn until you enter it" in text for text in texts)


# Probabilities and limits


def test_chances_of_breaching_limits() -> None:
    found = simulated({**CERTAIN, "assumptions.cpi.outturn_added": GROWTH})
    for outcomes in found.outcomes:
        below = outcomes.totals.lowest_cash < 30_000
        assert (outcomes.below_minimum_cash == below).all()
    rows = [row for row in simulation_document(found)["probabilities"] if row["question"] == "below_minimum_cash"]
    assert [row["probability"] for row in rows] == [each.below_minimum_cash.mean() for each in found.outcomes]


def test_a_blank_policy_has_no_chance_of_being_breached() -> None:
    settings = {**CERTAIN, "assumptions.turnover": WIDE, "organisation.reserves_policy_months": None}
    document = simulation_document(simulated(settings, 64))
    rows = [row for row in document["probabilities"] if row["question"] == "below_reserves_policy"]
    assert {row["probability"] for row in rows} == {None}
    assert any("is not given" in note["text"] for note in document["notes"])


def test_reserves_below_the_policy_are_those_of_compare() -> None:
    found = simulated(CERTAIN)
    for case, outcomes in enumerate(found.outcomes):
        from funding_model.questions.reserves import reserves_record  # noqa: PLC0415

        breached = reserves_record(found.comparison, case)["policy_breached_year"]
        assert bool(outcomes.below_reserves_policy[0]) == (breached is not None)


# Correlation


def ranks(values: Any) -> Any:  # noqa: ANN401 - arrays
    return np.argsort(np.argsort(values))


def test_correlated_ranges_have_the_rank_correlation_asked_for() -> None:
    settings = {
        "assumptions.turnover": WIDE,
        "assumptions.cost_per_hire": HIRE,
        "assumptions.cpi.outturn_added": GROWTH,
        "correlations": [
            {"first": "turnover", "second": "assumptions.cost_per_hire", "rank_correlation": 0.7},
            {"first": "assumptions.cpi.outturn_added", "second": "turnover", "rank_correlation": -0.4},
        ],
    }
    found = scenario(settings)
    from funding_model.questions.uncertainty.ranges import ranges_of  # noqa: PLC0415

    drawn = ranges_of(found).drawn
    names = [each.place[1] for each in drawn]
    shares = correlated(uniforms(8_192, 3, "sobol", 1), correlation_matrix(found, drawn))
    by_rank = np.corrcoef(ranks(shares.T), rowvar=True)

    def between(one: str, other: str) -> float:
        return float(np.corrcoef(ranks(shares[:, names.index(one)]), ranks(shares[:, names.index(other)]))[0, 1])

    assert by_rank.shape == (3, 3)
    assert between("turnover", "cost_per_hire") == pytest.approx(0.7, abs=0.01)
    assert between("turnover", "cpi") == pytest.approx(-0.4, abs=0.01)
    for dimension in range(3):
        assert np.quantile(shares[:, dimension], [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.01)


@pytest.mark.parametrize(
    ("correlations", "words"),
    [
        ([("turnover", "cost_per_hire", 0.95), ("cost_per_hire", "redeployed", 0.95), ("turnover", "redeployed", -0.9)],
         "contradict each other"),
        ([("turnover", "secure_months", 0.5)], "there is no range to draw at"),
        ([("turnover", "turnover", 0.5)], "names the same range twice"),
        ([("turnover", "cost_per_hire", 0.5), ("cost_per_hire", "turnover", 0.2)], "the same two ranges as"),
    ],
)  # fmt: skip
def test_correlations_that_cannot_hold_are_refused_in_words(
    correlations: list[tuple[str, str, float]], words: str
) -> None:
    settings = {
        "assumptions.turnover": WIDE,
        "assumptions.cost_per_hire": HIRE,
        "assumptions.redeployed": WIDE,
        "correlations": [
            dict(zip(("first", "second", "rank_correlation"), entry, strict=True)) for entry in correlations
        ],
    }
    with pytest.raises(ProblemsError, match=words):
        simulated(settings, 64)


@pytest.mark.parametrize(
    ("options", "words"),
    [({"draws": 10}, "between 64 and 65,536"), ({"seed": -1}, "seed"), ({"sampler": "dice"}, "there is no sampler")],
)
def test_settings_that_cannot_be_used_are_refused_in_words(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ProblemsError, match=words):
        simulate(scenario(), **{"draws": 64, **options})


def test_a_break_clause_needs_credibility_once_extra_turnover_may_be_drawn() -> None:
    extra = {"value": 0, "low": 0, "high": 0.1, "distribution": "uniform"}
    with pytest.raises(ProblemsError, match="break_credibility: is blank"):
        simulated({"assumptions.extra_turnover_when_insecure": extra}, 64)


class Stopped(Exception):  # noqa: N818 - no error: a wish
    pass


def test_progress_is_told_and_can_end_a_simulation() -> None:
    told: list[float] = []
    simulated({"assumptions.turnover": WIDE}, 128, work=Work(chunk=32, progress=told.append))
    assert told == [0.25, 0.5, 0.75, 1.0]

    def stop(_share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        simulated({"assumptions.turnover": WIDE}, 128, work=Work(chunk=32, progress=stop))


# Statistics


def test_standard_error_is_that_of_the_means_of_sixteen_replicates() -> None:
    values = np.arange(32.0)
    means = [(start + start + 16) / 2 for start in range(16)]
    middle = sum(means) / 16
    expected = (sum((mean - middle) ** 2 for mean in means) / (16 * 15)) ** 0.5
    assert standard_error(values) == pytest.approx(expected)


def test_convergence_goes_by_powers_of_two_to_all_draws() -> None:
    values = uniforms(300, 1, "sobol", 1)[:, 0]
    steps = convergence(values)
    assert [step.draws for step in steps] == [64, 128, 256, 300]
    assert steps[-1].mean == values.mean()
    assert steps[0].within == pytest.approx(2.131 * steps[0].standard_error)


def test_enough_draws_know_the_mean_to_a_twentieth_of_the_spread() -> None:
    values = np.random.default_rng(1).normal(size=20_000)
    found = enough_draws(values)
    assert found is not None
    step = next(step for step in convergence(values) if step.draws == found)
    spread = estimate(values).p90 - estimate(values).p10
    assert step.within <= spread / 20
    assert all(2.131 * before.standard_error > spread / 20 for before in convergence(values) if before.draws < found)
    assert enough_draws(np.random.default_rng(1).standard_cauchy(size=64)) is None


def test_ties_are_results_that_differ_by_rounding_alone() -> None:
    assert ties(np.array([1e6, 1e6, 0.0]), np.array([1e6 + 1e-4, 1e6 + 1, 0.0])).tolist() == [True, False, True]
    assert chance(np.array([True] * 16 + [False] * 48)).probability == 0.25


def test_a_curve_runs_from_the_least_to_the_most() -> None:
    points = curve(np.arange(101.0))
    assert points[0] == (0.0, 0.0)
    assert points[25] == pytest.approx((0.25, 25.0))
    assert points[-1] == (1.0, 100.0)


# Limits along drawn paths


def test_limits_count_the_services_lost_in_a_draw() -> None:
    lost = {"contracts.1.award.renewal_probability": 0, "organisation.minimum_cash": 0}
    found = simulated({**CERTAIN, **lost}, 64)
    (first, second) = found.outcomes
    comparison = found.comparison
    known = losses(comparison.evaluation, comparison.prepared.inputs, comparison.terms, 0)
    assert first.below_minimum_cash_as_drawn.tolist() == [known[0].lowest < 0] * found.draws
    assert (second.below_minimum_cash_as_drawn == second.below_minimum_cash).all()
    questions = {row["question"] for row in simulation_document(found)["probabilities"]}
    assert {"below_minimum_cash", "below_minimum_cash_as_drawn", "below_reserves_policy_as_drawn"} <= questions


def test_a_limit_that_only_a_loss_breaks_is_broken_as_often_as_one_is_drawn() -> None:
    chances = {"contracts.1.award.renewal_probability": 0.6, "assumptions.pension_cessation_exposure": 800_000}
    settings = {**CERTAIN, **chances, "organisation.opening_cash": 9_000_000}
    free = simulated({**settings, "organisation.minimum_cash": 0}, 256)
    comparison = free.comparison
    known = losses(comparison.evaluation, comparison.prepared.inputs, comparison.terms, 0)
    continuing = float(comparison.totals.lowest_cash[0])
    worst = max(loss.lowest for loss in known)
    assert worst < continuing
    found = simulated({**settings, "organisation.minimum_cash": (worst + continuing) / 2}, 256)
    outcomes = found.outcomes[0]
    assert not outcomes.below_minimum_cash.any()
    ended = outcomes.totals.cost_of_terms > 700_000  # the debt to the pension scheme is among it
    assert (outcomes.below_minimum_cash_as_drawn == ended).all()
    assert 0 < ended.mean() < 1


def test_without_a_chance_of_loss_there_is_no_second_probability() -> None:
    document = simulation_document(simulated({**CERTAIN, "assumptions.turnover": WIDE}, 64))
    assert {row["question"] for row in document["probabilities"] if row["ledger"] == "cash"} == {
        "below_minimum_cash",
        "below_reserves_policy",
    }
