"""What is advised: the form, who plays which part in it, and the way to it.

It rests on the stages before it alone; all that the advice tells beside it rests on this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from decision.advice.growth import Growth, growth
from decision.costs.result import Costs, costs
from decision.eligibility.verdicts import Eligibility, eligibility
from decision.load import Case
from decision.model.frozen import Result
from decision.roadmap.parts import Part, played
from decision.roadmap.plan import Roadmap, roadmap
from decision.scores.additive import Scores, scores

__all__ = ["Advised", "advised"]


@dataclass(frozen=True, slots=True)
class Advised(Result):
    """The results of all stages: see `decision.advice.advice.Advice` for what these are."""

    eligibility: Eligibility
    costs: Costs
    scores: Scores
    growth: Growth
    parts: Mapping[str, Part]
    roadmap: Roadmap | None

    @property
    def recommended(self) -> str | None:
        """The only form that can be the best; None where there are more, or none."""
        return self.scores.best


def advised(case: Case) -> Advised:
    """Run the stages on a region and its knowledge, one after another."""
    knowledge, region = case.knowledge, case.region
    verdicts = eligibility(knowledge, region)
    cost = costs(knowledge, region)
    score = scores(knowledge, region, verdicts, cost)
    plan = None
    if score.best is not None:
        plan = roadmap(knowledge, region, verdicts, score, score.best)
    return Advised(
        eligibility=verdicts,
        costs=cost,
        scores=score,
        growth=growth(knowledge, region, verdicts, score.best),
        parts=played(knowledge, region, verdicts, score) if plan is None else plan.parts,
        roadmap=plan,
    )
