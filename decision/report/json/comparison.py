"""Regions, years or variants side by side, and what differs."""

from __future__ import annotations

from typing import Any

from decision.comparison import TOPICS, Comparison, Difference, Measures, Side
from decision.report.json.plain import Json, Keys, plain

__all__ = ["comparison_contract"]


def comparison_contract(found: Comparison) -> Json:
    """The comparison under the keys that other programs rely on; see docs/json.md."""
    sides = zip(found.sides, found.measures, strict=True)
    return {
        "sides": [{**plain(side, KEYS), "measures": plain(one, KEYS)} for side, one in sides],
        "differences": {
            topic: [_difference(one, topic) for one in found.differences[topic]] for topic in TOPICS
        },
    }


def _difference(one: Difference, topic: str) -> Json:
    """A difference; in cost with how much each side differs from the first."""
    found: Json = plain(one, KEYS)
    if topic == "costs":
        found["change"] = [change and change.absolute for change in one.changes]
        found["change_share"] = [change and change.relative for change in one.changes]
    return found


def _measures(one: Measures) -> dict[str, Any]:
    cost = one.cost
    return {
        "municipalities": one.municipalities,
        "organisations": one.organisations,
        "inhabitants": one.inhabitants,
        "score": one.score,
        **{
            key: None if cost is None else getattr(cost, key)
            for key in ("year", "calls", "cost_per_call", "total")
        },
        "per_inhabitant": one.per_inhabitant,
        "roles": one.roles,
        "weeks": one.weeks,
    }


KEYS: Keys = {
    Side: "region=advice.region.id name=advice.region.name file changes as_of=advice.as_of"
    " recommended=advice.recommended",
    Measures: _measures,
    Difference: "path values",
}
