"""Made-up countries: municipalities of realistic sizes, spread over a map, from a seed.

They lie at least some kilometres from each other in a box as large as the Netherlands, or as much
of it as so many municipalities fill; every one lies in the netnummer of which the centre is
nearest. Sizes are those of Dutch municipalities: half of them have fewer than 28.000 inhabitants,
and some more than 200.000. What they want is drawn as well.
"""

from __future__ import annotations

import json
from math import exp, hypot, sqrt
from random import Random
from typing import Any

__all__ = ["country", "country_file"]

WHOLE = 340
SOUTH, WEST = 50.8, 4.0
HEIGHT, WIDTH = 280.0, 150.0
"""Kilometres from south to north and from west to east."""

KM_NORTH, KM_EAST = 111.2, 68.7
"""In a degree, at 52 degrees north."""

APART = 5.0
NUMBERS = ("010", "0113", "0118", "013", "015", "0172", "020", "023", "024", "026", "030", "033",
           "035", "036", "038", "040", "043", "045", "046", "050", "053", "055", "058", "070",
           "071", "072", "073", "074", "075", "076", "077", "078", "079")  # fmt: skip
WISHES = (("graag", "ja", "ja"), ("ziet_voordelen", "ja", "ja"), ("nee", "ja", "nee"))


def country(count: int, seed: int = 1) -> dict[str, Any]:
    """A region file of so many municipalities, as plain data."""
    random = Random(seed)  # noqa: S311 - an example, no secret
    part = sqrt(count / WHOLE)
    towns = _spread(random, count, HEIGHT * part, WIDTH * part)
    used = NUMBERS[: max(1, round(len(NUMBERS) * count / WHOLE))]
    centres = dict(zip(used, random.sample(towns, len(used)), strict=True))
    return {
        "id": f"land-{count}",
        "name": f"Land van {count}",
        "number": used[0],
        "reference_date": "2024",
        "neighbours": {},
        "costs": {"years": [2025, 2026, 2027], "sites": "own"},
        "municipalities": {
            f"gemeente-{at:03}": {
                "name": f"Gemeente {at}",
                "cbs": f"{at + 1:04}",
                "inhabitants": _inhabitants(random),
                "coverage": {_nearest(centres, place): 1.0},
                "place": {
                    "latitude": round(SOUTH + place[0] / KM_NORTH, 4),
                    "longitude": round(WEST + place[1] / KM_EAST, 4),
                },
                "facts": _facts(random),
            }
            for at, place in enumerate(towns)
        },
    }


def country_file(count: int, seed: int = 1) -> str:
    """The same as the text of a region file: JSON is YAML."""
    return json.dumps(country(count, seed), indent=1)


def _spread(random: Random, count: int, height: float, width: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    while len(found) < count:
        place = random.uniform(0, height), random.uniform(0, width)
        if all(hypot(place[0] - y, place[1] - x) >= APART for y, x in found):
            found.append(place)
    return found


def _nearest(centres: dict[str, tuple[float, float]], place: tuple[float, float]) -> str:
    return min(
        centres, key=lambda one: hypot(*(a - b for a, b in zip(centres[one], place, strict=True)))
    )


def _inhabitants(random: Random) -> int:
    return round(min(900_000.0, max(1_000.0, 28_000 * exp(random.gauss(0, 0.85)))))


def _facts(random: Random) -> dict[str, Any]:
    cooperation, adopts, joins = random.choices(WISHES, weights=(5, 3, 2))[0]
    return {
        "vision": random.choice(["op_hoofdlijnen", "vastgesteld"]),
        "board_support": "gedragen",
        "cooperation": cooperation,
        "adopts_antwoord": adopts,
        "joins_number": joins,
        "pace": random.choice(["met_spoed", "groeipad"]),
        "handling": ["regio"],
        "workshop": "ja",
    }
