"""Groupings side by side: what each costs, how they rank, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum

from decision.advice.advice import Advice
from decision.grouping.compared import groupings
from decision.grouping.leaving import Leavers
from decision.grouping.result import GroupingResult, Groupings, GroupResult, Money, SearchReport
from decision.load import Case
from decision.model.values import in_sentence
from decision.report.answers.answer import Answer, TableRow, said
from decision.report.charts.figures import figure_of_grouping
from decision.report.document.pictures import picture_of
from decision.report.document.tree import Pages, Paragraph, Run, Section
from decision.words.catalogue import catalogue, sentence

__all__ = ["groupings_answer", "groupings_section"]

_LEAVERS, _FOUND, _GROUPS, _NAMED = 3, 3, 20, 12
"""So many of these are told of; the others are counted, and in the JSON."""

_SCORE = "score"


def groupings_answer(case: Case, found: Groupings, lang: str) -> Pages:
    """Groupings side by side, their ranking, and each with its groups."""
    shown = _Groupings(case, found, lang)
    shown.beside_each_other()
    shown.ranking()
    if found.search is not None:
        shown.searched(found.search)
    declared = [one for one in found if one.name]
    others = [one for one in found if not one.name]
    for result in (*declared, *others[:_FOUND]):
        shown.part(result.id, shown.title(result))
        for line in shown.lines(result):
            shown.point(line)
    if len(others) > _FOUND:
        shown.part("not-shown", "")
        shown.line(shown.told("not_shown", count=len(others) - _FOUND))
    title = shown.say("answers.groupings", region=case.region.name)
    return shown.pages("groupings", title)


def groupings_section(advice: Advice, lang: str) -> Section:
    """The same in short, to stand in an advice; one sentence where no groupings are declared."""
    if not advice.region.groupings:
        words = catalogue(lang, "words")
        title, told = words.say("sections.groupings"), words.say("groupings.none")
        return Section("groupings", title, (Paragraph(said(told)),))
    case = Case(advice.knowledge, advice.region, advice.as_of, advice.not_in_force)
    found = groupings(case)
    shown = _Groupings(case, found, lang)
    shown.side_by_side()
    drawn = figure_of_grouping(advice, found.ranking[0], lang)
    if drawn is not None:
        shown.add(picture_of(drawn))
    shown.in_short()
    (whole,) = shown.pages("groupings", "").sections
    return replace(whole, title=shown.finding())


class _Groupings(Answer):
    """The parts of the output."""

    def __init__(self, case: Case, found: Groupings, lang: str) -> None:
        super().__init__(lang)
        self.region, self.knowledge, self.found = case.region, case.knowledge, found
        self.everyone = {**case.region.municipalities, **case.region.neighbours}

    def told(self, code: str, **details: object) -> str:
        return self.say(f"groupings.{code}", **details)

    def names(self, members: Iterable[str]) -> str:
        return self.numbers.listing([self.everyone[member].name for member in members])

    def counted(self, names: Sequence[str]) -> str:
        """The first of some names; the others are counted."""
        more = len(names) - _NAMED
        if more <= 1:
            return self.numbers.listing(names)
        return self.numbers.listing([*names[:_NAMED], self.told("others", count=more)])

    def title(self, result: GroupingResult) -> str:
        """The name of a grouping; what was found has that of its place in the search."""
        return result.name or self.told("found", number=result.id.rpartition("-")[2])

    def finding(self) -> str:
        """Which grouping scores best, if one does."""
        best = self.found.groupings[self.found.ranking[0]]
        if best.place is None or len(self.near()) > 1:
            return self.told("no_best", count=len(self.found.groupings))
        details = {"name": self.title(best), "count": len(self.found.groupings)}
        return self.told("best_of", **details)

    def side_by_side(self) -> None:
        """What each grouping comes to and how it ranks, in one table."""
        rows = []
        for name in self.found.ranking:
            one = self.found.groupings[name]
            sure = "" if one.place is None else self.chance(one.place.first)
            own = self.span(map(self.numbers.percent, one.on_own_netnummer))
            cells = (self.euro(one.cost), self.euro(one.in_full.difference), own, sure)
            rows.append(TableRow(self.title(one), cells))
        codes = ("grouping", "cost", "full", "own", "first")
        columns = [self.told(code, year=self.region.costs.years[-1]) for code in codes]
        self.table(columns, rows)
        self.line(f"{self.told('about_short')} {self.prices(self.knowledge, self.region)}")
        front = [n for n in self.found.ranking if n in self.found.pareto]
        count = len(front)
        self.line(self.told("front_all", count=count, shown=self.numbers.number(count)))

    def in_short(self) -> None:
        """Who gains and who pays, groupings that are alike in it together; who rather leaves."""
        alike: dict[str, list[GroupingResult]] = {}
        for result in self.found:
            _, *told = self.money(result)
            alike.setdefault(" ".join(told), []).append(result)
        for changes, results in alike.items():
            names = Run(f"{self.numbers.listing(map(self.title, results))}.", strong=True)
            below = [
                line if len(results) == 1 else f"{self.title(one)}: {line}"
                for one in results
                for line in [*self.leaving(one)][:1]
            ]
            self.point((names, *said(f" {changes}" if changes else "")), below)

    def beside_each_other(self) -> None:
        """What each grouping comes to."""
        codes = ("grouping", "cost", "difference", "full", "own")
        rows = []
        for result in self.found:
            cells = (
                self.euro(result.cost),
                self.euro(result.last_year.difference),
                self.euro(result.in_full.difference),
                self.span(map(self.numbers.percent, result.on_own_netnummer)),
            )
            rows.append(TableRow(self.title(result), cells))
        columns = [self.told(code, year=self.region.costs.years[-1]) for code in codes]
        self.part("compared", sentence(self.told("title", region=in_sentence(self.region))))
        self.table(columns, rows)
        self.line(self.told("about_full"))
        self.line(self.prices(self.knowledge, self.region))
        if not any(group.forms for result in self.found for group in result.groups):
            self.line(self.told("no_form_yet"))

    def ranking(self) -> None:
        """How the groupings rank, and how sure that is."""
        rows = []
        for name in self.found.ranking:
            one = self.found.groupings[name]
            if one.place is None:
                continue
            ends = (self.numbers.number(100 * end, 1) for end in (one.place.low, one.place.high))
            beaten = "unbeaten" if name in self.found.pareto else "beaten"
            cells = (
                self.number(one.place.rank),
                self.span(ends),
                self.chance(one.place.first),
                self.told(beaten),
            )
            rows.append(TableRow(self.title(one), cells))
        codes = ("grouping", "rank", "points", "first", "front")
        self.part("ranking", self.told("ranking"))
        self.table([self.told(code) for code in codes], rows, texts=(0, 4))
        near = self.near()
        if len(near) > 1:
            self.line(self.told("near", names="; ".join(map(self.title, near))))

    def near(self) -> list[GroupingResult]:
        """The groupings that may be as good as the best, that one among them."""
        ranked = (self.found.groupings[name] for name in self.found.ranking)
        return [one for one in ranked if one.place is not None and one.place.near]

    def searched(self, search: SearchReport) -> None:
        """What the search looked at, and the best that it found on each measure."""
        self.part("search", self.told("search"))
        number = self.numbers.number
        if search.groupings is None:
            self.point(self.told("optimised", groups=number(search.groups)))
        else:
            both = {"groups": number(search.groups), "groupings": number(search.groupings)}
            self.point(self.told("enumerated", **both))
        alike: dict[tuple[str, float], list[str]] = {}
        for measure, best in search.best.items():
            name = self.told("score") if measure == _SCORE else self._measure(measure)
            alike.setdefault((best.grouping, best.gap), []).append(name)
        for (grouping, gap), names in alike.items():
            code = "best" if gap == 0 else "best_within" if gap < 1 else "best_of_found"
            details = {
                "measure": self.numbers.listing(names),
                "grouping": self.title(self.found.groupings[grouping]),
                "gap": self.numbers.percent(min(gap, 1.0), 1),
            }
            self.point(self.told(code, **details))
        complete = "front_proven" if search.complete else "front_part"
        self.point(self.told(complete, count=search.front, shown=number(search.front)))
        self.fronts(search)

    def fronts(self, search: SearchReport) -> None:
        """Of which two measures together it is proven what no other beats, and of which in part."""
        proven = [self._measure(one.measures[-1]) for one in search.fronts if one.complete]
        some = [one for one in search.fronts if not one.complete]
        cost = next((self._measure(one.measures[0]) for one in search.fronts), "")
        if proven:
            self.point(self.told("front_two", cost=cost, names=self.numbers.listing(proven)))
        if some:
            names = self.numbers.listing([self._measure(one.measures[-1]) for one in some])
            gap = max(point.gap for one in some for point in one.points)
            details = {"cost": cost, "names": names, "gap": self.numbers.percent(min(gap, 1.0), 1)}
            self.point(self.told("front_some" if gap else "front_some_exact", **details))

    def _measure(self, name: str) -> str:
        return self.knowledge.grouping_measures[name].name

    def span(self, ends: Iterable[str]) -> str:
        """The ends of a range, or what it is for sure."""
        low, high = ends
        return low if low == high else self.told("span", low=low, high=high)

    def form(self, group: GroupResult) -> str:
        """The form of a group; without one its members go on as now, or nobody knows yet."""
        undecided = "undecided" in group.roles.values()
        return group.form or self.say("unknown" if undecided else "groupings.as_now")

    def lines(self, result: GroupingResult) -> Iterator[str]:
        """Everything there is to tell of a grouping."""
        yield from self.groups(result)
        yield from self.money(result)
        yield from self.consequences(result)
        yield from self.leaving(result)

    def groups(self, result: GroupingResult) -> Iterator[str]:
        """Who is in which group, in which form and for how much, and what can come after it."""
        for group in result.groups[:_GROUPS]:
            details = {"number": f"14{group.number}", "names": self.names(group.members)}
            code, cost = "group" if group.form else "no_form", self.numbers.euro(group.cost)
            after = group.next or group.end_state
            later = "" if after is None else self.told("later", form=after)
            told = self.told(code, **details, form=self.form(group), cost=cost)
            yield told + self.of_the_region(result, group) + later
        if len(result.groups) > _GROUPS:
            yield self.told("more_groups", count=len(result.groups) - _GROUPS)
        if result.left_out:
            left = [result.municipalities[name] for name in result.left_out]
            cost = self.numbers.euro(fsum(left))
            yield self.told("left_out", names=self.names(result.left_out), cost=cost)

    def of_the_region(self, result: GroupingResult, group: GroupResult) -> str:
        """The part of the cost of a group that is in the tables: without who is from elsewhere."""
        own = [name for name in group.members if name in self.region.municipalities]
        if len(own) == len(group.members):
            return ""
        cost = fsum(result.money[name].cost for name in own)
        return self.told("of_the_region", cost=self.numbers.euro(cost))

    def money(self, result: GroupingResult) -> Iterator[str]:
        """What is invested, and who gains and who pays by it once all runs."""
        yield self.told("investment", amount=self.numbers.euro(result.investment))
        for code, sign in (("gains", -1), ("pays", 1)):
            some = self._those(result.in_full_of, sign)
            if some:
                yield self.told(code, names=self.counted(some), count=len(some))

    def _those(self, money: Mapping[str, Money], sign: int) -> list[str]:
        """The municipalities of which the cost goes up, or down, with by how much."""
        changed = {n: one.difference for n, one in money.items() if sign * one.difference >= 1}
        return [
            self.told("by", name=self.everyone[n].name, amount=self.numbers.euro(abs(euro)))
            for n, euro in sorted(changed.items(), key=lambda one: -abs(one[1]))
        ]

    def consequences(self, result: GroupingResult) -> Iterator[str]:
        """What a grouping asks of the technique, of others and of what exists, one line each."""
        if result.redirected:
            outside = self.counted([self.everyone[one].name for one in result.redirected])
            yield self.told("redirect", names=outside)
        by_number: dict[str, list[str]] = {}
        for name, numbers in result.to_tell.items():
            for number in numbers:
                by_number.setdefault(number, []).append(name)
        for number, names in sorted(by_number.items()):
            yield self.told("alignment", number=f"14{number}", names=self.names(names))
        if result.unknown_members:
            yield self.told("unknown", names=self.names(result.unknown_members))
        if result.ties_cut:
            ties = "; ".join(self.region.ties[tie].name for tie in result.ties_cut)
            yield self.told("ties", ties=ties)

    def leaving(self, result: GroupingResult) -> Iterator[str]:
        """Who would rather leave."""
        found = result.leaving
        if found is not None and found.at_once is not None:
            yield self.told("leaving_at_once", count=found.at_once)
        if found is None:
            yield self.told("leaving_unknown")
        elif not found.count:
            yield self.told("nobody_leaves")
        else:
            for one in found.first[:_LEAVERS]:
                yield self._leavers(one)
            if found.count > _LEAVERS:
                yield self.told("more_leave", more=found.count - _LEAVERS)

    def _leavers(self, one: Leavers) -> str:
        gain = self.numbers.euro(one.gain)
        details = {"names": self.names(one.members), "gain": gain, "count": len(one.members)}
        if not one.to:
            return self.told("leaves", **details)
        code = "joins_gladly" if one.receives > 0 else "joins"
        amount = self.numbers.euro(abs(one.receives))
        return self.told(code, to=self.names(one.to), receives=amount, **details)
