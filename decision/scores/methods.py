"""A second opinion on the ranking: other methods on the same values and weights, by pymcdm.

All of them get what each form is worth on each criterion (0-1, more is better), with the weights of
the criteria. Criteria on which all forms are worth the same tell nothing apart and are left out.

- TOPSIS (Hwang and Yoon, 1981) with vector normalisation, as first published: a form scores by its
  distance to the best and to the worst on every criterion together.
- PROMETHEE II (Brans, 1982) with the usual preference function: forms are compared two by two, and
  any difference counts in full. So it needs no normalisation, and the size of a difference does not
  matter.
- VIKOR (Opricovic, 1998) with its own linear normalisation by best and worst, and half of its index
  for the whole and half for the one criterion on which a form does worst.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, TypeAlias

import numpy as np

from decision.scores.additive import Floats
from decision.scores.problem import Problem
from decision.scores.stakeholders import rank_correlation

__all__ = ["METHODS", "Method", "MissingMethodsError", "Opinion", "second_opinions"]

Method: TypeAlias = Literal["topsis", "promethee2", "vikor"]
Reason: TypeAlias = Literal["unknown_grades", "nothing_to_compare", "undecided"]

METHODS: tuple[Method, ...] = ("topsis", "promethee2", "vikor")
NORMALISATION: Mapping[Method, str] = {"topsis": "vector", "promethee2": "none", "vikor": "linear"}
EXTRA = "methods"

_ROUNDING = 10  # decimals: what other methods give equal scores, they give so but for rounding
_MAJORITY = 0.5  # of VIKOR's index, for the whole against the worst criterion


class MissingMethodsError(Exception):
    """The library that the other methods come from is not installed; ``extra`` brings it."""

    extra = EXTRA


@dataclass(frozen=True, slots=True)
class Opinion:
    """What another method makes of the same forms.

    ``scores`` and ``ranks`` (1 is best; equal forms share the mean) are empty where the method
    cannot be used, and ``reason`` then says why. ``best`` are the forms that it puts first,
    ``agrees`` whether the additive value's best is among them, and ``tau`` how alike the two
    rankings are (Kendall's tau-b). For VIKOR a low score is good. ``left_out`` are the criteria
    that tell no forms apart.
    """

    method: Method
    normalisation: str
    scores: Mapping[str, float]
    ranks: Mapping[str, float]
    best: tuple[str, ...]
    agrees: bool | None
    tau: float | None
    left_out: tuple[str, ...]
    reason: Reason | None


def second_opinions(
    problem: Problem, weights: Mapping[str, float], best: str, methods: Sequence[Method] = METHODS
) -> tuple[Opinion, ...]:
    """What the asked methods make of the forms of a problem.

    Raises:
        MissingMethodsError: pymcdm is not installed.
    """
    if not methods:
        return ()
    library = _library()
    carried = problem.of_criteria(np.array([weights[group] for group in problem.groups]))
    return tuple(_opinion(problem, carried, best, method, library) for method in methods)


def _library() -> ModuleType:
    try:
        return importlib.import_module("pymcdm")
    except ModuleNotFoundError as error:
        if error.name != "pymcdm":
            raise
        raise MissingMethodsError from error


def _opinion(
    problem: Problem, carried: Floats, best: str, method: Method, library: ModuleType
) -> Opinion:
    same = np.ptp(problem.certain, axis=0) <= 0
    counts = ~same & (carried > 0)
    reason: Reason | None = None
    scores = np.empty(0)
    if np.isnan(problem.values).any():
        reason = "unknown_grades"
    elif not counts.any():
        reason = "nothing_to_compare"
    else:
        part = carried[counts] / carried[counts].sum()
        scores = _scored(library, method, problem.values[:, counts], part)
        reason = None if np.isfinite(scores).all() else "undecided"
    ranks = None if reason else _ranks(scores if method == "vikor" else -scores)
    own = _ranks(-np.round(problem.certain @ carried, _ROUNDING))
    names = problem.forms
    first = () if ranks is None else _first(names, ranks)
    return Opinion(
        method=method,
        normalisation=NORMALISATION[method],
        scores={} if ranks is None else dict(zip(names, scores.tolist(), strict=True)),
        ranks={} if ranks is None else dict(zip(names, ranks.tolist(), strict=True)),
        best=first,
        agrees=None if ranks is None else best in first,
        tau=None if ranks is None else rank_correlation(ranks, own),
        left_out=tuple(name for name, one in zip(problem.criteria, same, strict=True) if one),
        reason=reason,
    )


def _first(names: tuple[str, ...], ranks: Floats) -> tuple[str, ...]:
    return tuple(name for name, rank in zip(names, ranks, strict=True) if rank == ranks.min())


def _ranks(costs: Floats) -> Floats:
    """Ranks from the lowest on; what is equal but for rounding shares the mean of its ranks."""
    rounded = np.round(costs, _ROUNDING)
    lower = (rounded < rounded[:, np.newaxis]).sum(axis=1)
    equal = (rounded == rounded[:, np.newaxis]).sum(axis=1)
    found: Floats = 1 + lower + (equal - 1) / 2
    return found


def _scored(library: ModuleType, method: Method, values: Floats, weights: Floats) -> Floats:
    """The scores of a method; not a number where it divides nothing by nothing.

    pymcdm's own checks only warn of dominated forms, which are a finding here and no fault.
    """
    types = np.ones(len(weights), dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(_made(library, method)(values, weights, types, validation=False))


def _made(library: ModuleType, method: Method) -> Callable[..., Any]:
    made: Callable[..., Any]
    match method:
        case "topsis":
            normalisations = importlib.import_module("pymcdm.normalizations")
            made = library.methods.TOPSIS(normalisations.vector_normalization)
        case "promethee2":
            made = library.methods.PROMETHEE_II("usual")
        case "vikor":
            made = library.methods.VIKOR(v=_MAJORITY)
    return made
