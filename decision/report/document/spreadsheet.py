"""Tables as CSV that opens in a spreadsheet: a number is a number, and no text is worked out."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from decision.report.document.tree import Cell, Table

__all__ = ["as_csv", "table_csv"]

MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""

BETWEEN, POINT = {"nl": ";", "en": ","}, {"nl": ",", "en": "."}
"""What stands between cells, and in a number, where a spreadsheet speaks the language."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell starts that a spreadsheet would work out."""


def table_csv(table: Table, lang: str) -> str:
    """A table with its numbers to twelve digits: whole amounts, and shares as a part of one."""
    heads = [Cell(column.title) for column in table.columns]
    return as_csv([heads, *(row.cells for row in table.rows)], lang)


def as_csv(rows: Iterable[Iterable[Cell]], lang: str) -> str:
    """Rows as a spreadsheet reads them that speaks the language."""
    written = StringIO()
    write = csv.writer(written, delimiter=BETWEEN[lang], lineterminator="\r\n").writerow
    for row in rows:
        write(_shown(one, lang) for one in row)
    return MARK + written.getvalue()


def _shown(cell: Cell, lang: str) -> str:
    """A number as such, or a text as no spreadsheet works it out."""
    if cell.value is not None:
        return f"{cell.value:.12g}".replace(".", POINT[lang])
    formula = len(cell.text) > 1 and cell.text.startswith(FORMULA)
    return f"'{cell.text}" if formula else cell.text
