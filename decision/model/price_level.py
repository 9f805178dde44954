"""In the prices of which year the euro are, and how they are put at one level.

A source gives amounts in the prices of its own time. A region that states a level and an index gets
all of them at that level, before anything is calculated; without it they stay as they are, and the
advice tells which figures are of which year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from decision.model.cost_basis import PriceLevel
from decision.model.figures import Amount, CostItem, Kengetal, Yearly
from decision.model.knowledge import Knowledge
from decision.model.projects import Project
from decision.model.region import Region

__all__ = ["at_price_level", "price_years", "years_of_prices"]

I = TypeVar("I", bound=CostItem)  # noqa: E741 - an item


def price_years(knowledge: Knowledge) -> dict[str, int | None]:
    """The year of the prices of each kengetal and item of cost; None for what is not in euro."""
    entries: dict[str, Kengetal | CostItem] = {
        **knowledge.kengetallen,
        **knowledge.investments,
        **knowledge.running_costs,
    }
    return {name: entry.price_year for name, entry in entries.items()}


def years_of_prices(knowledge: Knowledge, region: Region) -> dict[int, tuple[str, ...]]:
    """The kengetallen and items of cost that are in the prices of each year, first year first.

    Of the projects those count that the region chose. What a region states without a price year is
    of its reference date.
    """
    found: dict[int, list[str]] = {}
    for name, year in price_years(knowledge).items():
        if year is not None:
            found.setdefault(_stated(region, name) or year, []).append(name)
    for name in region.projects:
        priced = knowledge.projects[name].price_year
        if priced is not None:
            found.setdefault(priced, []).append(name)
    return {year: tuple(found[year]) for year in sorted(found)}


def at_price_level(knowledge: Knowledge, region: Region) -> tuple[Knowledge, Region]:
    """Both with every euro at the price level of the region, if it states one."""
    level = region.costs.price_level
    if level is None:
        return knowledge, region
    own = {}
    for name, one in region.kengetallen.items():
        year = _stated(region, name) if knowledge.kengetallen[name].price_year else None
        own[name] = one.model_copy(update=_at(level, one, year))
    priced = {
        "kengetallen": {name: _kengetal(one, level) for name, one in knowledge.kengetallen.items()},
        "investments": _items(knowledge.investments, level),
        "running_costs": _items(knowledge.running_costs, level),
        "projects": {name: _project(one, level) for name, one in knowledge.projects.items()},
    }
    return knowledge.model_copy(update=priced), region.model_copy(update={"kengetallen": own})


def _stated(region: Region, name: str) -> int | None:
    """The year of the prices of a region's own kengetal; None where it has none of its own."""
    own = region.kengetallen.get(name)
    return None if own is None else own.price_year or int(region.reference_date[:4])


def _factor(level: PriceLevel, year: int) -> float:
    """By how much prices went up from a year to the level."""
    return 1.0 if year == level.year else level.index[str(level.year)] / level.index[str(year)]


def _at(level: PriceLevel, one: Any, year: int | None) -> dict[str, Any]:  # noqa: ANN401 - two models
    """What becomes of a value and its range; nothing where there is no year."""
    if year is None:
        return {}
    times = _factor(level, year)
    bounds = one.range and tuple(bound * times for bound in one.range)
    return {"value": one.value * times, "range": bounds, "price_year": level.year}


def _kengetal(one: Kengetal, level: PriceLevel) -> Kengetal:
    return one.model_copy(update=_at(level, one, one.price_year))


def _raised(amount: Yearly, times: float) -> dict[str, Any]:
    """The euro of an amount so many times as high, also those of more workplaces."""
    sized = amount.sized if isinstance(amount, Amount) else None
    more = sized and {"sized": sized.model_copy(update={"more": sized.more * times})}
    return {"euro": amount.euro * times, **(more or {})}


def _project(one: Project, level: PriceLevel) -> Project:
    """A project at the level, but where the index has no number for the year of its prices."""
    if one.price_year is None or str(one.price_year) not in {str(level.year), *level.index}:
        return one
    times, priced = _factor(level, one.price_year), dict[str, Any]()
    for key, amount in (("gain", one.gain), ("once", one.once)):
        if amount is not None and amount.euro is not None:
            priced[key] = amount.model_copy(update={"euro": amount.euro * times})
    return one.model_copy(update={**priced, "price_year": level.year})


def _items(items: Mapping[str, I], level: PriceLevel) -> dict[str, I]:
    """Items of cost at the level."""

    def priced(item: I) -> I:
        if item.price_year is None:
            return item
        times = _factor(level, item.price_year)
        amounts = {
            form: amount.model_copy(update=_raised(amount, times))
            for form, amount in item.amounts.items()
        }
        return item.model_copy(update={"amounts": amounts, "price_year": level.year})

    return {name: priced(item) for name, item in items.items()}
