"""What tables and pictures are made with: the view, the numbers and the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decision.report.document.tree import Cell, Column, Record, Table

if TYPE_CHECKING:
    from decision.advice.advice import Advice
    from decision.model.facts import Size
    from decision.report.view import View
    from decision.words.catalogue import Messages
    from decision.words.numbers import Numbers

__all__ = ["NONE", "Desk"]

NONE = Cell("\u2013")
"""What stands where there is nothing to tell."""


@dataclass(frozen=True)
class Desk:
    """Where one table is made; in the main text (``rough``) amounts are round figures."""

    name: str
    view: View
    words: Messages
    numbers: Numbers
    rough: bool = True

    @property
    def advice(self) -> Advice:
        """What the table is about."""
        return self.view.advice

    def say(self, code: str, **details: object) -> str:
        """A sentence of this table."""
        return self.words.say(f"{self.name}.{code}", **details)

    def listing(self, items: Iterable[str]) -> str:
        """Names as one part of a sentence."""
        return self.numbers.listing(items)

    # --- cells ---------------------------------------------------------------------------------

    def money(self, amount: float, *, signed: bool = False) -> Cell:
        """An amount in euro; in the main text in thousands."""
        text = self.numbers.euro(round(amount, -3) if self.rough else amount)
        return Cell(f"+{text}" if signed and round(amount) > 0 else text, amount)

    def cents(self, amount: float) -> Cell:
        """An amount in euro and cents."""
        return Cell(self.numbers.cents(amount), amount)

    def number(self, value: float, decimals: int = 0) -> Cell:
        """A number."""
        return Cell(self.numbers.number(value, decimals), value)

    def percent(self, share: float) -> Cell:
        """A share (0-1) as a percentage."""
        return Cell(self.numbers.percent(share), share)

    def size(self, size: Size) -> Cell:
        """A number of inhabitants, if it is known."""
        return self.unknown() if isinstance(size.value, str) else self.number(size.value)

    def unknown(self) -> Cell:
        """What nobody knows."""
        return Cell(self.words.say("unknown"), unknown=True)

    def week(self, week: float) -> Cell:
        """A week, as the month where the reference date has one."""
        month = self.view.month_of(week)
        if month is None:
            return Cell(self.words.say("week", week=self.numbers.number(week)), week)
        return Cell(self.numbers.date(month), week)

    # --- tables --------------------------------------------------------------------------------

    def table(
        self,
        title: str,
        columns: Mapping[str, str],
        rows: Iterable[Record | Sequence[Cell]],
        *,
        note: str = "",
        source: str = "",
    ) -> Table:
        """A table: the columns by their titles, each with the kind of what stands in it."""
        found = (one if isinstance(one, Record) else Record(tuple(one)) for one in rows)
        heads = (
            Column(name, "number" if kind == "number" else "text") for name, kind in columns.items()
        )
        return Table(self.name, title, tuple(heads), tuple(found), source, note)

    def columns(self, **kinds: str) -> dict[str, str]:
        """Columns by the codes of their titles."""
        return {self.say(f"columns.{code}"): kind for code, kind in kinds.items()}

    def source(self, *documents: str, computed: bool = True) -> str:
        """Where a table comes from, in one line: documents by their titles, and our own sums."""
        known = self.view.documents
        told = [f"{known[one].title} ({known[one].year})" for one in documents if one in known]
        told += [self.words.say("computed")] * computed
        return self.words.say("source", sources=self.listing(told)) if told else ""
