"""The routes to a form: when and for how much, and why the advised one."""

from __future__ import annotations

from decision.advice.findings import FormFindings
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Cell
from decision.report.planner.routes import risks_of, told

__all__ = ["tell_routes"]


def tell_routes(on: Sheet, chosen: FormFindings) -> None:
    """Tell every route with its plan and its money, then what they differ in and their risks."""
    rows = []
    possible = [one for one in chosen.compared if one.way.obstacle is None]
    for one in possible:
        weeks = (one.way.opening, one.way.last)
        cells = [Cell("") if week is None else on.number(week) for week in weeks]
        money = None if one.route is None else (one.route.total, one.route.write_off)
        cells += [Cell(""), Cell("")] if money is None else [*map(on.euro, money)]
        rows.append(TableRow(on.view.route(one.way), (*cells, on.number(one.way.own_days))))
    if not rows:
        return
    priced = next((one.route for one in possible if one.route is not None), None)
    years = priced.years if priced else ()
    span = f"{years[0].year}-{years[-1].year}" if years else ""
    codes = ("route", "begins", "ends")
    columns = (
        *on.said(*(f"roadmap.routes.columns.{code}" for code in codes)),
        on.say("roadmap.routes.columns.costs", years=span),
        *on.said("roadmap.routes.columns.loses", "roadmap.routes.columns.days"),
    )
    on.part("routes", on.say("roadmap.routes.title"))
    on.table(columns, rows)
    for one in chosen.compared:
        on.point(told(on.view, on.numbers, one), risks_of(on.view, one))
