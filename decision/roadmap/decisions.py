"""Decisions: those that were taken, and those that are still to take, each with its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from decision.model.current import Decided
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import Body, Partner
from decision.roadmap.jobs import Job
from decision.roadmap.plan import Roadmap, Task
from decision.roadmap.progress import Progress

__all__ = ["Decision", "decisions"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the region or of a partner, by one of its bodies.

    ``id`` is that of the task; ``week`` is when a decision that is to take has been taken, and
    ``papers`` when its papers must be in at the latest. ``how`` is what is declared of one that was
    taken: None where it only follows from a fact or a form in use.
    """

    id: str
    activity: str
    partner: str | None
    body: Body
    status: Literal["taken", "to_take"]
    week: float | None = None
    papers: float | None = None
    how: Decided | None = None

    @property
    def date(self) -> str | None:
        """When it was taken; None where nobody says so."""
        return self.how.date if self.how else None

    @property
    def elsewhere(self) -> bool:
        """Whether another body than that of the partner took it."""
        return self.how is not None and self.how.elsewhere


def decisions(knowledge: Knowledge, region: Region, plan: Roadmap | None) -> tuple[Decision, ...]:
    """The decisions on the way to a form: first those that were taken, then the others by week.

    What is declared as decided is told without a plan too.
    """
    taken = (one for who in _whose(region, plan) for one in _taken(knowledge, region, *who))
    to_take = [
        Decision(
            task.id,
            task.activity,
            task.partner,
            body,
            "to_take",
            task.finish,
            _papers(knowledge, task, body),
        )
        for task in (plan.tasks if plan else ())
        if (body := _body(knowledge, task.activity))
    ]
    return (*taken, *sorted(to_take, key=lambda one: one.week or 0.0))


def _papers(knowledge: Knowledge, task: Task, body: Body) -> float | None:
    """When the papers must be in: never before the work on the decision starts."""
    lead = knowledge.papers.get(body)
    return None if lead is None else max(task.start, task.finish - lead.weeks)


def _body(knowledge: Knowledge, activity: str) -> Body | None:
    """Who takes the decision; None of an activity that is none."""
    found = knowledge.activities[activity]
    return found.body if found.level == "decision" else None


def _whose(
    region: Region, plan: Roadmap | None
) -> Iterator[tuple[Partner, str | None, str | None]]:
    """Everybody who decides, with the form that it comes to."""
    yield "region", None, plan.form if plan else None
    for name in region.municipalities:
        yield "municipality", name, plan.municipalities[name].form if plan else None
    for name in region.organisations:
        joins = plan is not None and plan.organisations[name].role in {"follows", "decides_itself"}
        yield "organisation", name, plan.form if plan and joins else None


def _taken(
    knowledge: Knowledge, region: Region, kind: Partner, name: str | None, form: str | None
) -> Iterator[Decision]:
    """The decisions of one that are declared, or done for the form that it comes to."""
    progress = Progress(knowledge, region)
    current = progress.current(name)
    for activity, one in knowledge.activities.items():
        if one.of_each == kind and (body := _body(knowledge, activity)):
            job = Job(activity, name)
            declared = activity in current.decisions or activity in current.done
            due = form is not None and form in one.forms and one.when != "chosen"
            if declared or (form and due and progress.done(job, form) == "yes"):
                how = current.decisions.get(activity)
                yield Decision(job.id, activity, name, body, "taken", how=how)
