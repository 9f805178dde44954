"""Where something stands in a document, in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from decision.words.catalogue import catalogue, has_words

__all__ = ["cited"]


def cited(place: str, lang: str) -> str:
    """A place in a document with its numbered and standing parts by their names in a language.

    A heading keeps the words that the document has, as does every place in a language that has no
    names for the parts.
    """
    if not has_words(lang, "places"):
        return place
    parts = catalogue(lang, "places").tree
    return _parts(tuple(parts)).sub(lambda found: parts[found[0]], place)


@cache
def _parts(names: tuple[str, ...]) -> re.Pattern[str]:
    """A part before its number or letter, or as a whole; and what joins two of them."""
    *kinds, joins = names
    known = "|".join(sorted(kinds, key=len, reverse=True))
    part = rf"(?<![\w-])(?:{known})(?= \d| [A-Z](?!\w)|[;,:]|$)"
    return re.compile(rf"{part}|(?<=[A-Z\d,] ){joins}(?= \d| (?:{known}) )")
