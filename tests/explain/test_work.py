"""The work behind remedies: efforts that the solver can count, and the chain that decides."""

from __future__ import annotations

import pytest

from decision.eligibility.verdicts import eligibility
from decision.explain.work import Work, work
from decision.model.activities import Activity
from decision.roadmap.jobs import Job
from tests.rule_sets import ACTIVITIES, FORM, activity, knowledge_of, region_of, rule

TOWN = "town"


def found_with(activities: dict[str, Activity]) -> Work:
    """The work of one municipality for the first fact, where it has these activities."""
    lacks = rule({"fact": "a", "is": "high"}, "municipality", "a")
    update = {"activities": {**ACTIVITIES, **activities}}
    knowledge = knowledge_of([lacks]).model_copy(update=update)
    region = region_of({"region": {}, TOWN: {"a": "low"}}, {TOWN: 1.0})
    return work(knowledge, region, eligibility(knowledge, region), FORM, [Job("do-a", TOWN)])


def local(name: str, days: float, weeks: float, **more: object) -> Activity:
    """An activity of each municipality for a remedy."""
    return activity(name, "local", days, weeks, of_each="municipality", when="remedy", **more)


@pytest.mark.parametrize(
    ("days", "units"), [((0.125, 5.0), (1, 40)), ((1 / 3, 5.0), (33, 500)), ((0.0, 1 / 3), (0, 33))]
)
def test_efforts_are_counted_in_whole_parts_of_a_day(
    days: tuple[float, float], units: tuple[int, int]
) -> None:
    """In eighths where all are; of a third, which no part of a day fits, in hundredths."""
    start = activity("start", "regional", days[0], 2)
    found = found_with({"start": start, "do-a": local("do-a", days[1], 4, after=("start",))})
    assert tuple(found.units[name] for name in ("start", f"do-a@{TOWN}")) == units


@pytest.mark.parametrize(
    ("limits", "low", "high"), [((3.0, 5.0), 3, 108), ((1.0, 20.0), 1, 119)], ids=["low", "high"]
)
def test_the_critical_path_is_that_of_the_planned_weeks(
    limits: tuple[float, float], low: int, high: int
) -> None:
    """A start of eight weeks decides, though it can take less than the other start of four."""
    wide = {"weeks": 8, "range": (1.0, 9.0)}
    other = {"weeks": 4, "range": limits}
    found = found_with(
        {
            "start": activity("start", "regional", 1, 8, duration=wide),
            "other": activity("other", "regional", 1, 4, duration=other),
            "do-a": local("do-a", 5, 4, after=("start", "other")),
        }
    )
    job = f"do-a@{TOWN}"
    assert found.critical_path([job]) == ("start", job)
    assert found.span([job]) == (12, low, high)
