"""The groupings that a region declares, side by side."""

from __future__ import annotations

from collections.abc import Iterable

from decision.grouping.declared import GroupingResult, GroupResult
from decision.report.json.plain import Json, Keys, plain

__all__ = ["groupings_contract"]


def groupings_contract(region: str, results: Iterable[GroupingResult]) -> Json:
    """The comparison under the keys that other programs rely on; see docs/json.md."""
    found = {
        one.id: {"name": one.grouping.name, "measures": one, "groups": one.groups}
        for one in results
    }
    return {"region": region, "groupings": plain(found, KEYS)}


KEYS: Keys = {
    GroupingResult: "cost baseline municipalities inhabitants on_own_netnummer=on_own"
    " unknown_netnummer=unknown_members redirected align_with left_out ties_cut",
    GroupResult: "number members form cost baseline inhabitants on_own_netnummer=on_own"
    " unknown_netnummer=unknown_members redirected align_with roles",
}
