"""The additive value of every form over the criteria tree, contribution by contribution.

The value of a form is the sum over the criteria of weight times value (Keeney and Raiffa,
Decisions with Multiple Objectives, 1976, chapter 3). A group's weight is shared equally by its
criteria. Excluded forms are scored too: a reader sees what is lost by not being ready.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from decision.costs import Costs
from decision.eligibility import Eligibility
from decision.knowledge import Criterion, Knowledge, Measure
from decision.region import Region

__all__ = ["Contribution", "FormScore", "Scores", "scores"]

LOWEST, HIGHEST = 1, 5
"""The ends of the ordinal scale of grades; in between the value runs in equal steps."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion adds to a form's score.

    ``raw`` is the grade (1-5) or the measure as a share of the baseline's yearly cost (or cost
    per call); ``value`` lies in 0-1; ``contribution`` is weight times value.
    """

    criterion: str
    group: str
    raw: float
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Weight times value."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class FormScore:
    """A form's score (0-1), its rank among the eligible forms (1 is best), and what it rests on.

    ``rank`` is None for a form that is not eligible.
    """

    form: str
    score: float
    rank: int | None
    contributions: tuple[Contribution, ...]

    def group(self, name: str) -> float:
        """The part of the score that one group of criteria adds."""
        return sum(one.contribution for one in self.contributions if one.group == name)


@dataclass(frozen=True, slots=True)
class Scores:
    """The weights of the groups (they sum to 1) and the score of every form."""

    weights: Mapping[str, float]
    forms: Mapping[str, FormScore]

    @property
    def best(self) -> str | None:
        """The eligible form with the highest score; None when no form is eligible."""
        return next((name for name, form in self.forms.items() if form.rank == 1), None)


def scores(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    costs: Costs,
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """Score every form under the given weights, else the region's, else the default ones."""
    used = weights or region.weights or {name: g.weight for name, g in knowledge.groups.items()}
    contributions = {form: _contributions(knowledge, costs, form, used) for form in knowledge.forms}
    totals = {form: sum(one.contribution for one in parts) for form, parts in contributions.items()}
    ranked = sorted(eligibility.eligible, key=lambda form: -totals[form])
    ranks = {form: place for place, form in enumerate(ranked, start=1)}
    return Scores(
        weights=dict(used),
        forms={
            form: FormScore(form, totals[form], ranks.get(form), parts)
            for form, parts in contributions.items()
        },
    )


def _contributions(
    knowledge: Knowledge, costs: Costs, form: str, weights: Mapping[str, float]
) -> tuple[Contribution, ...]:
    sizes = Counter(criterion.group for criterion in knowledge.criteria.values())
    parts = []
    for name, criterion in knowledge.criteria.items():
        raw, value = _value(knowledge, costs, form, criterion)
        weight = weights.get(criterion.group, 0.0) / sizes[criterion.group]
        parts.append(Contribution(name, criterion.group, raw, value, weight))
    return tuple(parts)


def _value(
    knowledge: Knowledge, costs: Costs, form: str, criterion: Criterion
) -> tuple[float, float]:
    if criterion.grades is not None:
        grade = criterion.grades[form].grade
        return float(grade), (grade - LOWEST) / (HIGHEST - LOWEST)
    if criterion.measure is None or criterion.value is None:  # pragma: no cover - the model forbids
        raise AssertionError
    share = _measure(costs, form, criterion.measure, knowledge.baseline)
    best, worst = criterion.value.best, criterion.value.worst
    return share, min(1.0, max(0.0, (share - worst) / (best - worst)))


def _measure(costs: Costs, form: str, measure: Measure, baseline: str) -> float:
    """The measure in the last year as a share of the baseline's cost; 0 when that is nothing."""
    own, base = costs.forms[form], costs.forms[baseline].last_year
    match measure:
        case "cost_per_call":
            return own.last_year.cost_per_call / base.cost_per_call if base.cost_per_call else 0.0
        case "yearly_cost":
            return own.last_year.total / base.total if base.total else 0.0
        case "investment":
            return own.investment / base.total if base.total else 0.0
        case "write_off":
            return own.write_off / base.total if base.total else 0.0
