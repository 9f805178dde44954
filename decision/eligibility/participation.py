"""Who takes part in a form, as a requirement on facts.

A municipality takes part in a form when it meets every rule by which it would refuse. Forms build
on one another, so whoever takes part in a further form is a partner in the lesser one too. Rules
that count partners (`TakingPart`) count these and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from decision.model.knowledge import Knowledge
from decision.model.requirements import (
    All,
    Any_,
    Participants,
    Predicate,
    TakingPart,
)
from decision.model.rules import REFUSALS

__all__ = ["requirement"]


def requirement(knowledge: Knowledge, rule: str, form: str) -> Predicate:
    """What a rule asks for one of the forms that it guards, in facts of the partners only."""
    asked = knowledge.rules[rule].requires
    if not isinstance(asked, TakingPart):
        return asked
    measure = {name: getattr(asked, name) for name in asked.MEASURES}
    inner = _takes_part(knowledge, form)
    return Participants.model_construct(municipalities=inner, form=form, **measure)


def _takes_part(knowledge: Knowledge, form: str) -> Predicate:
    """What is asked of a municipality to take part in a form, or in one that builds on it.

    A form that asks all that another does, and more, adds nothing.
    """
    forms = (form, *(one for one in knowledge.forms if form in knowledge.lesser(one)))
    asked = dict.fromkeys(frozenset(_refusals(knowledge, one)) for one in forms)
    least = [one for one in asked if not any(other < one for other in asked)]
    ways = tuple(_all(knowledge, form, one) for one in least)
    return ways[0] if len(ways) == 1 else Any_.model_construct(any=ways)


def _all(knowledge: Knowledge, form: str, rules: Collection[str]) -> Predicate:
    """The requirements of some rules together, in the order of the knowledge."""
    asked = tuple(requirement(knowledge, one, form) for one in knowledge.rules if one in rules)
    return All.model_construct(all=asked)


def _refusals(knowledge: Knowledge, form: str) -> Iterator[str]:
    """The rules by which a municipality refuses a form."""
    for name, rule in knowledge.rules.items():
        of = rule.of_each == "municipality"
        if of and form in rule.guards and rule.otherwise in REFUSALS:
            yield name
