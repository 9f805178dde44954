"""A region file as validated, frozen models: who, where, and what is declared about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator

from decision.antwoord import PhaseNumber
from decision.criteria import Levels, faults_of_levels
from decision.figures import LONGEST_CALL, ProfileHour
from decision.knowledge import UNKNOWN
from decision.published import Published
from decision.types import (
    AspectRef,
    ChoiceRef,
    CriterionRef,
    Date,
    Document,
    FactRef,
    FormRef,
    KengetalRef,
    NetnummerRef,
    Number,
    OptionId,
    Range,
    Share,
    Source,
    Text,
    Year,
    options_unknown,
)
from decision.validation import (
    Checked,
    Fault,
    Frozen,
    Given,
    Ids,
    Limits,
    Shaped,
    fault,
    impossible,
    known,
    numbers,
    outside_range,
    part,
    shares_not_one,
)
from decision.weights import Weights, list_or_other

__all__ = [
    "CostBasis",
    "Fact",
    "Figure",
    "Governance",
    "Grouping",
    "Member",
    "Municipality",
    "Neighbour",
    "Organisation",
    "Place",
    "Position",
    "Region",
    "Tie",
    "Wishes",
]

MemberRef = Annotated[str, known("municipality")]
PartnerRef = Annotated[str, known("partner")]
Cbs = Annotated[str, Shaped("not_a_cbs_code", "[0-9]{4}")]
Id = Annotated[str, Shaped("not_an_id", "[a-z0-9]+(-[a-z0-9]+)*")]


def _text_or_other(value: object) -> str:
    return "<text>" if isinstance(value, str) else "<other>"


ShareOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[Share, Tag("<other>")],
    Discriminator(_text_or_other),
]
SiteShares = Annotated[
    tuple[Annotated[float, Field(strict=True, gt=0, le=1)], ...],
    Field(min_length=1, max_length=100),
]
"""The share of the calls that each location answers."""

PhaseOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[PhaseNumber, Tag("<other>")],
    Discriminator(_text_or_other),
]
LevelOrLevels = Annotated[
    Annotated[tuple[Text, ...], Tag("<list>")] | Annotated[Text, Tag("<other>")],
    Discriminator(list_or_other),
]


class Declared(Checked):
    """Something declared with its source; a bare value stands for one without."""

    KEY: ClassVar = "value"

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A number outside its own range."""
        yield from outside_range(given, "value")

    @model_validator(mode="before")
    @classmethod
    def _bare_value(cls, given: object) -> object:
        return given if isinstance(given, Mapping | cls) or given is None else {cls.KEY: given}

    @classmethod
    def __get_pydantic_json_schema__(
        cls,
        schema: Any,  # noqa: ANN401 - pydantic's own core schema
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        """The block with its keys, or the bare value."""
        block = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [block["properties"][cls.KEY], block]}


class Fact(Declared):
    """What is declared about a partner: a level of the fact's scale, or ``unknown``.

    A set-valued fact holds a list. A fact without a source counts as an assumption.
    """

    value: LevelOrLevels
    note: Text | None = None
    source: Source | None = None

    @property
    def known(self) -> bool:
        """Whether the value is anything but ``unknown``."""
        return self.value != UNKNOWN


class Figure(Declared):
    """A number with its source; a number without one counts as an assumption."""

    value: Number
    range: Range | None = None
    note: Text | None = None
    source: Source | None = None


class Position(Declared):
    """A phase of Antwoord (1-5) that a partner is in or aims for, or ``unknown``."""

    KEY: ClassVar = "phase"

    phase: PhaseOrUnknown
    note: Text | None = None
    source: Source | None = None

    @property
    def number(self) -> int | None:
        """The phase, or None when nobody knows it."""
        return self.phase if isinstance(self.phase, int) else None


