"""The space of all configurations, and which of them can exist.

Every link between options is about two choices, so the configurations that break none of them are
counted exactly by summing out one choice after another (a contraction of small tables), without
going through millions of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from decision.model.knowledge import Knowledge

__all__ = ["Link", "Pick", "Space", "space"]

Pick = tuple[str, str]
"""A choice, and one of its options."""

_LARGEST_TABLE = 2**24
"""Entries of the largest table while counting; far more than twelve choices need."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an option asks of another choice, and why in the words of the knowledge.

    It ``needs`` one of the ``options`` of the ``other`` choice, or ``excludes`` all of them.
    """

    kind: Literal["needs", "excludes"]
    choice: str
    option: str
    other: str
    options: tuple[str, ...]
    because: str

    def allows(self, option: str) -> bool:
        """Whether it leaves room for an option of the other choice."""
        return (option in self.options) == (self.kind == "needs")


@dataclass(frozen=True, slots=True)
class Space:
    """All choices with their options, from least to most together, and the links between them."""

    options: Mapping[str, tuple[str, ...]]
    links: tuple[Link, ...]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Every option of every choice."""
        return tuple((choice, one) for choice, options in self.options.items() for one in options)

    @property
    def size(self) -> int:
        """The number of configurations, possible or not."""
        return prod(map(len, self.options.values()))

    def broken(self, configuration: Mapping[str, str]) -> tuple[Link, ...]:
        """The links that a configuration breaks; a choice may be left open."""
        return tuple(
            one
            for one in self.links
            if configuration.get(one.choice) == one.option
            and one.other in configuration
            and not one.allows(configuration[one.other])
        )

    def possible(
        self,
        without: Collection[Pick] = (),
        links: Collection[Link] | None = None,
    ) -> int:
        """The number of configurations ``without`` some options that break no link.

        The links are those of the space itself unless others are given.
        """
        asked = self.links if links is None else links
        operands: list[Any] = []
        for pair, table in self._tables(asked).items():
            operands += [table, [*pair]]
        for number, (choice, options) in enumerate(self.options.items()):
            left = [(choice, option) not in without for option in options]
            operands += [np.array(left, dtype=np.int64), [number]]
        return int(np.einsum(*operands, [], optimize=("greedy", _LARGEST_TABLE)))

    def _tables(self, asked: Collection[Link]) -> dict[tuple[int, int], NDArray[np.int64]]:
        """For each two choices that a link is about, which options go together."""
        numbers = {choice: number for number, choice in enumerate(self.options)}
        tables: dict[tuple[int, int], NDArray[np.int64]] = {}
        for one in asked:
            pair = numbers[one.choice], numbers[one.other]
            shape = len(self.options[one.choice]), len(self.options[one.other])
            table = tables.setdefault(pair, np.ones(shape, dtype=np.int64))
            row = self.options[one.choice].index(one.option)
            table[row] &= [one.allows(option) for option in self.options[one.other]]
        return tables


def space(knowledge: Knowledge) -> Space:
    """The space of configurations that the knowledge describes."""
    return Space(
        options={name: tuple(choice.options) for name, choice in knowledge.choices.items()},
        links=tuple(_links(knowledge)),
    )


def _links(knowledge: Knowledge) -> Iterator[Link]:
    for name, choice in knowledge.choices.items():
        for letter, option in choice.options.items():
            for other, one in option.needs.items():
                yield Link("needs", name, letter, other, one.options, one.because)
            for other, one in option.excludes.items():
                yield Link("excludes", name, letter, other, one.options, one.because)
