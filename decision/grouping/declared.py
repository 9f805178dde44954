"""What one grouping comes to, through the whole engine.

Every group is a small region of its own and goes through the same engine: that gives its form, who
takes part, and when. What that costs is the money of one plan for the whole region: those who are
in no group, or go nowhere, go on as now, and the second line is that of the region.

Who answers for itself beside others can do so behind its own number as well: a municipality that
is alone in its group keeps the form that it has by the plan of the region, as long as another group
comes to a form that builds on it. It does so beside the largest of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from math import fsum
from typing import NamedTuple, TypedDict

from decision.advice.advised import Advised, advised
from decision.costs.result import Costs, costs, own_calls
from decision.grouping.lean import Lean, lean_of
from decision.grouping.result import Ends, GroupingResult, GroupResult, Money
from decision.grouping.totals import as_chosen, as_now
from decision.grouping.towns import chain, lived_in
from decision.grouping.workers import Each, in_turn
from decision.load import Case
from decision.model.region import Grouping, GroupOf, Member, Municipality, Region
from decision.sharing.gains import underway
from decision.sharing.money import PlanMoney, money_of, plan_joins
from decision.sharing.pieces import Since

__all__ = ["Engine", "region_of"]

_OWN_NUMBER = "own_entrance"  # the role
_AT_A_TIME = 16  # groups of which a worker says what they come to


class _Plan(NamedTuple):
    """What a group comes to: its region, form, what is after it, who goes where when, and roles."""

    region: Region
    form: str | None
    next: str | None
    end_state: str | None
    joins: Mapping[str, Since]
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Engine:
    """The whole engine, for groupings of one region; what groups come to is worked out once."""

    case: Case
    _plans: dict[tuple[str, tuple[str, ...]], _Plan] = field(default_factory=dict, repr=False)

    @cached_property
    def whole(self) -> Advised:
        """What is advised to all municipalities of the region together."""
        return advised(self.case)

    @cached_property
    def costs(self) -> Costs:
        """What every form costs all municipalities of the region together."""
        return costs(self.case.knowledge, self.case.region)

    @cached_property
    def lean(self) -> Lean:
        """The region as tables, in which many groups are evaluated at once."""
        return lean_of(self.case.knowledge, self.case.region, self.costs)

    @cached_property
    def as_now(self) -> Mapping[str, float]:
        """What each municipality pays in full when everybody goes on as now."""
        return dict(zip(self.lean.towns.names, as_now(self.lean).tolist(), strict=True))

    @cached_property
    def as_chosen(self) -> Mapping[str, float]:
        """The same, with what the region chose beside a form."""
        return dict(zip(self.lean.towns.names, as_chosen(self.lean).tolist(), strict=True))

    def result(self, name: str, grouping: Grouping) -> GroupingResult:
        """What a grouping comes to, without how it ranks."""
        return _Made(self, name, grouping).result()

    def plan(self, group: GroupOf) -> _Plan:
        """What a group comes to, as a region of its own."""
        self.prepare([group])
        return self._plans[group.number, group.members]

    def prepare(self, groups: Iterable[GroupOf], each: Each = in_turn) -> None:
        """Work out what groups come to, some at a time."""
        asked = {(one.number, one.members): one for one in groups}
        left = [one for key, one in asked.items() if key not in self._plans]
        parts = [left[at : at + _AT_A_TIME] for at in range(0, len(left), _AT_A_TIME)]
        does = partial(_plans_of, Case(self.case.knowledge, self.case.region))
        for some, plans in zip(parts, each(does, parts), strict=True):
            for group, plan in zip(some, plans, strict=True):
                self._plans[group.number, group.members] = plan

    def beside(self, plans: list[_Plan], alone: str) -> int | None:
        """The group beside which a municipality can answer for itself, as in the plan of all."""
        roadmap, knowledge = self.whole.roadmap, self.case.knowledge
        if roadmap is None or alone not in roadmap.municipalities:
            return None
        part = roadmap.municipalities[alone]
        if part.role != _OWN_NUMBER:
            return None
        fit = [
            (-_people(plan.region), at)
            for at, plan in enumerate(plans)
            if part.form in chain(knowledge, plan.form)
        ]
        return min(fit)[1] if fit else None

    def own_way(self, alone: str) -> _Plan | None:
        """What a municipality does that answers for itself in the plan of all together."""
        roadmap, region = self.whole.roadmap, self.case.region
        if roadmap is None:
            return None
        form = roadmap.municipalities[alone].form
        joins = {n: one for n, one in plan_joins(region, roadmap).items() if n == alone}
        return _Plan(region, form, None, None, joins, {alone: _OWN_NUMBER})


def _plans_of(case: Case, groups: Sequence[GroupOf]) -> list[_Plan]:
    """What groups of a region come to."""
    return [_plan_of(case, group) for group in groups]


def _plan_of(case: Case, group: GroupOf) -> _Plan:
    region = region_of(case.region, group)
    found = advised(Case(case.knowledge, region))
    return _Plan(
        region,
        found.recommended,
        found.growth.next,
        found.growth.end_state,
        plan_joins(region, found.roadmap) if found.roadmap else {},
        {name: found.parts[name].role for name in region.municipalities},
    )


@dataclass(frozen=True)
class _Made:
    """One grouping, through the engine."""

    engine: Engine
    name: str
    grouping: Grouping

    def result(self) -> GroupingResult:
        case = self.engine.case
        region, outside = _counted(case, self.grouping)
        plans, together = self._plans()
        joins = {name: one for plan in plans for name, one in plan.joins.items()}
        chosen = underway(case.knowledge, case.region, self.engine.whole.roadmap)
        counted = self.engine.costs
        money = money_of(case.knowledge, region, counted, joins, together, outside, chosen)
        last, full = self._last_year(money), self._in_full(money)
        groups = tuple(
            GroupResult(
                number=group.number,
                members=group.members,
                form=plan.form,
                next=plan.next,
                end_state=plan.end_state,
                forms={name: one.form for name, one in plan.joins.items()},
                roles=plan.roles,
                last_year=_added(last, group.members),
                in_full=_added(full, group.members),
                **_reach(self._region(group), group),
            )
            for group, plan in zip(self.grouping.groups, plans, strict=True)
        )
        everyone = _people(region)
        ends = (
            fsum(one.inhabitants * one.on_own_netnummer[at] for one in groups) / everyone
            for at in (0, 1)
        )
        kept, cut = _ties(case.region, self.grouping)
        return GroupingResult(
            id=self.name,
            name=self.grouping.name or None,
            because=self.grouping.because,
            source=self.grouping.source,
            groups=groups,
            left_out=tuple(n for n in region.municipalities if n not in together),
            money=last,
            in_full_of=full,
            investment=money.investment,
            ties_kept=kept,
            ties_cut=cut,
            last_year=_added(last, case.region.municipalities),
            in_full=_added(full, case.region.municipalities),
            inhabitants=everyone,
            on_own_netnummer=Ends(*ends),
            unknown_members=tuple(name for one in groups for name in one.unknown_members),
            redirected=tuple(name for one in groups for name in one.redirected),
            to_tell=_merged(groups),
        )

    def _plans(self) -> tuple[list[_Plan], dict[str, str]]:
        """What every group comes to, and beside whom everybody is on a form."""
        groups = self.grouping.groups
        found = [self.engine.plan(group) for group in groups]
        plans = [*found]
        together = {m: str(at) for at, group in enumerate(groups) for m in group.members}
        for at, plan in enumerate(found):
            (alone, *others) = plan.region.municipalities
            if others or plan.form is not None:
                continue
            host, own = self.engine.beside(found, alone), self.engine.own_way(alone)
            if host is not None and own is not None:
                plans[at], together[alone] = own, str(host)
        return plans, together

    def _region(self, group: GroupOf) -> Region:
        return self.engine.plan(group).region

    def _last_year(self, money: PlanMoney) -> dict[str, Money]:
        year = self.engine.case.region.costs.years[-1]
        return {
            name: Money(of[year].cost, of[year].cost - of[year].difference)
            for name, of in money.municipalities.items()
        }

    def _in_full(self, money: PlanMoney) -> dict[str, Money]:
        """The money of a year in full; where nobody goes anywhere that is how it is now."""
        found = {
            name: Money(one.cost, one.cost - one.difference)
            for name, one in money.settled_municipalities.items()
        }
        return found or {
            name: Money(euro, self.engine.as_now[name])
            for name, euro in self.engine.as_chosen.items()
        }


def _people(region: Region) -> float:
    return fsum(region.sizes.values())


def _added(of: Mapping[str, Money], names: Iterable[str]) -> Money:
    own = [of[name] for name in names if name in of]
    return Money(fsum(one.cost for one in own), fsum(one.baseline for one in own))


def _merged(groups: tuple[GroupResult, ...]) -> dict[str, tuple[str, ...]]:
    """Who must be told in any of the groups, with all the numbers of that."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for name, numbers in group.to_tell.items():
            found[name] = tuple(sorted({*found.get(name, ()), *numbers}))
    return dict(sorted(found.items()))


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
    around = {"neighbours": others} if others or not whole else {}  # nobody said is not none
    return region.model_copy(
        update={
            "number": group.number,
            "municipalities": members,
            **around,
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


class _Numbers(TypedDict):
    """What the number of a group means for its inhabitants."""

    inhabitants: float
    on_own_netnummer: Ends
    unknown_members: tuple[str, ...]
    redirected: tuple[str, ...]
    to_tell: Mapping[str, tuple[str, ...]]


def _reach(region: Region, group: GroupOf) -> _Numbers:
    members = region.municipalities.items()
    shares = {name: lived_in(one, group.number) for name, one in members}
    sizes, whole = region.sizes, _people(region)
    low, high = (fsum(sizes[n] * one[end] for n, one in shares.items()) / whole for end in (0, 1))
    around = (n for n, one in region.neighbours.items() if lived_in(one, group.number)[1] > 0)
    return _Numbers(
        inhabitants=whole,
        on_own_netnummer=Ends(low, high),
        unknown_members=tuple(n for n, (least, most) in shares.items() if least != most),
        redirected=tuple(n for n, (least, most) in shares.items() if least == most != 1.0),
        to_tell=dict.fromkeys(sorted(around), (group.number,)),
    )


def _ties(region: Region, grouping: Grouping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ties of which all partners are in one group, or in none, and the others."""
    group_of = {m: number for number, group in enumerate(grouping.groups) for m in group.members}
    everyone = _members(region)
    kept, cut = list[str](), list[str]()
    for name, tie in region.ties.items():
        places = {group_of.get(partner) for partner in tie.between if partner in everyone}
        (cut if len(places) > 1 else kept).append(name)
    return tuple(kept), tuple(cut)
