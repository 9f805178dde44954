"""The plan in a planner and in a calendar, read back by libraries that others use."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from icalendar import Calendar

from decision.advice.advice import Advice
from decision.advice.advice import decide as advise
from decision.load import Case, load_region
from decision.report.planner import exported
from decision.report.planner.events import calendar
from decision.report.planner.rows import COLUMNS
from decision.report.planner.wishes import answered
from decision.report.view import View
from decision.roadmap.dates import day_of, start_of
from decision.words.catalogue import catalogue, languages
from decision.words.numbers import Numbers
from tests.regions import DRECHTSTEDEN, regions
from tests.report.advices import advice
from tests.searching import examples

if TYPE_CHECKING:
    from decision.roadmap.plan import Roadmap, Task


def plan_of(advice: Advice) -> Roadmap:
    """The roadmap of an advice that has one."""
    assert advice.roadmap is not None
    return advice.roadmap


def text_of(advice: Advice, form: str, lang: str = "nl") -> str:
    """The plan in a format that there is a plan for."""
    text = exported(advice, form, lang)
    assert text is not None
    return text


def table_of(text: str, lang: str) -> pd.DataFrame:
    """Rows as a spreadsheet in a language reads them, under the ids of the columns."""
    between, point = (";", ",") if lang == "nl" else (",", ".")
    found = pd.read_csv(
        StringIO(text.removeprefix("\ufeff")), sep=between, decimal=point, keep_default_na=False
    )
    names = catalogue(lang, "words").tree["planner"]["columns"]
    assert [*found.columns] == [names[name] for name in COLUMNS]
    return found.set_axis([*COLUMNS], axis="columns")


def events_of(text: str) -> list[Any]:
    """The events of a calendar, as a library for calendars reads them."""
    found: Any = Calendar.from_ical(text)
    return [*found.walk("VEVENT")]


@pytest.mark.parametrize("lang", languages())
def test_a_planner_has_a_row_for_each_activity(advice: Advice, lang: str) -> None:
    """Every activity once, with its dates, numbers and what comes first, in either language."""
    plan, found = plan_of(advice), table_of(text_of(advice, "csv", lang), lang)
    assert [*found["id"]] == [task.id for task in plan.tasks]
    yes = catalogue(lang, "words").say("planner.yes")
    for row, task in zip(found.to_dict("records"), plan.tasks, strict=True):
        days = (day_of(advice.region, week) for week in (task.start, task.finish))
        assert [row["start"], row["finish"]] == [day.isoformat() for day in days]
        assert (row["start_week"], row["finish_week"]) == (task.start, task.finish)
        assert (row["slack"], row["effort_days"]) == (task.slack, task.effort_days)
        assert (row["critical"] == yes, row["uncertain"] == yes) == (task.critical, task.uncertain)
        assert row["after"] == ", ".join(task.after)


def test_rows_open_in_a_dutch_spreadsheet(advice: Advice) -> None:
    """A mark for UTF-8, a semicolon between cells, a comma in numbers, lines of a spreadsheet."""
    text = text_of(advice, "csv")
    assert text.startswith("\ufeffnummer;activiteit;")
    assert text.count("\r\n") == text.count("\n") == len(plan_of(advice).tasks) + 1
    halved = replace(plan_of(advice).tasks[0], effort_days=0.5)
    half = replace(advice, roadmap=replace(plan_of(advice), tasks=(halved,)))
    assert ";0,5;" in text_of(half, "csv")
    assert ",0.5," in text_of(half, "csv", "en")


@pytest.mark.parametrize("name", ["=1+1", "@SUM", "\\ ; , \"x\" 'y' é—日本"])
def test_a_name_is_text_and_never_a_formula(name: str) -> None:
    """No spreadsheet works out what a municipality is called, and no calendar breaks on it."""
    case = load_region(DRECHTSTEDEN)
    town = case.region.municipalities["dordrecht"].model_copy(update={"name": name})
    towns = {**case.region.municipalities, "dordrecht": town}
    region = case.region.model_copy(update={"municipalities": towns})
    found = advise(replace(case, region=region))
    own = table_of(text_of(found, "csv"), "nl")
    cells = {*own.loc[own["id"].str.endswith("@dordrecht"), "partner"]}
    assert cells == {f"'{name}" if name[0] in "=+-@" else name}
    text = text_of(found, "ics")
    summaries = {str(event["SUMMARY"]) for event in events_of(text)}
    assert f"Raadsbesluit nemen ({name})" in summaries


@pytest.mark.parametrize("lang", languages())
def test_a_calendar_has_the_work_the_decisions_the_papers_and_the_reports(
    advice: Advice, lang: str
) -> None:
    """All whole days without a clock, each with an id of its own that stays in a later plan."""
    plan, text = plan_of(advice), text_of(advice, "ics", lang)
    events = events_of(text)
    to_take = [one for one in advice.decisions if one.status == "to_take"]
    spans = [task for task in plan.tasks if task.finish > task.start]
    moments = [task for task in plan.tasks if task.finish == task.start or _decides(advice, task)]
    papers = [one for one in to_take if one.papers is not None]
    assert len(events) == len(spans) + len(moments) + len(papers) + len(advice.occasions)
    ids = [str(event["UID"]) for event in events]
    assert len({*ids}) == len(ids)
    later = load_region(DRECHTSTEDEN, changes=["municipalities.papendrecht.facts.capacity=beperkt"])
    again = {str(event["UID"]) for event in events_of(text_of(advise(later), "ics", lang))}
    assert {"drechtsteden.3a.raadsbesluit.papendrecht.decision@decide-region"} <= again & {*ids}
    stamps = {event["DTSTAMP"].dt for event in events}
    assert stamps == {dt.datetime(2008, 7, 1, tzinfo=dt.UTC)}
    assert all(type(event["DTSTART"].dt) is dt.date for event in events)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line


def _decides(advice: Advice, task: Task) -> bool:
    return advice.knowledge.activities[task.activity].level == "decision"


@examples(24)
@given(case=regions())
def test_every_event_lies_within_the_plan(case: Case) -> None:
    """Nothing is before the assignment or after the last work, and papers precede decisions."""
    advice = advise(case)
    plan = advice.roadmap
    if plan is None or not plan.tasks:
        assert exported(advice, "ics", "nl") is None
        assert exported(advice, "csv", "nl") is None
        return
    first, last = start_of(advice.region), day_of(advice.region, plan.weeks)
    for event in events_of(calendar(advice, plan, "nl")):
        begins = event["DTSTART"].dt
        ends = event["DTEND"].dt if "DTEND" in event else begins
        assert first <= begins <= ends <= last
    assert len(table_of(text_of(advice, "csv"), "nl")) == len(plan.tasks)


def test_whoever_decides_a_start_is_named_once() -> None:
    """The region may hold a start up before and after a municipality: its months go together."""
    found = advice("drechtsteden")
    assert found.roadmap is not None
    tasks = found.roadmap.tasks
    region = [one for one in tasks if one.partner is None and one.finish > one.start]
    early = next(one for one in region if one.finish > 8)
    town = next(one for one in tasks if one.partner == "papendrecht" and one.finish > 20)
    late = next(one for one in region if one.finish > town.finish + 8)
    (wish,) = found.start_wishes
    wish = replace(wish, decided_by=(early.id, town.id, late.id))
    view = View(found, catalogue("nl", "words"))
    (told,) = answered(view, Numbers("nl"), [wish])
    assert told.count("de regio (") == told.count("Papendrecht (") == 1
