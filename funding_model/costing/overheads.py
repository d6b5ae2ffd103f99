"""Overheads: who bears the cost of the support pools (full cost recovery).

Units stand on the last axis in one order: the K support pools first, then the N operating units (services, then other
activities). All axes before it are leading axes (case, year) and may broadcast. Sums over units and pools are written
out term by term and elementwise, so the number of leading cases never changes a bit of any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from funding_model.costing.arrays import ratio

Array: TypeAlias = npt.NDArray[np.float64]
Method: TypeAlias = Literal["direct", "step_down", "reciprocal", "single_rate"]
METHODS: tuple[Method, ...] = get_args(Method)

ORDER_OF_CATEGORIES = ("premises_and_office", "central_functions", "governance_and_strategy", "fundraising")
"""The ACEVO and New Philanthropy Capital order of the step-down: the pool that serves most others goes first."""


class AllocationError(ValueError):
    """A cost that the drivers give to nobody.

    Attributes:
        reason: ``no_receiver`` (a driver sums to zero), ``closed_loop`` (pools that only serve each other) or
            ``no_base`` (the base of the single rate sums to zero).
        pools: The pools concerned: one, the whole loop, or none.
        index: The position on the leading axes (case, year) where it was first met.
    """

    def __init__(
        self, reason: Literal["no_receiver", "closed_loop", "no_base"], pools: Iterable[int], index: Iterable[int]
    ) -> None:
        """Keep what happened, to which pools and where."""
        self.reason, self.pools, self.index = reason, tuple(pools), tuple(index)
        what = {
            "no_receiver": "the driver of support pool {} sums to zero over the units that may receive its cost",
            "closed_loop": "support pools {} only serve each other, so their cost never reaches an operating unit",
            "no_base": "the base of the single rate sums to zero",
        }[reason]
        pools_named = ", ".join(map(str, self.pools))
        super().__init__(f"{what.format(pools_named)} (leading index {self.index}), and there is cost to share")


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """What each operating unit costs once the support pools have been shared, in the money of ``own_cost``."""

    full_cost: Array
    """(..., N): own cost plus overhead."""
    overhead: Array
    """(..., N): what the unit bears of all pools."""
    gross: Array
    """(..., K): a pool's own cost plus what it received from other pools."""
    from_pool: Array
    """(..., K, N): what each pool finally hands to each operating unit, a[k, o] x gross[k]; sums over k to overhead."""


def allocate(
    own_cost: Array,
    usage: Array,
    method: Method,
    *,
    order: Sequence[int] | None = None,
    accumulated: Sequence[bool] | None = None,
    base: Array | None = None,
) -> Allocation:
    """Share the cost of the support pools over the operating units.

    With c the own cost of a pool, d that of an operating unit, u[s, r] the driver quantity that unit r uses of pool s
    and a[s, r] = u[s, r] / (sum of u[s, .] over the units that may receive under the method, s itself never):

    - direct: only operating units receive; f[o] = d[o] + sum over k of a[k, o] c[k].
    - step_down: pools close one after another in ``order`` and hand on to the pools after them and to operating units;
      C[k] = c[k] + sum over j before k of a[j, k] C[j] and f[o] = d[o] + sum over k of a[k, o] C[k].
    - reciprocal: every other unit receives; x[k] = c[k] + sum over j of a[j, k] x[j], solved exactly, and
      f[o] = d[o] + sum over k of a[k, o] x[k].
    - single_rate: f[o] = d[o] + b[o] x (sum of c) / (sum of b), with b the base.

    Costs may be negative (an employment allowance). A pool whose own and received cost is zero gives nothing and needs
    no driver.

    Args:
        own_cost: (..., U) cost of each unit before sharing, pools first.
        usage: (..., K, U) driver quantity of each pool used by each unit; its K says how many pools there are.
        method: One of the four above.
        order: Pools in the order in which the step-down closes them; as entered when left out.
        accumulated: Pools shared by the accumulated cost of their receivers (own cost and what they have received so
            far) instead of a quantity; step_down only.
        base: (..., N) the base of the single rate.

    Returns:
        The allocation, with the broadcast leading axes of all inputs.

    Raises:
        AllocationError: A driver or base that sums to zero with cost to share, or pools that form a closed loop.
        ValueError: Shapes, order or arguments that do not fit together, or an unknown method.
    """
    pools, units = usage.shape[-2:]
    if own_cost.shape[-1] != units or pools > units:
        raise ValueError(f"own_cost has {own_cost.shape[-1]} units, usage has {pools} pools and {units} units")
    order = range(pools) if order is None else order
    accumulated = [False] * pools if accumulated is None else accumulated
    if sorted(order) != list(range(pools)) or len(accumulated) != pools:
        raise ValueError(f"order must name each of the {pools} pools once, and accumulated must say yes or no for each")
    if any(accumulated) and method in ("direct", "reciprocal"):
        raise ValueError(f"accumulated cost can drive a step-down only, not {method}")
    if (base is not None) != (method == "single_rate"):
        raise ValueError(f"a base belongs to single_rate and to no other method; the method is {method}")
    leading = np.broadcast_shapes(own_cost.shape[:-1], usage.shape[:-2], () if base is None else base.shape[:-1])
    cost = np.array(np.broadcast_to(own_cost, (*leading, units)), dtype=np.float64)
    if method == "direct":
        gross, from_pool = _hand_down(cost, usage, range(pools), accumulated, to_pools=False)
    elif method == "step_down":
        gross, from_pool = _hand_down(cost, usage, order, accumulated, to_pools=True)
    elif method == "reciprocal":
        gross, from_pool = _hand_around(cost, usage)
    elif base is not None:
        gross, from_pool = _spread(cost, pools, base)
    else:
        raise ValueError(f"unknown method {method}; the methods are {', '.join(METHODS)}")
    overhead = np.zeros((*leading, units - pools))
    for pool in range(pools):
        overhead = overhead + from_pool[..., pool, :]
    return Allocation(own_cost[..., pools:] + overhead, overhead, gross, from_pool)


