"""The rules: what a form requires of facts, and what is wrong with a rule as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field

from decision.model.checks import Checked, Fault, Given, fault, listed_twice, part
from decision.model.requirements import (
    Comparison,
    Requires,
    asked_elsewhere,
    meets,
    unknown_levels,
)
from decision.model.values import (
    ActivityRef,
    Date,
    FactRef,
    FormRef,
    Partner,
    Source,
    Text,
    dates_reversed,
)

__all__ = ["REFUSALS", "Consequence", "Remedy", "Rule"]


class Remedy(Checked):
    """What would satisfy a rule: which fact must become what, and the activity that does it."""

    fact: FactRef
    becomes: str
    by: ActivityRef

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A fact that nobody can change, a level it does not have, an activity of others."""
        fact, by = given.get("fact"), given.get("by")
        if isinstance(fact, str) and fact in known.get("derived fact", ()):
            yield fault("remedy_of_derived_fact", ("fact",), value=fact)
        yield from unknown_levels(fact, given.get("becomes"), ("becomes",), known)
        owner, doer = _of("fact owner", fact, known), _of("activity owner", by, known)
        if owner and doer and owner != doer:
            details = {"value": by, "fact": fact, "owner": owner, "asked": doer}
            yield fault("remedy_by_other", ("by",), **details)


def _of(kind: str, name: object, known: Given) -> object:
    """The kind of partner that an entry belongs to; None where that is not known."""
    return known.get(kind, {}).get(name) if isinstance(name, str) else None


Consequence = Literal[
    "excludes",
    "joins_later",
    "own_entrance",
    "decides_itself",
    "stays_out",
    "asks_work",
    "warns",
]

REFUSALS: tuple[Consequence, ...] = ("stays_out", "decides_itself", "own_entrance")
"""The consequences by which a partner does not take part, the strongest first."""

_POSSIBLE: Mapping[Partner, tuple[Consequence, ...]] = {
    "region": ("excludes", "asks_work", "warns"),
    "municipality": ("joins_later", "own_entrance", "stays_out", "asks_work", "warns"),
    "organisation": ("joins_later", "decides_itself", "stays_out", "asks_work", "warns"),
}
"""What can follow for each kind of partner; any other consequence would be lost."""


class Rule(Checked):
    """A requirement on facts, what follows when it fails, why, and what would satisfy it.

    ``excludes`` takes the form away from the whole region; ``joins_later`` makes the partner
    ready only after the remedy; ``own_entrance`` keeps a municipality out of the form, so that it
    answers its own calls; ``decides_itself`` is about organisations; ``stays_out`` about these and
    municipalities that want no joint entrance at all. These are conditions before a start. What a
    source describes as the end ``asks_work``: it is planned, and nobody drops out for it. A
    preference only ``warns``.

    The rule holds from the day ``from`` to the day before ``until``. With ``assumed`` its
    threshold (how many, or what share) is ours and of no source.
    """

    kind: Literal["insight", "connection", "form", "netnummer", "authority", "lesson", "scale"]
    guards: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    of_each: Partner
    requires: Requires
    otherwise: Consequence
    because: Text
    remedy: Remedy | None = None
    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    assumed: bool = False
    source: Source

    @property
    def binds(self) -> bool:
        """Whether it is a condition: whoever breaks it drops out, waits or is not ready."""
        return self.otherwise not in ("asks_work", "warns")

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Facts asked of who has them not, a consequence or a remedy that cannot be, dates."""
        yield from listed_twice(given.get("guards"), ("guards",))
        requires, otherwise = given.get("requires"), given.get("otherwise")
        for of in get_args(Partner):
            if of == given.get("of_each"):
                yield from asked_elsewhere(requires, of, known, ("requires",))
                yield from _faults_of_consequence(otherwise, of)
        yield from _faults_of_remedy(given.get("remedy"), requires, known)
        yield from dates_reversed(given)


def _faults_of_consequence(otherwise: object, of: Partner) -> Iterator[Fault]:
    """A consequence that cannot follow for this kind of partner."""
    if otherwise in get_args(Consequence) and otherwise not in _POSSIBLE[of]:
        details = {"value": otherwise, "asked": of, "possible": _POSSIBLE[of]}
        yield fault("consequence_of_other", ("otherwise",), **details)


def _faults_of_remedy(remedy: object, requires: object, known: Given) -> Iterator[Fault]:
    """A remedy about a fact that the rule does not ask for, or that leaves it unmet."""
    fact, becomes = part(remedy, "fact"), part(remedy, "becomes")
    levels = known.get("fact", {}).get(fact, ()) if isinstance(fact, str) else ()
    if not isinstance(becomes, str) or becomes not in levels or not isinstance(requires, Mapping):
        return
    met = _met_by(requires, fact, becomes, list(levels))
    if met is None:
        yield fault("remedy_of_other_fact", ("remedy", "fact"), value=fact)
    elif not met:
        yield fault("remedy_not_enough", ("remedy", "becomes"), fact=fact, value=becomes)


def _met_by(predicate: object, fact: str, level: str, levels: Sequence[str]) -> bool | None:
    """Whether a requirement is met, as far as it asks for ``fact``, once that is at ``level``.

    None where it does not ask for the fact. What is at fault by itself is taken to be met.
    """
    match predicate:
        case {"fact": asked}:
            return _met(predicate, level, levels) if asked == fact else None
        case {"all": list(parts)}:
            return _together(all, (_met_by(part, fact, level, levels) for part in parts))
        case {"any": list(parts)}:
            return _together(any, (_met_by(part, fact, level, levels) for part in parts))
        case {"not": part}:
            found = _met_by(part, fact, level, levels)
            return None if found is None else not found
        case {"municipalities": part}:
            return _met_by(part, fact, level, levels)
    return None


def _together(join: Callable[[Iterable[bool]], bool], found: Iterable[bool | None]) -> bool | None:
    """The outcome of the parts that have one."""
    asked = [one for one in found if one is not None]
    return join(asked) if asked else None


def _met(comparison: object, level: str, levels: Sequence[str]) -> bool:
    try:
        return meets(Comparison.model_validate(comparison), (level,), levels)
    except ValueError:  # told by the comparison itself
        return True
