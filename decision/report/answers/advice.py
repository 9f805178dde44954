"""The advice: the summary, the scores and the parts."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Pages, Section
from decision.report.planner.wishes import answered

__all__ = ["summary_answer"]

_BLOCKS = 4
"""How much of the first page fits on a screen with the tables below it."""

_MONEY = ("per_call", "per_year", "investment")


def summary_answer(advice: Advice, lang: str, summary: Section) -> Pages:
    """What comes first of a summary, the scores of all forms and everybody's part."""
    shown = _Summary(advice, lang)
    for block in summary.blocks[:_BLOCKS]:
        shown.add(block)
    shown.scores()
    if advice.roadmap is not None:
        shown.parts()
        shown.wishes()
        shown.organisations()
    return shown.pages(summary.id, summary.title)


class _Summary(Sheet):
    """What stands below the summary."""

    def scores(self) -> None:
        """The score of every form, the best first, and its cost where that rests on no guess."""
        codes = [f"terminal.{one}" for one in ("form", "score", *_MONEY)]
        rows = []
        for one in self.view.ranked():
            cost = self.advice.costs.forms.get(one.form)
            money = cost and (
                self.cents(cost.last_year.cost_per_call),
                self.euro(cost.last_year.total),
                self.euro(cost.investment),
            )
            cells = (self.numbers.span(self.view.points(one.form), 1), *(money or _MONEY))
            name = self.view.label(one.form) + self.view.set_apart(one.form)
            rows.append(TableRow(name, cells, not one.rank))
        if self.advice.conditional is not None or not self.advice.costs.forms:
            codes = codes[: -len(_MONEY)]
            rows = [row._replace(cells=row.cells[: -len(_MONEY)]) for row in rows]
        columns = self.said(*codes)
        self.table(columns, rows, title=self.say("terminal.scores"))
        if self.advice.conditional is None and self.advice.costs.forms:
            self.line(self.prices(self.advice.knowledge, self.advice.region))

    def parts(self) -> None:
        """The role, the form and the week of every municipality."""
        codes = (f"terminal.{one}" for one in ("partner", "role", "form", "week"))
        rows = []
        for name in self.view.region.municipalities:
            part, live = self.view.part(name), self.view.live_week(name)
            week = "" if live is None else self.numbers.number(live)
            role = self.say(f"roles.{self.view.role_in_words(name)}")
            rows.append(TableRow(self.view.name(name), (role, part.form, week)))
        title = self.say("terminal.parts")
        self.table(self.said(*codes), rows, texts=(0, 1, 2), title=title)

    def wishes(self) -> None:
        """What those are told who want to start on a date."""
        for told in answered(self.view, self.numbers, self.advice.start_wishes):
            self.line(told)

    def organisations(self) -> None:
        """The regional organisations, one line for each role."""
        found: dict[str, list[str]] = {}
        for name in self.view.region.organisations:
            found.setdefault(self.view.part(name).role, []).append(self.view.name(name))
        for role, names in found.items():
            self.line(self.say(f"terminal.{role}", names=self.numbers.listing(names)))
