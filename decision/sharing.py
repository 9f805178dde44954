"""Who pays what: the cost of going together, divided over the municipalities.

Four keys divide the cost of a joint form: by inhabitants (the key of the Drechtsteden in 2011),
by calls, by what each would pay on its own, and by the Shapley value: what a municipality adds to
the cost of those before it, on average over all orders of joining (Shapley 1953, "A value for
n-person games"). A division is in the core when no group of municipalities would pay less by
leaving and going together without the others (Gillies 1959).

Amounts are in euro; the games themselves are in `decision.games`.

Equal sites (`sites: equal`) are how the publication staffs six municipalities; they cannot tell
who pays what. Here every municipality has its own calls: as many as it counts, else by its own
inhabitants, scaled so that together they call as often as the cost model says. That volume is
rounded to whole calls a day once, for the region, and not again for every coalition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.costs import costs, own_calls
from decision.games import core_is_empty, leavers, shapley, sums
from decision.staffing import agents_needed

if TYPE_CHECKING:
    from decision.costs import Costs, YearCost
    from decision.knowledge import Amount, Knowledge
    from decision.region import Region

__all__ = [
    "KEYS",
    "MOST_MUNICIPALITIES",
    "Coalition",
    "Division",
    "Key",
    "Share",
    "Sharing",
    "SharingError",
    "calls_a_year",
    "sharing",
]

Floats: TypeAlias = NDArray[np.float64]
Key: TypeAlias = Literal["inhabitants", "calls", "stand_alone", "shapley"]

KEYS: tuple[Key, ...] = ("inhabitants", "calls", "stand_alone", "shapley")
MOST_MUNICIPALITIES = 20
"""The most municipalities that are divided exactly: a million coalitions."""

_LISTED = 10  # so many coalitions that would leave are named; all are counted
_CHUNK = 1 << 15  # so many coalitions are staffed at once, which bounds the memory


class SharingError(ValueError):
    """More municipalities than an exact division takes."""

    def __init__(self, municipalities: int, most: int) -> None:
        """Keep the number that was given and the most that is possible."""
        super().__init__(municipalities, most)
        self.municipalities, self.most = municipalities, most

    def __str__(self) -> str:
        """Name the number and the limit."""
        return f"{self.municipalities} municipalities to share cost, but at most {self.most}"


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
class Share:
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
class Division:
    """One cost divided under every key, with what each municipality costs on its own.

    ``alone_form`` is the form in which it is cheapest on its own; ``core_empty`` tells that no
    division at all keeps everyone in.
    """

    total: float
    alone: Mapping[str, float]
    alone_form: Mapping[str, str]
    keys: Mapping[Key, Share]
    core_empty: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """The cost of one form divided: euro in the last year, and over all years together."""

    form: str
    last_year: Division
    period: Division


def sharing(knowledge: Knowledge, region: Region, form: str) -> Sharing:
    """Divide the cost of a form over the municipalities, and see who would rather leave.

    A coalition of two or more goes together in ``form``: its own calls need agents by Erlang C in
    both lines, it pays the regional investments in full and those per municipality for its
    members. A municipality on its own takes the cheapest of the forms that `form` falls back to
    (in the knowledge), with its own first and second line.

    Raises:
        SharingError: More than `MOST_MUNICIPALITIES` municipalities.
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        KeyError: The form is not one of the knowledge.
    """
    size = len(region.municipalities)
    if size > MOST_MUNICIPALITIES:
        raise SharingError(size, MOST_MUNICIPALITIES)
    model = _model(knowledge, region)
    alone = {name: model.cost(name, _singles(model.calls)) for name in _alone(knowledge, form)}
    together = model.cost(form, _coalitions(model.calls))
    return Sharing(
        form=form,
        last_year=_division(
            region, model.calls, together.last, {name: cost.last for name, cost in alone.items()}
        ),
        period=_division(
            region, model.calls, together.period, {name: c.period for name, c in alone.items()}
        ),
    )


def calls_a_year(knowledge: Knowledge, region: Region) -> Mapping[str, float]:
    """Each municipality's calls a year today, by its own count or its own inhabitants.

    Together they are the calls of the cost model, so the rounding to whole calls a day is divided
    in proportion.
    """
    return own_calls(knowledge, region, costs(knowledge, region))


@dataclass(frozen=True, slots=True)
class _Groups:
    """Groups of municipalities: their calls a year, how many members, and how to add those up."""

    calls: Floats
    sizes: Floats
    add: Callable[[Floats], Floats]


def _singles(calls: Floats) -> _Groups:
    return _Groups(calls, np.ones(calls.size), lambda of_members: of_members)


def _coalitions(calls: Floats) -> _Groups:
    return _Groups(sums(calls), sums(np.ones(calls.size)), sums)


@dataclass(frozen=True, slots=True)
class _Cost:
    """The euro of every group in the last year, and over all years."""

    last: Floats
    period: Floats


@dataclass(frozen=True, slots=True)
class _Model:
    """The cost model for any part of the region; ``calls`` of each municipality a year today."""

    knowledge: Knowledge
    result: Costs
    values: Mapping[str, float]
    calls: Floats

    def cost(self, form: str, groups: _Groups) -> _Cost:
        """What the form costs every group that goes together without the others."""
        last = period = np.zeros(groups.calls.size)
        years = self.result.forms[form].years
        for year in years.values():
            last = self._staff(form, year, groups) + self._depreciation(
                form, year.year - min(years), groups
            )
            period = period + last
        return _Cost(last, period)

    def _staff(self, form: str, year: YearCost, groups: _Groups) -> Floats:
        """Wages of both lines: agents of all hours, in fte, times what an fte costs a year."""
        calculation = self.knowledge.calculations[form]
        today = fsum(self.calls)
        volume = year.calls / today if today else 0.0
        handling = year.handling_first_line
        if calculation.sites == "each":
            first = groups.add(self._agents(year, self.calls * volume, handling))
        else:
            first = self._agents(year, groups.calls * volume, handling)
        passed_on = groups.calls * volume * (1 - year.direct)
        second = self._agents(year, passed_on, self.values["handling_second_line"])
        wages = first * self.values[calculation.wage] + second * self.values["wage_second_line"]
        return wages * self.values["opening_days"] / self.values["hours_per_fte"]

    def _depreciation(self, form: str, passed: int, groups: _Groups) -> Floats:
        """The investment written off over the calls of the first year; no calls pay for none."""
        amounts = _amounts(self.knowledge, form)
        invested = [
            amount.euro * (groups.sizes if amount.per == "municipality" else 1.0)
            for amount in amounts
        ]
        a_year = sum(invested, np.zeros(groups.calls.size)) / self.values["depreciation_years"]
        left = (1 - self.knowledge.calculations[form].calls_avoided) ** passed
        return np.where(groups.calls > 0, a_year * left, 0.0)

    def _agents(self, year: YearCost, calls: Floats, handling: float) -> Floats:
        """Agents of all hours of a day, for each number of calls a year."""
        agents = np.zeros(calls.size)
        goal = self.values["service_target"], self.values["answer_within"]
        for start in range(0, calls.size, _CHUNK):
            a_day = calls[start : start + _CHUNK] / self.values["opening_days"]
            for hour in year.hours:
                agents[start : start + _CHUNK] += agents_needed(a_day * hour.share, handling, *goal)
        return agents


def _model(knowledge: Knowledge, region: Region) -> _Model:
    result = costs(knowledge, region)
    values = _values(knowledge, region)
    calls = own_calls(knowledge, region, result)
    return _Model(knowledge, result, values, np.array([*calls.values()], dtype=np.float64))


def _values(knowledge: Knowledge, region: Region) -> dict[str, float]:
    """The kengetallen, with those of the region before those of the knowledge."""
    return {name: one.value for name, one in knowledge.kengetallen.items()} | region.kengetallen


def _amounts(knowledge: Knowledge, form: str) -> Iterator[Amount]:
    return (item.amounts[form] for item in knowledge.investments.values() if form in item.amounts)


def _alone(knowledge: Knowledge, form: str) -> tuple[str, ...]:
    """The forms of a municipality that does not take part; of today's form, that form itself."""
    steps = []
    at = knowledge.forms[form].falls_back_to
    while at is not None:
        steps.append(at)
        at = knowledge.forms[at].falls_back_to
    return tuple(steps) or (form,)


