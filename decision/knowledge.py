"""The knowledge in ``criteria/`` as validated, frozen models.

Every entry is kept under its id, so that an English layer (``criteria/en``) or a user's own
folder (``--criteria``) can be laid over it key by key. References between entries are checked
while validating: the loader passes the ids it found as the validation context, so that a wrong
reference is reported together with every other fault of the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

__all__ = [
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


class Frozen(BaseModel):
    """Base of all models: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _known(kind: str) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is not None and value not in known:
            raise PydanticCustomError(
                "unknown_reference",
                "unknown {kind} '{value}'",
                {"kind": kind, "value": value, "known": sorted(known)},
            )
        return value

    return check


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Whole = Annotated[int, Field(strict=True, ge=0)]
Range = tuple[Number, Number]
OptionId = Literal["A", "B", "C", "D", "E"]
Partner = Literal["region", "municipality", "organisation"]

DocumentRef = Annotated[str, AfterValidator(_known("document"))]
FormRef = Annotated[str, AfterValidator(_known("form"))]
FactRef = Annotated[str, AfterValidator(_known("fact"))]
ChoiceRef = Annotated[str, AfterValidator(_known("choice"))]
ActivityRef = Annotated[str, AfterValidator(_known("activity"))]
GroupRef = Annotated[str, AfterValidator(_known("group"))]
BlockRef = Annotated[str, AfterValidator(_known("building block"))]
RuleRef = Annotated[str, AfterValidator(_known("rule"))]
KengetalRef = Annotated[str, AfterValidator(_known("kengetal"))]
NetnummerRef = Annotated[str, AfterValidator(_known("netnummer"))]


def fault(kind: str, at: tuple[str | int, ...], **details: object) -> PydanticCustomError:
    """A fault found while looking at a whole model, placed at ``at`` inside that model."""
    return PydanticCustomError(kind, kind, {"at": at, **details})  # type: ignore[arg-type]


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
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None


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


class Comparison(Frozen):
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

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Comparison:
        given = [key for key in self.KEYS if getattr(self, _attribute(key)) is not None]
        if len(given) != 1:
            raise fault("one_comparison", (), expected=", ".join(self.KEYS))
        levels = (info.context or {}).get("fact", {}).get(self.fact)
        for level in self.operand if levels else ():
            if level not in levels:
                raise fault("unknown_level", (given[0],), value=level, known=list(levels))
        return self


def _attribute(key: str) -> str:
    return "is_" if key == "is" else key


class All(Frozen):
    """True when every part is true."""

    all: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Any_(Frozen):  # noqa: N801 - ``Any`` is taken by typing
    """True when at least one part is true."""

    any: Annotated[tuple[Predicate, ...], Field(min_length=1)]


class Not(Frozen):
    """True when its part is false."""

    not_: Predicate = Field(alias="not")


class Quantified(Frozen):
    """True when enough municipalities meet the inner requirement; one measure is given.

    ``count`` is a number of municipalities or ``all``; ``share`` a share of the municipalities
    (0-1); ``share_of_inhabitants`` the share of inhabitants living in them (0-1).
    """

    municipalities: Predicate
    count: Whole | Literal["all"] | None = None
    share: Share | None = None
    share_of_inhabitants: Share | None = None

    @model_validator(mode="after")
    def _check(self) -> Quantified:
        measures = (self.count, self.share, self.share_of_inhabitants)
        if sum(measure is not None for measure in measures) != 1:
            raise fault("one_comparison", (), expected="count, share, share_of_inhabitants")
        return self


_KEYS_OF_PREDICATES = {
    "fact": "comparison",
    "all": "all",
    "any": "any",
    "not": "not",
    "municipalities": "quantified",
}


def _predicate_tag(value: Any) -> str:  # noqa: ANN401 - raw YAML
    keys = value if isinstance(value, dict) else vars(value)
    return next((tag for key, tag in _KEYS_OF_PREDICATES.items() if key in keys), "comparison")


