"""What must still be asked, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from decision.advice.questions import Change, Question, addressee, question_text
from decision.model.facts import Fact, Position
from decision.model.values import Source
from decision.report.view.names import Names

__all__ = ["OpenQuestion", "Questions"]


@dataclass(frozen=True, slots=True)
class Note:
    """What was found about partners though it does not tell: the note, and where it comes from."""

    partners: tuple[str, ...]
    text: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One unanswered question with all that it is about, and what an answer changes."""

    question: str
    partners: tuple[str, ...]
    to: tuple[str, ...]
    changes: tuple[Change, ...]
    because: str
    notes: tuple[Note, ...]


class Questions(Names):
    """The open questions, together by what they ask and what they change."""

    def questions(self) -> list[OpenQuestion]:
        """The open questions, each once, with everyone it must be put to.

        A question that changes more for some than for others is there more than once.
        """
        found: dict[tuple[str, tuple[Change, ...]], list[Question]] = {}
        for one in self.advice.open_questions:
            found.setdefault((one.fact, one.changes), []).append(one)
        return [self._once(same) for same in found.values()]

    def questions_by_change(self) -> list[tuple[Change, list[OpenQuestion]]]:
        """The questions that change something, by the weightiest that each can change."""
        found: dict[Change, list[OpenQuestion]] = {}
        for one in self.questions():
            if one.changes:
                found.setdefault(one.changes[0], []).append(one)
        return list(found.items())

    def _once(self, same: Sequence[Question]) -> OpenQuestion:
        first = same[0]
        text = question_text(self.knowledge, self.region, first)
        if len(same) > 1:
            definition = self.knowledge.facts[first.fact]
            each = self.words.say(f"each.{definition.of}")
            text = definition.question.replace("{partner}", each)
        return OpenQuestion(
            question=text,
            partners=tuple(one.partner for one in same),
            to=tuple(dict.fromkeys(addressee(self.region, one) for one in same)),
            changes=first.changes,
            because=self._because(first),
            notes=self._notes(same),
        )

    def _notes(self, same: Sequence[Question]) -> tuple[Note, ...]:
        """What is declared beside ``unknown``, each note or source once."""
        found: dict[tuple[str, Source | None], list[str]] = {}
        for one in same:
            declared = self._declared(one)
            if declared is not None and (declared.note or declared.source):
                found.setdefault((declared.note or "", declared.source), []).append(one.partner)
        return tuple(Note(tuple(names), *about) for about, names in found.items())

    def _declared(self, question: Question) -> Fact | Position | None:
        """What is declared of a fact that is not known, or of the phase that it stands for."""
        name, aspect = question.partner, self.knowledge.facts[question.fact].aspect
        members, organisations = self.region.municipalities, self.region.organisations
        if aspect is not None:
            return members[name].positions.get(aspect)
        owner = members.get(name) or organisations.get(name) or self.region
        return owner.facts.get(question.fact)

    def _because(self, question: Question) -> str:
        """Why the answer matters: the reason of the rule that binds most, else the planning's."""
        if not question.rules:
            return self.knowledge.waves.because
        rules = [self.knowledge.rules[rule] for rule in question.rules]
        return next((one for one in rules if one.binds), rules[0]).because
