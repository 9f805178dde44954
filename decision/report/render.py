"""Templates to Markdown, and Markdown to one self-contained HTML page.

The words stand once, in the Markdown templates of a language; HTML is made from that Markdown,
with a page and figures around it. Templates run in a sandbox. Whatever comes from a region file
is escaped, so that a name can neither break a table nor become a link, a heading or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from decision.advice import Advice
from decision.data import data_folder
from decision.report.files import MARK
from decision.report.numbers import Numbers
from decision.report.view import View
from decision.words import catalogue

__all__ = ["html", "markdown", "sections"]

SPACES = re.compile(r"[\t-\r \x1c-\x1e\x85\u2028\u2029]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
SPECIAL = re.compile(
    r"[\\`*_\[\]<|~@]"  # emphasis, code, links, HTML, table cells, strike-through, mail addresses
    r"|&(?=#?\w+;)|:(?=//)|(?<=[wW]{3})\.|(?<![^ ])#(?=#*(?: |$))"  # entities, sites, headings
)
"""What Markdown would read as its own anywhere in a text."""

STARTS = re.compile(r"(\d{1,9}|)([.)](?= |$)|>|[-+=](?=[-+= ]|$))")
"""What would open a list, a quotation or a heading where a line begins with it."""

DATA = "\x03"
"""Stands before every value that a template fills in, until the lines are tidied."""

MARKER = r"[-*+] |\d{1,9}[.)] "
LINE = re.compile(rf"(?P<table>\|)|(?P<item>{MARKER})|(?P<alone>#{{1,6}} |\x02)")
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")

INSERT = re.compile(r"\x02(figure|fold|end):?(.*)")
"""A line for HTML only: a figure, or where a part that can be folded away begins or ends."""


def sections(lang: str) -> tuple[str, ...]:
    """The ids of the sections of the report, in order."""
    return tuple(catalogue(lang, "words").tree["sections"])


def markdown(
    advice: Advice, lang: str, wanted: Sequence[str] = (), templates: Path | None = None
) -> str:
    """The report, or some of its sections, as Markdown.

    Args:
        advice: the advice to write down.
        lang: ``nl`` or ``en``.
        wanted: ids of sections; none means the whole report with its title.
        templates: a folder whose templates come before the built-in ones.
    """
    parts = [
        f"## {heading}\n\n{_without_inserts(text)}"
        for _, heading, text in _sections(advice, lang, wanted, templates)
    ]
    if not wanted:
        parts = [f"# {_title(advice, lang)}\n", *parts, f"<!-- {MARK} -->\n"]
    return "\n".join(parts)


def html(
    advice: Advice, lang: str, wanted: Sequence[str] = (), templates: Path | None = None
) -> str:
    """The report as one self-contained page; with ``wanted``, those sections as a fragment."""
    pages = _environment("", lang, templates, markup=True)
    context = _context(advice, View(advice, catalogue(lang, "words")), lang)
    parts = [
        {"id": name, "title": heading, "body": _body(pages, context, name, text)}
        for name, heading, text in _sections(advice, lang, wanted, templates)
    ]
    page = pages.get_template("fragment.html.j2" if wanted else "page.html.j2")
    title = _one_line(_title(advice, lang))
    return page.render({**context, "title": title, "parts": parts, "mark": MARK})


def _title(advice: Advice, lang: str) -> str:
    say = catalogue(lang, "words")
    return say.say("title", number=f"14{advice.region.number}", region=advice.region.name)


def _sections(
    advice: Advice, lang: str, wanted: Sequence[str], templates: Path | None
) -> Iterator[tuple[str, str, str]]:
    """Id, heading and Markdown of each wanted section."""
    headings: Mapping[str, str] = catalogue(lang, "words").tree["sections"]
    for name in wanted or headings:
        yield name, headings[name], _section(_Same(advice), lang, name, templates)


class _Same:
    """An advice that is told from another by identity, so that what it gave can be kept."""

    def __init__(self, advice: Advice) -> None:
        """Hold on to the advice."""
        self.advice = advice

    def __eq__(self, other: object) -> bool:
        """Whether both hold the very same advice."""
        return isinstance(other, _Same) and other.advice is self.advice

    def __hash__(self) -> int:
        """By identity, as equality."""
        return id(self.advice)


@lru_cache(maxsize=32)  # Markdown and HTML are mostly asked for one after the other
def _section(same: _Same, lang: str, name: str, templates: Path | None) -> str:
    """The Markdown of one section, with the lines that are for HTML only."""
    env = _environment(lang, lang, templates, markup=False)
    context = _context(same.advice, View(same.advice, catalogue(lang, "words")), lang)
    return _tidy(env.get_template(f"sections/{name}.md.j2").render(context))


def _context(advice: Advice, view: View, lang: str) -> dict[str, Any]:
    return {
        "advice": advice,
        "region": advice.region,
        "knowledge": advice.knowledge,
        "v": view,
        "words": view.words.tree,
        "lang": lang,
    }


class _Lines(Extension):
    """Only a line of nothing but tags disappears; a tag at the end of a text keeps its line."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Guard the line breaks that ``trim_blocks`` would take away; no line moves."""
        return "\n".join(self._guarded(line) for line in source.split("\n"))

    @staticmethod
    def _guarded(line: str) -> str:
        ends = line.endswith("%}") and not line.endswith("-%}")
        return f'{line}{{{{ "" }}}}' if ends and TAG.sub("", line).strip() else line


