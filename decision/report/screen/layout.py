"""How results look on a terminal: headings, lines that wrap, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

__all__ = ["Row", "Screen", "grid"]

Row = tuple[str, Sequence[str], bool]
"""The name before a row, its cells, and whether it is shown faintly."""

_SPACES = str.maketrans("\t\n\v\f\r", "     ")
_COLUMNS = 4  # of figures side by side, which fit in 80 characters


def grid(title: str | None = None, before: int = 1, after: int = 1) -> Table:
    """A table in few lines, still without columns, with so much room around its cells."""
    room = (0, after, 0, before)
    return Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=room)


class Screen:
    """A terminal to print on, part after part."""

    def __init__(self) -> None:
        """Print on standard output."""
        self.console = Console(highlight=False)

    def show(self, *parts: RenderableType) -> None:
        """What `rich` knows how to show; an empty line where there is nothing."""
        self.console.print(*parts)

    def heading(self, text: str) -> None:
        """A heading, with some room above it."""
        self.show()
        self.line(text, style="bold")

    def line(self, text: str | Text, before: str = "", style: str = "") -> None:
        """A text over as many lines as it takes, in which an amount stays in one piece.

        Behind ``before`` (an indent or a sign) the next lines keep in line with the first.
        """
        whole = Text(text, style=style) if isinstance(text, str) else text.copy()
        whole.plain = whole.plain.translate(_SPACES)
        width = max(1, self.console.width - len(before))
        start, margin = 0, before
        for part in wrap(whole.plain, width, break_long_words=False, break_on_hyphens=False):
            start = whole.plain.index(part, start)
            self.show(Text.assemble(margin, whole[start : start + len(part)]))
            start, margin = start + len(part), " " * len(before)

    def unbroken(self, text: str | Text, style: str = "") -> None:
        """A text that is copied or followed, and therefore never wraps."""
        shown = Text(text, style=style) if isinstance(text, str) else text
        self.console.print(shown, soft_wrap=True)

    def table(self, first: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
        """A table of which the names go on to a next line and the figures stay whole."""
        table = grid(after=0)
        table.add_column(Text(first), overflow="fold")
        for column in columns:
            table.add_column(Text(column), justify="right")
        for name, cells, faint in rows:
            table.add_row(
                Text(name),
                *(Text(cell, no_wrap=True) for cell in cells),
                style="dim" if faint else None,
            )
        self.show(table)

    def over_time(self, first: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """A table per so many years, for a period that is too long for one."""
        for start in range(0, len(columns), _COLUMNS):
            part = slice(start, start + _COLUMNS)
            cut = [(name, cells[part], faint) for name, cells, faint in rows]
            self.table(first, columns[part], cut)

    def texts(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table of which every text goes on to a next line and is never cut off."""
        table = grid(before=0)
        for column in columns:
            table.add_column(Text(column), overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        self.show(table)
