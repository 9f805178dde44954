"""Who pays what: the cost of going together, divided over the municipalities.

Four keys divide the cost of a joint form: by inhabitants (the key of the Drechtsteden in 2011),
by calls, by what each would pay on its own, and by the Shapley value: what a municipality adds to
the cost of those before it, on average over all orders of joining (Shapley 1953, "A value for
n-person games"). A division is in the core when no group of municipalities would pay less by
leaving and going together without the others (Gillies 1959).

Only who takes part divides: the others pay what the form that they stay in costs them. On its own
a municipality goes on as now, and that costs what it does everywhere (`money`).
Amounts are in euro. What a coalition costs is worked out in `sharing.groups`, and the games
are in `sharing.games`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.result import Costs, costs
from decision.costs.setup import shares
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.games import core_is_empty, leavers, shapley
from decision.sharing.groups import groups

__all__ = [
    "KEYS",
    "MOST_MUNICIPALITIES",
    "Apart",
    "Coalition",
    "Division",
    "Key",
    "Share",
    "Sharing",
    "SharingError",
    "sharing",
]

Key: TypeAlias = Literal["inhabitants", "calls", "stand_alone", "shapley"]

KEYS: tuple[Key, ...] = ("inhabitants", "calls", "stand_alone", "shapley")
MOST_MUNICIPALITIES = 20
"""The most municipalities that are divided exactly: a million coalitions."""

_LISTED = 10  # so many coalitions that would leave are named; all are counted


class SharingError(ValueError):
    """Municipalities that cannot divide a cost.

    ``code`` is `many_to_share` (more than `MOST_MUNICIPALITIES`), `none_to_share` or
    `unknown_to_share` (a name that the region does not have); ``members`` are those it is about.
    """

    def __init__(
        self,
        code: Literal["many_to_share", "none_to_share", "unknown_to_share"],
        members: tuple[str, ...] = (),
    ) -> None:
        """Keep the parts."""
        super().__init__(code, members)
        self.code, self.members = code, members


@dataclass(frozen=True, slots=True)
class Coalition:
    """Municipalities that would leave: what they pay now, what it costs without the others."""

    members: tuple[str, ...]
    pays: float
    costs: float

    @property
    def gain(self) -> float:
        """Euro that the members save by leaving."""
        return self.pays - self.costs


@dataclass(frozen=True, slots=True)
class Share(Result):
    """The division under one key.

    ``pays`` is each municipality's part; ``against_alone`` that part less its cost on its own, so
    that a saving is negative. ``leaving`` counts all coalitions that would be better off without
    the others, of which ``leavers`` names those with the largest gain, the largest first.
    """

    pays: Mapping[str, float]
    against_alone: Mapping[str, float]
    leaving: int
    leavers: tuple[Coalition, ...]

    @property
    def in_core(self) -> bool:
        """Whether no group of municipalities would be better off without the others."""
        return self.leaving == 0


@dataclass(frozen=True, slots=True)
class Division(Result):
    """One cost divided under every key, with what each municipality costs on its own.

    ``core_empty`` tells that no division at all keeps everyone in.
    """

    total: float
    alone: Mapping[str, float]
    keys: Mapping[Key, Share]
    core_empty: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """A municipality that does not take part: the form it stays in and what that costs it alone.

    Amounts are in euro, in the last year and over all years together.
    """

    form: str
    last_year: float
    period: float


@dataclass(frozen=True, slots=True)
class Sharing(Result):
    """The cost of one form divided: euro in the last year, and over all years together.

    ``members`` divide it; ``not_included`` are the other municipalities of the region.
    """

    form: str
    members: tuple[str, ...]
    not_included: Mapping[str, Apart]
    last_year: Division
    period: Division


def sharing(  # noqa: PLR0913 - the last three are options with a default
    knowledge: Knowledge,
    region: Region,
    form: str,
    *,
    members: Collection[str] | None = None,
    apart: Mapping[str, str] | None = None,
    result: Costs | None = None,
) -> Sharing:
    """Divide the cost of a form over the municipalities, and see who would rather leave.

    A coalition of two or more goes together in ``form`` from the first year on: its own calls need
    agents by Erlang C in the first line, in the second it pays for the calls that it passes on, and
    it pays the regional investments in full and those per municipality for its members. A
    municipality on its own goes on as now.

    Args:
        knowledge: the forms, their calculations and investments, and the kengetallen.
        region: the municipalities and their calls.
        form: the id of the joint form.
        members: who takes part; everyone where not given. The others have no part in the cost.
        apart: the form that each of the others is in; where not given, that of today.
        result: what `decision.costs.costs` gives for the region, for who has it already.

    Raises:
        SharingError: No members, more than `MOST_MUNICIPALITIES`, or one that is unknown.
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        KeyError: The form is not one of the knowledge.
    """
    names, years = _checked(region, members), region.costs.years
    others = {n: (apart or {}).get(n, region.municipalities[n].current.form or knowledge.baseline)
              for n in region.municipalities if n not in names}  # fmt: skip
    priced = groups(knowledge, region, result or costs(knowledge, region), form, names, others)
    people = np.array([region.sizes[name] for name in names])
    who = _Weights(names, people, priced.calls)
    last, period = (
        _division(who, _added(priced.together, some), _added(priced.alone, some))
        for some in (years[-1:], years)
    )
    return Sharing(
        form=form,
        members=names,
        not_included={
            n: Apart(f, priced.apart[n][years[-1]], fsum(priced.apart[n].values()))
            for n, f in others.items()
        },
        last_year=last,
        period=period,
    )


class _Weights(NamedTuple):
    """Who divides, with their inhabitants and their calls."""

    names: tuple[str, ...]
    people: Floats
    calls: Floats


def _added(of: Mapping[int, Floats], years: Sequence[int]) -> Floats:
    """The amounts of some years together."""
    total: Floats = np.sum([of[year] for year in years], axis=0)
    return total


def _checked(region: Region, members: Collection[str] | None) -> tuple[str, ...]:
    """Those who divide, in the order of the region."""
    given = region.municipalities if members is None else members
    names = tuple(name for name in region.municipalities if name in given)
    if unknown := tuple(name for name in given if name not in region.municipalities):
        raise SharingError("unknown_to_share", unknown)
    if not names:
        raise SharingError("none_to_share")
    if len(names) > MOST_MUNICIPALITIES:
        raise SharingError("many_to_share", names)
    return names


def _division(of: _Weights, together: Floats, own: Floats) -> Division:
    """Divide one cost under every key; a game of one has only the joint form itself."""
    names = of.names
    game = together.copy()
    if len(names) > 1:
        game[1 << np.arange(len(names))] = own
    total = float(game[-1])
    paid: dict[Key, Floats] = {
        "inhabitants": total * shares(of.people),
        "calls": total * shares(of.calls),
        "stand_alone": total * shares(own),
        "shapley": shapley(game),
    }
    keys = {key: _share(names, game, pays, own) for key, pays in paid.items()}
    return Division(
        total=total,
        alone=dict(zip(names, own.tolist(), strict=True)),
        keys=keys,
        core_empty=not any(share.in_core for share in keys.values()) and core_is_empty(game),
    )


def _share(names: tuple[str, ...], game: Floats, pays: Floats, own: Floats) -> Share:
    numbers, gains = leavers(game, pays)
    listed = (
        Coalition(
            members=tuple(name for at, name in enumerate(names) if number >> at & 1),
            pays=float(game[number] + gain),
            costs=float(game[number]),
        )
        for number, gain in zip(numbers[:_LISTED], gains[:_LISTED], strict=True)
    )
    paid, against = (dict(zip(names, euro.tolist(), strict=True)) for euro in (pays, pays - own))
    return Share(paid, against, int(numbers.size), tuple(listed))
