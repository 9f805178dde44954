"""Why not: conflicts are what trying everything finds, and nothing in them is spare."""

from __future__ import annotations

import itertools
import math
from typing import TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from decision.eligibility.evaluation import evaluate, scope
from decision.eligibility.participation import requirement
from decision.eligibility.verdicts import eligibility, possible
from decision.explain.conflicts import FEW, SHORTEST, Conflict, conflicts
from decision.explain.demands import Variable, demands
from decision.load import Case
from decision.model.facts import Fact
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from tests.rule_sets import FORM, LEVELS, knowledge_of, region_of, rule, rule_sets
from tests.searching import examples

Asked: TypeAlias = tuple[Knowledge, Region, tuple[str, ...]]
Held = frozenset[str | Variable]


def with_facts(region: Region, values: dict[Variable, str]) -> Region:
    """The region after facts have become other values."""
    facts = dict(region.facts)
    towns = dict(region.municipalities)
    for (partner, name), value in values.items():
        if partner == region.id:
            facts[name] = Fact(value=value)
        else:
            own = {**towns[partner].facts, name: Fact(value=value)}
            towns[partner] = towns[partner].model_copy(update={"facts": own})
    return region.model_copy(update={"facts": facts, "municipalities": towns})


def not_met(knowledge: Knowledge, region: Region, partners: tuple[str, ...]) -> frozenset[str]:
    """The rules that are not surely met, by the evaluation of the eligibility stage alone."""
    regional = scope(knowledge, region)
    towns = regional.municipalities
    holders = {"region": [regional], "municipality": [towns[name] for name in partners]}
    return frozenset(
        name
        for name, one in knowledge.rules.items()
        for asked in (requirement(knowledge, name, FORM),)
        if any(evaluate(asked, held).truth != "yes" for held in holders[one.of_each])
    )


def by_trying(knowledge: Knowledge, region: Region, partners: tuple[str, ...]) -> set[Held]:
    """All minimal conflicts, from every value of every fact and every set of statements."""
    asked = demands(knowledge, region, FORM, partners)
    facts = [*asked.subjects]
    now = {one: asked.subjects[one].now or "unknown" for one in facts}
    ways = [dict(zip(facts, way, strict=True)) for way in itertools.product(
        *[dict.fromkeys((*LEVELS, str(now[one]))) for one in facts]
    )]  # fmt: skip
    outcomes = [
        (
            frozenset(one for one in facts if way[one] == now[one]),
            not_met(knowledge, with_facts(region, way), partners),
        )
        for way in ways
    ]
    found: set[Held] = set()
    statements: list[str | Variable] = [*asked.rules, *facts]
    for size in range(len(statements) + 1):
        for some in map(frozenset, itertools.combinations(statements, size)):
            fixed = frozenset(one for one in some if isinstance(one, Variable))
            held = some - fixed
            tried = (broken for kept, broken in outcomes if fixed <= kept)
            if not any(one <= some for one in found) and all(broken & held for broken in tried):
                found.add(some)
    return found


def held_by(conflict: Conflict) -> Held:
    """The statements of a conflict as one set."""
    return frozenset((*conflict.rules, *conflict.facts))


@examples(60)
@given(rule_sets())
def test_conflicts_are_those_that_trying_everything_finds(asked: Asked) -> None:
    """No conflict is missed, none is made up, and none holds a statement that it can do without."""
    found = conflicts(demands(asked[0], asked[1], FORM, asked[2]))
    assert {held_by(one) for one in found.listed} == by_trying(*asked)
    assert found.complete
    assert found.found == len(found.listed)


@given(rule_sets(most_rules=4))
def test_a_form_has_a_conflict_exactly_when_it_is_not_possible(asked: Asked) -> None:
    """Whoever is told no is told why, and an unknown fact never counts as yes."""
    knowledge, region, partners = asked
    found = conflicts(demands(knowledge, region, FORM, partners))
    assert bool(found.listed) is not possible(eligibility(knowledge, region), FORM, partners)


