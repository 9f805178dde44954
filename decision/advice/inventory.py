"""What can be declared, and of a region what is known of that and what is still to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from decision.eligibility.evaluation import scopes
from decision.load import Case
from decision.model.frozen import Result
from decision.model.knowledge import FactDefinition, Knowledge
from decision.model.requirements import comparisons
from decision.model.values import Partner

__all__ = ["Held", "Inventory", "Listed", "facts_of", "inventory"]


@dataclass(frozen=True, slots=True)
class Listed(Result):
    """A fact, the rules that ask for it, and where a region file declares it.

    That is under ``facts``, under ``positions`` below its aspect, or nowhere (None): then it is
    worked out.
    """

    id: str
    definition: FactDefinition
    rules: tuple[str, ...]

    @property
    def declared_under(self) -> Literal["facts", "positions"] | None:
        """Where a region file declares it."""
        if self.definition.derived:
            return None
        return "facts" if self.definition.aspect is None else "positions"


@dataclass(frozen=True, slots=True)
class Held(Result):
    """What is known of one partner, by fact, and the facts that are still to answer."""

    kind: Partner
    name: str
    known: Mapping[str, str | tuple[str, ...]]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory(Result):
    """What is known of a region: by partner, and whose inhabitants are unknown (``unsized``)."""

    region: str
    partners: Mapping[str, Held]
    unsized: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many facts are known, of all partners together."""
        return sum(len(one.known) for one in self.partners.values())

    @property
    def open(self) -> int:
        """How many are still to answer."""
        return sum(len(one.open) for one in self.partners.values())


def facts_of(knowledge: Knowledge) -> tuple[Listed, ...]:
    """Every fact once, in the order of the knowledge."""
    asking: dict[str, list[str]] = {name: [] for name in knowledge.facts}
    for name, rule in knowledge.rules.items():
        for fact in dict.fromkeys(one.fact for one in comparisons(rule.requires)):
            asking[fact].append(name)
    return tuple(Listed(name, one, tuple(asking[name])) for name, one in knowledge.facts.items())


def inventory(case: Case) -> Inventory:
    """What a region declares, and what it leaves open; what is worked out is not to answer."""
    knowledge, region = case.knowledge, case.region
    names = {
        region.id: region.name,
        **{name: one.name for name, one in region.municipalities.items()},
        **{name: one.name for name, one in region.organisations.items()},
    }
    partners: dict[str, Held] = {}
    for kind, held in scopes(knowledge, region).items():
        for partner, one in held.items():
            own = [n for n, fact in knowledge.facts.items() if fact.of == kind and not fact.derived]
            known = {n: one.facts[n].value for n in own if n in one.facts and one.facts[n].known}
            left = tuple(name for name in own if name not in known)
            partners[partner] = Held(kind, names[partner], known, left)
    return Inventory(region.id, partners, region.unsized)
