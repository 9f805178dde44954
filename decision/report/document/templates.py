"""The templates of the report: where they are found, and what they may use.

Templates run in a sandbox and see plain values only. Whatever comes from a region file is escaped,
so that a name can neither break a table nor become a link, a heading or HTML.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from math import fsum
from pathlib import Path
from traceback import walk_tb
from typing import Any

import yaml
from jinja2 import BaseLoader, ChoiceLoader, Environment, pass_environment
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.ext import Extension
from markupsafe import Markup

from decision.advice.advice import Advice
from decision.load.receipt import digest
from decision.model.installed import data_folder
from decision.report.document.bounded import BoundedSandbox, begin
from decision.report.document.compiled import compiled
from decision.report.document.sandbox import MistakeError, Sandbox
from decision.report.document.trace import Traces
from decision.report.document.tree import one_line
from decision.report.planner.routes import others
from decision.report.planner.wishes import answered
from decision.report.view import View
from decision.report.view.asked import Phrases
from decision.report.view.names import often
from decision.words.catalogue import Messages, catalogue, has_words, languages, sentence
from decision.words.numbers import Numbers

__all__ = [
    "DATA",
    "INSERT",
    "SPECIAL",
    "context",
    "environment",
    "escape",
    "ignored",
    "saying",
    "signed",
    "told",
]

SPECIAL = re.compile(
    r"[\\`*_\[\]<|~@$^{]"  # emphasis, code, links, HTML, cells, strikes, mail, maths, attributes
    r"|&(?=#?\w+;)|:(?=//)|(?<=[wW]{3})\.|(?<![^ ])#(?=#*(?: |$))"  # entities, sites, headings
)
"""What Markdown would read as its own in a text, that of GitHub, Pandoc, Quarto and MyST too."""

DATA = "\x03"
"""Stands before every value that a template fills in, until the lines are tidied."""

INSERT = re.compile(r"\x02(table|figure|fold|notice|end):?(.*)")
"""A line for an object by its name, or where a part that is folded or set apart begins or ends."""

FILTERS = (
    "euro", "cents", "amount", "number", "plain", "exact", "percent", "share", "signed", "date",
    "span",
)  # fmt: skip
"""The ways to write a number that a template can use; see `Numbers`."""

FAULTS: dict[type[Exception], str] = {
    RecursionError: "too_much",
    MemoryError: "too_much",
    OverflowError: "too_much",
    ZeroDivisionError: "divides_by_zero",
    TemplateNotFound: "no_template",
    SecurityError: "forbidden",
    UndefinedError: "no_name",
    TemplateSyntaxError: "syntax",
}
"""What is wrong with a template, by what goes wrong; any other is a calculation that fails."""

TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")


def context(advice: Advice, lang: str) -> dict[str, Any]:
    """Everything that a template can name."""
    words = catalogue(lang, "words")
    view = View(advice, words)
    return {
        "advice": advice,
        "region": advice.region,
        "knowledge": advice.knowledge,
        "v": view,
        "traces": Traces(view, Phrases(advice, words, lang)),
        "other_routes": lambda: others(view, Numbers(lang)),
        "wishes": answered(view, Numbers(lang), advice.start_wishes),
        "words": words.tree,
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


def environment(lang: str, templates: Path | None, *, markup: bool) -> Sandbox:
    """The templates of a language, the user's own first, to write one report with.

    One in the folder of the language comes before one that serves every language.
    """
    begin()
    make = _environment if templates is None else _environment.__wrapped__  # they may change
    return make(lang, templates, markup=markup)


@cache
def _environment(lang: str, templates: Path | None, *, markup: bool) -> Sandbox:
    """The environment itself: each template is compiled once."""
    numbers, say = Numbers(lang), catalogue(lang, "words")

    def about(amount: float) -> str:
        """The amount in round figures: ``ruim € 1,8 miljoen``."""
        text, side = numbers.rounded(amount)
        return say.say(f"rounding.{side}", amount=text)

    def how_often(share: float, of: str) -> str:
        """In how many of all cases: ``94% of the weights``."""
        return often(share, of, say, numbers)

    def counted(value: float, one: str, many: str, write: str = "plain") -> str:
        """The number with its noun: ``1 gemeente``, ``2 gemeenten``."""
        text = str(filters[write](value))
        return f"{text} {one if text == '1' else many}"

    filters: dict[str, Callable[..., Any]]
    filters = {name: _trusted(getattr(numbers, name)) for name in FILTERS}
    filters |= {"about": _trusted(about), "counted": counted, "sum": _total}
    filters |= {"often": _trusted(how_often), "parts": numbers.parts, "adds_up": numbers.adds_up}
    filters |= {"listing": _joining(numbers.listing), "either": _joining(numbers.either)}
    filters |= {"sentence": _capital, "near": _trusted(lambda amount: numbers.rounded(amount)[0])}
    filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    kind = Sandbox if templates is None else BoundedSandbox
    roots = [root for root in (templates, data_folder("report_templates")) if root is not None]
    return kind(
        filters,
        {name: _insert(name) for name in ("table", "figure", "fold", "notice", "end")},
        loader=ChoiceLoader([_Folder(root, part) for root in roots for part in (lang, "")]),
        escape=_as_it_is if markup else escape,
        autoescape=markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled() if templates is None else None,
        optimized=False,  # each template runs once or twice: optimising costs more than it gains
        extensions=[_Lines],
    )


class _Folder(BaseLoader):
    """The templates in a folder: only what is really in it, and all of that."""

    def __init__(self, root: Path, folder: str) -> None:
        """Look in a part of the folder."""
        self._root, self._part = root, root / folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002
        """The text of a template and its file; raises ``MistakeError`` where that is at fault."""
        path = self._part / template
        if ".." in path.parts or not path.is_relative_to(self._part):
            raise MistakeError("outside", name=template)
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(os.path.realpath(self._root)):
            raise MistakeError("outside", str(path), 1, name=template)
        if not os.path.lexists(path):
            raise TemplateNotFound(template)
        if not real.is_file():
            raise MistakeError("no_file", str(path), 1)
        content = real.read_bytes()
        try:
            return io.TextIOWrapper(io.BytesIO(content), "utf-8").read(), str(path), None
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise MistakeError("not_utf8", str(path), line) from error


def ignored(templates: Path) -> tuple[list[str], list[str]]:
    """The files in the user's folder that no template is called, and the names that templates have.

    A file that a template of the user names is a part of that one.
    """
    own, ours = _files(templates), _files(data_folder("report_templates"))
    known = [name for name in ours if not name.endswith(".yaml") or "/sections/" in name]
    known += [f"{lang}/{name}" for lang in languages() for name in known if name.count("/") == 1]
    texts = [path.read_bytes() for name, path in own.items() if name.endswith(".j2")]
    named = {name for name in own for text in texts if Path(name).name.encode() in text}
    return [name for name in own if name not in {*known, *named}], known


def _files(folder: Path) -> dict[str, Path]:
    """The files in a folder by their names there, but for hidden ones."""
    found = (path for path in sorted(folder.rglob("[!.]*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def signed(templates: Path | None) -> dict[str, str]:
    """The digest of each file in the user's folder by its name there; none without a folder."""
    if templates is None:
        return {}
    root = os.path.realpath(templates)
    own = {n: at for n, at in _files(templates).items() if at.resolve().is_relative_to(root)}
    return {name: digest(at.read_bytes().decode("utf-8", "replace")) for name, at in own.items()}


