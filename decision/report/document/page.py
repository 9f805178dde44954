"""The report as one self-contained HTML page, made from its Markdown, with figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from decision.advice.advice import Advice
from decision.report.document.markdown import Section
from decision.report.document.sandbox import Sandbox
from decision.report.document.templates import INSERT, context, environment, one_line
from decision.report.files import MARK

__all__ = ["html"]


def html(
    advice: Advice,
    lang: str,
    parts: Iterable[Section],
    heading: str | None,
    templates: Path | None = None,
) -> str:
    """Sections as a page with a heading; without one as a fragment to embed."""
    pages = environment("", lang, templates, markup=True)
    known = context(advice, lang)
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    bodies = [
        {"id": part.id, "title": part.title, "body": _body(part, parser, pages, known)}
        for part in parts
    ]
    page = "fragment.html.j2" if heading is None else "page.html.j2"
    own = {"title": one_line(heading or ""), "parts": bodies, "mark": MARK}
    return pages.render(page, {**known, **own})


def _body(section: Section, parser: MarkdownIt, pages: Sandbox, known: Mapping[str, Any]) -> Markup:
    """The HTML of one section; ids of headings and tables begin with the id of the section."""
    parts: list[str] = []
    titles = [f"{section.id}-title"]
    for insert, paragraphs in groupby(section.text.rstrip("\n").split("\n\n"), INSERT.fullmatch):
        if insert is None:
            tokens = parser.parse("\n\n".join(paragraphs))
            _accessible(tokens, titles)
            parts.append(parser.renderer.render(tokens, parser.options, {}))
        elif insert[1] == "figure":
            parts.append(pages.render(f"figures/{insert[2]}.html.j2", known))
        elif insert[1] == "fold":
            summary = Markup('<summary id="{}">{}</summary>\n').format(_next(titles), insert[2])
            parts.append(f"<details>\n{summary}")
        else:
            parts.append("</details>\n")
    return Markup("".join(parts))  # noqa: S704 - html is off in Markdown: all data is escaped


def _next(titles: list[str]) -> str:
    """The id of the next heading of a section, after its own and those before."""
    titles.append(f"{titles[0].removesuffix('-title')}-{len(titles)}")
    return titles[-1]


def _accessible(tokens: Sequence[Token], titles: list[str]) -> None:
    """Ids for headings, names for tables, scopes for heading cells, classes for numbers."""
    head, first = False, False
    for token in tokens:
        if token.type == "heading_open":
            token.attrSet("id", _next(titles))
        elif token.type == "table_open":
            token.attrSet("aria-labelledby", titles[-1])
        elif token.type in {"thead_open", "thead_close"}:
            head = token.type == "thead_open"
        elif token.type == "tr_open":
            first = True
        elif token.type in {"th_open", "td_open"}:
            right = "right" in str(token.attrs.pop("style", ""))
            if right:
                token.attrSet("class", "number")
            if head or first:
                token.tag = "th"
                token.attrSet("scope", "col" if head else "row")
        elif token.type == "td_close":
            token.tag = "th" if first else "td"
            first = False


def _table_open(renderer: Any, tokens: Sequence[Token], index: int, *_: object) -> str:  # noqa: ANN401
    name = tokens[index].attrGet("aria-labelledby")
    wrapper = f'<div class="table" tabindex="0" role="group" aria-labelledby="{name}">'
    return f"{wrapper}\n<table{renderer.renderAttrs(tokens[index])}>\n"
