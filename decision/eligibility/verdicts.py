"""Which forms and partners are ready, which are not, and by which rule.

The outcome for a partner follows from two questions: whether it takes part (the rules by which it
refuses) and whether its own work is done (the other rules that bind). It is known only where it
stands whatever the unknown facts turn out to be. So ``unknown`` is no place in the order refuses,
ready after its work, ready: it covers all places that are still possible. Where rules ask for at
least some level, a better fact never lowers the worst of these, nor the best.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from decision.eligibility.evaluation import (
    Asked,
    Scope,
    Trace,
    Truth,
    all_of,
    evaluate,
    scopes,
    told,
)
from decision.eligibility.participation import requirement
from decision.model.facts import Fact
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Predicate, comparisons
from decision.model.rules import REFUSALS, Consequence, Rule
from decision.model.values import Outcome, Partner

__all__ = [
    "Eligibility",
    "FormVerdict",
    "Outcome",
    "PartnerVerdict",
    "Verdict",
    "answered",
    "eligibility",
    "possible",
]


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
    strongest consequence by which the partner does not take part; ``remedies`` are the rules
    that are broken and have a remedy, but for those that only warn; ``open_work`` those of which
    that is unknown.
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
        forms={
            form: _form_verdict(
                knowledge, form, _judge(knowledge, "region", form, regional), municipalities
            )
            for form in judged
        },
        municipalities=municipalities,
        organisations=_partners(knowledge, "organisation", held["organisation"], judged),
    )


def answered(
    knowledge: Knowledge,
    everybody: Mapping[Partner, Mapping[str, Scope]],
    found: Eligibility,
    answers: Mapping[Asked, Fact],
) -> Eligibility:
    """The verdicts once some open questions are answered, of the facts that ``everybody`` has.

    An answer changes no verdict that is known, so that only the open ones are judged anew.
    """
    held = told(everybody, answers)
    regional = next(iter(held["region"].values()))
    facts = {fact for fact, _ in answers}
    partners = {partner for _, partner in answers}

    def anew(
        kind: Partner, before: Mapping[str, Mapping[str, PartnerVerdict]]
    ) -> dict[str, Mapping[str, PartnerVerdict]]:
        after = dict(before)
        for name in partners & before.keys():
            after[name] = {
                form: _partner_verdict(
                    knowledge, form, held[kind][name], _anew(one.verdicts, held[kind][name], facts)
                )
                for form, one in before[name].items()
            }
        return after

    municipalities = anew("municipality", found.municipalities)
    return Eligibility(
        forms={
            form: _form_verdict(
                knowledge, form, _anew(one.verdicts, regional, facts), municipalities
            )
            for form, one in found.forms.items()
        },
        municipalities=municipalities,
        organisations=anew("organisation", found.organisations),
    )


def _anew(verdicts: Iterable[Verdict], held: Scope, facts: Collection[str]) -> tuple[Verdict, ...]:
    """The verdicts of one partner, with the open ones that ask for these facts judged anew."""
    return tuple(
        _verdict(one.rule, one.trace.asked, held)
        if one.truth == "unknown" and any(c.fact in facts for c in comparisons(one.trace.asked))
        else one
        for one in verdicts
    )


def possible(found: Eligibility, form: str, partners: Iterable[str] = ()) -> bool:
    """Whether a form is open to the region, and every one of ``partners`` is ready for it.

    Ready means that nothing is left to do: a partner that has remedies to carry out is not ready,
    nor is one of which it is unknown.
    """
    own = (found.municipalities.get(name) or found.organisations[name] for name in partners)
    return found.forms[form].eligible and all(one[form].outcome == "ready" for one in own)


def _judge(knowledge: Knowledge, kind: str, form: str, held: Scope) -> tuple[Verdict, ...]:
    return tuple(
        _verdict(name, requirement(knowledge, name, form), held)
        for name, rule in knowledge.rules.items()
        if rule.of_each == kind and form in rule.guards
    )


def _verdict(rule: str, asked: Predicate, held: Scope) -> Verdict:
    trace = evaluate(asked, held)
    return Verdict(rule, held.partner, trace.truth, trace)


def _form_verdict(
    knowledge: Knowledge,
    form: str,
    verdicts: tuple[Verdict, ...],
    municipalities: Mapping[str, Mapping[str, PartnerVerdict]],
) -> FormVerdict:
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
        name: {
            form: _partner_verdict(knowledge, form, own, _judge(knowledge, kind, form, own))
            for form in forms
        }
        for name, own in held.items()
    }


def _partner_verdict(
    knowledge: Knowledge, form: str, held: Scope, verdicts: tuple[Verdict, ...]
) -> PartnerVerdict:
    broken = [(v.rule, knowledge.rules[v.rule]) for v in verdicts if v.truth == "no"]
    unknown = [(v.rule, knowledge.rules[v.rule]) for v in verdicts if v.truth == "unknown"]
    takes_part = all_of(v.truth for v in verdicts if knowledge.rules[v.rule].otherwise in REFUSALS)
    done = all_of(v.truth for v in verdicts if knowledge.rules[v.rule].otherwise == "joins_later")
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
