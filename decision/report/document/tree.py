"""The document as a tree of headings, text, lists, tables, pictures and folds.

Whatever is told is told in these, and a format is a layout of them. Texts are plain: each format
keeps them from being read as its own markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from decision.report.charts.diagram import Diagram

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Fold",
    "Heading",
    "Inline",
    "Item",
    "Listing",
    "Notice",
    "Pages",
    "Paragraph",
    "Picture",
    "Record",
    "Run",
    "Section",
    "Table",
    "numbered",
    "on_lines",
    "one_line",
    "plain_text",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same; ``target`` is where a link leads to."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str | None = None


Inline: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section: one ``level`` below that of the section, or two."""

    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the list below it, if any."""

    text: Inline
    below: Listing | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of points, or of numbered steps."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it, and whether it holds numbers."""

    title: str
    kind: Literal["text", "number"] = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; ``value`` is the number behind it, and unknown is what nobody knows."""

    text: str
    value: float | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A row, of which the first cell is its name; a total stands out, and faint is set apart."""

    cells: tuple[Cell, ...]
    total: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its title says what is found in it.

    Attributes:
        id: By which it is asked for, and unique in the document.
        title: What it shows; empty for one that needs no name of its own.
        columns: The first is that of the names.
        rows: As many cells in each as there are columns.
        source: Where the figures come from, in one line.
        note: What a reader must know to read it.
        number: The one by which a text refers to it (5.1).
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    source: str = ""
    note: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, whose title says what is found.

    Attributes:
        id: By which it is asked for, and unique in the document.
        title: What is found in it.
        diagram: What draws it, for formats that show it.
        data: The same as a table, for every reader.
        large: Whether that is too large to stand in a text.
        note: What it rests on, and how the drawing is to be read.
        number: The one by which a text refers to it (5.1).
    """

    id: str
    title: str
    diagram: Diagram
    data: Table
    large: bool = False
    note: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """A part that a screen can fold away, and that paper always shows."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Text that is set apart, to be seen first."""

    blocks: tuple[Block, ...]


Block: TypeAlias = Heading | Paragraph | Listing | Table | Picture | Fold | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, with its number or letter (empty for one that has none)."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""

    @property
    def name(self) -> str:
        """The title with the number before it."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole document, or parts of one to stand in another.

    Attributes:
        title: Its title; None for sections of an advice to embed elsewhere.
        sections: What it consists of.
        level: That of the headings of its sections; its title stands one higher.
        embedded: Whether it stands in another document.
    """

    title: str | None
    sections: tuple[Section, ...]
    level: int = 2
    embedded: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, the data of pictures too."""
        blocks = (one for section in self.sections for one in walk(section.blocks))
        found = (one.data if isinstance(one, Picture) else one for one in blocks)
        return tuple(one for one in found if isinstance(one, Table))


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, with those within it."""
    for block in blocks:
        yield block
        if isinstance(block, Fold | Notice):
            yield from walk(block.blocks)


def plain_text(text: Inline) -> str:
    """A text without its looks."""
    return "".join(run.text for run in text)


_SPACES = re.compile(r"[\t-\r \x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


def one_line(text: str) -> str:
    """The text on one line, with every control character shown as one that cannot be shown."""
    if text.isprintable() and "  " not in text:
        return text
    return _CONTROLS.sub("\ufffd", _SPACES.sub(" ", text))


def on_lines(found: Table) -> Table:
    """The same with every text on one line: names come from a region file."""
    rows = (
        replace(row, cells=tuple(replace(one, text=one_line(one.text)) for one in row.cells))
        for row in found.rows
    )
    columns = tuple(replace(one, title=one_line(one.title)) for one in found.columns)
    return replace(found, title=one_line(found.title), columns=columns, rows=tuple(rows))


def numbered(section: Section) -> Section:
    """The section with a number for each table and picture that has a title, each by its kind."""
    counts = {Table: 0, Picture: 0}

    def one(block: Block) -> Block:
        if isinstance(block, Fold | Notice):
            return replace(block, blocks=tuple(map(one, block.blocks)))
        if isinstance(block, Table | Picture) and block.title:
            counts[type(block)] += 1
            number = f"{section.number}.{counts[type(block)]}".strip(".")
            return replace(block, number=number)
        return block

    return replace(section, blocks=tuple(map(one, section.blocks)))