class Place(Frozen):
    """Where the main place lies, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(strict=True, ge=50, le=54)]
    longitude: Annotated[float, Field(strict=True, ge=3, le=8)]


class Wishes(Checked):
    """Options of the inrichtingskeuzes that a partner wants, accepts or refuses."""

    wants: dict[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=dict)
    accepts: dict[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=dict)
    refuses: dict[ChoiceRef, tuple[OptionId, ...]] = Field(default_factory=dict)
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """An option that the inrichtingskeuze does not have."""
        for key in ("wants", "accepts", "refuses"):
            yield from options_unknown(given.get(key), (key,), known)


Facts = dict[FactRef, Fact]


def _faults_of_facts(kind: str, facts: object, known: Given) -> Iterator[Fault]:
    """Hold each declared fact against its definition: whose it is, and its levels."""
    owners, definitions = known.get("fact owner", {}), known.get("fact", {})
    for name, fact in facts.items() if isinstance(facts, Mapping) else ():
        at = ("facts", name)
        if name in known.get("derived fact", ()):
            yield fault("derived_fact", at, value=name)
        elif owners.get(name, kind) != kind:
            yield fault("fact_of_other", at, value=name, owner=owners[name])
        elif name in definitions:
            value = fact if isinstance(fact, str | list) else part(fact, "value")
            many = name in known.get("fact of many", ())
            levels = known.get("declared level", {}).get(name, definitions[name])
            yield from _faults_of_levels(name, value, levels, many=many)


def _faults_of_levels(fact: str, value: object, levels: Ids, *, many: bool) -> Iterator[Fault]:
    """One level for a scale, a list of levels for a set, or ``unknown`` for either."""
    at = ("facts", fact, "value")
    if value == UNKNOWN:
        return
    if isinstance(value, list | tuple) and not many:
        yield fault("one_level", at, fact=fact, known=levels)
    elif isinstance(value, str) and many and value in levels:
        yield fault("list_of_levels", at, fact=fact, value=value)
    else:
        for v in value if isinstance(value, list | tuple) else (value,):
            if isinstance(v, str) and (v not in levels or v == UNKNOWN):
                yield fault("unknown_level", at, value=v, fact=fact, known=levels)


class Member(Checked):
    """What municipalities and neighbours share: who they are and which netnummers they lie in.

    ``coverage`` gives for each netnummer the share of the inhabitants in it, or ``unknown``;
    ``source`` is where the code, the place and the coverage come from.
    """

    name: Text
    cbs: Cbs
    inhabitants: Figure
    households: Figure | None = None
    coverage: Annotated[dict[NetnummerRef, ShareOrUnknown], Field(min_length=1)]
    place: Place | None = None
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Figures, shares or facts that cannot be."""
        for key, limits in _LIMITS.items():
            yield from _faults_of_figure(key, given.get(key), limits)
        yield from _faults_of_coverage(given.get("coverage"))
        yield from _faults_of_sites("sites", given.get("sites"))
        yield from _faults_of_facts("municipality", given.get("facts"), known)


_MILLION = 1_000_000
_LIMITS = {
    "inhabitants": Limits(1, 100 * _MILLION),
    "households": Limits(1, 100 * _MILLION),
    "calls_per_year": Limits(0, 1000 * _MILLION),
}
"""What is possible for a municipality: there is no larger one, and nobody calls all the time."""


def _faults_of_figure(key: str, figure: object, limits: Limits) -> Iterator[Fault]:
    """A figure, or an end of its range, that is not possible."""
    if not isinstance(figure, Mapping):
        yield from impossible(figure, (key, "value"), limits)
        return
    yield from impossible(figure.get("value"), (key, "value"), limits)
    bounds = figure.get("range")
    for at, bound in enumerate(bounds if isinstance(bounds, list | tuple) else ()):
        yield from impossible(bound, (key, "range", at), limits)


def _faults_of_coverage(coverage: object) -> Iterator[Fault]:
    """Known shares must add up to 1; with an ``unknown`` among them, to no more than 1."""
    shares = list(coverage.values()) if isinstance(coverage, Mapping) else []
    certain = numbers([share for share in shares if share != UNKNOWN])
    if certain and (len(certain) == len(shares) or sum(certain) > 1):
        yield from shares_not_one(certain, ("coverage",))


def _faults_of_sites(key: str, shares: object) -> Iterator[Fault]:
    if isinstance(shares, list | tuple):
        yield from shares_not_one(shares, (key,))


class Municipality(Member):
    """A municipality of the region, with everything declared about it.

    ``sites`` are the shares of its calls that each of its own locations answers, where each
    municipality answers its own calls; without it there is one location.
    ``positions`` are the phases of Antwoord it is in, by aspect; ``target_phase`` the one it aims
    for.
    """

    facts: Facts = Field(default_factory=dict)
    positions: dict[AspectRef, Position] = Field(default_factory=dict)
    target_phase: Position | None = None
    wishes: Wishes = Wishes()
    weights: Weights | None = None
    weights_because: Text | None = None
    calls_per_year: Figure | None = None
    sites: SiteShares | None = None


class Neighbour(Member):
    """A municipality outside the region that lies in one of its netnummers."""

    works_with: Text | None = None
    facts: Facts = Field(default_factory=dict)


class Organisation(Checked):
    """A regional organisation: what it does, for whom, and what is declared about it."""

    name: Text
    does: Text
    members: tuple[MemberRef, ...] = ()
    members_note: Text | None = None
    facts: Facts = Field(default_factory=dict)
    wishes: Wishes = Wishes()
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Facts that are not an organisation's, or levels they do not have."""
        yield from _faults_of_facts("organisation", given.get("facts"), known)


