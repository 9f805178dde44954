"""The tables of an advice as somebody reads them in a workbook: names for ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from decision.advice.advice import Advice
from decision.report.document.tree import Pages, Picture, walk
from decision.report.view.names import Names
from decision.words.catalogue import catalogue, sentence

if TYPE_CHECKING:
    from decision.report.charts.diagram import Diagram

__all__ = ["BookSheet", "Kind", "sheets"]

Kind: TypeAlias = Literal["text", "count", "number", "year", "euro", "cents", "share"]
"""How a column is read: a ``share`` (0-1) as a percentage, ``cents`` as euro with cents."""

Value: TypeAlias = str | int | float | None

FORM = "form"

TABLES: Mapping[str, Mapping[str, Kind | str]] = {
    "forms": {
        FORM: "text", "name": "text", "eligible": "answer", "score": "points",
        "score_low": "points", "score_high": "points", "rank": "count", "investment": "euro",
        "write_off": "euro", "assumed": "answer",
    },
    "verdicts": {FORM: "text", "partner": "partner", "rule": "rule", "truth": "answer"},
    "scores": {
        FORM: "text", "criterion": "criterion", "group": "group", "raw": "number",
        "value": "number", "low": "number", "high": "number", "weight": "share",
        "contribution": "points",
    },
    "costs": {
        FORM: "text", "year": "year", "calls": "count", "direct": "share",
        "handling_first_line": "count", "fte_first_line": "number", "fte_second_line": "number",
        "price_first_line": "cents", "price_second_line": "cents", "depreciation": "cents",
        "running_costs": "cents", "other_channels": "cents", "cost_per_call": "cents",
        "total": "euro", "occupancy_first_line": "share",
    },
    "plan": {
        "partner": "partner", "role": "role", FORM: "text", "may_join": "text", "wave": "count",
        "earliest": "count", "latest": "count", "remedies": "count",
    },
    "activities": {
        "activity": "activity", "partner": "partner", "start": "number", "finish": "number",
        "slack": "number", "effort_days": "number", "uncertain": "answer", "critical": "answer",
        "after": "tasks",
    },
    "sharing": {
        "key": "key", "municipality": "partner", "pays": "euro", "against_alone": "euro",
    },
}  # fmt: skip
"""The columns of each table of an advice that a reader gets, in their order, and what is in them.

Ids of tasks, and who stands in line behind them, are for programs.
"""

POINTS = 100
"""A score of 1 in points."""


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One table: its short name, its title, and the name, kind and values of each column."""

    name: str
    title: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(advice: Advice, pages: Pages, lang: str) -> Iterator[BookSheet]:
    """The tables of the advice that are not empty, and the data of the figures in ``pages``."""
    yield from _tables(advice, lang)
    words = catalogue(lang, "words")
    for section in pages.sections:
        for block in walk(section.blocks):
            if isinstance(block, Picture):
                name = words.say("caption.figure", number=block.number)
                yield _figure(block.diagram, name)


def _tables(advice: Advice, lang: str) -> Iterator[BookSheet]:
    words = catalogue(lang, "workbook")
    reading = _Reading(advice, lang)
    for name, frame in advice.tables.items():
        if frame.empty:
            continue
        kinds = TABLES[name]
        columns = tuple(
            (words.say(f"tables.{name}.columns.{column}"), reading.kind(kind))
            for column, kind in kinds.items()
        )
        rows = tuple(
            tuple(reading.value(kind, row.get(column)) for column, kind in kinds.items())
            for row in map(_opened, frame.to_dict("records"))
        )
        yield BookSheet(
            words.say(f"tables.{name}.sheet"), words.say(f"tables.{name}.title"), columns, rows
        )


def _opened(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row in which what is earliest and latest stand side by side."""
    ready = row.get("ready")
    return {**row, **ready} if isinstance(ready, dict) else {**row}


def _figure(diagram: Diagram, name: str) -> BookSheet:
    columns = tuple(
        (one.name, "count" if one.unit == "number" and not one.decimals else _unit(one.unit))
        for one in diagram.columns
    )
    columns = tuple(
        (title, "cents" if kind == "euro" and one.decimals else kind)
        for (title, kind), one in zip(columns, diagram.columns, strict=True)
    )
    return BookSheet(name, diagram.title, columns, diagram.rows)


def _unit(unit: Literal["text", "number", "year", "euro", "share"]) -> Kind:
    return unit


class _Reading:
    """What a value of each kind says to a reader; nothing where it says nothing."""

    def __init__(self, advice: Advice, lang: str) -> None:
        self.names = Names(advice, catalogue(lang, "words"))
        self.words = catalogue(lang, "workbook")
        known = advice.knowledge
        self.read: dict[str, Callable[[Any], Value]] = {
            "answer": self.answer,
            "partner": self.names.name,
            "rule": lambda name: known.rules[name].because,
            "criterion": lambda name: sentence(known.criteria[name].name),
            "group": lambda name: known.groups[name].name,
            "role": lambda name: self.names.words.say(f"roles.{name}"),
            "activity": lambda name: sentence(known.activities[name].name),
            "tasks": self.tasks,
            "key": lambda name: self.words.say(f"keys.{name}"),
            "points": lambda score: POINTS * score,
        }

    def kind(self, kind: str) -> Kind:
        """How the column is read."""
        kinds: Sequence[Kind] = ("count", "number", "year", "euro", "cents", "share")
        return next((one for one in kinds if one == kind), "number" if kind == "points" else "text")

    def value(self, kind: str, given: Any) -> Value:  # noqa: ANN401 - of a data frame
        """A value of a data frame; what is not there is a number that equals nothing, or None."""
        if given is None or given != given:  # noqa: PLR0124 - so does pandas
            return self.names.region.name if kind == "partner" else None
        read = self.read.get(kind)
        made: Value = read(given) if read else given
        return made

    def answer(self, given: Any) -> str:  # noqa: ANN401 - a truth, or whether it is so
        said = given if isinstance(given, str) else ("yes" if given else "no")
        return self.words.say(f"answers.{said}")

    def tasks(self, after: str) -> str:
        """Names of tasks (``activity@partner``, or the activity alone)."""
        told = []
        for task in filter(None, after.split(", ")):
            activity, _, partner = task.partition("@")
            name = sentence(self.names.knowledge.activities[activity].name)
            told.append(f"{name} ({self.names.name(partner)})" if partner else name)
        return "; ".join(told)
