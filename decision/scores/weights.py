"""Weights drawn evenly from all that are possible: any, in a stated order, or within bounds.

Every draw is exact and independent. All weights: exponentials divided by their sum, which is even
over the simplex (Devroye, Non-Uniform Random Variate Generation, 1986, chapter XI). In an order:
the same, sorted; the groups that are not told apart take their places in the order that they were
drawn in. Within bounds: the corners of what is left of the simplex are found and joined into
simplices (Delaunay), of which one is drawn by its size and then a point evenly in it, so that no
draw is thrown away and none depends on another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Literal, TypeAlias

import numpy as np

from decision.model.weights import Weights
from decision.scores.additive import Floats

__all__ = ["Draw", "Drawn", "drawn_from", "stream", "weights_drawn"]

Draw: TypeAlias = Callable[[int], Floats]
"""Gives so many weightings: an axis of groups and one of draws; each adds up to 1."""
Drawn: TypeAlias = Literal["any", "order", "bounds"]

_FLAT = 1e-12


def stream(seed: int, *names: str) -> np.random.Generator:
    """A stream of random numbers (PCG64) of its own for whatever is named."""
    return np.random.Generator(np.random.PCG64([seed, *"\n".join(names).encode()]))


def drawn_from(weights: Weights | None) -> Drawn:
    """From which weights is drawn when these are stated."""
    if weights is None:
        return "any"
    return "order" if weights.order is not None else "bounds" if weights.bounds else "any"


def weights_drawn(groups: Sequence[str], weights: Weights | None, seed: int) -> Draw:
    """Draws of the weights of the groups, within the order or the bounds that are stated.

    Each group has its own stream, so that the order of the groups does not matter.
    """
    streams = [stream(seed, "weights", group) for group in groups]
    if weights is None or drawn_from(weights) == "any":
        return lambda count: _any(streams, count)
    if weights.order is not None:
        places = [[groups.index(name) for name in rank] for rank in weights.ranks]
        return lambda count: _in_order(streams, places, count)
    return _within(groups, weights.bounds or {}, seed)


def _any(streams: Sequence[np.random.Generator], count: int) -> Floats:
    drawn = np.array([one.standard_exponential(count) for one in streams])
    found: Floats = drawn / drawn.sum(axis=0)
    return found


def _in_order(
    streams: Sequence[np.random.Generator], places: Sequence[Sequence[int]], count: int
) -> Floats:
    drawn = _any(streams, count)
    heaviest = -np.sort(-drawn, axis=0)
    found = np.empty_like(drawn)
    first = 0
    for rank in places:
        mine = heaviest[first : first + len(rank)]
        order = np.argsort(np.argsort(-drawn[rank], axis=0), axis=0)
        found[rank] = np.take_along_axis(mine, order, axis=0)
        first += len(rank)
    return found


def _within(groups: Sequence[str], bounds: Mapping[str, tuple[float, float]], seed: int) -> Draw:
    """Draws within bounds; sorted by name, so that the order of the groups does not matter."""
    names = sorted(groups)
    limits = np.array([bounds.get(name, (0.0, 1.0)) for name in names])
    simplices = _simplices(_corners(limits))
    sizes = np.cumsum([_size(simplex) for simplex in simplices])
    which, where = stream(seed, "weights", "simplex"), stream(seed, "weights", "point")
    back = [names.index(group) for group in groups]

    def draw(count: int) -> Floats:
        chosen = np.searchsorted(sizes, which.random(count) * sizes[-1], side="right")
        parts = where.standard_exponential((count, simplices.shape[1]))
        parts /= parts.sum(axis=1, keepdims=True)
        points = np.einsum("nc,ncg->gn", parts, simplices[np.minimum(chosen, len(sizes) - 1)])
        found: Floats = points[back]
        return found

    return draw


def _corners(limits: Floats) -> Floats:
    """The corners of the weights within limits: all but one at an end, the last takes the rest."""
    found = set()
    count = len(limits)
    for free in range(count):
        others = [number for number in range(count) if number != free]
        for ends in product((0, 1), repeat=count - 1):
            corner = np.empty(count)
            corner[others] = [limits[number, end] for number, end in zip(others, ends, strict=True)]
            corner[free] = 1 - corner[others].sum()
            if limits[free, 0] - _FLAT <= corner[free] <= limits[free, 1] + _FLAT:
                found.add(tuple(np.round(corner, 12)))
    return np.array(sorted(found))


def _simplices(corners: Floats) -> Floats:
    """Simplices that fill the body with these corners: axes of simplices, corners, groups."""
    from scipy.spatial import Delaunay  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    centred = corners - corners.mean(axis=0)
    _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    rank = int((sizes > _FLAT).sum())
    if rank == 0:
        return corners[np.newaxis, :1]
    flat = centred @ axes[:rank].T / sizes[:rank]
    if rank == 1:
        return corners[np.newaxis, [flat[:, 0].argmin(), flat[:, 0].argmax()]]
    found: Floats = corners[Delaunay(flat).simplices]
    return found


def _size(simplex: Floats) -> float:
    """The volume of a simplex, up to a factor that is the same for all, however flat it is."""
    return float(np.linalg.svd(simplex[1:] - simplex[0], compute_uv=False).prod())
