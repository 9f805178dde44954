"""The road to the advised form on the terminal: a planning, who starts, decisions and risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from decision.advice.advice import Advice
from decision.advice.again import replayed
from decision.advice.risks import RiskFor
from decision.report.planner.wishes import answered, month, on_date
from decision.report.screen.gantt import ASCII, SIGNS, Bar, Chart
from decision.report.screen.layout import TableRow
from decision.report.screen.routes import print_routes
from decision.report.screen.sheet import Sheet
from decision.roadmap.dates import day_of, start_of
from decision.roadmap.decisions import Decision
from decision.roadmap.plan import Roadmap, Task
from decision.roadmap.waves import HeldUp
from decision.words.catalogue import sentence
from decision.words.numbers import LOCALES

__all__ = ["print_roadmap"]

FEW = 20
"""So many decisions are told one by one; of more those of one kind are told together."""


def print_roadmap(advice: Advice, lang: str, *, everything: bool) -> None:
    """Print the plan of an advice; with ``everything`` each activity has a row of its own."""
    shown = _Road(advice, lang)
    plan = advice.roadmap
    if plan is None or not plan.tasks:
        shown.line(shown.say("roadmap.none"))
        shown.wishes()
        return
    shown.planning(plan, lang, everything=everything)
    shown.wishes()
    shown.waves(plan)
    if advice.findings.chosen is not None:
        print_routes(shown, advice.findings.chosen)
    shown.decisions(everything=everything)
    shown.path(plan)
    shown.moments()
    shown.risks()
    shown.lessons()


class _Road(Sheet):
    """The parts of the output."""

    def planning(self, plan: Roadmap, lang: str, *, everything: bool) -> None:
        """The work as bars over the months."""
        region = self.advice.region
        given = on_date(self.words, self.numbers, region.reference_date)
        form = self.view.label(plan.form)
        self.line(self.say("roadmap.title", region=region.name, form=form), style="bold")
        self.line(self.say("roadmap.given", when=given))
        self.show()
        utf = self.console.encoding.lower().startswith("utf")
        dated = "-" in region.reference_date
        signs = SIGNS if utf else ASCII
        bars = _Bars(self, plan, signs.decision, signs.live)
        chart = Chart(
            tuple(bars.every_task() if everything else bars.together()),
            plan.weeks,
            self.console.width,
            start_of(region) if dated else None,
            LOCALES[lang],
            signs,
        )
        for line in chart.lines():
            self.unbroken(line)
        self.show()
        self.line(
            self.say(
                "roadmap.legend",
                critical=signs.critical * 2,
                work=signs.work * 2,
                decision=signs.decision,
                live=signs.live,
            )
        )
        if not everything:
            self.line(self.say("roadmap.more", count=len(plan.tasks)))

    def wishes(self) -> None:
        """What those are told who want to start on a date."""
        for at, wish in enumerate(self.advice.start_wishes):
            if not at:
                self.heading(self.say("roadmap.wishes.title"))
            self.line(answered(self.view, self.numbers, wish))

    def waves(self, plan: Roadmap) -> None:
        """Who goes live together, and when."""
        if not plan.waves:
            return
        rows = [
            TableRow(
                self.numbers.listing(self.view.names(wave.members)),
                (self.numbers.number(wave.week), self.month(wave.week), self.share(wave.share)),
            )
            for wave in plan.waves
        ]
        apart = sorted(plan.live.keys() - {n for wave in plan.waves for n in wave.members})
        for name in apart:
            week, form = plan.live[name], self.view.part(name).form
            who = self.say("roadmap.waves.apart", name=self.view.name(name), form=form)
            rows.append(TableRow(who, (self.numbers.number(week), self.month(week), "")))
        columns = self.said(*(f"roadmap.waves.{one}" for one in ("who", "week", "month", "share")))
        self.show()
        self.grid(columns, rows, self.say("roadmap.waves.title"))
        undecided = self.view.with_role("undecided")
        if undecided:
            names = self.numbers.listing(self.view.names(undecided))
            self.line(self.say("roadmap.waves.undecided", names=names))

    def share(self, share: float | None) -> str:
        """A share of the inhabitants; nothing where nobody knows it."""
        return "" if share is None else self.numbers.percent(share)

    def month(self, week: float) -> str:
        """The month of a week."""
        return month(self.view, self.numbers, week)

    def decisions(self, *, everything: bool) -> None:
        """The decisions that are to take: when their papers must be in, and when they fall."""
        to_take = [one for one in self.advice.decisions if one.status == "to_take"]
        if not to_take:
            return
        alone = everything or len(to_take) <= FEW
        rows = [*map(self.decision, to_take)] if alone else [*self.kinds(to_take)]
        codes = ("decision", "who", "papers", "date", "week")
        columns = self.said(*(f"roadmap.decisions.{one}" for one in codes))
        self.show()
        self.grid(columns, rows, self.say("roadmap.decisions.title"), left=2)
        taken = len(self.advice.decisions) - len(to_take)
        if taken:
            self.line(self.say("roadmap.decisions.taken", count=taken))

    def decision(self, one: Decision) -> TableRow:
        """The row of one decision."""
        who = self.view.name(one.partner) if one.partner else self.view.body(one.body)
        papers = "" if one.papers is None else self.day(one.papers)
        week = one.week or 0.0
        cells = (who, papers, self.day(week), self.numbers.number(week))
        return TableRow(self.activity(one.activity), cells)

    def kinds(self, decisions: Iterable[Decision]) -> Iterator[TableRow]:
        """The rows of decisions of one kind together."""
        found: dict[str, list[Decision]] = {}
        for one in decisions:
            found.setdefault(one.activity, []).append(one)
        for activity, own in found.items():
            if len(own) == 1:
                yield self.decision(own[0])
                continue
            weeks = [one.week or 0.0 for one in own]
            papers = [one.papers for one in own if one.papers is not None]
            cells = (
                self.say("roadmap.decisions.several", count=len(own)),
                self.day(min(papers)) if papers else "",
                self.day(min(weeks)),
                self.numbers.span((min(weeks), max(weeks))),
            )
            yield TableRow(self.activity(activity), cells)

    def day(self, week: float) -> str:
        """The day of a week, as planners write it."""
        return day_of(self.advice.region, week).isoformat()

    def activity(self, activity: str) -> str:
        """The name of an activity."""
        return sentence(self.advice.knowledge.activities[activity].name)

    def path(self, plan: Roadmap) -> None:
        """What decides when the first group starts."""
        rows = []
        for task in self.view.critical_tasks():
            who = self.view.name(task.partner) if task.partner else self.say("roadmap.region")
            cells = (who, self.numbers.number(task.start), self.numbers.number(task.finish))
            rows.append(TableRow(self.activity(task.activity), cells))
        if rows:
            columns = self.said(*(f"roadmap.path.{one}" for one in ("step", "who", "from", "to")))
            self.show()
            self.grid(columns, rows, self.say("roadmap.path.title"), left=2)
        if plan.sooner is not None:
            name, week = self.view.name(plan.sooner.without), plan.sooner.week
            details = {"name": name, "month": self.month(week), "week": self.numbers.number(week)}
            self.line(self.say("roadmap.path.sooner", **details))
        for one in plan.held:
            self.line(self.say("roadmap.path.held", **self._held(one)))
            if one.by:
                self.line(self.say("roadmap.path.by", **self._held(one)))
            if one.with_people < one.together:
                key = "enough" if one.helps else "sooner"
                self.line(self.say(f"roadmap.path.people.{key}", **self._held(one)))
        again = replayed(self.advice)
        if again is not None:
            found = again.chance(self.advice.request.seed)
            for key, moment in (("opening", found.opening), ("last", found.last)):
                half, most = (self.month(week) for week in moment)
                self.line(self.say(f"roadmap.path.chance.{key}", half=half, most=most))

    def _held(self, one: HeldUp) -> dict[str, str | int]:
        """Who would hold up the first group, and until when."""
        return {
            "name": self.view.name(one.partner),
            "opens": self.month(one.opens),
            "together": self.month(one.together),
            "most": int(one.most),
            "people": self.month(one.with_people),
            "work": self.numbers.listing(
                self.advice.knowledge.activities[job.partition("@")[0]].name for job in one.by
            ),
        }

    def moments(self) -> None:
        """When somebody tells how the work goes."""
        found = groupby(sorted(self.advice.occasions, key=_kind), _kind)
        for at, (name, group) in enumerate(found):
            if not at:
                self.heading(self.say("roadmap.moments.title"))
            own, known = [*group], self.advice.knowledge.moments[name]
            details = {
                "name": sentence(known.name),
                "body": self.view.body(known.body),
                "to": self.numbers.listing(map(self.view.body, known.to)),
                "first": self.month(own[0].week),
                "last": self.month(own[-1].week),
            }
            if known.every_weeks is None:
                self.line(self.say("roadmap.moments.once", **details), "- ")
            else:
                every = self.numbers.plain(known.every_weeks)
                self.line(self.say("roadmap.moments.every", **details, weeks=every), "- ")
            self.line(known.does, "  ")

    def risks(self) -> None:
        """The risks that hold, for whom, and what can be done about them."""
        for at, one in enumerate(self.advice.risks):
            if not at:
                self.heading(self.say("roadmap.risks.title"))
            known = self.advice.knowledge.risks[one.risk]
            name = sentence(known.name)
            if known.of_each == "municipality":
                names = self.numbers.listing(self.view.those(one.partners))
                name = self.say("roadmap.risks.of", risk=name, names=names)
            self.line(f"{name}. {known.because} {known.measure}", "- ")
            for line in self.others(one):
                self.line(line, "  ")

    def others(self, one: RiskFor) -> Iterator[str]:
        """How often others named a risk."""
        survey = self.advice.knowledge.survey
        if survey is None:
            return
        for named in one.named:
            shares = {survey.year: named.everyone}
            if survey.earlier is not None:
                shares[survey.earlier.year] = named.earlier
            printed = [(year, share) for year, share in shares.items() if share is not None]
            parts = []
            for year, share in printed[1:]:
                parts.append(self.say("roadmap.risks.year", year=year, share=self.share(share)))
            for size in dict.fromkeys(named.by_size.values()):
                alike = [name for name, share in named.by_size.items() if share == size]
                names = self.numbers.listing(self.view.names(alike))
                details = {"share": self.share(size), "names": names}
                parts.append(self.say("roadmap.risks.alike", **details))
            for year, share in printed[:1]:
                finding = survey.findings[named.finding].name
                details = {"share": self.share(share), "finding": finding}
                told = "; ".join((str(year), *parts))
                yield self.say("roadmap.risks.named", **details, when=told)

    def lessons(self) -> None:
        """The lessons that are about this region."""
        for at, name in enumerate(self.advice.lessons):
            if not at:
                self.heading(self.say("roadmap.lessons"))
            lesson = self.advice.knowledge.lessons[name]
            self.line(f"{lesson.name}. {self.view.gist(lesson.about)}", "- ")


def _kind(one: object) -> str:
    return str(getattr(one, "moment", ""))


class _Bars:
    """The rows of the planning, by who does the work."""

    def __init__(self, road: _Road, plan: Roadmap, decision: str, live: str) -> None:
        self.road, self.plan, self.view = road, plan, road.view
        self.known = road.advice.knowledge.activities
        self.decision, self.live = decision, live
        self.path = {*plan.critical_path}

    def together(self) -> Iterator[Bar]:
        """The region by kind of work, then everybody else in one row."""
        opening = self.plan.waves[0].week if self.plan.waves else self.plan.weeks
        own = self.plan.tasks_of(None)
        before = [task for task in own if task.start < opening]
        later = [task for task in own if task.start >= opening]
        waves = [(wave.week, str(wave.number % 10)) for wave in self.plan.waves]
        yield Bar(self.road.say("roadmap.groups"), marks=tuple(waves))
        yield Bar(self.view.region.name)
        kinds: dict[str, list[Task]] = {}
        for task in before:
            kinds.setdefault(self.kind(task), []).append(task)
        for kind, tasks in kinds.items():
            yield self.bar(f"  {kind}", tasks)
        if later:
            yield self.bar(f"  {self.road.say('roadmap.later')}", later)
        for code, names in self.partners():
            tasked = [name for name in names if self.plan.tasks_of(name)]
            if tasked:
                yield Bar(self.road.say(f"roadmap.{code}"))
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
        return one.theme or self.road.say(f"planner.levels.{one.level}")

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
