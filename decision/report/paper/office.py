"""A document for an office program, docx or odt, by the pandoc that comes with the program.

Pandoc gets the syntax tree on its standard input and gives the file on its standard output; its
sandbox keeps it from anything else but the reference document. What it leaves out or lets depend
on the machine is put right afterwards.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from decision.report.document.tree import Picture, walk
from decision.report.paper.archive import packed, unpacked
from decision.report.paper.edition import Edition
from decision.report.paper.extra import pandoc
from decision.report.paper.pandoc import Office, tree
from decision.report.paper.reference import BadReferenceError, built_in, checked

__all__ = ["office"]

_DATE = re.compile(r"(?<=>)1970-01-01T00:00:00Z(?=<)")
_FRAME = re.compile(
    r'(<draw:frame [^>]*style:rel-width="([\d.]+)%"[^>]*) svg:width="([\d.]+)pt" '
    r'svg:height="([\d.]+)pt"([^>]*>)(.*?)</draw:frame>'
)
_COPIED = re.compile(r'(<pic:cNvPr )descr="data:[^"]*"')
_LOOK = re.compile(r'(<w:tblLook [^>]*)w:firstColumn="0"([^>]*)w:val="0020"')

_CELL = re.compile(
    r'(<style:style style:name="Table(Header)?RowCell"[^>]*>\s*<style:table-cell-properties) '
    r'fo:border="none"'
)
_LINE = ' fo:padding="0.08cm" fo:border="none" fo:border-bottom="0.5pt solid #c3ccd4"'
_WASH = ' style:vertical-align="bottom" fo:background-color="#f2f5f8"'
"""How the cells of a table in odt look: pandoc takes that from no style."""

SHORT = 15
"""So many rows, with the header, stay together on a page."""

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_DOCX_ROW, _DOCX_CELL = "<w:tr>", '<w:pStyle w:val="Compact" />'
_ODT_TABLE = re.compile(r'<table:table table:name="([^"]+)".*?</table:table>', re.DOTALL)
_ODT_ROW = "<table:table-row"

_THEME = re.compile(r'(<w:themeFontLang w:val=)"[^"]*"')
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><Application>decide</Application></Properties>'
)
"""Instead of what pandoc tells of another document, such as that it has one page."""

PATIENCE = 300
"""After how many seconds a reference document is taken for one without end."""

_TEXT_WIDTH = 16.0
"""Of an A4 page between its margins, in centimetres."""


def office(edition: Edition, form: Office, reference: Path | None = None) -> bytes:
    """The document as the bytes of a file.

    Args:
        edition: what to write.
        form: for which kind of office program.
        reference: a document whose page and styles it takes; None for those of decide.

    Raises:
        BadReferenceError: the reference document is of another kind, or is not to be used.
    """
    text = json.dumps(tree(edition, form), ensure_ascii=False).encode()
    with TemporaryDirectory() as folder:
        style = Path(folder) / f"reference.{form}"
        style.write_bytes(checked(reference, form) if reference else built_in(form))
        try:
            made = _written(text, form, style)
        except subprocess.SubprocessError as error:
            if reference is None:
                raise
            raise BadReferenceError("unusable_reference", reference) from error
    finish = _docx if form == "docx" else _odt
    return packed(dict(_finished(unpacked(made), finish(edition))))


def _written(text: bytes, form: Office, style: Path) -> bytes:
    """What pandoc makes of the tree; raises ``SubprocessError`` where it cannot, or goes on."""
    command = [str(pandoc()), "--from=json", f"--to={form}", "--sandbox", "--output=-"]
    done = subprocess.run(  # noqa: S603 - its own binary, with arguments of ours
        [*command, f"--reference-doc={style}"],
        input=text,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout


Finish = Mapping[str, Callable[[str], str]]
"""What is put right in each part that needs it."""


def _finished(parts: Mapping[str, bytes], finish: Finish) -> Iterator[tuple[str, bytes]]:
    for name, part in parts.items():
        mend = finish.get(name)
        yield name, mend(part.decode()).encode() if mend else part


def _docx(edition: Edition) -> Finish:
    """Dates, and what pandoc says twice: a picture is described where readers look for it."""

    def document(text: str) -> str:
        text = _TABLE.sub(_kept, _COPIED.sub(r'\1descr=""', text))
        return _LOOK.sub(r'\1w:firstColumn="1"\2w:val="00A0"', text)

    return {
        "docProps/core.xml": _dated(edition),
        "docProps/app.xml": lambda _: _APPLICATION,
        "word/settings.xml": lambda text: _THEME.sub(rf'\1"{edition.tag}"', text),
        "word/document.xml": document,
    }


def _kept(table: re.Match[str]) -> str:
    """A table whose rows stay together, if it is short: each but the last with the next."""
    *rows, last = table[0].split(_DOCX_ROW)
    if len(rows) > SHORT:
        return table[0]
    kept = _DOCX_ROW.join(rows).replace(_DOCX_CELL, f"{_DOCX_CELL}<w:keepNext />")
    return f"{kept}{_DOCX_ROW}{last}"


def _odt(edition: Edition) -> Finish:
    """Dates, and the texts in the place of pictures, which pandoc drops."""
    told = iter(
        [
            one.diagram.alt
            for section in edition.pages.sections
            for one in walk(section.blocks)
            if isinstance(one, Picture)
        ]
    )

    def frame(found: re.Match[str]) -> str:
        before, percent, wide, high, after, image = found.groups()
        width = _TEXT_WIDTH * float(percent) / 100
        height = width * float(high) / float(wide)
        size = f' svg:width="{width:.2f}cm" svg:height="{height:.2f}cm"'
        said = f"<svg:desc>{escape(next(told))}</svg:desc>"
        return f"{before}{size}{after}{image}{said}</draw:frame>"

    def cell(found: re.Match[str]) -> str:
        return f"{found[1]}{_LINE}{_WASH if found[2] else ''}"

    def content(text: str) -> str:
        short = [one[1] for one in _ODT_TABLE.finditer(text) if one[0].count(_ODT_ROW) <= SHORT]
        text = text.replace('table:align="center"', 'table:align="margins"')
        for name in short:
            start = text.index(f'<style:style style:name="{name}" style:family="table">')
            at = text.index(' table:align="margins"', start)
            text = f'{text[:at]} style:may-break-between-rows="false"{text[at:]}'
        return _CELL.sub(cell, _FRAME.sub(frame, text))

    return {"meta.xml": _dated(edition), "content.xml": content}


def _dated(edition: Edition) -> Callable[[str], str]:
    """In the sandbox there is no clock: the date of the advice takes the place of none."""
    year, month, day = edition.date
    return lambda text: _DATE.sub(f"{year}-{month:02}-{day:02}T00:00:00Z", text)
