"""The routes to a form on the terminal: when and for how much, and why the advised one."""

from __future__ import annotations

from decision.advice.findings import FormFindings
from decision.report.planner.routes import risks_of, told
from decision.report.screen.layout import TableRow
from decision.report.screen.sheet import Sheet

__all__ = ["print_routes"]


def print_routes(on: Sheet, chosen: FormFindings) -> None:
    """Print every route with its plan and its money, then what they differ in and their risks."""
    rows = []
    possible = [one for one in chosen.compared if one.way.obstacle is None]
    for one in possible:
        weeks = (one.way.opening, one.way.last)
        moments = ["" if week is None else on.numbers.number(week) for week in weeks]
        money = ["", ""]
        if one.route is not None:
            money = [on.numbers.number(euro) for euro in (one.route.total, one.route.write_off)]
        days = on.numbers.number(one.way.own_days)
        rows.append(TableRow(on.view.route(one.way), (*moments, *money, days)))
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
    on.show()
    on.grid(columns, rows, on.say("roadmap.routes.title"))
    for one in chosen.compared:
        on.line(told(on.view, on.numbers, one), "- ")
        for risk in risks_of(on.view, one):
            on.line(risk, "  ! ")
