"""The receipt: from what a result was made."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.json.plain import Json, plain

__all__ = ["receipt"]


def receipt(advice: Advice) -> Json:
    """The receipt of an advice, by which `decide replay` knows its inputs and options again."""
    made, asked = advice.receipt, advice.request
    options = {"set": made.changes, "as_of": made.as_of, "weights": made.weights}
    drawn = {"samples": asked.draws, "seed": asked.seed}
    parts = {"program": made.version, "inputs": made.inputs, "options": {**options, **drawn}}
    return {**plain(parts, {}), "as_of": advice.as_of}
