"""The document as a tree of headings, text, lists, tables, pictures and folds.

Whatever is told is told in these, and a format is a layout of them. Texts are plain: each format
keeps them from being read as its own markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

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
    """A heading within a section; the deepest ``level`` is 4, that of the section itself 2."""

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
    """A figure: the title says what is found, ``alt`` what is to be seen.

    ``drawing`` is SVG or HTML of our own, for formats that can show it; ``data`` is the same as a
    table, for every reader.
    """

    id: str
    title: str
    alt: str
    data: Table
    drawing: str = ""
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
    """A whole document, or sections to embed elsewhere: these have no title."""

    title: str | None
    sections: tuple[Section, ...]


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, with those within it."""
    for block in blocks:
        yield block
        if isinstance(block, Fold | Notice):
            yield from walk(block.blocks)


def plain_text(text: Inline) -> str:
    """A text without its looks."""
    return "".join(run.text for run in text)


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
