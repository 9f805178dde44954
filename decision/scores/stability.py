"""How far weights and grades can change before another form wins. All answers are exact.

A score is linear in every weight. When one weight changes and the others keep their proportion, the
winner therefore changes at a weight with a closed form. So it does when all weights change: on the
way to the nearest weights that put another form first, the first form to draw level wins there, and
only two forms count at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from decision.model.criteria import HIGHEST, LOWEST
from decision.scores.additive import TIE, Floats
from decision.scores.matrix import Matrix
from decision.scores.nearest import Nearest

__all__ = [
    "Flips",
    "GradeFlip",
    "Turn",
    "criterion_flips",
    "grade_flips",
    "group_flips",
    "nearest_change",
    "winners",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """The weight (0-1) at which another form draws level, and the form that wins beyond it."""

    weight: float
    form: str


@dataclass(frozen=True, slots=True)
class Flips:
    """A weight as it is, and where a lower or a higher one lets another form win.

    None where no such weight does so.
    """

    weight: float
    below: Turn | None
    above: Turn | None


@dataclass(frozen=True, slots=True)
class GradeFlip:
    """A grade that, read otherwise, changes the winner; ``grade`` is None where it is unknown.

    ``shared`` is true where the winner of today does not lose the first place but shares it.
    """

    criterion: str
    form: str
    grade: int | None
    becomes: int
    winner: str
    shared: bool


def winners(matrix: Matrix, weights: Floats) -> tuple[str, ...]:
    """The forms with the highest score under weights of the groups, in order."""
    totals = matrix.by_group @ weights
    return tuple(
        form for form, total in zip(matrix.forms, totals, strict=True)
        if total >= totals.max() - TIE
    )  # fmt: skip


def group_flips(matrix: Matrix, weights: Mapping[str, float], best: str) -> dict[str, Flips]:
    """For each group the weights at which another form than ``best`` wins."""
    now = np.array([weights[group] for group in matrix.groups])
    flips = _flips(matrix.by_group, now, matrix.forms, best)
    return dict(zip(matrix.groups, flips, strict=True))


def criterion_flips(matrix: Matrix, weights: Mapping[str, float], best: str) -> dict[str, Flips]:
    """For each criterion the weights in the whole at which another form than ``best`` wins."""
    now = matrix.of_criteria(np.array([weights[group] for group in matrix.groups]))
    flips = _flips(matrix.values, now, matrix.forms, best)
    return dict(zip(matrix.criteria, flips, strict=True))


def _flips(values: Floats, weights: Floats, forms: tuple[str, ...], best: str) -> Iterator[Flips]:
    """Per weight where it turns; ``values`` has an axis of forms and one of weights."""
    lead = values[forms.index(best)] - values
    for at, weight in enumerate(weights.tolist()):
        others = np.delete(weights, at)
        rest = others / others.sum() if others.sum() else np.full(others.size, 1 / others.size)
        without = np.delete(lead, at, axis=1) @ rest
        now = weight * lead[:, at] + (1 - weight) * without
        yield Flips(
            weight=weight,
            below=_turn(forms, now, without, weight, 0.0),
            above=_turn(forms, now, lead[:, at], weight, 1.0),
        )


def _turn(
    forms: tuple[str, ...], now: Floats, then: Floats, weight: float, end: float
) -> Turn | None:
    """Where the lead over another form is gone on the way to ``end``, where it is ``then``."""
    losing = [at for at in range(len(forms)) if then[at] < -TIE]
    if not losing or weight == end:
        return None
    lead = {at: max(float(now[at]), 0.0) for at in losing}
    part = {at: lead[at] / (lead[at] - float(then[at])) for at in losing}
    first = min(losing, key=lambda at: (part[at], then[at]))
    return Turn(weight + (end - weight) * part[first], forms[first])


def nearest_change(matrix: Matrix, weights: Mapping[str, float], best: str) -> Nearest | None:
    """The smallest joint change of the weights of the groups that lets another form win.

    None where no weights do. Of forms that draw level at the same distance it is the one that gets
    furthest ahead anywhere.
    """
    start = np.array([weights[group] for group in matrix.groups])
    leads = matrix.by_group[matrix.forms.index(best)] - matrix.by_group
    found = [
        (Nearest.between(matrix, form, start, _level(start, lead)), lead.min(), lead.sum())
        for form, lead in zip(matrix.forms, leads, strict=True)
        if lead.min() < -TIE
    ]
    least = min((change.distance for change, *_ in found), default=0.0)
    tied = [one for one in found if one[0].distance <= least + TIE]
    return min(tied, key=lambda one: one[1:])[0] if tied else None


def _level(start: Floats, lead: Floats) -> Floats:
    """The weights nearest to ``start`` where nothing is left of a lead that some group turns round.

    Every set of groups that keep weight is tried: what they add to the sum of the weights and to
    the lead are then two equations with two unknowns.
    """
    if start @ lead <= TIE:
        return start
    kept = np.array(list(product((0.0, 1.0), repeat=start.size)))
    count, total, squares = kept.sum(axis=1), kept @ lead, kept @ lead**2
    spread = count * squares - total**2
    kept, count, total, squares, spread = (
        part[spread > squares] for part in (kept, count, total, squares, spread)
    )  # as it is wherever groups with a lead and groups without one are kept
    short, left = 1 - kept @ start, -kept @ (lead * start)
    same = (squares * short - total * left) / spread
    along = (count * left - total * short) / spread
    ends = kept * (start + same[:, np.newaxis] + np.outer(along, lead))
    ends = np.maximum(ends[(ends >= -TIE).all(axis=1)], 0.0)
    found: Floats = ends[np.linalg.norm(ends - start, axis=1).argmin()]
    return found


def grade_flips(matrix: Matrix, weights: Mapping[str, float], best: str) -> tuple[GradeFlip, ...]:
    """The single grades that change the winner when they are one level higher or lower.

    Of an unknown grade every level counts. Where a level costs or brings nothing, the winner stays.

    Args:
        matrix: The forms that compete; its ``levels`` say what grades are worth.
        weights: Of the groups; together 1.
        best: The form that wins now.
    """
    carried = matrix.of_criteria(np.array([weights[group] for group in matrix.groups]))
    totals, now = matrix.values @ carried, matrix.forms.index(best)
    found = []
    for (form, at), grade in np.ndenumerate(matrix.grades):
        for becomes in _others(int(grade)):
            changed = totals.copy()
            worth = matrix.levels[at, becomes - LOWEST]
            changed[form] += carried[at] * (worth - matrix.values[form, at])
            rivals = np.where(np.arange(changed.size) == now, -np.inf, changed)
            first = int(rivals.argmax())
            tied_before = totals[first] >= totals[now] - TIE
            if changed[first] > changed[now] + (TIE if tied_before else -TIE):
                one = GradeFlip(
                    criterion=matrix.criteria[at],
                    form=matrix.forms[form],
                    grade=int(grade) if grade > 0 else None,
                    becomes=becomes,
                    winner=matrix.forms[first],
                    shared=bool(changed[first] <= changed[now] + TIE),
                )
                found.append(one)
    return tuple(found)


def _others(grade: int) -> Iterator[int]:
    """The grades that are looked at instead: those beside it, and of an unknown one all."""
    if grade < 0:
        yield from range(LOWEST, HIGHEST + 1)
    elif grade:
        yield from (one for one in (grade - 1, grade + 1) if LOWEST <= one <= HIGHEST)
