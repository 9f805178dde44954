"""Do the cases that experts wrote come out as they expect?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from decision.advice.advice import Advice, decide
from decision.load.expert import ExpertCase
from decision.model.expectations import NONE, Expected

__all__ = ["CaseResult", "Check", "check"]

_ROUNDING = 1e-9
"""How far numbers that are the same may lie apart, as a share of them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of a case, and what was found.

    ``path`` and ``line`` say where the expectation stands; ``within`` is how far a number that is
    found may lie from the one that is expected (None for what is no number).
    """

    path: str
    expected: Any
    found: Any
    within: float | None = None
    line: int = 0

    @property
    def passed(self) -> bool:
        """Whether it holds."""
        if self.within is None:
            return bool(self.expected == self.found)
        rounding = _ROUNDING * max(abs(self.expected), abs(self.found))
        return bool(abs(self.expected - self.found) <= self.within + rounding)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came out of one case, expectation by expectation."""

    id: str
    name: str
    file: str
    line: int
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation holds."""
        return all(one.passed for one in self.checks)


def check(cases: Iterable[ExpertCase]) -> tuple[CaseResult, ...]:
    """Run every case, and hold its outcome against what its expert expects."""
    return tuple(map(_result, cases))


def _result(case: ExpertCase) -> CaseResult:
    advice = decide(case.case)
    compared = _compared(case.written.expect, advice)
    checks = (replace(one, line=case.lines[one.path]) for one in compared)
    in_order = tuple(sorted(checks, key=lambda one: one.line))
    return CaseResult(case.id, case.written.name, case.file, case.line, in_order)


def _compared(expected: Expected, advice: Advice) -> Iterator[Check]:
    """Every expectation that a case has, in the order of the contract."""
    for key in ("recommended", "next", "end_state"):
        if getattr(expected, key) is not None:
            yield Check(key, getattr(expected, key), getattr(advice, key) or NONE)
    if expected.candidates is not None:
        yield Check("candidates", sorted(expected.candidates), sorted(advice.candidates))
    yield from _forms(expected, advice)
    if expected.ranking is not None:
        yield Check("ranking", list(expected.ranking), _ranking(advice))
    for partner, role in expected.roles.items():
        yield Check(f"roles.{partner}", role, _role(advice, partner))
    if expected.waves is not None:
        yield Check("waves", [sorted(wave) for wave in expected.waves], _waves(advice))
    yield from _verdicts(expected, advice)
    yield from _costs(expected, advice)


def _forms(expected: Expected, advice: Advice) -> Iterator[Check]:
    for form, one in expected.forms.items():
        verdict, at = advice.eligibility.forms[form], f"forms.{form}"
        if one.eligible is not None:
            yield Check(f"{at}.eligible", one.eligible, verdict.eligible)
        for key in ("excluded_by", "undecided_by"):
            rules = getattr(one, key)
            if rules is not None:
                yield Check(f"{at}.{key}", sorted(rules), sorted(getattr(verdict, key)))


def _ranking(advice: Advice) -> list[str]:
    """The eligible forms, the best first."""
    ranks = {form: one.rank for form, one in advice.scores.forms.items() if one.rank}
    return sorted(ranks, key=ranks.__getitem__)


def _role(advice: Advice, partner: str) -> str:
    return advice.parts[partner].role


def _waves(advice: Advice) -> list[list[str]]:
    """The municipalities that go live together, wave by wave."""
    waves = advice.roadmap.waves if advice.roadmap else ()
    return [sorted(set(wave.members) & set(advice.region.municipalities)) for wave in waves]


def _verdicts(expected: Expected, advice: Advice) -> Iterator[Check]:
    found = {**advice.eligibility.municipalities, **advice.eligibility.organisations}
    for partner, forms in expected.verdicts.items():
        for form, outcome in forms.items():
            path = f"verdicts.{partner}.{form}"
            yield Check(path, outcome, found[partner][form].outcome)


def _costs(expected: Expected, advice: Advice) -> Iterator[Check]:
    for form, years in expected.costs.items():
        for year, figures in years.items():
            cost = advice.costs.forms[form].years[int(year)]
            for key, one in figures.items():
                path = f"costs.{form}.{year}.{key}"
                yield Check(path, one.value, getattr(cost, key), one.tolerance)
