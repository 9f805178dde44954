"""How wide the columns of a table are on paper, where nothing can be scrolled."""

from __future__ import annotations

from decision.report.document.tree import Table

__all__ = ["widths"]

LINE = 96
"""About how many letters stand on one line of a table."""

LONGEST, WIDEST = 16, 44
"""From where on a word may be broken, and from where on a longer text asks for no more room."""

PADDING = 2
"""What the white between two columns takes, in letters."""


def widths(table: Table) -> tuple[float, ...]:
    """The share of the line for each column (together 1): first its longest word, then its texts.

    Numbers and amounts have no spaces at which they could be broken.
    """
    columns = [
        [column.title, *(row.cells[at].text for row in table.rows)]
        for at, column in enumerate(table.columns)
    ]
    least = [
        PADDING + min(max(map(_longest_word, texts)), LONGEST if column.kind == "text" else LINE)
        for column, texts in zip(table.columns, columns, strict=True)
    ]
    wanted = [
        max(low, PADDING + min(max(map(len, texts)), WIDEST))
        for low, texts in zip(least, columns, strict=True)
    ]
    asked, left = sum(wanted) - sum(least), max(LINE - sum(least), 0)
    share = min(left / asked, 1.0) if asked else 0.0
    found = [low + share * (full - low) for low, full in zip(least, wanted, strict=True)]
    total = sum(found)
    return tuple(round(one / total, 4) for one in found)


def _longest_word(text: str) -> int:
    """Of a text that breaks at its spaces, and not at one that holds an amount together."""
    return max(map(len, text.split(" ")))