class Tie(Frozen):
    """An existing form of working together between partners."""

    name: Text
    between: tuple[PartnerRef, ...]
    note: Text | None = None
    source: Source


class Governance(Frozen):
    """Who commissions and who carries out the cooperation."""

    client: Text
    contractor: Text
    note: Text | None = None
    source: Source


Counted = Annotated[float, Field(strict=True, gt=0, le=1000 * _MILLION)]
Occupancy = Annotated[float, Field(strict=True, ge=0.01, le=1)]
Patience = Annotated[float, Field(strict=True, gt=0, le=LONGEST_CALL)]


class CostBasis(Checked):
    """How the cost model looks at this region.

    ``inhabitants_counted`` is the rounded total that the calculation uses (the members' own
    figures are scaled to it); ``sites: equal`` gives every municipality an equal share of the
    calls, ``own`` its own. ``joint_sites`` are the shares of the calls that each location of the
    joint centre answers (without it there is one); no hour of the first line is busier than
    ``occupancy_cap`` (a share of the agents' time); ``patience`` is how long callers wait on
    average before they hang up (seconds), which tells how much Erlang C overstaffs and changes no
    cost.
    """

    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    sites: Literal["equal", "own"] = "own"
    inhabitants_counted: Counted | None = None
    joint_sites: SiteShares | None = None
    hourly_profile: tuple[ProfileHour, ...] | None = None
    occupancy_cap: Occupancy | None = None
    patience: Patience | None = None
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Hours or locations that do not add up to 1, or years out of order."""
        yield from _faults_of_sites("joint_sites", given.get("joint_sites"))
        profile, years = given.get("hourly_profile"), given.get("years")
        if isinstance(profile, list | tuple):
            yield from shares_not_one([part(h, "share") for h in profile], ("hourly_profile",))
        ascending = numbers(years) if isinstance(years, list | tuple) else None
        if ascending and ascending != sorted(set(ascending)):
            yield fault("years_not_ascending", ("years",))


class GroupOf(Frozen):
    """A group of municipalities behind one 14-number."""

    number: NetnummerRef
    members: Annotated[tuple[MemberRef, ...], Field(min_length=1)]


class Grouping(Checked):
    """A partition of municipalities, each group behind one 14-number."""

    name: Text
    because: Text | None = None
    groups: Annotated[tuple[GroupOf, ...], Field(min_length=1)]
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A municipality in two groups, or a number in which no member of the group lies."""
        seen: set[str] = set()
        coverage = known.get("coverage", {})
        groups = given.get("groups")
        for g, group in enumerate(groups if isinstance(groups, list | tuple) else ()):
            number, members = part(group, "number"), part(group, "members")
            names = members if isinstance(members, list | tuple) else ()
            for m, member in enumerate(names):
                if isinstance(member, str) and member in seen:
                    yield fault("in_two_groups", ("groups", g, "members", m), value=member)
                seen.add(str(member))
            if _is_known(number, known) and _lie_elsewhere(names, number, coverage):
                yield fault("number_of_no_member", ("groups", g, "number"), value=number)


def _is_known(number: object, known: Given) -> bool:
    return isinstance(number, str) and number in known.get("netnummer", ())


def _lie_elsewhere(members: object, number: object, coverage: Given) -> bool:
    """Whether all members are known and none of them lies in the area of ``number``."""
    names = [m for m in members if isinstance(m, str)] if isinstance(members, list | tuple) else []
    return bool(names) and all(m in coverage and number not in coverage[m] for m in names)


class Region(Checked):
    """A region file."""

    id: Id
    name: Text
    number: NetnummerRef
    reference_date: Date
    situation: Text | None = None
    sources: dict[str, Document] = Field(default_factory=dict)
    facts: Facts = Field(default_factory=dict)
    ambition: FormRef | None = None
    target_phase: Position | None = None
    end_state: FormRef | None = None
    governance: Governance | None = None
    municipalities: Annotated[dict[str, Municipality], Field(min_length=1)]
    organisations: dict[str, Organisation] = Field(default_factory=dict)
    neighbours: dict[str, Neighbour] = Field(default_factory=dict)
    ties: dict[str, Tie] = Field(default_factory=dict)
    costs: CostBasis
    kengetallen: dict[KengetalRef, Number] = Field(default_factory=dict)
    weights: Weights | None = None
    levels: dict[CriterionRef, Levels] = Field(default_factory=dict)
    groupings: dict[str, Grouping] = Field(default_factory=dict)
    published: Published | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """What is wrong between partners: names, codes, numbers, levels, facts of the region."""
        yield from _faults_of_facts("region", given.get("facts"), known)
        yield from _faults_of_own_levels(given.get("levels"), known)
        yield from _used_twice(given)
        yield from _equal_but_split(given)
        wrong = list(_faults_of_kengetallen(given.get("kengetallen"), known))
        yield from wrong or _too_many_calls(given, known)
        number, coverage = given.get("number"), known.get("coverage", {})
        if _is_known(number, known) and _lie_elsewhere([*coverage], number, coverage):
            yield fault("number_of_no_member", ("number",), value=number)


