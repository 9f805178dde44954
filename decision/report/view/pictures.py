"""The figures of the document by their names, each with its data as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from decision.report.document.tree import Cell, Picture, Record
from decision.report.view.exhibits import NONE

if TYPE_CHECKING:
    from decision.report.view.exhibits import Desk

__all__ = ["PICTURES"]


def scores(at: Desk) -> Picture:
    """The points of every form, the best first."""
    view = at.view
    weights = at.advice.scores.weights
    rows = [
        Record(
            (
                Cell(view.label(one.form) + view.set_apart(one.form)),
                *(Cell(at.numbers.span(view.points(one.form, id_), 1)) for id_ in weights),
                Cell(at.numbers.span(view.points(one.form), 1), 100 * one.score),
            ),
            faint=not one.rank,
        )
        for one in view.ranked()
    ]
    groups = view.knowledge.groups
    kinds = {at.say("columns.form"): "text"}
    kinds |= {groups[id_].name.capitalize(): "number" for id_ in weights}
    kinds |= {at.say("columns.points"): "number"}
    best = [one.form for one in view.ranked() if one.rank == 1]
    code = "title_first" if len(best) == 1 else "title"
    title = at.say(code, form=at.listing(best))
    between = any(low != high for low, high in (view.points(one.form) for one in view.ranked()))
    note = at.say("note") + (" " + at.say("between") if between else "")
    data = at.table(title, kinds, rows)
    return Picture("scores", title, at.say("alt"), data, note=note)


def planning(at: Desk) -> Picture | None:
    """When there is work, and when who goes live."""
    bars = at.view.bars()
    if not bars:
        return None
    rows = [
        (
            Cell(bar.label),
            at.number(bar.start),
            at.number(bar.finish),
            NONE if bar.milestone is None else at.number(bar.milestone),
        )
        for bar in bars
    ]
    weeks = max(max(bar.finish, bar.milestone or 0) for bar in bars)
    title = at.say("title", weeks=at.numbers.number(weeks))
    kinds = at.columns(who="text", start="number", finish="number", live="number")
    return Picture(
        "planning", title, at.say("alt"), at.table(title, kinds, rows), note=at.say("note")
    )


PICTURES: Mapping[str, Callable[[Desk], Picture | None]] = {"scores": scores, "planning": planning}
"""Every figure that a template can name."""
