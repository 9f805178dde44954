"""The changes of facts that can help a form on, each with the activity that brings it about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decision.explain.demands import Condition, Demands, Subject, Value, Variable
from decision.load.scalars import meaning
from decision.model.knowledge import Knowledge
from decision.model.rules import Rule
from decision.roadmap.jobs import Job

__all__ = ["Change", "candidates"]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of a partner that becomes another value, and the job for that.

    ``now`` is None for a fact that is unknown; ``job`` is None where the knowledge names no
    activity, and then nobody knows what it takes. ``meets`` are the conditions that the new value
    meets. ``path`` is where a region file declares the fact; ``steps`` is how many levels away the
    value is, all of them when the fact is unknown.
    """

    variable: Variable
    now: Value | None
    becomes: Value
    meets: frozenset[Condition]
    job: Job | None
    path: str
    steps: int

    @property
    def assignment(self) -> str:
        """The change as ``path=value``, with the value in YAML; a phase is a number."""
        if ".positions." in self.path:
            return f"{self.path}={self.becomes}"
        if isinstance(self.becomes, str):
            return f"{self.path}={_written(self.becomes)}"
        return f"{self.path}=[{','.join(map(_written, self.becomes))}]"


def _written(level: str) -> str:
    """A level as YAML reads it back: between quotation marks where it would read something else."""
    plain = re.fullmatch(r"[A-Za-z][\w-]*", level) and meaning(level) == level
    return level if plain else json.dumps(level)


def candidates(knowledge: Knowledge, demands: Demands) -> Iterator[Change]:
    """Every change that meets something that is not met, and is not idle next to another.

    A value need not meet everything that is asked: one that takes less work may do.
    """
    for variable, subject in demands.subjects.items():
        if subject.changeable:
            now = {one for one in subject.asked if one.met}
            helpful = (value for value in subject.values if not subject.met_by(value) <= now)
            yield from _best([_change(knowledge, demands, variable, value) for value in helpful])


def _best(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes of a fact without those that meet less than another, for the same work or more.

    Of work that nobody knows it is not said that it is less.
    """
    for one in changes:
        better = (other for other in changes if one.meets < other.meets)
        if not any(one.job is None or one.job == other.job for other in better):
            yield one


def _change(knowledge: Knowledge, demands: Demands, variable: Variable, value: Value) -> Change:
    """The change, by the remedy of a rule where there is one that comes to the same."""
    subject = demands.subjects[variable]
    becomes, job, met = value, None, subject.met_by(value)
    for rule in _rules_with_remedy(knowledge, demands, variable.fact):
        after = rule.remedy and _after(subject, rule.remedy.becomes, met)
        if rule.remedy and after:
            becomes, job = after, _job(knowledge, subject, variable.partner, rule.remedy.by)
            break
    path, steps = _path(variable, subject), _steps(subject, becomes)
    return Change(variable, subject.now, becomes, met, job, path, steps)


def _rules_with_remedy(knowledge: Knowledge, demands: Demands, fact: str) -> list[Rule]:
    """The rules with a remedy for a fact: first what is asked here, then for the form at all."""
    about = [
        (name in demands.rules, demands.form in rule.guards, rule)
        for name, rule in knowledge.rules.items()
        if rule.remedy is not None and rule.remedy.fact == fact
    ]
    about.sort(key=lambda one: one[:2], reverse=True)
    return [rule for *_, rule in about]


def _after(subject: Subject, level: str, wanted: frozenset[Condition]) -> Value | None:
    """What a fact is once it has a level: a set holds it beside what it had, or else alone.

    None when that does not come to what is ``wanted``.
    """
    had = subject.now or ()
    both = tuple(one for one in subject.definition.levels if one == level or one in had)
    ways: tuple[Value, ...] = (level,) if subject.definition.kind == "scale" else (both, (level,))
    return next((one for one in ways if subject.met_by(one) == wanted), None)


def _steps(subject: Subject, becomes: Value) -> int:
    levels = [*subject.definition.levels]
    match subject.now, becomes:
        case str(now), str():
            return abs(levels.index(becomes) - levels.index(now))
        case tuple(had), tuple():
            return len({*had} ^ {*becomes})
        case _:
            return len(levels)


def _path(variable: Variable, subject: Subject) -> str:
    if subject.kind == "region":
        return f"facts.{variable.fact}"
    partners = "municipalities" if subject.kind == "municipality" else "organisations"
    partner, aspect = f"{partners}.{variable.partner}", subject.definition.aspect
    return f"{partner}.facts.{variable.fact}" if aspect is None else f"{partner}.positions.{aspect}"


def _job(knowledge: Knowledge, subject: Subject, partner: str, activity: str) -> Job:
    """The partner whose fact it is does the activity, or else the region for all."""
    own = knowledge.activities[activity].of_each == subject.kind != "region"
    return Job(activity, partner if own else None)
