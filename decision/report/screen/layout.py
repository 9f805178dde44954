"""A terminal: lines that wrap, and tables in as many parts as the width asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from decision.report.document.tree import Record, Table

__all__ = ["Screen"]

_SPACES = str.maketrans("\t\n\v\f\r", "     ")
_EDGES, _BESIDE = 1, 2  # characters around a table, and between two columns
_LONGEST = 16  # characters of a word that a column of texts makes room for


class Screen:
    """A terminal to print on."""

    def __init__(self) -> None:
        """Print on standard output."""
        self.console = Console(highlight=False)

    def show(self, *parts: RenderableType) -> None:
        """What `rich` knows how to show; an empty line where there is nothing."""
        self.console.print(*parts)

    def line(self, text: str | Text, before: str | Text = "", style: str = "") -> None:
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

    def table(self, table: Table) -> None:
        """A table; the columns that do not fit beside each other stand in a next one."""
        for at, columns in enumerate(self._parted(table)):
            grid = Grid(title=None if at else table.title or None, title_justify="left")
            grid.box, grid.pad_edge, grid.padding = SIMPLE_HEAD, False, (0, 0, 0, 1)
            for place, width in zip(columns, self._widths(table, columns), strict=True):
                column = table.columns[place]
                right = place and column.kind == "number"
                grid.add_column(
                    Text(column.title),
                    justify="right" if right else "left",
                    overflow="fold",
                    width=width,
                )
            for row in table.rows:
                cells = (self._cell(table, row, place) for place in columns)
                look = "dim" if row.faint else "bold" if row.total else None
                grid.add_row(*cells, style=look)
            self.show(grid)

    def _cell(self, table: Table, row: Record, place: int) -> Text:
        """A cell; an amount and what stands to the right stay whole."""
        text = row.cells[place].text
        whole = place > 0 and (table.columns[place].kind == "number" or "€" in text)
        return Text(text, no_wrap=whole)

    def _parted(self, table: Table) -> Iterator[Sequence[int]]:
        """Which columns stand beside each other, each time behind that of the names."""
        widths = [self._least(table, place) for place in range(len(table.columns))]
        part, used = [0], widths[0]
        for place, width in enumerate(widths[1:], 1):
            if len(part) > 1 and used + width > self.console.width - _EDGES:
                yield part
                part, used = [0], widths[0]
            part.append(place)
            used += width
        yield part

    def _widths(self, table: Table, columns: Sequence[int]) -> list[int]:
        """How wide each column is: what stays whole fits, and the widest give way first."""
        least = [self._least(table, place) - _BESIDE for place in columns]
        words = [self._least(table, place, longest=self.console.width) for place in columns]
        whole = [self._whole(table, place) for place in columns]
        room = self.console.width - _EDGES - _BESIDE * len(columns)
        if sum(words) - _BESIDE * len(columns) <= room:
            least = [one - _BESIDE for one in words]
        for cap in range(max(whole), 0, -1):
            widths = [max(few, min(most, cap)) for few, most in zip(least, whole, strict=True)]
            if sum(widths) <= room:
                return widths
        return least

    def _whole(self, table: Table, place: int) -> int:
        """The width at which nothing in a column wraps."""
        cells = [self._cell(table, row, place) for row in table.rows]
        return max(one.cell_len for one in (Text(table.columns[place].title), *cells))

    def _least(self, table: Table, place: int, longest: int = _LONGEST) -> int:
        """The least width of a column, with the room beside it; words up to ``longest`` fit."""
        found = [min(len(one), longest) for one in table.columns[place].title.split(" ")]
        for row in table.rows:
            cell = self._cell(table, row, place)
            parts = [cell.plain] if cell.no_wrap else cell.plain.split(" ")
            found += [len(one) if cell.no_wrap else min(len(one), longest) for one in parts]
        return max(found) + _BESIDE
