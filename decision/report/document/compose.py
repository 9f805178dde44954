"""An advice put together as a document: its chapters, its appendices, or parts of either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Literal, TypeAlias

from decision.advice.advice import Advice
from decision.report.document.contents import contents, sections
from decision.report.document.parse import blocks
from decision.report.document.rules import APPENDIX, MAIN, collapsed
from decision.report.document.sandbox import MistakeError
from decision.report.document.templates import context, environment, saying, signed
from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Item,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    numbered,
    on_lines,
    plain_text,
    walk,
)
from decision.report.view.exhibits import Desk
from decision.report.view.inputs import InputWords
from decision.report.view.receipt import receipt_sentences
from decision.report.view.tables import TABLES
from decision.words.catalogue import catalogue, sentence
from decision.words.numbers import Numbers

__all__ = ["Composer", "NotShownError", "Part", "alone", "sections"]

Part = Literal["main", "appendices"]
Maker: TypeAlias = Callable[[Desk], Table | None]


ANSWERED = "groupings"
"""The section that is what another command answers, in short."""


class NotShownError(Exception):
    """An advice does not show a figure or a table: there is nothing to tell in it."""

    def __init__(self, name: str) -> None:
        """Name what is asked for."""
        super().__init__(name)
        self.name = name


def _in_full(section: Section) -> Section:
    """With the data of every figure, also where these would be too large beside others."""

    def one(block: Block) -> Block:
        if isinstance(block, Fold | Notice):
            return replace(block, blocks=tuple(map(one, block.blocks)))
        return replace(block, large=False) if isinstance(block, Picture) else block

    return replace(section, blocks=tuple(map(one, section.blocks)))


def alone() -> tuple[str, ...]:
    """What can be asked for by itself beside the sections: every figure and every table."""
    from decision.report.charts.figures import FIGURES  # noqa: PLC0415 - only where it is asked

    return (*(f"figure-{one}" for one in FIGURES), *(f"table-{one}" for one in TABLES))


@dataclass(frozen=True)
class Composer:
    """Writes an advice in one language, with the templates of a folder before the built-in ones."""

    advice: Advice
    lang: str
    templates: Path | None = None
    _made: dict[str, Section] = field(default_factory=dict, repr=False, compare=False)
    _moved: dict[str, list[Table]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def known(self) -> dict[str, Any]:
        """All that a template can name."""
        words, numbers = catalogue(self.lang, "words"), Numbers(self.lang)
        receipt = receipt_sentences(self.advice, words, numbers, signed(self.templates))
        return {**context(self.advice, self.lang), "receipt": receipt}

    def contents(self, part: Part) -> tuple[str, ...]:
        """The sections of a part; an advice that cannot begin anywhere has fewer chapters."""
        plan = self.advice.roadmap
        if plan is not None and plan.waves:
            return contents()[part]
        return contents()["thin" if part == "main" else "thin_appendices"]

    def pages(self, part: Part) -> Pages:
        """The main text or the appendices, with their title."""
        words = catalogue(self.lang, "words")
        title = words.say(f"title.{part}", number=self.known["v"].number)
        found = [one for one in map(self.section, self.contents(part)) if one.blocks]
        if part == "appendices":
            found += self._large(len(found))
        return Pages(title, self._told(found))

    def parts(self, wanted: Sequence[str]) -> Pages:
        """Some sections, or figures and tables alone, to embed elsewhere; with where they are from.

        Raises ``NotShownError`` where the advice has no such figure or table.
        """
        found = [self.section(one) if one in sections() else self._alone(one) for one in wanted]
        last = found[-1]
        found[-1] = replace(last, blocks=(*last.blocks, self._origin()))
        return Pages(None, tuple(map(_in_full, self._told(found))))

    def _alone(self, name: str) -> Section:
        """A figure or a table with the number that it has in the whole."""
        kind, _, wanted = name.partition("-")
        of = Picture if kind == "figure" else Table
        for part in dict.fromkeys((*self.contents("main"), *self.contents("appendices"))):
            for block in walk(self.section(part).blocks):
                if isinstance(block, of) and block.id == wanted:
                    return Section(name, "", (block,))
        for table in self._without_room():
            if kind == "table" and table.id == wanted:
                return Section(name, "", (table,))
        raise NotShownError(name)

    def _origin(self) -> Paragraph:
        """From which advice a part is, by which its numbers and references can be found."""
        words, region = catalogue(self.lang, "words"), self.advice.region
        title = words.say("title.main", number=self.known["v"].number)
        date = Numbers(self.lang).date(region.reference_date)
        told = words.say("origin", title=title, region=region.name, date=date)
        return Paragraph((Run(told, emphasis=True),))

    def section(self, name: str) -> Section:
        """One section, with the numbers that it has in the whole."""
        if name not in self._made:
            self._made[name] = self._section(name)
        return self._made[name]

    def _section(self, name: str) -> Section:
        if name == ANSWERED:
            # Groupings take as long as all the rest: only who asks for them waits for them.
            from decision.report.answers.groupings import groupings_section  # noqa: PLC0415

            return numbered(groupings_section(self.advice, self.lang))
        env = environment(self.lang, self.templates, markup=False)
        say = saying(self.lang, name, self.templates)
        text = env.render(f"sections/{name}.md.j2", {**self.known, "say": say})
        rough = name not in contents()["appendices"]
        parts = blocks(text, _Objects(self, name, rough=rough).build)
        title = catalogue(self.lang, "words").say(f"sections.{name}")
        first = parts[0] if parts else None
        if isinstance(first, Heading) and first.level == 1:
            title, parts = sentence(plain_text(first.text)), parts[1:]
        return numbered(Section(name, title, parts, self._number(name)))

    def keep(self, section: str, table: Table) -> None:
        """A table that has no room in the section that asked for it."""
        self._moved.setdefault(section, []).append(table)

    def _without_room(self) -> tuple[Table, ...]:
        """The tables for which there is no room, in the order of the whole, each once."""
        found: dict[str, Table] = {}
        for name in dict.fromkeys((*self.contents("main"), *self.contents("appendices"))):
            self.section(name)
            for table in self._moved.get(name, ()):
                found.setdefault(table.id, table)
        return tuple(found.values())

    def _large(self, before: int) -> list[Section]:
        """The tables that there is no room for, as one more appendix."""
        tables = self._without_room()
        if not tables:
            return []
        title = catalogue(self.lang, "words").say("sections.tables")
        return [numbered(Section("tables", title, tables, ascii_uppercase[before]))]

    def _told(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The sections, the first with what was changed to try something out."""
        changes = self.advice.receipt.changes
        if not changes or not sections:
            return tuple(sections)
        words = catalogue(self.lang, "words")
        text = words.say("changed", count=len(changes))
        said = InputWords([self.advice], words, Numbers(self.lang))
        items = tuple(Item((Run(said.change(one)),)) for one in changes)
        notice = Notice((Paragraph((Run(text, strong=True),)), Listing(items)))
        first, *others = sections
        return (replace(first, blocks=(notice, *first.blocks)), *others)

    def _number(self, name: str) -> str:
        """The number of a chapter after the first page, the letter of an appendix."""
        main, appendices = self.contents("main"), self.contents("appendices")
        if name in main:
            return str(main.index(name) or "")
        return ascii_uppercase[appendices.index(name)] if name in appendices else ""


