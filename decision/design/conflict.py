"""Why no configuration is possible: refusals and links that cannot all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from decision.design.space import Link, Pick, Space

__all__ = ["Refusal", "Statement", "conflict"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An option that partners refuse; it stays away as long as one of them does."""

    choice: str
    option: str
    partners: tuple[str, ...]


Statement = Refusal | Link


def conflict(space: Space, refused: Mapping[Pick, tuple[str, ...]]) -> tuple[Statement, ...]:
    """Refusals and links that leave no configuration together; empty when there is one.

    Without any one of them there would be a configuration. Links are dropped before refusals, so
    that the conflict is about what partners say wherever that is enough.
    """
    refusals = [Refusal(*pick, refused[pick]) for pick in space.picks if pick in refused]
    kept: list[Statement] = [*refusals, *space.links]
    if _possible(space, kept):
        return ()
    for statement in reversed(kept.copy()):
        without = [one for one in kept if one is not statement]
        if not _possible(space, without):
            kept = without
    return tuple(kept)


def _possible(space: Space, statements: list[Statement]) -> bool:
    refused = {(one.choice, one.option) for one in statements if isinstance(one, Refusal)}
    links = [one for one in statements if isinstance(one, Link)]
    return space.possible(refused, links) > 0
