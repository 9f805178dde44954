"""Why forms drop out: the facts behind the rules, and how much is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from decision.explain.demands import Enough, Every, Requirement, Variable, conditions, holds
from decision.model.facts import Wishes
from decision.report.view.sources import Sources
from decision.report.view.verdicts import Verdicts

__all__ = ["Evidence", "Reasons", "Wished"]

Stance = Literal["wants", "accepts", "refuses"]
STANCES: tuple[Stance, ...] = ("wants", "accepts", "refuses")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a fact (its name), of which partners (ids), and where that stands."""

    fact: str
    level: str
    partners: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wished:
    """The options of a choice (their names) that a partner wants, accepts or refuses."""

    stance: Stance
    choice: str
    options: tuple[str, ...]


class Reasons(Sources, Verdicts):
    """What the rules by which forms drop out rest on."""

    def evidence(self) -> list[Evidence]:
        """The facts by which forms drop out, each value once."""
        none = self.words.say("explain.no_source")
        found: dict[tuple[str, str], dict[Variable, str]] = {}
        for variable, source, level in self._behind():
            found.setdefault((variable.fact, level), {}).setdefault(variable, source or none)
        return [
            Evidence(
                self.knowledge.facts[fact].name,
                level,
                tuple(one.partner for one in sources),
                tuple(dict.fromkeys(sources.values())),
            )
            for (fact, level), sources in found.items()
        ]

    def undecided_only(self) -> bool:
        """Whether some requirement keeps forms away only because it is not known to be met."""
        return any(one.undecided and not one.forms for one in self.missing())

    def declared_wishes(self, wishes: Wishes) -> list[Wished]:
        """What a partner declares to want, to accept and to refuse, choice by choice."""
        return [
            Wished(stance, self.knowledge.choices[choice].name, self._options(choice, letters))
            for stance in STANCES
            for choice, letters in getattr(wishes, stance).items()
            if letters
        ]

    def _options(self, choice: str, letters: Collection[str]) -> tuple[str, ...]:
        options = self.knowledge.choices[choice].options
        return tuple(one.text for letter, one in options.items() if letter in letters)

    @staticmethod
    def full_stop(text: str) -> str:
        """The text as a sentence that has an end."""
        return text if text.endswith((".", "!", "?")) else f"{text}."

    def _behind(self) -> Iterator[tuple[Variable, str, str]]:
        """Every fact that keeps a rule of an excluded form from being met, with its source."""
        for one in self.missing():
            asked = self.advice.findings.about((*one.forms, *one.undecided)[0]).demands
            for condition in conditions(asked.rules[one.rule]):
                if not condition.met:
                    fact = asked.subjects[condition.variable].found
                    source = self.cite(fact.source) if fact and fact.known else ""
                    yield condition.variable, source, self.level(condition.variable.fact, fact)

    def short(self, form: str, rule: str) -> int:
        """How many more municipalities a rule asks for; 0 where it does not count them."""
        quantity = _quantity(self.advice.findings.about(form).demands.rules[rule])
        if quantity is None or {*quantity.weights} != {1}:
            return 0
        met = sum(holds(part, lambda one: one.met) for part in quantity.parts)
        enough = (more for more in range(len(quantity.parts) + 1) if met + more >= quantity.least)
        return next(enough, 0)


def _quantity(requirement: Requirement) -> Enough | None:
    """The quantity that a requirement consists of."""
    while isinstance(requirement, Every) and len(requirement.parts) == 1:
        requirement = requirement.parts[0]
    return requirement if isinstance(requirement, Enough) else None
