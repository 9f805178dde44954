"""Every question about how sure the ranking is, asked of one region."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from decision.scores.cost_draws import cost_shares
from decision.scores.dominance import (
    Dominated,
    NearTie,
    dominated,
    near_ties,
    smallest_step,
)
from decision.scores.methods import METHODS, Method, Opinion, second_opinions
from decision.scores.nearest import Nearest
from decision.scores.problem import Problem, problem_of
from decision.scores.smaa import SAMPLES, SEED, Smaa, smaa
from decision.scores.stability import (
    Flips,
    GradeFlip,
    criterion_flips,
    grade_flips,
    group_flips,
    nearest_change,
)
from decision.scores.stakeholders import Stakeholders, stakeholders

if TYPE_CHECKING:
    from decision.advice.advice import Advice

__all__ = ["Robustness", "Winner", "robustness"]

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Winner:
    """How firmly the recommended form comes first: what has to change before another one does.

    ``groups`` and ``criteria`` are the weights at which another form wins; ``nearest_change`` is
    the smallest joint change of weights that does it (None where none does); ``grades`` are the
    single grades that do it.
    """

    form: str
    groups: Mapping[str, Flips]
    criteria: Mapping[str, Flips]
    nearest_change: Nearest | None
    grades: tuple[GradeFlip, ...]
    stakeholders: Stakeholders
    methods: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How sure the ranking of a region is.

    Attributes:
        advice: What the ranking led to.
        eligible: SMAA over the forms that compete: those the region can choose. None without any.
        everyone: The same over all forms, also those that are excluded.
        by_weights: SMAA over the forms that compete where only weights differ.
        winner: What has to change before another form wins; None where no form can be recommended.
        dominated: Forms that are nowhere better than another one, among all forms.
        near_ties: Forms that compete and hardly differ.
        step: The difference in score below which two forms hardly differ.
    """

    advice: Advice
    eligible: Smaa | None
    everyone: Smaa
    by_weights: Smaa | None
    winner: Winner | None
    dominated: tuple[Dominated, ...]
    near_ties: tuple[NearTie, ...]
    step: float


def robustness(
    advice: Advice,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    methods: Sequence[Method] = METHODS,
    progress: Progress | None = None,
) -> Robustness:
    """Find out how sure the ranking behind an advice is.

    Args:
        advice: The advice; its scores say which weights hold.
        samples: How often weights, values and kengetallen are drawn, at least 1.
        seed: Of the draws.
        methods: The other methods to ask; none of them needs no library.
        progress: Called with the draws of kengetallen that are done and the draws in all.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
        MissingMethodsError: Methods are asked for and pymcdm is not installed.
    """
    knowledge, region, scores = advice.knowledge, advice.region, advice.scores
    measured = cost_shares(
        knowledge, region, advice.costs, draws=samples, seed=seed, progress=progress
    )
    everyone = problem_of(knowledge, region, scores, measured)
    competing = everyone.among(advice.eligibility.eligible)
    best = scores.best

    def drawn(problem: Problem) -> Smaa:
        return smaa(problem, region.weights, samples=samples, seed=seed)

    return Robustness(
        advice=advice,
        eligible=drawn(competing) if competing.forms else None,
        everyone=drawn(everyone),
        by_weights=drawn(competing.as_scored()) if competing.forms else None,
        winner=None if best is None else _winner(advice, competing, best, methods),
        dominated=dominated(everyone),
        near_ties=near_ties(competing, scores.weights),
        step=smallest_step(everyone, scores.weights),
    )


def _winner(advice: Advice, problem: Problem, best: str, methods: Sequence[Method]) -> Winner:
    weights = advice.scores.weights
    return Winner(
        form=best,
        groups=group_flips(problem, weights, best),
        criteria=criterion_flips(problem, weights, best),
        nearest_change=nearest_change(problem, weights, best),
        grades=grade_flips(problem, weights, best),
        stakeholders=stakeholders(problem, advice.region, weights, best),
        methods=second_opinions(problem, weights, best, methods),
    )
