"""Requirements as a programme: what it finds is held against the requirements themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from decision.explain import programme
from decision.explain.demands import Condition, Every, Some, Variable
from decision.explain.programme import Programme
from decision.explain.solver import Row, Solution, Terms, optimum
from decision.model.requirements import Comparison

HIGH = Comparison.model_validate({"fact": "a", "is": "high"})
TOWN = Variable("town", "a")
ASKED = Condition(TOWN, HIGH, wanted=True, met=False)


def test_without_choices_it_says_whether_all_is_met_already() -> None:
    """What is met costs nothing; once it is ruled out there is nothing else to find."""
    nothing = Programme({})
    nothing.require(Every(()))
    assert nothing.smallest({}) == (0, {})
    nothing.not_all(())
    assert nothing.smallest({}) is None


def test_what_only_seems_enough_to_the_solver_is_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that first takes nothing for enough, by its tolerances, is asked again."""
    asked: list[object] = []

    def hasty(cost: Terms, rows: Sequence[Row], *, most: Sequence[float]) -> Solution | None:
        asked.append(rows)
        return optimum(cost, rows, most=most) if asked[1:] else Solution(0.0, (0.0,) * len(most))

    monkeypatch.setattr(programme, "optimum", hasty)
    one = Programme({TOWN: {"high": frozenset({ASKED})}})
    one.require(ASKED)
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
    low = Condition(
        TOWN, Comparison.model_validate({"fact": "a", "is": "low"}), wanted=True, met=False
    )
    one = Programme({TOWN: {"high": frozenset({ASKED}), "low": frozenset({low})}})
    one.require(Every((ASKED, low)))
    assert one.smallest({}) is None
    assert len(asked) == 1
