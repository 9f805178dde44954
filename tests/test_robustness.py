"""How sure the ranking is under any weights: the laws of rank acceptability."""

from __future__ import annotations

import pytest

from decision.advice import Advice
from decision.robustness import rank_acceptability
from decision.scores import Contribution, FormScore, Scores


def of_values(values: dict[str, tuple[float, float]]) -> Scores:
    """Scores of forms with these values in two groups of one criterion each."""
    forms = {
        name: FormScore(
            form=name,
            score=(first + second) / 2,
            rank=1,
            contributions=(
                Contribution("one", "first", 0.0, first, 0.5),
                Contribution("two", "second", 0.0, second, 0.5),
            ),
        )
        for name, (first, second) in values.items()
    }
    return Scores(weights={"first": 0.5, "second": 0.5}, forms=forms)


def test_mirrored_forms_are_as_likely_to_win() -> None:
    """What one form has on the first group, the other has on the second."""
    found = rank_acceptability(of_values({"a": (1.0, 0.0), "b": (0.0, 1.0)}))
    assert found["a"][0] == pytest.approx(0.5, abs=0.015)


def test_a_form_that_is_better_on_everything_always_wins() -> None:
    """Dominance does not depend on weights."""
    found = rank_acceptability(of_values({"a": (0.9, 0.8), "b": (0.5, 0.7), "c": (0.1, 0.1)}))
    assert found == {"a": (1.0, 0.0, 0.0), "b": (0.0, 1.0, 0.0), "c": (0.0, 0.0, 1.0)}


def test_the_share_of_weights_follows_from_where_two_forms_tie() -> None:
    """With two groups the weight of the first is uniform: a wins where it exceeds one third."""
    found = rank_acceptability(of_values({"a": (1.0, 0.0), "b": (0.0, 0.5)}), draws=100_000)
    assert found["a"][0] == pytest.approx(2 / 3, abs=0.006)


def test_every_rank_is_given_once_and_every_form_gets_a_rank(advice: Advice) -> None:
    """Acceptabilities add up to 1 over the ranks of a form and over the forms of a rank."""
    rows = list(advice.rank_acceptability.values())
    assert all(sum(row) == pytest.approx(1) for row in rows)
    assert all(sum(column) == pytest.approx(1) for column in zip(*rows, strict=True))


def test_three_a_wins_under_most_weights(advice: Advice) -> None:
    """Only who hardly looks beyond the implementation prefers forms 1 or 2 (table 5.3)."""
    assert advice.rank_acceptability["3a"][0] > 0.8
    assert set(advice.rank_acceptability) == set(advice.eligibility.eligible)


def test_without_an_eligible_form_there_is_nothing_to_rank() -> None:
    """No form, no acceptability."""
    assert rank_acceptability(Scores(weights={}, forms={})) == {}
