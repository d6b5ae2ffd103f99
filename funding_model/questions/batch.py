"""Batch: many cases of a scenario at once, in chunks that memory bears, on every core.

Cases are independent, so neither the size of the chunks nor the number of processes changes a bit of any result; what
is kept of each case is its totals, or another summary, so memory does not grow with what a case computes on its way.

The cores are used by processes of their own: a chunk is some thousand short calls, between which threads of one process
would wait for each other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from math import ceil
from typing import Any, Final, Generic, TypeVar, cast

import numpy as np
from loky import get_reusable_executor

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, bytes_by_case, number_of_cases, slice_cases
from funding_model.costing.model import Evaluation, apply_contract
from funding_model.costing.plan import plan
from funding_model.questions.totals import Totals, totals_of

BYTES_OF_A_MONTH: Final = 480
"""What an evaluation holds at most for a month of a service; measured where most of the model is used."""
BYTES_OF_A_ROW: Final = 24
"""The same for a month of each row of a service's posts but the first."""
CHUNK_BYTES: Final = 80_000_000
"""What a chunk may take while it is worked out."""
TOGETHER_BYTES: Final = 176_000_000
"""What the chunks of all processes and the batch's inputs may take: two processes and their parent stay under 300 MB.

Each process takes some 35 MB before it works, the parent 55 MB or more.
"""
LEAST_BYTES: Final = 16_000_000
"""What a chunk may take in any case: smaller ones are mostly calls."""
WORTH_PROCESSES: Final = 4_000_000
"""Cells (case x row x month x contract) from which processes are started: a fifth of a second to a second of work."""
IDLE_SECONDS: Final = 300
"""After which processes without work end."""
WORKER_SETTINGS: Final = {
    # glibc keeps the memory of freed arrays, rather than fetch it from the system for every array anew.
    "MALLOC_TRIM_THRESHOLD_": "1000000000",
    "MALLOC_MMAP_THRESHOLD_": "32000000",
    "OPENBLAS_NUM_THREADS": "1",
}
KEPT_BLOCK: Final = 4_000_000
"""Numbers in the block that is freed once: just below the 32 MB up to which glibc adapts."""

Kept = TypeVar("Kept")
"""What is kept of each case: a dataclass of arrays, or of such dataclasses, with the case axis first."""


@dataclass(frozen=True)
class Piece(Generic[Kept]):
    """A chunk of cases: its inputs, its contracts, its draws, and how to keep what is wanted of an evaluation."""

    inputs: Inputs
    contracts: list[Terms]
    drawn: Floats | None
    keep: Callable[[Evaluation, Inputs], Kept]


def cells_of_a_case(inputs: Inputs) -> int:
    """Return the number of rows times months of one case."""
    return int(inputs.calendar.months * inputs.staff.start.size)


def chunk_of(inputs: Inputs, memory: float = CHUNK_BYTES) -> int:
    """Return how many cases are best evaluated together, in so many bytes of memory."""
    layers, services = inputs.staff.start.shape
    of_a_month = services * (BYTES_OF_A_MONTH + BYTES_OF_A_ROW * (layers - 1))
    return max(1, int(memory / (of_a_month * inputs.calendar.months)))


def chunk_of_each(inputs: Inputs, processes: int) -> int:
    """Return how many cases each of several processes best evaluates together, beside the inputs of all."""
    left = (TOGETHER_BYTES - bytes_by_case(inputs)) / processes
    return chunk_of(inputs, max(LEAST_BYTES, min(CHUNK_BYTES, left)))


def evaluate_batch(
    inputs: Inputs,
    contracts: Sequence[Terms],
    *,
    drawn: Floats | None = None,
    chunk: int | None = None,
    processes: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Totals, ...]:
    """Return the totals of every case under every contract; the arguments are those of ``keep_of_batch``."""
    return keep_of_batch(inputs, contracts, totals_of, drawn=drawn, chunk=chunk, processes=processes, progress=progress)


