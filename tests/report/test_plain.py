"""The serialiser of the machine contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nan
from typing import NamedTuple

from decision.report.json.plain import VERSION, Keys, plain, text


class Span(NamedTuple):
    """A named tuple is written by its names, not as a list."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Found:
    """A result with something to leave out and something to add."""

    name: str
    years: dict[int, Span]
    own: str = "own"

    @property
    def first(self) -> int:
        """A property that belongs to the contract."""
        return min(self.years)


FOUND = Found("one", {2009: Span(0.1, inf)})


def test_a_result_is_written_with_all_its_fields() -> None:
    """Keys are texts, a tuple is a list, and what JSON has no number for is null."""
    assert plain(FOUND, {}) == {
        "name": "one",
        "years": {"2009": {"low": 0.1, "high": None}},
        "own": "own",
    }
    assert plain((Fraction(1, 4), nan, None, True, (1, "a")), {}) == [
        0.25,
        None,
        None,
        True,
        [1, "a"],
    ]


def test_a_result_is_written_as_the_contract_names_it() -> None:
    """Only the keys that are named, in their order; under another name; or as a function says."""
    keys: Keys = {Found: "first title=name", Span: lambda one: [one.low, one.high]}
    assert list(plain(FOUND, keys).items()) == [("first", 2009), ("title", "one")]
    assert plain(FOUND.years, keys) == {"2009": [0.1, None]}


def test_a_document_says_which_version_it_is() -> None:
    """The version comes first, and letters stay letters."""
    assert text({"naam": "é"}).startswith(f'{{\n  "version": {VERSION},\n  "naam": "é"')
    assert json.loads(text({"a": [1]})) == {"version": VERSION, "a": [1]}
