"""When a table is not worth its place, and what is told in its stead.

In this order: a table of which hardly anything is known becomes a sentence with what is known
(unknown); what is everywhere the same leaves the table (constant); rows that are alike become one
(twin); one row or one column becomes a list (small); and what is too large for the main text is
told elsewhere (size). No table is left out without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from decision.report.document.tree import (
    Block,
    Cell,
    Item,
    Listing,
    Paragraph,
    Record,
    Run,
    Table,
)
from decision.words.catalogue import Messages, sentence
from decision.words.numbers import Numbers

__all__ = ["APPENDIX", "FIGURE", "MAIN", "Collapsed", "Room", "collapsed"]

MOST_UNKNOWN = 0.6
"""The share of the cells that may be unknown."""

MOST_EXCEPTIONS = 3
"""How many known answers a sentence can hold."""

FEW = 2


@dataclass(frozen=True, slots=True)
class Room:
    """How large a table may be: its rows, its columns, and the words in a cell."""

    rows: int
    columns: int
    words: int

    def hold(self, table: Table) -> bool:
        """Whether the table is small enough."""
        longest = max((len(c.text.split()) for row in table.rows for c in row.cells), default=0)
        fits = len(table.rows) <= self.rows and len(table.columns) <= self.columns
        return fits and longest <= self.words


MAIN = Room(rows=8, columns=6, words=12)
FIGURE = Room(rows=7, columns=8, words=12)
"""How large the data of a figure may be in a text that has no room for drawings."""

APPENDIX = Room(rows=120, columns=10, words=60)


@dataclass(frozen=True, slots=True)
class Collapsed:
    """What is told of a table, and the table itself where it is too large to stand here."""

    blocks: tuple[Block, ...]
    moved: Table | None = None


def collapsed(table: Table, room: Room, words: Messages, numbers: Numbers) -> Collapsed:
    """The table as it is worth telling: itself, made smaller, or sentences in its place.

    Args:
        table: as it was made, with everything in it.
        room: how large it may be where it stands.
        words: those of the language, for the sentences.
        numbers: to list names.
    """
    if not table.rows:
        return Collapsed(())
    told = _Told(words, numbers)
    if _says_little(table):
        return Collapsed((told.known(table),))
    whole = table
    table, everywhere = _without_constants(table)
    table = _with_capitals(_without_twins(table, numbers))
    rest = [told.everywhere(everywhere)] if everywhere else []
    if _is_small(table):
        return Collapsed((*told.small(table, alone=not everywhere), *rest))
    if not room.hold(table):
        return Collapsed((told.elsewhere(table),), whole)
    return Collapsed((table, *rest))


# --- what a table says -------------------------------------------------------------------------


def _cells(rows: Sequence[Record]) -> Iterator[Cell]:
    """The cells of the rows that are no total, without the names."""
    for row in rows:
        if not row.total:
            yield from row.cells[1:]


def _says_little(table: Table) -> bool:
    """Too much unknown, or the same known answer everywhere."""
    cells = [*_cells(table.rows)]
    known = [one for one in cells if not one.unknown]
    if len(cells) - len(known) > MOST_UNKNOWN * len(cells):
        return True
    return len(cells) > FEW and len({one.text for one in known}) < FEW


def _without_constants(table: Table) -> tuple[Table, list[tuple[str, str]]]:
    """The table without the columns in which every row says the same, and these."""
    rows = [row for row in table.rows if not row.total]
    if len(rows) <= FEW:
        return table, []
    same = [
        place
        for place in range(1, len(table.columns))
        if len({row.cells[place].text for row in rows}) == 1
        and not all(row.total for row in table.rows)
        and len(rows) == len(table.rows)
    ]
    if not same or len(same) == len(table.columns) - 1:
        return table, []
    found = [(table.columns[place].title, rows[0].cells[place].text) for place in same]
    kept = [place for place in range(len(table.columns)) if place not in same]
    return _with(table, kept), [one for one in found if one[1]]


def _with(table: Table, kept: Sequence[int]) -> Table:
    """The table with some of its columns."""
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows
        ),
    )


def _without_twins(table: Table, numbers: Numbers) -> Table:
    """The table with rows that say the same in words as one, under all of their names.

    Rows with numbers stay apart: one number for two names would read as their sum.
    """
    if any(column.kind == "number" for column in table.columns):
        return table
    found: dict[object, list[Record]] = {}
    for row in table.rows:
        texts = tuple(one.text for one in row.cells[1:])
        key = (texts, row.faint) if any(texts) and not row.total else row
        found.setdefault(key, []).append(row)
    rows = []
    for first, *others in found.values():
        names = [one.cells[0].text for one in (first, *others)]
        name = Cell(numbers.listing(names)) if others else first.cells[0]
        rows.append(replace(first, cells=(name, *first.cells[1:])))
    return replace(table, rows=tuple(rows))


def _with_capitals(table: Table) -> Table:
    """The table with a capital at the start of every name."""
    rows = (
        replace(
            row, cells=(replace(row.cells[0], text=sentence(row.cells[0].text)), *row.cells[1:])
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _is_small(table: Table) -> bool:
    rows = [row for row in table.rows if not row.total]
    return len(rows) == 1 or len(table.columns) == FEW


# --- what is told in its stead -----------------------------------------------------------------


@dataclass(frozen=True)
class _Told:
    """Sentences in the place of a table."""

    words: Messages
    numbers: Numbers

    def known(self, table: Table) -> Paragraph:
        """How much is known, and the few answers there are."""
        cells = [*_cells(table.rows)]
        known = [one for one in cells if not one.unknown]
        title = table.title or self.words.say("rules.table")
        values = {one.text for one in known}
        if known and len(known) == len(cells) and len(values) == 1:
            text = self.words.say("rules.same", title=title, value=known[0].text)
        elif not known:
            text = self.words.say("rules.nothing", title=title)
        else:
            details = {"title": title, "total": len(cells), "known": len(known)}
            text = self.words.say("rules.known", **details)
            text += self._exceptions(table, len(known))
        return Paragraph((Run(text),))

    def _exceptions(self, table: Table, known: int) -> str:
        """The known answers, if they are few; those in one row that are alike together."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
                if not cell.unknown and not row.total:
                    found.setdefault((row.cells[0].text, cell.text), []).append(column.title)
        if not known or len(found) > MOST_EXCEPTIONS:
            return ""
        said = (
            self.words.say("rules.exception", row=row, value=value, names=self.numbers.listing(of))
            for (row, value), of in found.items()
        )
        return " " + " ".join(map(sentence, said))

    def everywhere(self, same: Sequence[tuple[str, str]]) -> Paragraph:
        """The columns in which every row says the same, with what it says."""
        said = [
            self.words.say("rules.column", column=title.lower(), value=value)
            for title, value in same
        ]
        text = self.words.say("rules.everywhere", columns=self.numbers.listing(said))
        return Paragraph((Run(text),))

    def small(self, table: Table, *, alone: bool) -> tuple[Block, ...]:
        """One row as a sentence, one column as a list, named where it was not ``alone``."""
        rows = [row for row in table.rows if not row.total]
        columns = [column.title for column in table.columns]
        title = table.title
        if title and not alone and len(columns) == FEW:
            title = self.words.say("rules.of", title=title, column=columns[1].lower())
        lead = [Paragraph((Run(f"{title}.", strong=True),))] if title else []
        if len(rows) == 1 and len(columns) > FEW:
            name, *cells = rows[0].cells
            pairs = zip(columns[1:], cells, strict=True)
            said = "; ".join(f"{title.lower()}: {cell.text}" for title, cell in pairs if cell.text)
            items: tuple[Item, ...] = (Item((Run(f"{name.text}: ", strong=True), Run(f"{said}."))),)
        else:
            items = tuple(
                Item((Run(f"{row.cells[0].text}: ", strong=True), Run(row.cells[1].text)))
                for row in table.rows
            )
        below = [table.note, table.source]
        return (*lead, Listing(items), *(Paragraph((Run(one),)) for one in below if one))

    def elsewhere(self, table: Table) -> Paragraph:
        """Where a table stands that is too large."""
        return Paragraph((Run(self.words.say("rules.elsewhere", title=table.title)),))
