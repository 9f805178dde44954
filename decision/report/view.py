"""What templates may ask of an advice: names, labels and small selections, no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from decision.advice import Advice, Assumption
from decision.costs import HourStaffing
from decision.eligibility import PartnerVerdict, Truth
from decision.knowledge import (
    UNKNOWN,
    Activity,
    Document,
    Form,
    Rule,
    Source,
    comparisons,
)
from decision.region import Fact, Figure, Member, Organisation, Wishes
from decision.roadmap import Part, Task
from decision.scores import FormScore, scores
from decision.words import Messages

__all__ = ["Asked", "Bar", "Clash", "Missing", "View"]


TRUTHS: tuple[Truth, ...] = ("yes", "no", "unknown")


class Sourced(Protocol):
    """Anything that says where it comes from."""

    @property
    def source(self) -> Source:
        """Where it comes from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One unanswered question with everyone it must be put to."""

    fact: str
    question: str
    partners: tuple[str, ...]
    binding: bool
    because: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement by which forms drop out, with the municipalities that lack it."""

    rule: str
    forms: tuple[str, ...]
    undecided: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """An inrichtingskeuze on which a form does something else than a partner wants."""

    choice: str
    wanted: tuple[str, ...]
    chosen: str


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
        self.baseline = advice.knowledge.baseline
        ranked = [one.form for one in self.ranked() if one.form != self.baseline]
        self.focus = advice.recommended or ranked[0]

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

    def those(self, partners: Iterable[str]) -> list[str]:
        """The names of partners; all municipalities, or all but one, in a word."""
        given = list(partners)
        left = [name for name in self.region.municipalities if name not in given]
        if len(given) + len(left) != len(self.region.municipalities) or len(given) <= 2:  # noqa: PLR2004
            return self.names(given)
        if not left:
            return [self.words.say("who.all")]
        if len(left) == 1:
            return [self.words.say("who.all_but", names=self.name(left[0]))]
        return self.names(given)

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

    @property
    def documents(self) -> dict[str, Document]:
        """All documents, the knowledge's and the region's own."""
        return {**self.knowledge.sources, **self.region.sources}

    def cite(self, source: Source | None) -> str:
        """The number of the document in the list of sources, and the place in it."""
        if source is None:
            return self.words.say("cite.none")
        number = [*self.documents].index(source.document) + 1
        code = "cite.reading" if source.reading else "cite.literal"
        return self.words.say(code, number=number, place=source.place)

    def cited(self, entries: Mapping[str, Sourced]) -> list[str]:
        """The documents that entries of the knowledge cite, by number."""
        documents = [*self.documents]
        found = {documents.index(entry.source.document) + 1 for entry in entries.values()}
        return [self.words.say("cite.document", number=number) for number in sorted(found)]

    def records(self) -> Iterator[tuple[str, str, dict[str, Fact], Figure | None]]:
        """The region and every partner: name, kind, facts, and number of inhabitants."""
        region = self.region
        yield region.name, "region", region.facts, None
        for municipality in region.municipalities.values():
            yield municipality.name, "municipality", municipality.facts, municipality.inhabitants
        for organisation in region.organisations.values():
            yield organisation.name, "organisation", organisation.facts, None
        for neighbour in region.neighbours.values():
            yield neighbour.name, "neighbour", neighbour.facts, neighbour.inhabitants

    def declared(self, facts: dict[str, Fact]) -> list[tuple[str, Fact]]:
        """The facts that are known, in the order of the knowledge."""
        return [(name, facts[name]) for name in self.knowledge.facts if self._known(facts, name)]

    def undeclared(self, kind: str, facts: dict[str, Fact]) -> list[str]:
        """The names of the facts about a kind of partner that nobody has declared."""
        return [
            fact.name
            for name, fact in self.knowledge.facts.items()
            if fact.of == kind and not fact.derived and not self._known(facts, name)
        ]

    @staticmethod
    def _known(facts: dict[str, Fact], name: str) -> bool:
        return name in facts and facts[name].known

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

    def binding(self, form: str, kind: str) -> list[str]:
        """The rules that bind partners of a kind to something before a form is theirs."""
        return [
            name
            for name, rule in self.knowledge.rules.items()
            if rule.of_each == kind and form in rule.guards and rule.otherwise != "warns"
        ]

    def about(self, rule: str) -> list[str]:
        """The names of the facts that a rule asks for."""
        facts = [one.fact for one in comparisons(self.rule(rule).requires)]
        return [self.knowledge.facts[fact].name for fact in dict.fromkeys(facts)]

    def cell(self, partner: str, form: str, rule: str) -> str:
        """How a partner stands on one rule: ``yes``, ``later``, ``refuses`` or ``unknown``."""
        verdict = self.verdict(partner, form)
        truth = next(truth for truth in TRUTHS if rule in verdict.rules(truth))
        if truth != "no":
            return truth
        return "later" if self.rule(rule).otherwise == "joins_later" else "refuses"

    def needed(self, partner: str, form: str) -> list[str]:
        """The activities that would take away what keeps a partner from a form."""
        found = (self.remedy(rule) for rule in self.broken(partner, form, warns=False))
        return list(dict.fromkeys(activity for activity in found if activity))

    def role(self, partner: str) -> str:
        """The role of a partner; of an organisation that is not known well enough, ``open``."""
        part = self.part(partner)
        if part is None or (
            partner in self.region.organisations
            and self.verdict(partner, self.focus).outcome == UNKNOWN
        ):
            return "open"
        return part.role

    def clashes(self, wishes: Wishes, form: str) -> list[Clash]:
        """Where a form does something else than a partner wants or accepts."""
        found = []
        for choice, chosen in self.form(form).profile.items():
            wanted = (*wishes.wants.get(choice, ()), *wishes.accepts.get(choice, ()))
            if chosen in wishes.refuses.get(choice, ()) or (wanted and chosen not in wanted):
                options = self.knowledge.choices[choice].options
                texts = tuple(options[one].text for one in wanted)
                found.append(
                    Clash(self.knowledge.choices[choice].name, texts, options[chosen].text)
                )
        return found

    def open_binding(self, partner: str, form: str) -> list[str]:
        """The names of the facts by which binding rules for a form are still undecided."""
        rules = [
            rule
            for rule in self.verdict(partner, form).rules("unknown")
            if self.rule(rule).otherwise != "warns"
        ]
        return list(dict.fromkeys(fact for rule in rules for fact in self.about(rule)))

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

    def missing(self) -> list[Missing]:
        """Why forms drop out: each requirement once, with the forms that wait for it."""
        forms: dict[str, list[str]] = {}
        undecided: dict[str, list[str]] = {}
        for form, verdict in self.advice.eligibility.forms.items():
            for rule in verdict.excluded_by:
                forms.setdefault(rule, []).append(form)
            for rule in verdict.undecided_by:
                undecided.setdefault(rule, []).append(form)
        rules = [rule for rule in self.knowledge.rules if rule in forms or rule in undecided]
        return [
            Missing(
                rule,
                tuple(forms.get(rule, ())),
                tuple(undecided.get(rule, ())),
                tuple(self.lacking((*forms.get(rule, ()), *undecided.get(rule, ()))[0], rule)),
            )
            for rule in rules
        ]

    def lacking(self, form: str, rule: str) -> list[str]:
        """The municipalities that keep a regional requirement from being met."""
        verdicts = self.advice.eligibility.forms[form].verdicts
        verdict = next(one for one in verdicts if one.rule == rule)
        parts = (part for part in verdict.trace.parts if part.partner != verdict.partner)
        return [part.partner for part in parts if part.truth == "no"]

    def questions(self) -> list[Asked]:
        """The open questions, each once, with everyone it must be put to."""
        partners: dict[str, list[str]] = {}
        waiting: dict[str, list[str]] = {}
        for one in self.advice.open_questions:
            partners.setdefault(one.fact, []).append(one.partner)
            waiting.setdefault(one.fact, []).extend(one.rules)
        return [self._asked(fact, asked, waiting[fact]) for fact, asked in partners.items()]

    def _asked(self, fact: str, partners: list[str], rules: list[str]) -> Asked:
        definition = self.knowledge.facts[fact]
        named = self.name(partners[0])
        if len(partners) > 1:
            named = self.words.say(f"each.{definition.of}")
        binding = [rule for rule in rules if self.rule(rule).otherwise != "warns"]
        return Asked(
            fact=fact,
            question=definition.question.replace("{partner}", named),
            partners=tuple(partners),
            binding=bool(binding),
            because=self.rule((binding or rules)[0]).because,
        )

    @staticmethod
    def gist(text: str) -> str:
        """The first sentence of a text."""
        return text.partition(". ")[0].rstrip(".") + "."

    # -- scores and costs

    def ranked(self) -> list[FormScore]:
        """The forms by score, the eligible ones first."""
        forms = self.advice.scores.forms.values()
        return sorted(forms, key=lambda form: (form.rank is None, -form.score))

    def saving(self, form: str) -> float:
        """What a form saves in the last year against going on as today, in euro."""
        costs = self.advice.costs.forms
        return costs[self.knowledge.baseline].last_year.total - costs[form].last_year.total

    def gaps(self, form: str, other: str) -> list[tuple[str, float]]:
        """The groups of criteria on which two forms differ, with the points (best first)."""
        score = self.advice.scores.forms
        found = [
            (name, (score[form].group(name) - score[other].group(name)) * 100)
            for name in self.advice.scores.weights
        ]
        return sorted((one for one in found if round(one[1], 1)), key=lambda one: -one[1])

    def weak(self, form: str) -> list[str]:
        """The criteria on which a form gets one of the two lowest grades."""
        return [
            name
            for name, criterion in self.knowledge.criteria.items()
            if criterion.grades is not None and criterion.grades[form].grade <= 2  # noqa: PLR2004
        ]

    def weighed(self) -> list[tuple[str, str | None]]:
        """The municipalities with weights of their own, and the form that is best under these."""
        advice = self.advice
        return [
            (
                name,
                scores(
                    advice.knowledge, self.region, advice.eligibility, advice.costs, one.weights
                ).best,
            )
            for name, one in self.region.municipalities.items()
            if one.weights
        ]

    def cheapest(self) -> list[tuple[list[int], list[str]]]:
        """The years, each stretch with the forms that are cheapest then (by their own figures)."""
        found: list[tuple[list[int], list[str]]] = []
        own = {name: cost for name, cost in self.advice.costs.forms.items() if not cost.assumed}
        for year in self.years:
            prices = {name: round(cost.years[year].cost_per_call, 2) for name, cost in own.items()}
            best = [name for name, price in prices.items() if price == min(prices.values())]
            if found and found[-1][1] == best:
                found[-1][0].append(year)
            else:
                found.append(([year], best))
        return found

    def hours(self, form: str) -> list[HourStaffing]:
        """The staffing of a form hour by hour in its first year."""
        return list(self.advice.costs.forms[form].years[self.years[0]].hours)

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

    def local(self) -> list[tuple[str, dict[str, Task]]]:
        """The work of the municipalities: each activity once, with each one's task, by start."""
        found: dict[str, dict[str, Task]] = {}
        for task in self.plan.tasks if self.plan else ():
            local = self.activity(task.activity).level == "local"
            if local and task.partner in self.region.municipalities:
                found.setdefault(task.activity, {})[task.partner] = task
        starts = {name: min(task.start for task in own.values()) for name, own in found.items()}
        return sorted(found.items(), key=lambda one: starts[one[0]])

    def work_of_organisations(self) -> list[Task]:
        """The tasks of the regional organisations, by start."""
        tasks = self.plan.tasks if self.plan else ()
        return [task for task in tasks if task.partner in self.region.organisations]

    def at_work(self) -> list[str]:
        """The municipalities that have local work to do."""
        found = {partner for _, tasks in self.local() for partner in tasks}
        return [name for name in self.region.municipalities if name in found]

    def days(self, partner: str | None) -> float:
        """The working days that the tasks of one partner take."""
        return sum(task.effort_days for task in (self.plan.tasks_of(partner) if self.plan else ()))

    def decisions(self) -> list[tuple[str, list[tuple[str, list[Task]]]]]:
        """The decisions in order of time, together for each of those who take them."""
        found: dict[str, dict[str, list[Task]]] = {}
        tasks = sorted(self.plan.tasks if self.plan else (), key=lambda task: task.finish)
        for task in tasks:
            activity = self.activity(task.activity)
            if activity.level == "decision":
                found.setdefault(activity.who, {}).setdefault(task.activity, []).append(task)
        return [(who, list(own.items())) for who, own in found.items()]

    def live_week(self, municipality: str) -> float | None:
        """When a municipality goes live: with its wave, else when it is ready by itself."""
        part = self.plan.municipalities[municipality] if self.plan else None
        if self.plan is None or part is None:
            return None
        return part.ready_week if part.wave is None else self.plan.waves[part.wave - 1].week

    def bars(self) -> list[Bar]:
        """The planning in a few bars: the region's work, then each partner's up to going live."""
        if self.plan is None:
            return []
        first = self.plan.waves[0].week if self.plan.waves else self.plan.weeks
        regional = [task for task in self.plan.tasks_of(None) if task.finish <= first]
        bars = [_bar(self.region.name, regional, first if self.plan.waves else None)]
        for name in self.plan.municipalities:
            live = self.live_week(name)
            own = [t for t in self.plan.tasks_of(name) if live is None or t.finish <= live]
            if own:
                bars.append(_bar(self.name(name), own, live))
        for name in self.plan.organisations:
            own = list(self.plan.tasks_of(name))
            if own:
                bars.append(_bar(self.name(name), own, max(task.finish for task in own)))
        return bars


def _bar(label: str, tasks: Iterable[Task], milestone: float | None) -> Bar:
    spans = [(task.start, task.finish) for task in tasks] or [(0.0, 0.0)]
    return Bar(label, min(s for s, _ in spans), max(f for _, f in spans), milestone)
