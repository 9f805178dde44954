"""Whether an advice still comes out,: first the answer, then what changed."""

from __future__ import annotations

from typing import Any

from decision.advice.advice import Advice
from decision.comparison.compare import Difference
from decision.comparison.replay import AdviceReplay, ChangedInput
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Pages

__all__ = ["replay_answer"]

_EURO = frozenset({"cost", "difference", "investment"})


def replay_answer(found: AdviceReplay, again: Advice, lang: str, *, edited: bool) -> Pages:
    """Whether the inputs still give the advice, which of them changed, and what differs.

    Args:
        found: The advice as it was written, beside what comes out now.
        again: What comes out now.
        lang: In which language.
        edited: Whether somebody changed the file with the advice after it was written.
    """
    shown = _Replayed(again, lang)
    title = shown.answer(found, edited=edited)
    shown.inputs(found)
    shown.differences(found)
    return shown.pages("replay", title)


class _Replayed(Sheet):
    """The parts of the output."""

    def answer(self, found: AdviceReplay, *, edited: bool) -> str:
        """Whether inputs and advice are the same."""
        code = "other_inputs" if found.inputs else "unchanged"
        if not found.same:
            code = "all_other" if found.inputs else "other_advice"
        if edited:
            self.line(self.say("replay.edited"))
        return self.say(f"replay.answer.{code}")

    def inputs(self, found: AdviceReplay) -> None:
        """Which inputs changed, and how."""
        if not found.inputs:
            return
        self.part("inputs", self.say("replay.inputs"))
        for one in found.inputs:
            self.point(self.changed(one))
        own = [one for one in found.inputs if one.kind == "criteria"]
        if own and all(one.now is None for one in own):
            self.line(self.say("replay.give_criteria"))

    def changed(self, one: ChangedInput) -> str:
        """One input: what it was and is, or that it came or went."""
        if one.kind == "program":
            return self.say("replay.program", before=one.before, now=one.now)
        code = "new" if one.before is None else "gone" if one.now is None else "changed"
        return self.say(f"replay.{code}", name=one.name, kind=self.say(f"replay.kinds.{one.kind}"))

    def differences(self, found: AdviceReplay) -> None:
        """The answer as it was and as it is, and where the rest differs."""
        if found.differences:
            rows = [
                TableRow(self.name(one), [self.value(one, value) for value in one.values])
                for one in found.differences
            ]
            columns = ("", *self.said("replay.before", "replay.now"))
            self.table(columns, rows, texts=range(len(columns)))
        if found.topics:
            topics = self.numbers.listing(found.topics)
            self.line(self.say("replay.topics", topics=topics))

    def name(self, one: Difference) -> str:
        """What a difference is about."""
        about = one.steps[-1]
        if one.steps[0] in {"municipalities", "organisations"}:
            partner, region = one.steps[1], self.advice.region
            known = partner in region.municipalities or partner in region.organisations
            name = self.view.name(partner) if known else partner
            return self.say(f"replay.part.{about}", partner=name)
        return self.say(f"replay.about.{about}")

    def value(self, one: Difference, value: Any) -> str:  # noqa: ANN401 - plain data
        """A value as a reader knows it; a dash where there is none."""
        if value is None or value == ():
            return "-"
        about = one.steps[-1]
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        if about == "role":
            return self.words.get(f"roles.{value}") or str(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return self.numbers.euro(value) if about in _EURO else str(value)
