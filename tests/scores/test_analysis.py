"""How often each form wins over all weights and values: worked cases, laws, another program."""

from __future__ import annotations

import json
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import dblquad  # type: ignore[import-untyped,unused-ignore]
from scipy.stats import beta, rankdata  # type: ignore[import-untyped,unused-ignore]

from decision.advice.advice import Advice
from decision.costs.uncertainty import uncertainty
from decision.load import Case
from decision.model.facts import OwnKengetal
from decision.model.weights import Weights
from decision.scores.cost_draws import cost_shares
from decision.scores.matrix import matrix_of
from decision.scores.smaa import SEED, Smaa, smaa, standings
from decision.scores.values import values_drawn
from decision.scores.weights import weights_drawn
from tests.ranking import of_grades, of_values, shuffled
from tests.searching import examples

if TYPE_CHECKING:
    from decision.scores.matrix import Matrix

SAMPLES = 20_000
NEAR = 4 * 0.5 / sqrt(SAMPLES)
"""Four standard errors at most: a right figure hardly ever lies further off."""


def first(found: Smaa) -> dict[str, float]:
    """The share of the draws in which each form wins."""
    return {form: one.ranks[0] for form, one in found.forms.items()}


# --- cases of which the outcome can be worked out


def test_mirrored_forms_win_half_of_the_time() -> None:
    """What one form has on the first criterion, the other has on the second."""
    for matrix in (
        of_values({"a": (1.0, 0.0), "b": (0.0, 1.0)}),
        of_grades({"a": (5, 1), "b": (1, 5)}),
        of_grades({"a": (4, 2), "b": (2, 4)}),
        of_grades({"a": (3, None), "b": (None, 3)}),
    ):
        found = smaa(matrix, samples=SAMPLES)
        assert first(found)["a"] == pytest.approx(0.5, abs=NEAR)
        assert found.pairwise["a"]["b"] == pytest.approx(0.5, abs=NEAR)


def test_a_form_that_is_better_on_everything_always_wins() -> None:
    """Dominance does not depend on weights, and who never wins has no central weights."""
    found = smaa(of_values({"a": (0.9, 0.8), "b": (0.5, 0.7), "c": (0.1, 0.1)}), samples=100)
    assert {form: one.ranks for form, one in found.forms.items()} == {
        "a": (1, 0, 0),
        "b": (0, 1, 0),
        "c": (0, 0, 1),
    }
    assert found.forms["b"].central_weights is None
    assert found.forms["b"].confidence is None
    assert found.forms["a"].confidence == 1


def test_with_two_criteria_the_share_follows_from_where_two_forms_tie() -> None:
    """The weight of the first is uniform: a wins where it exceeds a third, on average at two."""
    found = smaa(of_values({"a": (1.0, 0.0), "b": (0.0, 0.5)}), samples=SAMPLES)
    assert first(found)["a"] == pytest.approx(2 / 3, abs=NEAR)
    central = found.forms["a"].central_weights
    assert central == pytest.approx({"c0": 2 / 3, "c1": 1 / 3}, abs=0.01)


def test_two_wins_tell_how_sure_the_mean_of_their_weights_is() -> None:
    """Half of what they lie apart; one win says nothing of how far another would lie from it."""
    matrix = of_values({"a": (1.0, 1.0), "b": (0.0, 0.0)})
    assert smaa(matrix, samples=1).forms["a"].central_errors is None
    drawn = weights_drawn(matrix.groups, None, SEED)(2)
    half = dict(zip(matrix.groups, np.abs(np.diff(drawn))[:, 0] / 2, strict=True))
    assert smaa(matrix, samples=2).forms["a"].central_errors == pytest.approx(half)


def test_the_error_of_a_central_weight_is_the_spread_of_its_draws() -> None:
    """A form that always wins has every weight: uniform, with a spread of the root of a twelfth."""
    found = smaa(of_values({"a": (1.0, 1.0), "b": (0.0, 0.0)}), samples=SAMPLES)
    errors = found.forms["a"].central_errors
    assert errors == pytest.approx(dict.fromkeys(("c0", "c1"), sqrt(1 / 12 / SAMPLES)), rel=0.03)


def test_a_better_grade_is_worth_no_less_in_any_draw() -> None:
    """What the grades are worth goes up from nothing to everything, and is uniform between."""
    grades: dict[str, list[int | None]] = {str(grade): [grade] for grade in range(1, 6)}
    worth = values_drawn(of_grades(grades), 7)(2_000)[:, 0]
    assert (np.diff(worth, axis=0) >= 0).all()
    assert ((worth[0] == 0) & (worth[-1] == 1)).all()
    assert worth.mean(axis=1) == pytest.approx([0, 0.25, 0.5, 0.75, 1], abs=0.02)


