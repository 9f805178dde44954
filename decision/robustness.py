"""How sure the ranking is: on how many weights it rests.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen, SMAA-2, Operations
Research 49, 2001), here over the weights of the groups of criteria only: every weighting counts
as much as any other. The grades are taken as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from decision.scores import FormScore, Scores

__all__ = ["DRAWS", "SEED", "rank_acceptability"]

DRAWS = 10_000
"""Weightings drawn; the error of an acceptability is then at most 0.005 (one standard error)."""

SEED = 14
"""Seed of the draws, so that the same region always gives the same figures."""


def rank_acceptability(
    scores: Scores, draws: int = DRAWS, seed: int = SEED
) -> dict[str, tuple[float, ...]]:
    """The share of weightings that gives an eligible form rank 1, rank 2 and so on.

    The weights of the groups are drawn uniformly from the simplex (normalised exponentials).
    Forms with equal scores keep the order of the knowledge.

    Args:
        scores: the scores of all forms; forms without a rank are left out.
        draws: how many weightings, at least 1.
        seed: of the random numbers (PCG64).
    """
    forms = [form for form in scores.forms.values() if form.rank is not None]
    if not forms:
        return {}
    values = np.array([_values(form, scores.weights) for form in forms])
    weights = np.random.default_rng(seed).exponential(size=(draws, values.shape[1]))
    weights /= weights.sum(axis=1, keepdims=True)
    order = np.argsort(-(weights @ values.T), axis=1, kind="stable")
    counts = np.array([(order == number).sum(axis=0) for number in range(len(forms))])
    return {
        form.form: tuple((row / draws).tolist()) for form, row in zip(forms, counts, strict=True)
    }


def _values(form: FormScore, groups: Mapping[str, float]) -> list[float]:
    """The mean value (0-1) of a form in each group of criteria."""
    found = []
    for group in groups:
        values = [one.value for one in form.contributions if one.group == group]
        found.append(sum(values) / len(values) if values else 0.0)
    return found
