"""The people in each hour, and what callers notice of another number of them."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.costs.service import HourService, Noticed, Service
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Cell

__all__ = ["staffing"]


def staffing(advice: Advice, lang: str) -> Sheet:
    """The staffing of the form that the questions are on, and that of so many people."""
    shown, found = _Staffing(advice, lang), advice.findings
    if found.form is not None:
        shown.hours(found.form)
    if found.service is not None:
        shown.service(found.service)
    return shown


class _Staffing(Sheet):
    """The parts about the hours of a day, each under its own heading."""

    def hours(self, form: str) -> None:
        """How many people the norm asks in each hour of the last year."""
        numbers, basis = self.numbers, self.advice.region.costs
        self.part("hours", self.say("costs.hours.title", form=form, year=self.last_year))
        self.line(self.say("costs.hours.about"))
        if basis.smallest_crew is not None:
            self.line(self.say("costs.hours.crew", people=basis.smallest_crew))
        if basis.shrinkage is not None:
            self.line(self.say("costs.hours.shrinkage", share=numbers.share(basis.shrinkage)))
        columns = ["start", "calls", "first_line"]
        columns += [] if basis.shrinkage is None else ["present"]
        rows = []
        for hour in self.advice.costs.forms[form].last_year.hours:
            cells = [self.number(hour.calls, 1), self.number(hour.agents_first_line)]
            cells += [] if basis.shrinkage is None else [self.number(hour.present_first_line)]
            cells += [self.percent(hour.occupancy_first_line), self.number(hour.agents_second_line)]
            rows.append(TableRow(hour.start, cells))
        columns += ["occupancy", "second_line"]
        self.table(self.said(*(f"costs.hours.{one}" for one in columns)), rows)

    def service(self, found: Service) -> None:
        """What callers notice of so many people: in all forms, and hour by hour in one."""
        numbers, form = self.numbers, self.found.form
        norm = {"target": numbers.share(found.target), "wait": numbers.plain(found.wait)}
        self.part("service", self.say("costs.service.title", people=found.agents, year=found.year))
        self.line(self.say("costs.service.about", people=found.agents))
        if found.present > found.agents:
            self.line(self.say("costs.service.present", people=found.present))
        if found.patience is None:
            self.line(self.say("costs.service.nobody"))
        else:
            self.line(self.say("costs.service.patience", patience=numbers.plain(found.patience)))
        columns = ["in_time", "wait", "occupancy"]
        columns += [] if found.patience is None else ["abandonment"]
        rows = [
            self.row(name, *self.noticed(one.with_patience or one.patient))
            for name, one in found.forms.items()
        ]
        heads = self.said("costs.form", *(f"costs.service.{one}" for one in columns))
        self.table(heads, rows)
        self.line(self.say("costs.service.norm", **norm))
        shown = [one.with_patience or one.patient for one in found.forms.values()]
        if any(one.mean_wait is None for one in shown):
            self.line(self.say("costs.service.overfull"))
        if form is None:
            return
        one = found.forms[form]
        self.part("service-hours", self.say("costs.service.hours", form=form))
        if len(one.locations) > 1:
            each = numbers.listing(map(str, one.locations))
            self.line(self.say("costs.service.locations", people=each))
        columns = ["costs.hours.start", "costs.hours.calls", "costs.service.needed"]
        columns += ["costs.service.in_time", "costs.service.wait", "costs.service.occupancy"]
        columns += [] if found.patience is None else ["costs.service.abandonment"]
        hours = [self.hour(hour) for hour in one.hours]
        self.table(self.said(*columns), hours)

    def hour(self, hour: HourService) -> TableRow:
        """An hour with its calls and the people that the norm asks."""
        cells = (self.number(hour.calls, 1), self.number(hour.needed))
        return TableRow(hour.start, (*cells, *self.noticed(hour.with_patience or hour.patient)))

    def noticed(self, one: Noticed) -> list[str | Cell]:
        """In time, the wait, how busy, and who hangs up where that is known."""
        numbers = self.numbers
        wait: str | Cell = self.say("costs.service.grows")
        if one.mean_wait is not None:
            seconds = numbers.number(one.mean_wait)
            wait = Cell(self.say("costs.service.seconds", seconds=seconds), one.mean_wait)
        cells = [self.percent(one.service_level), wait, self.percent(one.occupancy)]
        known = self.advice.region.costs.patience is not None
        return [*cells, self.percent(one.abandonment, 1)] if known else cells
