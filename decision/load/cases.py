"""The load stage: knowledge and region in, both validated, or every fault in either."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from decision.knowledge import Knowledge
from decision.load.changes import changed
from decision.load.document import read, validated
from decision.load.files import SOURCE_LANGUAGE, knowledge_tree, region_tree
from decision.load.known import known_in_knowledge, known_in_region
from decision.load.problems import Faults
from decision.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

M = TypeVar("M", Knowledge, Region)

__all__ = ["Case", "load_knowledge", "load_region"]


@dataclass(frozen=True, slots=True)
class Case:
    """A region, and the knowledge by which it is judged."""

    knowledge: Knowledge
    region: Region


def load_knowledge(criteria: Path | None = None, lang: str = SOURCE_LANGUAGE) -> Knowledge:
    """The knowledge that comes with the program, with the folder ``criteria`` laid over it.

    Raises ``InputError`` with every fault in any of the files.
    """
    faults = Faults(lang)
    with _collector_at_rest():
        knowledge, _ = _knowledge(criteria, lang, faults)
        faults.raise_if_any()
    return _present(knowledge)


def load_region(
    path: str | Path,
    *,
    criteria: str | Path | None = None,
    lang: str = SOURCE_LANGUAGE,
    changes: Sequence[str] = (),
) -> Case:
    """The region in a file, or the one of that name that comes with the program.

    ``changes`` (``path=value``) are made to it first. Raises ``InputError`` with every fault in
    the region, in the knowledge and in the changes.
    """
    faults = Faults(lang)
    own = None if criteria is None else Path(criteria)
    with _collector_at_rest():
        knowledge, known = _knowledge(own, lang, faults)
        region = _region(path, changes, lang, known, faults)
        faults.raise_if_any()
    return Case(_present(knowledge), _present(region))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without Python's garbage collector, that goes through a growing tree time and again.

    A large file takes a third less time; there is little garbage, and it is collected afterwards.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _knowledge(
    criteria: Path | None, lang: str, faults: Faults
) -> tuple[Knowledge | None, dict[str, Any]]:
    """The knowledge, and what a region can refer to; nothing of that if a file is unreadable."""
    tree, whole = knowledge_tree(criteria, lang, faults)
    values, refused = read(tree, Knowledge, faults)
    known = known_in_knowledge(values) if whole else {}
    model = validated(values, tree, Knowledge, known, faults, refused=refused, whole=whole)
    return model, known


def _region(
    path: str | Path,
    changes: Sequence[str],
    lang: str,
    known: Mapping[str, Any],
    faults: Faults,
) -> Region | None:
    tree = region_tree(path, lang, faults)
    if tree is None:
        return None
    tree = changed(tree, changes, faults)
    values, refused = read(tree, Region, faults)
    here = known_in_region(known, values)
    return validated(values, tree, Region, here, faults, refused=refused)


def _present(model: M | None) -> M:
    """The model: where there is none, its faults have been raised."""
    if model is None:
        raise AssertionError("a model without faults is missing")
    return model
