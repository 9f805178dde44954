"""What templates may ask of an advice: names, labels and small selections, no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decision.advice import Advice, Assumption
from decision.eligibility import PartnerVerdict
from decision.knowledge import UNKNOWN, Activity, Document, Form, Rule, Source
from decision.region import Fact, Member, Organisation
from decision.roadmap import Part, Task
from decision.scores import FormScore
from decision.words import Messages

__all__ = ["Asked", "Bar", "View"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One unanswered question with everyone it must be put to."""

    fact: str
    question: str
    partners: tuple[str, ...]
    binding: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A task or a group of tasks as a bar of the planning, in weeks."""

    label: str
    start: float
    finish: float
    milestone: float | None


class View:
    """The advice as the templates see it; every method is a plain look-up."""

    def __init__(self, advice: Advice, words: Messages) -> None:
        """Look at one advice with the words of one language."""
        self.advice = advice
        self.region = advice.region
        self.knowledge = advice.knowledge
        self.plan = advice.roadmap
        self.words = words
        self.years = tuple(advice.region.costs.years)
        self.number = f"14{advice.region.number}"

    # -- names

    def name(self, partner: str | None) -> str:
        """The name of a municipality, organisation or neighbour; else of the region."""
        found: Member | Organisation | None = (
            self.region.municipalities.get(partner or "")
            or self.region.organisations.get(partner or "")
            or self.region.neighbours.get(partner or "")
        )
        return found.name if found else self.region.name

    def names(self, partners: Iterable[str]) -> list[str]:
        """The names of partners, in the order given."""
        return [self.name(partner) for partner in partners]

    def form(self, form: str) -> Form:
        """A form of the knowledge."""
        return self.knowledge.forms[form]

    def label(self, form: str | None) -> str:
        """A form with its number: ``3a Samen Zelf Afhandelen``."""
        return "" if form is None else f"{form} {self.knowledge.forms[form].name}"

    def activity(self, activity: str) -> Activity:
        """An activity of the knowledge."""
        return self.knowledge.activities[activity]

    def rule(self, rule: str) -> Rule:
        """A rule of the knowledge."""
        return self.knowledge.rules[rule]

    def remedy(self, rule: str) -> str | None:
        """The name of the activity that would satisfy a rule."""
        remedy = self.knowledge.rules[rule].remedy
        return None if remedy is None else self.knowledge.activities[remedy.by].name

    def level(self, fact: str, declared: Fact | None) -> str:
        """What was declared, in the words of the fact's scale."""
        if declared is None or not declared.known:
            return self.words.say("unknown")
        values = declared.value if isinstance(declared.value, tuple) else (declared.value,)
        levels = self.knowledge.facts[fact].levels
        return ", ".join(levels[value] for value in values if value != UNKNOWN)

    def document(self, source: Source) -> Document:
        """The document that a source cites."""
        return self.documents[source.document]

    @property
    def documents(self) -> dict[str, Document]:
        """All documents, the knowledge's and the region's own."""
        return {**self.knowledge.sources, **self.region.sources}

    # -- roles

    def with_role(self, *roles: str) -> list[str]:
        """The municipalities that have one of these roles, in the order of the region."""
        parts = self.plan.municipalities if self.plan else {}
        return [name for name, part in parts.items() if part.role in roles]

    def organisations_with(self, role: str) -> list[str]:
        """The organisations that have this role."""
        parts = self.plan.organisations if self.plan else {}
        return [name for name, part in parts.items() if part.role == role]

    def part(self, partner: str) -> Part | None:
        """The part that a municipality or organisation plays."""
        if self.plan is None:
            return None
        return self.plan.municipalities.get(partner) or self.plan.organisations.get(partner)

    def inhabitants(self, partners: Iterable[str]) -> float:
        """How many people live in these municipalities."""
        return sum(self.region.municipalities[name].inhabitants.value for name in partners)

    # -- verdicts

    def verdict(self, partner: str, form: str) -> PartnerVerdict:
        """The verdict on a municipality or organisation for a form."""
        verdicts = self.advice.eligibility
        return (verdicts.municipalities.get(partner) or verdicts.organisations[partner])[form]

    def broken(self, partner: str, form: str, *, warns: bool) -> list[str]:
        """The rules a partner does not meet: those that only warn, or those that bind."""
        return [
            rule
            for rule in self.verdict(partner, form).rules("no")
            if (self.rule(rule).otherwise == "warns") is warns
        ]

    def refused(self, partner: str, form: str) -> list[str]:
        """The broken rules by which a partner does not take part."""
        binding = self.broken(partner, form, warns=False)
        return [rule for rule in binding if self.rule(rule).otherwise != "joins_later"]

    def open_binding(self, partner: str, form: str) -> list[str]:
        """The names of the unknown facts that binding rules for a form wait for."""
        return [
            self.knowledge.facts[one.fact].name
            for one in self.advice.open_questions
            if one.partner == partner
            and any(
                self.rule(rule).otherwise != "warns" and form in self.rule(rule).guards
                for rule in one.rules
            )
        ]

    def warnings(self, form: str) -> list[str]:
        """The regional rules that only warn and are not met."""
        verdicts = self.advice.eligibility.forms[form].verdicts
        return [
            verdict.rule
            for verdict in verdicts
            if verdict.truth == "no" and self.rule(verdict.rule).otherwise == "warns"
        ]

    def warned(self, form: str) -> list[tuple[str, list[str]]]:
        """The rules that warn, each with the municipalities that it warns about."""
        found: dict[str, list[str]] = {}
        for partner in self.region.municipalities:
            for rule in self.broken(partner, form, warns=True):
                found.setdefault(rule, []).append(partner)
        return list(found.items())

    def lacking(self, form: str, rule: str) -> list[str]:
        """The municipalities that keep a regional requirement from being met."""
        verdicts = self.advice.eligibility.forms[form].verdicts
        verdict = next(one for one in verdicts if one.rule == rule)
        parts = (part for part in verdict.trace.parts if part.partner != verdict.partner)
        return [part.partner for part in parts if part.truth == "no"]

    def questions(self) -> list[Asked]:
        """The open questions, each once, with everyone it must be put to."""
        partners: dict[str, list[str]] = {}
        binding: dict[str, bool] = {}
        for one in self.advice.open_questions:
            partners.setdefault(one.fact, []).append(one.partner)
            binds = any(self.rule(rule).otherwise != "warns" for rule in one.rules)
            binding[one.fact] = binding.get(one.fact, False) or binds
        return [
            Asked(fact, self.knowledge.facts[fact].question, tuple(asked), binding[fact])
            for fact, asked in partners.items()
        ]

    # -- scores and costs

    def ranked(self) -> list[FormScore]:
        """The forms by score, the eligible ones first."""
        forms = self.advice.scores.forms.values()
        return sorted(forms, key=lambda form: (form.rank is None, -form.score))

    def saving(self, form: str) -> float:
        """What a form saves in the last year against going on as today, in euro."""
        costs = self.advice.costs.forms
        return costs[self.knowledge.baseline].last_year.total - costs[form].last_year.total

    def assumptions(self) -> Iterator[tuple[str, list[Assumption]]]:
        """The assumptions by kind, in the order in which they were found."""
        found: dict[str, list[Assumption]] = {}
        for one in self.advice.assumptions:
            found.setdefault(one.kind, []).append(one)
        yield from found.items()

    def parts(self, assumption: Assumption) -> list[str]:
        """Which parts of an entry are assumed, in words."""
        return [self.words.say(f"parts.{part}") for part in assumption.parts]

    # -- route

    def critical_tasks(self) -> list[Task]:
        """The tasks of the critical path, in order."""
        found = {task.id: task for task in self.plan.tasks} if self.plan else {}
        return [found[name] for name in (self.plan.critical_path if self.plan else ())]

    def tasks(self, level: str, partner: str | None) -> list[Task]:
        """The tasks of one level and one partner (the region for None), by start."""
        return [
            task
            for task in (self.plan.tasks_of(partner) if self.plan else ())
            if self.activity(task.activity).level == level
        ]

    def decisions(self) -> list[tuple[str, list[Task]]]:
        """The decisions, by the one who takes them, in order of time."""
        found: dict[str, list[Task]] = {}
        for task in self.plan.tasks if self.plan else ():
            if self.activity(task.activity).level == "decision":
                found.setdefault(task.activity, []).append(task)
        return list(found.items())

    def live_week(self, municipality: str) -> float | None:
        """When a municipality goes live: with its wave, else when it is ready by itself."""
        part = self.plan.municipalities[municipality] if self.plan else None
        if self.plan is None or part is None:
            return None
        return part.ready_week if part.wave is None else self.plan.waves[part.wave - 1].week

    def bars(self) -> list[Bar]:
        """The planning in a few bars: the region's work, then each municipality's."""
        if self.plan is None:
            return []
        first = self.plan.waves[0].week if self.plan.waves else self.plan.weeks
        regional = [task for task in self.plan.tasks_of(None) if task.finish <= first]
        bars = [_bar(self.region.name, regional, first if self.plan.waves else None)]
        for name in self.plan.municipalities:
            live = self.live_week(name)
            own = [t for t in self.plan.tasks_of(name) if live is None or t.finish <= live]
            bars.append(_bar(self.name(name), own, live))
        return bars


def _bar(label: str, tasks: Iterable[Task], milestone: float | None) -> Bar:
    spans = [(task.start, task.finish) for task in tasks] or [(0.0, 0.0)]
    return Bar(label, min(s for s, _ in spans), max(f for _, f in spans), milestone)
