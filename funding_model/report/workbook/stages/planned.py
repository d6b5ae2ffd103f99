"""Planned: the size of each service, its posts in place and the people it plans for, whatever the prices.

``volume`` = sum of the layers of size in place; ``capacity = caseload x delivery FTE``; people are taken on as in
Delivery with every post filled and intake open: ``exits = opening / length``, ``free = max(0, capacity - (opening -
exits))``, ``starts = min(waiting + referrals, free, most starts)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from funding_model.costing.delivery import Flow as EngineFlow
from funding_model.report.workbook.book import FLAG, NUMBER, PEOPLE, Book, Numbers, Sheet, Stack
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import Entered, Flow, Planned, PostEntries


def plan_quantities(book: Book, engine: Engine, entered: Entered) -> Planned:
    """Work out what is planned, month by month."""
    sheet = book.sheet("Posts and people", "What is planned: size, posts in place, and people with every post filled.")
    posts = entered.posts
    active = _active(book, sheet, "services", posts, engine.inputs.staff.active)
    support_active = _active(book, sheet, "support pools", entered.support_posts, engine.inputs.support.active)
    volume = _volume(book, sheet, engine, posts)
    services = entered.services

    standing = Standing(book, sheet, posts, active)
    pools = Standing(book, sheet, entered.support_posts, support_active)
    heads = standing.sum("Heads of posts", "group_heads")
    senior = standing.sum("Heads of senior posts", "group_senior_heads")
    growth = standing.sum("Heads of posts that start", "group_heads", starting=True)
    growth_senior = standing.sum("Heads of senior posts that start", "group_senior_heads", starting=True)
    fte = standing.sum("FTE of posts", "group_fte")
    delivery_fte = standing.sum("Delivery FTE", "group_delivery_fte")
    support_heads = pools.sum("Heads of support posts", "group_heads")
    support_fte = pools.sum("FTE of support posts", "group_fte")
    block = sheet.block("Capacity with every post filled", "Caseload for each delivery FTE x delivery FTE.")
    capacity = block.stack(
        services,
        PEOPLE,
        lambda at: f"{entered.people.caseload[at]}*{delivery_fte[at].now}",
        engine=of_case(engine.evaluation.planned.capacity),
    )
    block = sheet.block("Referrals", "People a month at the size entered x size.")
    referrals = block.stack(
        services,
        PEOPLE,
        lambda at: f"{entered.people.referrals[at]}*{volume[at].now}",
        engine=of_case(engine.inputs.people.referrals),
    )
    planned = engine.evaluation.planned.flow
    known = EngineFlow(**{name: of_case(getattr(planned, name)) for name in EngineFlow.__dataclass_fields__})
    flow = run_people(
        (sheet, entered),
        capacity,
        referrals,
        lambda _: "1",
        lambda at: capacity[at].in_month(1),
        "As planned",
        known,
    )
    return Planned(
        active=active,
        support_active=support_active,
        volume=volume,
        heads=heads,
        senior_heads=senior,
        growth_heads=growth,
        growth_senior_heads=growth_senior,
        fte=fte,
        delivery_fte=delivery_fte,
        support_heads=support_heads,
        support_fte=support_fte,
        capacity=capacity,
        referrals=referrals,
        flow=flow,
    )


@dataclass(frozen=True)
class Standing:
    """Adds up the groups of posts that stand in a month, by owner."""

    book: Book
    sheet: Sheet
    posts: PostEntries
    active: Stack

    def sum(self, title: str, column: str, *, starting: bool = False) -> Stack:
        """Add up a column of the groups while they stand, or only in the month in which they start after the first."""

        def formula(owner: int) -> str:
            span = self.posts.layout.groups_of(owner)
            if not span:
                return "0"
            groups = self.active.part(span.start, span.stop).now
            amounts = getattr(self.posts, column).part(span.start, span.stop)
            if not starting:
                return f"SUMPRODUCT({groups},{amounts})"
            first = self.posts.group_first.part(span.start, span.stop)
            return f"SUMPRODUCT({groups},{amounts},({first}={self.book.time.month.now})*({first}>1))"

        return self.sheet.block(title).stack(self.posts.layout.owners, NUMBER, formula, years="sum")


def _active(book: Book, sheet: Sheet, whose: str, posts: PostEntries, known: Numbers) -> Stack:
    layout = posts.layout
    of = [layout.owners[group.owner] for group in layout.groups]
    labels = [layout.name_of(group) for group in layout.groups]
    block = sheet.block(f"Groups of posts in place: {whose}", "1 from the group's first month to its last.")
    month = book.time.month
    return block.stack(
        labels,
        FLAG,
        lambda at: f"({month.now}>={posts.group_first[at]})*({month.now}<={posts.group_last[at]})",
        of=of,
        engine=layout.by_group(known) if layout.groups else None,
    )


def _volume(book: Book, sheet: Sheet, engine: Engine, posts: PostEntries) -> Stack:
    block = sheet.block("Size of each service", "In times what was entered: the layers of size in place.")
    month = book.time.month.now

    def formula(service: int) -> str:
        span = posts.layout.layers_of(service)
        if not span:
            return "0"
        size, first, last = (
            column.part(span.start, span.stop) for column in (posts.layer_size, posts.layer_first, posts.layer_last)
        )
        return f"SUMPRODUCT({size},({first}<={month})*({last}>={month}))"

    return block.stack(posts.layout.owners, NUMBER, formula, engine=np.asarray(engine.inputs.lines.volume))


def run_people(
    basis: tuple[Sheet, Entered],
    capacity: Stack,
    referrals: Stack,
    open_share: Callable[[int], str],
    opening_capacity: Callable[[int], str],
    of: str,
    known: EngineFlow | None = None,
) -> Flow:
    """Run caseload and waiting list month by month: a corkscrew for each.

    Args:
        basis: The sheet on which it stands, and everything entered.
        capacity: By service: people who can be supported.
        referrals: By service: people referred in the month.
        open_share: From the number of a service to how far its intake is open.
        opening_capacity: From the number of a service to the planned capacity of the first month.
        of: What the lines belong to, such as a contract.
        known: The engine's figures, one case.
    """
    sheet, entered = basis
    book, services, people = sheet.book, entered.services, entered.people
    month = book.time.first.now
    closing, waiting = (book.ahead(len(services)) for _ in range(2))

    def block(title: str, note: str, name: str, formula: Callable[[int], str], fill: Stack | None = None) -> Stack:
        figures = None if known is None else getattr(known, name)
        return sheet.block(title, note).stack(services, PEOPLE, formula, of=of, fill=fill, engine=figures)

    opening = block(
        "People in support at the start of the month", "Entered, else as many as the first month's capacity.",
        "opening", lambda at: (
            f"{month}*({people.opening_entered[at]}*{people.opening_caseload[at]}"
            f"+(1-{people.opening_entered[at]})*{opening_capacity(at)})+{closing[at].before}"
        ),
    )  # fmt: skip
    exits = block(
        "People whose support ends",
        "Opening / mean length.",
        "exits",
        lambda at: f"{opening[at].now}/{people.length[at]}",
    )
    waiting_opening = block(
        "People waiting at the start of the month", "",
        "waiting_opening", lambda at: f"{month}*{people.opening_waiting[at]}+{waiting[at].before}",
    )  # fmt: skip
    starts = block(
        "People starting support", "The least of those who could, the places free and the most starts; x intake open.",
        "starts", lambda at: (
            f"MIN({waiting_opening[at].now}+{referrals[at].now},"
            f"MAX(0,{capacity[at].now}-({opening[at].now}-{exits[at].now})),{people.most_starts[at]})*{open_share(at)}"
        ),
    )  # fmt: skip
    block(
        "People in support at the end of the month", "Opening - exits + starts.",
        "closing", lambda at: f"{opening[at].now}-{exits[at].now}+{starts[at].now}", closing,
    )  # fmt: skip
    gave_up = block(
        "People giving up waiting", "Share of those left after the starts.",
        "gave_up", lambda at: (
            f"{people.gives_up[at]}*({waiting_opening[at].now}+{referrals[at].now}-{starts[at].now})"
        ),
    )  # fmt: skip
    block(
        "People waiting at the end of the month", "Opening + referrals - starts - giving up.",
        "waiting",
        lambda at: f"{waiting_opening[at].now}+{referrals[at].now}-{starts[at].now}-{gave_up[at].now}", waiting,
    )  # fmt: skip
    given = block(
        "Months of support given", "The lesser of people in support and capacity.", "given",
        lambda at: f"MIN({closing[at].now},{capacity[at].now})",
    )  # fmt: skip
    return Flow(opening, exits, starts, closing, waiting_opening, gave_up, waiting, given)
