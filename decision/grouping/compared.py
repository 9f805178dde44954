"""The groupings of a region side by side: declared ones, and the best that a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import fsum

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.costs.inputs import UnsizedError
from decision.grouping.declared import Engine
from decision.grouping.fronts import front, ranked, values_of
from decision.grouping.leaving import Leaving, Parting, leaving
from decision.grouping.result import (
    Best,
    Ends,
    FrontOfTwo,
    GroupingResult,
    Groupings,
    Point,
    SearchReport,
)
from decision.grouping.search import Pair, Searched, search
from decision.grouping.totals import Totals
from decision.grouping.workers import Workers
from decision.load import Case
from decision.model.region import Grouping, GroupOf, Member, Region
from decision.model.search import SearchLimits

__all__ = ["groupings"]

_SHOWN = 8
"""So many groupings of a front are shown; all are counted."""


def groupings(
    case: Case, limits: SearchLimits | None = None, workers: Workers | None = None
) -> Groupings:
    """Run the engine on every grouping that the region declares, and on what a search finds.

    Args:
        case: The region, and the knowledge by which it is judged.
        limits: What a group that is found must keep to; None for no search.
        workers: Who does the work; the outcome is the same whoever does.

    Raises:
        SearchError: Nothing can be searched by these limits.
        MissingExtraError: The library that finds borders in common is not installed.
        UnsizedError: Nobody knows the inhabitants of a municipality that takes part.
    """
    _all_sized(case.region)
    return _Comparison(case, Engine(case), workers or Workers()).of(limits)


def _all_sized(region: Region) -> None:
    """Complain of municipalities, in the region or in a group, of which nobody knows the size."""
    everyone: Mapping[str, Member] = {**region.municipalities, **region.neighbours}
    grouped = {
        m for one in region.groupings.values() for group in one.groups for m in group.members
    }
    concerned = (one for n, one in everyone.items() if n in region.municipalities or n in grouped)
    if unsized := tuple(one.name for one in concerned if one.people is None):
        raise UnsizedError(unsized)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A region, and the engine that says what its groupings come to."""

    case: Case
    engine: Engine
    workers: Workers

    def of(self, limits: SearchLimits | None) -> Groupings:
        results = self._results(self.case.region.groupings)
        searched, found = None, None
        if limits is not None:
            searched = search(
                self.case.knowledge,
                self.case.region,
                self.engine.lean,
                limits,
                each=self.workers.each("search"),
                borders=self.case.borders,
            )
            names = self._shown(searched, results)
            found = _found(searched, limits, names)
        return self._ranked(results, searched, found) if results else self._nothing()

    def _results(self, wanted: Mapping[str, Grouping]) -> dict[str, GroupingResult]:
        """What groupings come to, by their names."""
        groups = [group for one in wanted.values() for group in one.groups]
        self.engine.prepare(groups, self.workers.each("groups"))
        return {name: self.engine.result(name, one) for name, one in wanted.items()}

    def _nothing(self) -> Groupings:
        """What there is to tell where no grouping is declared and none is asked for."""
        return Groupings(
            region=self.case.region.id,
            groupings={},
            pareto=(),
            ranking=(),
            drawn="any",
            samples=0,
            seed=0,
            search=None,
        )

    def _shown(self, searched: Searched, results: dict[str, GroupingResult]) -> dict[int, str]:
        """Put the best that were found among the results, and give the names of all by number."""
        declared = {
            _kind((g.number, g.members) for g in one.groups): n for n, one in results.items()
        }
        wanted: dict[int, list[str]] = {}
        for name, best in searched.best.items():
            wanted.setdefault(best.grouping, []).append(name)
        score = searched.standings.scores.mean(axis=1)
        for number in sorted(searched.front.tolist(), key=lambda one: -score[one]):
            if len(wanted) >= _SHOWN:
                break
            wanted.setdefault(number, [])
        names, made = dict[int, str](), dict[str, Grouping]()
        for number in sorted(wanted, key=lambda one: -score[one]):
            groups = searched.groups_of(number)
            name = declared.get(_kind(groups), "")
            if not name:
                name = f"found-{len(made) + 1}"
                some = tuple(GroupOf(number=code, members=members) for code, members in groups)
                made[name] = Grouping.model_construct(name="", groups=some)
            names[number] = name
        results.update(self._results(made))
        for number, name in names.items():
            results[name] = replace(results[name], found_for=tuple(wanted[number]))
        return names

    def _ranked(
        self,
        results: dict[str, GroupingResult],
        searched: Searched | None,
        found: SearchReport | None,
    ) -> Groupings:
        knowledge, region = self.case.knowledge, self.case.region
        measures = [*knowledge.grouping_measures.values()]
        own = values_of(knowledge, region, self.engine.lean, self._totals([*results.values()]))
        unbeaten = {*front(own, measures).tolist()}
        if searched is not None:
            others = searched.standings.shares[searched.front]
            both = replace(own, shares=np.concatenate([own.shares, others]))
            unbeaten = {one for one in front(both, measures).tolist() if one < len(results)}
        order = ranked(knowledge, region, own, self.engine.whole.scores.margin)
        places = dict(zip(results, order.places, strict=True))
        would_leave = self._leaving([*results.values()])
        placed = {
            name: replace(
                one,
                shares={
                    measure: Ends(*ends)
                    for measure, ends in zip(own.measures, own.shares[at].tolist(), strict=True)
                },
                place=places[name],
                leaving=would_leave[at],
            )
            for at, (name, one) in enumerate(results.items())
        }
        return Groupings(
            region=region.id,
            groupings=placed,
            pareto=tuple(name for at, name in enumerate(placed) if at in unbeaten),
            ranking=tuple(sorted(placed, key=lambda name: places[name].rank)),
            drawn=order.drawn,
            samples=order.samples,
            seed=order.seed,
            search=found,
        )

    def _totals(self, results: list[GroupingResult]) -> Totals:
        """What the engine says of groupings, as the sums that a search works with."""
        lean, people = self.engine.lean, float(self.engine.lean.towns.people.sum())
        inside = {n for n, of in zip(self.case.region.ties, lean.towns.ties, strict=True) if of}
        return Totals(
            cost=_list(one.in_full.cost for one in results),
            baseline=fsum(self.engine.as_now.values()),
            investment=_list(one.investment for one in results),
            on_own=np.array([one.on_own_netnummer for one in results]).reshape(-1, 2) * people,
            told=_whole(sum(len(g.to_tell) for g in one.groups) for one in results),
            redirected=_whole(len(one.redirected) for one in results),
            ties=_whole(len(inside & {*one.ties_kept}) for one in results),
            worth=np.array([self._worth(one) for one in results]),
        )

    def _worth(self, one: GroupingResult) -> Floats:
        """What everybody's form is worth, times the inhabitants, by group of criteria."""
        lean, region = self.engine.lean, self.case.region
        forms = {name: form for group in one.groups for name, form in group.forms.items()}
        used = [
            lean.towns.forms.index(
                forms.get(n) or town.current.form or self.case.knowledge.baseline
            )
            for n, town in region.municipalities.items()
        ]
        worth: Floats = lean.towns.people[:-1] @ lean.worth[used]
        return worth

    def _leaving(self, results: Sequence[GroupingResult]) -> list[Leaving | None]:
        """Who would gain by leaving each; not worked out where neighbours are in a group."""
        towns = self.engine.lean.towns
        place = {name: at for at, name in enumerate(towns.names)}
        asked = {
            at: Parting(
                [sorted(place[name] for name in group.members) for group in one.groups],
                [towns.coverage.numbers.index(group.number) for group in one.groups],
                [place[name] for name in one.left_out],
            )
            for at, one in enumerate(results)
            if all(name in place for group in one.groups for name in group.members)
        }
        each = self.workers.each("leaving")
        found = dict(
            zip(asked, each(partial(leaving, self.engine.lean), [*asked.values()]), strict=True)
        )
        return [found.get(at) for at in range(len(results))]


