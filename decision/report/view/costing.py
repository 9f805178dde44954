"""What the chapters about money ask of the findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from decision.costs.inputs import spans
from decision.model.price_level import years_of_prices
from decision.report.view.standing import Standing
from decision.sharing.division import MOST_MUNICIPALITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.costs.arithmetic import Measure
    from decision.costs.break_even import Needed
    from decision.costs.doubts import Doubt
    from decision.costs.inputs import Span
    from decision.costs.uncertainty import TornadoBar
    from decision.costs.verify import ErratumResult, RankReversal
    from decision.model.projects import NotCounted
    from decision.sharing.division import Share
    from decision.sharing.money import PlanMoney

__all__ = ["Beside", "Costing"]

_BARS = 5
_MOST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Improvement:
    """The share (0-1) of calls answered at once ``now``, and ``then``: in how many years' time.

    A municipality has so many years from its own start on, whenever that is by the plan.
    """

    now: float
    then: float
    years: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Something to choose beside a form: what it is, and what it changes in a year in full.

    ``euro`` is None where no source gives an amount, and negative for a saving; ``members`` chose
    it, and it is ``late`` where it belongs before a centre opens and does not come by then.
    """

    name: str
    does: str
    euro: float | None
    members: tuple[str, ...] = ()
    late: bool = False


