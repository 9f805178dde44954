"""The path: waves, tasks and decisions."""

from __future__ import annotations

from datetime import date, timedelta
from math import fsum

from decision.model.requirements import comparisons
from decision.model.values import first_day
from decision.report.view.names import Names
from decision.roadmap.decisions import Decision
from decision.roadmap.plan import Task
from decision.roadmap.routes import Way
from decision.sharing.routes import Route
from decision.words.catalogue import sentence

__all__ = ["Planning"]


class Planning(Names):
    """Who does what when."""

    def critical_tasks(self) -> list[Task]:
        """The tasks of the critical path, in order."""
        found = {task.id: task for task in self.plan.tasks} if self.plan else {}
        return [found[name] for name in (self.plan.critical_path if self.plan else ())]

    def route(self, route: Route | Way) -> str:
        """What a route is called; doing nothing by its form."""
        way = route.way if isinstance(route, Route) else route
        if way is None:
            return self.knowledge.forms[route.path[-1]].name
        return sentence(self.knowledge.routes[way.id].name)

    def followed(self) -> Way | None:
        """The route of the plan."""
        chosen = self.advice.findings.chosen
        return next((one for one in chosen.ways if one.advised), None) if chosen else None

    def paces(self) -> list[tuple[str, list[str]]]:
        """What municipalities say of when they want to start, each level with all that say so."""
        rules, found = self.knowledge.waves, dict[str, list[str]]()
        asked = (rules.first_when, rules.later_when, rules.waits_when)
        facts = dict.fromkeys(one.fact for when in asked for one in comparisons(when))
        for name, town in self.region.municipalities.items():
            declared = [town.facts.get(fact) for fact in facts]
            known = [(f, one) for f, one in zip(facts, declared, strict=True) if one and one.known]
            for fact, one in known:
                found.setdefault(self.level(fact, one), []).append(name)
        return [(level, self.those(names)) for level, names in found.items()]

    def month_of(self, week: float) -> str | None:
        """The month of a week as YYYY-MM, when the assignment is given on the reference date.

        None where that date is only a year.
        """
        given = self.region.reference_date
        if "-" not in given:
            return None
        return (date.fromisoformat(first_day(given)) + timedelta(weeks=week)).isoformat()[:7]

    def tasks(self, level: str, partner: str | None) -> list[Task]:
        """The tasks of one level and one partner (the region for None), by start."""
        return [
            task
            for task in (self.plan.tasks_of(partner) if self.plan else ())
            if self.knowledge.activities[task.activity].level == level
        ]

    def local(self) -> list[tuple[str, dict[str, Task]]]:
        """The work of the municipalities: each activity once, with each one's task, by start."""
        found: dict[str, dict[str, Task]] = {}
        for task in self.plan.tasks if self.plan else ():
            local = self.knowledge.activities[task.activity].level == "local"
            if local and task.partner and task.partner in self.region.municipalities:
                found.setdefault(task.activity, {})[task.partner] = task
        starts = {name: min(task.start for task in own.values()) for name, own in found.items()}
        return sorted(found.items(), key=lambda one: starts[one[0]])

    def at_work(self) -> list[str]:
        """The municipalities that have local work to do."""
        found = {partner for _, tasks in self.local() for partner in tasks}
        return [name for name in self.region.municipalities if name in found]

    def days(self, partner: str | None) -> float:
        """The working days that the tasks of one partner take."""
        return fsum(task.effort_days for task in (self.plan.tasks_of(partner) if self.plan else ()))

    def to_take(self) -> list[tuple[str, list[tuple[str, list[Decision]]]]]:
        """The decisions to take in order of time, together for each of those who take them."""
        found: dict[str, dict[str, list[Decision]]] = {}
        for one in self.advice.decisions:
            if one.status == "to_take":
                own = found.setdefault(self.body(one.body), {})
                own.setdefault(one.activity, []).append(one)
        return [(who, list(own.items())) for who, own in found.items()]

    def taken(self) -> list[tuple[str, Decision]]:
        """The decisions that were taken, each with who took it."""
        taken = [one for one in self.advice.decisions if one.status == "taken"]
        return [((one.how and one.how.body) or self.body(one.body), one) for one in taken]

    def live_week(self, municipality: str) -> float | None:
        """When a municipality goes live; None for who goes on as now."""
        return self.plan.live.get(municipality) if self.plan else None