def _list(values: Iterable[float]) -> Floats:
    return np.array([*values], dtype=np.float64)


def _whole(values: Iterable[int]) -> Ints:
    return np.array([*values], dtype=np.int64)


def _kind(groups: Iterable[tuple[str, Iterable[str]]]) -> frozenset[tuple[str, frozenset[str]]]:
    """What makes a grouping that grouping: who is together behind which number."""
    return frozenset((number, frozenset(members)) for number, members in groups)


def _found(searched: Searched, limits: SearchLimits, names: Mapping[int, str]) -> SearchReport:
    return SearchReport(
        limits=limits,
        method=searched.method,
        groups=len(searched.batch),
        groupings=searched.made,
        best={
            name: Best(names[one.grouping], one.share, one.bound, one.gap)
            for name, one in searched.best.items()
        },
        front=len(searched.front),
        complete=searched.complete,
        fronts=tuple(_front(searched, part) for part in searched.parts),
    )


def _front(searched: Searched, part: Pair) -> FrontOfTwo:
    some = searched.standings.only(part.measures, part.groupings)
    points = [
        Point({name: Ends(*ends) for name, ends in zip(part.measures, shares, strict=True)}, gap)
        for shares, gap in zip(some.shares.tolist(), part.gaps, strict=True)
    ]
    return FrontOfTwo(part.measures, part.complete, tuple(points))
