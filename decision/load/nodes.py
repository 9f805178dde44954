"""From YAML to a tree in which every key and value knows its place in a file.

The tree is built from the parser's events, one by one, so that a document that is too deep or
too large is refused before it is built, and so that aliases are shared instead of copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from decision.load.problems import Faults, Location, Path, TextFile
from decision.load.scalars import FAULTY, Scalar, Trap, meaning
from decision.load.syntax import syntax_fault
from decision.load.text import hidden_in, visible

__all__ = ["Entry", "Node", "parse"]

DEEPEST = 50
MOST_NODES = 100_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = {
    ScalarEvent: {None, "!", f"{_TAG}str"},
    SequenceStartEvent: {None, "!", f"{_TAG}seq"},
    MappingStartEvent: {None, "!", f"{_TAG}map"},
}


class Entry(NamedTuple):
    """A value in a mapping, with the place of its key."""

    key: Location
    node: Node


class Node(NamedTuple):
    """A value with its place: a scalar, a list of nodes, or a mapping of entries."""

    value: Scalar | list[Node] | dict[str, Entry]
    place: Location

    def step(self, step: str | int) -> Entry | None:
        """The entry one step further, of an item of a list at its own place; None without one."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and str(step).isdecimal() and int(step) < len(self.value):
            item = self.value[int(step)]
            return Entry(item.place, item)
        return None

    def at(self, path: Path) -> Entry | None:
        """The entry at the end of a path, of the tree itself at its own place; None without one."""
        found: Entry | None = Entry(self.place, self)
        for step in path:
            found = found.node.step(step) if found else None
        return found


class _TooMuchError(Exception):
    """The document goes past a limit; what is wrong has been noted."""


