"""The knowledge in ``criteria/`` as validated, frozen models.

Every entry is kept under its id, so that an English layer (``criteria/en``) or a user's own
folder (``--criteria``) can be laid over it key by key. References between entries are checked
while validating: the loader passes the ids it found as the validation context, so that a wrong
reference is reported together with every other fault of the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from decision.antwoord import (
    Aspect,
    BuildingBlock,
    FormPhase,
    Phase,
    StartingSituation,
    Survey,
)
from decision.criteria import Criterion, Grade, Group, Measure, ValueFunction
from decision.figures import (
    PHONE,
    Amount,
    Calculation,
    Channel,
    Investment,
    Kengetal,
    ProfileHour,
)
from decision.requirements import Comparison, Predicate, asked_elsewhere, comparisons
from decision.rules import Consequence, Remedy, Rule
from decision.types import (
    ActivityRef,
    BlockRef,
    ChoiceRef,
    Document,
    FormRef,
    NonNegative,
    OptionId,
    Partner,
    Positive,
    Range,
    RuleRef,
    Share,
    Source,
    Text,
    Whole,
    options_unknown,
)
from decision.validation import (
    Checked,
    Fault,
    Frozen,
    Given,
    circles,
    fault,
    outside_range,
    part,
    shares_not_one,
)

__all__ = [
    "UNKNOWN",
    "Activity",
    "Amount",
    "Aspect",
    "BuildingBlock",
    "Calculation",
    "Channel",
    "Choice",
    "Comparison",
    "Consequence",
    "Criterion",
    "Document",
    "Effect",
    "FactDefinition",
    "FitWeights",
    "Form",
    "FormPhase",
    "Grade",
    "Group",
    "Investment",
    "Kengetal",
    "Knowledge",
    "Lesson",
    "Measure",
    "Netnummer",
    "Option",
    "Phase",
    "ProfileHour",
    "Relation",
    "Remedy",
    "Rule",
    "Source",
    "StartingSituation",
    "Survey",
    "Text",
    "ValueFunction",
    "Waves",
    "comparisons",
]

UNKNOWN = "unknown"
"""The value of a fact that nobody has declared: neither yes nor no."""


class FactDefinition(Frozen):
    """A fact that can be declared about a partner.

    ``scale`` levels run from least to most and can be compared; a ``set`` holds any number of
    its levels. A ``derived`` fact is computed from the region file and cannot be declared. Beside
    a fact with a ``measure`` the advice puts what the staffing model computes.
    """

    of: Partner
    name: Text
    question: Text
    kind: Literal["scale", "set"] = "scale"
    levels: Annotated[dict[str, Text], Field(min_length=2)]
    derived: bool = False
    measure: Literal["answer_speed"] | None = None


class Relation(Frozen):
    """The options of another inrichtingskeuze that an option needs one of, or excludes, and why."""

    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    because: Text
    source: Source


class Option(Checked):
    """One option of an inrichtingskeuze; it may need or exclude options of other choices."""

    text: Text
    needs: dict[ChoiceRef, Relation] = Field(default_factory=dict)
    excludes: dict[ChoiceRef, Relation] = Field(default_factory=dict)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option that another inrichtingskeuze does not have."""
        for key in ("needs", "excludes"):
            relations = given.get(key)
            for choice, relation in relations.items() if isinstance(relations, Mapping) else ():
                asked = {choice: part(relation, "options")}
                yield from options_unknown(asked, (key,), known)


class Choice(Frozen):
    """An inrichtingskeuze (bijlage B): a question with at most five options."""

    number: Annotated[int, Field(strict=True, ge=1, le=12)]
    name: Text
    question: Text
    building_block: BlockRef
    options: Annotated[dict[OptionId, Option], Field(min_length=2)]
    note: Text | None = None
    source: Source


class FitWeights(Frozen):
    """How the wishes of partners add up to the fit of a configuration, from 0 to 1.

    ``wanted``, ``accepted`` and ``other`` are the values of an option that a partner wants, that it
    accepts, or that it names neither way. A municipality has one vote, or one for every
    ``inhabitants_per_vote`` or part of it; ``organisation`` is the votes of an organisation.
    """

    wanted: Share
    accepted: Share
    other: Share
    inhabitants_per_vote: Positive | None = None
    organisation: NonNegative
    assumed: bool = False
    because: Text
    source: Source


class Tasks(Frozen):
    """The main tasks of a form (tables 4.1-4.5), as activities."""

    municipality: tuple[ActivityRef, ...] = ()
    organisation: tuple[ActivityRef, ...] = ()
    region: tuple[ActivityRef, ...] = ()


class Form(Checked):
    """A form of cooperation.

    ``grows_into`` is the next form on the growth path; ``falls_back_to`` the form of a
    municipality that does not take part in this one.
    """

    name: Text
    summary: Text
    citizen: Text
    organised: Text
    tasks: Tasks = Tasks()
    profile: dict[ChoiceRef, OptionId]
    profile_note: Text | None = None
    grows_into: FormRef | None = None
    falls_back_to: FormRef | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option in the profile that the inrichtingskeuze does not have."""
        yield from options_unknown(given.get("profile"), ("profile",), known)


class Effect(Frozen):
    """One of the effects that drive cost (table 5.4), in words per form."""

    name: Text
    forms: dict[FormRef, Text]
    source: Source


class Effort(Checked):
    """Working days for one execution of an activity."""

    days: NonNegative
    range: Range

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Days outside their plausible range."""
        yield from outside_range(given, "days")


