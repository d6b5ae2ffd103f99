"""Speed and memory: medians of several runs, ratios side by side in one run. No time decides whether a test passes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import pytest

from funding_model.costing.inputs import Inputs, slice_cases
from funding_model.costing.model import Evaluation, evaluate
from funding_model.questions.batch import evaluate_batch
from funding_model.questions.bridge import End, bridge
from funding_model.questions.bridge.results import MAIN
from funding_model.questions.compare import compare
from funding_model.questions.explain import FIGURES, Figure, explain
from funding_model.questions.explain.node import LEAVES
from funding_model.questions.prepare import prepare
from funding_model.scenario.assumptions import Assumption
from funding_model.scenario.scenario import Scenario
from tests.benchmarks.batches import contracts_of, drawn, regional
from tests.benchmarks.conftest import Figures

ROOT: Final = Path(__file__).parents[2]
ROUNDS: Final = 3
RUNS: Final = 7
CASES: Final = 2_000
MOST_MEGABYTES: Final = 300
LEDGERS: Final = ("money", "gap", "exposures", "purse", "families", "jobs", "flows", "cash", "waiting_for_money")
IMPORTS: Final = """
import importlib, pkgutil, time
import numpy
started = time.perf_counter()
import funding_model.costing as room
for module in pkgutil.iter_modules(room.__path__):
    importlib.import_module(f"{room.__name__}.{module.name}")
