"""The published figures beside those of the model."""

from __future__ import annotations

from decision.costs.verify import ErratumResult, RankReversal, Verification
from decision.report.json.plain import Json, Keys, plain

__all__ = ["verification_contract"]


def verification_contract(region: str, found: Verification) -> Json:
    """The verification under the keys that other programs rely on; see docs/json.md."""
    return {
        "region": region,
        **found.counts,
        "given": sum(figure.given for figure in found.figures),
        "cheapest": plain(found.cheapest, KEYS),
        "known_errata": {one.id: plain(one, KEYS) for one in found.errata},
        "figures": plain(found.figures, KEYS),
    }


KEYS: Keys = {
    RankReversal: "measure year as_stated=stated as_published=published",
    ErratumResult: lambda one: {
        "name": one.erratum.name,
        "explanation": one.erratum.explanation,
        "consequence": one.erratum.consequence,
        "figures": [figure.id for figure in one.figures],
        "matters": one.matters,
        "changes": one.changes,
    },
}
