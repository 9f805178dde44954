"""What the chapter on how sure the ranking is asks of the findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from decision.report.view.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from decision.scores.analysis import Robustness, Winner
    from decision.scores.dominance import Dominated, NearTie
    from decision.scores.nearest import Nearest
    from decision.scores.problem import Problem
    from decision.scores.stability import Flips, GradeFlip
    from decision.scores.stakeholders import Stakeholder

__all__ = ["Ranking", "Robust"]

_GRADES, _LOSSES = 8, 3  # that are told; `decide robustness` has them all


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

    @property
    def _sure(self) -> Robustness:
        return self.advice.findings.robustness

    @property
    def _winner(self) -> Winner | None:
        return self._sure.winner

    @property
    def competing(self) -> Problem:
        """The forms that the region can choose."""
        return self._sure.competing

    @cached_property
    def group_values(self) -> dict[str, list[float]]:
        """What each form is worth in each group (0-1), by the values that the score uses."""
        problem = self._sure.problem
        return dict(zip(problem.forms, problem.by_group.tolist(), strict=True))

    # --- over all weights ------------------------------------------------------------------

    @property
    def draws(self) -> int:
        """How many weightings are drawn."""
        return self._sure.samples

    @property
    def seed(self) -> int:
        """The seed of the draws."""
        return self._sure.seed

    @cached_property
    def first_of_all(self) -> dict[str, float]:
        """How often each form would come first if the region could choose any."""
        return {form: one.ranks[0] for form, one in self._sure.any_weights.forms.items()}

    def drawing_error(self) -> float:
        """How far the shares may be off by drawing no more often, in 19 cases out of 20."""
        shares = [one for ranks in self.advice.rank_acceptability.values() for one in ranks]
        shares += self.first_of_all.values()
        draws = self.draws
        return max(max(2 * sqrt(one * (1 - one) / draws), 3 / draws) for one in shares)

    # --- what changes the winner -----------------------------------------------------------

    def weight_turns(self) -> Mapping[str, Flips]:
        """Per group the weights at which another form wins; empty where none is advised."""
        return self._winner.groups if self._winner else {}

    def smallest_change(self) -> Nearest | None:
        """The smallest joint change of weights that lets another form win."""
        return self._winner.nearest_change if self._winner else None

    def grade_turns(self) -> tuple[GradeFlip, ...]:
        """The single grades that change the winner when they are read one step otherwise."""
        return self._winner.grade_flips if self._winner else ()

    @property
    def most_grades(self) -> int:
        """How many of these grades are told."""
        return _GRADES

    # --- for whom --------------------------------------------------------------------------

    @property
    def stakeholders(self) -> Mapping[str, Stakeholder]:
        """What each municipality makes of the forms; empty where none is advised."""
        return self._winner.stakeholders.municipalities if self._winner else {}

    def rankings(self) -> list[Ranking]:
        """Each ranking with the municipalities that have it, those that weigh alike together."""
        found: dict[tuple[object, ...], list[str]] = {}
        for name, one in self.stakeholders.items():
            found.setdefault((one.own, *one.weights.values()), []).append(name)
        return [
            Ranking(tuple(names), one.own, one.weights, _places(one.ranks))
            for names in found.values()
            for one in (self.stakeholders[names[0]],)
        ]

    def overruled(self) -> list[str]:
        """The municipalities that would choose another form than the joint one."""
        return [name for name, one in self.stakeholders.items() if one.overruled]

    def losses(self, name: str) -> list[str]:
        """The names of the criteria on which a municipality loses most by the joint choice."""
        return self.criterion_names(
            [one.criterion for one in self.stakeholders[name].losses[:_LOSSES]]
        )

    def agreement(self) -> float | None:
        """How alike the rankings are: Kendall's W, from 0 to 1; None where it says nothing."""
        return self._winner.stakeholders.agreement.w if self._winner else None

    @property
    def mean_weights(self) -> Mapping[str, float]:
        """The weights closest to those of all municipalities."""
        return self._winner.stakeholders.consensus.weights if self._winner else {}

    def best_by_mean(self) -> tuple[str, ...]:
        """The forms that come first by the mean of everybody's weights."""
        return self._winner.stakeholders.consensus.winners if self._winner else ()

    # --- which forms are alike -------------------------------------------------------------

    def excluded(self, form: str) -> bool:
        """Whether the region cannot choose a form now."""
        return form not in self.competing.forms

    def criterion_names(self, criteria: Iterable[str]) -> list[str]:
        """The names of criteria, in the order given."""
        return [self.knowledge.criteria[one].name for one in criteria]

    def dominated(self) -> tuple[Dominated, ...]:
        """The forms that are nowhere better than another one, among all forms."""
        return self._sure.dominated

    def near_ties(self) -> tuple[NearTie, ...]:
        """The forms that the region can choose and that hardly differ."""
        return self._sure.near_ties


def _places(ranks: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    """The forms by rank, those with the same one together."""
    return tuple(
        tuple(form for form, rank in ranks.items() if rank == place)
        for place in sorted(set(ranks.values()))
    )
