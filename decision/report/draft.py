"""A new region file: who is in the region, and every fact with its question and its answers.

Nothing is filled in that nobody said: each fact is ``unknown``. The questions stand with the first
municipality; the others have the same facts without them. The same draft gives the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from decision.load.table import Town
from decision.model.knowledge import UNKNOWN, FactDefinition, Knowledge
from decision.model.values import Partner
from decision.words.catalogue import catalogue

__all__ = ["NewRegion", "region_file"]

_WORDS_OF_YAML = frozenset({"true", "false", "null"})


@dataclass(frozen=True, slots=True)
class NewRegion:
    """What is known of a new region; its number may be ``unknown``, and ``towns`` are by id."""

    id: str
    name: str
    number: str
    reference_date: str
    towns: Mapping[str, Town]


def region_file(knowledge: Knowledge, draft: NewRegion, lang: str) -> str:
    """The text of the region file, with its comments in one language."""
    return "\n".join(_Writer(knowledge, draft, catalogue(lang, "words").say).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """What writes one file."""

    knowledge: Knowledge
    draft: NewRegion
    say: Callable[..., str]

    def lines(self) -> Iterator[str]:
        yield from _said(self.say("draft.about").splitlines())
        for key in ("id", "name", "number", "reference_date"):
            yield f"{key}: {_text(getattr(self.draft, key))}"
        yield ""
        year = self.draft.reference_date[:4]
        yield from _said(self.say("draft.sources", year=year).splitlines())
        yield ""
        yield "facts:"
        yield from self.facts("region", self.draft.name, "  ")
        yield ""
        yield "municipalities:"
        for at, (name, town) in enumerate(self.draft.towns.items()):
            yield from self.town(name, town, asks=not at)
        yield ""
        yield from _said([self.say("draft.organisations"), *self.organisation()])
        yield ""
        yield from _said([self.say("draft.neighbours")])

    def town(self, name: str, town: Town, *, asks: bool) -> Iterator[str]:
        """A municipality, where ``asks`` says so with the questions."""
        lies_in = town.netnummers
        share = "1.0" if len(lies_in) == 1 else UNKNOWN
        covered = ", ".join(f"{_text(one)}: {share}" for one in lies_in)
        if not lies_in:
            covered = f"{_text(self.draft.number)}: {UNKNOWN}"
        yield f"  {_text(name)}:"
        yield f"    name: {_text(town.name)}"
        yield f"    cbs: {_text(town.code)}"
        yield f"    inhabitants: {UNKNOWN if town.inhabitants is None else town.inhabitants}"
        yield f"    coverage: {{{covered}}}"
        yield "    facts:"
        yield from self.facts("municipality", town.name, "      ", asks=asks)
        yield "    positions:"
        if asks:
            yield f"      # {self.say('draft.phases')}"
        for one in self.knowledge.facts.values():
            if one.aspect is not None:
                yield f"      {one.aspect}: {UNKNOWN}"

    def facts(self, of: Partner, name: str, indent: str, *, asks: bool = True) -> Iterator[str]:
        """Every fact about a kind of partner that a file can declare."""
        for fact, one in self.knowledge.facts.items():
            if one.of == of and one.among_facts:
                for line in self.asked(one, name) if asks else ():
                    yield f"{indent}# {line}"
                yield f"{indent}{fact}: {UNKNOWN}"

    def asked(self, one: FactDefinition, name: str) -> Iterator[str]:
        """The question of a fact, and its answers."""
        yield one.question.replace("{partner}", name)
        for level, said in one.levels.items():
            yield f"  {level}: {said}"
        if one.kind == "set":
            yield f"  {self.say('draft.set')}"

    def organisation(self) -> Iterator[str]:
        """How an organisation is declared."""
        name = self.say("draft.organisation")
        yield "organisations:"
        yield f"  {name}:"
        yield f"    name: {name}"
        yield f"    does: {self.say('draft.does')}"
        yield f"    members: [{', '.join(_text(one) for one in [*self.draft.towns][:2])}]"
        yield "    facts:"
        yield from self.facts("organisation", name, "      ")


def _said(lines: Iterable[str]) -> Iterator[str]:
    """Lines as comments."""
    return (f"# {line}".rstrip() for line in lines)


def _text(value: str) -> str:
    """A text as YAML reads it back, whatever is in it; bare where that is plain."""
    bare = re.fullmatch(r"[^\W\d_]{4,}(?:[ -]?[^\W\d_]+)*", value) is not None
    bare = bare and value.casefold() not in _WORDS_OF_YAML
    return value if bare else json.dumps(value, ensure_ascii=False)
