"""A document as pandoc holds one: its syntax tree, and not a text that it would read again.

https://hackage.haskell.org/package/pandoc-types has the types; ``t`` is a constructor and ``c``
what it holds.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from decision.report.charts.look import WIDE
from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Item,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Record,
    Run,
    Section,
    Table,
    plain_text,
)
from decision.report.paper.edition import Edition, drawing_width, remarks
from decision.report.paper.widths import fitting, widths

__all__ = ["Office", "tree"]

Office: TypeAlias = Literal["docx", "odt"]
Node: TypeAlias = dict[str, Any]

API = [1, 23, 1]
PLAIN = ["", [], []]

DEEPEST = 2
"""The level of headings that still stands in the table of contents."""

SHARP = 2.0
"""Dots for each pixel of a drawing."""


def tree(edition: Edition, form: Office) -> Node:
    """The document for pandoc to write as ``form``."""
    return _Laid(edition, form).tree()


class _Laid:
    """A document being laid out; headings get names, for the table of contents to lead to."""

    def __init__(self, edition: Edition, form: Office) -> None:
        self.edition, self.form = edition, form
        self.entries: list[tuple[int, str, str]] = []

    def tree(self) -> Node:
        edition = self.edition
        body = [one for section in edition.pages.sections for one in self.section(section)]
        title = {"title": _meta(edition.pages.title)} if edition.pages.title else {}
        before = [self.contents(edition.contents)] if edition.contents else []
        lang = {"lang": {"t": "MetaString", "c": edition.tag}}
        return {"pandoc-api-version": API, "meta": {**title, **lang}, "blocks": before + body}

    def section(self, section: Section) -> Iterator[Node]:
        yield self.heading(1, (Run(section.name),))
        yield from self.blocks(section.blocks)

    def contents(self, title: str) -> Node:
        """A table of contents that is filled already, and that an office program can renew."""
        make = _contents_of_docx if self.form == "docx" else _contents_of_odt
        kind = "openxml" if self.form == "docx" else "opendocument"
        return _node("RawBlock", [kind, make(title, self.entries)])

    def heading(self, level: int, text: Inline) -> Node:
        name = f"h{len(self.entries) + 1}"
        self.entries.append((level, name, plain_text(text)))
        return _node("Header", [level, [name, [], []], _inline(text)])

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Node]:
        for block in blocks:
            match block:
                case Heading(level, text):
                    yield self.heading(level - 1, text)
                case Paragraph(text):
                    yield _node("Para", _inline(text))
                case Listing():
                    yield _listing(block)
                case Table():
                    for part in fitting(block):
                        yield _table(part, self.edition)
                        yield from _remarks(part)
                case Picture():
                    yield _picture(block, self.edition)
                    yield from _remarks(block)
                case Fold(title, inside):
                    yield _node("Para", [_node("Strong", _words(title))])
                    yield from self.blocks(inside)
                case Notice(inside):
                    yield _node("BlockQuote", [*self.blocks(inside)])


def _node(kind: str, inside: object = None) -> Node:
    return {"t": kind} if inside is None else {"t": kind, "c": inside}


def _meta(text: str) -> Node:
    return _node("MetaInlines", _words(text))


def _styled(kind: Literal["Div", "Span"], style: str, inside: list[Node]) -> Node:
    return _node(kind, [["", [], [["custom-style", style]]], inside])


def _words(text: str) -> list[Node]:
    """A text: one stretch between every two of its spaces."""
    found: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        found += ([_node("Space")] if number else []) + ([_node("Str", word)] if word else [])
    return found


def _inline(text: Inline) -> list[Node]:
    return [one for run in text for one in _run(run)]


def _run(run: Run) -> list[Node]:
    made = [_node("Code", [PLAIN, run.text])] if run.code else _words(run.text)
    for on, kind in ((run.emphasis, "Emph"), (run.strong, "Strong")):
        made = [_node(kind, made)] if on else made
    return [_node("Link", [PLAIN, made, [run.target, ""]])] if run.target else made


def _listing(listing: Listing) -> Node:
    items = [_item(one) for one in listing.items]
    if listing.ordered:
        return _node("OrderedList", [[1, _node("Decimal"), _node("Period")], items])
    return _node("BulletList", items)


def _item(item: Item) -> list[Node]:
    below = [_listing(item.below)] if item.below else []
    return [_node("Plain", _inline(item.text)), *below]


def _caption(block: Table | Picture, edition: Edition) -> list[Any]:
    if not block.title:
        return [None, []]
    label = edition.label(block)
    strong = [_node("Strong", _words(f"{label}." if label else block.title))]
    rest = [_node("Space"), *_words(block.title)] if label else []
    return [None, [_node("Plain", strong + rest)]]


def _table(table: Table, edition: Edition) -> Node:
    """A table with a row of headings."""
    sides = {"number": _node("AlignRight"), "text": _node("AlignLeft")}
    columns = [
        [sides[column.kind], _node("ColWidth", width)]
        for column, width in zip(table.columns, widths(table), strict=True)
    ]
    head = [[PLAIN, [_cell([_node("Strong", _words(one.title))]) for one in table.columns]]]
    rows = [[PLAIN, [_cell(_said(row, one.text)) for one in row.cells]] for row in table.rows]
    return _node(
        "Table",
        [
            PLAIN,
            _caption(table, edition),
            columns,
            [PLAIN, head],
            [[PLAIN, 0, [], rows]],
            [PLAIN, []],
        ],
    )


def _cell(text: list[Node]) -> list[Any]:
    return [PLAIN, _node("AlignDefault"), 1, 1, [_node("Plain", text)]]


def _said(row: Record, text: str) -> list[Node]:
    words = _words(text)
    if not words:
        return words
    if row.total:
        return [_node("Strong", words)]
    return [_styled("Span", "Faint", words)] if row.faint else words


def _picture(picture: Picture, edition: Edition) -> Node:
    """A drawing that is part of the document, so that nothing is read from anywhere."""
    drawn = picture.diagram.png(WIDE, SHARP)
    wide, high = (int.from_bytes(drawn[at : at + 4], "big") for at in (16, 20))
    size = [["width", f"{drawing_width(wide, high)}%"]]
    source = f"data:image/png;base64,{b64encode(drawn).decode()}"
    image = _node("Image", [["", [], size], _words(picture.diagram.alt), [source, ""]])
    return _node("Figure", [PLAIN, _caption(picture, edition), [_node("Plain", [image])]])


def _remarks(block: Table | Picture) -> Iterator[Node]:
    for one in remarks(block):
        yield _styled("Div", "Remark", [_node("Para", _words(one))])


def _contents_of_docx(title: str, entries: Sequence[tuple[int, str, str]]) -> str:
    """A field with its outcome; whoever renews it gets the numbers of the pages as well."""
    shown = [one for one in entries if one[0] <= DEEPEST]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'TOC \\o "1-{DEEPEST}" \\h \\z \\u</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{"" if number else begin}'
        f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">'
        f"{escape(text)}</w:t></w:r></w:hyperlink></w:p>"
        for number, (level, name, text) in enumerate(shown)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r>'
        f'</w:p>{lines}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )


def _contents_of_odt(title: str, entries: Sequence[tuple[int, str, str]]) -> str:
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}" '
        f'text:style-name="Contents_20_{level}"><text:index-entry-link-start/>'
        "<text:index-entry-chapter/><text:index-entry-text/><text:index-entry-tab-stop "
        'style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for level in range(1, DEEPEST + 1)
    )
    lines = "".join(
        f'<text:p text:style-name="Contents_20_{level}"><text:a xlink:type="simple" '
        'text:style-name="Index_20_Link" '
        f"xlink:href={quoteattr(f'#{name}')}>{escape(text)}</text:a></text:p>"
        for level, name, text in entries
        if level <= DEEPEST
    )
    heading = f'<text:p text:style-name="Contents_20_Heading">{escape(title)}</text:p>'
    return (
        f'<text:table-of-content text:name={quoteattr(title)} text:protected="false">'
        f'<text:table-of-content-source text:outline-level="{DEEPEST}">'
        '<text:index-title-template text:style-name="Contents_20_Heading">'
        f"{escape(title)}</text:index-title-template>{templates}</text:table-of-content-source>"
        f"<text:index-body><text:index-title text:name={quoteattr(f'{title}-1')}>{heading}"
        f"</text:index-title>{lines}</text:index-body></text:table-of-content>"
    )
