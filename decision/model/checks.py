"""What all models share: they are frozen, and every fault in a document is found in one go.

Pydantic runs the checks on a whole model only when all of its fields are right, and stops at the
first that fails. A reader who mends a file wants to see everything at once, so the checks here
look at the document as it was given (a mapping of plain values), next to pydantic's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from math import fsum
from typing import Any, ClassVar, NamedTuple, Self, TypeGuard, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from decision.model.frozen import frozen

__all__ = [
    "BUILT_IN",
    "LARGEST",
    "UNTOLD",
    "Checked",
    "Fault",
    "Frozen",
    "Given",
    "Ids",
    "Limits",
    "Shaped",
    "circles",
    "entries",
    "fault",
    "impossible",
    "is_one",
    "is_pair",
    "known",
    "list_or_other",
    "listed_twice",
    "numbers",
    "outside_range",
    "part",
    "shares_not_one",
    "text_or_other",
]

Given = Mapping[str, Any]
"""A part of a document as it was read, before its values are checked."""

Fault = InitErrorDetails
Path = tuple[str | int, ...]

BUILT_IN = frozenset(get_args(core_schema.ErrorType))
"""The kinds of error that pydantic itself reports."""

UNTOLD = "untold"
"""The kind of the fault that stands for faults left out; its ``count`` says how many."""

_MOST = 1000
"""The faults of one model that are kept: a file with more is not read to the end anyway."""

LARGEST = 1e15
"""The largest number that can be declared: beyond it a double has no cents."""

_ROUNDING = 1e-9


def list_or_other(value: object) -> str:
    """The tag of a value that may be a list."""
    return "<list>" if isinstance(value, list | tuple) else "<other>"


def text_or_other(value: object) -> str:
    """The tag of a value that may be a text."""
    return "<text>" if isinstance(value, str) else "<other>"


class Ids(dict[str, Any]):
    """Ids in their order, each with what must be known of it (None for no more than the id).

    Errors share them, and put them into words only where they are told.
    """

    @classmethod
    def of(cls, names: Iterable[str]) -> Ids:
        """The names, with no more to know of any."""
        return cls(dict.fromkeys(names))

    def __str__(self) -> str:
        """Nothing: pydantic makes a text of every detail of every error, told or not."""
        return ""


class Frozen(BaseModel):
    """Base of all models: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced, which cannot be changed either."""
        return super().model_copy(update=frozen(update or {}), deep=deep)


class Checked(Frozen):
    """A model with checks that look at more than one field, run even when a field is wrong.

    Each of its ``CHECKS`` gets what was given, and the ids that can be referred to.
    """

    CHECKS: ClassVar[tuple[Callable[[Given, Given], Iterator[Fault]], ...]] = ()

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Every fault of the model as a whole; ``known`` holds the ids that can be referred to."""
        for check in cls.CHECKS:
            yield from check(given, known)

    @model_validator(mode="wrap")
    @classmethod
    def _report_all(
        cls, given: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        found = list(cls.faults(given, info.context or {})) if isinstance(given, dict) else []
        try:
            model = handler(given)
        except ValidationError as error:
            if not found:
                raise
            found = [*map(_again, error.errors(include_url=False)), *found]
            if len(found) > _MOST:
                found = [*found[:_MOST], _untold(found[_MOST:])]
        else:
            if not found:
                return model
        raise ValidationError.from_exception_data(cls.__name__, found)


def _again(error: ErrorDetails) -> Fault:
    """An error that pydantic reported, in the form in which it can be raised once more."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in BUILT_IN:
        return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)
    custom = PydanticCustomError(kind, kind, context)
    return InitErrorDetails(type=custom, loc=error["loc"], input=error["input"])


def _untold(faults: list[Fault]) -> Fault:
    """A fault that stands for others; one of those may stand for others itself."""
    return fault(UNTOLD, (), count=sum(map(_stands_for, faults)))


def _stands_for(one: Fault) -> int:
    kind = one["type"]
    if isinstance(kind, PydanticCustomError) and kind.type == UNTOLD:
        return int((kind.context or {})["count"])
    return 1


def fault(kind: str, at: Path, /, **details: object) -> Fault:
    """A fault found while looking at a whole model, placed at ``at`` inside that model."""
    error = PydanticCustomError(kind, kind, details)
    return InitErrorDetails(type=error, loc=at, input=None)


def known(kind: str, *others: str) -> AfterValidator:
    """A check that a text is one of the known ids of ``kind``, or one of the ``others``."""

    def check(value: str, info: ValidationInfo) -> str:
        ids = (info.context or {}).get(kind)
        if ids is not None and value not in ids and value not in others:
            raise PydanticCustomError(
                "unknown_reference",
                "unknown_reference",
                {"kind": kind, "value": value, "known": ids},
            )
        return value

    return AfterValidator(check)


@dataclass(frozen=True)
class Shaped:
    """A text that must match ``pattern``; any other value is a fault of this ``kind``."""

    kind: str
    pattern: str

    def __get_pydantic_core_schema__(
        self, source: type[str], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the shape before anything else."""
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors the pattern."""
        return {**handler(schema), "pattern": f"^{self.pattern}$"}

    def _check(self, value: object) -> object:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise PydanticCustomError(self.kind, self.kind, {"value": value})
        return value


def part(thing: object, key: str) -> Any:  # noqa: ANN401 - plain values or a model
    """What ``thing`` holds under ``key``, as a mapping or as a model; None when it has none."""
    return thing.get(key) if isinstance(thing, Mapping) else getattr(thing, key, None)


def entries(thing: object, key: str) -> Mapping[str, Any]:
    """The mapping that ``thing`` holds under ``key``; an empty one where it holds none."""
    found = part(thing, key)
    return found if isinstance(found, Mapping) else {}


def is_one(value: object, of: Container[str]) -> bool:
    """Whether it is one of these ids; anything can stand in a document, also a list or a block."""
    return isinstance(value, str) and value in of


def listed_twice(values: object, at: Path) -> Iterator[Fault]:
    """The faults of texts that a list has more than once, each at its place after the first."""
    seen: set[str] = set()
    for number, value in enumerate(values if isinstance(values, list | tuple) else ()):
        if isinstance(value, str):
            if value in seen:
                yield fault("listed_twice", (*at, number), value=value)
            seen.add(value)


def numbers(values: Iterable[object]) -> list[float] | None:
    """The values when all of them are numbers, else None: then another fault says so.

    Beyond `LARGEST` a number is none: it is at fault itself, and would not stay finite in a sum.
    """
    found = [
        v
        for v in values
        if isinstance(v, int | float) and not isinstance(v, bool) and abs(v) <= LARGEST
    ]
    return found if len(found) == len(list(values)) else None


def shares_not_one(shares: object, at: Path, key: str | None = None) -> Iterator[Fault]:
    """The fault of listed shares, or those under a ``key`` of each item, that do not make 1."""
    listed = shares if isinstance(shares, list | tuple) else ()
    found = numbers([part(one, key) if key else one for one in listed])
    if found and abs(fsum(found) - 1) > _ROUNDING:
        yield fault("shares_not_one", at, total=round(fsum(found), 6))


def is_pair(bounds: object) -> TypeGuard[Sequence[object]]:
    """Whether these are a low and a high."""
    return isinstance(bounds, list | tuple) and len(bounds) == 2  # noqa: PLR2004 - low and high


def outside_range(given: Given, key: str) -> Iterator[Fault]:
    """The fault of a value under ``key`` that lies outside its own ``range``."""
    value, bounds = given.get(key), given.get("range")
    if not is_pair(bounds):
        return
    found = numbers([value, *bounds])
    if found and not found[1] <= found[0] <= found[2]:
        yield fault("outside_range", (key,), low=bounds[0], high=bounds[1], value=value)


class Limits(NamedTuple):
    """The lowest and the highest number that are possible, and whether it has no decimals."""

    low: float
    high: float
    whole: bool = False


def impossible(value: object, at: Path, limits: Limits) -> Iterator[Fault]:
    """The fault of a number that ``limits`` leave no room for."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    if not limits.low <= value <= limits.high or (limits.whole and value % 1):
        kind = "impossible_whole" if limits.whole else "impossible"
        yield fault(kind, at, value=value, low=limits.low, high=limits.high)


def circles(steps: Mapping[str, object]) -> Iterator[list[str]]:
    """The circles in a graph, each from its first entry on; ``steps`` may hold wrong values.

    No entry is in two of them: who mends one circle and still has another is told so then.
    """
    graph = {
        name: [s for s in after if isinstance(s, str) and s in steps]
        for name, after in steps.items()
        if isinstance(after, list | tuple)
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        yield from _circles(graph, {name: number for number, name in enumerate(steps)}.__getitem__)


def _circles(
    graph: Mapping[str, Iterable[str]], place: Callable[[str], int]
) -> Iterator[list[str]]:
    """One circle of each set of entries that lead to one another."""
    import networkx as nx  # noqa: PLC0415 - takes time to load, and most graphs have no circles

    all_steps = nx.DiGraph((name, step) for name, after in graph.items() for step in after)
    firsts = {
        name: min(names, key=place)
        for names in nx.strongly_connected_components(all_steps)
        for name in names
    }
    inside = nx.DiGraph((one, to) for one, to in all_steps.edges if firsts[one] == firsts[to])
    for start in sorted({*firsts.values()} & {*inside}, key=place):
        circle = [name for name, _ in nx.find_cycle(inside, start)]
        first = circle.index(min(circle, key=place))
        yield [*circle[first:], *circle[:first], circle[first]]
