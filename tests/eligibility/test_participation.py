"""Who counts as a partner in a form: whoever takes part in it, or in a form that builds on it."""

from __future__ import annotations

import pytest

from decision.eligibility.verdicts import eligibility
from decision.model.forms import Form
from decision.model.rules import Rule
from tests import rule_sets
from tests.rule_sets import FORM

FURTHER = "further"
BUILDS_ON: dict[str, rule_sets.Raw] = {
    "now": {"builds_on": None},
    FORM: {"builds_on": "now"},
    FURTHER: {"builds_on": FORM},
}
FORMS = {name: Form.model_construct(**given) for name, given in BUILDS_ON.items()}


def refusing(fact: str, *forms: str) -> Rule:
    """A rule by which a municipality keeps its own entrance when it lacks something."""
    asked = rule_sets.rule({"fact": fact, "is": "high"}, "municipality", None)
    return asked.model_copy(update={"otherwise": "own_entrance", "guards": forms})


def scale(count: int) -> Rule:
    """A rule that asks for so many partners in the form."""
    asked = rule_sets.rule({"fact": "r", "is": "high"}, "region", None).model_dump(by_alias=True)
    return Rule.model_validate({**asked, "requires": {"taking_part": True, "count": count}})


def partners(*rules: Rule) -> int:
    """How many partners the form surely has, of one town that has ``a`` and one that has ``b``."""
    declared = {
        "region": {"r": "high"},
        "first": {"a": "high", "b": "low"},
        "second": {"a": "low", "b": "high"},
    }
    region = rule_sets.region_of(declared, {"first": 1.0, "second": 1.0})
    found = 0
    for count in (1, 2):
        knowledge = rule_sets.knowledge_of([*rules, scale(count)]).model_copy(
            update={"forms": FORMS}
        )
        found += eligibility(knowledge, region, [FORM]).forms[FORM].eligible
    return found


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((refusing("a", FORM), refusing("b", FURTHER)), 2),
        ((refusing("a", FORM, FURTHER), refusing("b", FURTHER)), 1),
        ((refusing("a", FORM, FURTHER),), 1),
        ((refusing("a", FORM),), 2),
    ],
    ids=["asks other things", "asks more", "asks the same", "asks nothing"],
)
def test_who_comes_to_a_further_form_is_a_partner_in_this_one(
    rules: tuple[Rule, ...], expected: int
) -> None:
    """Scale is reached with those who come to the further form, whatever that form asks."""
    assert partners(*rules) == expected
