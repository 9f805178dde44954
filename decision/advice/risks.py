"""The risks of working together for whom they hold, and the lessons that are about this region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from decision.eligibility.evaluation import Truth, evaluate, scopes
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.process import Risk
from decision.model.region import Region
from decision.roadmap.parts import Part

__all__ = ["NamedByOthers", "RiskFor", "lessons_for", "risks"]


@dataclass(frozen=True, slots=True)
class NamedByOthers:
    """How often others named a risk in the survey (shares 0-1; None where that is not printed).

    ``by_size`` has the share in the size class of each partner whom the risk is about.
    """

    finding: str
    everyone: float | None
    earlier: float | None
    by_size: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RiskFor:
    """A risk that holds for some ``partners`` (the region under its own id).

    Of the ``unknown`` ones nobody knows whether it holds.
    """

    risk: str
    partners: tuple[str, ...]
    unknown: tuple[str, ...]
    named: tuple[NamedByOthers, ...]


def risks(knowledge: Knowledge, region: Region, parts: Mapping[str, Part]) -> tuple[RiskFor, ...]:
    """The risks that surely hold for somebody on the way to one of their forms."""
    held = scopes(knowledge, region)
    goes_to = _goals(knowledge, region, parts)
    found = []
    for name, risk in knowledge.risks.items():
        truths: dict[str, Truth] = {
            partner: evaluate(risk.when, one).truth
            for partner, one in held[risk.of_each].items()
            if not goes_to[partner].isdisjoint(risk.forms)
        }
        sure, open_ = (
            tuple(partner for partner, truth in truths.items() if truth == wanted)
            for wanted in ("yes", "unknown")
        )
        if sure:
            found.append(RiskFor(name, sure, open_, _named(knowledge, region, risk, sure)))
    return tuple(found)


def _goals(
    knowledge: Knowledge, region: Region, parts: Mapping[str, Part]
) -> dict[str, frozenset[str]]:
    """The forms that everybody goes to, or may go to; those of all for the region."""
    own = {
        name: frozenset({parts[name].form, parts[name].may_join or knowledge.baseline})
        for name in region.municipalities
    }
    return {region.id: frozenset().union(*own.values()), **own}


def _named(
    knowledge: Knowledge, region: Region, risk: Risk, partners: Iterable[str]
) -> tuple[NamedByOthers, ...]:
    survey = knowledge.survey
    if survey is None:
        return ()
    classes = {
        name: survey.size_class(region.municipalities[name].people)
        for name in partners
        if name in region.municipalities
    }
    found = []
    for name in risk.named:
        one = survey.findings[name]
        by_size = {
            partner: one.by_size[size]
            for partner, size in classes.items()
            if size is not None and size in one.by_size
        }
        found.append(NamedByOthers(name, one.everyone, one.earlier, FrozenDict(by_size)))
    return tuple(found)


def lessons_for(knowledge: Knowledge, region: Region) -> tuple[str, ...]:
    """The lessons about the process of which the condition surely holds for the region."""
    held = scopes(knowledge, region)["region"][region.id]
    return tuple(
        name
        for name, lesson in knowledge.lessons.items()
        if lesson.when is None or evaluate(lesson.when, held).truth == "yes"
    )
