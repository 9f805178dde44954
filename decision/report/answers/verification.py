"""The published figures beside those of the model,."""

from __future__ import annotations

from collections.abc import Iterator

from decision.costs.arithmetic import Measure
from decision.costs.verify import ErratumResult, Verification, VerifiedFigure
from decision.report.answers.answer import Answer, TableRow
from decision.report.document.tree import Cell, Pages

__all__ = ["verification_answer"]


def verification_answer(region: str, result: Verification, lang: str) -> Pages:
    """How many figures hold, every erratum that is used, and all figures that differ."""
    shown = _Verification(lang)
    shown.summary(result)
    for one in result.errata:
        shown.erratum(one)
    differing = result.of("differs")
    if differing:
        shown.part("differing", shown.say("verify.differing"))
        shown.figures(differing)
    return shown.pages("verification", shown.say("answers.verification", region=region))


class _Verification(Answer):
    """The parts of the output."""

    def summary(self, result: Verification) -> None:
        """How many figures hold, and which form is the cheapest in each year as stated."""
        total, given = len(result.figures), sum(figure.given for figure in result.figures)
        counts = {"total": total, "given": given, **result.counts}
        self.line(self.say("verify.summary", **counts))
        for measure, years in result.cheapest.items():
            each = [f"{self.numbers.listing(forms)} ({year})" for year, forms in years.items()]
            if each:
                forms = self.numbers.listing(each)
                self.line(self.say("verify.cheapest", per=self.per(measure), forms=forms))

    def erratum(self, one: ErratumResult) -> None:
        """What is wrong in print, what that means, and each figure by which it shows."""
        self.part(one.id, one.erratum.name)
        for line in (one.erratum.explanation, one.erratum.consequence, *self.choice(one)):
            self.line(line.replace("€ ", "€\u00a0"))
        self.figures(one.figures)

    def choice(self, one: ErratumResult) -> Iterator[str]:
        """Whether an erratum changes which form is the cheapest, and when."""
        if not one.matters:
            yield self.say("verify.same")
        for change in one.changes:
            forms = {
                "stated": self.numbers.listing(change.stated),
                "published": self.numbers.listing(change.published),
            }
            yield self.say("verify.other", per=self.per(change.measure), year=change.year, **forms)

    def per(self, measure: Measure) -> str:
        return self.say("verify.per_call" if measure == "cost_per_call" else "verify.per_year")

    def figures(self, figures: tuple[VerifiedFigure, ...]) -> None:
        """Each figure as printed, and as it follows from the inputs as stated and as published."""
        shown = 2 + any(figure.as_published is not None for figure in figures)
        columns = ("verify.printed", "verify.stated", "verify.published")[:shown]
        rows = []
        for one in figures:
            values = (one.published, one.computed, one.as_published)[:shown]
            rows.append(TableRow(one.id, [self.value(value, one) for value in values]))
        self.table(self.said("verify.figure", *columns), rows)

    def value(self, value: float | None, figure: VerifiedFigure) -> str | Cell:
        """A value in the decimals of print."""
        if value is None:
            return "-"
        step = figure.high - figure.low
        decimals = next((places for places in range(4) if step > _ALMOST * 10**-places), 4)
        return self.number(value, decimals)


_ALMOST = 0.999
"""A step of 0.01 is not quite that once it is subtracted."""
