"""A document as HTML: one page that needs nothing else, or parts to embed."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from decision.report.charts.look import NARROW, WIDE
from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    one_line,
    plain_text,
)
from decision.report.files import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.report.document.sandbox import Sandbox
    from decision.words.catalogue import Messages

__all__ = ["html"]

_DRAWING = Markup(
    '<div class="drawing{}" role="img" aria-labelledby="{}" aria-description="{}">'
    "<div inert>{}</div></div>"
)
"""A drawing is one image to who hears the page, and what is in it is nothing by itself.

No checker can tell on which shape a text in a drawing stands; what there is to read or to copy
stands in the table below it.
"""

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


def html(pages: Pages, shell: Sandbox, known: Mapping[str, Any], words: Messages) -> str:
    """The document as a page, or as a fragment where it stands in another.

    Args:
        pages: what to lay out.
        shell: the templates of the page around it.
        known: what these may name.
        words: those of the language.
    """

    def sliders(name: str, live: object, drawings: Markup) -> Markup:
        own = {"name": name, "live": json.dumps(live, ensure_ascii=False), "drawings": drawings}
        return Markup(shell.render("sliders.html.j2", {**known, **own}))  # noqa: S704 - escaped

    widths = (WIDE,) if pages.embedded else (WIDE, NARROW)
    parts = [_Part(section, words, sliders, widths).laid() for section in pages.sections]
    page = "fragment.html.j2" if pages.embedded else "page.html.j2"
    script = shell.render("page.js", known)
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    own = {"title": one_line(pages.title or ""), "parts": parts, "level": pages.level, "mark": MARK}
    code = {"script": Markup(script), "allowed": allowed}  # noqa: S704 - a file of ours, or of the user
    return shell.render(page, {**known, **own, **code})


class _Part:
    """One section: ids of headings, tables and figures begin with the id of the section."""

    def __init__(
        self,
        section: Section,
        words: Messages,
        sliders: Callable[[str, object, Markup], Markup],
        widths: tuple[int, ...],
    ) -> None:
        self.section, self.words, self.sliders, self.widths = section, words, sliders, widths
        self.used: dict[str, int] = {}
        self.headings: list[dict[str, str]] = []
        self.nameless = f"{section.id}-title" if section.title else section.id

    def laid(self) -> dict[str, Any]:
        """What the template of the page shows of it."""
        body = Markup("\n").join(self.blocks(self.section.blocks))
        part = self.section
        own = {"id": part.id, "number": part.number, "title": part.title, "name": part.name}
        return {**own, "body": body, "headings": self.headings}

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        for block in blocks:
            match block:
                case Heading():
                    yield self.heading(block)
                case Paragraph(text):
                    yield Markup("<p>{}</p>").format(_inline(text))
                case Listing():
                    yield _listing(block)
                case Table():
                    yield self.table(block)
                case Picture():
                    yield self.picture(block)
                case Fold(title, inside):
                    name = self.name("fold")
                    self.nameless = name
                    yield Markup('<details>\n<summary id="{}">{}</summary>').format(name, title)
                    yield from self.blocks(inside)
                    yield Markup("</details>")
                case Notice(inside):
                    yield Markup('<div class="notice" role="note">')
                    yield from self.blocks(inside)
                    yield Markup("</div>")

    def heading(self, block: Heading) -> Markup:
        """A heading, which the contents can lead to."""
        title = plain_text(block.text)
        name = self.name(_NOT_IN_ID.sub("-", title.lower()).strip("-")[:40] or "kop")
        self.nameless = name
        if block.level == 3:  # noqa: PLR2004 - right below a chapter of a page
            self.headings.append({"id": name, "title": title})
        return Markup('<h{0} id="{1}">{2}</h{0}>').format(block.level, name, _inline(block.text))

    def name(self, wanted: str) -> str:
        """An id of this section that is not in use yet."""
        self.used[wanted] = again = self.used.get(wanted, 0) + 1
        return f"{self.section.id}-{wanted}" + (f"-{again}" if again > 1 else "")

    def table(self, table: Table) -> Markup:
        """A table in a frame that can be scrolled, with its name above and its source below."""
        if table.title:
            name = self.name(table.id)
            label = self.words.say("caption.table", number=table.number) if table.number else ""
            caption = _caption(label, table.title)
            above = Markup('<caption id="{}">{}</caption>\n').format(name, caption)
        else:
            name, above = self.nameless, Markup("")
        return _framed(table, name, above) + _below(table)

    def picture(self, picture: Picture) -> Markup:
        """A drawing, at each width, with the same as a table that is folded away."""
        name = self.name(f"figure-{picture.id}")
        label = self.words.say("caption.figure", number=picture.number) if picture.number else ""
        drawings = Markup("\n").join(
            _DRAWING.format(
                "" if width == WIDE else " narrow",
                f"{name}-title",
                picture.diagram.alt,
                Markup(picture.diagram.svg(width, f"{name}-")),  # noqa: S704 - our own, escaped
            )
            for width in self.widths
        )
        if picture.diagram.live:
            drawings = self.sliders(name, picture.diagram.live, drawings)
        return Markup(
            '<figure id="{0}">\n<figcaption id="{0}-title">{1}</figcaption>\n{2}\n{3}'
            '<details>\n<summary id="{0}-data">{4}</summary>\n{5}\n</details>\n</figure>'
        ).format(
            name,
            _caption(label, picture.title),
            drawings,
            Markup('<p class="note">{}</p>\n').format(picture.note) if picture.note else "",
            self.words.say("caption.data", number=picture.number),
            _framed(picture.data, f"{name}-data", Markup("")),
        )


def _framed(table: Table, name: str, above: Markup) -> Markup:
    """The table in a frame that can be scrolled, called what stands under an id."""
    frame = Markup(
        '<div class="table" tabindex="0" role="group" aria-labelledby="{0}">\n'
        '<table role="table" aria-labelledby="{0}"{1}>\n{2}{3}</table>\n</div>'
    )
    wide = Markup(' class="wide"') if len(table.columns) > 4 else ""  # noqa: PLR2004
    return frame.format(name, wide, above, _rows(table))


def _caption(label: str, title: str) -> Markup:
    number = Markup('<span class="label">{}</span> ').format(label) if label else Markup("")
    return number + escape(title)


def _below(table: Table) -> Markup:
    lines = [
        (kind, text) for kind, text in (("note", table.note), ("source", table.source)) if text
    ]
    return Markup("").join(Markup('\n<p class="{}">{}</p>').format(*one) for one in lines)


def _rows(table: Table) -> Markup:
    """The cells, with the name of their column for a telephone, that puts them under each other."""
    columns = table.columns
    heads = Markup("").join(
        Markup('<th scope="col" role="columnheader"{}>{}</th>').format(_number(one.kind), one.title)
        for one in columns
    )
    lines = [
        Markup(
            '<thead role="rowgroup">\n<tr role="row">{}</tr>\n</thead>\n<tbody role="rowgroup">\n'
        ).format(heads)
    ]
    for row in table.rows:
        kind = " ".join(["total"] * row.total + ["faint"] * row.faint)
        name = Markup('<th scope="row" role="rowheader"{}>{}</th>')
        cells = [name.format(_number(columns[0].kind), row.cells[0].text)]
        for column, cell in zip(columns[1:], row.cells[1:], strict=True):
            empty = Markup(' data-empty=""') if not cell.text else ""
            cells.append(
                Markup('<td role="cell"{} data-column="{}"{}>{}</td>').format(
                    _number(column.kind), column.title, empty, cell.text
                )
            )
        look = Markup(' class="{}"').format(kind) if kind else ""
        lines.append(Markup('<tr role="row"{}>{}</tr>\n').format(look, Markup("").join(cells)))
    return Markup("").join([*lines, Markup("</tbody>\n")])


def _number(kind: str) -> Markup | str:
    return Markup(' class="number"') if kind == "number" else ""


def _listing(listing: Listing) -> Markup:
    tag = "ol" if listing.ordered else "ul"
    items = Markup("\n").join(
        Markup("<li>{}{}</li>").format(_inline(one.text), _listing(one.below) if one.below else "")
        for one in listing.items
    )
    return Markup("<{0}>\n{1}\n</{0}>").format(tag, items)


def _inline(text: Inline) -> Markup:
    return Markup("").join(map(_run, text))


def _run(run: Run) -> Markup:
    written = escape(run.text)
    for on, tag in ((run.code, "code"), (run.emphasis, "em"), (run.strong, "strong")):
        if on:
            written = Markup("<{0}>{1}</{0}>").format(tag, written)
    if run.target:
        written = Markup('<a href="{}">{}</a>').format(run.target, written)
    return written