print(time.perf_counter() - started)
"""


def seconds(run: Callable[[], object]) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def printed(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def in_ms(taken: Sequence[float]) -> str:
    return f"{1_000 * median(taken):,.1f} ms ({1_000 * min(taken):,.1f} to {1_000 * max(taken):,.1f})"


def in_s(taken: Sequence[float]) -> str:
    return f"{median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})"


def test_a_bridge_of_the_regional_plan(figures: Figures) -> None:
    """Ten results between two contracts that differ in all seven components: 128 mixtures of them."""
    scenario = regional()
    first, _, last = scenario.contracts
    changes: dict[str, object] = {
        "award": last.award.model_copy(update={"lead_months": 3.0}),
        "price": last.price.model_copy(update={"margin": 0.02}),
        "payment": last.payment.model_copy(update={"timing": "arrears"}),
        "monitoring": last.monitoring.model_copy(update={"hours_each": Assumption(value=20.0)}),
        "flexibility": last.flexibility.model_copy(update={"contingency_share": 0.02}),
    }
    scenario = scenario.model_copy(update={"contracts": (first, last.model_copy(update=changes))})
    ends = End(scenario, first.name), End(scenario, last.name)
    assert bridge(*ends).cases == 2**7
    taken = [seconds(lambda: bridge(*ends)) for _ in range(RUNS)]
    figures.add(f"a bridge of {len(MAIN)} results, 128 cases, from the loaded scenario", in_ms(taken), "300")


def test_explaining_figures_of_the_regional_plan(figures: Figures) -> None:
    comparison = compare(regional())
    contract, service = comparison.contracts[1], comparison.scenario.services[4].name
    year = comparison.prepared.dates.year_labels()[1]

    def one(figure: Figure) -> None:
        root = explain(
            comparison,
            contract,
            figure.name,
            service if "service" in figure.takes else None,
            year if "year" in figure.takes else None,
        )
        assert root.parts or root.operation in LEAVES or root.value == 0

    of_one = [seconds(partial(one, figure)) for figure in FIGURES.values()]
    of_all = [seconds(partial(explain, comparison, contract, name)) for name in FIGURES]
    figures.add("explaining a figure of one service and year, with its parts", in_ms(of_one), "200")
    figures.add("explaining a figure of all services and years", in_ms(of_all), "200")


def test_one_evaluation_of_the_regional_plan(figures: Figures) -> None:
    scenario = regional()
    names = [contract.name for contract in scenario.contracts]

    def whole() -> Evaluation:
        prepared = prepare(scenario)
        evaluation = evaluate(prepared.inputs, prepared.terms(names))
        for ledger in LEDGERS:
            getattr(evaluation, ledger)
        return evaluation

    services, months = whole().provider.cost.shape[1:]
    plan = f"{services} services, {months} months, {len(names)} contracts"
    prepared = prepare(scenario)
    terms = prepared.terms(names)
    taken = [(seconds(whole), seconds(lambda: evaluate(prepared.inputs, terms))) for _ in range(3 * RUNS)]
    figures.add(
        f"one evaluation with its ledgers, from the loaded scenario ({plan})", in_ms([a for a, _ in taken]), "60"
    )
    figures.add("of it, the core up to the provider's ledger", in_ms([b for _, b in taken]))


def one_by_one(scenario: Scenario, inputs: Inputs, case: int) -> None:
    """Ask for the totals of one case as a person would who has no batches: from the loaded scenario."""
    contracts = contracts_of(prepare(scenario))
    evaluate_batch(slice_cases(inputs, case, case + 1), contracts, processes=1)


def in_a_batch(scenario: Scenario, inputs: Inputs, processes: int) -> None:
    """Ask for the totals of all cases at once, from the loaded scenario, too."""
    evaluate_batch(inputs, contracts_of(prepare(scenario)), processes=processes)


@pytest.mark.parametrize("economy", [True, False], ids=["economy_and_behaviour", "behaviour"])
def test_a_batch_against_one_case_at_a_time(figures: Figures, *, economy: bool) -> None:
    scenario = regional()
    inputs = drawn(prepare(scenario).inputs, CASES, economy=economy)
    alone, one_process, all_processes = [], [], []
    one_by_one(scenario, inputs, 0)
    in_a_batch(scenario, slice_cases(inputs, 0, CASES // 4), 2)
    for number in range(ROUNDS):
        some = range(number * RUNS, (number + 1) * RUNS)
        alone += [median(seconds(partial(one_by_one, scenario, inputs, case)) for case in some)]
        one_process += [seconds(partial(in_a_batch, scenario, inputs, 1)) / CASES]
        all_processes += [seconds(partial(in_a_batch, scenario, inputs, 2)) / CASES]
    what = "economy and behaviour drawn" if economy else "behaviour drawn"
    figures.add(f"{what}: one case at a time, from the loaded scenario, a case", in_ms(alone))
    figures.add(f"{what}: batch of {CASES:,}, one process, a case", in_ms(one_process))
    figures.add(f"{what}: batch of {CASES:,}, two processes, a case", in_ms(all_processes))
    for processes, batch in ((1, one_process), (2, all_processes)):
        ratios = [single / each for single, each in zip(alone, batch, strict=True)]
        figures.add(f"{what}: times as fast, processes {processes}", f"{median(ratios):.1f}", "50")
    speedup = [single / double for single, double in zip(one_process, all_processes, strict=True)]
    figures.add(f"{what}: two processes against one", f"{median(speedup):.2f}")


@pytest.mark.parametrize("what", ["economy", "behaviour"])
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program's own peak")
def test_memory_does_not_grow_with_the_batch(figures: Figures, what: str) -> None:
    peaks = []
    for cases in (500, CASES, 8_000):
        before, after = map(float, printed("-m", "tests.benchmarks.batches", str(cases), "2", what).split())
        peaks.append(after)
        held = f"{after:.0f} MB ({before:.0f} before, its draws included)"
        figures.add(f"{what} drawn: peak memory, {cases:,} cases, two processes", held, "under 300")
    assert max(peaks) < MOST_MEGABYTES, peaks


def test_importing_the_core(figures: Figures) -> None:
    taken = [float(printed("-c", IMPORTS)) for _ in range(RUNS)]
    figures.add("import of every module of the core, over numpy's own", in_s(taken), "0.15")


@pytest.mark.parametrize("scenario", ["family_support_hub", "sure_start_regional"])
def test_comparing_from_the_shell(figures: Figures, scenario: str) -> None:
    command = ("-m", "funding_model", "compare", scenario)
    taken = [seconds(lambda: printed(*command)) for _ in range(RUNS)]
    figures.add(f"funding-model compare {scenario}", in_s(taken), "1.5")