@dataclass(slots=True)
class _Open:
    """A list or mapping of which the end has not been read yet."""

    node: Node
    entries: dict[str, Entry] | None
    """What a mapping holds so far; None for a list."""
    items: list[Node]
    """What a list holds so far."""
    anchor: str | None
    key: tuple[str, Location] | None = None
    """The key of which the value comes next; an empty name for one that is left out."""
    faulty: bool = False
    """Whether the whole of it is at fault."""
    skip: bool = False
    """Whether the next value belongs to a key at fault, and is left out."""
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Builder:
    """Builds the tree of one document out of events."""

    file: TextFile
    text: str
    faults: Faults
    at: Path = ()
    """Where the document stands in a larger one."""
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    root: Node | None = None
    whole: bool = False
    """Whether a fault is shown at the file as a whole."""
    escapes: bool = False
    """Whether there is a backslash anywhere."""
    documents: int = 0
    nodes: int = 0
    """The nodes of everything that is open, with what aliases repeat."""

    def build(self, events: Iterator[Event]) -> Node | None:
        """The tree of the only document; None for an empty one."""
        for event in events:
            if isinstance(event, NodeEvent):
                self.take(event)
            elif isinstance(event, CollectionEndEvent):
                self.close()
            elif isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self.stop("several_documents", self.place(event))
        return self.root

    def take(self, event: NodeEvent) -> None:
        """Take in the next key or value."""
        parent = self.open[-1] if self.open else None
        if parent and parent.entries is not None and parent.key is None:
            self.take_key(parent, parent.entries, event)
        elif isinstance(event, ScalarEvent):
            node = Node(self.scalar(event), self.place(event))
            if event.anchor is not None:
                self.remember(event.anchor, node, 1, 0)
            self.put(node, 1, 0)
        elif isinstance(event, AliasEvent):
            self.put(*self.alias(event))
        else:
            self.start(event)

    def take_key(self, parent: _Open, entries: dict[str, Entry], event: NodeEvent) -> None:
        """Take in a key; one at fault is noted and its value left out."""
        if not isinstance(event, ScalarEvent):
            self.stop("complex_key", self.place(event))
        place, name, plain = self.place(event), visible(event.value), event.implicit[0]
        split = plain and self.is_split(event)
        if split:
            self.faults.add("comma_in_block", place, self.path(), value=name)
        elif plain or event.tag is not None or self.escapes:
            self.faulty_key(event, place)
        twin = entries.get(name)
        if twin is not None:
            path = (*self.path(), name)
            self.faults.add("duplicate_key", place, path, value=name, line=twin.key.line)
        if event.anchor is not None:
            self.remember(event.anchor, Node(name, place), 1, 0)
        parent.skip = twin is not None or split or (plain and name == "<<")
        parent.key = (name, place)

    def hidden(self, event: ScalarEvent) -> str | None:
        """A character that cannot be seen, where it is written as an escape."""
        return hidden_in(event.value, self.text) if self.escapes and event.style == '"' else None

    def is_split(self, event: ScalarEvent) -> bool:
        """Whether a key is the end of a number with a comma in it, as ``71,500`` in a block."""
        end = event.start_mark.index if event.start_mark else 0
        before = self.text[max(0, end - 2) : end]
        return event.value.isdecimal() and before[:1].isdecimal() and before[1:] == ","

    def faulty_key(self, event: ScalarEvent, place: Location) -> None:
        """Note what is wrong with a key by itself; it is read as the text that stands there."""
        name = event.value
        if event.tag not in _PLAIN_TAGS[ScalarEvent]:
            path = (*self.path(), name)
            self.faults.add("unknown_tag", place, path, value=_short(event.tag))
        elif hidden := self.hidden(event):
            self.faults.add("invisible_character", place, (*self.path(), name), value=hidden)
        elif event.implicit[0] and name == "<<":
            self.faults.add("merge_key", place, self.path())
        elif event.implicit[0]:
            found = meaning(name)
            if not isinstance(found, str):
                code = found.code if isinstance(found, Trap) else "key_not_text"
                self.faults.add(code, place, (*self.path(), name), value=name)

    def scalar(self, event: ScalarEvent) -> Scalar:
        """The value of a scalar; a trap is noted."""
        if event.tag is not None and event.tag not in _PLAIN_TAGS[ScalarEvent]:
            code, value = "unknown_tag", _short(event.tag)
        elif hidden := self.hidden(event):
            code, value = "invisible_character", hidden
        elif not event.implicit[0]:
            return event.value
        elif isinstance(found := meaning(event.value), Trap):
            code, value = found.code, event.value
        else:
            return found
        self.faults.add(code, self.place(event), self.path_of_next(), value=value)
        return FAULTY

    def alias(self, event: AliasEvent) -> tuple[Node, int, int]:
        """The node that an alias repeats, with its size and height."""
        name = event.anchor
        if name in self.anchors:
            return self.anchors[name]
        recursive = any(name == collection.anchor for collection in self.open)
        code = "recursive_alias" if recursive else "unknown_alias"
        self.faults.add(code, self.place(event), self.path_of_next(), value=name)
        return Node(FAULTY, self.place(event)), 1, 0

    def start(self, event: NodeEvent) -> None:
        """Begin a list or a mapping."""
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise TypeError(event)
        faulty = event.tag not in _PLAIN_TAGS[type(event)]
        if faulty:
            path = self.path_of_next()
            self.faults.add("unknown_tag", self.place(event), path, value=_short(event.tag))
        if len(self.open) >= DEEPEST:
            self.stop("too_deep", self.place(event))
        entries: dict[str, Entry] | None = {} if isinstance(event, MappingStartEvent) else None
        items: list[Node] = []
        node = Node(items if entries is None else entries, self.place(event))
        self.open.append(_Open(node, entries, items, event.anchor, faulty=faulty))
        self.nodes += 1

    def close(self) -> None:
        """End the innermost list or mapping."""
        done = self.open.pop()
        node = Node(FAULTY, done.node.place) if done.faulty else done.node
        if done.anchor is not None:
            self.remember(done.anchor, node, done.size, done.height)
        self.nodes -= done.size
        self.put(node, done.size, done.height)

    def remember(self, anchor: str, node: Node, size: int, height: int) -> None:
        """Keep a node that has an anchor, for its aliases."""
        if anchor in self.anchors:
            self.faults.add("duplicate_anchor", node.place, value=anchor)
        self.anchors[anchor] = (node, size, height)

    def put(self, node: Node, size: int, height: int) -> None:
        """Put a finished node where it belongs, and keep count of size and height."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.size += size
        self.nodes += size
        if height >= parent.height:
            parent.height = height + 1
        if self.nodes > MOST_NODES:
            self.stop("too_many_nodes", node.place, MOST_NODES)
        if len(self.open) + height > DEEPEST:
            self.stop("too_deep", node.place)
        if parent.entries is None:
            parent.items.append(node)
        elif parent.key:
            if not parent.skip:
                parent.entries[parent.key[0]] = Entry(parent.key[1], node)
            parent.key = None

    def stop(self, code: str, place: Location, most: int = DEEPEST) -> NoReturn:
        """Note a fault after which the rest of the document cannot be read."""
        self.faults.add(code, place, self.path(), most=most)
        raise _TooMuchError

    def place(self, event: Event) -> Location:
        """Where an event begins."""
        mark = event.start_mark
        if self.whole or mark is None:
            return Location(self.file)
        return Location(self.file, mark.line + 1, mark.column + 1)

    def path(self) -> Path:
        """The path of the innermost open list or mapping."""
        return (*self.at, *(_step(collection) for collection in self.open[:-1]))

    def path_of_next(self) -> Path:
        """The path of the value that comes next."""
        return (*self.at, *(_step(collection) for collection in self.open))


def _step(collection: _Open) -> str | int:
    if collection.entries is None:
        return len(collection.items)
    return collection.key[0] if collection.key else ""


def _short(tag: str | None) -> str:
    return (tag or "").replace(_TAG, "!!")


def _events(text: str) -> Iterator[Event]:
    """The events of YAML's parser up to the last; it stumbles over what is no YAML."""
    loader = _LOADER(text)
    try:
        while type(event := loader.get_event()) is not StreamEndEvent:
            yield event
    finally:
        loader.dispose()


def parse(text: str, file: TextFile, faults: Faults, at: Path = ()) -> Node | None:
    """The tree of ``text``; faults are noted, and None means that there is nothing to go on."""
    builder = _Builder(file, text, faults, at, whole=file.whole, escapes="\\" in text)
    try:
        return builder.build(_events(text))
    except _TooMuchError:
        return None
    except yaml.YAMLError as error:
        code, place, value = syntax_fault(error, file)
        faults.add(code, place, at, value=value)
        return None