class Costing(Standing):
    """How the cost is derived, what must come true for it, how sure it is, and who pays."""

    @property
    def cooperates(self) -> bool:
        """Whether the advice is not to go on as now, which promises nothing."""
        return self.baseline not in (self.focus, self.advice.recommended)

    def doubt(self, one: Doubt, given: str, beside: str) -> str:
        """A figure that may well be a typing error, with both numbers as they are written."""
        return self.words.say(f"costs.doubts.{one.about}", given=given, beside=beside)

    def prices(self) -> str:
        """In the prices of which year the amounts are, in a sentence or two."""
        found = years_of_prices(self.knowledge, self.region)
        if len(found) == 1:
            code = "level" if self.region.costs.price_level else "one"
            return self.words.say(f"costs.prices.{code}", year=next(iter(found)))
        of = (
            self.words.say("costs.prices.of", names=", ".join(self._priced(names)), year=year)
            for year, names in found.items()
        )
        return self.words.say("costs.prices.mixed", years="; ".join(of)) if found else ""

    def _priced(self, names: tuple[str, ...]) -> list[str]:
        """What the kengetallen are called, and the items in one word."""
        told = [
            self.knowledge.kengetallen[n].name for n in names if n in self.knowledge.kengetallen
        ]
        for entries, word in (
            (self.knowledge.investments, "items"),
            (self.knowledge.running_costs, "paid"),
            (self.region.projects, "projects"),
        ):
            if any(name in entries for name in names):
                told.append(self.words.say(f"costs.prices.{word}"))
        return told

    def kengetal(self, name: str) -> float:
        """The value that holds for the region."""
        return self.region.kengetallen.get(name, self.knowledge.kengetallen[name]).value

    def kengetal_range(self, name: str) -> tuple[float, float]:
        """The lowest and the highest value that are plausible for the region."""
        span = self._spans.get(name)
        if span is not None:
            return span.low, span.high
        own = self.region.kengetallen.get(name)
        return (own.range if own else None) or self.knowledge.kengetallen[name].range

    @cached_property
    def _spans(self) -> Mapping[str, Span]:
        return spans(self.knowledge, self.region)

    def decisive(self) -> list[tuple[ErratumResult, RankReversal]]:
        """The errata by which another form is the cheapest, each with a year in which it is."""
        found = self.advice.findings.verification
        return [(one, change) for one in (found.errata if found else ()) for change in one.changes]

    # --- what has to come true -------------------------------------------------------------

    def others(self) -> list[str]:
        """The forms that the one of the report is compared with."""
        return [form for form in self.advice.costs.forms if form != self.focus]

    def promise_needed(self, other: str, measure: Measure) -> list[Needed]:
        """Which share of its promise the form needs against another: each year, and together."""
        found = self.chosen.shares_needed[measure][other]
        return [*found.years.values(), found.period]

    def needed_in(self, year: int, other: str) -> float | None:
        """The share (0-1) of the promise that makes a year cheaper than in another form.

        It is to a hundredth, as the figure has it; None where no share or any share will do.
        """
        share = self.chosen.shares_needed["total"][other].years[year].share
        return None if share is None else round(share, 2)

    def improvement(self) -> Improvement | None:
        """How many calls more are answered at once; None where no more are, or nobody can tell."""
        forms = self.advice.costs.forms
        if self.focus not in forms:
            return None
        now, then = (forms[form].last_year.direct for form in (self.baseline, self.focus))
        reached = next(year for year, one in forms[self.focus].years.items() if one.direct == then)
        return Improvement(now, then, reached - self.years[0] + 1) if then > now else None

    def saves_anyway(self) -> bool:
        """Whether the last year is cheaper than doing nothing even if nothing improves."""
        found = self.chosen.shares_needed["total"].get(self.baseline)
        return found is not None and found.years[self.years[-1]].outcome == "always"

    def years_differ(self) -> bool:
        """Whether it matters for any other form that years are compared, and not calls."""
        return any(
            _rounded(self.promise_needed(other, "total"))
            != _rounded(self.promise_needed(other, "cost_per_call"))
            for other in self.others()
        )

    def held_against_excluded(self) -> bool:
        """Whether chances compare the form with another that the region cannot choose now."""
        others = set(self.chosen.outlook.forms) - {self.focus, self.baseline}
        return any(self.choosable(other) == "excluded" for other in others)

    def same_cost(self, other: str) -> bool:
        """Whether another form costs just as much in every year."""
        costs = self.advice.costs.forms
        mine, its = (
            [(year.cost_per_call, year.total) for year in costs[form].years.values()]
            for form in (self.focus, other)
        )
        return mine == its

    @property
    def rival(self) -> str | None:
        """The form of cooperation that comes closest in the last year, by figures of its own."""
        costs = self.advice.costs.forms
        mine = costs[self.focus].last_year.cost_per_call
        gaps = {
            form: abs(costs[form].last_year.cost_per_call - mine)
            for form in self.others()
            if form != self.baseline and not costs[form].assumed
        }
        return min(gaps, key=lambda form: gaps[form], default=None)

    # --- how sure that is ------------------------------------------------------------------

    def left_out(self) -> list[str]:
        """The forms of which the outlook says nothing."""
        return [form for form in self.advice.costs.forms if form not in self.chosen.outlook.forms]

    def tornado(self) -> list[TornadoBar]:
        """The kengetallen that matter most for the difference with the rival, per call."""
        found, last = self.chosen.outlook.tornado, self.years[-1]
        bars = found.bars(self.focus, self.rival, last, "cost_per_call")
        return [bar for bar in bars if round(bar.swing, 2)][:_BARS]

    # --- who pays, and by which route ------------------------------------------------------

    @property
    def most_members(self) -> int:
        """The most municipalities over which cost is divided."""
        return MOST_MUNICIPALITIES

    def leaving(self) -> list[tuple[str, Share]]:
        """The keys under which some group would be better off alone in the last year."""
        sharing = self.chosen.sharing
        keys = sharing.last_year.keys.items() if sharing else ()
        return [(key, share) for key, share in keys if not share.in_core]

    @property
    def money(self) -> PlanMoney | None:
        """What the advised plan costs, year by year."""
        return self.advice.findings.plan_money

    @property
    def may_join(self) -> tuple[str, ...]:
        """The municipalities of whom it is unknown whether they join the advised plan."""
        return self.advice.findings.undecided

    @property
    def money_if_all_join(self) -> PlanMoney | None:
        """What the plan costs if those join as well; None where nobody is undecided."""
        return self.advice.findings.plan_money_if_all_join

    def price_years(self) -> list[str]:
        """The years in the prices of which the amounts are."""
        return [str(year) for year in years_of_prices(self.knowledge, self.region)]

    def not_counted(self) -> list[NotCounted]:
        """What the amounts leave out."""
        found = {**self.knowledge.not_counted, **self.region.costs.not_counted}
        return [*found.values()]

    def beside_a_form(self) -> tuple[list[Beside], list[Beside], list[str]]:
        """What the region chose beside a form, what more would save most, and what has no amount.

        The last are names only, of projects that nobody chose.
        """
        money, found = self.money, self.advice.findings.on_offer
        offered = {(one.kind, one.id): one.offered.name for one in found}
        chosen = [
            Beside(offered[one.kind, one.id], "", one.in_full, tuple(one.since), one.late)
            for one in (money.chosen if money else ())
            if (one.kind, one.id) in offered
        ]
        names = {one.name for one in chosen}
        rest = [one for one in found if one.offered.name not in names]
        saving = sorted((one for one in rest if one.in_full or 0.0), key=lambda o: o.in_full or 0.0)
        best = [Beside(one.offered.name, one.offered.does, one.in_full) for one in saving]
        silent = [one.offered.name for one in rest if one.in_full is None]
        return chosen, [one for one in best if (one.euro or 0.0) < 0][:_MOST_BESIDE], silent

    @property
    def at_once(self) -> bool:
        """Whether all municipalities are in the advised form from the first year on."""
        joins = self.plan.live if self.plan else {}
        return len(joins) == len(self.region.municipalities) and not any(joins.values())

    def own_days(self) -> float:
        """The working days of their own that the plan asks of municipalities and the region."""
        return self.plan.own_days if self.plan else 0.0

    # --- the other channels ----------------------------------------------------------------

    def moving(self) -> list[list[str]]:
        """The forms that move contacts, those together that move the same."""
        found: dict[tuple[float, ...], list[str]] = {}
        uses = self.advice.costs.channels
        for form in uses[0].contacts_in if uses else ():
            contacts = tuple(use.contacts_in[form][self.years[-1]] for use in uses)
            found.setdefault(contacts, []).append(form)
        return list(found.values())


def _rounded(needed: list[Needed]) -> list[tuple[str, float | None]]:
    """What a reader sees of the answers: whole percentages."""
    return [(one.outcome, None if one.share is None else round(one.share, 2)) for one in needed]
