"""Regions, years or variants side by side: first the answer, then what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from decision.comparison.compare import TOPICS, SideBySide
from decision.report.answers.answer import Answer, TableRow
from decision.report.answers.comparison_rows import Rows
from decision.report.document.tree import Cell, Pages
from decision.words.catalogue import sentence

__all__ = ["comparison_answer"]

_MOST = 30  # rows of one table; the JSON has them all

_COSTS = ("cost_per_call", "total", "per_inhabitant")


def comparison_answer(found: SideBySide, lang: str) -> Pages:
    """The sides, what differs in the advice, and topic by topic what else differs."""
    shown = _Comparison(found, lang)
    shown.sides()
    if not found.equal:
        shown.topics()
        shown.rest()
    return shown.pages("comparison", shown.answer())


class _Comparison(Answer):
    """The parts of the output, each under its own heading."""

    def __init__(self, found: SideBySide, lang: str) -> None:
        super().__init__(lang)
        self.found, self.rows = found, Rows(found, self.words, self.numbers)

    def sides(self) -> None:
        """Which letter stands for what."""
        for letter, side in zip(self.rows.letters, self.found.sides, strict=True):
            advice = side.advice
            details = {"name": advice.region.name, "file": side.file}
            date = self.numbers.date(advice.as_of)
            changes = [
                self.say("comparison.change", change=self.rows.paths.change(one))
                for one in side.changes
            ]
            self.point(self.say("comparison.side", letter=letter, date=date, **details), changes)

    def answer(self) -> str:
        """Whether the advice is another one, and which."""
        advised = [side.advice.recommended for side in self.found.sides]
        form = self.rows.form(advised[0])
        if self.found.equal:
            return self.say("comparison.equal")
        if len(set(advised)) > 1:
            each = zip(advised, self.rows.letters, strict=True)
            parts = [self.advised(form, letter) for form, letter in each]
            return self.say("comparison.other", parts=self.numbers.listing(parts))
        if advised[0] is None:
            return self.say("comparison.still_none")
        if self.found.differences["advice"]:
            return self.say("comparison.other_path", form=form)
        return self.say("comparison.same", form=form)

    def advised(self, form: str | None, letter: str) -> str:
        if form is None:
            return self.say("comparison.none_in", side=letter)
        return self.say("comparison.form_in", form=self.rows.form(form), side=letter)

    def partners(self) -> None:
        """Who is on some sides only, those of the same sides together."""
        found: dict[tuple[bool, ...], list[str]] = {}
        for one in self.found.differences["partners"]:
            kind, name = one.steps
            found.setdefault(one.values, []).append(self.rows.partner(kind, name))
        for there, names in found.items():
            here = [letter for letter, is_ in zip(self.rows.letters, there, strict=True) if is_]
            details = {"sides": self.numbers.listing(here), "names": self.numbers.listing(names)}
            self.line(self.say("comparison.only", **details))

    def topics(self) -> None:
        """What differs, topic by topic; nothing of a topic in which nothing does."""
        rows = self.rows
        self.beside("in_short", self.say("comparison.in_short"), rows.in_short())
        self.partners()
        told = {"facts": rows.inputs, "verdicts": rows.verdicts, "roles": rows.roles}
        for topic, found in told.items():
            self.beside(topic, self.say(f"comparison.topics.{topic}"), found())
        self.costs()
        self.beside("scores", self.say("comparison.topics.scores"), rows.scores())

    def costs(self) -> None:
        """What forms cost in the last year; by inhabitant too where that says something else."""
        two = len(self.found.sides) == 2  # noqa: PLR2004 - the second is held against the first
        change = (self.say("comparison.difference"),) if two else ()
        as_large = len({one.inhabitants for one in self.found.measures}) == 1
        for key in _COSTS:
            if not (as_large and key == "per_inhabitant"):
                title = self.say(f"comparison.costs.{key}")
                self.beside(key, title, self.rows.costs(key), change)
        self.priced()

    def priced(self) -> None:
        """In the prices of which years the amounts are: of each side, or once for all."""
        self.part("prices", "")
        told = [self.prices(one.advice.knowledge, one.advice.region) for one in self.found.sides]
        if len({*told}) == 1:
            self.line(told[0])
            return
        for letter, prices in zip(self.rows.letters, told, strict=True):
            self.line(f"{letter}: {prices}")

    def rest(self) -> None:
        """What is the same, and where the rest can be seen."""
        self.part("rest", "")
        differences = self.found.differences
        alike = [one for one in TOPICS if one != "advice" and not differences[one]]
        same = self.said(*(f"comparison.topics.{one}" for one in alike))
        if same:
            self.line(self.say("comparison.unchanged", topics=self.numbers.listing(same)))
        count = sum(map(len, differences.values()))
        self.line(self.say("comparison.count", count=self.numbers.number(count)))

    def beside(
        self, name: str, title: str, rows: Iterable[TableRow], extra: Sequence[str] = ()
    ) -> None:
        """A table with a column for each side; rows that read the same on all are left out."""
        sides = len(self.found.sides)
        told = [row for row in rows if len({*map(_text, row.cells[:sides])}) > 1]
        if not told:
            return
        self.part(name, sentence(title))
        columns = ("", *self.rows.letters, *extra)
        self.table(columns, told[:_MOST], texts=range(len(columns)))
        if len(told) > _MOST:
            self.line(self.say("comparison.more", count=len(told) - _MOST))


def _text(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell
