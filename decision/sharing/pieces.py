"""Pieces of a year in which nobody changes, and what is written off in each.

A year is cut where a municipality goes live, or has been live for a whole number of years.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import fsum
from typing import NamedTuple, TypeAlias

__all__ = ["Depreciation", "Piece", "Since", "State", "anniversaries", "shared", "years_between"]


class Since(NamedTuple):
    """What a municipality does from some day on: its form, and since when it is in it."""

    form: str
    since: date


class State(NamedTuple):
    """A municipality in a piece of a year: its form, its calls a year, and how they are answered.

    ``moving`` counts its years in forms that move contacts to another channel. Who is on one form
    in one ``group`` is on it together.
    """

    form: str
    calls: float
    passed_on: float
    handling: float
    moving: int
    group: str

    @property
    def centre(self) -> tuple[str, str]:
        """The form and the group."""
        return self.form, self.group


class Piece(NamedTuple):
    """A piece of a year (its length as a share of the year), and who does what in it."""

    year: int
    length: float
    start: date
    states: Mapping[str, State]


Bought: TypeAlias = tuple[tuple[str, str], str]
"""The form and the group that something is bought for, and by whom (empty for all on it)."""


@dataclass(slots=True)
class Depreciation:
    """What is still to be written off in each centre, of all on it and of each municipality.

    The amount per call is fixed by the calls of the first day, in ``years`` years of these.
    """

    years: float
    left: dict[Bought, float]
    per_call: dict[Bought, float] = field(default_factory=dict)

    def charge(self, live: Mapping[str, State], length: float) -> Iterator[tuple[str, float]]:
        """What each municipality that is live pays in a piece of a year."""
        for centre in dict.fromkeys(one.centre for one in live.values()):
            inside = {name: one.calls for name, one in live.items() if one.centre == centre}
            yield from self._write_off((centre, ""), inside, length)
            for name, calls in inside.items():
                yield from self._write_off((centre, name), {name: calls}, length)

    def _write_off(
        self, key: Bought, calls: Mapping[str, float], length: float
    ) -> Iterator[tuple[str, float]]:
        whole = fsum(calls.values())
        if key not in self.per_call:
            self.per_call[key] = self.left[key] / self.years / whole if whole else 0.0
        now = min(self.left[key], self.per_call[key] * whole * length)
        self.left[key] -= now
        for name, share in shared(calls).items():
            yield name, now * share


def shared(amounts: Mapping[str, float]) -> dict[str, float]:
    """The amounts as shares of their sum; equal shares where there is nothing to share."""
    total = fsum(amounts.values())
    return {n: one / total if total else 1 / len(amounts) for n, one in amounts.items()}


def anniversaries(day: date, last: int) -> Iterator[date]:
    """A day and the same day of every later year, up to a last year."""
    for year in range(day.year, last + 2):
        yield _in_year(day, year)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; of a leap day the one before it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def years_between(start: date, day: date) -> int:
    """Whole years from a day to a later one; 0 before it."""
    years = day.year - start.year
    return max(0, years - (_in_year(start, day.year) > day))
