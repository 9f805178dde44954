"""What a word in YAML means, and the words that YAML reads otherwise than a writer expects."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

__all__ = ["FAULTY", "NOTHING", "Faulty", "Grouped", "Scalar", "Trap", "meaning"]


class Faulty:
    """Stands where a value was at fault; it is reported, and takes no part in other checks."""

    def __repr__(self) -> str:
        """Show what it is."""
        return "FAULTY"


FAULTY: Final = Faulty()


@dataclass(frozen=True, slots=True)
class Grouped:
    """A number such as ``122.000``: a thousand to a Dutch reader, a fraction to YAML."""

    text: str


@dataclass(frozen=True, slots=True)
class Trap:
    """The code of the fault of a word that YAML reads otherwise than its writer expects."""

    code: str


Scalar = str | int | float | bool | None | Grouped | Faulty

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""The words that stand for no value."""

_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_YES_NO = frozenset(
    form for word in ("yes", "no", "on", "off") for form in (word, word.title(), word.upper())
)
_FIRST = frozenset("0123456789+-.")
_TRAPS = (
    ("leading_zero", re.compile(r"[-+]?0[0-9_]+")),
    ("clock", re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")),
    ("date", re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\s].*)?")),
    ("not_finite", re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")),
)
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FRACTION = re.compile(r"[-+]?([0-9][0-9_]*+\.?[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 40


def meaning(text: str) -> Scalar | Trap:
    """What a word without quotation marks stands for."""
    if text in NOTHING:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if text in _YES_NO:
        return Trap("yes_no")
    return _number(text) if text[0] in _FIRST else text


def _number(text: str) -> Scalar | Trap:
    for code, pattern in _TRAPS:
        if pattern.fullmatch(text):
            return Trap(code)
    if _GROUPED.fullmatch(text):
        return Grouped(text)
    digits = text.replace("_", "")
    if _WHOLE.fullmatch(text):
        return int(digits) if len(digits) <= _LONGEST_NUMBER else Trap("not_finite")
    if _FRACTION.fullmatch(text):
        value = float(digits)
        return value if math.isfinite(value) else Trap("not_finite")
    return text
