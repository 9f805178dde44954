"""The knowledge in ``criteria/`` as validated, frozen models.

Every entry is kept under its id, so that an English layer (``criteria/en``) or a user's own
folder (``--criteria``) can be laid over it key by key. References between entries are checked
while validating: the loader passes the ids it found as the validation context, so that a wrong
reference is reported together with every other fault of the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from decision.validation import (
    Checked,
    Fault,
    Frozen,
    Given,
    Shaped,
    fault,
    known,
    outside_range,
    part,
    shares_not_one,
)

__all__ = [
    "UNKNOWN",
    "Activity",
    "All",
    "Any_",
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
    "Netnummer",
    "Not",
    "Option",
    "OptionId",
    "Phase",
    "Predicate",
    "ProfileHour",
    "Quantified",
    "Remedy",
    "Rule",
    "Source",
    "StartingSituation",
    "Waves",
]

UNKNOWN = "unknown"
"""The value of a fact that nobody has declared: neither yes nor no."""


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Whole = Annotated[int, Field(strict=True, ge=0)]
Range = tuple[Number, Number]
OptionId = Literal["A", "B", "C", "D", "E"]
Partner = Literal["region", "municipality", "organisation"]

DocumentRef = Annotated[str, known("document")]
FormRef = Annotated[str, known("form")]
FactRef = Annotated[str, known("fact")]
ChoiceRef = Annotated[str, known("choice")]
ActivityRef = Annotated[str, known("activity")]
GroupRef = Annotated[str, known("group")]
BlockRef = Annotated[str, known("building block")]
RuleRef = Annotated[str, known("rule")]
KengetalRef = Annotated[str, known("kengetal")]
NetnummerRef = Annotated[str, known("netnummer")]


Date = Annotated[str, Shaped("not_a_date", r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")]
Hour = Annotated[str, Shaped("not_an_hour", r"([01]\d|2[0-3]):[0-5]\d")]


class Document(Frozen):
    """A published document that entries cite by its id."""

    title: Text
    authors: Text
    year: Whole


class Source(Frozen):
    """Where an entry comes from: a document of ``sources`` and the place in it.

    ``reading`` is true where the source does not state the entry literally and the entry is our
    reading of its words; ``date`` is the reference date (``YYYY`` or ``YYYY-MM-DD``) where it
    differs from the document's year.
    """

    document: DocumentRef
    place: Text
    reading: bool = False
    date: Date | None = None


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


class Comparison(Checked):
    """One fact held against one value; exactly one comparison is given."""

    fact: FactRef
    is_: str | None = Field(default=None, alias="is")
    at_least: str | None = None
    at_most: str | None = None
    one_of: tuple[str, ...] | None = None
    includes: str | None = None

    KEYS: ClassVar = ("is", "at_least", "at_most", "one_of", "includes")

    @property
    def comparator(self) -> str:
        """The name of the one comparison that is given."""
        return next(key for key in self.KEYS if getattr(self, _attribute(key)) is not None)

    @property
    def operand(self) -> tuple[str, ...]:
        """The value or values that the fact is held against."""
        value = getattr(self, _attribute(self.comparator))
        return value if isinstance(value, tuple) else (value,)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Not exactly one comparison, or a level that the fact does not have."""
        yield from one_of(given, cls.KEYS, ("fact", *cls.KEYS))
        for key in cls.KEYS:
            yield from _unknown_levels(given.get("fact"), given.get(key), (key,), known)


def _attribute(key: str) -> str:
    return "is_" if key == "is" else key


def one_of(given: Given, keys: Iterable[str], allowed: Iterable[str]) -> Iterator[Fault]:
    """The fault of not exactly one of ``keys``; an unknown key is a fault of its own."""
    if sum(given.get(key) is not None for key in keys) != 1 and set(given) <= set(allowed):
        yield fault("one_comparison", (), expected=", ".join(keys))


def _unknown_levels(
    fact: object, value: object, at: tuple[str, ...], known: Given
) -> Iterator[Fault]:
    """The faults of levels that the scale of ``fact`` does not have."""
    levels = known.get("fact", {}).get(fact, ()) if isinstance(fact, str) else ()
    for level in (value if isinstance(value, list | tuple) else (value,)) if levels else ():
        if isinstance(level, str) and level not in levels:
            yield fault("unknown_level", at, value=level, fact=fact, known=list(levels))


