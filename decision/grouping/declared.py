"""Which municipalities behind which number: the declared groupings side by side.

Every group is a small region of its own and goes through the same engine: that gives its form, who
takes part, and when. What that costs is the money of one plan for the whole region: those who are
in no group, or go nowhere, go on as now, and the second line is that of the region.

Who answers for itself beside others can do so behind its own number as well: a municipality that
is alone in its group keeps the form that it has by the plan of the region, as long as another group
comes to a form that builds on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple, TypedDict

from decision.advice.advice import Advice, decide
from decision.costs.inputs import UnsizedError
from decision.costs.result import costs, own_calls
from decision.load import Case
from decision.model.frozen import Result
from decision.model.region import Grouping, GroupOf, Member, Municipality, Region
from decision.sharing.gains import underway
from decision.sharing.money import money_of, plan_joins
from decision.sharing.pieces import Since

__all__ = ["GroupResult", "GroupingResult", "Reach", "groupings", "region_of"]

_OWN_NUMBER = "own_entrance"  # the role


class Ends(NamedTuple):
    """The least that it can be, and the most."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one number, or all numbers of a grouping, cost and mean for the inhabitants.

    ``cost`` and ``baseline`` (euro) are of the plans and of going on as now, in the last year;
    ``on_own_netnummer`` is the share of the inhabitants who lie in the netnummer of their group,
    a range where that is not known of the ``unknown_members``; ``redirected`` members lie (partly)
    outside it; ``align_with`` are municipalities that share the netnummer but not the group.
    """

    cost: float
    baseline: float
    inhabitants: float
    on_own_netnummer: Ends
    unknown_members: tuple[str, ...]
    redirected: tuple[str, ...]
    align_with: tuple[str, ...]

    @property
    def on_own(self) -> list[float]:
        """The ends of that range."""
        return [*self.on_own_netnummer]

    @property
    def redirects(self) -> Ends:
        """How many members lie (partly) outside the netnummer of their group."""
        sure = len(self.redirected)
        return Ends(sure, sure + len(self.unknown_members))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult(Reach, Result):
    """What the engine advises one group; without a form (None) the members go on as today."""

    number: str
    members: tuple[str, ...]
    form: str | None
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingResult(Reach, Result):
    """A grouping with its groups' results; ``ties_cut`` are ties whose partners are parted.

    Who is ``left_out`` is in no group; it counts in the cost and among the inhabitants. The cost is
    that of the municipalities of the region; ``municipalities`` has what the last year costs each
    of them, and each neighbour that is in a group.
    """

    id: str
    grouping: Grouping
    groups: tuple[GroupResult, ...]
    left_out: tuple[str, ...]
    municipalities: Mapping[str, float]
    ties_cut: tuple[str, ...]


def groupings(case: Case) -> tuple[GroupingResult, ...]:
    """Run the engine on every group of every grouping that the region declares.

    Raises:
        UnsizedError: Nobody knows the inhabitants of one of its municipalities.
    """
    if not case.region.groupings:
        return ()
    _all_sized(case.region)
    whole = decide(case)
    return tuple(_grouping(case, whole, *one) for one in case.region.groupings.items())


def _all_sized(region: Region) -> None:
    """Complain of municipalities, in the region or in a group, of which nobody knows the size."""
    everyone = _members(region)
    grouped = {
        m for one in region.groupings.values() for group in one.groups for m in group.members
    }
    concerned = (one for n, one in everyone.items() if n in region.municipalities or n in grouped)
    if unsized := tuple(one.name for one in concerned if one.people is None):
        raise UnsizedError(unsized)


class _Plan(NamedTuple):
    """What a group comes to: its region, form, who goes where on which day, and roles."""

    region: Region
    form: str | None
    joins: Mapping[str, Since]
    roles: Mapping[str, str]


def _grouping(case: Case, whole: Advice, name: str, grouping: Grouping) -> GroupingResult:
    region, outside = _counted(case, grouping)
    plans = [_plan(case, group) for group in grouping.groups]
    together = {m: str(at) for at, group in enumerate(grouping.groups) for m in group.members}
    for at, plan in enumerate(plans):
        (alone, *others) = plan.region.municipalities
        partners = _partners(whole, plans, alone) if not others and plan.form is None else None
        if partners is not None and whole.roadmap is not None:
            form = whole.roadmap.municipalities[alone].form
            joins = {n: o for n, o in plan_joins(whole.region, whole.roadmap).items() if n == alone}
            plans[at] = _Plan(plan.region, form, joins, {alone: _OWN_NUMBER})
            together[alone] = str(partners)
    joins = {name: one for plan in plans for name, one in plan.joins.items()}
    chosen = underway(case.knowledge, case.region, whole.roadmap)
    money = money_of(case.knowledge, region, whole.costs, joins, together, outside, chosen)
    last = {n: of[region.costs.years[-1]] for n, of in money.municipalities.items()}
    groups = tuple(
        GroupResult(
            number=group.number,
            members=group.members,
            form=plan.form,
            roles=plan.roles,
            cost=fsum(last[n].cost for n in group.members),
            baseline=fsum(last[n].cost - last[n].difference for n in group.members),
            **_reach(plan.region, group),
        )
        for group, plan in zip(grouping.groups, plans, strict=True)
    )
    everyone = fsum(region.sizes.values())
    low, high = (
        fsum(one.inhabitants * one.on_own_netnummer[at] for one in groups) / everyone
        for at in (0, 1)
    )
    own = [last[name] for name in case.region.municipalities]
    return GroupingResult(
        id=name,
        grouping=grouping,
        groups=groups,
        left_out=tuple(n for n in region.municipalities if n not in together),
        municipalities={n: one.cost for n, one in last.items()},
        ties_cut=tuple(_ties_cut(case.region, grouping)),
        cost=fsum(one.cost for one in own),
        baseline=fsum(one.cost - one.difference for one in own),
        inhabitants=everyone,
        on_own_netnummer=Ends(low, high),
        unknown_members=tuple(name for one in groups for name in one.unknown_members),
        redirected=tuple(name for one in groups for name in one.redirected),
        align_with=tuple(sorted({name for one in groups for name in one.align_with})),
    )


def _partners(whole: Advice, plans: list[_Plan], alone: str) -> int | None:
    """The group beside which a municipality can answer for itself, as in the plan of the region."""
    if whole.roadmap is None or alone not in whole.roadmap.municipalities:
        return None
    part = whole.roadmap.municipalities[alone]
    if part.role != _OWN_NUMBER:
        return None
    for at, plan in enumerate(plans):
        if part.form in _built_on(whole, plan.form):
            return at
    return None


def _built_on(whole: Advice, form: str | None) -> Iterator[str]:
    """A form and all that it builds on."""
    while form is not None:
        yield form
        form = whole.knowledge.forms[form].builds_on


def _counted(case: Case, grouping: Grouping) -> tuple[Region, dict[str, float]]:
    """The region with the neighbours that are in a group, and what calls these get in a year."""
    region, known = case.region, case.region.municipalities
    extra = tuple(m for group in grouping.groups for m in group.members if m not in known)
    if not extra:
        return region, {}
    beside = region_of(region, GroupOf(number=region.possible_numbers[0], members=extra))
    calls = own_calls(case.knowledge, beside, costs(case.knowledge, beside))
    whole = {**known, **beside.municipalities}
    return region.model_copy(update={"municipalities": whole}), calls


def region_of(region: Region, group: GroupOf) -> Region:
    """The group as a region of its own: its members, its number, the organisations they share.

    The counted inhabitants are scaled by what the members' own figures add up to, so that all
    groups together count as many as the region. The locations of the joint centre are those of
    the whole region; another group has one location.
    """
    everyone = _members(region)
    members = {name: _as_municipality(everyone[name]) for name in group.members}
    others = {name: one for name, one in everyone.items() if name not in group.members}
    organisations = {
        name: one.model_copy(update={"members": tuple(m for m in one.members if m in members)})
        for name, one in region.organisations.items()
        if any(member in members for member in one.members)
    }
    counted = region.costs.inhabitants_counted
    if counted is not None:
        own = fsum(region.sizes.values())
        counted *= fsum(one.people or 0.0 for one in members.values()) / own
    whole = set(members) == set(region.municipalities)
    basis = {
        "inhabitants_counted": counted,
        "joint_sites": region.costs.joint_sites if whole else None,
    }
    return region.model_copy(
        update={
            "number": group.number,
            "municipalities": members,
            "neighbours": others,
            "organisations": organisations,
            "costs": region.costs.model_copy(update=basis),
            "groupings": {},
        }
    )


def _members(region: Region) -> dict[str, Member]:
    return {**region.municipalities, **region.neighbours}


def _as_municipality(member: Member) -> Municipality:
    if isinstance(member, Municipality):
        return member
    shared = {name: getattr(member, name) for name in Member.model_fields}
    return Municipality.model_construct(**shared, facts=getattr(member, "facts", {}))


def _plan(case: Case, group: GroupOf) -> _Plan:
    region = region_of(case.region, group)
    advice = decide(Case(case.knowledge, region))
    joins = plan_joins(region, advice.roadmap) if advice.roadmap else {}
    roles = {name: advice.parts[name].role for name in region.municipalities}
    return _Plan(region, advice.recommended, joins, roles)


class _Numbers(TypedDict):
    """What the number of a group means for its inhabitants."""

    inhabitants: float
    on_own_netnummer: Ends
    unknown_members: tuple[str, ...]
    redirected: tuple[str, ...]
    align_with: tuple[str, ...]


def _reach(region: Region, group: GroupOf) -> _Numbers:
    members = region.municipalities.items()
    shares = {name: one.coverage.get(group.number, 0.0) for name, one in members}
    sizes = region.sizes
    unknown = tuple(name for name, share in shares.items() if isinstance(share, str))
    whole = fsum(sizes.values())
    sure = fsum(sizes[n] * one for n, one in shares.items() if not isinstance(one, str)) / whole
    return _Numbers(
        inhabitants=whole,
        on_own_netnummer=Ends(sure, sure + fsum(sizes[name] for name in unknown) / whole),
        unknown_members=unknown,
        redirected=tuple(n for n, one in shares.items() if n not in unknown and one != 1.0),
        align_with=tuple(
            name for name, one in region.neighbours.items() if group.number in one.coverage
        ),
    )


def _ties_cut(region: Region, grouping: Grouping) -> Iterator[str]:
    """Ties of which some partner is in a group and another is in another group or in none."""
    group_of = {m: number for number, group in enumerate(grouping.groups) for m in group.members}
    everyone = _members(region)
    for name, tie in region.ties.items():
        places = {group_of.get(partner) for partner in tie.between if partner in everyone}
        if len(places) > 1:
            yield name
