"""Points and weights to integrate a smooth peak with."""

from __future__ import annotations

from functools import cache

import numpy as np

from decision.costs.arrays import Floats

__all__ = ["gauss_legendre"]


@cache
def gauss_legendre(count: int) -> tuple[Floats, Floats]:
    """So many points from -1 to 1 and their weights, worked out once and only when asked for."""
    points, weights = np.polynomial.legendre.leggauss(count)
    return points, weights
