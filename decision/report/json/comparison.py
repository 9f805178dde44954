"""Regions, years or variants side by side, and what differs."""

from __future__ import annotations

from decision.comparison.compare import TOPICS, Difference, Measures, Side, SideBySide
from decision.report.json.plain import Json, Keys, plain

__all__ = ["comparison_contract"]


def comparison_contract(found: SideBySide) -> Json:
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


KEYS: Keys = {
    Side: "region=advice.region.id name=advice.region.name file changes as_of=advice.as_of"
    " recommended=advice.recommended",
    Measures: "municipalities organisations inhabitants score year=cost.year calls=cost.calls"
    " cost_per_call=cost.cost_per_call total=cost.total per_inhabitant roles weeks",
    Difference: "path values",
}
