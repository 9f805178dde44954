"""The groupings of a region side by side, and what a search found."""

from __future__ import annotations

from typing import Any

from decision.grouping.fronts import Placed
from decision.grouping.leaving import Leaving
from decision.grouping.result import (
    Best,
    FrontOfTwo,
    GroupingResult,
    Groupings,
    GroupResult,
    Money,
    Point,
    SearchReport,
)
from decision.model.search import SearchLimits
from decision.report.json.plain import Json, Keys, document, named

__all__ = ["groupings_contract"]


def groupings_contract(found: Groupings) -> Json:
    """The comparison under the keys that other programs rely on; see docs/json.md."""
    parts = named(found, "region groupings pareto ranking drawn samples seed search")
    return document(parts, KEYS)


def _grouping(one: GroupingResult) -> dict[str, Any]:
    measures = named(
        one,
        "cost baseline in_full municipalities differences investment inhabitants"
        " on_own_netnummer=on_own unknown_netnummer=unknown_members redirected align_with to_tell"
        " left_out ties_kept ties_cut shares",
    )
    parts = named(one, "name because groups place leaving found_for in_full_of")
    return {**parts, "measures": measures}


KEYS: Keys = {
    GroupingResult: _grouping,
    GroupResult: "number members form next end_state forms cost baseline in_full inhabitants"
    " on_own_netnummer=on_own unknown_netnummer=unknown_members redirected align_with to_tell"
    " roles",
    Money: "cost baseline difference",
    Placed: "rank score low high first error near",
    Leaving: "count first at_once",
    SearchReport: "limits method groups groupings best front complete fronts",
    Best: "grouping share bound gap",
    FrontOfTwo: "measures complete points",
    Point: "shares gap",
    SearchLimits: lambda limits: limits.model_dump(),
}
