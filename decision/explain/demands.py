"""What a form asks, as statements that can be held, let go of or changed one by one.

A statement is a rule, or a fact of one partner with the value that was found. The requirements of
the rules are brought into a normal form without negation, in which a part that is met can only
help. So what is not met can be looked at part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import ceil, floor, lcm
from typing import NamedTuple, TypeAlias

from decision.eligibility.evaluation import Scope, evaluate, scopes, weighed
from decision.eligibility.participation import requirement
from decision.model.facts import Fact
from decision.model.frozen import Result
from decision.model.knowledge import FactDefinition, Knowledge
from decision.model.region import Region
from decision.model.requirements import (
    All,
    Any_,
    Comparison,
    Not,
    Predicate,
    Quantified,
    meets,
)
from decision.model.rules import Rule
from decision.model.values import Partner

__all__ = [
    "Condition",
    "Demands",
    "Enough",
    "Every",
    "Requirement",
    "Some",
    "Subject",
    "Value",
    "Variable",
    "conditions",
    "demands",
    "holds",
]

Value: TypeAlias = str | tuple[str, ...]


class Variable(NamedTuple):
    """A fact of one partner, whatever its value."""

    partner: str
    fact: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison that must come out as ``wanted``; ``met`` says whether it surely does now."""

    variable: Variable
    asked: Comparison
    wanted: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Every:
    """Met when all parts are."""

    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Met when at least one part is."""

    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Enough:
    """Met when the parts that are met weigh at least ``least``, all in whole numbers."""

    parts: tuple[Requirement, ...]
    weights: tuple[int, ...]
    least: int


Requirement: TypeAlias = Condition | Every | Some | Enough


def holds(requirement: Requirement, is_met: Callable[[Condition], bool]) -> bool:
    """Whether a requirement is met, given which of its comparisons are."""
    match requirement:
        case Condition():
            return is_met(requirement)
        case Every(parts):
            return all(holds(part, is_met) for part in parts)
        case Some(parts):
            return any(holds(part, is_met) for part in parts)
        case Enough(parts, weights, least):
            found = zip(parts, weights, strict=True)
            return sum(w for part, w in found if holds(part, is_met)) >= least


def conditions(requirement: Requirement) -> Iterator[Condition]:
    """Every comparison in a requirement, in reading order."""
    if isinstance(requirement, Condition):
        yield requirement
    else:
        for part in requirement.parts:
            yield from conditions(part)


@dataclass(frozen=True, slots=True)
class Subject:
    """A fact that the rules ask for: whose it is, what was found, and what it could be.

    ``changeable`` is false for a fact that nobody can declare for this partner, such as a derived
    one. ``values`` are the values that differ in which of the comparisons ``asked`` they meet; they
    leave as much as they can of what was found.
    """

    kind: Partner
    definition: FactDefinition
    found: Fact | None
    changeable: bool
    asked: tuple[Condition, ...]
    values: tuple[Value, ...] = ()

    @property
    def now(self) -> Value | None:
        """The value that was found; None when it is unknown."""
        return self.found.value if self.found is not None and self.found.known else None

    @property
    def best(self) -> Value | None:
        """The value that meets everything asked; None where one rule asks what another forbids."""
        return next((one for one in self.values if len(self.met_by(one)) == len(self.asked)), None)

    def met_by(self, value: Value) -> frozenset[Condition]:
        """The comparisons that come out as wanted when the fact has this value."""
        several = value if isinstance(value, tuple) else (value,)
        levels = tuple(self.definition.levels)
        return frozenset(
            one for one in self.asked if meets(one.asked, several, levels) == one.wanted
        )


@dataclass(frozen=True, slots=True)
class Demands(Result):
    """What a form asks of the region and of some partners: rules on facts, all to be met."""

    form: str
    rules: Mapping[str, Requirement]
    subjects: Mapping[Variable, Subject]

    @property
    def torn(self) -> frozenset[Variable]:
        """The facts of which no value meets everything that is asked."""
        return frozenset(name for name, one in self.subjects.items() if one.best is None)

    def met(self, changes: Mapping[Variable, Value]) -> bool:
        """Whether every rule is met once these facts have these values."""

        def is_met(condition: Condition) -> bool:
            value = changes.get(condition.variable)
            if value is None:
                return condition.met
            return condition in self.subjects[condition.variable].met_by(value)

        return all(holds(requirement, is_met) for requirement in self.rules.values())


def demands(
    knowledge: Knowledge, region: Region, form: str, partners: tuple[str, ...] = ()
) -> Demands:
    """What a form asks: the rules that exclude it, and those that bind ``partners`` to something.

    Rules that only warn ask for nothing.
    """
    held = scopes(knowledge, region)
    bound = {
        kind: [one for name, one in of.items() if kind == "region" or name in partners]
        for kind, of in held.items()
    }
    rules = {
        name: Every(tuple(_normal(asked, one) for one in bound[rule.of_each]))
        for name, rule in knowledge.rules.items()
        if form in rule.guards and _binds(rule) and bound[rule.of_each]
        for asked in (requirement(knowledge, name, form),)
    }
    owners = {name: (kind, one) for kind, of in held.items() for name, one in of.items()}
    asked: dict[Variable, dict[Condition, None]] = {}
    for condition in chain.from_iterable(map(conditions, rules.values())):
        asked.setdefault(condition.variable, {})[condition] = None
    subjects = {
        variable: _subject(knowledge, variable, tuple(found), owners, held["region"][region.id])
        for variable, found in asked.items()
    }
    return Demands(form, rules, subjects)


def _binds(rule: Rule) -> bool:
    """Whether a rule must be met: of the region what excludes, of partners all but warnings."""
    if rule.of_each == "region":
        return rule.otherwise == "excludes"
    return rule.binds


def _subject(
    knowledge: Knowledge,
    variable: Variable,
    asked: tuple[Condition, ...],
    owners: Mapping[str, tuple[Partner, Scope]],
    regional: Scope,
) -> Subject:
    definition = knowledge.facts[variable.fact]
    kind, held = owners[variable.partner]
    if definition.of == "region":
        kind, held = "region", regional
    subject = Subject(
        kind=kind,
        definition=definition,
        found=held.facts.get(variable.fact),
        changeable=definition.of == kind and not definition.derived,
        asked=asked,
    )
    values: dict[frozenset[Condition], Value] = {}
    for value in _values(subject):
        values.setdefault(subject.met_by(value), value)
    return replace(subject, values=tuple(values.values()))


def _values(subject: Subject) -> Iterator[Value]:
    """The values a fact can have; of a set those that differ in the levels that are asked for.

    What was found comes first, then what adds to it.
    """
    levels = tuple(subject.definition.levels)
    declared = () if subject.now is None else subject.now
    now = declared if isinstance(declared, tuple) else (declared,)
    if subject.definition.kind == "scale":
        yield from (*now, *levels)
        return
    named = {level for one in subject.asked for level in one.asked.operand}
    other = [level for level in levels if level not in named][:1]
    pool = [level for level in levels if level in named or level in other]
    chosen = [set(some) for size in range(len(pool) + 1) for some in combinations(pool, size)]
    for some in (*({*now, *one} for one in chosen), *chosen):
        if some:
            yield tuple(level for level in levels if level in some)


def _normal(predicate: Predicate, held: Scope, *, wanted: bool = True) -> Requirement:
    """The requirement that ``predicate`` comes out as ``wanted``, without negation."""
    match predicate:
        case Comparison():
            met = evaluate(predicate, held).truth == ("yes" if wanted else "no")
            return Condition(Variable(held.partner, predicate.fact), predicate, wanted, met)
        case Not(not_=inner):
            return _normal(inner, held, wanted=not wanted)
        case All(all=inner_parts) | Any_(any=inner_parts):
            parts = tuple(_normal(part, held, wanted=wanted) for part in inner_parts)
            return Every(parts) if isinstance(predicate, All) is wanted else Some(parts)
        case Quantified(municipalities=inner):
            return _quantity(predicate, inner, held, wanted=wanted)


def _quantity(asked: Quantified, inner: Predicate, held: Scope, *, wanted: bool) -> Enough:
    """Enough weight that meets it; or, to fail for sure, enough that surely does not.

    The unit of weight is so small that every part weighs a whole number of it.
    """
    weights, enough, spare = weighed(asked, held)
    parts = (_normal(inner, one, wanted=wanted) for one in held.municipalities.values())
    unit = lcm(*(weight.denominator for weight in weights.values()))
    whole = tuple(int(weight * unit) for weight in weights.values())
    least = ceil(enough * unit) if wanted else floor(spare * unit) + 1
    return Enough(tuple(parts), whole, least)
