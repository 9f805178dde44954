"""Many groups at once: the tables say of every grouping what the whole engine says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.grouping.declared import Engine
from decision.grouping.totals import as_now, members_pay, totals
from decision.grouping.towns import AS_NOW
from decision.model.current import Current
from decision.model.projects import Chosen
from decision.model.region import Grouping, GroupOf
from tests.regions import case_of, changed, regions
from tests.searching import examples

if TYPE_CHECKING:
    from decision.grouping.lean import Batch, Lean
    from decision.grouping.result import GroupingResult
    from decision.load import Case


def based(case: Case, **basis: object) -> Case:
    """The case on another basis of cost."""
    costs = case.region.costs.model_copy(update=basis)
    return case_of(case.region.model_copy(update={"costs": costs}))


@st.composite
def partitioned(draw: st.DrawFn) -> tuple[Case, list[list[str]]]:
    """A region on any basis, in which some are on a form already, and a partition of it."""
    case = draw(regions(most=5))
    case = based(
        case,
        sites=draw(st.sampled_from(["equal", "own"])),
        second_line=draw(st.sampled_from(["pooled", "own"])),
        whole_calls=draw(st.booleans()),
        inhabitants_counted=draw(st.sampled_from([None, 90_000.0])),
        joint_sites=draw(st.sampled_from([None, (0.75, 0.25)])),
    )
    numbers, shares = ["078", "0184", "010"], st.sampled_from([1.0, "unknown"])
    towns = {
        name: one.model_copy(
            update={
                "current": Current(form=draw(st.sampled_from([None, None, None, "1", "3a", "4"]))),
                "coverage": {draw(st.sampled_from(numbers)): draw(shares)},
            }
        )
        for name, one in case.region.municipalities.items()
    }
    some = Chosen.model_construct(participants=tuple(towns)[:2], from_=None)
    both = {"projects": {"een-redactie": some}, "channel_steering": {"prijsverschil": some}}
    chosen = both if draw(st.booleans()) else {}
    case = case_of(case.region.model_copy(update=chosen))
    labels = [draw(st.integers(0, 4)) for _ in towns]
    parts = [
        [n for n, own in zip(towns, labels, strict=True) if own == label] for label in range(5)
    ]
    return changed(case, towns), [part for part in parts if part]


def of(lean: Lean, parts: list[list[str]]) -> Batch:
    """What the groups of a partition come to."""
    names, width = lean.towns.names, max(map(len, parts))
    rows = np.full((len(parts), width), lean.towns.size)
    for at, part in enumerate(parts):
        rows[at, : len(part)] = [names.index(name) for name in part]
    return lean.batch(rows)


def by_engine(engine: Engine, lean: Lean, batch: Batch) -> GroupingResult:
    """The same partition, each group behind the same number, through the whole engine."""
    groups = [
        GroupOf(
            number=lean.towns.coverage.numbers[number],
            members=tuple(lean.towns.names[at] for at in row if at < lean.towns.size),
        )
        for row, number in zip(batch.members, batch.number, strict=True)
    ]
    return engine.result("zelfde", Grouping(name="zelfde", groups=tuple(groups)))


@examples(40)
@given(drawn=partitioned())
def test_the_tables_say_what_the_engine_says(drawn: tuple[Case, list[list[str]]]) -> None:
    """Form, money in full, investment, own number, ties and who is told: the same to the cent."""
    case, parts = drawn
    engine = Engine(case)
    lean = engine.lean
    batch = of(lean, parts)
    result = by_engine(engine, lean, batch)
    whole = np.arange(len(batch))[np.newaxis]
    found = totals(lean, batch, whole)
    assert found.cost[0] == pytest.approx(result.in_full.cost, abs=0.005)
    assert found.baseline == pytest.approx(result.in_full.baseline, abs=0.005)
    assert found.investment[0] == pytest.approx(result.investment, abs=0.005)
    pays = dict(zip(lean.towns.names, members_pay(lean, batch, whole)[0].tolist(), strict=True))
    assert pays == pytest.approx({n: one.cost for n, one in result.in_full_of.items()}, abs=0.005)
    people = lean.towns.people.sum()
    assert found.on_own[0] / people == pytest.approx([*result.on_own_netnummer])
    assert found.told[0] == sum(len(group.to_tell) for group in result.groups)
    assert found.redirected[0] == len(result.redirected)
    for at, group in enumerate(result.groups):
        form = None if batch.best[at] == AS_NOW else lean.towns.forms[batch.best[at]]
        assert form == group.form or "own_entrance" in group.roles.values()


def test_the_tables_know_the_drechtsteden(drechtsteden: Case) -> None:
    """Every group of the six comes to the form and the money of the engine."""
    engine = Engine(drechtsteden)
    lean = engine.lean
    names = lean.towns.names
    for parts in (
        [[*names]],
        [[*names[:2], names[3]], ["sliedrecht"], ["hendrik-ido-ambacht", "zwijndrecht"]],
    ):
        batch = of(lean, parts)
        result = by_engine(engine, lean, batch)
        found = totals(lean, batch, np.arange(len(batch))[np.newaxis])
        assert found.cost[0] == pytest.approx(result.in_full.cost, abs=0.005)
        assert found.ties[0] == len({*result.ties_kept} - {"hoeksche-waard"})
    assert as_now(lean).sum() == pytest.approx(3_569_704, abs=0.5)


def test_the_number_of_a_group_fits_most_of_its_inhabitants(drechtsteden: Case) -> None:
    """With Alblasserdam Sliedrecht is the larger, so the two are behind 140184."""
    lean = Engine(drechtsteden).lean
    batch = of(lean, [["alblasserdam", "sliedrecht"], ["dordrecht", "sliedrecht"]])
    assert [lean.towns.coverage.numbers[at] for at in batch.number] == ["0184", "078"]
