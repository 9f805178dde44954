"""The work of a region and its partners on the way to a form, as a workload."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from decision.eligibility.evaluation import Truth
from decision.eligibility.verdicts import Eligibility
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.calendar import Calendar
from decision.roadmap.capacity import LocalDays, local_days, team_days
from decision.roadmap.chosen import chosen_jobs
from decision.roadmap.graph import prerequisites
from decision.roadmap.jobs import Doer, Job, Planned, planned
from decision.roadmap.parts import Part
from decision.roadmap.progress import Progress
from decision.roadmap.workload import Days, Workload

__all__ = ["Network", "Ways"]


class Network(NamedTuple):
    """Jobs by id in the order of the workload, and what each waits for but for the founders.

    ``waits`` are the activities of municipalities that a job waits for of each founder: before it
    goes live (False) or as it does (True). ``gates`` are everybody's moments of going live. Who
    may lack people does so where that is ``lacking``.
    """

    jobs: Mapping[str, Planned]
    before: Mapping[str, frozenset[str]]
    waits: Mapping[str, Mapping[bool, tuple[str, ...]]]
    gates: Mapping[str, str]
    lacking: bool

    def needed(self, goals: Iterable[str]) -> set[str]:
        """The ids of the goals and of all that must be done before."""
        found, wanted = set[str](), [*goals]
        while wanted:
            name = wanted.pop()
            if name not in found:
                found.add(name)
                wanted += self.before[name]
        return found


@dataclass(frozen=True)
class Ways:
    """What everybody has to do on the way to a form, and the days that there are for it.

    Who is ``helped`` lacks no people from the start.
    """

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    form: str
    parts: Mapping[str, Part]
    helped: frozenset[str] = frozenset()

    @cached_property
    def going(self) -> dict[str, str]:
        """The municipalities that go to a form of cooperation, with that form."""
        today = self.knowledge.baseline
        return {
            n: self.parts[n].form for n in self.region.municipalities if self.parts[n].form != today
        }

    @cached_property
    def perhaps_going(self) -> dict[str, str]:
        """The same, with those that may go."""
        may = {n: self.parts[n].may_join for n in self.region.municipalities}
        return {**self.going, **{name: form for name, form in may.items() if form is not None}}

    @property
    def joining(self) -> list[str]:
        """Those that go to the form itself."""
        return [name for name, form in self.going.items() if form == self.form]

    @property
    def there(self) -> list[str]:
        """Those of them that are in the form already."""
        towns = self.region.municipalities
        return [name for name in self.joining if towns[name].current.form == self.form]

    @cached_property
    def progress(self) -> Progress:
        """Where everybody is now."""
        return Progress(self.knowledge, self.region)

    @cached_property
    def local(self) -> Mapping[str, LocalDays]:
        """The days a week of the municipalities."""
        found = local_days(self.knowledge, self.region)
        for name in self.helped:
            found[name] = replace(found[name], low=found[name].freed, high=found[name].freed)
        return found

    @cached_property
    def calendar(self) -> Calendar:
        """The weeks from the start of the region on."""
        own = self.region.calendar
        held = self.knowledge.calendar if own is None else own
        return Calendar(self.region.reference_date, held.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every activity in an order in which none comes before what it waits for."""
        after = {name: one.after for name, one in self.knowledge.activities.items()}
        return {name: at for at, name in enumerate(TopologicalSorter(after).static_order())}

    @cached_property
    def done(self) -> Callable[[Job, str], Truth]:
        """Whether a job is done on the way to a form; each is looked up once."""
        return cache(self.progress.done)

    def network(self, goal: Mapping[str, str], *, unknown_to_do: bool) -> Network:
        """The work of the region, of who goes to the ``goal`` and of the organisations.

        Where what is unknown is to do, who may lack people does so.
        """
        knowledge, left = self.knowledge, self.progress.left
        found: dict[str, Planned] = {}
        for doer in self._doers(goal):
            for one in planned(knowledge, doer, self.done, left, uncertain=unknown_to_do):
                found.setdefault(one.job.id, one)
        for one in chosen_jobs(
            knowledge, self.region, self.done, left, lambda name: goal.get(name, self.form)
        ):
            found.setdefault(one.job.id, one)
        jobs = dict(sorted(found.items(), key=lambda one: self.places[one[1].job.activity]))
        live = knowledge.go_live
        return Network(
            jobs,
            prerequisites(knowledge, jobs),
            dict(self._waits(jobs)),
            {name: f"{live}@{name}" for name in goal if f"{live}@{name}" in jobs},
            lacking=unknown_to_do,
        )

    def _waits(
        self, jobs: Mapping[str, Planned]
    ) -> Iterator[tuple[str, Mapping[bool, tuple[str, ...]]]]:
        """The work of the region and of organisations that waits for that of municipalities."""
        activities, live = self.knowledge.activities, self.knowledge.go_live
        for name, one in jobs.items():
            activity = activities[one.job.activity]
            if activity.of_each != "municipality":
                of = [n for n in activity.after if activities[n].of_each == "municipality"]
                if of:
                    yield (
                        name,
                        {
                            True: tuple(n for n in of if n == live),
                            False: tuple(n for n in of if n != live),
                        },
                    )

    def _doers(self, goal: Mapping[str, str]) -> Iterator[Doer]:
        """The region for every form in use, municipalities on their way, and organisations."""
        for form in dict.fromkeys((self.form, *goal.values())):
            regional = self.eligibility.forms[form].verdicts
            broken, unknown = (
                tuple(v.rule for v in regional if v.truth == truth) for truth in ("no", "unknown")
            )
            yield Doer("region", None, form, broken, unknown)
        for name, form in goal.items():
            own = self.eligibility.municipalities[name][form]
            yield Doer("municipality", name, form, own.remedies, own.open_work)
        for name, verdicts in self.eligibility.organisations.items():
            if self.parts[name].role in {"follows", "decides_itself"}:
                own = verdicts[self.form]
                yield Doer("organisation", name, self.form, own.remedies, own.open_work)

    def workload(
        self,
        network: Network,
        founders: Iterable[str],
        live: Iterable[str] = (),
        *,
        only: Iterable[str | None] | None = None,
    ) -> tuple[tuple[str, ...], Workload]:
        """The ids of jobs and the workload of them.

        Args:
            network: the work.
            founders: the municipalities that the region waits for before it decides.
            live: those that must be live before what comes after going live.
            only: whose work to take; without it everybody's.
        """
        whose = None if only is None else {*only}
        names = [n for n, one in network.jobs.items() if whose is None or one.job.partner in whose]
        places = {name: at for at, name in enumerate(names)}
        before = [
            sorted(
                places[one] for one in self._first(network, name, founders, live) if one in places
            )
            for name in names
        ]
        return tuple(names), self._workload(network, names, before)

    def _first(
        self, network: Network, name: str, founders: Iterable[str], live: Iterable[str]
    ) -> Iterator[str]:
        """What a job waits for."""
        yield from network.before[name]
        waits = network.waits.get(name)
        if waits:
            for members, activities in ((founders, waits[False]), (live, waits[True])):
                yield from (Job(one, member).id for one in activities for member in members)

    def _workload(
        self, network: Network, names: Sequence[str], before: Sequence[Sequence[int]]
    ) -> Workload:
        jobs = [network.jobs[name] for name in names]
        own: dict[str | None, list[int]] = {None: []}
        for place, one in enumerate(jobs):
            own.setdefault(one.job.partner, []).append(place)
        partners = [None, *(n for n in self.local if n in network.gates and n in own)]
        at = {partner: place for place, partner in enumerate(partners)}
        activities = self.knowledge.activities
        return Workload(
            weeks=tuple(int(one.weeks) for one in jobs),
            days=tuple(one.effort for one in jobs),
            people=tuple(at.get(one.job.partner, -1) for one in jobs),
            before=tuple(map(tuple, before)),
            decision=tuple(activities[one.job.activity].level == "decision" for one in jobs),
            place=tuple(self.places[one.job.activity] for one in jobs),
            teams=tuple(
                self._days(one, ((job, jobs[job]) for job in own[one]), lacking=network.lacking)
                for one in partners
            ),
            calendar=self.calendar,
        )

    def _days(
        self, partner: str | None, jobs: Iterable[tuple[int, Planned]], *, lacking: bool
    ) -> Days:
        """The days a week of the regional team, or of a municipality with these jobs."""
        if partner is None:
            team = team_days(self.knowledge, self.region)
            return Days(team, team)
        own = self.local[partner]
        by = (at for at, one in jobs if one.job.activity in own.by)
        return Days(own.low if lacking else own.high, own.freed, tuple(by))