def options_unknown(given: object, at: tuple[str, ...], known: Given) -> Iterator[Fault]:
    """The faults of options (one, or a list) that an inrichtingskeuze does not have."""
    for choice, chosen in given.items() if isinstance(given, Mapping) else ():
        options = known.get("choice", {}).get(choice)
        for option in (
            (chosen if isinstance(chosen, list | tuple) else (chosen,)) if options else ()
        ):
            if option in ("A", "B", "C", "D", "E") and option not in options:
                details = {"value": option, "choice": choice, "known": list(options)}
                yield fault("unknown_option", (*at, choice), **details)


class All(Frozen):
    """True when every part is true."""

    all: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Any_(Frozen):  # noqa: N801 - ``Any`` is taken by typing
    """True when at least one part is true."""

    any: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Not(Frozen):
    """True when its part is false."""

    not_: Predicate = Field(alias="not")


def _text_or_other(value: object) -> str:
    return "<text>" if isinstance(value, str) else "<other>"


Count = Annotated[
    Annotated[Literal["all"], Tag("<text>")] | Annotated[Whole, Tag("<other>")],
    Discriminator(_text_or_other),
]


class Quantified(Checked):
    """True when enough municipalities meet the inner requirement; one measure is given.

    ``count`` is a number of municipalities or ``all``; ``share`` a share of the municipalities
    (0-1); ``share_of_inhabitants`` the share of inhabitants living in them (0-1).
    """

    municipalities: Predicate
    count: Count | None = None
    share: Share | None = None
    share_of_inhabitants: Share | None = None

    MEASURES: ClassVar = ("count", "share", "share_of_inhabitants")

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Not exactly one measure."""
        yield from one_of(given, cls.MEASURES, ("municipalities", *cls.MEASURES))


_KEYS_OF_PREDICATES = {
    "fact": "<comparison>",
    "all": "<all>",
    "any": "<any>",
    "not": "<not>",
    "municipalities": "<quantified>",
}


def _predicate_tag(value: object) -> str:
    """The kind of requirement, by the key (or, of a model, the attribute) that it has."""
    found = (t for key, t in _KEYS_OF_PREDICATES.items() if _has(value, key))
    return next(found, "<comparison>")


def _has(value: object, key: str) -> bool:
    if isinstance(value, Mapping):
        return key in value
    return hasattr(value, "not_" if key == "not" else key)


Predicate = Annotated[
    Annotated[Comparison, Tag("<comparison>")]
    | Annotated[All, Tag("<all>")]
    | Annotated[Any_, Tag("<any>")]
    | Annotated[Not, Tag("<not>")]
    | Annotated[Quantified, Tag("<quantified>")],
    Discriminator(_predicate_tag),
]


def comparisons(predicate: Predicate) -> Iterator[Comparison]:
    """Every comparison in a requirement, in reading order."""
    match predicate:
        case Comparison():
            yield predicate
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(not_=part) | Quantified(municipalities=part):
            yield from comparisons(part)


class Remedy(Checked):
    """What would satisfy a rule: which fact must become what, and the activity that does it."""

    fact: FactRef
    becomes: str
    by: ActivityRef

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A level that the fact does not have."""
        yield from _unknown_levels(given.get("fact"), given.get("becomes"), ("becomes",), known)


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


class Grade(Frozen):
    """An ordinal grade (1 worst, 5 best) with its reason; ``source`` only where it differs."""

    grade: Annotated[int, Field(strict=True, ge=1, le=5)]
    because: Text
    source: Source | None = None


Measure = Literal["cost_per_call", "yearly_cost", "investment", "write_off"]


