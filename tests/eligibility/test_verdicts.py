"""Which forms and partners are ready: the laws of the rules, and the published outcome."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from decision.eligibility.evaluation import Scope, Truth, evaluate, scope
from decision.eligibility.verdicts import PartnerVerdict, eligibility, possible
from decision.load import Case, load_region
from decision.model.facts import Fact
from decision.model.knowledge import FactDefinition, Knowledge
from decision.model.region import Region
from decision.model.requirements import Predicate
from decision.model.requirements import comparisons as comparisons_in
from decision.model.rules import REFUSALS, Rule
from decision.model.values import Outcome
from tests import rule_sets
from tests.drechtsteden import answered

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


@given(requirements(), declarations())
def test_the_reasons_name_every_fact_that_is_asked_for(
    raw: dict[str, Any], declared: Declared
) -> None:
    """A reader sees what was declared of each, in the order in which the rule asks."""
    predicate = PREDICATE.validate_python(raw)
    asked = [one.fact for one in comparisons_in(predicate)]
    found = [*evaluate(predicate, held(declared)).declared()]
    assert [fact for fact, _ in found] == asked
    assert all((fact in declared) == (one is not None) for fact, one in found)


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
        st.builds(lambda n: {"count": n}, st.integers(1, 4)),
        st.just({"count": "all"}),
        st.builds(lambda s: {"share": s / 100}, st.integers(1, 100)),
        st.builds(lambda s: {"share_of_inhabitants": s / 100}, st.integers(1, 100)),
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
        needed = sum(sizes) if wanted == "all" else Fraction(str(wanted))
        needed = needed if kind == "count" else Fraction(str(wanted)) * sum(sizes)
        outcomes.add("yes" if sum(sure) >= needed else "no")
    assert found == (outcomes.pop() if len(outcomes) == 1 else "unknown")


@example(28, [True] * 7 + [False] * 18, "share")
@example(14, [True] * 7 + [False] * 43, "share_of_inhabitants")
@given(
    st.integers(1, 100),
    st.lists(st.booleans(), min_size=1, max_size=60),
    st.sampled_from(("share", "share_of_inhabitants")),
)
def test_a_share_is_reached_exactly(percent: int, meeting: list[bool], measure: str) -> None:
    """7 of 25 is 28%, and so is 700,7 of 2.502,5: a share is counted as it is written."""
    facts = ("high" if one else "low" for one in meeting)
    scopes = {str(n): held({"a": fact}, str(n), 100.1) for n, fact in enumerate(facts)}
    region = Scope("region", {}, DEFINITIONS, municipalities=scopes)
    asked = {"municipalities": {"fact": "a", "is": "high"}, measure: percent / 100}
    enough = 100 * sum(meeting) >= percent * len(meeting)
    assert truth(asked, region) == ("yes" if enough else "no")


# --- the outcome for a partner

FORM, TOWN = rule_sets.FORM, "town"
CONSEQUENCES = ("stays_out", "own_entrance", "joins_later", "warns")
ORDER: tuple[Outcome, ...] = ("refuses", "ready_after", "ready")
levels = st.sampled_from((*LEVELS, "unknown"))
declared_by_town = st.fixed_dictionaries(dict.fromkeys(rule_sets.LOCAL, levels))


def binding(requires: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[Rule]]:
    """Rules for a municipality: one by which it refuses, one that asks work, and some others."""

    def one(*consequences: str) -> st.SearchStrategy[Rule]:
        return st.builds(
            lambda raw, then: rule_sets.rule(raw, "municipality", None).model_copy(
                update={"otherwise": then}
            ),
            requires,
            st.sampled_from(consequences),
        )

    some = st.tuples(one("stays_out", "own_entrance"), one("joins_later"))
    return st.builds(lambda first, more: [*first, *more], some, st.lists(one(*CONSEQUENCES)))


def any_rules() -> st.SearchStrategy[list[Rule]]:
    """Rules of any shape."""
    return binding(rule_sets.combined(rule_sets.comparisons(rule_sets.LOCAL)))


def rising_rules() -> st.SearchStrategy[list[Rule]]:
    """Rules that a better fact can only help to meet, and that the lowest level never meets."""
    leaves = st.builds(
        lambda fact, level: {"fact": fact, "at_least": level},
        st.sampled_from(rule_sets.LOCAL),
        st.sampled_from(LEVELS[1:]),
    )
    inner = st.lists(leaves, min_size=1, max_size=3)
    joined = st.builds(lambda join, parts: {join: parts}, st.sampled_from(("all", "any")), inner)
    return binding(st.one_of(leaves, joined))


def verdict_on(rules: list[Rule], declared: Declared) -> PartnerVerdict:
    """What the form means for a town of which this is declared."""
    region = rule_sets.region_of({"region": {}, TOWN: declared}, {TOWN: 1.0})
    return eligibility(rule_sets.knowledge_of(rules), region).municipalities[TOWN][FORM]


def worlds(declared: Declared) -> list[Declared]:
    """Every way in which the unknown facts of a town can turn out."""
    return completions(declared, rule_sets.LOCAL)


@given(any_rules(), declared_by_town)
def test_an_outcome_stands_whatever_the_unknown_facts_turn_out_to_be(
    rules: list[Rule], declared: Declared
) -> None:
    """Ready, ready after its work or refuses: no answer to an open question makes it another."""
    found = verdict_on(rules, declared)
    after = [verdict_on(rules, world) for world in worlds(declared)]
    if found.outcome != "unknown":
        assert {one.outcome for one in after} == {found.outcome}
    if found.takes_part != "unknown":
        assert {one.takes_part for one in after} == {found.takes_part}
    assert (found.outcome == "refuses") == (found.takes_part == "no")


@given(any_rules(), declared_by_town)
def test_with_everything_known_the_outcome_is_that_of_the_rule_that_weighs_most(
    rules: list[Rule], declared: Declared
) -> None:
    """A refusal weighs more than work, and work more than nothing."""
    for world in worlds(declared):
        broken = {
            rule.otherwise
            for rule in rules
            if not plain(rule.requires.model_dump(by_alias=True, exclude_none=True), world)
        }
        work: Outcome = "ready_after" if "joins_later" in broken else "ready"
        expected = "refuses" if broken & {*REFUSALS} else work
        assert verdict_on(rules, world).outcome == expected


@given(rising_rules(), declared_by_town)
def test_an_outcome_is_known_as_soon_as_the_answers_cannot_change_it(
    rules: list[Rule], declared: Declared
) -> None:
    """When the worst answers and the best lead to the same, there is nothing to wait for."""
    worst, best = (
        verdict_on(rules, {f: end if now == "unknown" else now for f, now in declared.items()})
        for end in (LEVELS[0], LEVELS[-1])
    )
    expected = worst.outcome if worst.outcome == best.outcome else "unknown"
    assert verdict_on(rules, declared).outcome == expected


@given(rising_rules(), declared_by_town, st.data())
def test_a_better_fact_never_makes_the_outcome_worse(
    rules: list[Rule], declared: Declared, data: st.DataObject
) -> None:
    """After a repair a partner can fall no lower than before, and rise at least as high.

    Ready after its work can become unknown: what it lacked is there, and the question that is
    left is whether it is ready or still has other work. It never becomes open whether it refuses.
    """
    known = [fact for fact, level in declared.items() if level != "unknown"]
    if not known:
        return
    fact = data.draw(st.sampled_from(known))
    level = data.draw(st.sampled_from(LEVELS[LEVELS.index(declared[fact]) :]))
    better = {**declared, fact: level}
    before, after = (
        sorted(ORDER.index(verdict_on(rules, world).outcome) for world in worlds(one))
        for one in (declared, better)
    )
    assert after[0] >= before[0]
    assert after[-1] >= before[-1]
    truths: list[Truth] = ["no", "unknown", "yes"]
    found = [verdict_on(rules, one) for one in (declared, better)]
    assert truths.index(found[1].takes_part) >= truths.index(found[0].takes_part)
    if found[0].outcome == "ready":
        assert found[1].outcome == "ready"
    if found[0].outcome == "ready_after":
        assert found[1].outcome in {"ready_after", "ready", "unknown"}
        assert found[1].takes_part == "yes"


@pytest.mark.parametrize(
    "place",
    [
        "zwijndrecht.facts.joins_number",
        "papendrecht.facts.handling",
        "alblasserdam.facts.cooperation",
    ],
)
def test_work_to_do_says_nothing_about_a_municipality_that_may_refuse(place: str) -> None:
    """As long as its will is unknown, nobody knows whether it is ready after its work."""
    name, _, fact = place.split(".")
    case = load_region("drechtsteden.yaml", changes=[f"municipalities.{place}=unknown"])
    found = eligibility(case.knowledge, case.region).municipalities[name]["3a"]
    assert (found.outcome, found.takes_part, found.refusal) == ("unknown", "unknown", None)
    assert found.rules("no")
    assert fact in {asked for one in found.verdicts for asked, _ in one.trace.declared()}


def test_a_question_about_work_leaves_a_lack_standing(drechtsteden: Case) -> None:
    """Of Alblasserdam nobody knows the scripts; that its knowledge base is empty is certain."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).municipalities
    assert "scripts-beschreven" in found["alblasserdam"]["3a"].rules("unknown")
    assert found["alblasserdam"]["3a"].outcome == "ready_after"


