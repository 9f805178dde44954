"""Where every part of a region and of the knowledge stands, looked up when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.load.problems import Place, TextFile

if TYPE_CHECKING:
    from decision.load.nodes import Node

__all__ = ["NOWHERE", "Place", "Places", "TextFile"]


class Places:
    """The places of the parts of a case, in the trees that it was read from.

    A path holds the keys (of a list the number) from the top of the document on.
    """

    __slots__ = ("_knowledge", "_region")

    def __init__(self, knowledge: Node | None = None, region: Node | None = None) -> None:
        """Keep the trees; a case that is put together without files has none."""
        self._knowledge = knowledge
        self._region = region

    def in_knowledge(self, *path: str | int) -> Place | None:
        """Where the key stands at the end of a path in the knowledge; None without one."""
        found = _entry(self._knowledge, path)
        return found[0] if found else None

    def in_region(self, *path: str | int) -> Place | None:
        """Where the key stands at the end of a path in the region; None without one.

        What ``--set`` changed stands in that option, also where it changed no more than the value.
        """
        found = _entry(self._region, path)
        if found is None:
            return None
        key, node = found
        value = _entry(node, ("value",))
        changed = value is not None and value[0].line is None
        return value[0] if value is not None and changed else key


def _entry(tree: Node | None, path: tuple[str | int, ...]) -> tuple[Place, Node] | None:
    """The place of the last key of a path, and what stands there."""
    found: tuple[Place, Node] | None = (tree.place, tree) if tree else None
    for step in path:
        found = found[1].step(step) if found else None
    return found


NOWHERE = Places()
"""The places of a case that is put together without files."""
