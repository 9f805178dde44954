"""What was asked and what was found, in words, and where it stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from decision.advice.advice import Advice
from decision.eligibility.evaluation import Trace, Truth
from decision.explain.demands import Value, Variable
from decision.load import Case
from decision.load.places import Location
from decision.model.facts import Fact
from decision.model.knowledge import UNKNOWN
from decision.model.requirements import (
    All,
    Any_,
    Comparison,
    Not,
    Participants,
    Predicate,
    Quantified,
)
from decision.model.values import Source, in_sentence
from decision.report.view.names import Names
from decision.words.catalogue import Messages
from decision.words.cited import cited
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.explain.explanation import Explanation

__all__ = ["SIGNS", "Phrases"]

DERIVED_FROM = {"in_netnummer": ("coverage",), "number_outside_region": ("neighbours",)}
"""The part of a region file that a derived fact is computed from."""

PARTNERS = {"municipality": "municipalities", "organisation": "organisations"}
"""Where a region file has the partners of each kind."""


class Phrases(Names):
    """The statements of one explanation or advice as a reader sees them."""

    def __init__(self, case: Case | Advice, words: Messages, lang: str) -> None:
        """Look at a case, of which there need be no advice."""
        self.knowledge, self.region, self.places = case.knowledge, case.region, case.places
        self.words, self.numbers = words, Numbers(lang)
        self.as_of, self.not_in_force = case.as_of, case.not_in_force

    # --- what is asked ---------------------------------------------------------------------

    def asked(self, asked: Comparison, *, holds: bool = True) -> str:
        """What a comparison asks of a fact: ``at least …``; or, not to hold, the contrary."""
        definition = self.knowledge.facts[asked.fact]
        kind = "among" if definition.kind == "set" and len(asked.operand) > 1 else definition.kind
        wanted = self.numbers.either(definition.levels[one] for one in asked.operand)
        code = COMPARED.get(asked.comparator) or EQUAL[kind]
        return self.words.say(code[not holds], level=wanted)

    def quantity(self, asked: Quantified, *, holds: bool = True) -> str:
        """How many municipalities are asked for; or, not to hold, how many are too few."""
        details: dict[str, object] = {}
        if asked.count == "all" or asked.share == 1:
            kind = "all"
        elif asked.count == 1:
            kind = "one"
        elif asked.count is not None:
            kind, details = "count", {"count": self.numbers.number(asked.count)}
        else:
            kind = "share" if asked.share is not None else "inhabitants"
            details = {"share": self._percent(asked.share or asked.share_of_inhabitants or 0.0)}
        return self.words.say(QUANTITIES[kind][not holds], **details)

    def _percent(self, share: float) -> str:
        """A share that is asked for, with the decimals that it needs."""
        exact = (places for places in range(4) if round(share, places + 2) == share)
        return self.numbers.percent(share, next(exact, 4))

    def asked_in_full(self, asked: Predicate, *, holds: bool = True) -> str:
        """What is asked, with the names of the facts, so that it can be read in one way only.

        With ``holds`` false it says that this may not be so. That is brought down to the single
        facts: not both is one of them not, and not at least three is fewer than three.
        """
        match asked:
            case Comparison():
                return f"{self.fact(asked.fact)}: {self.asked(asked, holds=holds)}"
            case Not(not_=part):
                return self.asked_in_full(part, holds=not holds)
            case Participants(form=form):
                quantity = self.quantity(asked, holds=holds)
                return self.words.say("explain.participants", quantity=quantity, form=form)
            case Quantified(municipalities=part):
                quantity = self.quantity(asked, holds=holds)
                return self.words.say("explain.each", quantity=quantity, asked=self._apart(part))
            case All(all=(part,)) | Any_(any=(part,)):
                return self.asked_in_full(part, holds=holds)
            case All(all=parts) | Any_(any=parts):
                code = "explain.both" if isinstance(asked, All) is holds else "explain.either"
                return self.words.say(code).join(self._apart(one, holds=holds) for one in parts)

    def _apart(self, asked: Predicate, *, holds: bool = True) -> str:
        """What is asked as a part of something else: in brackets, unless it is a single fact."""
        text = self.asked_in_full(asked, holds=holds)
        return text if is_single(asked) else f"({text})"

    # --- what was found --------------------------------------------------------------------

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self.knowledge.facts[fact].name

    def level(self, fact: str, declared: Fact | None) -> str:
        """What was declared, in the words of the fact's scale: ``a, b and c``."""
        if declared is None or not declared.known:
            return self.words.say("unknown")
        values = declared.value if isinstance(declared.value, tuple) else (declared.value,)
        levels = self.knowledge.facts[fact].levels
        return self.numbers.listing(levels[one] for one in values if one != UNKNOWN)

    def value(self, fact: str, value: Value | None) -> str:
        """A value of a fact, or that it is unknown."""
        return self.level(fact, None if value is None else Fact(value=value))

    def found(self, trace: Trace) -> tuple[str, str, str]:
        """What was found for a comparison, with its source and its place in the file."""
        if not isinstance(trace.asked, Comparison):
            return "", "", ""
        variable = Variable(trace.partner, trace.asked.fact)
        source = self.source(trace.found.source if trace.found else None)
        place = self.at(self.place_of_fact(variable))
        return self.statement(variable, trace.found), source, place

    def traced(self, trace: Trace, *, brief: bool = False) -> tuple[str, str, str]:
        """One node of a trace: what was asked, and what was found and where; or only the last."""
        match trace.asked:
            case Comparison() as one:
                _, source, place = self.found(trace)
                level = self.level(one.fact, trace.found)
                details = {"fact": self.fact(one.fact), "level": level, "asked": self.asked(one)}
                text = level if brief else self.words.say("explain.traces.fact", **details)
                return text, source, place
            case Quantified() as quantified:
                return self.asked_in_full(quantified), "", ""
            case All():
                return self.words.say("explain.traces.all"), "", ""
            case Any_():
                return self.words.say("explain.traces.any"), "", ""
            case Not():
                return self.words.say("explain.traces.not"), "", ""

    def division(self, trace: Trace, *, holds: bool = True) -> str:
        """How the municipalities stand on a quantity: who meets it, who has what instead.

        With ``holds`` false it is asked that they are too few.
        """
        quantity = self.asked_in_full(trace.asked, holds=holds)
        asked = self.words.say("explain.asked_of", quantity=quantity)
        return " ".join([asked, *self.divided(trace.parts)])

    def counted(self, trace: Trace) -> str:
        """What is asked of a quantity, and which partners meet it or do not."""
        told = [f"{self.asked_in_full(trace.asked)}.", *self.divided(trace.parts)]
        return " ".join(told).removesuffix(".")

    def divided(self, traces: Sequence[Trace]) -> Iterator[str]:
        """Which partners meet what all of them are asked, which do not, and of whom is unknown."""
        for truth in SIGNS:
            groups: dict[str, list[str]] = {}
            for part in traces:
                if part.truth == truth:
                    known = isinstance(part.asked, Comparison) and truth == "no"
                    level = self.level(asked_fact(part), part.found) if known else ""
                    groups.setdefault(level, []).append(part.partner)
            named = (self._group(level, names) for level, names in groups.items())
            if groups:
                yield self.words.say(f"explain.found.{truth}", names="; ".join(named))

    def _group(self, level: str, partners: Iterable[str]) -> str:
        names = self.listing(partners)
        return self.words.say("explain.level", names=names, level=level) if level else names

    def grouped(self, facts: Iterable[Variable], unknown: Container[Variable]) -> str:
        """Facts by name, each with the partners that it is about, and of whom it is unknown."""
        partners: dict[str, list[str]] = {}
        for one in facts:
            level = self.words.say("unknown") if one in unknown else ""
            partners.setdefault(one.fact, []).append(self._group(level, [one.partner]))
        listed = {fact: self.numbers.listing(names) for fact, names in partners.items()}
        return "; ".join(f"{self.fact(fact)}: {names}" for fact, names in listed.items())

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
        place = cited(source.place, self.words.lang)
        return self.words.say(code, document=source.document, place=place)

    def place_of_rule(self, rule: str) -> Location | None:
        """Where a rule stands."""
        return self.places.in_knowledge("rules", rule)

    def place_of_fact(self, variable: Variable) -> Location | None:
        """Where a fact stands, or what it is computed from; None where nobody declares it."""
        definition = self.knowledge.facts[variable.fact]
        kind = PARTNERS.get(definition.of)
        path = () if kind is None else (kind, variable.partner)
        last: tuple[str, ...] | None = ("facts", variable.fact)
        if definition.aspect is not None:
            last = ("positions", definition.aspect)
        elif definition.derived:
            last = DERIVED_FROM.get(variable.fact)
        return None if last is None else self.places.in_region(*path, *last)

    @staticmethod
    def at(place: Location | None) -> str:
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
        return (
            self.listing(explanation.partners) if explanation.partners else in_sentence(self.region)
        )


