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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType
from typing import Literal, TypeAlias

import numpy as np

from decision.model.installed import Extra, MissingExtraError
from decision.scores.additive import Floats
from decision.scores.matrix import Matrix
from decision.scores.stakeholders import rank_correlation, ranked

__all__ = ["METHODS", "Method", "Opinion", "second_opinions"]

Method: TypeAlias = Literal["topsis", "promethee2", "vikor"]
Reason: TypeAlias = Literal["unknown_grades", "nothing_to_compare", "undecided"]

METHODS: tuple[Method, ...] = ("topsis", "promethee2", "vikor")
NORMALISATION: Mapping[Method, str] = {"topsis": "vector", "promethee2": "none", "vikor": "linear"}
EXTRA: Extra = "methods"

_ROUNDING = 10  # decimals: what other methods give equal scores, they give so but for rounding
_MAJORITY = 0.5  # of VIKOR's index, for the whole against the worst criterion


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
    left_out: tuple[str, ...]
    reason: Reason | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    ranks: Mapping[str, float] = field(default_factory=dict)
    best: tuple[str, ...] = ()
    agrees: bool | None = None
    tau: float | None = None


def second_opinions(
    matrix: Matrix, weights: Mapping[str, float], best: str, methods: Sequence[Method] = METHODS
) -> tuple[Opinion, ...]:
    """What the asked methods make of the forms of a matrix.

    Raises:
        MissingExtraError: pymcdm is not installed.
    """
    if not methods:
        return ()
    library = _library()
    carried = matrix.of_criteria(np.array([weights[group] for group in matrix.groups]))
    return tuple(_opinion(matrix, carried, best, method, library) for method in methods)


def _library() -> ModuleType:
    try:
        return importlib.import_module("pymcdm")
    except ModuleNotFoundError as error:
        if error.name != "pymcdm":
            raise
        raise MissingExtraError(EXTRA) from error


def _opinion(
    matrix: Matrix, carried: Floats, best: str, method: Method, library: ModuleType
) -> Opinion:
    same = np.ptp(matrix.values, axis=0) <= 0
    counts = ~same & (carried > 0)
    left_out = tuple(name for name, one in zip(matrix.criteria, same, strict=True) if one)
    opinion = partial(Opinion, method, NORMALISATION[method], left_out)
    if matrix.unknown.any():
        return opinion("unknown_grades")
    if not counts.any():
        return opinion("nothing_to_compare")
    part = carried[counts] / carried[counts].sum()
    scores = _scored(library, method, matrix.values[:, counts], part)
    if not np.isfinite(scores).all():
        return opinion("undecided")
    ranks = ranked(np.round(-scores if method == "vikor" else scores, _ROUNDING))
    places = dict(zip(matrix.forms, ranks.tolist(), strict=True))
    first = tuple(form for form, rank in places.items() if rank == ranks.min())
    return opinion(
        scores=dict(zip(matrix.forms, scores.tolist(), strict=True)),
        ranks=places,
        best=first,
        agrees=best in first,
        tau=rank_correlation(ranks, ranked(np.round(matrix.values @ carried, _ROUNDING))),
    )


def _scored(library: ModuleType, method: Method, values: Floats, weights: Floats) -> Floats:
    """The scores of a method; not a number where it divides nothing by nothing.

    pymcdm's own checks only warn of dominated forms, which are a finding here and no fault.
    """
    match method:
        case "topsis":
            normalisations = importlib.import_module("pymcdm.normalizations")
            made = library.methods.TOPSIS(normalisations.vector_normalization)
        case "promethee2":
            made = library.methods.PROMETHEE_II("usual")
        case "vikor":
            made = library.methods.VIKOR(v=_MAJORITY)
    types = np.ones(len(weights), dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(made(values, weights, types, validation=False))
