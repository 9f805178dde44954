"""The additive value of every form over the criteria tree, contribution by contribution.

The value of a form is the sum over the criteria of weight times value (Keeney and Raiffa,
Decisions with Multiple Objectives, 1976, chapter 3). A group's weight is shared equally by its
criteria. Excluded forms are scored too: a reader sees what is lost by not being ready.

A form has a lowest and a highest score where something is not known. A grade that is not known can
be the worst, the best, and all between, and counts for the middle. What a form would cost less (or
more) by a move of contacts that is only assumed may come true or not, and does not count: no form
leads by an assumption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.result import Costs, FormCost
from decision.eligibility.evaluation import Truth
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


_POINTS = 100.0
"""A score in points is so many times the score."""

EQUAL_STEPS = tuple((grade - LOWEST) / (HIGHEST - LOWEST) for grade in range(LOWEST, HIGHEST + 1))
"""What the grades are worth where nobody states it."""

NEAR_TIE = "near_tie"
"""The kengetal that says how many points out of a hundred are too few to choose by."""

TIE = 1e-12
"""Scores that lie no further apart are equal: the rest is the rounding of the computer."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion adds to a form's score.

    ``raw`` is the grade (1-5; None when it is unknown) or the measure as a share of the baseline's
    yearly cost (or cost per call). What that is worth lies between ``low`` and ``high`` (0-1),
    which are equal where it is known; the score counts with ``value``, the middle of an unknown
    grade, and of a measure what it is worth without an assumed move of contacts.
    """

    criterion: str
    group: str
    raw: float | None
    value: float
    low: float
    high: float
    weight: float

    @property
    def certain(self) -> bool:
        """Whether it is known what this adds."""
        return self.weight * (self.high - self.low) <= TIE

    @property
    def sure(self) -> tuple[float, float]:
        """What it can be worth, whatever is only assumed: an unknown grade can be anything."""
        return (self.low, self.high) if self.raw is None else (self.value, self.value)

    @property
    def contribution(self) -> float:
        """Weight times value."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class FormScore:
    """A form's score (0-1), its rank among the eligible forms (1 is best), and what it rests on.

    ``rank`` is None for a form that is not eligible; forms with equal scores have the same rank.
    An unknown grade can make the score anything from ``low`` to ``high``; an assumed move counts in
    neither. ``reach`` is whether the
    region can start with the form.
    """

    form: str
    reach: Truth
    score: float
    rank: int | None
    contributions: tuple[Contribution, ...]

    @property
    def low(self) -> float:
        """The score if every unknown grade turns out as bad as it can."""
        return fsum(one.weight * one.sure[0] for one in self.contributions)

    @property
    def high(self) -> float:
        """The score if every unknown grade turns out as good as it can."""
        return fsum(one.weight * one.sure[1] for one in self.contributions)

    @property
    def certain(self) -> bool:
        """Whether it can be one score only."""
        return self.high - self.low <= TIE

    def group(self, name: str) -> float:
        """The part of the score that one group of criteria adds."""
        return fsum(one.contribution for one in self.contributions if one.group == name)


