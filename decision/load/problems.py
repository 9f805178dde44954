"""Faults in the input: where, what is wrong, what was expected, what to do."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from decision.load.guess import Guesses
from decision.model.checks import UNTOLD, Ids
from decision.words.catalogue import Messages, messages

__all__ = ["MOST_TOLD", "Faults", "InputError", "Location", "Path", "Problem", "TextFile", "render"]

Path = tuple[str | int, ...]

MOST_TOLD = 200
"""The faults that are told in one go; of the others the last problem says how many there are."""

_LONGEST_VALUE = 60
_LONGEST_LIST = 14
_WIDTH = 96
_LARGEST_WHOLE = 1e15

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class TextFile:
    """A file under the name that a reader knows it by, with its lines, cut where YAML cuts them.

    Something without text (a change on the command line) is a place as a whole.
    """

    def __init__(self, name: str, text: str | None = None) -> None:
        """Keep the text: it is cut into lines when a fault needs one."""
        self.name = name
        self._text = text

    @property
    def whole(self) -> bool:
        """Whether it can only be meant as a whole."""
        return self._text is None

    @property
    def text(self) -> str:
        """The whole text; empty of what has none."""
        return self._text or ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends."""
        return () if self._text is None else tuple(_LINE_END.split(self._text))


class Location(NamedTuple):
    """A place in a file; line and column count from 1, None where the whole file is meant."""

    file: TextFile
    line: int | None = None
    column: int | None = None

    @property
    def excerpt(self) -> str | None:
        """The line itself."""
        lines = self.file.lines if self.line else ()
        return lines[self.line - 1] if self.line and self.line <= len(lines) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the input.

    ``code`` names the kind of fault, ``path`` the place inside the document (dotted), and
    ``excerpt`` is the line at fault; ``line`` and ``column`` are None for a whole file.
    """

    file: str
    line: int | None
    column: int | None
    path: str
    code: str
    message: str
    hint: str
    excerpt: str | None = None

    def __str__(self) -> str:
        """``file:line:column: what is wrong, what was expected, what to do`` on one line."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.message} {self.hint}".rstrip()

    @property
    def mended(self) -> tuple[object, ...]:
        """What is mended in one go: of a part that is used in more places, each says the same."""
        path = None if self.line else self.path
        return (self.file, self.line, self.column, self.code, self.message, self.hint, path)

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Problems are told file by file, from top to bottom; how many are left out comes last."""
        line = sys.maxsize if self.code == UNTOLD else self.line or 0
        return (self.file, line, self.column or 0, self.path, self.message)


class InputError(Exception):
    """The input is at fault; ``problems`` holds every fault that was found.

    With more than ``MOST_TOLD`` faults it holds the first of them, and one problem with the code
    ``untold`` that says how many more there are.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they are told."""
        told = {
            one.mended: one for one in sorted(problems, key=lambda one: one.order, reverse=True)
        }
        self.problems = tuple(sorted(told.values(), key=lambda problem: problem.order))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line."""
        return "\n".join(map(str, self.problems))


class _Noted(NamedTuple):
    """A fault that may be told later."""

    code: str
    place: Location
    path: Path
    details: dict[str, Any]

    @property
    def order(self) -> tuple[str, int, int, str]:
        """As of the problem that is made of it."""
        place = self.place
        path = ".".join(map(str, self.path))
        return (place.file.name, place.line or 0, place.column or 0, path)


