"""The machine contract of the design: what `decide design` found, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from decision.design import Configuration, Design, Difference, FormFit, Link, Statement
from decision.eligibility.fit import Fit, Served
from decision.load import Case

__all__ = ["design_contract"]

Json = dict[str, Any]


def design_contract(case: Case, found: Design) -> Json:
    """What was found under the keys that other programs rely on; see docs/json.md."""
    best = found.best
    return {
        "region": case.region.id,
        "choices": None if best is None else dict(best.choices),
        "score": None if best is None else _number(best.fit.score),
        "nearest_form": None if best is None else best.nearest_form,
        "differences": {
            form: None if best is None else _differences(one.differences)
            for form, one in found.forms.items()
        },
        "served": None if best is None else _served(best.fit),
        "partners": None if best is None else _partners(best.fit),
        "runners_up": [_runner_up(one) for one in found.runners_up],
        "fit": {form: _form(one) for form, one in found.forms.items()},
        "conflict": [_statement(one) for one in found.conflict],
        "configurations": {
            "total": found.configurations,
            "compatible": found.compatible,
            "possible": found.possible,
        },
        "weights": case.knowledge.fit.model_dump(
            include={"wanted", "accepted", "other", "organisation", "inhabitants_per_vote"}
        ),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _differences(differences: Iterable[Difference]) -> list[Json]:
    return [{"choice": one.choice, "here": one.here, "there": one.there} for one in differences]


def _runner_up(one: Configuration) -> Json:
    return {
        "choices": dict(one.choices),
        "score": _number(one.fit.score),
        "nearest_form": one.nearest_form,
        "served": _served(one.fit),
        "partners": _partners(one.fit),
    }


def _form(one: FormFit) -> Json:
    return {
        "score": _number(one.fit.score),
        "possible": one.possible,
        "served": _served(one.fit),
        "partners": _partners(one.fit),
        "refused": [_statement(refusal) for refusal in one.refused],
        "broken": [_statement(link) for link in one.broken],
    }


def _partners(fit: Fit) -> dict[str, float]:
    return {partner: float(adds) for partner, adds in fit.partners.items()}


def _served(fit: Fit) -> Json:
    return {choice: _choice(served) for choice, served in fit.choices.items()}


def _choice(served: Served) -> Json:
    return {
        "option": served.option,
        "wants": list(served.wants),
        "accepts": list(served.accepts),
        "other": list(served.other),
        "refuses": list(served.refuses),
        "adds": float(served.adds),
    }


def _statement(one: Statement) -> Json:
    if isinstance(one, Link):
        return {
            "kind": one.kind,
            "choice": one.choice,
            "option": one.option,
            "other": one.other,
            "options": list(one.options),
            "because": one.because,
        }
    return {
        "kind": "refuses",
        "choice": one.choice,
        "option": one.option,
        "partners": list(one.partners),
    }
