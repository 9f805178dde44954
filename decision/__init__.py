"""decide: which form of cooperation fits municipalities that share an area code.

The Python API is the same pipeline as the command line::

    case = decision.load_region("drechtsteden.yaml")
    advice = decision.decide(case)

Names are imported when they are first used, so that ``import decision`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decision.advice.advice import Advice, decide
    from decision.grouping.compared import groupings
    from decision.load import Case, InputError, load_knowledge, load_region
    from decision.report.report import Report

__all__ = [
    "Advice",
    "Case",
    "InputError",
    "Report",
    "decide",
    "groupings",
    "load_knowledge",
    "load_region",
]

_HOMES = {
    "Advice": "decision.advice.advice",
    "Case": "decision.load",
    "InputError": "decision.load",
    "Report": "decision.report.report",
    "decide": "decision.advice.advice",
    "groupings": "decision.grouping.compared",
    "load_knowledge": "decision.load",
    "load_region": "decision.load",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
