"""Which municipalities behind which number: the declared groupings side by side.

Every group is a small region of its own and goes through the same engine; only the measures of
the whole partition are added here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from decision.advice.advice import decide
from decision.load import Case
from decision.model.frozen import Result
from decision.model.region import Grouping, GroupOf, Member, Municipality, Region

__all__ = ["GroupResult", "GroupingResult", "Reach", "groupings", "region_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one number, or all numbers of a grouping, cost and mean for the inhabitants.

    ``yearly_cost`` (euro) is of the advised forms in the last year; ``on_own_netnummer`` counts the
    inhabitants who lie in the netnummer of their group and ``unknown_netnummer`` those of whom it
    is not known, who live in the ``unknown_members``; ``redirected`` members lie (partly) outside
    it; ``align_with`` are municipalities that share the netnummer but not the group.
    """

    yearly_cost: float
    inhabitants: float
    on_own_netnummer: float
    unknown_netnummer: float
    unknown_members: tuple[str, ...]
    redirected: tuple[str, ...]
    align_with: tuple[str, ...]

    @property
    def share_on_own_netnummer(self) -> float:
        """The known part of the inhabitants that calls its own netnummer (0-1)."""
        return self.on_own_netnummer / self.inhabitants


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult(Reach, Result):
    """What the engine advises one group; ``cost_per_call`` is of that form in the last year.

    Without a form (None) the members go on as today.
    """

    number: str
    members: tuple[str, ...]
    form: str | None
    cost_per_call: float
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingResult(Reach):
    """A grouping with its groups' results; ``ties_cut`` are ties whose partners are parted."""

    id: str
    grouping: Grouping
    groups: tuple[GroupResult, ...]
    ties_cut: tuple[str, ...]


def groupings(case: Case) -> tuple[GroupingResult, ...]:
    """Run the engine on every group of every grouping that the region declares."""
    return tuple(_grouping(case, *one) for one in case.region.groupings.items())


def _grouping(case: Case, name: str, grouping: Grouping) -> GroupingResult:
    groups = tuple(_group(case, group) for group in grouping.groups)
    return GroupingResult(
        id=name,
        grouping=grouping,
        groups=groups,
        ties_cut=tuple(_ties_cut(case.region, grouping)),
        yearly_cost=fsum(one.yearly_cost for one in groups),
        inhabitants=fsum(one.inhabitants for one in groups),
        on_own_netnummer=fsum(one.on_own_netnummer for one in groups),
        unknown_netnummer=fsum(one.unknown_netnummer for one in groups),
        unknown_members=tuple(name for one in groups for name in one.unknown_members),
        redirected=tuple(name for one in groups for name in one.redirected),
        align_with=tuple(sorted({name for one in groups for name in one.align_with})),
    )


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
        own = fsum(one.inhabitants.value for one in region.municipalities.values())
        counted *= fsum(one.inhabitants.value for one in members.values()) / own
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


def _group(case: Case, group: GroupOf) -> GroupResult:
    region = region_of(case.region, group)
    advice = decide(Case(case.knowledge, region))
    form = advice.recommended
    last = advice.costs.forms[form or case.knowledge.baseline].last_year
    shares = {
        name: one.coverage.get(group.number, 0.0) for name, one in region.municipalities.items()
    }
    sizes = {name: one.inhabitants.value for name, one in region.municipalities.items()}
    unknown = tuple(name for name, share in shares.items() if isinstance(share, str))
    return GroupResult(
        number=group.number,
        members=group.members,
        form=form,
        yearly_cost=last.total,
        cost_per_call=last.cost_per_call,
        inhabitants=fsum(sizes.values()),
        on_own_netnummer=fsum(
            sizes[name] * share for name, share in shares.items() if not isinstance(share, str)
        ),
        unknown_netnummer=fsum(sizes[name] for name in unknown),
        unknown_members=unknown,
        redirected=tuple(name for name, share in shares.items() if share != 1.0),
        align_with=tuple(
            name for name, one in region.neighbours.items() if group.number in one.coverage
        ),
        roles={name: advice.parts[name].role for name in region.municipalities},
    )


def _ties_cut(region: Region, grouping: Grouping) -> Iterator[str]:
    """Ties of which some partner is in a group and another is in another group or in none."""
    group_of = {m: number for number, group in enumerate(grouping.groups) for m in group.members}
    everyone = _members(region)
    for name, tie in region.ties.items():
        places = {group_of.get(partner) for partner in tie.between if partner in everyone}
        if len(places) > 1:
            yield name
