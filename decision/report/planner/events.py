"""A plan as a calendar that can be imported (RFC 5545): work, decisions, papers and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from decision.advice.advice import Advice
from decision.report.view import View
from decision.roadmap.dates import day_of, start_of
from decision.roadmap.plan import Roadmap
from decision.words.catalogue import Messages, catalogue, sentence

__all__ = ["calendar"]

MOST_OCTETS = 75
"""The longest line of a calendar; a longer one goes on in the next, behind a space."""

ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class _Event:
    """Something on one day, or on all days from ``first`` up to but not on ``until``."""

    id: str
    first: dt.date
    until: dt.date | None
    summary: str
    about: str
    who: str


def calendar(advice: Advice, plan: Roadmap, lang: str) -> str:
    """All of a plan as events of whole days, from the first day of the reference date on.

    An event keeps its id as long as its activity does, so that a later plan takes its place.
    """
    words = catalogue(lang, "words")
    view = View(advice, words)
    stamp = f"{start_of(view.region):%Y%m%d}T000000Z"
    title = words.say("planner.title", region=view.region.name, form=view.label(plan.form))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//decide-region//decide roadmap//{lang.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for one in _events(view, advice, plan, words):
        lines += _written(one, f"{view.region.id}.{plan.form}", stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _events(view: View, advice: Advice, plan: Roadmap, words: Messages) -> Iterator[_Event]:
    """The work and the milestones of a plan, then when papers must be in, then the reports."""
    region, known = view.region, view.knowledge.activities
    for task in plan.tasks:
        one, days = known[task.activity], [day_of(region, w) for w in (task.start, task.finish)]
        who = view.who(task.activity)
        kind = "decision" if one.level == "decision" else "live" if one.milestone else "work"
        details = {"activity": one.name, "partner": view.name(task.partner)}
        if days[0] < days[1]:
            summary = words.say("planner.events.work", **details)
            yield _Event(f"{task.id}.work", days[0], days[1], sentence(summary), one.does, who)
        if kind != "work" or days[0] == days[1]:
            summary = words.say(f"planner.events.{kind}", **details)
            yield _Event(f"{task.id}.{kind}", days[1], None, sentence(summary), one.does, who)
    for decision in advice.decisions:
        if decision.papers is not None and decision.status == "to_take":
            one, who = known[decision.activity], view.body(decision.body)
            details = {"activity": one.name, "partner": view.name(decision.partner)}
            day = day_of(region, decision.papers)
            summary = words.say("planner.events.papers", **details)
            yield _Event(f"{decision.id}.papers", day, None, summary, one.does, who)
    for moment in advice.occasions:
        about = view.knowledge.moments[moment.moment]
        to = ", ".join(view.body(body) for body in moment.to)
        summary = words.say("planner.events.moment", name=about.name, to=to)
        name, day = f"{moment.moment}.{moment.number}", day_of(region, moment.week)
        yield _Event(name, day, None, sentence(summary), about.does, view.body(moment.body))


def _written(one: _Event, prefix: str, stamp: str) -> Iterator[str]:
    """The lines of one event."""
    yield "BEGIN:VEVENT"
    yield f"UID:{prefix}.{one.id.replace('@', '.')}@decide-region"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}"
    if one.until is not None:
        yield f"DTEND;VALUE=DATE:{one.until:%Y%m%d}"
    yield f"SUMMARY:{_text(one.summary)}"
    yield f"DESCRIPTION:{_text(one.about)}"
    yield f"CATEGORIES:{_text(one.who)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text in which nothing reads as a sign of the calendar itself."""
    return text.translate(ESCAPED)


def _folded(line: str) -> str:
    """A line over as many lines as it takes, with no character cut in two."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MOST_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts)
