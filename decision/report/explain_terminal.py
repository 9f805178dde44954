"""An explanation on the terminal, as an argument: the answer, why, what helps, and the facts."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text
from rich.tree import Tree

from decision.candidates import Change
from decision.conflicts import Conflict
from decision.eligibility import PartnerVerdict, Trace, Truth, Verdict
from decision.explanation import Explanation
from decision.remedies import Label, RemedySet
from decision.report.explain_words import Phrases
from decision.report.screen import Screen
from decision.requirements import Comparison, Not, Quantified
from decision.types import Outcome
from decision.words import Messages

__all__ = ["print_explanation"]

SIGNS: dict[Truth, tuple[str, str]] = {
    "yes": ("✓", "green"),
    "no": ("✗", "red"),
    "unknown": ("?", "yellow"),
}
LABELS: dict[Label, str] = {
    "smallest": "explain.labels.smallest",
    "cheapest": "explain.labels.cheapest",
    "fastest": "explain.labels.fastest",
}
OUTCOMES: dict[Outcome, str] = {
    "ready": "outcomes.ready",
    "ready_after": "outcomes.ready_after",
    "refuses": "outcomes.refuses",
    "unknown": "outcomes.unknown",
}
_SHOWN = 3
"""Conflicts of one rule that are written out; the JSON has more."""


def print_explanation(explanation: Explanation, phrases: Phrases, words: Messages) -> None:
    """Print why a form is possible or not, what it would take, and what that rests on."""
    shown = _Explanation(explanation, phrases, words)
    shown.answer()
    shown.reasons()
    if not explanation.eligible:
        shown.conflicts()
        shown.remedies()
        shown.earliest()
    shown.partners()
    shown.traces()


class _Explanation(Screen):
    """The parts of the output, each printed under its own heading."""

    def __init__(self, explanation: Explanation, phrases: Phrases, words: Messages) -> None:
        super().__init__()
        self.found, self.phrases, self.say = explanation, phrases, words.say
        self.numbers = phrases.numbers

    # --- how it is shown -------------------------------------------------------------------

    @staticmethod
    def sentence(text: str) -> str:
        return text[:1].upper() + text[1:]

    def sourced(self, text: str | Text, *origin: str) -> Text:
        """A text with where it comes from behind it, faintly."""
        origins = ", ".join(one for one in origin if one)
        return Text.assemble(text, (f" ({origins})" if origins else "", "dim"))

    def rule(self, rule: str, text: str | Text) -> Text:
        """A text about a rule, with where that stands."""
        source = self.phrases.source(self.phrases.rule(rule).source)
        return self.sourced(text, source, self.phrases.at(self.phrases.place_of_rule(rule)))

    def signed(self, truth: Truth, text: Text) -> Text:
        sign, style = SIGNS[truth]
        return Text.assemble((sign, style), " ", text)

    # --- the answer ------------------------------------------------------------------------

    def answer(self) -> None:
        found, say = self.found, self.say
        code = "explain.possible" if found.eligible else "explain.impossible"
        form, about = self.phrases.label(found.form), self.phrases.about(found)
        self.line(Text(say(code, form=form, about=about), style="bold"))
        if found.eligible and not found.usable:
            self.line(say("explain.unused"))
        waiting = [one for one in found.partners if found.verdict_on(one).outcome != "ready"]
        if found.eligibility.forms[found.form].eligible and waiting:
            names = self.phrases.listing(waiting)
            self.line(say("explain.not_ready", region=self.phrases.region.name, names=names))

    def reasons(self) -> None:
        """The rules that decide, each with what was found."""
        self.heading(self.say("explain.why" if self.found.eligible else "explain.why_not"))
        decisive = [one for one in self.binding() if self.decides(one)]
        if not decisive:
            self.line(self.say("explain.no_rules"))
        for verdict in decisive:
            sign = SIGNS[verdict.truth][0]
            self.line(self.phrases.rule(verdict.rule).because, f"{sign} ")
            for text in self.gist(verdict.trace):
                self.line(text, "  ")

    def decides(self, verdict: Verdict) -> bool:
        """Whether a verdict is a reason: met for a form that is possible, else not met."""
        return (verdict.truth == "yes") is self.found.eligible

    def binding(self) -> Iterator[Verdict]:
        """The verdicts that decide: on excluding rules, and on all but warnings for partners."""
        regional = self.found.eligibility.forms[self.found.form].verdicts
        yield from (one for one in regional if self.otherwise(one) == "excludes")
        for name in self.found.partners:
            verdicts = self.found.verdict_on(name).verdicts
            yield from (one for one in verdicts if self.otherwise(one) != "warns")

    def otherwise(self, verdict: Verdict) -> str:
        return self.phrases.rule(verdict.rule).otherwise

    def gist(self, trace: Trace) -> Iterator[Text]:
        """What was found: the fact itself, or how the municipalities stand."""
        if isinstance(trace.asked, Comparison):
            yield self.sourced(*self.phrases.found(trace))
        elif isinstance(trace.asked, Quantified):
            yield Text(self.phrases.division(trace))
        else:
            if isinstance(trace.asked, Not):
                yield Text(f"{self.say('explain.traces.not')}:")
            for part in trace.parts:
                yield from self.gist(part)

    # --- why not ---------------------------------------------------------------------------

    def conflicts(self) -> None:
        """The smallest sets of facts that keep the form away, by the rules that they break."""
        found = self.found.conflicts
        self.heading(self.say("explain.conflicts.title"))
        code = "explain.conflicts.all" if found.complete else "explain.conflicts.least"
        self.line(self.say(code, count=self.numbers.number(found.found)))
        by_rules: dict[tuple[str, ...], list[Conflict]] = {}
        for one in found.listed:
            by_rules.setdefault(one.rules, []).append(one)
        for rules, several in by_rules.items():
            self.conflicting(rules, several)

    def conflicting(self, rules: Sequence[str], conflicts: Sequence[Conflict]) -> None:
        """Some rules, with the facts that break them."""
        for rule in rules:
            self.line(self.rule(rule, self.say("explain.rule", rule=rule)))
        for one in conflicts[:_SHOWN]:
            facts = self.phrases.grouped(one.facts) or self.say("explain.conflicts.itself")
            self.line(facts, "  - ")
        if conflicts[_SHOWN:]:
            more = self.numbers.number(len(conflicts) - _SHOWN)
            self.line(self.say("explain.conflicts.more", count=more), "  - ")

    # --- what it would take ----------------------------------------------------------------

    def remedies(self) -> None:
        found = self.found
        self.heading(self.say("explain.remedies.title"))
        if found.blocked is not None:
            self.line(self.say("explain.remedies.nothing"))
            self.conflicting(found.blocked.rules, [found.blocked])
        shared = self.shared(found.remedies)
        if shared:
            self.line(self.say("explain.remedies.shared"))
            self.changes(shared)
            self.line(self.say("explain.remedies.choose"))
        for number, one in enumerate(found.remedies, 1):
            self.line(self.title(one), f"{number}. ")
            self.changes([change for change in one.changes if change not in shared])

    @staticmethod
    def shared(sets: Sequence[RemedySet]) -> list[Change]:
        """The changes that every one of several sets has."""
        if len(sets) < 2:  # noqa: PLR2004 - there is nothing to share
            return []
        return [one for one in sets[0].changes if all(one in other.changes for other in sets)]

    def title(self, one: RemedySet) -> Text:
        """A set with what it takes in all, and what it is best in."""
        count = self.numbers.number(len(one.changes))
        labels = self.numbers.listing(self.say(LABELS[label]) for label in one.labels)
        text = self.say("explain.remedies.unknown", count=count)
        if one.effort_days is not None and one.span is not None:
            days, weeks = self.numbers.plain(one.effort_days), self.numbers.plain(one.span.weeks)
            text = self.say("explain.remedies.set", count=count, days=days, weeks=weeks)
        return Text.assemble((text, "bold"), f" {self.sentence(labels)}." if labels else "")

    def changes(self, changes: Sequence[Change]) -> None:
        """Changes, those of the same fact by the same activity together; and how to try them."""
        alike: dict[tuple[str, str], list[Change]] = {}
        for one in changes:
            activity = one.job.activity if one.job else ""
            alike.setdefault((one.variable.fact, activity), []).append(one)
        for (fact, activity), several in alike.items():
            self.line(self.change(fact, activity, several), "   - ")
        options = [f"     --set {shlex.quote(one.assignment)}" for one in changes]
        self.unbroken(" \\\n".join(options), style="dim")

    def change(self, fact: str, activity: str, changes: Iterable[Change]) -> str:
        changes = [*changes]
        details = {
            "fact": self.phrases.fact(fact),
            "partners": self.phrases.listing(one.variable.partner for one in changes),
            "becomes": self.numbers.listing(
                dict.fromkeys(self.phrases.value(fact, one.becomes) for one in changes)
            ),
        }
        if not activity:
            return self.say("explain.remedies.change_without", **details)
        name = self.phrases.activity(activity).name
        return self.say("explain.remedies.change", **details, activity=name)

    def earliest(self) -> None:
        found = self.found.earliest
        if not self.found.remedies:
            return
        self.heading(self.say("explain.earliest.title"))
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
        """How the municipalities, or those who were named, stand on the form."""
        self.heading(self.say("explain.partners.title", form=self.found.form))
        for name in self.found.partners or self.found.region.municipalities:
            verdict = self.found.verdict_on(name)
            refusal = verdict.refusal
            outcome = self.say(f"roles.{refusal}" if refusal else OUTCOMES[verdict.outcome])
            details = {"partner": self.phrases.name(name), "outcome": outcome}
            text = self.say("explain.partners.one", **details)
            self.line(" ".join([text, *self.left(verdict)]), "- ")

    def left(self, verdict: PartnerVerdict) -> Iterator[str]:
        """What a partner still has to do, and what is not known of it."""
        rules = [self.phrases.rule(one.rule) for one in verdict.verdicts if self.open(one, "no")]
        needed = dict.fromkeys(rule.remedy.by for rule in rules if rule.remedy is not None)
        if needed:
            names = self.numbers.listing(self.phrases.activity(one).name for one in needed)
            yield self.say("explain.partners.needs", activities=names)
        unknown = [one.trace for one in verdict.verdicts if self.open(one, "unknown")]
        facts = dict.fromkeys(fact for trace in unknown for fact in self.unknown_facts(trace))
        if facts:
            listed = self.numbers.listing(map(self.phrases.fact, facts))
            yield self.say("explain.partners.unknown", facts=listed)

    def open(self, verdict: Verdict, truth: Truth) -> bool:
        return verdict.truth == truth and self.otherwise(verdict) != "warns"

    def unknown_facts(self, trace: Trace) -> Iterator[str]:
        if isinstance(trace.asked, Comparison) and trace.truth == "unknown":
            yield trace.asked.fact
        for part in trace.parts:
            yield from self.unknown_facts(part)

    # --- what it rests on ------------------------------------------------------------------

    def traces(self) -> None:
        """A tree for every reason: what was asked, what was found, and where. Others in a line."""
        self.heading(self.say("explain.traces.title"))
        for verdict in self.binding():
            details = {"rule": verdict.rule, "partner": self.phrases.name(verdict.partner)}
            title = Text(self.say("explain.traces.rule", **details))
            if not self.decides(verdict):
                self.line(self.signed(verdict.truth, title))
                continue
            tree = Tree(self.signed(verdict.truth, self.rule(verdict.rule, title)))
            self.grow(tree, verdict.trace)
            self.show(tree)
        if not self.found.partners:
            self.line(self.say("explain.traces.more"))

    def grow(self, tree: Tree, trace: Trace, above: Trace | None = None) -> None:
        """Add what was asked and found, with its parts below it.

        Of the parts of a quantity it is not said again what was asked.
        """
        other = above is not None and trace.partner != above.partner
        name = f"{self.phrases.name(trace.partner)}: " if other else ""
        brief = above is not None and isinstance(above.asked, Quantified)
        text = self.sourced(*self.phrases.traced(trace, brief=brief))
        branch = tree.add(self.signed(trace.truth, Text.assemble(name, text)))
        for part in trace.parts:
            self.grow(branch, part, trace)
