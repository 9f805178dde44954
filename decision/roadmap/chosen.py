"""Work for what a region chooses beside a form: decisions of who takes part, and what they ask.

A project or a way of steering on channels asks activities of everybody who takes part in it. They
are planned beside the work for the form, and nothing of that waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from decision.eligibility.evaluation import Truth
from decision.model.knowledge import Knowledge
from decision.model.projects import Chosen, Project, Steering
from decision.model.region import Region
from decision.roadmap.graph import forerunners
from decision.roadmap.jobs import Job, Planned, whole_weeks

__all__ = ["Choice", "asked_of", "choices", "chosen_jobs"]

Choice: TypeAlias = tuple[str, Project | Steering, Chosen]
"""What is chosen: its id, what the knowledge says of it, and who takes part from when."""


def choices(knowledge: Knowledge, region: Region) -> Iterator[Choice]:
    """The projects and ways of steering that a region chooses, with who takes part of its own."""
    offered: Mapping[str, Project | Steering]
    for offered, chosen in (
        (knowledge.projects, region.projects),
        (knowledge.channel_steering, region.channel_steering),
    ):
        for name, one in chosen.items():
            inside = tuple(n for n in one.participants if n in region.municipalities)
            yield name, offered[name], one.model_copy(update={"participants": inside})


def asked_of(knowledge: Knowledge, region: Region) -> Mapping[str, tuple[str, ...]]:
    """The activities that are asked, each with the municipalities of which they are."""
    found: dict[str, dict[str, None]] = {}
    for _, offered, one in choices(knowledge, region):
        for asked in offered.asks:
            before = forerunners(knowledge.activities, asked, lambda name: name)
            for activity in (asked, *before):
                if knowledge.activities[activity].when == "chosen":
                    found.setdefault(activity, {}).update(dict.fromkeys(one.participants))
    return {activity: (*names,) for activity, names in found.items()}


def chosen_jobs(
    knowledge: Knowledge,
    region: Region,
    done: Callable[[Job, str], Truth],
    left: Callable[[Job], float],
    form: Callable[[str], str],
) -> Iterator[Planned]:
    """The jobs that are still to do for it.

    Args:
        knowledge: The projects, the ways of steering and the activities.
        region: What it chooses.
        done: Whether a job for a form is done; see `decision.roadmap.progress`.
        left: The share of a job that is left to do.
        form: The form that a municipality comes to.
    """
    for activity, names in asked_of(knowledge, region).items():
        one = knowledge.activities[activity]
        for name in names:
            job = Job(activity, name)
            if done(job, form(name)) != "yes":
                share = left(job)
                weeks = whole_weeks(one.duration.weeks * share)
                yield Planned(job, form(name), weeks, one.effort.days * share)