def test_who_names_only_another_netnummer_is_outside_that_of_the_region(drechtsteden: Case) -> None:
    """A netnummer that is not named covers nobody."""
    elsewhere = {"coverage": {"0184": 1.0}}
    town = drechtsteden.region.municipalities["papendrecht"].model_copy(update=elsewhere)
    region = drechtsteden.region.model_copy(update={"municipalities": {"papendrecht": town}})
    held_by = (scope(drechtsteden.knowledge, region).municipalities or {})["papendrecht"]
    assert held_by.facts["in_netnummer"].value == "nee"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"078": 1.0}, "ja"),
        ({"078": 0.8, "0184": 0.2}, "deels"),
        ({"078": 0.0, "0184": 1.0}, "nee"),
        ({"078": "unknown"}, "unknown"),
        ({"078": "unknown", "0184": 0.3}, "unknown"),
    ],
)
def test_an_unknown_share_of_the_netnummer_is_unknown(
    drechtsteden: Case, shares: dict[str, float | str], expected: str
) -> None:
    """Where nobody knows how many live in the netnummer, no rule says that it is not all."""
    members = dict(drechtsteden.region.municipalities)
    members["papendrecht"] = members["papendrecht"].model_copy(update={"coverage": shares})
    region = drechtsteden.region.model_copy(update={"municipalities": members})
    held_by = scope(drechtsteden.knowledge, region).municipalities["papendrecht"]
    assert held_by.facts["in_netnummer"].value == expected
    verdict = eligibility(drechtsteden.knowledge, region).municipalities["papendrecht"]["3a"]
    truths = {"ja": "yes", "deels": "no", "nee": "no", "unknown": "unknown"}
    assert "ligt-in-netnummer" in verdict.rules(truths[expected])  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(("unknown", 0.0, 0.4, 1.0, None)), max_size=3))
