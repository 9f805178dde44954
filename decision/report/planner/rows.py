"""The activities of a plan as CSV that opens in a planner or a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from decision.advice.advice import Advice
from decision.report.view import View
from decision.roadmap.dates import day_of
from decision.roadmap.plan import Roadmap, Task
from decision.words.catalogue import catalogue
from decision.words.numbers import rounded

__all__ = ["rows"]

MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""

BETWEEN, POINT = {"nl": ";", "en": ","}, {"nl": ",", "en": "."}
"""What stands between cells, and in a number, where a spreadsheet speaks the language."""

COLUMNS = (
    *("id", "activity", "partner", "who", "level", "start", "finish", "start_week"),
    *("finish_week", "slack", "critical", "effort_days", "uncertain", "after", "does"),
)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell starts that a spreadsheet would work out."""


def rows(advice: Advice, plan: Roadmap, lang: str) -> str:
    """One row for each activity of a plan, in order of start, below the names of the columns.

    Dates are those of the first day of the reference date of the region, as ``YYYY-MM-DD``: of the
    day on which an activity starts, and of that on which it is done. Weeks count from the start.
    """
    words, written = catalogue(lang, "words"), StringIO()
    view = View(advice, words)
    write = csv.writer(written, delimiter=BETWEEN[lang], lineterminator="\r\n").writerow
    write(words.say(f"planner.columns.{name}") for name in COLUMNS)
    for task in plan.tasks:
        cells = dict(_cells(view, task, lang))
        write(cells[name] for name in COLUMNS)
    return MARK + written.getvalue()


def _cells(view: View, task: Task, lang: str) -> Iterator[tuple[str, str]]:
    """The cells of one activity, each with the name of its column."""
    known, say = view.knowledge.activities[task.activity], view.words.say
    for name, text in (
        ("id", task.id),
        ("activity", known.name),
        ("partner", view.name(task.partner)),
        ("who", view.who(task.activity)),
        ("level", say(f"planner.levels.{known.level}")),
        ("after", ", ".join(task.after)),
        ("does", known.does),
    ):
        yield name, _safe(text)
    for name, yes in (("critical", task.critical), ("uncertain", task.uncertain)):
        yield name, say("planner.yes" if yes else "planner.no")
    for name, week in (("start", task.start), ("finish", task.finish)):
        yield name, day_of(view.region, week).isoformat()
    for name, number in (
        ("start_week", task.start),
        ("finish_week", task.finish),
        ("slack", task.slack),
        ("effort_days", task.effort_days),
    ):
        yield name, f"{rounded(number, 2).normalize():f}".replace(".", POINT[lang])


def _safe(text: str) -> str:
    """The text as no spreadsheet works it out."""
    return f"'{text}" if text.startswith(FORMULA) else text