def test_three_specialists_and_a_compromise_share_the_simplex_in_four() -> None:
    """A form that is worth a half on all wins where no weight exceeds a half: 1 - 3 ÷ 4."""
    values = {"a": (1, 0, 0), "b": (0, 1, 0), "c": (0, 0, 1), "d": (0.5, 0.5, 0.5)}
    found = smaa(of_values(values), samples=SAMPLES)
    assert first(found) == pytest.approx(dict.fromkeys("abcd", 0.25), abs=NEAR)
    centre = dict.fromkeys(("c0", "c1", "c2"), 1 / 3)
    assert found.forms["d"].central_weights == pytest.approx(centre, abs=0.01)
    corner = {"c0": 2 / 3, "c1": 1 / 6, "c2": 1 / 6}
    assert found.forms["a"].central_weights == pytest.approx(corner, abs=0.01)


def test_a_specialist_has_the_rank_order_centroid_as_central_weights() -> None:
    """Of three specialists one wins where its weight is the largest, whose mean is 11 ÷ 18."""
    found = smaa(of_values({"a": (1, 0, 0), "b": (0, 1, 0), "c": (0, 0, 1)}), samples=SAMPLES)
    one = found.forms["a"]
    expected = {"c0": 11 / 18, "c1": 7 / 36, "c2": 7 / 36}
    assert one.central_weights == pytest.approx(expected, abs=0.01)
    assert one.central_errors is not None
    for name, error in one.central_errors.items():
        assert one.central_weights is not None
        assert abs(one.central_weights[name] - expected[name]) < 4 * error


def test_grades_of_one_criterion_keep_their_order_and_nothing_more() -> None:
    """On one criterion the better grade always wins, whatever it is worth."""
    found = smaa(of_grades({"a": (2,), "b": (4,), "c": (3,)}), samples=50)
    assert first(found) == {"a": 0, "b": 1, "c": 0}


def test_ordinal_grades_against_the_integral() -> None:
    """Grade 3 is worth Beta(2, 2) and grade 2 Beta(1, 3): the middle and lowest of three uniforms.

    Form a has 3 and 1, form b has 1 and 2. At values x and y form a wins under a share x ÷ (x + y)
    of the weights.
    """
    expected, _ = dblquad(
        lambda y, x: x / (x + y) * beta.pdf(x, 2, 2) * beta.pdf(y, 1, 3), 0, 1, 0, 1
    )
    found = smaa(of_grades({"a": (3, 1), "b": (1, 2)}), samples=SAMPLES)
    assert first(found)["a"] == pytest.approx(expected, abs=NEAR)


@pytest.mark.parametrize(("grade", "share"), [(1, 1.0), (2, 0.75), (3, 0.5), (4, 0.25), (5, 0.0)])
def test_an_unknown_grade_can_be_anything(grade: int, share: float) -> None:
    """It exceeds the second of five levels three times in four: it is never filled in."""
    matrix = of_grades({"a": (None,), "b": (grade,)})
    assert first(smaa(matrix, samples=SAMPLES))["a"] == pytest.approx(share, abs=NEAR)


def test_costs_come_in_their_own_draws() -> None:
    """A form whose cost is better in three draws of four wins three in four."""
    costs = np.array([[0.5, 0.4], [0.5, 0.6], [0.5, 0.7], [0.5, 0.8]])
    matrix = of_grades({"a": (1,), "b": (1,)}, {"c0": costs})
    found = smaa(matrix, samples=4)
    assert first(found) == {"a": 0.25, "b": 0.75}
    assert found.forms["b"].confidence == 0.75
    with pytest.raises(ValueError, match="at most 4"):
        smaa(matrix, samples=5)


def test_the_confidence_of_a_form_is_that_under_its_central_weights() -> None:
    """On one criterion there is one weighting, and the confidence is the acceptability."""
    found = smaa(of_grades({"a": (None,), "b": (4,)}), samples=SAMPLES)
    for one in found.forms.values():
        assert one.confidence == one.ranks[0]
        assert one.confidence_error == pytest.approx(one.errors[0])


