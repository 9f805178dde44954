"""What would it take: every set of remedies works, nothing in it is spare, the best are best."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.eligibility.evaluation import evaluate, scope
from decision.eligibility.participation import requirement
from decision.eligibility.verdicts import eligibility, possible
from decision.explain import programme
from decision.explain.changes import Change, candidates
from decision.explain.demands import Demands, Variable, demands
from decision.explain.explanation import Explanation, explain
from decision.explain.remedies import MOST_SETS, RemedySet, remedies
from decision.explain.solver import Row, Solution, Terms, optimum
from decision.load import Case, load_region
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import All, Any_, Comparison, Not, Predicate, Quantified, meets
from tests.drechtsteden import answered
from tests.explain.test_conflicts import not_met, with_facts
from tests.rule_sets import (
    ACTIVITIES,
    FORM,
    LEVELS,
    REGIONAL,
    knowledge_of,
    region_of,
    rule,
    rule_sets,
)
from tests.searching import examples, some

Asked: TypeAlias = tuple[Knowledge, Region, tuple[str, ...]]

TOWNS = ("alblasserdam", "dordrecht", "hendrik-ido-ambacht", "papendrecht", "sliedrecht",
         "zwijndrecht")  # fmt: skip


def found_for(asked: Asked) -> tuple[RemedySet, ...]:
    """The sets of remedies for a small rule set."""
    knowledge, region, partners = asked
    verdicts = eligibility(knowledge, region)
    return remedies(knowledge, region, verdicts, demands(knowledge, region, FORM, partners))


def after(region: Region, changes: Iterable[Change]) -> Region:
    """The region once these remedies have been carried out."""
    return with_facts(region, {one.variable: str(one.becomes) for one in changes})


def works(asked: Asked, changes: Iterable[Change]) -> bool:
    """Whether the form is possible after these changes, by the eligibility stage."""
    knowledge, region, partners = asked
    return possible(eligibility(knowledge, after(region, changes)), FORM, partners)


@examples(60)
@given(rule_sets())
def test_a_set_of_remedies_works_and_nothing_in_it_is_spare(asked: Asked) -> None:
    """Carrying out the set makes the form possible; leaving any one out does not."""
    for one in found_for(asked):
        assert works(asked, one.changes)
        for left_out in one.changes:
            assert not works(asked, [other for other in one.changes if other != left_out])


@examples(60)
@given(rule_sets())
def test_no_alternative_holds_another(asked: Asked) -> None:
    """Whoever chooses has something to choose: at most five sets, none with more than another."""
    sets = [frozenset(one.changes) for one in found_for(asked)]
    assert len(sets) <= MOST_SETS
    assert not any(one <= other for one, other in itertools.permutations(sets, 2))


Way: TypeAlias = dict[Variable, str]
"""The facts that become another level."""


def held_against(predicate: Predicate) -> Iterator[Comparison]:
    """Every comparison in a requirement."""
    match predicate:
        case Comparison():
            yield predicate
        case All(all=parts) | Any_(any=parts):
            yield from itertools.chain.from_iterable(map(held_against, parts))
        case Not(not_=part) | Quantified(municipalities=part):
            yield from held_against(part)


def asked_of(asked: Asked) -> dict[Variable, list[Comparison]]:
    """What the rules hold every fact against; those of a municipality when it must be ready."""
    knowledge, region, partners = asked
    found: dict[Variable, list[Comparison]] = {}
    for name, one in knowledge.rules.items():
        towns = region.municipalities if one.of_each == "region" else partners
        for comparison in held_against(requirement(knowledge, name, FORM)):
            for holder in ("region",) if comparison.fact in REGIONAL else towns:
                found.setdefault(Variable(holder, comparison.fact), []).append(comparison)
    return found


def activity_for(asked: Asked, variable: Variable, level: str) -> str | None:
    """The activity by which a fact comes to a level, or to one that does as well."""
    knowledge, _, partners = asked
    comparisons = asked_of(asked)[variable]

    def does(level: str) -> list[bool]:
        return [meets(one, (level,), LEVELS) for one in comparisons]

    rules = knowledge.rules.values()
    in_order = sorted(rules, key=lambda one: one.of_each != "region" and not partners)
    remedies_ = (one.remedy for one in in_order if one.remedy is not None)
    of_fact = (one for one in remedies_ if one.fact == variable.fact)
    return next((one.by for one in of_fact if does(one.becomes) == does(level)), None)


def all_ways(asked: Asked) -> list[Way]:
    """Every way to make the form possible, by trying every level of every fact."""
    knowledge, region, partners = asked
    facts = [*asked_of(asked)]
    tried = itertools.product((None, *LEVELS), repeat=len(facts))
    ways = (
        {fact: level for fact, level in zip(facts, levels, strict=True) if level is not None}
        for levels in tried
    )
    return [way for way in ways if not not_met(knowledge, with_facts(region, way), partners)]


def with_work(asked: Asked, way: Way) -> tuple[float, float] | None:
    """Days and weeks that a way takes, worked out by hand; None when nobody knows."""
    activities = asked[0].activities
    done: set[str] = set()
    weeks = 0.0
    for variable, level in way.items():
        name = activity_for(asked, variable, level)
        if name is None:
            return None
        town = "" if variable.fact in REGIONAL else f"@{variable.partner}"
        earlier = name == "do-b" and needs_a(asked, variable.partner)
        done |= {"start", name + town, *({f"do-a{town}"} if earlier else ())}
        length = activities[name].duration.weeks + (activities["do-a"].duration.weeks * earlier)
        weeks = max(weeks, activities["start"].duration.weeks + length)
    return math.fsum(activities[job.partition("@")[0]].effort.days for job in done), weeks


def needs_a(asked: Asked, town: str) -> bool:
    """Whether a municipality still has to do what comes before the second activity."""
    knowledge, region, partners = asked
    changes = candidates(knowledge, demands(knowledge, region, FORM, partners))
    held = scope(knowledge, region).municipalities[town]
    return any(one.job == ("do-a", town) for one in changes) or any(
        one.of_each == "municipality"
        and one.remedy is not None
        and one.remedy.by == "do-a"
        and evaluate(requirement(knowledge, name, FORM), held).truth != "yes"
        for name, one in knowledge.rules.items()
    )


def way_of(one: RemedySet) -> Way:
    """A set of remedies as a way."""
    return {change.variable: str(change.becomes) for change in one.changes}


@examples(80)
@given(rule_sets())
def test_the_best_sets_are_the_best_of_all(asked: Asked) -> None:
    """No set at all is smaller, cheaper or faster than those that are called so."""
    found, ways = found_for(asked), all_ways(asked)
    assert bool(found) is (bool(ways) and {} not in ways)
    if not found:
        return
    assert {len(one.changes) for one in found if "smallest" in one.labels} == {min(map(len, ways))}
    known = [work for way in ways if (work := with_work(asked, way))]
    for one in found:
        work = with_work(asked, way_of(one))
        assert (one.effort_days, one.span and one.span.weeks) == (work or (None, None))
    cheapest = {one.effort_days for one in found if "cheapest" in one.labels}
    fastest = {one.span.weeks for one in found if one.span and "fastest" in one.labels}
    assert cheapest == {min(days for days, _ in known)} if known else not cheapest
    assert fastest == {min(weeks for _, weeks in known)} if known else not fastest


@examples(60)
@given(rule_sets(), st.data())
def test_efforts_of_many_digits_lose_no_set_and_list_none_twice(
    asked: Asked, data: st.DataObject
) -> None:
    """Days that hardly differ are compared as they are, or else to the hundredth of a day."""
    knowledge, region, partners = asked
    days = st.one_of(st.floats(0.0, 50.0), st.sampled_from((0.1, 0.125, 1e-3, 2.675, 100.1)))
    activities = {
        name: one.model_copy(
            update={"effort": one.effort.model_copy(update={"days": data.draw(days)})}
        )
        for name, one in ACTIVITIES.items()
    }
    other = (knowledge.model_copy(update={"activities": activities}), region, partners)
    found = found_for(other)
    sets = [frozenset(one.changes) for one in found]
    assert not any(one <= two for one, two in itertools.permutations(sets, 2))
    known = [work for way in all_ways(other) if (work := with_work(other, way))]
    cheapest = [one.effort_days for one in found if "cheapest" in one.labels]
    if found and known:
        least = min(work[0] for work in known)
        assert cheapest
        assert all(one is not None and one <= least + 0.01 * len(ACTIVITIES) for one in cheapest)


@pytest.mark.parametrize(
    ("concept", "elsewhere", "plan"),
    [(1.0, 1.0, 90.0), (1.1111111111111, 1.2222222222222, 2.3456789012345)],
)
def test_a_lower_level_that_does_is_offered_beside_a_higher_one(
    concept: float, elsewhere: float, plan: float
) -> None:
    """A concept now and something small elsewhere can be cheaper than the full plan at once."""
    rules = [
        rule({"fact": "a", "at_least": "middle"}, "municipality", "a", "middle"),
        rule(
            {"any": [{"fact": "a", "is": "high"}, {"fact": "b", "is": "high"}]},
            "municipality",
            "b",
        ),
        rule({"fact": "r", "is": "low"}, "region", "a"),
    ]
    days = {"draft-a": concept, "do-a": plan, "do-b": elsewhere, "start": 0.0}
    activities = {
        name: one.model_copy(
            update={"effort": one.effort.model_copy(update={"days": days.get(name, 1.0)})}
        )
        for name, one in ACTIVITIES.items()
    }
    activities["do-b"] = activities["do-b"].model_copy(update={"after": ("start",)})
    knowledge = knowledge_of(rules).model_copy(update={"activities": activities})
    region = region_of({"region": {"r": "low"}, "town": {"a": "low", "b": "low"}}, {"town": 1.0})
    found = found_for((knowledge, region, ("town",)))
    ways = [(way_of(one), one.effort_days, one.labels) for one in found]
    a, b = Variable("town", "a"), Variable("town", "b")
    assert ways == [
        ({a: "high"}, plan, ("smallest", "fastest")),
        ({a: "middle", b: "high"}, concept + elsewhere, ("cheapest",)),
    ]


def test_the_fastest_set_is_offered_however_many_are_cheaper() -> None:
    """Six municipalities can do it slowly and cheaply, and each in less time for more work."""
    requires = {"any": [{"fact": "a", "is": "high"}, {"fact": "b", "is": "high"}]}
    rules = [
        rule({"municipalities": requires, "count": 1}, "region", "a"),
        rule({"fact": "r", "is": "low"}, "region", "b"),
    ]
    dear = {"duration": ACTIVITIES["draft-r"].duration, "after": ("start",)}
    activities = {
        **ACTIVITIES,
        "do-b": ACTIVITIES["do-r"].model_copy(update={"of_each": "municipality", **dear}),
    }
    towns = [f"town{number}" for number in range(6)]
    declared = {"region": {"r": "low"}, **{name: {"a": "low", "b": "low"} for name in towns}}
    region = region_of(declared, dict.fromkeys(towns, 1.0))
    knowledge = knowledge_of(rules).model_copy(update={"activities": activities})
    found = found_for((knowledge, region, ()))
    weeks = [one.span.weeks for one in found if one.span]
    start, slow, fast = (activities[name].duration.weeks for name in ("start", "do-a", "do-b"))
    assert sorted(weeks) == [start + fast, *[start + slow] * (MOST_SETS - 1)]
    assert [one.labels for one in found if "fastest" in one.labels] == [("smallest", "fastest")]


def test_the_cheapest_set_is_offered_however_many_are_smaller() -> None:
    """Six municipalities can do it alone at great cost, and any two of them later for little."""
    towns = [f"town{number}" for number in range(6)]
    ways = [
        {"municipalities": {"fact": fact, "is": level}, "count": count}
        for fact, level, count in (("a", "high", 1), ("b", "middle", 2))
    ]
    rules = [
        rule({"any": ways}, "region", "a"),
        rule({"fact": "r", "is": "low"}, "region", "b", "middle"),
    ]
    declared = {"region": {"r": "low"}, **{name: {"a": "low", "b": "low"} for name in towns}}
    region = region_of(declared, dict.fromkeys(towns, 1.0))
    days = {"start": 0.0, "do-a": 20.0, "draft-b": 1.0}
    activities = {
        name: one.model_copy(
            update={"effort": one.effort.model_copy(update={"days": days.get(name, 1.0)})}
        )
        for name, one in ACTIVITIES.items()
    }
    later = {"duration": ACTIVITIES["do-b"].duration}
    activities["draft-b"] = activities["draft-b"].model_copy(update=later)
    knowledge = knowledge_of(rules).model_copy(update={"activities": activities})
    found = found_for((knowledge, region, ()))
    cheapest = [one for one in found if "cheapest" in one.labels]
    assert cheapest
    assert {one.effort_days for one in cheapest} == {2.0}
    assert {len(one.changes) for one in cheapest} == {2}


def test_of_the_cheapest_sets_the_smallest_is_offered() -> None:
    """Two answers of six days together go before three small steps of six days."""
    towns = [f"town{number}" for number in range(6)]
    ways = [
        {"municipalities": {"fact": fact, "is": level}, "count": count}
        for fact, level, count in (("a", "high", 1), ("b", "middle", 2), ("a", "middle", 3))
    ]
    rules = [
        rule({"any": ways}, "region", "a"),
        rule({"fact": "r", "is": "low"}, "region", "b", "middle"),
        rule({"fact": "r", "is": "low"}, "region", "a", "middle"),
    ]
    declared = {"region": {"r": "low"}, **{name: {"a": "low", "b": "unknown"} for name in towns}}
    region = region_of(declared, dict.fromkeys(towns, 1.0))
    days = {"start": 0.0, "do-a": 20.0, "draft-a": 2.0, "draft-b": 3.0}
    later = {"duration": ACTIVITIES["do-b"].duration}
    activities = {
        name: one.model_copy(
            update={"effort": one.effort.model_copy(update={"days": days.get(name, 1.0)})}
            | (later if name.startswith("draft") else {})
        )
        for name, one in ACTIVITIES.items()
    }
    knowledge = knowledge_of(rules).model_copy(update={"activities": activities})
    found = found_for((knowledge, region, ()))
    (cheapest,) = (one for one in found if "cheapest" in one.labels)
    assert (cheapest.effort_days, len(cheapest.changes)) == (6, 2)


def test_a_fact_that_is_good_enough_for_one_rule_is_not_forced_by_it() -> None:
    """A middle level does for the first rule; the second is met by a higher one, or elsewhere."""
    rules = [
        rule({"fact": "a", "at_least": "middle"}, "municipality", "a", "middle"),
        rule(
            {"any": [{"fact": "a", "is": "high"}, {"fact": "b", "is": "high"}]},
            "municipality",
            "a",
        ),
        rule({"fact": "r", "is": "low"}, "region", "b"),
    ]
    region = region_of({"region": {"r": "low"}, "town": {"a": "middle", "b": "low"}}, {"town": 1.0})
    ways = [way_of(one) for one in found_for((knowledge_of(rules), region, ("town",)))]
    assert len(ways) == 2
    assert all(way in ways for way in ({Variable("town", fact): "high"} for fact in "ab"))


@examples(40)
@given(rule_sets(most_rules=4))
def test_where_nothing_helps_it_is_said_what_is_in_the_way(asked: Asked) -> None:
    """Either the form is possible, or remedies help, or something stands in the way."""
    knowledge, region, partners = asked
    found = explain(knowledge, region, FORM, partners)
    assert [found.eligible, bool(found.remedies), found.blocked is not None].count(True) == 1


# --- the Drechtsteden --------------------------------------------------------------------------


def explained(case: Case, form: str, partners: tuple[str, ...] = ()) -> Explanation:
    """The explanation of a form."""
    return explain(case.knowledge, case.region, form, partners)


@pytest.mark.parametrize(
    ("form", "partners"),
    some(
        [
            ("0", ()),
            ("3b", ()),
            ("4", ()),
            ("5", ()),
            ("3a", ("dordrecht", "zwijndrecht")),
            ("3a", ("sliedrecht",)),
            ("3a", ("sociale-dienst",)),
            ("4", ("papendrecht",)),
        ]
    ),
)
def test_remedies_work_by_way_of_the_set_option(form: str, partners: tuple[str, ...]) -> None:
    """What is printed can be tried: with ``--set`` the form is possible, with one less it isn't."""
    case = load_region("drechtsteden.yaml")
    first, *others = explained(case, form, partners).remedies
    assert eligible(first.changes, form, partners)
    for left_out in first.changes:
        assert not eligible([one for one in first.changes if one != left_out], form, partners)
    assert all(eligible(one.changes, form, partners) for one in others)