@dataclass(frozen=True, slots=True)
class Undecided:
    """What would tell forms apart that may all turn out best.

    Attributes:
        reach: The forms of which it is unknown whether the region can start with them.
        grades: The unknown grades that can decide, as (form, criterion).
        weights: Whether known scores lie so close that only what weighs most can decide.
        alike: The forms with known scores that are worth the same in every group, so that no
            weights tell them apart.
    """

    reach: tuple[str, ...]
    grades: tuple[tuple[str, str], ...]
    weights: bool
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores(Result):
    """The weights of the groups (they sum to 1) and the score of every form.

    Scores that lie no further apart than ``margin`` (0-1) say too little to choose by.
    """

    weights: Mapping[str, float]
    forms: Mapping[str, FormScore]
    margin: float

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every form that may still turn out best, the highest score first.

        The region can or may start with it, and no form that it surely can start with surely
        scores higher by more than the margin.
        """
        sure = [one.low for one in self.forms.values() if one.reach == "yes"]
        least = max(sure, default=0.0) - self.margin - TIE
        found = [one for one in self.forms.values() if one.reach != "no" and one.high >= least]
        return tuple(one.form for one in sorted(found, key=lambda one: -one.score))

    @property
    def best(self) -> str | None:
        """The form to choose: the only candidate, where the region can start with it."""
        found = self.candidates
        return found[0] if len(found) == 1 and self.forms[found[0]].reach == "yes" else None

    @property
    def leading(self) -> str | None:
        """The candidate with the highest score, of equals the first: the one to look into."""
        return next(iter(self.candidates), None)

    @property
    def competing(self) -> tuple[str, ...]:
        """The forms to choose from: those that the region can start with, and the candidates."""
        found = self.candidates
        return tuple(n for n, one in self.forms.items() if one.rank is not None or n in found)

    @property
    def undecided_by(self) -> Undecided | None:
        """What would tell the candidates apart; None where nothing is left to decide."""
        found = [self.forms[name] for name in self.candidates]
        if not found or self.best is not None:
            return None
        close = [pair for pair in combinations(found, 2) if self._close(*pair)]
        open_ones = {one.form for pair in close for one in pair if not one.certain}
        unsure = [one for one in found if one.form in open_ones]
        known = [(pair, _alike(*pair)) for pair in close if all(one.certain for one in pair)]
        return Undecided(
            reach=tuple(one.form for one in found if one.reach == "unknown"),
            grades=tuple(
                (one.form, part.criterion)
                for one in unsure
                for part in one.contributions
                if part.raw is None and not part.certain
            ),
            weights=any(not same for _, same in known),
            alike=tuple(
                one.form for one in found if any(one in pair for pair, same in known if same)
            ),
        )

    def given(self, eligibility: Eligibility) -> Scores:
        """The same scores under other verdicts on the forms."""
        return replace(
            self,
            forms={
                name: replace(
                    one,
                    reach=eligibility.forms[name].reach,
                    rank=_rank(name, self.forms, eligibility),
                )
                for name, one in self.forms.items()
            },
        )

    def _close(self, one: FormScore, other: FormScore) -> bool:
        """Whether either of two forms can surely not be put before the other."""
        apart = max(one.low - other.high, other.low - one.high)
        return apart <= self.margin + TIE


def _alike(one: FormScore, other: FormScore) -> bool:
    """Whether two forms are worth the same in every group, whatever that weighs."""
    apart: dict[str, float] = {}
    for first, second in zip(one.contributions, other.contributions, strict=True):
        apart[first.group] = apart.get(first.group, 0.0) + first.value - second.value
    return all(abs(gap) <= TIE for gap in apart.values())


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
    unranked = {
        form: FormScore(form, "unknown", fsum(one.contribution for one in mine), None, mine)
        for form, mine in parts.items()
    }
    return Scores(shares, unranked, _margin(knowledge, region)).given(eligibility)


def _margin(knowledge: Knowledge, region: Region) -> float:
    """The difference in score that says too little, as a share of the whole; 0 if none is given."""
    given = region.kengetallen.get(NEAR_TIE) or knowledge.kengetallen.get(NEAR_TIE)
    return 0.0 if given is None else given.value / _POINTS


def grade_levels(region: Region, name: str, criterion: Criterion) -> tuple[float, ...] | None:
    """What the grades 1 to 5 are worth where that is stated; the region goes first."""
    return region.levels.get(name, criterion.levels)


def worth(function: ValueFunction, measure: Floats) -> Floats:
    """The value (0-1) of measures, which are shares of the baseline's."""
    at, value = zip(*function.points, strict=True)
    found: Floats = np.interp(measure, at, value)
    return found


def _rank(form: str, forms: Mapping[str, FormScore], eligibility: Eligibility) -> int | None:
    if form not in eligibility.eligible:
        return None
    least = forms[form].score + TIE
    return 1 + sum(forms[other].score > least for other in eligibility.eligible)


def _contributions(
    knowledge: Knowledge, region: Region, costs: Costs, form: str, weights: Mapping[str, float]
) -> tuple[Contribution, ...]:
    sizes = Counter(criterion.group for criterion in knowledge.criteria.values())
    parts = []
    for name, criterion in knowledge.criteria.items():
        if criterion.grades is not None:
            levels = grade_levels(region, name, criterion)
            raw, value, ends = _graded(criterion.grades[form].grade, levels)
        else:
            raw, value, ends = _measured(costs, form, criterion, knowledge.baseline)
        weight = weights[criterion.group] / sizes[criterion.group]
        part = Contribution(name, criterion.group, raw, value, min(ends), max(ends), weight)
        parts.append(part)
    return tuple(parts)


def _graded(
    grade: int | str, levels: tuple[float, ...] | None
) -> tuple[float | None, float, tuple[float, ...]]:
    """The grade, None when it is unknown, what it counts for, and what it can be worth."""
    worths = levels or EQUAL_STEPS
    if grade == UNKNOWN_GRADE:
        return None, (min(worths) + max(worths)) / 2, worths
    value = worths[int(grade) - LOWEST]
    return float(grade), value, (value,)


def _measured(
    costs: Costs, form: str, criterion: Criterion, baseline: str
) -> tuple[float | None, float, tuple[float, ...]]:
    """The measure in the last year as a share of the baseline's, 0 of nothing; and its worth.

    Where nothing could be calculated it is as unknown as a grade that nobody gave.

    Where the form moves an assumed share of the contacts it counts for its worth without that
    move, and can be worth what it is with it.
    """
    if criterion.measure is None or criterion.value is None:  # pragma: no cover - the model forbids
        raise AssertionError
    if not costs.forms:
        return None, 0.5, (0.0, 1.0)
    base = costs.forms[baseline]
    found = [costs.forms[form]]
    if form in costs.unmoved:
        found.append(costs.unmoved[form])
    shares = [_share(criterion.measure, one, base) for one in found]
    ends = tuple(worth(criterion.value, np.array(shares)).tolist())
    return shares[0], ends[-1], ends


def _share(measure: Measure, own: FormCost, baseline: FormCost) -> float:
    base = baseline.last_year
    amounts: dict[Measure, tuple[float, float]] = {
        "cost_per_call": (own.last_year.cost_per_call, base.cost_per_call),
        "yearly_cost": (own.last_year.total, base.total),
        "investment": (own.investment, base.total),
        "write_off": (own.write_off, base.total),
    }
    amount, whole = amounts[measure]
    return amount / whole if whole else 0.0
