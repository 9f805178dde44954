"""The advice: one object that brings the results of all stages together.

Every output (terminal, Markdown, HTML, JSON) is a view on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from decision.checklist import Checklist, checklist
from decision.costs import Costs, costs
from decision.dates import NotInForce
from decision.eligibility import Eligibility, eligibility
from decision.knowledge import Knowledge
from decision.load import Case
from decision.positions import Position, positions
from decision.questions import Question, questions
from decision.region import Fact, Figure, Municipality, Region
from decision.roadmap import Roadmap, roadmap
from decision.robustness.smaa import rank_acceptability
from decision.scores import Scores, scores

__all__ = ["Advice", "Assumption", "decide"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the advice rests on that no source states.

    ``kind`` and ``id`` name the entry, ``partner`` whose it is (None for the knowledge) and
    ``parts`` which parts of it are assumed.
    """

    kind: Literal[
        "kengetal", "calculation", "investment", "activity", "value function", "wave", "fact",
        "figure", "position", "rule", "fit",
    ]  # fmt: skip
    id: str
    partner: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """The whole advice for one region.

    ``recommended`` is the eligible form with the highest score (None when no form is eligible),
    ``next`` the form it grows into and ``end_state`` where the growth path ends;
    ``rank_acceptability`` says per eligible form how often any weights give it each rank;
    ``roadmap`` is the path to the recommended form. ``checklist`` holds the municipalities against
    the requirements of VNG, ``positions`` says where they stand in Antwoord. Rules and figures
    are those of the date ``as_of``; ``not_in_force`` is what does not count then.
    """

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    costs: Costs
    scores: Scores
    rank_acceptability: Mapping[str, tuple[float, ...]]
    recommended: str | None
    next: str | None
    end_state: str | None
    roadmap: Roadmap | None
    checklist: Checklist
    positions: Mapping[str, Position]
    assumptions: tuple[Assumption, ...]
    open_questions: tuple[Question, ...]
    as_of: str
    not_in_force: tuple[NotInForce, ...]


def decide(case: Case) -> Advice:
    """Run all stages on a region and its knowledge; the same case always gives the same advice."""
    knowledge, region = case.knowledge, case.region
    verdicts = eligibility(knowledge, region)
    cost = costs(knowledge, region)
    score = scores(knowledge, region, verdicts, cost)
    path = _growth_path(knowledge, region, score.best)
    return Advice(
        knowledge=knowledge,
        region=region,
        eligibility=verdicts,
        costs=cost,
        scores=score,
        rank_acceptability=rank_acceptability(knowledge, region, score),
        recommended=score.best,
        next=path[1] if len(path) > 1 else None,
        end_state=path[-1] if path else None,
        roadmap=None if score.best is None else roadmap(knowledge, region, verdicts, score.best),
        checklist=checklist(knowledge, region, verdicts, cost, score.best),
        positions=positions(knowledge, region, score.best),
        assumptions=(*_of_knowledge(knowledge), *_of_region(region)),
        open_questions=questions(knowledge, region, verdicts, score),
        as_of=case.as_of or region.reference_date,
        not_in_force=case.not_in_force,
    )


def _growth_path(knowledge: Knowledge, region: Region, start: str | None) -> tuple[str, ...]:
    """The forms from the recommended one on, up to the end state that the region declares."""
    path: list[str] = []
    current = start
    while current is not None and current not in path:
        path.append(current)
        current = None if current == region.end_state else knowledge.forms[current].grows_into
    return tuple(path)


def _of_knowledge(knowledge: Knowledge) -> Iterator[Assumption]:
    for name, kengetal in knowledge.kengetallen.items():
        if kengetal.assumed:
            yield Assumption("kengetal", name, parts=kengetal.assumed)
    for name, investment in knowledge.investments.items():
        if investment.assumed_for:
            yield Assumption("investment", name, parts=investment.assumed_for)
    for name, activity in knowledge.activities.items():
        if activity.assumed:
            yield Assumption("activity", name, parts=activity.assumed)
    yield from (
        Assumption("calculation", n) for n, c in knowledge.calculations.items() if c.assumed
    )
    yield from (Assumption("value function", n) for n, c in knowledge.criteria.items() if c.assumed)
    yield from (Assumption("wave", "waves") for _ in range(knowledge.waves.assumed))
    yield from (Assumption("fit", "fit") for _ in range(knowledge.fit.assumed))
    yield from (Assumption("rule", name) for name, rule in knowledge.rules.items() if rule.assumed)


def _of_region(region: Region) -> Iterator[Assumption]:
    partners: list[tuple[str, Mapping[str, Fact]]] = [(region.id, region.facts)]
    for name, municipality in region.municipalities.items():
        partners.append((name, municipality.facts))
        yield from _figure(name, "inhabitants", municipality.inhabitants)
        yield from _positions(name, municipality)
    for name, neighbour in region.neighbours.items():
        partners.append((name, neighbour.facts))
        yield from _figure(name, "inhabitants", neighbour.inhabitants)
    partners += [(name, one.facts) for name, one in region.organisations.items()]
    for partner, facts in partners:
        for fact, declared in facts.items():
            if declared.known and declared.source is None:
                yield Assumption("fact", fact, partner)


def _positions(name: str, municipality: Municipality) -> Iterator[Assumption]:
    for aspect, declared in municipality.positions.items():
        if declared.number is not None and declared.source is None:
            yield Assumption("position", aspect, name)


def _figure(partner: str, name: str, figure: Figure) -> Iterator[Assumption]:
    if figure.source is None:
        yield Assumption("figure", name, partner)
