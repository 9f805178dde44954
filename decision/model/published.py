"""Figures of a publication about the region, as printed, and where it contradicts itself.

A figure is printed in rounded form (``step``), or in words that allow an interval (``within``),
and is a place in the results of the model. `printed` lays all of them out, each under its own id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    Ids,
    entries,
    fault,
    impossible,
    known,
    part,
)
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.values import (
    DocumentRef,
    FormRef,
    Hour,
    KengetalRef,
    Limited,
    NonNegative,
    Number,
    Positive,
    Range,
    Share,
    Text,
    Year,
)

__all__ = [
    "Erratum",
    "Inputs",
    "OfForm",
    "OfHour",
    "OfKengetal",
    "OfMunicipality",
    "OfRegion",
    "OfYear",
    "Path",
    "Printed",
    "Published",
    "printed",
]

YearQuantity = Literal[
    "volume",
    "direct",
    "passed_on",
    "handling_first_line",
    "handling_second_line",
    "calls",
    "calls_per_day",
    "fte_first_line",
    "fte_second_line",
    "price_first_line",
    "price_second_line",
    "depreciation",
    "cost_per_call",
    "total",
    "occupancy_first_line",
]
HourQuantity = Literal[
    "share", "calls", "agents_first_line", "agents_second_line", "occupancy_first_line"
]
FormQuantity = Literal["investment", "write_off"]
MunicipalityQuantity = Literal["inhabitants", "households"]
RegionQuantity = Literal["inhabitants", "households", "inhabitants_counted", "municipalities"]

_EDGE = 1e-9
"""How far beyond its interval a figure may lie, as a part of its size: that is no difference."""


@dataclass(frozen=True, slots=True)
class OfYear:
    """A quantity of a form in a year, or in all years together (None).

    With ``below``: how much less it is than that of another form.
    """

    form: str
    year: int | None
    of: YearQuantity
    below: str | None = None


@dataclass(frozen=True, slots=True)
class OfHour:
    """A quantity of a form in one hour of an average day in a year."""

    form: str
    year: int
    hour: str
    of: HourQuantity


@dataclass(frozen=True, slots=True)
class OfForm:
    """What a form invests, in all or on one item, or writes off when the region grows on."""

    form: str
    of: FormQuantity
    item: str | None = None


@dataclass(frozen=True, slots=True)
class OfMunicipality:
    """What is declared about a municipality."""

    municipality: str
    of: MunicipalityQuantity


@dataclass(frozen=True, slots=True)
class OfRegion:
    """What the municipalities are together."""

    of: RegionQuantity


@dataclass(frozen=True, slots=True)
class OfKengetal:
    """The value of a kengetal that holds in the region."""

    kengetal: str


Path: TypeAlias = OfYear | OfHour | OfForm | OfMunicipality | OfRegion | OfKengetal


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure as printed: its value, what print allows, and of what in the model it is."""

    id: str
    place: str
    of: Path
    value: float
    low: float
    high: float

    def allows(self, value: float, around: float | None = None) -> bool:
        """Whether ``value`` is printed like this, or like ``around`` in the same precision."""
        shift = 0.0 if around is None else around - self.value
        edge = _EDGE * max(1.0, abs(self.high))
        return self.low + shift - edge <= value <= self.high + shift + edge


class Row(Frozen):
    """One row of a table: ``printed`` in steps of ``step``."""

    step: Positive
    printed: Annotated[tuple[Number, ...], Field(min_length=1)]


def _uneven(given: Given, columns: str) -> Iterator[Fault]:
    """The faults of rows that do not have one figure for each column."""
    expected = given.get(columns)
    size = len(expected) if isinstance(expected, list | tuple) else None
    for name, row in entries(given, "rows").items():
        values = part(row, "printed")
        if size is None or not isinstance(values, list | tuple) or len(values) == size:
            continue
        at = ("rows", name, "printed")
        if len(values) < size:
            yield fault("too_few", at, min_length=size)
        else:
            yield fault("too_many", at, max_length=size)