def test_whether_the_number_reaches_outside_the_region(
    drechtsteden: Case, shares: list[str | float | None]
) -> None:
    """It does when it covers part of a neighbour for sure, it may when a share is unknown."""
    one = next(iter(drechtsteden.region.neighbours.values()))
    neighbours = {
        str(n): one.model_copy(update={"coverage": {} if share is None else {"078": share}})
        for n, share in enumerate(shares)
    }
    region = drechtsteden.region.model_copy(update={"neighbours": neighbours})
    found = scope(drechtsteden.knowledge, region).facts["number_outside_region"].value
    if 0.4 in shares or 1.0 in shares:
        assert found == "ja"
    else:
        assert found == ("unknown" if "unknown" in shares else "nee")


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
    rules = eligibility(case.knowledge, case.region).municipalities[partner][form].remedies
    found = (case.knowledge.rules[rule].remedy for rule in rules)
    done = {one.fact: one.becomes for one in found if one is not None}
    changed = answered(case.knowledge, case.region.municipalities[partner], done)
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
    """Chapter 6 names what most municipalities lack for handling all channels together.

    One system and equal delivery are how the form ends up (chapter 4): work, no reason to drop it.
    """
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).forms["4"]
    lacking = ("visie-bij-de-meesten", "capaciteit-bij-de-meesten", "kennis-bij-de-meesten")
    assert found.excluded_by == ("regionale-visie-nodig", *lacking)
    rules = drechtsteden.knowledge.rules
    work = {v.rule for v in found.verdicts if rules[v.rule].otherwise == "asks_work"}
    assert work >= {"gelijke-leveringsprocessen", "een-systeem"}
    assert work.isdisjoint(lacking)


