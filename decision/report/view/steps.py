"""What the chapters on the route, the decisions and the risks ask beside the planning."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING

from decision.advice.again import replayed
from decision.model.values import in_sentence
from decision.report.view.pageful import Pageful
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.costs.result import OccupancyWarning
    from decision.roadmap.decisions import Decision
    from decision.roadmap.parts import Ready
    from decision.roadmap.plan import Task
    from decision.roadmap.replay import OpeningChance

__all__ = ["Stretches"]

_MOST_DECISIONS = 8
"""So many decisions the main text tells one by one."""
_MOST_STEPS = 4
_MOST_NAMES = 3
_TOLD = 3


class Stretches(Pageful):
    """The plan in stages and levels, and what can go wrong with it."""

    def when(self, week: float) -> str:
        """A moment of the plan: the month where the reference date has one, else the week."""
        numbers, month = Numbers(self.words.lang), self.month_of(week)
        if month is not None:
            return numbers.date(month)
        return self.words.say("week", week=numbers.number(week))

    @cached_property
    def chance(self) -> OpeningChance | None:
        """How sure the openings are; None where nobody goes live together."""
        again = replayed(self.advice)
        return again.chance(self.advice.request.seed) if again else None

    def late_start(self) -> str | None:
        """When half of the draws have not started yet; None where the plan says no sooner month."""
        if self.chance is None or self.plan is None:
            return None
        opens, half = self.plan.waves[0].week, self.chance.opening.p50
        later = half > opens and self.when(half) != self.when(opens)
        return self.when(half) if later else None

    def after_decision(self) -> str | None:
        """How long after the decision of the region the first group starts, and by what recess."""
        plan, numbers = self.plan, Numbers(self.words.lang)
        if plan is None or plan.after_decision is None:
            return None
        return self.words.say(
            "roadmap.waves.after_recess" if plan.recess else "roadmap.waves.after",
            weeks=numbers.plain(plan.after_decision),
            whole=plan.after_decision,
            lost=numbers.plain(plan.recess),
            count=plan.recess,
        )

    def stages(self) -> list[tuple[str, float, float, list[str]]]:
        """The stages of the plan: of what kind, from when to when, and whom it is about."""
        found = self.advice.findings.stages
        return [(one.kind, one.start, one.finish, self.those(one.members)) for one in found]

    def ranges(self) -> list[tuple[list[str], Ready]]:
        """When those who take part are ready, where that is not certain: the same range once."""
        found: dict[tuple[str, str], tuple[list[str], Ready]] = {}
        for name in self.region.municipalities:
            part = self.advice.parts[name]
            ready = part.ready
            if part.role != "undecided" and ready and ready.earliest < ready.latest:
                told = (self.when(ready.earliest), self.when(ready.latest))
                same = found.setdefault(told, ([], ready))
                same[0].append(name)
        return [(self.those(names), ready) for names, ready in found.values()]

    def longest_steps(self) -> list[tuple[Task, str]]:
        """The longest tasks on which the first start hangs, in order, each with who does it."""
        path = self.critical_tasks()
        longest = sorted(path, key=lambda task: task.start - task.finish)[:_MOST_STEPS]
        return [
            (task, self.name(task.partner) if task.partner else _lower(self.who(task.activity)))
            for task in path
            if task in longest and task.finish > task.start
        ]

    def helps(self, form: str) -> list[str]:
        """The activities by which a form becomes possible."""
        return [name for name, forms in self.could_help() if form in forms]

    def work(self, level: str) -> tuple[int, float, list[str]]:
        """The activities of one level: how many, their days, and which take the most."""
        days: dict[str, float] = {}
        for task in self.plan.tasks if self.plan else ():
            if self.knowledge.activities[task.activity].level == level:
                days[task.activity] = days.get(task.activity, 0.0) + task.effort_days
        most = sorted(days, key=lambda name: -days[name])[:_MOST_NAMES]
        names = [self.knowledge.activities[name].name for name in most]
        return len(days), fsum(days.values()), names

    def taken_together(self) -> list[tuple[str, list[Decision]]]:
        """The decisions that were taken, by who took them."""
        found: dict[str, list[Decision]] = {}
        for who, one in self.taken():
            found.setdefault(who, []).append(one)
        return list(found.items())

    def many_decisions(self) -> bool:
        """Whether there are more decisions to take than the main text tells one by one."""
        return sum(len(found) for _, found in self.to_take()) > _MOST_DECISIONS

    def decides(self, partner: str) -> list[tuple[str, float]]:
        """The decisions that a partner has to take, by name, with the week of each."""
        return [
            (self.knowledge.activities[one.activity].name, one.week or 0.0)
            for one in self.advice.decisions
            if one.partner == partner and one.status == "to_take"
        ]

    def asks(self, fact: str) -> bool:
        """Whether a fact is among the open questions."""
        return any(one.fact == fact for one in self.advice.open_questions)

    # --- what can go wrong ---------------------------------------------------------------------

    def municipalities_among(self, partners: Iterable[str]) -> list[str]:
        """Which of these are municipalities: the region itself is named nowhere."""
        return [name for name in partners if name in self.region.municipalities]

    def busy_years(self, form: str) -> list[OccupancyWarning]:
        """The years in which the first line of a form is busier than people keep up."""
        return [one for one in self.advice.costs.warnings if one.form == form]

    # --- what people notice --------------------------------------------------------------------

    def on_criteria(self, *names: str) -> list[str]:
        """What the knowledge says of the form of the report on criteria, unless it was told."""
        criteria = self.knowledge.criteria
        told = {*self.strong(self.focus)[:_TOLD], *self.weak(self.focus)[:_TOLD]}
        given = (criteria[name].grades for name in names if name in criteria and name not in told)
        return [grades[self.focus].because for grades in given if grades]

    def joint(self, form: str) -> bool:
        """Whether one team answers for all in a form."""
        return self.knowledge.calculations[form].sites == "one"

    def by_company(self, form: str) -> bool:
        """Whether a company answers: its people have a wage of their own."""
        calculations, wage = self.knowledge.calculations, self.knowledge.calculations[form].wage
        return self.joint(form) and all(
            one.wage != wage for one in calculations.values() if one.sites != "one"
        )

    def warned_about(self, fact: str, form: str) -> list[str]:
        """The municipalities that a rule about a fact warns about."""
        name = self.knowledge.facts[fact].name if fact in self.knowledge.facts else ""
        found: Iterable[str] = (
            partner
            for rule, partners in self.warned(form)
            if name in self.about(rule)
            for partner in partners
        )
        return list(dict.fromkeys(found))

    def called_with(self, role: str) -> list[str]:
        """The organisations that have a role, as a sentence calls them."""
        organisations = self.region.organisations
        named = (organisations[name] for name in self.organisations_with(role))
        return [in_sentence(one) for one in named]


def _lower(text: str) -> str:
    """The text without the capital at its start."""
    return text[:1].lower() + text[1:]
