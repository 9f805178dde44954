"""Does the model give the figures that were published?

Every figure in the region's ``published`` block is computed from the inputs as stated. One that
is not printed like that is explained by an erratum, or it differs. An erratum explains a figure
when the inputs as stated lead to what it says, and the inputs as published to what was printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum, isclose
from typing import Literal, TypeAlias

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    MEASURES,
    SECOND,
    Measure,
    agents,
    by_year,
    priced,
)
from decision.costs.inputs import values
from decision.costs.prices import Fixed, Prices
from decision.costs.result import Costs, YearCost, costs, of_year
from decision.costs.setup import model
from decision.model import facts
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.published import (
    Erratum,
    Inputs,
    OfForm,
    OfHour,
    OfKengetal,
    OfMunicipality,
    OfRegion,
    OfYear,
    Path,
    Printed,
    Published,
    printed,
)
from decision.model.region import Region

Cheapest: TypeAlias = Mapping[Measure, Mapping[int, tuple[str, ...]]]
"""The form (or forms, where they cost the same) that is the cheapest in each year."""

_Cost: TypeAlias = dict[Measure, dict[int, dict[str, float]]]

__all__ = ["ErratumResult", "RankReversal", "Status", "Verification", "VerifiedFigure", "verify"]

Status: TypeAlias = Literal["reproduced", "erratum", "differs"]

_TAKEN_OVER = frozenset(
    {"direct", "passed_on", "handling_first_line", "handling_second_line", "share"}
    | {"inhabitants_counted", "municipalities"}
)
"""Quantities that the model does not compute but is given."""


@dataclass(frozen=True, slots=True)
class VerifiedFigure:
    """A published figure beside what the model makes of it.

    ``low`` and ``high`` are what print allows; ``computed`` follows from the inputs as stated,
    ``as_published`` from those of its erratum. They are None where the model has no such figure.
    ``given`` figures are inputs, which are not computed but taken over.
    """

    id: str
    place: str
    published: float
    low: float
    high: float
    computed: float | None
    as_published: float | None
    status: Status
    erratum: str | None
    given: bool


@dataclass(frozen=True, slots=True)
class RankReversal:
    """A year in which another form is the cheapest by print than by the inputs as stated."""

    measure: Measure
    year: int
    stated: tuple[str, ...]
    published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErratumResult:
    """An erratum, the figures that it explains, and where it changes which form is cheapest."""

    id: str
    erratum: Erratum
    figures: tuple[VerifiedFigure, ...]
    changes: tuple[RankReversal, ...]

    @property
    def matters(self) -> bool:
        """Whether another form is the cheapest in some year."""
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class Verification(Result):
    """All figures, the errata that explain some of them, and the cheapest forms of each year.

    The forms are those that the publication calculates; ``cheapest`` is as stated.
    """

    figures: tuple[VerifiedFigure, ...]
    errata: tuple[ErratumResult, ...]
    cheapest: Cheapest

    def of(self, status: Status) -> tuple[VerifiedFigure, ...]:
        """The figures with a status."""
        return tuple(figure for figure in self.figures if figure.status == status)

    @property
    def counts(self) -> dict[str, int]:
        """How many figures are reproduced, are explained by an erratum, or differ."""
        return {
            "reproduced": len(self.of("reproduced")),
            "errata": len(self.of("erratum")),
            "differs": len(self.of("differs")),
        }

    @property
    def holds(self) -> bool:
        """Whether no figure differs without an explanation."""
        return not self.of("differs")


def verify(
    knowledge: Knowledge, region: Region, published: Published, result: Costs | None = None
) -> Verification:
    """Hold every published figure against the model, at the inputs as stated and as published.

    Args:
        knowledge: The forms with their calculations, and the kengetallen.
        region: The region that the figures are about.
        published: The figures as printed, with the known errata.
        result: What `decision.costs.costs` gives for the region, for who has it already.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        StaffingError: More calls than `decision.costs.staffing` accepts.
    """
    stated = _at(knowledge, region, result or costs(knowledge, region))
    inputs = [one.as_published for one in published.errata.values() if one.as_published]
    as_published = _run(stated, inputs)
    errata = {figure: name for name, one in published.errata.items() for figure in one.figures}
    cells = tuple(printed(published))
    figures = []
    for cell in cells:
        name = errata.get(cell.id)
        erratum = None if name is None else published.errata[name]
        figures.append(_figure(cell, stated, as_published, name, erratum))
    forms = {cell.of.form for cell in cells if isinstance(cell.of, OfYear)}
    cheapest = _cheapest(_cost(stated, forms))
    results = []
    for name, erratum in published.errata.items():
        explained = tuple(figure for figure in figures if figure.erratum == name)
        if explained:
            by_print = _cheapest(_by_print(erratum, cells, stated, forms))
            changes = tuple(
                RankReversal(measure, year, forms, by_print[measure][year])
                for measure, years in cheapest.items()
                for year, forms in years.items()
                if by_print[measure][year] != forms
            )
            results.append(ErratumResult(name, erratum, explained, changes))
    return Verification(tuple(figures), tuple(results), cheapest)


@dataclass(frozen=True, slots=True)
class _Run:
    """The model once, at some inputs."""

    knowledge: Knowledge
    region: Region
    costs: Costs
    kengetallen: Mapping[str, float]

    def year(self, form: str, year: int) -> YearCost | None:
        """The cost of a form in a year; None where the calculation does not have it."""
        found = self.costs.forms.get(form)
        return None if found is None else found.years.get(year)

    def value(self, of: Path) -> float | None:
        """What the model gives for a figure; None where it has no such figure."""
        match of:
            case OfYear():
                return self._of_year(of)
            case OfHour():
                cost = self.year(of.form, of.year)
                hours = {} if cost is None else {hour.start: hour for hour in cost.hours}
                return float(getattr(hours[of.hour], of.of)) if of.hour in hours else None
            case OfForm():
                return self._of_form(of)
            case OfMunicipality():
                return self._declared(of.municipality, of.of)
            case OfRegion():
                return self._of_region(of)
            case OfKengetal():
                return self.kengetallen.get(of.kengetal)

    def _of_year(self, of: OfYear) -> float | None:
        if of.below is not None:
            own = self._of_year(replace(of, below=None))
            other = self._of_year(replace(of, form=of.below, below=None))
            return None if own is None or other is None else other - own
        form = self.costs.forms.get(of.form)
        years = {} if form is None else form.years
        if of.year is None:
            return fsum(self._quantity(cost, of) for cost in years.values()) if years else None
        return self._quantity(years[of.year], of) if of.year in years else None

    def _quantity(self, cost: YearCost, of: OfYear) -> float:
        match of.of:
            case "volume":
                today = self.costs.calls_per_day * self.kengetallen["opening_days"]
                return cost.calls / today if today else 0.0
            case "calls_per_day":
                return cost.calls / self.kengetallen["opening_days"]
            case "passed_on":
                return 1 - cost.direct
            case "handling_second_line":
                return self.kengetallen["handling_second_line"]
        return float(getattr(cost, of.of))

    def _of_form(self, of: OfForm) -> float | None:
        found = self.costs.forms.get(of.form)
        if found is None:
            return None
        return found.investments.get(of.item) if of.item else float(getattr(found, of.of))

    def _declared(self, member: str, of: str) -> float | None:
        found = self.region.municipalities.get(member)
        figure = None if found is None else getattr(found, of)
        return None if figure is None else float(figure.value)

    def _of_region(self, of: OfRegion) -> float | None:
        match of.of:
            case "municipalities":
                return float(len(self.region.municipalities))
            case "inhabitants_counted":
                return self.costs.inhabitants
            case "inhabitants" | "households":
                values = [self._declared(member, of.of) for member in self.region.municipalities]
                known = [value for value in values if value is not None]
                return fsum(known) if len(known) == len(values) else None


def _run(stated: _Run, inputs: list[Inputs]) -> _Run:
    """The model at the inputs as published, each over the one before it."""
    changed: dict[str, float] = {}
    totals: dict[str, float] = {}
    direct: dict[str, tuple[float, ...]] = {}
    for one in inputs:
        changed.update(one.kengetallen)
        totals.update(one.investments)
        direct.update(one.direct_when_staffing)
    run = stated
    if changed:
        own = {name: facts.Figure(value=value) for name, value in changed.items()}
        values = {**stated.region.kengetallen, **own}
        region = stated.region.model_copy(update={"kengetallen": values})
        run = _at(stated.knowledge, region, costs(stated.knowledge, region))
    if not totals and not direct:
        return run
    figures, repriced = _prices(run, totals, direct), {}
    for at, form in enumerate(run.knowledge.calculations):
        cost = run.costs.forms[form]
        years = {
            year: replace(one, **of_year(figures, at, position))
            for position, (year, one) in enumerate(cost.years.items())
        }
        repriced[form] = replace(cost, years=years)
    return replace(run, costs=replace(run.costs, forms=repriced))


def _at(knowledge: Knowledge, region: Region, result: Costs) -> _Run:
    return _Run(knowledge, region, result, values(knowledge, region))


def _prices(
    run: _Run, totals: Mapping[str, float], direct: Mapping[str, tuple[float, ...]]
) -> Prices:
    """Prices at other totals of the investments, and at other direct answers when staffing."""
    staffed = basis = model(run.knowledge, run.region)
    if direct:
        calculations = {
            form: one.model_copy(update={"direct": direct.get(form, one.direct)})
            for form, one in run.knowledge.calculations.items()
        }
        known = run.knowledge.model_copy(update={"calculations": calculations})
        staffed = model(known, run.region)
    stated = basis.invested.of(np.array(float(basis.members)))
    invested = np.array([[totals.get(form, stated[at, 0])] for at, form in enumerate(basis.forms)])
    paid = replace(basis, invested=Fixed(invested, np.zeros_like(invested)))
    first, second = (
        by_year(staffed, line, agents(staffed, staffed.at(), line)) for line in (FIRST, SECOND)
    )
    return priced(paid, basis.at(), first, second)


def _figure(
    cell: Printed, stated: _Run, as_published: _Run, name: str | None, erratum: Erratum | None
) -> VerifiedFigure:
    computed, again = stated.value(cell.of), None
    status: Status = "differs"
    if computed is not None and cell.allows(computed):
        status, name = "reproduced", None
    elif erratum is not None:
        again = _as_published(cell, as_published, erratum.as_published)
        follows = computed is not None and cell.allows(computed, erratum.figures[cell.id])
        gives = erratum.as_published is None or (again is not None and cell.allows(again))
        status = "erratum" if follows and gives else "differs"
    return VerifiedFigure(
        id=cell.id,
        place=cell.place,
        published=cell.value,
        low=cell.low,
        high=cell.high,
        computed=computed,
        as_published=again,
        status=status,
        erratum=name if status == "erratum" else None,
        given=_is_given(cell.of),
    )


def _is_given(of: Path) -> bool:
    """Whether the model takes a figure over, rather than computing it."""
    match of:
        case OfKengetal() | OfMunicipality():
            return True
        case OfForm():
            return of.item is not None
    return of.of in _TAKEN_OVER


def _as_published(cell: Printed, run: _Run, inputs: Inputs | None) -> float | None:
    """What the inputs as published give for a figure; None where no inputs do."""
    if inputs is None:
        return None
    of = cell.of
    if inputs.priced_as is None or not isinstance(of, OfYear) or of.year is None:
        return run.value(of)
    own, other = run.year(of.form, of.year), run.year(inputs.priced_as, of.year)
    return None if own is None or other is None else own.calls * other.cost_per_call


def _cost(run: _Run, forms: set[str]) -> _Cost:
    """What each of the forms costs, by measure and year."""
    found: _Cost = {measure: {} for measure in MEASURES}
    for measure, by in found.items():
        for form in run.costs.forms:
            for year, cost in run.costs.forms[form].years.items() if form in forms else ():
                by.setdefault(year, {})[form] = getattr(cost, measure)
    return found


def _by_print(erratum: Erratum, cells: tuple[Printed, ...], stated: _Run, forms: set[str]) -> _Cost:
    """What the forms cost where this erratum is believed: its inputs, or else what it prints."""
    inputs = erratum.as_published
    run = stated if inputs is None else _run(stated, [inputs])
    found = _cost(run, forms)
    for cell in cells if inputs is None or inputs.priced_as else ():
        of = cell.of
        if cell.id in erratum.figures and isinstance(of, OfYear) and of.year is not None:
            for measure in MEASURES:
                if of.of == measure and of.form in found[measure].get(of.year, {}):
                    found[measure][of.year][of.form] = cell.value
    return found


def _cheapest(cost: _Cost) -> Cheapest:
    return {
        measure: {
            year: tuple(form for form, value in by.items() if isclose(value, min(by.values())))
            for year, by in years.items()
        }
        for measure, years in cost.items()
    }
