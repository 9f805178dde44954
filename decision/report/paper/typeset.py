"""A document as PDF, for archives (PDF/A-2a) and for every reader (PDF/UA-1), by typst.

The text goes to the typesetter as data, so that nothing in it can be read as code, and only fonts
that are installed with the program are used, so that every computer sets the same pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, cast

import typst

from decision.model.installed import data_folder
from decision.report.charts.look import WIDE
from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Table,
)
from decision.report.files import PLACE, marked
from decision.report.paper.edition import Edition, drawing_width, remarks
from decision.report.paper.extra import LETTERS, folder
from decision.report.paper.widths import fitting, widths

__all__ = ["pdf"]

FONTS = ("Source Sans Pro", "DejaVu Sans Mono", "New Computer Modern Math")
"""The letters of the text, and where signs come from that these lack."""

MONO = "DejaVu Sans Mono"

SAFE = re.compile(r"[ -~\xa0-\u017f\u2010-\u2027\u20ac\u2212]+")
"""What is surely in them; a test has each of these set."""

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def pdf(edition: Edition) -> bytes:
    """The document as the bytes of a PDF; a letter that no font has becomes a mark for that."""
    lang, country = edition.tag.split("-")
    given = {
        "title": edition.title,
        "mark": PLACE.decode(),
        "date": edition.date,
        "lang": lang,
        "region": country,
        "fonts": FONTS,
        "mono": MONO,
        "contents": edition.contents,
        "long": edition.long,
        "sections": [
            {
                "name": one.name,
                "first": not one.number,
                "blocks": _blocks(one.blocks, edition),
            }
            for one in edition.pages.sections
        ],
    }
    text, typesetter = json.dumps(given, ensure_ascii=False), _Typesetter()
    lacking = [one for one in sorted({*SAFE.sub("", text)}) if not typesetter.has(one)]
    instead = dict.fromkeys(map(ord, lacking), "\N{REPLACEMENT CHARACTER}")
    return marked(typesetter.typeset("advice.typ", text.translate(instead)))


class _Typesetter:
    """Typst, with our own letters only, and nothing to read but the folder of our layout."""

    def __init__(self) -> None:
        self.layout = data_folder("report_templates") / "paper"
        home = folder(LETTERS)
        fonts = [] if home is None else [home]
        self.compiler = typst.Compiler(root=self.layout, font_paths=fonts, ignore_system_fonts=True)

    def typeset(self, layout: str, text: str) -> bytes:
        """What is to be told (JSON), laid out by one of our files."""
        source, inputs = (self.layout / layout).read_bytes(), {"document": text}
        made = self.compiler.compile(
            source, format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS
        )
        return cast("bytes", made)

    def has(self, letter: str) -> bool:
        """Whether a letter can be set, and may stand in an archive."""
        try:
            self.typeset("letter.typ", json.dumps({"letter": letter, "fonts": FONTS}))
        except typst.TypstError:
            return False
        return True


def _blocks(blocks: Sequence[Block], edition: Edition) -> list[dict[str, Any]]:
    found = []
    for one in blocks:
        parts = fitting(one) if isinstance(one, Table) else (one,)
        found += [_block(part, edition) for part in parts]
    return found


def _block(block: Block, edition: Edition) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level - 1, "text": _inline(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _inline(text)}
        case Listing():
            return _listing(block)
        case Table():
            return _table(block, edition)
        case Picture():
            return _picture(block, edition)
        case Fold() | Notice():
            title = block.title if isinstance(block, Fold) else None
            return {"kind": "part", "title": title, "blocks": _blocks(block.blocks, edition)}


def _listing(listing: Listing) -> dict[str, Any]:
    items = [
        {"text": _inline(one.text), "below": _listing(one.below) if one.below else None}
        for one in listing.items
    ]
    return {"kind": "listing", "ordered": listing.ordered, "items": items}


def _table(table: Table, edition: Edition) -> dict[str, Any]:
    columns = [
        {"title": one.title, "number": one.kind == "number", "width": width}
        for one, width in zip(table.columns, widths(table), strict=True)
    ]
    rows = [
        {"cells": [one.text for one in row.cells], "total": row.total, "faint": row.faint}
        for row in table.rows
    ]
    own = {"kind": "table", "columns": columns, "rows": rows}
    return {**own, **_told(table, edition)}


def _picture(picture: Picture, edition: Edition) -> dict[str, Any]:
    drawing = picture.diagram.svg(WIDE)
    size = _SIZE.search(drawing)
    width = drawing_width(*map(float, size.groups())) if size else 100
    own = {"kind": "picture", "drawing": drawing, "alt": picture.diagram.alt, "width": width}
    return {**own, **_told(picture, edition)}


def _told(block: Table | Picture, edition: Edition) -> dict[str, Any]:
    return {"title": block.title, "label": edition.label(block), "below": remarks(block)}


def _inline(text: Inline) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "strong": run.strong,
            "emphasis": run.emphasis,
            "code": run.code,
            "target": run.target,
        }
        for run in text
    ]
