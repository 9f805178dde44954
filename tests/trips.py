"""Routes of everybody together, on the days of the publication's calculation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from decision.costs.result import Costs
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.pieces import Since
from decision.sharing.routes import Route, Trip, routes

__all__ = ["followed", "trips"]

YEARS = 2
"""How long a lesser form lasts."""


def followed(
    knowledge: Knowledge,
    region: Region,
    form: str,
    joins: Mapping[str, Since] = FrozenDict(),
    result: Costs | None = None,
) -> tuple[Route, ...]:
    """What all these routes cost."""
    return routes(knowledge, region, trips(knowledge, region, form, joins), result=result)


def trips(
    knowledge: Knowledge, region: Region, form: str, joins: Mapping[str, Since] = FrozenDict()
) -> tuple[Trip, ...]:
    """All from the first year on: straight, by way of each lesser form; and who joins when."""
    found = [Trip("straight", (form,), _all_along(knowledge, region, (form,)))]
    found += [
        Trip("growing", path, _all_along(knowledge, region, path))
        for path in _paths(knowledge, form)
    ]
    if joins:
        steps = {name: (one,) for name, one in joins.items()}
        found.append(Trip("waves", (knowledge.baseline, form), steps))
    return tuple(found)


def _paths(knowledge: Knowledge, form: str) -> Iterator[tuple[str, ...]]:
    """The growth path of every form that leads to the joint one, but for today's."""
    for name in knowledge.forms:
        path = [name]
        while path[-1] != form and (step := knowledge.forms[path[-1]].grows_into) is not None:
            path.append(step)
        if len(path) > 1 and path[-1] == form and name != knowledge.baseline:
            yield tuple(path)


def _all_along(
    knowledge: Knowledge, region: Region, path: tuple[str, ...]
) -> dict[str, tuple[Since, ...]]:
    """All municipalities from form to form together, each from what it has in use now."""
    begin = region.costs.years[0]
    steps = [Since(form, date(begin + at * YEARS, 1, 1)) for at, form in enumerate(path)]
    found = {}
    for name, one in region.municipalities.items():
        used = one.current.form or knowledge.baseline
        way = steps[path.index(used) + 1 :] if used in path else steps
        if way:
            found[name] = tuple(way)
    return found
