"""Requirements held against facts: what was asked, what was found, and what came of it.

Requirements are three-valued (yes, no, unknown; Kleene's strong logic) and never cut short: a
reader wants all reasons, not the first. A requirement that rests on an unknown fact is unknown,
which counts neither as yes nor as no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias, assert_never

from decision.model.facts import Fact
from decision.model.knowledge import UNKNOWN, FactDefinition, Knowledge
from decision.model.region import Member, Municipality, Region
from decision.model.requirements import All, Any_, Comparison, Not, Predicate, Quantified, meets
from decision.model.values import Partner, exact

__all__ = [
    "Asked",
    "Scope",
    "Trace",
    "Truth",
    "Weighed",
    "all_of",
    "answers_to",
    "by_answer",
    "evaluate",
    "scope",
    "scopes",
    "told",
    "weighed",
]

Truth = Literal["yes", "no", "unknown"]

Asked: TypeAlias = tuple[str, str]
"""A fact and the partner (or the region) that it is about, as one asks for it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts that a requirement is held against: a partner's, or the region's.

    ``facts`` holds declared and derived facts by id; one that is absent is unknown.
    ``municipalities`` (id to scope) is filled for the region only, for quantifiers; what each of
    these weighs is its ``inhabitants``, None where nobody knows them.
    """

    partner: str
    facts: Mapping[str, Fact]
    definitions: Mapping[str, FactDefinition]
    inhabitants: float | None = None
    municipalities: Mapping[str, Scope] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """What was asked, what was found, and what came of it; parts in the order of the rule."""

    asked: Predicate
    partner: str
    truth: Truth
    found: Fact | None = None
    parts: tuple[Trace, ...] = ()

    def declared(self) -> Iterator[tuple[str, Fact | None]]:
        """The facts that it asks for, in reading order, with what is declared of them."""
        if isinstance(self.asked, Comparison):
            yield self.asked.fact, self.found
        for part in self.parts:
            yield from part.declared()

    def asking(self, definitions: Mapping[str, FactDefinition]) -> Iterator[Asked]:
        """The unknown facts that leave it open, where an answer tells; some more than once."""
        for asked, partner, _ in self.unknown():
            if len(by_answer(asked, definitions[asked.fact])) > 1:
                yield asked.fact, partner

    def unknown(self, *, wanted: bool = True) -> Iterator[tuple[Comparison, str, bool]]:
        """The comparisons that leave it open, with the partner and what would help to meet it."""
        if isinstance(self.asked, Comparison):
            yield self.asked, self.partner, wanted
        for part in self.parts:
            if part.truth == UNKNOWN:
                yield from part.unknown(wanted=wanted != isinstance(self.asked, Not))


def by_answer(
    asked: Comparison, definition: FactDefinition, *, lowest: bool = False
) -> dict[bool, Fact]:
    """An answer that meets a comparison, and one that does not; each where there is one.

    Of a scale it is the highest level, or the ``lowest``; of a set the first option.
    """
    found: dict[bool, Fact] = {}
    for answer in answers_to(definition):
        met = _met(asked, answer, definition)
        if (definition.kind == "scale" and not lowest) or met not in found:
            found[met] = answer
    return found


def scopes(knowledge: Knowledge, region: Region) -> dict[Partner, Mapping[str, Scope]]:
    """The facts of everybody, by kind of partner; the region itself under its own id."""
    regional = scope(knowledge, region)
    return {
        "region": {region.id: regional},
        "municipality": regional.municipalities,
        "organisation": {
            name: Scope(name, organisation.facts, knowledge.facts)
            for name, organisation in region.organisations.items()
        },
    }


def told(
    everybody: Mapping[Partner, Mapping[str, Scope]], answers: Mapping[Asked, Fact]
) -> dict[Partner, Mapping[str, Scope]]:
    """The same facts of everybody, with some answers."""
    partners = {partner for _, partner in answers}
    found: dict[Partner, Mapping[str, Scope]] = {}
    for kind, held in everybody.items():
        concerned = partners & held.keys()
        found[kind] = {**held, **{name: _told(kind, held[name], answers) for name in concerned}}
    municipalities = found["municipality"]
    found["region"] = {
        name: replace(one, municipalities=municipalities) for name, one in found["region"].items()
    }
    return found


def _told(kind: Partner, held: Scope, answers: Mapping[Asked, Fact]) -> Scope:
    own = {
        fact: answer
        for (fact, partner), answer in answers.items()
        if partner == held.partner and held.definitions[fact].of == kind
    }
    return replace(held, facts={**held.facts, **own}) if own else held


def scope(knowledge: Knowledge, region: Region) -> Scope:
    """The region's facts, declared and derived, with those of its municipalities inside."""
    municipalities = {
        name: Scope(
            partner=name,
            facts={
                **municipality.facts,
                **_derived(municipality, region.possible_numbers),
                **_phases(knowledge, municipality),
            },
            definitions=knowledge.facts,
            inhabitants=municipality.people,
        )
        for name, municipality in region.municipalities.items()
    }
    return Scope(
        partner=region.id,
        facts={**region.facts, "number_outside_region": _outside(region)},
        definitions=knowledge.facts,
        municipalities=municipalities,
    )


def _derived(member: Member, numbers: Iterable[str]) -> dict[str, Fact]:
    """Whether it lies in the netnummer, as far as that is the same whichever number it becomes."""
    (found, *others) = {_lies_in(member.coverage.get(number, 0.0)) for number in numbers}
    return {"in_netnummer": Fact(value=UNKNOWN if others else found)}