def test_forms_that_are_the_same_share_their_places() -> None:
    """No form wins for standing first in the file."""
    found = smaa(of_values({"a": (0.2, 0.2), "b": (1, 0.4), "c": (1, 0.4)}), samples=50)
    for form, twin in (("b", "c"), ("c", "b")):
        assert found.forms[form].ranks == pytest.approx((0.5, 0.5, 0))
        assert found.forms[form].confidence == pytest.approx(0.5)
        assert found.pairwise[form] == {"a": 1, twin: 0.5}


def test_weights_in_a_stated_order_leave_the_others_out() -> None:
    """Who finds the first criterion heaviest never chooses the form that is best on the second."""
    matrix = of_values({"a": (1.0, 0.0), "b": (0.0, 1.0)})
    found = smaa(matrix, Weights.model_validate({"order": ["c0", "c1"]}), samples=200)
    assert found.drawn == "order"
    assert first(found) == {"a": 1, "b": 0}
    bounds = {"points": {"c0": 0.5, "c1": 0.5}, "bounds": {"c0": [0.4, 0.8]}}
    within = smaa(matrix, Weights.model_validate(bounds), samples=SAMPLES)
    assert within.drawn == "bounds"
    assert first(within)["a"] == pytest.approx(0.75, abs=NEAR)


def test_the_standard_error_is_how_far_other_seeds_lie_apart() -> None:
    """Over forty seeds the shares spread as the stated error says."""
    matrix = of_grades({"a": (3, 1), "b": (1, 2)})
    runs = [smaa(matrix, samples=500, seed=seed).forms["a"] for seed in range(40)]
    spread = np.std([run.ranks[0] for run in runs])
    assert spread == pytest.approx(runs[0].errors[0], rel=0.35)


def test_there_is_something_to_draw() -> None:
    """Without draws there is nothing to say."""
    with pytest.raises(ValueError, match="at least 1"):
        smaa(of_values({"a": (1.0,)}), samples=0)


# --- laws

grades = st.one_of(st.none(), st.integers(1, 5))


@st.composite
def problems(draw: st.DrawFn) -> Matrix:
    """Two to five forms on one to four criteria, of which some grades are unknown."""
    forms, criteria = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    row = st.lists(grades, min_size=criteria, max_size=criteria)
    return of_grades({f"f{number}": draw(row) for number in range(forms)})


@examples(40)
@given(problems())
def test_every_rank_is_given_once_and_every_form_has_one(matrix: Matrix) -> None:
    """Acceptabilities add up to 1 over the ranks of a form and over the forms of a rank."""
    found = smaa(matrix, samples=60)
    rows = np.array([one.ranks for one in found.forms.values()])
    assert rows.sum(axis=0) == pytest.approx(1)
    assert rows.sum(axis=1) == pytest.approx(1)
    for form, others in found.pairwise.items():
        for other, share in others.items():
            assert share + found.pairwise[other][form] == pytest.approx(1)
    for one in found.forms.values():
        if one.central_weights is not None:
            assert sum(one.central_weights.values()) == pytest.approx(1)


@examples(40)
@given(matrix=problems(), data=st.data())
def test_another_order_of_forms_and_criteria_changes_nothing(
    matrix: Matrix, data: st.DataObject
) -> None:
    """Shuffle the files, and every form keeps its shares."""
    forms = data.draw(st.permutations(range(len(matrix.forms))))
    criteria = data.draw(st.permutations(range(len(matrix.criteria))))
    before, after = (smaa(one, samples=60) for one in (matrix, shuffled(matrix, forms, criteria)))
    assert list(after.forms) == [matrix.forms[at] for at in forms]
    for form, one in before.forms.items():
        assert after.forms[form].ranks == pytest.approx(one.ranks)
        assert after.pairwise[form] == pytest.approx(before.pairwise[form])
        if one.central_weights is not None:
            assert after.forms[form].central_weights == pytest.approx(one.central_weights)


@given(problems())
def test_the_same_seed_gives_the_same_figures(matrix: Matrix) -> None:
    """Who repeats the run finds the same; and draws in parts are the draws at once."""
    assert smaa(matrix, samples=30) == smaa(matrix, samples=30)


@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=6))
def test_standings_are_the_ranks_of_the_scores(rows: list[list[int]]) -> None:
    """Who has how many above it and beside it: the lowest and highest rank that scipy gives."""
    totals = np.array(rows, dtype=np.float64)
    higher, equal, _ = standings(totals)
    assert (higher + 1 == rankdata(-totals, "min", axis=0)).all()
    assert (higher + equal + 1 == rankdata(-totals, "max", axis=0)).all()


# --- another program


