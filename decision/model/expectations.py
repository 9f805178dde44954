"""A case of an expert, as it is written: a region, what is changed in it, and what must come out.

The names of the expectations are those of the machine contract (docs/json.md). What a case does
not mention is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from decision.model.checks import Checked, Fault, Frozen, Given, fault, known
from decision.model.facts import Declared
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.values import (
    Date,
    FormRef,
    MemberRef,
    NonNegative,
    Number,
    Outcome,
    PartnerRef,
    Role,
    RuleRef,
    Share,
    Source,
    Text,
)

__all__ = [
    "NONE",
    "CaseFile",
    "Expected",
    "ExpectedAmount",
    "ExpectedForm",
    "WrittenCase",
    "YearFigure",
]

NONE = "none"
"""What a case expects where no form is advised."""

FormOrNone = Annotated[str, known("form or none")]
YearRef = Annotated[str, known("year")]
YearFigure = Literal[
    "calls",
    "fte_first_line",
    "fte_second_line",
    "price_first_line",
    "price_second_line",
    "depreciation",
    "cost_per_call",
    "total",
]


class ExpectedForm(Frozen):
    """Whether a form is open to the region, and exactly which rules stand in the way."""

    eligible: bool | None = None
    excluded_by: tuple[RuleRef, ...] | None = None
    undecided_by: tuple[RuleRef, ...] | None = None


class ExpectedAmount(Declared):
    """An amount, and how far the one that is found may lie from it: exactly on it by default.

    ``within`` is a distance in the amount's own unit, or ``within_share`` a share of the amount
    (0-1). A bare number stands for one without.
    """

    value: Number
    within: NonNegative | None = None
    within_share: Share | None = None

    @property
    def tolerance(self) -> float:
        """The distance from the value that is allowed, in the value's own unit."""
        if self.within_share is not None:
            return self.within_share * abs(self.value)
        return self.within or 0.0

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Two distances, of which one would not count."""
        if given.get("within") is not None and given.get("within_share") is not None:
            yield fault("two_distances", ("within_share",))


class Expected(Checked):
    """What must come out of a case; at least one expectation.

    ``candidates`` are the forms that may still turn out best, in any order; ``ranking`` are the
    eligible forms, the best first; ``waves`` the municipalities that go live
    together, wave by wave.
    """

    recommended: FormOrNone | None = None
    candidates: tuple[FormRef, ...] | None = None
    next: FormOrNone | None = None
    end_state: FormOrNone | None = None
    forms: Map[FormRef, ExpectedForm] = Field(default_factory=FrozenDict)
    ranking: tuple[FormRef, ...] | None = None
    roles: Map[PartnerRef, Role] = Field(default_factory=FrozenDict)
    waves: tuple[tuple[MemberRef, ...], ...] | None = None
    verdicts: Map[PartnerRef, Map[FormRef, Outcome]] = Field(default_factory=FrozenDict)
    costs: Map[FormRef, Map[YearRef, Map[YearFigure, ExpectedAmount]]] = Field(
        default_factory=FrozenDict
    )

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A case that expects nothing, as a whole or of what it names."""
        yield from (fault("nothing_expected", at) for at in _without_value(given))


def _without_value(given: Given, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The places of mappings in which no key has a value."""
    if all(value is None for value in given.values()):
        yield at
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from _without_value(value, (*at, key))


class WrittenCase(Frozen):
    """One case of an expert.

    ``region`` is a file (its place is seen from the file of the cases) or the name of a region
    that comes with the program; ``criteria`` a folder with knowledge of its own; ``changes`` are
    made to the region first, each as ``path=value``; rules and figures are those of ``as_of``.
    """

    name: Text
    because: Text | None = None
    region: Text | None = None
    criteria: Text | None = None
    changes: tuple[Text, ...] = ()
    as_of: Date | None = None
    expect: Expected
    source: Source | None = None


class CaseFile(Frozen):
    """A file with cases, each under its id; ``region`` is that of the cases that name none."""

    region: Text | None = None
    criteria: Text | None = None
    cases: Annotated[Mapping[str, WrittenCase], Field(min_length=1), FREEZE]
