"""The calendar of a plan: weeks in which less work gets done, and weeks without decisions.

Week 0 is that of the first day of the work; a week counts as the day that it starts on. Work that
takes a number of weeks takes so many at full pace, and a decision is taken in a week in which its
body meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from decision.model.capacity import Recess
from decision.model.values import first_day

__all__ = ["EPSILON", "Calendar"]

EPSILON = 1e-9
"""Weeks that differ by less are the same moment."""

_LAST: Final = date.max - timedelta(weeks=1)
"""What is later than this is a week like all others."""


class Calendar:
    """The weeks from a first day on, worked out as far as somebody asks."""

    def __init__(self, start: str, recesses: Iterable[Recess] = ()) -> None:
        """Begin on the first day of a date; without recesses all weeks are alike."""
        self._start = date.fromisoformat(first_day(start))
        self._recesses = tuple(recesses)
        self.pace: list[float] = []
        """The share of the days that is worked in each week, as far as it was asked."""
        self._decides: list[bool] = []
        self._worked = [0]

    def until(self, week: int) -> list[float]:
        """The pace of at least so many weeks."""
        while len(self.pace) < week:
            at = len(self.pace)
            day = self._start
            there = timedelta(weeks=at) <= _LAST - day
            month = f"{day + timedelta(weeks=at):%m-%d}" if there else ""
            held = [one for one in self._recesses if there and one.holds(month)]
            self.pace.append(min((one.work for one in held), default=1.0))
            self._decides.append(all(one.decisions for one in held))
            self._worked.append(self._worked[-1] + (self.pace[-1] > 0))
        return self.pace

    def working(self, first: int, last: int) -> int:
        """The weeks in which somebody works, from a week up to another."""
        self.until(last)
        return self._worked[last] - self._worked[first]

    def decided(self, week: int) -> int:
        """When a decision has been taken that is ready at the start of a week, or sooner.

        It is taken in the week before, or else in the first one in which its body meets.
        """
        while True:
            self.until(week + 1)
            if self._decides[max(week - 1, 0)]:
                return week
            week += 1
