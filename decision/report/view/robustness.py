"""What the chapter on how sure the ranking is asks; worked out when it first asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from decision.report.view.standing import Standing
from decision.scores.problem import problem_of
from decision.scores.smaa import SAMPLES, SEED, smaa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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

    @cached_property
    def problem(self) -> Problem:
        """All forms, also those that are excluded, with what they are worth on each criterion."""
        return problem_of(self.knowledge, self.region, self.advice.scores)

    @cached_property
    def competing(self) -> Problem:
        """The forms that the region can choose."""
        return self.problem.among(self.advice.eligibility.eligible)

    @cached_property
    def group_values(self) -> dict[str, list[float]]:
        """What each form is worth in each group (0-1), by the values that the score uses."""
        values = self.problem.by_group.tolist()
        return dict(zip(self.problem.forms, values, strict=True))

    # --- over all weights ------------------------------------------------------------------

    @property
    def draws(self) -> int:
        """How many weightings are drawn."""
        return SAMPLES

    @property
    def seed(self) -> int:
        """The seed of the draws."""
        return SEED

    @cached_property
    def first_of_all(self) -> dict[str, float]:
        """How often each form would come first if the region could choose any."""
        found = smaa(self.problem.as_scored())
        return {form: one.ranks[0] for form, one in found.forms.items()}

    def drawing_error(self) -> float:
        """How far the shares may be off by drawing no more often, in 19 cases out of 20."""
        shares = [one for ranks in self.advice.rank_acceptability.values() for one in ranks]
        shares += self.first_of_all.values()
        return max(max(2 * sqrt(one * (1 - one) / SAMPLES), 3 / SAMPLES) for one in shares)

    # --- what changes the winner -----------------------------------------------------------

    def weight_turns(self) -> dict[str, Flips]:
        """Per group the weights at which another form wins; empty where none is advised."""
        from decision.scores.stability import group_flips

        best = self.advice.recommended
        return {} if best is None else group_flips(self.competing, self._weights, best)

    def smallest_change(self) -> Nearest | None:
        """The smallest joint change of weights that lets another form win."""
        from decision.scores.stability import nearest_change

        best = self.advice.recommended
        return None if best is None else nearest_change(self.competing, self._weights, best)

    def grade_turns(self) -> tuple[GradeFlip, ...]:
        """The single grades that change the winner when they are read one step otherwise."""
        from decision.scores.stability import grade_flips

        best = self.advice.recommended
        return () if best is None else grade_flips(self.competing, self._weights, best)

    @property
    def most_grades(self) -> int:
        """How many of these grades are told."""
        return _GRADES

    # --- for whom --------------------------------------------------------------------------

    @cached_property
    def stakeholders(self) -> dict[str, Stakeholder]:
        """What each municipality makes of the forms; empty where none is advised."""
        from decision.scores.stakeholders import rankings

        best = self.advice.recommended
        return {} if best is None else rankings(self.competing, self.region, self._weights, best)

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
        from decision.scores.stakeholders import agreement

        return agreement({name: one.ranks for name, one in self.stakeholders.items()}).w

    @cached_property
    def mean_weights(self) -> dict[str, float]:
        """The weights closest to those of all municipalities."""
        from decision.scores.stakeholders import mean_weights

        return mean_weights(self.stakeholders)

    def best_by_mean(self) -> tuple[str, ...]:
        """The forms that come first by the mean of everybody's weights."""
        from decision.scores.stability import winners

        return winners(self.competing, np.array(list(self.mean_weights.values())))

    # --- which forms are alike -------------------------------------------------------------

    def excluded(self, form: str) -> bool:
        """Whether the region cannot choose a form now."""
        return form not in self.competing.forms

    def criterion_names(self, criteria: Iterable[str]) -> list[str]:
        """The names of criteria, in the order given."""
        return [self.knowledge.criteria[one].name for one in criteria]

    def dominated(self) -> tuple[Dominated, ...]:
        """The forms that are nowhere better than another one, among all forms."""
        from decision.scores.dominance import dominated

        return dominated(self.problem)

    def near_ties(self) -> tuple[NearTie, ...]:
        """The forms that the region can choose and that hardly differ."""
        from decision.scores.dominance import near_ties

        return near_ties(self.competing, self._weights)

    @property
    def _weights(self) -> Mapping[str, float]:
        return self.advice.scores.weights


def _places(ranks: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    """The forms by rank, those with the same one together."""
    return tuple(
        tuple(form for form, rank in ranks.items() if rank == place)
        for place in sorted(set(ranks.values()))
    )
