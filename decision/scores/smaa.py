"""How often each form takes each place, over all weights and all values that are possible.

Stochastic multicriteria acceptability analysis: SMAA-2 (Lahdelma and Salminen, Operations Research
49, 2001), with ordinal grades as in SMAA-O. Forms with equal scores share the places that they take
together. Random numbers are drawn in streams of their own per group and criterion, so that the
order of forms, groups and criteria does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.model.weights import Weights
from decision.scores.additive import TIE, Floats
from decision.scores.matrix import Matrix
from decision.scores.values import values_drawn
from decision.scores.weights import Drawn, drawn_from, weights_drawn

__all__ = [
    "SAMPLES",
    "SEED",
    "Acceptability",
    "Smaa",
    "scored",
    "smaa",
    "standings",
]

Ints: TypeAlias = NDArray[np.signedinteger]

SAMPLES = 10_000
"""Draws; the standard error of a share is then at most 0.005."""

SEED = 14
"""Seed of the draws, so that the same region always gives the same figures."""

_CHUNK = 2048  # draws at a time: small enough for the cache, large enough for numpy


@dataclass(frozen=True, slots=True)
class Acceptability:
    """How a form fares over all draws.

    Attributes:
        ranks: The share of the draws in which it takes rank 1, 2, …
        errors: The Monte Carlo standard error of each; of a share of exactly 0 or 1 it says 0, and
            the truth can still lie 3 ÷ draws away.
        central_weights: The mean of the weights under which it wins; None when it never does.
        central_errors: The standard errors of these; None when it wins no more than once.
        confidence: The share of the draws of values in which it wins under its central weights.
        confidence_error: The standard error of that.
    """

    ranks: tuple[float, ...]
    errors: tuple[float, ...]
    central_weights: Mapping[str, float] | None
    central_errors: Mapping[str, float] | None
    confidence: float | None
    confidence_error: float | None


@dataclass(frozen=True, slots=True)
class Smaa:
    """The acceptability of every form, and how often each beats each other one.

    ``pairwise`` has per form and other form the share of the draws in which the first has the
    higher score, an equal score counting half. ``drawn`` says from which weights was drawn.
    """

    samples: int
    seed: int
    drawn: Drawn
    forms: Mapping[str, Acceptability]
    pairwise: Mapping[str, Mapping[str, float]]


def smaa(
    matrix: Matrix,
    weights: Weights | None = None,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Smaa:
    """Rank all forms of a matrix in every draw of weights and values.

    Args:
        matrix: The forms that compete.
        weights: An order or bounds that the weights keep to; without these all weights count.
        samples: How many draws, at least 1 and no more than the matrix has draws of costs.
        seed: Of the random numbers; the same seed gives the same result.

    Raises:
        ValueError: ``samples`` cannot be.
    """
    most = min((len(values) for values in matrix.drawn.values()), default=samples)
    if not 1 <= samples <= most:
        raise ValueError(f"samples is {samples!r}, but must be at least 1 and at most {most}")
    tally = _Tally(len(matrix.forms), len(matrix.groups))
    draw, values = weights_drawn(matrix.groups, weights, seed), _values(matrix, seed)
    for count in _chunks(samples):
        drawn = draw(count)
        tally.add(values(count, matrix.of_criteria(drawn)), drawn)
    central = tally.weights / np.where(tally.first, tally.first, 1.0)[:, np.newaxis]
    confidence = _confidence(matrix, central, samples, seed)
    return Smaa(
        samples=samples,
        seed=seed,
        drawn=drawn_from(weights),
        forms={
            form: _acceptability(matrix, tally, at, confidence[at], samples)
            for at, form in enumerate(matrix.forms)
        },
        pairwise={
            form: {
                other: float(tally.wins[at, beside] / samples)
                for beside, other in enumerate(matrix.forms)
                if other != form
            }
            for at, form in enumerate(matrix.forms)
        },
    )


def scored(values: Floats, weights: Floats) -> Floats:
    """The score of each form under many weightings.

    Products this narrow go faster without the threads of a linear algebra library.

    Args:
        values: Axes of forms and criteria.
        weights: Axes of criteria and draws.
    """
    found: Floats = np.einsum("fc,cn->fn", values, weights)
    return found


def standings(totals: Floats) -> tuple[Ints, Ints, Floats]:
    """Per form and draw how many forms score higher and how many the same; and who beats whom.

    Args:
        totals: The score of each form (first axis) in each draw.

    Returns:
        How many score higher, how many others score the same, and per form and other form in how
        many draws the first scores higher, an equal score counting half.
    """
    forms, draws = totals.shape
    small = np.min_scalar_type(-forms)  # one byte a form and draw is four times as fast as eight
    higher, equal = (np.zeros((forms, draws), dtype=small) for _ in range(2))
    wins = np.zeros((forms, forms))
    for one, other in combinations(range(forms), 2):
        gap = totals[one] - totals[other]
        ahead, behind = gap > TIE, gap < -TIE
        higher[other] += ahead.view(np.int8)
        higher[one] += behind.view(np.int8)
        first, second = np.count_nonzero(ahead), np.count_nonzero(behind)
        if first + second < draws:
            same = ~(ahead | behind)
            equal[one] += same
            equal[other] += same
        wins[one, other] = first + (draws - first - second) / 2
        wins[other, one] = second + (draws - first - second) / 2
    return higher, equal, wins


def _values(matrix: Matrix, seed: int) -> Callable[[int, Floats], Floats]:
    """Gives the score of every form in the next so many draws, under the weights of criteria."""
    if matrix.settled:
        return lambda _, weights: scored(matrix.values, weights)
    draw = values_drawn(matrix, seed)
    return lambda count, weights: np.einsum("fcn,cn->fn", draw(count), weights)


class _Tally:
    """What is counted over all draws."""

    def __init__(self, forms: int, groups: int) -> None:
        self.ranks = np.zeros((forms, forms))
        self.wins = np.zeros((forms, forms))
        self.first = np.zeros(forms)
        self.weights = np.zeros((forms, groups))
        self.squares = np.zeros((forms, groups))

    def add(self, totals: Floats, weights: Floats) -> None:
        higher, equal, wins = standings(totals)
        self.wins += wins
        self.ranks += _shared_ranks(higher, equal)
        won = (higher == 0) / (equal + 1.0)
        self.first += won.sum(axis=1)
        self.weights += won @ weights.T
        self.squares += won @ (weights.T**2)


def _shared_ranks(higher: Ints, equal: Ints) -> Floats:
    """Per form how often it takes each rank; equal forms share those that they take together."""
    count = len(higher)
    found = np.empty((count, count))
    for form in range(count):
        pairs = higher[form].astype(np.int64) * count + equal[form]
        cases = np.bincount(pairs, minlength=count * count)
        taken = np.zeros(count)
        for case in np.flatnonzero(cases):
            above, same = divmod(int(case), count)
            taken[above : above + same + 1] += cases[case] / (same + 1)
        found[form] = taken
    return found


def _confidence(matrix: Matrix, central: Floats, samples: int, seed: int) -> Floats:
    """How often each form wins under its central weights, over the same draws of values."""
    weights = matrix.of_criteria(central.T).T
    forms = range(len(matrix.forms))
    won = np.zeros(len(matrix.forms))
    draw = values_drawn(matrix, seed)
    samples = 1 if matrix.settled else samples
    for count in _chunks(samples):
        totals = weights @ draw(count)  # axes: form that is ranked, whose weights, draws
        for form in forms:
            gaps = totals[form, form] - totals[:, form]
            best = ~(gaps < -TIE).any(axis=0)
            won[form] += (best / (np.abs(gaps) <= TIE).sum(axis=0)).sum()
    found: Floats = won / samples
    return found


def _acceptability(
    matrix: Matrix, tally: _Tally, at: int, confidence: float, samples: int
) -> Acceptability:
    ranks = [float(share) for share in tally.ranks[at] / samples]
    first = tally.first[at]
    central = errors = None
    if first:
        mean = tally.weights[at] / first
        central = dict(zip(matrix.groups, mean.tolist(), strict=True))
        if first > 1:
            spread = np.maximum(tally.squares[at] / first - mean**2, 0.0) / (first - 1)
            errors = dict(zip(matrix.groups, np.sqrt(spread).tolist(), strict=True))
    return Acceptability(
        ranks=tuple(ranks),
        errors=tuple(_error(share, samples) for share in ranks),
        central_weights=central,
        central_errors=errors,
        confidence=float(confidence) if first else None,
        confidence_error=_error(float(confidence), samples) if first else None,
    )


def _error(share: float, samples: int) -> float:
    """The standard error of a share of so many draws."""
    return sqrt(share * (1 - share) / samples)


def _chunks(samples: int) -> Iterator[int]:
    for start in range(0, samples, _CHUNK):
        yield min(_CHUNK, samples - start)
