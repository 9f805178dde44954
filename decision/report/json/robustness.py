"""The machine contract of the ranking: what `decide robustness` found, as plain data for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from decision.scores.analysis import Robustness, Winner
from decision.scores.methods import Opinion
from decision.scores.smaa import Acceptability, Smaa
from decision.scores.stability import Flips
from decision.scores.stakeholders import Stakeholder

__all__ = ["robustness_contract"]

Json = dict[str, Any]


def robustness_contract(found: Robustness) -> Json:
    """The findings under the keys that other programs rely on; see docs/json.md."""
    advice, everyone = found.advice, found.everyone
    stated = advice.region.weights
    return {
        "region": advice.region.id,
        "recommended": advice.recommended,
        "samples": everyone.samples,
        "seed": everyone.seed,
        "weights": {
            "groups": dict(advice.scores.weights),
            "stated": "default" if stated is None else stated.way,
            "drawn": everyone.drawn,
        },
        **_smaa(found.eligible),
        "by_weights_alone": {
            form: list(one.ranks)
            for form, one in (found.by_weights.forms.items() if found.by_weights else ())
        },
        "all_forms": _smaa(everyone),
        **_winner(found.winner),
        "dominance": [
            {"form": one.form, "by": one.by, "worse_on": list(one.worse_on)}
            for one in found.dominated
        ],
        "near_ties": {"step": found.step, "pairs": [asdict(one) for one in found.near_ties]},
    }


def _smaa(found: Smaa | None) -> Json:
    """Without forms to compare every part is empty."""
    forms = {} if found is None else found.forms
    return {
        "rank_acceptability": {form: list(one.ranks) for form, one in forms.items()},
        "pairwise": {} if found is None else {f: dict(o) for f, o in found.pairwise.items()},
        "central_weights": {form: _plain(one.central_weights) for form, one in forms.items()},
        "confidence": {form: one.confidence for form, one in forms.items()},
        "errors": {
            "rank_acceptability": {form: list(one.errors) for form, one in forms.items()},
            "central_weights": {form: _errors(one) for form, one in forms.items()},
            "confidence": {form: one.confidence_error for form, one in forms.items()},
        },
    }


def _errors(one: Acceptability) -> Json | None:
    return _plain(one.central_errors)


def _plain(weights: object) -> Json | None:
    return dict(weights) if isinstance(weights, dict) else None


def _winner(found: Winner | None) -> Json:
    if found is None:
        return {
            "weight_flips": {"groups": {}, "criteria": {}},
            "nearest_change": None,
            "grade_flips": [],
            "stakeholders": {},
            "overruled": [],
            "agreement": None,
            "consensus": None,
            "methods": {},
        }
    together = found.stakeholders
    nearest = together.consensus.nearest
    return {
        "weight_flips": {
            "groups": {name: _flips(one) for name, one in found.groups.items()},
            "criteria": {name: _flips(one) for name, one in found.criteria.items()},
        },
        "nearest_change": None if found.nearest_change is None else asdict(found.nearest_change),
        "grade_flips": [asdict(one) for one in found.grades],
        "stakeholders": {name: _stakeholder(one) for name, one in together.municipalities.items()},
        "overruled": list(together.overruled),
        "agreement": asdict(together.agreement),
        "consensus": {
            "weights": dict(together.consensus.weights),
            "winners": list(together.consensus.winners),
            "nearest": {form: one and asdict(one) for form, one in nearest.items()},
        },
        "methods": {one.method: _opinion(one) for one in found.methods},
    }


def _flips(one: Flips) -> Json:
    return asdict(one)


def _stakeholder(one: Stakeholder) -> Json:
    return {
        "weights": dict(one.weights),
        "own": one.own,
        "scores": dict(one.scores),
        "ranks": dict(one.ranks),
        "favourites": list(one.favourites),
        "overruled": one.overruled,
        "losses": [asdict(loss) for loss in one.losses],
    }


def _opinion(one: Opinion) -> Json:
    return {
        "normalisation": one.normalisation,
        "scores": dict(one.scores),
        "ranks": dict(one.ranks),
        "best": list(one.best),
        "agrees": one.agrees,
        "tau": one.tau,
        "left_out": list(one.left_out),
        "reason": one.reason,
    }
