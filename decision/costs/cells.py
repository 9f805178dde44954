"""What is staffed: the different locations that answer calls, and their different hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from decision.costs.arrays import Floats, Ints

__all__ = ["Cells", "Sites"]


@dataclass(frozen=True, slots=True)
class Cells:
    """The different hours that one line must staff, and which form and year needs which of them.

    A cell is a column (form and year, flat; one of those that are alike), an ``hour`` (its share of
    the day's calls) and a ``site`` (a place in `Situation.sites`), of which there are ``times``.
    They stand by kind of column, then by share of the day: ``starts`` are the first cell of each
    kind and share. ``kind`` is that of each form and year (flat), ``share`` that of each hour.
    """

    column: Ints
    hour: Floats
    site: Ints
    times: Ints
    starts: Ints
    kind: Ints
    share: Ints

    @property
    def kinds(self) -> Ints:
        """The kind of column of each cell."""
        sizes = np.diff(self.starts[:: self.share.max() + 1], append=self.column.size)
        return np.repeat(np.arange(sizes.size), sizes)

    @property
    def weights(self) -> Ints:
        """How often each cell counts in a year of its kind: hours of a day times locations."""
        often = np.bincount(self.share)
        sizes = np.diff(self.starts, append=self.column.size)
        return self.times * np.repeat(np.resize(often, sizes.size), sizes)


@dataclass(frozen=True, slots=True)
class Sites:
    """The different locations that answer calls.

    A ``member`` (a place among the municipalities; None where all count as equal) has a location
    for the ``part`` of its calls beside it; ``joint`` are the parts of all calls that the
    locations of the joint centre answer. ``departments`` are municipalities with a second line of
    their own; there are none where one serves them all.
    """

    member: Ints | None
    part: Floats
    joint: Floats
    departments: Ints
