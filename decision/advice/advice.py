"""The advice: one object that brings the results of all stages together.

Every output (terminal, Markdown, HTML, JSON) is a view on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from decision.advice.advised import advised
from decision.advice.assumptions import Assumption, assumptions
from decision.advice.checklist import Checklist, checklist
from decision.advice.conditional import Conditional, conditional
from decision.advice.findings import Findings, Request
from decision.advice.growth import Growth
from decision.advice.number import NumberChoice, number_choice
from decision.advice.positions import Maturity, positions
from decision.advice.questions import Question, questions
from decision.advice.risks import RiskFor, lessons_for, risks
from decision.costs.result import Costs
from decision.eligibility.verdicts import Eligibility
from decision.load import Case
from decision.load.places import NOWHERE, Places
from decision.load.receipt import Receipt
from decision.model.borders import NO_BORDERS, Borders
from decision.model.dates import NotInForce
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.decisions import Decision, decisions
from decision.roadmap.moments import Occasion, occasions
from decision.roadmap.parts import Part, as_now
from decision.roadmap.plan import Roadmap
from decision.roadmap.wishes import StartWish, start_wishes
from decision.scores.additive import Scores

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Advice", "decide"]


@dataclass(frozen=True)
class Advice(Result):
    """The whole advice for one region.

    ``recommended`` is the only form that can be the best (None when more forms still can, or none
    can: see `Scores.candidates`), ``growth`` the way on from it and ``number`` what the joint
    number means for callers; ``parts`` are the roles of municipalities and organisations,
    ``roadmap`` is the path to the recommended form, ``decisions`` those that were taken and those
    that are to take, ``occasions`` when somebody tells how the work goes, and ``start_wishes`` the
    dates on which municipalities want to start. ``risks`` are those that hold, and ``lessons`` the
    ids of those that are about this region. ``checklist`` holds the municipalities against the
    requirements of VNG, ``positions`` says where they stand in Antwoord. Rules and figures are
    those of the date ``as_of``; ``not_in_force`` is what does not count then. ``places`` says in
    which file and on which line facts and rules stand, ``receipt`` from what the case was made;
    ``borders`` are for the map. What follows from all this is found when it is asked for, in the
    way of the ``request``: `findings`.
    """

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    costs: Costs
    scores: Scores
    recommended: str | None
    growth: Growth
    number: NumberChoice
    parts: Mapping[str, Part]
    roadmap: Roadmap | None
    decisions: tuple[Decision, ...]
    occasions: tuple[Occasion, ...]
    start_wishes: tuple[StartWish, ...]
    risks: tuple[RiskFor, ...]
    lessons: tuple[str, ...]
    checklist: Checklist
    positions: Mapping[str, Maturity]
    assumptions: tuple[Assumption, ...]
    open_questions: tuple[Question, ...]
    conditional: Conditional | None
    as_of: str
    not_in_force: tuple[NotInForce, ...]
    places: Places = field(default=NOWHERE, compare=False, repr=False)
    request: Request = field(default_factory=Request)
    receipt: Receipt = field(default_factory=Receipt, compare=False, repr=False)
    borders: Borders = field(default=NO_BORDERS, repr=False)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every form that may still turn out best, the highest score first."""
        return self.scores.candidates

    @property
    def rank_acceptability(self) -> Mapping[str, tuple[float, ...]]:
        """Per form to choose from the chance of each rank, over all weights, values and costs."""
        found = self.findings.robustness.chances
        return {} if found is None else {form: one.ranks for form, one in found.forms.items()}

    @property
    def next(self) -> str | None:
        """The form after the recommended one."""
        return self.growth.next

    @property
    def end_state(self) -> str | None:
        """The form in which the cooperation ends."""
        return self.growth.end_state

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The results as tables by name: see `decision.advice.tables`."""
        from decision.advice.tables import tables  # noqa: PLC0415 - loading pandas takes a second

        return tables(self.findings)

    @cached_property
    def findings(self) -> Findings:
        """What the costs, the scores and the roadmap lead to; each is worked out once."""
        return Findings(
            self.knowledge,
            self.region,
            self.eligibility,
            self.costs,
            self.scores,
            self.recommended,
            self.roadmap,
            self.request,
        )


def decide(case: Case, request: Request | None = None) -> Advice:
    """Run all stages on a region and its knowledge; the same case always gives the same advice."""
    knowledge, region, found = case.knowledge, case.region, advised(case)
    verdicts, score, best = found.eligibility, found.scores, found.recommended
    parts, plan = found.parts, found.roadmap
    return Advice(
        knowledge=knowledge,
        region=region,
        eligibility=verdicts,
        costs=found.costs,
        scores=score,
        recommended=best,
        growth=found.growth,
        number=number_choice(region),
        parts=as_now(knowledge, region, parts),
        roadmap=plan,
        decisions=decisions(knowledge, region, plan),
        occasions=() if plan is None else occasions(knowledge, plan),
        start_wishes=start_wishes(knowledge, region, plan),
        risks=risks(knowledge, region, parts),
        lessons=lessons_for(knowledge, region),
        checklist=checklist(knowledge, region, verdicts, found.costs, best),
        positions=positions(knowledge, region, best),
        assumptions=tuple(assumptions(knowledge, region)),
        open_questions=questions(knowledge, region, verdicts, score, parts),
        conditional=conditional(knowledge, region, verdicts, score),
        as_of=case.as_of or region.reference_date,
        not_in_force=case.not_in_force,
        places=case.places,
        request=request or Request(),
        receipt=case.receipt,
        borders=case.borders,
    )
