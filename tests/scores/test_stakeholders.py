"""What each municipality would choose by its own weights, how alike that is, where they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, kendalltau  # type: ignore[import-untyped,unused-ignore]

from decision.advice.advice import Advice
from decision.load import Case
from decision.model.weights import Weights
from decision.scores.matrix import matrix_of
from decision.scores.stakeholders import (
    Stakeholders,
    agreement,
    concordance,
    rank_correlation,
    stakeholders,
)
from tests.ranking import of_values

if TYPE_CHECKING:
    from decision.model.region import Region

GROUPS = ("customer", "organisation", "implementation", "cost")
JOINT = dict.fromkeys(GROUPS, 0.25)
FORMS = {"a": (0.9, 0.5, 0.1, 0.6), "b": (0.2, 0.5, 1.0, 0.4), "c": (0.1, 0.1, 0.2, 0.9)}


def weighing(region: Region, stated: dict[str, dict[str, float] | None]) -> Region:
    """The region with other weights for its municipalities, in their order."""
    names = dict(zip(region.municipalities, stated.values(), strict=False))
    members = {
        name: member.model_copy(
            update={"weights": Weights(points=names[name]) if names.get(name) else None}
        )
        for name, member in region.municipalities.items()
    }
    return region.model_copy(update={"municipalities": members})


@pytest.fixture
def found(drechtsteden: Case) -> Stakeholders:
    """One municipality that looks at the implementation only, one at the cost, four jointly."""
    only = {group: {**dict.fromkeys(GROUPS, 0.0), group: 1.0} for group in GROUPS}
    stated = {"first": only["implementation"], "second": only["cost"]}
    matrix = of_values(FORMS, GROUPS)
    return stakeholders(matrix, weighing(drechtsteden.region, {**stated}), JOINT, "a")


def test_each_municipality_ranks_by_its_own_weights(found: Stakeholders) -> None:
    """Who states none uses the joint ones."""
    first, second, *others = found.municipalities.values()
    assert first.favourites == ("b",)
    assert first.ranks == {"a": 3, "b": 1, "c": 2}
    assert second.ranks == {"a": 2, "b": 3, "c": 1}
    assert [one.own for one in (first, second, *others)] == [True, True, *[False] * 4]
    assert all(one.weights == JOINT for one in others)
    assert all(sum(one.weights.values()) == pytest.approx(1) for one in (first, second))


def test_who_is_overruled_hears_on_what(found: Stakeholders) -> None:
    """The criteria on which the own favourite is worth more, the heaviest loss first."""
    first, second, *others = found.municipalities.values()
    assert first.overruled
    assert [(one.criterion, round(one.loss, 2)) for one in first.losses] == [
        ("implementation", 0.9)
    ]
    assert [one.criterion for one in second.losses] == ["cost"]
    assert not any(one.overruled or one.losses for one in others)
    assert found.overruled == tuple(found.municipalities)[:2]


def test_the_weights_closest_to_everybodys_are_the_mean(found: Stakeholders) -> None:
    """Each municipality counts once; moving away from the mean only adds to the distances."""
    consensus = found.weights
    everybody = [one.weights for one in found.municipalities.values()]
    for group in GROUPS:
        assert consensus[group] == pytest.approx(sum(one[group] for one in everybody) / 6)
    assert found.winners == ("b",)
    nearest = found.nearest
    assert nearest["b"] is not None
    assert nearest["b"].distance == 0
    assert nearest["a"] is not None
    assert 0 < nearest["a"].distance < 1


def test_the_names_of_municipalities_change_nothing(drechtsteden: Case, advice: Advice) -> None:
    """Rename them all and turn their order around: each keeps its ranking, and so do all."""
    region, scores = drechtsteden.region, advice.scores
    matrix = matrix_of(drechtsteden.knowledge, region, scores)
    members = {f"gemeente-{number}": one for number, one in
               enumerate(reversed([*region.municipalities.values()]))}  # fmt: skip
    renamed = region.model_copy(update={"municipalities": members})
    before, after = (stakeholders(matrix, one, scores.weights, "3a") for one in (region, renamed))
    assert [*after.municipalities.values()] == [*before.municipalities.values()][::-1]
    assert (after.weights, after.winners) == (before.weights, before.winners)
    assert after.agreement.w == before.agreement.w
    assert after.agreement.mean_tau == before.agreement.mean_tau


# --- agreement


@given(st.integers(2, 7).flatmap(lambda size: st.tuples(*[
    st.lists(st.integers(0, 4), min_size=size, max_size=size)] * 2)))  # fmt: skip
def test_kendalls_tau_is_that_of_scipy(rows: tuple[list[int], list[int]]) -> None:
    """With and without ties; undefined where one ranking tells nothing apart."""
    found = rank_correlation(*(np.array(row, dtype=np.float64) for row in rows))
    if len(set(rows[0])) == 1 or len(set(rows[1])) == 1:
        assert found is None
    else:
        assert found == pytest.approx(kendalltau(*rows).statistic)


def test_the_mean_tau_is_that_of_all_pairs() -> None:
    """Two who rank alike and one who turns it round agree once and disagree twice."""
    up, down = ({"a": 1.0, "b": 2.0, "c": 3.0}, {"a": 3.0, "b": 2.0, "c": 1.0})
    found = agreement({"x": up, "y": up, "z": down})
    assert found.tau == {"x": {"y": 1, "z": -1}, "y": {"x": 1, "z": -1}, "z": {"x": -1, "y": -1}}
    assert found.mean_tau == pytest.approx(-1 / 3)
    assert agreement({"x": up}).mean_tau is None


def test_kendalls_w_of_a_textbook_example() -> None:
    """Siegel, Nonparametric Statistics, 1956: three executives rank six applicants, W is 0.16."""
    executives = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
    found = concordance([np.array(one, dtype=np.float64) for one in executives])
    assert found is not None
    assert round(found, 2) == 0.16


@given(st.integers(3, 6).flatmap(lambda size: st.lists(
    st.permutations(range(size)), min_size=3, max_size=6)))  # fmt: skip
def test_kendalls_w_is_friedmans_statistic_divided_by_its_most(rows: list[list[int]]) -> None:
    """W is χ² ÷ m(n - 1), with scipy's Friedman test as the other way to find it."""
    found = concordance([np.array(row, dtype=np.float64) for row in rows])
    statistic = friedmanchisquare(*np.array(rows).T).statistic
    assert found == pytest.approx(statistic / (len(rows) * (len(rows[0]) - 1)))


def test_kendalls_w_takes_ties_into_account() -> None:
    """The same ranking with ties, given twice, is full agreement; a single judge is none."""
    tied = np.array([1.5, 1.5, 3.0, 4.0])
    assert concordance([tied, tied]) == pytest.approx(1)
    assert concordance([tied]) is None
    assert concordance([np.array([1.5, 1.5])] * 2) is None
