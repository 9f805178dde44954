"""The values that knowledge and regions are made of, and the references between entries."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, Protocol, TypeGuard

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from decision.model.checks import LARGEST, Fault, Frozen, Given, Shaped, fault, known

__all__ = [
    "ActivityRef",
    "AspectRef",
    "BlockRef",
    "Body",
    "ChannelRef",
    "ChoiceRef",
    "CriterionRef",
    "Date",
    "Document",
    "DocumentRef",
    "FactRef",
    "FindingRef",
    "FormRef",
    "GroupRef",
    "Hour",
    "InvestmentRef",
    "KengetalRef",
    "Limited",
    "LimitedRange",
    "MemberRef",
    "Name",
    "NetnummerRef",
    "NonNegative",
    "Number",
    "NumberRef",
    "OptionId",
    "Outcome",
    "Partner",
    "PartnerRef",
    "Positive",
    "ProjectRef",
    "Range",
    "Role",
    "RuleRef",
    "Share",
    "Source",
    "SteeringRef",
    "Text",
    "Whole",
    "Year",
    "dates_reversed",
    "exact",
    "first_day",
    "in_sentence",
    "is_date",
    "last_day",
    "options_unknown",
]

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[float, Field(strict=True, ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Limited = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number of which something else says what is possible: see `checks.impossible`."""
Positive = Annotated[float, Field(strict=True, gt=0, le=LARGEST, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, ge=0, le=LARGEST, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Whole = Annotated[int, Field(strict=True, ge=0)]
EARLIEST, LATEST = 1900, 2200
"""The years that dates and figures can be of; nothing earlier or later is advised upon."""

Year = Annotated[int, Field(strict=True, ge=EARLIEST, le=LATEST)]
Range = tuple[Number, Number]
LimitedRange = tuple[Limited, Limited]
OptionId = Literal["A", "B", "C", "D", "E"]
Partner = Literal["region", "municipality", "organisation"]
Body = Literal[
    "client",
    "contractor",
    "management_team",
    "sounding_board",
    "college",
    "council",
    "regional_board",
    "organisation",
]
"""Who decides, acts or is told; a region says what each is called there."""
Outcome = Literal["ready", "ready_after", "refuses", "unknown"]
Role = Literal[
    "early_adopter",
    "later_joiner",
    "own_entrance",
    "follows",
    "decides_itself",
    "stays_out",
    "undecided",
]

DocumentRef = Annotated[str, known("document")]
FormRef = Annotated[str, known("form")]
FactRef = Annotated[str, known("fact")]
FindingRef = Annotated[str, known("finding")]
ChoiceRef = Annotated[str, known("choice")]
CriterionRef = Annotated[str, known("criterion")]
ActivityRef = Annotated[str, known("activity")]
GroupRef = Annotated[str, known("group")]
BlockRef = Annotated[str, known("building block")]
AspectRef = Annotated[str, known("aspect")]
RuleRef = Annotated[str, known("rule")]
InvestmentRef = Annotated[str, known("investment")]
KengetalRef = Annotated[str, known("kengetal")]
NetnummerRef = Annotated[str, known("netnummer")]
NumberRef = Annotated[str, known("netnummer", "unknown")]
"""The netnummer of a 14-number, or ``unknown``: nobody has chosen it, or no source says which."""

MemberRef = Annotated[str, known("municipality")]
ChannelRef = Annotated[str, known("channel")]
ProjectRef = Annotated[str, known("project")]
SteeringRef = Annotated[str, known("steering")]
PartnerRef = Annotated[str, known("partner")]


def _usable(value: str) -> str:
    """The name, where it can be a step of a path (``--set``) and one of a list (``--for``)."""
    if not re.fullmatch(r"[\w-]+", value):
        raise PydanticCustomError("not_a_name", "not_a_name", {"value": value})
    return value


Name = Annotated[str, AfterValidator(_usable)]
"""An id of letters, digits, hyphens and underscores."""

_DATE = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


def _existing(value: str) -> str:
    """The date, where the calendar has it: a February has no 30th."""
    if not EARLIEST <= int(value[:4]) <= LATEST:
        details = {"value": value, "low": EARLIEST, "high": LATEST}
        raise PydanticCustomError("date_too_far", "date_too_far", details)
    if not is_date(value):
        raise PydanticCustomError("not_a_date", "not_a_date", {"value": value})
    return value


Date = Annotated[str, Shaped("not_a_date", _DATE), AfterValidator(_existing)]
Hour = Annotated[str, Shaped("not_an_hour", "([01][0-9]|2[0-3]):[0-5][0-9]")]


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def in_sentence(partner: _Named) -> str:
    """What a sentence calls a partner or a region: as it is ``called``, else by its name."""
    return getattr(partner, "called", None) or partner.name


def is_date(value: object) -> TypeGuard[str]:
    """Whether it is a year, a month or a day as files write it: ``YYYY[-MM[-DD]]``."""
    if not isinstance(value, str) or re.fullmatch(_DATE, value) is None:
        return False
    if not EARLIEST <= int(value[:4]) <= LATEST:
        return False
    try:
        dt.date.fromisoformat(first_day(value))
    except ValueError:
        return False
    return True


def first_day(date: str) -> str:
    """The first day of a year, a month or a day, as ``YYYY-MM-DD``; in this form dates sort."""
    return f"{date}-01-01"[:10]


def last_day(date: str) -> str:
    """The last day of a year, a month or a day, as ``YYYY-MM-DD``."""
    if date.count("-") == 2:  # noqa: PLR2004 - a day
        return date
    year, month = (int(part) for part in f"{date}-12".split("-")[:2])
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"


def dates_reversed(given: Given) -> Iterator[Fault]:
    """The fault of an entry that ends (``until``) before it begins (``from``), or as it begins."""
    start, end = given.get("from"), given.get("until")
    if is_date(start) and is_date(end) and first_day(end) <= first_day(start):
        yield fault("from_after_until", ("until",), start=start, value=end)


def exact(number: float) -> Fraction:
    """The number as it is written, not as a computer keeps it: 0.1 is one tenth."""
    return Fraction(repr(number))


class Document(Frozen):
    """A published document that entries cite by its id."""

    title: Text
    authors: Text
    year: Year


class Source(Frozen):
    """Where an entry comes from: a document of ``sources`` and the place in it.

    ``reading`` is true where the source does not state the entry literally and the entry is our
    reading of its words; ``date`` is the reference date (``YYYY`` or ``YYYY-MM-DD``) where it
    differs from the document's year.
    """

    document: DocumentRef
    place: Text
    reading: bool = False
    date: Date | None = None


def options_unknown(given: object, at: tuple[str, ...], known: Given) -> Iterator[Fault]:
    """The faults of options (one, or a list) that an inrichtingskeuze does not have."""
    for choice, chosen in given.items() if isinstance(given, Mapping) else ():
        options = known.get("choice", {}).get(choice)
        for option in (
            (chosen if isinstance(chosen, list | tuple) else (chosen,)) if options else ()
        ):
            if option in ("A", "B", "C", "D", "E") and option not in options:
                details = {"value": option, "choice": choice, "known": options}
                yield fault("unknown_option", (*at, choice), **details)
