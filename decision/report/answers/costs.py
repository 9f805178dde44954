"""The costs: all forms, what must come true, how sure, who pays, which route."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from math import sqrt

from decision.advice.advice import Advice
from decision.costs.break_even import Needed
from decision.costs.inputs import values
from decision.costs.result import OccupancyWarning, YearCost
from decision.costs.uncertainty import Uncertainty
from decision.report.answers.answer import TableRow
from decision.report.answers.joint import joint
from decision.report.answers.sheet import Sheet
from decision.report.answers.staffing import staffing
from decision.report.document.tree import Cell, Pages
from decision.report.view.doubts import doubts_told
from decision.sharing.money import ChosenMoney

__all__ = ["costs_answer"]

_TURNS = 12  # changes of the cheaper form that are shown; the JSON has them all


def costs_answer(advice: Advice, lang: str) -> Pages:
    """The costs of all forms, and what is known about the one that the questions are on."""
    shown, found = _Costs(advice, lang), advice.findings
    shown.introduction()
    shown.plan()
    shown.forms()
    shown.warnings()
    shown.take(staffing(advice, lang))
    shown.overstaffing()
    shown.channels()
    if found.form is not None:
        shown.conditions(found.form)
        shown.turns(found.form)
    shown.uncertainty()
    if found.chosen is not None:
        shown.tornado(found.chosen.form)
        shown.take(joint(advice, found.chosen, lang))
    title = shown.say("answers.costs", region=advice.region.name)
    return shown.pages("costs", title)


class _Costs(Sheet):
    """The parts about all forms and about what has to come true, each under its own heading."""

    def introduction(self) -> None:
        form, recommended = self.found.form, self.advice.recommended
        if form is None:
            code = "costs.no_form"
        elif form == recommended:
            code = "costs.advised"
        else:
            code = "costs.asked" if recommended is None else "costs.another"
        names = {"form": self.view.label(form), "recommended": self.view.label(recommended)}
        self.line(self.say(code, **names))
        excluded = [name for name in self.advice.costs.forms if self.view.excluded(name)]
        if recommended is not None and excluded:
            self.line(self.say("costs.excluded", forms=self.numbers.listing(excluded)))
        self.line(self.view.prices())
        for told in doubts_told(self.advice.costs.doubts, self.words, self.numbers):
            self.line(told)

    def plan(self) -> None:
        """The money of the advised plan, year by year, beside going on as now."""
        money, numbers = self.found.plan_money, self.numbers
        if money is None:
            return
        self.part("plan", self.say("costs.plan.title"))
        self.line(self.say("costs.plan.about", investment=numbers.euro(money.investment)))
        years = money.years.values()
        rows = [
            TableRow(self.say("costs.plan.now"), tuple(self.euro(y.baseline) for y in years)),
            TableRow(self.say("costs.plan.cost"), tuple(self.euro(y.cost) for y in years)),
            *self.joined(),
            TableRow(self.say("costs.plan.cash"), tuple(self.euro(y.cash) for y in years)),
            *(
                TableRow(self.say(f"costs.plan.{kind}"), tuple(map(self.euro, euro)))
                for kind, euro in (
                    ("project", [y.projects for y in years]),
                    ("channel_steering", [y.channel_steering for y in years]),
                )
                if any(one.kind == kind for one in money.chosen)
            ),
            TableRow(
                self.say("costs.plan.fte_now"),
                tuple(self.number(y.baseline_fte, 1) for y in years),
            ),
            TableRow(self.say("costs.plan.fte"), tuple(self.number(y.fte, 1) for y in years)),
        ]
        self.table(["", *map(str, self.view.years)], rows)
        if self.found.undecided:
            names = numbers.listing(self.view.names(self.found.undecided))
            self.line(self.say("costs.plan.undecided", names=names))
        for one in money.chosen:
            self.beside(one)
        self.line(self.say("costs.plan.compare", year=str(self.view.years[0])))

    def joined(self) -> Iterator[TableRow]:
        """What the plan costs if the undecided join as well."""
        money = self.found.plan_money_if_all_join
        if money is not None:
            years = money.years.values()
            yield TableRow(self.say("costs.plan.joined"), tuple(self.euro(y.cost) for y in years))

    def beside(self, one: ChosenMoney) -> None:
        """What is to be told of a project that the region chose."""
        projects = self.advice.knowledge.projects
        if one.kind == "project" and one.late:
            self.line(self.say("costs.plan.late", name=projects[one.id].name))
        if one.kind == "project" and one.in_full is None and projects[one.id].once is None:
            self.line(self.say("costs.plan.no_amount", name=projects[one.id].name))

    def forms(self) -> None:
        """Cost per call, cost per year and staff of every form, year by year."""
        numbers = self.numbers

        def staff(year: YearCost) -> str:
            lines = (year.fte_first_line, year.fte_second_line)
            return " + ".join(numbers.number(fte, 1) for fte in lines)

        parts: tuple[tuple[str, Callable[[YearCost], str | Cell]], ...] = (
            ("per_call", lambda year: self.cents(year.cost_per_call)),
            ("per_year", lambda year: self.euro(year.total)),
            ("staff", staff),
        )
        forms = self.advice.costs.forms
        columns = [self.say("costs.form"), *map(str, self.view.years)]
        for name, cell in parts:
            self.part(name.replace("_", "-"), self.say(f"costs.{name}"))
            rows = [self.row(form, *map(cell, cost.years.values())) for form, cost in forms.items()]
            self.table(columns, rows)

    def warnings(self) -> None:
        """In which form, year and hours the first line is busier than people keep up."""
        advice = self.advice
        self.part("busy", self.say("costs.busy.title"))
        limit = values(advice.knowledge, advice.region)["occupancy_warning"]
        cap = advice.region.costs.occupancy_cap
        if cap is not None:
            self.line(self.say("costs.busy.cap", cap=self.numbers.percent(cap)))
        if not advice.costs.warnings:
            self.line(self.say("costs.busy.none", limit=self.numbers.percent(limit)))
            return
        self.line(self.say("costs.busy.about", limit=self.numbers.percent(limit)))
        columns = ("costs.form", "costs.busy.year", "costs.busy.occupancy", "costs.busy.hours")
        rows = []
        for one in advice.costs.warnings:
            busy, hours = self.percent(one.occupancy, 1), ", ".join(self.hours(one))
            rows.append(self.row(one.form, str(one.year), busy, hours))
        self.table(self.said(*columns), rows, texts=(0, 3))

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
        self.part("patience", self.say("costs.patience.title", year=year))
        self.line(self.say("costs.patience.about", patience=patience, within=within))
        rows = []
        for form, years in self.found.overstaffing.items():
            one = years[year]
            fte = [self.number(n, 1) for n in (one.fte, one.with_patience, one.forgiving)]
            rows.append(self.row(form, *fte, self.euro(one.saving)))
        people = ("costs.patience.nobody", "costs.patience.strict", "costs.patience.forgiving")
        self.table(self.said("costs.form", *people, "costs.patience.saving"), rows)

    def channels(self) -> None:
        """The contacts in every channel, and what those that move change in the cost."""
        costs, year, numbers = self.advice.costs, self.last_year, self.numbers
        if not costs.channels:
            return
        alike = self.view.moving()
        moving = [form for group in alike for form in group]
        self.part("channels", self.say("costs.channels.title"))
        self.line(self.say("costs.channels.about", forms=numbers.listing(moving)))
        if any(costs.forms[form].assumed for form in moving):
            self.line(self.say("costs.channels.assumed"))
        rows = []
        for use in costs.channels:
            price = use.cost_per_contact
            cells = [self.number(use.contacts), "" if price is None else self.cents(price)]
            cells += [self.number(use.contacts_in[group[0]][year]) for group in alike]
            rows.append(TableRow(self.advice.knowledge.channels[use.channel].name, cells))
        columns = self.said("costs.channels.channel", "costs.channels.now", "costs.channels.price")
        for group in alike:
            forms = numbers.listing(group)
            columns.append(self.say("costs.channels.then", forms=forms, year=year))
        self.table(columns, rows)
        self.part("change", self.say("costs.channels.change"))
        self.line(self.say("costs.channels.included"))
        changes = []
        for form in moving:
            years = costs.forms[form].years.values()
            changes.append(self.row(form, *(self.cents(one.other_channels) for one in years)))
        columns = [self.say("costs.form"), *map(str, self.view.years)]
        self.table(columns, changes)

    def conditions(self, form: str) -> None:
        """Which share of its promise the form needs against each other one."""
        self.part("conditions", self.say("costs.conditions.title", form=form))
        self.line(self.say("costs.conditions.about", form=form))
        rows: list[TableRow] = []
        years: tuple[int, ...] = ()
        for other, needed in self.found.break_even.cost_per_call.shares[form].items():
            years = tuple(needed.years)
            answers = [*needed.years.values(), needed.period]
            rows.append(self.row(other, *(self.needed(one, other) for one in answers)))
        columns = [self.say("costs.form"), *map(str, years), self.say("costs.conditions.period")]
        self.table(columns, rows)
        if parts := self.found.break_even.rough.get("kept"):
            self.line(self.say("costs.conditions.rough", parts=parts))

    def needed(self, one: Needed, other: str) -> str:
        alike = self.found.uncertainty.alike
        if any({self.found.form, other} <= {*group} for group in alike):
            return self.say("costs.conditions.same")
        if one.share is None:
            return self.say(f"costs.conditions.{one.outcome}")
        return self.say("costs.conditions.from", share=self.numbers.share(one.share))

    def turns(self, form: str) -> None:
        """At which values of a kengetal the form becomes or ceases to be the cheaper one."""
        rows = list(self._turns(form))
        self.part("turns", self.say("costs.turns.title", form=form))
        for name, parts in self.found.break_even.rough.items():
            if name in self.found.break_even.spans:
                kengetal = self.kengetal(name)
                self.line(self.say("costs.turns.rough", kengetal=kengetal, parts=parts))
        if not rows:
            self.line(self.say("costs.turns.none", form=form))
            return
        columns = self.said("costs.turns.compared", "costs.turns.year")
        columns.append(self.say("costs.turns.cheaper", form=form))
        self.table(columns, rows[:_TURNS])
        if len(rows) > _TURNS:
            self.line(self.say("costs.turns.more", count=len(rows) - _TURNS))

    def _turns(self, form: str) -> Iterator[TableRow]:
        spans = self.found.break_even.spans
        for name, pairs in self.found.break_even.cost_per_call.kengetallen.items():
            for other, found in pairs[form].items():
                for year, one in found.years.items():
                    if one.outcome == "turns":
                        parts = one.cheaper_between(spans[name])
                        between = "; ".join(self.span(*part) for part in parts)
                        yield TableRow(f"{other}: {self.kengetal(name)}", (str(year), between))

    def uncertainty(self) -> None:
        """What each form may cost in the last year, and the chance that none is cheaper."""
        unsure, year = self.found.uncertainty, self.last_year
        self.part("uncertainty", self.say("costs.uncertainty.title", year=year))
        self.line(self.say("costs.uncertainty.about"))
        rows = []
        for form, spread in unsure.forms.items():
            one = spread.years[year].cost_per_call
            amounts = map(self.cents, (one.p10, one.p50, one.p90))
            rows.append(self.row(form, *amounts, self.cheapest(self.found.of_stated, form)))
        unbeaten = self.say("costs.uncertainty.unbeaten")
        self.table([self.say("costs.form"), "P10", "P50", "P90", unbeaten], rows)
        self.left_out()
        for alike in unsure.alike:
            forms = self.numbers.listing(alike)
            self.line(self.say("costs.uncertainty.alike", forms=forms))
        drawn = {"draws": self.numbers.number(unsure.draws), "seed": unsure.seed}
        error = self.numbers.number(100 / sqrt(unsure.draws), 1)
        self.line(self.say("costs.uncertainty.drawn", **drawn, error=error))
        if unsure.draws < unsure.asked:
            asked = self.numbers.number(unsure.asked)
            self.line(self.say("costs.uncertainty.fewer", **drawn, asked=asked))

    def cheapest(self, unsure: Uncertainty, form: str) -> str:
        """The chance that no other form is cheaper per call; nothing for a form left out."""
        if form not in unsure.forms:
            return ""
        one = unsure.forms[form].years[self.last_year].cost_per_call
        return self.numbers.chance(one.unbeaten.value, 1)

    def left_out(self) -> None:
        """Which forms have no chance beside them, and what it would be if they counted."""
        unsure, form = self.found.uncertainty, self.found.form
        assumed = [name for name in unsure.forms if name not in self.found.of_stated.forms]
        if not assumed:
            return
        self.line(self.say("costs.uncertainty.assumed", forms=self.numbers.listing(assumed)))
        if form is not None:
            chance = self.cheapest(unsure, form)
            self.line(self.say("costs.uncertainty.counted", form=form, chance=chance))

    def tornado(self, form: str) -> None:
        """The kengetallen that matter most for the form in the last year."""
        found, year = self.found.uncertainty.tornado, self.last_year
        now = self.numbers.cents(found.base(form, None, year, "cost_per_call"))
        self.part("tornado", self.say("costs.tornado.title", form=form, year=year, now=now))
        names = ("costs.tornado.kengetal", "costs.tornado.span")
        rows = []
        for bar in found.bars(form, None, year, "cost_per_call"):
            if bar.swing:
                at_ends = map(self.cents, (bar.at_low, bar.at_high))
                rows.append(
                    TableRow(
                        self.kengetal(bar.kengetal),
                        (self.span(bar.span.low, bar.span.high), *at_ends),
                    )
                )
        columns = ("costs.tornado.low", "costs.tornado.high")
        self.table(self.said(*names, *columns), rows)
