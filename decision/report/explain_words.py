"""What was asked and what was found, in words, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from decision.eligibility import Trace, Truth
from decision.explanation import Explanation
from decision.load import Case
from decision.load.places import Place
from decision.region import Fact
from decision.report.numbers import Numbers
from decision.report.view.names import Names
from decision.requirements import All, Any_, Comparison, Not, Quantified, comparisons
from decision.statements import Value, Variable
from decision.types import Partner, Source
from decision.words import Messages

__all__ = ["Phrases"]

DERIVED_FROM = {"in_netnummer": ("coverage",), "number_outside_region": ("neighbours",)}
"""The part of a region file that a derived fact is computed from."""

PARTNERS = {"municipality": "municipalities", "organisation": "organisations"}
"""Where a region file has the partners of each kind."""


class Phrases(Names):
    """The statements of one explanation as a reader sees them."""

    def __init__(self, case: Case, words: Messages, lang: str) -> None:
        """Look at a case, of which there need be no advice."""
        self.knowledge, self.region, self.places = case.knowledge, case.region, case.places
        self.words, self.numbers = words, Numbers(lang)

    def asked(self, asked: Comparison) -> str:
        """What a comparison asks of a fact: ``at least …``."""
        levels = self.knowledge.facts[asked.fact].levels
        wanted = self.numbers.listing(levels[one] for one in asked.operand)
        return self.words.say(COMPARED[asked.comparator], level=wanted)

    def quantity(self, asked: Quantified) -> str:
        """How many municipalities are asked for."""
        say = self.words.say
        if asked.count == "all":
            return say("explain.quantity.all")
        if asked.count is not None:
            return say("explain.quantity.count", count=asked.count)
        if asked.share is not None:
            return say("explain.quantity.share", share=self.numbers.percent(asked.share))
        share = self.numbers.percent(asked.share_of_inhabitants or 0.0)
        return say("explain.quantity.inhabitants", share=share)

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self.knowledge.facts[fact].name

    def value(self, fact: str, value: Value | None) -> str:
        """A value of a fact, or that it is unknown."""
        return self.level(fact, None if value is None else Fact(value=value))

    def found(self, trace: Trace) -> tuple[str, str, str]:
        """What was found for a comparison, with its source and its place in the file."""
        if not isinstance(trace.asked, Comparison):
            return "", "", ""
        variable = Variable(trace.partner, trace.asked.fact)
        source = self.source(trace.found.source if trace.found else None)
        return (
            self.statement(variable, trace.found),
            source,
            self.at(self.place_of_fact(variable)),
        )

    def traced(self, trace: Trace, *, brief: bool = False) -> tuple[str, str, str]:
        """One node of a trace: what was asked, and what was found and where; or only the last."""
        match trace.asked:
            case Comparison() as one:
                _, source, place = self.found(trace)
                level = self.level(one.fact, trace.found)
                details = {"fact": self.fact(one.fact), "level": level, "asked": self.asked(one)}
                return (
                    level if brief else self.words.say("explain.traces.fact", **details),
                    source,
                    place,
                )
            case Quantified() as quantified:
                text = self.quantity(quantified)
                inner = "; ".join(map(self.asked_in_full, comparisons(quantified.municipalities)))
                return self.words.say("explain.each", quantity=text, asked=inner), "", ""
            case All():
                return self.words.say("explain.traces.all"), "", ""
            case Any_():
                return self.words.say("explain.traces.any"), "", ""
            case Not():
                return self.words.say("explain.traces.not"), "", ""

    def asked_in_full(self, asked: Comparison) -> str:
        """A comparison with the name of its fact."""
        return f"{self.fact(asked.fact)}: {self.asked(asked)}"

    def division(self, trace: Trace) -> str:
        """How the municipalities stand on a quantity: who meets it, who has what instead."""
        say = self.words.say
        parts = [say("explain.asked_of", quantity=self.traced(trace)[0])]
        for truth, code in FOUND.items():
            groups: dict[str, list[str]] = {}
            for part in trace.parts:
                if part.truth == truth:
                    known = isinstance(part.asked, Comparison) and truth == "no"
                    level = self.level(asked_fact(part), part.found) if known else ""
                    groups.setdefault(level, []).append(part.partner)
            named = (self._group(level, names) for level, names in groups.items())
            if groups:
                parts.append(say(code, names="; ".join(named)))
        return " ".join(parts)

    def _group(self, level: str, partners: Iterable[str]) -> str:
        names = self.listing(partners)
        return self.words.say("explain.level", names=names, level=level) if level else names

    def grouped(self, facts: Iterable[Variable]) -> str:
        """Facts by name, each with the partners that it is about."""
        partners: dict[str, list[str]] = {}
        for one in facts:
            partners.setdefault(one.fact, []).append(one.partner)
        return "; ".join(f"{self.fact(f)}: {self.listing(names)}" for f, names in partners.items())

    def statement(self, variable: Variable, found: Fact | None) -> str:
        """A fact of a partner with its value."""
        return self.words.say(
            "explain.statement",
            partner=self.name(variable.partner),
            fact=self.fact(variable.fact),
            level=self.level(variable.fact, found),
        )

    def source(self, source: Source | None) -> str:
        """The document and the place in it; nothing for what has no source."""
        if source is None:
            return ""
        code = "explain.reading" if source.reading else "explain.source"
        return self.words.say(code, document=source.document, place=source.place)

    def place_of_rule(self, rule: str) -> Place | None:
        """Where a rule stands."""
        return self.places.in_knowledge("rules", rule)

    def place_of_fact(self, variable: Variable) -> Place | None:
        """Where a fact stands, or what it is computed from; None where nobody declares it."""
        definition = self.knowledge.facts[variable.fact]
        path = self._path(definition.of, variable.partner)
        last = DERIVED_FROM.get(variable.fact) if definition.derived else ("facts", variable.fact)
        return None if last is None else self.places.in_region(*path, *last)

    @staticmethod
    def _path(kind: Partner, partner: str) -> tuple[str, ...]:
        return () if kind == "region" else (PARTNERS[kind], partner)

    @staticmethod
    def at(place: Place | None) -> str:
        """A place as ``file:line``; empty for none."""
        if place is None:
            return ""
        return place.file.name if place.line is None else f"{place.file.name}:{place.line}"

    def listing(self, partners: Iterable[str]) -> str:
        """The names of partners as one part of a sentence."""
        return self.numbers.listing(self.names(partners))

    def activity_of(self, job: str) -> str:
        """The activity of a job, with the partner who does it."""
        activity, _, partner = job.partition("@")
        name = self.knowledge.activities[activity].name
        return f"{name} ({self.name(partner)})" if partner else name

    def about(self, explanation: Explanation) -> str:
        """For whom a form is explained: the region, or the partners that were named."""
        return self.listing(explanation.partners) if explanation.partners else self.region.name


def asked_fact(trace: Trace) -> str:
    """The fact that a comparison asks for."""
    return trace.asked.fact if isinstance(trace.asked, Comparison) else ""


FOUND: dict[Truth, str] = {
    "yes": "explain.found.yes",
    "no": "explain.found.no",
    "unknown": "explain.found.unknown",
}
COMPARED = {
    "is": "explain.asked.is",
    "at_least": "explain.asked.at_least",
    "at_most": "explain.asked.at_most",
    "one_of": "explain.asked.one_of",
    "includes": "explain.asked.includes",
}
