"""What a writer probably meant: the candidate that looks most like what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

__all__ = ["Guesses"]

_ALIKE = 0.7
_ALIKE_NUMBERS = 0.8  # of two years with one other digit, 2050 and 2010, neither is a slip
_YAML = re.compile(r"\.ya?ml$")
_LONGEST = 60
_MOST_COMPARED = 10_000


class Guesses:
    """Guesses for one run. Each takes time, so that after a good many there are no more."""

    def __init__(self) -> None:
        """Start with all the time there is."""
        self._left = _MOST_COMPARED

    def closest(self, value: object, candidates: Iterable[str]) -> str | None:
        """The candidate that the writer probably meant."""
        text = str(value).casefold() if isinstance(value, str | int | float) else ""
        text = _telling(text)
        alike = {_telling(candidate.casefold()): candidate for candidate in candidates}
        self._left -= len(alike)
        if self._left < 0 or not 0 < len(text) <= _LONGEST:
            return None
        cutoff = _ALIKE_NUMBERS if text.isdecimal() else _ALIKE
        found = get_close_matches(text, alike, n=1, cutoff=cutoff)
        return alike[found[0]] if found else None

    def entry(self, value: object, names: Mapping[str, str]) -> str | None:
        """The id of the entry that the writer probably meant, by its id or by its name."""
        ids = {**{name: one for one, name in names.items()}, **{one: one for one in names}}
        found = self.closest(value, ids)
        return ids[found] if found else None


def _telling(text: str) -> str:
    """The part that tells one from another: of a file its name, without folder and ending."""
    return _YAML.sub("", text).rpartition("/")[2] if _YAML.search(text) else text