def keep_of_batch(
    inputs: Inputs,
    contracts: Sequence[Terms],
    keep: Callable[[Evaluation, Inputs], Kept],
    *,
    drawn: Floats | None = None,
    chunk: int | None = None,
    processes: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Kept, ...]:
    """Return what is wanted of every case under every contract.

    Args:
        inputs: The scenario; its arrays hold one case or as many as the batch.
        contracts: Terms with the same price calendars, as ``Prepared.terms`` gives them; each for one case or for all.
        keep: A function of a module that returns what is wanted of an evaluation, such as ``totals_of``.
        drawn: (case, service, month + 1) uniform numbers, the same for every contract; None weights by chance.
        chunk: Most cases in a chunk; None chooses.
        processes: Number of processes; None takes one for each core, or none beside this one for a small batch.
        progress: Is told the share of the cases that is done, after every chunk; what it raises ends the batch.
    """
    cases = max(number_of_cases(inputs, *contracts), 1 if drawn is None else len(drawn))
    cells = cells_of_a_case(inputs)
    if processes is None:
        processes = (os.cpu_count() or 1) if cells * cases * len(contracts) >= WORTH_PROCESSES else 1
    most = chunk or (chunk_of(inputs) if processes == 1 else chunk_of_each(inputs, processes))
    size = _even(cases, most, processes)
    starts = range(0, cases, size)
    pieces = (_piece(Piece(inputs, list(contracts), drawn, keep), start, min(start + size, cases)) for start in starts)
    run = _here if processes == 1 or len(starts) == 1 else _elsewhere
    parts: list[list[Kept]] = []
    for part in run(pieces, processes):
        parts.append(part)
        if progress is not None:
            progress(min(1.0, len(parts) * size / cases))
    return tuple(join_cases([part[number] for part in parts]) for number in range(len(contracts)))


def _even(cases: int, most: int, processes: int) -> int:
    """Return the size of chunks, at most so large, of which each process gets as many: none waits for a last one."""
    rounds = ceil(cases / (most * processes))
    return ceil(cases / (rounds * processes))


def _piece(whole: Piece[Kept], start: int, stop: int) -> Piece[Kept]:
    terms = [slice_cases(each, start, stop) for each in whole.contracts]
    drawn = None if whole.drawn is None else whole.drawn[start:stop]
    return Piece(slice_cases(whole.inputs, start, stop), terms, drawn, whole.keep)


def _here(pieces: Iterable[Piece[Kept]], _processes: int) -> Iterable[list[Kept]]:
    """Evaluate in this process, keeping the memory of freed arrays as the others do."""
    np.empty(KEPT_BLOCK)
    return map(_evaluate, pieces)


def _elsewhere(pieces: Iterable[Piece[Kept]], processes: int) -> Iterable[list[Kept]]:
    """Evaluate in processes that are kept for the next batch; only a few chunks wait, so that memory stays bounded."""
    executor = get_reusable_executor(processes, timeout=IDLE_SECONDS, env=WORKER_SETTINGS)
    waiting = []
    try:
        for piece in pieces:
            waiting.append(executor.submit(_evaluate, piece))
            if len(waiting) > 2 * processes:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        for future in waiting:
            future.cancel()


def _evaluate(piece: Piece[Kept]) -> list[Kept]:
    """Return what is wanted of a chunk of cases under every contract, with one entry for each case."""
    inputs, contracts, drawn = piece.inputs, piece.contracts, piece.drawn
    cases = max(number_of_cases(inputs, *contracts), 1 if drawn is None else len(drawn))
    planned = plan(inputs, contracts[0].price_calendars)
    # Contracts alike in their awards come one after the other: the next one finds what the last one worked out.
    order = sorted(range(len(contracts)), key=lambda number: contracts[number].award.reach.tobytes())
    by_number = {
        number: piece.keep(apply_contract(inputs, planned, contracts[number], drawn), inputs) for number in order
    }
    found = [by_number[number] for number in range(len(contracts))]
    return [_arrays_of([kept], lambda arrays: _whole(arrays[0], cases)) for kept in found]


def _whole(result: Floats, cases: int) -> Floats:
    """Return a result with one entry for each case, also where every case is the same."""
    return np.array(np.broadcast_to(result, (cases, *result.shape[1:])))


def join_cases(parts: Sequence[Kept]) -> Kept:
    """Return what was kept of several chunks as one."""
    return _arrays_of(parts, np.concatenate)


def _arrays_of(parts: Sequence[Kept], change: Callable[[list[Any]], Any]) -> Kept:
    """Return a dataclass of arrays, each of them made from those of the parts."""
    made = {}
    for item in fields(cast("Any", parts[0])):
        values = [getattr(part, item.name) for part in parts]
        made[item.name] = _arrays_of(values, change) if is_dataclass(values[0]) else change(values)
    return type(parts[0])(**made)
