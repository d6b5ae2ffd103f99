"""A batch is cut into chunks that memory bears, as many for each process."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from funding_model.costing.inputs import Inputs
from funding_model.questions.batch import (
    CHUNK_BYTES,
    LEAST_BYTES,
    TOGETHER_BYTES,
    chunk_of,
    chunk_of_each,
    evaluate_batch,
)
from funding_model.questions.prepare import prepare
from tests.costing.small import costed


def of_cases(inputs: Inputs, cases: int) -> Inputs:
    """Return inputs whose caseloads may differ by case, in no memory."""
    caseload = inputs.people.caseload
    return replace(
        inputs, people=replace(inputs.people, caseload=np.broadcast_to(caseload, (cases, *caseload.shape[1:])))
    )


def test_inputs_of_many_cases_leave_less_memory_to_chunks() -> None:
    inputs = prepare(costed().scenario).inputs
    services = len(inputs.people.counted)
    assert chunk_of_each(inputs, 2) == chunk_of(inputs, CHUNK_BYTES)
    of_a_case = 8 * services
    half = of_cases(inputs, (TOGETHER_BYTES - CHUNK_BYTES) // of_a_case)
    assert chunk_of_each(half, 2) == pytest.approx(chunk_of(inputs, CHUNK_BYTES / 2), abs=1)
    assert chunk_of_each(of_cases(inputs, TOGETHER_BYTES // of_a_case), 2) == chunk_of(inputs, LEAST_BYTES)


@pytest.mark.parametrize(
    ("cases", "most", "sizes"), [(12, 4, [4, 4, 4]), (10, 4, [4, 4, 2]), (9, 4, [3, 3, 3]), (3, 4, [3])]
)
def test_chunks_are_even(cases: int, most: int, sizes: list[int]) -> None:
    prepared = prepare(costed().scenario)
    contracts = prepared.terms_of_each([contract.name for contract in prepared.scenario.contracts])
    done: list[Any] = []
    evaluate_batch(of_cases(prepared.inputs, cases), contracts, chunk=most, processes=1, progress=done.append)
    assert [round(share * cases) for share in done] == np.cumsum(sizes).tolist()