class YearTable(Checked):
    """What is printed of a form, one column for each year."""

    place: Text
    form: FormRef
    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    rows: Map[YearQuantity, Row]

    CHECKS: ClassVar = (lambda given, _: _uneven(given, "years"),)


class HourTable(Checked):
    """What is printed of an average day of a form, one column for each hour."""

    place: Text
    form: FormRef
    year: Year
    hours: Annotated[tuple[Hour, ...], Field(min_length=1)]
    rows: Map[HourQuantity, Row]

    CHECKS: ClassVar = (lambda given, _: _uneven(given, "hours"),)


class FormTable(Frozen):
    """What is printed of the investment of each form, in all and item by item."""

    place: Text
    step: Positive = 1
    rows: Map[FormQuantity, Map[FormRef, Number]] = Field(default_factory=FrozenDict)
    items: Map[str, Map[FormRef, Number]] = Field(default_factory=FrozenDict)


class MunicipalityTable(Frozen):
    """What is printed of each municipality."""

    place: Text
    step: Positive = 1
    rows: Map[MunicipalityQuantity, Map[Annotated[str, known("municipality")], Number]]


class Single(Frozen):
    """One figure in steps of ``step``; in words, it lies ``within`` what they allow."""

    place: Text
    printed: Number
    step: Positive = 1
    within: Range | None = None


class YearFigure(Single):
    """One figure of a form in a year, or in all years together.

    With ``below`` it is how much less that is than for another form.
    """

    form: FormRef
    year: Year | None = None
    of: YearQuantity
    below: FormRef | None = None


class RegionFigure(Single):
    """One figure of the municipalities together."""

    of: RegionQuantity


class KengetalFigure(Single):
    """One kengetal in print."""

    kengetal: KengetalRef


class Inputs(Checked):
    """What the publication calculated with where that is not what it states.

    ``kengetallen`` have another value and ``investments`` another total; with
    ``direct_when_staffing`` agents were counted, while prices were made with the share stated;
    ``priced_as`` multiplied the calls of the form by the cost per call of another form.
    """

    kengetallen: Map[KengetalRef, Limited] = Field(default_factory=FrozenDict)
    investments: Map[FormRef, NonNegative] = Field(default_factory=FrozenDict)
    direct_when_staffing: Map[FormRef, Annotated[tuple[Share, ...], Field(min_length=1)]] = Field(
        default_factory=FrozenDict
    )
    priced_as: FormRef | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A kengetal that cannot be calculated with."""
        limits = known.get("limits", {})
        for name, value in entries(given, "kengetallen").items():
            if name in limits:
                yield from impossible(value, ("kengetallen", name), limits[name])


class Erratum(Frozen):
    """Where a publication contradicts itself: why, and what follows from it.

    ``figures`` gives for each figure, by its id, what the inputs as stated lead to.
    ``as_published`` are the inputs that lead to print; left out where no inputs do.
    """

    name: Text
    explanation: Text
    consequence: Text
    figures: Annotated[Mapping[str, Number], Field(min_length=1), FREEZE]
    as_published: Inputs | None = None


class Published(Checked):
    """The figures of a publication that the model has to give, and its known errata."""

    document: DocumentRef
    per_year: Map[str, YearTable] = Field(default_factory=FrozenDict)
    per_hour: Map[str, HourTable] = Field(default_factory=FrozenDict)
    per_form: Map[str, FormTable] = Field(default_factory=FrozenDict)
    per_municipality: Map[str, MunicipalityTable] = Field(default_factory=FrozenDict)
    in_year: Map[str, YearFigure] = Field(default_factory=FrozenDict)
    of_region: Map[str, RegionFigure] = Field(default_factory=FrozenDict)
    kengetallen: Map[str, KengetalFigure] = Field(default_factory=FrozenDict)
    errata: Map[str, Erratum] = Field(default_factory=FrozenDict)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Two figures with one id, or an erratum of a figure that is not there or has one."""
        ids: dict[str, tuple[str, str]] = {}
        for name, at in _ids(given):
            if name in ids and ids[name] != at:
                yield fault("figure_twice", at, value=name, other=ids[name][1])
            ids.setdefault(name, at)
        explained: dict[str, str] = {}
        for name, erratum in entries(given, "errata").items():
            for figure in entries(erratum, "figures"):
                key = ("errata", name, "figures", figure, "[key]")
                if figure not in ids:
                    yield fault("unknown_figure", key, value=figure, known=Ids.fromkeys(ids))
                elif explained.setdefault(figure, name) != name:
                    yield fault("figure_twice", key, value=figure, other=explained[figure])


