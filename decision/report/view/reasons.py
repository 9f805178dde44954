"""Why forms drop out: the facts behind the rules, and how much is lacking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from decision.model.facts import Wishes
from decision.report.view.sources import Sources
from decision.report.view.verdicts import Verdicts

__all__ = ["Reasons", "Wished"]

Stance = Literal["wants", "accepts", "refuses"]
STANCES: tuple[Stance, ...] = ("wants", "accepts", "refuses")


@dataclass(frozen=True, slots=True)
class Wished:
    """The options of a choice (their names) that a partner wants, accepts or refuses."""

    stance: Stance
    choice: str
    options: tuple[str, ...]


class Reasons(Sources, Verdicts):
    """What the rules by which forms drop out rest on."""

    def declared_wishes(self, wishes: Wishes) -> list[Wished]:
        """What a partner declares to want, to accept and to refuse, choice by choice."""
        return [
            Wished(stance, self.knowledge.choices[choice].name, self._options(choice, letters))
            for stance in STANCES
            for choice, letters in getattr(wishes, stance).items()
            if letters
        ]

    def _options(self, choice: str, letters: Collection[str]) -> tuple[str, ...]:
        options = self.knowledge.choices[choice].options
        return tuple(one.text for letter, one in options.items() if letter in letters)

    @staticmethod
    def full_stop(text: str) -> str:
        """The text as a sentence that has an end."""
        return text if text.endswith((".", "!", "?")) else f"{text}."
