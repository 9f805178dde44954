"""The additive value: the laws of weights and grades, and the published preference."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from decision.advice.advice import Advice
from decision.costs.result import costs
from decision.load import Case
from decision.model.criteria import Criterion, Knee, ValueFunction
from decision.model.knowledge import Knowledge
from decision.model.weights import Weights
from decision.scores.additive import Scores, scores, worth
from decision.scores.matrix import matrix_of
from tests.drechtsteden import figures


def rescored(
    case: Case, advice: Advice, weights: dict[str, float], knowledge: Knowledge | None = None
) -> Scores:
    """The scores of the same region under other weights or other grades."""
    used = knowledge or case.knowledge
    return scores(used, case.region, advice.eligibility, advice.costs, weights)


def regraded(knowledge: Knowledge, name: str, form: str, grade: int | str) -> Knowledge:
    """The knowledge with another grade for one form on one criterion."""
    criterion = knowledge.criteria[name]
    grades = dict(criterion.grades or {})
    grades[form] = grades[form].model_copy(update={"grade": grade})
    return changed(knowledge, name, {"grades": grades})


def changed(knowledge: Knowledge, name: str, update: dict[str, object]) -> Knowledge:
    """The knowledge with one criterion changed."""
    criterion = knowledge.criteria[name].model_copy(update=update)
    return knowledge.model_copy(update={"criteria": {**knowledge.criteria, name: criterion}})


def weights() -> st.SearchStrategy[dict[str, float]]:
    """Weights of the four groups that sum to 1."""
    groups = ("customer", "organisation", "implementation", "cost")
    parts = st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any)
    return parts.map(
        lambda given: dict(zip(groups, (one / sum(given) for one in given), strict=True))
    )


@given(weights())
def test_the_matrix_is_what_the_scores_are_made_of(
    drechtsteden: Case, advice: Advice, used: dict[str, float]
) -> None:
    """Each group shares its weight equally over its criteria, and only a grade is a grade."""
    found = rescored(drechtsteden, advice, used)
    matrix = matrix_of(drechtsteden.knowledge, drechtsteden.region, found)
    totals = matrix.by_group @ np.array([used[group] for group in matrix.groups])
    assert totals == pytest.approx([one.score for one in found.forms.values()])
    graded = [one.grades is not None for one in drechtsteden.knowledge.criteria.values()]
    assert (matrix.grades != 0).any(axis=0).tolist() == graded


@given(weights())
def test_the_contributions_of_a_form_add_up_to_its_score(
    drechtsteden: Case, advice: Advice, used: dict[str, float]
) -> None:
    """A reader can add the parts and finds the whole."""
    for form in rescored(drechtsteden, advice, used).forms.values():
        assert math.isclose(form.score, sum(one.contribution for one in form.contributions))
        assert math.isclose(form.score, sum(form.group(group) for group in used))
        assert -1e-12 <= form.score <= 1 + 1e-12


@given(weights())
def test_the_best_form_is_always_one_that_is_open_to_the_region(
    drechtsteden: Case, advice: Advice, used: dict[str, float]
) -> None:
    """An excluded form is shown with its score, but it is not advised and has no rank."""
    found = rescored(drechtsteden, advice, used)
    assert found.best is None or found.best in advice.eligibility.eligible
    ranked = {name for name, form in found.forms.items() if form.rank is not None}
    assert ranked == set(advice.eligibility.eligible)


@given(data=st.data(), used=weights())
def test_a_better_grade_never_makes_a_form_worse(
    drechtsteden: Case, advice: Advice, data: st.DataObject, used: dict[str, float]
) -> None:
    """Raising one grade raises the score or leaves it, and does not touch the others."""
    graded = {n: c for n, c in drechtsteden.knowledge.criteria.items() if c.grades}
    name = data.draw(st.sampled_from(sorted(graded)))
    grades = dict(graded[name].grades or {})
    form = data.draw(st.sampled_from([f for f in grades if grades[f].grade != 5]))
    knowledge = regraded(drechtsteden.knowledge, name, form, int(grades[form].grade) + 1)
    before = rescored(drechtsteden, advice, used)
    after = rescored(drechtsteden, advice, used, knowledge)
    assert after.forms[form].score >= before.forms[form].score
    assert all(
        after.forms[other].score == before.forms[other].score for other in grades if other != form
    )


def test_with_all_weight_on_the_implementation_the_lightest_form_wins(
    drechtsteden: Case, advice: Advice
) -> None:
    """Table 5.3: forms 1 and 2 are lighter to introduce than form 3."""
    only = {"customer": 0.0, "organisation": 0.0, "implementation": 1.0, "cost": 0.0}
    assert rescored(drechtsteden, advice, only).best == "1"


@pytest.mark.parametrize("group", ["customer", "organisation", "cost"])
def test_form_three_a_serves_best_on_every_other_group(
    drechtsteden: Case, advice: Advice, group: str
) -> None:
    """Tables 5.1, 5.2 and 5.6: form 3a is best for the customer, the organisation and cost."""
    only = dict.fromkeys(("customer", "organisation", "implementation", "cost"), 0.0)
    assert rescored(drechtsteden, advice, {**only, group: 1.0}).best == "3a"


def test_the_weights_of_a_region_replace_the_default_ones(
    drechtsteden: Case, advice: Advice
) -> None:
    """A region that declares weights is scored by them."""
    own = {"customer": 0.4, "organisation": 0.3, "implementation": 0.2, "cost": 0.1}
    region = drechtsteden.region.model_copy(update={"weights": Weights(points=own)})
    found = scores(drechtsteden.knowledge, region, advice.eligibility, advice.costs)
    assert found.weights == own


def test_the_cost_values_run_from_zero_to_one_between_their_anchors(
    drechtsteden: Case, advice: Advice
) -> None:
    """A measure at the best anchor is worth 1, at the worst 0, and in between on a line."""
    for form in advice.scores.forms.values():
        for one in form.contributions:
            value = drechtsteden.knowledge.criteria[one.criterion].value
            if value is None:
                continue
            assert one.raw is not None
            expected = (one.raw - value.worst) / (value.best - value.worst)
            assert one.high == pytest.approx(min(1.0, max(0.0, expected)))


@pytest.mark.parametrize(("best", "worst"), [(0.5, 1.5), (1.5, 0.5)])
def test_a_knee_bends_the_value_where_it_is_stated(best: float, worst: float) -> None:
    """Through the knee the value runs in two straight lines, whichever end is the lowest."""
    function = ValueFunction(best=best, worst=worst, knee=Knee(at=0.7, value=0.9))
    at = np.array([0.0, 0.5, 0.6, 0.7, 1.1, 1.5, 2.0])
    up = [0.0, 0.0, 0.45, 0.9, 0.95, 1.0, 1.0]
    down = [1.0, 1.0, 0.95, 0.9, 0.45, 0.0, 0.0]
    assert worth(function, at) == pytest.approx(down if best < worst else up)


def test_of_a_region_that_nobody_calls_every_cost_is_nothing(
    drechtsteden: Case, advice: Advice
) -> None:
    """A share of nothing is nothing, so that no form is worse than another by it."""
    own = {"kengetallen": figures({"calls_per_inhabitant": 0.0})}
    region = drechtsteden.region.model_copy(update=own)
    cost = costs(drechtsteden.knowledge, region)
    found = scores(drechtsteden.knowledge, region, advice.eligibility, cost).forms
    for form in found.values():
        assert {one.raw for one in form.contributions if one.group == "cost"} == {0.0}


def test_a_knee_on_the_line_changes_nothing() -> None:
    """A knee that lies on the straight line from best to worst is no knee."""
    at = np.linspace(-1, 3, 41)
    straight = ValueFunction(best=0.5, worst=1.5)
    bent = ValueFunction(best=0.5, worst=1.5, knee=Knee(at=0.75, value=0.75))
    assert worth(bent, at) == pytest.approx(worth(straight, at))


@pytest.mark.parametrize("at", [0.5, 1.5, 0.2, 2.0])
def test_a_knee_lies_between_best_and_worst(at: float) -> None:
    """Elsewhere it says nothing, or something else than the ends do."""
    with pytest.raises(ValidationError, match="knee_outside"):
        ValueFunction.model_validate({"best": 0.5, "worst": 1.5, "knee": {"at": at, "value": 0.5}})


def test_stated_levels_replace_the_equal_steps(drechtsteden: Case, advice: Advice) -> None:
    """What a grade is worth can be stated for a criterion, and a region goes first."""
    name, own = "klanttevredenheid", (0.0, 0.1, 0.2, 0.4, 1.0)
    knowledge = changed(drechtsteden.knowledge, name, {"levels": own})
    region = drechtsteden.region.model_copy(update={"levels": {name: (0.0, 0.0, 0.0, 0.5, 1.0)}})
    for used, expected in ((drechtsteden.region, own), (region, (0.0, 0.0, 0.0, 0.5, 1.0))):
        found = scores(knowledge, used, advice.eligibility, advice.costs)
        for form, grade in (knowledge.criteria[name].grades or {}).items():
            one = next(c for c in found.forms[form].contributions if c.criterion == name)
            assert one.value == expected[int(grade.grade) - 1]
    matrix = matrix_of(knowledge, drechtsteden.region, advice.scores)
    ordinal = dict(zip(matrix.criteria, matrix.ordinal, strict=True))
    assert not ordinal[name]  # what somebody states is not left to chance
    assert ordinal["tempo"]


@pytest.mark.parametrize(
    "levels", [[0, 0.5, 0.4, 0.8, 1], [0.1, 0.2, 0.3, 0.4, 1], [0, 0.2, 0.3, 0.4, 0.9]]
)
def test_levels_run_up_from_nothing_to_everything(drechtsteden: Case, levels: list[float]) -> None:
    """A better grade is never worth less, the worst nothing and the best everything."""
    plain = drechtsteden.knowledge.criteria["tempo"].model_dump(exclude_none=True)
    with pytest.raises(ValidationError, match="levels_not_rising"):
        Criterion.model_validate({**plain, "levels": levels})


def test_an_unknown_grade_is_all_that_a_grade_can_be(drechtsteden: Case, advice: Advice) -> None:
    """It counts as neither best nor worst: the score is the middle of what it can become."""
    knowledge = regraded(drechtsteden.knowledge, "tempo", "3a", "unknown")
    found = scores(knowledge, drechtsteden.region, advice.eligibility, advice.costs).forms
    one = next(c for c in found["3a"].contributions if c.criterion == "tempo")
    assert one.raw is None
    assert (one.low, one.value, one.high) == (0, 0.5, 1)
    assert found["3a"].high - found["3a"].low == pytest.approx(one.weight)
    assert found["3a"].score == pytest.approx((found["3a"].low + found["3a"].high) / 2)
    assert found["1"].low == found["1"].high == found["1"].score
    for grade in range(1, 6):
        known = regraded(drechtsteden.knowledge, "tempo", "3a", grade)
        score = scores(known, drechtsteden.region, advice.eligibility, advice.costs).forms["3a"]
        assert found["3a"].low - 1e-12 <= score.score <= found["3a"].high + 1e-12


def test_forms_with_the_same_score_have_the_same_rank(drechtsteden: Case, advice: Advice) -> None:
    """Where nothing but speed counts, forms 1 and 2 are equal, so that neither is advised."""
    knowledge = drechtsteden.knowledge
    only = {"tempo": knowledge.criteria["tempo"].model_copy(update={"group": "customer"})}
    found = scores(
        knowledge.model_copy(update={"criteria": only}),
        drechtsteden.region,
        advice.eligibility,
        advice.costs,
        {"customer": 1.0},
    )
    assert {form: one.rank for form, one in found.forms.items() if one.rank} == {
        "1": 1, "2": 1, "3a": 3,
    }  # fmt: skip
    assert (found.candidates, found.leading, found.best) == (("1", "2"), "1", None)


def test_scores_that_differ_by_the_rounding_of_the_computer_are_equal(
    drechtsteden: Case, advice: Advice
) -> None:
    """A tenth and two tenths are three tenths: both forms are first, and the next is third."""
    first, second, *rest = (
        name for name, one in drechtsteden.knowledge.criteria.items() if one.group == "customer"
    )
    for better, worse in (("1", "2"), ("2", "1")):  # whichever of them is rounded up
        known, grades = drechtsteden.knowledge, {better: (2, 3), worse: (4, 1), "3a": (2, 2)}
        for name in (first, second, *rest):
            known = changed(known, name, {"levels": (0.0, 0.1, 0.2, 0.3, 1.0)})
            for form, (one, two) in grades.items():
                grade = one if name == first else two if name == second else 1
                known = regraded(known, name, form, grade)
        found = rescored(drechtsteden, advice, {"customer": 1.0}, known).forms
        assert 0 < abs(found["1"].score - found["2"].score) < 1e-12
        assert [found[name].rank for name in ("1", "2", "3a")] == [1, 1, 3]
