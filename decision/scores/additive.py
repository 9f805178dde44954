"""The additive value of every form over the criteria tree, contribution by contribution.

The value of a form is the sum over the criteria of weight times value (Keeney and Raiffa,
Decisions with Multiple Objectives, 1976, chapter 3). A group's weight is shared equally by its
criteria. Excluded forms are scored too: a reader sees what is lost by not being ready.

A grade that is not known adds nothing to the score. The score is then what is certain, and
``at_most`` what it would be if every unknown grade turned out to be the best one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.result import Costs
from decision.eligibility.verdicts import Eligibility
from decision.model.criteria import (
    HIGHEST,
    LOWEST,
    UNKNOWN_GRADE,
    Criterion,
    Measure,
    ValueFunction,
)
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "EQUAL_STEPS",
    "TIE",
    "Contribution",
    "Floats",
    "FormScore",
    "Scores",
    "grade_levels",
    "scores",
    "worth",
]


EQUAL_STEPS = tuple((grade - LOWEST) / (HIGHEST - LOWEST) for grade in range(LOWEST, HIGHEST + 1))
"""What the grades are worth where nobody states it."""

TIE = 1e-12
"""Scores that lie no further apart are equal: the rest is the rounding of the computer."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion adds to a form's score.

    ``raw`` is the grade (1-5; None when it is unknown) or the measure as a share of the baseline's
    yearly cost (or cost per call); ``value`` lies in 0-1; ``contribution`` is weight times value.
    """

    criterion: str
    group: str
    raw: float | None
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Weight times value."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class FormScore:
    """A form's score (0-1), its rank among the eligible forms (1 is best), and what it rests on.

    ``rank`` is None for a form that is not eligible; forms with equal scores have the same rank.
    """

    form: str
    score: float
    rank: int | None
    contributions: tuple[Contribution, ...]

    @property
    def at_most(self) -> float:
        """The score if every unknown grade turned out to be the best one."""
        return fsum([self.score, *(one.weight for one in self.contributions if one.raw is None)])

    def group(self, name: str) -> float:
        """The part of the score that one group of criteria adds."""
        return fsum(one.contribution for one in self.contributions if one.group == name)


@dataclass(frozen=True, slots=True)
class Scores(Result):
    """The weights of the groups (they sum to 1) and the score of every form."""

    weights: Mapping[str, float]
    forms: Mapping[str, FormScore]

    @property
    def best(self) -> str | None:
        """The eligible form with the highest score, of equals the first; None without any."""
        return next((name for name, form in self.forms.items() if form.rank == 1), None)


def scores(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    costs: Costs,
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """Score every form under the given weights, else the region's, else the default ones."""
    if weights is None and region.weights is not None:
        weights = region.weights.shares
    shares = {
        name: group.weight if weights is None else weights.get(name, 0.0)
        for name, group in knowledge.groups.items()
    }
    parts = {form: _contributions(knowledge, region, costs, form, shares)
             for form in knowledge.forms}  # fmt: skip
    totals = {form: fsum(one.contribution for one in mine) for form, mine in parts.items()}
    return Scores(
        weights=shares,
        forms={
            form: FormScore(form, totals[form], _rank(form, totals, eligibility), mine)
            for form, mine in parts.items()
        },
    )


def grade_levels(region: Region, name: str, criterion: Criterion) -> tuple[float, ...] | None:
    """What the grades 1 to 5 are worth where that is stated; the region goes first."""
    return region.levels.get(name, criterion.levels)


def worth(function: ValueFunction, measure: Floats) -> Floats:
    """The value (0-1) of measures, which are shares of the baseline's."""
    at, value = zip(*function.points, strict=True)
    found: Floats = np.interp(measure, at, value)
    return found


def _rank(form: str, totals: Mapping[str, float], eligibility: Eligibility) -> int | None:
    if form not in eligibility.eligible:
        return None
    return 1 + sum(totals[other] > totals[form] + TIE for other in eligibility.eligible)


def _contributions(
    knowledge: Knowledge, region: Region, costs: Costs, form: str, weights: Mapping[str, float]
) -> tuple[Contribution, ...]:
    sizes = Counter(criterion.group for criterion in knowledge.criteria.values())
    parts = []
    for name, criterion in knowledge.criteria.items():
        if criterion.grades is not None:
            levels = grade_levels(region, name, criterion)
            raw, value = _graded(criterion.grades[form].grade, levels)
        else:
            raw, value = _measured(costs, form, criterion, knowledge.baseline)
        weight = weights[criterion.group] / sizes[criterion.group]
        parts.append(Contribution(name, criterion.group, raw, value, weight))
    return tuple(parts)


def _graded(grade: int | str, levels: tuple[float, ...] | None) -> tuple[float | None, float]:
    if grade == UNKNOWN_GRADE:
        return None, 0.0
    level = int(grade)
    return float(level), (levels or EQUAL_STEPS)[level - LOWEST]


def _measured(costs: Costs, form: str, criterion: Criterion, baseline: str) -> tuple[float, float]:
    """The measure in the last year as a share of the baseline's, 0 of nothing; and its value."""
    if criterion.measure is None or criterion.value is None:  # pragma: no cover - the model forbids
        raise AssertionError
    own, base = costs.forms[form], costs.forms[baseline].last_year
    amounts: dict[Measure, tuple[float, float]] = {
        "cost_per_call": (own.last_year.cost_per_call, base.cost_per_call),
        "yearly_cost": (own.last_year.total, base.total),
        "investment": (own.investment, base.total),
        "write_off": (own.write_off, base.total),
    }
    amount, whole = amounts[criterion.measure]
    share = amount / whole if whole else 0.0
    return share, float(worth(criterion.value, np.array(share)))
