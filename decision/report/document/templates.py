"""The templates of the report: where they are found, and what they may use.

Templates run in a sandbox. Whatever comes from a region file is escaped, so that a name can
neither break a table nor become a link, a heading or HTML.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from math import fsum
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_environment,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from decision.advice.advice import Advice
from decision.model.installed import data_folder
from decision.report.document.trace import Traces
from decision.report.view import View
from decision.report.view.asked import Phrases
from decision.words.catalogue import catalogue, sentence
from decision.words.numbers import Numbers, rounded

__all__ = ["DATA", "INSERT", "context", "environment", "escape", "one_line"]

SPACES = re.compile(r"[\t-\r \x1c-\x1e\x85\u2028\u2029]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
SPECIAL = re.compile(
    r"[\\`*_\[\]<|~@$^{]"  # emphasis, code, links, HTML, cells, strikes, mail, maths, attributes
    r"|&(?=#?\w+;)|:(?=//)|(?<=[wW]{3})\.|(?<![^ ])#(?=#*(?: |$))"  # entities, sites, headings
)
"""What Markdown would read as its own in a text, that of GitHub, Pandoc, Quarto and MyST too."""

DATA = "\x03"
"""Stands before every value that a template fills in, until the lines are tidied."""

INSERT = re.compile(r"\x02(figure|fold|end):?(.*)")
"""A line for HTML only: a figure, or where a part that can be folded away begins or ends."""

FILTERS = (
    "euro", "cents", "amount", "number", "plain", "exact", "percent", "share", "signed", "date",
)  # fmt: skip
"""The ways to write a number that a template can use; see `Numbers`."""

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


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that remembers what is safe: by the type of an object it never changes."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - jinja's own
        super().__init__(*args, **options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Whether a template may ask an object for an attribute."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


@cache
def environment(
    folder: str, lang: str, templates: Path | None, *, markup: bool
) -> ImmutableSandboxedEnvironment:
    """The templates in ``folder``, the user's own first; each is compiled once."""
    roots = [root for root in (templates, data_folder("report_templates")) if root is not None]
    env = _Sandbox(
        loader=FileSystemLoader([root / folder for root in roots]),
        undefined=StrictUndefined,
        autoescape=markup,
        finalize=None if markup else escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # each template runs once or twice: optimising costs more than it gains
        extensions=[_Lines],
        bytecode_cache=_compiled() if templates is None else None,
    )
    numbers, say = Numbers(lang), catalogue(lang, "words")

    def about(amount: float) -> str:
        """The amount in round figures: ``ruim € 1,8 miljoen``."""
        text, side = numbers.rounded(amount)
        return say.say(f"rounding.{side}", amount=text)

    def chance(value: float, margin: float) -> str:
        """A chance with how far it may be off; both together stay within 0 and 100%."""
        near, off = float(rounded(value, 3)), max(float(rounded(margin, 3)), 0.001)
        if rounded(near + off, 3) > 1:
            return say.say("chance.over", chance=numbers.percent(max(near - off, 0.0), 1))
        if near < off:
            return say.say("chance.under", chance=numbers.percent(near + off, 1))
        said = {"chance": numbers.percent(near, 1), "margin": numbers.number(100 * off, 1)}
        return say.say("chance.about", **said)

    def counted(value: float, one: str, many: str, write: str = "plain") -> str:
        """The number with its noun: ``1 gemeente``, ``2 gemeenten``."""
        text = str(env.filters[write](value))
        return f"{text} {one if text == '1' else many}"

    for name in FILTERS:
        env.filters[name] = _trusted(getattr(numbers, name))
    env.filters |= {"about": _trusted(about), "chance": chance, "counted": counted}
    env.filters |= {"parts": numbers.parts, "adds_up": numbers.adds_up}
    env.filters |= {"listing": numbers.listing, "sentence": sentence}
    env.filters["sum"] = _total
    for kind in ("figure", "fold", "end"):
        env.globals[kind] = _insert(kind)
    return env


def _compiled() -> BytecodeCache | None:
    """Compiled templates are kept beside them, as Python keeps its modules, where we may write."""
    folder = data_folder("report_templates") / "__pycache__"
    if sys.dont_write_bytecode:
        return None
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def _trusted(write: Callable[..., str]) -> Callable[..., Markup]:
    """A filter whose outcome holds nothing but our own figures and words."""
    return lambda *given: Markup(write(*given))  # noqa: S704 - no text of others comes in


@pass_environment
def _total(env: Environment, values: Iterable[Any], attribute: str | None = None) -> float:
    """The exact sum, the same on every Python; that of jinja adds up with what Python has."""
    return fsum(values if attribute is None else (env.getattr(one, attribute) for one in values))


def _insert(kind: str) -> Callable[..., Markup]:
    return lambda text="": Markup(f"\n\n\x02{kind}:{one_line(text)}\n\n")  # noqa: S704


def one_line(text: str) -> str:
    """The text on one line, with every control character shown as one that cannot be shown."""
    return CONTROLS.sub("\ufffd", SPACES.sub(" ", text))


def escape(value: object) -> object:
    """Keep data from being read as Markdown or HTML; one value is always one line."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return DATA + SPECIAL.sub(r"\\\g<0>", one_line(value))
