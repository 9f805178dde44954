"""Gains without a call centre: what projects and channel steering that a region chose do to money.

    project      its gain in a year is for all who take part, in proportion to what it is `per`
                 (municipalities, inhabitants), by the year since it started; what it costs once is
                 paid when it starts. Who takes part divides both by the key of the project
    steering     each year a share of the contacts moves that are left in a channel, at what a
                 contact costs in either; contacts that the form or another way of steering moved
                 are not there any more. It counts once its conditions are met, for each by itself

Nothing is gained where nobody takes part, and nobody pays or gains who does not. Amounts are in
euro: what is dearer is more than 0, a saving is less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from typing import Literal, NamedTuple, TypeAlias, cast

from decision.costs.crews import Crew
from decision.model.figures import PHONE
from decision.model.knowledge import Knowledge
from decision.model.projects import Project, Scaled, Steering
from decision.model.region import Region
from decision.model.values import first_day
from decision.roadmap.chosen import choices
from decision.roadmap.jobs import Job
from decision.roadmap.plan import Roadmap
from decision.sharing.pieces import Piece, State, anniversaries, shared, years_between

__all__ = ["Gains", "Kind", "Underway", "in_full", "underway"]

Kind: TypeAlias = Literal["project", "channel_steering"]


@dataclass(frozen=True, slots=True)
class Underway:
    """A project or a way of steering that a region chose, and since when for each participant."""

    kind: Kind
    id: str
    offered: Project | Steering
    since: Mapping[str, date]

    @property
    def kind_and_id(self) -> tuple[str, str]:
        """By which it is told from everything else that can be chosen."""
        return self.kind, self.id

    @property
    def grown(self) -> int:
        """The first whole year in which it grows no more; 0 where nobody takes part."""
        offered = self.offered
        years = offered.years if isinstance(offered, Steering) else len(offered.gains_in)
        return max((day.year + years for day in self.since.values()), default=-1) + 1


class Gain(NamedTuple):
    """What something that was chosen changes for one municipality in a piece of a year."""

    of: Underway
    municipality: str
    euro: float


@dataclass(frozen=True, slots=True)
class Gains:
    """What is underway, with the people and contacts of each municipality that it counts with.

    ``employees`` are the fte in the first line as it is now.
    """

    chosen: tuple[Underway, ...]
    knowledge: Knowledge
    crew: Crew
    calls: Mapping[str, float]
    inhabitants: Mapping[str, float]
    employees: Mapping[str, float]

    def marks(self, last: int) -> Iterator[date]:
        """The days on which something starts, or has been there for a whole number of years."""
        for day in {day for one in self.chosen for day in one.since.values()}:
            yield from anniversaries(day, last)

    def of(self, piece: Piece) -> Iterator[Gain]:
        """What everything that was chosen changes in a piece of a year."""
        for one in self.chosen:
            if isinstance(one.offered, Project):
                yield from self._project(one, one.offered, piece)
        for name, state in piece.states.items():
            yield from self._steered(name, state, piece)

    def _project(self, one: Underway, project: Project, piece: Piece) -> Iterator[Gain]:
        """A project, of which everybody's start is the same."""
        start = next(iter(one.since.values()), None)
        if start is None or start > piece.start:
            return
        passed = years_between(start, piece.start)
        share = project.gains_in[min(passed, len(project.gains_in) - 1)]
        euro = -self.worth(project.gain, one.since) * share * piece.length
        if start == piece.start:
            euro += self.worth(project.once, one.since)
        for name, part in self._key(project, one).items():
            yield Gain(one, name, euro * part)

    def _key(self, project: Project, one: Underway) -> dict[str, float]:
        if project.key == "equal":
            return dict.fromkeys(one.since, 1 / len(one.since))
        return shared({name: self.inhabitants[name] for name in one.since})

    def worth(self, amount: Scaled | None, names: Mapping[str, object]) -> float:
        """The euro of an amount for these municipalities together; 0 where there is none."""
        if amount is None:
            return 0.0
        euro = amount.euro
        if euro is None:
            wage = self.crew.model.kengetallen[cast("str", amount.wage)]
            euro = cast("float", amount.fte) * wage
        return euro * self.size(amount, names) / amount.each

    def fte(self, offered: Project | Steering, names: Mapping[str, object]) -> float:
        """The fte that a project saves in full; 0 where that is not what its source gives."""
        gain = offered.gain if isinstance(offered, Project) else None
        if gain is None or gain.fte is None:
            return 0.0
        return gain.fte * self.size(gain, names) / gain.each

    def size(self, amount: Scaled, names: Mapping[str, object]) -> float:
        """How much there is of what an amount scales per."""
        match amount.per:
            case "municipality":
                return float(len(names))
            case "inhabitant":
                return fsum(self.inhabitants[name] for name in names)
            case "employee":
                return fsum(self.employees[name] for name in names)

    def _steered(self, name: str, state: State, piece: Piece) -> Iterator[Gain]:
        """All ways of steering of a municipality, one after another on what is left."""
        left = dict[str, float]()
        for one in self.chosen:
            way, since = one.offered, one.since.get(name)
            if not isinstance(way, Steering) or since is None or since > piece.start:
                continue
            years = min(years_between(since, piece.start) + 1, way.years)
            before = left.get(way.origin, self._contacts(name, state, way.origin))
            moved = before * (1 - (1 - way.each_year) ** years)
            left[way.origin] = before - moved
            dearer = self._cost(way.to) - self._cost(way.origin)
            yield Gain(one, name, moved * dearer * piece.length)

    def _contacts(self, name: str, state: State, channel: str) -> float:
        """The contacts of a year that the form leaves in a channel."""
        used, channels = self.crew.model.kengetallen, self.knowledge.channels
        found = self.calls[name] / used[channels[PHONE].contacts] * used[channels[channel].contacts]
        move = self.crew.model.moves.get(state.form)
        if move is None or move.contacts != channels[channel].contacts:
            return found
        return found * float((1 - used[move.each_year]) ** min(state.moving, move.runs))

    def _cost(self, channel: str) -> float:
        priced = cast("str", self.knowledge.channels[channel].cost)  # see `Knowledge.faults`
        return self.crew.model.kengetallen[priced]


