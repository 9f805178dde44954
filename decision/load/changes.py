"""Changes to a region that are tried without editing its file: ``path=value``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision.load.fields import takes_text
from decision.load.guess import Guesses
from decision.load.nodes import Node, parse
from decision.load.overlay import replace
from decision.load.problems import Faults, Location, Path, TextFile
from decision.load.scalars import NOTHING
from decision.load.text import printable
from decision.model.region import Region

__all__ = ["OPTION", "changed"]

OPTION = "--set"
"""The option of the command line that a change comes from; a fault in a change is shown at it."""

_AS_YAML = ("'", '"', "[", "{")
"""What a value begins with that is read as YAML, also where a text belongs."""


def changed(tree: Node, changes: Sequence[str], faults: Faults) -> Node:
    """The tree after every change, in the order given; one at fault is noted and left out.

    A change may go into what an earlier one made, but undoes none of it.
    """
    made: dict[TextFile, tuple[str, ...]] = {}
    for change in changes:
        path, equals, value = change.partition("=")
        parts = tuple(path.strip().split("."))
        place = Location(TextFile(f"{OPTION} {path.strip()}"))
        before = len(faults)
        if not equals or not all(parts):
            faults.add("change_unclear", place, value=change)
            continue
        new = _value(value, place, _typed(tree, parts), faults)
        if any(one[: len(parts)] == parts for one in made.values()) or _file(tree, parts) in made:
            faults.add("change_twice", place, parts, value=path.strip())
        elif found := _misnamed(tree, parts, new):
            faults.add("change_misnamed", place, parts, value=found[0], meant=found[1])
        if len(faults) == before:
            after = replace(tree, parts, new)
            if after is None:
                faults.add("change_through_value", place, parts, value=path.strip())
            tree = after or tree
            made[place.file] = parts
    return tree


def _value(text: str, place: Location, path: Path, faults: Faults) -> Node:
    """The value as it stands where a text belongs, else as YAML; what is wrong with it is noted."""
    before, plain = len(faults), text.strip()
    if not printable(text, place.file, faults):
        return Node(None, place)
    if plain not in NOTHING and not plain.startswith(_AS_YAML) and takes_text(Region, path):
        return Node(plain, place)
    tree = parse(text, place.file, faults, path)
    if tree is None and len(faults) == before:
        faults.add("change_without_value", place, path, value=".".join(map(str, path)))
    return tree or Node(None, place)


def _file(tree: Node, path: tuple[str, ...]) -> TextFile | None:
    """The file, or the change, that what stands at a path comes from."""
    *_, (_, node) = _steps(tree, path)
    return node.place.file if node else None


def _misnamed(tree: Node, path: tuple[str, ...], new: Node) -> tuple[str, str] | None:
    """A step that names no partner (or another entry with a name), and the id that was meant.

    An entry can be new, unless the path goes on in it or it is to be removed.
    """
    for at, (above, node) in enumerate(_steps(tree, path), 1):
        if isinstance(above, dict) and node is None and (at < len(path) or new.value is None):
            named = ((key, one.node.step("name")) for key, one in above.items())
            names = {key: str(name.node.value) for key, name in named if name}
            meant = Guesses().entry(path[at - 1], names)
            return (path[at - 1], meant) if meant else None
    return None


def _typed(tree: Node, path: tuple[str, ...]) -> Path:
    """The path with a number for every step into a list."""
    numbered = [isinstance(above, list) for above, _ in _steps(tree, path)]
    return tuple(
        int(step) if number and step.isdecimal() else step
        for step, number in zip(path, numbered, strict=True)
    )


def _steps(tree: Node, path: tuple[str, ...]) -> Iterator[tuple[object, Node | None]]:
    """For every step of a path where it is taken from, and what it leads to."""
    node: Node | None = tree
    for step in path:
        above, entry = (node.value, node.step(step)) if node else (None, None)
        node = entry.node if entry else None
        yield above, node