@dataclass(frozen=True)
class _Objects:
    """Makes the tables and pictures that a section names; ``rough`` in the main text."""

    composer: Composer
    section: str
    rough: bool

    def build(self, kind: str, name: str) -> tuple[Block, ...]:
        """The blocks for an object; none where there is nothing to show."""
        lang = self.composer.lang
        words, numbers = catalogue(lang, "tables"), Numbers(lang)
        if kind == "figure":
            # Not every text has a figure.
            from decision.report.document.pictures import picture  # noqa: PLC0415

            drawn = picture(name, self.composer.known["v"], lang)
            return () if drawn is None else (drawn,)
        make = TABLES.get(name)
        if make is None:
            raise MistakeError("no_table", name=name)
        found = self._made(make, name, rough=self.rough)
        if found is None:
            return ()
        room = MAIN if self.rough else APPENDIX
        told = collapsed(found, room, words, numbers)
        if told.moved is not None:
            self.composer.keep(self.section, self._made(make, name, rough=False) or found)
        return told.blocks

    def _made(self, make: Maker, name: str, *, rough: bool) -> Table | None:
        """A table of that name, in which every text is one line."""
        lang = self.composer.lang
        desk = Desk(name, self.composer.known["v"], catalogue(lang, "tables"), Numbers(lang), rough)
        found = make(desk)
        return None if found is None else on_lines(found)
