"""The changes that help: by whose remedy, and every set of answers that can be given."""

from __future__ import annotations

from itertools import permutations

import pytest
import yaml

from decision.explain.changes import Change, candidates
from decision.explain.demands import Value, Variable, demands
from decision.model.knowledge import Knowledge
from decision.model.rules import Rule
from tests.rule_sets import FORM, LEVELS, definitions, knowledge_of, region_of, rule

TOWN = "town"
HERE = rule({"fact": "a", "is": "high"}, "municipality", "a")


def by(activity: str, **more: object) -> Rule:
    """The same rule with a remedy by another activity."""
    assert HERE.remedy is not None
    remedy = HERE.remedy.model_copy(update={"by": activity})
    return HERE.model_copy(update={"remedy": remedy, **more})


def found_in(knowledge: Knowledge, now: str = "low") -> list[Change]:
    """The changes that help one municipality."""
    region = region_of({"region": {}, TOWN: {"a": now}}, {TOWN: 1.0})
    return [*candidates(knowledge, demands(knowledge, region, FORM, (TOWN,)))]


def test_a_change_is_made_by_the_remedy_of_the_rule_that_asks_for_it() -> None:
    """Before that of a preference for the same form comes the rule's own; then those elsewhere."""
    preference = by("draft-a", otherwise="warns")
    elsewhere = by("do-b", guards=("elsewhere",))
    silent = HERE.model_copy(update={"remedy": None})
    for rules, activity in (
        ((HERE, preference, elsewhere), "do-a"),
        ((silent, preference, elsewhere), "draft-a"),
        ((silent, elsewhere), "do-b"),
    ):
        for some in permutations(rules):
            (one,) = found_in(knowledge_of([*some]))
            assert one.job is not None
            assert one.job.activity == activity


def test_of_several_that_can_hold_all_can_be_asked() -> None:
    """Who says nothing yet of its channels can come to have each of them."""
    asked = [rule({"fact": "a", "includes": one}, "municipality", None) for one in LEVELS]
    several = definitions()["a"].model_copy(update={"kind": "set"})
    knowledge = knowledge_of(asked).model_copy(update={"facts": {"a": several}})
    assert LEVELS in {one.becomes for one in found_in(knowledge, "unknown")}


@pytest.mark.parametrize("level", ["klaar", "no", "null", "3", "1e3", "a, b", "klaar: ja", "x#y"])
def test_what_is_printed_of_a_change_reads_back(level: str) -> None:
    """A level that YAML would read as something else stands between quotation marks."""
    becomes: Value
    for becomes in (level, (level, "klaar")):
        one = Change(Variable(TOWN, "a"), None, becomes, frozenset(), None, "facts.a", 1)
        path, _, value = one.assignment.partition("=")
        read = yaml.safe_load(value)
        assert (path, tuple(read) if isinstance(read, list) else read) == ("facts.a", becomes)
