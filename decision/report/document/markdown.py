"""A document as Markdown, that GitHub, Pandoc, Quarto and MyST read alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from decision.report.document.parse import STARTS
from decision.report.document.templates import SPECIAL
from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from decision.words.catalogue import Messages

__all__ = ["markdown"]


def markdown(pages: Pages, words: Messages, drawings: Mapping[str, str] | None = None) -> str:
    """The document as one text; sections without a title are parts to embed elsewhere.

    ``drawings`` has per figure the file beside the text that shows it.
    """
    shown = _Markdown(words, drawings or {})
    above = "#" * (pages.level - 1)
    title = [] if pages.title is None else [f"{above} {_plain(pages.title)}"]
    parts = (one for part in pages.sections for one in shown.section(part, pages.level))
    return "\n\n".join([*title, *parts]) + "\n"


@dataclass(frozen=True)
class _Markdown:
    """The words around tables and figures, and the files that show a figure."""

    words: Messages
    drawings: Mapping[str, str]

    def section(self, section: Section, level: int) -> Iterator[str]:
        if section.title:
            yield f"{'#' * level} {_plain(section.name)}"
        yield from self.blocks(section.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading(level, text):
                    yield f"{'#' * level} {_text(text)}"
                case Paragraph(text):
                    yield _line(text)
                case Listing():
                    yield "\n".join(_items(block, ""))
                case Table():
                    yield from _table(block, self.words.say("caption.table", number=block.number))
                case Picture():
                    yield from self.picture(block)
                case Fold(title, inside):
                    yield f"**{_plain(title)}**"
                    yield from self.blocks(inside)
                case Notice(inside):
                    lines = "\n\n".join(self.blocks(inside)).split("\n")
                    yield "\n".join(f"> {line}".rstrip() for line in lines)

    def picture(self, picture: Picture) -> Iterator[str]:
        """What is found, drawn in a file or not, with the data, or where to look for a large one.

        A drawing in a paragraph of its own would have its text as its caption too.
        """
        name = self.words.say("caption.figure", number=picture.number)
        numbered = replace(picture.data, number=picture.number)
        file = self.drawings.get(picture.id)
        title = _titled(numbered, name)
        if file:
            yield f"{title}\\\n![{_plain(picture.diagram.alt)}]({quote(file)})"
            numbered = replace(numbered, title="", note=picture.note)
        if not (picture.large and picture.number):
            yield from _table(numbered, name)
        elif file:
            yield from _notes(numbered)
        else:
            yield title
            yield self.words.say("caption.large", number=picture.number)


def _items(listing: Listing, before: str) -> Iterator[str]:
    for number, item in enumerate(listing.items, 1):
        mark = f"{number}. " if listing.ordered else "- "
        yield f"{before}{mark}{_line(item.text)}"
        if item.below:
            yield from _items(item.below, before + " " * len(mark))


def _table(table: Table, name: str) -> Iterator[str]:
    """The title above the table, its source and note below it."""
    if table.title:
        yield _titled(table, name)
    lines = [
        "".join(f"| {_plain(column.title)} " for column in table.columns) + "|",
        "".join("|--:" if column.kind == "number" else "|---" for column in table.columns) + "|",
    ]
    for row in table.rows:
        bold = "**" if row.total else ""
        cells = (f"{bold}{_plain(one.text)}{bold}" if one.text else "" for one in row.cells)
        lines.append("".join(f"| {cell} " if cell else "| " for cell in cells) + "|")
    yield "\n".join(lines)
    yield from _notes(table)


def _notes(table: Table) -> Iterator[str]:
    if table.note:
        yield _line((Run(table.note),))
    if table.source:
        yield f"*{_plain(table.source)}*"


def _titled(table: Table, name: str) -> str:
    title = _plain(table.title)
    return f"**{name}. {title}**" if table.number else f"**{title}**"


def _line(text: Inline) -> str:
    """A text at the start of a line, where it must open no other block."""
    written = _text(text)
    first = text[0] if text else Run("")
    opening = None if first.strong or first.emphasis or first.code else STARTS.match(written)
    if opening:
        at = opening.start(opening.lastindex or 0)
        written = f"{written[:at]}\\{written[at:]}"
    return written


def _text(text: Inline) -> str:
    return "".join(map(_run, text))


def _run(run: Run) -> str:
    """A stretch with its marks against the words: a mark beside a space is none."""
    if run.code:
        return f"`{run.text}`"
    inner = run.text.strip(" ")
    before, _, after = run.text.partition(inner) if inner else (run.text, "", "")
    marks = "**" * run.strong + "*" * run.emphasis
    written = f"{marks}{_plain(inner)}{marks}" if inner else ""
    if run.target and inner:
        written = f"[{written}]({run.target})"
    return f"{before}{written}{after}"


def _plain(text: str) -> str:
    """Text that no Markdown reads as its own."""
    return SPECIAL.sub(r"\\\g<0>", text)
