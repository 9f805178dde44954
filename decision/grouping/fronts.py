"""Which groupings no other beats, and how they rank under the weights of the region.

A grouping beats another when it is at least as good on every measure and better on one; where a
share of the inhabitants is a range, it is so at the least and at the most.

The score is the additive value: the weight of a group of criteria, shared equally by its measures,
times what each measure is worth. Because weights are opinions the ranking comes with how often each
grouping is first over all weights (or those in the stated order or bounds), and over what is not
known of the netnummers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.grouping.lean import Lean
from decision.grouping.totals import Totals
from decision.model.groupings import GroupingMeasure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.scores.additive import TIE, worth
from decision.scores.smaa import SAMPLES, SEED
from decision.scores.weights import Drawn, drawn_from, stream, weights_drawn

__all__ = [
    "Placed",
    "Ranked",
    "Standings",
    "different",
    "front",
    "ranked",
    "shares_of",
    "values_of",
    "weights_of",
]

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Standings:
    """What every grouping is worth: an axis of groupings, one of measures, and the two ends.

    ``weights`` (of the measures) add up to 1; ``shares`` are the measures themselves.
    """

    measures: tuple[str, ...]
    weights: Floats
    shares: Floats
    values: Floats

    @property
    def scores(self) -> Floats:
        """The score of every grouping at the least and at the most."""
        found: Floats = np.einsum("gme,m->ge", self.values, self.weights)
        return found

    def only(self, measures: Sequence[str], groupings: Sequence[int]) -> Standings:
        """Some measures of some groupings."""
        places = [self.measures.index(name) for name in measures]
        some = np.ix_([*groupings], places)
        return Standings(
            measures=tuple(measures),
            weights=self.weights[places],
            shares=self.shares[some],
            values=self.values[some],
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of a grouping: its rank (equal scores share it), its score and its ends.

    ``first`` is how often it is first over all weights and all that is not known, equal ones
    sharing that; ``error`` the standard error. ``near`` tells that it may be as good as the first:
    its score lies no further off than says anything, or the ranges meet.
    """

    rank: int
    score: float
    low: float
    high: float
    first: float
    error: float
    near: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """The places of groupings in their order, and from how many weights of which kind was drawn."""

    places: tuple[Placed, ...]
    drawn: Drawn
    samples: int
    seed: int


def shares_of(
    lean: Lean, measures: Sequence[GroupingMeasure], groups: Sequence[str], found: Totals
) -> Floats:
    """The measures of groupings as shares: axes of groupings, of measures, and of the two ends."""
    people, ties = float(lean.towns.people.sum()), int((lean.towns.ties > 0).sum())
    shares = np.empty((len(found), len(measures), 2))
    for at, one in enumerate(measures):
        match one.measure:
            case "yearly_cost":
                share = _part(found.cost, found.baseline)
            case "investment":
                share = _part(found.investment, found.baseline)
            case "own_number":
                shares[:, at] = found.on_own / people
                continue
            case "to_tell":
                share = found.told / lean.towns.size
            case "ties_kept":
                share = found.ties / ties if ties else np.ones(len(found))
            case "form_worth":
                share = found.worth[:, groups.index(one.group)] / people
        shares[:, at] = share[:, np.newaxis]
    return shares


def values_of(knowledge: Knowledge, region: Region, lean: Lean, found: Totals) -> Standings:
    """What groupings are worth on every measure, under the weights of the region."""
    measures, groups = [*knowledge.grouping_measures.values()], [*knowledge.groups]
    shares = shares_of(lean, measures, groups, found)
    values = np.empty(shares.shape)
    for at, one in enumerate(measures):
        values[:, at] = worth(one.value, shares[:, at])
    return Standings(
        measures=tuple(knowledge.grouping_measures),
        weights=weights_of(knowledge, region, measures),
        shares=shares,
        values=np.sort(values, axis=2),
    )


def weights_of(knowledge: Knowledge, region: Region, measures: Sequence[GroupingMeasure]) -> Floats:
    """The weight of each measure in a region; together 1."""
    stated = {} if region.weights is None else region.weights.shares
    of_group = {
        name: one.weight if region.weights is None else stated.get(name, 0.0)
        for name, one in knowledge.groups.items()
    }
    weights = np.array([of_group[one.group] for one in measures]) / _sharing(measures)
    whole = weights.sum()
    found: Floats = weights / whole if whole else np.full(len(measures), 1 / max(len(measures), 1))
    return found


