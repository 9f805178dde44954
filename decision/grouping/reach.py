"""To which form each of many groups comes, and who in it: the advice of a group without its path.

The rules and the scores are those of `decision.eligibility` and `decision.scores`, held against
all groups at once. A group is a row of places of municipalities (see `towns`), and a truth is a
number (no, unknown, yes going up), so that "all of" is the smallest and "any of" the largest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.costs.arrays import Floats, Ints
from decision.costs.result import Costs
from decision.eligibility.evaluation import Scope, Truth, evaluate, scope
from decision.eligibility.participation import requirement
from decision.eligibility.verdicts import eligibility
from decision.grouping.prices import GroupPrices
from decision.grouping.towns import AS_NOW
from decision.model.facts import Fact
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import All, Any_, Comparison, Not, Predicate, Quantified
from decision.model.rules import REFUSALS
from decision.model.values import exact
from decision.scores.additive import TIE, Scores, scores

__all__ = ["NO", "UNKNOWN", "YES", "GroupRows", "Rulebook", "Truths", "rulebook"]

Truths: TypeAlias = NDArray[np.int8]

NO, UNKNOWN, YES = range(3)
"""A truth as a number."""

_TRUTHS: tuple[Truth, ...] = ("no", "unknown", "yes")
_OUTSIDE, _OUTSIDE_LEVELS = "number_outside_region", ("nee", "unknown", "ja")
_INSIDE, _INSIDE_LEVELS = "in_netnummer", ("nee", "deels", "unknown", "ja")
_NO, _PARTLY, _PERHAPS, _ALL = range(4)


@dataclass(frozen=True, slots=True)
class GroupRows:
    """Groups: the places of the ``members`` of each, the ``number`` (its place), and the rest.

    ``outside`` is whether the number covers others, as a truth.
    """

    members: Ints
    number: Ints
    outside: Truths
    size: Ints


@dataclass(frozen=True, slots=True)
class _Counted:
    """Enough municipalities: who meets the inner requirement, by its place and its coverage."""

    met: Truths
    people: bool
    above: int
    below: int
    least: int | None


Tree: TypeAlias = "Truths | _Counted | tuple[str, tuple[Tree, ...]]"
"""A requirement on the region: a truth for each place of ``outside``, a count, or both combined."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What is asked for each form, and what each form is worth.

    ``takes_part`` has a truth for each municipality, coverage and form; ``asked`` the requirements
    by which a form falls away. ``graded`` is the score of each form by its grades: as it counts,
    at the least and at the most, and ``worth`` what they are worth (0-1) in each group of criteria;
    ``lesser`` has for each form the places of those that it builds
    on, nearest first.
    """

    forms: tuple[str, ...]
    people: Ints
    low: Floats
    high: Floats
    takes_part: Truths
    asked: tuple[tuple[Tree, ...], ...]
    graded: Floats
    worth: Floats
    measured: tuple[tuple[str, float, Floats, Floats], ...]
    margin: float
    lesser: tuple[tuple[int, ...], ...]
    baseline: int
    prices: GroupPrices

    def forms_of(self, rows: GroupRows) -> tuple[Ints, Ints]:
        """The form of each group (`AS_NOW` where none is advised), and that of each member.

        A member that goes on as now has `AS_NOW` too.
        """
        covered = self._covered(rows)
        own = self.takes_part[rows.members, covered]
        reach = np.stack([self._reach(rows, covered, asked) for asked in self.asked], axis=1)
        score, ends = self._scores(rows)
        best = self._best(reach, ends)
        found = np.full(rows.members.shape, AS_NOW, dtype=np.int64)
        for form, lesser in enumerate(self.lesser):
            here = np.flatnonzero(best == form)
            if form == self.baseline or not here.size:
                continue
            mine = np.full((here.size, rows.members.shape[1]), AS_NOW, dtype=np.int64)
            highest = np.full(mine.shape, -np.inf)
            for one in lesser:
                open_to = (own[here, :, one] == YES) & (reach[here, one] == YES)[:, np.newaxis]
                better = open_to & (score[here, one][:, np.newaxis] > highest)
                mine = np.where(better, one, mine)
                highest = np.where(better, score[here, one][:, np.newaxis], highest)
            taking = own[here, :, form]
            found[here] = np.where(taking == YES, form, np.where(taking == UNKNOWN, AS_NOW, mine))
        return best, found

    def _covered(self, rows: GroupRows) -> Ints:
        """How each member lies in the number of its group."""
        low = self.low[rows.members, rows.number[:, np.newaxis]]
        high = self.high[rows.members, rows.number[:, np.newaxis]]
        known = np.where(low == 1, _ALL, np.where(low == 0, _NO, _PARTLY))
        return np.where(low != high, _PERHAPS, known)

    def _reach(self, rows: GroupRows, covered: Ints, asked: Sequence[Tree]) -> Truths:
        """Whether a group can start with a form."""
        found = np.full(rows.size.size, YES, dtype=np.int8)
        for tree in asked:
            found = np.minimum(found, self._truth(rows, covered, tree))
        return found

    def _truth(self, rows: GroupRows, covered: Ints, tree: Tree) -> Truths:
        if isinstance(tree, np.ndarray):
            fixed: Truths = tree[rows.outside]
            return fixed
        if isinstance(tree, _Counted):
            return self._enough(rows, covered, tree)
        kind, parts = tree
        truths = [self._truth(rows, covered, part) for part in parts]
        if kind == "not":
            return (YES - truths[0]).astype(np.int8)
        together: Truths = (np.minimum if kind == "all" else np.maximum).reduce(truths)
        return together

    def _enough(self, rows: GroupRows, covered: Ints, asked: _Counted) -> Truths:
        met = asked.met[rows.members, covered]
        there = rows.members < self.people.size - 1
        weights = self.people[rows.members] if asked.people else there.astype(np.int64)
        sure = (weights * (met == YES)).sum(axis=1)
        maybe = sure + (weights * (met == UNKNOWN)).sum(axis=1)
        least = asked.least
        needed = weights.sum(axis=1) * asked.above if least is None else least * asked.below
        enough = [(some * asked.below >= needed).astype(np.int8) for some in (sure, maybe)]
        return np.where(enough[0] == 1, YES, enough[1]).astype(np.int8)

    def _scores(self, rows: GroupRows) -> tuple[Floats, Floats]:
        """The score of every form in every group, and its ends."""
        shares = self.prices.shares(rows.members, rows.size)
        score = np.zeros((rows.size.size, len(self.forms)))
        for measure, weight, at, value in self.measured:
            score += weight * np.interp(shares[measure], at, value)
        ends = np.stack([score + self.graded[1], score + self.graded[2]], axis=-1)
        return score + self.graded[0], ends

    def _best(self, reach: Truths, ends: Floats) -> Ints:
        """The only candidate of each group with which it can start."""
        sure = reach == YES
        least = np.where(sure, ends[..., 0], -np.inf).max(axis=1)
        least = np.where(sure.any(axis=1), least, 0.0) - self.margin - TIE
        candidate = (reach != NO) & (ends[..., 1] >= least[:, np.newaxis])
        one = candidate.sum(axis=1) == 1
        best = candidate.argmax(axis=1)
        chosen = one & sure[np.arange(best.size), best]
        return np.where(chosen, best, AS_NOW).astype(np.int64)


def rulebook(knowledge: Knowledge, region: Region, costs: Costs) -> Rulebook:
    """The rules and the worth of the forms of a region, with what `decision.costs.costs` gives."""
    held = scope(knowledge, region)
    judged = scores(knowledge, region, eligibility(knowledge, region), costs)
    towns = [*held.municipalities.values()]
    forms = tuple(knowledge.forms)
    prices = GroupPrices.of(knowledge, region, costs)
    return Rulebook(
        forms=forms,
        people=np.array([*(round(one) for one in region.sizes.values()), 0], dtype=np.int64),
        low=prices.coverage.low,
        high=prices.coverage.high,
        takes_part=_padded(
            np.array([_taking_part(knowledge, one) for one in towns], dtype=np.int8)
        ),
        asked=tuple(tuple(_asked(knowledge, held, form)) for form in forms),
        graded=_graded(knowledge, judged),
        worth=_worth(knowledge, judged),
        measured=tuple(_measured(knowledge, judged)),
        margin=judged.margin,
        lesser=tuple(tuple(map(forms.index, knowledge.lesser(form))) for form in forms),
        baseline=forms.index(knowledge.baseline),
        prices=prices,
    )


def _covered_as(held: Scope) -> list[Scope]:
    """A municipality as it lies in a number in every possible way."""
    ways = ({**held.facts, _INSIDE: Fact(value=level)} for level in _INSIDE_LEVELS)
    return [replace(held, facts=facts) for facts in ways]


def _taking_part(knowledge: Knowledge, town: Scope) -> list[list[int]]:
    """Whether a municipality takes part in each form, for every way to lie in the number."""
    return [
        [
            min(
                (_TRUTHS.index(evaluate(requirement(knowledge, name, form), held).truth)
                 for name, rule in knowledge.rules.items()
                 if rule.of_each == "municipality" and form in rule.guards
                 and rule.otherwise in REFUSALS),
                default=YES,
            )
            for form in knowledge.forms
        ]
        for held in _covered_as(town)
    ]  # fmt: skip


def _asked(knowledge: Knowledge, held: Scope, form: str) -> list[Tree]:
    """What is asked of the region before it can start with a form."""
    return [
        _tree(requirement(knowledge, name, form), held)
        for name, rule in knowledge.rules.items()
        if rule.of_each == "region" and form in rule.guards and rule.otherwise == "excludes"
    ]


def _tree(asked: Predicate, held: Scope) -> Tree:
    match asked:
        case Comparison():
            ways = ({**held.facts, _OUTSIDE: Fact(value=level)} for level in _OUTSIDE_LEVELS)
            truths = [evaluate(asked, replace(held, facts=facts)).truth for facts in ways]
            return np.array([_TRUTHS.index(one) for one in truths], dtype=np.int8)
        case All(all=parts):
            return "all", tuple(_tree(part, held) for part in parts)
        case Any_(any=parts):
            return "any", tuple(_tree(part, held) for part in parts)
        case Not(not_=part):
            return "not", (_tree(part, held),)
        case Quantified():
            return _counted(asked, held)


def _counted(asked: Quantified, held: Scope) -> _Counted:
    met = [
        [_TRUTHS.index(evaluate(asked.municipalities, one).truth) for one in _covered_as(town)]
        for town in held.municipalities.values()
    ]
    share = asked.share if asked.share is not None else asked.share_of_inhabitants
    if asked.count == "all":
        share = 1.0
    part = exact(1.0 if share is None else share)
    least = asked.count if isinstance(asked.count, int) else None
    return _Counted(
        met=_padded(np.array(met, dtype=np.int8)),
        people=asked.share_of_inhabitants is not None,
        above=part.numerator,
        below=part.denominator if least is None else 1,
        least=least,
    )


def _graded(knowledge: Knowledge, judged: Scores) -> Floats:
    """What the grades of each form add to its score: as it counts, at the least and at the most."""
    graded = {name for name, one in knowledge.criteria.items() if one.measure is None}
    parts = [
        [part for part in one.contributions if part.criterion in graded]
        for one in judged.forms.values()
    ]
    ends = [[(one.value, *one.sure) for one in own] for own in parts]
    weights = [[one.weight for one in own] for own in parts]
    graded_score: Floats = np.einsum(
        "fce,fc->ef", np.array(ends).reshape(len(parts), -1, 3), np.array(weights)
    )
    return graded_score


def _worth(knowledge: Knowledge, judged: Scores) -> Floats:
    """What the grades of each form are worth in each group of criteria; 0 without grades."""
    found = np.zeros((len(judged.forms), len(knowledge.groups)))
    for at, group in enumerate(knowledge.groups):
        graded = [
            n for n, one in knowledge.criteria.items() if one.measure is None and one.group == group
        ]
        for form, one in enumerate(judged.forms.values()):
            values = [part.value for part in one.contributions if part.criterion in graded]
            found[form, at] = fsum(values) / len(values) if values else 0.0
    return found


def _measured(knowledge: Knowledge, judged: Scores) -> list[tuple[str, float, Floats, Floats]]:
    """The measures of cost: of each its weight, and the points that its value runs through."""
    found: list[tuple[str, float, Floats, Floats]] = []
    parts: Mapping[str, float] = {
        part.criterion: part.weight for part in next(iter(judged.forms.values())).contributions
    }
    for name, criterion in knowledge.criteria.items():
        if criterion.measure is not None and criterion.value is not None:
            at, value = map(np.array, zip(*criterion.value.points, strict=True))
            found.append((criterion.measure, parts[name], at, value))
    return found


def _padded(values: Truths) -> Truths:
    """The values with a row of nothing below them."""
    return np.concatenate([values, np.zeros((1, *values.shape[1:]), dtype=values.dtype)])
