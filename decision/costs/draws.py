"""Draws of the kengetallen from their plausible ranges, and what every form costs in each.

A kengetal follows a triangular distribution: its value is the likeliest, and beyond its low and
high it does not come. Each kengetal has a stream of its own (PCG64, from the seed and its name),
so that adding one leaves the draws of the others as they are, and so that whoever draws at the
same seed finds the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from decision.costs.arithmetic import Model, crews, measured, priced
from decision.costs.arrays import Floats
from decision.costs.inputs import Span

__all__ = ["IN_FULL", "Crews", "Progress", "SomeDraws", "drawn_amounts"]

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the draws that are done and the draws in all."""

Crews: TypeAlias = tuple[Floats, Floats]
"""The agents of both lines in all hours of a day, per draw, form and year."""

IN_FULL = Span(1.0, 1.0, 1.0)
"""A promise that is kept in full."""

_CHUNK = 2500  # draws at a time: in the cache, and in blocks of memory that are used again
_HOURS = 2**20  # that are staffed at a time, so that many hours take no more memory than few
_KEPT = "kept"  # the stream of the share of the promise that comes true


class SomeDraws(NamedTuple):
    """Some of the draws: how many, what everything costs in them, and who answers.

    The axes of the amounts are draws (a single one where nothing varies), forms, years (the last is
    the period as a whole) and `costs.arithmetic.MEASURES`.
    """

    draws: int
    amounts: Floats
    crews: Crews


def drawn_amounts(  # noqa: PLR0913 - the last three are options with a default
    basis: Model,
    spans: Mapping[str, Span],
    *,
    draws: int,
    seed: int,
    kept: Span = IN_FULL,
    progress: Progress | None = None,
    known: Crews | None = None,
) -> Iterator[SomeDraws]:
    """The cost of every form and year in each draw, some draws at a time.

    ``kept`` is from where to where the share (0-1) of the promises that comes true can lie. Where
    the crews of all draws are ``known``, nothing is staffed again.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
    """
    drawn = {name: _draw(span, draws, seed, name) for name, span in spans.items()}
    realised = _draw(kept, draws, seed, _KEPT)
    some = min(_CHUNK, max(_HOURS // sum(cells.column.size for cells in basis.cells), 1))
    for start in range(0, draws, some):
        part = slice(start, min(start + some, draws))
        changed = {name: _part(values, part) for name, values in drawn.items()}
        situation = basis.at(changed, _part(realised, part))
        first, second = (
            crews(basis, situation) if known is None else (known[0][part], known[1][part])
        )
        amounts = measured(situation, priced(basis, situation, first, second))
        if progress:
            progress(part.stop, draws)
        yield SomeDraws(part.stop - part.start, amounts, (first, second))


def _draw(span: Span, draws: int, seed: int, name: str) -> Floats:
    """Draws from a triangular distribution; one value for all where there is nothing to draw."""
    if span.low == span.high:
        return np.full(draws, span.value)
    generator = np.random.Generator(np.random.PCG64([seed, *name.encode()]))
    return generator.triangular(span.low, span.value, span.high, draws)


def _part(values: Floats, part: slice) -> Floats:
    """The values of some of the draws; a single one where they are all the same."""
    return values[part] if np.ptp(values) else values[:1]
