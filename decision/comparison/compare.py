"""The sides next to each other: which values differ, and what each side comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isclose
from typing import Any, Literal, NamedTuple, get_args

from decision.advice.advice import Advice
from decision.comparison import outcomes
from decision.comparison.inputs import Steps, facts_in, partners_in
from decision.costs.result import YearCost

__all__ = [
    "TOPICS",
    "Deviation",
    "Difference",
    "Measures",
    "Side",
    "SideBySide",
    "compare",
    "same",
]

Topic = Literal["advice", "partners", "facts", "verdicts", "roles", "costs", "scores"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""What is compared, in the order in which it is told."""

_RELATIVE, _ABSOLUTE = 1e-9, 1e-12
"""How far numbers may lie apart that are the same: the rest is the rounding of the computer."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the advices that are compared: from which file, changed how (``path=value``)."""

    file: str
    changes: tuple[str, ...]
    advice: Advice


class Deviation(NamedTuple):
    """How much a number differs from that of the first side; None as a share of nothing."""

    absolute: float
    relative: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not the same on all sides, in the order of the sides.

    ``steps`` is the path to it; a side that has no such partner or year has None.
    """

    steps: Steps
    values: tuple[Any, ...]

    @property
    def path(self) -> str:
        """The path to the value, with dots."""
        return ".".join(self.steps)

    @property
    def changes(self) -> tuple[Deviation | None, ...]:
        """Of numbers, how much each side differs from the first; None where either has none."""
        return tuple(_change(self.values[0], value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Measures:
    """What one side comes to, whatever the others have.

    ``score`` (0-1) and ``cost`` are of the recommended form, the cost of the last year of the
    period; ``roles`` counts municipalities and organisations; ``weeks`` is how long the roadmap
    takes. None without a recommended form; the inhabitants and the cost also where nobody knows how
    many inhabitants there are.
    """

    municipalities: int
    organisations: int
    inhabitants: float | None
    score: float | None
    cost: YearCost | None
    roles: Mapping[str, int]
    weeks: float | None

    @property
    def per_inhabitant(self) -> float | None:
        """The cost a year in euro per inhabitant."""
        if self.cost is None or self.inhabitants is None:
            return None
        return self.cost.total / self.inhabitants


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The sides, what each comes to, and by topic what differs."""

    sides: tuple[Side, ...]
    measures: tuple[Measures, ...]
    differences: Mapping[Topic, tuple[Difference, ...]]

    @property
    def equal(self) -> bool:
        """Whether nothing differs at all."""
        return not any(self.differences.values())


def compare(sides: Sequence[Side]) -> SideBySide:
    """Lay two or more sides next to each other.

    Partners, forms and years are compared by id. Somebody who is not on all sides is a difference
    of the topic ``partners``, and is compared between the sides that have him. Where the
    municipalities are not the same, facts, verdicts and roles also have shares of all of them.

    Raises:
        ValueError: There are fewer than two sides.
    """
    if len(sides) < 2:  # noqa: PLR2004 - one has nothing to be compared with
        raise ValueError(f"two sides or more, not {len(sides)}")
    advices = [side.advice for side in sides]
    same = len({frozenset(one.region.municipalities) for one in advices}) == 1
    views = {topic: (found,) if same else (found, *of_all) for topic, (found, *of_all) in _VIEWS}
    return SideBySide(
        sides=tuple(sides),
        measures=tuple(map(_measures, advices)),
        differences={
            "advice": _differences(advices, outcomes.advice_in),
            "partners": _presence(advices),
            **{topic: _differences(advices, *found) for topic, found in views.items()},
        },
    )


_View = Callable[[Advice], Iterator[tuple[Steps, Any]]]
_VIEWS: tuple[tuple[Topic, tuple[_View, ...]], ...] = (
    ("facts", (facts_in, outcomes.shares_of_levels)),
    ("verdicts", (outcomes.verdicts_in, outcomes.shares_of_outcomes)),
    ("roles", (outcomes.roles_in, outcomes.shares_of_roles)),
    ("costs", (outcomes.costs_in,)),
    ("scores", (outcomes.scores_in,)),
)


def _differences(advices: Sequence[Advice], *views: _View) -> tuple[Difference, ...]:
    """The values that differ between sides that have them."""
    held = [dict(chain.from_iterable(view(advice) for view in views)) for advice in advices]
    found = []
    for steps in dict.fromkeys(steps for side in held for steps in side):
        first, *others = [side[steps] for side in held if steps in side]
        if not all(same(first, other) for other in others):
            found.append(Difference(steps, tuple(side.get(steps) for side in held)))
    return tuple(found)


def _presence(advices: Sequence[Advice]) -> tuple[Difference, ...]:
    """Who is on some sides and not on all."""
    held = [partners_in(advice) for advice in advices]
    everybody = dict.fromkeys(steps for side in held for steps in side)
    there = {steps: tuple(steps in side for side in held) for steps in everybody}
    return tuple(Difference(steps, values) for steps, values in there.items() if not all(values))


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    """Whether values are equal, but for the rounding of the computer."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if _is_number(one) and _is_number(other):
        return isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    return bool(one == other)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _change(first: Any, value: Any) -> Deviation | None:  # noqa: ANN401 - plain data of any shape
    if not _is_number(first) or not _is_number(value):
        return None
    return Deviation(value - first, (value - first) / abs(first) if first else None)


def _measures(advice: Advice) -> Measures:
    region, plan, form = advice.region, advice.roadmap, advice.recommended
    parts = {**plan.municipalities, **plan.organisations}.values() if plan else ()
    return Measures(
        municipalities=len(region.municipalities),
        organisations=len(region.organisations),
        inhabitants=region.people(),
        score=None if form is None else advice.scores.forms[form].score,
        cost=advice.costs.forms[form].last_year if form and advice.costs.forms else None,
        roles=Counter(part.role for part in parts),
        weeks=None if plan is None else plan.weeks,
    )
