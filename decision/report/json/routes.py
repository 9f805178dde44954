"""The routes to a form: the plan of each, its money, and what it is better and worse in."""

from __future__ import annotations

from typing import Any

from decision.advice.compared import ComparedRoute
from decision.advice.findings import FormFindings
from decision.report.json.plain import Json, Keys, named
from decision.roadmap.routes import Leg, Obstacle
from decision.sharing.routes import Route, RouteYear

__all__ = ["ROUTES", "routes"]

_PLANNED = "opening last own_days own_cost"
_MONEY = "investment write_off total present_value net_present_value payback_years"


def routes(chosen: FormFindings | None) -> list[Any]:
    """Doing nothing, and then every route of the knowledge to the form."""
    if chosen is None:
        return []
    return [*(one for one in chosen.routes if one.way is None), *chosen.compared]


def _nothing(one: Route) -> Json:
    return {
        "id": one.kind,
        **named(one, "kind path"),
        "possible": True,
        "advised": False,
        "why_not": None,
        **dict.fromkeys(_PLANNED.split()),
        "steps": [],
        **_money(one),
        "differs": {},
        "hurried": [],
        "risks": [],
    }


def _route(one: ComparedRoute) -> Json:
    way, money = one.way, one.route
    planned = named(way, _PLANNED) if way.obstacle is None else dict.fromkeys(_PLANNED.split())
    return {
        **named(way, "id kind"),
        "path": way.path if money is None else money.path,
        "possible": way.obstacle is None,
        "advised": way.advised,
        "why_not": way.obstacle,
        **planned,
        "steps": way.legs,
        **_money(money),
        "differs": dict(one.differs),
        "hurried": one.hurried,
        "risks": one.risks,
    }


def _money(one: Route | None) -> Json:
    if one is None:
        return {**dict.fromkeys(_MONEY.split()), "years": {}}
    return {**named(one, _MONEY), "years": {year.year: year for year in one.years}}


ROUTES: Keys = {
    Route: _nothing,
    ComparedRoute: _route,
    RouteYear: "forms calls operations investment write_off total",
    Leg: "form start opening last own_days",
    Obstacle: "code=kind form rules",
}
