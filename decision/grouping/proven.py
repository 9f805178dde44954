"""Groupings among which are all that no other beats on some measures, by labels over all sets.

What a grouping comes to on a measure is a sum over its groups, but for three things. What several
groups pay together grows with what each of them adds: that counts as one more cost. Who answers for
itself beside others does so beside the largest group that can have it (see `totals`): it is left
out, every group that can have it is tried, and of the others the largest is smaller. And where
somebody would pay less than nothing, others pay less too; then there is no proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from decision.costs.arrays import Flags, Floats, Ints
from decision.grouping.aims import Aims
from decision.grouping.labels import Labels, Roofs, TooManyError
from decision.grouping.limits import Candidates
from decision.grouping.subsets import bits_of
from decision.grouping.towns import AS_NOW
from decision.model.groupings import GroupingMeasure

__all__ = ["ALL_STEPS", "PAIR_STEPS", "proven", "roofs_of"]

ALL_STEPS = 3_000_000_000
"""To find what no other beats on all measures: some seconds."""

PAIR_STEPS = 1_000_000_000
"""The same for two measures."""

_MOST = 300_000  # groupings with somebody beside others, to look at


def proven(
    aims: Aims, made: Candidates, names: Collection[str], steps: int, roofs: Roofs | None = None
) -> list[tuple[int, ...]] | None:
    """Groupings with, for each that no other beats on some measures, one that is as good.

    Args:
        aims: The groups, and the measures.
        made: The same groups, as units.
        names: The measures.
        steps: How many may be taken.
        roofs: What is too much on these measures, where that is known.

    Returns:
        The numbers of the groups of each; None where too much is left open.
    """
    measures = [aims.measures[name] for name in names]
    costs = np.column_stack([column for one in measures for column in _columns(aims, one)])
    guests = _guests(aims, made)
    if _less_than_nothing(aims, measures) or len({form for _, form in guests.values()}) > 1:
        return None
    try:
        if not guests:
            roofs = roofs if costs.shape[1] == len(measures) else None
            labels = Labels(made.units, made.count, costs, steps, roofs=roofs)
            return labels.of((1 << made.count) - 1)
        return [*_beside_others(aims, made, costs, guests, steps)]
    except TooManyError:
        return None


def roofs_of(aims: Sequence[Floats], chosen: Sequence[Sequence[int]], least: Floats) -> Roofs:
    """What no grouping costs more than that no other beats on two measures.

    Args:
        aims: What each group adds to each of the two.
        chosen: The best groups on each.
        least: The least of every set of units on each (a column).
    """
    most = [aims[at][[*chosen[1 - at]]].sum() for at in (0, 1)]
    return Roofs(np.array(most), least)


def _columns(aims: Aims, one: GroupingMeasure) -> Iterator[Floats]:
    """What each group adds for itself to what a measure rests on, of which less is better."""
    batch, priced = aims.batch, aims.batch.priced
    match one.measure:
        case "yearly_cost":
            own = [priced.cost, *priced.adds.T]
        case "investment":
            own = [priced.investment]
        case "own_number":
            own = [*np.unique(batch.on_own, axis=1).T]
        case "to_tell":
            own = [batch.told.astype(np.float64)]
        case "ties_kept":
            own = [batch.ties.astype(np.float64)]
        case "form_worth":
            own = [batch.worth[:, [*aims.knowledge.groups].index(one.group)]]
    return (aims.sign(one) * column for column in own)


def _less_than_nothing(aims: Aims, measures: Sequence[GroupingMeasure]) -> bool:
    """Whether somebody may pay less than nothing, where the cost is asked for."""
    costed = any(one.measure == "yearly_cost" for one in measures)
    return costed and bool((aims.batch.priced.own < 0).any())


def _guests(aims: Aims, made: Candidates) -> Mapping[int, tuple[int, int]]:
    """The units that can answer for themselves beside others: the group of each, and its form."""
    batch, alone = aims.batch, (made.units < made.count).sum(axis=1) == 1
    found = {}
    for place, form in aims.lean.attachable.items():
        own = alone & (batch.size == 1) & (batch.members[:, 0] == place)
        for group in np.flatnonzero(own).tolist():
            found[int(made.units[group, 0])] = group, form
    return found


def _beside_others(
    aims: Aims, made: Candidates, costs: Floats, guests: Mapping[int, tuple[int, int]], steps: int
) -> Iterator[tuple[int, ...]]:
    """Every one of them alone or not, beside every group that can have it, and the best others."""
    form = next(form for _, form in guests.values())
    hosts, order = _hosts(aims, form)
    bits = bits_of(made.units, made.count)
    usable = np.ones(len(bits), dtype=np.bool_)
    usable[[group for group, _ in guests.values()]] = False
    labels = Labels(made.units, made.count, costs, steps, usable=usable, peaks=order)
    everybody, count = (1 << made.count) - 1, 0
    yield from labels.of(everybody)
    for many in range(1, len(guests) + 1):
        for some in combinations(guests, many):
            left = everybody ^ sum(1 << unit for unit in some)
            alone = tuple(guests[unit][0] for unit in some)
            tries = [(host, int(bits[host])) for host in hosts if bits[host] & ~left == 0]
            for host, taken in [((), 0), *(((one,), of) for one, of in tries)]:
                below = float(order[host[0]]) if host else 1.0
                ways = zip(labels.of(left ^ taken), labels.peaks(left ^ taken), strict=True)
                for way, peak in ways:
                    if peak < below:
                        count += 1
                        if count > _MOST:
                            raise TooManyError
                        yield (*way, *host, *alone)


def _hosts(aims: Aims, form: int) -> tuple[list[int], Ints]:
    """The groups that can have somebody beside them, and of all how high they come (0: cannot)."""
    batch, towns = aims.batch, aims.lean.towns
    able: Flags = (batch.best != AS_NOW) & towns.chain[batch.best, form]
    people = towns.people[batch.members].sum(axis=1)
    last = np.lexsort((np.arange(len(batch)), -people))[::-1]
    order = np.zeros(len(batch), dtype=np.int64)
    order[last] = np.arange(1, len(batch) + 1)
    return np.flatnonzero(able).tolist(), np.where(able, order, 0)
