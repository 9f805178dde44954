"""An advice that was written as JSON, read back with the receipt of what it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from decision.load.problems import Faults, Location, TextFile
from decision.load.receipt import INPUTS, MOST_DRAWS, MOST_SEED, Receipt
from decision.load.text import hidden_in, read_bytes
from decision.model.values import is_date

__all__ = ["LARGEST_ADVICE", "WrittenAdvice", "read_advice"]

LARGEST_ADVICE = 64 * 1024 * 1024
"""The largest advice, in bytes, that is read; one on ten municipalities takes some 1 MB."""

_TOLD = frozenset({"region", "recommended", "municipalities", "open_questions"})
"""Keys that the advice on a region has, and no other document of the program has all of."""

_LONGEST_WHOLE = 18  # digits

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class WrittenAdvice:
    """An advice as it stands in a file: its whole ``text``, and the ``document`` in it.

    By its ``receipt`` it was made with so many ``draws`` from a ``seed``.
    """

    text: str
    document: Mapping[str, Any]
    receipt: Receipt
    draws: int
    seed: int


class _ForeignNumberError(ValueError):
    """A number that is none, or that is too large."""


def read_advice(path: Path, lang: str, contract: int) -> WrittenAdvice:
    """The advice that ``decide region --format json`` wrote, by this version of the contract.

    Raises ``InputError`` when the file cannot be read, or holds no such advice.
    """
    faults = Faults(lang)
    name = str(path)
    text = _text(path, name, faults)
    file = TextFile(name, text)
    document = None if text is None else _document(text, file, faults)
    found = None if document is None else _receipt(document, file, contract, faults)
    faults.raise_if_any()
    if text is None or document is None or found is None:
        raise AssertionError("an advice without faults is missing")
    return WrittenAdvice(text, document, *found)


def _text(path: Path, name: str, faults: Faults) -> str | None:
    content = read_bytes(path, name, faults, LARGEST_ADVICE, "advice_too_large")
    if content is None:
        return None
    try:  # what a shell of Windows sends to a file is UTF-16
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        faults.add("not_json", Location(TextFile(name)))
    return None


def _document(text: str, file: TextFile, faults: Faults) -> dict[str, Any] | None:
    """The object in a text; None when it holds something else, which is noted."""
    try:
        found = json.loads(text, parse_constant=_foreign, parse_float=_float, parse_int=_int)
    except json.JSONDecodeError as error:
        faults.add("not_json", Location(file, error.lineno, error.colno))
    except RecursionError:
        faults.add("json_too_deep", Location(file))
    except _ForeignNumberError:
        faults.add("not_json", Location(file))
    else:
        if isinstance(found, dict) and found.keys() >= _TOLD:
            return found
        faults.add("not_an_advice", Location(file))
    return None


def _foreign(_: str) -> NoReturn:
    raise _ForeignNumberError


def _int(text: str) -> float:
    """A whole number; one that is too long to be counted with is no more exact than a float."""
    return int(text) if len(text) <= _LONGEST_WHOLE else _float(text)


def _float(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _foreign(text)


def _receipt(
    document: Mapping[str, Any], file: TextFile, contract: int, faults: Faults
) -> tuple[Receipt, int, int] | None:
    """The receipt in an advice, with draws and seed; None when at fault, which is noted."""
    version, receipt = document.get("version"), document.get("receipt")
    if version != contract or isinstance(version, bool):
        faults.add("other_contract", Location(file), value=version, known_version=contract)
    elif receipt is None:
        faults.add("no_receipt", Location(file))
    else:
        parts = _Parts(receipt)
        made = Receipt(
            version=parts.text("program") or "",
            inputs={kind: parts.digests("inputs", kind) for kind in INPUTS},
            changes=parts.texts("options", "set"),
            as_of=parts.text("options", "as_of", optional=True),
            weights=parts.text("options", "weights", optional=True),
        )
        draws = parts.whole("options", "samples", low=1, high=MOST_DRAWS)
        seed = parts.whole("options", "seed", low=0, high=MOST_SEED)
        if made.as_of is not None and not is_date(made.as_of):
            parts.faulty.append("options.as_of")
        if not parts.faulty:
            return made, draws, seed
        path = ("receipt", *parts.faulty[0].split("."))
        faults.add("bad_receipt", Location(file), path, value=".".join(path))
    return None


class _Parts:
    """The parts of a receipt that anybody can have written; ``faulty`` are the paths at fault."""

    def __init__(self, receipt: object) -> None:
        self.receipt, self.faulty = receipt, list[str]()

    def at(self, *path: str) -> object:
        found = self.receipt
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def refuse(self, path: Sequence[str]) -> None:
        self.faulty.append(".".join(path))

    def text(self, *path: str, optional: bool = False) -> str | None:
        value = self.at(*path)
        if isinstance(value, str) and _plain(value):
            return value
        if value is not None or not optional:
            self.refuse(path)
        return None

    def texts(self, *path: str) -> tuple[str, ...]:
        value = self.at(*path)
        if isinstance(value, list) and all(isinstance(one, str) and _plain(one) for one in value):
            return tuple(value)
        self.refuse(path)
        return ()

    def digests(self, *path: str) -> dict[str, str]:
        value = self.at(*path)
        if isinstance(value, dict) and all(map(_is_digest, value.items())):
            return value
        self.refuse(path)
        return {}

    def whole(self, *path: str, low: int, high: int) -> int:
        value = self.at(*path)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.refuse(path)
        return low


def _plain(text: str) -> bool:
    """Whether a text can be shown as it is."""
    return bool(text.strip()) and hidden_in(text, "") is None


def _is_digest(entry: tuple[str, object]) -> bool:
    name, value = entry
    return _plain(name) and isinstance(value, str) and bool(_DIGEST.fullmatch(value))
