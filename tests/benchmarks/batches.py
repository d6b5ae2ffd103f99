"""Batches of the regional plan with assumptions drawn for every case; run as a program, it prints its peak memory."""

from __future__ import annotations

import os
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, slice_cases
from funding_model.questions.batch import evaluate_batch
from funding_model.questions.prepare import Prepared, prepare
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario

REGIONAL: Final = "sure_start_regional"
KILOBYTES: Final = 1_024.0
"""In a megabyte."""
BEHAVIOUR: Final = {
    "turnover": (0.1, 0.3),
    "extra_turnover": (0.0, 0.1),
    "months_to_fill": (1.0, 5.0),
    "secure_months": (3.0, 12.0),
    "freeze_months": (0.0, 4.0),
    "close_intake_months": (0.0, 4.0),
    "open_at_risk": (0.0, 1.0),
    "pause_share": (0.0, 0.5),
    "cover_share": (0.0, 0.6),
    "cover_premium": (0.0, 0.4),
    "support_cover_premium": (0.0, 0.4),
    "cost_per_hire": (500.0, 3_000.0),
    "cost_per_hire_senior": (1_000.0, 6_000.0),
    "induction_months": (0.0, 4.0),
    "induction_loss": (0.0, 0.6),
    "redeployed": (0.0, 0.8),
    "pension_cessation": (0.0, 50_000.0),
}
"""Every assumption about staff and the end of a service, with every effect switched on, and the range it is drawn from.

The opening share of empty posts stays blank, so that it follows turnover and months to fill.
"""


def regional() -> Scenario:
    """Return the regional plan."""
    scenario, problems = load_library(REGIONAL)
    assert scenario is not None, problems
    return scenario


def drawn(inputs: Inputs, cases: int, *, economy: bool) -> Inputs:
    """Return inputs in which every assumption about behaviour, and about the economy if asked, differs by case."""
    generator = np.random.default_rng(20_260_401)
    behaviour: dict[str, Any] = {
        name: generator.uniform(low, high, (cases, getattr(inputs.behaviour, name).shape[1]))
        for name, (low, high) in BEHAVIOUR.items()
    }
    shape = (cases, len(inputs.people.counted))
    people: dict[str, Any] = {
        "caseload": inputs.people.caseload * generator.uniform(0.9, 1.1, shape),
        "gives_up": generator.uniform(0.0, 0.1, shape),
        "most_starts": generator.uniform(5.0, 50.0, shape),
    }
    result = replace(inputs, behaviour=replace(inputs.behaviour, **behaviour), people=replace(inputs.people, **people))
    if not economy:
        return result
    paths = {
        item.name: (path := getattr(inputs.economy, item.name)) + generator.normal(0.0, 0.01, (cases, *path.shape[1:]))
        for item in fields(inputs.economy)
    }
    return replace(result, economy=replace(inputs.economy, **paths))


def contracts_of(prepared: Prepared) -> list[Terms]:
    """Return the plan's contracts, each as terms of one case, with the price calendars of all of them."""
    names = [contract.name for contract in prepared.scenario.contracts]
    together = prepared.terms(names)
    return [slice_cases(together, number, number + 1) for number in range(len(names))]


def peak_megabytes() -> float:
    """Return the most memory that this program and the processes that it started have held.

    Each is taken at its own peak. The programs and libraries that they all map from the same files are in memory once,
    and are counted once: for the process that maps most of them.

    Linux only: the peak that getrusage gives elsewhere holds that of the program which started this one, too.
    """
    own = files = 0
    for process in (os.getpid(), *_children(os.getpid())):
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        peak, mapped = (int(status.split(name)[1].split()[0]) for name in ("VmHWM:", "RssFile:"))
        own += peak - mapped
        files = max(files, mapped)
    return (own + files) / KILOBYTES


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]


def main(cases: int, processes: int, *, economy: bool) -> None:
    """Evaluate a batch and print this program's peak memory in megabytes, with the batch's inputs and after it."""
    prepared = prepare(regional())
    contracts = contracts_of(prepared)
    inputs = drawn(prepared.inputs, cases, economy=economy)
    before = peak_megabytes()
    evaluate_batch(inputs, contracts, processes=processes)
    sys.stdout.write(f"{before:.1f} {peak_megabytes():.1f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), economy=sys.argv[3] == "economy")
