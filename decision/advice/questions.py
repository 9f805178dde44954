"""What nobody has declared, whom to ask, and what the answer could change.

A verdict hangs on an unknown fact when the fact leaves it open and its answer would tell. Whether
an answer could change the outcome is about everything that is still possible: a question counts
when there are answers to the other questions by which it makes a difference. Where inhabitants
are counted that errs on the safe side: a municipality that is too small to tip the balance is
asked all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from decision.eligibility.evaluation import Scope, Trace, Truth, answers_to, evaluate, scopes
from decision.eligibility.verdicts import Eligibility, FormVerdict, PartnerVerdict, Verdict
from decision.model.knowledge import UNKNOWN, Knowledge
from decision.model.region import Municipality, Organisation, Region
from decision.model.requirements import Comparison, Predicate, Quantified
from decision.model.rules import REFUSALS, Rule
from decision.scores.additive import Scores

__all__ = ["AnswerEffect", "Question", "addressee", "question_text", "questions"]


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """Something of the outcome that an answer could change, and of which form or partner.

    ``eligible``: whether a form is open to the region; ``recommended``: that a form becomes the
    advice; ``role``: the role of a partner, the form it comes to or the week in which it can start,
    in the advised form or in one that can become the advice.
    """

    what: Literal["eligible", "recommended", "role"]
    id: str


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
    could_change: tuple[AnswerEffect, ...]


def addressee(region: Region, question: Question) -> str:
    """The name of whom to ask: the partner; for the region, who commissions the cooperation."""
    partner = _partner(region, question)
    if partner is not None:
        return partner.name
    return region.governance.client if region.governance else region.name


def question_text(knowledge: Knowledge, region: Region, question: Question) -> str:
    """The question in words, with the name of the partner (or the region) that it is about."""
    name = (_partner(region, question) or region).name
    return knowledge.facts[question.fact].question.replace("{partner}", name)


def _partner(region: Region, question: Question) -> Municipality | Organisation | None:
    """The partner that a question is about; None for the region."""
    name = question.partner
    return region.municipalities.get(name) or region.organisations.get(name)


class _Asked(NamedTuple):
    """A fact of a partner."""

    fact: str
    partner: str


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that is open: the facts that it hangs on, and what they could change.

    ``rule`` is None for what the planning asks; ``forms`` are those with a verdict by the rule.
    """

    rule: str | None
    forms: tuple[str, ...]
    asked: tuple[_Asked, ...]
    changes: tuple[AnswerEffect, ...]


_Verdicts: TypeAlias = Mapping[str, PartnerVerdict]


def questions(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, scores: Scores
) -> tuple[Question, ...]:
    """Every question that a verdict or the planning hangs on.

    Those that could change the outcome come first, and of these the ones with the most verdicts;
    equal ones stand in the order of the knowledge and the region.
    """
    found: dict[_Asked, list[_Open]] = {}
    for one in _open(_Case(knowledge, region, eligibility, scores)):
        for asked in dict.fromkeys(one.asked):
            found.setdefault(asked, []).append(one)
    all_of_them = [_question(asked, waiting) for asked, waiting in found.items()]
    return tuple(sorted(all_of_them, key=lambda one: (not one.could_change, -one.verdicts)))


