"""Posts as the workbook lays them out: teams of posts that come and go together, and their groups as a service grows.

A *team* is the posts of one owner (a service, or a support pool) with the same first and last month. A *group* is a
team in one of the layers of the owner's size: when a service grows by a quarter, its teams gain a group of a quarter of
their size. Posts that share a window of months and a layer are empty and filled together, so staffing is worked out by
group. *Post types* are what a head costs; teams with the same posts in the same order share them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.inputs import Parts
from funding_model.questions.prepare.dates import Dates
from funding_model.questions.prepare.staffing import WHOLE_SIZE, Layer, Staffed, layers_of, part_entries
from funding_model.report.workbook.book import Numbers
from funding_model.scenario.costs import Post
from funding_model.scenario.services import VolumeChange


@dataclass(frozen=True)
class TeamPost:
    """A post with its share of time on the team's owner; ``place`` is its number among the posts of that kind."""

    place: int
    post: Post
    share: float


@dataclass(frozen=True)
class Team:
    """Posts of one owner with the same first and last month, counted from 1; both lie within the horizon."""

    owner: int
    first: int
    last: int
    posts: tuple[TeamPost, ...]
    types: int
    """Number of the first of its post types; the others follow in the order of the posts."""
    start: int
    """Number of its first post among the posts of all teams."""

    @property
    def stop(self) -> int:
        """Number after its last post among the posts of all teams."""
        return self.start + len(self.posts)

    @property
    def types_stop(self) -> int:
        """Number after its last post type."""
        return self.types + len(self.posts)


@dataclass(frozen=True)
class Group:
    """A team in one layer of its owner's size."""

    owner: int
    team: int
    layer: int
    """Number among the layers of all owners."""
    engine_layer: int
    """The layer of the engine's grid (layer, owner) that holds it."""


@dataclass(frozen=True)
class SizeLayer:
    """A part of an owner's size, with its first and last month counted from 1."""

    owner: int
    size: float
    first: int
    last: int


@dataclass(frozen=True)
class Posts:
    """The posts of one kind of owner."""

    owners: tuple[str, ...]
    types: tuple[TeamPost, ...]
    """What a head costs, one for each place in the order of posts that some team has."""
    teams: tuple[Team, ...]
    layers: tuple[SizeLayer, ...]
    """Sorted by owner."""
    groups: tuple[Group, ...]
    """Sorted by owner."""

    def groups_of(self, owner: int) -> range:
        """Return the numbers of an owner's groups."""
        return _span([group.owner for group in self.groups], owner)

    def layers_of(self, owner: int) -> range:
        """Return the numbers of an owner's layers."""
        return _span([layer.owner for layer in self.layers], owner)

    def name_of(self, group: Group) -> str:
        """Return the name of a group, which is that of its first post."""
        return self.teams[group.team].posts[0].post.name

    def label_of(self, group: Group) -> str:
        """Return the name of a group after that of its owner."""
        return f"{self.owners[group.owner]}: {self.name_of(group)}"

    @property
    def team_posts(self) -> tuple[tuple[Team, TeamPost], ...]:
        """Every post of every team, in order."""
        return tuple((team, post) for team in self.teams for post in team.posts)

    def by_group(self, array: Numbers) -> Numbers | None:
        """Return the rows of a (layer, owner, ...) array of the engine in the order of the groups.

        None where two groups stand in one row of the engine's: their months are the same, and it keeps their sum.
        """
        rows = [(group.engine_layer, group.owner) for group in self.groups]
        if len(set(rows)) < len(rows):
            return None
        return np.array([array[group.engine_layer, group.owner] for group in self.groups]).reshape(
            len(self.groups), *array.shape[2:]
        )

    def by_type(self, array: Numbers, parts: Parts) -> Numbers:
        """Return the rows of a (part, ...) array of the engine in the order of the post types."""
        first = {int(place): number for number, place in reversed(list(enumerate(parts.post)))}
        return np.array([array[first[each.place]] for each in self.types]).reshape(len(self.types), *array.shape[1:])


def _span(owners: Sequence[int], owner: int) -> range:
    found = [number for number, each in enumerate(owners) if each == owner]
    return range(found[0], found[-1] + 1) if found else range(0)


def lay_out_posts(
    owners: Sequence[str],
    staffed: Sequence[Staffed],
    changes: Sequence[Sequence[VolumeChange]],
    dates: Dates,
) -> Posts:
    """Lay out the posts of services or of support pools (whose size has no changes)."""
    sizes = [layers_of(each, dates) for each in changes]
    types: list[TeamPost] = []
    patterns: dict[tuple[object, ...], int] = {}
    teams: list[Team] = []
    count = 0
    for owner in range(len(owners)):
        windows: dict[tuple[int, int], list[TeamPost]] = {}
        for place, item in enumerate(staffed):
            share = item.shares.get(owner, 0.0)
            first, last = dates.index_of(item.post.start, 0), dates.index_of(item.post.end, dates.months - 1) + 1
            first, last = max(first, 0), min(last, dates.months)
            stands = any(max(first, layer.start) < min(last, layer.end) for layer in sizes[owner])
            if share > 0 and stands:
                windows.setdefault((first, last), []).append(TeamPost(place, item.post, share))
        for (first, last), posts in windows.items():
            pattern = tuple(_type_of(each.post) for each in posts)
            if pattern not in patterns:
                patterns[pattern] = len(types)
                types += posts
            teams.append(Team(owner, first + 1, last, tuple(posts), patterns[pattern], count))
            count += len(posts)
    layers = [
        SizeLayer(owner, layer.size, layer.start + 1, layer.end) for owner, found in enumerate(sizes) for layer in found
    ]
    return Posts(
        tuple(owners), tuple(types), tuple(teams), tuple(layers), _groups(teams, layers, staffed, sizes, dates)
    )


def _groups(
    teams: Sequence[Team],
    layers: Sequence[SizeLayer],
    staffed: Sequence[Staffed],
    sizes: Sequence[Sequence[Layer]],
    dates: Dates,
) -> tuple[Group, ...]:
    engine = part_entries(staffed, sizes, dates)[1]
    groups = []
    for number, team in enumerate(teams):
        for place, layer in enumerate(layers):
            start, end = max(team.first, layer.first) - 1, min(team.last, layer.last)
            if layer.owner == team.owner and start < end:
                groups.append(Group(team.owner, number, place, engine[team.owner, start, end]))
    return tuple(groups)


NOT_OF_A_TYPE: Final = frozenset({"headcount", "start", "end", "time", "status", "source"})
"""What posts of the same type may differ in: how many there are, when, where, and where the figures come from."""


def _type_of(post: Post) -> tuple[object, ...]:
    return tuple(repr(getattr(post, name)) for name in Post.model_fields if name not in NOT_OF_A_TYPE)


def size_changes(owners: int) -> list[tuple[VolumeChange, ...]]:
    """Return the planned changes of owners that stay as large as they were entered, as support pools do."""
    return [WHOLE_SIZE] * owners