def _lies_in(share: float | str) -> str:
    if isinstance(share, str):
        return UNKNOWN
    if share == 0.0:
        return "nee"
    return "ja" if share == 1.0 else "deels"


def _phases(knowledge: Knowledge, municipality: Municipality) -> dict[str, Fact]:
    """The phase of Antwoord that a municipality declares on each aspect, as facts."""
    aspects = {name: one.aspect for name, one in knowledge.facts.items() if one.aspect is not None}
    return {
        name: Fact(value=str(declared.phase), note=declared.note, source=declared.source)
        for name, aspect in aspects.items()
        if (declared := municipality.positions.get(aspect)) is not None
    }


def _outside(region: Region) -> Fact:
    """Whether the number of the region covers some neighbour too, or part of one.

    A region that lists no neighbours does not say that there are none, unless its list is empty.
    """
    if not region.neighbours and "neighbours" not in region.model_fields_set:
        return Fact(value=UNKNOWN)
    (found, *others) = {_covers(region, number) for number in region.possible_numbers}
    return Fact(value=UNKNOWN if others else found)


def _covers(region: Region, number: str) -> str:
    shares = {one.coverage.get(number, 0.0) for one in region.neighbours.values()}
    if shares - {UNKNOWN, 0.0}:
        return "ja"
    return UNKNOWN if UNKNOWN in shares else "nee"


def answers_to(definition: FactDefinition) -> Iterator[Fact]:
    """The answers that can be given: a level of the scale; of a set, one of them or all."""
    levels = tuple(definition.levels)
    if definition.kind == "scale":
        yield from (Fact(value=level) for level in levels)
    else:
        yield from (Fact(value=(level,)) for level in levels)
        yield Fact(value=levels)


def evaluate(predicate: Predicate, held: Scope) -> Trace:
    """Hold a requirement against facts; every part is looked at, whatever came before."""
    match predicate:
        case Comparison():
            return _compare(predicate, held)
        case All(all=inner):
            parts = tuple(evaluate(part, held) for part in inner)
            return Trace(predicate, held.partner, all_of(part.truth for part in parts), parts=parts)
        case Any_(any=inner):
            parts = tuple(evaluate(part, held) for part in inner)
            truth = _not(all_of(_not(part.truth) for part in parts))
            return Trace(predicate, held.partner, truth, parts=parts)
        case Not(not_=inner_one):
            part = evaluate(inner_one, held)
            return Trace(predicate, held.partner, _not(part.truth), parts=(part,))
        case Quantified():
            return _quantify(predicate, held)
        case _:
            assert_never(predicate)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Yes when all are, no when one is not, and else unknown."""
    found = set(truths)
    if "no" in found:
        return "no"
    return "unknown" if "unknown" in found else "yes"


def _not(truth: Truth) -> Truth:
    opposites: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}
    return opposites[truth]


def _compare(asked: Comparison, held: Scope) -> Trace:
    fact = held.facts.get(asked.fact)
    if fact is None or not fact.known:
        return Trace(asked, held.partner, "unknown", found=fact)
    met = _met(asked, fact, held.definitions[asked.fact])
    return Trace(asked, held.partner, "yes" if met else "no", found=fact)


def _met(asked: Comparison, fact: Fact, definition: FactDefinition) -> bool:
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return meets(asked, values, list(definition.levels))


def _quantify(asked: Quantified, held: Scope) -> Trace:
    parts = tuple(evaluate(asked.municipalities, one) for one in held.municipalities.values())
    weights, enough, spare = weighed(asked, held)
    sure, never = (
        sum(weights[part.partner] for part in parts if part.truth == truth)
        for truth in ("yes", "no")
    )
    truth: Truth = "yes" if sure >= enough else "no" if never > spare else "unknown"
    return Trace(asked, held.partner, truth, parts=parts)


class Weighed(NamedTuple):
    """What every municipality weighs in a quantity, and how much weight settles it.

    It is there for sure when those that meet it weigh ``enough``, and surely not when those that do
    not meet it weigh more than ``spare``.
    """

    weights: dict[str, Fraction]
    enough: Fraction
    spare: Fraction


def weighed(asked: Quantified, held: Scope) -> Weighed:
    """What a quantity asks; all is exact, so that 7 of 25 municipalities are a share of 0.28.

    Of a share of the inhabitants nothing is settled that hangs on how large some municipality is of
    which nobody knows that: all of those must agree, with enough of the rest.
    """
    share, towns = asked.share_of_inhabitants, held.municipalities
    if share is None:
        weights = dict.fromkeys(towns, Fraction(1))
        total = Fraction(len(towns))
        enough = exact(asked.share or 0.0) * total
        if asked.count is not None:
            enough = total if asked.count == "all" else Fraction(asked.count)
        return Weighed(weights, enough, total - enough)
    weights = {name: exact(one.inhabitants or 0.0) for name, one in towns.items()}
    total = sum(weights.values(), Fraction())
    unsized = [name for name, one in towns.items() if one.inhabitants is None]
    heavy = total + len(unsized) + 1  # more than all that is known, so that each of these counts
    weights |= dict.fromkeys(unsized, heavy)
    asked_for, agree = exact(share), heavy * len(unsized)
    if share == 1:  # whoever is not among them spoils it, however small
        return Weighed(weights, total + agree, Fraction())
    least = len(unsized)  # inhabitants: there is one in each at least
    enough = agree + asked_for * total - (1 - asked_for) * least
    return Weighed(weights, enough, agree + (1 - asked_for) * total - asked_for * least)
