"""Changes to a region that are tried without editing its file: ``path=value``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.load.nodes import Node, parse
from decision.load.overlay import replace
from decision.load.problems import Place, TextFile
from decision.load.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decision.load.problems import Faults

__all__ = ["OPTION", "changed"]

OPTION = "--set"
"""The option of the command line that a change comes from; a fault in a change is shown at it."""


def changed(tree: Node, changes: Sequence[str], faults: Faults) -> Node:
    """The tree after every change, in the order given; one at fault is noted and left out."""
    for change in changes:
        path, equals, value = change.partition("=")
        parts = tuple(path.strip().split("."))
        place = Place(TextFile(f"{OPTION} {path.strip()}"))
        if not equals or not all(parts):
            faults.add("change_unclear", place, value=change)
            continue
        before = len(faults)
        new = _value(value, place, parts, faults)
        if len(faults) == before:
            after = replace(tree, parts, new)
            if after is None:
                faults.add("change_through_value", place, parts, value=path.strip())
            tree = after or tree
    return tree


def _value(text: str, place: Place, path: tuple[str, ...], faults: Faults) -> Node:
    """The value as YAML; what is wrong with it is noted."""
    before = len(faults)
    tree = parse(text, place.file, faults, path) if printable(text, place.file, faults) else None
    if tree is None and len(faults) == before:
        faults.add("change_without_value", place, path, value=".".join(path))
    return tree or Node(None, place)
