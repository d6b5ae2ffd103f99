"""Shapley: a difference shared out over what makes it, exactly.

``part(i) = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! x (v(S + i) - v(S))``: the mean over every order
of swapping of what swapping ``i`` changes. Coalition ``S`` is a number whose bit ``i`` says whether ``i`` is swapped.
"""

from __future__ import annotations

import math

import numpy as np

from funding_model.costing.arrays import Floats


def members(coalition: int, players: int) -> list[int]:
    """Return which of the players a coalition holds."""
    return [player for player in range(players) if coalition >> player & 1]


def number_of_players(values: Floats) -> int:
    """Return how many players a table of ``2^n`` coalitions has.

    Raises:
        ValueError: Its length is no power of two.
    """
    players = len(values).bit_length() - 1
    if len(values) != 1 << players:
        raise ValueError(f"{len(values)} values are not one for each coalition")
    return players


def shapley(values: Floats) -> Floats:
    """Return each player's part of ``values[-1] - values[0]``.

    Args:
        values: (coalition,) the result of every coalition, nobody first and everybody last.
    """
    players = number_of_players(values)
    whole = math.factorial(players)
    weight = [math.factorial(size) * math.factorial(players - size - 1) / whole for size in range(players)]
    return np.array(
        [
            math.fsum(
                weight[coalition.bit_count()] * (float(values[coalition | 1 << player]) - float(values[coalition]))
                for coalition in range(len(values))
                if not coalition >> player & 1
            )
            for player in range(players)
        ]
    )


def swapped_first(values: Floats) -> Floats:
    """Return what swapping each player alone changes."""
    return np.array([float(values[1 << player] - values[0]) for player in range(number_of_players(values))])


def swapped_last(values: Floats) -> Floats:
    """Return what swapping each player changes once all others are swapped."""
    everybody = len(values) - 1
    return np.array(
        [float(values[everybody] - values[everybody & ~(1 << player)]) for player in range(number_of_players(values))]
    )
