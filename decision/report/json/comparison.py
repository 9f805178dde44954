"""The machine contract: regions, years or variants side by side, and what differs."""

from __future__ import annotations

from typing import Any

from decision.comparison import TOPICS, Comparison, Difference, Measures, Side

__all__ = ["comparison_contract"]

Json = dict[str, Any]


def comparison_contract(found: Comparison) -> Json:
    """The comparison under the keys that other programs rely on; see docs/json.md."""
    return {
        "sides": [_side(*one) for one in zip(found.sides, found.measures, strict=True)],
        "differences": {
            topic: [
                _with_changes(one) if topic == "costs" else _difference(one)
                for one in found.differences[topic]
            ]
            for topic in TOPICS
        },
    }


def _side(side: Side, measures: Measures) -> Json:
    advice = side.advice
    return {
        "region": advice.region.id,
        "name": advice.region.name,
        "file": side.file,
        "changes": list(side.changes),
        "as_of": advice.as_of,
        "recommended": advice.recommended,
        "measures": _measures(measures),
    }


def _measures(one: Measures) -> Json:
    cost = one.cost
    return {
        "municipalities": one.municipalities,
        "organisations": one.organisations,
        "inhabitants": one.inhabitants,
        "score": one.score,
        "year": None if cost is None else cost.year,
        "calls": None if cost is None else cost.calls,
        "cost_per_call": None if cost is None else cost.cost_per_call,
        "total": None if cost is None else cost.total,
        "per_inhabitant": one.per_inhabitant,
        "roles": dict(one.roles),
        "weeks": one.weeks,
    }


def _difference(one: Difference) -> Json:
    return {"path": one.path, "values": list(one.values)}


def _with_changes(one: Difference) -> Json:
    """A difference in cost, with how much each side differs from the first."""
    return {
        **_difference(one),
        "change": [change and change.absolute for change in one.changes],
        "change_share": [change and change.relative for change in one.changes],
    }
