"""A screen for what an advice finds: how its forms are called, and which can be chosen."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.screen.layout import Screen, TableRow
from decision.report.view import View

__all__ = ["Sheet"]

_LARGE = 100  # from here on a kengetal is shown without decimals


class Sheet(Screen):
    """A screen for the findings of one advice."""

    def __init__(self, advice: Advice, lang: str) -> None:
        """Print the findings of an advice in one language."""
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

    def row(self, form: str, *cells: str) -> TableRow:
        """What there is to tell of a form, faintly where it cannot be chosen."""
        return TableRow(self.view.label(form), cells, self.view.excluded(form))
