"""The road to the advised form: a planning, who starts, decisions and risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from decision.advice.advice import Advice
from decision.advice.risks import RiskFor
from decision.report.answers.answer import TableRow
from decision.report.answers.routes import tell_routes
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Cell, Pages
from decision.report.planner.wishes import answered, month, on_date
from decision.roadmap.dates import day_of
from decision.roadmap.decisions import Decision
from decision.roadmap.plan import Roadmap
from decision.roadmap.waves import HeldUp
from decision.words.catalogue import sentence

__all__ = ["roadmap_answer"]

FEW = 20
"""So many decisions are told one by one; of more those of one kind are told together."""


def roadmap_answer(advice: Advice, lang: str, *, everything: bool) -> Pages:
    """The plan of an advice; with ``everything`` each decision has a row of its own."""
    shown = _Road(advice, lang)
    plan, region = advice.roadmap, advice.region
    if plan is None or not plan.tasks:
        shown.line(shown.say("roadmap.none"))
        shown.wishes()
        return shown.pages("roadmap", shown.say("answers.roadmap", region=region.name))
    shown.planning(lang)
    shown.wishes()
    shown.waves(plan)
    if advice.findings.chosen is not None:
        tell_routes(shown, advice.findings.chosen)
    shown.decisions(everything=everything)
    shown.path(plan)
    shown.moments()
    shown.risks()
    shown.lessons()
    title = shown.say("roadmap.title", region=region.name, form=shown.view.label(plan.form))
    return shown.pages("roadmap", title)


class _Road(Sheet):
    """The parts of the output."""

    def planning(self, lang: str) -> None:
        """The work over the months, as a figure."""
        from decision.report.document.pictures import picture  # noqa: PLC0415 - loads the charts

        given = on_date(self.words, self.numbers, self.advice.region.reference_date)
        self.line(self.say("roadmap.given", when=given))
        found = picture("planning", self.view, lang)
        if found is not None:
            self.add(found)

    def wishes(self) -> None:
        """What those are told who want to start on a date."""
        told = answered(self.view, self.numbers, self.advice.start_wishes)
        if told:
            self.part("wishes", self.say("roadmap.wishes.title"))
        for one in told:
            self.line(one)

    def waves(self, plan: Roadmap) -> None:
        """Who goes live together, and when."""
        if not plan.waves:
            return
        rows = [
            TableRow(
                self.numbers.listing(self.view.names(wave.members)),
                (self.number(wave.week), self.month(wave.week), self.share(wave.share)),
            )
            for wave in plan.waves
        ]
        apart = sorted(plan.live.keys() - {n for wave in plan.waves for n in wave.members})
        for name in apart:
            week, form = plan.live[name], self.view.part(name).form
            who = self.say("roadmap.waves.apart", name=self.view.name(name), form=form)
            rows.append(TableRow(who, (self.number(week), self.month(week), "")))
        columns = self.said(*(f"roadmap.waves.{one}" for one in ("who", "week", "month", "share")))
        self.part("waves", self.say("roadmap.waves.title"))
        self.table(columns, rows)
        after = self.view.after_decision()
        if after:
            self.line(after)
        undecided = self.view.with_role("undecided")
        if undecided:
            names = self.numbers.listing(self.view.names(undecided))
            self.line(self.say("roadmap.waves.undecided", names=names))

    def share(self, share: float | None) -> Cell:
        """A share of the inhabitants; nothing where nobody knows it."""
        return Cell("") if share is None else self.percent(share)

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
        self.part("decisions", self.say("roadmap.decisions.title"))
        self.table(columns, rows, texts=(0, 1))
        taken = len(self.advice.decisions) - len(to_take)
        if taken:
            self.line(self.say("roadmap.decisions.taken", count=taken))

    def decision(self, one: Decision) -> TableRow:
        """The row of one decision."""
        who = self.view.name(one.partner) if one.partner else self.view.body(one.body)
        papers = "" if one.papers is None else self.day(one.papers)
        week = one.week or 0.0
        cells = (who, papers, self.day(week), self.number(week))
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
            cells = (who, self.number(task.start), self.number(task.finish))
            rows.append(TableRow(self.activity(task.activity), cells))
        if rows:
            columns = self.said(*(f"roadmap.path.{one}" for one in ("step", "who", "from", "to")))
            self.part("path", self.say("roadmap.path.title"))
            self.table(columns, rows, texts=(0, 1))
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
        found = self.view.chance
        if found is not None:
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
                self.part("moments", self.say("roadmap.moments.title"))
            own, known = [*group], self.advice.knowledge.moments[name]
            details = {
                "name": sentence(known.name),
                "body": self.view.body(known.body),
                "to": self.numbers.listing(map(self.view.body, known.to)),
                "first": self.month(own[0].week),
                "last": self.month(own[-1].week),
            }
            if known.every_weeks is None:
                told = self.say("roadmap.moments.once", **details)
            else:
                every = self.numbers.plain(known.every_weeks)
                told = self.say("roadmap.moments.every", **details, weeks=every)
            self.point(told, [known.does])

    def risks(self) -> None:
        """The risks that hold, for whom, and what can be done about them."""
        for at, one in enumerate(self.advice.risks):
            if not at:
                self.part("risks", self.say("roadmap.risks.title"))
            known = self.advice.knowledge.risks[one.risk]
            name = sentence(known.name)
            if known.of_each == "municipality":
                names = self.numbers.listing(self.view.those(one.partners))
                name = self.say("roadmap.risks.of", risk=name, names=names)
            self.point(f"{name}. {known.because} {known.measure}", self.others(one))

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
                parts.append(
                    self.say("roadmap.risks.year", year=year, share=self.numbers.percent(share))
                )
            for size in dict.fromkeys(named.by_size.values()):
                alike = [name for name, share in named.by_size.items() if share == size]
                names = self.numbers.listing(self.view.names(alike))
                details = {"share": self.numbers.percent(size), "names": names}
                parts.append(self.say("roadmap.risks.alike", **details))
            for year, share in printed[:1]:
                finding = survey.findings[named.finding].name
                details = {"share": self.numbers.percent(share), "finding": finding}
                told = "; ".join((str(year), *parts))
                yield self.say("roadmap.risks.named", **details, when=told)

    def lessons(self) -> None:
        """The lessons that are about this region."""
        for at, name in enumerate(self.advice.lessons):
            if not at:
                self.part("lessons", self.say("roadmap.lessons"))
            lesson = self.advice.knowledge.lessons[name]
            self.point(f"{lesson.name}. {self.view.gist(lesson.about)}")


def _kind(one: object) -> str:
    return str(getattr(one, "moment", ""))
