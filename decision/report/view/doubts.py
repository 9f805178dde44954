"""Figures that may well be a typing error, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterable

from decision.costs.doubts import Doubt
from decision.words.catalogue import Messages
from decision.words.numbers import Numbers

__all__ = ["doubts_told"]


def doubts_told(doubts: Iterable[Doubt], words: Messages, numbers: Numbers) -> list[str]:
    """What is given, what it lies far from, and where to look."""
    write = {"inhabitants_counted": numbers.number, "contacts": numbers.percent}
    return [
        words.say(
            f"costs.doubts.{one.about}",
            given=write[one.about](one.given),
            beside=write[one.about](one.beside),
        )
        for one in doubts
    ]
