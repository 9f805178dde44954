"""The best configuration under conditions, found exactly as a mixed integer program.

A binary variable for each option of each choice says whether it is chosen; HiGHS solves it, once
for the configurations nearest to each form. Goals are met one after another: a later one only
decides between configurations that are equally good on all earlier ones. Every goal counts in
whole numbers and one that has been met is kept within half a unit, so that the tolerances of the
solver decide nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from decision.design.space import Pick, Space
from decision.explain.solver import Row, optimum

__all__ = ["APART", "Search"]

APART = 2
"""In how many choices two configurations differ at least, to be really different."""

_HALF = 0.5  # between two whole numbers
_TOGETHER = 6  # choices put in order by one goal; with more its numbers would become large

Terms = Mapping[int, int]
"""Whole coefficients by the number of the variable; the others have none."""


@dataclass(frozen=True)
class Search:
    """What is looked for: the most gain in a space without the forbidden options.

    ``gains`` are whole numbers. ``profiles`` are the forms as configurations, of which any choice
    may be left open; of two that are equally near, the first one counts as the nearest.
    """

    space: Space
    gains: Mapping[Pick, int]
    forbidden: Collection[Pick]
    profiles: Mapping[str, Mapping[str, str]]

    def best(
        self, earlier: Sequence[Mapping[str, str]] = (), taken: Collection[str] = ()
    ) -> tuple[dict[str, str], str] | None:
        """The best configuration (next to ``earlier`` ones) and its nearest form; None without any.

        Next to others it differs from each of them in at least ``APART`` choices, and shares more
        than half of the choices with its nearest form, which is none of those that are ``taken``.
        Of equal gain comes first what differs least from its nearest form, then what is least
        far-reaching (its options are the lowest, all together), then the lowest option at the
        first choice, the second, and so on.
        """
        apart = len(self.space.options) - APART
        rows = [*self._configuration(), *((self._in(one), -inf, apart) for one in earlier)]
        shared = len(self.space.options) // 2 + 1 if earlier else 0
        near: dict[str, Sequence[Row]] = {
            form: [*rows, *self._nearest(form, shared)]
            for form in self.profiles
            if form not in taken
        }
        goals = {form: [*self._goals(form)] for form in near}
        found: dict[str, Sequence[int]] = {}
        for stage in zip(*goals.values(), strict=True):
            near, found = self._meet(dict(zip(goals, stage, strict=True)), near)
        for form, chosen in found.items():
            return {c: o for c, o in self.space.picks if chosen[self._columns[c, o]]}, form
        return None

    def _meet(
        self, goals: Mapping[str, Terms], near: Mapping[str, Sequence[Row]]
    ) -> tuple[dict[str, Sequence[Row]], dict[str, Sequence[int]]]:
        """The forms near which a goal is met best: the conditions with that goal, and how."""
        solved = {form: self._solve(goals[form], rows) for form, rows in near.items()}
        found = {form: chosen for form, chosen in solved.items() if chosen is not None}
        reached = {
            form: sum(chosen[column] * term for column, term in goals[form].items())
            for form, chosen in found.items()
        }
        least = min(reached.values(), default=0)
        met = [form for form in found if reached[form] == least]
        kept: dict[str, Sequence[Row]] = {
            form: [*near[form], (goals[form], -inf, least + _HALF)] for form in met
        }
        return kept, {form: found[form] for form in met}

    # --- the variables -----------------------------------------------------------------------

    @cached_property
    def _columns(self) -> dict[Pick, int]:
        return {pick: number for number, pick in enumerate(self.space.picks)}

    def _in(self, configuration: Mapping[str, str]) -> dict[int, int]:
        """The options of a configuration."""
        return {self._columns[pick]: 1 for pick in configuration.items()}

    # --- the conditions ----------------------------------------------------------------------

    def _configuration(self) -> Iterator[Row]:
        """One option for each choice, and everything that the options require."""
        for choice, options in self.space.options.items():
            yield {self._columns[choice, option]: 1 for option in options}, 1, 1
        for one in self.space.links:
            sign = -1 if one.kind == "needs" else 1
            terms = {self._columns[one.other, option]: sign for option in one.options}
            own = self._columns[one.choice, one.option]
            terms[own] = terms.get(own, 0) + 1
            yield terms, -inf, 0 if one.kind == "needs" else 1

    def _nearest(self, form: str, least: int) -> Iterator[Row]:
        """At least so many options shared with a form, and with no other form more."""
        own = self._in(self.profiles[form])
        yield own, least, inf
        order = list(self.profiles)
        for other in order:
            if other != form:
                theirs = self._in(self.profiles[other])
                terms = {column: (column in own) - (column in theirs) for column in own | theirs}
                yield terms, int(order.index(other) < order.index(form)), inf

    # --- the goals ---------------------------------------------------------------------------

    def _goals(self, form: str) -> Iterator[Terms]:
        """What is to be as small as possible, the most important first."""
        yield {self._columns[pick]: -gain for pick, gain in self.gains.items()}
        ranks = {
            self._columns[choice, option]: rank
            for choice, options in self.space.options.items()
            for rank, option in enumerate(options)
        }
        highest = sum(len(options) - 1 for options in self.space.options.values())
        yield ranks | {
            column: ranks[column] - highest - 1 for column in self._in(self.profiles[form])
        }
        choices = list(self.space.options)
        base = max(map(len, self.space.options.values()))
        for start in range(0, len(choices), _TOGETHER):
            together = choices[start : start + _TOGETHER]
            yield {
                self._columns[choice, option]: rank * base ** (len(together) - 1 - place)
                for place, choice in enumerate(together)
                for rank, option in enumerate(self.space.options[choice])
            }

    def _solve(self, goal: Terms, rows: Sequence[Row]) -> Sequence[int] | None:
        """The variables at which the goal is smallest; None when the conditions cannot be met."""
        most = [float(pick not in self.forbidden) for pick in self._columns]
        found = optimum(goal, rows, most=most)
        return None if found is None else [round(value) for value in found.values]
