"""One form: who pays what of it, and which routes lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from decision.advice.advice import Advice
from decision.advice.findings import FormFindings
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Cell
from decision.report.planner.routes import told
from decision.sharing.division import MOST_MUNICIPALITIES, Division, Share, Sharing
from decision.sharing.routes import Route
from decision.sharing.settlement import Settlement

__all__ = ["joint"]


def joint(advice: Advice, chosen: FormFindings, lang: str) -> Sheet:
    """Who pays what of the form that the questions are about, and the routes to it."""
    shown = _Joint(advice, lang)
    shown.sharing(chosen)
    if chosen.settlement is not None:
        shown.settlement(chosen.settlement)
    shown.routes(chosen)
    return shown


class _Joint(Sheet):
    """The parts about one form, each under its own heading."""

    def sharing(self, chosen: FormFindings) -> None:
        """Who pays what by each key, against standing alone, and who would rather leave."""
        found, count = chosen.sharing, len(chosen.members)
        self.part("sharing", self.say("costs.sharing.title", form=chosen.form, year=self.last_year))
        if found is not None:
            self.members(found)
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
        shares = [*division.keys.values()]
        keys = self.said(*(f"costs.sharing.{key}" for key in division.keys))
        whole, saved = [], []
        for name, own in division.alone.items():
            label, paid = self.view.name(name), [own, *(share.pays[name] for share in shares)]
            whole.append(TableRow(label, [*map(self.number, paid)]))
            less = [share.against_alone[name] for share in shares]
            saved.append(TableRow(label, [*map(self.signed, less)]))
        alone = fsum(division.alone.values())
        totals = [alone, *[division.total] * len(shares)]
        together = self.say("costs.sharing.together")
        whole.append(TableRow(together, [*map(self.number, totals)]))
        less = [division.total - alone] * len(shares)
        saved.append(TableRow(together, [*map(self.signed, less)]))
        partner = self.say("costs.sharing.partner")
        self.line(self.say("costs.sharing.about"))
        self.table([partner, self.say("costs.sharing.alone"), *keys], whole)
        columns = [part.values() for part in (division.alone, *(one.pays for one in shares))]
        self.rounded_off(columns, totals)
        self.part("difference", self.say("costs.sharing.difference", year=self.last_year))
        self.line(self.say("costs.sharing.against"))
        self.table([partner, *keys], saved)
        self.rounded_off([one.against_alone.values() for one in shares], less)

    def rounded_off(self, columns: Iterable[Iterable[float]], totals: Iterable[float]) -> None:
        """Say so where a printed total is not the sum of what is printed above it."""
        if not self.numbers.adds_up(zip(columns, totals, strict=True)):
            self.line(self.say("rounded_off"))

    def leaving(self, found: Sharing) -> None:
        """Whether a group would be better off without the others, in words."""
        years = self.view.years
        self.part("leaving", self.say("costs.sharing.leaving"))
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
            yield self.say(
                "costs.sharing.key", when=when, key=self.say(f"costs.sharing.{key}"), text=text
            )
        if division.core_empty:
            yield self.say("costs.sharing.core_empty", when=when)

    def leavers(self, share: Share, years: int) -> str:
        """Who gains most by leaving, and how much a year."""
        if share.in_core:
            return self.say("costs.sharing.stay")
        best = share.leavers[0]
        names = self.numbers.listing(self.view.names(best.members))
        gain = self.numbers.euro(best.gain / years)
        code = "costs.sharing.leaves" if share.leaving == 1 else "costs.sharing.leave"
        return self.say(code, count=share.leaving, names=names, gain=gain)

    def settlement(self, found: Settlement) -> None:
        """What who starts pays for all, and gets back from who joins later."""
        parts = found.municipalities
        first = min(one.year for one in parts.values())
        self.part("settlement", self.say("costs.settlement.title", form=found.form))
        if not any(one.receives for one in parts.values()):
            self.line(self.say("costs.settlement.nothing"))
            return
        self.line(self.say("costs.settlement.about", form=found.form, year=first))
        money = [(one.pays, one.receives, one.net) for one in parts.values()]
        paid = fsum(one.pays for one in parts.values())
        sums = paid, paid - found.investment, found.investment
        rows = [
            TableRow(self.view.name(name), [str(one.year), *map(self.number, euro)])
            for (name, one), euro in zip(parts.items(), money, strict=True)
        ]
        together = self.say("costs.sharing.together")
        rows.append(TableRow(together, ["", *map(self.number, sums)]))
        columns = ("costs.settlement.joins", "costs.settlement.pays", "costs.settlement.receives")
        heads = self.said("costs.sharing.partner", *columns, "costs.settlement.net")
        self.table(heads, rows)
        self.rounded_off(zip(*money, strict=True), sums)

    def routes(self, chosen: FormFindings) -> None:
        """What each route to the form costs, loses and brings."""
        form, routes = chosen.form, chosen.routes
        impossible = [one for one in chosen.compared if one.way.obstacle is not None]
        first, last = routes[0].years[0].year, routes[0].years[-1].year
        self.part("routes", self.say("costs.routes.title", form=form, first=first, last=last))
        columns = ("costs.routes.route", "costs.routes.invested", "costs.routes.written_off")
        worth = ("costs.routes.net_present_value", "costs.routes.payback")
        rows = [TableRow(self.view.route(route), [*self.money(route)]) for route in routes]
        self.table(self.said(*columns, *worth), rows)
        self.line(self.say("costs.routes.about"))
        for one in impossible:
            self.point(told(self.view, self.numbers, one))
        self.part("route-years", self.say("costs.routes.yearly"))
        self.line(self.say("costs.routes.yearly_about"))
        spent = [
            TableRow(self.view.route(one), [self.euro(year.total) for year in one.years])
            for one in routes
        ]
        years = [str(year.year) for year in routes[0].years]
        self.table([self.say("costs.routes.route"), *years], spent)

    def money(self, route: Route) -> Iterator[str | Cell]:
        """The amounts of a route, and when it is paid back."""
        for euro in (route.investment, route.write_off, route.net_present_value):
            yield self.euro(euro)
        if route.payback_years is not None:
            years = self.numbers.number(route.payback_years, 1)
            yield Cell(self.say("costs.routes.years", years=years), route.payback_years)
        else:
            yield "" if route.kind == "nothing" else self.say("costs.routes.never")
