"""The workbook: every table of an advice, with numbers to go on calculating with."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from decision.load.receipt import Receipt
from decision.report.document.tree import Picture, walk
from decision.report.paper.rows import TABLES, sheets
from decision.report.paper.workbook import FORMATS, LONGEST_NAME, _unique, _write, workbook
from decision.words.catalogue import catalogue
from tests.command_line import DONE, SMALL, Run
from tests.report.advices import LANGS, advice, report
from tests.searching import examples

FOR_PROGRAMS = {"activities": {"id", "behind"}, "plan": {"ready"}}
"""Columns that no reader gets: ids, and what stands apart as earliest and latest."""


@cache
def book() -> Workbook:
    """The workbook of the built-in region, as a spreadsheet reads it."""
    return openpyxl.load_workbook(io.BytesIO(report().paper("xlsx")))


def page(name: str) -> Worksheet:
    """A sheet by the name of the table on it."""
    found = book()[catalogue("nl", "workbook").say(f"tables.{name}.sheet")]
    assert isinstance(found, Worksheet)
    return found


def column(sheet: Worksheet, number: int) -> list[Any]:
    """The values of a column, below its header in the third row."""
    return [row[number - 1].value for row in sheet.iter_rows(min_row=4)]


@pytest.mark.parametrize("lang", LANGS)
def test_every_column_of_every_table_is_read(lang: str) -> None:
    """What the advice has in tables is in the workbook, but for what is for programs only."""
    words = catalogue(lang, "workbook").tree["tables"]
    for name, frame in advice().tables.items():
        known = {*TABLES[name]} - {"earliest", "latest"}
        assert known == {*map(str, frame.columns)} - FOR_PROGRAMS.get(name, set()), name
        assert [*words[name]["columns"]] == [*TABLES[name]], name
    assert [*words] == [*TABLES] == [*advice().tables]


def test_every_table_and_figure_has_a_sheet() -> None:
    """The first sheet lists them, in the order of the advice."""
    listed = [str(row[0].value) for row in book().worksheets[0].iter_rows(min_row=4)]
    assert listed == book().sheetnames[1:]
    figures = [
        block
        for section in report().main.sections
        for block in walk(section.blocks)
        if isinstance(block, Picture)
    ]
    titles = [str(book()[name]["A1"].value) for name in book().sheetnames[1 + len(TABLES) :]]
    assert titles == [one.diagram.title for one in figures]


def test_numbers_are_numbers() -> None:
    """In full precision, with euro, percentages and years as such."""
    sheet, frame = page("costs"), advice().tables["costs"]
    assert column(sheet, 2) == [*frame["year"]]
    for number, name in enumerate(TABLES["costs"], 1):
        if name not in {"form", "year"}:
            pairs = zip(column(sheet, number), frame[name], strict=True)
            assert all(math.isclose(one, other, rel_tol=1e-12) for one, other in pairs), name
    row = [cell.number_format for cell in sheet[4]]
    looks = {"text": "text", "year": "year", "share": "share", "euro": "euro", "cents": "cents"}
    for look, kind in zip(row, TABLES["costs"].values(), strict=True):
        assert look == FORMATS[looks.get(kind, kind)]  # type: ignore[index]
    points = column(page("forms"), 4)
    assert points == pytest.approx([100 * one for one in advice().tables["forms"]["score"]])


def test_a_table_can_be_read_on_a_screen() -> None:
    """The header stays in sight and filters, and every column has a width."""
    for sheet in book().worksheets[1:]:
        assert sheet.freeze_panes == "B4"
        assert str(sheet.auto_filter.ref).startswith("A3:")
        widths = [sheet.column_dimensions[cell.coordinate[0]].width for cell in sheet[3]]
        assert all(9 <= width <= 60 for width in widths)
        assert all(cell.font.bold for cell in sheet[3])


@pytest.mark.parametrize("text", ["=1+1", "+31 78", "-1", "@som", "\t=1"])
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    """A name that begins as a formula does nothing, not even when somebody edits it."""
    made, written = Workbook(), io.BytesIO()
    _write(made.worksheets[0], (1, 1), text)
    made.save(written)
    cell = openpyxl.load_workbook(written).worksheets[0]["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_what_was_tried_is_told() -> None:
    """Whoever opens the workbook of a trial sees first that it is one."""
    found = report("nobody")
    tried = replace(found.advice, receipt=Receipt(changes=("number=010",)))
    made = workbook(tried, replace(found.main, sections=()), "nl")
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert str(sheet["A3"].value).startswith("Let op: dit is een proef.")
    assert sheet["A4"].value == "Nummer van de regio: 010"


@examples(100)
@given(st.lists(st.text(min_size=1, max_size=40), max_size=20))
def test_sheets_have_names_of_their_own(names: list[str]) -> None:
    """Excel takes 31 letters, without signs of addresses, and hears no capitals."""
    found = _unique(names)
    assert all(found)
    assert len(found) == len(names) == len({one.lower() for one in found})
    assert all(len(one) <= LONGEST_NAME and not {*one} & {*"[]:*?/\\"} for one in found)


def test_a_workbook_has_no_appendices(
    decide: Callable[..., Run],
    tmp_path: Any,  # noqa: ANN401 - a path
) -> None:
    """All tables are in one file."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, err = decide("region", "klein.yaml", "--format", "xlsx")
    assert (status, out, err) == (DONE, "", "Geschreven: klein-advies.xlsx\n")


def test_a_table_of_which_there_is_nothing_to_tell_is_left_out() -> None:
    """Where nobody begins there is no plan, and no sheet for it."""
    found = report("nobody")
    names = {one.name for one in sheets(found.advice, found.main, "nl")}
    assert "Plan" not in names
    assert "Vormen" in names
