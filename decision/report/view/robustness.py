"""What the chapter on how sure the ranking is asks of the findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import fsum, sqrt
from typing import TYPE_CHECKING

from decision.report.view.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from decision.scores.stakeholders import Stakeholder

__all__ = ["Ranking", "Robust"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The municipalities (ids) that rank the forms alike by the same weights, and how.

    ``own`` is false where they use the region's weights. ``places`` holds the forms from the first
    place on; those that share a place stand together.
    """

    municipalities: tuple[str, ...]
    own: bool
    weights: Mapping[str, float]
    places: tuple[tuple[str, ...], ...]


class Robust(Standing):
    """How firmly the ranking stands: over which weights and grades, and for whom."""

    @cached_property
    def group_ends(self) -> dict[str, tuple[list[float], ...]]:
        """What each form is worth in each group (0-1): in the score, at the least, at the most."""
        matrix = self.advice.findings.robustness.matrix
        found = ((one @ matrix.shares).tolist() for one in (matrix.values, matrix.low, matrix.high))
        return dict(zip(matrix.forms, zip(*found, strict=True), strict=True))

    def drawing_error(self) -> float:
        """How far the shares may be off by drawing no more often, in 19 cases out of 20."""
        shares = [one for ranks in self.advice.rank_acceptability.values() for one in ranks]
        sure = self.advice.findings.robustness
        shares += [one.ranks[0] for one in sure.everyone.forms.values()]
        draws = sure.samples
        return max(max(2 * sqrt(one * (1 - one) / draws), 3 / draws) for one in shares)

    def seldom_best(self) -> bool:
        """Whether most draws put another form first than those the advice is between."""
        often = self.advice.rank_acceptability
        best = fsum(often[form][0] for form in self.advice.candidates if form in often)
        return best < 1 - best

    @property
    def _everyone(self) -> Mapping[str, Stakeholder]:
        winner = self.advice.findings.robustness.winner
        return winner.stakeholders.municipalities if winner else {}

    def rankings(self) -> list[Ranking]:
        """Each ranking with the municipalities that have it, those that weigh alike together."""
        found: dict[tuple[object, ...], list[str]] = {}
        for name, one in self._everyone.items():
            found.setdefault((one.own, *one.weights.values()), []).append(name)
        return [
            Ranking(tuple(names), one.own, one.weights, _places(one.ranks))
            for names in found.values()
            for one in (self._everyone[names[0]],)
        ]

    def overruled(self) -> list[str]:
        """The municipalities that would choose another form than the joint one."""
        return [name for name, one in self._everyone.items() if one.overruled]

    def criterion_names(self, criteria: Iterable[str]) -> list[str]:
        """The names of criteria, in the order given."""
        return [self.knowledge.criteria[one].name for one in criteria]


def _places(ranks: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    """The forms by rank, those with the same one together."""
    return tuple(
        tuple(form for form, rank in ranks.items() if rank == place)
        for place in sorted(set(ranks.values()))
    )
