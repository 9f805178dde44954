"""Which forms and partners are ready: the laws of the rules, and the published outcome."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from decision.eligibility import Scope, Truth, eligibility, evaluate, possible
from decision.knowledge import FactDefinition, Knowledge
from decision.load import Case
from decision.region import Fact, Region
from decision.requirements import Predicate

LEVELS = ("low", "middle", "high")
FACTS = ("a", "b", "c")
DEFINITIONS = {
    name: FactDefinition.model_validate(
        {"of": "municipality", "name": name, "question": "?", "levels": dict.fromkeys(LEVELS, "x")}
    )
    for name in FACTS
}
PREDICATE: TypeAdapter[Predicate] = TypeAdapter(Predicate)

Declared = dict[str, str]


def comparisons() -> st.SearchStrategy[dict[str, Any]]:
    """A comparison of one fact with one level."""
    return st.builds(
        lambda fact, comparator, level: {"fact": fact, comparator: level},
        st.sampled_from(FACTS),
        st.sampled_from(("is", "at_least", "at_most")),
        st.sampled_from(LEVELS),
    )


def requirements() -> st.SearchStrategy[dict[str, Any]]:
    """Any requirement on one partner, up to a few levels deep."""
    return st.recursive(
        comparisons(),
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=6,
    )


def declarations() -> st.SearchStrategy[Declared]:
    """What is declared about one partner; some of it unknown, some of it not mentioned."""
    return st.dictionaries(st.sampled_from(FACTS), st.sampled_from((*LEVELS, "unknown")))


def held(declared: Declared, name: str = "one", inhabitants: float = 1.0) -> Scope:
    """The scope of one partner."""
    facts = {fact: Fact(value=value) for fact, value in declared.items()}
    return Scope(name, facts, DEFINITIONS, inhabitants)


def truth(raw: dict[str, Any], scope: Scope) -> Truth:
    """The outcome of a requirement as it would stand in YAML."""
    return evaluate(PREDICATE.validate_python(raw), scope).truth


def completions(declared: Declared, facts: tuple[str, ...] = FACTS) -> list[Declared]:
    """Every way in which the unknown facts can turn out."""
    open_facts = [fact for fact in facts if declared.get(fact, "unknown") == "unknown"]
    ways = itertools.product(LEVELS, repeat=len(open_facts))
    return [{**declared, **dict(zip(open_facts, way, strict=True))} for way in ways]


@given(requirements(), declarations())
def test_a_verdict_stands_whatever_the_unknown_facts_turn_out_to_be(
    raw: dict[str, Any], declared: Declared
) -> None:
    """A yes or no that rests on unknown facts would be a guess."""
    found = truth(raw, held(declared))
    if found != "unknown":
        assert {truth(raw, held(way)) for way in completions(declared)} == {found}


@given(requirements(), st.fixed_dictionaries({name: st.sampled_from(LEVELS) for name in FACTS}))
def test_a_requirement_on_known_facts_is_never_unknown(
    raw: dict[str, Any], declared: Declared
) -> None:
    """When everything is declared, every requirement has an answer."""
    assert truth(raw, held(declared)) == ("yes" if plain(raw, declared) else "no")


def plain(raw: dict[str, Any], declared: Declared) -> bool:
    """The same requirement by two-valued logic: an oracle of our own for known facts."""
    match raw:
        case {"all": parts}:
            return all(plain(part, declared) for part in parts)
        case {"any": parts}:
            return any(plain(part, declared) for part in parts)
        case {"not": part}:
            return not plain(part, declared)
        case {"fact": fact, "is": level}:
            return bool(declared[fact] == level)
        case {"fact": fact, "at_least": level}:
            return LEVELS.index(declared[fact]) >= LEVELS.index(level)
        case _:
            return LEVELS.index(declared[raw["fact"]]) <= LEVELS.index(raw["at_most"])


@given(
    st.lists(st.tuples(declarations(), st.integers(1, 9)), min_size=1, max_size=4),
    st.one_of(
        st.builds(lambda n: {"count": n}, st.integers(0, 4)),
        st.just({"count": "all"}),
        st.builds(lambda s: {"share": s}, st.sampled_from((0.0, 0.25, 0.5, 1.0))),
        st.builds(lambda s: {"share_of_inhabitants": s}, st.sampled_from((0.25, 0.5, 1.0))),
    ),
)
def test_a_quantifier_knows_when_the_unknown_municipalities_can_tip_it(
    municipalities: list[tuple[Declared, int]], measure: dict[str, Any]
) -> None:
    """Enough for sure is yes, not enough even with all unknown ones is no, else unknown."""
    inner = {"fact": "a", "at_least": "middle"}
    scopes = {
        str(number): held(declared, str(number), inhabitants)
        for number, (declared, inhabitants) in enumerate(municipalities)
    }
    region = Scope("region", {}, DEFINITIONS, municipalities=scopes)
    found = truth({"municipalities": inner, **measure}, region)
    outcomes = set()
    known = [{"a": declared.get("a", "unknown")} for declared, _ in municipalities]
    for ways in itertools.product(*[completions(one, ("a",)) for one in known]):
        sure = [
            size if "share_of_inhabitants" in measure else 1
            for way, (_, size) in zip(ways, municipalities, strict=True)
            if way["a"] != "low"
        ]
        sizes = [size if "share_of_inhabitants" in measure else 1 for _, size in municipalities]
        (kind, wanted) = next(iter(measure.items()))
        needed = sum(sizes) if wanted == "all" else wanted
        needed = needed if kind == "count" else wanted * sum(sizes)
        outcomes.add("yes" if sum(sure) >= needed else "no")
    assert found == (outcomes.pop() if len(outcomes) == 1 else "unknown")


def without(knowledge: Knowledge, dropped: set[str]) -> Knowledge:
    """The knowledge with some rules left out."""
    kept = {name: rule for name, rule in knowledge.rules.items() if name not in dropped}
    return knowledge.model_copy(update={"rules": kept})


@given(data=st.data())
def test_adding_a_requirement_never_makes_a_form_eligible(
    drechtsteden: Case, data: st.DataObject
) -> None:
    """More rules can only narrow the choice."""
    rules = sorted(drechtsteden.knowledge.rules)
    dropped = data.draw(st.sets(st.sampled_from(rules)))
    narrow = eligibility(drechtsteden.knowledge, drechtsteden.region).eligible
    wide = eligibility(without(drechtsteden.knowledge, dropped), drechtsteden.region).eligible
    assert set(narrow) <= set(wide)


def remedied(case: Case, partner: str, form: str) -> Region:
    """The region after one municipality has done everything that a form still asks of it."""
    municipality = case.region.municipalities[partner]
    facts = dict(municipality.facts)
    for rule in eligibility(case.knowledge, case.region).municipalities[partner][form].remedies:
        remedy = case.knowledge.rules[rule].remedy
        assert remedy is not None
        several = case.knowledge.facts[remedy.fact].kind == "set"
        facts[remedy.fact] = Fact(value=(remedy.becomes,) if several else remedy.becomes)
    changed = municipality.model_copy(update={"facts": facts})
    return case.region.model_copy(
        update={"municipalities": {**case.region.municipalities, partner: changed}}
    )


@pytest.mark.parametrize("form", ["2", "3a", "3b", "4", "5"])
def test_a_municipality_that_carries_out_its_remedies_has_nothing_left_to_do(
    drechtsteden: Case, form: str
) -> None:
    """After the remedies only unanswered questions remain."""
    for partner in drechtsteden.region.municipalities:
        after = eligibility(drechtsteden.knowledge, remedied(drechtsteden, partner, form))
        assert after.municipalities[partner][form].outcome in {"ready", "unknown"}


def test_the_drechtsteden_can_choose_only_forms_one_two_and_three_a(drechtsteden: Case) -> None:
    """Chapter 6: forms 4 and 5 do not fit yet, and outsourcing (3b) goes a step too far."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region)
    assert found.eligible == ("1", "2", "3a")


