"""The planning of an advice in letters: bars over the months, with decisions and openings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from decision.advice.advice import Advice
from decision.report.screen.gantt import ASCII, SIGNS, Bar, Chart
from decision.report.screen.layout import Screen
from decision.report.view import View
from decision.roadmap.dates import start_of
from decision.roadmap.plan import Roadmap, Task
from decision.words.catalogue import catalogue
from decision.words.numbers import LOCALES

__all__ = ["draw_planning"]


def draw_planning(advice: Advice, lang: str, screen: Screen, *, everything: bool) -> None:
    """Draw the work as bars over the months, with ``everything`` each activity in its own row."""
    plan = advice.roadmap
    if plan is None:
        return
    say = catalogue(lang, "words").say
    utf = screen.console.encoding.lower().startswith("utf")
    dated = "-" in advice.region.reference_date
    signs = SIGNS if utf else ASCII
    bars = _Bars(advice, plan, lang, signs.decision, signs.live)
    chart = Chart(
        tuple(bars.every_task() if everything else bars.together()),
        plan.weeks,
        screen.console.width,
        start_of(advice.region) if dated else None,
        LOCALES[lang],
        signs,
    )
    screen.show()
    for line in chart.lines():
        screen.unbroken(line)
    screen.show()
    shown = {"critical": signs.critical * 2, "work": signs.work * 2}
    screen.line(say("roadmap.legend", **shown, decision=signs.decision, live=signs.live))
    if not everything:
        screen.line(say("roadmap.more", count=len(plan.tasks)))


class _Bars:
    """The rows of the planning, by who does the work."""

    def __init__(self, advice: Advice, plan: Roadmap, lang: str, decision: str, live: str) -> None:
        words = catalogue(lang, "words")
        self.plan, self.view, self.say = plan, View(advice, words), words.say
        self.known = advice.knowledge.activities
        self.decision, self.live = decision, live
        self.path = {*plan.critical_path}

    def together(self) -> Iterator[Bar]:
        """The region by kind of work, then everybody else in one row."""
        opening = self.plan.waves[0].week if self.plan.waves else self.plan.weeks
        own = self.plan.tasks_of(None)
        before = [task for task in own if task.start < opening]
        later = [task for task in own if task.start >= opening]
        waves = [(wave.week, str(wave.number % 10)) for wave in self.plan.waves]
        yield Bar(self.say("roadmap.groups"), marks=tuple(waves))
        yield Bar(self.view.region.name)
        kinds: dict[str, list[Task]] = {}
        for task in before:
            kinds.setdefault(self.kind(task), []).append(task)
        for kind, tasks in kinds.items():
            yield self.bar(f"  {kind}", tasks)
        if later:
            yield self.bar(f"  {self.say('roadmap.later')}", later)
        for code, names in self.partners():
            tasked = [name for name in names if self.plan.tasks_of(name)]
            if tasked:
                yield Bar(self.say(f"roadmap.{code}"))
            for name in tasked:
                yield self.bar(f"  {self.view.name(name)}", self.plan.tasks_of(name))

    def every_task(self) -> Iterator[Bar]:
        """Each activity in a row of its own, below who does it."""
        for partner in (None, *(name for _, names in self.partners() for name in names)):
            tasks = self.plan.tasks_of(partner)
            if tasks:
                yield Bar(self.view.name(partner))
            for task in tasks:
                yield self.bar(f"  {self.known[task.activity].name}", [task])

    def partners(self) -> Iterator[tuple[str, Iterable[str]]]:
        """The municipalities in the order in which they go live, and the organisations."""
        last = self.plan.weeks
        towns = self.plan.municipalities
        yield "municipalities", sorted(towns, key=lambda name: self.plan.live.get(name, last + 1))
        yield "organisations", self.plan.organisations

    def kind(self, task: Task) -> str:
        """The kind of work of the region."""
        one = self.known[task.activity]
        return one.theme or self.say(f"planner.levels.{one.level}")

    def bar(self, name: str, tasks: Sequence[Task]) -> Bar:
        """Some tasks in one row."""
        marks = [
            (task.finish, self.live if self.known[task.activity].milestone else self.decision)
            for task in tasks
            if self.known[task.activity].milestone or self.known[task.activity].level == "decision"
        ]
        spans = [(task.start, task.finish, task.id in self.path) for task in tasks]
        return Bar(
            name,
            tuple((start, finish) for start, finish, _ in spans),
            tuple((start, finish) for start, finish, critical in spans if critical),
            tuple(marks),
        )