class Duration(Checked):
    """Calendar weeks for one execution of an activity."""

    weeks: NonNegative
    range: Range

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Weeks outside their plausible range."""
        yield from outside_range(given, "weeks")


class Activity(Frozen):
    """Something that has to be done, by whom, how long it takes and what must come first.

    ``of_each`` says whether it is done once for the region or by each partner; ``when`` whether
    it always belongs to its forms or only answers a remedy that a partner needs; ``milestone``
    marks the moment a partner's calls go to the joint organisation.
    """

    name: Text
    does: Text
    level: Literal["regional", "process", "local", "decision"]
    of_each: Partner = "region"
    theme: Text | None = None
    forms: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    who: Text
    effort: Effort
    duration: Duration
    assumed: tuple[Literal["effort", "duration"], ...] = ()
    after: tuple[ActivityRef, ...] = ()
    when: Literal["always", "remedy"] = "always"
    milestone: Literal["go_live"] | None = None
    source: Source


class Stretch(Checked):
    """How much longer local activities take for a municipality that meets ``when``."""

    when: Predicate
    factor: Positive

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Facts that are not a municipality's."""
        yield from asked_elsewhere(given.get("when"), "municipality", known, ("when",))


class Waves(Checked):
    """The general rules by which partners go live together."""

    one_after_another_when: Predicate
    stretch: tuple[Stretch, ...] = ()
    minimum_scale: Share
    interval_weeks: Positive
    because: Text
    assumed: bool = False
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Facts that are not a municipality's."""
        key = "one_after_another_when"
        yield from asked_elsewhere(given.get(key), "municipality", known, (key,))


class Lesson(Frozen):
    """A lesson about the process, and the rules that apply it."""

    number: Whole
    name: Text
    about: Text
    rules: tuple[RuleRef, ...] = ()
    source: Source


class Netnummer(Frozen):
    """A Dutch area code with its main place."""

    place: Text


class Knowledge(Checked):
    """Everything in ``criteria/``; each field is a file or a part of one."""

    sources: dict[str, Document]
    facts: dict[str, FactDefinition]
    forms: dict[str, Form]
    choices: dict[str, Choice]
    building_blocks: dict[str, BuildingBlock]
    phases: dict[str, Phase]
    aspects: dict[str, Aspect]
    form_phases: dict[FormRef, FormPhase] = Field(default_factory=dict)
    starting_situations: dict[str, StartingSituation]
    survey: Survey | None = None
    groups: dict[str, Group]
    criteria: dict[str, Criterion]
    effects: dict[str, Effect]
    kengetallen: dict[str, Kengetal]
    channels: dict[str, Channel] = Field(default_factory=dict)
    hourly_profile: tuple[ProfileHour, ...]
    calculations: dict[FormRef, Calculation]
    investments: dict[str, Investment]
    rules: dict[str, Rule]
    activities: dict[str, Activity]
    waves: Waves
    lessons: dict[str, Lesson]
    netnummers: dict[str, Netnummer]
    fit: FitWeights

    @property
    def baseline(self) -> str:
        """The form that falls back to no other: going on as today."""
        return next(name for name, form in self.forms.items() if form.falls_back_to is None)

    @property
    def go_live(self) -> str:
        """The activity that is the moment of going live."""
        return next(name for name, activity in self.activities.items() if activity.milestone)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """What is wrong between entries: shares, circles, forms that lack something."""
        profile, groups = given.get("hourly_profile"), _entries(given, "groups")
        if isinstance(profile, list | tuple):
            yield from shares_not_one([part(h, "share") for h in profile], ("hourly_profile",))
        yield from shares_not_one([part(g, "weight") for g in groups.values()], ("groups",))
        yield from _groups_without_criterion(given)
        yield from _faults_of_forms(given)
        yield from _faults_of_moves(given)
        yield from _faults_of_activities(_entries(given, "activities"))


def _entries(given: Given, key: str) -> Mapping[str, Any]:
    found = given.get(key)
    return found if isinstance(found, Mapping) else {}


def _groups_without_criterion(given: Given) -> Iterator[Fault]:
    """A group that would count for something while nothing is judged in it."""
    used = {part(criterion, "group") for criterion in _entries(given, "criteria").values()}
    for name in _entries(given, "groups") if "criteria" in given else ():
        if name not in used:
            yield fault("group_without_criterion", ("groups", name), value=name)


def _faults_of_forms(given: Given) -> Iterator[Fault]:
    """A form that cannot be calculated, no form of today, or forms that go round in a circle."""
    forms = _entries(given, "forms")
    if isinstance(given.get("calculations"), Mapping):
        for form in forms:
            if form not in given["calculations"]:
                yield fault("form_without_calculation", ("forms", form), form=form)
    if forms and all(part(form, "falls_back_to") is not None for form in forms.values()):
        yield fault("no_baseline", ("forms",))
    for key in ("grows_into", "falls_back_to"):
        steps = {name: [part(form, key)] for name, form in forms.items()}
        for circle in circles(steps):
            yield fault("form_cycle", ("forms", circle[0], key), circle=" → ".join(circle))


def _faults_of_moves(given: Given) -> Iterator[Fault]:
    """Contacts that are moved without a price, or that are calls, or cannot be counted."""
    channels = _entries(given, "channels")
    for form, calculation in _entries(given, "calculations").items():
        moved = part(calculation, "moved")
        at = ("calculations", form, "moved")
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


def _faults_of_activities(activities: Mapping[str, Any]) -> Iterator[Fault]:
    """Not exactly one moment of going live, or activities that wait for each other."""
    if activities and sum(part(a, "milestone") is not None for a in activities.values()) != 1:
        yield fault("one_milestone", ("activities",))
    waits_for = {name: part(activity, "after") for name, activity in activities.items()}
    for circle in circles(waits_for):
        yield fault("cycle", ("activities", circle[0], "after"), circle=" → ".join(circle))
