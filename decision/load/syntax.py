"""What the YAML parser stumbled over, in the terms of somebody who writes a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.load.problems import Location, TextFile

if TYPE_CHECKING:
    from yaml import Mark, YAMLError

__all__ = ["syntax_fault"]

_CODES = (
    ("mapping values are not allowed", "colon_in_text"),
    ("found unexpected end of stream", "unclosed_quote"),
    ("found unexpected document indicator", "unclosed_quote"),
    ("expected ',' or", "unclosed_bracket"),
    ("found unknown escape character", "backslash"),
    ("could not find expected ':'", "colon_missing"),
    ("did not find expected key", "not_in_line"),
    ("did not find expected '-' indicator", "not_in_line"),
)
"""Words in the parser's own message, and the code of our fault; the first that fits counts."""


_AT_OPENING = frozenset({"unclosed_quote", "unclosed_bracket", "colon_missing"})
"""Faults that are shown where the part at fault begins, not where the parser gave up."""


def syntax_fault(error: YAMLError, file: TextFile) -> tuple[str, Location, str]:
    """The code and place of the fault that the parser reports, and the character at fault."""
    problem = str(getattr(error, "problem", ""))
    code = next((code for words, code in _CODES if words in problem), "syntax")
    opening = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opening
    place = _place(opening if opening and code in _AT_OPENING else mark, file)
    at = (place.excerpt or "")[(place.column or 1) - 1 :][:1]
    if "cannot start any token" in problem:
        code = "tab" if at == "\t" else "bad_start"
    return code, place, at


def _place(mark: Mark | None, file: TextFile) -> Location:
    """The place of ``mark``; one past the end of the file is at the end of its last line."""
    if file.whole:
        return Location(file)
    if mark is None:
        return Location(file, 1, 1)
    if mark.line < len(file.lines):
        return Location(file, mark.line + 1, mark.column + 1)
    return Location(file, len(file.lines), len(file.lines[-1]) + 1)
