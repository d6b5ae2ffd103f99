"""Draws: many values of an assumption in place of its central one, by the place at which it is entered.

Preparing a scenario with draws gives arrays of as many cases as there are draws, read at the same places and in the
same way as the central values: a case that is drawn is the case that would be entered by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.scenario.plain import Place

Draws: TypeAlias = Mapping[Place, Floats]
"""Values of each case, by place; what is not in it keeps its central value."""
NOT_DRAWN: Final[Draws] = MappingProxyType({})


def columns_of(standing: Sequence[float], draws: Draws, place: Callable[[int], Place | None]) -> Floats:
    """Return values by service, the drawn ones in place of those that stand: axes (case, service)."""
    if not draws:
        return np.array([standing], float)
    found = [draws.get(where) if (where := place(number)) is not None else None for number in range(len(standing))]
    if all(drawn is None for drawn in found):
        return np.array([standing], float)
    columns = [np.array([value]) if drawn is None else drawn for value, drawn in zip(standing, found, strict=True)]
    return np.stack(np.broadcast_arrays(*columns), axis=-1)
