"""The rows in which a comparison is told: what each is called, and what every side has there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from decision.comparison.compare import Difference
from decision.report.answers.answer import TableRow
from decision.report.answers.comparison_words import Named
from decision.report.document.tree import Cell
from decision.report.view import View
from decision.report.view.inputs import ABSENT
from decision.report.view.names import those
from decision.words.catalogue import sentence

__all__ = ["Rows"]

Cells: TypeAlias = tuple[str | Cell, ...]

_ADVISED = ("recommended", "next", "end_state")
_OF_COST = ("cost_per_call", "total", "year")
_OF_PARTNER = ("outcome", "not_met", "unknown")
_FEW = 2  # rules that are named in one cell

_Shares = dict[str, dict[str, tuple[Any, ...]]]
"""Shares of all municipalities on each side, by what they are about and what is the case."""


class Rows(Named):
    """The rows of each topic; the JSON has more detail."""

    def in_short(self) -> Iterator[TableRow]:
        """The advice and the main figures of every side."""
        numbers, measures = self.numbers, self.found.measures
        for key in _ADVISED:
            yield self._row(key, [getattr(side.advice, key) for side in self.found.sides], str)
        figures: dict[str, Callable[[Any], str]] = {
            "score": self._points,
            "cost_per_call": numbers.cents,
            "total": numbers.euro,
            "per_inhabitant": numbers.cents,
            "year": str,
            "weeks": numbers.number,
            "inhabitants": numbers.number,
            "municipalities": numbers.number,
        }
        for key, written in figures.items():
            held = [one.cost if key in _OF_COST else one for one in measures]
            yield self._row(key, [one and getattr(one, key) for one in held], written)
        for role in dict.fromkeys(role for one in measures for role in one.roles):
            counts = tuple(str(one.roles.get(role, 0)) for one in measures)
            yield TableRow(self.say("comparison.with_role", role=self.role(role)), counts)

    def inputs(self) -> Iterator[TableRow]:
        """The facts and figures that differ, partners with the same together."""
        shares: _Shares = {}
        alike: dict[tuple[str, tuple[str, ...], Cells], list[str]] = {}
        for one in self.found.differences["facts"]:
            match one.steps:
                case (_, "*", _, fact, level):
                    words = self.level(fact, level)
                    shares.setdefault(self.fact(fact), {})[words] = one.values
                case ("municipalities" | "organisations" | "neighbours" as kind, name, *rest):
                    at = (kind, tuple(rest), self._values(one))
                    alike.setdefault(at, []).append(name)
                case _:
                    yield TableRow(sentence(self.paths.about(one.steps)), self._values(one))
        for (of, below, cells), names in alike.items():
            yield TableRow(sentence(self.paths.whose(self._those(of, names), below)), cells)
        yield from self._together(shares)

    def _values(self, one: Difference) -> Cells:
        return tuple(self.paths.value(one.steps, value) for value in one.values)

    def _those(self, kind: str, names: Sequence[str]) -> list[str]:
        """Partners as a sentence can hold them; municipalities of all sides together."""
        given = {name: self.partner(kind, name) for name in names}
        if kind != "municipalities":
            return [*given.values()]
        towns = [name for view in self.views for name in view.region.municipalities]
        everyone = {name: self.partner(kind, name) for name in towns}
        return those(given, everyone, self.words)

    def verdicts(self) -> Iterator[TableRow]:
        """Which forms can be chosen, and how partners stand, forms with the same together."""
        alike: dict[tuple[str, str, Cells], list[str]] = {}
        shares: _Shares = {}
        for one in self.found.differences["verdicts"]:
            match one.steps:
                case ("forms", form, key):
                    yield TableRow(
                        self.say(f"comparison.{key}", form=form), self._rules_or_words(one)
                    )
                case ("municipalities", name, "requirements", rule, _):
                    partner = self.partner("municipalities", name)
                    about = self.say(
                        "comparison.requirement", partner=partner, rule=self.paths.rule(rule)
                    )
                    yield TableRow(
                        about, self._each(one.values, lambda one: self.say(f"checks.{one}"))
                    )
                case (_, "*", _, form, outcome):
                    about = self.say("comparison.form", form=form)
                    shares.setdefault(about, {})[self.say(f"outcomes.{outcome}")] = one.values
                case (kind, name, _, form, key) if key in _OF_PARTNER:
                    at = (self.partner(kind, name), key, self._rules_or_words(one))
                    alike.setdefault(at, []).append(form)
        for (partner, key, cells), forms in alike.items():
            details = {"partner": partner, "forms": self.numbers.listing(forms)}
            yield TableRow(self.say(f"comparison.{key}", **details), cells)
        yield from self._together(shares)

    def _rules_or_words(self, one: Difference) -> Cells:
        """A verdict in words; of lists of rules only those that some side does not have."""
        if one.steps[-1] == "outcome":
            return self._each(one.values, lambda one: self.say(f"outcomes.{one}"))
        if one.steps[-1] == "eligible":
            return tuple(map(self.value, one.values))
        common = set.intersection(*(set(value) for value in one.values if value is not None))
        return self._each(
            one.values, lambda value: self._rules([rule for rule in value if rule not in common])
        )

    def _rules(self, rules: Sequence[str]) -> str:
        """A few rules by what they ask for, more of them by number."""
        if len(rules) > _FEW:
            return self.say("comparison.rules", count=len(rules))
        return ", ".join(dict.fromkeys(map(self.paths.rule, rules))) or ABSENT

    def roles(self) -> Iterator[TableRow]:
        """Who plays another part, or from another week on."""
        told: set[tuple[str, str]] = set()
        shares: _Shares = {}
        for one in self.found.differences["roles"]:
            match one.steps:
                case (_, "*", _, role):
                    of_all = shares.setdefault(self.say("comparison.of_all"), {})
                    of_all[self.role(role)] = one.values
                case ("municipalities" | "organisations" as kind, name, *_):
                    if (kind, name) not in told:
                        told.add((kind, name))
                        cells = tuple(self._part(kind, name, view) for view in self.views)
                        yield TableRow(self.partner(kind, name), cells)
        yield from self._together(shares)

    def _part(self, kind: str, name: str, view: View) -> str:
        if name not in getattr(view.region, kind):
            return ABSENT
        part = view.part(name)
        role = self.role(part.role)
        if part.ready is None:
            return role
        week, latest = (self.numbers.number(w) for w in (part.ready.earliest, part.ready.latest))
        if week != latest:
            week = self.say("weeks", earliest=week, latest=latest)
        return self.say("comparison.part", role=role, form=part.form, week=week)

    def costs(self, key: str) -> Iterator[TableRow]:
        """What forms cost in the last year of each side's period; of two sides also the change."""
        written = self.numbers.euro if key == "total" else self.numbers.cents
        for one in self.found.differences["costs"]:
            match one.steps:
                case ("costs", form, "last_year", found) if found == key:
                    cells = self._each(one.values, written)
                    yield TableRow(self.form(form), (*cells, *self._change(one, written)))

    def _change(self, one: Difference, written: Callable[[float], str]) -> tuple[str, ...]:
        """How much dearer the second of two sides is; nothing to add for more sides."""
        change = one.changes[-1]
        if len(one.values) != 2 or change is None:  # noqa: PLR2004 - two sides
            return ()
        sign = "+" if change.absolute > 0 else ""
        euro = f"{sign}{written(change.absolute)}"
        if change.relative is None:
            return (euro,)
        return (f"{euro} ({sign}{self.numbers.percent(change.relative, 1)})",)

    def scores(self) -> Iterator[TableRow]:
        """Weights, scores and places, and then of the advised forms each group of criteria."""
        advised = {side.advice.recommended for side in self.found.sides}
        parts: list[TableRow] = []
        for one in self.found.differences["scores"]:
            match one.steps:
                case ("weights", group):
                    about = self.say("comparison.weight", group=self.group(group))
                    yield TableRow(about, self._each(one.values, self.numbers.percent))
                case ("forms", form, "score"):
                    yield TableRow(self.form(form), self._each(one.values, self._points))
                case ("forms", form, "rank"):
                    about = self.say("comparison.rank", form=form)
                    yield TableRow(about, tuple(map(self.value, one.values)))
                case ("forms", form, "groups", group) if form in advised:
                    details = {"form": form, "group": self.group(group)}
                    about = self.say("comparison.contribution", **details)
                    parts.append(TableRow(about, self._each(one.values, self._points)))
        yield from parts

    # --- what rows have in common ----------------------------------------------------------------

    def _together(self, shares: _Shares) -> Iterator[TableRow]:
        """One row for what adds up to all municipalities, with the shares that differ."""
        for about, parts in shares.items():
            cells: list[list[str]] = [[] for _ in self.found.sides]
            for words, values in parts.items():
                for cell, value in zip(cells, values, strict=True):
                    if value:
                        cell.append(f"{words} {self.numbers.share(value)}")
            name = self.say("comparison.shares", about=about)
            yield TableRow(name, tuple(", ".join(cell) or ABSENT for cell in cells))

    def _points(self, score: float) -> str:
        """A score of 0-1 as points of the hundred."""
        return self.numbers.number(100 * score, 1)

    def _row(self, key: str, values: Sequence[Any], written: Callable[[Any], str]) -> TableRow:
        return TableRow(self.say(f"comparison.{key}"), self._each(values, written))

    def _each(self, values: Sequence[Any], written: Callable[[Any], str]) -> Cells:
        return tuple(_cell(value, written) for value in values)


def _cell(value: Any, written: Callable[[Any], str]) -> str | Cell:  # noqa: ANN401 - plain data
    if value is None:
        return ABSENT
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(written(value), value) if number else written(value)
