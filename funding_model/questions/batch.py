"""Batch: many cases of a scenario at once, in chunks that stay in the processor's cache, on every core.

Cases are independent, so neither the size of the chunks nor the number of threads changes a bit of any result; what is
kept of each case is its totals, so memory does not grow with what a case computes on its way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, number_of_cases, slice_cases
from funding_model.costing.model import apply_contract
from funding_model.costing.plan import plan
from funding_model.questions.totals import Totals, totals_of

CHUNK_CELLS = 200_000
"""Cells (case x row x month) of a chunk with up to two threads, less with more, so that memory stays bounded."""


KEPT_BLOCK = 4_000_000
"""Numbers in the block that is freed once: just below the 32 MB up to which glibc adapts."""


def cases_in_a_chunk(inputs: Inputs) -> int:
    """Return how many cases fit into a chunk."""
    cells = inputs.calendar.months * inputs.staff.active.shape[0] * inputs.staff.active.shape[1]
    return max(1, int(CHUNK_CELLS // cells))


def evaluate_batch(
    inputs: Inputs,
    contracts: Sequence[Terms],
    *,
    drawn: Floats | None = None,
    chunk: int | None = None,
    threads: int | None = None,
) -> tuple[Totals, ...]:
    """Return the totals of every case under every contract.

    Args:
        inputs: The scenario; its arrays hold one case or as many as the batch.
        contracts: Terms with the same price calendars, as ``Prepared.terms`` gives them; each for one case or for all.
        drawn: (case, service, month + 1) uniform numbers, the same for every contract; None weights by chance.
        chunk: Cases in a chunk; None chooses.
        threads: Number of threads; None takes one for each core.
    """
    cases = max(number_of_cases(inputs, *contracts), 1 if drawn is None else len(drawn))
    workers = threads or os.cpu_count() or 1
    size = chunk or max(1, 2 * cases_in_a_chunk(inputs) // max(2, workers))

    def evaluate(start: int) -> list[Totals]:
        stop = min(start + size, cases)
        part = slice_cases(inputs, start, stop)
        uniform = None if drawn is None else drawn[start:stop]
        planned = plan(part, contracts[0].price_calendars)
        return [
            _whole(
                totals_of(apply_contract(part, planned, slice_cases(terms, start, stop), uniform), part), stop - start
            )
            for terms in contracts
        ]

    _keep_freed_memory()
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(evaluate, range(0, cases, size)))
    return tuple(
        Totals(*(np.concatenate([getattr(part[number], item.name) for part in parts]) for item in fields(Totals)))
        for number in range(len(contracts))
    )


def _keep_freed_memory() -> None:
    """Let the C library keep the memory of freed arrays rather than fetch it from the system for every array anew.

    Freeing one large block raises the size up to which glibc keeps freed memory; elsewhere it does nothing.
    """
    np.empty(KEPT_BLOCK)


def _whole(totals: Totals, cases: int) -> Totals:
    """Return totals with one entry for each case, also where every case is the same."""
    return Totals(*(np.array(np.broadcast_to(getattr(totals, item.name), (cases,))) for item in fields(Totals)))