def eligible(changes: Iterable[Change], form: str, partners: tuple[str, ...]) -> bool:
    """Whether the form is possible in the region as ``--set`` makes it."""
    case = load_region("drechtsteden.yaml", changes=[one.assignment for one in changes])
    return possible(eligibility(case.knowledge, case.region), form, partners)


def test_form_four_takes_vision_capacity_and_knowledge_in_two_more_municipalities(
    drechtsteden: Case,
) -> None:
    """Half of six is three, and only Dordrecht has them; the nearest ones are asked first."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    enough = answered(knowledge, region.municipalities["dordrecht"], {"capacity": "voldoende"})
    towns = {**region.municipalities, "dordrecht": enough}
    known = region.model_copy(update={"municipalities": towns})
    best = explain(knowledge, known, "4").remedies[0]
    lacking = {(c.variable.fact, c.variable.partner) for c in best.changes if c.job and c.job[1]}
    nearest = ("alblasserdam", "zwijndrecht")
    assert lacking == set(itertools.product(("vision", "capacity", "knowledge_base"), nearest))
    assert best.labels == ("smallest", "cheapest", "fastest")


def test_work_that_two_remedies_share_counts_once(drechtsteden: Case) -> None:
    """If own staff and grip kept 3b away too, reconsidering it would answer both."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    wishes = ("eigen-medewerkers", "grip-in-de-regio")
    strict = {n: knowledge.rules[n].model_copy(update={"otherwise": "excludes"}) for n in wishes}
    knowledge = knowledge.model_copy(update={"rules": {**knowledge.rules, **strict}})
    (one,) = explain(knowledge, region, "3b").remedies
    assert [change.job and change.job.id for change in one.changes] == [
        "klantcontacten-meten",
        "uitbesteding-heroverwegen",
        "uitbesteding-heroverwegen",
    ]
    activities = knowledge.activities
    before = {"opdracht-geven", "klantcontacten-meten", "uitbesteding-heroverwegen"}
    assert one.effort_days == sum(activities[name].effort.days for name in before)


