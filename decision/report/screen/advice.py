"""The advice on the terminal: the summary, the scores and the parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from decision.advice.advice import Advice
from decision.report.planner.wishes import answered
from decision.report.screen.document import show_section
from decision.report.screen.layout import TableRow
from decision.report.screen.sheet import Sheet

if TYPE_CHECKING:
    from decision.report.document.tree import Section

__all__ = ["print_summary"]

_BLOCKS = 4
"""How much of the first page fits on a screen with the tables below it."""

_MONEY = ("per_call", "per_year", "investment")


def print_summary(advice: Advice, lang: str, summary: Section) -> None:
    """Print what comes first of a summary, the scores of all forms and everybody's part."""
    shown = _Summary(advice, lang)
    show_section(shown, replace(summary, blocks=summary.blocks[:_BLOCKS]))
    shown.show()
    shown.scores()
    if advice.roadmap is not None:
        shown.show()
        shown.parts()
        shown.wishes()
        shown.organisations()


class _Summary(Sheet):
    """What stands below the summary."""

    def scores(self) -> None:
        """The score of every form, the best first, and its cost where that rests on no guess."""
        codes = [f"terminal.{one}" for one in ("form", "score", *_MONEY)]
        rows = []
        for one in self.view.ranked():
            cost = self.advice.costs.forms.get(one.form)
            money = cost and (
                self.numbers.cents(cost.last_year.cost_per_call),
                self.numbers.euro(cost.last_year.total),
                self.numbers.euro(cost.investment),
            )
            cells = (self.numbers.span(self.view.points(one.form), 1), *(money or _MONEY))
            name = self.view.label(one.form) + self.view.set_apart(one.form)
            rows.append(TableRow(name, cells, not one.rank))
        if self.advice.conditional is not None or not self.advice.costs.forms:
            codes = codes[: -len(_MONEY)]
            rows = [row._replace(cells=row.cells[: -len(_MONEY)]) for row in rows]
        columns = self.said(*codes)
        self.grid(columns, rows, self.say("terminal.scores"), no_wrap=True)
        if self.advice.conditional is None and self.advice.costs.forms:
            self.line(self.prices(self.advice.knowledge, self.advice.region))

    def parts(self) -> None:
        """The role, the form and the week of every municipality."""
        codes = (f"terminal.{one}" for one in ("partner", "role", "form", "week"))
        rows = []
        for name in self.view.region.municipalities:
            part, live = self.view.part(name), self.view.live_week(name)
            week = "" if live is None else self.numbers.number(live)
            role = self.say(f"roles.{part.role}")
            rows.append(TableRow(self.view.name(name), (role, part.form, week)))
        self.grid(self.said(*codes), rows, self.say("terminal.parts"), left=3)

    def wishes(self) -> None:
        """What those are told who want to start on a date."""
        for wish in self.advice.start_wishes:
            self.show()
            self.line(answered(self.view, self.numbers, wish))

    def organisations(self) -> None:
        """The regional organisations, one line for each role."""
        found: dict[str, list[str]] = {}
        for name in self.view.region.organisations:
            found.setdefault(self.view.part(name).role, []).append(self.view.name(name))
        for role, names in found.items():
            self.show()
            self.line(self.say(f"terminal.{role}", names=self.numbers.listing(names)))
