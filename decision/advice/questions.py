"""What nobody has declared, whom to ask, and what an answer changes.

A verdict hangs on an unknown fact when the fact leaves it open and its answer tells. What an answer
changes is found by giving every answer in turn, with everything else as it is, and holding the
outcome against that of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Literal, TypeAlias, get_args

from decision.eligibility.evaluation import Asked, Scope, answers_to, evaluate, scopes
from decision.eligibility.verdicts import Eligibility, answered
from decision.model.knowledge import UNKNOWN, Knowledge
from decision.model.region import Municipality, Organisation, Region
from decision.model.requirements import Predicate
from decision.model.rules import REFUSALS
from decision.model.values import Partner, in_sentence
from decision.roadmap.jobs import Job
from decision.roadmap.parts import Part, played
from decision.roadmap.progress import Progress
from decision.scores.additive import Scores

__all__ = ["Change", "Question", "addressee", "question_text", "questions"]

Change: TypeAlias = Literal["form", "waves", "cost", "role"]
"""What an answer can change, the weightiest first: the advised form or that of a municipality; who
starts, who joins, and when; who is sure to take part, and with that the cost; and what an
organisation does."""

_Hanging: TypeAlias = tuple[str, str, str]
"""A verdict that hangs on a fact: the rule, the partner and the form."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody has declared, whose it is, and what waits for the answer.

    ``partner`` is the region's own id for a fact about the region. ``rules`` are those with a
    verdict that hangs on it; ``verdicts`` counts these verdicts, one for each rule, partner and
    form. A question that only the planning asks has no rules.
    """

    fact: str
    partner: str
    rules: tuple[str, ...]
    verdicts: int
    changes: tuple[Change, ...]


def addressee(region: Region, question: Question) -> str:
    """The name of whom to ask: the partner; for the region, who commissions the cooperation."""
    partner = _partner(region, question)
    if partner is None and region.governance:
        return region.governance.client
    return (partner or region).name


def question_text(knowledge: Knowledge, region: Region, question: Question) -> str:
    """The question in words, with the partner (or the region) that it is about."""
    name = in_sentence(_partner(region, question) or region)
    return knowledge.facts[question.fact].question.replace("{partner}", name)


def _partner(region: Region, question: Question) -> Municipality | Organisation | None:
    """The partner that a question is about; None for the region."""
    name = question.partner
    return region.municipalities.get(name) or region.organisations.get(name)


def questions(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    scores: Scores,
    parts: Mapping[str, Part],
) -> tuple[Question, ...]:
    """Every question that a verdict or the planning hangs on.

    They stand in the order of what an answer changes: the form, who starts, the cost, the role of
    an organisation, nothing. Among these comes first what changes the form that leads, then what
    changes something for the most inhabitants, then what the most verdicts hang on; equal ones
    stand in the order of the knowledge and the region.
    """
    case = _Case(knowledge, region, eligibility, scores, parts)
    found: dict[Asked, list[_Hanging]] = {}
    for asked, one in case.hanging():
        found.setdefault(asked, []).append(one)
    for asked in case.planning:
        found.setdefault(asked, [])
    ranked = []
    for asked, hanging in found.items():
        waiting = {rule for rule, _, _ in hanging}
        rules = tuple(rule for rule in knowledge.rules if rule in waiting)
        changes, place = case.changes(asked, rules)
        question = Question(*asked, rules, len({*hanging}), changes)
        ranked.append(((*place, -question.verdicts), question))
    return tuple(question for _, question in sorted(ranked, key=lambda one: one[0]))


@dataclass(frozen=True)
class _Outcome:
    """What is advised: the forms that can be the best, everybody's role, and who comes to what.

    As long as no form is advised, ``parts`` also say who may take part in what; ``sure`` are the
    municipalities that come to a form of cooperation.
    """

    candidates: tuple[str, ...]
    parts: Mapping[str, object]
    sure: Mapping[str, str]


@dataclass(frozen=True)
class _Case:
    """What the questions are about; ``parts`` say when everybody can start, where that is known."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    scores: Scores
    parts: Mapping[str, Part]

    @cached_property
    def everybody(self) -> Mapping[Partner, Mapping[str, Scope]]:
        """The facts of everybody, as they are now."""
        return scopes(self.knowledge, self.region)

    @cached_property
    def sizes(self) -> Mapping[str, float]:
        """The inhabitants of the municipalities."""
        return self.region.sizes

    def hanging(self) -> Iterator[tuple[Asked, _Hanging]]:
        """Every fact that leaves a verdict open, with the rule, the partner and the form."""
        for form, verdict in self.eligibility.each():
            if verdict.truth == UNKNOWN:
                for asked in verdict.trace.asking(self.knowledge.facts):
                    yield asked, (verdict.rule, verdict.partner, form)

    @cached_property
    def planning(self) -> tuple[Asked, ...]:
        """The facts that leave open with whom a municipality starts, or how fast it works."""
        held = self.everybody["municipality"]
        traces = (
            evaluate(one, held[name])
            for name, form in self.on_their_way.items()
            for one in self.plans_by(name, form)
        )
        unknown = (trace.asking(self.knowledge.facts) for trace in traces if trace.truth == UNKNOWN)
        asked = (one for facts in unknown for one in facts)
        return tuple(dict.fromkeys((*asked, *self.last_facts())))

    def last_facts(self) -> Iterator[Asked]:
        """The facts that alone leave open whether some work, that is always asked, is done."""
        done = Progress(self.knowledge, self.region).done
        doers: list[tuple[Partner, str, str]] = [
            *(("municipality", name, form) for name, form in self.on_their_way.items()),
            *(("region", self.region.id, form) for form in {*self.on_their_way.values()}),
        ]
        for kind, name, form in doers:
            if not any(map(self.waits, self.on_their_way if kind == "region" else (name,))):
                continue
            facts = self.everybody[kind][name].facts
            for activity, one in self.knowledge.activities.items():
                if one.of_each == kind and one.when == "always" and form in one.forms:
                    job = Job(activity, None if kind == "region" else name)
                    unknown = [f for f in one.makes if f not in facts or not facts[f].known]
                    if len(unknown) == 1 and done(job, form) == UNKNOWN:
                        yield unknown[0], name

    def plans_by(self, name: str, form: str) -> Iterator[Predicate]:
        """What the planning asks of a municipality on its way to a form."""
        waves = self.knowledge.waves
        if form == self.scores.leading:
            yield from (waves.first_when, waves.later_when, waves.waits_when)
        if self.waits(name):
            yield from (one.when for one in self.knowledge.capacity.shares)

    @cached_property
    def on_their_way(self) -> Mapping[str, str]:
        """The municipalities that go to a form of cooperation, or may, with that form."""
        form, today = self.scores.leading, self.knowledge.baseline
        if self.scores.best is None and form is not None:
            may = self.eligibility.forms[form].possible_participants
            return dict.fromkeys(may if form != today else (), form)
        goals = {name: self.parts[name] for name in self.region.municipalities}
        return {
            name: one.may_join or one.form
            for name, one in goals.items()
            if one.may_join or one.form != today
        }

    @cached_property
    def now(self) -> _Outcome:
        """The outcome as long as nothing is answered."""
        return self.outcome(self.eligibility)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The forms that may be advised, as long as none is."""
        return () if self.scores.best is not None else self.scores.candidates

    def outcome(self, eligibility: Eligibility) -> _Outcome:
        """The outcome under some verdicts."""
        scores = self.scores.given(eligibility)
        parts = played(self.knowledge, self.region, eligibility, scores)
        towns = eligibility.municipalities
        may = {name: [towns[name][form].takes_part for form in self.undecided] for name in towns}
        forms = {name: (parts[name].form, parts[name].may_join, may[name]) for name in towns}
        return _Outcome(
            candidates=scores.candidates,
            parts={name: (one.role, forms.get(name)) for name, one in parts.items()},
            sure={
                name: parts[name].form
                for name in self.region.municipalities
                if parts[name].form != self.knowledge.baseline
            },
        )

    def answers(self, asked: Asked, rules: Iterable[str]) -> Iterator[_Outcome]:
        """The outcome of every answer, if a rule asks for it that can keep somebody out."""
        consequences = {self.knowledge.rules[rule].otherwise for rule in rules}
        if consequences & {"excludes", *REFUSALS}:
            for answer in answers_to(self.knowledge.facts[asked[0]]):
                given = answered(self.knowledge, self.everybody, self.eligibility, {asked: answer})
                yield self.outcome(given)

    def changes(
        self, asked: Asked, rules: Sequence[str]
    ) -> tuple[tuple[Change, ...], tuple[float, ...]]:
        """What the answers to a question change, and by that its place among the questions."""
        outcomes, now = [*self.answers(asked, rules)], self.now
        moved = {
            name for one in outcomes for name in now.parts if one.parts[name] != now.parts[name]
        }
        towns = moved & self.region.municipalities.keys()
        another = any(one.candidates != now.candidates for one in outcomes)
        joins = any(one.sure != now.sure for one in outcomes)
        so: dict[Change, bool] = {
            "form": another or bool(towns),
            "waves": joins or self.plans(asked, rules),
            "cost": joins,
            "role": moved != towns,
        }
        found = tuple(change for change in get_args(Change) if so[change])
        first = get_args(Change).index(found[0]) if found else len(so)
        if found[:1] == ("waves",):
            towns = {asked[1]} & self.on_their_way.keys() or {*self.on_their_way}
        people = fsum(self.sizes[name] for name in towns)
        leads = any(one.candidates[:1] != now.candidates[:1] for one in outcomes)
        return found, (first, not leads, -people, not another)

    def plans(self, asked: Asked, rules: Iterable[str]) -> bool:
        """Whether an answer tells what work is left to do, and by that who can start when."""
        _, partner = asked
        if asked in self.planning:
            return True
        form = self.on_their_way.get(partner)
        if form is not None:
            work = self.eligibility.municipalities[partner][form].open_work
            return self.waits(partner) and not {*work}.isdisjoint(rules)
        regional = {
            verdict.rule
            for form in self.on_their_way.values()
            for verdict in self.eligibility.forms[form].verdicts
            if verdict.truth == UNKNOWN and self.knowledge.rules[verdict.rule].remedy is not None
        }
        own = {rule for rule in rules if self.knowledge.rules[rule].of_each == "region"}
        return bool(own & regional) and any(self.waits(name) for name in self.on_their_way)

    def waits(self, name: str) -> bool:
        """Whether it is open when a municipality can start."""
        ready = self.parts[name].ready
        return ready is None or ready.earliest < ready.latest
