"""Where every part of a region and of the knowledge stands, looked up when somebody asks."""

from __future__ import annotations

from decision.load.nodes import Node
from decision.load.problems import Location, TextFile

__all__ = ["NOWHERE", "Location", "Places", "TextFile"]


class Places:
    """The places of the parts of a case, in the trees that it was read from.

    A path holds the keys (of a list the number) from the top of the document on.
    """

    __slots__ = ("_knowledge", "_region")

    def __init__(self, knowledge: Node | None = None, region: Node | None = None) -> None:
        """Keep the trees; a case that is put together without files has none."""
        self._knowledge = knowledge
        self._region = region

    def in_knowledge(self, *path: str | int) -> Location | None:
        """Where the key stands at the end of a path in the knowledge; None without one."""
        found = self._knowledge and self._knowledge.at(path)
        return found.key if found else None

    def in_region(self, *path: str | int) -> Location | None:
        """Where the key stands at the end of a path in the region; None without one.

        What ``--set`` changed stands in that option, also where it changed no more than the value.
        """
        found = self._region and self._region.at(path)
        value = found and found.node.step("value")
        if value and value.key.line is None:
            return value.key
        return found.key if found else None


NOWHERE = Places()
"""The places of a case that is put together without files."""
