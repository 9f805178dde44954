"""A region file as validated, frozen models."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from math import fsum
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from decision.model.capacity import Recess, faults_of_calendar
from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    Shaped,
    entries,
    fault,
    is_one,
    listed_twice,
    numbers,
    part,
    shares_not_one,
    text_or_other,
)
from decision.model.cost_basis import (
    RegionCosts,
    SiteShares,
    faults_of_calls,
    faults_of_member,
    faults_of_prices,
)
from decision.model.criteria import Levels, faults_of_levels
from decision.model.current import Current, faults_of_current, faults_of_later
from decision.model.facts import (
    Facts,
    Figure,
    OwnKengetal,
    Position,
    Size,
    TargetPhase,
    WishedStart,
    Wishes,
    faults_of_facts,
)
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.knowledge import UNKNOWN
from decision.model.projects import Chosen, faults_of_choices
from decision.model.published import Published
from decision.model.search import BORDER, SearchLimits
from decision.model.values import (
    AspectRef,
    CriterionRef,
    Date,
    Document,
    FormRef,
    KengetalRef,
    MemberRef,
    Name,
    NetnummerRef,
    NumberRef,
    PartnerRef,
    ProjectRef,
    Share,
    Source,
    SteeringRef,
    Text,
)
from decision.model.weights import Weights

__all__ = [
    "Governance",
    "Grouping",
    "Member",
    "Municipality",
    "Neighbour",
    "Organisation",
    "Place",
    "Region",
    "Tie",
]

Cbs = Annotated[str, Shaped("not_a_cbs_code", "[0-9]{4}")]
Id = Annotated[str, Shaped("not_an_id", "[a-z0-9]+(-[a-z0-9]+)*")]


ShareOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[Share, Tag("<other>")],
    Discriminator(text_or_other),
]


class Place(Frozen):
    """Where the main place lies, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(strict=True, ge=50, le=54)]
    longitude: Annotated[float, Field(strict=True, ge=3, le=8)]


