# noqa: INP001 - a script on its own
"""Makes ``pysensmcda.json``: what pysensmcda finds on cardinal data, kept for the tests.

It pins other versions of what decide needs, so it runs in an environment of its own:

    python3 -m venv .oracle && .oracle/bin/pip install pysensmcda
    .oracle/bin/python tests/data/make_pysensmcda.py
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from pysensmcda.smaa import exact_weight_bounds, smaa2  # type: ignore[import-not-found,unused-ignore]

SAMPLES, SEED = 200_000, 14


def additive(matrix: Any, weights: Any, _: Any) -> Any:  # noqa: ANN401 - pysensmcda's own types
    """The additive value, in the form in which pysensmcda calls a method."""
    return matrix @ weights


def plain(values: Any) -> list[list[float | None]]:  # noqa: ANN401 - an array
    """The rows of an array, with None for what is not a number."""
    return [[None if np.isnan(one) else float(one) for one in row] for row in values]


def found(values: Any) -> dict[str, Any]:  # noqa: ANN401 - an array
    """What pysensmcda makes of alternatives (rows) on criteria (columns), values from 0 to 1."""
    types = np.ones(values.shape[1])
    result = smaa2(additive, values, types, num_samples=SAMPLES, reverse_ranking=True, seed=SEED)
    low, high = exact_weight_bounds(values, types, scaling="none")
    return {
        "values": values.tolist(),
        "rank_acceptability": result.rank_acceptability.tolist(),
        "central_weights": plain(result.central_weights),
        "weight_low": plain(low),
        "weight_high": plain(high),
    }


if __name__ == "__main__":
    random = np.random.default_rng(2008)
    cases = [np.round(random.random(shape), 2) for shape in ((3, 2), (4, 3), (7, 4), (5, 6))]
    document = {
        "made_with": {name: version(name) for name in ("pysensmcda", "numpy", "scipy")},
        "samples": SAMPLES,
        "seed": SEED,
        "cases": [found(case) for case in cases],
    }
    path = Path(__file__).with_name("pysensmcda.json")
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
