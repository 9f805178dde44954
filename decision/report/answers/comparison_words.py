"""What a comparison calls the places where its sides differ, and the values found there."""

from __future__ import annotations

from typing import Any

from decision.comparison.compare import SideBySide
from decision.model.knowledge import UNKNOWN
from decision.report.view import View
from decision.report.view.inputs import ABSENT, InputWords
from decision.words.catalogue import Messages
from decision.words.numbers import Numbers

__all__ = ["Named", "letter"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Named:
    """The names of sides, partners, facts and forms, whichever side they come from."""

    def __init__(self, found: SideBySide, words: Messages, numbers: Numbers) -> None:
        """Look at one comparison with the words of one language."""
        self.found, self.numbers = found, numbers
        self.words, self.say = words, words.say
        self.views = [View(side.advice, words) for side in found.sides]
        self.paths = InputWords([side.advice for side in found.sides], words, numbers)
        self.letters = tuple(map(letter, range(len(found.sides))))

    def partner(self, kind: str, name: str) -> str:
        """The name of a partner, as the first side that has it calls it."""
        return self.paths.partner(kind, name)

    def form(self, form: str | None) -> str:
        """A form with its number; a dash without one."""
        return ABSENT if form is None else self.views[0].label(form)

    def group(self, name: str) -> str:
        """The name of a group of criteria."""
        return self.views[0].knowledge.groups[name].name

    def role(self, role: str) -> str:
        """The role of a partner in words."""
        return self.say(f"roles.{role}")

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self.views[0].knowledge.facts[fact].name

    def level(self, fact: str, level: str) -> str:
        """The level of a fact in words."""
        if level == UNKNOWN:
            return self.say("unknown")
        return self.views[0].knowledge.facts[fact].levels[level]

    def value(self, value: Any) -> str:  # noqa: ANN401 - plain data of any shape
        """A value without a place of its own, as a reader writes it."""
        return self.paths.value((), value)


def letter(place: int) -> str:
    """The letter of a side: A to Z, and then AA."""
    before, last = divmod(place, len(_LETTERS))
    return (letter(before - 1) if before else "") + _LETTERS[last]
