"""The routes to a form beside the advised one: what each is better and worse in, and its risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from decision.eligibility.evaluation import evaluate, scopes
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Predicate
from decision.model.routes import Shape
from decision.roadmap.routes import Way
from decision.sharing.routes import Route

__all__ = ["Aspect", "ComparedRoute", "Differs", "compared"]

Aspect: TypeAlias = Literal["opens", "ends", "costs", "loses", "days"]

_WEEK, _EURO, _DAY = 0.5, 0.5, 0.5


class Differs(NamedTuple):
    """How much more a route has than the advised one (negative: less).

    ``opens`` and ``ends`` are weeks of the first wave and of the last that joins, ``costs`` the
    euro spent in all years, ``loses`` the euro of investments left behind, ``days`` the working
    days of their own.
    """

    aspect: Aspect
    more: float


@dataclass(frozen=True, slots=True)
class ComparedRoute(Result):
    """A route, its money (None where it cannot be followed or priced), and its ``risks`` by id.

    ``differs`` has only what it differs in from the advised route. ``hurried`` want to start later
    than the first wave, and by this route go along with it, where by the advised one they do not.
    """

    way: Way
    route: Route | None
    differs: tuple[Differs, ...]
    hurried: tuple[str, ...]
    risks: tuple[str, ...]


def compared(
    knowledge: Knowledge, region: Region, ways: Iterable[Way], routes: Iterable[Route]
) -> tuple[ComparedRoute, ...]:
    """Hold every route against the advised one.

    Args:
        knowledge: the routes with their risks, and who says to want to wait.
        region: the partners and their facts.
        ways: the routes with their plans.
        routes: the money of those that can be followed; none where it cannot be worked out.
    """
    every = [*ways]
    money = {one.way.id: one for one in routes if one.way is not None}
    advised = next((way for way in every if way.advised), None)
    return tuple(
        ComparedRoute(
            way=way,
            route=money.get(way.id),
            differs=tuple(_differs(way, advised, money)),
            hurried=tuple(_hurried(knowledge, region, way, advised)),
            risks=tuple(_risks(knowledge, region, way, advised, money.get(way.id))),
        )
        for way in every
    )


def _differs(way: Way, advised: Way | None, money: Mapping[str, Route]) -> Iterator[Differs]:
    if advised is None or way.obstacle is not None:
        return
    told: list[tuple[Aspect, float, float]] = []
    if way.opening is not None and advised.opening is not None:
        told.append(("opens", way.opening - advised.opening, _WEEK))
    if way.last is not None and advised.last is not None:
        told.append(("ends", way.last - advised.last, _WEEK))
    if way.id in money and advised.id in money:
        mine, theirs = money[way.id], money[advised.id]
        told.append(("costs", mine.total - theirs.total, _EURO))
        told.append(("loses", mine.write_off - theirs.write_off, _EURO))
    told.append(("days", way.own_days - advised.own_days, _DAY))
    yield from (Differs(aspect, more) for aspect, more, least in told if abs(more) > least)


def _hurried(knowledge: Knowledge, region: Region, way: Way, advised: Way | None) -> Iterator[str]:
    """Who wants to start later, and by a route opens with the first where else it does not."""
    if advised is None or not way.legs or way is advised:
        return
    rules, towns = knowledge.waves, scopes(knowledge, region)["municipality"]
    wants: tuple[Predicate, ...] = (rules.later_when, rules.waits_when)
    for name, one in towns.items():
        waits = any(evaluate(want, one).truth == "yes" for want in wants)
        if waits and _first(way, name) and not _first(advised, name):
            yield name


def _first(way: Way, name: str) -> bool:
    """Whether somebody goes live in the form of the first step as it opens."""
    leg = way.legs[0]
    own = leg.live.get(name)
    return own is not None and own.form == leg.form and own.week <= leg.opening


def _risks(
    knowledge: Knowledge, region: Region, way: Way, advised: Way | None, route: Route | None
) -> Iterator[str]:
    if not way.legs:
        return
    own, first = way.legs[-1], advised.opening if advised else None
    so: dict[Shape, bool] = {
        "opens_later": first is not None and way.opening is not None and way.opening > first,
        "some_join_later": own.last > own.opening,
        "all_at_once": own.last == own.opening,
        "writes_off": route is not None and route.write_off > 0,
    }
    held = scopes(knowledge, region)["region"][region.id]
    for name, risk in knowledge.routes[way.id].risks.items():
        holds = risk.when is None or evaluate(risk.when, held).truth == "yes"
        if holds and (risk.shape is None or so[risk.shape]):
            yield name
