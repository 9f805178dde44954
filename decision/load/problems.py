"""Faults in the input: where, what is wrong, what was expected, what to do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from decision.words import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from decision.words import Messages

__all__ = ["Faults", "InputError", "Path", "Place", "Problem", "TextFile", "render"]

Path = tuple[str | int, ...]

_LONGEST_VALUE = 60
_LONGEST_LIST = 12
_WIDTH = 96


class TextFile(NamedTuple):
    """A file under the name that a reader knows it by, with its lines.

    Something without lines (a change on the command line) is a place as a whole.
    """

    name: str
    lines: tuple[str, ...] = ()


class Place(NamedTuple):
    """A place in a file; line and column count from 1, None where the whole file is meant."""

    file: TextFile
    line: int | None = None
    column: int | None = None

    @property
    def excerpt(self) -> str | None:
        """The line itself."""
        lines = self.file.lines
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
    def order(self) -> tuple[str, int, int, str, str]:
        """Problems are told file by file, from top to bottom."""
        return (self.file, self.line or 0, self.column or 0, self.path, self.message)


class InputError(Exception):
    """The input is at fault; ``problems`` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they are told."""
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line."""
        return "\n".join(map(str, self.problems))


@dataclass(slots=True)
class Faults:
    """The faults found so far, told in one language."""

    lang: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        place: Place,
        path: Path = (),
        *,
        suggestion: str | None = None,
        **details: object,
    ) -> None:
        """Note a fault; ``suggestion`` is what the writer may have meant."""
        words = messages(self.lang)
        shown = {key: _shown(_word(words, key, value)) for key, value in details.items()}
        hint = words.get(f"problems.{code}.hint") or ""
        if suggestion is not None:
            hint = words.say("problem_words.did_you_mean", suggestion=_shown(suggestion))
        elif hint:
            hint = words.say(f"problems.{code}.hint", **shown)
        self.problems.append(
            Problem(
                file=_printable(place.file.name),
                line=place.line,
                column=place.column,
                path=_printable(".".join(map(str, path))),
                code=code,
                message=words.say(f"problems.{code}.message", **shown),
                hint=hint.replace("….", "…"),
                excerpt=place.excerpt,
            )
        )

    def raise_if_any(self) -> None:
        """Raise ``InputError`` with all faults, if there are any."""
        if self.problems:
            raise InputError(self.problems)


def _word(words: Messages, key: str, value: object) -> object:
    """The word for a kind of entry or an owner of facts; any other detail is shown as it is."""
    return words.get(f"problem_words.{key}s.{value}") if key in {"kind", "owner"} else value


def _shown(value: object) -> str:
    """A value as a message shows it: on one line, not too long, booleans and nothing as YAML."""
    if isinstance(value, list | tuple):
        shown = [_shown(one) for one in value[:_LONGEST_LIST]]
        return ", ".join(shown + ["…"] * (len(value) > _LONGEST_LIST)) or "-"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _printable(str(value))
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def render(problem: Problem) -> str:
    """The problem with the line at fault and a caret under the place, for a terminal."""
    if problem.excerpt is None or problem.line is None or problem.column is None:
        return str(problem)
    skipped = max(0, problem.column - 1 - _WIDTH * 2 // 3)
    line = _printable(problem.excerpt)[skipped : skipped + _WIDTH]
    before = line[: problem.column - 1 - skipped]
    margin = len(str(problem.line)) + 4
    indent = sum(2 if unicodedata.east_asian_width(char) in "FW" else 1 for char in before)
    numbered = f"{problem.line:>{margin}} │ {line.rstrip()}"
    return f"{problem}\n{numbered}\n{' ' * margin} │ {' ' * indent}^"