def test_capacity_knowledge_and_vision_keep_the_drechtsteden_from_form_four(
    drechtsteden: Case,
) -> None:
    """Chapter 6 names what most municipalities lack for handling all channels together."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).forms["4"].excluded_by
    assert {"visie-bij-de-meesten", "capaciteit-bij-de-meesten", "kennis-bij-de-meesten"} <= set(
        found
    )


def test_outsourcing_falls_for_the_reasons_of_the_publication(drechtsteden: Case) -> None:
    """Chapter 6: no sharp assignment, own staff as the basis, handling in the region."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).forms["3b"].excluded_by
    assert found == ("opdracht-te-formuleren", "eigen-medewerkers", "grip-in-de-regio")


def test_only_the_municipality_that_refuses_is_told_that_it_refuses(drechtsteden: Case) -> None:
    """Bijlage C: five municipalities want form 3a, one wants to handle its own calls."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).municipalities
    refusing = [name for name, forms in found.items() if forms["3a"].outcome == "refuses"]
    assert refusing == ["sliedrecht"]


def test_a_delegated_organisation_decides_itself_and_a_mandated_one_follows(
    drechtsteden: Case,
) -> None:
    """Insight 5: the power decides."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).organisations
    assert found["sociale-dienst"]["3a"].refusal == "decides_itself"
    assert found["belastingdienst"]["3a"].outcome == "ready"
    assert found["milieudienst"]["3a"].outcome == "ready"