@cache
def _environment(
    folder: str, lang: str, templates: Path | None, *, markup: bool
) -> ImmutableSandboxedEnvironment:
    """The templates in ``folder``, the user's own first; each is compiled once."""
    roots = [root for root in (templates, data_folder("report_templates")) if root is not None]
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([root / folder for root in roots]),
        undefined=StrictUndefined,
        autoescape=markup,
        finalize=None if markup else _escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[_Lines],
    )
    numbers, say = Numbers(lang), catalogue(lang, "words")

    def about(amount: float) -> str:
        """The amount in round figures: ``ruim € 1,8 miljoen``."""
        text, side = numbers.rounded(amount)
        return say.say(f"rounding.{side}", amount=text)

    for name in ("euro", "cents", "number", "plain", "percent", "signed", "date"):
        env.filters[name] = _trusted(getattr(numbers, name))
    env.filters |= {"about": _trusted(about), "listing": numbers.listing, "sentence": _sentence}
    for kind in ("figure", "fold", "end"):
        env.globals[kind] = _insert(kind)
    return env


def _trusted(write: Callable[..., str]) -> Callable[..., Markup]:
    """A filter whose outcome holds nothing but our own figures and words."""
    return lambda *given: Markup(write(*given))  # noqa: S704 - no text of others comes in


def _sentence(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def _insert(kind: str) -> Callable[..., Markup]:
    return lambda text="": Markup(f"\n\n\x02{kind}:{_one_line(text)}\n\n")  # noqa: S704


def _one_line(text: str) -> str:
    """The text on one line, with every control character shown as one that cannot be shown."""
    return CONTROLS.sub("\ufffd", SPACES.sub(" ", text))


def _escape(value: object) -> object:
    """Keep data from being read as Markdown or HTML; one value is always one line."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return DATA + SPECIAL.sub(r"\\\g<0>", _one_line(value))


def _tidy(text: str) -> str:
    """Every block on lines of its own, parted by one blank line; paragraphs on one line."""
    blocks: list[tuple[str, list[str]]] = []
    open_line = False
    for raw in text.split("\n"):
        line = re.sub(" {2,}", " ", _plain(raw.strip(" \t"))).strip(" ")
        found = LINE.match(line)
        kind = (found and found.lastgroup) or "text"
        if line and kind == "text" and open_line:
            blocks[-1][1][-1] += f" {line}"
        elif line and kind in {"table", "item"} and blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(line)
        elif line:
            blocks.append((kind, [line]))
        open_line = bool(line) and kind in {"text", "item"}
    return "\n\n".join("\n".join(lines) for _, lines in blocks) + "\n"


def _plain(line: str) -> str:
    """The line without marks; data at its start is kept from opening a block."""
    start = re.match(f"((?:{MARKER})?){DATA}", line)
    if start:
        opening = STARTS.match(line, start.end())
        if opening:
            line = f"{line[: opening.start(2)]}\\{line[opening.start(2) :]}"
    return line.replace(DATA, "")


def _without_inserts(text: str) -> str:
    """Markdown without figures; what HTML can fold away gets its title in bold."""
    paragraphs = []
    for one in text.rstrip("\n").split("\n\n"):
        found = INSERT.fullmatch(one)
        if not found:
            paragraphs.append(one)
        elif found[1] == "fold":
            paragraphs.append(f"**{_plain(str(_escape(found[2])))}**")
    return "\n\n".join(paragraphs) + "\n"


# --- HTML


def _body(
    pages: ImmutableSandboxedEnvironment, context: Mapping[str, Any], section: str, text: str
) -> Markup:
    """The HTML of one section; ids of headings and tables begin with the id of the section."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    parts: list[str] = []
    titles = _Titles(section)
    for insert, paragraphs in groupby(text.rstrip("\n").split("\n\n"), INSERT.fullmatch):
        if insert is None:
            tokens = parser.parse("\n\n".join(paragraphs))
            _accessible(tokens, titles)
            parts.append(parser.renderer.render(tokens, parser.options, {}))
        elif insert[1] == "figure":
            parts.append(pages.get_template(f"figures/{insert[2]}.html.j2").render(context))
        elif insert[1] == "fold":
            summary = Markup('<summary id="{}">{}</summary>\n').format(titles.next(), insert[2])
            parts.append(f"<details>\n{summary}")
        else:
            parts.append("</details>\n")
    return Markup("".join(parts))  # noqa: S704 - html is off in Markdown: all data is escaped


class _Titles:
    """Numbers the headings of a section and remembers the last, by which a table is named."""

    def __init__(self, section: str) -> None:
        """Begin with the heading of the section itself."""
        self._section, self._count, self.last = section, 0, f"{section}-title"

    def next(self) -> str:
        """The id of the next heading."""
        self._count += 1
        self.last = f"{self._section}-{self._count}"
        return self.last


def _accessible(tokens: Sequence[Token], titles: _Titles) -> None:
    """Ids for headings, names for tables, scopes for heading cells, classes for numbers."""
    head, first = False, False
    for token in tokens:
        if token.type == "heading_open":
            token.attrSet("id", titles.next())
        elif token.type == "table_open":
            token.attrSet("aria-labelledby", titles.last)
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
