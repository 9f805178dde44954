"""Requirements on facts: comparisons, and what combines them, as rules and waves state them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from decision.model.checks import Checked, Fault, Frozen, Given, fault, listed_twice, text_or_other
from decision.model.values import FactRef, Partner

__all__ = [
    "All",
    "Any_",
    "Comparison",
    "Not",
    "Participants",
    "Predicate",
    "Quantified",
    "Requires",
    "TakingPart",
    "asked_elsewhere",
    "asked_of_municipality",
    "comparisons",
    "meets",
    "unknown_levels",
]


class Comparison(Checked):
    """One fact held against one value; exactly one comparison is given."""

    fact: FactRef
    is_: str | None = Field(default=None, alias="is")
    at_least: str | None = None
    at_most: str | None = None
    one_of: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    includes: str | None = None

    KEYS: ClassVar = ("is", "at_least", "at_most", "one_of", "includes")

    @cached_property
    def comparator(self) -> str:
        """The name of the one comparison that is given."""
        return next(key for key in self.KEYS if getattr(self, _attribute(key)) is not None)

    @cached_property
    def operand(self) -> tuple[str, ...]:
        """The value or values that the fact is held against."""
        value = getattr(self, _attribute(self.comparator))
        return value if isinstance(value, tuple) else (value,)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Not exactly one comparison, one that the fact does not allow, or a wrong level."""
        yield from one_of(given, cls.KEYS, ("fact", *cls.KEYS))
        yield from _not_of_this_kind(given, known)
        for key in cls.KEYS:
            yield from unknown_levels(given.get("fact"), given.get(key), (key,), known)
        yield from listed_twice(given.get("one_of"), ("one_of",))


def _not_of_this_kind(given: Given, known: Given) -> Iterator[Fault]:
    """An order among the levels of a set, or what one level on a scale includes."""
    fact = given.get("fact")
    if not isinstance(fact, str) or fact not in known.get("fact", ()):
        return
    many = fact in known.get("fact of many", ())
    for key in ("at_least", "at_most") if many else ("includes",):
        if given.get(key) is not None:
            kind = "order_of_set" if many else "part_of_scale"
            yield fault(kind, (key,), fact=fact, value=key)


def _attribute(key: str) -> str:
    return "is_" if key == "is" else key


def one_of(given: Given, keys: Iterable[str], allowed: Iterable[str]) -> Iterator[Fault]:
    """The fault of not exactly one of ``keys``; an unknown key is a fault of its own."""
    if sum(given.get(key) is not None for key in keys) != 1 and set(given) <= set(allowed):
        yield fault("one_comparison", (), expected=keys)


def unknown_levels(
    fact: object, value: object, at: tuple[str, ...], known: Given
) -> Iterator[Fault]:
    """The faults of levels that the scale of ``fact`` does not have."""
    levels = known.get("fact", {}).get(fact, ()) if isinstance(fact, str) else ()
    for level in (value if isinstance(value, list | tuple) else (value,)) if levels else ():
        if isinstance(level, str) and level not in levels:
            yield fault("unknown_level", at, value=level, fact=fact, known=levels)


class All(Frozen):
    """True when every part is true."""

    all: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Any_(Frozen):  # noqa: N801 - ``Any`` is taken by typing
    """True when at least one part is true."""

    any: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Not(Frozen):
    """True when its part is false."""

    not_: Predicate = Field(alias="not")


AtLeastOne = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[
    Annotated[Literal["all"], Tag("<text>")] | Annotated[AtLeastOne, Tag("<other>")],
    Discriminator(text_or_other),
]
SomeShare = Annotated[float, Field(strict=True, gt=0, le=1)]
"""None at all is always there: a requirement on it would say nothing."""