def test_an_unknown_power_is_neither_mandated_nor_delegated(drechtsteden: Case) -> None:
    """The sources do not say which powers the engineering office has."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).organisations
    assert found["ingenieursbureau"]["3a"].outcome == "unknown"


def test_a_form_with_an_undecided_requirement_is_not_eligible(drechtsteden: Case) -> None:
    """An unknown fact does not count as yes."""
    facts = {**drechtsteden.region.facts, "contact_insight": Fact(value="unknown")}
    region = drechtsteden.region.model_copy(update={"facts": facts})
    verdict = eligibility(drechtsteden.knowledge, region).forms["3b"]
    assert not verdict.eligible
    assert verdict.undecided_by == ("opdracht-te-formuleren",)


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b", "4", "5"])
def test_a_form_is_possible_for_the_region_exactly_when_it_is_eligible(
    drechtsteden: Case, form: str
) -> None:
    """Without named partners there is one answer, that of the advice."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region)
    assert possible(found, form) is found.forms[form].eligible


def test_a_form_is_possible_for_named_partners_once_each_of_them_is_ready(
    drechtsteden: Case,
) -> None:
    """Work to be done, a refusal and a question that is open all mean: not yet."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region)
    assert possible(found, "3a", ["dordrecht", "belastingdienst"])
    for partner in ("zwijndrecht", "sliedrecht", "sociale-dienst", "ingenieursbureau"):
        assert not possible(found, "3a", ["dordrecht", partner])
    assert not possible(found, "4", ["dordrecht"])


@given(data=st.data())
def test_who_asks_for_more_partners_is_never_told_yes_instead_of_no(
    drechtsteden: Case, data: st.DataObject
) -> None:
    """Adding a requirement, also that of one more partner, never makes a form possible."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region)
    everyone = [*drechtsteden.region.municipalities, *drechtsteden.region.organisations]
    named = data.draw(st.lists(st.sampled_from(everyone), unique=True, min_size=1))
    form = data.draw(st.sampled_from([*drechtsteden.knowledge.forms]))
    if possible(found, form, named):
        assert possible(found, form, named[1:])
