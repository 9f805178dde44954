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

from decision.criteria import Criterion, Grade, Group, Measure, ValueFunction
from decision.figures import Amount, Calculation, Investment, Kengetal, ProfileHour
from decision.requirements import Comparison, Predicate, comparisons, unknown_levels
from decision.types import (
    ActivityRef,
    BlockRef,
    ChoiceRef,
    Document,
    FactRef,
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
    "Choice",
    "Comparison",
    "Criterion",
    "Document",
    "Effect",
    "FactDefinition",
    "Form",
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
    "Remedy",
    "Rule",
    "Source",
    "StartingSituation",
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
    its levels. A ``derived`` fact is computed from the region file and cannot be declared.
    """

    of: Partner
    name: Text
    question: Text
    kind: Literal["scale", "set"] = "scale"
    levels: Annotated[dict[str, Text], Field(min_length=2)]
    derived: bool = False


class Remedy(Checked):
    """What would satisfy a rule: which fact must become what, and the activity that does it."""

    fact: FactRef
    becomes: str
    by: ActivityRef

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A level that the fact does not have."""
        yield from unknown_levels(given.get("fact"), given.get("becomes"), ("becomes",), known)


Consequence = Literal[
    "excludes", "joins_later", "own_entrance", "decides_itself", "stays_out", "warns"
]


class Rule(Frozen):
    """A requirement on facts, what follows when it fails, why, and what would satisfy it.

    ``excludes`` takes the form away from the whole region; ``joins_later`` makes the partner
    ready only after the remedy; ``own_entrance`` keeps a municipality on the form that the
    guarded form falls back to; ``decides_itself`` and ``stays_out`` are about organisations (and
    municipalities that want no entrance at all); ``warns`` only ends up in the advice.
    """

    kind: Literal["insight", "connection", "form", "netnummer", "authority", "lesson", "scale"]
    guards: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    of_each: Partner
    requires: Predicate
    otherwise: Consequence
    because: Text
    remedy: Remedy | None = None
    source: Source


class Option(Checked):
    """One option of an inrichtingskeuze; it may need or exclude options of other choices."""

    text: Text
    needs: dict[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=dict)
    excludes: dict[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=dict)
    because: Text | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option that another inrichtingskeuze does not have."""
        for key in ("needs", "excludes"):
            yield from options_unknown(given.get(key), (key,), known)


class Choice(Frozen):
    """An inrichtingskeuze (bijlage B): a question with at most five options."""

    number: Annotated[int, Field(strict=True, ge=1, le=12)]
    name: Text
    question: Text
    building_block: BlockRef
    options: Annotated[dict[OptionId, Option], Field(min_length=2)]
    note: Text | None = None
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


class Stretch(Frozen):
    """How much longer local activities take for a municipality that meets ``when``."""

    when: Predicate
    factor: Positive


class Waves(Frozen):
    """The general rules by which partners go live together."""

    one_after_another_when: Predicate
    stretch: tuple[Stretch, ...] = ()
    minimum_scale: Share
    interval_weeks: Positive
    because: Text
    assumed: bool = False
    source: Source


class BuildingBlock(Frozen):
    """One of the five building blocks of Antwoord."""

    name: Text
    about: Text
    source: Source


class Phase(Frozen):
    """One of the five phases of Antwoord."""

    number: Annotated[int, Field(strict=True, ge=1, le=5)]
    name: Text
    about: Text
    source: Source


class Aspect(Frozen):
    """One of the ten aspects of Antwoord, with what each phase means for it."""

    building_block: BlockRef
    name: Text
    phases: Annotated[dict[str, Text], Field(min_length=5, max_length=5)]
    source: Source


class StartingSituation(Frozen):
    """One of the four situations from which a municipality starts."""

    number: Annotated[int, Field(strict=True, ge=1, le=4)]
    name: Text
    features: tuple[Text, ...]
    challenge: Text
    actions: tuple[Text, ...]
    source: Source


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
    starting_situations: dict[str, StartingSituation]
    groups: dict[str, Group]
    criteria: dict[str, Criterion]
    effects: dict[str, Effect]
    kengetallen: dict[str, Kengetal]
    hourly_profile: tuple[ProfileHour, ...]
    calculations: dict[FormRef, Calculation]
    investments: dict[str, Investment]
    rules: dict[str, Rule]
    activities: dict[str, Activity]
    waves: Waves
    lessons: dict[str, Lesson]
    netnummers: dict[str, Netnummer]

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


def _faults_of_activities(activities: Mapping[str, Any]) -> Iterator[Fault]:
    """Not exactly one moment of going live, or activities that wait for each other."""
    if activities and sum(part(a, "milestone") is not None for a in activities.values()) != 1:
        yield fault("one_milestone", ("activities",))
    waits_for = {name: part(activity, "after") for name, activity in activities.items()}
    for circle in circles(waits_for):
        yield fault("cycle", ("activities", circle[0], "after"), circle=" → ".join(circle))
