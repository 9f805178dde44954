"""What an answer to an open question says: a yes, a no, and nothing beside what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from decision.eligibility.evaluation import by_answer
from decision.model.knowledge import FactDefinition
from decision.model.requirements import Comparison

LEVELS = ("geen", "in_concept", "vastgesteld")


def answers(kind: str, **asked: str) -> dict[bool, Any]:
    """The value that meets a comparison, and the one that does not."""
    definition = FactDefinition.model_validate(
        {
            "of": "municipality",
            "name": "plan",
            "question": "?",
            "kind": kind,
            "levels": dict.fromkeys(LEVELS, "x"),
        }
    )
    comparison = Comparison.model_validate({"fact": "plan", **asked})
    return {met: fact.value for met, fact in by_answer(comparison, definition).items()}


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ({"at_least": "in_concept"}, "vastgesteld", "geen"),
        ({"at_least": "vastgesteld"}, "vastgesteld", "in_concept"),
        ({"at_most": "in_concept"}, "in_concept", "vastgesteld"),
    ],
)
def test_a_yes_and_a_no_are_the_highest_level_that_is_one(
    asked: dict[str, str], yes: str, no: str
) -> None:
    """A yes meets all that other rules ask of the plan too, and a no denies no more than this."""
    assert answers("scale", **asked) == {True: yes, False: no}


def test_of_several_that_can_hold_one_is_named() -> None:
    """Who says which channels it handles names one, and no other channel with it."""
    assert answers("set", includes="in_concept") == {True: ("in_concept",), False: ("geen",)}


def test_a_question_of_which_every_answer_is_a_yes_has_no_no() -> None:
    """At least the lowest level says nothing."""
    assert answers("scale", at_least="geen") == {True: "vastgesteld"}
