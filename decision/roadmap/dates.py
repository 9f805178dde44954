"""Dates of a plan: the work starts on the first day of the reference date of the region."""

from __future__ import annotations

import datetime as dt

from decision.model.region import Region
from decision.model.values import first_day, last_day

__all__ = ["day_of", "start_of", "weeks_until"]

_DAYS = 7


def start_of(region: Region) -> dt.date:
    """The day on which the work starts; of a year or a month that is its first."""
    return dt.date.fromisoformat(first_day(region.reference_date))


def day_of(region: Region, week: float) -> dt.date:
    """The day on which so many weeks have passed since the start."""
    return start_of(region) + dt.timedelta(days=round(week * _DAYS))


def weeks_until(region: Region, date: str) -> float:
    """The weeks from the start to the last day of a date; negative where it comes before."""
    return (dt.date.fromisoformat(last_day(date)) - start_of(region)).days / _DAYS
