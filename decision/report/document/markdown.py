"""The report as Markdown; the words stand once, in the Markdown templates of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from decision.advice.advice import Advice
from decision.report.document.templates import DATA, INSERT, context, environment, escape
from decision.report.view.names import number_of
from decision.words.catalogue import catalogue

__all__ = ["Section", "markdown", "sections", "title", "written"]

STARTS = re.compile(
    r"(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+|#|))([.)](?= |$))"  # lists, of letters too
    r"|()(>|[-+=](?=[-+= ]|$)|[%:])"  # quotations, headings, tables, comments, fences
)
"""What would open a block where a line begins with it."""

MARKER = r"[-*+] |\d{1,9}[.)] "
LINE = re.compile(rf"(?P<table>\|)|(?P<item>{MARKER})|(?P<alone>#{{1,6}} |\x02)")
DATA_FIRST = re.compile(f"((?:{MARKER})?){DATA}")
SEVERAL = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Section:
    """One section in Markdown; ``text`` still has the lines that are for HTML only."""

    id: str
    title: str
    text: str


def sections(lang: str) -> tuple[str, ...]:
    """The ids of the sections of the report, in order."""
    return tuple(catalogue(lang, "words").tree["sections"])


def written(
    advice: Advice, lang: str, wanted: Sequence[str] = (), templates: Path | None = None
) -> tuple[Section, ...]:
    """The sections of the report, in order.

    Args:
        advice: the advice to write down.
        lang: ``nl`` or ``en``.
        wanted: ids of sections; none means all of them.
        templates: a folder whose templates come before the built-in ones.
    """
    headings: Mapping[str, str] = catalogue(lang, "words").tree["sections"]
    env, known = environment(lang, lang, templates, markup=False), context(advice, lang)
    return tuple(
        Section(name, headings[name], _tidy(env.render(f"sections/{name}.md.j2", known)))
        for name in wanted or headings
    )


def title(advice: Advice, lang: str) -> str:
    """The title of the whole report."""
    say = catalogue(lang, "words")
    return say.say("title", number=number_of(advice.region, say), region=advice.region.name)


def markdown(parts: Iterable[Section], heading: str | None) -> str:
    """Sections as one text; with a heading it is a whole report, without one a part to embed."""
    texts = [f"## {part.title}\n\n{_without_inserts(part.text)}" for part in parts]
    if heading is not None:
        texts = [f"# {heading}\n", *texts]
    return "\n".join(texts)


def _tidy(text: str) -> str:
    """Every block on lines of its own, parted by one blank line; paragraphs on one line.

    Two spaces before an item put it under the one above, never more than one level deeper.
    """
    blocks: list[tuple[str, list[str]]] = []
    open_line, deepest = False, 0
    for raw in text.split("\n"):
        line = SEVERAL.sub(" ", _plain(raw.strip(" \t"))).strip(" ")
        found = LINE.match(line)
        kind = (found and found.lastgroup) or "text"
        if line and kind == "text" and open_line:
            blocks[-1][1][-1] += f" {line}"
        elif line and kind == "item" and blocks and blocks[-1][0] == kind:
            depth = min(len(raw) - len(raw.lstrip(" ")), deepest) // 2
            blocks[-1][1].append("  " * depth + line)
            deepest = 2 * depth + 2
        elif line and kind == "table" and blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(line)
        elif line:
            blocks.append((kind, [line]))
            deepest = 2
        open_line = bool(line) and kind in {"text", "item"}
    return "\n\n".join("\n".join(lines) for _, lines in blocks) + "\n"


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


def _without_inserts(text: str) -> str:
    """Markdown without figures; what HTML can fold away gets its title in bold."""
    paragraphs = []
    for one in text.rstrip("\n").split("\n\n"):
        found = INSERT.fullmatch(one)
        if not found:
            paragraphs.append(one)
        elif found[1] == "fold":
            paragraphs.append(f"**{_plain(str(escape(found[2])))}**")
    return "\n\n".join(paragraphs) + "\n"