ORACLE = json.loads((Path(__file__).parent.parent / "data" / "pysensmcda.json").read_text("utf-8"))


@pytest.mark.parametrize("case", ORACLE["cases"], ids=lambda case: f"{len(case['values'])} forms")
def test_another_program_finds_the_same(case: dict[str, Any]) -> None:
    """Pysensmcda's smaa2 and exact weight bounds, kept by tests/data/make_pysensmcda.py."""
    values = {str(number): row for number, row in enumerate(case["values"])}
    found = smaa(of_values(values), samples=SAMPLES)
    bounds = zip(case["weight_low"], case["weight_high"], strict=True)
    theirs = zip(case["rank_acceptability"], case["central_weights"], bounds, strict=True)
    for one, (ranks, central, (low, high)) in zip(found.forms.values(), theirs, strict=True):
        assert one.ranks == pytest.approx(ranks, abs=1.5 * NEAR)
        if one.central_weights is None or one.central_errors is None or ranks[0] < 0.001:
            assert ranks[0] < NEAR
            continue
        mine = zip(one.central_weights.values(), one.central_errors.values(), strict=True)
        for (weight, error), other, least, most in zip(mine, central, low, high, strict=True):
            assert least <= weight <= most
            assert abs(weight - other) < 5 * error + 0.002


# --- the region


def test_the_draws_of_costs_are_those_of_the_uncertainty(
    drechtsteden: Case, advice: Advice
) -> None:
    """In the same draws of kengetallen the median cost of each form against form 0 is the same."""
    found = cost_shares(
        drechtsteden.knowledge, drechtsteden.region, advice.costs, draws=300, seed=7
    )
    unsure = uncertainty(drechtsteden.knowledge, drechtsteden.region, draws=300, seed=7)
    year = max(drechtsteden.region.costs.years)
    for at, form in enumerate(advice.costs.forms):
        spread = unsure.forms[form].years[year].total
        base = found["investment"][:, at] / max(advice.costs.forms[form].investment, 1e-9)
        if advice.costs.forms[form].investment and form not in advice.costs.unmoved:
            amounts = found["yearly_cost"][:, at] / base
            assert np.median(amounts) == pytest.approx(spread.p50)
    zero = list(advice.costs.forms).index(drechtsteden.knowledge.baseline)
    assert found["cost_per_call"][:, zero] == pytest.approx(1)
    assert found["write_off"][:, zero] == pytest.approx(0)


def test_fixed_kengetallen_give_the_costs_of_the_advice(drechtsteden: Case, advice: Advice) -> None:
    """Where no kengetal can differ, every draw is what the score already uses."""
    fixed = {
        name: one.model_copy(update={"range": (one.value, one.value)})
        for name, one in drechtsteden.knowledge.kengetallen.items()
    }
    knowledge = drechtsteden.knowledge.model_copy(update={"kengetallen": fixed})
    own = cost_shares(knowledge, drechtsteden.region, advice.costs, draws=3, seed=1)
    matrix = matrix_of(knowledge, drechtsteden.region, advice.scores, own)
    for name, values in matrix.drawn.items():
        column = matrix.values[:, matrix.criteria.index(name)]
        assert values == pytest.approx(np.tile(column, (3, 1)))


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_no_chance_hangs_on_an_assumed_move(
    drechtsteden: Case, advice: Advice, share: float
) -> None:
    """However many contacts somebody assumes to move to another channel, the draws are the same."""
    own = {"desk_to_digital": OwnKengetal(value=share)}
    region = drechtsteden.region.model_copy(update={"kengetallen": own})
    found, before = (
        cost_shares(drechtsteden.knowledge, one, advice.costs, draws=20, seed=7)
        for one in (region, drechtsteden.region)
    )
    for measure, amounts in found.items():
        assert amounts == pytest.approx(before[measure])


def test_three_a_wins_under_most_weights(advice: Advice) -> None:
    """Only who hardly looks beyond the implementation prefers forms 1 or 2 (table 5.3)."""
    assert advice.rank_acceptability["3a"][0] > 0.8
    assert set(advice.rank_acceptability) == set(advice.eligibility.eligible)


def test_without_an_eligible_form_there_is_nothing_to_rank(
    advice: Advice,
) -> None:
    """No form that can be chosen, no acceptability."""
    forms = {n: replace(one, rank=None, reach="no") for n, one in advice.scores.forms.items()}
    none = replace(advice, scores=replace(advice.scores, forms=forms))
    assert none.candidates == ()
    assert none.rank_acceptability == {}