@contextmanager
def told(templates: Path | None) -> Iterator[None]:
    """Tell of whatever goes wrong in the user's templates what it is, and in which line.

    Raises:
        MistakeError: a template of the user's folder is at fault.
    """
    try:
        yield
    except Exception as error:
        place = None if templates is None else _place(error)
        if place is None or (_ours(error) and not isinstance(error, MistakeError)):
            raise
        code, details = _fault(error)
        raise MistakeError(code, place[0], place[1], **details) from error


def _ours(error: Exception) -> bool:
    """Whether it tells of something else than a template, such as a cost that there is not."""
    return type(error).__module__.startswith("decision.")


def _place(error: Exception) -> tuple[str, int] | None:
    """The file and line of the template in which something went wrong; None when it is in none."""
    if isinstance(error, MistakeError) and error.file:
        return error.file, error.line
    if isinstance(error, TemplateSyntaxError):
        return error.filename or "", error.lineno
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in walk_tb(error.__traceback__)
        if "__jinja_exception__" in frame.f_globals
    ]
    return frames[-1] if frames else None


def _fault(error: Exception) -> tuple[str, dict[str, str]]:
    """What is wrong, as a code with its details."""
    if isinstance(error, MistakeError):
        return error.code, error.details
    said = (str(error).splitlines() or [""])[0]
    code = next((code for kind, code in FAULTS.items() if isinstance(error, kind)), "failed")
    return code, {"name": said, "message": f"{type(error).__name__}: {said}"}


