"""The best of all configurations: equal to trying them all, and to another solver."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, prod
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.design.best import Configuration, Design, design
from decision.design.conflict import Refusal
from decision.design.search import APART
from decision.design.space import Link
from decision.load import Case, load_region
from tests.configurations import (
    choices_at_random,
    knowledge_with,
    region_with,
    wishes_at_random,
)
from tests.searching import examples, tries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from decision.model.facts import Wishes
    from decision.model.knowledge import Knowledge

CASE = load_region("drechtsteden.yaml")
RANDOM_CASES = tries(120)
Chosen = dict[str, str]

randoms = st.integers(0, 2**32 - 1).map(Random)


def question(random: Random, refusing: float = 0.1, most: int = 3) -> Case:
    """A few choices and forms at random; the wishes of many partners add up to a lot."""
    choices = choices_at_random(random, random.randint(3, 5))
    weights = {
        "wanted": 1,
        "accepted": random.choice([0.5, 0.3, 0.333]),
        "other": random.choice([0, 0.1, 0.251]),
        "organisation": random.choice([0.5, 0, 2, 0.123]),
        "inhabitants_per_vote": random.choice([None, 7_000, 1_000]),
    }
    knowledge = knowledge_with(CASE, choices, random, weights)
    own, regional = (
        [wishes_at_random(random, knowledge, refusing) for _ in range(random.randint(low, high))]
        for low, high in ((1, most), (0, 3))
    )
    people = [random.randint(1_000, 30_000 * most) for _ in own]
    return Case(knowledge, region_with(CASE, own, regional, people))


# --- an oracle that goes through all configurations, by the words of the documentation ---------


def every_configuration(knowledge: Knowledge) -> Iterator[Chosen]:
    """All configurations, possible or not."""
    for options in product(*(choice.options for choice in knowledge.choices.values())):
        yield dict(zip(knowledge.choices, map(str, options), strict=True))


def breaks_no_link(knowledge: Knowledge, chosen: Chosen) -> bool:
    """Whether each chosen option has what it needs, and nothing that it excludes."""
    options = [
        option
        for name, choice in knowledge.choices.items()
        for letter, option in choice.options.items()
        if chosen[name] == letter
    ]
    return all(
        all(chosen[other] in one.options for other, one in option.needs.items())
        and not any(chosen[other] in one.options for other, one in option.excludes.items())
        for option in options
    )


def partners(case: Case) -> Iterator[tuple[Fraction, Wishes]]:
    """The votes and the wishes of every partner."""
    weights = case.knowledge.fit
    for municipality in case.region.municipalities.values():
        per_vote = weights.inhabitants_per_vote
        people = municipality.people or 0.0
        yield Fraction(1 if per_vote is None else ceil(people / per_vote)), municipality.wishes
    for organisation in case.region.organisations.values():
        yield Fraction(str(weights.organisation)), organisation.wishes


def refused(case: Case, chosen: Chosen) -> bool:
    """Whether anybody refuses one of the options."""
    return any(
        option in wishes.refuses.get(choice, ())
        for _, wishes in partners(case)
        for choice, option in chosen.items()
    )


def score(case: Case, chosen: Chosen) -> Fraction:
    """The mean value over all choices about which partners say what they want or accept."""
    total = spoken = Fraction()
    values = case.knowledge.fit
    for votes, wishes in partners(case):
        for choice, option in chosen.items():
            no = set(wishes.refuses.get(choice, ()))
            wants = set(wishes.wants.get(choice, ())) - no
            accepts = set(wishes.accepts.get(choice, ())) - no
            if wants | accepts:
                value = values.other
                if option in accepts:
                    value = values.accepted
                if option in wants:
                    value = values.wanted
                spoken += votes
                total += votes * Fraction(str(value))
    return total / spoken if spoken else Fraction()


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    """In how many choices two configurations differ."""
    return sum(option != other[choice] for choice, option in one.items())


def nearest(case: Case, chosen: Chosen) -> str:
    """The form that differs least; of equals the one that fits best, else the first."""
    forms = case.knowledge.forms
    fits = {form: score(case, dict(one.profile)) for form, one in forms.items()}
    return min(forms, key=lambda form: (differing(chosen, forms[form].profile), -fits[form]))


def best_first(case: Case) -> list[Chosen]:
    """The best configuration and the runners-up, by going through all of them."""
    forms = case.knowledge.forms
    letters = {name: [*map(str, choice.options)] for name, choice in case.knowledge.choices.items()}
    ranked = []
    for chosen in every_configuration(case.knowledge):
        if breaks_no_link(case.knowledge, chosen) and not refused(case, chosen):
            form = nearest(case, chosen)
            distance = differing(chosen, forms[form].profile)
            ranks = [letters[choice].index(option) for choice, option in chosen.items()]
            key = (-score(case, chosen), distance, sum(ranks), ranks)
            ranked.append((key, form, distance, chosen))
    ranked.sort(key=lambda one: one[0])
    found: list[tuple[str, Chosen]] = []
    for _, form, distance, chosen in ranked:
        near = 2 * distance < len(chosen) or not found
        apart = all(form != f and differing(chosen, c) >= APART for f, c in found)
        if near and apart and len(found) <= 3:
            found.append((form, chosen))
    return [chosen for _, chosen in found]


@pytest.mark.parametrize("most", [3, 40])
@examples(60)
@given(randoms)
def test_the_best_is_that_of_trying_them_all(most: int, random: Random) -> None:
    """The best configuration, its score and every runner-up are those of going through all."""
    case = question(random, refusing=0.3 / most, most=most)
    found, expected = design(case.knowledge, case.region), best_first(case)
    assert [dict(one.choices) for one in everything(found)] == expected
    for one in everything(found):
        assert (one.fit.score or 0) == score(case, dict(one.choices))
        assert one.nearest_form == nearest(case, dict(one.choices))


def everything(found: Design) -> list[Configuration]:
    """The best configuration and the runners-up."""
    return [one for one in (found.best, *found.runners_up) if one is not None]


@examples(60)
@given(randoms)
def test_configurations_are_counted_one_by_one(random: Random) -> None:
    """The number of configurations that can exist is exact, and so is what nobody refuses."""
    case = question(random)
    found = design(case.knowledge, case.region)
    everyone = list(every_configuration(case.knowledge))
    exist = [one for one in everyone if breaks_no_link(case.knowledge, one)]
    assert found.configurations == len(everyone)
    assert found.compatible == len(exist)
    assert found.possible == sum(not refused(case, one) for one in exist)


@pytest.mark.parametrize("seed", range(RANDOM_CASES))
def test_another_solver_finds_no_better_one(seed: int) -> None:
    """OR-Tools CP-SAT, which reckons in whole numbers only, reaches the same score."""
    reason = "ortools, of the extra test, is not installed"
    cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason=reason)
    random = Random(seed)  # noqa: S311 - examples, no secrets
    knowledge = knowledge_with(CASE, choices_at_random(random, random.randint(4, 9), 5), random)
    wishes = [wishes_at_random(random, knowledge, 0.02) for _ in range(random.randint(1, 40))]
    case = Case(knowledge, region_with(CASE, wishes))
    model = cp_model.CpModel()
    chosen: dict[tuple[str, str], Any] = {
        (choice, option): model.new_bool_var(f"{choice} {option}")
        for choice, one in knowledge.choices.items()
        for option in one.options
    }
    for choice, one in knowledge.choices.items():
        model.add_exactly_one(chosen[choice, option] for option in one.options)
        for letter, option in one.options.items():
            for other, link in option.needs.items():
                wanted = [chosen[other, o] for o in link.options if (other, o) in chosen]
                model.add_bool_or(wanted).only_enforce_if(chosen[choice, letter])
            for other, link in option.excludes.items():
                for unwanted in link.options:
                    model.add_bool_or(~chosen[choice, letter], ~chosen[other, unwanted])
    halves, spoken = [], 0
    for _, own in partners(case):
        for choice in knowledge.choices:
            no = own.refuses.get(choice, ())
            model.add(sum(chosen[choice, option] for option in no) == 0)
            named: dict[str, int] = dict.fromkeys(own.accepts.get(choice, ()), 1)
            named |= dict.fromkeys(own.wants.get(choice, ()), 2)
            named = {option: value for option, value in named.items() if option not in no}
            halves += [value * chosen[choice, option] for option, value in named.items()]
            spoken += 2 * bool(named)
    model.maximize(sum(halves))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    found = design(case.knowledge, case.region)
    if found.best is None:
        assert status == cp_model.INFEASIBLE
    else:
        assert status == cp_model.OPTIMAL
        assert (found.best.fit.score or 0) * spoken == round(solver.objective_value)


# --- laws ----------------------------------------------------------------------------------------


def optimum(case: Case) -> Fraction | None:
    """The score of the best configuration; None when there is none."""
    best = design(case.knowledge, case.region).best
    return None if best is None else best.fit.score or Fraction()


def with_wish(case: Case, random: Random, kind: str, choice: str, option: str) -> Case:
    """The same question with one wish more, of a municipality at random."""
    region = case.region
    name = random.choice(list(region.municipalities))
    own = region.municipalities[name]
    named = getattr(own.wishes, kind)
    more = {**named, choice: (*named.get(choice, ()), option)}
    wishes = own.wishes.model_copy(update={kind: more})
    members = {**region.municipalities, name: own.model_copy(update={"wishes": wishes})}
    return Case(case.knowledge, region.model_copy(update={"municipalities": members}))


@examples(40)
@given(randoms)
def test_another_refusal_never_raises_the_score(random: Random) -> None:
    """Who refuses one thing more leaves less to choose from."""
    case = question(random)
    choice = random.choice(list(case.knowledge.choices))
    speakers = {
        (name, option)
        for name, one in case.knowledge.choices.items()
        for option in one.options
        if not any(option in (*w.wants.get(name, ()), *w.accepts.get(name, ()))
                   for _, w in partners(case))
    }  # fmt: skip
    options = sorted(option for name, option in speakers if name == choice)
    if options:  # an option that somebody also wants would be a wish less
        before = optimum(case)
        after = optimum(with_wish(case, random, "refuses", choice, random.choice(options)))
        assert after is None or (before is not None and after <= before)


@examples(40)
@given(randoms)
def test_a_wish_that_the_best_one_meets_never_lowers_the_score(random: Random) -> None:
    """Who wants what there already is, is served as well."""
    case = question(random)
    found = design(case.knowledge, case.region).best
    if found is not None:
        choice = random.choice(list(found.choices))
        more = with_wish(case, random, "wants", choice, found.choices[choice])
        after = optimum(more)
        assert after is not None
        assert after >= (found.fit.score or 0)


@examples(40)
@given(randoms)
def test_other_names_in_another_order_change_nothing(random: Random) -> None:
    """The outcome follows from what partners want, not from who they are or who comes first."""
    case = question(random)
    members = list(case.region.municipalities.values())
    random.shuffle(members)
    renamed = {f"stad-{number}": one for number, one in enumerate(members)}
    region = case.region.model_copy(update={"municipalities": renamed})
    before, after = (design(case.knowledge, one) for one in (case.region, region))
    assert [one.choices for one in everything(before)] == [one.choices for one in everything(after)]
    assert [one.fit.score for one in everything(before)] == [
        one.fit.score for one in everything(after)
    ]


@examples(60)
@given(randoms)
def test_of_a_conflict_nothing_can_be_left_out(random: Random) -> None:
    """The statements leave nothing; without any one of them something is possible."""
    case = question(random, refusing=0.8)
    found = design(case.knowledge, case.region)
    assert bool(found.conflict) == (found.best is None) == (found.possible == 0)
    if found.conflict:
        assert not possible_under(case.knowledge, found.conflict)
    for left_out in found.conflict:
        rest = [one for one in found.conflict if one is not left_out]
        assert possible_under(case.knowledge, rest)


def possible_under(knowledge: Knowledge, statements: Sequence[Refusal | Link]) -> bool:
    """Whether some configuration agrees with all statements."""

    def agrees(chosen: Chosen, one: Refusal | Link) -> bool:
        if chosen[one.choice] != one.option:
            return True
        if isinstance(one, Refusal):
            return False
        return (chosen[one.other] in one.options) == (one.kind == "needs")

    return any(
        all(agrees(chosen, one) for one in statements) for chosen in every_configuration(knowledge)
    )


# --- the region of the publication ---------------------------------------------------------------


def test_there_are_more_than_ninety_million_configurations(drechtsteden: Case) -> None:
    """Nine choices of five options, two of four and one of three; most cannot exist."""
    found = design(drechtsteden.knowledge, drechtsteden.region)
    sizes = [len(choice.options) for choice in drechtsteden.knowledge.choices.values()]
    assert found.configurations == prod(sizes) == 5**9 * 4**2 * 3 == 93_750_000
    assert 0 < found.possible <= found.compatible < found.configurations


def test_the_drechtsteden_want_form_4(drechtsteden: Case) -> None:
    """By their wishes the fourth form is the best, as the publication says in chapter 6."""
    found = design(drechtsteden.knowledge, drechtsteden.region)
    assert found.best is not None
    assert found.best.nearest_form == "4"
    assert found.best.choices == drechtsteden.knowledge.forms["4"].profile
    # Place: two want D, three accept it, one wants something else. Channels: one wants D.
    assert found.best.fit.score == Fraction(2 * 2 + 3 * 1 + 0 + 2, 2 * 7)
    assert found.runners_up[0].nearest_form == "3a"


def test_no_profile_breaks_what_its_own_options_ask(drechtsteden: Case) -> None:
    """Every form of the publication is a configuration that can exist."""
    found = design(drechtsteden.knowledge, drechtsteden.region)
    assert {form: one.broken for form, one in found.forms.items()} == dict.fromkeys(
        drechtsteden.knowledge.forms, ()
    )
    assert all(one.possible for one in found.forms.values())


def test_a_profile_that_breaks_a_link_is_reported(drechtsteden: Case) -> None:
    """A form of which the options do not go together is a fault in the knowledge."""
    forms = drechtsteden.knowledge.forms
    wrong = forms["3a"].model_copy(update={"profile": {**forms["3a"].profile, "inzet": "A"}})
    knowledge = drechtsteden.knowledge.model_copy(update={"forms": {**forms, "3a": wrong}})
    found = design(knowledge, drechtsteden.region).forms["3a"]
    assert [(one.choice, one.option, one.other) for one in found.broken] == [
        ("sturing", "D", "inzet")
    ]
    assert not found.possible


def test_what_a_form_differs_in_is_listed(drechtsteden: Case) -> None:
    """Between the fourth and the fifth form lie the products and the channels."""
    found = design(drechtsteden.knowledge, drechtsteden.region).forms["5"].differences
    assert [(one.choice, one.here, one.there) for one in found] == [
        ("producten", "C", "E"),
        ("kanalen", "D", "E"),
    ]


def test_without_any_wish_the_least_far_reaching_form_comes_out(drechtsteden: Case) -> None:
    """Where nobody asks for anything there is no score, and nothing has to change."""
    silent = region_with(drechtsteden, [{}, {}])
    found = design(drechtsteden.knowledge, silent).best
    assert found is not None
    assert found.fit.score is None
    assert found.nearest_form == drechtsteden.knowledge.baseline
    assert found.choices == drechtsteden.knowledge.forms[found.nearest_form].profile


def test_one_refusal_outweighs_all_wishes(drechtsteden: Case) -> None:
    """What one small municipality refuses cannot be imposed by five others."""
    wants = {"wants": {"plaats-van-afhandeling": ["D"]}}
    refuses = {"refuses": {"plaats-van-afhandeling": ["D"]}}
    found = design(drechtsteden.knowledge, region_with(drechtsteden, [wants] * 5 + [refuses]))
    assert found.best is not None
    assert found.best.choices["plaats-van-afhandeling"] != "D"
    assert found.best.fit.score == 0
    assert [one.option for one in found.forms["3a"].refused] == ["D"]


@pytest.mark.parametrize("seed", range(3))
def test_hundreds_of_municipalities_are_counted_exactly(drechtsteden: Case, seed: int) -> None:
    """One vote out of hundreds decides, as it should."""
    random = Random(seed)  # noqa: S311 - examples, no secrets
    wants = [{"wants": {"kanalen": [option]}} for option in "BC" for _ in range(300)]
    odd = random.choice("BC")
    wishes = [*wants, {"wants": {"kanalen": [odd]}}]
    random.shuffle(wishes)
    found = design(drechtsteden.knowledge, region_with(drechtsteden, wishes)).best
    assert found is not None
    assert found.choices["kanalen"] == odd
