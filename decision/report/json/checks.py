"""The cases of experts beside what came out."""

from __future__ import annotations

from collections.abc import Sequence

from decision.comparison.check import CaseResult, Check
from decision.report.json.plain import Json, Keys, plain

__all__ = ["check_contract"]


def check_contract(results: Sequence[CaseResult]) -> Json:
    """The results under the keys that other programs rely on; see docs/json.md."""
    held = [one.passed for case in results for one in case.checks]
    cases = plain(results, KEYS)
    return {"cases": cases, "passed": sum(held), "failed": len(held) - sum(held)}


KEYS: Keys = {
    CaseResult: "id name file line passed checks",
    Check: "path line expected found within passed",
}
