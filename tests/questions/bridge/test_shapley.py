"""Shapley values against the mean over every order, closed forms, and the properties that define them."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.costing.arrays import Floats
from funding_model.questions.bridge.shapley import members, shapley, swapped_first, swapped_last
from tests.costing.generated import examples

AMOUNTS = st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1_000)


@st.composite
def games(draw: st.DrawFn, most: int = 5) -> Floats:
    """Return the value of every coalition of up to five players."""
    players = draw(st.integers(0, most))
    return np.array(draw(st.lists(AMOUNTS, min_size=1 << players, max_size=1 << players)))


def over_every_order(values: Floats) -> list[float]:
    """Return each player's mean contribution over every order of swapping, as it is defined."""
    players = len(values).bit_length() - 1
    orders = list(permutations(range(players)))
    parts = [0.0] * players
    for order in orders:
        coalition = 0
        for player in order:
            parts[player] += values[coalition | 1 << player] - values[coalition]
            coalition |= 1 << player
    return [part / len(orders) for part in parts]


@examples(60)
@given(games())
def test_parts_are_the_mean_over_every_order(values: Floats) -> None:
    assert shapley(values) == pytest.approx(over_every_order(values), abs=1e-6)


@examples(60)
@given(games(most=7))
def test_parts_add_up_to_the_difference(values: Floats) -> None:
    assert math.fsum(shapley(values)) == pytest.approx(values[-1] - values[0], abs=1e-6)


def test_a_game_of_two_worked_by_hand() -> None:
    """Nobody 10, the first alone 16, the second alone 12, both 30: the 12 made only together are shared."""
    values = np.array([10.0, 16.0, 12.0, 30.0])
    assert shapley(values).tolist() == [(6 + 18) / 2, (2 + 14) / 2]
    assert swapped_first(values).tolist() == [16 - 10, 12 - 10]
    assert swapped_last(values).tolist() == [30 - 12, 30 - 16]


def test_a_game_of_three_worked_by_hand() -> None:
    """The glove game: one left glove and two right ones; a pair is worth 1."""
    left, right, other = 1, 2, 4
    values = np.array([float(bool(coalition & left and coalition & (right | other))) for coalition in range(8)])
    assert shapley(values) == pytest.approx([4 / 6, 1 / 6, 1 / 6])


@examples(40)
@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_where_effects_add_up_each_part_is_its_own_effect(effects: list[float]) -> None:
    values = np.array([math.fsum(effects[each] for each in members(c, len(effects))) for c in range(1 << len(effects))])
    for parts in (shapley(values), swapped_first(values), swapped_last(values)):
        assert parts == pytest.approx(effects, abs=1e-6)


@examples(40)
@given(games(most=4))
def test_a_player_who_changes_nothing_has_no_part_and_takes_none_from_the_others(values: Floats) -> None:
    with_idler = np.concatenate([values, values])
    assert shapley(with_idler) == pytest.approx([*shapley(values), 0.0], abs=1e-6)


@examples(40)
@given(st.lists(AMOUNTS, min_size=6, max_size=6))
def test_players_who_change_the_same_have_the_same_part(levels: list[float]) -> None:
    """The value depends on how many are swapped, so all five are alike."""
    values = np.array([levels[coalition.bit_count()] for coalition in range(32)])
    assert shapley(values) == pytest.approx([(levels[5] - levels[0]) / 5] * 5, abs=1e-6)


@examples(40)
@given(games(most=3), st.integers(-10, 10))
def test_parts_of_a_sum_of_games_are_sums_of_parts(values: Floats, scale: int) -> None:
    other = scale * values[::-1]
    assert shapley(values + other) == pytest.approx(shapley(values) + shapley(other), abs=1e-5)


def test_values_that_are_not_one_for_each_coalition_are_refused() -> None:
    with pytest.raises(ValueError, match="3 values"):
        shapley(np.zeros(3))