def _ids(given: Given) -> Iterator[tuple[str, tuple[str, str]]]:
    """The id of every figure in a document as it was read, with the section and entry it is in."""
    for section, columns in (("per_year", "years"), ("per_hour", "hours")):
        for name, table in entries(given, section).items():
            for row in entries(table, "rows"):
                found = part(table, columns)
                found = found if isinstance(found, list | tuple) else ()
                yield from ((f"{name}-{row}-{one}", (section, name)) for one in found)
    for section in ("per_form", "per_municipality"):
        for name, table in entries(given, section).items():
            for rows in (entries(table, "rows"), entries(table, "items")):
                for row in rows:
                    found = entries(rows, row)
                    yield from ((f"{name}-{row}-{one}", (section, name)) for one in found)
    for section in ("in_year", "of_region", "kengetallen"):
        yield from ((name, (section, name)) for name in entries(given, section))


def printed(published: Published) -> Iterator[Printed]:
    """Every figure, in the order of the sections; its id tells the entry, row and column."""
    for name, years in published.per_year.items():
        for year_row, row in years.rows.items():
            for year, value in zip(years.years, row.printed, strict=True):
                of = OfYear(years.form, year, year_row)
                yield _printed(f"{name}-{year_row}-{year}", years.place, of, value, row.step)
    for name, day in published.per_hour.items():
        for hour_row, row in day.rows.items():
            for hour, value in zip(day.hours, row.printed, strict=True):
                at = OfHour(day.form, day.year, hour, hour_row)
                yield _printed(f"{name}-{hour_row}-{hour}", day.place, at, value, row.step)
    yield from _by_name(published)
    for name, one in published.in_year.items():
        yield _single(name, one, OfYear(one.form, one.year, one.of, one.below))
    for name, figure in published.of_region.items():
        yield _single(name, figure, OfRegion(figure.of))
    for name, used in published.kengetallen.items():
        yield _single(name, used, OfKengetal(used.kengetal))


def _by_name(published: Published) -> Iterator[Printed]:
    """The figures of tables with a column for each form or municipality."""
    for name, table in published.per_form.items():
        for quantity, values in table.rows.items():
            for form, value in values.items():
                of = OfForm(form, quantity)
                yield _printed(f"{name}-{quantity}-{form}", table.place, of, value, table.step)
        for item, values in table.items.items():
            for form, value in values.items():
                of = OfForm(form, "investment", item)
                yield _printed(f"{name}-{item}-{form}", table.place, of, value, table.step)
    for name, members in published.per_municipality.items():
        for declared, values in members.rows.items():
            for member, value in values.items():
                at = OfMunicipality(member, declared)
                yield _printed(
                    f"{name}-{declared}-{member}", members.place, at, value, members.step
                )


def _printed(name: str, place: str, of: Path, value: float, step: float) -> Printed:
    return Printed(name, place, of, value, value - step / 2, value + step / 2)


def _single(name: str, one: Single, of: Path) -> Printed:
    if one.within is None:
        return _printed(name, one.place, of, one.printed, one.step)
    return Printed(name, one.place, of, one.printed, *one.within)
