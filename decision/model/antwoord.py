"""Antwoord as knowledge: building blocks, phases, aspects, starting situations and the survey.

Antwoord is the national vision on municipal services: a municipality grows through five phases
on ten aspects, from one of four starting situations. The survey says how others stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from decision.model.checks import Checked, Fault, Frozen, Given, Ids, entries, fault, part
from decision.model.frozen import FREEZE, FrozenDict, Map
from decision.model.requirements import Predicate, asked_of_municipality
from decision.model.values import BlockRef, Positive, Share, Source, Text, Whole, Year

__all__ = [
    "Aspect",
    "BuildingBlock",
    "EarlierSurvey",
    "Finding",
    "FormPhase",
    "Phase",
    "PhaseNumber",
    "SizeClass",
    "StartingSituation",
    "Survey",
    "Topic",
]

PhaseNumber = Annotated[int, Field(strict=True, ge=1, le=5)]


class BuildingBlock(Frozen):
    """One of the five building blocks of Antwoord."""

    name: Text
    about: Text
    source: Source


class Phase(Frozen):
    """One of the five phases of Antwoord."""

    number: PhaseNumber
    name: Text
    about: Text
    source: Source


class Aspect(Frozen):
    """One of the ten aspects of Antwoord, with what each phase means for it."""

    building_block: BlockRef
    name: Text
    phases: Annotated[Mapping[str, Text], Field(min_length=5, max_length=5), FREEZE]
    source: Source


class FormPhase(Frozen):
    """The phase of Antwoord that a form of cooperation asks of those who take part, and why."""

    phase: PhaseNumber
    because: Text
    source: Source


class StartingSituation(Checked):
    """One of the four situations from which a municipality starts.

    ``when`` is the requirement on a municipality's facts by which it is recognised.
    """

    number: Annotated[int, Field(strict=True, ge=1, le=4)]
    name: Text
    features: tuple[Text, ...]
    challenge: Text
    actions: tuple[Text, ...]
    when: Predicate | None = None
    source: Source

    CHECKS: ClassVar = (asked_of_municipality("when"),)


class SizeClass(Frozen):
    """Municipalities of one size; ``below`` is how many inhabitants they stay under, if any."""

    name: Text
    below: Positive | None = None
    respondents: Whole
    source: Source


class Topic(Frozen):
    """What a number of findings are about, with what the survey says of it in words."""

    name: Text
    about: Text | None = None


class Finding(Frozen):
    """A printed outcome: the share (0-1) of the respondents, all of them or those of one size.

    ``phase`` is the phase of Antwoord that these respondents say they are in, and ``earlier`` the
    share in the earlier survey. What is not printed is left out.
    """

    topic: str
    name: Text
    phase: PhaseNumber | None = None
    everyone: Share | None = None
    by_size: Map[str, Share] = Field(default_factory=FrozenDict)
    earlier: Share | None = None
    source: Source


class EarlierSurvey(Frozen):
    """The survey of before that the findings of this one are held against."""

    year: Year
    respondents: Whole
    source: Source


class Reached(Frozen):
    """The share (0-1) of the municipalities that answered ``at_least`` so many calls at once."""

    at_least: Share
    everyone: Share
    source: Source


class OutsideView(Frozen):
    """What others reach of answering at once, beside what a form promises.

    More than ``limit`` (0-1) of the calls asks what ``needs`` says.
    """

    reached: Annotated[tuple[Reached, ...], Field(min_length=1)]
    limit: Share
    needs: Text
    source: Source


class Survey(Checked):
    """A survey of municipalities, as a benchmark: who answered, by size, and what they said."""

    name: Text
    year: Year
    respondents: Whole
    size_classes: Annotated[Mapping[str, SizeClass], Field(min_length=1), FREEZE]
    topics: Map[str, Topic]
    findings: Map[str, Finding]
    outside_view: OutsideView | None = None
    earlier: EarlierSurvey | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A topic, a size class or an earlier survey that the survey does not have."""
        for name, finding in entries(given, "findings").items():
            at = ("findings", name)
            if part(finding, "earlier") is not None and given.get("earlier") is None:
                yield fault("no_earlier_survey", (*at, "earlier"))
            topics, named = part(finding, "topic"), [*entries(finding, "by_size")]
            yield from _unknown("topic", [topics], given.get("topics"), (*at, "topic"))
            yield from _unknown("size class", named, given.get("size_classes"), (*at, "by_size"))

    def size_class(self, inhabitants: float | None) -> str | None:
        """The size class of a municipality; None when the survey has none that fits, or unknown."""
        if inhabitants is None:
            return None
        limits = {
            name: float("inf") if one.below is None else one.below
            for name, one in self.size_classes.items()
        }
        fitting = [name for name, below in limits.items() if inhabitants < below]
        return min(fitting, key=limits.__getitem__, default=None)


def _unknown(
    kind: str, names: Iterable[object], section: object, at: tuple[str, ...]
) -> Iterator[Fault]:
    ids = Ids.of(section) if isinstance(section, Mapping) else None
    for name in names:
        if ids is not None and isinstance(name, str) and name not in ids:
            yield fault("unknown_reference", at, kind=kind, value=name, known=ids)
