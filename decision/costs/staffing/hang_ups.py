"""The sum that Erlang A turns on, by a series, in closed form or by quadrature.

With x and y the agents and the load times the patience (in handling times), the queue of length j
is as likely as y^j ÷ ((x + 1)…(x + j)) relative to no queue at all (Palm 1957). Their sum
A(x, y) has as many terms as the queue may have callers, millions for patient callers, and equals

    A(x, y) = x ∫ exp(y (1 - e^-s) - x s) ds   over s from 0,

an integral of a single smooth peak, whatever the size of x and y: 64 points give it to 1e-12.
"""

from __future__ import annotations

import math

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.staffing.quadrature import gauss_legendre

__all__ = ["queue"]

_FEW = 40.0  # below this x the peak can be broad and skewed, and the series is short
_LONG = 200.0  # below `_FEW`, above this y the series is whole to 1e-20: a gamma function
_DROP = 45.0  # the integrand is followed until e^-45 of its peak
_AT_ONCE = 4096
_ROUND_OFF = 2.0**-55


def queue(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The logarithm of A(x, y), and the share (0-1) of those who join the queue that hang up.

    Args:
        x: Agents times patience, at least 0, one-dimensional.
        y: Load times patience, at least 0, of the same shape.
    """
    size, share = np.empty_like(x), np.empty_like(x)
    smooth = x >= _FEW
    endless = ~smooth & (y > _LONG)
    for part, method in (
        (smooth, _integral),
        (endless, _closed),
        (~smooth & ~endless, _series),
    ):
        here = np.flatnonzero(part)
        for start in range(0, here.size, _AT_ONCE):
            some = here[start : start + _AT_ONCE]
            size[some], share[some] = method(x[some], y[some])
    return size, share


def _series(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Term by term; a queue of j callers loses j ÷ y of those who arrive."""
    term = np.ones_like(x)
    total, callers = term.copy(), np.zeros_like(x)
    length = 0
    while (term > _ROUND_OFF * total).any():
        length += 1
        term = term * y / (x + length)
        total += term
        callers += term * length
    return np.log(total), callers / (total * np.maximum(y, np.finfo(np.float64).tiny))


def _closed(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """A(x, y) = Γ(x + 1) e^y y^-x, less a tail that is too small to count."""
    factorial = np.array([math.lgamma(agents + 1) for agents in x.tolist()])
    size = factorial + y - x * np.log(y)
    return size, 1 - x / y * -np.expm1(-size)


def _integral(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Gauss-Legendre over the peak, measured from where the integrand is largest."""
    late = np.maximum(np.log(np.maximum(y, x) / x), 0)
    slope = np.maximum(x - y, 0)
    curve = np.maximum(np.minimum(x, y), _DROP / 40)
    width = np.sqrt(2 * _DROP / curve)
    left = -np.minimum(late, width)
    right = np.minimum(width + 2 / 3 * _DROP / curve, _DROP / np.maximum(slope, _DROP / 40))
    half = (right - left) / 2
    points, weights = gauss_legendre(64)
    away = left[:, np.newaxis] + half[:, np.newaxis] * (points + 1)
    bend = away + np.expm1(-away)
    steep, bent = slope[:, np.newaxis], np.minimum(x, y)[:, np.newaxis]
    weight = np.exp(-steep * away - bent * bend) * weights
    peak = x * (np.expm1(late) - late)
    total = weight.sum(axis=1)
    lost = (weight * -np.expm1(-(away + late[:, np.newaxis]))).sum(axis=1)
    return np.log(x * half * total) + peak, lost / total