def primary_apportionment(already_allocated: Array, pool_cost: Array, usage: Array) -> Allocation:
    """Share common costs over all cost centres by one driver each, before any centre serves another.

    f[o] = d[o] + sum over k of (u[k, o] / sum of u[k, .]) c[k]: the direct method with every centre as a receiver.

    Args:
        already_allocated: (..., N) cost already charged to each centre.
        pool_cost: (..., K) each common cost.
        usage: (..., K, N) driver quantity of each common cost in each centre.
    """
    pools = pool_cost.shape[-1]
    leading = np.broadcast_shapes(already_allocated.shape[:-1], pool_cost.shape[:-1])
    own_cost = np.concatenate(
        [np.broadcast_to(part, (*leading, part.shape[-1])) for part in (pool_cost, already_allocated)], axis=-1
    )
    return allocate(own_cost, np.concatenate([np.zeros((*usage.shape[:-1], pools)), usage], axis=-1), "direct")


def default_order(categories: Sequence[str]) -> tuple[int, ...]:
    """Return the pools in the order of the step-down; pools of equal category stay in the order entered.

    Raises:
        ValueError: A category that is not in ORDER_OF_CATEGORIES.
    """
    unknown = set(categories) - set(ORDER_OF_CATEGORIES)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: not one of {', '.join(ORDER_OF_CATEGORIES)}")
    return tuple(sorted(range(len(categories)), key=lambda pool: ORDER_OF_CATEGORIES.index(categories[pool])))


def modified_total_direct_cost(
    costs: Array, excluded: Sequence[bool], subaward: Sequence[bool], subaward_cap: float
) -> Array:
    """Return the base of a percentage overhead that leaves some categories out and caps each subaward.

    base[y] = sum over categories that are not excluded of cost[y]; of a subaward only min(cap, cost up to y) -
    min(cap, cost up to y - 1) counts, so that the cap runs over the subaward's whole life and not over each year.

    Args:
        costs: (..., category, year) direct cost.
        excluded: By category, whether it is left out altogether.
        subaward: By category, whether it is a subaward (one category for each subaward).
        subaward_cap: The most of one subaward that counts over its life; infinite for no cap.

    Returns:
        (..., year) the base.
    """
    total = np.zeros((*costs.shape[:-2], costs.shape[-1]))
    for category, (left_out, capped) in enumerate(zip(excluded, subaward, strict=True)):
        counted = costs[..., category, :]
        if capped:
            counted = np.diff(np.minimum(np.cumsum(counted, axis=-1), subaward_cap), prepend=0.0)
        if not left_out:
            total = total + counted
    return total


