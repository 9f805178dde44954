"""The published figures beside those of the model, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from decision.costs.arithmetic import Measure
from decision.costs.verify import ErratumResult, Figure, Verification
from decision.report.screen.layout import Screen, grid
from decision.words.catalogue import Messages, catalogue
from decision.words.numbers import Numbers

__all__ = ["print_verification"]


def print_verification(region: str, result: Verification, lang: str) -> None:
    """Print how many figures hold, every erratum that is used, and all figures that differ."""
    screen, say, numbers = Screen(), catalogue(lang, "words"), Numbers(lang)
    screen.line(_summary(region, result, say))
    for line in _cheapest(result, say, numbers):
        screen.line(line)
    for one in result.errata:
        screen.heading(one.erratum.name)
        for line in (one.erratum.explanation, one.erratum.consequence, *_choice(one, say, numbers)):
            screen.line(line.replace("€ ", "€\u00a0"), "  ")
        screen.show(_table(one.figures, say, numbers))
    differing = result.of("differs")
    if differing:
        screen.heading(say.say("verify.differing"))
        screen.show(_table(differing, say, numbers))


def _summary(region: str, result: Verification, say: Messages) -> str:
    return say.say(
        "verify.summary",
        region=region,
        total=len(result.figures),
        given=sum(figure.given for figure in result.figures),
        reproduced=len(result.of("reproduced")),
        errata=len(result.of("erratum")),
        differs=len(result.of("differs")),
    )


def _cheapest(result: Verification, say: Messages, numbers: Numbers) -> Iterator[str]:
    """Which form is the cheapest in each year as stated, one line for each measure."""
    for measure, years in result.cheapest.items():
        found = [f"{numbers.listing(forms)} ({year})" for year, forms in years.items()]
        if found:
            per = _per(measure, say)
            yield say.say("verify.cheapest", per=per, forms=numbers.listing(found))


def _choice(one: ErratumResult, say: Messages, numbers: Numbers) -> Iterator[str]:
    """Whether an erratum changes which form is the cheapest, and when."""
    if not one.matters:
        yield say.say("verify.same")
    for change in one.changes:
        yield say.say(
            "verify.other",
            per=_per(change.measure, say),
            year=change.year,
            stated=numbers.listing(change.stated),
            published=numbers.listing(change.published),
        )


def _per(measure: Measure, say: Messages) -> str:
    return say.say("verify.per_call" if measure == "cost_per_call" else "verify.per_year")


def _table(figures: tuple[Figure, ...], say: Messages, numbers: Numbers) -> Table:
    """Each figure as printed, and as it follows from the inputs as stated and as published."""
    by_inputs = any(figure.as_published is not None for figure in figures)
    table = grid()
    table.add_column(say.say("verify.figure"), overflow="fold")
    for heading in ("verify.printed", "verify.stated", "verify.published")[: 2 + by_inputs]:
        table.add_column(say.say(heading), justify="right", no_wrap=True)
    for figure in figures:
        values = (figure.published, figure.computed, figure.as_published)[: 2 + by_inputs]
        table.add_row(Text(figure.id), *(_shown(value, figure, numbers) for value in values))
    return table


def _shown(value: float | None, figure: Figure, numbers: Numbers) -> str:
    """A value in the decimals of print."""
    if value is None:
        return "-"
    step = figure.high - figure.low
    decimals = next((places for places in range(4) if step > _ALMOST * 10**-places), 4)
    return numbers.number(value, decimals)


_ALMOST = 0.999
"""A step of 0.01 is not quite that once it is subtracted."""
