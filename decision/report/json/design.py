"""The best configuration, and how every form compares with it."""

from __future__ import annotations

from decision.design.best import Configuration, Design, FormFit
from decision.design.conflict import Refusal
from decision.eligibility.fit import Served
from decision.load import Case
from decision.report.json.plain import Json, Keys, document, named, plain

__all__ = ["design_contract"]


def design_contract(case: Case, found: Design) -> Json:
    """What was found under the keys that other programs rely on; see docs/json.md."""
    keys, best = ("choices", "score", "nearest_form", "served", "partners"), found.best
    of_best = plain(best, KEYS) if best else dict.fromkeys(keys)
    differences = {form: one.differences if best else None for form, one in found.forms.items()}
    weights = ("wanted", "accepted", "other", "organisation", "inhabitants_per_vote")
    rest = document(
        {
            "differences": differences,
            "served": of_best.pop("served"),
            "partners": of_best.pop("partners"),
            "runners_up": found.runners_up,
            "fit": found.forms,
            "conflict": found.conflict,
            "configurations": named(found, "total=configurations compatible possible"),
            "weights": case.knowledge.fit.model_dump(include={*weights}),
        },
        KEYS,
    )
    return {"region": case.region.id, **of_best, **rest}


KEYS: Keys = {
    Configuration: "choices score=fit.score nearest_form served=fit.choices partners=fit.partners",
    FormFit: "score=fit.score possible served=fit.choices partners=fit.partners refused broken",
    Served: "option wants accepts other refuses adds",
    Refusal: lambda one: {"kind": "refuses", **named(one, "choice option partners")},
}
