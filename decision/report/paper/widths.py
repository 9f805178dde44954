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

BOLD = 1
"""By how many letters a word in bold, as in a header, is longer."""


def widths(table: Table) -> tuple[float, ...]:
    """The share of the line for each column (together at most 1).

    Each has room for its longest word or amount, and what is left goes to those with longer texts.
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [row.cells[at].text for row in table.rows]
        words = [len(word) for text in texts for word in text.split(" ")]
        head = max(len(word) + BOLD for word in column.title.split(" "))
        longest = max([head, *words])
        if column.kind == "text":
            longest = min(longest, LONGEST)
        full = max([longest, *(min(len(text), WIDEST) for text in (column.title, *texts))])
        least.append(longest + PADDING)
        wanted.append(full + PADDING)
    asked, left = sum(wanted) - sum(least), max(LINE - sum(least), 0)
    share = min(left / asked, 1.0) if asked else 0.0
    found = [low + share * (full - low) for low, full in zip(least, wanted, strict=True)]
    total = sum(found)
    return tuple(int(10_000 * one / total) / 10_000 for one in found)
