"""Arrays of the core: their types, and the few operations whose order of summing must not depend on their shape.

A monthly array has the axes (case, service, month). In memory the months come first, so that a stage that steps from
month to month works on contiguous slices; that is a matter of speed, never of meaning. Sums are taken one element
after the other (``accumulate``), so that a batch of cases gives the same bits as its cases one by one.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SERVICE_AND_MONTH = 2
"""The last axes of a monthly array; those before them tell cases apart."""
BLOCK_OF_MONTHS = 12
"""Months worked on at a time where an intermediate array would else not stay in the processor's cache."""
Number = TypeVar("Number", np.float64, np.int64, np.bool_)


def to_front(array: NDArray[Number]) -> NDArray[Number]:
    """Return a view with the last axis, the months, as the first one."""
    return array.transpose(array.ndim - 1, *range(array.ndim - 1))


def to_back(array: NDArray[Number]) -> NDArray[Number]:
    """Return a view with the first axis, the months, as the last one."""
    return array.transpose(*range(1, array.ndim), 0)


def months_first(array: NDArray[Number]) -> NDArray[Number]:
    """Return the same array with its last axis, the months, laid out first in memory."""
    return to_back(np.ascontiguousarray(to_front(array)))


def empty_months(shape: tuple[int, ...], months: int) -> Floats:
    """Return an empty array of ``shape`` and months, with the months first in memory."""
    return to_back(np.empty((months, *shape)))


def zero_months(shape: tuple[int, ...], months: int) -> Floats:
    """Return zeros of ``shape`` and months, with the months first in memory."""
    return to_back(np.zeros((months, *shape)))


def each_month(operation: np.ufunc, left: Floats, right: Floats) -> Floats:
    """Apply an operation to a monthly array and to figures of each case and service, (case, service, 1).

    Left to itself numpy would lay the result out case by case, and every later stage would mix two layouts.
    """
    shape = np.broadcast_shapes(left.shape, right.shape)
    result: Floats = operation(left, right, out=empty_months(shape[:-1], shape[-1]))
    return result


def by_month(array: Floats, index: Ints) -> Floats:
    """Spread an array over months: entry ``index[m]`` of the last axis for month ``m``."""
    return to_back(to_front(array).take(index, axis=0))


def stretches(*monthly: NDArray[Any]) -> tuple[Ints, Ints]:
    """Return the first month of each stretch in which none of these arrays changes, and the stretch of each month.

    What depends on such arrays alone is worked out once for each stretch, then spread over its months.
    """
    changes = np.zeros(monthly[0].shape[-1], bool)
    changes[0] = True
    for array in monthly:
        first = to_front(array)
        changes[1:] |= (first[1:] != first[:-1]).reshape(len(changes) - 1, -1).any(axis=1)
    return np.flatnonzero(changes), np.cumsum(changes) - 1


def total(array: Floats, axis: int) -> Floats:
    """Sum over an axis, laid out last in memory so that the order of adding never depends on the other axes."""
    if array.ndim > SERVICE_AND_MONTH and axis == array.ndim - SERVICE_AND_MONTH:  # services, last in its memory
        first = to_front(array)
        if first.flags.c_contiguous:
            return to_back(np.asarray(np.add.reduce(first, axis=-1)))
    axes = list(range(array.ndim))
    axes.append(axes.pop(axis))
    result: Floats = np.add.reduce(np.ascontiguousarray(array.transpose(axes)), axis=-1)
    return result


def sum_months(array: Floats) -> Floats:
    """Sum over the last axis, the months, one month after the other."""
    first = np.ascontiguousarray(to_front(array))
    if first.size == len(first):  # a single series: numpy would sum it in pairs, and a batch of them in order
        return np.asarray(np.add.accumulate(first, axis=0)[-1] + 0.0)
    result: Floats = np.add.reduce(first, axis=0)
    return result


def year_sums(array: Floats, months_of_year: Ints) -> Floats:
    """Sum months (last axis) into financial years of the given numbers of months."""
    ends = np.cumsum(months_of_year).tolist()
    starts = [0, *ends[:-1]]
    years = [sum_months(array[..., start:end]) for start, end in zip(starts, ends, strict=True)]
    return to_back(np.array(years))


def running_total(array: Floats) -> Floats:
    """Return sums of the months before each boundary: months + 1 entries, the first of them 0."""
    first = to_front(array)
    result = np.empty((first.shape[0] + 1, *first.shape[1:]))
    result[0] = 0.0
    np.add.accumulate(first, axis=0, out=result[1:])
    return to_back(result)


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


def plus(left: Floats, right: Floats) -> Floats:
    """Add; where one side is nothing at all, the same for every case, the other is not copied for it."""
    for one, other in ((left, right), (right, left)):
        if len(one) == 1 and not one.any():
            return _as_wide(other, one)
    result: Floats = left + right
    return result


def minus(left: Floats, right: Floats) -> Floats:
    """Subtract; nothing at all, the same for every case, is not spread over every case for it."""
    if len(right) == 1 and not right.any():
        return _as_wide(left, right)
    result: Floats = left - right
    return result


def _as_wide(array: Floats, other: Floats) -> Floats:
    """Return an array with the axes that another one would give it."""
    shape = np.broadcast_shapes(array.shape, other.shape)
    return array if array.shape == shape else np.broadcast_to(array, shape)


def times(left: Floats, right: Floats) -> Floats:
    """Multiply; nothing at all, the same for every case, stays so."""
    for one, other in ((left, right), (right, left)):
        if len(one) == 1 and not one.any():
            shape = np.broadcast_shapes(one.shape, other.shape[1:])
            return zero_months(shape[:-1], shape[-1])
    result: Floats = left * right
    return result


def part_of(share: Floats, amounts: Floats) -> Floats:
    """Return a share of amounts; it is mostly all of them or nothing."""
    return _as_wide(amounts, share) if (share == 1).all() else times(share, amounts)


def over_layers(values: Floats) -> Floats:
    """Sum the layers of a (case, layer, owner, month) array."""
    result: Floats = values[:, 0]
    for layer in range(1, values.shape[1]):
        result = result + values[:, layer]
    return result


def weighted(weights: Floats, values: Floats) -> Floats:
    """Sum the layers of (case, layer, owner, month) values with weights (layer, owner, month); months first."""
    front, weigh = to_front(values), to_front(weights)
    result = np.empty((*front.shape[:2], front.shape[3]))
    used = np.asarray(weigh.any(axis=2))
    for start in range(0, len(result), BLOCK_OF_MONTHS):
        held = slice(start, start + BLOCK_OF_MONTHS)
        np.multiply(front[held, :, 0], weigh[held, None, 0], out=result[held])
        for layer in np.flatnonzero(used[held, 1:].any(axis=0)) + 1:
            result[held] += front[held, :, layer] * weigh[held, None, layer]
    return to_back(result)


def after_month_0(path: Floats) -> Floats:
    """Return what held in the month before each month, 1 for month 0, from values at boundaries (..., month + 1)."""
    return np.concatenate([np.ones_like(path[..., :1]), path[..., :-2]], axis=-1)
