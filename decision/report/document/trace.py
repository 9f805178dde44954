"""How every verdict came about: what each rule asked, what was found, and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from decision.eligibility.evaluation import Trace, Truth
from decision.eligibility.verdicts import Verdict
from decision.explain.demands import Value, Variable
from decision.load.places import Location
from decision.model.requirements import Comparison, Participants, Quantified
from decision.model.rules import Consequence
from decision.model.values import Outcome, Partner, Source
from decision.report.view import View
from decision.report.view.asked import SIGNS, Phrases, asked_fact

__all__ = ["Found", "Line", "RuleTree", "SharedVerdict", "Traces"]

ORDER: dict[Truth, int] = {truth: place for place, truth in enumerate(SIGNS)}


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a fact, whether it is what was asked, and of whom and where it was found."""

    sign: str
    level: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a tree: what was asked and, where that is one fact, what was found.

    ``depth`` is 0 for the rule as a whole. ``sign`` is empty where several partners were asked
    and not all of them have the same truth.
    """

    depth: int
    sign: str
    text: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTree:
    """A rule with the forms that it was asked for, where it comes from, and its tree.

    One that ``warns`` decides nothing.
    """

    rule: str
    forms: tuple[str, ...]
    origin: str
    warns: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SharedVerdict:
    """Partners (by name) with the same verdict on a form: the binding rules that decide it."""

    names: tuple[str, ...]
    outcome: Outcome
    refusal: Consequence | None
    decisive: tuple[tuple[str, tuple[str, ...]], ...]


class Traces:
    """The traces of an advice, each rule once for all forms and partners that it was asked of."""

    def __init__(self, view: View, phrases: Phrases) -> None:
        """Look at the advice of a view, in the words of one language."""
        self._advice, self._view, self._phrases = view.advice, view, phrases

    def sign(self, form: str) -> str:
        """Whether a form is open to the region, as a sign."""
        verdict = self._advice.eligibility.forms[form]
        truth: Truth = "no" if verdict.excluded_by else "unknown"
        return SIGNS["yes" if verdict.eligible else truth]

    def decisive(self, form: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The rules by which a form is open to the region or not, by their sign."""
        return self._by_sign(self._advice.eligibility.forms[form].verdicts)

    def standings(self, form: str) -> list[SharedVerdict]:
        """How all partners stand on a form, those with the same verdict together."""
        found: dict[object, SharedVerdict] = {}
        eligibility = self._advice.eligibility
        for name, verdicts in {**eligibility.municipalities, **eligibility.organisations}.items():
            one = verdicts[form]
            left = tuple(part for part in self._by_sign(one.verdicts) if part[0] != SIGNS["yes"])
            key = (one.outcome, one.refusal, left)
            names = (*(found[key].names if key in found else ()), self._phrases.name(name))
            found[key] = SharedVerdict(names, one.outcome, one.refusal, left)
        return list(found.values())

    def binding(self, kind: Partner, form: str) -> list[str]:
        """The rules by which a form is asked of a kind of partner, without those that warn."""
        return [one.rule for one in self.rules(kind) if form in one.forms and not one.warns]

    def rules(self, kind: Partner) -> list[RuleTree]:
        """Every rule that was asked of a kind of partner, in the order of the knowledge."""
        return self._rules[kind]

    @cached_property
    def _rules(self) -> dict[Partner, list[RuleTree]]:
        forms: dict[str, dict[str, None]] = {}
        traces: dict[str, dict[str, Trace]] = {}
        for form, verdict in self._advice.eligibility.each():
            forms.setdefault(verdict.rule, {})[form] = None
            # who takes part is asked anew for every form
            counts = isinstance(verdict.trace.asked, Participants)
            who = f"{verdict.partner} {form}" if counts else verdict.partner
            traces.setdefault(verdict.rule, {})[who] = verdict.trace
        found: dict[Partner, list[RuleTree]] = {
            "region": [],
            "municipality": [],
            "organisation": [],
        }
        for name, rule in self._advice.knowledge.rules.items():
            if name in traces:
                origin = ", ".join(self._origin(rule.source, self._phrases.place_of_rule(name)))
                lines = tuple(self._lines([*traces[name].values()], 0))
                warns = self._view.warns(name)
                found[rule.of_each].append(RuleTree(name, tuple(forms[name]), origin, warns, lines))
        return found

    def _by_sign(self, verdicts: Iterable[Verdict]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The rules that bind, by the sign of their truth."""
        binding = [one for one in verdicts if not self._view.warns(one.rule)]
        found = {
            sign: tuple(one.rule for one in binding if one.truth == truth)
            for truth, sign in SIGNS.items()
        }
        return tuple((sign, rules) for sign, rules in found.items() if rules)

    def _lines(self, traces: Sequence[Trace], depth: int) -> Iterator[Line]:
        """The tree of one requirement, which was asked of one partner or of several alike."""
        asked, truths = traces[0].asked, {one.truth for one in traces}
        sign = SIGNS[truths.pop()] if len(truths) == 1 else ""
        if isinstance(asked, Comparison):
            yield Line(depth, sign, self._phrases.asked_in_full(asked), self._found(traces))
            return
        phrases = self._phrases
        if isinstance(asked, Participants):
            yield Line(depth, sign, phrases.words.say("explain.counts"))
            for one in traces:
                yield Line(depth + 1, SIGNS[one.truth], phrases.counted(one))
            return
        text = phrases.traced(traces[0])[0] if depth else phrases.asked_in_full(asked)
        if len(traces) > 1:
            text = " ".join([f"{text}.", *phrases.divided(traces)]).removesuffix(".")
        if isinstance(asked, Quantified) and isinstance(asked.municipalities, Comparison):
            yield Line(depth, sign, text, self._found(traces[0].parts))
            return
        yield Line(depth, sign, text)
        quantified = isinstance(asked, Quantified)
        below = [traces[0].parts] if quantified else zip(*(t.parts for t in traces), strict=True)
        for parts in below:
            yield from self._lines(parts, depth + 1)

    def _found(self, traces: Iterable[Trace]) -> tuple[Found, ...]:
        """What was found for one comparison, each value once with all of whom it was found."""
        alike: dict[tuple[Truth, Value | None], list[Trace]] = {}
        for one in sorted(traces, key=lambda one: ORDER[one.truth]):
            value = one.found.value if one.found and one.found.known else None
            alike.setdefault((one.truth, value), []).append(one)
        level = self._phrases.level
        return tuple(
            Found(SIGNS[truth], level(asked_fact(one), one.found), self._origins([one, *others]))
            for (truth, _), (one, *others) in alike.items()
        )

    def _origins(self, traces: Sequence[Trace]) -> tuple[str, ...]:
        """Everyone of whom it was found, and where; if it stands nowhere, all in as few words."""
        found = {one.partner: [*self._origin_of(one)] for one in traces}
        if not any(found.values()):
            return tuple(self._phrases.those(found))
        names = {partner: self._phrases.name(partner) for partner in found}
        return tuple(
            f"{names[partner]} ({', '.join(parts)})" if parts else names[partner]
            for partner, parts in found.items()
        )

    def _origin_of(self, trace: Trace) -> Iterator[str]:
        place = self._phrases.place_of_fact(Variable(trace.partner, asked_fact(trace)))
        return self._origin(trace.found.source if trace.found else None, place)

    def _origin(self, source: Source | None, place: Location | None) -> Iterator[str]:
        """The source, and ``file:line``; of a path that another machine has not, only its name."""
        if source is not None:
            yield self._view.cite(source)
        if place is not None:
            path = PurePath(self._phrases.at(place))
            yield path.name if path.is_absolute() or ".." in path.parts else path.as_posix()