def spare(asked: Asked, conflict: Conflict) -> list[str | Variable]:
    """The members that a conflict can do without, by trying every level of the other facts."""
    knowledge, region, partners = asked
    subjects = demands(knowledge, region, FORM, partners).subjects

    def possible_without(gone: str | Variable | None) -> bool:
        rules = {name: knowledge.rules[name] for name in conflict.rules if name != gone}
        fewer = knowledge.model_copy(update={"rules": rules})
        free = [one for one in subjects if one not in conflict.facts or one == gone]
        return any(
            not not_met(fewer, with_facts(region, dict(zip(free, way, strict=True))), partners)
            for way in itertools.product(LEVELS, repeat=len(free))
        )

    assert not possible_without(None)
    return [one for one in held_by(conflict) if not possible_without(one)]


@examples(60)
@given(rule_sets(), st.integers(0, 9), st.integers(0, 9))
def test_a_search_that_is_cut_short_still_gives_reasons(asked: Asked, most: int, left: int) -> None:
    """With little time for a form that is not possible, there is a reason, and nothing is spare."""
    knowledge, region, partners = asked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decision.explain.conflicts.MOST", most)
        patch.setattr("decision.explain.conflicts.MOST_STEPS", left)
        patch.setattr("decision.explain.conflicts.MOST_ASKED", left)
        found = conflicts(demands(knowledge, region, FORM, partners))
    assert bool(found.listed) is not possible(eligibility(knowledge, region), FORM, partners)
    assert not any(spare(asked, one) for one in found.listed)
    every = {held_by(one) for one in conflicts(demands(*asked[:2], FORM, partners)).listed}
    listed = {held_by(one) for one in found.listed}
    assert listed == every if found.complete else listed <= every


@pytest.mark.parametrize("towns", [12, 20, 60])
def test_more_conflicts_than_can_be_counted_are_not_mistaken_for_none(towns: int) -> None:
    """Whatever the shape of the rule, the smallest conflicts are listed."""
    high = {"fact": "a", "at_least": "high"}
    half = {"municipalities": high, "share": 0.5}
    other = {"municipalities": {"fact": "b", "at_least": "high"}, "share": 0.5}
    either = {"municipalities": {"any": [high, other["municipalities"]]}, "share": 0.5}
    both = {"municipalities": {"all": [high, other["municipalities"]]}, "share": 0.5}
    people = {"municipalities": high, "share_of_inhabitants": 0.5}
    few = towns // 2 + 1
    shapes: tuple[tuple[dict[str, object], int], ...] = (
        ({"any": [half, people]}, few),
        ({"any": [half, other]}, 2 * few),
        (either, 2 * few),
        (both, few),
    )
    for requires, size in shapes:
        found = conflicts(demands(*many(towns, requires), FORM))
        assert {len(one.facts) for one in found.listed} == {size}
        assert len(found.listed) == SHORTEST


@given(towns=st.integers(1, 120), share=st.integers(1, 100), more=st.integers(0, 1))
@example(towns=25, share=28, more=0)
@example(towns=100, share=7, more=0)
def test_a_share_is_exactly_what_it_says(towns: int, share: int, more: int) -> None:
    """Seven of twenty-five municipalities are a share of 0.28, also when a rule asks for less."""
    have = share * towns // 100 + more
    declared = {f"town{n}": {"a": "high" if n < have else "low"} for n in range(towns)}
    region = region_of({"region": {}, **declared}, dict.fromkeys(declared, 10_000.0))
    inner = {"municipalities": {"fact": "a", "at_least": "high"}}
    for measure in ("share", "share_of_inhabitants"):
        requires = {**inner, measure: share / 100}
        enough = 100 * min(have, towns) >= share * towns
        for asked, met in ((requires, enough), ({"not": requires}, not enough)):
            knowledge = knowledge_of([rule(asked, "region", None)])
            rules = demands(knowledge, region, FORM)
            assert rules.met({}) is met
            assert possible(eligibility(knowledge, region), FORM) is met


