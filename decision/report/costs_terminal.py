"""The costs on the terminal: all forms, what must come true, how sure, who pays, which route."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from decision.break_even import Needed
from decision.costs import YearCost
from decision.kengetallen import Span
from decision.report.costs_contract import CostFindings
from decision.report.numbers import Numbers
from decision.report.view import View
from decision.routes import Route
from decision.sharing import MOST_MUNICIPALITIES, Division, Share
from decision.words import catalogue

__all__ = ["print_costs", "progress_of_draws"]

Cell = str | Text
Row = tuple[str, Sequence[str], bool]
"""The name before a row, its cells, and whether it is shown faintly."""

_COLUMNS = 4  # of figures side by side, which fit in 80 characters
_TURNS = 12  # changes of the cheaper form that are shown; the JSON has them all
_LARGE = 100  # from here on a kengetal is shown without decimals

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
ANSWERS = {"always": "costs.conditions.always", "never": "costs.conditions.never"}


@contextmanager
def progress_of_draws(lang: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while kengetallen are drawn; None where nobody sees it."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(catalogue(lang, "words").say("costs.drawing"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_costs(found: CostFindings, lang: str) -> None:
    """Print the costs of all forms, and what is known about the one that the questions are on."""
    shown = _Costs(found, lang)
    shown.introduction()
    shown.forms()
    if found.form is not None:
        shown.conditions(found.form)
        shown.turns(found.form)
    shown.uncertainty()
    if found.form is not None:
        shown.tornado(found.form)
        shown.sharing(found.form)
        shown.routes(found.form)


class _Costs:
    """The parts of the output, each printed under its own heading."""

    def __init__(self, found: CostFindings, lang: str) -> None:
        self.found = found
        self.console = Console(highlight=False)
        self.numbers = Numbers(lang)
        self.words = catalogue(lang, "words")
        self.say = self.words.say
        self.view = View(found.advice, self.words)
        self.same = next((one for one in found.uncertainty.alike if found.form in one), ())

    # --- how it is shown -------------------------------------------------------------------

    def heading(self, text: str) -> None:
        self.console.print()
        self.console.print(Text(text, style="bold"))

    def line(self, text: str) -> None:
        """A text over as many lines as it takes, in which an amount stays in one piece."""
        width = self.console.width
        lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        self.console.print(Text("\n".join(lines)))

    def table(self, first: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
        """A table of which the names go on to a next line and the figures stay whole."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1))
        table.add_column(Text(first), overflow="fold")
        for column in columns:
            table.add_column(Text(column), justify="right")
        for name, cells, faint in rows:
            table.add_row(
                Text(name),
                *(Text(cell, no_wrap=True) for cell in cells),
                style="dim" if faint else None,
            )
        self.console.print(table)

    def over_time(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """A table per so many years, for a period that is too long for one."""
        for start in range(0, len(columns), _COLUMNS):
            part = slice(start, start + _COLUMNS)
            cut = [(name, cells[part], faint) for name, cells, faint in rows]
            self.table(self.say("costs.form"), columns[part], cut)

    def figure(self, value: float) -> str:
        return self.numbers.plain(round(value) if abs(value) >= _LARGE else value)

    def span(self, low: float, high: float) -> str:
        return f"{self.figure(low)} - {self.figure(high)}"

    def kengetal(self, name: str) -> str:
        known = self.found.advice.knowledge.kengetallen.get(name)
        return f"{known.name} ({known.unit})" if known else name

    def excluded(self, form: str) -> bool:
        return not self.found.advice.eligibility.forms[form].eligible

    # --- what is shown ---------------------------------------------------------------------

    def introduction(self) -> None:
        form, recommended = self.found.form, self.found.advice.recommended
        if form is None:
            self.line(self.say("costs.no_form"))
        elif form == recommended:
            self.line(self.say("costs.advised", form=self.view.label(form)))
        elif recommended is None:
            self.line(self.say("costs.asked", form=self.view.label(form)))
        else:
            names = {"form": self.view.label(form), "recommended": self.view.label(recommended)}
            self.line(self.say("costs.another", **names))

    def forms(self) -> None:
        """Cost per call, cost per year and staff of every form, year by year."""
        numbers = self.numbers

        def staff(year: YearCost) -> str:
            lines = (year.fte_first_line, year.fte_second_line)
            return " + ".join(numbers.number(fte, 1) for fte in lines)

        parts: tuple[tuple[str, Callable[[YearCost], str]], ...] = (
            (self.say("costs.per_call"), lambda year: numbers.cents(year.cost_per_call)),
            (self.say("costs.per_year"), lambda year: numbers.euro(year.total)),
            (self.say("costs.staff"), staff),
        )
        forms = self.found.advice.costs.forms
        for title, cell in parts:
            self.heading(title)
            years = [str(year) for year in next(iter(forms.values())).years]
            rows = [
                (self.view.label(form), [cell(year) for year in cost.years.values()],
                 self.excluded(form))
                for form, cost in forms.items()
            ]  # fmt: skip
            self.over_time(years, rows)

    def conditions(self, form: str) -> None:
        """Which share of its promise the form needs against each other one."""
        against = self.found.break_even.cost_per_call.shares[form]
        self.heading(self.say("costs.conditions.title", form=form))
        self.line(self.say("costs.conditions.about", form=form))
        rows: list[Row] = []
        for other, needed in against.items():
            answers = [*needed.years.values(), needed.period]
            cells = [self.needed(one, other) for one in answers]
            rows.append((self.view.label(other), cells, self.excluded(other)))
        years = [str(year) for year in next(iter(against.values())).years] if against else []
        self.over_time([*years, self.say("costs.conditions.period")], rows)

    def needed(self, one: Needed, other: str) -> str:
        if other in self.same:
            return self.say("costs.conditions.same")
        if one.share is None:
            return self.say(ANSWERS[one.outcome])
        return self.say("costs.conditions.from", share=self.share(one.share))

    def share(self, share: float) -> str:
        """A percentage, with decimals only where it would else read as nothing or as all."""
        needed = (places for places in range(4) if 0 < round(share, places + 2) < 1)
        return self.numbers.percent(share, 0 if share == 1 else next(needed, 4))

    def turns(self, form: str) -> None:
        """At which values of a kengetal the form becomes or ceases to be the cheaper one."""
        rows = list(self._turns(form))
        self.heading(self.say("costs.turns.title", form=form))
        if not rows:
            self.line(self.say("costs.turns.none", form=form))
            return
        columns = [self.say("costs.turns.year"), self.say("costs.turns.cheaper", form=form)]
        self.table(self.say("costs.turns.compared"), columns, rows[:_TURNS])
        if len(rows) > _TURNS:
            self.line(self.say("costs.turns.more", count=len(rows) - _TURNS))

    def _turns(self, form: str) -> Iterator[Row]:
        spans = self.found.break_even.spans
        for name, pairs in self.found.break_even.cost_per_call.kengetallen.items():
            for other, found in pairs[form].items():
                for year, one in found.years.items():
                    if one.outcome == "turns":
                        parts = one.cheaper_between(Span(*spans[name]))
                        between = "\n".join(self.span(*part) for part in parts)
                        yield f"{other}: {self.kengetal(name)}", (str(year), between), False

    def uncertainty(self) -> None:
        """What each form may cost in the last year, and the chance that none is cheaper."""
        unsure, year = self.found.uncertainty, self.found.last_year
        self.heading(self.say("costs.uncertainty.title", year=year))
        self.line(self.say("costs.uncertainty.about"))
        rows: list[Row] = []
        for form, spread in unsure.forms.items():
            one = spread.years[year].cost_per_call
            cells = [self.numbers.cents(amount) for amount in (one.p10, one.p50, one.p90)]
            cells.append(self.numbers.percent(one.unbeaten.value, 1))
            rows.append((self.view.label(form), cells, self.excluded(form)))
        columns = ["P10", "P50", "P90", self.say("costs.uncertainty.unbeaten")]
        self.table(self.say("costs.form"), columns, rows)
        for alike in unsure.alike:
            forms = self.numbers.listing(alike)
            self.line(self.say("costs.uncertainty.alike", forms=forms))
        drawn = {"draws": self.numbers.number(unsure.draws), "seed": unsure.seed}
        error = self.numbers.number(100 / sqrt(unsure.draws), 1)
        self.line(self.say("costs.uncertainty.drawn", **drawn, error=error))

    def tornado(self, form: str) -> None:
        """The kengetallen that matter most for the form in the last year."""
        found, year = self.found.uncertainty.tornado, self.found.last_year
        now = self.numbers.cents(found.base(form, None, year, "cost_per_call"))
        self.heading(self.say("costs.tornado.title", form=form, year=year, now=now))
        rows: list[Row] = [
            (
                self.kengetal(bar.kengetal),
                (
                    self.span(bar.span.low, bar.span.high),
                    self.numbers.cents(bar.at_low),
                    self.numbers.cents(bar.at_high),
                ),
                False,
            )
            for bar in found.bars(form, None, year, "cost_per_call")
            if bar.swing
        ]
        columns = [
            self.say("costs.tornado.span"),
            self.say("costs.tornado.low"),
            self.say("costs.tornado.high"),
        ]
        self.table(self.say("costs.tornado.kengetal"), columns, rows)

    def sharing(self, form: str) -> None:
        """Who pays what by each key, against standing alone, and who would rather leave."""
        found, count = self.found.sharing, len(self.view.region.municipalities)
        self.heading(self.say("costs.sharing.title", form=form, year=self.found.last_year))
        if found is not None:
            self.division(found.last_year)
        elif count > MOST_MUNICIPALITIES:
            self.line(self.say("costs.sharing.many", count=count, most=MOST_MUNICIPALITIES))
        else:
            self.line(self.say("costs.sharing.single"))

    def division(self, division: Division) -> None:
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
        alone = sum(division.alone.values())
        totals = [alone, *[division.total] * len(shares)]
        together = self.say("costs.sharing.together")
        whole.append((together, [self.numbers.number(euro) for euro in totals], False))
        less = [division.total - alone] * len(shares)
        saved.append((together, [self.numbers.signed(euro) for euro in less], False))
        partner = self.say("costs.sharing.partner")
        self.line(self.say("costs.sharing.about"))
        self.table(partner, [self.say("costs.sharing.alone"), *names], whole)
        self.line(self.say("costs.sharing.against"))
        self.table(partner, names, saved)
        for text in self.leaving(division):
            self.line(text)

    def leaving(self, division: Division) -> Iterator[str]:
        """Whether a group would be better off without the others, in words."""
        if all(share.in_core for share in division.keys.values()):
            yield self.say("costs.sharing.all_stay")
            return
        for key, share in division.keys.items():
            yield self.say("costs.sharing.key", key=self.say(KEYS[key]), text=self.leavers(share))
        if division.core_empty:
            yield self.say("costs.sharing.core_empty")

    def leavers(self, share: Share) -> str:
        if share.in_core:
            return self.say("costs.sharing.stay")
        best = share.leavers[0]
        names = self.numbers.listing(self.view.names(best.members))
        gain = self.numbers.euro(best.gain)
        if share.leaving == 1:
            return self.say("costs.sharing.leaves", names=names, gain=gain)
        return self.say("costs.sharing.leave", count=share.leaving, names=names, gain=gain)

    def routes(self, form: str) -> None:
        """What each route to the form costs, loses and brings."""
        routes = self.found.routes
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
        last_forms = {route.kind: route.years[-1].forms for route in routes}.get("waves", {})
        outside = [name for name, held in last_forms.items() if held != form]
        if outside:
            names = self.numbers.listing(self.view.names(outside))
            self.line(self.say("costs.routes.outside", names=names))

    def route(self, route: Route) -> str:
        if route.kind == "nothing":
            return self.view.form(route.path[-1]).name
        steps = self.numbers.listing(route.path[:-1])
        return self.say(ROUTES[route.kind], form=route.path[-1], steps=steps)

    def money(self, route: Route) -> Iterator[str]:
        for euro in (route.investment, route.write_off, route.net_present_value):
            yield self.numbers.euro(euro)
        if route.payback_years is not None:
            years = self.numbers.number(route.payback_years, 1)
            yield self.say("costs.routes.years", years=years)
        else:
            yield "" if route.kind == "nothing" else self.say("costs.routes.never")
