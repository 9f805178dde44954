"""Who would rather leave: the whole engine says the same of the groups that are there after it."""

from __future__ import annotations

import pytest

from decision.grouping.compared import groupings
from decision.grouping.declared import Engine
from decision.grouping.leaving import Leavers
from decision.grouping.result import GroupingResult, Groupings
from decision.model.region import Grouping, GroupOf
from tests.regions import base, case_of


def after(engine: Engine, one: GroupingResult, leavers: Leavers) -> GroupingResult:
    """What the engine says of the groups when these have left; a changed group has its number."""
    lean = engine.lean
    numbers, names = lean.towns.coverage.numbers, lean.towns.names
    members = [group.members for group in one.groups]
    parts = [tuple(n for n in of if n not in leavers.members) for of in members]
    at = [*map(sorted, members)].index(sorted(leavers.to)) if leavers.to in members else None
    if at is None:
        parts.append((*leavers.members, *leavers.to))
    else:
        parts[at] = (*parts[at], *leavers.members)
    groups = []
    for place, part in enumerate(parts):
        if not part:
            continue
        kept = place < len(members) and sorted(part) == sorted(members[place])
        row = lean.towns.row(sorted(part, key=names.index))
        own = numbers[lean.batch(row).number[0]]
        groups.append(GroupOf(number=one.groups[place].number if kept else own, members=part))
    return engine.result("daarna", Grouping(name="daarna", groups=tuple(groups)))


@pytest.mark.parametrize(
    "name", ["zoals-gepubliceerd", "sliedrecht-apart", "de-drie-die-nu-willen", "ieder-voor-zich"]
)
def test_who_would_leave_saves_by_the_engine_what_is_told(
    engine: Engine, found: Groupings, name: str
) -> None:
    """Each of the first who would leave pays so much less, and those they join what is told."""
    one = found.groupings[name]
    assert one.leaving is not None
    assert one.leaving.at_once is None
    for leavers in one.leaving.first[:2]:
        then = after(engine, one, leavers)
        saved = {n: money.cost - then.in_full_of[n].cost for n, money in one.in_full_of.items()}
        assert [saved[n] for n in leavers.members] == pytest.approx([*leavers.of_each], abs=0.01)
        assert sum(leavers.of_each) == pytest.approx(leavers.gain)
        assert sum(saved[n] for n in leavers.to) == pytest.approx(leavers.receives, abs=0.01)


def test_whoever_would_leave_is_told_from_the_largest_gain_on(found: Groupings) -> None:
    """Every set gains, and none that gains more comes later; all are counted."""
    for one in found:
        if one.leaving is None:
            continue
        gains = [leavers.gain for leavers in one.leaving.first]
        assert gains == sorted(gains, reverse=True)
        assert all(gain > 0 for gain in gains)
        assert one.leaving.count >= len(gains)


def test_nobody_leaves_where_there_is_nobody_to_leave() -> None:
    """A municipality that is a region by itself has nowhere to go."""
    region = base().region
    alone = {"dordrecht": region.municipalities["dordrecht"]}
    single = Grouping(name="alleen", groups=(GroupOf(number="078", members=("dordrecht",)),))
    update = {"municipalities": alone, "groupings": {"alleen": single}, "ties": {}}
    (one,) = groupings(case_of(region.model_copy(update={**update, "organisations": {}})))
    assert one.leaving is not None
    assert one.leaving.count == 0


def test_with_neighbours_it_is_not_worked_out_who_would_leave(found: Groupings) -> None:
    """What those from outside the region pay now is not in the tables."""
    assert found.groupings["met-buren"].leaving is None
