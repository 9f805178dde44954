"""The activities of a plan as CSV that opens in a planner or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from decision.advice.advice import Advice
from decision.report.document.spreadsheet import as_csv
from decision.report.document.tree import Cell
from decision.report.view import View
from decision.roadmap.dates import day_of
from decision.roadmap.plan import Roadmap, Task
from decision.words.catalogue import catalogue
from decision.words.numbers import rounded

__all__ = ["rows"]

COLUMNS = (
    *("id", "activity", "partner", "who", "level", "start", "finish", "start_week"),
    *("finish_week", "slack", "critical", "effort_days", "uncertain", "after", "does"),
)


def rows(advice: Advice, plan: Roadmap, lang: str) -> str:
    """One row for each activity of a plan, in order of start, below the names of the columns.

    Dates are those of the first day of the reference date of the region, as ``YYYY-MM-DD``: of the
    day on which an activity starts, and of that on which it is done. Weeks count from the start.
    """
    words = catalogue(lang, "words")
    view = View(advice, words)
    found = [[Cell(words.say(f"planner.columns.{name}")) for name in COLUMNS]]
    for task in plan.tasks:
        cells = dict(_cells(view, task))
        found.append([cells[name] for name in COLUMNS])
    return as_csv(found, lang)


def _cells(view: View, task: Task) -> Iterator[tuple[str, Cell]]:
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
        ("critical", say("planner.yes" if task.critical else "planner.no")),
        ("uncertain", say("planner.yes" if task.uncertain else "planner.no")),
        ("start", day_of(view.region, task.start).isoformat()),
        ("finish", day_of(view.region, task.finish).isoformat()),
    ):
        yield name, Cell(text)
    for name, number in (
        ("start_week", task.start),
        ("finish_week", task.finish),
        ("slack", task.slack),
        ("effort_days", task.effort_days),
    ):
        yield name, Cell("", float(rounded(number, 2)))