def saying(lang: str, section: str, templates: Path | None) -> Callable[..., Markup]:
    """How a template of a section says a sentence: from the words beside it, else the general ones.

    What is filled in is data, so that no name is read as Markdown.
    """
    own, general = _words(lang, section, templates), catalogue(lang, "words")

    def say(code: str, **details: object) -> Markup:
        known = {name: escape(value) for name, value in details.items()}
        for words in (own, general):
            if words.get(code) is not None:
                return Markup(words.say(code, **known))  # noqa: S704 - our words, and data escaped
        raise MistakeError("no_words", name=code)

    return say


def _words(lang: str, section: str, templates: Path | None) -> Messages:
    """The sentences of a section; those of the user's folder take the place of ours."""
    name = f"sections/{section}"
    found = dict(catalogue(lang, name).tree) if has_words(lang, name) else {}
    path = None if templates is None else templates / lang / f"{name}.yaml"
    if path is not None and path.is_file():
        try:
            found |= yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            raise MistakeError("bad_words", str(path), mark.line + 1 if mark else 1) from error
    return Messages(found, lang)


def _joining(join: Callable[[Iterable[str]], str]) -> Callable[[Iterable[str]], str]:
    """A list of names as one part of a sentence; with sentences of ours among them it is one."""

    def joined(items: Iterable[str]) -> str:
        given = list(items)
        if any(isinstance(one, Markup) for one in given):
            return Markup(join([str(escape(one)) for one in given]))  # noqa: S704 - escaped
        return join(given)

    return joined


def _capital(text: str) -> str:
    """The text with a capital at its start, behind marks that come first."""
    plain = str(text)  # what is added to markup would be escaped for HTML
    marks = len(plain) - len(plain.lstrip(f"{DATA}*"))
    found = plain[:marks] + sentence(plain[marks:])
    return Markup(found) if isinstance(text, Markup) else found  # noqa: S704 - it was so


def _as_it_is(value: object) -> object:
    return value  # jinja escapes it for HTML


def _trusted(write: Callable[..., str]) -> Callable[..., Markup]:
    """A filter whose outcome holds nothing but our own figures and words."""
    return lambda *given: Markup(write(*given))  # noqa: S704 - no text of others comes in


@pass_environment
def _total(env: Environment, values: Iterable[Any], attribute: str | None = None) -> float:
    """The exact sum, the same on every Python; that of jinja adds up with what Python has."""
    return fsum(values if attribute is None else (env.getattr(one, attribute) for one in values))


def _insert(kind: str) -> Callable[..., Markup]:
    return lambda text="": Markup(f"\n\n\x02{kind}:{one_line(text)}\n\n")  # noqa: S704


def escape(value: object) -> object:
    """Keep data from being read as Markdown or HTML; one value is always one line."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return DATA + SPECIAL.sub(r"\\\g<0>", one_line(value))