def _question(asked: _Asked, waiting: list[_Open]) -> Question:
    return Question(
        fact=asked.fact,
        partner=asked.partner,
        rules=tuple(dict.fromkeys(one.rule for one in waiting if one.rule is not None)),
        verdicts=sum(len(one.forms) for one in waiting),
        could_change=tuple(dict.fromkeys(change for one in waiting for change in one.changes)),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What the questions are about."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    scores: Scores

    def rule(self, verdict: Verdict) -> Rule:
        """The rule of a verdict."""
        return self.knowledge.rules[verdict.rule]

    def could_be_eligible(self, form: str) -> bool:
        """Whether a form that is not open to the region now is not excluded either."""
        verdict = self.eligibility.forms[form]
        return not verdict.eligible and not verdict.excluded_by

    def could_be_best(self, form: str) -> bool:
        """Whether a form can become the advice, or is."""
        return form in self.scores.candidates

    @property
    def advisable(self) -> tuple[str, ...]:
        """The advised form, and those that can become the advice; partners have a role in these."""
        return tuple(form for form in self.knowledge.forms if self.could_be_best(form))


def _open(case: _Case) -> Iterator[_Open]:
    """Everything that is open: of the region, of each partner, and in the planning."""
    everybody = scopes(case.knowledge, case.region)
    yield from _of_region(case, everybody["region"][case.region.id])
    for name, held in everybody["municipality"].items():
        verdicts = case.eligibility.municipalities[name]
        reached = _reached(case, verdicts)
        yield from _of_municipality(case, held, verdicts, reached)
        if {*reached} & {*case.advisable}:
            yield from _of_planning(case, held)
    for name, held in everybody["organisation"].items():
        yield from _of_organisation(case, held, case.eligibility.organisations[name])


def _of_region(case: _Case, held: Scope) -> Iterator[_Open]:
    for verdict, forms in _unknown(case.eligibility.forms):
        changes: list[AnswerEffect] = []
        if case.rule(verdict).otherwise == "excludes":
            freed = [form for form in forms if case.could_be_eligible(form)]
            changes += [AnswerEffect("eligible", form) for form in freed]
            changes += [AnswerEffect("recommended", f) for f in freed if case.could_be_best(f)]
        yield _Open(verdict.rule, forms, _hangs_on(verdict.trace, held), tuple(changes))


def _of_municipality(
    case: _Case, held: Scope, verdicts: _Verdicts, reached: tuple[str, ...]
) -> Iterator[_Open]:
    """A binding rule matters on the forms that it can come to: it may keep it out, or ask work."""
    change = (AnswerEffect("role", held.partner),)
    for verdict, forms in _unknown(verdicts):
        rule = case.rule(verdict)
        matters = rule.otherwise in REFUSALS or (rule.binds and rule.remedy is not None)
        changes = change if matters and {*forms} & {*reached} else ()
        yield _Open(verdict.rule, forms, _hangs_on(verdict.trace, held), changes)


def _of_organisation(case: _Case, held: Scope, verdicts: _Verdicts) -> Iterator[_Open]:
    """A binding rule matters unless the organisation refuses at least as strongly already."""
    for verdict, forms in _unknown(verdicts):
        otherwise = case.rule(verdict).otherwise
        matters = case.rule(verdict).binds and any(
            _strength(otherwise) < _strength(verdicts[form].refusal)
            for form in case.advisable
            if form in forms
        )
        changes = (AnswerEffect("role", held.partner),) if matters else ()
        yield _Open(verdict.rule, forms, _hangs_on(verdict.trace, held), changes)


def _of_planning(case: _Case, held: Scope) -> Iterator[_Open]:
    """What decides how long the own work of a municipality takes."""
    waves = case.knowledge.waves
    for asked in (waves.one_after_another_when, *(one.when for one in waves.stretch)):
        trace = evaluate(asked, held)
        if trace.truth == UNKNOWN:
            yield _Open(None, (), _hangs_on(trace, held), (AnswerEffect("role", held.partner),))


def _strength(refusal: str | None) -> int:
    """The place of a consequence among the refusals, the strongest first; of others the last."""
    if refusal is None:
        return len(REFUSALS) + 1
    return next((n for n, one in enumerate(REFUSALS) if one == refusal), len(REFUSALS))


def _reached(case: _Case, verdicts: _Verdicts) -> tuple[str, ...]:
    """The forms that a municipality can come to: advisable ones, and what it may fall back to."""
    reached = []
    for form in case.advisable:
        at: str | None = form
        while at is not None:
            if verdicts[at].takes_part != "no":
                reached.append(at)
            if verdicts[at].takes_part == "yes":
                break
            at = case.knowledge.forms[at].builds_on
    return tuple(dict.fromkeys(reached))


def _unknown(
    verdicts: Mapping[str, FormVerdict | PartnerVerdict],
) -> Iterator[tuple[Verdict, tuple[str, ...]]]:
    """The open verdicts on one partner, each rule once, with the forms for which it is open."""
    found: dict[str, tuple[Verdict, list[str]]] = {}
    for form, own in verdicts.items():
        for verdict in own.verdicts:
            if verdict.truth == UNKNOWN:
                found.setdefault(verdict.rule, (verdict, []))[1].append(form)
    for verdict, forms in found.values():
        yield verdict, tuple(forms)


def _hangs_on(trace: Trace, held: Scope) -> tuple[_Asked, ...]:
    """The unknown facts that a requirement hangs on: of a partner, and of those it counts."""
    telling = (
        one.fact for one in _open_comparisons(trace) if len(_truths(one, one.fact, held)) > 1
    )
    found = [
        _Asked(fact, held.partner)
        for fact in dict.fromkeys(telling)
        if _truths(trace.asked, fact, held) not in ({"yes"}, {"no"})
    ]
    for part in _counted(trace):
        found += _hangs_on(part, held.municipalities[part.partner])
    return tuple(found)


def _open_comparisons(trace: Trace) -> Iterator[Comparison]:
    """The comparisons with an unknown fact of the partner itself, in an open requirement."""
    if isinstance(trace.asked, Comparison):
        yield trace.asked
    elif not isinstance(trace.asked, Quantified):
        for part in trace.parts:
            if part.truth == UNKNOWN:
                yield from _open_comparisons(part)


def _counted(trace: Trace) -> Iterator[Trace]:
    """What is open of the municipalities that a requirement counts."""
    for part in trace.parts:
        if part.truth == UNKNOWN and isinstance(trace.asked, Quantified):
            yield part
        elif part.truth == UNKNOWN:
            yield from _counted(part)


def _truths(asked: Predicate, fact: str, held: Scope) -> set[Truth]:
    """Every outcome that a requirement can have by an answer about one fact."""
    return {
        evaluate(asked, replace(held, facts={**held.facts, fact: answer})).truth
        for answer in answers_to(held.definitions[fact])
    }
