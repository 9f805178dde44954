"""The knowledge and the region that come with the program, loaded once for all tests."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from decision.load import load_knowledge, load_region
from decision.model.facts import Fact, OwnKengetal, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.model.knowledge import Knowledge
    from decision.model.region import Municipality, Region


@functools.cache
def published() -> Knowledge:
    """The knowledge that comes with the program."""
    return load_knowledge()


@functools.cache
def drechtsteden() -> Region:
    """The region of the publication."""
    return load_region("drechtsteden.yaml").region


def answered(
    knowledge: Knowledge, municipality: Municipality, answers: Mapping[str, str]
) -> Municipality:
    """A municipality with the level of some facts; a phase of Antwoord stands under its aspect."""
    facts, positions = dict(municipality.facts), dict(municipality.positions)
    for name, level in answers.items():
        definition = knowledge.facts[name]
        if definition.aspect is not None:
            positions[definition.aspect] = Position(
                phase="unknown" if level == "unknown" else int(level)
            )
        else:
            several = definition.kind == "set" and level != "unknown"
            facts[name] = Fact(value=(level,) if several else level)
    return municipality.model_copy(update={"facts": facts, "positions": positions})


def figures(values: Mapping[str, float]) -> dict[str, OwnKengetal]:
    """Kengetallen of a region's own, unchecked, so that they can be what no file can say."""
    return {name: OwnKengetal.model_construct(value=value) for name, value in values.items()}
