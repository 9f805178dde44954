"""What a region file declares about its partners, each with its source: facts, figures, wishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator

from decision.model.antwoord import PhaseNumber
from decision.model.checks import (
    Checked,
    Fault,
    Given,
    Ids,
    fault,
    list_or_other,
    listed_twice,
    outside_range,
    part,
    text_or_other,
)
from decision.model.frozen import FrozenDict, Map
from decision.model.knowledge import UNKNOWN
from decision.model.values import (
    ChoiceRef,
    Date,
    FactRef,
    Limited,
    LimitedRange,
    OptionId,
    Source,
    Text,
    Year,
    options_unknown,
)

__all__ = [
    "UNKNOWN_FACT",
    "Declared",
    "Fact",
    "Facts",
    "Figure",
    "OwnKengetal",
    "Position",
    "Size",
    "TargetPhase",
    "WishedStart",
    "Wishes",
    "faults_of_facts",
]


PhaseOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[PhaseNumber, Tag("<other>")],
    Discriminator(text_or_other),
]


NumberOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[Limited, Tag("<other>")],
    Discriminator(text_or_other),
]


LevelOrLevels = Annotated[
    Annotated[tuple[Text, ...], Tag("<list>")] | Annotated[Text, Tag("<other>")],
    Discriminator(list_or_other),
]


class Declared(Checked):
    """Something declared with its source; a bare value stands for one without."""

    KEY: ClassVar = "value"
    CHECKS: ClassVar = (lambda given, _: outside_range(given, "value"),)

    @property
    def known(self) -> bool:
        """Whether it says anything but ``unknown``."""
        return bool(getattr(self, self.KEY) != UNKNOWN)

    @model_validator(mode="before")
    @classmethod
    def _bare_value(cls, given: object) -> object:
        return given if isinstance(given, Mapping | cls) or given is None else {cls.KEY: given}

    @classmethod
    def __get_pydantic_json_schema__(
        cls,
        schema: Any,  # noqa: ANN401 - pydantic's own core schema
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        """The block with its keys, or the bare value."""
        block = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [block["properties"][cls.KEY], block]}


class Fact(Declared):
    """What is declared about a partner: a level of the fact's scale, or ``unknown``.

    A set-valued fact holds a list. A fact without a source counts as an assumption.
    """

    value: LevelOrLevels
    note: Text | None = None
    source: Source | None = None


UNKNOWN_FACT = Fact(value=UNKNOWN)
"""What is held of a fact that nobody declares."""


class Figure(Declared):
    """A number with its source; a number without one counts as an assumption."""

    value: Limited
    range: LimitedRange | None = None
    note: Text | None = None
    source: Source | None = None


class Size(Declared):
    """How many inhabitants, or ``unknown``: then no amount is worked out that would rest on it."""

    value: NumberOrUnknown
    range: LimitedRange | None = None
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A range around a number that nobody knows: nothing would be done with it."""
        yield from super().faults(given, known)
        if given.get("value") == UNKNOWN and given.get("range") is not None:
            yield fault("range_of_unknown", ("range",))


class OwnKengetal(Figure):
    """A kengetal of the region's own; of one in euro ``price_year`` is the year of its prices."""

    price_year: Year | None = None


class Position(Declared):
    """A phase of Antwoord (1-5) that a partner is in, or ``unknown``."""

    KEY: ClassVar = "phase"

    phase: PhaseOrUnknown
    note: Text | None = None
    source: Source | None = None

    @property
    def number(self) -> int | None:
        """The phase, or None when nobody knows it."""
        return self.phase if isinstance(self.phase, int) else None


class TargetPhase(Position):
    """A phase of Antwoord (1-5) that a partner aims for, and ``by`` when."""

    by: Date | None = None


class WishedStart(Declared):
    """The date by which a municipality wants to start on the joint number."""

    KEY: ClassVar = "by"

    by: Date
    note: Text | None = None
    source: Source | None = None


class Wishes(Checked):
    """Options of the inrichtingskeuzes that a partner wants, accepts or refuses.

    Of an option that it accepts and refuses, the refusal counts.
    """

    wants: Map[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=FrozenDict)
    accepts: Map[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=FrozenDict)
    refuses: Map[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=FrozenDict)
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option that the inrichtingskeuze does not have, or that is both wanted and refused."""
        for key in ("wants", "accepts", "refuses"):
            yield from options_unknown(given.get(key), (key,), known)
        refused = {(choice, option) for choice, _, option in _options(given.get("refuses"))}
        for choice, at, option in _options(given.get("wants")):
            if (choice, option) in refused:
                place = ("wants", choice, at)
                yield fault("wanted_and_refused", place, value=option, choice=choice)


def _options(chosen: object) -> Iterator[tuple[str, int, str]]:
    """The options that are named, each with its inrichtingskeuze and its place in the list."""
    for choice, options in chosen.items() if isinstance(chosen, Mapping) else ():
        for at, option in enumerate(options if isinstance(options, list | tuple) else ()):
            if isinstance(option, str):
                yield choice, at, option


Facts = Map[FactRef, Fact]


def faults_of_facts(kind: str, facts: object, known: Given) -> Iterator[Fault]:
    """Hold each declared fact against its definition: whose it is, and its levels."""
    owners, definitions = known.get("fact owner", {}), known.get("fact", {})
    for name, fact in facts.items() if isinstance(facts, Mapping) else ():
        at = ("facts", name)
        if name in known.get("derived fact", ()):
            yield fault("derived_fact", at, value=name)
        elif name in known.get("fact of aspect", ()):
            yield fault("fact_of_aspect", at, value=name, aspect=known["fact of aspect"][name])
        elif owners.get(name, kind) != kind:
            yield fault("fact_of_other", at, value=name, owner=owners[name])
        elif name in definitions:
            value = fact if isinstance(fact, str | list) else part(fact, "value")
            many = name in known.get("fact of many", ())
            levels = known.get("declared level", {}).get(name, definitions[name])
            yield from _faults_of_levels(name, value, levels, many=many)


def _faults_of_levels(fact: str, value: object, levels: Ids, *, many: bool) -> Iterator[Fault]:
    """One level for a scale, a list of levels for a set, or ``unknown`` for either."""
    at = ("facts", fact, "value")
    if value == UNKNOWN:
        return
    if isinstance(value, list | tuple) and not many:
        yield fault("one_level", at, fact=fact, known=levels)
    elif isinstance(value, str) and many and value in levels:
        yield fault("list_of_levels", at, fact=fact, value=value)
    elif isinstance(value, list | tuple) and not value:
        yield fault("no_levels", at, fact=fact)
    else:
        yield from listed_twice(value, at)
        for v in value if isinstance(value, list | tuple) else (value,):
            if isinstance(v, str) and (v not in levels or v == UNKNOWN):
                yield fault("unknown_level", at, value=v, fact=fact, known=levels)
