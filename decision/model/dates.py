"""What of the knowledge holds on a date: rules come and go, and figures get another value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from decision.model.figures import CostItem, Kengetal, Version
from decision.model.knowledge import Knowledge, Lesson
from decision.model.values import first_day

__all__ = ["NotInForce", "knowledge_at", "without_value"]


class _Dated(Protocol):
    """What holds from the first day of one date to the day before another."""

    @property
    def from_(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...


D = TypeVar("D", bound=_Dated)


@dataclass(frozen=True, slots=True)
class NotInForce:
    """An entry of the knowledge that does not count on the date of the advice, and what it says.

    It holds from ``start`` (None: always before) until ``end`` (None: it has no end).
    """

    kind: Literal["rule", "investment", "running_cost"]
    id: str
    text: str
    start: str | None
    end: str | None


def knowledge_at(knowledge: Knowledge, date: str) -> tuple[Knowledge, tuple[NotInForce, ...]]:
    """The knowledge of a date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``), and what it leaves out.

    A date stands for its first day. A kengetal that has no value then keeps its own.
    """
    day = first_day(date)
    rules, investments = _held(knowledge.rules, day), _held(knowledge.investments, day)
    running_costs = _held(knowledge.running_costs, day)
    held = {
        "rules": rules,
        "investments": investments,
        "running_costs": running_costs,
        "lessons": {name: _without(one, rules) for name, one in knowledge.lessons.items()},
        "kengetallen": {
            name: _valued(one, day) or one for name, one in knowledge.kengetallen.items()
        },
    }
    left_out = [
        NotInForce("rule", name, one.because, one.from_, one.until)
        for name, one in knowledge.rules.items()
        if name not in rules
    ]
    left_out += _left_out("investment", knowledge.investments, investments)
    left_out += _left_out("running_cost", knowledge.running_costs, running_costs)
    return knowledge.model_copy(update=held), tuple(left_out)


def _left_out(
    kind: Literal["investment", "running_cost"],
    items: Mapping[str, CostItem],
    held: Mapping[str, CostItem],
) -> Iterator[NotInForce]:
    """The cost items that do not count."""
    for name, one in items.items():
        if name not in held:
            yield NotInForce(kind, name, one.name, one.from_, one.until)


def without_value(knowledge: Knowledge, date: str) -> tuple[str, ...]:
    """The kengetallen that have no value on a date."""
    day = first_day(date)
    return tuple(name for name, one in knowledge.kengetallen.items() if _valued(one, day) is None)


def _in_force(entry: _Dated, day: str) -> bool:
    begun = entry.from_ is None or first_day(entry.from_) <= day
    return begun and (entry.until is None or day < first_day(entry.until))


def _held(entries: Mapping[str, D], day: str) -> dict[str, D]:
    return {name: one for name, one in entries.items() if _in_force(one, day)}


def _without(lesson: Lesson, rules: Mapping[str, object]) -> Lesson:
    """The lesson with those of its rules that hold."""
    held = tuple(rule for rule in lesson.rules if rule in rules)
    return lesson.model_copy(update={"rules": held})


def _valued(kengetal: Kengetal, day: str) -> Kengetal | None:
    """The kengetal with the value of a day: of those that hold, the one that began last."""
    dated: tuple[Kengetal | Version, ...] = (kengetal, *kengetal.versions.values())
    found = [one for one in dated if _in_force(one, day)]
    if not found:
        return None
    latest = max(found, key=lambda one: first_day(one.from_) if one.from_ else "")
    given = {key: getattr(latest, key) for key in _OF_A_VERSION}
    said = {key: value for key, value in given.items() if value is not None}
    dates = {"from_": latest.from_, "until": latest.until}
    return kengetal.model_copy(update={**said, **dates, "versions": {}})


_OF_A_VERSION = ("value", "range", "assumed", "because", "price_year", "source")
"""What a version can say otherwise than its kengetal."""
