"""The values that knowledge and regions are made of, and the references between entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from decision.validation import Fault, Frozen, Given, Shaped, fault, known

__all__ = [
    "ActivityRef",
    "BlockRef",
    "ChoiceRef",
    "CriterionRef",
    "Date",
    "Document",
    "DocumentRef",
    "FactRef",
    "FormRef",
    "GroupRef",
    "Hour",
    "KengetalRef",
    "NetnummerRef",
    "NonNegative",
    "Number",
    "OptionId",
    "Partner",
    "Positive",
    "Range",
    "RuleRef",
    "Share",
    "Source",
    "Text",
    "Whole",
    "Year",
    "options_unknown",
]

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Whole = Annotated[int, Field(strict=True, ge=0)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]
Range = tuple[Number, Number]
OptionId = Literal["A", "B", "C", "D", "E"]
Partner = Literal["region", "municipality", "organisation"]

DocumentRef = Annotated[str, known("document")]
FormRef = Annotated[str, known("form")]
FactRef = Annotated[str, known("fact")]
ChoiceRef = Annotated[str, known("choice")]
CriterionRef = Annotated[str, known("criterion")]
ActivityRef = Annotated[str, known("activity")]
GroupRef = Annotated[str, known("group")]
BlockRef = Annotated[str, known("building block")]
RuleRef = Annotated[str, known("rule")]
KengetalRef = Annotated[str, known("kengetal")]
NetnummerRef = Annotated[str, known("netnummer")]


Date = Annotated[
    str, Shaped("not_a_date", "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
]
Hour = Annotated[str, Shaped("not_an_hour", "([01][0-9]|2[0-3]):[0-5][0-9]")]


class Document(Frozen):
    """A published document that entries cite by its id."""

    title: Text
    authors: Text
    year: Whole


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
