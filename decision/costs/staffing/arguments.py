"""What may be asked of a queue: every argument is checked here, and named when it is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from decision.costs.arrays import Floats

__all__ = [
    "MOST_ERLANG",
    "StaffingError",
    "erlang",
    "not_negative",
    "positive",
    "share_of_time",
    "target_share",
    "waits",
    "whole",
]


MOST_ERLANG = 1e6
"""The largest load that is accepted: a million people talking at the same time."""

_MOST_PATIENT = 1e20  # a longer wait (in handling times) answers every call that is ever answered
_LEAST_BUSY = 1e-9  # a lower cap would ask for more agents than can be counted
_ABOVE_NONE = 5e-324  # the smallest number above 0
_BELOW_ONE = 1 - 2.0**-53  # the largest number below 1
_LARGEST = float(np.finfo(np.float64).max)


class StaffingError(ValueError):
    """An argument that no queue can have: which one, the first wrong value, what is allowed."""

    def __init__(self, argument: str, value: object, allowed: str) -> None:
        """Keep the parts, so that a caller can put them in words of its own."""
        super().__init__(argument, value, allowed)
        self.argument, self.value, self.allowed = argument, value, allowed

    def __str__(self) -> str:
        """Name the argument, its value and what is allowed."""
        return f"{self.argument} is {self.value!r}, but must be {self.allowed}"


def not_negative(argument: str, value: ArrayLike) -> Floats:
    """Finite numbers of at least 0, of any shape; anything else is a `StaffingError`."""
    return _between(argument, value, "a finite number of at least 0", 0, _LARGEST)


def positive(argument: str, value: ArrayLike) -> Floats:
    """Finite numbers of more than 0, of any shape; anything else is a `StaffingError`."""
    return _between(argument, value, "a finite number of more than 0", _ABOVE_NONE, _LARGEST)


def whole(argument: str, value: ArrayLike) -> Floats:
    """Whole numbers of at least 0, of any shape; anything else is a `StaffingError`."""
    allowed = "a whole number of at least 0"
    numbers = _between(argument, value, allowed, 0, _LARGEST)
    broken = numbers != np.floor(numbers)
    if broken.any():
        raise StaffingError(argument, float(numbers[broken][0]), allowed)
    return numbers


def target_share(value: ArrayLike) -> Floats:
    """Service targets, of any shape; a `StaffingError` unless at least 0 and less than 1."""
    return _between("target", value, "a share of at least 0 and less than 1", 0, _BELOW_ONE)


def share_of_time(argument: str, value: ArrayLike) -> Floats:
    """Caps on the occupancy, of any shape; a `StaffingError` unless from a billionth to 1."""
    return _between(argument, value, f"a share from {_LEAST_BUSY:.9f} to 1", _LEAST_BUSY, 1)


def erlang(value: ArrayLike) -> Floats:
    """Loads, of any shape; a `StaffingError` unless from 0 to `MOST_ERLANG`."""
    return _between("load", value, f"a number from 0 to {MOST_ERLANG:.0f}", 0, MOST_ERLANG)


def waits(wait: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The wait in handling times, of the common shape; both in seconds.

    Raises:
        StaffingError: The wait is less than 0, or the handling time not more than 0.
    """
    seconds = not_negative("wait", wait)
    handling = positive("handling_time", handling_time)
    with np.errstate(over="ignore"):
        ratio = seconds / handling
    return np.minimum(ratio, _MOST_PATIENT)


def _between(argument: str, value: ArrayLike, allowed: str, least: float, most: float) -> Floats:
    try:
        numbers = np.asarray(value)
    except ValueError:
        raise StaffingError(argument, value, allowed) from None
    if numbers.dtype.kind not in "iuf":
        raise StaffingError(argument, value, allowed)
    numbers = numbers.astype(np.float64, copy=False)
    # the extremes tell without a mask of the whole array, and are NaN where a number is
    if numbers.size and not (numbers.min() >= least and numbers.max() <= most):
        wrong = ~((numbers >= least) & (numbers <= most))
        raise StaffingError(argument, float(numbers[wrong][0]), allowed)
    return numbers
