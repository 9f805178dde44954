"""A plan as bars over time, in letters: months along the top, and one row for each thing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from babel.dates import format_date
from rich.text import Text

__all__ = ["ASCII", "SIGNS", "Bar", "Chart", "Signs"]

_LEAST, _MOST = 8, 30
"""The characters that names take, at least and at most."""

_MONTHS, _WEEKS = (1, 2, 3, 6, 12), (4, 13, 26, 52, 104)
"""The steps in which months or weeks can stand along the top."""

_LABEL = 4
"""The characters that a month takes, with room behind it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands for work, work on the critical path, a decision and going live."""

    work: str
    critical: str
    decision: str
    live: str
    more: str


SIGNS = Signs("─", "━", "◆", "▲", "…")
ASCII = Signs("-", "=", "*", "^", ".")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, when there is work (and on the critical path), and its milestones.

    ``spans`` are start and finish in weeks; ``marks`` are weeks with their sign. A row without any
    of these is a heading.
    """

    name: str
    spans: tuple[tuple[float, float], ...] = ()
    critical: tuple[tuple[float, float], ...] = ()
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Chart:
    """Rows over so many ``weeks``, that fit in a ``width``.

    ``start`` is the day on which the weeks begin; None where only the weeks are known.
    """

    bars: tuple[Bar, ...]
    weeks: float
    width: int
    start: dt.date | None
    locale: str
    signs: Signs

    @property
    def room(self) -> int:
        """How many characters the names take."""
        longest = max((len(bar.name) for bar in self.bars), default=0)
        return max(_LEAST, min(longest, _MOST, self.width * 2 // 5))

    @property
    def columns(self) -> int:
        """How many characters the weeks take; no more than one for each."""
        free = max(1, self.width - self.room - 1)
        return min(free, max(_LEAST, ceil(self.weeks)))

    @property
    def step(self) -> float:
        """The weeks in one character."""
        return max(self.weeks, 1.0) / self.columns

    def lines(self) -> Iterator[Text]:
        """The months, and below them every row."""
        for head in self._head():
            yield Text(f"{'':{self.room}} {head}".rstrip())
        for bar in self.bars:
            heading = not (bar.spans or bar.marks)
            name = bar.name
            if not heading and len(name) > self.room:
                name = name[: self.room - 1] + self.signs.more
            drawn = name if heading else f"{name:{self.room}} {self._drawn(bar)}"
            yield Text(drawn.rstrip()[: self.width], style="bold" if heading else "")

    def _drawn(self, bar: Bar) -> str:
        cells = [" "] * self.columns
        for spans, sign in ((bar.spans, self.signs.work), (bar.critical, self.signs.critical)):
            for start, finish in spans:
                for column in range(self._column(start), self._end(finish)):
                    cells[column] = sign
        for week, sign in bar.marks:
            cells[self._column(week)] = sign
        return "".join(cells)

    def _column(self, week: float) -> int:
        return min(int(week / self.step + 1e-9), self.columns - 1)

    def _end(self, week: float) -> int:
        return min(ceil(week / self.step - 1e-9), self.columns)

    def _head(self) -> list[str]:
        """Two lines with years and months; or one with weeks."""
        if self.start is None:
            steps = (step for step in _WEEKS if step / self.step >= _LABEL)
            every = next(steps, _WEEKS[-1])
            weeks = range(0, ceil(self.weeks) + 1, every)
            return [self._placed((week, str(week)) for week in weeks)]
        by_month = 365.25 / 12 / 7 / self.step
        every = next((step for step in _MONTHS if step * by_month >= _LABEL), _MONTHS[-1])
        months = [*self._months(self.start)]
        years = [(week, str(day.year)) for week, day in months if day.month == 1 or not week]
        named = [(week, self._month(day)) for week, day in months if (day.month - 1) % every == 0]
        return [self._placed(years), self._placed(named)]

    def _month(self, day: dt.date) -> str:
        return str(format_date(day, "MMM", locale=self.locale))[:3]

    def _months(self, start: dt.date) -> Iterator[tuple[float, dt.date]]:
        """The start, and the first day of every month after it, each with its week."""
        yield 0.0, start
        day = start
        while True:
            day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
            week = (day - start).days / 7
            if week >= self.weeks:
                return
            yield week, day

    def _placed(self, labels: Iterable[tuple[float, str]]) -> str:
        """Labels at their weeks; one that has no room before the next is left out."""
        line = ""
        for week, label in labels:
            column = self._column(week)
            if column >= len(line) + (1 if line else 0) and column + len(label) <= self.columns:
                line = line.ljust(column) + label
        return line
