"""The advice on the terminal: the summary, the scores, the parts; and groupings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

from decision.advice.advice import Advice
from decision.load import Case
from decision.report.planner.wishes import answered
from decision.report.screen.document import show_section
from decision.report.screen.layout import Screen, TableRow
from decision.report.screen.sheet import Sheet

if TYPE_CHECKING:
    from decision.grouping.declared import GroupingResult, GroupResult
    from decision.report.document.tree import Section

__all__ = ["print_groupings", "print_summary"]

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


def print_groupings(case: Case, results: tuple[GroupingResult, ...], lang: str) -> None:
    """Print the declared groupings side by side, then each with its groups."""
    shown = _Groupings(case, lang)
    shown.beside_each_other(results)
    shown.line(shown.prices(case.knowledge, case.region))
    for result in results:
        shown.heading(result.grouping.name)
        for line in (*shown.groups(result), *shown.consequences(result)):
            shown.line(line, "  ")


class _Groupings(Screen):
    """The parts of the output."""

    def __init__(self, case: Case, lang: str) -> None:
        super().__init__(lang)
        self.region = case.region
        self.everyone = {**case.region.municipalities, **case.region.neighbours}

    def names(self, members: Iterable[str]) -> str:
        return self.numbers.listing([self.everyone[member].name for member in members])

    def beside_each_other(self, results: Iterable[GroupingResult]) -> None:
        """What each grouping comes to."""
        codes = ("grouping", "forms", "cost", "difference", "own", "redirected")
        rows = []
        for result in results:
            forms = sorted({self.form(group) for group in result.groups})
            cells = (
                self.numbers.listing(forms),
                self.numbers.euro(result.cost),
                self.numbers.euro(result.cost - result.baseline),
                self.span(map(self.numbers.percent, result.on_own_netnummer)),
                self.span(map(self.numbers.number, result.redirects)),
            )
            rows.append(TableRow(result.grouping.name, cells))
        columns = self.said(*(f"groupings.{code}" for code in codes))
        self.grid(columns, rows, self.say("groupings.title", region=self.region.name))

    def span(self, ends: Iterable[str]) -> str:
        """The ends of a range, or what it is for sure."""
        low, high = ends
        return low if low == high else self.say("groupings.span", low=low, high=high)

    def form(self, group: GroupResult) -> str:
        """The form of a group; without one its members go on as now, or nobody knows yet."""
        undecided = "undecided" in group.roles.values()
        return group.form or self.say("unknown" if undecided else "groupings.as_now")

    def groups(self, result: GroupingResult) -> Iterator[str]:
        """Who is in which group, in which form and for how much."""
        for group in result.groups:
            details = {"number": f"14{group.number}", "names": self.names(group.members)}
            code, cost = "group" if group.form else "no_form", self.numbers.euro(group.cost)
            yield self.say(f"groupings.{code}", **details, form=self.form(group), cost=cost)
        if result.left_out:
            cost = self.numbers.euro(fsum(result.municipalities[n] for n in result.left_out))
            yield self.say("groupings.left_out", names=self.names(result.left_out), cost=cost)

    def consequences(self, result: GroupingResult) -> Iterator[str]:
        """What a grouping asks of the technique, of others and of what exists, one line each."""
        asked = {
            "redirect": result.redirected,
            "alignment": result.align_with,
            "unknown": result.unknown_members,
        }
        for code, members in asked.items():
            if members:
                yield self.say(f"groupings.{code}", names=self.names(members))
        if result.ties_cut:
            ties = "; ".join(self.region.ties[tie].name for tie in result.ties_cut)
            yield self.say("groupings.ties", ties=ties)
