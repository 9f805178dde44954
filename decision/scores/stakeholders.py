"""What each municipality would choose by its own weights, and where they can meet.

A municipality without weights of its own uses those of the region. In what they have in common each
municipality counts once, whatever its size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum

import numpy as np

from decision.model.region import Region
from decision.scores.additive import TIE, Floats
from decision.scores.matrix import Matrix
from decision.scores.nearest import Nearest, nearest
from decision.scores.stability import winners

__all__ = [
    "Agreement",
    "Loss",
    "Stakeholder",
    "Stakeholders",
    "agreement",
    "concordance",
    "rank_correlation",
    "ranked",
    "stakeholders",
]


@dataclass(frozen=True, slots=True)
class Loss:
    """A criterion on which the own favourite is worth more, and by how much it weighs."""

    criterion: str
    loss: float


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A municipality's weights, what they make of the forms, and what the joint choice costs it.

    ``own`` is false where it uses the region's weights. ``ranks`` start at 1; equal scores share
    the mean of their ranks. ``favourites`` are the forms that it puts first. Where the joint choice
    is not among them it is ``overruled``, and ``losses`` are the criteria on which its (first)
    favourite is worth more, the heaviest loss first.
    """

    weights: Mapping[str, float]
    own: bool
    scores: Mapping[str, float]
    ranks: Mapping[str, float]
    favourites: tuple[str, ...]
    overruled: bool
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike the rankings are; None where too few can be compared.

    ``tau`` is Kendall's tau-b per municipality and other one, ``mean_tau`` the mean over all pairs,
    and ``w`` Kendall's coefficient of concordance (0 no agreement, 1 all the same).
    """

    tau: Mapping[str, Mapping[str, float | None]]
    mean_tau: float | None
    w: float | None


@dataclass(frozen=True)
class Stakeholders:
    """Everybody's ranking of the forms of a matrix, how alike these are, and where they can meet.

    ``weights`` have the smallest sum of squared distances to those of the municipalities: the mean.
    ``winners`` are the forms of the ``matrix`` with the highest score by them.
    """

    matrix: Matrix = field(repr=False, compare=False)
    municipalities: Mapping[str, Stakeholder]
    agreement: Agreement
    weights: Mapping[str, float]
    winners: tuple[str, ...]

    @cached_property
    def nearest(self) -> Mapping[str, Nearest | None]:
        """Per form the weights closest to everybody's by which it wins; None where none do."""
        return nearest(self.matrix, self.weights)

    @property
    def overruled(self) -> tuple[str, ...]:
        """The municipalities that would choose another form than the joint one."""
        return tuple(name for name, one in self.municipalities.items() if one.overruled)


def stakeholders(
    matrix: Matrix, region: Region, joint: Mapping[str, float], choice: str
) -> Stakeholders:
    """Rank the forms for every municipality, and find what they have in common.

    Args:
        matrix: The forms that compete.
        region: Its municipalities, with their weights.
        joint: The weights of the region as a whole.
        choice: The form that is chosen together.
    """
    own = {name: one.weights for name, one in region.municipalities.items()}
    found = {
        name: _stakeholder(matrix, one.shares if one else joint, choice, own=one is not None)
        for name, one in own.items()
    }
    mean = {
        group: fsum(one.weights[group] for one in found.values()) / len(found)
        for group in matrix.groups
    }
    return Stakeholders(
        matrix=matrix,
        municipalities=found,
        agreement=agreement({name: one.ranks for name, one in found.items()}),
        weights=mean,
        winners=winners(matrix, np.array([mean[group] for group in matrix.groups])),
    )


def _stakeholder(
    matrix: Matrix, weights: Mapping[str, float], choice: str, *, own: bool
) -> Stakeholder:
    used = np.array([weights[group] for group in matrix.groups])
    totals = matrix.by_group @ used
    favourites = winners(matrix, used)
    overruled = choice not in favourites
    return Stakeholder(
        weights={group: weights[group] for group in matrix.groups},
        own=own,
        scores=dict(zip(matrix.forms, totals.tolist(), strict=True)),
        ranks=dict(zip(matrix.forms, ranked(totals).tolist(), strict=True)),
        favourites=favourites,
        overruled=overruled,
        losses=_losses(matrix, used, favourites[0], choice) if overruled else (),
    )


def _losses(matrix: Matrix, weights: Floats, favourite: str, choice: str) -> tuple[Loss, ...]:
    first, second = matrix.forms.index(favourite), matrix.forms.index(choice)
    lost = matrix.of_criteria(weights) * (matrix.values[first] - matrix.values[second])
    found = [
        Loss(name, loss)
        for name, loss in zip(matrix.criteria, lost.tolist(), strict=True)
        if loss > TIE
    ]
    return tuple(sorted(found, key=lambda one: (-one.loss, one.criterion)))


def ranked(totals: Floats) -> Floats:
    """Ranks from the highest score on; equal scores share the mean of theirs."""
    gaps = totals - totals[:, np.newaxis]
    higher, equal = (gaps > TIE).sum(axis=1), (np.abs(gaps) <= TIE).sum(axis=1)
    found: Floats = 1 + higher + (equal - 1) / 2
    return found


def agreement(rankings: Mapping[str, Mapping[str, float]]) -> Agreement:
    """How alike rankings of the same forms are, by pair and all together."""
    ranks = {name: np.array(list(one.values())) for name, one in rankings.items()}
    tau = {
        name: {other: rank_correlation(mine, yours) for other, yours in ranks.items()
               if other != name}
        for name, mine in ranks.items()
    }  # fmt: skip
    pairs = [one for others in tau.values() for one in others.values() if one is not None]
    return Agreement(
        tau=tau,
        mean_tau=fsum(pairs) / len(pairs) if pairs else None,
        w=concordance(list(ranks.values())),
    )


def rank_correlation(first: Floats, second: Floats) -> float | None:
    """Kendall's tau-b of two rankings (Kendall, Rank Correlation Methods, 1948, chapter 3).

    None where one of them does not tell any two apart.
    """
    above = np.triu_indices(len(first), 1)
    one, other = (np.sign(ranks[above[0]] - ranks[above[1]]) for ranks in (first, second))
    told_apart = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float(one @ other) / told_apart if told_apart else None


def concordance(rankings: Sequence[Floats]) -> float | None:
    """Kendall's W of several rankings, corrected for ties (Kendall and Babington Smith, 1939).

    None with fewer than two rankings, or where none of them tells any two apart.
    """
    judges = len(rankings)
    if judges < 2:  # noqa: PLR2004 - there is nothing to compare
        return None
    ranks = np.array(rankings)
    count = ranks.shape[1]
    sums = np.sort(ranks, axis=0).sum(axis=0)  # the same in any order of the judges
    ties = fsum(
        float((times.astype(np.float64) ** 3 - times).sum())
        for times in (np.unique(one, return_counts=True)[1] for one in ranks)
    )
    spread = 12 * float(((sums - sums.mean()) ** 2).sum())
    most = judges**2 * (count**3 - count) - judges * ties
    return spread / most if most else None
