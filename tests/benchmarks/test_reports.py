"""How long a report takes, with everything in it, and how large it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.files import WRITERS, file_of
from funding_model.report.words import number
from funding_model.scenario.library import load_library
from tests.benchmarks.conftest import Figures

AIMS = {"multi_service_charity": "5 s", "sure_start_regional": "30 s"}
KILOBYTE = 1_000


def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


@pytest.mark.parametrize("identifier", AIMS)
def test_a_report_with_everything_in_it(figures: Figures, identifier: str, tmp_path: Path) -> None:
    comparison = comparison_of(identifier)
    start, work = time.perf_counter(), time.process_time()
    paper = paper_of(comparison)
    built, worked = time.perf_counter() - start, time.process_time() - work
    figures.add(f"report of {identifier}: content and charts", f"{built:.1f} s ({worked:.1f} s of a core)")
    for ending in WRITERS:
        start, work = time.perf_counter(), time.process_time()
        (tmp_path / f"report{ending}").write_bytes(content := file_of(paper, ending))
        taken, worked = time.perf_counter() - start, time.process_time() - work
        size = f"{number(len(content) / KILOBYTE)} kB"
        whole = f"{taken:.1f} s ({worked:.1f} s of a core), {size}; from the start {built + taken:.1f} s"
        figures.add(f"report of {identifier}: as {ending}", whole, AIMS[identifier])
