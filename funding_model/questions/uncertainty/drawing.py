"""Drawing: many cases of a scenario in blocks, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import Inputs
from funding_model.questions.batch import chunk_of, join_cases, keep_of_batch
from funding_model.questions.prepare import prepare
from funding_model.questions.prepare.draws import Draws
from funding_model.questions.uncertainty.outcomes import Outcomes, outcomes_of
from funding_model.scenario.scenario import Scenario
from funding_model.units import MONTHS_A_YEAR

BLOCK_NUMBERS: Final = 3_000_000
"""Numbers that decide awards in a block of draws, about 24 MB: memory does not grow with the services."""
DRAWN_BYTES: Final = 56_000_000
"""What a chunk of draws may take while it is worked out: less than a batch's, because the parent keeps what it drew."""


@dataclass(frozen=True)
class Work:
    """How cases are evaluated; none of it changes a result.

    Attributes:
        chunk: Cases evaluated together; None chooses.
        processes: Processes that share the work; None chooses.
        progress: Is told the share of the cases that is done; what it raises ends the work.
    """

    chunk: int | None = None
    processes: int | None = None
    progress: Callable[[float], None] | None = None


USUAL_WORK: Final = Work()


def evaluate_draws(
    scenario: Scenario,
    contracts: Sequence[str],
    draws: Draws,
    count: int,
    work: Work = USUAL_WORK,
    decisions: Callable[[int, int], Floats | None] = lambda _start, _stop: None,
) -> tuple[Outcomes, ...]:
    """Return what is kept of every case under every contract.

    Args:
        scenario: What was entered.
        contracts: Names of the contracts.
        draws: Values of each case by place.
        count: Number of cases.
        work: How the cases are evaluated.
        decisions: Returns the uniform numbers that decide awards in some of the cases; None weights by chance.
    """
    months = scenario.horizon_years * MONTHS_A_YEAR + 1
    parts: list[tuple[Outcomes, ...]] = []
    for start, stop in _blocks(count, len(scenario.services) * months):
        prepared = prepare(scenario, draws={place: values[start:stop] for place, values in draws.items()})
        parts.append(
            keep_of_batch(
                prepared.inputs,
                prepared.terms_of_each(contracts),
                outcomes_of,
                drawn=decisions(start, stop),
                chunk=work.chunk or chunk_of_draws(prepared.inputs),
                processes=work.processes,
                progress=_part_of(work.progress, start / count, (stop - start) / count),
            )
        )
    return tuple(join_cases(list(of_contract)) for of_contract in zip(*parts, strict=True))


def chunk_of_draws(inputs: Inputs) -> int:
    """Return how many draws are best evaluated together."""
    return chunk_of(inputs, DRAWN_BYTES)


def _blocks(count: int, numbers_of_a_case: int) -> Iterator[tuple[int, int]]:
    size = max(1, BLOCK_NUMBERS // numbers_of_a_case)
    return ((start, min(start + size, count)) for start in range(0, count, size))


def _part_of(progress: Callable[[float], None] | None, done: float, share: float) -> Callable[[float], None] | None:
    return None if progress is None else lambda of_block: progress(done + share * of_block)
