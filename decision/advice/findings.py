"""What follows from the results of the stages: each found once, when it is first asked for.

Every format reads these, so that a chance or an amount is the same wherever it stands. Modules with
a library that takes time to load are imported when they are needed, so that an advice starts fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from decision.advice.compared import ComparedRoute, compared
from decision.advice.stages import Stage, stages
from decision.costs.break_even import BreakEven, Needed, break_even, shares_needed
from decision.costs.derivation import Derivation, derivation
from decision.costs.overstaffing import Overstaffed, overstaffing
from decision.costs.result import Costs
from decision.costs.service import Service, service
from decision.costs.uncertainty import Draws, Uncertainty, drawn
from decision.costs.verify import Verification, verify
from decision.model.frozen import frozen
from decision.roadmap.plan import Roadmap, roadmap
from decision.roadmap.routes import Way, ways
from decision.scores.additive import Scores
from decision.scores.smaa import SAMPLES, SEED
from decision.sharing.division import MOST_MUNICIPALITIES, Sharing, sharing
from decision.sharing.gains import underway
from decision.sharing.joining import years_of
from decision.sharing.money import Offer, PlanMoney, on_offer, plan_money
from decision.sharing.routes import Route, routes, trip
from decision.sharing.settlement import Settlement, settlement

if TYPE_CHECKING:
    from decision.costs.arithmetic import Measure, OverTime
    from decision.costs.draws import Crews
    from decision.eligibility.verdicts import Eligibility
    from decision.explain.demands import Demands
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region
    from decision.scores.analysis import Robustness
    from decision.scores.methods import Method
    from decision.sharing.joining import Waves

__all__ = ["Findings", "FormFindings", "Progress", "Request"]

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """How an advice is asked.

    Attributes:
        form: What the questions about one form are about; None for the recommended one.
        draws: How often kengetallen, weights and values are drawn, at least 1.
        seed: Of all draws; the same seed gives the same chances.
        methods: The other methods to hold the ranking against; they need an extra library.
        progress: Called with the draws of kengetallen that are done and the draws in all.
        agents: How many answer in the first line at once, to see what callers notice; None for
            the people that the norm asks.
    """

    form: str | None = None
    draws: int = SAMPLES
    seed: int = SEED
    methods: tuple[Method, ...] = ()
    progress: Progress | None = field(default=None, compare=False)
    agents: int | None = None


@dataclass(frozen=True)
class Findings:
    """What follows from the results of the stages, for all forms."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    costs: Costs
    scores: Scores
    recommended: str | None
    roadmap: Roadmap | None
    request: Request
    _about: dict[str, FormFindings] = field(default_factory=dict, repr=False, compare=False)
    _outlooks: dict[tuple[str, ...], Uncertainty] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def form(self) -> str | None:
        """The form that the questions are about; None when none is recommended or asked for."""
        return self.request.form or self.recommended

    @property
    def chosen(self) -> FormFindings | None:
        """What is found about that form."""
        return None if self.form is None else self.about(self.form)

    def about(self, form: str) -> FormFindings:
        """What is found about one form."""
        if form not in self._about:
            self._about[form] = FormFindings(self, form)
        return self._about[form]

    @cached_property
    def break_even(self) -> BreakEven:
        """What has to come true for each form to be cheaper than each other one."""
        return break_even(self.knowledge, self.region)

    @cached_property
    def _draws(self) -> Draws:
        asked = self.request
        return drawn(
            self.knowledge,
            self.region,
            draws=asked.draws,
            seed=asked.seed,
            progress=asked.progress,
        )

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """What every form may cost, and which is the cheapest how often."""
        return self._draws.of()

    @cached_property
    def service(self) -> Service | None:
        """What callers notice of so many people as were asked about."""
        asked = self.request.agents
        return None if asked is None else service(self.knowledge, self.region, asked)

    @property
    def of_stated(self) -> Uncertainty:
        """The same without the forms that rest on an assumption, but for ``form``."""
        return self.beside_stated(self.form)

    def beside_stated(self, form: str | None) -> Uncertainty:
        """What the forms that do not rest on an assumption may cost, and this form."""
        forms = self.costs.forms.items()
        stated = tuple(name for name, one in forms if not one.assumed or name == form)
        if len(stated) == len(forms):
            return self.uncertainty
        if stated not in self._outlooks:
            self._outlooks[stated] = self._draws.of(stated)
        return self._outlooks[stated]

    @cached_property
    def plan_money(self) -> PlanMoney | None:
        """What the advised plan costs, year by year.

        None where nothing is advised to be done, or where no amount can be worked out.
        """
        plan = self.roadmap
        if plan is None or not plan.waves or not self.costs.forms:
            return None
        return plan_money(self.knowledge, self.region, self.costs, plan)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The municipalities of whom it is unknown whether they join the advised plan."""
        parts = self.roadmap.municipalities.values() if self.roadmap else ()
        return tuple(one.partner for one in parts if one.may_join is not None and one.ready)

    @cached_property
    def plan_money_if_all_join(self) -> PlanMoney | None:
        """The same if all who are undecided join as well; None where nobody is undecided."""
        plan = self.roadmap
        if plan is None or self.plan_money is None or not self.undecided:
            return None
        return plan_money(self.knowledge, self.region, self.costs, plan, self.undecided)

    @cached_property
    def on_offer(self) -> tuple[Offer, ...]:
        """What the region can choose beside a form, and what each would come to for everybody."""
        return on_offer(self.knowledge, self.region, self.costs)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The advised plan in a few stages; none where nothing is advised to be done."""
        return () if self.roadmap is None else stages(self.knowledge, self.roadmap)

    @cached_property
    def overstaffing(self) -> Mapping[str, Mapping[int, Overstaffed]]:
        """By form and year how many fte Erlang C asks too many; empty without a ``patience``."""
        found: Mapping[str, Mapping[int, Overstaffed]]
        found = frozen(overstaffing(self.knowledge, self.region))
        return found

    @cached_property
    def verification(self) -> Verification | None:
        """The published figures beside those of the model.

        None where nothing was published, or where no amount can be worked out.
        """
        known, published = (self.knowledge, self.region), self.region.published
        if published is None or not self.costs.forms:
            return None
        return verify(*known, published, self.costs)

    @cached_property
    def robustness(self) -> Robustness:
        """How sure the ranking is."""
        from decision.scores.analysis import Robustness

        asked = self.request
        return Robustness(
            self.knowledge,
            self.region,
            self.costs,
            self.scores,
            samples=asked.draws,
            seed=asked.seed,
            methods=asked.methods,
            progress=asked.progress,
            crews=self._crews,
        )

    def _crews(self) -> Crews | None:
        """The crews of the last year in the draws of cost; None where fewer are made than asked."""
        draws = self._draws
        return draws.last if draws.draws == draws.asked else None