@examples(40)
@given(rule_sets(), st.data())
def test_letting_go_of_any_member_resolves_a_conflict(asked: Asked, data: st.DataObject) -> None:
    """Without the rule, or with that fact as good as can be, these statements exclude no more."""
    knowledge, region, partners = asked
    found = conflicts(demands(knowledge, region, FORM, partners)).listed
    if not found:
        return
    assert not spare(asked, data.draw(st.sampled_from(found)))


def test_rules_that_contradict_each_other_are_a_conflict_without_facts() -> None:
    """When two rules want different things of one fact, no fact is to blame."""
    rules = [
        rule({"fact": "r", "is": "low"}, "region", None),
        rule({"fact": "r", "is": "high"}, "region", None),
    ]
    region = region_of({"region": {"r": "middle"}, "town": {}}, {"town": 1.0})
    found = conflicts(demands(knowledge_of(rules), region, FORM))
    assert [one.statements for one in found.listed] == [
        ("rule:rule-0", "fact:region.r"),
        ("rule:rule-0", "rule:rule-1"),
        ("rule:rule-1", "fact:region.r"),
    ]


def many(towns: int, requires: dict[str, object]) -> tuple[Knowledge, Region]:
    """A region of so many equal municipalities that lack something, and one rule about them."""
    declared = {f"town{number}": {"a": "low"} for number in range(towns)}
    region = region_of({"region": {}, **declared}, dict.fromkeys(declared, 10.0))
    return knowledge_of([rule(requires, "region", "a")]), region


def test_few_conflicts_are_all_listed_and_of_many_the_shortest() -> None:
    """Three of six lack it: all 15 combinations; of sixty there are more than can be counted."""
    inner = {"fact": "a", "at_least": "high"}
    knowledge, region = many(6, {"municipalities": inner, "count": 3})
    found = conflicts(demands(knowledge, region, FORM))
    assert (len(found.listed), found.found, found.complete) == (15, math.comb(6, 4), True)
    assert found.found <= FEW
    knowledge, region = many(60, {"municipalities": inner, "share": 0.5})
    found = conflicts(demands(knowledge, region, FORM))
    assert len(found.listed) == SHORTEST
    assert {len(one.facts) for one in found.listed} == {31}
    assert not found.complete
    assert found.found >= SHORTEST


def test_of_many_conflicts_the_smallest_is_never_missed() -> None:
    """One large municipality that keeps the form away comes before any combination of small."""
    declared = {f"town{number}": {"a": "low"} for number in range(60)}
    sizes = {name: 1000.0 if name == "town7" else 1.0 for name in declared}
    region = region_of({"region": {}, **declared}, sizes)
    inner = {"municipalities": {"fact": "a", "at_least": "high"}, "share_of_inhabitants": 0.5}
    either = {"any": [inner, {"municipalities": inner["municipalities"], "share": 0.5}]}
    for requires, size in ((inner, 1), (either, 31)):
        found = conflicts(demands(knowledge_of([rule(requires, "region", "a")]), region, FORM))
        assert len(found.listed[0].facts) == size
        assert Variable("town7", "a") in found.listed[0].facts


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b", "4", "5"])
def test_every_form_of_the_drechtsteden_that_is_not_eligible_has_conflicts(
    drechtsteden: Case, form: str
) -> None:
    """A conflict of a region's form holds at least one rule that excludes it."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    verdict = eligibility(knowledge, region).forms[form]
    found = conflicts(demands(knowledge, region, form))
    rules = {rule for one in found.listed for rule in one.rules}
    assert rules == {*verdict.excluded_by, *verdict.undecided_by}


def test_only_what_really_prevents_outsourcing_is_a_conflict(drechtsteden: Case) -> None:
    """Chapter 6: the assignment cannot be put in words; that staff and grip matter is a wish."""
    found = conflicts(demands(drechtsteden.knowledge, drechtsteden.region, "3b"))
    assert [one.statements for one in found.listed] == [
        ("rule:opdracht-te-formuleren", "fact:drechtsteden.contact_insight"),
    ]
