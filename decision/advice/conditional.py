"""The conditional advice: which form it becomes by the few answers that decide.

As long as it is open whether the region can start with the form that leads, the advice is a small
tree. What decides is whether a municipality takes part in that form, and whether each other
condition of it is met; at most three of these are asked. Who says yes meets all that the form asks
of it. Who says no refuses that form, and maybe all others: what is told then holds for every no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from decision.eligibility.evaluation import Asked, Scope, by_answer, scopes
from decision.eligibility.verdicts import Eligibility, Verdict, answered
from decision.model.facts import Fact
from decision.model.frozen import Result
from decision.model.knowledge import UNKNOWN, Knowledge
from decision.model.region import Region
from decision.model.requirements import Participants
from decision.model.rules import REFUSALS
from decision.model.values import Partner
from decision.roadmap.parts import parts
from decision.scores.additive import Scores

__all__ = ["Branch", "Conditional", "Decisive", "conditional"]

MOST = 3
"""More answers than these are not put in one tree: nobody would follow it."""

_Answers = Mapping[Asked, Fact]


@dataclass(frozen=True, slots=True)
class Decisive:
    """Something unknown that decides: a municipality that may take part, or a rule of the region.

    ``asked`` are the facts that nobody has declared; ``yes`` are answers by which the municipality
    takes part, or the rule is met. Of the answers by which not, ``no`` leaves the most other forms
    open, and ``never`` the fewest.
    """

    id: str
    asked: tuple[Asked, ...]
    yes: _Answers
    no: _Answers
    never: _Answers


@dataclass(frozen=True, slots=True)
class Branch:
    """What the advice becomes by some answers; by none for all that no other branch tells.

    ``answers`` say yes or no by the id of what decides. Whatever no it is, ``form`` is the best
    form with which the region surely can start then, and ``municipalities`` who surely comes to
    which. It is None without one, and where going on as now is the only one that is sure.
    """

    answers: Mapping[str, bool]
    form: str | None
    municipalities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conditional(Result):
    """The tree for one form: what decides, and what each set of answers leads to, the rest last.

    ``others`` are the ids of what also decides, but is not asked first.
    """

    form: str
    asked: tuple[Decisive, ...]
    others: tuple[str, ...]
    branches: tuple[Branch, ...]


def conditional(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, scores: Scores
) -> Conditional | None:
    """The advice as long as it is open whether the region can start with the form that leads.

    None where a form is advised, or none is possible, or where something else than facts decides.
    """
    joint = [form for form in scores.candidates if form != knowledge.baseline]
    if scores.best is not None or not joint or eligibility.forms[joint[0]].reach != UNKNOWN:
        return None
    case = _Case(knowledge, region, eligibility, scores, joint[0])
    towns = case.municipalities()
    theirs = {asked for one in towns for asked in one.asked}
    found = [*(one for one in case.conditions() if not theirs.issuperset(one.asked)), *towns]
    asked = tuple(found[:MOST])
    return Conditional(
        form=case.form,
        asked=asked,
        others=tuple(one.id for one in found[MOST:]),
        branches=tuple(_merged([*case.branches(asked)])),
    )


@dataclass(frozen=True)
class _Case:
    """What the tree is about."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    scores: Scores
    form: str

    @cached_property
    def everybody(self) -> Mapping[Partner, Mapping[str, Scope]]:
        """The facts of everybody, as they are now."""
        return scopes(self.knowledge, self.region)

    def conditions(self) -> Iterator[Decisive]:
        """The open rules that exclude the form, but for those that count who takes part."""
        for verdict in self.eligibility.forms[self.form].verdicts:
            excludes = self.knowledge.rules[verdict.rule].otherwise == "excludes"
            counts = isinstance(verdict.trace.asked, Participants)
            if verdict.truth == UNKNOWN and excludes and not counts:
                yes, no = (self.answers([verdict], meets=meets) for meets in (True, False))
                never = self.answers([verdict], meets=False, lowest=True)
                yield Decisive(verdict.rule, (*yes,), yes, no, never)

    def municipalities(self) -> list[Decisive]:
        """The municipalities that may take part in the form, the largest first."""
        verdict = self.eligibility.forms[self.form]
        unsure = [n for n in verdict.possible_participants if n not in verdict.participants]
        sizes = self.region.sizes
        return [self.municipality(name) for name in sorted(unsure, key=lambda n: -sizes[n])]

    def municipality(self, name: str) -> Decisive:
        """What decides whether a municipality takes part in the form."""
        open_ones = [
            verdict
            for verdict in self.eligibility.municipalities[name][self.form].verdicts
            if verdict.truth == UNKNOWN and self.knowledge.rules[verdict.rule].otherwise in REFUSALS
        ]
        yes = self.answers(open_ones, meets=True)
        no, *_, never = sorted(
            (
                {asked: answer}
                for lowest in (False, True)
                for asked, answer in self.answers(open_ones, meets=False, lowest=lowest).items()
            ),
            key=lambda answer: -self.left(name, answer),
        )
        return Decisive(name, (*yes,), yes, no, never)

    def answers(
        self, verdicts: Iterable[Verdict], *, meets: bool, lowest: bool = False
    ) -> dict[Asked, Fact]:
        """Answers that meet all that leaves verdicts open, or that meet none of it."""
        found: dict[Asked, Fact] = {}
        for verdict in verdicts:
            for asked, partner, wanted in verdict.trace.unknown():
                definition = self.knowledge.facts[asked.fact]
                answers = by_answer(asked, definition, lowest=lowest)
                if len(answers) > 1:
                    found.setdefault((asked.fact, partner), answers[wanted == meets])
        return found

    def left(self, name: str, answers: _Answers) -> int:
        """In how many lesser forms a municipality may still take part after some answers."""
        then = answered(self.knowledge, self.everybody, self.eligibility, answers)
        own = then.municipalities[name]
        return sum(own[form].takes_part != "no" for form in self.knowledge.lesser(self.form))

    def branches(self, asked: tuple[Decisive, ...]) -> Iterator[Branch]:
        """What every set of answers leads to, from all yes to all no."""
        today = self.knowledge.baseline
        for says in product((True, False), repeat=len(asked)):
            said = [*zip(asked, says, strict=True)]
            ends = [
                self.then(one.yes if yes else one.no for one, yes in said),
                self.then(one.yes if yes else one.never for one, yes in said),
            ]
            reach = {form: {then.forms[form].reach for then in ends} for form in self.scores.forms}
            by_score = sorted(self.scores.forms.values(), key=lambda one: -one.score)
            form = next((one.form for one in by_score if reach[one.form] == {"yes"}), None)
            if form == today and any(reach[other] != {"no"} for other in {*reach} - {today}):
                form = None  # another one may still be possible
            yield Branch(
                answers={one.id: yes for one, yes in said},
                form=form,
                municipalities=self.coming(ends, form),
            )

    def then(self, answers: Iterable[_Answers]) -> Eligibility:
        """The verdicts after all these answers."""
        given = {asked: answer for one in answers for asked, answer in one.items()}
        return answered(self.knowledge, self.everybody, self.eligibility, given)

    def coming(self, ends: Iterable[Eligibility], form: str | None) -> dict[str, str]:
        """The municipalities that surely come to a form of cooperation, the same at both ends."""
        if form is None:
            return {}
        played = [
            parts(self.knowledge, self.region, then, self.scores.given(then), form) for then in ends
        ]
        comes = {name: {each[name].form for each in played} for name in self.region.municipalities}
        sure = {name: forms.pop() for name, forms in comes.items() if len(forms) == 1}
        return {name: at for name, at in sure.items() if at != self.knowledge.baseline}


def _merged(branches: list[Branch]) -> Iterator[Branch]:
    """The branches that differ, each by as few answers as tell it; the one of all no is the rest.

    Branches are alike by the form, and by what becomes of whoever is not asked.
    """
    found: dict[object, list[Branch]] = {}
    for one in branches:
        rest = {name: at for name, at in one.municipalities.items() if name not in one.answers}
        found.setdefault((one.form, frozenset(rest.items())), []).append(one)
    last = branches[-1]
    for alike in found.values():
        if last not in alike:
            yield from _fewest(alike)
    yield replace(last, answers={})


def _fewest(alike: list[Branch]) -> Iterator[Branch]:
    """The branches with the fewest yes among those that are alike, and the no that they need."""
    said = [{name for name, yes in one.answers.items() if yes} for one in alike]
    for one, yes in zip(alike, said, strict=True):
        if not any(other < yes for other in said):
            needed = {name: yes | {name} not in said for name in one.answers if name not in yes}
            answers = dict.fromkeys((name for name in one.answers if name in yes), True)
            no = dict.fromkeys((name for name, needs in needed.items() if needs), False)
            yield replace(one, answers={**answers, **no})