@dataclass(frozen=True, eq=False)
class FormFindings:
    """Who pays what of one form, which routes lead to it, and what must come true for it."""

    _all: Findings = field(repr=False)
    form: str

    @property
    def _known(self) -> tuple[Knowledge, Region, str]:
        return self._all.knowledge, self._all.region, self.form

    @cached_property
    def roadmap(self) -> Roadmap | None:
        """The path to the form."""
        if self.form == self._all.recommended:
            return self._all.roadmap
        knowledge, region, form = self._known
        return roadmap(knowledge, region, self._all.eligibility, self._all.scores, form)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The municipalities that surely take part by the rules."""
        return self._all.eligibility.forms[self.form].participants

    @property
    def elsewhere(self) -> dict[str, str]:
        """The form of every municipality that by the roadmap is not in this one."""
        parts = self.roadmap.municipalities if self.roadmap else {}
        return {name: part.form for name, part in parts.items() if part.form != self.form}

    @property
    def waves(self) -> tuple[int, Waves]:
        """The year in which the first go live, and who joins how many years later."""
        return years_of(self._all.region, self.roadmap.waves if self.roadmap else ())

    @property
    def divides(self) -> Literal["yes", "few", "many"]:
        """Whether there are members to divide the cost over, or too few or too many."""
        if len(self.members) > MOST_MUNICIPALITIES:
            return "many"
        return "yes" if len(self.members) > 1 else "few"

    @cached_property
    def sharing(self) -> Sharing | None:
        """The cost of the form divided over the members; None where it cannot be.

        None also where no amount can be worked out, as for `settlement`.
        """
        if self.divides != "yes" or not self._all.costs.forms:
            return None
        members, apart = self.members, self.elsewhere
        return sharing(*self._known, members=members, apart=apart, result=self._all.costs)

    @cached_property
    def settlement(self) -> Settlement | None:
        """Who pays the investment and who is paid back; None also where nobody goes live."""
        first, waves = self.waves
        if self.divides != "yes" or not waves or not self._all.costs.forms:
            return None
        return settlement(*self._known, waves, first)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways to the form, each with its plan or with what stands in its way."""
        (knowledge, region, _), plan, every = self._known, self.roadmap, self._all
        if plan is None:
            return ()
        return ways(knowledge, region, every.eligibility, every.scores, plan)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The money of the ways to the form that can be followed, after that of doing nothing.

        Nothing where no amount can be worked out.
        """
        knowledge, region, _ = self._known
        if not self._all.costs.forms:
            return ()
        trips = [trip(knowledge, region, way) for way in self.ways if way.obstacle is None]
        chosen = underway(knowledge, region, self.roadmap)
        return routes(knowledge, region, trips, result=self._all.costs, chosen=chosen)

    @property
    def advised_route(self) -> Route | None:
        """The route of the plan; None where nobody goes live together or nothing can be priced."""
        return next((one for one in self.routes if one.way and one.way.advised), None)

    @cached_property
    def compared(self) -> tuple[ComparedRoute, ...]:
        """The ways to the form beside the advised one, with what is risky about each."""
        knowledge, region, _ = self._known
        return compared(knowledge, region, self.ways, self.routes)

    @cached_property
    def shares_needed(self) -> Mapping[Measure, Mapping[str, OverTime[Needed]]]:
        """By measure of cost the share of its promise that it needs against each other form."""
        knowledge, region, form = self._known
        found = shares_needed(knowledge, region, (form,))
        needed: Mapping[Measure, Mapping[str, OverTime[Needed]]]
        needed = frozen({measure: of[form] for measure, of in found.items()})
        return needed

    @property
    def outlook(self) -> Uncertainty:
        """What it may cost, beside the forms with figures of their own."""
        return self._all.beside_stated(self.form)

    @cached_property
    def derivation(self) -> Derivation | None:
        """One hour of the form, step by step."""
        knowledge, region, form = self._known
        return derivation(knowledge, region, self._all.costs, form)

    @cached_property
    def demands(self) -> Demands:
        """What the form asks of the region."""
        from decision.explain.demands import demands

        return demands(*self._known)
