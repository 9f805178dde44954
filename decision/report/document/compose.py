"""An advice put together as a document: its chapters, its appendices, or parts of either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from decision.advice.advice import Advice
from decision.report.document.contents import contents, sections
from decision.report.document.parse import blocks
from decision.report.document.rules import APPENDIX, FIGURE, MAIN, collapsed
from decision.report.document.sandbox import MistakeError
from decision.report.document.templates import context, environment, one_line, saying, signed
from decision.report.document.tree import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Record,
    Run,
    Section,
    Table,
    numbered,
    plain_text,
)
from decision.report.view.exhibits import Desk
from decision.report.view.receipt import receipt_sentences
from decision.report.view.tables import TABLES
from decision.words.catalogue import catalogue, sentence
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.report.charts.diagram import Diagram

__all__ = ["Composer", "Part", "sections"]

Part = Literal["main", "appendices"]
Maker: TypeAlias = Callable[[Desk], Table | None]


@dataclass(frozen=True)
class Composer:
    """Writes an advice in one language, with the templates of a folder before the built-in ones."""

    advice: Advice
    lang: str
    templates: Path | None = None
    _made: dict[str, Section] = field(default_factory=dict, repr=False, compare=False)
    _moved: dict[str, Table] = field(default_factory=dict, repr=False, compare=False)

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
        """Some sections, to embed elsewhere."""
        return Pages(None, self._told([*map(self.section, wanted)]))

    def section(self, name: str) -> Section:
        """One section, with the numbers that it has in the whole."""
        if name not in self._made:
            self._made[name] = self._section(name)
        return self._made[name]

    def _section(self, name: str) -> Section:
        env = environment(self.lang, self.templates, markup=False)
        say = saying(self.lang, name, self.templates)
        text = env.render(f"sections/{name}.md.j2", {**self.known, "say": say})
        rough = name not in contents()["appendices"]
        found = blocks(text, _Objects(self, rough=rough).build)
        title = catalogue(self.lang, "words").say(f"sections.{name}")
        first = found[0] if found else None
        if isinstance(first, Heading) and first.level == 1:
            title, found = sentence(plain_text(first.text)), found[1:]
        return numbered(Section(name, title, found, self._number(name)))

    def keep(self, table: Table) -> None:
        """A table that has no room where it was asked for."""
        self._moved.setdefault(table.id, table)

    def _large(self, before: int) -> list[Section]:
        """The tables that the main text has no room for, as one more appendix."""
        for name in self.contents("main"):
            self.section(name)
        if not self._moved:
            return []
        title = catalogue(self.lang, "words").say("sections.tables")
        tables = tuple(self._moved.values())
        return [numbered(Section("tables", title, tables, ascii_uppercase[before]))]

    def _told(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The sections, the first with what was changed to try something out."""
        changes = self.advice.receipt.changes
        if not changes or not sections:
            return tuple(sections)
        words = catalogue(self.lang, "words")
        text = words.say("changed", count=len(changes))
        items = tuple(Item((Run(one, code=True),)) for one in changes)
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
    rough: bool

    def build(self, kind: str, name: str) -> tuple[Block, ...]:
        """The blocks for an object; none where there is nothing to show."""
        lang = self.composer.lang
        words, numbers = catalogue(lang, "tables"), Numbers(lang)
        if kind == "figure":
            return self._picture(name)
        make = TABLES.get(name)
        if make is None:
            raise MistakeError("no_table", name=name)
        found = self._made(make, name, rough=self.rough)
        if found is None:
            return ()
        room = MAIN if self.rough else APPENDIX
        told = collapsed(found, room, words, numbers)
        if told.moved is not None:
            self.composer.keep(self._made(make, name, rough=False) or found)
        return told.blocks

    def _made(self, make: Maker, name: str, *, rough: bool) -> Table | None:
        """A table of that name, in which every text is one line."""
        lang = self.composer.lang
        desk = Desk(name, self.composer.known["v"], catalogue(lang, "tables"), Numbers(lang), rough)
        found = make(desk)
        return None if found is None else _on_lines(found)

    def _picture(self, name: str) -> tuple[Picture, ...]:
        """The figure of that name."""
        from decision.report.charts.figures import FIGURES  # noqa: PLC0415 - not every text has one
        from decision.report.charts.scene import Scene  # noqa: PLC0415

        make = FIGURES.get(name)
        if make is None:
            raise MistakeError("no_figure", name=name)
        found = make(Scene(self.composer.known["v"], self.composer.lang))
        if found is None:
            return ()
        found = replace(found, title=one_line(found.title), alt=one_line(found.alt))
        data = _on_lines(_data(found))
        note = one_line(found.note)
        return (Picture(name, found.title, found, data, not FIGURE.hold(data), note),)


def _data(diagram: Diagram) -> Table:
    """What a figure shows, as a table."""
    columns = tuple(
        Column(one.name, "number" if one.numeric else "text") for one in diagram.columns
    )
    rows = tuple(Record(tuple(map(Cell, row))) for row in diagram.cells)
    return Table(f"figure-{diagram.id}", diagram.title, columns, rows, note=diagram.note)


def _on_lines(found: Table) -> Table:
    """The same with every text on one line: names come from a region file."""
    rows = (
        replace(row, cells=tuple(replace(one, text=one_line(one.text)) for one in row.cells))
        for row in found.rows
    )
    columns = tuple(replace(one, title=one_line(one.title)) for one in found.columns)
    return replace(found, title=one_line(found.title), columns=columns, rows=tuple(rows))
