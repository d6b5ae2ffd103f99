"""Monthly arrays of a batch lie months first in memory, then cases, then services: mixed layouts are slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from funding_model.costing.model import evaluate
from funding_model.questions.prepare import prepare
from tests.benchmarks.batches import contracts_of, drawn, regional

LEDGERS = ("purse", "families", "jobs", "flows", "cash", "exposures")
CASES = 3
Array = NDArray[Any]


def monthly_arrays(thing: object, months: int, path: str) -> Iterator[tuple[str, Array]]:
    """Return every (case, service, month) array of many cases in a result, with the way to it."""
    if isinstance(thing, np.ndarray):
        if thing.ndim == 3 and len(thing) > 1 and thing.shape[-1] in (months, months + 1):
            yield path, thing
    elif is_dataclass(thing):
        for item in fields(thing):
            yield from monthly_arrays(getattr(thing, item.name), months, f"{path}.{item.name}")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from monthly_arrays(value, months, f"{path}.{key}")


def test_monthly_arrays_of_a_batch_lie_months_first() -> None:
    prepared = prepare(regional())
    inputs = drawn(prepared.inputs, CASES, economy=True)
    months = inputs.calendar.months
    found: dict[str, Array] = {}
    for terms in contracts_of(prepared):
        evaluation = evaluate(inputs, terms)
        found |= dict(monthly_arrays(evaluation, months, "evaluation"))
        for ledger in LEDGERS:
            found |= dict(monthly_arrays(getattr(evaluation, ledger), months, ledger))
    assert len(found) > 50
    assert [path for path, array in found.items() if array.strides[-1] < max(array.strides)] == []
