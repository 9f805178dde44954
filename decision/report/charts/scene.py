"""What every figure is made from: an advice, what is asked of it, and the words of a language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from decision.model.values import first_day
from decision.report.charts.diagram import Cell, Diagram, DiagramColumn, Drawing
from decision.report.view.names import FEW
from decision.words.catalogue import Messages, catalogue, sentence
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.advice.advice import Advice
    from decision.report.view import View

__all__ = ["Scene"]

_WEEKS = (1, 2, 4, 13, 26, 52, 104, 260, 520, 1040, 5200)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 1200)
"""How far apart what is named on an axis of time can be."""


@dataclass(frozen=True)
class Scene:
    """What there is to tell of an advice, and in which language, for figures."""

    view: View
    lang: str

    @property
    def advice(self) -> Advice:
        """What the figures are about."""
        return self.view.advice

    @cached_property
    def words(self) -> Messages:
        """The words of figures."""
        return catalogue(self.lang, "charts")

    @cached_property
    def numbers(self) -> Numbers:
        """How numbers are written."""
        return Numbers(self.lang)

    def say(self, code: str, **details: object) -> str:
        """A sentence of the figures."""
        return self.words.say(code, **details)

    def figure(
        self,
        name: str,
        title: str,
        columns: Sequence[DiagramColumn],
        rows: Iterable[tuple[Cell, ...]],
        draw: Drawing,
        **details: object,
    ) -> Diagram:
        """A figure with the text in its place and, where its words have these, what is below it."""
        note, reading = (
            self.say(code, **details) if self.words.get(code) else ""
            for code in (f"note.{name}", f"reading.{name}")
        )
        return Diagram(
            id=name,
            title=sentence(title),
            alt=self.say(f"alt.{name}", title=sentence(title), **details),
            note=note,
            reading=reading,
            columns=tuple(columns),
            rows=tuple(rows),
            lang=self.lang,
            draw=draw,
        )

    def about(self, amount: float) -> str:
        """An amount in round figures: ``ruim € 1,8 miljoen``."""
        text, side = self.numbers.rounded(abs(amount))
        return self.view.words.say(f"rounding.{side}", amount=text)

    def those(self, partners: Sequence[str]) -> str:
        """Municipalities as a title can hold them."""
        return self.numbers.listing(self.view.those(partners, FEW))

    def when(self, week: float) -> str:
        """A week as a month where the reference date has one, else as a week."""
        month = self.view.month_of(week)
        return self.numbers.date(month) if month else self.say("week", week=int(week))

    def ticks(self, last: float, most: int) -> dict[float, str]:
        """A few weeks up to the last to name on an axis: first days of months, or weeks."""
        given = self.advice.region.reference_date
        if self.view.month_of(0) is None:
            step = next(one for one in _WEEKS if last / one < most)
            return {week: self.numbers.number(week) for week in range(0, int(last) + 1, step)}
        start = date.fromisoformat(first_day(given))
        step = next(one for one in _MONTHS if last * 12 / 52 / one < most)
        found: dict[float, str] = {}
        month = start.year * 12 + start.month - 1 + (start.day > 1)
        month += -month % min(step, 12)
        while (week := (date(month // 12, month % 12 + 1, 1) - start).days / 7) <= last:
            found[week] = self.numbers.month(f"{month // 12}-{month % 12 + 1:02}")
            month += step
        return found
