"""Which forms may still turn out best, what would decide, and that nothing is advised before."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.load import Case, load_region
from decision.model.facts import OwnKengetal
from decision.model.values import Source
from decision.scores.additive import Contribution, FormScore, Scores, scores
from tests.scores.test_additive import regraded
from tests.searching import examples

if TYPE_CHECKING:
    from random import Random

    from decision.eligibility.evaluation import Truth

MARGIN = 0.005


def form_of(name: str, reach: Truth, parts: tuple[Contribution, ...]) -> FormScore:
    """A form with these parts; the rank is no part of what is tried here."""
    score = fsum(one.contribution for one in parts)
    return FormScore(name, reach, score, 1 if reach == "yes" else None, parts)


def scores_of(**forms: tuple[Truth, float, float]) -> Scores:
    """Scores of forms with one criterion each: reach, and from how much to how much it is worth."""
    found = {}
    for name, (reach, low, high) in forms.items():
        raw = 3.0 if low == high else None
        part = Contribution("criterion", "group", raw, (low + high) / 2, low, high, 1.0)
        found[name] = form_of(name, reach, (part,))
    return Scores({"group": 1.0}, found, MARGIN)


@st.composite
def rankings(draw: st.DrawFn) -> Scores:
    """Two to five forms on three criteria, with some grades unknown and some forms uncertain."""
    worth = st.integers(0, 8).map(lambda eighths: eighths / 8)
    found = {}
    for number in range(draw(st.integers(2, 5))):
        parts = []
        for criterion, weight in (("a", 0.5), ("b", 0.3), ("c", 0.2)):
            value = draw(worth)
            unknown = draw(st.sampled_from((False, False, True)))
            ends = (0.5, 0.0, 1.0) if unknown else (value, value, value)
            parts.append(Contribution(criterion, "g", None if unknown else 3.0, *ends, weight))
        reach: Truth = draw(st.sampled_from(("yes", "unknown", "no")))
        found[f"f{number}"] = form_of(f"f{number}", reach, tuple(parts))
    return Scores({"g": 1.0}, found, MARGIN)


def answered(found: Scores, form: str, criterion: str, value: float) -> Scores:
    """The same with one grade known."""
    own = found.forms[form]
    parts = tuple(
        replace(one, raw=3.0, value=value, low=value, high=value)
        if one.criterion == criterion
        else one
        for one in own.contributions
    )
    return replace(found, forms={**found.forms, form: form_of(form, own.reach, parts)})


@given(rankings())
@examples(200)
def test_where_the_region_can_start_with_a_form_some_form_may_be_best(found: Scores) -> None:
    """There is always something to look into, and what is advised is the only one left."""
    reach = {form: one.reach for form, one in found.forms.items()}
    assert bool(found.candidates) == any(one != "no" for one in reach.values())
    assert all(reach[form] != "no" for form in found.candidates)
    assert found.leading in (*found.candidates, None)
    if found.best is None:
        assert (found.undecided_by is None) == (not found.candidates)
    else:
        assert (found.candidates, reach[found.best]) == ((found.best,), "yes")
        assert found.undecided_by is None


@given(rankings())
@examples(200)
def test_who_is_surely_beaten_is_no_candidate(found: Scores) -> None:
    """Who scores at best less than another one at worst, by more than says too little, is out."""
    for form, one in found.forms.items():
        beaten = any(
            other.reach == "yes" and other.low - one.high > MARGIN + 1e-9
            for other in found.forms.values()
        )
        assert (form in found.candidates) == (one.reach != "no" and not beaten)


@given(rankings(), st.data())
@examples(200)
def test_an_answer_gives_what_was_held_possible(found: Scores, data: st.DataObject) -> None:
    """A grade that becomes known gives a score within the range, and a winner that was named."""
    open_ones = [
        (form, part.criterion)
        for form, one in found.forms.items()
        for part in one.contributions
        if part.raw is None
    ]
    if not open_ones:
        return
    form, criterion = data.draw(st.sampled_from(open_ones))
    after = answered(found, form, criterion, data.draw(st.sampled_from((0.0, 0.25, 0.5, 1.0))))
    before = found.forms[form]
    assert before.low - 1e-12 <= after.forms[form].low <= after.forms[form].high
    assert after.forms[form].high <= before.high + 1e-12
    assert {*after.candidates} <= {*found.candidates}


@given(rankings(), st.data())
@examples(200)
def test_whether_a_form_can_be_reached_brings_in_no_other(
    found: Scores, data: st.DataObject
) -> None:
    """When it becomes known whether the region can start with a form, no new form may be best."""
    form = data.draw(st.sampled_from(sorted(found.forms)))
    if found.forms[form].reach != "unknown":
        return
    reach: Truth = data.draw(st.sampled_from(("yes", "no")))
    after = replace(found, forms={**found.forms, form: replace(found.forms[form], reach=reach)})
    assert {*after.candidates} <= {*found.candidates}


@given(rankings(), st.randoms(use_true_random=False))
@examples(100)
def test_the_order_of_the_forms_decides_nothing_but_the_order_of_equals(
    found: Scores, random: Random
) -> None:
    """Whoever writes the forms in another order gets the same candidates, the best score first."""
    order = list(found.forms)
    random.shuffle(order)
    other = replace(found, forms={form: found.forms[form] for form in order})
    assert sorted(other.candidates) == sorted(found.candidates)
    assert other.best == found.best
    marks = [found.forms[form].score for form in other.candidates]
    assert marks == [found.forms[form].score for form in found.candidates]
    assert marks == sorted(marks, reverse=True)


def test_what_decides_is_told() -> None:
    """An open fact, an unknown grade, or a choice of weights: each where it decides."""
    told = scores_of(a=("yes", 0.6, 0.6), b=("unknown", 0.9, 0.9), c=("yes", 0.1, 0.1)).undecided_by
    assert told is not None
    assert (told.reach, told.grades, told.weights) == (("b",), (), False)
    told = scores_of(a=("yes", 0.6, 0.6), b=("yes", 0.2, 0.9)).undecided_by
    assert told is not None
    assert (told.reach, told.grades, told.weights) == ((), (("b", "criterion"),), False)
    told = scores_of(a=("yes", 0.6, 0.6), b=("yes", 0.597, 0.597)).undecided_by
    assert told is not None
    assert (told.reach, told.grades, told.weights, told.alike) == ((), (), True, ())
    told = scores_of(a=("yes", 0.6, 0.6), b=("yes", 0.6, 0.6)).undecided_by
    assert told is not None
    assert (told.weights, told.alike) == (False, ("a", "b"))  # no weights tell them apart
    assert scores_of(a=("yes", 0.6, 0.6), b=("yes", 0.59, 0.59)).best == "a"


def test_a_form_that_may_be_reached_is_looked_into_and_not_advised() -> None:
    """As long as it is open whether any form can be started with, none is advised."""
    found = scores_of(a=("unknown", 0.6, 0.6), b=("no", 0.9, 0.9))
    assert (found.candidates, found.leading, found.best) == (("a",), "a", None)


@given(st.sampled_from(("klanttevredenheid", "tempo", "lerende-organisatie")), st.data())
@examples(20)
def test_an_unknown_grade_of_the_drechtsteden_is_answered_within_its_range(
    drechtsteden: Case, advice: Advice, name: str, data: st.DataObject
) -> None:
    """Whatever the grade turns out to be, the score and the winner were held possible."""
    form = data.draw(st.sampled_from(("1", "2", "3a")))

    def graded(grade: int | str) -> Scores:
        known = regraded(drechtsteden.knowledge, name, form, grade)
        return scores(known, drechtsteden.region, advice.eligibility, advice.costs)

    before, after = graded("unknown"), graded(data.draw(st.integers(1, 5)))
    assert before.forms[form].low - 1e-12 <= after.forms[form].score
    assert after.forms[form].score <= before.forms[form].high + 1e-12
    assert after.best is None or after.best in before.candidates


def with_moves(one: FormScore) -> float:
    """The score of a form if the contacts move as is assumed."""
    return sum(part.weight * part.high for part in one.contributions)


def test_the_drechtsteden_have_one_candidate(advice: Advice) -> None:
    """Form 4 scores more by an assumption only, and known facts exclude it."""
    assert advice.candidates == ("3a",)
    ranked = advice.scores.forms
    assert ranked["4"].score < ranked["3a"].score < with_moves(ranked["4"])
    assert ranked["4"].score == ranked["4"].high == ranked["4"].low


def test_half_a_point_of_a_hundred_says_too_little(advice: Advice) -> None:
    """The kengetal is in points, and a score of one is a hundred of these."""
    assert advice.scores.margin == 0.005


@pytest.mark.parametrize("each_year", [0.0, 0.02, 0.05, 1.0])
def test_no_form_leads_by_an_assumed_move(advice: Advice, each_year: float) -> None:
    """However many contacts somebody assumes to move, the score and its range stay."""
    changes = [f"kengetallen.desk_to_digital.value={each_year}"]
    own = load_region("drechtsteden.yaml", changes=changes)
    after = decide(own).scores
    for form, one in after.forms.items():
        assert one.score == pytest.approx(advice.scores.forms[form].score)
        assert one.certain
        assert (with_moves(one) > one.score) == (form in {"4", "5"} and each_year > 0)


def test_a_move_that_a_source_states_counts_in_full(drechtsteden: Case, advice: Advice) -> None:
    """What somebody has measured is no assumption: the score is one number."""
    source = Source(document="decide-2026", place="gemeten")
    own = {"desk_to_digital": OwnKengetal(value=0.02, source=source)}
    region = drechtsteden.region.model_copy(update={"kengetallen": own})
    found = decide(Case(drechtsteden.knowledge, region)).scores.forms["4"]
    assert found.certain
    assert found.score == pytest.approx(with_moves(advice.scores.forms["4"]))
