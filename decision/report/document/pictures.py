"""The pictures of a document: a figure, with what it shows as a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING

from decision.report.charts.figures import FIGURES
from decision.report.charts.scene import Scene
from decision.report.document.rules import FIGURE
from decision.report.document.sandbox import MistakeError
from decision.report.document.tree import Cell, Column, Picture, Record, Table, on_lines, one_line

if TYPE_CHECKING:
    from decision.report.charts.diagram import Diagram
    from decision.report.view import View

__all__ = ["picture", "picture_of"]


def picture(name: str, view: View, lang: str) -> Picture | None:
    """The figure of that name; None where it has nothing to show.

    Raises ``MistakeError`` where there is no figure of that name.
    """
    make = FIGURES.get(name)
    if make is None:
        raise MistakeError("no_figure", name=name)
    found = make(Scene(view, lang))
    return None if found is None else picture_of(found)


def picture_of(found: Diagram) -> Picture:
    """A figure with what it shows as a table, every text on one line."""
    found = replace(found, title=one_line(found.title), alt=one_line(found.alt))
    data = on_lines(_data(found))
    note = one_line(" ".join(filter(None, (found.note, found.reading))))
    return Picture(found.id, found.title, found, data, not FIGURE.hold(data), note)


def _data(diagram: Diagram) -> Table:
    """What a figure shows, as a table."""
    columns = tuple(
        Column(one.name, "number" if one.numeric else "text") for one in diagram.columns
    )
    rows = tuple(
        Record(tuple(starmap(_cell, zip(told, values, strict=True))))
        for told, values in zip(diagram.cells, diagram.rows, strict=True)
    )
    return Table(f"figure-{diagram.id}", diagram.title, columns, rows, note=diagram.note)


def _cell(text: str, value: str | float | None) -> Cell:
    return Cell(text) if isinstance(value, str | None) else Cell(text, value)
