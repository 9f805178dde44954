"""Who joins in which year, as plain data: what a route and a settlement start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from decision.model.region import Region
from decision.roadmap.waves import Wave

__all__ = ["MOST_YEARS", "Waves", "WavesError", "check", "years_of"]

Waves: TypeAlias = Sequence[tuple[int, Sequence[str]]]
"""The members that join in each year, counted from 0, the first to start first."""

MOST_YEARS = 100
_WEEKS_A_YEAR = 52


class WavesError(ValueError):
    """Waves that cannot be.

    ``code`` says what is wrong with the ``municipality`` that joins in ``year``: it is
    `wave_of_unknown` (not in the region), `wave_twice` (in two waves) or `wave_in_no_year`.
    """

    def __init__(
        self,
        code: Literal["wave_of_unknown", "wave_twice", "wave_in_no_year"],
        municipality: str,
        year: int,
    ) -> None:
        """Keep the parts."""
        super().__init__(code, municipality, year)
        self.code, self.municipality, self.year = code, municipality, year


def check(region: Region, waves: Waves) -> None:
    """Hold waves against the region.

    Raises:
        WavesError: A municipality that is unknown or in twice, or a year outside 0 to 99.
    """
    seen: set[str] = set()
    for year, members in waves:
        for name in members:
            if name not in region.municipalities:
                raise WavesError("wave_of_unknown", name, year)
            if name in seen:
                raise WavesError("wave_twice", name, year)
            if not 0 <= year < MOST_YEARS:
                raise WavesError("wave_in_no_year", name, year)
            seen.add(name)


def years_of(waves: Iterable[Wave]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The waves of a roadmap by year, counted from the first and rounded to the nearest."""
    ordered = sorted(waves, key=lambda wave: wave.week)
    weeks = [(wave.week - ordered[0].week, wave.members) for wave in ordered]
    return tuple((round(week / _WEEKS_A_YEAR), members) for week, members in weeks)