def _division(
    region: Region, calls: Floats, together: Floats, alone: Mapping[str, Floats]
) -> Division:
    """Divide one cost under every key; a game of one has only the joint form itself."""
    names, forms = tuple(region.municipalities), tuple(alone)
    options = np.array([*alone.values()])
    own, cheapest = options.min(axis=0), options.argmin(axis=0)
    game = together.copy()
    if len(names) > 1:
        game[1 << np.arange(len(names))] = own
    total = float(game[-1])
    people = np.array([one.inhabitants.value for one in region.municipalities.values()])
    paid: dict[Key, Floats] = {
        "inhabitants": _by(people, total),
        "calls": _by(calls, total),
        "stand_alone": _by(own, total),
        "shapley": shapley(game),
    }
    keys = {key: _share(names, game, pays, own) for key, pays in paid.items()}
    return Division(
        total=total,
        alone=_of(names, own),
        alone_form={name: forms[at] for name, at in zip(names, cheapest, strict=True)},
        keys=keys,
        core_empty=not any(share.in_core for share in keys.values()) and core_is_empty(game),
    )


def _by(weights: Floats, total: float) -> Floats:
    """The total in proportion to the weights; equal parts where all are nothing."""
    whole = fsum(weights)
    return total * (weights / whole if whole else np.full(weights.size, 1 / weights.size))


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
    return Share(_of(names, pays), _of(names, pays - own), int(numbers.size), tuple(listed))


def _of(names: tuple[str, ...], values: Floats) -> Mapping[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True)}