class ValueFunction(Checked):
    """A linear value: 1 at ``best``, 0 at ``worst``, as a share of form 0's yearly measure."""

    best: Number
    worst: Number

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A best that equals the worst: then there is no value to tell."""
        if "best" in given and given["best"] == given.get("worst"):
            yield fault("empty_value_function", ("worst",), value=given["best"])


class Criterion(Checked):
    """A leaf of the criteria tree: graded by hand, or measured by the cost model."""

    number: Whole
    group: GroupRef
    name: Text
    question: Text
    grades: dict[FormRef, Grade] | None = None
    measure: Measure | None = None
    value: ValueFunction | None = None
    assumed: bool = False
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Grades and a measure together or neither, or a form without a grade."""
        keys = {key for key in ("grades", "measure", "value") if given.get(key) is not None}
        if ("grades" in keys) == ("measure" in keys):
            yield fault("grades_or_measure", ())
        elif ("measure" in keys) != ("value" in keys):
            yield fault("measure_needs_value", ())
        grades = given.get("grades")
        if isinstance(grades, Mapping):
            for form in (one for one in known.get("form", ()) if one not in grades):
                yield fault("form_without_grade", ("grades",), form=form)


class Group(Frozen):
    """A branch of the criteria tree, with its default weight (share of the whole)."""

    name: Text
    question: Text
    weight: Share
    source: Source


class Effect(Frozen):
    """One of the effects that drive cost (table 5.4), in words per form."""

    name: Text
    forms: dict[FormRef, Text]
    source: Source


class Kengetal(Checked):
    """A key figure with its unit, plausible range and source; ``assumed`` names what is ours."""

    name: Text
    value: Number
    unit: Text
    range: Range
    assumed: tuple[Literal["value", "range"], ...] = ()
    because: Text | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A value outside its plausible range."""
        yield from outside_range(given, "value")


class ProfileHour(Frozen):
    """The share of a day's calls that arrive in one hour; ``start`` is ``HH:MM``."""

    start: Hour
    share: Share


class Calculation(Frozen):
    """What the cost model needs to know of a form, year by year (bijlage D).

    ``calls_avoided`` is the share of calls avoided each year, compounding; ``direct`` the share
    answered directly in each year; ``handling_first_line`` seconds per call in each year;
    ``sites`` whether each municipality answers its own calls or one site answers all;
    ``wage`` the kengetal that prices the first line. The last year's figure holds on.
    """

    calls_avoided: Share
    direct: Annotated[tuple[Share, ...], Field(min_length=1)]
    handling_first_line: Annotated[tuple[Positive, ...], Field(min_length=1)]
    sites: Literal["each", "one"]
    wage: KengetalRef
    assumed: bool = False
    because: Text | None = None
    source: Source


class Amount(Frozen):
    """An investment in euro, once for the region or for each municipality.

    ``lost_on_growth`` marks what must be written off when the region grows into a further form.
    """

    euro: NonNegative
    per: Literal["region", "municipality"] = "region"
    lost_on_growth: bool = False


class Investment(Frozen):
    """An item of investment (table 5.5) with the amount for each form that needs it."""

    name: Text
    amounts: dict[FormRef, Amount]
    assumed_for: tuple[FormRef, ...] = ()
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
        yield from _faults_of_forms(given)
        yield from _faults_of_activities(_entries(given, "activities"))


def _entries(given: Given, key: str) -> Mapping[str, Any]:
    found = given.get(key)
    return found if isinstance(found, Mapping) else {}


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
        for circle in _circles(steps):
            yield fault("form_cycle", ("forms", circle[0], key), circle=" → ".join(circle))


def _faults_of_activities(activities: Mapping[str, Any]) -> Iterator[Fault]:
    """Not exactly one moment of going live, or activities that wait for each other."""
    if activities and sum(part(a, "milestone") is not None for a in activities.values()) != 1:
        yield fault("one_milestone", ("activities",))
    waits_for = {name: part(activity, "after") for name, activity in activities.items()}
    for circle in _circles(waits_for):
        yield fault("cycle", ("activities", circle[0], "after"), circle=" → ".join(circle))


def _circles(steps: Mapping[str, object]) -> Iterator[list[str]]:
    """The circles in a graph, each from its first entry on; ``steps`` may hold wrong values."""
    graph = {
        name: [s for s in after if isinstance(s, str) and s in steps]
        for name, after in steps.items()
        if isinstance(after, list | tuple)
    }
    order = {name: number for number, name in enumerate(steps)}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))[:-1]
        else:
            return
        first = min(range(len(circle)), key=[order[name] for name in circle].__getitem__)
        circle = circle[first:] + circle[:first]
        yield [*circle, circle[0]]
        graph = {name: after for name, after in graph.items() if name not in circle}
