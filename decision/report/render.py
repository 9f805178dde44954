"""Templates to Markdown, and Markdown to one self-contained HTML page.

The words stand once, in the Markdown templates of a language; HTML is made from that Markdown,
with a page and figures around it. Templates run in a sandbox. Whatever comes from a region file
is escaped, so that a name can neither break a table nor become HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markupsafe import Markup

from decision.advice import Advice
from decision.data import data_folder
from decision.report.numbers import Numbers
from decision.report.view import View
from decision.words import catalogue

__all__ = ["html", "markdown", "sections"]

SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")
FIGURE = re.compile(r"<p>@@figure:([a-z]+)@@</p>")
BLANKS = re.compile(r"\n{3,}")


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
    parts = _sections(advice, lang, wanted, templates, figures=False)
    title = "" if wanted else f"# {_title(advice, lang)}\n\n"
    return title + "\n".join(f"## {heading}\n\n{text}" for _, heading, text in parts)


def html(
    advice: Advice, lang: str, wanted: Sequence[str] = (), templates: Path | None = None
) -> str:
    """The report as one self-contained page; with ``wanted``, those sections as a fragment."""
    view, numbers = View(advice, catalogue(lang, "words")), Numbers(lang)
    pages = _environment([*_own(templates), data_folder("report_templates")], numbers, markup=True)
    context = _context(advice, view, lang)
    parts = [
        {"id": name, "title": heading, "body": _body(pages, context, text)}
        for name, heading, text in _sections(advice, lang, wanted, templates, figures=True)
    ]
    page = "fragment.html.j2" if wanted else "page.html.j2"
    title = _title(advice, lang)
    return pages.get_template(page).render({**context, "title": title, "parts": parts})


def _title(advice: Advice, lang: str) -> str:
    say = catalogue(lang, "words")
    return say.say("title", number=f"14{advice.region.number}", region=advice.region.name)


def _own(templates: Path | None) -> list[Path]:
    return [] if templates is None else [templates]


def _sections(
    advice: Advice, lang: str, wanted: Sequence[str], templates: Path | None, *, figures: bool
) -> Iterable[tuple[str, str, str]]:
    """Id, heading and Markdown of each wanted section."""
    say = catalogue(lang, "words")
    headings: Mapping[str, str] = say.tree["sections"]
    folders = [folder / lang for folder in [*_own(templates), data_folder("report_templates")]]
    env = _environment(folders, Numbers(lang), markup=False)
    env.globals["figure"] = lambda name: Markup(f"@@figure:{name}@@") if figures else Markup("")
    context = _context(advice, View(advice, say), lang)
    for name in wanted or headings:
        text = env.get_template(f"sections/{name}.md.j2").render(context)
        yield name, headings[name], _tidy(text)


def _context(advice: Advice, view: View, lang: str) -> dict[str, Any]:
    return {
        "advice": advice,
        "region": advice.region,
        "knowledge": advice.knowledge,
        "v": view,
        "words": view.words.tree,
        "lang": lang,
    }


def _environment(
    folders: Sequence[Path], numbers: Numbers, *, markup: bool
) -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=markup,
        finalize=None if markup else _escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in ("euro", "cents", "number", "plain", "percent", "listing"):
        env.filters[name] = getattr(numbers, name)
    return env


def _escape(value: object) -> object:
    """Keep data from being read as Markdown or HTML."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return SPECIAL.sub(r"\\\1", " ".join(value.split(" ")).replace("\n", " "))


def _tidy(text: str) -> str:
    """One blank line between blocks, none inside tables and lists, no trailing spaces."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept: list[str] = []
    for number, line in enumerate(lines):
        following = next((one for one in lines[number + 1 :] if one), "")
        before = next((one for one in reversed(kept) if one), "")
        if not line and _same_block(before, following):
            continue
        kept.append(line)
    return BLANKS.sub("\n\n", "\n".join(kept)).strip() + "\n"


def _same_block(before: str, following: str) -> bool:
    """Whether two lines belong to one table or one list, so that no blank may part them."""
    starts = ("| ", "|-", "- ", "1. ")
    return any(before.startswith(start[0]) and following.startswith(start) for start in starts)


def _body(pages: ImmutableSandboxedEnvironment, context: Mapping[str, Any], text: str) -> Markup:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("th_open", _heading_cell)

    def figure(match: re.Match[str]) -> str:
        return str(pages.get_template(f"figures/{match[1]}.html.j2").render(context))

    return Markup(FIGURE.sub(figure, parser.render(text)))  # noqa: S704 - html is off: escaped


def _table_open(*_: object) -> str:
    return '<div class="table" tabindex="0" role="group">\n<table>\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _heading_cell(_renderer: object, tokens: Sequence[Any], index: int, *_: object) -> str:
    style = tokens[index].attrGet("style")
    return f'<th scope="col" style="{style}">' if style else '<th scope="col">'
