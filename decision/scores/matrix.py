"""What is ranked: forms on criteria, what each is worth on each of them, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from decision.costs.arrays import Flags, Ints
from decision.model.criteria import Measure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.scores.additive import EQUAL_STEPS, Floats, Scores, grade_levels, worth

__all__ = ["Matrix", "matrix_of"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Forms to rank on criteria, in arrays with an axis of forms and one of criteria.

    Attributes:
        forms, criteria, groups: The names along the axes.
        shares: Per criterion and group, the part of the group's weight that the criterion carries.
        values: What each form is worth on each criterion in the score (0-1).
        low, high: Between what it can be worth there; equal where that is known.
        grades: The grade (1-5), 0 where there are no grades, or -1 for what is unknown.
        levels: Per criterion what the grades 1 to 5 are worth in the score.
        ordinal: Per criterion whether its grades give no more than an order.
        drawn: By criterion, the values in every draw of the costs, per draw and form.
    """

    forms: tuple[str, ...]
    criteria: tuple[str, ...]
    groups: tuple[str, ...]
    shares: Floats
    values: Floats
    low: Floats
    high: Floats
    grades: Ints
    levels: Floats
    ordinal: tuple[bool, ...]
    drawn: Mapping[str, Floats]

    @property
    def unknown(self) -> Flags:
        """Per form and criterion whether the grade is unknown."""
        return self.grades < 0

    @property
    def by_group(self) -> Floats:
        """What each form is worth in each group, by the values that the score uses."""
        found: Floats = self.values @ self.shares
        return found

    def among(self, forms: Sequence[str]) -> Matrix:
        """The same for some of the forms, in the order of the matrix."""
        at = [number for number, form in enumerate(self.forms) if form in forms]
        return replace(
            self,
            forms=tuple(self.forms[number] for number in at),
            values=self.values[at],
            low=self.low[at],
            high=self.high[at],
            grades=self.grades[at],
            drawn={name: values[:, at] for name, values in self.drawn.items()},
        )

    @property
    def settled(self) -> bool:
        """Whether every value is known, so that only weights are left to differ."""
        return not (any(self.ordinal) or self.drawn or self.unknown.any())

    def of_criteria(self, weights: Floats) -> Floats:
        """The weights of the criteria, from those of the groups (on the first axis)."""
        found: Floats = self.shares @ weights
        return found


def matrix_of(
    knowledge: Knowledge,
    region: Region,
    scores: Scores,
    measured: Mapping[Measure, Floats] | None = None,
) -> Matrix:
    """The matrix that the scores are about, with all forms.

    Args:
        knowledge: The criteria and their value functions.
        region: Its own levels of grades go before those of the knowledge.
        scores: The scores of all forms.
        measured: Each measure per draw and form; without it the costs are taken as certain.
    """
    parts = [form.contributions for form in scores.forms.values()]
    raw = np.array([[np.nan if one.raw is None else one.raw for one in mine] for mine in parts])
    criteria = knowledge.criteria
    graded = np.array([one.grades is not None for one in criteria.values()], dtype=bool)
    grades = np.where(np.isnan(raw), -1.0, np.where(graded, raw, 0.0))
    return Matrix(
        forms=tuple(scores.forms),
        criteria=tuple(criteria),
        groups=tuple(scores.weights),
        shares=_shares(knowledge, tuple(scores.weights)),
        values=np.array([[one.value for one in mine] for mine in parts]),
        low=np.array([[one.low for one in mine] for mine in parts]),
        high=np.array([[one.high for one in mine] for mine in parts]),
        grades=grades.astype(np.int64),
        levels=np.array(
            [grade_levels(region, name, one) or EQUAL_STEPS for name, one in criteria.items()]
        ),
        ordinal=tuple(
            one.grades is not None and grade_levels(region, name, one) is None
            for name, one in criteria.items()
        ),
        drawn={
            name: worth(one.value, measured[one.measure])
            for name, one in criteria.items()
            if measured is not None and one.measure is not None and one.value is not None
        },
    )


def _shares(knowledge: Knowledge, groups: tuple[str, ...]) -> Floats:
    belongs = np.array(
        [[one.group == group for group in groups] for one in knowledge.criteria.values()],
        dtype=np.float64,
    ).reshape(-1, len(groups))
    sizes = belongs.sum(axis=0)
    found: Floats = belongs / np.where(sizes, sizes, 1.0)
    return found
