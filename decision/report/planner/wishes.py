"""What municipalities that want to start on a date are told, in one or two sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from decision.report.view import View
from decision.roadmap.dates import day_of
from decision.roadmap.plan import Roadmap, Task
from decision.roadmap.wishes import StartWish
from decision.words.catalogue import Messages, sentence
from decision.words.numbers import Numbers

__all__ = ["answered", "length", "month", "on_date"]

DAYS_OF_MONTH = 365.25 / 12
MONTH = DAYS_OF_MONTH / 7
"""The weeks of a month."""

MOST_STEPS = 3
"""So many steps are named one by one; of more only the first and the last."""

DAY = len("2009-01-01")


def answered(view: View, numbers: Numbers, wishes: Iterable[StartWish]) -> list[str]:
    """Whether wishes for a date can be met, and what decides where not: those alike together."""
    alike: dict[tuple[StartWish, str], list[str]] = {}
    for one in wishes:
        because = _because(view, numbers, one)
        told = replace(one, partner="", decided_by=())
        alike.setdefault((told, because), []).append(one.partner)
    return [_told(view, numbers, *one, names) for one, names in alike.items()]


def _told(
    view: View, numbers: Numbers, wish: StartWish, because: str, partners: Sequence[str]
) -> str:
    """What those with the same wish and the same answer are told."""
    say = view.words.say
    details = {
        "names": sentence(numbers.listing(view.those(partners))),
        "count": len(partners),
        "when": on_date(view.words, numbers, wish.by),
    }
    if view.plan is None or wish.week is None or wish.late is None:
        return say(f"roadmap.wishes.no_plan.{wish.met}", **details)
    details["month"] = month(view, numbers, wish.week)
    if wish.met == "yes":
        return say("roadmap.wishes.met", **details)
    told = say("roadmap.wishes.late", **details, length=length(view.words, wish.late))
    return f"{told} {because}" if because else told


def _because(view: View, numbers: Numbers, wish: StartWish) -> str:
    """Where the time goes until somebody goes live; empty where nothing takes long."""
    blocks = [] if view.plan is None else [*_blocks(view, view.plan, wish.decided_by)]
    listed = numbers.listing(blocks)
    return view.words.say("roadmap.wishes.because", blocks=listed) if blocks else ""


def on_date(words: Messages, numbers: Numbers, date: str) -> str:
    """On a day, or in a month or a year."""
    code = "day" if len(date) == DAY else "other"
    return words.say(f"roadmap.at_date.{code}", date=numbers.date(date))


def month(view: View, numbers: Numbers, week: float) -> str:
    """The month in which a week begins; the week itself where the start is only a year."""
    if "-" not in view.region.reference_date:
        return view.words.say("roadmap.week", week=numbers.number(week))
    return numbers.date(day_of(view.region, week).isoformat()[:7])


def length(words: Messages, weeks: float) -> str:
    """How long something takes: in months, or in weeks where it is less than one."""
    months = round(weeks / MONTH)
    if months < 1:
        return words.say("roadmap.length.weeks", count=max(1, round(weeks)))
    return words.say("roadmap.length.months", count=months)


def _blocks(view: View, plan: Roadmap, decided_by: Iterable[str]) -> Iterator[str]:
    """Who keeps the work going how long in all, and by which steps, each once.

    What takes no month at a stretch is left out.
    """
    tasks = {task.id: task for task in plan.tasks}
    weeks: dict[str | None, float] = {}
    done: dict[str | None, list[Task]] = {}
    since = 0.0
    for partner, group in groupby(map(tasks.__getitem__, decided_by), lambda task: task.partner):
        steps = [task for task in group if task.finish > task.start]
        until = max((task.finish for task in steps), default=since)
        if until - since >= MONTH:
            weeks[partner] = weeks.get(partner, 0.0) + until - since
            done.setdefault(partner, []).extend(steps)
        since = max(since, until)
    for partner, steps in done.items():
        name = view.words.say("roadmap.region") if partner is None else view.name(partner)
        long, told = length(view.words, weeks[partner]), _steps(view, steps)
        yield view.words.say("roadmap.wishes.block", name=name, length=long, steps=told)


def _steps(view: View, steps: list[Task]) -> str:
    names = [view.knowledge.activities[task.activity].name for task in steps]
    if len(names) <= MOST_STEPS:
        return ", ".join(names)
    return view.words.say("roadmap.wishes.steps", first=names[0], last=names[-1])