@dataclass(slots=True)
class Faults:
    """The faults found so far, told in one language; only those that are told become a text."""

    lang: str
    guesses: Guesses = field(default_factory=Guesses)
    untold: int = 0
    _noted: list[_Noted] = field(default_factory=list)

    def __len__(self) -> int:
        """How many faults were found so far."""
        return len(self._noted) + self.untold

    def add(self, code: str, place: Location, path: Path = (), **details: object) -> None:
        """Note a fault; where it has a ``value``, one of the ``known`` may have been meant."""
        self._noted.append(_Noted(code, place, path, details))

    def copy(self) -> Faults:
        """The same faults, to which others can be added without changing these."""
        return replace(self, guesses=Guesses(), _noted=[*self._noted])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults as they are told, in the order of the files; of too many the first."""
        noted = sorted(self._noted, key=lambda one: one.order)
        told = [self._told(one) for one in noted[:MOST_TOLD]]
        untold = self.untold + len(noted) - len(told)
        if untold:
            file = noted[: len(told)][-1].place.file if told else TextFile("")
            about = {"count": untold, "most": MOST_TOLD}
            told.append(self._told(_Noted(UNTOLD, Location(file), (), about)))
        return tuple(told)

    def _told(self, noted: _Noted) -> Problem:
        words, (code, place, path, details) = messages(self.lang), noted
        suggestion = self.guesses.closest(details.get("value"), details.get("known", ()))
        shown = {
            key: _listed(words, value)
            if key != "value" and isinstance(value, list | tuple | Ids)
            else _shown(_word(words, key, value))
            for key, value in details.items()
        }
        hint = words.get(f"problems.{code}.hint") or ""
        if suggestion is not None:
            hint = words.say("problem_words.did_you_mean", suggestion=_shown(suggestion))
        elif hint:
            hint = words.say(f"problems.{code}.hint", **shown)
        return Problem(
            file=_printable(place.file.name),
            line=place.line,
            column=place.column,
            path=_printable(".".join(map(str, path))),
            code=code,
            message=words.say(f"problems.{code}.message", **shown),
            hint=hint.replace("….", "…"),
            excerpt=place.excerpt,
        )

    def raise_if_any(self) -> None:
        """Raise ``InputError`` with all faults, if there are any."""
        if len(self):
            raise InputError(self.problems)


def _word(words: Messages, key: str, value: object) -> object:
    """The word for a kind of entry or file, or an owner of facts; any other detail as it is."""
    found = _WORDS.get(key)
    return words.get(f"problem_words.{found}.{value}") if found else value


_WORDS = {
    "kind": "kinds",
    "owner": "owners",
    "asked": "owners",
    "example": "examples",
    "found": "files",
    "asked_file": "files",
    "command": "commands",
}
"""The details that are told in a word of their own, and where those words stand."""


def _listed(words: Messages, values: Sequence[object] | Ids) -> str:
    """What can be chosen or is missing, as a sentence lists it; of very many the first."""
    shown = [_shown(one) for one in islice(values, _LONGEST_LIST)]
    if len(values) > _LONGEST_LIST:
        return ", ".join([*shown, "…"])
    return words.listed(shown) or "-"


def _shown(value: object) -> str:
    """A value as a message shows it: on one line, not too long, and as YAML writes it."""
    if isinstance(value, list | tuple):
        shown = [_shown(one) for one in islice(value, _LONGEST_LIST)]
        return ", ".join(shown + ["…"] * (len(value) > _LONGEST_LIST)) or "-"
    if isinstance(value, dict):
        value = "{" + ", ".join(f"{key}: …" for key in islice(value, _LONGEST_LIST)) + "}"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        value = int(value)
    text = _printable(str(value)[: _LONGEST_VALUE + 1])
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def render(problem: Problem) -> str:
    """The problem with the line at fault and a caret under the place, for a terminal."""
    if problem.excerpt is None or problem.line is None or problem.column is None:
        return str(problem)
    skipped = max(0, problem.column - 1 - _WIDTH * 2 // 3)
    line = _printable(problem.excerpt[skipped : skipped + _WIDTH])
    before = line[: problem.column - 1 - skipped]
    margin = len(str(problem.line)) + 4
    indent = sum(2 if unicodedata.east_asian_width(char) in "FW" else 1 for char in before)
    numbered = f"{problem.line:>{margin}} │ {line.rstrip()}"
    return f"{problem}\n{numbered}\n{' ' * margin} │ {' ' * indent}^"
