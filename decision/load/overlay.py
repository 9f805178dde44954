"""Laying one document over another, and finding places back in the result."""

from __future__ import annotations

from decision.load.nodes import Entry, Node

__all__ = ["lay_over", "replace"]


def lay_over(base: Node, layer: Node, *, leads: bool = False) -> Node:
    """``base`` with ``layer`` over it: mappings merge key by key, anything else is replaced.

    An empty value in the layer removes the entry. Every part keeps its own place; a mapping that
    is made of both stands where the layer has it if the layer ``leads``, else where the base does.
    """
    if not isinstance(base.value, dict) or not isinstance(layer.value, dict):
        return layer
    merged = dict(base.value)
    for key, entry in layer.value.items():
        below = merged.get(key)
        if entry.node.value is None:
            merged.pop(key, None)
        elif below is None:
            merged[key] = entry
        else:
            node = lay_over(below.node, entry.node, leads=leads)
            merged[key] = Entry(entry.key if leads or node is entry.node else below.key, node)
    return Node(merged, base.place)


def replace(tree: Node, path: tuple[str, ...], new: Node) -> Node | None:
    """``tree`` with ``new`` at ``path``, made where it does not exist; empty removes it.

    None when the path goes through something that is neither a mapping nor a list.
    """
    if not path:
        return new
    name, rest = path[0], path[1:]
    if isinstance(tree.value, dict):
        return _replace_key(tree, tree.value, name, rest, new)
    if isinstance(tree.value, list) and name.isdecimal() and int(name) < len(tree.value):
        inner = replace(tree.value[int(name)], rest, new)
        if inner is None:
            return None
        items = [*tree.value]
        items[int(name)] = inner
        return Node(items, tree.place)
    return None


def _replace_key(
    tree: Node, entries: dict[str, Entry], name: str, rest: tuple[str, ...], new: Node
) -> Node | None:
    old = entries.get(name)
    inner = replace(old.node if old else Node({}, new.place), rest, new)
    if inner is None:
        return None
    changed = {**entries, name: Entry(old.key if old and rest else new.place, inner)}
    if not rest and new.value is None:
        del changed[name]
    return Node(changed, tree.place)
