"""A document on the terminal: the same tree, laid out in lines that wrap."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Section,
    Table,
)
from decision.report.screen.layout import Screen, TableRow

__all__ = ["show_section"]


def show_section(screen: Screen, section: Section) -> None:
    """Show one section: its title, and what stands below it."""
    screen.line(section.name, style="bold")
    _show(screen, section.blocks)


def _show(screen: Screen, blocks: Iterable[Block], before: str = "") -> None:
    for block in blocks:
        screen.show()
        match block:
            case Heading(_, text):
                screen.line(_text(text), before, "bold")
            case Paragraph(text):
                screen.line(_text(text), before)
            case Listing():
                _listing(screen, block, before)
            case Table():
                _table(screen, block)
            case Picture():
                _table(screen, block.data)
            case Fold(title, inside):
                screen.line(title, before, "bold")
                _show(screen, inside, before)
            case Notice(inside):
                _show(screen, inside, f"{before}! ")


def _listing(screen: Screen, listing: Listing, before: str) -> None:
    for number, item in enumerate(listing.items, 1):
        mark = f"{number}. " if listing.ordered else "- "
        screen.line(_text(item.text), before + mark)
        if item.below:
            _listing(screen, item.below, before + "  ")


def _table(screen: Screen, table: Table) -> None:
    heads = [column.title for column in table.columns]
    left = next(
        (at for at, one in enumerate(table.columns) if at and one.kind == "number"), len(heads)
    )
    rows = [
        TableRow(row.cells[0].text, [one.text for one in row.cells[1:]], row.faint)
        for row in table.rows
    ]
    screen.grid(heads, rows, table.title or None, left=left)


def _text(text: Inline) -> Text:
    """A text with what stands out in it."""
    looks = (("bold" if one.strong else "italic" if one.emphasis else "") for one in text)
    return Text.assemble(*((one.text, look) for one, look in zip(text, looks, strict=True)))
