"""How results look on a terminal: headings, lines that wrap, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from decision.model.price_level import years_of_prices
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

__all__ = ["Screen", "TableRow", "parted"]

_SPACES = str.maketrans("\t\n\v\f\r", "     ")
_COLUMNS = 4  # of figures side by side, which fit in 80 characters


class TableRow(NamedTuple):
    """What a row is about, its cells, and whether it is shown faintly."""

    name: str
    cells: Sequence[str | Text]
    faint: bool = False


class Screen:
    """A terminal to print on, part after part, in the words and numbers of one language."""

    def __init__(self, lang: str) -> None:
        """Print on standard output."""
        self.console = Console(highlight=False)
        self.words, self.numbers = catalogue(lang, "words"), Numbers(lang)
        self.say = self.words.say

    def said(self, *codes: str) -> list[str]:
        """Several words, such as those above the columns of a table."""
        return [self.say(code) for code in codes]

    def prices(self, knowledge: Knowledge, region: Region) -> str:
        """In the prices of which years the amounts are, in one short sentence."""
        years = [str(year) for year in years_of_prices(knowledge, region)]
        return self.say("costs.prices.short", years=self.numbers.listing(years))

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

    def grid(
        self,
        columns: Sequence[str],
        rows: Iterable[TableRow],
        title: str | None = None,
        *,
        room: tuple[int, int] = (1, 1),
        left: int = 1,
        **others: Any,  # noqa: ANN401 - rich's own
    ) -> None:
        """A table of which the names go on to a next line.

        Args:
            columns: the texts above the names and above the other columns.
            rows: what stands below them.
            title: what stands above the table.
            room: how much is left free before and after each cell.
            left: how many columns stand to the left, and not to the right.
            others: how the columns after the first are shown.
        """
        table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
        table.padding = (0, room[1], 0, room[0])
        table.add_column(Text(columns[0]), overflow="fold")
        for place, column in enumerate(columns[1:], 1):
            side: Literal["left", "right"] = "left" if place < left else "right"
            table.add_column(Text(column), justify=side, **others)
        for name, cells, faint in rows:
            shown = (Text(one) if isinstance(one, str) else one for one in cells)
            table.add_row(Text(name), *shown, style="dim" if faint else None)
        self.show(table)

    def table(self, columns: Sequence[str], rows: Iterable[TableRow]) -> None:
        """A table of which the names go on to a next line and the figures stay whole."""
        whole = (
            TableRow(name, [Text(str(cell), no_wrap=True) for cell in cells], faint)
            for name, cells, faint in rows
        )
        self.grid(columns, whole, room=(1, 0))

    def over_time(self, columns: Sequence[str], rows: Sequence[TableRow]) -> None:
        """A table per so many years, for a period that is too long for one."""
        for part in parted(len(columns)):
            cut = [TableRow(name, cells[part], faint) for name, cells, faint in rows]
            self.table([columns[0], *columns[1:][part]], cut)


def parted(columns: int) -> Iterator[slice]:
    """Which columns after the first stand beside each other, where all are too many for one."""
    for start in range(0, columns - 1, _COLUMNS):
        yield slice(start, start + _COLUMNS)