class Measured(Checked):
    """How many municipalities are enough; one measure is given.

    ``count`` is a number of municipalities or ``all``; ``share`` a share of the municipalities
    (above 0, to 1); ``share_of_inhabitants`` the share of inhabitants living in them (idem).
    """

    count: Count | None = None
    share: SomeShare | None = None
    share_of_inhabitants: SomeShare | None = None

    MEASURES: ClassVar = ("count", "share", "share_of_inhabitants")

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Not exactly one measure."""
        yield from one_of(given, cls.MEASURES, cls.model_fields)


class Quantified(Measured):
    """True when enough municipalities meet the inner requirement."""

    municipalities: Predicate


class TakingPart(Measured):
    """True when enough municipalities take part in the form that the rule guards.

    It is held against facts as `Participants`, once for each form.
    """

    taking_part: Literal[True]


class Participants(Quantified):
    """Who takes part in ``form`` or in a form that builds on it, as a requirement on facts."""

    form: str


_KEYS_OF_PREDICATES = {
    "fact": "<comparison>",
    "all": "<all>",
    "any": "<any>",
    "not": "<not>",
    "municipalities": "<quantified>",
}


def _predicate_tag(value: object) -> str:
    """The kind of requirement, by the key (or, of a model, the attribute) that it has."""
    found = (t for key, t in _KEYS_OF_PREDICATES.items() if _has(value, key))
    return next(found, "<comparison>")


def _has(value: object, key: str) -> bool:
    if isinstance(value, Mapping):
        return key in value
    return hasattr(value, "not_" if key == "not" else key)


Predicate = Annotated[
    Annotated[Comparison, Tag("<comparison>")]
    | Annotated[All, Tag("<all>")]
    | Annotated[Any_, Tag("<any>")]
    | Annotated[Not, Tag("<not>")]
    | Annotated[Quantified, Tag("<quantified>")],
    Discriminator(_predicate_tag),
]

Requires = Annotated[
    Annotated[TakingPart, Tag("<taking part>")] | Annotated[Predicate, Tag("<facts>")],
    Discriminator(lambda given: "<taking part>" if _has(given, "taking_part") else "<facts>"),
]
"""What a rule can ask: something of facts, or that enough municipalities take part."""


def comparisons(predicate: Predicate | TakingPart) -> Iterator[Comparison]:
    """Every comparison in a requirement, in reading order; none in who takes part."""
    match predicate:
        case Comparison():
            yield predicate
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(not_=part) | Quantified(municipalities=part):
            yield from comparisons(part)


def meets(asked: Comparison, values: Sequence[str], levels: Sequence[str]) -> bool:
    """Whether a fact with these values (one, unless it is a set) meets a comparison.

    ``levels`` are those of the fact, from least to most.
    """
    match asked.comparator:
        case "at_least":
            return levels.index(values[0]) >= levels.index(asked.operand[0])
        case "at_most":
            return levels.index(values[0]) <= levels.index(asked.operand[0])
        case "includes":
            return asked.operand[0] in values
        case _:  # is, one_of
            return set(values) <= set(asked.operand)


def asked_elsewhere(
    predicate: object, of: Partner, known: Given, at: tuple[str | int, ...]
) -> Iterator[Fault]:
    """Facts that are asked of a kind of partner that has them not, and counts that cannot be.

    Municipalities are counted in the region only, and each is asked for facts of its own.
    """
    if not isinstance(predicate, Mapping):
        return
    fact, owners = predicate.get("fact"), known.get("fact owner", {})
    if isinstance(fact, str) and owners.get(fact, of) != of:
        details = {"value": fact, "owner": owners[fact], "asked": of}
        yield fault("fact_asked_of_other", (*at, "fact"), **details)
    for counts in ("municipalities", "taking_part"):
        if counts in predicate and of != "region":
            yield fault("count_outside_region", (*at, counts), asked=of)
    for part, of_part, place in _parts(predicate, of):
        yield from asked_elsewhere(part, of_part, known, (*at, *place))


def asked_of_municipality(key: str) -> Callable[[Given, Given], Iterator[Fault]]:
    """A check that the requirement under a key asks for facts of a municipality."""
    return lambda given, known: asked_elsewhere(given.get(key), "municipality", known, (key,))


def _parts(
    predicate: Given, of: Partner
) -> Iterator[tuple[object, Partner, tuple[str | int, ...]]]:
    """What a requirement is made of, of whom that is asked, and where it stands."""
    for key in ("all", "any"):
        parts = predicate.get(key)
        for number, inner in enumerate(parts if isinstance(parts, list | tuple) else ()):
            yield inner, of, (key, number)
    if "not" in predicate:
        yield predicate["not"], of, ("not",)
    if "municipalities" in predicate:
        yield predicate["municipalities"], "municipality", ("municipalities",)