class Member(Checked):
    """What municipalities and neighbours share: who they are and which netnummers they lie in.

    ``coverage`` gives for each netnummer the share of the inhabitants in it, or ``unknown``;
    ``source`` is where the code, the place and the coverage come from.
    """

    name: Text
    cbs: Cbs
    inhabitants: Size
    households: Figure | None = None
    coverage: Annotated[Mapping[NetnummerRef, ShareOrUnknown], Field(min_length=1), FREEZE]
    place: Place | None = None
    note: Text | None = None
    source: Source | None = None

    @property
    def people(self) -> float | None:
        """The inhabitants, or None when nobody knows how many."""
        value = self.inhabitants.value
        return None if isinstance(value, str) else value

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Figures, shares or facts that cannot be."""
        yield from faults_of_member(given)
        yield from _faults_of_coverage(given)
        yield from shares_not_one(given.get("sites"), ("sites",))
        yield from faults_of_facts("municipality", given.get("facts"), known)
        yield from faults_of_current("municipality", given, known)


def _faults_of_coverage(given: Given) -> Iterator[Fault]:
    """Known shares must add up to 1; with an ``unknown`` among them, to no more than 1."""
    shares = [*entries(given, "coverage").values()]
    certain = numbers([share for share in shares if share != UNKNOWN])
    if certain and (len(certain) == len(shares) or fsum(certain) > 1):
        yield from shares_not_one(certain, ("coverage",))


class Municipality(Member):
    """A municipality of the region, with everything declared about it.

    ``sites`` are the shares of its calls that each of its own locations answers, where each
    municipality answers its own calls; without it there is one location.
    ``positions`` are the phases of Antwoord it is in, by aspect; ``target_phase`` the one it aims
    for, and by when; ``wished_start`` the date on which it wants to start. ``current`` is what it
    has in use, done, decided and spent. ``days_a_week`` are the working days that it has for the
    work.
    """

    facts: Facts = Field(default_factory=FrozenDict)
    positions: Map[AspectRef, Position] = Field(default_factory=FrozenDict)
    target_phase: TargetPhase | None = None
    wishes: Wishes = Wishes()
    weights: Weights | None = None
    weights_because: Text | None = None
    calls_per_year: Figure | None = None
    sites: SiteShares | None = None
    days_a_week: Figure | None = None
    current: Current = Current()
    wished_start: WishedStart | None = None


class Neighbour(Member):
    """A municipality outside the region that lies in one of its netnummers."""

    works_with: Text | None = None
    facts: Facts = Field(default_factory=FrozenDict)


class Organisation(Checked):
    """A regional organisation: what it does, for whom, and what is declared about it.

    ``called`` is its name as it stands in a sentence, with its article: *the tax service*.
    """

    name: Text
    called: Text | None = None
    does: Text
    members: Annotated[tuple[MemberRef, ...], Field(min_length=1)] = ()
    members_note: Text | None = None
    facts: Facts = Field(default_factory=FrozenDict)
    current: Current = Current()
    wishes: Wishes = Wishes()
    note: Text | None = None
    source: Source | None = None

    CHECKS: ClassVar = (
        lambda given, _: listed_twice(given.get("members"), ("members",)),
        lambda given, known: faults_of_facts("organisation", given.get("facts"), known),
        lambda given, known: faults_of_current("organisation", given, known),
    )


class Tie(Checked):
    """An existing form of working together between two partners or more."""

    name: Text
    between: Annotated[tuple[PartnerRef, ...], Field(min_length=2)]
    note: Text | None = None
    source: Source

    CHECKS: ClassVar = (lambda given, _: listed_twice(given.get("between"), ("between",)),)


class Governance(Frozen):
    """Who commissions and who carries out the cooperation, and what other bodies are called.

    The ``management_team`` steers the work and the ``sounding_board`` is told of it; ``college``,
    ``council`` and ``organisation`` (the board of one) are bodies of each partner.
    """

    client: Text
    contractor: Text
    management_team: Text | None = None
    sounding_board: Text | None = None
    regional_board: Text | None = None
    college: Text | None = None
    council: Text | None = None
    organisation: Text | None = None
    note: Text | None = None
    source: Source


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
        groups = given.get("groups")
        for g, group in enumerate(groups if isinstance(groups, list | tuple) else ()):
            number, members = part(group, "number"), part(group, "members")
            names = members if isinstance(members, list | tuple) else ()
            for m, member in enumerate(names):
                if isinstance(member, str) and member in seen:
                    yield fault("in_two_groups", ("groups", g, "members", m), value=member)
                seen.add(str(member))
            if _lie_elsewhere(names, number, known):
                yield fault("number_of_no_member", ("groups", g, "number"), value=number)


def _lie_elsewhere(members: object, number: object, known: Given) -> bool:
    """Whether ``number`` exists, all members are known and none of them lies in its area."""
    names = [m for m in members if isinstance(m, str)] if isinstance(members, list | tuple) else []
    coverage = known.get("coverage", {})
    if not names or not is_one(number, known.get("netnummer", ())):
        return False
    return all(m in coverage and number not in coverage[m] for m in names)


class Region(Checked):
    """A region file.

    ``called`` is its name in a sentence: *the Drechtsteden*. An unknown ``number`` is that of some
    municipality: see `possible_numbers`. Without ``neighbours`` nobody knows if it covers others;
    an empty list says no. A ``calendar`` replaces that of the knowledge; ``boundaries`` is a file.
    """

    id: Id
    name: Text
    called: Text | None = None
    number: NumberRef
    reference_date: Date
    situation: Text | None = None
    sources: Map[str, Document] = Field(default_factory=FrozenDict)
    facts: Facts = Field(default_factory=FrozenDict)
    current: Current = Current()
    calendar: Map[str, Recess] | None = None
    ambition: FormRef | None = None
    target_phase: TargetPhase | None = None
    end_state: FormRef | None = None
    governance: Governance | None = None
    municipalities: Annotated[Mapping[Name, Municipality], Field(min_length=1), FREEZE]
    organisations: Map[Name, Organisation] = Field(default_factory=FrozenDict)
    neighbours: Map[Name, Neighbour] = Field(default_factory=FrozenDict)
    ties: Map[Name, Tie] = Field(default_factory=FrozenDict)
    costs: RegionCosts
    kengetallen: Map[KengetalRef, OwnKengetal] = Field(default_factory=FrozenDict)
    weights: Weights | None = None
    levels: Map[CriterionRef, Levels] = Field(default_factory=FrozenDict)
    groupings: Map[Name, Grouping] = Field(default_factory=FrozenDict)
    projects: Map[ProjectRef, Chosen] = Field(default_factory=FrozenDict)
    channel_steering: Map[SteeringRef, Chosen] = Field(default_factory=FrozenDict)
    search: SearchLimits | None = None
    boundaries: Text | None = None
    published: Published | None = None

    @property
    def possible_numbers(self) -> tuple[str, ...]:
        """The number; while it is unknown every netnummer in which somebody lies."""
        if self.number != UNKNOWN:
            return (self.number,)
        everyone = self.municipalities.values()
        return tuple(
            dict.fromkeys(n for one in everyone for n, share in one.coverage.items() if share)
        )

    @property
    def unsized(self) -> tuple[str, ...]:
        """The municipalities of which nobody knows how many inhabitants they have."""
        return tuple(name for name, one in self.municipalities.items() if one.people is None)

    @property
    def sizes(self) -> Mapping[str, float]:
        """The inhabitants of each municipality; where those of some are unknown each is just one.

        So nothing is put before another by a guess; what is told as a share of the inhabitants
        asks for `people`.
        """
        known = {name: one.people for name, one in self.municipalities.items()}
        equal = None in known.values()
        return {name: 1.0 if equal or size is None else size for name, size in known.items()}

    def people(self, names: Iterable[str] | None = None) -> float | None:
        """The inhabitants of some municipalities, or of all; None where one of them is unknown."""
        some = [self.municipalities[n].people for n in names or self.municipalities]
        return None if None in some else fsum(one for one in some if one is not None)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """What is wrong between partners: names, codes, numbers, levels, facts of the region."""
        yield from faults_of_facts("region", given.get("facts"), known)
        yield from faults_of_current("region", given, known)
        yield from faults_of_later(given, given, ())
        for kind in ("municipalities", "organisations"):
            for name, partner in entries(given, kind).items():
                yield from faults_of_later(given, partner, (kind, name))
        yield from _faults_of_own_levels(given, known)
        yield from _used_twice(given)
        yield from _equal_but_split(given)
        yield from faults_of_calls(given, known)
        yield from faults_of_calendar(given)
        yield from faults_of_prices(given, known)
        yield from faults_of_choices(given, known)
        connected = part(given.get("search"), "connected")
        if connected == BORDER and given.get("boundaries") is None:
            yield fault("border_unknown", ("search", "connected"))
        number, members = given.get("number"), [*known.get("municipality", ())]
        if _lie_elsewhere(members, number, known):
            yield fault("number_of_no_member", ("number",), value=number)


def _faults_of_own_levels(given: Given, known: Given) -> Iterator[Fault]:
    """Own values of grades that do not rise, or of a criterion that has no grades."""
    for name, values in entries(given, "levels").items():
        if name in known.get("measured criterion", ()):
            yield fault("levels_of_measure", ("levels", name))
        else:
            yield from faults_of_levels(values, ("levels", name))


def _used_twice(given: Given) -> Iterator[Fault]:
    """Partners that share an id, a name or a CBS code: each must be told from every other."""
    seen: dict[tuple[str, str], str] = {}
    region = given.get("id")
    ids: dict[str, str] = {region: "id"} if isinstance(region, str) else {}
    for kind in ("municipalities", "neighbours", "organisations"):
        for name, partner in entries(given, kind).items():
            if name in ids:
                yield fault("duplicate_id", (kind, name), value=name, other=ids[name])
            ids.setdefault(name, kind)
            for key, code in (("cbs", "same_cbs"), ("name", "same_name")):
                value = part(partner, key)
                if not isinstance(value, str):
                    continue
                other = seen.setdefault((key, _as_read(value)), name)
                if other != name:
                    yield fault(code, (kind, name, key), value=value, other=other)


def _as_read(text: str) -> str:
    """A text as a reader sees it: capitals, spaces and hyphens do not tell one from another."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return " ".join(re.split(r"[\s-]+", plain)).strip()


def _equal_but_split(given: Given) -> Iterator[Fault]:
    """Locations of a municipality where every municipality counts as one equal part."""
    if part(given.get("costs"), "sites") == "equal":
        for name, member in entries(given, "municipalities").items():
            if part(member, "sites") is not None:
                yield fault("equal_but_split", ("municipalities", name, "sites"), value=name)