def is_single(asked: Predicate) -> bool:
    """Whether a requirement comes down to one comparison."""
    match asked:
        case Not(not_=part) | All(all=(part,)) | Any_(any=(part,)):
            return is_single(part)
        case _:
            return isinstance(asked, Comparison)


def asked_fact(trace: Trace) -> str:
    """The fact that a comparison asks for."""
    return trace.asked.fact if isinstance(trace.asked, Comparison) else ""


SIGNS: dict[Truth, str] = {"yes": "✓", "no": "✗", "unknown": "?"}
COMPARED = {
    "at_least": ("explain.asked.at_least", "explain.asked.below"),
    "at_most": ("explain.asked.at_most", "explain.asked.above"),
    "includes": ("explain.asked.includes", "explain.asked.without"),
}
"""What a comparison asks, and what it asks that may not hold."""

EQUAL = {
    "scale": ("explain.asked.is", "explain.asked.other"),
    "set": ("explain.asked.only", "explain.asked.also_other"),
    "among": ("explain.asked.among", "explain.asked.also_other"),
}
"""The same for one of some levels, by the kind of fact; ``among`` is a set and several levels."""

QUANTITIES = {
    "all": ("explain.quantity.all", "explain.quantity.not_all"),
    "one": ("explain.quantity.one", "explain.quantity.none"),
    "count": ("explain.quantity.count", "explain.quantity.fewer"),
    "share": ("explain.quantity.share", "explain.quantity.smaller"),
    "inhabitants": ("explain.quantity.inhabitants", "explain.quantity.fewer_inhabitants"),
}
"""Enough municipalities, and too few."""