def test_where_there_is_nothing_to_choose_no_solver_is_asked(
    drechtsteden: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Form 3b has one rule in its way, and with Alblasserdam in it five more, with one way each."""
    monkeypatch.delattr(programme, "optimum")
    (one,) = explained(drechtsteden, "3b").remedies
    assert [change.variable.fact for change in one.changes] == ["contact_insight"]
    (one,) = explained(drechtsteden, "3b", ("alblasserdam",)).remedies
    assert len(one.changes) == 6


def test_the_earliest_moment_follows_the_longest_chain_of_work(drechtsteden: Case) -> None:
    """A knowledge base can be filled once there are people for it; that takes longest."""
    found = explained(drechtsteden, "4").earliest
    assert found is not None
    capacity, knowledge = found.critical_path[-2:]
    assert capacity.startswith("capaciteit-vrijmaken@")
    assert knowledge.startswith("kennisbank-inrichten@")
    assert found.span.low < found.span.weeks < found.span.high


def test_a_form_that_is_possible_needs_nothing_and_is_possible_now(drechtsteden: Case) -> None:
    """Form 3a is open to the region, whatever each municipality still has to do."""
    found = explained(drechtsteden, "3a")
    assert (found.eligible, found.usable, found.remedies) == (True, True, ())
    assert found.earliest is not None
    assert found.earliest.span.weeks == 0


def test_a_form_that_every_municipality_refuses_is_of_no_use(drechtsteden: Case) -> None:
    """A form can be open by the rules while nobody takes part: that is said."""
    rules = {"regio-mag-afhandelen": drechtsteden.knowledge.rules["regio-mag-afhandelen"]}
    alone = drechtsteden.knowledge.model_copy(update={"rules": rules})
    refused = with_sets(drechtsteden.region, "handling", ("eigen",))
    found = explain(alone, refused, "3a")
    assert (found.eligible, found.usable) == (True, False)


def with_sets(region: Region, fact: str, value: tuple[str, ...]) -> Region:
    """The region with the same set of levels in every municipality."""
    towns = {
        name: one.model_copy(
            update={
                "facts": {**one.facts, fact: one.facts[fact].model_copy(update={"value": value})}
            }
        )
        for name, one in region.municipalities.items()
    }
    return region.model_copy(update={"municipalities": towns})


def test_nothing_helps_a_municipality_outside_the_area_code(drechtsteden: Case) -> None:
    """Where Sliedrecht lies is no choice: with a rule that asks for it, nothing helps."""
    lies = drechtsteden.knowledge.rules["ligt-in-netnummer"]
    strict = lies.model_copy(update={"otherwise": "own_entrance"})
    rules = {**drechtsteden.knowledge.rules, "ligt-in-netnummer": strict}
    knowledge = drechtsteden.knowledge.model_copy(update={"rules": rules})
    found = explain(knowledge, drechtsteden.region, "3a", ("sliedrecht",))
    assert (found.remedies, found.earliest) == ((), None)
    assert found.blocked is not None
    assert found.blocked.statements == ("rule:ligt-in-netnummer", "fact:sliedrecht.in_netnummer")


def test_a_set_of_levels_keeps_what_it_had(drechtsteden: Case) -> None:
    """Who allows the region to answer does not therefore forbid its own people."""
    (one,) = explained(drechtsteden, "3a", ("sliedrecht",)).remedies
    assignment = next(c.assignment for c in one.changes if c.variable.fact == "handling")
    assert assignment == "municipalities.sliedrecht.facts.handling=[eigen,regio]"


# --- many municipalities -----------------------------------------------------------------------


def large(seed: int, towns: int = 60) -> tuple[Asked, Demands, dict[str, float]]:
    """Many municipalities of all sizes, of which those with half of the people must have it."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable region, not a secret
    sizes = {f"town{number}": float(chance.randint(5_000, 300_000)) for number in range(towns)}
    declared = {name: {"a": chance.choice(("low", "high"))} for name in sizes}
    requires = {"municipalities": {"fact": "a", "at_least": "high"}, "share_of_inhabitants": 0.8}
    knowledge = knowledge_of([rule(requires, "region", "a")])
    region = region_of({"region": {}, **declared}, sizes)
    return (knowledge, region, ()), demands(knowledge, region, FORM), sizes


@pytest.mark.parametrize("seed", range(3))
def test_of_sixty_municipalities_the_fewest_that_are_large_enough_are_asked(seed: int) -> None:
    """The fewest are the largest ones that lack it, taken until there are enough people."""
    asked, of, sizes = large(seed)
    has = sum(
        size for name, size in sizes.items() if of.subjects[Variable(name, "a")].now == "high"
    )
    lacking = sorted((name for name in sizes if of.subjects[Variable(name, "a")].now == "low"),
                     key=lambda name: -sizes[name])  # fmt: skip
    totals = itertools.accumulate((sizes[name] for name in lacking), initial=has)
    enough = Fraction("0.8") * Fraction(sum(sizes.values()))
    fewest = next(n for n, total in enumerate(totals) if Fraction(total) >= enough)
    found = found_for(asked)
    assert len(found) == MOST_SETS
    assert len(found[0].changes) == fewest
    assert all(works(asked, one.changes) for one in found)


def test_the_remedies_do_not_depend_on_names_or_order(drechtsteden: Case) -> None:
    """Shuffled municipalities need as many remedies, as much work and as much time."""
    region = drechtsteden.region
    shuffled = {name: region.municipalities[name] for name in reversed(TOWNS)}
    other = region.model_copy(update={"municipalities": shuffled})
    one, two = explained(drechtsteden, "4"), explain(drechtsteden.knowledge, other, "4")
    assert [(len(s.changes), s.effort_days, s.span, s.labels) for s in one.remedies] == [
        (len(s.changes), s.effort_days, s.span, s.labels) for s in two.remedies
    ]


# --- sets that are as good ---------------------------------------------------------------------


def backwards(cost: Terms, rows: Sequence[Row], *, most: Sequence[float]) -> Solution | None:
    """The same programme told from back to front, as another solver would go through it."""
    last = len(most) - 1

    def turned(terms: Terms) -> Terms:
        return {last - column: times for column, times in [*terms.items()][::-1]}

    turned_rows = [(turned(terms), low, high) for terms, low, high in reversed(rows)]
    found = optimum(turned(cost), turned_rows, most=most[::-1])
    return found and Solution(found.cost, found.values[::-1])


@pytest.mark.parametrize("form", ["0", "4", "5"])
def test_of_sets_that_are_as_good_the_solver_chooses_none(
    drechtsteden: Case, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever solver looks for them, the same five alternatives are offered."""
    one = explained(drechtsteden, form).remedies
    monkeypatch.setattr(programme, "optimum", backwards)
    assert explained(drechtsteden, form).remedies == one


@pytest.mark.parametrize("seed", range(3))
def test_nor_does_it_among_many_municipalities(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty municipalities have very many sets of the same size."""
    asked, _, _ = large(seed)
    one = found_for(asked)
    monkeypatch.setattr(programme, "optimum", backwards)
    assert found_for(asked) == one


def test_nor_does_it_among_municipalities_that_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any four of eight will do: seventy sets, and the same five of them are offered."""
    requires = {"municipalities": {"fact": "a", "is": "high"}, "count": 4}
    towns = {f"town{number}": {"a": "low"} for number in range(8)}
    region = region_of({"region": {}, **towns}, dict.fromkeys(towns, 1.0))
    asked = (knowledge_of([rule(requires, "region", "a")]), region, ())
    one = found_for(asked)
    monkeypatch.setattr(programme, "optimum", backwards)
    assert found_for(asked) == one
