"""What a region and its forms fix for the cost model, whatever the kengetallen are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decision.costs import inputs
from decision.costs.arithmetic import Model, Promise
from decision.costs.arrays import Floats, Ints
from decision.costs.cells import Cells, Sites
from decision.costs.prices import Fixed
from decision.costs.workplaces import bought, items, needs, sized
from decision.model.figures import ProfileHour
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["model", "only", "shares"]

_NOTHING = Fixed(np.zeros(1), np.zeros(1))


def model(knowledge: Knowledge, region: Region, years: tuple[int, ...] | None = None) -> Model:
    """What the region and the forms that the knowledge has a calculation for fix.

    Args:
        knowledge: The calculations, kengetallen and items.
        region: Who calls, from which year on.
        years: Those of the region to look at; None for all of them.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        UnsizedError: Nobody knows the inhabitants of a municipality.
    """
    members = region.municipalities.values()
    inputs.sized(region)
    people = np.array([*region.sizes.values()])
    counts = (member.calls_per_year for member in members)
    counted = np.array([np.nan if count is None else count.value for count in counts])
    sites, located = _sites(region, people, counted)
    years, begins = years or region.costs.years, region.costs.years[0]
    passed = np.array(years) - begins
    today, promised = _promises(knowledge, passed)
    profile = tuple(region.costs.hourly_profile or knowledge.hourly_profile)
    first, second = _blocks(knowledge, today, promised, located)
    basis = Model(
        forms=tuple(knowledge.calculations),
        years=years,
        begins=begins,
        profile=profile,
        kengetallen=inputs.values(knowledge, region),
        inhabitants=region.costs.inhabitants_counted or fsum(people),
        people=shares(people),
        counted=counted,
        sites=sites,
        today=today,
        promised=promised,
        first_volume=_promises(knowledge, np.zeros(1, dtype=np.int64))[1].volume,
        volume_before=_before(knowledge, passed),
        wages=tuple(calculation.wage for calculation in knowledge.calculations.values()),
        members=people.size,
        running=_paid_every_year(knowledge),
        invested=_NOTHING,
        moves=dict(inputs.moves(knowledge)),
        cells=(_cells(first, profile), _cells(second, profile)),
        most_occupancy=region.costs.occupancy_cap,
        smallest_crew=region.costs.smallest_crew or 1,
        whole_calls=region.costs.whole_calls,
    )
    return replace(basis, invested=_invested(knowledge, region, basis))


def only(knowledge: Knowledge, forms: Collection[str]) -> Knowledge:
    """The knowledge with the calculations of these forms, and of today's that they start from."""
    names = {*forms, knowledge.baseline}
    kept = {name: one for name, one in knowledge.calculations.items() if name in names}
    return knowledge.model_copy(update={"calculations": kept})


def _paid_every_year(knowledge: Knowledge) -> Fixed:
    """What each form pays for all items that are paid every year."""
    return Fixed(
        *(
            np.array(
                [
                    fsum(one.euro for one in items(knowledge.running_costs, form).values()
                         if one.per == per)
                    for form in knowledge.calculations
                ]
            )[:, np.newaxis]
            for per in ("region", "municipality")
        )
    )  # fmt: skip


def _invested(knowledge: Knowledge, region: Region, basis: Model) -> Fixed:
    """What each form invests in all items; municipalities pay their mean."""
    paid = []
    for form in basis.forms:
        needed = needs(knowledge, region, basis, form) if sized(knowledge, form) else {}
        paid.append(bought(knowledge, region, form, needed).values())
    together = [fsum(one.region for one in form) for form in paid]
    own = [fsum(e for one in form for e in one.municipalities.values()) for form in paid]
    return Fixed(np.array(together)[:, np.newaxis], np.array(own)[:, np.newaxis] / basis.members)


def _promises(knowledge: Knowledge, passed: Ints) -> tuple[Promise, Promise]:
    """Today and the promise of every form, so many years after its first year.

    After the last figure of a list that figure holds on; after all years of the calculation no
    more calls are avoided.
    """
    shape = len(knowledge.calculations), passed.size
    today = Promise(np.ones(shape), np.empty(shape), np.empty(shape))
    promised = Promise(np.empty(shape), np.empty(shape), np.empty(shape))
    baseline = knowledge.calculations.get(knowledge.baseline)
    for form, calculation in enumerate(knowledge.calculations.values()):
        direct, handling = map(np.array, (calculation.direct, calculation.handling_first_line))
        today.direct[form] = (baseline or calculation).direct[0]
        today.handling[form] = handling[0]
        held = np.minimum(passed, calculation.years - 1)
        promised.volume[form] = (1 - calculation.calls_avoided) ** (held + 1)
        promised.direct[form] = direct[np.minimum(passed, direct.size - 1)]
        promised.handling[form] = handling[np.minimum(passed, handling.size - 1)]
    return today, promised


