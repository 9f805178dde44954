"""What a comparison calls the places where its sides differ, and the values found there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from decision.comparison.compare import SideBySide
from decision.model.knowledge import UNKNOWN
from decision.report.view import View
from decision.words.catalogue import Messages
from decision.words.numbers import Numbers

__all__ = ["ABSENT", "Named", "letter"]

ABSENT = "-"
"""Stands where a side has nothing."""

_LONGEST = 60  # characters of a value; the JSON has all of it
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Named:
    """The names of sides, partners, facts and forms, whichever side they come from."""

    def __init__(self, found: SideBySide, words: Messages, numbers: Numbers) -> None:
        """Look at one comparison with the words of one language."""
        self.found, self.say, self.numbers = found, words.say, numbers
        self.views = [View(side.advice, words) for side in found.sides]
        self.letters = tuple(map(letter, range(len(found.sides))))

    def partner(self, kind: str, name: str) -> str:
        """The name of a partner, as the first side that has it calls it."""
        everybody = [getattr(view.region, kind) for view in self.views]
        return str(next(held[name].name for held in everybody if name in held))

    def form(self, form: str | None) -> str:
        """A form with its number; a dash without one."""
        return ABSENT if form is None else self.views[0].label(form)

    def group(self, name: str) -> str:
        """The name of a group of criteria."""
        return self.views[0].knowledge.groups[name].name

    def role(self, role: str) -> str:
        """The role of a partner in words."""
        return self.say(f"roles.{role}")

    def input(self, steps: Sequence[str]) -> str:
        """What a value that goes in is about; its path where there are no words for it."""
        match tuple(steps):
            case ("facts", fact):
                return self.fact(fact)
            case (kind, name, "facts", fact):
                return f"{self.partner(kind, name)}: {self.fact(fact)}"
            case ("kengetallen", name):
                kengetal = self.views[0].knowledge.kengetallen[name]
                return f"{kengetal.name} ({kengetal.unit})"
            case ("rules" | "investments" | "running_costs" as kind, name, _):
                return self.say(f"comparison.{kind.removesuffix('s')}", name=name)
        return ".".join(steps)

    def input_value(self, steps: Sequence[str], value: Any) -> str:  # noqa: ANN401 - plain data
        """A value that goes in, in the words of a fact's scale where it is one."""
        match tuple(steps):
            case (*_, "facts", fact) if value is not None:
                levels = value if isinstance(value, tuple) else (value,)
                return ", ".join(self.level(fact, level) for level in levels) or ABSENT
        return self.value(value)

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self.views[0].knowledge.facts[fact].name

    def level(self, fact: str, level: str) -> str:
        """The level of a fact in words."""
        if level == UNKNOWN:
            return self.say("unknown")
        return self.views[0].knowledge.facts[fact].levels[level]

    def value(self, value: Any) -> str:  # noqa: ANN401 - plain data of any shape
        """A value as the file has it, but numbers as a reader writes them; a long one in part."""
        return shorten(self._value(value), _LONGEST, placeholder=" …")

    def _value(self, value: Any) -> str:  # noqa: ANN401 - plain data of any shape
        if value is None or value in ((), {}):
            return ABSENT
        if isinstance(value, bool):
            return self.say("comparison.yes") if value else self.say("comparison.no")
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {self._value(one)}" for key, one in value.items())
        if isinstance(value, tuple):
            return "; ".join(map(self._value, value))
        if isinstance(value, float):
            return self.numbers.plain(value)
        return self.say("unknown") if value == UNKNOWN else str(value)


def letter(place: int) -> str:
    """The letter of a side: A to Z, and then AA."""
    before, last = divmod(place, len(_LETTERS))
    return (letter(before - 1) if before else "") + _LETTERS[last]
