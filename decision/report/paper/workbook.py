"""The tables of an advice as a workbook for Excel and its like, by openpyxl."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from decision.advice.advice import Advice
from decision.model.values import first_day
from decision.report.document.tree import Pages
from decision.report.paper.archive import packed, unpacked
from decision.report.paper.rows import BookSheet, Kind, sheets
from decision.report.view.inputs import InputWords
from decision.words.catalogue import catalogue
from decision.words.numbers import LOCALES, Numbers

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["workbook"]

FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "count": "#,##0",
    "number": "#,##0.00",
    "year": "0",
    "euro": '"€"\N{NO-BREAK SPACE}#,##0;[Red]-"€"\N{NO-BREAK SPACE}#,##0',
    "cents": '"€"\N{NO-BREAK SPACE}#,##0.00;[Red]-"€"\N{NO-BREAK SPACE}#,##0.00',
    "share": "0.0%",
}
"""How each kind of number looks; a spreadsheet writes points and commas as its user does."""

LONGEST_NAME = 31
"""Of a sheet, in Excel."""

NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
COMMAND = ("=", "+", "-", "@", "\t")
"""What a text starts with that a spreadsheet would take for a formula once somebody edits it."""

NARROWEST, WIDEST = 9, 60
HEADER = 3
"""The row with the names of the columns, below the title and an empty row."""

_TITLE = Font(bold=True, size=14, color="1B3A5C")
_HEAD = Font(bold=True)
_WASH = PatternFill("solid", start_color="F2F5F8")
_LINK = Font(color="1B3A5C", underline="single")
_MADE = re.compile("(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
"""When a workbook was made: there is no clock, so it gets the date of the advice.

How its parts are written depends on whether lxml is there, so they are put in one form.
"""


def workbook(advice: Advice, pages: Pages, lang: str) -> bytes:
    """The bytes of a workbook with a sheet for each table and figure, and one that lists them.

    Args:
        advice: whose tables.
        pages: its main text, whose figures these are.
        lang: the language.
    """
    book, words = Workbook(), catalogue(lang, "workbook")
    told = [*sheets(advice, pages, lang)]
    names = _unique([words.say("contents"), *(one.name for one in told)])
    _contents(book.worksheets[0], advice, pages, [*zip(names[1:], told, strict=True)], lang)
    book.worksheets[0].title = names[0]
    for name, sheet in zip(names[1:], told, strict=True):
        _fill(book.create_sheet(name), sheet)
    book.properties.creator, book.properties.title = None, pages.title
    book.properties.language = LOCALES[lang].replace("_", "-")
    made = io.BytesIO()
    book.save(made)
    moment = f"{first_day(advice.as_of)}T00:00:00Z"
    return packed(
        {
            name: _MADE.sub(rf"\g<1>{moment}\g<2>", canonicalize(part.decode())).encode()
            for name, part in unpacked(made.getvalue()).items()
        }
    )


def _contents(
    page: Worksheet, advice: Advice, pages: Pages, told: Sequence[tuple[str, BookSheet]], lang: str
) -> None:
    """What the advice is called, what was changed to try something out, and which sheets follow."""
    words, said = catalogue(lang, "workbook"), catalogue(lang, "words")
    _write(page, (1, 1), pages.title, _TITLE)
    row = 2
    changes = advice.receipt.changes
    if changes:
        inputs = InputWords([advice], said, Numbers(lang))
        for text in (said.say("changed", count=len(changes)), *map(inputs.change, changes)):
            row += 1
            _write(page, (row, 1), text, _HEAD)
    row += 1
    for column, title in enumerate((words.say("sheet"), words.say("about")), 1):
        _write(page, (row, column), title, _HEAD).fill = _WASH
    for name, sheet in told:
        row += 1
        link = _write(page, (row, 1), name, _LINK)
        link.hyperlink = f"#'{name}'!A1"
        _write(page, (row, 2), sheet.title)
    page.column_dimensions["A"].width = LONGEST_NAME
    page.column_dimensions["B"].width = 2 * WIDEST


def _fill(page: Worksheet, sheet: BookSheet) -> None:
    """The title, the header, which stays in sight, and the rows."""
    _write(page, (1, 1), sheet.title, _TITLE)
    for at, (title, kind) in enumerate(sheet.columns, 1):
        head = _write(page, (HEADER, at), title, _HEAD)
        head.fill = _WASH
        side = "left" if kind == "text" else "right"
        head.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True)
        page.column_dimensions[get_column_letter(at)].width = _width(sheet, at - 1)
    for number, row in enumerate(sheet.rows, HEADER + 1):
        for at, (value, (_, kind)) in enumerate(zip(row, sheet.columns, strict=True), 1):
            cell = _write(page, (number, at), value)
            cell.number_format = FORMATS[kind]
            if kind == "text":
                cell.alignment = Alignment(vertical="top", wrap_text=True)
    page.freeze_panes = f"B{HEADER + 1}"
    last = f"{get_column_letter(len(sheet.columns))}{HEADER + len(sheet.rows)}"
    page.auto_filter.ref = f"A{HEADER}:{last}"
    page.print_title_rows = f"{HEADER}:{HEADER}"
    page.page_setup.paperSize, page.page_setup.orientation = page.PAPERSIZE_A4, "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0


def _write(
    page: Worksheet, at: tuple[int, int], value: str | float | None, font: Font | None = None
) -> Cell:
    """A value as what it is: a text is a text, whatever it looks like."""
    cell = cast("Cell", page.cell(*at))
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(COMMAND)
    else:
        cell.value = value
    if font:
        cell.font = font
    return cell


def _width(sheet: BookSheet, at: int) -> float:
    """Wide enough for the words of a column and the numbers in it; longer texts wrap."""
    title, kind = sheet.columns[at]
    longest = max(map(len, title.split(" ")))
    if kind == "text":
        longest = max([longest, *(len(str(row[at] or "")) for row in sheet.rows)])
    return min(max(longest + 2, NARROWEST if kind == "text" else NARROWEST + 4), WIDEST)


def _unique(wanted: Iterable[str]) -> list[str]:
    """Names that Excel accepts for sheets, each another, also in capitals."""
    found: dict[str, str] = {}
    for name in wanted:
        clean = NOT_IN_NAME.sub(" ", name).strip("' ")[:LONGEST_NAME] or "-"
        number, one = 1, clean
        while one.lower() in found:
            number += 1
            one = f"{clean[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        found[one.lower()] = one
    return [*found.values()]
