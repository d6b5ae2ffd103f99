"""Speed and memory of simulations, indices and searches. No time decides whether a test passes."""

from __future__ import annotations

import sys
from functools import partial
from statistics import median
from time import process_time

import numpy as np
import pytest

from funding_model.questions.batch import keep_of_batch
from funding_model.questions.break_even import Wanted, break_even
from funding_model.questions.prepare import prepare
from funding_model.questions.prepare.draws import Draws
from funding_model.questions.sensitivity import Settings, sensitivity
from funding_model.questions.uncertainty.asked import Asked
from funding_model.questions.uncertainty.distributions import quantile
from funding_model.questions.uncertainty.drawing import Work, chunk_of_draws
from funding_model.questions.uncertainty.outcomes import outcomes_of
from funding_model.questions.uncertainty.ranges import ranges_of
from funding_model.questions.uncertainty.sampling import uniforms
from funding_model.questions.uncertainty.simulation import USUAL_SEED, simulate
from funding_model.scenario.scenario import Scenario
from tests.benchmarks.batches import REGIONAL
from tests.benchmarks.conftest import Figures
from tests.benchmarks.simulations import CHARITY, CONTRACTS, FEW, RANGES, uncertain
from tests.benchmarks.test_speed import ROUNDS, in_s, printed, seconds

MANY, FIRST, SAMPLES, COMPARED = 10_000, 500, 1_024, 4_000
HALF_A_PENNY = 0.005
MOST_GROWTH = 100
"""Megabytes that more draws may add."""


@pytest.mark.parametrize("ranges", [FEW, tuple(RANGES)], ids=["three ranges", "twenty ranges"])
def test_simulating_the_charity(figures: Figures, ranges: tuple[str, ...]) -> None:
    scenario = uncertain(CHARITY, ranges)
    names = [contract.name for contract in scenario.contracts][:CONTRACTS]
    what = f"simulation, {len(scenario.services)} services, {len(names)} contracts, {len(ranges)} ranges"
    simulate(scenario, names, draws=FIRST)
    first = [seconds(lambda: simulate(scenario, names, draws=FIRST)) for _ in range(ROUNDS)]
    figures.add(f"{what}, {FIRST:,} draws", in_s(first))
    started = process_time()
    alone = [seconds(lambda: simulate(scenario, names, draws=MANY, work=Work(processes=1)))]
    worked = process_time() - started
    both = [seconds(lambda: simulate(scenario, names, draws=MANY, work=Work(processes=2))) for _ in range(ROUNDS)]
    figures.add(f"{what}, {MANY:,} draws, one process", f"{in_s(alone)}, {worked:.2f} s of them at work")
    figures.add(f"{what}, {MANY:,} draws, two processes", in_s(both), "1.5")


def test_simulating_the_regional_plan_takes_time_in_proportion(figures: Figures) -> None:
    scenario = uncertain(REGIONAL, FEW)
    names = [contract.name for contract in scenario.contracts][:CONTRACTS]
    worked = {}
    for draws in (1_000, 2_000):
        started = process_time()
        simulate(scenario, names, draws=draws, work=Work(processes=1))
        worked[draws] = process_time() - started
        what = f"simulation of the regional plan, {len(names)} contracts, {draws:,} draws"
        figures.add(f"{what}, seconds at work", f"{worked[draws]:.1f}")
    figures.add("twice the draws of the regional plan, times the work", f"{worked[2_000] / worked[1_000]:.2f}", "2")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program's own peak")
@pytest.mark.parametrize(("name", "fewer", "more"), [("charity", 2_000, MANY), ("regional", 1_000, MANY)])
@pytest.mark.parametrize("processes", [1, 2])
def test_memory_of_a_simulation(figures: Figures, name: str, fewer: int, more: int, processes: int) -> None:
    peaks = []
    for draws in (fewer, more):
        arguments = ("-m", "tests.benchmarks.simulations", name, str(draws), str(processes))
        before, after = map(float, printed(*arguments).split())
        peaks.append(after)
        held = f"{after:.0f} MB ({before:.0f} before)"
        figures.add(
            f"simulation of the {name}, {draws:,} draws, processes {processes}: peak memory together", held, "under 300"
        )
    assert peaks[1] - peaks[0] < MOST_GROWTH, peaks


def test_the_regional_plan_against_a_fused_kernel(figures: Figures) -> None:
    """The core and a kernel that numba compiled for this plan alone, on all cores, side by side."""
    pytest.importorskip("numba", reason="make bench installs numba, which only this measurement needs")
    from tests.benchmarks.fused.account import TOTALS, YEARLY  # noqa: PLC0415 - it needs numba
    from tests.benchmarks.fused.kernel import fused  # noqa: PLC0415 - as above

    scenario = uncertain(REGIONAL)
    names = [contract.name for contract in scenario.contracts][:CONTRACTS]
    prepared = prepare(scenario, draws=drawn_values(scenario, COMPARED))
    contracts = prepared.terms_of_each(names)
    kernel = fused(prepared.inputs, contracts, COMPARED)
    as_simulated = partial(
        keep_of_batch, prepared.inputs, contracts, outcomes_of, chunk=chunk_of_draws(prepared.inputs), processes=2
    )
    core = as_simulated()
    for (totals, yearly, flags), outcomes in zip(kernel, core, strict=True):
        for column, name in enumerate(TOTALS):
            assert np.abs(totals[:, column] - getattr(outcomes.totals, name)).max() < HALF_A_PENNY, name
        for column, name in enumerate(YEARLY):
            assert np.abs(yearly[:, column] - getattr(outcomes.yearly, name)).max() < HALF_A_PENNY, name
        assert np.array_equal(flags, np.stack([outcomes.below_minimum_cash, outcomes.below_reserves_policy], axis=-1))
    taken: dict[str, list[float]] = {"kernel": [], "core": []}
    for _ in range(ROUNDS):
        taken["kernel"].append(seconds(lambda: fused(prepared.inputs, contracts, COMPARED)))
        taken["core"].append(seconds(as_simulated))
    what = f"regional plan, {len(RANGES)} ranges, {len(names)} contracts, {COMPARED:,} draws, two cores"
    figures.add(f"{what}: fused kernel", in_s(taken["kernel"]))
    figures.add(f"{what}: core", in_s(taken["core"]))
    ratios = [slow / fast for slow, fast in zip(taken["core"], taken["kernel"], strict=True)]
    figures.add(f"{what}: core against the kernel, times the time", f"{median(ratios):.1f}", "4")


def drawn_values(scenario: Scenario, draws: int) -> Draws:
    """Return values of every range, evenly drawn."""
    ranges = ranges_of(scenario).drawn
    shares = uniforms(draws, len(ranges), "sobol", USUAL_SEED)
    return {each.place: quantile(each, shares[:, number]) for number, each in enumerate(ranges)}


def test_shares_of_variance_over_twenty_inputs(figures: Figures) -> None:
    scenario = uncertain(CHARITY)
    settings = Settings(samples=SAMPLES)
    taken = [seconds(lambda: sensitivity(scenario, Asked(), settings)) for _ in range(ROUNDS)]
    figures.add(f"tornado and Sobol indices over {len(RANGES)} inputs, {SAMPLES:,} base samples", in_s(taken), "10")


def test_break_even(figures: Figures) -> None:
    scenario = uncertain(CHARITY, FEW)
    for varied in ("price", "cost_growth"):
        wanted = Wanted(varied)
        taken = [seconds(partial(break_even, scenario, wanted)) for _ in range(ROUNDS)]
        figures.add(f"break-even of the charity by {varied}", f"{median(taken):.2f} s")
