"""Cooperative games of cost: what each player adds, and who would rather leave.

Coalitions are numbered by the bits of their members: player 0 is bit 0. A game is an array with
the cost of every coalition at its number, so the empty one (0) comes first and all together last.
"""

from __future__ import annotations

from math import lgamma

import numpy as np

from decision.costs.arrays import Floats, Ints

__all__ = ["core_is_empty", "leavers", "shapley", "sums"]


_ROUND_OFF = 1e-9  # a smaller gain, as a part of the largest cost, is no reason to leave
_LP_TOLERANCE = 1e-6  # the same, for what a linear program can tell


def shapley(game: Floats) -> Floats:
    """The Shapley value of a game: each player's mean addition over all orders of joining.

    The sum over the coalitions S without player i of |S|!(n-|S|-1)!/n! times what i adds to S.

    Args:
        game: the cost of each of the 2^n coalitions, that of none (0) first.
    """
    players = _players(game)
    sizes = sums(np.ones(players - 1)).astype(np.int64)
    weights = np.exp([lgamma(s + 1) + lgamma(players - s) for s in range(players)])
    weights /= np.exp(lgamma(players + 1))
    of_each = [
        float(np.dot(weights[sizes], _added(game, player).ravel())) for player in range(players)
    ]
    return np.array(of_each, dtype=np.float64)


def leavers(game: Floats, pays: Floats) -> tuple[Ints, Floats]:
    """The coalitions that would pay less without the others, and how much less.

    The largest gain comes first; gains that could be rounding are left out.
    """
    gains = sums(pays) - game
    gains[0] = gains[-1] = 0.0
    numbers = np.flatnonzero(gains > _ROUND_OFF * np.abs(game).max())
    numbers = numbers[np.argsort(-gains[numbers], kind="stable")]
    return numbers, gains[numbers]


def core_is_empty(game: Floats) -> bool:
    """Whether every division leaves some coalition better off without the others.

    A linear program looks for the division with the smallest largest gain (the least core). It
    starts with the single players and their opposites, and adds the coalitions that its answer
    wrongs, until none is wronged (not empty) or the smallest gain is more than nothing (empty).
    It cannot tell gains below a millionth of the largest cost.
    """
    players = _players(game)
    scaled = game / (float(np.abs(game).max()) or 1.0)
    masks = np.array([1 << i for i in range(players)], dtype=np.int64)
    masks = np.unique(np.concatenate([masks, (1 << players) - 1 - masks]))
    while True:
        division, gain = _least_core(scaled, masks)
        if gain > _LP_TOLERANCE:
            return True
        gains = sums(division) - scaled
        gains[masks] = gains[0] = gains[-1] = 0.0
        worst = np.argsort(-gains, kind="stable")[: 4 * players]
        worst = worst[gains[worst] > _LP_TOLERANCE]
        if not worst.size:
            return False
        masks = np.concatenate([masks, worst])


def _least_core(game: Floats, masks: Ints) -> tuple[Floats, float]:
    """The division with the smallest largest gain of these coalitions, and that gain."""
    from scipy.optimize import linprog  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    players = _players(game)
    members = (masks[:, np.newaxis] >> np.arange(players) & 1).astype(np.float64)
    answer = linprog(
        c=np.append(np.zeros(players), 1.0),
        A_ub=np.column_stack([members, -np.ones(masks.size)]),
        b_ub=game[masks],
        A_eq=np.append(np.ones(players), 0.0)[np.newaxis],
        b_eq=game[-1:],
        bounds=(None, None),
        method="highs",
    )
    return answer.x[:-1], float(answer.fun)


def _players(game: Floats) -> int:
    return int(game.size).bit_length() - 1


def sums(of_players: Floats) -> Floats:
    """The sum over the members of every coalition, from one number for each player."""
    sums = np.zeros(1)
    for value in of_players:
        sums = np.concatenate([sums, sums + value])
    return sums


def _added(game: Floats, player: int) -> Floats:
    """What the player adds to each coalition without it, in the order of the other players."""
    pairs = game.reshape(-1, 2, 1 << player)
    added: Floats = pairs[:, 1] - pairs[:, 0]
    return added
