"""Arrays of the core: their types, and the few operations whose order of summing must not depend on their shape.

A monthly array has the axes (case, service, month). In memory the months come first, so that a stage that steps from
month to month works on contiguous slices; that is a matter of speed, never of meaning. Sums are taken one element
after the other (``accumulate``), so that a batch of cases gives the same bits as its cases one by one.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


Number = TypeVar("Number", np.float64, np.int64, np.bool_)


def months_first(array: NDArray[Number]) -> NDArray[Number]:
    """Return the same array with its last axis, the months, laid out first in memory."""
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, -1, 0)), 0, -1)


def empty_months(shape: tuple[int, ...], months: int) -> Floats:
    """Return an empty array of ``shape`` and months, with the months first in memory."""
    return np.moveaxis(np.empty((months, *shape)), 0, -1)


def zero_months(shape: tuple[int, ...], months: int) -> Floats:
    """Return zeros of ``shape`` and months, with the months first in memory."""
    return np.moveaxis(np.zeros((months, *shape)), 0, -1)


def each_month(operation: np.ufunc, left: Floats, right: Floats) -> Floats:
    """Apply an operation to a monthly array and to figures of each case and service, (case, service, 1).

    Left to itself numpy would lay the result out case by case, and every later stage would mix two layouts.
    """
    shape = np.broadcast_shapes(left.shape, right.shape)
    result: Floats = operation(left, right, out=empty_months(shape[:-1], shape[-1]))
    return result


def by_month(array: Floats, index: Ints) -> Floats:
    """Spread an array over months: entry ``index[m]`` of the last axis for month ``m``."""
    spread: Floats = np.take(np.moveaxis(array, -1, 0), index, axis=0)
    return np.moveaxis(spread, 0, -1)


def total(array: Floats, axis: int) -> Floats:
    """Sum over an axis, laid out last in memory so that the order of adding never depends on the other axes."""
    if array.ndim > 2 and axis == array.ndim - 2:  # noqa: PLR2004 - services, which a monthly array holds last
        first = np.moveaxis(array, -1, 0)
        if first.flags.c_contiguous:
            return np.moveaxis(np.asarray(np.add.reduce(first, axis=-1)), 0, -1)
    result: Floats = np.add.reduce(np.ascontiguousarray(np.moveaxis(array, axis, -1)), axis=-1)
    return result


def sum_months(array: Floats) -> Floats:
    """Sum over the last axis, the months, one month after the other."""
    first = np.ascontiguousarray(np.moveaxis(array, -1, 0))
    if first.size == len(first):  # a single series: numpy would sum it in pairs, and a batch of them in order
        return np.asarray(np.add.accumulate(first, axis=0)[-1] + 0.0)
    result: Floats = np.add.reduce(first, axis=0)
    return result


def year_sums(array: Floats, months_of_year: Ints) -> Floats:
    """Sum months (last axis) into financial years of the given numbers of months."""
    ends = np.cumsum(months_of_year).tolist()
    starts = [0, *ends[:-1]]
    years = [sum_months(array[..., start:end]) for start, end in zip(starts, ends, strict=True)]
    return np.moveaxis(np.array(years), 0, -1)


def running_total(array: Floats) -> Floats:
    """Return sums of the months before each boundary: months + 1 entries, the first of them 0."""
    first = np.moveaxis(array, -1, 0)
    result = np.zeros((first.shape[0] + 1, *first.shape[1:]))
    np.add.accumulate(first, axis=0, out=result[1:])
    return np.moveaxis(result, 0, -1)


def pick(array: Floats, index: Ints) -> Floats:
    """Take from the last axis of a (case, service, n) array the entries of a (case, service, k) index."""
    if len(index) == 1 and (index == index[:, :1]).all():
        return by_month(array, index[0, 0])
    cases = max(array.shape[0], index.shape[0])
    values = np.broadcast_to(array, (cases, *array.shape[1:]))
    places = np.broadcast_to(index, (cases, *index.shape[1:]))
    return np.take_along_axis(values, places, axis=-1)


def ratio(numerator: Floats, denominator: Floats, otherwise: float = 0.0) -> Floats:
    """Divide, giving ``otherwise`` where the denominator is nil."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    result = np.full(numerator.shape, otherwise)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def over_layers(values: Floats) -> Floats:
    """Sum the layers of a (case, layer, owner, month) array."""
    result: Floats = values[:, 0]
    for layer in range(1, values.shape[1]):
        result = result + values[:, layer]
    return result


def weighted(weights: Floats, values: Floats) -> Floats:
    """Sum the layers of (case, layer, owner, month) values with weights (layer, owner, month) or (case, ...)."""
    result: Floats = weights[..., 0, :, :] * values[:, 0]
    for layer in range(1, values.shape[1]):
        result = result + weights[..., layer, :, :] * values[:, layer]
    return result


def after_month_0(path: Floats) -> Floats:
    """Return what held in the month before each month, 1 for month 0, from values at boundaries (..., month + 1)."""
    return np.concatenate([np.ones_like(path[..., :1]), path[..., :-2]], axis=-1)