Predicate = Annotated[
    Annotated[Comparison, Tag("comparison")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Quantified, Tag("quantified")],
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


class Remedy(Frozen):
    """What would satisfy a rule: which fact must become what, and the activity that does it."""

    fact: FactRef
    becomes: str
    by: ActivityRef

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Remedy:
        levels = (info.context or {}).get("fact", {}).get(self.fact)
        if levels and self.becomes not in levels:
            raise fault("unknown_level", ("becomes",), value=self.becomes, known=list(levels))
        return self


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


class Option(Frozen):
    """One option of an inrichtingskeuze; it may need or exclude options of other choices."""

    text: Text
    needs: dict[ChoiceRef, tuple[OptionId, ...]] = {}
    excludes: dict[ChoiceRef, tuple[OptionId, ...]] = {}
    because: Text | None = None


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


class Form(Frozen):
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


class Grade(Frozen):
    """An ordinal grade (1 worst, 5 best) with its reason; ``source`` only where it differs."""

    grade: Annotated[int, Field(strict=True, ge=1, le=5)]
    because: Text
    source: Source | None = None


Measure = Literal["cost_per_call", "yearly_cost", "investment", "write_off"]


class ValueFunction(Frozen):
    """A linear value: 1 at ``best``, 0 at ``worst``, as a share of form 0's yearly measure."""

    best: Number
    worst: Number

    @model_validator(mode="after")
    def _check(self) -> ValueFunction:
        if self.best == self.worst:
            raise fault("empty_value_function", ("worst",))
        return self


class Criterion(Frozen):
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

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Criterion:
        if (self.grades is None) == (self.measure is None):
            raise fault("grades_or_measure", ())
        if (self.measure is None) != (self.value is None):
            raise fault("measure_needs_value", ())
        if self.grades is not None:
            missing = [f for f in (info.context or {}).get("form", ()) if f not in self.grades]
            if missing:
                raise fault("form_without_grade", ("grades",), missing=", ".join(missing))
        return self


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


class Kengetal(Frozen):
    """A key figure with its unit, plausible range and source; ``assumed`` names what is ours."""

    name: Text
    value: Number
    unit: Text
    range: Range
    assumed: tuple[Literal["value", "range"], ...] = ()
    because: Text | None = None
    source: Source

    @model_validator(mode="after")
    def _check(self) -> Kengetal:
        low, high = self.range
        if not low <= self.value <= high:
            raise fault("outside_range", ("value",), low=low, high=high, value=self.value)
        return self


class ProfileHour(Frozen):
    """The share of a day's calls that arrive in one hour; ``start`` is ``HH:MM``."""

    start: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
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


class Effort(Frozen):
    """Working days for one execution of an activity."""

    days: NonNegative
    range: Range


class Duration(Frozen):
    """Calendar weeks for one execution of an activity."""

    weeks: NonNegative
    range: Range


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


class Knowledge(Frozen):
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

    @model_validator(mode="after")
    def _check(self) -> Knowledge:
        _shares_sum_to_one([hour.share for hour in self.hourly_profile], ("hourly_profile",))
        _shares_sum_to_one([group.weight for group in self.groups.values()], ("groups",))
        for form in self.forms:
            if form not in self.calculations:
                raise fault("form_without_calculation", ("calculations",), form=form)
        if all(form.falls_back_to is not None for form in self.forms.values()):
            raise fault("no_baseline", ("forms",))
        if sum(activity.milestone is not None for activity in self.activities.values()) != 1:
            raise fault("one_milestone", ("activities",))
        _no_cycle(self.activities)
        return self


def _shares_sum_to_one(shares: list[float], at: tuple[str | int, ...]) -> None:
    if abs(sum(shares) - 1) > 1e-9:  # noqa: PLR2004 - rounding of binary fractions
        raise fault("shares_not_one", at, total=round(sum(shares), 6))


def _no_cycle(activities: Mapping[str, Activity]) -> None:
    """Raise the fault ``cycle`` when activities wait for each other in a circle."""
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = [*path[path.index(name) :], name]
            raise fault("cycle", ("activities", path[-1], "after"), circle=" → ".join(circle))
        if name in done:
            return
        for before in activities[name].after:
            visit(before, (*path, name))
        done.add(name)

    for name in activities:
        visit(name, ())
