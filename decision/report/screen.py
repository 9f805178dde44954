"""How results look on a terminal: headings, lines that wrap, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["Row", "Screen"]

Row = tuple[str, Sequence[str], bool]
"""The name before a row, its cells, and whether it is shown faintly."""


class Screen:
    """A terminal to print on, part after part."""

    def __init__(self) -> None:
        """Print on standard output."""
        self.console = Console(highlight=False)

    def heading(self, text: str) -> None:
        """A heading, with some room above it."""
        self.console.print()
        self.line(text, style="bold")

    def line(self, text: str, style: str = "") -> None:
        """A text over as many lines as it takes, in which an amount stays in one piece."""
        width = self.console.width
        lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        self.console.print(Text("\n".join(lines), style=style))

    def table(self, first: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
        """A table of which the names go on to a next line and the figures stay whole."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1))
        table.add_column(Text(first), overflow="fold")
        for column in columns:
            table.add_column(Text(column), justify="right")
        for name, cells, faint in rows:
            table.add_row(
                Text(name),
                *(Text(cell, no_wrap=True) for cell in cells),
                style="dim" if faint else None,
            )
        self.console.print(table)
