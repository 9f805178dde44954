"""A document on the terminal: the same tree, laid out in lines that wrap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.text import Text

from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from decision.report.screen.layout import Screen
from decision.report.view.asked import SIGNS

__all__ = ["Drawings", "show"]

Drawings = Mapping[str, Callable[[Screen], None]]
"""What draws a picture in letters, by the id of the picture."""

_SIGNS = {SIGNS["yes"]: "green", SIGNS["no"]: "red", SIGNS["unknown"]: "yellow"}


def show(pages: Pages, drawings: Drawings | None = None, *, apart: bool = False) -> None:
    """Show a document on standard output.

    Args:
        pages: what is shown.
        drawings: what draws its pictures; the others are told as a table.
        apart: whether there is room between paragraphs.
    """
    shown = _Shown(drawings or {}, apart=apart)
    shown.screen.line(pages.title or "", style="bold")
    for section in pages.sections:
        shown.section(section)


class _Shown:
    """One document on one terminal."""

    def __init__(self, drawings: Drawings, *, apart: bool) -> None:
        self.screen, self.drawings, self.apart = Screen(), drawings, apart

    def section(self, section: Section) -> None:
        """What stands below its title, if it has one."""
        if section.title or not self.apart:
            self.screen.show()
        self.screen.line(section.name, style="bold")
        self.blocks(section.blocks)

    def blocks(self, blocks: Iterable[Block], before: str = "") -> None:
        """Part after part, with room above a heading."""
        for block in blocks:
            if self.apart or isinstance(block, Heading | Fold):
                self.screen.show()
            self.block(block, before)

    def block(self, block: Block, before: str) -> None:
        """One part."""
        match block:
            case Heading(_, text):
                self.screen.line(_text(text), before, "bold")
            case Paragraph((Run(text, code=True),)):
                self.screen.unbroken(before + text, "dim")
            case Paragraph(text):
                self.screen.line(_text(text), before)
            case Listing():
                self.listing(block, before)
            case Table():
                self.table(block)
            case Picture(name) if name in self.drawings:
                self.drawings[name](self.screen)
            case Picture():
                self.table(block.data)
            case Fold(title, inside):
                self.screen.line(title, before, "bold")
                self.blocks(inside, before)
            case Notice(inside):
                self.blocks(inside, f"{before}! ")

    def listing(self, listing: Listing, before: str) -> None:
        """Its points, each with what stands below it."""
        for number, item in enumerate(listing.items, 1):
            first, *others = item.text
            if first.code:
                self.screen.unbroken(f"{before}  {first.text}", "dim")
            elif first.text in _SIGNS:
                mark = Text.assemble(before, (first.text, _SIGNS[first.text]), " ")
                self.screen.line(_text(others[1:]), mark)
            else:
                mark = Text(before + (f"{number}. " if listing.ordered else "- "))
                self.screen.line(_text(item.text), mark)
            if item.below:
                self.listing(item.below, before + "  ")

    def table(self, table: Table) -> None:
        """A table with what stands below it."""
        self.screen.table(table)
        if table.note:
            self.screen.line(table.note)


def _text(text: Iterable[Run]) -> Text:
    """A text with what stands out in it."""
    return Text.assemble(*((one.text, _look(one)) for one in text))


def _look(run: Run) -> str:
    return "bold" if run.strong else "dim" if run.emphasis else ""
