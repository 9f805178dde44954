"""How the forms compare on scores and on costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.report.view.names import Names
from decision.scores.additive import FormScore

if TYPE_CHECKING:
    from decision.advice.findings import FormFindings
    from decision.costs.arithmetic import Measure

__all__ = ["Standing"]


class Standing(Names):
    """The forms in order, and what sets them apart."""

    @property
    def nearest(self) -> str:
        """The best form of cooperation: eligible if one is, else the one with the best score."""
        return next(one.form for one in self.ranked() if one.form != self.baseline)

    @property
    def focus(self) -> str:
        """The form that the report is about: the advised one, else the nearest cooperation."""
        return self.advice.recommended or self.nearest

    @property
    def chosen(self) -> FormFindings:
        """What is found about the form that the report is about."""
        return self.advice.findings.about(self.focus)

    def lesser(self, form: str) -> tuple[str, ...]:
        """The forms that a form builds on."""
        return self.knowledge.lesser(form)

    def excluded(self, form: str) -> bool:
        """Whether the region cannot choose a form now."""
        return not self.advice.eligibility.forms[form].eligible

    def ranked(self) -> list[FormScore]:
        """The forms by score, the eligible ones first."""
        forms = self.advice.scores.forms.values()
        return sorted(forms, key=lambda form: (form.rank is None, -form.score))

    def leading_by_assumption(self) -> list[tuple[str, float]]:
        """The forms that lead the one of the report only because contacts are assumed to move.

        Each with its score when no contacts move to another channel.
        """
        score, costed = self.advice.scores.forms, self.advice.costs.forms
        most = score[self.focus].score
        leading = [name for name, one in score.items() if costed[name].assumed and one.score > most]
        if not leading:
            return []
        found = self.advice.findings.without_moves.forms
        return [(name, found[name].score) for name in leading if found[name].score < most]

    def first_labels(self) -> list[str]:
        """The forms that share the first place; none where no form is eligible."""
        return [self.label(one.form) for one in self.ranked() if one.rank == 1]

    def saving(self, form: str) -> float:
        """What a form saves in the last year against going on as today, in euro."""
        costs = self.advice.costs.forms
        return costs[self.knowledge.baseline].last_year.total - costs[form].last_year.total

    def gaps(self, form: str, other: str) -> list[tuple[str, float]]:
        """The groups of criteria on which two forms differ, with the points (best first)."""
        score = self.advice.scores.forms
        found = [
            (name, (score[form].group(name) - score[other].group(name)) * 100)
            for name in self.advice.scores.weights
        ]
        return sorted((one for one in found if round(one[1], 1)), key=lambda one: -one[1])

    def weak(self, form: str) -> list[str]:
        """The criteria on which a form gets one of the two lowest grades."""
        return [
            name
            for name, criterion in self.knowledge.criteria.items()
            if criterion.grades is not None and criterion.grades[form].grade in {1, 2}
        ]

    def weighed(self) -> list[tuple[str, str | None]]:
        """The municipalities with weights of their own, and the form that is best under these."""
        sure = self.advice.findings.robustness.winner
        everyone = sure.stakeholders.municipalities if sure else {}
        own = [name for name, one in self.region.municipalities.items() if one.weights]
        return [(name, everyone[name].favourites[0] if sure else None) for name in own]

    def cheapest(self, measure: Measure = "cost_per_call") -> list[tuple[list[int], list[str]]]:
        """The years, each stretch with the forms that are cheapest then (by their own figures)."""
        found: list[tuple[list[int], list[str]]] = []
        own = {name: cost for name, cost in self.advice.costs.forms.items() if not cost.assumed}
        for year in self.years:
            prices = {
                name: round(getattr(cost.years[year], measure), 2) for name, cost in own.items()
            }
            best = [name for name, price in prices.items() if price == min(prices.values())]
            if found and found[-1][1] == best:
                found[-1][0].append(year)
            else:
                found.append(([year], best))
        return found