def _before(knowledge: Knowledge, passed: Ints) -> Floats:
    """The promised volumes of the years before, listed or not, so many after the first, added."""
    volume = _promises(knowledge, np.arange(passed.max(initial=0)))[1].volume
    none = np.zeros((len(volume), 1))
    before: Floats = np.concatenate([none, volume.cumsum(axis=1)], axis=1)[:, passed]
    return before


class _Located(NamedTuple):
    """Which places of `Sites` each line is staffed at, and how many locations each of them is."""

    own: tuple[Ints, Ints]
    joint: tuple[Ints, Ints]
    second: tuple[Ints, Ints]


def _sites(region: Region, people: Floats, counted: Floats) -> tuple[Sites, _Located]:
    """One location of each size, and how many there are: of municipalities, and joint ones.

    The departments of a municipality are one location for all of its calls.
    """
    joint, of_joint = np.unique(region.costs.joint_sites or (1.0,), return_counts=True)
    everyone, whole = np.arange(people.size), np.ones(people.size)
    if region.costs.sites == "equal":
        member, part, times = None, np.ones(1), np.array([people.size])
        departments, offices = everyone[:1], times
    else:
        shares = [one.sites or (1.0,) for one in region.municipalities.values()]
        of, parts = np.repeat(everyone, [len(one) for one in shares]), np.concatenate(shares)
        kinds, times = _alike(people, counted, of, parts)
        member, part = of[kinds], parts[kinds]
        departments, offices = _alike(people, counted, everyone, whole)
    if region.costs.second_line == "pooled":
        departments, offices = everyone[:0], np.ones(1, dtype=np.int64)
    at = np.arange(part.size + joint.size + (departments.size or 1))
    own, rest = at[: part.size], at[part.size :]
    located = _Located((own, times), (rest[: joint.size], of_joint), (rest[joint.size :], offices))
    return Sites(member, part, joint, departments), located


def _alike(people: Floats, counted: Floats, member: Ints, part: Floats) -> tuple[Ints, Ints]:
    """A location of each size, and how many are as large."""
    sizes = np.column_stack([people[member], np.nan_to_num(counted, nan=-1)[member], part])
    _, kinds, times = np.unique(sizes, axis=0, return_index=True, return_counts=True)
    return kinds, times


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns that are alike where their keys are, with the sites at which they are staffed."""

    columns: Ints
    keys: Floats
    sites: Ints
    times: Ints


def _blocks(
    knowledge: Knowledge, today: Promise, promised: Promise, located: _Located
) -> Iterator[tuple[_Block, ...]]:
    """Of both lines: the first on own locations or on joint ones, the second at its departments."""
    volume, columns = promised.volume.ravel(), np.arange(promised.volume.size)
    first = np.column_stack([volume, promised.handling.ravel(), today.handling.ravel()])
    second = np.column_stack([volume, promised.direct.ravel(), today.direct.ravel()])
    own = [calculation.sites == "each" for calculation in knowledge.calculations.values()]
    each = np.repeat(np.array(own, dtype=bool), promised.volume.shape[1])
    yield (
        _Block(columns[each], first[each], *located.own),
        _Block(columns[~each], first[~each], *located.joint),
    )
    yield (_Block(columns, second, *located.second),)


def _cells(blocks: tuple[_Block, ...], profile: tuple[ProfileHour, ...]) -> Cells:
    """Every different hour of the blocks once, and who needs it."""
    shares, share_of = np.unique([hour.share for hour in profile], return_inverse=True)
    parts: list[tuple[NDArray[np.generic], ...]] = []
    kinds = np.zeros(sum(block.columns.size for block in blocks), dtype=np.int64)
    cells = groups = 0
    for block in blocks:
        _, alike, kind_of = np.unique(block.keys, axis=0, return_index=True, return_inverse=True)
        kinds[block.columns] = groups + kind_of.ravel()
        kind, share, site = _every(alike.size, shares.size, block.sites.size)
        start = cells + np.arange(alike.size * shares.size) * block.sites.size
        column, at = block.columns[alike][kind], block.sites[site]
        parts.append((column, shares[share], at, block.times[site], start))
        cells, groups = cells + kind.size, groups + alike.size
    column, hour, of_site, times, starts = map(np.concatenate, zip(*parts, strict=True))
    return Cells(column, hour, of_site, times, starts, kinds, share_of)


def _every(*sizes: int) -> Ints:
    """Every combination of places along axes of these sizes, a row per axis."""
    return np.indices(sizes).reshape(len(sizes), -1)


def shares(weights: Floats) -> Floats:
    """The weights as shares of their sum; equal shares where there is nothing to share."""
    total = fsum(weights)  # the same in any order
    return weights / total if total > 0 else np.full(weights.size, 1 / weights.size)
