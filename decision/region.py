"""A region file as validated, frozen models: who, where, and what is declared about them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from decision.knowledge import (
    UNKNOWN,
    ChoiceRef,
    Document,
    FactRef,
    FormRef,
    Frozen,
    GroupRef,
    KengetalRef,
    NetnummerRef,
    Number,
    OptionId,
    Positive,
    ProfileHour,
    Share,
    Source,
    Text,
    Whole,
    _known,
    fault,
)

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
    "Region",
    "Tie",
    "Wishes",
]

MemberRef = Annotated[str, AfterValidator(_known("municipality"))]
PartnerRef = Annotated[str, AfterValidator(_known("partner"))]
Cbs = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]


class Fact(Frozen):
    """What is declared about a partner: a level of the fact's scale, or ``unknown``.

    A set-valued fact holds a list. A fact without a source counts as an assumption.
    """

    value: str | tuple[str, ...]
    note: Text | None = None
    source: Source | None = None

    @property
    def known(self) -> bool:
        """Whether the value is anything but ``unknown``."""
        return self.value != UNKNOWN


class Figure(Frozen):
    """A number with its source; a number without one counts as an assumption."""

    value: Number
    range: tuple[Number, Number] | None = None
    note: Text | None = None
    source: Source | None = None


class Place(Frozen):
    """Where the main place lies, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(strict=True, ge=50, le=54)]
    longitude: Annotated[float, Field(strict=True, ge=3, le=8)]


class Wishes(Frozen):
    """Options of the inrichtingskeuzes that a partner wants, accepts or refuses."""

    wants: dict[ChoiceRef, tuple[OptionId, ...]] = {}
    accepts: dict[ChoiceRef, tuple[OptionId, ...]] = {}
    refuses: dict[ChoiceRef, tuple[OptionId, ...]] = {}
    note: Text | None = None
    source: Source | None = None


Facts = dict[FactRef, Fact]


def _facts_of(kind: str, facts: Facts, info: ValidationInfo) -> None:
    """Check each declared fact against its definition: whose it is, and its levels."""
    definitions = (info.context or {}).get("fact", {})
    owners = (info.context or {}).get("fact owner", {})
    for name, fact in facts.items():
        if name in owners and owners[name] != kind:
            raise fault("fact_of_other", ("facts", name), value=name, owner=owners[name])
        levels = definitions.get(name)
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        for value in values if levels else ():
            if value not in (*levels, UNKNOWN):
                at = ("facts", name, "value")
                raise fault("unknown_level", at, value=value, known=[*levels, UNKNOWN])


class Member(Frozen):
    """What municipalities and neighbours share: who they are and which netnummers they lie in.

    ``coverage`` gives for each netnummer the share of the inhabitants in it, or ``unknown``.
    """

    name: Text
    cbs: Cbs
    inhabitants: Figure
    households: Figure | None = None
    coverage: Annotated[dict[NetnummerRef, Share | Literal["unknown"]], Field(min_length=1)]
    place: Place | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _check_coverage(self) -> Member:
        shares = [share for share in self.coverage.values() if not isinstance(share, str)]
        complete = len(shares) == len(self.coverage)
        total = sum(shares)
        if total > 1 + 1e-9 or (complete and total < 1 - 1e-9):
            raise fault("shares_not_one", ("coverage",), total=round(total, 6))
        return self


class Municipality(Member):
    """A municipality of the region, with everything declared about it."""

    facts: Facts = {}
    wishes: Wishes = Wishes()
    weights: dict[GroupRef, Share] | None = None
    weights_because: Text | None = None
    calls_per_year: Figure | None = None

    @model_validator(mode="after")
    def _check_facts(self, info: ValidationInfo) -> Municipality:
        _facts_of("municipality", self.facts, info)
        return self


class Neighbour(Member):
    """A municipality outside the region that lies in one of its netnummers."""

    works_with: Text | None = None
    facts: Facts = {}
    source: Source | None = None

    @model_validator(mode="after")
    def _check_facts(self, info: ValidationInfo) -> Neighbour:
        _facts_of("municipality", self.facts, info)
        return self