def _faults_of_own_levels(levels: object, known: Given) -> Iterator[Fault]:
    """Own values of grades that do not rise, or of a criterion that has no grades."""
    for name, values in levels.items() if isinstance(levels, Mapping) else ():
        if name in known.get("measured criterion", ()):
            yield fault("levels_of_measure", ("levels", name))
        else:
            yield from faults_of_levels(values, ("levels", name))


def _used_twice(given: Given) -> Iterator[Fault]:
    """Partners that share an id or a CBS code: each must be told from every other."""
    codes: dict[str, str] = {}
    ids: dict[str, str] = {}
    for kind in ("municipalities", "neighbours", "organisations"):
        partners = given.get(kind)
        for name, partner in partners.items() if isinstance(partners, Mapping) else ():
            if name in ids:
                yield fault("duplicate_id", (kind, name), value=name, other=ids[name])
            ids.setdefault(name, kind)
            code = part(partner, "cbs")
            if isinstance(code, str) and code in codes and codes[code] != name:
                yield fault("same_cbs", (kind, name, "cbs"), value=code, other=codes[code])
            if isinstance(code, str):
                codes.setdefault(code, name)


def _equal_but_split(given: Given) -> Iterator[Fault]:
    """Locations of a municipality where every municipality counts as one equal part."""
    found = given.get("municipalities")
    if part(given.get("costs"), "sites") == "equal" and isinstance(found, Mapping):
        for name, member in found.items():
            if part(member, "sites") is not None:
                yield fault("equal_but_split", ("municipalities", name, "sites"), value=name)


def _faults_of_kengetallen(kengetallen: object, known: Given) -> Iterator[Fault]:
    """A kengetal of the region's own that cannot be calculated with."""
    limits = known.get("limits", {})
    for name, value in kengetallen.items() if isinstance(kengetallen, Mapping) else ():
        if name in limits:
            yield from impossible(value, ("kengetallen", name), limits[name])


_MOST_AT_ONCE = 100_000
"""People who call at the same time, in the busiest hour; the whole country has some 1.500."""


def _too_many_calls(given: Given, known: Given) -> Iterator[Fault]:
    """More calls at once than can be staffed; nothing where a figure for that is at fault."""
    own, profile = given.get("kengetallen"), part(given.get("costs"), "hourly_profile")
    values = {**known.get("possible", {}), **(own if isinstance(own, Mapping) else {})}
    days, a_call = values.get("opening_days"), values.get("handling_second_line")
    shares = [part(hour, "share") for hour in profile] if isinstance(profile, list) else []
    used = numbers([days, a_call, known.get("longest call"), known.get("busiest hour"), *shares])
    calls = _calls(given, values.get("calls_per_inhabitant"))
    if not used or calls is None or used[0] <= 0:
        return
    busiest = max(used[4:], default=used[3])
    at_once = calls / used[0] * busiest * max(used[1:3]) / 3600
    if at_once > _MOST_AT_ONCE:
        details = {"calls": round(calls), "at_once": round(at_once), "limit": _MOST_AT_ONCE}
        yield fault("too_many_calls", ("municipalities",), **details)


def _calls(given: Given, per_inhabitant: object) -> float | None:
    """The calls of the region in a year, as municipalities count them or else by inhabitant."""
    found = given.get("municipalities")
    members = list(found.values()) if isinstance(found, Mapping) else []
    people = numbers([_figure(member, "inhabitants") for member in members])
    counts = [_figure(member, "calls_per_year") for member in members]
    counted = part(given.get("costs"), "inhabitants_counted")
    used = numbers([per_inhabitant, *(count for count in counts if count is not None)])
    if not people or not used or sum(people) <= 0:
        return None
    scale = used[0] * (numbers([counted]) or [sum(people)])[0] / sum(people)
    estimated = sum(own for own, count in zip(people, counts, strict=True) if count is None)
    return estimated * scale + sum(used[1:])


def _figure(member: object, key: str) -> object:
    """The number that a municipality gives for it; a text where that is not possible."""
    figure = part(member, key)
    value = part(figure, "value") if isinstance(figure, Mapping) else figure
    return "impossible" if any(impossible(value, (), _LIMITS[key])) else value
