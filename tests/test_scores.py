"""The additive value: the laws of weights and grades, and the published preference."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice import Advice
from decision.knowledge import Knowledge
from decision.load import Case
from decision.scores import Scores, scores


def rescored(
    case: Case, advice: Advice, weights: dict[str, float], knowledge: Knowledge | None = None
) -> Scores:
    """The scores of the same region under other weights or other grades."""
    used = knowledge or case.knowledge
    return scores(used, case.region, advice.eligibility, advice.costs, weights)


def weights() -> st.SearchStrategy[dict[str, float]]:
    """Weights of the four groups that sum to 1."""
    groups = ("customer", "organisation", "implementation", "cost")
    parts = st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any)
    return parts.map(
        lambda given: dict(zip(groups, (one / sum(given) for one in given), strict=True))
    )


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
    assert found.best in advice.eligibility.eligible
    ranked = {name for name, form in found.forms.items() if form.rank is not None}
    assert ranked == set(advice.eligibility.eligible)


@given(data=st.data(), used=weights())
def test_a_better_grade_never_makes_a_form_worse(
    drechtsteden: Case, advice: Advice, data: st.DataObject, used: dict[str, float]
) -> None:
    """Raising one grade raises the score or leaves it, and does not touch the others."""
    graded = {n: c for n, c in drechtsteden.knowledge.criteria.items() if c.grades}
    name = data.draw(st.sampled_from(sorted(graded)))
    grades = graded[name].grades or {}
    form = data.draw(st.sampled_from([f for f in grades if grades[f].grade < 5]))
    better = grades[form].model_copy(update={"grade": grades[form].grade + 1})
    criterion = graded[name].model_copy(update={"grades": {**grades, form: better}})
    knowledge = drechtsteden.knowledge.model_copy(
        update={"criteria": {**drechtsteden.knowledge.criteria, name: criterion}}
    )
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
    region = drechtsteden.region.model_copy(update={"weights": own})
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
            expected = (one.raw - value.worst) / (value.best - value.worst)
            assert one.value == pytest.approx(min(1.0, max(0.0, expected)))
