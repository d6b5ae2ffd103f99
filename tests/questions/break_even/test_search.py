"""The search on functions whose roots are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from funding_model.questions.break_even.search import Search, search


def found(function: Callable[[float], float | None], low: float, high: float, *, whole: bool = False) -> Search:
    def distances(values: Sequence[float]) -> list[float | None]:
        return [function(value) for value in values]

    return search(distances, low, high, whole=whole)


def test_every_root_of_a_cubic_is_found() -> None:
    roots = found(lambda x: 1_000 * (x - 0.21) * (x - 0.55) * (x - 0.9), 0, 1).roots
    assert [root.kind for root in roots] == ["exact"] * 3
    assert [root.value for root in roots] == pytest.approx([0.21, 0.55, 0.9], abs=1e-5)


def test_where_the_result_is_a_straight_line_one_more_value_is_tried() -> None:
    tried: list[Sequence[float]] = []

    def distances(values: Sequence[float]) -> list[float | None]:
        tried.append(values)
        return [3_000 * (value - 0.123) for value in values]

    (root,) = search(distances, 0, 1).roots
    assert root.value == pytest.approx(0.123, rel=1e-12)
    assert [len(values) for values in tried] == [33, 1]


def test_a_steep_bend_is_found_in_few_more() -> None:
    tried: list[Sequence[float]] = []

    def distances(values: Sequence[float]) -> list[float | None]:
        tried.append(values)
        return [1_000_000 * (value**9 - 0.5) for value in values]

    (root,) = search(distances, 0, 1).roots
    assert root.value == pytest.approx(0.5 ** (1 / 9), rel=1e-9)
    assert len(tried) < 10


def test_no_root_in_the_range_is_none() -> None:
    answer = found(lambda x: 5 + x, 0, 10)
    assert not answer.roots
    assert (answer.points[0], answer.points[-1]) == (0, 10)
    assert answer.distances[0] == 5


def test_a_jump_over_the_target_is_no_root() -> None:
    def step(value: float) -> float:
        return -300.0 if value < 0.4 else 200.0

    (root,) = found(step, 0, 1).roots
    assert root.kind == "jump"
    assert root.value == pytest.approx(0.4, abs=1e-6)
    assert (root.at_low, root.at_high) == (-300, 200)
    assert root.low < 0.4 < root.high


def test_a_stretch_on_the_target_is_told_as_one() -> None:
    (root,) = found(lambda x: min(0.0, 100 * (x - 0.5)), 0, 1).roots
    assert (root.kind, root.value, root.low, root.high) == ("stretch", None, 0.5, 1)


def test_a_root_at_a_point_is_told_once() -> None:
    (root,) = found(lambda x: 100 * (x - 0.5), 0, 1).roots
    assert (root.kind, root.value) == ("exact", 0.5)


def test_whole_numbers_are_tried_one_by_one() -> None:
    answer = found(lambda x: (x - 7) * 40 if x != 3 else 0.0, 1.5, 10.2, whole=True)
    assert list(answer.points) == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert [(root.kind, root.value) for root in answer.roots] == [("exact", 3), ("exact", 7)]
    (between,) = found(lambda x: 10 * (x - 4.4), 1, 12, whole=True).roots
    assert (between.kind, between.value, between.low, between.high) == ("between", None, 4, 5)
    assert between.at_low == pytest.approx(-4)
    assert between.at_high == pytest.approx(6)


def test_what_cannot_be_entered_is_left_out_and_not_searched_across() -> None:
    answer = found(lambda x: None if 0.4 < x < 0.6 else (x - 0.5) * 100, 0, 1)
    assert not answer.roots
    assert None in answer.distances
    split = found(lambda x: None if 0.506 < x < 0.52 else (x - 0.51) * 100, 0, 1)
    assert [root.kind for root in split.roots] == ["jump"]
