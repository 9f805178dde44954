"""Requirements as a programme: what it finds is held against the requirements themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from decision.explain import programme
from decision.explain.demands import Condition, Enough, Every, Some, Variable
from decision.explain.programme import Programme
from decision.explain.solver import Row, Solution, Terms, optimum
from decision.model.requirements import Comparison

HIGH = Comparison.model_validate({"fact": "a", "is": "high"})
LOW = Comparison.model_validate({"fact": "a", "is": "low"})
TOWN = Variable("town", "a")
ASKED = Condition(TOWN, HIGH, wanted=True, met=False)


def test_without_choices_it_says_whether_all_is_met_already() -> None:
    """What is met costs nothing; once it is ruled out there is nothing else to find."""
    nothing = Programme({})
    nothing.require(Every(()))
    assert nothing.smallest({}) == (0, {})
    nothing.not_all(())
    assert nothing.smallest({}) is None


@pytest.mark.parametrize("seems", [(0.0, 0.0), (1.0, 1.0)], ids=["too little", "too much"])
def test_what_only_seems_enough_to_the_solver_is_ruled_out(
    seems: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A solver that by its tolerances takes a wrong answer for enough is asked for another one."""
    asked: list[object] = []

    def hasty(cost: Terms, rows: Sequence[Row], *, most: Sequence[float]) -> Solution | None:
        asked.append(rows)
        return optimum(cost, rows, most=most) if asked[1:] else Solution(0.0, seems)

    monkeypatch.setattr(programme, "optimum", hasty)
    other = Variable("other", "a")
    kept = Condition(other, LOW, wanted=True, met=True)
    one = Programme({TOWN: {"high": frozenset({ASKED})}, other: {"high": frozenset()}})
    one.require(Every((ASKED, kept)))
    assert one.smallest({one.columns[TOWN, "high"]: 3}) == (3, {TOWN: "high"})
    assert len(asked) == 2


def test_parts_that_must_be_met_together_can_be_chosen_beside_another_way() -> None:
    """Either both municipalities get there, or a third at a cost of three: two are cheaper."""
    asked = {name: Condition(Variable(name, "a"), HIGH, wanted=True, met=False) for name in "abc"}
    one = Programme({each.variable: {"high": frozenset({each})} for each in asked.values()})
    one.require(Some((Every((asked["a"], asked["b"])), asked["c"])))
    cost = {at: 3 if of.partner == "c" else 1 for (of, _), at in one.columns.items()}
    assert one.smallest(cost) == (2, dict.fromkeys((asked[n].variable for n in "ab"), "high"))


def test_a_fact_gets_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two values that each meet one thing the solver never gives both, so it is asked once."""
    asked: list[object] = []

    def counted(cost: Terms, rows: Sequence[Row], *, most: Sequence[float]) -> Solution | None:
        asked.append(rows)
        return optimum(cost, rows, most=most)

    monkeypatch.setattr(programme, "optimum", counted)
    low = Condition(TOWN, LOW, wanted=True, met=False)
    one = Programme({TOWN: {"high": frozenset({ASKED}), "low": frozenset({low})}})
    one.require(Every((ASKED, low)))
    assert one.smallest({}) is None
    assert len(asked) == 1


def test_what_is_so_whatever_anybody_does_asks_nothing() -> None:
    """That no four of two municipalities lack something holds also where both of them lack it."""
    lacking = tuple(Condition(Variable(name, "b"), LOW, wanted=True, met=True) for name in "cd")
    one = Programme({TOWN: {"high": frozenset({ASKED})}})
    one.require(Every((ASKED, Enough(lacking, (1, 1), -1))))
    assert one.smallest({one.columns[TOWN, "high"]: 3}) == (3, {TOWN: "high"})