def _sharing(measures: Sequence[GroupingMeasure]) -> Floats:
    """By how many measures the weight of the group of each is shared."""
    groups = [one.group for one in measures]
    return np.array([groups.count(one) for one in groups], dtype=np.float64)


def _part(amount: Floats, whole: float) -> Floats:
    return amount / whole if whole else np.zeros(amount.shape)


def front(standings: Standings, measures: Sequence[GroupingMeasure]) -> Ints:
    """The numbers of the groupings that no other beats, in their order."""
    better = np.array([1.0 if one.value.best > one.value.worst else -1.0 for one in measures])
    counts = (standings.shares * better[:, np.newaxis]).reshape(len(standings.shares), -1)
    return unbeaten(counts)


def different(standings: Standings, some: Ints) -> Ints:
    """Some of the groupings, and of those that are equal on every measure only the first."""
    shares = standings.shares[some]
    first = np.unique(_rounded(shares.reshape(len(some), -1)), axis=0, return_index=True)[1]
    return some[np.sort(first)]


def unbeaten(counts: Floats) -> Ints:
    """The rows that no other row beats, where more is better in every column."""
    rows, which = np.unique(_rounded(counts), axis=0, return_inverse=True)
    spread = np.ptp(rows, axis=0)
    order = np.argsort(-(rows / np.where(spread > 0, spread, 1.0)).sum(axis=1), kind="stable")
    left, kept = order, list[int]()
    while left.size:
        best, left = left[0], left[1:]
        kept.append(int(best))
        left = left[(rows[best] < rows[left]).any(axis=1)]
    return np.flatnonzero(np.isin(which.ravel(), kept))


def _rounded(counts: Floats) -> Floats:
    """Numbers that differ by rounding alone made equal."""
    scale = np.maximum(np.abs(counts).max(axis=0, initial=0.0), 1.0)
    rounded: Floats = np.round(counts / scale / _EQUAL) * _EQUAL
    return rounded


def ranked(  # noqa: PLR0913 - the last two are options with a default
    knowledge: Knowledge,
    region: Region,
    standings: Standings,
    margin: float,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Ranked:
    """The place of every grouping, and how sure it is of the first.

    Args:
        knowledge: The measures and the groups of criteria.
        region: The weights, in an order or within bounds that draws keep to.
        standings: What the groupings are worth.
        margin: Scores that lie no further apart say too little to choose by.
        samples: How many draws.
        seed: Of the random numbers.
    """
    measures, groups = [*knowledge.grouping_measures.values()], [*knowledge.groups]
    scores = standings.scores
    middle = scores.mean(axis=1)
    best = int(middle.argmax())
    of_measure = [groups.index(one.group) for one in measures]
    drawn = weights_drawn(groups, region.weights, seed)(samples)[of_measure]
    drawn = drawn / _sharing(measures)[:, np.newaxis]
    at = stream(seed, "groupings", "coverage").random(samples)
    low, high = (np.einsum("gm,ms->gs", standings.values[..., end], drawn) for end in (0, 1))
    tried = low + (high - low) * at
    top = tried >= tried.max(axis=0) - TIE
    first = (top / top.sum(axis=0)).sum(axis=1) / samples
    errors = np.sqrt(first * (1 - first) / samples)
    meets = (scores[:, 1] >= scores[best, 0] - margin - TIE) & (
        middle >= middle[best] - margin - TIE
    )
    meets = meets | (scores[:, 1] > scores[best, 0] + TIE)
    return Ranked(
        places=tuple(
            Placed(
                rank=1 + int((middle > middle[one] + TIE).sum()),
                score=float(middle[one]),
                low=float(scores[one, 0]),
                high=float(scores[one, 1]),
                first=float(first[one]),
                error=float(errors[one]),
                near=bool(meets[one]),
            )
            for one in range(len(scores))
        ),
        drawn=drawn_from(region.weights),
        samples=samples,
        seed=seed,
    )
