"""Which forms and partners are ready, which are not, and by which rule.

Requirements are three-valued (yes, no, unknown; Kleene's strong logic) and never cut short: a
reader wants all reasons, not the first. A requirement that rests on an unknown fact is unknown,
which counts neither as yes nor as no.

The outcome for a partner follows from two questions: whether it takes part (the rules by which it
refuses) and whether its own work is done (the other rules that bind). It is known only where it
stands whatever the unknown facts turn out to be. So ``unknown`` is no place in the order refuses,
ready after its work, ready: it covers all places that are still possible. Where rules ask for at
least some level, a better fact never lowers the worst of these, nor the best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import fsum
from typing import Literal, assert_never

from decision.eligibility.participation import requirement
from decision.model.facts import Fact
from decision.model.frozen import Result
from decision.model.knowledge import UNKNOWN, FactDefinition, Knowledge
from decision.model.region import Member, Region
from decision.model.requirements import (
    All,
    Any_,
    Comparison,
    Not,
    Predicate,
    Quantified,
    meets,
)
from decision.model.rules import REFUSALS, Consequence, Rule
from decision.model.values import Outcome, Partner, exact

__all__ = [
    "Eligibility",
    "FormVerdict",
    "Outcome",
    "PartnerVerdict",
    "Trace",
    "Truth",
    "Verdict",
    "answers_to",
    "eligibility",
    "evaluate",
    "possible",
    "scope",
    "scopes",
    "weighed",
]

Truth = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts that a requirement is held against: a partner's, or the region's.

    ``facts`` holds declared and derived facts by id; one that is absent is unknown.
    ``municipalities`` (id to scope) is filled for the region only, for quantifiers.
    """

    partner: str
    facts: Mapping[str, Fact]
    definitions: Mapping[str, FactDefinition]
    inhabitants: float = 0.0
    municipalities: Mapping[str, Scope] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """What was asked, what was found, and what came of it; parts in the order of the rule."""

    asked: Predicate
    partner: str
    truth: Truth
    found: Fact | None = None
    parts: tuple[Trace, ...] = ()

    def declared(self) -> Iterator[tuple[str, Fact | None]]:
        """The facts that it asks for, in reading order, with what is declared of them."""
        if isinstance(self.asked, Comparison):
            yield self.asked.fact, self.found
        for part in self.parts:
            yield from part.declared()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one rule for one partner (the region's own id for regional rules)."""

    rule: str
    partner: str
    truth: Truth
    trace: Trace


@dataclass(frozen=True, slots=True)
class PartnerVerdict:
    """What one form means for one partner.

    ``takes_part`` is unknown as long as some rule by which it would refuse is open. The outcome is
    unknown then too, and where it takes part but may have no work left. ``refusal`` is the
    strongest consequence by which the partner does not take part; ``remedies`` are the binding
    rules that are broken and have a remedy, ``open_work`` those of which that is unknown.
    ``by_itself`` says that it takes a decision of its own, or has taken it.
    """

    partner: str
    form: str
    outcome: Outcome
    takes_part: Truth
    refusal: Consequence | None
    remedies: tuple[str, ...]
    open_work: tuple[str, ...]
    by_itself: bool
    verdicts: tuple[Verdict, ...]

    def rules(self, truth: Truth) -> tuple[str, ...]:
        """The rules with this outcome, in the order of the knowledge."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.truth == truth)


@dataclass(frozen=True, slots=True)
class FormVerdict:
    """Whether a form is open to the region.

    A form is eligible when every excluding rule is met; ``excluded_by`` names the rules that
    are not, ``undecided_by`` those that rest on unknown facts. ``participants`` surely take part
    in it, and ``possible_participants`` take part or may.
    """

    form: str
    eligible: bool
    excluded_by: tuple[str, ...]
    undecided_by: tuple[str, ...]
    participants: tuple[str, ...]
    possible_participants: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def reach(self) -> Truth:
        """Whether the region can start with the form: unknown as long as that may still be so."""
        if self.excluded_by:
            return "no"
        return "unknown" if self.undecided_by else "yes"


@dataclass(frozen=True, slots=True)
class Eligibility(Result):
    """The verdicts on every form, and on every partner for every form."""

    forms: Mapping[str, FormVerdict]
    municipalities: Mapping[str, Mapping[str, PartnerVerdict]]
    organisations: Mapping[str, Mapping[str, PartnerVerdict]]

    @property
    def eligible(self) -> tuple[str, ...]:
        """The forms that are open to the region, in the order of the knowledge."""
        return tuple(form for form, verdict in self.forms.items() if verdict.eligible)

    def each(self) -> Iterator[tuple[str, Verdict]]:
        """Every verdict on the region and on a partner, with the form that it is for."""
        partners = (*self.municipalities.values(), *self.organisations.values())
        for form, regional in self.forms.items():
            own = (verdict for partner in partners for verdict in partner[form].verdicts)
            yield from ((form, verdict) for verdict in (*regional.verdicts, *own))


def eligibility(
    knowledge: Knowledge, region: Region, forms: Iterable[str] | None = None
) -> Eligibility:
    """Hold every rule against every partner it is about, for these forms (None: for all)."""
    judged = tuple(knowledge.forms if forms is None else forms)
    held = scopes(knowledge, region)
    regional = held["region"][region.id]
    municipalities = _partners(knowledge, "municipality", held["municipality"], judged)
    return Eligibility(
        forms={form: _form_verdict(knowledge, form, regional, municipalities) for form in judged},
        municipalities=municipalities,
        organisations=_partners(knowledge, "organisation", held["organisation"], judged),
    )


def possible(found: Eligibility, form: str, partners: Iterable[str] = ()) -> bool:
    """Whether a form is open to the region, and every one of ``partners`` is ready for it.

    Ready means that nothing is left to do: a partner that has remedies to carry out is not ready,
    nor is one of which it is unknown.
    """
    own = (found.municipalities.get(name) or found.organisations[name] for name in partners)
    return found.forms[form].eligible and all(one[form].outcome == "ready" for one in own)


def scopes(knowledge: Knowledge, region: Region) -> dict[Partner, Mapping[str, Scope]]:
    """The facts of everybody, by kind of partner; the region itself under its own id."""
    regional = scope(knowledge, region)
    return {
        "region": {region.id: regional},
        "municipality": regional.municipalities,
        "organisation": {
            name: Scope(name, organisation.facts, knowledge.facts)
            for name, organisation in region.organisations.items()
        },
    }


def scope(knowledge: Knowledge, region: Region) -> Scope:
    """The region's facts, declared and derived, with those of its municipalities inside."""
    municipalities = {
        name: Scope(
            partner=name,
            facts={**municipality.facts, **_derived(municipality, region.number)},
            definitions=knowledge.facts,
            inhabitants=municipality.inhabitants.value,
        )
        for name, municipality in region.municipalities.items()
    }
    return Scope(
        partner=region.id,
        facts={**region.facts, "number_outside_region": _outside(region)},
        definitions=knowledge.facts,
        inhabitants=fsum(one.inhabitants for one in municipalities.values()),
        municipalities=municipalities,
    )


def _derived(member: Member, number: str) -> dict[str, Fact]:
    share = member.coverage.get(number, 0.0)
    if share == UNKNOWN:
        return {"in_netnummer": Fact(value=UNKNOWN)}
    if share == 0.0:
        return {"in_netnummer": Fact(value="nee")}
    return {"in_netnummer": Fact(value="ja" if share == 1.0 else "deels")}


def _outside(region: Region) -> Fact:
    """Whether the number of the region covers some neighbour too, or part of one."""
    shares = {one.coverage.get(region.number, 0.0) for one in region.neighbours.values()}
    if shares - {UNKNOWN, 0.0}:
        return Fact(value="ja")
    return Fact(value=UNKNOWN if UNKNOWN in shares else "nee")


def answers_to(definition: FactDefinition) -> Iterator[Fact]:
    """The answers that can be given: a level of the scale; of a set, one of them or all."""
    levels = tuple(definition.levels)
    if definition.kind == "scale":
        yield from (Fact(value=level) for level in levels)
    else:
        yield from (Fact(value=(level,)) for level in levels)
        yield Fact(value=levels)


def evaluate(predicate: Predicate, held: Scope) -> Trace:
    """Hold a requirement against facts; every part is looked at, whatever came before."""
    match predicate:
        case Comparison():
            return _compare(predicate, held)
        case All(all=inner):
            parts = tuple(evaluate(part, held) for part in inner)
            return Trace(predicate, held.partner, _all(part.truth for part in parts), parts=parts)
        case Any_(any=inner):
            parts = tuple(evaluate(part, held) for part in inner)
            truth = _not(_all(_not(part.truth) for part in parts))
            return Trace(predicate, held.partner, truth, parts=parts)
        case Not(not_=inner_one):
            part = evaluate(inner_one, held)
            return Trace(predicate, held.partner, _not(part.truth), parts=(part,))
        case Quantified():
            return _quantify(predicate, held)
        case _:
            assert_never(predicate)


def _all(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    if "no" in found:
        return "no"
    return "unknown" if "unknown" in found else "yes"


def _not(truth: Truth) -> Truth:
    opposites: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}
    return opposites[truth]


def _compare(asked: Comparison, held: Scope) -> Trace:
    fact = held.facts.get(asked.fact)
    if fact is None or not fact.known:
        return Trace(asked, held.partner, "unknown", found=fact)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    met = meets(asked, values, list(held.definitions[asked.fact].levels))
    return Trace(asked, held.partner, "yes" if met else "no", found=fact)


def _quantify(asked: Quantified, held: Scope) -> Trace:
    parts = tuple(evaluate(asked.municipalities, one) for one in held.municipalities.values())
    weights, threshold = weighed(asked, held)
    sure = sum(weights[part.partner] for part in parts if part.truth == "yes")
    maybe = sure + sum(weights[part.partner] for part in parts if part.truth == UNKNOWN)
    if sure >= threshold:
        truth: Truth = "yes"
    else:
        truth = "unknown" if maybe >= threshold else "no"
    return Trace(asked, held.partner, truth, parts=parts)


def weighed(asked: Quantified, held: Scope) -> tuple[dict[str, Fraction], Fraction]:
    """What every municipality weighs in a quantity, and how much weight is asked in all.

    Both are exact, so that 7 of 25 municipalities are a share of 0.28.
    """
    by_inhabitants = asked.share_of_inhabitants is not None
    weights = {
        name: exact(one.inhabitants) if by_inhabitants else Fraction(1)
        for name, one in held.municipalities.items()
    }
    total = sum(weights.values(), Fraction())
    if asked.count is not None:
        return weights, total if asked.count == "all" else Fraction(asked.count)
    share = asked.share if asked.share is not None else asked.share_of_inhabitants
    return weights, exact(share or 0.0) * total


def _judge(knowledge: Knowledge, kind: str, form: str, held: Scope) -> tuple[Verdict, ...]:
    verdicts = []
    for name, rule in knowledge.rules.items():
        if rule.of_each == kind and form in rule.guards:
            trace = evaluate(requirement(knowledge, name, form), held)
            verdicts.append(Verdict(name, held.partner, trace.truth, trace))
    return tuple(verdicts)


def _form_verdict(
    knowledge: Knowledge,
    form: str,
    regional: Scope,
    municipalities: Mapping[str, Mapping[str, PartnerVerdict]],
) -> FormVerdict:
    verdicts = _judge(knowledge, "region", form, regional)
    excluding = [v for v in verdicts if knowledge.rules[v.rule].otherwise == "excludes"]
    excluded_by = tuple(verdict.rule for verdict in excluding if verdict.truth == "no")
    undecided_by = tuple(verdict.rule for verdict in excluding if verdict.truth == "unknown")
    takes_part = {name: own[form].takes_part for name, own in municipalities.items()}
    return FormVerdict(
        form=form,
        eligible=not excluded_by and not undecided_by,
        excluded_by=excluded_by,
        undecided_by=undecided_by,
        participants=tuple(name for name, truth in takes_part.items() if truth == "yes"),
        possible_participants=tuple(name for name, truth in takes_part.items() if truth != "no"),
        verdicts=verdicts,
    )


def _partners(
    knowledge: Knowledge, kind: Partner, held: Mapping[str, Scope], forms: Iterable[str]
) -> dict[str, dict[str, PartnerVerdict]]:
    return {
        name: {form: _partner_verdict(knowledge, kind, form, own) for form in forms}
        for name, own in held.items()
    }


def _partner_verdict(knowledge: Knowledge, kind: str, form: str, held: Scope) -> PartnerVerdict:
    verdicts = _judge(knowledge, kind, form, held)
    broken = [(v.rule, knowledge.rules[v.rule]) for v in verdicts if v.truth == "no"]
    unknown = [(v.rule, knowledge.rules[v.rule]) for v in verdicts if v.truth == "unknown"]
    takes_part = _all(v.truth for v in verdicts if knowledge.rules[v.rule].otherwise in REFUSALS)
    done = _all(v.truth for v in verdicts if knowledge.rules[v.rule].otherwise == "joins_later")
    consequences = {rule.otherwise for _, rule in broken}
    return PartnerVerdict(
        partner=held.partner,
        form=form,
        outcome=_outcome(takes_part, done),
        takes_part=takes_part,
        refusal=next((one for one in REFUSALS if one in consequences), None),
        remedies=_with_work(broken),
        open_work=_with_work(unknown),
        by_itself=any(_decides_by_itself(knowledge.rules[v.rule], v, held) for v in verdicts),
        verdicts=verdicts,
    )


def _decides_by_itself(rule: Rule, verdict: Verdict, held: Scope) -> bool:
    """Whether a rule leaves the decision to the partner, also where that has decided already."""
    if rule.otherwise != "decides_itself":
        return False
    if rule.remedy is None:
        return verdict.truth == "no"
    own = rule.remedy
    others = (level for level in held.definitions[own.fact].levels if level != own.becomes)
    undone = ({**held.facts, own.fact: Fact(value=level)} for level in others)
    asked = verdict.trace.asked
    return all(evaluate(asked, replace(held, facts=facts)).truth == "no" for facts in undone)


def _with_work(rules: Iterable[tuple[str, Rule]]) -> tuple[str, ...]:
    """Those of the rules that bind and that some work can meet."""
    return tuple(n for n, one in rules if one.remedy is not None and one.otherwise != "warns")


def _outcome(takes_part: Truth, done: Truth) -> Outcome:
    match takes_part, done:
        case "no", _:
            return "refuses"
        case "yes", "no":
            return "ready_after"
        case "yes", "yes":
            return "ready"
        case _:
            return "unknown"
