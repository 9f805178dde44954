"""Who joins in which year, as plain data: what a route and a settlement start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from decision.model.region import Region
from decision.roadmap.dates import day_of
from decision.roadmap.waves import Wave

__all__ = ["MOST_YEARS", "Waves", "WavesError", "check", "years_of"]

Waves: TypeAlias = Sequence[tuple[int, Sequence[str]]]
"""The members that join in each year, counted from 0, the first to start first."""

MOST_YEARS = 100


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


def years_of(
    region: Region, waves: Iterable[Wave]
) -> tuple[int, tuple[tuple[int, tuple[str, ...]], ...]]:
    """The year in which the first wave goes live, and each wave so many calendar years later."""
    ordered = sorted(waves, key=lambda wave: wave.week)
    years = [day_of(region, wave.week).year for wave in ordered]
    first = min(years, default=region.costs.years[0])
    return first, tuple((y - first, one.members) for y, one in zip(years, ordered, strict=True))
