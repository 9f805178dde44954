"""How many days a week everybody has for the work, and the weeks in which less gets done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from decision.model.checks import Checked, Fault, Given, Shaped, entries, fault, part
from decision.model.requirements import Predicate, asked_of_municipality
from decision.model.values import KengetalRef, Source, Text

__all__ = ["Capacity", "DaysShare", "Recess", "faults_of_calendar"]

_LEAP = 2000
_WEEK = 7


def _existing(value: str) -> str:
    """The day, where some year has it."""
    try:
        dt.date.fromisoformat(f"{_LEAP}-{value}")
    except ValueError:
        raise PydanticCustomError("not_a_day", "not_a_day", {"value": value}) from None
    return value


_DAY = "[0-9]{2}-[0-9]{2}"
Day = Annotated[str, Shaped("not_a_day", _DAY), AfterValidator(_existing)]
"""A day of any year, as ``MM-DD``."""


class DaysShare(Checked):
    """The kengetal of the ``share`` of its days that a municipality has that meets ``when``."""

    when: Predicate
    share: KengetalRef

    CHECKS: ClassVar = (asked_of_municipality("when"),)


class Capacity(Checked):
    """The working days a week that there are for the work, each as a kengetal.

    The regional team has ``team``. A municipality has ``local`` and ``by_size`` more for every
    10.000 inhabitants, or the share of these that it comes to by all ``shares`` that it meets. A
    day has ``hours``; what it costs is what an employee costs in a year (``wage``) by the hours
    that he works in it (``hours_a_year``).
    """

    team: KengetalRef
    local: KengetalRef
    by_size: KengetalRef
    wage: KengetalRef
    hours: KengetalRef
    hours_a_year: KengetalRef
    shares: tuple[DaysShare, ...] = ()
    because: Text
    assumed: bool = False
    source: Source


class Recess(Checked):
    """A part of every year in which less work gets done, or nothing is decided.

    It lasts from the day ``from`` to the day before ``until``, over the end of the year if need be.
    ``work`` (0-1) is the share of the usual days that is worked.
    """

    name: Text
    from_: Day = Field(alias="from")
    until: Day
    work: Annotated[float, Field(strict=True, ge=0, le=1)]
    decisions: bool
    assumed: bool = False
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A part of no days, or one in which all goes on as always."""
        start, end = given.get("from"), given.get("until")
        if isinstance(start, str) and start == end and re.fullmatch(_DAY, start):
            yield fault("from_after_until", ("until",), start=start, value=end)
        if given.get("work") == 1 and given.get("decisions") is True:
            yield fault("recess_of_nothing", ())

    def holds(self, day: str) -> bool:
        """Whether a day of the year (``MM-DD``) lies in it."""
        return _holds({"from": self.from_, "until": self.until}, day)


def faults_of_calendar(given: Given) -> Iterator[Fault]:
    """A calendar without a week in which work gets done, or in which something is decided."""
    recesses = [one for one in entries(given, "calendar").values() if isinstance(one, Mapping)]
    start = dt.date(_LEAP, 1, 1)
    days = [f"{start + dt.timedelta(days=at):%m-%d}" for at in range(366)]
    for none in (lambda one: part(one, "work") == 0, lambda one: part(one, "decisions") is False):
        closed = [one for one in recesses if none(one)]
        held = [any(_holds(one, day) for one in closed) for day in days]
        if closed and _longest_open(held) < _WEEK:
            yield fault("calendar_without_weeks", ("calendar",))
            return


def _holds(given: Mapping[str, object], day: str) -> bool:
    start, end = given.get("from"), given.get("until")
    if not (isinstance(start, str) and isinstance(end, str)):
        return False
    return start <= day < end if start < end else day >= start or day < end


def _longest_open(held: list[bool]) -> int:
    """The most days in a row that no recess holds, also over the end of the year."""
    longest = row = 0
    for one in (*held, *held):
        row = 0 if one else row + 1
        longest = max(longest, row)
    return longest
