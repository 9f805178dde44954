"""Requirements as a programme: what it finds is held against the requirements themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from decision.explain import programme
from decision.explain.demands import Condition, Every, Variable
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
