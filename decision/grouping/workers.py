"""Work in parts that do not wait for one another: one after another, or by an executor.

Whoever does a part, it comes to the same, and all come back in the order in which they are asked
for. So the outcome is the same for any number of workers.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol, TypeVar

__all__ = ["Each", "Step", "Workers", "in_turn", "unheard"]

Asked = TypeVar("Asked")
Found = TypeVar("Found")

Step = Callable[[str, int, int], None]
"""Told of a kind of work, how many parts of it are done, and how many there are."""


class Each(Protocol):
    """How something is done for each of several things."""

    def __call__(
        self, does: Callable[[Asked], Found], asked: Sequence[Asked], /
    ) -> Iterator[Found]:
        """What is found for each, in their order."""


def in_turn(does: Callable[[Asked], Found], asked: Sequence[Asked]) -> Iterator[Found]:
    """One after another."""
    return map(does, asked)


def unheard(_kind: str, _done: int, _whole: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: an executor (None: nobody else), and who is told of every ``step``."""

    executor: Executor | None = None
    step: Step = unheard

    def each(self, kind: str) -> Each:
        """How a kind of work is done for each of several things; every one of them is told."""

        def found(does: Callable[[Asked], Found], asked: Sequence[Asked]) -> Iterator[Found]:
            self.step(kind, 0, len(asked))
            if self.executor is None:
                made = in_turn(does, asked)
            else:
                made = self.executor.map(partial(_done, pickle.dumps(does)), asked)
            for done, one in enumerate(made, 1):
                self.step(kind, done, len(asked))
                yield one

        return found


def _done(packed: bytes, asked: Any) -> Any:  # noqa: ANN401 - whatever the work is about
    return _unpacked(packed)(asked)


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    """The work, of which a worker unpacks every kind once."""
    does: Callable[[Any], Any] = pickle.loads(packed)  # noqa: S301 - packed by this program itself
    return does
