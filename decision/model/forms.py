"""The inrichtingskeuzes with their options, and the forms of cooperation as points among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from decision.model.checks import Checked, Fault, Frozen, Given, entries, fault, numbers, part
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.values import (
    ActivityRef,
    BlockRef,
    ChoiceRef,
    FormRef,
    NonNegative,
    OptionId,
    Share,
    Source,
    Text,
    Whole,
    options_unknown,
)

__all__ = [
    "Choice",
    "Degree",
    "Effect",
    "FitWeights",
    "Form",
    "Option",
    "Relation",
    "faults_of_relations",
]


class Relation(Frozen):
    """The options of another inrichtingskeuze that an option needs one of, or excludes, and why."""

    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    because: Text
    source: Source


class Option(Checked):
    """One option of an inrichtingskeuze; it may need or exclude options of other choices."""

    text: Text
    needs: Map[ChoiceRef, Relation] = Field(default_factory=FrozenDict)
    excludes: Map[ChoiceRef, Relation] = Field(default_factory=FrozenDict)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option that another inrichtingskeuze does not have."""
        for key in ("needs", "excludes"):
            for choice, relation in entries(given, key).items():
                asked = {choice: part(relation, "options")}
                yield from options_unknown(asked, (key,), known)


class Choice(Frozen):
    """An inrichtingskeuze (bijlage B): a question with at most five options."""

    number: Annotated[int, Field(strict=True, ge=1, le=12)]
    name: Text
    question: Text
    building_block: BlockRef
    options: Annotated[Mapping[OptionId, Option], Field(min_length=2), FREEZE]
    note: Text | None = None
    source: Source


def faults_of_relations(choices: object) -> Iterator[Fault]:
    """Options that need or exclude one of their own inrichtingskeuze, of which there is just one.

    They are placed from ``choices`` on.
    """
    for choice, one in choices.items() if isinstance(choices, Mapping) else ():
        for name, option in entries(one, "options").items():
            for key in ("needs", "excludes"):
                if choice in entries(option, key):
                    at = ("choices", choice, "options", name, key, choice)
                    yield fault("relation_to_itself", at, value=name, choice=choice)


def _thousandths(number: float) -> float:
    """The number, where it is written in at most three decimals."""
    if number != round(number, 3):
        raise PydanticCustomError("too_fine", "too_fine", {"decimals": 3})
    return number


class Degree(Frozen):
    """A degree of cooperation, from light to heavy (1 is the lightest), beside the forms.

    ``forms`` are those that it belongs to; ``start`` is how a region that is not ready begins.
    """

    number: Whole
    name: Text
    start: Text
    forms: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    source: Source


class FitWeights(Checked):
    """How the wishes of partners add up to the fit of a configuration, from 0 to 1.

    ``wanted``, ``accepted`` and ``other`` are the values of an option that a partner wants, that it
    accepts, or that it names neither way. A municipality has one vote, or one for every
    ``inhabitants_per_vote`` or part of it; ``organisation`` is the votes of an organisation.

    Values and votes have three decimals and a vote stands for a thousand inhabitants at least, so
    that the wishes of the whole country add up to whole numbers with which a solver stays exact.
    """

    wanted: Annotated[Share, AfterValidator(_thousandths)]
    accepted: Annotated[Share, AfterValidator(_thousandths)]
    other: Annotated[Share, AfterValidator(_thousandths)]
    inhabitants_per_vote: Annotated[float, Field(strict=True, ge=1000, le=1e9)] | None = None
    organisation: Annotated[NonNegative, Field(le=1000), AfterValidator(_thousandths)]
    assumed: bool = False
    because: Text
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """An option that is worth more than one that a partner likes better."""
        worth = numbers([given.get(key) for key in ("wanted", "accepted", "other")])
        if worth and worth != sorted(worth, reverse=True):
            yield fault("fit_rising", ())


class Tasks(Frozen):
    """The main tasks of a form (tables 4.1-4.5), as activities."""

    municipality: tuple[ActivityRef, ...] = ()
    organisation: tuple[ActivityRef, ...] = ()
    region: tuple[ActivityRef, ...] = ()


class Form(Checked):
    """A form of cooperation.

    ``grows_into`` is the next form on the growth path. ``builds_on`` is the form that this one
    takes in: who is in this form is a partner in that one too, and who is not in this form may be
    in that one beside it. Only going on as today builds on no other.
    """

    name: Text
    summary: Text
    citizen: Text
    organised: Text
    tasks: Tasks = Tasks()
    profile: Map[ChoiceRef, OptionId]
    profile_note: Text | None = None
    grows_into: FormRef | None = None
    builds_on: FormRef | None = None
    source: Source

    CHECKS: ClassVar = (
        lambda given, known: options_unknown(given.get("profile"), ("profile",), known),
    )


class Effect(Frozen):
    """One of the effects that drive cost (table 5.4), in words per form."""

    name: Text
    forms: Map[FormRef, Text]
    source: Source
