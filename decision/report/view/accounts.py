"""The tables of the appendices about money, in full precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from typing import TYPE_CHECKING

from decision.report.document.tree import Cell, Record
from decision.report.view.exhibits import NONE

if TYPE_CHECKING:
    from decision.costs.derivation import LinePrice
    from decision.costs.result import FormCost, YearCost
    from decision.report.document.tree import Table
    from decision.report.view.exhibits import Desk
    from decision.sharing.routes import Route

__all__ = ["ACCOUNTS"]


def _by_form(at: Desk, cell: Callable[[YearCost], Cell], last: Callable[[FormCost], Cell]) -> Table:
    """A figure of every form in every year, with one more column."""
    rows = [
        Record(
            (
                Cell(at.view.label(form) + (at.words.say("assumed") if cost.assumed else "")),
                *map(cell, cost.years.values()),
                last(cost),
            ),
            faint=at.view.choosable(form) == "excluded",
        )
        for form, cost in at.advice.costs.forms.items()
    ]
    kinds = {at.words.say("columns.form"): "text"}
    kinds |= {str(year): "number" for year in at.view.years}
    kinds |= {at.say("column"): "number"}
    return at.table(at.say("title"), kinds, rows)


def per_call(at: Desk) -> Table:
    """The cost per call of every form."""
    return _by_form(
        at, lambda one: at.cents(one.cost_per_call), lambda one: at.money(one.investment)
    )


def per_year(at: Desk) -> Table:
    """The cost per year of every form, and what that saves."""

    def saved(cost: FormCost) -> Cell:
        return NONE if cost.form == at.view.baseline else at.money(-at.view.saving(cost.form))

    return _by_form(at, lambda one: at.money(one.total), saved)


def _items(
    at: Desk, names: Mapping[str, str], of: Callable[[FormCost], Mapping[str, float]]
) -> Table:
    paying = [cost for cost in at.advice.costs.forms.values() if of(cost)]
    rows = [
        (
            Cell(name),
            *(at.money(of(cost)[item]) if item in of(cost) else NONE for cost in paying),
        )
        for item, name in names.items()
    ]
    kinds = {at.words.say("columns.item"): "text"}
    kinds |= {at.words.say("form", form=cost.form): "number" for cost in paying}
    return at.table(at.say("title"), kinds, rows if paying else ())


def investments(at: Desk) -> Table:
    """Every item of investment in every form."""
    names = {name: one.name for name, one in at.view.knowledge.investments.items()}
    return _items(at, names, lambda cost: cost.investments)


def running_costs(at: Desk) -> Table:
    """What is paid every year in every form."""
    names = {name: one.name for name, one in at.view.knowledge.running_costs.items()}
    return _items(at, names, lambda cost: cost.running_costs)


def channels(at: Desk) -> Table | None:
    """The contacts in every channel now and in the last year, where a form moves them."""
    moving = at.view.moving()
    if not moving:
        return None
    last, form = at.view.years[-1], moving[0][0]
    rows = [
        (
            Cell(at.view.knowledge.channels[use.channel].name),
            at.number(use.contacts),
            at.number(use.contacts_in[form][last]),
            at.unknown() if use.cost_per_contact is None else at.cents(use.cost_per_contact),
        )
        for use in at.advice.costs.channels
    ]
    title = at.say("title", forms=at.listing(moving[0]), year=last)
    kinds = at.columns(channel="text", now="number", then="number", cost="number")
    return at.table(title, kinds, rows, note=at.say("note"))


def build_up(at: Desk) -> Table:
    """What the cost per call of the form of the report consists of, year by year."""
    years = [*at.advice.costs.forms[at.view.focus].years.values()]
    lines: list[tuple[str, Callable[[YearCost], Cell]]] = [
        ("calls", lambda one: at.number(one.calls)),
        ("direct", lambda one: at.percent(one.direct)),
        ("handling", lambda one: at.number(one.handling_first_line)),
        ("fte_first", lambda one: at.number(one.fte_first_line, 1)),
        ("fte_second", lambda one: at.number(one.fte_second_line, 1)),
        ("price_first", lambda one: at.cents(one.price_first_line)),
        ("price_second", lambda one: at.cents(one.price_second_line)),
        ("depreciation", lambda one: at.cents(one.depreciation)),
    ]
    if any(one.running_costs for one in years):
        lines.append(("running", lambda one: at.cents(one.running_costs)))
    if any(one.other_channels for one in years):
        lines.append(("other", lambda one: at.cents(one.other_channels)))
    rows = [Record((Cell(at.say(f"rows.{code}")), *map(cell, years))) for code, cell in lines]
    total = (Cell(at.say("rows.total")), *(at.cents(one.cost_per_call) for one in years))
    kinds = {at.say("columns.part"): "text"} | {str(one.year): "number" for one in years}
    title = at.say("title", form=at.view.focus)
    return at.table(title, kinds, [*rows, Record(total, total=True)])


def prices(at: Desk) -> Table | None:
    """From people to the price of a call, in the first year."""
    found = at.view.chosen.derivation
    if found is None:
        return None
    lines: list[LinePrice] = [found.first_price, *([found.second_price] if found.second else [])]
    steps: list[tuple[str, Callable[[LinePrice], Cell]]] = [
        ("agents", lambda one: at.number(one.agents)),
        ("fte", lambda one: at.number(one.fte, 4)),
        ("wage", lambda one: Cell(at.numbers.euro(one.wage), one.wage)),
        ("calls", lambda one: Cell(at.numbers.exact(one.calls), one.calls)),
        ("price", lambda one: Cell(at.numbers.amount(one.price, found.decimals), one.price)),
    ]
    days, hours_ = at.numbers.plain(found.opening_days), at.numbers.plain(found.hours_per_fte)
    rows = [
        (Cell(at.say(f"rows.{code}", days=days, hours=hours_)), *map(cell, lines))
        for code, cell in steps
    ]
    kinds = {at.say("columns.step"): "text", at.say("columns.first"): "number"}
    kinds |= {at.say("columns.second"): "number"} if len(lines) > 1 else {}
    title = at.say("title", form=found.cost.form, year=found.year.year)
    return at.table(title, kinds, rows)


def sharing(at: Desk) -> Table | None:
    """What every municipality pays under each key."""
    found = at.view.chosen.sharing
    if found is None:
        return None
    last = found.last_year
    rows = [
        Record(
            (
                Cell(at.view.name(name)),
                at.money(alone),
                *(at.money(share.pays[name]) for share in last.keys.values()),
            )
        )
        for name, alone in last.alone.items()
    ]
    apart = fsum(last.alone.values())
    total = (
        Cell(at.words.say("together")),
        at.money(apart),
        *(at.money(last.total) for _ in last.keys),
    )
    kinds = at.columns(name="text", apart="number")
    kinds |= {at.view.words.say(f"costs.sharing.{key}"): "number" for key in last.keys}
    title = at.say("title", form=found.form, year=at.view.years[-1])
    return at.table(title, kinds, [*rows, Record(total, total=True)], note=at.say("note"))


def frontrunners(at: Desk) -> Table | None:
    """What is settled between who starts and who joins."""
    found = at.view.chosen.settlement
    if found is None or not at.view.later_years(found):
        return None
    rows = [
        (
            Cell(at.view.name(name)),
            Cell(str(one.year), one.year),
            at.money(one.pays),
            at.money(one.receives),
            at.money(one.net),
        )
        for name, one in found.municipalities.items()
    ]
    kinds = at.columns(name="text", year="number", pays="number", receives="number", net="number")
    return at.table(at.say("title"), kinds, rows, note=at.say("note"))


def routes(at: Desk) -> Table:
    """What every route to the form of the report costs in all its years."""
    found = at.view.chosen.routes
    rows = [
        (
            Cell(at.view.route(one)),
            at.money(one.total / len(one.years)),
            at.money(one.investment),
            at.money(one.write_off),
            NONE if one.kind == "nothing" else at.money(one.net_present_value),
            NONE if one.kind == "nothing" else _payback(at, one),
        )
        for one in found
    ]
    years = found[0].years
    title = at.say("title", first=years[0].year, last=years[-1].year)
    kinds = at.columns(
        route="text",
        mean="number",
        investment="number",
        lost="number",
        gain="number",
        back="number",
    )
    rate = at.numbers.share(at.view.kengetal("discount_rate"))
    return at.table(title, kinds, rows, note=at.say("note", rate=rate))


def _payback(at: Desk, route: Route) -> Cell:
    if route.payback_years is None:
        return Cell(at.say("never"))
    return Cell(
        at.say("after", years=at.numbers.number(route.payback_years, 1)), route.payback_years
    )


ACCOUNTS = (
    *(per_call, per_year, investments, running_costs, channels, build_up, prices),
    *(sharing, frontrunners, routes),
)
"""Every table about money that an appendix can name."""
