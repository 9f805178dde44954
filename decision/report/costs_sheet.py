"""How the costs are laid out on the terminal: headings, lines of text, and tables that fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from decision.report.costs_contract import CostFindings
from decision.report.numbers import Numbers
from decision.report.view import View
from decision.words import catalogue

__all__ = ["Row", "Sheet"]

Row = tuple[str, Sequence[str], bool]
"""The name before a row, its cells, and whether it is shown faintly."""

_COLUMNS = 4  # of figures side by side, which fit in 80 characters
_LARGE = 100  # from here on a kengetal is shown without decimals


class Sheet:
    """What every part of the output needs: the words, the numbers, and how they are laid out."""

    def __init__(self, found: CostFindings, lang: str) -> None:
        """Print these findings in one language."""
        self.found = found
        self.console = Console(highlight=False)
        self.numbers = Numbers(lang)
        self.words = catalogue(lang, "words")
        self.say = self.words.say
        self.view = View(found.advice, self.words)

    def heading(self, text: str) -> None:
        """A title in bold, after an empty line."""
        self.console.print()
        self.console.print(Text(text, style="bold"))

    def line(self, text: str) -> None:
        """A text over as many lines as it takes, in which an amount stays in one piece."""
        width = self.console.width
        lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        self.console.print(Text("\n".join(lines)))

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

    def over_time(self, first: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """A table per so many years, for a period that is too long for one."""
        for start in range(0, len(columns), _COLUMNS):
            part = slice(start, start + _COLUMNS)
            cut = [(name, cells[part], faint) for name, cells, faint in rows]
            self.table(first, columns[part], cut)

    def figure(self, value: float) -> str:
        """A value with the decimals that matter."""
        return self.numbers.plain(round(value) if abs(value) >= _LARGE else value)

    def span(self, low: float, high: float) -> str:
        """From one value to another."""
        return f"{self.figure(low)} - {self.figure(high)}"

    def kengetal(self, name: str) -> str:
        """A kengetal with its unit."""
        known = self.found.advice.knowledge.kengetallen.get(name)
        return f"{known.name} ({known.unit})" if known else name

    def excluded(self, form: str) -> bool:
        """Whether the region cannot choose the form."""
        return not self.found.advice.eligibility.forms[form].eligible
