"""What tests on generated scenarios share: costing a scenario or passing it over, and finding where results differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from hypothesis import reject, settings

from funding_model.costing.arrays import Floats
from funding_model.costing.model import Evaluation
from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.scenario.scenario import Scenario


def compared(scenario: Scenario) -> Comparison:
    """Compare a generated scenario's contracts; one that cannot be costed, such as a driver of nil, is passed over."""
    try:
        return compare(scenario)
    except ProblemsError:
        reject()


def examples(number: int) -> settings:
    """Return settings for a number of examples in the quick profile, and for that of the thorough one in it."""
    profile = settings()
    return settings(max_examples=number if profile.derandomize else profile.max_examples)


def changed(scenario: Scenario, **changes: object) -> Scenario:
    """Return a scenario with some of its entries replaced, read and checked anew."""
    return Scenario.model_validate(scenario.model_dump() | changes)


def arrays_in(value: object, path: str = "") -> Iterator[tuple[str, Floats]]:
    """Yield every array of floats in nested results, with where it stands."""
    if is_dataclass(value):
        for item in fields(value):
            yield from arrays_in(getattr(value, item.name), f"{path}.{item.name}" if path else item.name)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from arrays_in(part, f"{path}.{name}")
    elif isinstance(value, np.ndarray) and value.dtype == np.float64:
        yield path, cast("Floats", value)


RESULTS = (
    "certainty", "staffing", "delivery", "terms_cost", "provider", "money", "fundable_cost", "gap", "purse", "families",
    "jobs", "exposures", "flows", "cash", "waiting_for_money", "waiting_if_prompt",
)  # fmt: skip
"""Everything worked out under a contract."""


def results_of(evaluation: Evaluation) -> dict[str, Floats]:
    """Return every array of results, by its name; all have the case axis first."""
    plan = evaluation.planned.full
    planned = {"full cost": plan.full_cost, "overhead": plan.support.overhead, "pools": plan.support.pool_cost}
    found = [pair for name in RESULTS for pair in arrays_in(getattr(evaluation, name), name)]
    return {**dict(found), **planned}


def of_case(array: Floats, case: int) -> Floats:
    """Return one case of an array that holds every case, or the one that holds for all."""
    found: Floats = array[case if len(array) > 1 else 0]
    return found


def same_bits(left: npt.ArrayLike, right: npt.ArrayLike) -> bool:
    """Whether two arrays hold the same numbers to the last bit: no rounding is forgiven, but -0 is 0."""
    return np.array_equal(np.asarray(left), np.asarray(right))


def agree(left: npt.ArrayLike, right: npt.ArrayLike, relative: float) -> bool:
    """Whether two arrays differ by at most a part of the largest amount on either side (at least 1)."""
    ours, theirs = np.broadcast_arrays(np.asarray(left, float), np.asarray(right, float))
    unlike = ours != theirs
    if not unlike.any():
        return True
    largest = max(1.0, *(float(np.max(np.abs(side[np.isfinite(side)]), initial=0.0)) for side in (ours, theirs)))
    return bool(np.max(np.abs(ours[unlike] - theirs[unlike])) <= relative * largest)
