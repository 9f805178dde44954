"""An explanation, as an argument: the answer, why, what helps, and the facts."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from decision.eligibility.evaluation import Trace, Truth
from decision.eligibility.verdicts import PartnerVerdict, Verdict
from decision.explain.changes import Change
from decision.explain.conflicts import Conflict
from decision.explain.demands import Value
from decision.explain.explanation import Explanation
from decision.explain.remedies import MOST_SETS, RemedySet
from decision.model.requirements import All, Comparison, Not, Participants, Quantified
from decision.model.values import in_sentence
from decision.report.answers.answer import Answer, Said, nested, said
from decision.report.document.tree import Inline, Item, Listing, Pages, Run
from decision.report.view.asked import SIGNS, Phrases
from decision.words.catalogue import sentence

__all__ = ["explanation_answer"]

Gist: TypeAlias = tuple[int, Inline]
"""A line about what was found, with how deep it stands."""

_SHOWN = 3
"""Conflicts of one rule that are written out; the JSON has more."""


def explanation_answer(explanation: Explanation, phrases: Phrases, lang: str) -> Pages:
    """Why a form is possible or not, what it would take, and what that rests on."""
    shown = _Explanation(explanation, phrases, lang)
    title = shown.answer()
    shown.reasons()
    if not explanation.eligible:
        shown.conflicts()
        shown.remedies()
        shown.earliest()
    shown.partners()
    shown.traces()
    return shown.pages("explanation", title)


class _Explanation(Answer):
    """The parts of the output, each under its own heading."""

    def __init__(self, explanation: Explanation, phrases: Phrases, lang: str) -> None:
        super().__init__(lang)
        self.found, self.phrases = explanation, phrases
        self.knowledge = phrases.knowledge

    # --- how it is shown -------------------------------------------------------------------

    def sourced(self, text: Said, *origin: str) -> Inline:
        """A text with where it comes from behind it, set apart."""
        origins = ", ".join(one for one in origin if one)
        return (*said(text), *((Run(f" ({origins})", emphasis=True),) if origins else ()))

    def rule(self, rule: str, text: Said) -> Inline:
        """A text about a rule, with where that stands."""
        source = self.phrases.source(self.knowledge.rules[rule].source)
        return self.sourced(text, source, self.phrases.at(self.phrases.place_of_rule(rule)))

    def marked(self, truth: Truth, text: Said) -> Inline:
        """A text behind the sign of what was found."""
        return (Run(SIGNS[truth]), Run(" "), *said(text))

    # --- the answer ------------------------------------------------------------------------

    def answer(self) -> str:
        """Whether the form is possible, with what is to be said of that right away."""
        found, say = self.found, self.say
        code = "explain.undecided" if found.undecided else "explain.impossible"
        if found.eligible:
            code = "explain.possible"
        form, about = self.phrases.label(found.form), self.phrases.about(found)
        if found.eligible and not found.usable:
            self.line(say("explain.unused"))
        waiting = [one for one in found.partners if found.verdict_on(one).outcome != "ready"]
        if found.eligibility.forms[found.form].eligible and waiting:
            names = self.phrases.listing(waiting)
            self.line(
                say("explain.not_ready", region=in_sentence(self.phrases.region), names=names)
            )
        self.dated()
        return say(code, form=form, about=about)

    def dated(self) -> None:
        """The date of the rules where that is not the date of the facts, and what it leaves out."""
        phrases, say = self.phrases, self.say
        declared = phrases.region.reference_date
        as_of = self.numbers.date(phrases.as_of or declared)
        if phrases.as_of not in {None, declared}:
            self.line(say("explain.as_of", date=as_of, facts=self.numbers.date(declared)))
        rules = [one.id for one in phrases.not_in_force if one.kind == "rule"]
        if rules:
            listed = self.numbers.listing(rules)
            self.line(say("explain.not_in_force", date=as_of, rules=listed))

    def reasons(self) -> None:
        """The rules that decide, each with what was found."""
        code = "explain.why_undecided" if self.found.undecided else "explain.why_not"
        self.part("why", self.say("explain.why" if self.found.eligible else code))
        decisive = [one for one in self.found.binding if self.decides(one)]
        if not decisive:
            self.line(self.say("explain.no_rules"))
        for verdict in decisive:
            because = self.marked(verdict.truth, self.knowledge.rules[verdict.rule].because)
            self.point(because, nested([*self.gist(verdict.trace)]))

    def decides(self, verdict: Verdict) -> bool:
        """Whether a verdict is a reason: met for a form that is possible, else not met."""
        return (verdict.truth == "yes") is self.found.eligible

    def gist(self, trace: Trace, depth: int = 1, *, holds: bool = True) -> Iterator[Gist]:
        """What was found, with how deep that stands: the fact, or how the municipalities stand.

        With ``holds`` false it is asked that it is not so.
        """
        if isinstance(trace.asked, Comparison):
            found, *origin = self.phrases.found(trace)
            if depth > 1 or not holds:
                asked = self.phrases.asked(trace.asked, holds=holds)
                found = self.say("explain.found_for", found=found, asked=asked)
            yield depth, self.sourced(found, *origin)
        elif isinstance(trace.asked, Quantified):
            yield depth, said(self.phrases.division(trace, holds=holds))
        elif isinstance(trace.asked, Not):
            yield from self.gist(trace.parts[0], depth, holds=not holds)
        elif len(trace.parts) == 1 or (depth == 1 and isinstance(trace.asked, All) is holds):
            for part in trace.parts:
                yield from self.gist(part, depth, holds=holds)
        else:
            every = isinstance(trace.asked, All) is holds
            code = "explain.traces.all" if every else "explain.traces.any"
            yield depth, said(f"{self.say(code)}:")
            for part in trace.parts:
                yield from self.gist(part, depth + 1, holds=holds)

    # --- why not ---------------------------------------------------------------------------

    def conflicts(self) -> None:
        """The smallest sets of facts that keep the form away, by the rules that they break."""
        found, number = self.found.conflicts, self.numbers.number
        self.part("conflicts", self.say("explain.conflicts.title"))
        code = "explain.conflicts.all" if found.complete else "explain.conflicts.least"
        self.line(self.say(code, count=number(found.found)))
        if any(self.found.unknown.intersection(one.facts) for one in found.listed):
            self.line(self.say("explain.conflicts.unknown"))
        more = not found.complete or found.found > len(found.listed)
        if more:
            shortest = found.complete or not self.found.demands.torn
            code = "explain.conflicts.shortest" if shortest else "explain.conflicts.some"
            self.line(self.say(code, count=number(len(found.listed))))
        by_rules: dict[tuple[str, ...], list[Conflict]] = {}
        for one in found.listed:
            by_rules.setdefault(one.rules, []).append(one)
        for rules, several in by_rules.items():
            self.conflicting(rules, several, more=more)
        self.not_shown(sum(min(_SHOWN, len(several)) for several in by_rules.values()))

    def not_shown(self, shown: int) -> None:
        """How many conflicts are left out, and the rules of which that is so for all."""
        found, say = self.found.conflicts, self.say
        if found.found > shown:
            code = "explain.conflicts.left" if found.complete else "explain.conflicts.left_least"
            self.line(say(code, count=self.numbers.number(found.found - shown)))
        told = {rule for one in found.listed for rule in one.rules}
        unmet = {one.rule: None for one in self.found.binding if one.truth != "yes"}
        others = [rule for rule in unmet if rule not in told]
        if others:
            self.line(say("explain.conflicts.others", rules=self.numbers.listing(others)))

    def conflicting(
        self, rules: Sequence[str], conflicts: Sequence[Conflict], *, more: bool = False
    ) -> None:
        """Some rules, with the facts that break them; there may be ``more`` than these."""
        *others, last = rules
        for rule in others:
            self.point(self.rule(rule, self.say("explain.rule", rule=rule)))
        told = [
            self.phrases.grouped(one.facts, self.found.unknown)
            or self.say("explain.conflicts.itself")
            for one in conflicts[:_SHOWN]
        ]
        if conflicts[_SHOWN:]:
            code = "explain.conflicts.more_least" if more else "explain.conflicts.more"
            told.append(self.say(code, count=self.numbers.number(len(conflicts) - _SHOWN)))
        self.point(self.rule(last, self.say("explain.rule", rule=last)), told)

    # --- what it would take ----------------------------------------------------------------

    def remedies(self) -> None:
        found = self.found
        self.part("remedies", self.say("explain.remedies.title"))
        if found.blocked is not None:
            self.line(self.say("explain.remedies.nothing"))
            self.conflicting(found.blocked.rules, [found.blocked])
        shared = self.shared(found.remedies)
        if shared:
            count = len(found.remedies)
            code = "explain.remedies.shared"
            if count == MOST_SETS:  # there may be more, which ask for less in common
                code = "explain.remedies.shared_shown"
            self.line(self.say(code, count=self.numbers.number(count)))
            for item in self.changes(shared):
                self.point(item.text)
            self.line(self.say("explain.remedies.choose"))
        sets = [
            Item(self.title(one), Listing((*self.changes(own),)))
            for one in found.remedies
            for own in ([change for change in one.changes if change not in shared],)
        ]
        if sets:
            self.add(Listing(tuple(sets), ordered=True))

    @staticmethod
    def shared(sets: Sequence[RemedySet]) -> list[Change]:
        """The changes that every one of several sets has."""
        if len(sets) < 2:  # noqa: PLR2004 - there is nothing to share
            return []
        return [one for one in sets[0].changes if all(one in other.changes for other in sets)]

    def title(self, one: RemedySet) -> Inline:
        """A set with what it takes in all, and what it is best in."""
        count = self.numbers.number(len(one.changes))
        labels = self.numbers.listing(self.say(f"explain.labels.{label}") for label in one.labels)
        text = self.say("explain.remedies.unknown", count=count)
        if one.effort_days is not None and one.span is not None:
            days, weeks = self.numbers.plain(one.effort_days), self.numbers.plain(one.span.weeks)
            text = self.say("explain.remedies.set", count=count, days=days, weeks=weeks)
        return (Run(text, strong=True), *said(f" {sentence(labels)}." if labels else ""))

    def changes(self, changes: Sequence[Change]) -> Iterator[Item]:
        """Changes, those with the same outcome by the same activity together; how to try them."""
        alike: dict[tuple[str, str, Value], list[str]] = {}
        for one in changes:
            activity = one.job.activity if one.job else ""
            key = (one.variable.fact, activity, one.becomes)
            alike.setdefault(key, []).append(one.variable.partner)
        for (fact, activity, becomes), partners in alike.items():
            yield Item(said(self.change(fact, activity, becomes, partners)))
        options = (f"--set {shlex.quote(one.assignment)}" for one in changes)
        yield Item((Run(" ".join(options), code=True),))

    def change(self, fact: str, activity: str, becomes: Value, partners: Iterable[str]) -> str:
        details = {
            "fact": self.phrases.fact(fact),
            "partners": self.phrases.listing(partners),
            "becomes": self.phrases.value(fact, becomes),
        }
        if not activity:
            return self.say("explain.remedies.change_without", **details)
        details["activity"] = self.knowledge.activities[activity].name
        return self.say("explain.remedies.change", **details)

    def earliest(self) -> None:
        found = self.found.earliest
        if not self.found.remedies:
            return
        self.part("earliest", self.say("explain.earliest.title"))
        if found is None:
            self.line(self.say("explain.earliest.unknown"))
            return
        weeks, low, high = (self.numbers.plain(one) for one in found.span)
        self.line(self.say("explain.earliest.weeks", weeks=weeks, low=low, high=high))
        path = " → ".join(map(self.phrases.activity_of, found.critical_path))
        self.line(self.say("explain.earliest.path", path=path))
        self.line(self.say("explain.earliest.assumed"))

    # --- who still needs what --------------------------------------------------------------

    def partners(self) -> None:
        """How all partners, or those who were named, stand on the form."""
        self.part("partners", self.say("explain.partners.title", form=self.found.form))
        region = self.found.region
        for name in self.found.partners or (*region.municipalities, *region.organisations):
            verdict = self.found.verdict_on(name)
            refusal = verdict.refusal
            outcome = self.say(f"roles.{refusal}" if refusal else f"outcomes.{verdict.outcome}")
            partner = self.phrases.name(name)
            text = self.say("explain.partners.one", partner=partner, outcome=outcome)
            self.point(" ".join([text, *self.left(verdict)]))

    def left(self, verdict: PartnerVerdict) -> Iterator[str]:
        """What a partner still has to do or why it stays behind, and what is not known of it."""
        rules = [self.knowledge.rules[one.rule] for one in verdict.verdicts if self.open(one, "no")]
        for rule in rules:
            if rule.remedy is None:
                yield self.say("explain.partners.because", because=rule.because)
        needed = dict.fromkeys(rule.remedy.by for rule in rules if rule.remedy is not None)
        if needed:
            names = self.numbers.listing(self.knowledge.activities[one].name for one in needed)
            yield self.say("explain.partners.needs", activities=names)
        unknown = [one.trace for one in verdict.verdicts if self.open(one, "unknown")]
        facts = dict.fromkeys(fact for trace in unknown for fact in self.unknown_facts(trace))
        if facts:
            listed = self.numbers.listing(map(self.phrases.fact, facts))
            yield self.say("explain.partners.unknown", facts=listed)

    def open(self, verdict: Verdict, truth: Truth) -> bool:
        return verdict.truth == truth and self.knowledge.rules[verdict.rule].binds

    def unknown_facts(self, trace: Trace) -> Iterator[str]:
        if isinstance(trace.asked, Comparison) and trace.truth == "unknown":
            yield trace.asked.fact
        for part in trace.parts:
            yield from self.unknown_facts(part)

    # --- what it rests on ------------------------------------------------------------------

    def traces(self) -> None:
        """A tree for every reason: what was asked, what was found, and where. Others in a line."""
        self.part("facts", self.say("explain.traces.title"))
        if not self.found.binding:
            self.line(self.say("explain.no_rules"))
        for verdict in self.found.binding:
            details = {"rule": verdict.rule, "partner": self.phrases.name(verdict.partner)}
            title = self.say("explain.traces.rule", **details)
            if not self.decides(verdict):
                self.point(self.marked(verdict.truth, title))
                continue
            whole = self.marked(verdict.truth, self.rule(verdict.rule, title))
            self.point(whole, [self.grown(verdict.trace)])
        if not self.found.partners:
            self.line(self.say("explain.traces.more"))

    def grown(self, trace: Trace, above: Trace | None = None) -> Item:
        """What was asked and found, with its parts below it.

        Of the parts of a quantity it is not said again what was asked, and of who takes part only
        who does: by which rules, those rules tell.
        """
        other = above is not None and trace.partner != above.partner
        name = f"{self.phrases.name(trace.partner)}: " if other else ""
        brief = above is not None and isinstance(above.asked, Quantified)
        text = self.sourced(*self.phrases.traced(trace, brief=brief))
        whole = self.marked(trace.truth, (*said(name), *text))
        below = tuple(self.grown(part, trace) for part in trace.parts)
        if isinstance(trace.asked, Participants):
            below = (Item(said(" ".join(self.phrases.divided(trace.parts)))),)
        return Item(whole, Listing(below) if below else None)