def _share(quantities: Array) -> tuple[Array, Array]:
    """Return each quantity's share of the sum over the last axis (zero where the sum is zero), and that sum."""
    total = np.zeros(quantities.shape[:-1])
    for unit in range(quantities.shape[-1]):
        total = total + quantities[..., unit]
    return ratio(quantities, total[..., None]), total


def _hand_down(
    cost: Array, usage: Array, order: Sequence[int], accumulated: Sequence[bool], *, to_pools: bool
) -> tuple[Array, Array]:
    """Close one pool after another; a closed pool receives nothing more. Without ``to_pools`` no pool ever receives."""
    pools, units = usage.shape[-2:]
    held = cost.copy()
    from_pool = np.zeros((*cost.shape[:-1], pools, units - pools))
    for position, pool in enumerate(order):
        later = list(order[position + 1 :]) if to_pools else []
        receivers = later + list(range(pools, units))
        shares, total = _share((held if accumulated[pool] else usage[..., pool, :])[..., receivers])
        stuck = np.argwhere((total == 0) & (held[..., pool] != 0))
        if len(stuck):
            raise AllocationError("no_receiver", [pool], stuck[0].tolist())
        handed = shares * held[..., pool, None]
        held[..., receivers] += handed
        from_pool[..., pool, :] = handed[..., len(later) :]
    return held[..., :pools], from_pool


def _hand_around(cost: Array, usage: Array) -> tuple[Array, Array]:
    """Solve x = c + a'x by taking the pools out, last to first: a pool's users take over what it uses of other pools.

    What a pool keeps from circling back to itself, 1 - a[k, k] in the system that is left, is summed from what it hands
    to all others. No share is ever subtracted, so pools that almost only serve each other lose no precision.
    """
    pools, units = usage.shape[-2:]
    shares, _ = _share(np.where(np.eye(pools, units), 0.0, usage))
    arrives = np.any(shares[..., pools:] != 0, axis=-1)
    for _ in range(pools):
        arrives = arrives | np.any((shares[..., :pools] != 0) & arrives[..., None, :], axis=-1)
    left = np.where(arrives[..., None], shares, 0.0)
    passed_on = np.ones(arrives.shape)
    gross = cost[..., :pools].copy()
    for pool in reversed(range(pools)):
        others = [*range(pool), *range(pools, units)]
        taken_over, total = _share(left[..., pool, others])
        passed_on[..., pool] = np.where(arrives[..., pool], total, 1.0)
        if np.any(passed_on[..., pool] == 0):
            raise AllocationError("closed_loop", range(pools), np.argwhere(passed_on[..., pool] == 0)[0].tolist())
        left[..., :pool, others] += left[..., :pool, pool, None] * taken_over[..., None, :]
        gross[..., :pool] += taken_over[..., :pool] * gross[..., pool, None]
    for pool in range(pools):
        for user in range(pool):
            gross[..., pool] += left[..., user, pool] * gross[..., user]
        gross[..., pool] /= passed_on[..., pool]
    stuck = np.argwhere(~arrives & (gross != 0))
    if len(stuck):
        *index, pool = stuck[0].tolist()
        raise _dead_end(np.broadcast_to(shares, (*cost.shape[:-1], pools, units))[tuple(index)], pool, index)
    return gross, shares[..., pools:] * gross[..., None]


def _dead_end(shares: Array, pool: int, index: list[int]) -> AllocationError:
    """Say where cost of the pool ends up: in a pool whose driver sums to zero, or in a closed loop."""
    pools = shares.shape[0]
    reach = (shares[:, :pools] != 0) | np.eye(pools, dtype=bool)
    for through in range(pools):
        reach |= reach[:, through, None] & reach[None, through, :]
    ends = np.flatnonzero(reach[pool]).tolist()
    without_driver = [end for end in ends if not np.any(shares[end])]
    if without_driver:
        return AllocationError("no_receiver", without_driver[:1], index)
    smallest = min(ends, key=lambda end: int(np.count_nonzero(reach[end])))
    return AllocationError("closed_loop", np.flatnonzero(reach[smallest]).tolist(), index)


def _spread(cost: Array, pools: int, base: Array) -> tuple[Array, Array]:
    """Share every pool over one base."""
    shares, total = _share(base)
    stuck = np.argwhere((total == 0)[..., None] & (cost[..., :pools] != 0))
    if len(stuck):
        raise AllocationError("no_base", [], stuck[0].tolist()[:-1])
    return cost[..., :pools].copy(), shares[..., None, :] * cost[..., :pools, None]
