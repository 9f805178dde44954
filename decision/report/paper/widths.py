"""How wide the columns of a table are on paper, where nothing can be scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from decision.report.document.tree import Table

__all__ = ["fitting", "widths"]

LINE = 96
"""About how many letters stand on one line of a table."""

FULL = 108
"""The same in the smaller letters of a table with many columns."""

LONGEST, WIDEST = 16, 44
"""From where on a word may be broken, and from where on a longer text asks for no more room."""

PADDING = 2
"""What the white between two columns takes, in letters."""

BOLD = 1
"""By how many letters a word in bold, as in a header, is longer."""


def widths(table: Table) -> tuple[float, ...]:
    """The share of the line for each column (together at most 1).

    Each has room for its longest word or amount, and what is left goes to those with longer texts.
    """
    least = _least(table)
    wanted = []
    for at, (column, low) in enumerate(zip(table.columns, least, strict=True)):
        texts = (column.title, *(row.cells[at].text for row in table.rows))
        wanted.append(max(low, PADDING + max(min(len(text), WIDEST) for text in texts)))
    asked, left = sum(wanted) - sum(least), max(LINE - sum(least), 0)
    share = min(left / asked, 1.0) if asked else 0.0
    found = [low + share * (full - low) for low, full in zip(least, wanted, strict=True)]
    total = sum(found)
    return tuple(int(10_000 * one / total) / 10_000 for one in found)


def fitting(table: Table) -> tuple[Table, ...]:
    """The table, or where it is too wide for a page its parts, each with the names of the rows."""
    first, *others = _least(table)
    room = max([FULL - first, *others])
    number = 1
    while any(sum(others[at] for at in group) > room for group in _even(others, number)):
        number += 1
    if number == 1:
        return (table,)
    groups = [[0, *(at + 1 for at in group)] for group in _even(others, number)]
    parts = [
        replace(_with(table, kept), title=f"{table.title} ({part}/{number})".strip())
        for part, kept in enumerate(groups, 1)
    ]
    quiet = [replace(one, note="", source="") for one in parts[:-1]]
    return (*quiet, parts[-1])


def _even(columns: Sequence[int], parts: int) -> list[range]:
    """So many groups of columns side by side, as even as can be."""
    ends = [round(len(columns) * part / parts) for part in range(parts + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def _least(table: Table) -> list[int]:
    """How many letters each column needs for its longest word or amount."""
    found = []
    for at, column in enumerate(table.columns):
        words = [len(word) for row in table.rows for word in row.cells[at].text.split(" ")]
        longest = max([*words, *(len(word) + BOLD for word in column.title.split(" "))])
        found.append(PADDING + (min(longest, LONGEST) if column.kind == "text" else longest))
    return found


def _with(table: Table, kept: Sequence[int]) -> Table:
    rows = (replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))
