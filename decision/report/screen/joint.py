"""One form on the terminal: who pays what of it, and which routes lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from decision.advice.advice import Advice
from decision.advice.findings import FormFindings
from decision.report.screen.costs_sheet import Sheet
from decision.report.screen.layout import Row
from decision.sharing.division import MOST_MUNICIPALITIES, Division, Share, Sharing
from decision.sharing.routes import Route
from decision.sharing.settlement import Settlement

__all__ = ["print_joint"]

KEYS = {
    "inhabitants": "costs.sharing.inhabitants",
    "calls": "costs.sharing.calls",
    "stand_alone": "costs.sharing.stand_alone",
    "shapley": "costs.sharing.shapley",
}
ROUTES = {
    "straight": "costs.routes.straight",
    "growing": "costs.routes.growing",
    "waves": "costs.routes.waves",
}


def print_joint(advice: Advice, chosen: FormFindings, lang: str) -> None:
    """Print who pays what of the form that the questions are about, and the routes to it."""
    shown = _Joint(advice, lang)
    shown.sharing(chosen)
    if chosen.settlement is not None:
        shown.settlement(chosen.settlement)
    shown.routes(chosen.form, chosen.routes)


class _Joint(Sheet):
    """The parts about one form, each printed under its own heading."""

    def sharing(self, chosen: FormFindings) -> None:
        """Who pays what by each key, against standing alone, and who would rather leave."""
        found, count = chosen.sharing, len(chosen.members)
        self.heading(self.say("costs.sharing.title", form=chosen.form, year=self.last_year))
        if found is not None:
            self.members(found)
            unsure = self.view.may_take_part(found.members, found.form)
            if unsure:
                names = self.numbers.listing(self.view.names(unsure))
                self.line(self.say("costs.sharing.unsure", names=names))
            self.division(found.last_year)
            self.leaving(found)
        elif count > MOST_MUNICIPALITIES:
            self.line(self.say("costs.sharing.many", count=count, most=MOST_MUNICIPALITIES))
        else:
            self.line(self.say("costs.sharing.single", count=count))

    def members(self, found: Sharing) -> None:
        """Who divides how much, and what the others pay on their own."""
        total, year = self.numbers.euro(found.last_year.total), self.last_year
        details = {"form": found.form, "year": year, "total": total}
        if not found.not_included:
            self.line(self.say("costs.sharing.everyone", **details))
            return
        names = self.numbers.listing(self.view.names(found.members))
        self.line(self.say("costs.sharing.members", names=names, **details))
        for name, one in found.not_included.items():
            own = {"form": self.view.label(one.form), "euro": self.numbers.euro(one.last_year)}
            self.line(self.say("costs.sharing.apart", name=self.view.name(name), year=year, **own))

    def division(self, division: Division) -> None:
        """What each pays by each key, and the difference with standing alone."""
        shares = [division.keys[key] for key in division.keys]
        names = [self.say(KEYS[key]) for key in division.keys]
        whole: list[Row] = []
        saved: list[Row] = []
        for name in division.alone:
            label = self.view.name(name)
            paid = [division.alone[name], *(share.pays[name] for share in shares)]
            whole.append((label, [self.numbers.number(euro) for euro in paid], False))
            less = [share.against_alone[name] for share in shares]
            saved.append((label, [self.numbers.signed(euro) for euro in less], False))
        alone = fsum(division.alone.values())
        totals = [alone, *[division.total] * len(shares)]
        together = self.say("costs.sharing.together")
        whole.append((together, [self.numbers.number(euro) for euro in totals], False))
        less = [division.total - alone] * len(shares)
        saved.append((together, [self.numbers.signed(euro) for euro in less], False))
        partner = self.say("costs.sharing.partner")
        self.line(self.say("costs.sharing.about"))
        self.table(partner, [self.say("costs.sharing.alone"), *names], whole)
        self.rounded_off(
            [part.values() for part in (division.alone, *(one.pays for one in shares))], totals
        )
        self.heading(self.say("costs.sharing.difference", year=self.last_year))
        self.line(self.say("costs.sharing.against"))
        self.table(partner, names, saved)
        self.rounded_off([one.against_alone.values() for one in shares], less)

    def rounded_off(self, columns: Iterable[Iterable[float]], totals: Iterable[float]) -> None:
        """Say so where a printed total is not the sum of what is printed above it."""
        if not self.numbers.adds_up(zip(columns, totals, strict=True)):
            self.line(self.say("rounded_off"))

    def leaving(self, found: Sharing) -> None:
        """Whether a group would be better off without the others, in words."""
        years = self.view.years
        self.heading(self.say("costs.sharing.leaving"))
        when = self.say("costs.sharing.in_year", year=years[-1])
        for text in self.leaves(found.last_year, when, 1):
            self.line(text)
        if len(years) > 1:
            when = self.say("costs.sharing.in_period", first=years[0], last=years[-1])
            for text in self.leaves(found.period, when, len(years)):
                self.line(text)

    def leaves(self, division: Division, when: str, years: int) -> Iterator[str]:
        """The answer for one cost: no for all keys, or who leaves by each key."""
        if all(share.in_core for share in division.keys.values()):
            yield self.say("costs.sharing.all_stay", when=when)
            return
        for key, share in division.keys.items():
            text = self.leavers(share, years)
            yield self.say("costs.sharing.key", when=when, key=self.say(KEYS[key]), text=text)
        if division.core_empty:
            yield self.say("costs.sharing.core_empty", when=when)

    def leavers(self, share: Share, years: int) -> str:
        """Who gains most by leaving, and how much a year."""
        if share.in_core:
            return self.say("costs.sharing.stay")
        best = share.leavers[0]
        names = self.numbers.listing(self.view.names(best.members))
        gain = self.numbers.euro(best.gain / years)
        if share.leaving == 1:
            return self.say("costs.sharing.leaves", names=names, gain=gain)
        return self.say("costs.sharing.leave", count=share.leaving, names=names, gain=gain)

    def settlement(self, found: Settlement) -> None:
        """What who starts pays for all, and gets back from who joins later."""
        parts = found.municipalities
        first = min(one.year for one in parts.values())
        self.heading(self.say("costs.settlement.title", form=found.form))
        if not any(one.receives for one in parts.values()):
            self.line(self.say("costs.settlement.nothing"))
            return
        self.line(self.say("costs.settlement.about", form=found.form, year=first))
        rows: list[Row] = []
        for name, one in parts.items():
            euro = [self.numbers.number(amount) for amount in (one.pays, one.receives, one.net)]
            rows.append((self.view.name(name), [str(one.year), *euro], False))
        paid = fsum(one.pays for one in parts.values())
        sums = paid, paid - found.investment, found.investment
        together = ["", *(self.numbers.number(amount) for amount in sums)]
        rows.append((self.say("costs.sharing.together"), together, False))
        columns = [
            self.say("costs.settlement.joins"),
            self.say("costs.settlement.pays"),
            self.say("costs.settlement.receives"),
            self.say("costs.settlement.net"),
        ]
        self.table(self.say("costs.sharing.partner"), columns, rows)
        money = ([one.pays, one.receives, one.net] for one in parts.values())
        self.rounded_off(zip(*money, strict=True), sums)

    def routes(self, form: str, routes: tuple[Route, ...]) -> None:
        """What each route to the form costs, loses and brings."""
        first, last = routes[0].years[0].year, routes[0].years[-1].year
        self.heading(self.say("costs.routes.title", form=form, first=first, last=last))
        rows: list[Row] = [(self.route(route), [*self.money(route)], False) for route in routes]
        columns = [
            self.say("costs.routes.invested"),
            self.say("costs.routes.written_off"),
            self.say("costs.routes.net_present_value"),
            self.say("costs.routes.payback"),
        ]
        self.table(self.say("costs.routes.route"), columns, rows)
        self.line(self.say("costs.routes.about"))
        self.outside(form, routes)
        self.heading(self.say("costs.routes.yearly"))
        self.line(self.say("costs.routes.yearly_about"))
        spent: list[Row] = [
            (self.route(route), [self.numbers.euro(year.total) for year in route.years], False)
            for route in routes
        ]
        years = [str(year.year) for year in routes[0].years]
        self.over_time(self.say("costs.routes.route"), years, spent)

    def outside(self, form: str, routes: tuple[Route, ...]) -> None:
        """Who does not join on the route in groups, while all do on the other routes."""
        last_forms = {route.kind: route.years[-1].forms for route in routes}.get("waves", {})
        outside = [name for name, held in last_forms.items() if held != form]
        if outside:
            names = self.numbers.listing(self.view.names(outside))
            self.line(self.say("costs.routes.outside", names=names))

    def route(self, route: Route) -> str:
        """What a route is called."""
        if route.kind == "nothing":
            return self.view.form(route.path[-1]).name
        steps = self.numbers.listing(route.path[:-1])
        return self.say(ROUTES[route.kind], form=route.path[-1], steps=steps)

    def money(self, route: Route) -> Iterator[str]:
        """The amounts of a route, and when it is paid back."""
        for euro in (route.investment, route.write_off, route.net_present_value):
            yield self.numbers.euro(euro)
        if route.payback_years is not None:
            years = self.numbers.number(route.payback_years, 1)
            yield self.say("costs.routes.years", years=years)
        else:
            yield "" if route.kind == "nothing" else self.say("costs.routes.never")
