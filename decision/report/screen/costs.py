"""The costs on the terminal: all forms, what must come true, how sure, who pays, which route."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from math import sqrt

from rich.console import Console
from rich.progress import Progress

from decision.advice.advice import Advice
from decision.costs.break_even import Needed
from decision.costs.inputs import Span, values
from decision.costs.result import OccupancyWarning, YearCost
from decision.costs.uncertainty import Uncertainty
from decision.report.screen.costs_sheet import Sheet
from decision.report.screen.joint import print_joint
from decision.report.screen.layout import Row
from decision.words.catalogue import catalogue

__all__ = ["print_costs", "progress_of_draws"]

_TURNS = 12  # changes of the cheaper form that are shown; the JSON has them all

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


def print_costs(advice: Advice, lang: str) -> None:
    """Print the costs of all forms, and what is known about the one that the questions are on."""
    shown, found = _Costs(advice, lang), advice.findings
    shown.introduction()
    shown.forms()
    shown.warnings()
    shown.overstaffing()
    shown.channels()
    if found.form is not None:
        shown.conditions(found.form)
        shown.turns(found.form)
    shown.uncertainty()
    if found.chosen is not None:
        shown.tornado(found.chosen.form)
        print_joint(advice, found.chosen, lang)


class _Costs(Sheet):
    """The parts about all forms and about what has to come true, each under its own heading."""

    def introduction(self) -> None:
        form, recommended = self.found.form, self.advice.recommended
        if form is None:
            self.line(self.say("costs.no_form"))
        elif form == recommended:
            self.line(self.say("costs.advised", form=self.view.label(form)))
        elif recommended is None:
            self.line(self.say("costs.asked", form=self.view.label(form)))
        else:
            names = {"form": self.view.label(form), "recommended": self.view.label(recommended)}
            self.line(self.say("costs.another", **names))
        excluded = [name for name in self.advice.costs.forms if self.excluded(name)]
        if recommended is not None and excluded:
            self.line(self.say("costs.excluded", forms=self.numbers.listing(excluded)))

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
        forms = self.advice.costs.forms
        for title, cell in parts:
            self.heading(title)
            years = [str(year) for year in next(iter(forms.values())).years]
            rows = [
                (self.view.label(form), [cell(year) for year in cost.years.values()],
                 self.excluded(form))
                for form, cost in forms.items()
            ]  # fmt: skip
            self.over_time(self.say("costs.form"), years, rows)

    def warnings(self) -> None:
        """In which form, year and hours the first line is busier than people keep up."""
        advice = self.advice
        self.heading(self.say("costs.busy.title"))
        limit = values(advice.knowledge, advice.region)["occupancy_warning"]
        cap = advice.region.costs.occupancy_cap
        if cap is not None:
            self.line(self.say("costs.busy.cap", cap=self.numbers.percent(cap)))
        if not advice.costs.warnings:
            self.line(self.say("costs.busy.none", limit=self.numbers.percent(limit)))
            return
        self.line(self.say("costs.busy.about", limit=self.numbers.percent(limit)))
        rows: list[Row] = [
            (
                self.view.label(one.form),
                (str(one.year), self.numbers.percent(one.occupancy, 1), "\n".join(self.hours(one))),
                self.excluded(one.form),
            )
            for one in advice.costs.warnings
        ]
        columns = [
            self.say("costs.busy.year"),
            self.say("costs.busy.occupancy"),
            self.say("costs.busy.hours"),
        ]
        self.table(self.say("costs.form"), columns, rows)

    def hours(self, one: OccupancyWarning) -> Iterator[str]:
        """The hours above the limit, those that follow on each other in one stretch."""
        day = self.advice.costs.forms[one.form].years[one.year].hours
        for busy, stretch in groupby((hour.start for hour in day), key=one.hours.__contains__):
            hours = [*stretch]
            if busy:
                yield hours[0] if len(hours) == 1 else f"{hours[0]} - {hours[-1]}"

    def overstaffing(self) -> None:
        """How many people fewer it takes when callers hang up, in the last year."""
        advice, year, numbers = self.advice, self.last_year, self.numbers
        if not self.found.overstaffing:
            return
        patience = numbers.plain(advice.region.costs.patience or 0)
        within = numbers.plain(values(advice.knowledge, advice.region)["answer_within"])
        self.heading(self.say("costs.patience.title", year=year))
        self.line(self.say("costs.patience.about", patience=patience, within=within))
        rows: list[Row] = []
        for form, years in self.found.overstaffing.items():
            one = years[year]
            fte = [numbers.number(n, 1) for n in (one.fte, one.with_patience, one.forgiving)]
            cells = [*fte, numbers.euro(one.saving)]
            rows.append((self.view.label(form), cells, self.excluded(form)))
        columns = [
            self.say("costs.patience.nobody"),
            self.say("costs.patience.strict"),
            self.say("costs.patience.forgiving"),
            self.say("costs.patience.saving"),
        ]
        self.table(self.say("costs.form"), columns, rows)

    def channels(self) -> None:
        """The contacts in every channel, and what those that move change in the cost."""
        costs, year, numbers = self.advice.costs, self.last_year, self.numbers
        if not costs.channels:
            return
        names = {name: one.name for name, one in self.advice.knowledge.channels.items()}
        alike = self._alike()
        moving = [form for group in alike for form in group]
        self.heading(self.say("costs.channels.title"))
        self.line(self.say("costs.channels.about", forms=numbers.listing(moving)))
        if any(costs.forms[form].assumed for form in moving):
            self.line(self.say("costs.channels.assumed"))
        rows: list[Row] = []
        for use in costs.channels:
            price = use.cost_per_contact
            cells = [numbers.number(use.contacts), "" if price is None else numbers.cents(price)]
            cells += [numbers.number(use.contacts_in[group[0]][year]) for group in alike]
            rows.append((names[use.channel], cells, False))
        columns = [self.say("costs.channels.now"), self.say("costs.channels.price")]
        for group in alike:
            forms = numbers.listing(group)
            columns.append(self.say("costs.channels.then", forms=forms, year=year))
        self.table(self.say("costs.channels.channel"), columns, rows)
        self.heading(self.say("costs.channels.change"))
        self.line(self.say("costs.channels.included"))
        changes: list[Row] = []
        for form in moving:
            cells = [numbers.cents(one.other_channels) for one in costs.forms[form].years.values()]
            changes.append((self.view.label(form), cells, self.excluded(form)))
        years = [str(one) for one in costs.forms[moving[0]].years]
        self.over_time(self.say("costs.form"), years, changes)

    def _alike(self) -> list[list[str]]:
        """The forms that move contacts, those with the same contacts in one group."""
        groups: dict[str, list[str]] = {}
        uses = self.advice.costs.channels
        for form in uses[0].contacts_in:
            groups.setdefault(str([use.contacts_in[form] for use in uses]), []).append(form)
        return [*groups.values()]

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
        columns = [*years, self.say("costs.conditions.period")]
        self.over_time(self.say("costs.form"), columns, rows)

    def needed(self, one: Needed, other: str) -> str:
        alike = self.found.uncertainty.alike
        if any({self.found.form, other} <= {*group} for group in alike):
            return self.say("costs.conditions.same")
        if one.share is None:
            return self.say(ANSWERS[one.outcome])
        return self.say("costs.conditions.from", share=self.numbers.share(one.share))

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
        unsure, year = self.found.uncertainty, self.last_year
        self.heading(self.say("costs.uncertainty.title", year=year))
        self.line(self.say("costs.uncertainty.about"))
        rows: list[Row] = []
        for form, spread in unsure.forms.items():
            one = spread.years[year].cost_per_call
            cells = [self.numbers.cents(amount) for amount in (one.p10, one.p50, one.p90)]
            cells.append(self.chance(self.found.of_stated, form))
            rows.append((self.view.label(form), cells, self.excluded(form)))
        columns = ["P10", "P50", "P90", self.say("costs.uncertainty.unbeaten")]
        self.table(self.say("costs.form"), columns, rows)
        self.left_out()
        for alike in unsure.alike:
            forms = self.numbers.listing(alike)
            self.line(self.say("costs.uncertainty.alike", forms=forms))
        drawn = {"draws": self.numbers.number(unsure.draws), "seed": unsure.seed}
        error = self.numbers.number(100 / sqrt(unsure.draws), 1)
        self.line(self.say("costs.uncertainty.drawn", **drawn, error=error))

    def chance(self, unsure: Uncertainty, form: str) -> str:
        """The chance that no other form is cheaper per call; nothing for a form left out."""
        if form not in unsure.forms:
            return ""
        one = unsure.forms[form].years[self.last_year].cost_per_call
        return self.numbers.percent(one.unbeaten.value, 1)

    def left_out(self) -> None:
        """Which forms have no chance beside them, and what it would be if they counted."""
        unsure, form = self.found.uncertainty, self.found.form
        assumed = [name for name in unsure.forms if name not in self.found.of_stated.forms]
        if not assumed:
            return
        self.line(self.say("costs.uncertainty.assumed", forms=self.numbers.listing(assumed)))
        if form is not None:
            chance = self.chance(unsure, form)
            self.line(self.say("costs.uncertainty.counted", form=form, chance=chance))

    def tornado(self, form: str) -> None:
        """The kengetallen that matter most for the form in the last year."""
        found, year = self.found.uncertainty.tornado, self.last_year
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
