"""How sure the ranking is."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.json.plain import Json, Keys, document, named
from decision.report.json.receipt import receipt
from decision.scores.methods import Opinion
from decision.scores.smaa import Smaa
from decision.scores.weights import drawn_from

__all__ = ["ranking", "robustness_contract"]


def robustness_contract(advice: Advice) -> Json:
    """What `decide robustness` tells, under the keys others rely on; see docs/json.md."""
    found = advice.findings.robustness
    told, winner = ranking(advice), found.winner
    consensus = told["consensus"] and {
        **told["consensus"],
        "nearest": winner.stakeholders.nearest if winner else {},
    }
    return document(
        {
            "region": advice.region.id,
            **named(advice, "recommended candidates"),
            **{key: told.pop(key) for key in ("samples", "seed", "weights")},
            **_smaa(found.chances),
            "all_forms": _smaa(found.everyone),
            **told,
            "consensus": consensus,
            "methods": {one.method: one for one in (winner.opinions if winner else ())},
            "receipt": receipt(advice),
        },
        KEYS,
    )


def ranking(advice: Advice) -> Json:
    """The part of it that asks for no draws of costs: what the report tells."""
    found, stated = advice.findings.robustness, advice.region.weights
    winner, first = found.winner, found.winner or found.leader
    together = None if winner is None else winner.stakeholders
    no_flips: Json = {"groups": {}, "criteria": {}}
    return document(
        {
            **named(found, "samples seed"),
            "weights": {
                "groups": advice.scores.weights,
                "stated": "default" if stated is None else stated.way,
                "drawn": drawn_from(stated),
            },
            "weight_flips": named(first, "groups criteria") if first else no_flips,
            "nearest_change": first and first.nearest_change,
            "grade_flips": first.grade_flips if first else [],
            "stakeholders": together.municipalities if together else {},
            "overruled": together.overruled if together else [],
            "agreement": together and together.agreement,
            "consensus": together and named(together, "weights winners"),
            "dominance": found.dominated,
            "near_ties": {"step": found.step, "pairs": found.near_ties},
        },
        KEYS,
    )


def _smaa(found: Smaa | None) -> Json:
    """Without forms to compare every part is empty."""
    forms = {} if found is None else found.forms

    def each(name: str) -> Json:
        return {form: getattr(one, name) for form, one in forms.items()}

    return {
        "rank_acceptability": each("ranks"),
        "pairwise": {} if found is None else found.pairwise,
        "central_weights": each("central_weights"),
        "confidence": each("confidence"),
        "errors": {
            "rank_acceptability": each("errors"),
            "central_weights": each("central_errors"),
            "confidence": each("confidence_error"),
        },
    }


KEYS: Keys = {Opinion: "normalisation scores ranks best agrees tau left_out reason"}
