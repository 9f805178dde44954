"""An advice that was written before, held against what its inputs give now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from decision.comparison.compare import Difference, same
from decision.load.receipt import INPUTS, InputKind, Receipt

__all__ = ["AdviceReplay", "ChangedInput", "replay"]

_APART = frozenset({"version", "receipt", "digest"})
"""Keys of an advice that say nothing of what is advised."""

_PLACES = frozenset({"file", "line"})
"""Keys that say where something stands, which changes no advice."""

_ANSWER = ("recommended", "candidates", "next", "end_state")
_PARTS = {"municipalities": ("role", "form", "wave"), "organisations": ("role",)}
_MOST_LISTED, _LONGEST_TEXT = 20, 100

_MONEY = (("settled", "year"), ("settled", "cost"), ("settled", "difference"), ("investment",))


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """An input that is not what it was: the digest of a file, or the version of the program.

    ``before`` and ``now`` are None where there was, or is, no such file.
    """

    kind: Literal["program"] | InputKind
    name: str
    before: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class AdviceReplay:
    """What an advice and its inputs were, beside what they are now.

    ``inputs`` are those that changed, and ``differences`` what differs in the answer itself: form,
    roles and money. ``topics`` are all the keys of the advice below which anything differs.
    """

    inputs: tuple[ChangedInput, ...]
    differences: tuple[Difference, ...]
    topics: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the advice comes out as it was."""
        return not self.topics


def replay(
    before: Mapping[str, Any], now: Mapping[str, Any], receipts: tuple[Receipt, Receipt]
) -> AdviceReplay:
    """Hold an advice and its receipt, as they were written, against those of now.

    Both advices are documents of the machine contract (docs/json.md), the first of which anybody
    may have changed. Numbers are equal but for the rounding of the computer.
    """
    keys = [key for key in dict.fromkeys((*before, *now)) if key not in _APART]
    topics = (
        _printable(key)
        for key in keys
        if not (key in before and key in now and _alike(key, now[key], before[key]))
    )
    held = [{at: _told(value) for at, value in _answer(one)} for one in (before, now)]
    steps = dict.fromkeys(steps for side in held for steps in side)
    found = (Difference(one, tuple(side.get(one) for side in held)) for one in steps)
    return AdviceReplay(
        tuple(_changed(*receipts)),
        tuple(one for one in found if not same(*one.values)),
        tuple(topics),
    )


def _changed(before: Receipt, now: Receipt) -> Iterator[ChangedInput]:
    if before.version != now.version:
        yield ChangedInput("program", "decide", before.version, now.version)
    for kind in INPUTS:
        was, is_ = before.inputs.get(kind, {}), now.inputs.get(kind, {})
        if kind == "region" and len(was) == len(is_) == 1:
            was = dict(zip(is_, was.values(), strict=True))  # by whatever name it was kept
        for name in sorted(was.keys() | is_.keys()):
            if was.get(name) != is_.get(name):
                yield ChangedInput(kind, name, was.get(name), is_.get(name))


def _alike(topic: str, now: Any, before: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    """Whether both say the same of a topic; the traces, wherever the facts stand.

    It looks no deeper than ``now`` goes.
    """
    return same(_placeless(now, before), before) if topic == "traces" else same(now, before)


def _placeless(now: Any, before: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """What is told now, with the places that were told before."""
    if isinstance(now, Mapping) and isinstance(before, Mapping):
        return {key: _placed(key, one, before.get(key)) for key, one in now.items()}
    if isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        return [*map(_placeless, now, before)]
    return now


def _placed(key: str, now: Any, before: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    if key in _PLACES and isinstance(before, str | int | None):
        return before
    return _placeless(now, before)


def _answer(advice: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The answer of an advice, value by value: the form, who does what, and what that costs."""
    for key in _ANSWER:
        yield (key,), _at(advice, key)
    for kind, keys in _PARTS.items():
        partners = _at(advice, kind)
        for name in partners if isinstance(partners, Mapping) else ():
            for key in keys:
                yield (kind, _printable(name), key), _at(partners, name, key)
    for path in _MONEY:
        yield ("plan", *path), _at(advice, "plan", *path)


def _at(value: Any, *path: str) -> Any:  # noqa: ANN401 - plain data of any shape
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _told(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """A value that can be told: the contract has texts, numbers and lists of texts here."""
    if isinstance(value, list):
        return tuple(_printable(one) for one in value[:_MOST_LISTED] if isinstance(one, str))
    if isinstance(value, str):
        return _printable(value)
    return None if isinstance(value, Mapping) else value


def _printable(text: str) -> str:
    """A text of which every character can be shown, and not too many."""
    return "".join(one if one.isprintable() else " " for one in text[:_LONGEST_TEXT])
