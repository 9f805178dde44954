"""What every part of the costs on the terminal needs: the words and the numbers."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.screen.layout import Screen
from decision.report.view import View
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["Sheet"]

_LARGE = 100  # from here on a kengetal is shown without decimals


class Sheet(Screen):
    """A screen for the costs, with their words and numbers."""

    def __init__(self, advice: Advice, lang: str) -> None:
        """Print the findings of an advice in one language."""
        super().__init__()
        self.advice, self.found = advice, advice.findings
        self.last_year = advice.region.costs.years[-1]
        self.numbers = Numbers(lang)
        self.words = catalogue(lang, "words")
        self.say = self.words.say
        self.view = View(advice, self.words)

    def figure(self, value: float) -> str:
        """A value with the decimals that matter."""
        return self.numbers.plain(round(value) if abs(value) >= _LARGE else value)

    def span(self, low: float, high: float) -> str:
        """From one value to another."""
        return f"{self.figure(low)} - {self.figure(high)}"

    def kengetal(self, name: str) -> str:
        """A kengetal with its unit."""
        known = self.advice.knowledge.kengetallen.get(name)
        return f"{known.name} ({known.unit})" if known else name

    def excluded(self, form: str) -> bool:
        """Whether the region cannot choose the form."""
        return not self.advice.eligibility.forms[form].eligible
