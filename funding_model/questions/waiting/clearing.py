"""Clearing: how many more delivery staff would clear each waiting list by a month, found through the engine.

The least number of heads of a delivery post, taken on from one month to the other, with which fewer than half a person
waits at the end of the latter, if the service continues. New posts start empty and are filled as the months to fill
say. A number that is enough is looked for by doubling, then the least by halving the stretch to a hundredth of an FTE.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from funding_model.costing.accounts import surviving
from funding_model.costing.arrays import Floats, sum_months
from funding_model.costing.model import Evaluation, evaluate
from funding_model.costing.overheads import AllocationError
from funding_model.problems import ProblemsError
from funding_model.questions.change.asked import AddedPosts
from funding_model.questions.change.changed import same_start, with_heads
from funding_model.questions.compare import Comparison, allocation_problem
from funding_model.questions.prepare import prepare
from funding_model.scenario.costs import Post
from funding_model.scenario.services import Service

NOBODY: Final = 0.5
"""Fewer people waiting than this are none."""
FINE: Final = 0.01
"""How close the number of delivery FTE is found."""
DOUBLINGS: Final = 10
"""How often the number of staff is doubled before it is said that none is enough."""


@dataclass(frozen=True)
class Cleared:
    """What it takes to clear one service's list under one contract."""

    service: int
    post: str
    heads: float | None
    """Heads to be taken on; None when none of those tried is enough."""
    fte: float | None
    """Their delivery FTE."""
    most: float
    """The most delivery FTE that were tried."""
    waiting_without: float
    waiting_with: float
    starting: float
    """More people starting by the end of the month in which the list is to be clear."""
    cost: float
    """What the service costs more over the whole horizon, overhead left out, pounds, weighted by survival."""
    overhead: float
    """The overhead that it bears more once the support pools are shared anew, likewise."""


def delivery_post(service: Service) -> Post | None:
    """Return the post of a service with the most delivery FTE; None when it has none."""
    posts = [post for post in service.posts if post.delivery_share > 0]
    return max(posts, key=lambda post: post.headcount * post.fte * post.delivery_share, default=None)


def clear(comparison: Comparison, case: int, services: Sequence[int], first: int, last: int) -> list[Cleared]:
    """Return what it takes to clear the lists of services under a contract.

    Args:
        comparison: The contracts.
        case: The contract.
        services: Services with people and a delivery post, by number.
        first: Month from which staff are taken on.
        last: Month at whose end the lists are to be clear.
    """
    bench = _Bench(comparison, comparison.contracts[case], first, last)
    posts = {number: delivery_post(comparison.scenario.services[number]) for number in services}
    each_fte = {number: post.fte * post.delivery_share for number, post in posts.items() if post is not None}
    names = {number: post.name for number, post in posts.items() if post is not None}
    before = bench.run({}, names)
    without = {number: float(before.delivery.flow.waiting[0, number, last]) for number in each_fte}
    low = dict.fromkeys(each_fte, 0.0)
    high = {number: 0.0 if without[number] < NOBODY else 1.0 for number in each_fte}
    enough = {number for number in each_fte if without[number] < NOBODY}
    for _ in range(DOUBLINGS):
        short = [number for number in each_fte if number not in enough]
        if not short:
            break
        waiting = bench.waiting({number: high[number] / each_fte[number] for number in short}, names)
        for number in short:
            if waiting[number] < NOBODY:
                enough.add(number)
            else:
                low[number], high[number] = high[number], 2 * high[number]
    most = {number: low[number] if number not in enough else high[number] for number in each_fte}
    while any(high[number] - low[number] > FINE for number in enough):
        middle = {number: (low[number] + high[number]) / 2 for number in enough}
        waiting = bench.waiting({number: fte / each_fte[number] for number, fte in middle.items() if fte}, names)
        for number, fte in middle.items():
            if waiting[number] < NOBODY:
                high[number] = fte
            else:
                low[number] = fte
    found = {number: high[number] / each_fte[number] for number in enough if high[number]}
    after = bench.run(found, names)
    overhead = sum_months(
        surviving(after.provider.survival, after.planned.full.support.overhead)
        - surviving(before.provider.survival, before.planned.full.support.overhead)
    )[0]
    more_cost = sum_months(after.provider.cost)[0] - sum_months(before.provider.cost)[0] - overhead
    starts = [sum_months(each.delivery.flow.starts[..., : last + 1])[0] for each in (before, after)]
    return [
        Cleared(
            service=number,
            post=names[number],
            heads=found.get(number, 0.0) if number in enough else None,
            fte=high[number] if number in enough else None,
            most=most[number],
            waiting_without=without[number],
            waiting_with=float(after.delivery.flow.waiting[0, number, last]),
            starting=float(starts[1][number] - starts[0][number]),
            cost=float(more_cost[number]),
            overhead=float(overhead[number]),
        )
        for number in each_fte
    ]


@dataclass(frozen=True)
class _Bench:
    """Evaluates one contract with more staff in some services."""

    comparison: Comparison
    contract: str
    first: int
    last: int

    def run(self, heads: dict[int, float], names: dict[int, str]) -> Evaluation:
        shares = [(number, AddedPosts(names[number], many)) for number, many in heads.items()]
        scenario = with_heads(self.comparison.scenario, shares, (self.first, self.last + 1))
        prepared = self.comparison.prepared if not shares else same_start(prepare(scenario), self.comparison)
        try:
            return evaluate(prepared.inputs, prepared.terms([self.contract]))
        except AllocationError as error:
            raise ProblemsError([allocation_problem(error, scenario)]) from error

    def waiting(self, heads: dict[int, float], names: dict[int, str]) -> dict[int, float]:
        """Return the people waiting at the end of the last month, by service."""
        flow: Floats = self.run(heads, names).delivery.flow.waiting[0, :, self.last]
        return {number: float(flow[number]) for number in names}
