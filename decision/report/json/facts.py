"""The facts that can be declared, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence

from decision.advice.inventory import Held, Inventory, Listed
from decision.report.json.plain import Json, Keys, document, named

__all__ = ["facts_contract"]


def facts_contract(listed: Sequence[Listed], found: Inventory | None = None) -> Json:
    """The facts under the keys that other programs rely on; see docs/json.md."""
    about = {} if found is None else named(found, "region known open unsized partners")
    return document({**about, "facts": listed}, KEYS)


KEYS: Keys = {
    Listed: "id of=definition.of name=definition.name question=definition.question "
    "kind=definition.kind levels=definition.levels aspect=definition.aspect declared_under rules",
    Held: "kind name known open",
}