def test_outsourcing_falls_for_the_reasons_of_the_publication(drechtsteden: Case) -> None:
    """Chapter 6: the assignment cannot be put in words; own staff and grip are what fits best."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).forms["3b"]
    assert found.excluded_by == ("opdracht-te-formuleren",)
    broken = {one.rule for one in found.verdicts if one.truth == "no"}
    assert {"eigen-medewerkers", "grip-in-de-regio"} <= broken


def test_only_the_municipality_that_refuses_is_told_that_it_refuses(drechtsteden: Case) -> None:
    """Bijlage C: five municipalities want form 3a, one wants to handle its own calls."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).municipalities
    refusing = [name for name, forms in found.items() if forms["3a"].outcome == "refuses"]
    assert refusing == ["sliedrecht"]


def test_who_has_not_said_that_it_comes_may_still_come() -> None:
    """Sliedrecht answers its own calls; where Papendrecht says nothing, four come and five may."""
    silent = load_region(
        "drechtsteden.yaml", changes=["municipalities.papendrecht.facts.handling=unknown"]
    )
    found = eligibility(silent.knowledge, silent.region).forms["3a"]
    towns = {*silent.region.municipalities}
    assert towns - {*found.possible_participants} == {"sliedrecht"}
    assert towns - {*found.participants} == {"sliedrecht", "papendrecht"}


def test_a_delegated_organisation_decides_itself_and_a_mandated_one_follows(
    drechtsteden: Case,
) -> None:
    """Insight 5: the power decides."""
    found = eligibility(drechtsteden.knowledge, drechtsteden.region).organisations
    assert found["sociale-dienst"]["3a"].refusal == "decides_itself"
    assert found["belastingdienst"]["3a"].outcome == "ready"
    assert found["milieudienst"]["3a"].outcome == "ready"


def test_a_rule_that_nothing_can_mend_leaves_the_decision_where_it_is_broken(
    drechtsteden: Case,
) -> None:
    """Without a remedy the delegated social service decides itself; who is mandated does not."""
    rule = drechtsteden.knowledge.rules["gemandateerd-volgt"].model_copy(update={"remedy": None})
    rules = {**drechtsteden.knowledge.rules, "gemandateerd-volgt": rule}
    knowledge = drechtsteden.knowledge.model_copy(update={"rules": rules})
    found = eligibility(knowledge, drechtsteden.region).organisations
    assert found["sociale-dienst"]["3a"].by_itself
    assert not found["belastingdienst"]["3a"].by_itself


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


@pytest.mark.parametrize(
    ("level", "reach"), [("onvoldoende", "no"), ("gemeten", "yes"), ("unknown", "unknown")]
)
def test_a_form_can_be_reached_as_its_rules_turn_out(
    drechtsteden: Case, level: str, reach: Truth
) -> None:
    """With one rule for form 3b, what the region knows of its contacts decides."""
    name = "opdracht-te-formuleren"
    rules = {name: drechtsteden.knowledge.rules[name]}
    facts = {**drechtsteden.region.facts, "contact_insight": Fact(value=level)}
    knowledge = drechtsteden.knowledge.model_copy(update={"rules": rules})
    region = drechtsteden.region.model_copy(update={"facts": facts})
    assert eligibility(knowledge, region).forms["3b"].reach == reach


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
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    assert not possible(eligibility(knowledge, region), "3a", ["dordrecht"])
    known = {"capacity": "voldoende", "work_instructions": "op_orde"}
    ready = answered(knowledge, region.municipalities["dordrecht"], known)
    members = {**region.municipalities, "dordrecht": ready}
    found = eligibility(knowledge, region.model_copy(update={"municipalities": members}))
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
