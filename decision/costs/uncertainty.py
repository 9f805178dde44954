"""How sure the cost of each form is, when no kengetal is certain.

Monte Carlo: every kengetal is drawn from its plausible range (see `decision.costs.draws`), all
forms and years are calculated at the same draws, and what comes out is counted. The triangular
distribution uses just the three numbers that an expert gave; a uniform one would count the edges,
which are often our own assumption, as heavily as the figure of the source. Kengetallen are drawn
independently and continuously (also the opening days).

A promise is kept in full, unless the caller gives a range for the share of it that comes true;
one share then holds for all forms of a draw.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from math import fsum

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    MEASURES,
    SECOND,
    Line,
    Measure,
    Model,
    OverTime,
    Situation,
    effort,
    measures,
)
from decision.costs.arrays import Floats
from decision.costs.draws import IN_FULL, Crews, Progress, SomeDraws, drawn_amounts
from decision.costs.inputs import Span, spans
from decision.costs.setup import model, only
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "DRAWS",
    "SEED",
    "Chance",
    "Draws",
    "Estimate",
    "Outlook",
    "Tornado",
    "TornadoBar",
    "Uncertainty",
    "drawn",
    "quantiles",
    "uncertainty",
]

DRAWS = 10_000
SEED = 14
_MOST = 10  # bars of a tornado
_MOST_EFFORT, _FEWEST = 30e6, 100  # the work of all draws, and how few there are at least
_PRICED = 4.0  # what pricing a form in a year takes, when staffing an hour without calls takes 1


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of the draws in which something holds, and its Monte Carlo standard error.

    Of a chance of exactly 0 or 1 the error says 0; the truth can still lie 3 ÷ draws away.
    """

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one in ten, half and nine in ten of the draws stay below, and who is cheapest.

    Where forms cost exactly the same, ``cheapest`` divides the draw between them, so that the
    chances of all forms add up to 1; ``unbeaten`` counts it for each of them, and is the chance
    that no other form is cheaper.
    """

    p10: float
    p50: float
    p90: float
    cheapest: Chance
    unbeaten: Chance


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a form may cost in a year or over the period, for each call and in all.

    The cheapest form for each call is not always that in all: a form that avoids more calls has
    fewer over which to divide its cost.
    """

    cost_per_call: Estimate
    total: Estimate


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """What one kengetal does: the amount at its low and at its high end, all others as they are."""

    kengetal: str
    at_low: float
    at_high: float
    span: Span

    @property
    def swing(self) -> float:
        """How far apart the two amounts are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado(Result):
    """The cost of every form and year with one kengetal at a time at an end of its range.

    ``amounts`` holds first the cost as it is, then two rows per kengetal (low, high). Its axes
    after that are forms, years (the last is the period as a whole) and `MEASURES`.
    """

    forms: tuple[str, ...]
    years: tuple[int, ...]
    spans: Mapping[str, Span]
    amounts: Floats

    def bars(
        self,
        form: str,
        other: str | None = None,
        year: int | None = None,
        measure: Measure = "total",
    ) -> tuple[TornadoBar, ...]:
        """The ten kengetallen that matter most, the largest swing first.

        They are those for the cost of the form or, with an ``other``, for how much dearer the
        form is than the other; in one year or, without ``year``, over the whole period.
        """
        at = self._amounts(form, other, year, measure)[1:].tolist()
        ends = zip(self.spans.items(), at[::2], at[1::2], strict=True)
        bars = (TornadoBar(name, low, high, span) for (name, span), low, high in ends)
        return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.kengetal))[:_MOST])

    def base(
        self,
        form: str,
        other: str | None = None,
        year: int | None = None,
        measure: Measure = "total",
    ) -> float:
        """The amount that the bars swing around, with every kengetal at its value."""
        return float(self._amounts(form, other, year, measure)[0])

    def _amounts(self, form: str, other: str | None, year: int | None, measure: Measure) -> Floats:
        at = -1 if year is None else self.years.index(year)
        amounts = self.amounts[:, :, at, MEASURES.index(measure)]
        mine: Floats = amounts[:, self.forms.index(form)]
        return mine if other is None else mine - amounts[:, self.forms.index(other)]


@dataclass(frozen=True, slots=True)
class Uncertainty(Result):
    """The outlook of every form, and with which seed, draws and ranges it was found.

    ``alike`` are the groups of forms that cost exactly the same in every draw. There are fewer
    ``draws`` than were ``asked`` where a region has so many hours and locations to staff that all
    of them would take more than a few seconds.
    """

    draws: int
    asked: int
    seed: int
    spans: Mapping[str, Span]
    kept: Span
    forms: Mapping[str, OverTime[Outlook]]
    alike: tuple[tuple[str, ...], ...]
    tornado: Tornado


@dataclass(frozen=True, slots=True)
class Draws:
    """What all forms cost in every draw, from which `of` tells about some of them.

    The axes of ``amounts`` are draws (a single one where nothing varies), forms, years (the last is
    the period as a whole) and `MEASURES`; so are those of ``tornado``, see `Tornado`. ``last`` are
    the crews of the last year.
    """

    knowledge: Knowledge
    region: Region
    basis: Model
    draws: int
    asked: int
    seed: int
    spans: Mapping[str, Span]
    kept: Span
    amounts: Floats
    tornado: Floats
    last: Crews

    def of(self, forms: Collection[str] = ()) -> Uncertainty:
        """The outlook of some forms, beside doing nothing; none means all of them."""
        known = only(self.knowledge, forms) if forms else self.knowledge
        names = tuple(known.calculations)
        at = [self.basis.forms.index(name) for name in names]
        ranges = spans(known, self.region)
        rows = [0]
        for number, name in enumerate(self.spans):
            rows += [1 + 2 * number, 2 + 2 * number] if name in ranges else []
        amounts, years = self.amounts[:, at], self.basis.years
        return Uncertainty(
            draws=self.draws,
            asked=self.asked,
            seed=self.seed,
            spans=ranges,
            kept=self.kept,
            forms=_spreads(names, years, amounts),
            alike=_alike(names, amounts),
            tornado=Tornado(names, years, ranges, self.tornado[rows][:, at]),
        )


def drawn(  # noqa: PLR0913 - the last four are options with a default
    knowledge: Knowledge,
    region: Region,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    kept: Span = IN_FULL,
    progress: Progress | None = None,
) -> Draws:
    """Draw the kengetallen from their ranges, and calculate all forms at each draw.

    Args:
        knowledge: What the kengetallen, their ranges and the calculations are taken from.
        region: The region; its own kengetallen go before the general ones.
        draws: How often the kengetallen are drawn, at least 1; less often where that is too much.
        seed: The same seed gives the same result.
        kept: From where to where the share (0-1) of the promises that comes true can lie.
        progress: Called with the draws that are done and the draws in all.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
        ValueError: ``draws`` is less than 1, or ``kept`` is not in order between 0 and 1.
    """
    if draws < 1:
        raise ValueError(f"draws is {draws!r}, but must be at least 1")
    if not 0 <= kept.low <= kept.value <= kept.high <= 1:
        raise ValueError(f"kept is {tuple(kept)!r}, but must go up from 0 at least to 1 at most")
    basis, ranges = model(knowledge, region), spans(knowledge, region)
    ends = _ends(basis, ranges)
    work = fsum(float(effort(basis, ends, line).sum()) for line in (FIRST, SECOND))
    work += _PRICED * len(basis.forms) * len(basis.years)
    done = min(draws, max(int(_MOST_EFFORT / max(work, 1)), _FEWEST))
    asked = drawn_amounts(basis, ranges, draws=done, seed=seed, kept=kept, progress=progress)
    parts = [*asked]
    return Draws(
        knowledge=knowledge,
        region=region,
        basis=basis,
        draws=done,
        asked=draws,
        seed=seed,
        spans=ranges,
        kept=kept,
        amounts=np.concatenate([part.amounts for part in parts]),
        tornado=measures(basis, ends),
        last=(_last(parts, FIRST), _last(parts, SECOND)),
    )


def _last(parts: list[SomeDraws], line: Line) -> Floats:
    """The crews of a line in the last year, in every draw."""
    last = [(part.crews[line][:, :, -1:], part.draws) for part in parts]
    return np.concatenate([np.broadcast_to(one, (n, *one.shape[1:])) for one, n in last])


def uncertainty(  # noqa: PLR0913 - the last five are options with a default
    knowledge: Knowledge,
    region: Region,
    *,
    forms: Collection[str] = (),
    draws: int = DRAWS,
    seed: int = SEED,
    kept: Span = IN_FULL,
    progress: Progress | None = None,
) -> Uncertainty:
    """The chance of each form to be cheapest, and how far its cost can lie apart.

    ``forms`` are those to compare, beside doing nothing; none means all of them. For the rest, see
    `drawn`.
    """
    asked = {"draws": draws, "seed": seed}
    return drawn(knowledge, region, **asked, kept=kept, progress=progress).of(forms)


def _ends(basis: Model, ranges: Mapping[str, Span]) -> Situation:
    """All kengetallen at their value, and then each by itself at its low and at its high end."""
    rows = 1 + 2 * len(ranges)
    changed = {}
    for number, (name, span) in enumerate(ranges.items()):
        changed[name] = np.full(rows, span.value)
        changed[name][1 + 2 * number : 3 + 2 * number] = span.low, span.high
    return basis.at(changed)


def _spreads(
    forms: tuple[str, ...], years: tuple[int, ...], amounts: Floats
) -> dict[str, OverTime[Outlook]]:
    """The outlook of every form, from the amounts of every draw, form, year and measure."""
    tenths = quantiles(np.sort(amounts, axis=0))
    lowest = amounts == amounts.min(axis=1, keepdims=True)
    shared = lowest / lowest.sum(axis=1, keepdims=True)
    chances = [
        (share.mean(axis=0), share.std(axis=0) / np.sqrt(len(share)))
        for share in (shared, lowest.astype(np.float64))
    ]

    def estimate(form: int, year: int, measure: int) -> Estimate:
        at = form, year, measure
        cheapest, unbeaten = (
            Chance(float(value[at]), float(error[at])) for value, error in chances
        )
        p10, p50, p90 = (float(part[at]) for part in tenths)
        return Estimate(p10, p50, p90, cheapest, unbeaten)

    def outlook(form: int, year: int) -> Outlook:
        return Outlook(*(estimate(form, year, measure) for measure in range(len(MEASURES))))

    return {name: OverTime.of(years, partial(outlook, form)) for form, name in enumerate(forms)}


def quantiles(ordered: Floats) -> list[Floats]:
    """P10, P50 and P90 of draws in order (first axis), by linear interpolation.

    They are those of `np.quantile`, which imports a part of numpy that takes longer than the draws.
    """
    found = []
    for part in (0.1, 0.5, 0.9):
        place = part * (len(ordered) - 1)
        low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
        found.append(low + (high - low) * (place - int(place)))
    return found


def _alike(forms: tuple[str, ...], amounts: Floats) -> tuple[tuple[str, ...], ...]:
    """The groups of two or more forms with the same cost in every draw and year."""
    groups: dict[bytes, list[str]] = {}
    for form, name in enumerate(forms):
        groups.setdefault(amounts[:, form].tobytes(), []).append(name)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
