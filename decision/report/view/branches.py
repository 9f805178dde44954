"""The conditional advice: what decides, what it leads to, and what to ask first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decision.advice.conditional import Branch, Conditional
from decision.advice.questions import Question
from decision.model.requirements import TakingPart, comparisons
from decision.report.view.questions import OpenQuestion, Questions

__all__ = ["Branches"]

_MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """Some answers together: who says yes and who says no, what is in order and what is not."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    met: tuple[str, ...]
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One branch in words: ways to come to it, its form, and who comes to what.

    ``ways`` are none for all other answers. ``together`` are the names of who takes part beside
    those that say yes, ``others`` of who comes to another form; ``more`` says that some who are
    asked may join too.
    """

    ways: tuple[Saying, ...]
    form: str | None
    together: tuple[str, ...]
    others: dict[str, list[str]]
    more: bool


class Branches(Questions):
    """The conditional advice in names and forms."""

    def told(self) -> list[Told]:
        """The branches, those that differ only in who says yes together; the rest last."""
        tree = self.advice.conditional
        return [] if tree is None else [self._told(tree, same) for same in _alike(tree)]

    def deciding_names(self) -> list[str]:
        """The names of what decides, by which the tree branches."""
        tree = self.advice.conditional
        return [] if tree is None else [self._decisive(one.id) for one in tree.asked]

    def lighter_names(self) -> list[str]:
        """The names of what decides too, but is not asked first."""
        tree = self.advice.conditional
        return [] if tree is None else [self._decisive(one) for one in tree.others]

    def asked_first(self) -> list[tuple[tuple[str, ...], list[OpenQuestion]]]:
        """The questions behind what decides, a few, by everyone that they are put to."""
        tree = self.advice.conditional
        wanted = set() if tree is None else {place for one in tree.asked for place in one.asked}
        found: dict[str, list[Question]] = {}
        for one in self.advice.open_questions:
            if (one.fact, one.partner) in wanted:
                found.setdefault(one.fact, []).append(one)
        first: dict[tuple[str, ...], list[OpenQuestion]] = {}
        for same in [*found.values()][:_MOST_QUESTIONS]:
            asked = self._once(same)
            first.setdefault(asked.to, []).append(asked)
        return [*first.items()]

    def scale(self, form: str) -> list[tuple[str, float]]:
        """What a form asks of how many take part, as (measure, how much)."""
        found: dict[str, float] = {}
        for rule in self.knowledge.rules.values():
            if form in rule.guards and isinstance(rule.requires, TakingPart):
                for measure in TakingPart.MEASURES:
                    amount = getattr(rule.requires, measure)
                    if amount is not None and amount != "all":
                        found[measure] = max(amount, found.get(measure, 0))
        return list(found.items())

    def able(self) -> list[str]:
        """The municipalities that take part in some form of cooperation, or may."""
        forms = self.advice.eligibility.forms
        joint = [form for form in forms if form != self.baseline]
        may = {name for form in joint for name in forms[form].possible_participants}
        return [name for name in self.region.municipalities if name in may]

    def _decisive(self, name: str) -> str:
        """A municipality by its name, a rule by the facts that it asks for."""
        if name in self.region.municipalities:
            return self.name(name)
        asked = comparisons(self.knowledge.rules[name].requires)
        facts = dict.fromkeys(self.knowledge.facts[one.fact].name for one in asked)
        return self.words.say("conditional.fact", name=", ".join(facts))

    def _told(self, tree: Conditional, same: list[Branch]) -> Told:
        first, asked = same[0], {one.id for one in tree.asked}
        rest = not first.answers
        shown = {n: f for n, f in first.municipalities.items() if rest or n not in asked}
        others: dict[str, list[str]] = {}
        for name, form in shown.items():
            if form != first.form:
                others.setdefault(form, []).append(self.name(name))
        towns = asked & self.region.municipalities.keys()
        return Told(
            ways=() if rest else tuple(self._saying(one) for one in same),
            form=first.form,
            together=tuple(self.those(name for name, at in shown.items() if at == first.form)),
            others=others,
            more=not rest and len(same) == 1 and bool(towns - first.answers.keys()),
        )

    def _saying(self, branch: Branch) -> Saying:
        def those(*, yes: bool, town: bool) -> tuple[str, ...]:
            towns = self.region.municipalities
            said = (n for n, so in branch.answers.items() if so == yes and (n in towns) == town)
            return tuple(map(self._decisive, said))

        return Saying(
            yes=those(yes=True, town=True),
            no=those(yes=False, town=True),
            met=those(yes=True, town=False),
            unmet=those(yes=False, town=False),
        )


def _alike(tree: Conditional) -> Iterator[list[Branch]]:
    """The branches that lead to the same form for whoever is not asked; the rest by itself."""
    asked = {one.id for one in tree.asked}
    found: dict[object, list[Branch]] = {}
    for one in tree.branches[:-1]:
        rest = {name: at for name, at in one.municipalities.items() if name not in asked}
        found.setdefault((one.form, frozenset(rest.items())), []).append(one)
    yield from found.values()
    yield [tree.branches[-1]]
