"""An answer on what an advice finds: how its forms are called, and which can be chosen."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.answers.answer import Answer, TableRow
from decision.report.document.tree import Cell
from decision.report.view import View

__all__ = ["Sheet"]

_LARGE = 100  # from here on a kengetal is shown without decimals


class Sheet(Answer):
    """An answer on the findings of one advice."""

    def __init__(self, advice: Advice, lang: str) -> None:
        """Begin with nothing told of an advice."""
        super().__init__(lang)
        self.advice, self.found = advice, advice.findings
        self.last_year = advice.region.costs.years[-1]
        self.view = View(advice, self.words)

    def span(self, low: float, high: float) -> str:
        """From one value to another, with the decimals that matter."""
        ends = (round(one) if abs(one) >= _LARGE else one for one in (low, high))
        return " - ".join(map(self.numbers.plain, ends))

    def kengetal(self, name: str) -> str:
        """A kengetal with its unit."""
        known = self.advice.knowledge.kengetallen.get(name)
        return f"{known.name} ({known.unit})" if known else name

    def row(self, form: str, *cells: str | Cell) -> TableRow:
        """What there is to tell of a form, faintly where it cannot be chosen."""
        return TableRow(self.view.label(form), cells, self.view.excluded(form))
