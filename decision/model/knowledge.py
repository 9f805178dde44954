"""The knowledge in ``criteria/`` as validated, frozen models.

Every entry is kept under its id, so that an English layer (``criteria/en``) or a user's own
folder (``--criteria``) can be laid over it key by key. References between entries are checked
while validating: the loader passes the ids it found as the validation context, so that a wrong
reference is reported together with every other fault of the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from decision.model.activities import Activity, Waves
from decision.model.antwoord import (
    Aspect,
    BuildingBlock,
    FormPhase,
    Phase,
    StartingSituation,
    Survey,
)
from decision.model.capacity import Capacity, Recess, faults_of_calendar
from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    circles,
    entries,
    fault,
    part,
    shares_not_one,
)
from decision.model.cost_basis import AssumedYears, faults_of_years
from decision.model.criteria import Criterion, Group
from decision.model.figures import (
    PHONE,
    Calculation,
    Channel,
    Investment,
    Kengetal,
    ProfileHour,
    RunningCost,
)
from decision.model.forms import Choice, Degree, Effect, FitWeights, Form, faults_of_relations
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.groupings import GroupingMeasure
from decision.model.process import Moment, Papers, Risk
from decision.model.projects import ChannelFitness, NotCounted, Project, Steering
from decision.model.requirements import Predicate, asked_elsewhere
from decision.model.routes import PlannedRoute
from decision.model.rules import Rule
from decision.model.values import (
    AspectRef,
    Body,
    Document,
    FormRef,
    Name,
    Partner,
    RuleRef,
    Source,
    Text,
    Whole,
)

__all__ = ["UNKNOWN", "FactDefinition", "Knowledge", "Lesson", "Netnummer"]

UNKNOWN = "unknown"
"""The value of a fact that nobody has declared: neither yes nor no."""


class FactDefinition(Frozen):
    """A fact that can be declared about a partner.

    ``scale`` levels run from least to most and can be compared; a ``set`` holds any number of
    its levels. A ``derived`` fact is computed from the region file and cannot be declared. One with
    an ``aspect`` is the phase of Antwoord on it, declared under ``positions``. Beside a fact with a
    ``measure`` the advice puts what the staffing model computes.
    """

    of: Partner
    name: Text
    question: Text
    kind: Literal["scale", "set"] = "scale"
    levels: Annotated[Mapping[str, Text], Field(min_length=2), FREEZE]
    derived: bool = False
    aspect: AspectRef | None = None
    measure: Literal["answer_speed"] | None = None

    @property
    def among_facts(self) -> bool:
        """Whether it is declared under ``facts`` of a region file."""
        return not self.derived and self.aspect is None


class Lesson(Checked):
    """A lesson about the process, the rules that apply it, and ``when`` it is about a region.

    Without ``when`` it always is.
    """

    number: Whole
    name: Text
    about: Text
    rules: tuple[RuleRef, ...] = ()
    when: Predicate | None = None
    source: Source

    CHECKS: ClassVar = (
        lambda given, known: asked_elsewhere(given.get("when"), "region", known, ("when",)),
    )


class Netnummer(Frozen):
    """A Dutch area code with its main place."""

    place: Text


class Knowledge(Checked):
    """Everything in ``criteria/``; each field is a file or a part of one."""

    sources: Map[str, Document]
    facts: Map[Name, FactDefinition]
    forms: Map[Name, Form]
    choices: Map[Name, Choice]
    degrees: Map[str, Degree] = Field(default_factory=FrozenDict)
    building_blocks: Map[str, BuildingBlock]
    phases: Map[str, Phase]
    aspects: Map[Name, Aspect]
    form_phases: Map[FormRef, FormPhase] = Field(default_factory=FrozenDict)
    starting_situations: Map[str, StartingSituation]
    survey: Survey | None = None
    groups: Map[Name, Group]
    criteria: Map[Name, Criterion]
    effects: Map[str, Effect]
    kengetallen: Map[Name, Kengetal]
    channels: Map[str, Channel] = Field(default_factory=FrozenDict)
    hourly_profile: tuple[ProfileHour, ...]
    assumed_years: AssumedYears
    calculations: Map[FormRef, Calculation]
    investments: Map[str, Investment]
    running_costs: Map[str, RunningCost] = Field(default_factory=FrozenDict)
    not_counted: Map[str, NotCounted] = Field(default_factory=FrozenDict)
    projects: Map[Name, Project] = Field(default_factory=FrozenDict)
    channel_steering: Map[Name, Steering] = Field(default_factory=FrozenDict)
    channel_fitness: Map[str, ChannelFitness] = Field(default_factory=FrozenDict)
    rules: Map[str, Rule]
    activities: Map[str, Activity]
    waves: Waves
    capacity: Capacity
    calendar: Map[str, Recess] = Field(default_factory=FrozenDict)
    lessons: Map[str, Lesson]
    risks: Map[str, Risk] = Field(default_factory=FrozenDict)
    routes: Map[Name, PlannedRoute] = Field(default_factory=FrozenDict)
    moments: Map[str, Moment] = Field(default_factory=FrozenDict)
    papers: Map[Body, Papers] = Field(default_factory=FrozenDict)
    netnummers: Map[str, Netnummer]
    fit: FitWeights
    grouping_measures: Map[str, GroupingMeasure] = Field(default_factory=FrozenDict)

    @property
    def baseline(self) -> str:
        """The form that builds on no other: going on as today."""
        return next(name for name, form in self.forms.items() if form.builds_on is None)

    def lesser(self, form: str) -> tuple[str, ...]:
        """The forms that a form builds on, nearest first, without going on as today."""
        found: list[str] = []
        at = self.forms[form].builds_on
        while at is not None and at != self.baseline:
            found.append(at)
            at = self.forms[at].builds_on
        return tuple(found)

    @property
    def go_live(self) -> str:
        """The activity that is the moment of going live."""
        return next(name for name, activity in self.activities.items() if activity.milestone)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """What is wrong between entries: shares, circles, forms that lack something."""
        groups = [*entries(given, "groups").values()]
        yield from shares_not_one(given.get("hourly_profile"), ("hourly_profile",), key="share")
        yield from shares_not_one(groups, ("groups",), key="weight")
        yield from faults_of_years(given, "assumed_years")
        yield from _groups_without_criterion(given)
        yield from faults_of_relations(given.get("choices"))
        yield from _faults_of_forms(given)
        yield from _faults_of_moves(given)
        yield from _faults_of_activities(entries(given, "activities"))
        yield from _asked_by_nothing(given)
        yield from faults_of_calendar(given)
        yield from _remedies_not_made(given, known)


def _groups_without_criterion(given: Given) -> Iterator[Fault]:
    """A group that would count for something while nothing is judged in it."""
    used = [part(criterion, "group") for criterion in entries(given, "criteria").values()]
    for name in entries(given, "groups") if "criteria" in given else ():
        if name not in used:
            yield fault("group_without_criterion", ("groups", name), value=name)


def _faults_of_forms(given: Given) -> Iterator[Fault]:
    """A form that cannot be calculated, no form of today, or forms that go round in a circle."""
    forms = entries(given, "forms")
    if isinstance(given.get("calculations"), Mapping):
        for form in forms:
            if form not in given["calculations"]:
                yield fault("form_without_calculation", ("forms", form), form=form)
    if forms and all(part(form, "builds_on") is not None for form in forms.values()):
        yield fault("no_baseline", ("forms",))
    for key in ("grows_into", "builds_on"):
        steps = {name: [part(form, key)] for name, form in forms.items()}
        for circle in circles(steps):
            yield fault("form_cycle", ("forms", circle[0], key), circle=" → ".join(circle))


def _faults_of_moves(given: Given) -> Iterator[Fault]:
    """Contacts that are moved without a price, or that are calls, or cannot be counted."""
    channels, moves = entries(given, "channels"), dict[tuple[str, ...], object]()
    for form, calculation in entries(given, "calculations").items():
        moves["calculations", form, "moved"] = part(calculation, "moved")
    for name, steering in entries(given, "channel_steering").items():
        moves["channel_steering", name] = steering
    for at, moved in moves.items():
        if moved is not None and PHONE not in channels:
            yield fault("no_phone_channel", at, value=PHONE)
        for key in ("from", "to"):
            channel = part(moved, key)
            if channel == PHONE:
                yield fault("moves_calls", (*at, key), value=channel)
            elif isinstance(channel, str) and _has_no_cost(channels.get(channel)):
                yield fault("channel_without_cost", (*at, key), value=channel)


def _has_no_cost(channel: object) -> bool:
    return channel is not None and part(channel, "cost") is None


def _asked_by_nothing(given: Given) -> Iterator[Fault]:
    """Activities for what a region chooses, of which nothing that it can choose asks them."""
    asked = {
        name
        for kind in ("projects", "channel_steering")
        for one in entries(given, kind).values()
        if isinstance(asks := part(one, "asks"), list | tuple)
        for name in asks
        if isinstance(name, str)
    }
    activities = entries(given, "activities")
    waiting = [*asked]
    while waiting:  # what must come before it is asked as well
        after = part(activities.get(waiting.pop()), "after")
        new = {n for n in after if isinstance(n, str)} if isinstance(after, list | tuple) else set()
        waiting += new - asked
        asked |= new
    for name, one in activities.items():
        if part(one, "when") == "chosen" and name not in asked:
            yield fault("chosen_by_nothing", ("activities", name, "when"), value=name)


def _faults_of_activities(activities: Mapping[str, Any]) -> Iterator[Fault]:
    """Not exactly one moment of going live, or activities that wait for each other."""
    if activities and sum(part(a, "milestone") is not None for a in activities.values()) != 1:
        yield fault("one_milestone", ("activities",))
    waits_for = {name: part(activity, "after") for name, activity in activities.items()}
    for circle in circles(waits_for):
        yield fault("cycle", ("activities", circle[0], "after"), circle=" → ".join(circle))


def _remedies_not_made(given: Given, known: Given) -> Iterator[Fault]:
    """A remedy by an activity that does not make the fact what the remedy says it becomes.

    Facts and activities that do not exist, or are of different partners, are told elsewhere.
    """
    derived, doers = known.get("derived fact", ()), known.get("activity owner", {})
    owners = known.get("fact owner", {})
    changeable = {name: of for name, of in owners.items() if name not in derived}
    activities = entries(given, "activities")
    for name, rule in entries(given, "rules").items():
        remedy = part(rule, "remedy")
        fact, becomes, by = (part(remedy, key) for key in ("fact", "becomes", "by"))
        if not (isinstance(fact, str) and isinstance(becomes, str) and isinstance(by, str)):
            continue
        made = entries(activities.get(by), "makes").get(fact)
        so = becomes == made or (isinstance(made, list | tuple) and becomes in made)
        asked = fact in changeable and becomes in known.get("fact", {})[fact]
        if asked and changeable[fact] == doers.get(by) and not so:
            details = {"value": by, "fact": fact, "level": becomes}
            yield fault("remedy_not_made", ("rules", name, "remedy", "by"), **details)
