"""One form explained: is it possible, why not, and what would it take."""

from __future__ import annotations

from dataclasses import dataclass

from decision.eligibility.verdicts import (
    Eligibility,
    PartnerVerdict,
    Verdict,
    eligibility,
    possible,
)
from decision.explain.conflicts import Conflict, Conflicts, conflicts
from decision.explain.demands import Demands, Variable, demands
from decision.explain.remedies import RemedySet, remedies
from decision.explain.work import LeadTime
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Earliest", "Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Earliest:
    """When a form is possible at the earliest, and the jobs that decide it.

    It is when the rules are met; preparing the form and going live come after it.
    """

    span: LeadTime
    critical_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a form is possible or not for the region and ``partners``, and what would make it so.

    ``eligibility`` is about this form alone. ``blocked`` is what keeps the form away whatever
    anybody does: rules, and facts that cannot be changed. It is None when the form is possible or
    remedies help.
    """

    region: Region
    knowledge: Knowledge
    form: str
    partners: tuple[str, ...]
    eligibility: Eligibility
    demands: Demands
    conflicts: Conflicts
    remedies: tuple[RemedySet, ...]
    blocked: Conflict | None

    @property
    def eligible(self) -> bool:
        """Whether the form is open to the region, and each of ``partners`` is ready for it."""
        return possible(self.eligibility, self.form, self.partners)

    @property
    def undecided(self) -> bool:
        """Whether it may be possible, for all that is known: only unknown facts keep it away."""
        if self.eligible or any(one.truth == "no" for one in self.binding):
            return False
        found = (*self.conflicts.listed, *([self.blocked] if self.blocked else []))
        return all(self.unknown.intersection(one.facts) for one in found)

    @property
    def unknown(self) -> frozenset[Variable]:
        """The facts that are asked for and not known."""
        return frozenset(name for name, one in self.demands.subjects.items() if one.now is None)

    @property
    def binding(self) -> tuple[Verdict, ...]:
        """The verdicts that decide: of excluding rules, and for ``partners`` all but warnings."""
        rules = self.knowledge.rules
        regional = self.eligibility.forms[self.form].verdicts
        own = (one for name in self.partners for one in self.verdict_on(name).verdicts)
        return (
            *(one for one in regional if rules[one.rule].otherwise == "excludes"),
            *(one for one in own if rules[one.rule].binds),
        )

    @property
    def usable(self) -> bool:
        """Whether it is possible and some municipality is known to take part, now or later."""
        verdicts = (own[self.form] for own in self.eligibility.municipalities.values())
        return self.eligible and any(one.takes_part == "yes" for one in verdicts)

    @property
    def earliest(self) -> Earliest | None:
        """When it is possible at the earliest; None when nothing helps, or nobody knows."""
        if self.eligible:
            return Earliest(LeadTime(0.0, 0.0, 0.0), ())
        spans = ((one.span, one.critical_path) for one in self.remedies if one.span is not None)
        found = min(spans, key=lambda one: one[0].weeks, default=None)
        return None if found is None else Earliest(*found)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on the region, and on ``partners``; without those on everybody."""
        found = [*self.eligibility.forms[self.form].verdicts]
        for name in self.partners or (*self.region.municipalities, *self.region.organisations):
            found += self.verdict_on(name).verdicts
        return tuple(found)

    def verdict_on(self, partner: str) -> PartnerVerdict:
        """What the form means for a municipality or an organisation."""
        of = self.eligibility
        return (of.municipalities.get(partner) or of.organisations[partner])[self.form]


def explain(
    knowledge: Knowledge, region: Region, form: str, partners: tuple[str, ...] = ()
) -> Explanation:
    """Explain one form for a region.

    Args:
        knowledge: the rules, and the activities by which remedies are carried out.
        region: the partners and the facts declared about them.
        form: the id of the form.
        partners: municipalities and organisations that must all be ready for it; without any the
            question is only whether the form is open to the region.
    """
    found = eligibility(knowledge, region, (form,))
    asked = demands(knowledge, region, form, partners)
    sets = remedies(knowledge, region, found, asked)
    blocked = None
    if not sets and not possible(found, form, partners):
        fixed = [name for name, one in asked.subjects.items() if not one.changeable]
        blocked = next(iter(conflicts(asked, fixed).listed), None)
    return Explanation(
        region=region,
        knowledge=knowledge,
        form=form,
        partners=partners,
        eligibility=found,
        demands=asked,
        conflicts=conflicts(asked),
        remedies=sets,
        blocked=blocked,
    )
