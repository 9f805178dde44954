"""An answer, put together part after part: text, lists and tables of the document tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from decision.model.price_level import years_of_prices
from decision.report.document.tree import (
    Block,
    Cell,
    Column,
    Inline,
    Item,
    Listing,
    Pages,
    Paragraph,
    Record,
    Run,
    Section,
    Table,
    on_lines,
    one_line,
)
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

__all__ = ["Answer", "Said", "TableRow", "nested", "said"]

Said: TypeAlias = str | Inline
"""A text, plain or with what stands out in it."""


class TableRow(NamedTuple):
    """What a row is about, its cells, and whether it is set apart."""

    name: str
    cells: Sequence[str | Cell]
    faint: bool = False


class Answer:
    """What a command answers, part after part, in the words and numbers of one language."""

    def __init__(self, lang: str) -> None:
        """Begin with nothing told."""
        self.words, self.numbers = catalogue(lang, "words"), Numbers(lang)
        self.say = self.words.say
        self._sections: list[Section] = []
        self._name, self._title = "", ""  # of the part that is open
        self._blocks: list[Block] = []
        self._items: list[Item] = []

    def pages(self, name: str, title: str) -> Pages:
        """All that was told, under a title; what comes before the first part has the ``name``."""
        self._close()
        sections = (one if one.id else replace(one, id=name) for one in self._sections)
        return Pages(one_line(title), tuple(sections))

    def said(self, *codes: str) -> list[str]:
        """Several words, such as those above the columns of a table."""
        return [self.say(code) for code in codes]

    def prices(self, knowledge: Knowledge, region: Region) -> str:
        """In the prices of which years the amounts are, in one short sentence."""
        years = [str(year) for year in years_of_prices(knowledge, region)]
        return self.say("costs.prices.short", years=self.numbers.listing(years))

    # --- cells with the number behind them -----------------------------------------------------

    def euro(self, amount: float) -> Cell:
        """An amount in whole euro."""
        return Cell(self.numbers.euro(amount), amount)

    def cents(self, amount: float) -> Cell:
        """An amount in euro and cents."""
        return Cell(self.numbers.cents(amount), amount)

    def number(self, value: float, decimals: int = 0) -> Cell:
        """A number."""
        return Cell(self.numbers.number(value, decimals), value)

    def chance(self, share: float) -> Cell:
        """A chance, as a number too."""
        return Cell(self.numbers.chance(share), share)

    def percent(self, share: float, decimals: int = 0) -> Cell:
        """A share (0-1) as a percentage."""
        return Cell(self.numbers.percent(share, decimals), share)

    def signed(self, value: float) -> Cell:
        """A difference, with its sign."""
        return Cell(self.numbers.signed(value), value)

    # --- parts ---------------------------------------------------------------------------------

    def part(self, name: str, title: str) -> None:
        """A part with a heading, by whose name it is asked for."""
        self._close()
        self._name, self._title = name, one_line(title)

    def take(self, other: Answer) -> None:
        """The parts of another answer."""
        other._close()
        self._close()
        self._sections += other._sections

    def add(self, block: Block) -> None:
        """Any block; an open list ends before it."""
        self._end()
        self._blocks.append(block)

    def line(self, text: Said, *, strong: bool = False) -> None:
        """A paragraph of its own."""
        self.add(Paragraph(said(text, strong=strong)))

    def point(self, text: Said, below: Iterable[Said | Item] = ()) -> None:
        """A point of a list, with what stands below it; points that follow are of one list."""
        items = tuple(one if isinstance(one, Item) else Item(said(one)) for one in below)
        self._items.append(Item(said(text), Listing(items) if items else None))

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[TableRow],
        *,
        texts: Sequence[int] = (0,),
        title: str = "",
    ) -> None:
        """A table.

        Args:
            columns: the texts above the names and above the other columns.
            rows: what stands below them.
            texts: the columns with texts; the others have numbers, to the right.
            title: what stands above it, where no heading does.
        """
        heads = tuple(
            Column(text, "text" if place in texts else "number")
            for place, text in enumerate(columns)
        )
        records = tuple(
            Record(
                tuple(map(_cell, (row.name, *row.cells))),
                faint=row.faint,
            )
            for row in rows
        )
        self._end()
        before = sum(isinstance(one, Table) for one in self._blocks)
        name = f"{self._name}-{before + 1}" if before else self._name
        self._blocks.append(on_lines(Table(name, title, heads, records)))

    def _end(self) -> None:
        """End the list that is open."""
        if self._items:
            self._blocks.append(Listing(tuple(self._items)))
            self._items = []

    def _close(self) -> None:
        """End the part that is open."""
        self._end()
        if self._blocks or self._title:
            self._sections.append(Section(self._name, self._title, tuple(self._blocks)))
        self._name, self._title, self._blocks = "", "", []


def _cell(text: str | Cell) -> Cell:
    return text if isinstance(text, Cell) else Cell(text)


def said(text: Said, *, strong: bool = False) -> Inline:
    """A text as the document has it."""
    return (Run(one_line(text), strong=strong),) if isinstance(text, str) else text


def nested(lines: Sequence[tuple[int, Inline]]) -> tuple[Item, ...]:
    """Lines, each with how deep it stands, as lists in lists."""
    items: list[Item] = []
    at = 0
    while at < len(lines):
        depth, text = lines[at]
        end = at + 1
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        below = nested(lines[at + 1 : end])
        items.append(Item(text, Listing(below) if below else None))
        at = end
    return tuple(items)
