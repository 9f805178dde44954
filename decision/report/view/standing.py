"""How the forms compare on scores and on costs."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Literal

from decision.report.view.names import Names
from decision.scores.additive import Contribution, FormScore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from decision.advice.findings import FormFindings
    from decision.costs.arithmetic import Measure

__all__ = ["Standing"]

_MOST_PARTS = 5


class Standing(Names):
    """The forms in order, and what sets them apart."""

    @property
    def nearest(self) -> str:
        """The best form of cooperation: eligible if one is, else the one with the best score."""
        return next(one.form for one in self.ranked() if one.form != self.baseline)

    @property
    def focus(self) -> str:
        """The form that the report is about: the advised one, else the nearest cooperation.

        As long as several forms can be the best it is the one that leads, if that cooperates.
        """
        if self.advice.conditional is not None:
            return self.advice.conditional.form
        found = self.advice.recommended or self.advice.scores.leading
        if found in (None, self.baseline):
            return self.nearest
        return found

    @property
    def chosen(self) -> FormFindings:
        """What is found about the form that the report is about."""
        return self.advice.findings.about(self.focus)

    @property
    def from_nothing(self) -> bool:
        """Whether nobody is in a form of cooperation yet, so that "now" is doing nothing."""
        now = {one.current.form for one in self.region.municipalities.values()}
        return now <= {None, self.baseline}

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

    def choosable(self, form: str) -> Literal["chosen", "open", "excluded"]:
        """Whether the region can choose a form now, may turn out to be able to, or cannot."""
        reach = self.advice.scores.forms[form].reach
        return "excluded" if reach == "no" else "open" if reach == "unknown" else "chosen"

    def set_apart(self, form: str) -> str:
        """What stands behind a form that the region cannot choose yet, or at all."""
        codes = {"excluded": "set_apart.excluded", "open": "set_apart.open"}
        code = codes.get(self.choosable(form))
        return "" if code is None else f" ({self.words.say(code)})"

    @property
    def undecided(self) -> bool:
        """Whether it is not yet clear which form is best, and some cooperation still can be."""
        may = any(form != self.baseline for form in self.advice.candidates)
        return self.advice.recommended is None and may

    @property
    def too_close(self) -> float:
        """How many points (of 100) are too few to choose by."""
        return 100 * self.advice.scores.margin

    def labels(self, forms: Iterable[str]) -> list[str]:
        """Forms with their numbers, in the order given."""
        return [self.label(form) for form in forms]

    def points(self, form: str, group: str | None = None) -> tuple[float, float]:
        """The fewest and the most points (of 100) that a form can have, in all or in one group."""
        parts = self.advice.scores.forms[form].contributions
        ends = [_points(one) for one in parts if group in (None, one.group)]
        return fsum(low for low, _ in ends), fsum(high for _, high in ends)

    def best_parts(self, form: str) -> list[tuple[str, tuple[float, float]]]:
        """The criteria that add most to a form, with the fewest and the most points of each."""
        parts = self.advice.scores.forms[form].contributions
        most = sorted(parts, key=lambda one: -one.contribution)[:_MOST_PARTS]
        return [(one.criterion, _points(one)) for one in most]

    def by_moves(self) -> list[str]:
        """The forms of which the score hangs on an assumed move of contacts."""
        return [
            form
            for form, one in self.advice.scores.forms.items()
            if any(part.raw is not None and not part.certain for part in one.contributions)
        ]

    def ungraded(self, form: str) -> list[str]:
        """The names of the criteria that weigh and on which nobody knows the grade of a form."""
        parts = self.advice.scores.forms[form].contributions
        unsure = (one.criterion for one in parts if one.raw is None and not one.certain)
        criteria = (self.knowledge.criteria[name] for name in unsure)
        return [one.name for one in criteria if one.grades is not None]

    def deciding(self) -> list[tuple[str, tuple[str, ...], list[str]]]:
        """What would tell the candidates apart: of what kind, of which forms, on which criteria."""
        found = self.advice.scores.undecided_by
        if found is None:
            return []
        grades = [one for one in found.grades if self.knowledge.criteria[one[1]].grades is not None]
        graded = dict.fromkeys(form for form, _ in grades)
        unsized = self.names(self.region.unsized) if grades != [*found.grades] else []
        return [
            *(("reach", found.reach, []) for _ in range(bool(found.reach))),
            *(("grades", (form,), self.ungraded(form)) for form in graded),
            *(("sizes", (), unsized) for _ in range(bool(unsized))),
            *(("weights", (), []) for _ in range(found.weights)),
            *(("grade", found.alike, []) for _ in range(bool(found.alike))),
        ]

    def first_labels(self) -> list[str]:
        """The forms that share the first place; none where no form is eligible."""
        return [self.label(one.form) for one in self.ranked() if one.rank == 1]

    def saving(self, form: str) -> float:
        """What a form saves in the last year against going on as today, in euro; 0 unpriced."""
        costs = self.advice.costs.forms
        if not costs:
            return 0.0
        return costs[self.knowledge.baseline].last_year.total - costs[form].last_year.total

    def gaps(self, form: str, other: str) -> list[tuple[str, float]]:
        """The groups of criteria on which two forms surely differ, with the points (best first)."""
        score = self.advice.scores.forms
        found = [
            (name, (score[form].group(name) - score[other].group(name)) * 100)
            for name in self.advice.scores.weights
            if name not in self.unsure_groups(form, other)
        ]
        return sorted((one for one in found if round(one[1], 1)), key=lambda one: -one[1])

    def unsure_groups(self, *forms: str) -> list[str]:
        """The groups of criteria in which it is not known how many points some form gets."""
        parts = [one for form in forms for one in self.advice.scores.forms[form].contributions]
        unsure = {one.group for one in parts if not one.certain}
        return [name for name in self.advice.scores.weights if name in unsure]

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


def _points(one: Contribution) -> tuple[float, float]:
    """The fewest and the most points that a criterion can add."""
    return 100 * one.weight * one.low, 100 * one.weight * one.high
