"""Where the municipalities stand in Antwoord: phases, starting situation, and how far to go.

Nothing is guessed: an aspect of which nobody declares the phase stays unknown, and a starting
situation is found only when the facts point to it and rule out every other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from decision.advice.targets import Aim, InTime, in_time
from decision.eligibility.evaluation import Scope, Trace, evaluate, scope
from decision.model.facts import Position as Declared
from decision.model.facts import TargetPhase
from decision.model.frozen import Result
from decision.model.knowledge import UNKNOWN, Knowledge
from decision.model.region import Municipality, Region
from decision.model.requirements import Comparison
from decision.model.values import Source
from decision.roadmap.capacity import local_days

__all__ = ["AspectPosition", "Maturity", "Start", "Target", "positions"]


@dataclass(frozen=True, slots=True)
class Target:
    """The phase (1-5) that a municipality aims for, and who says so.

    That is the municipality itself, else its region, else the ``form`` of the region's ambition or,
    without one, the recommended form. ``by`` is the date by which it wants to be there.
    """

    phase: int
    origin: Literal["municipality", "region", "form"]
    form: str | None = None
    by: str | None = None
    note: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class AspectPosition:
    """The phase (1-5) on one aspect and the phase aimed for; None where it is unknown."""

    phase: int | None
    target: int | None
    declared: Declared | None = None

    @property
    def to_go(self) -> int | None:
        """How many phases there are to go; None where one of the two is unknown."""
        if self.phase is None or self.target is None:
            return None
        return max(0, self.target - self.phase)


@dataclass(frozen=True, slots=True)
class Start(Result):
    """The starting situations held against the facts of a municipality, each with its trace."""

    traces: Mapping[str, Trace]

    @property
    def situation(self) -> str | None:
        """The one that the facts point to; None as long as they leave another open."""
        found = [name for name, trace in self.traces.items() if trace.truth != "no"]
        return found[0] if len(found) == 1 and self.traces[found[0]].truth == "yes" else None

    @property
    def possible(self) -> tuple[str, ...]:
        """Those that the facts leave open; none once the situation is known."""
        if self.situation is not None:
            return ()
        return tuple(name for name, trace in self.traces.items() if trace.truth != "no")

    @property
    def ruled_out(self) -> tuple[str, ...]:
        """Those that the facts contradict."""
        return tuple(name for name, trace in self.traces.items() if trace.truth == "no")

    @property
    def ask(self) -> tuple[str, ...]:
        """The facts that would tell which situation it is."""
        open_ones = (self.traces[name] for name in self.possible)
        return tuple(dict.fromkeys(fact for trace in open_ones for fact in _open(trace)))


@dataclass(frozen=True, slots=True)
class Maturity(Result):
    """Where one municipality stands: by aspect, from which start, and among which others.

    ``in_time`` says whether a target with a date can be reached by then; ``size_class`` is its
    class in the survey (None without a survey).
    """

    aspects: Mapping[str, AspectPosition]
    target: Target | None
    in_time: InTime | None
    start: Start
    size_class: str | None

    @property
    def phase(self) -> int | None:
        """The phase that more than half of the aspects are in; None when none is."""
        counts = Counter(one.phase for one in self.aspects.values() if one.phase is not None)
        found = counts.most_common(1)
        return found[0][0] if found and 2 * found[0][1] > len(self.aspects) else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The aspects of which nobody declares the phase."""
        return tuple(name for name, one in self.aspects.items() if one.phase is None)


def positions(knowledge: Knowledge, region: Region, form: str | None) -> dict[str, Maturity]:
    """Where each municipality stands.

    Args:
        knowledge: the aspects, the starting situations, what phase a form asks, and the survey.
        region: what is declared about the municipalities.
        form: the recommended form; it sets the target where the region states no ambition.
    """
    scopes = scope(knowledge, region).municipalities
    wanted = _wanted(knowledge, region, region.ambition or form)
    days = local_days(knowledge, region)
    found = {}
    for name, municipality in region.municipalities.items():
        target = _target("municipality", municipality.target_phase) or wanted
        reached = None
        if target is not None and target.by is not None:
            phases = {one: _phase(municipality.positions.get(one)) for one in knowledge.aspects}
            aim = Aim(phases, target.phase, region.reference_date, target.by)
            reached = in_time(knowledge, aim, days[name])
        found[name] = _position(knowledge, municipality, scopes[name], target, reached)
    return found


def _phase(declared: Declared | None) -> int | None:
    return None if declared is None else declared.number


def _position(
    knowledge: Knowledge,
    municipality: Municipality,
    held: Scope,
    target: Target | None,
    reached: InTime | None,
) -> Maturity:
    survey = knowledge.survey
    return Maturity(
        aspects={
            name: _aspect(municipality.positions.get(name), target) for name in knowledge.aspects
        },
        target=target,
        in_time=reached,
        start=Start(
            {
                name: evaluate(situation.when, held)
                for name, situation in knowledge.starting_situations.items()
                if situation.when is not None
            }
        ),
        size_class=survey.size_class(held.inhabitants) if survey else None,
    )


def _aspect(declared: Declared | None, target: Target | None) -> AspectPosition:
    return AspectPosition(_phase(declared), None if target is None else target.phase, declared)


def _wanted(knowledge: Knowledge, region: Region, form: str | None) -> Target | None:
    """The target of municipalities that state none: the region's, or what its form asks."""
    declared = _target("region", region.target_phase)
    if declared is not None or form is None or form not in knowledge.form_phases:
        return declared
    asked = knowledge.form_phases[form]
    return Target(asked.phase, "form", form, None, asked.because, asked.source)


def _target(
    origin: Literal["municipality", "region"], declared: TargetPhase | None
) -> Target | None:
    if declared is None or declared.number is None:
        return None
    return Target(declared.number, origin, None, declared.by, declared.note, declared.source)


def _open(trace: Trace) -> Iterator[str]:
    """The facts that leave a requirement open."""
    if isinstance(trace.asked, Comparison) and trace.truth == UNKNOWN:
        yield trace.asked.fact
    for part in trace.parts:
        if part.truth == UNKNOWN:
            yield from _open(part)