def underway(
    knowledge: Knowledge, region: Region, plan: Roadmap | None = None
) -> tuple[Underway, ...]:
    """What a region chose, from the day on which it can count.

    That is the day that the region says (or its reference date), or later: when by a ``plan`` the
    participant has done what it asks, and of a project all participants.
    """
    reference = date.fromisoformat(first_day(region.reference_date))
    ends = {task.id: task.finish for task in plan.tasks} if plan else {}
    found = []
    for name, offered, one in choices(knowledge, region):
        begin = reference if one.from_ is None else date.fromisoformat(first_day(one.from_))
        since = {
            who: max(
                [
                    begin,
                    *(
                        reference + timedelta(weeks=ends.get(Job(asked, who).id, 0.0))
                        for asked in offered.asks
                    ),
                ]
            )
            for who in one.participants
        }
        project = isinstance(offered, Project)
        if project and since:
            since = dict.fromkeys(since, max(since.values()))
        found.append(Underway("project" if project else "channel_steering", name, offered, since))
    return tuple(found)


def in_full(gains: Gains, offered: Project | Steering, names: Mapping[str, State]) -> float | None:
    """What something comes to in a year once it runs in full, for these municipalities together.

    None where no source gives an amount of what a project gains.
    """
    if isinstance(offered, Project):
        return None if offered.gain is None else -gains.worth(offered.gain, names)
    one = Underway("channel_steering", "", offered, dict.fromkeys(names, date.min))
    whole = Piece(date.max.year, 1.0, date.max, names)
    alone = Gains((one,), gains.knowledge, gains.crew, gains.calls, gains.inhabitants, {})
    return fsum(gain.euro for gain in alone.of(whole))
