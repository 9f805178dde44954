"""How the municipalities stand: on the requirements of VNG, in Antwoord and in the survey."""

from __future__ import annotations

from decision.advice.checklist import ConnectionRequirement
from decision.advice.positions import Start, Target
from decision.model.antwoord import Finding, Reached
from decision.report.view.names import Names

__all__ = ["Municipal"]


class Municipal(Names):
    """The municipalities held against what is asked of them and against others."""

    def requirements(self) -> list[str]:
        """The rules of the requirements for connecting, in the order of the knowledge."""
        lists = self.advice.checklist.municipalities.values()
        found = {one.rule for own in lists for one in own}
        return [rule for rule in self.knowledge.rules if rule in found]

    def requirement(self, name: str, rule: str) -> ConnectionRequirement:
        """One requirement for one municipality."""
        own = self.advice.checklist.municipalities[name]
        return next(one for one in own if one.rule == rule)

    def standing(self, rule: str, status: str) -> list[str]:
        """The municipalities that meet a requirement, do not, or of which it is unknown."""
        return [
            name
            for name in self.region.municipalities
            if self.requirement(name, rule).status == status
        ]

    def aspects(self, *, known: bool) -> list[str]:
        """The aspects of which some municipality's phase is known, or those of which none is."""
        positions = self.advice.positions.values()
        return [
            aspect
            for aspect in self.knowledge.aspects
            if any(one.aspects[aspect].phase is not None for one in positions) is known
        ]

    def shared_target(self) -> Target | None:
        """The target of the municipalities that name none themselves."""
        targets = (one.target for one in self.advice.positions.values())
        return next((one for one in targets if one and one.origin != "municipality"), None)

    def found(self, start: Start) -> list[tuple[str, str]]:
        """The facts by which a starting situation is found, by name, with what is declared."""
        declared = {fact: one for trace in start.traces.values() for fact, one in trace.declared()}
        return [
            (self.knowledge.facts[fact].name, self.level(fact, one))
            for fact, one in declared.items()
        ]

    def others_reach(self, share: float) -> list[Reached]:
        """What the survey says others reach of answering at once: just below a share and above."""
        survey = self.knowledge.survey
        if survey is None or survey.outside_view is None:
            return []
        found = sorted(survey.outside_view.reached, key=lambda one: one.at_least)
        below = [one for one in found if one.at_least <= share][-1:]
        return below + [one for one in found if one.at_least > share][:1]

    def alike(self, name: str) -> list[Finding]:
        """What the survey says of those in the same phase of Antwoord."""
        phase, survey = self.advice.positions[name].phase, self.knowledge.survey
        if phase is None or survey is None:
            return []
        return [one for one in survey.findings.values() if one.phase == phase]