class Organisation(Frozen):
    """A regional organisation: what it does, for whom, and what is declared about it."""

    name: Text
    does: Text
    members: tuple[MemberRef, ...] = ()
    members_note: Text | None = None
    facts: Facts = {}
    wishes: Wishes = Wishes()
    note: Text | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _check_facts(self, info: ValidationInfo) -> Organisation:
        _facts_of("organisation", self.facts, info)
        return self


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


class CostBasis(Frozen):
    """How the cost model looks at this region.

    ``inhabitants_counted`` is the rounded total that the calculation uses (the members' own
    figures are scaled to it); ``sites: equal`` gives every municipality an equal share of the
    calls, ``own`` its own.
    """

    years: Annotated[tuple[Whole, ...], Field(min_length=1)]
    sites: Literal["equal", "own"] = "own"
    inhabitants_counted: Positive | None = None
    hourly_profile: tuple[ProfileHour, ...] | None = None
    note: Text | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _check(self) -> CostBasis:
        profile = self.hourly_profile
        if profile is not None and abs(sum(hour.share for hour in profile) - 1) > 1e-9:
            total = round(sum(hour.share for hour in profile), 6)
            raise fault("shares_not_one", ("hourly_profile",), total=total)
        if list(self.years) != sorted(set(self.years)):
            raise fault("years_not_ascending", ("years",))
        return self


class GroupOf(Frozen):
    """A group of municipalities behind one 14-number."""

    number: NetnummerRef
    members: Annotated[tuple[MemberRef, ...], Field(min_length=1)]


class Grouping(Frozen):
    """A partition of municipalities, each group behind one 14-number."""

    name: Text
    because: Text | None = None
    groups: Annotated[tuple[GroupOf, ...], Field(min_length=1)]
    source: Source | None = None

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Grouping:
        seen: set[str] = set()
        coverage = (info.context or {}).get("coverage", {})
        for g, group in enumerate(self.groups):
            for m, member in enumerate(group.members):
                if member in seen:
                    raise fault("in_two_groups", ("groups", g, "members", m), value=member)
                seen.add(member)
            if coverage and not any(group.number in coverage.get(m, ()) for m in group.members):
                raise fault("number_of_no_member", ("groups", g, "number"), value=group.number)
        return self


class Region(Frozen):
    """A region file."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    number: NetnummerRef
    reference_date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    situation: Text | None = None
    sources: dict[str, Document] = {}
    facts: Facts = {}
    ambition: FormRef | None = None
    end_state: FormRef | None = None
    governance: Governance | None = None
    municipalities: Annotated[dict[str, Municipality], Field(min_length=1)]
    organisations: dict[str, Organisation] = {}
    neighbours: dict[str, Neighbour] = {}
    ties: dict[str, Tie] = {}
    costs: CostBasis
    kengetallen: dict[KengetalRef, Number] = {}
    weights: dict[GroupRef, Share] | None = None
    groupings: dict[str, Grouping] = {}

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Region:
        _facts_of("region", self.facts, info)
        members = {**self.municipalities, **self.neighbours}
        codes: dict[str, str] = {}
        for kind in ("municipalities", "neighbours"):
            for name, member in getattr(self, kind).items():
                if member.cbs in codes:
                    other = codes[member.cbs]
                    raise fault("same_cbs", (kind, name, "cbs"), value=member.cbs, other=other)
                codes[member.cbs] = name
        if not any(self.number in member.coverage for member in members.values()):
            raise fault("number_of_no_member", ("number",), value=self.number)
        for where, weights in self._weights():
            if abs(sum(weights.values()) - 1) > 1e-9:
                raise fault("shares_not_one", where, total=round(sum(weights.values()), 6))
        return self

    def _weights(self) -> list[tuple[tuple[str, ...], dict[str, float]]]:
        own = [
            (("municipalities", name, "weights"), municipality.weights)
            for name, municipality in self.municipalities.items()
        ]
        return [(at, weights) for at, weights in [(("weights",), self.weights), *own] if weights]


def unknown_partner(value: str, known: list[str]) -> PydanticCustomError:
    """The fault of a name that is no municipality, neighbour or organisation."""
    details = {"kind": "partner", "value": value, "known": known}
    return PydanticCustomError("unknown_reference", "unknown partner", details)
