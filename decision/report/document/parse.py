"""What a template yields, as a tree: a small Markdown, with tables and pictures by name.

Paragraphs, lists of two levels, headings, **bold**, *stress*, links and tables are read by
markdown-it. A line that a template makes with ``table("id")``, ``figure("id")``, ``fold("title")``
or ``end()`` stands for an object, or for what can be folded away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from decision.report.document.templates import DATA, INSERT
from decision.report.document.tree import (
    Block,
    Cell,
    Column,
    Fold,
    Heading,
    Inline,
    Item,
    Listing,
    Notice,
    Paragraph,
    Record,
    Run,
    Table,
    plain_text,
)

__all__ = ["STARTS", "Build", "blocks", "inline"]

Build = Callable[[str, str], Sequence[Block]]
"""Gives the blocks for an object: its kind (``table``, ``figure``) and its name."""

STARTS = re.compile(
    r"(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+|#|))([.)](?= |$))"  # lists, of letters too
    r"|()(>|[-+=](?=[-+= ]|$)|[%:])"  # quotations, headings, tables, comments, fences
)
"""What would open a block where a line begins with it."""

MARKER = r"[-*+] |\d{1,9}[.)] "
LINE = re.compile(rf"(?P<table>\|)|(?P<item>{MARKER})|(?P<alone>#{{1,6}} |\x02)")
DATA_FIRST = re.compile(f"((?:{MARKER})?){DATA}")
SEVERAL = re.compile(" {2,}")

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def blocks(text: str, build: Build) -> tuple[Block, ...]:
    """The text of a template as blocks; ``build`` makes the objects that it names."""
    found: list[list[Block]] = [[]]
    titles: list[tuple[str, str]] = []
    for insert, paragraphs in groupby(_tidy(text).split("\n\n"), INSERT.fullmatch):
        if insert is None:
            found[-1] += _parsed("\n\n".join(paragraphs))
        elif insert[1] in {"fold", "notice"}:
            titles.append((insert[1], insert[2]))
            found.append([])
        elif insert[1] != "end":
            found[-1] += build(insert[1], insert[2])
        elif titles:
            kind, title = titles.pop()
            inside = tuple(found.pop())
            found[-1].append(Fold(title, inside) if kind == "fold" else Notice(inside))
    return tuple(one for part in found for one in part)


def inline(text: str) -> Inline:
    """One paragraph of a text of our own as stretches."""
    tree = SyntaxTreeNode(_PARSER.parse(text.strip()))
    return _inline(tree.children[0]) if tree.children else ()


def _parsed(text: str) -> Iterator[Block]:
    for node in SyntaxTreeNode(_PARSER.parse(text)).children:
        yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    """A node of markdown-it as a block; of what we have no block for, only its text."""
    if node.type == "heading":
        level = int(node.tag[1])
        yield Heading(level if level == 1 else min(max(level, 3), 4), _inline(node))
    elif node.type in {"bullet_list", "ordered_list"}:
        yield _listing(node)
    elif node.type == "table":
        yield _table(node)
    elif node.type in {"paragraph", "inline"}:
        yield Paragraph(_inline(node))
    elif node.type in {"code_block", "fence"}:
        yield Paragraph((Run(node.content.strip(), code=True),))
    else:
        for child in node.children:
            yield from _block(child)


def _listing(node: SyntaxTreeNode) -> Listing:
    items = []
    for one in node.children:
        texts = [_inline(child) for child in one.children if child.type == "paragraph"]
        below = [_listing(child) for child in one.children if child.type.endswith("_list")]
        items.append(Item(texts[0] if texts else (), below[0] if below else None))
    return Listing(tuple(items), node.type == "ordered_list")


def _table(node: SyntaxTreeNode) -> Table:
    """A table that a template wrote itself: it has no title, and its numbers are only text."""
    head, *body = node.children
    columns = tuple(
        Column(
            plain_text(_inline(cell)),
            "number" if "right" in str(cell.attrs.get("style", "")) else "text",
        )
        for cell in head.children[0].children
    )
    rows = []
    for row in body[0].children if body else ():
        texts = [_inline(cell) for cell in row.children]
        total = bool(texts and texts[0]) and all(run.strong for run in texts[0])
        rows.append(Record(tuple(Cell(plain_text(one)) for one in texts), total=total))
    return Table("", "", columns, tuple(rows))


def _inline(node: SyntaxTreeNode) -> Inline:
    inner = node.children[0] if node.type in {"paragraph", "heading", "th", "td"} else node
    return tuple(_merged(_runs(inner.children if inner else (), Run(""))))


def _runs(nodes: Sequence[SyntaxTreeNode], look: Run) -> Iterator[Run]:
    for one in nodes:
        if one.type in {"softbreak", "hardbreak"}:
            yield replace(look, text=" ")
        elif one.type == "code_inline":
            yield replace(look, text=one.content, code=True)
        elif one.type == "strong":
            yield from _runs(one.children, replace(look, strong=True))
        elif one.type == "em":
            yield from _runs(one.children, replace(look, emphasis=True))
        elif one.type == "link":
            yield from _runs(one.children, replace(look, target=str(one.attrs["href"])))
        elif one.children:
            yield from _runs(one.children, look)
        else:
            yield replace(look, text=one.content)


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    """Stretches that look the same as one."""
    for _, same in groupby(runs, lambda run: replace(run, text="")):
        first, *others = same
        yield replace(first, text="".join((first.text, *(one.text for one in others))))


def _tidy(text: str) -> str:
    """Every block on lines of its own, parted by one blank line; paragraphs on one line.

    Two spaces before an item put it under the one above, never more than one level deeper.
    """
    found: list[tuple[str, list[str]]] = []
    open_line, deepest = False, 0
    for raw in text.split("\n"):
        line = SEVERAL.sub(" ", _plain(raw.strip(" \t"))).strip(" ")
        match = LINE.match(line)
        kind = (match and match.lastgroup) or "text"
        if line and kind == "text" and open_line:
            found[-1][1][-1] += f" {line}"
        elif line and kind == "item" and found and found[-1][0] == kind:
            depth = min(len(raw) - len(raw.lstrip(" ")), deepest) // 2
            found[-1][1].append("  " * depth + line)
            deepest = 2 * depth + 2
        elif line and kind == "table" and found and found[-1][0] == kind:
            found[-1][1].append(line)
        elif line:
            found.append((kind, [line]))
            deepest = 2
        open_line = bool(line) and kind in {"text", "item"}
    return "\n\n".join("\n".join(lines) for _, lines in found)


def _plain(line: str) -> str:
    """The line without marks; data at its start is kept from opening a block."""
    if DATA not in line:
        return line
    start = DATA_FIRST.match(line)
    if start:
        opening = STARTS.match(line, start.end())
        if opening:
            at = opening.start(opening.lastindex or 0)
            line = f"{line[:at]}\\{line[at:]}"
    return line.replace(DATA, "")
