"""The best of all configurations for a region, and how the forms compare with it.

What partners refuse is left out: a refused option cannot be imposed. When nothing is left then,
the answer is which refusals and links conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import gcd, lcm

from decision.design.conflict import Refusal, Statement, conflict
from decision.design.search import Search
from decision.design.space import Link, Space, space
from decision.eligibility.fit import Fit, Tally, fit, tally
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["ChoiceDifference", "Configuration", "Design", "FormFit", "design", "differences"]

_RUNNERS_UP = 3
"""How many configurations are given beside the best one, where there are so many."""


@dataclass(frozen=True, slots=True)
class ChoiceDifference:
    """A choice for which two configurations hold different options; None is left open."""

    choice: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """One option for each choice, how that fits, and the form from which it differs least.

    Of two forms that are equally near, the nearest is the one whose own profile fits best, else
    the first in the knowledge.
    """

    choices: Mapping[str, str]
    fit: Fit
    nearest_form: str


@dataclass(frozen=True, slots=True)
class FormFit:
    """How a form's own profile fits, and what stands in its way.

    ``broken`` are links between its own options that it breaks: a fault in the
    knowledge. ``refused`` are its options that partners refuse. ``differences`` are from the best
    configuration (``here``) to this form (``there``).
    """

    fit: Fit
    broken: tuple[Link, ...]
    refused: tuple[Refusal, ...]
    differences: tuple[ChoiceDifference, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.broken and not self.refused


@dataclass(frozen=True, slots=True)
class Design:
    """The best configuration, those that come next, and every form beside it.

    ``best`` is None when refusals and links leave no configuration; ``conflict`` then says
    which. ``configurations`` counts all of them, ``compatible`` those that break no link,
    and ``possible`` those of which nobody refuses an option either.
    """

    best: Configuration | None
    runners_up: tuple[Configuration, ...]
    forms: Mapping[str, FormFit]
    conflict: tuple[Statement, ...]
    configurations: int
    compatible: int
    possible: int


def design(knowledge: Knowledge, region: Region) -> Design:
    """Find the best configuration for the region, and hold every form against it."""
    room, wishes = space(knowledge), tally(knowledge, region)
    possible = room.possible(wishes.refused)
    found = _best_first(knowledge, room, wishes) if possible else []
    configurations = tuple(
        Configuration(choices, fit(knowledge, region, choices), form) for choices, form in found
    )
    best = configurations[0] if configurations else None
    return Design(
        best=best,
        runners_up=configurations[1:],
        forms={
            form: _form(knowledge, region, form, room, wishes, best) for form in knowledge.forms
        },
        conflict=() if possible else conflict(room, wishes.refused),
        configurations=room.size,
        compatible=room.possible(),
        possible=possible,
    )


def differences(
    here: Mapping[str, str], there: Mapping[str, str], choices: Mapping[str, object]
) -> tuple[ChoiceDifference, ...]:
    """The choices for which two configurations differ, in their order."""
    pairs = ((choice, here.get(choice), there.get(choice)) for choice in choices)
    return tuple(ChoiceDifference(*pair) for pair in pairs if pair[1] != pair[2])


def _best_first(
    knowledge: Knowledge, room: Space, wishes: Tally
) -> list[tuple[dict[str, str], str]]:
    """The best configuration and its runners-up, each with its nearest form."""
    fits = {name: wishes.score(form.profile) or 0 for name, form in knowledge.forms.items()}
    profiles = {
        name: knowledge.forms[name].profile for name in sorted(fits, key=lambda name: -fits[name])
    }
    search = Search(room, dict(_gains(wishes)), wishes.refused.keys(), profiles)
    found: list[tuple[dict[str, str], str]] = []
    while len(found) <= _RUNNERS_UP:
        one = search.best([choices for choices, _ in found], [form for _, form in found])
        if one is None:
            break
        found.append(one)
    return found


def _gains(wishes: Tally) -> Iterator[tuple[tuple[str, str], int]]:
    """The value of every option above the least of its choice, in the smallest whole numbers."""
    above = {
        (choice, option): value - min(values.values())
        for choice, values in wishes.values.items()
        for option, value in values.items()
    }
    scale = lcm(*(value.denominator for value in above.values()))
    whole = {pick: int(value * scale) for pick, value in above.items()}
    unit = gcd(*whole.values()) or 1
    for pick, value in whole.items():
        yield pick, value // unit


def _form(  # noqa: PLR0913 - what a form is held against
    knowledge: Knowledge,
    region: Region,
    form: str,
    room: Space,
    wishes: Tally,
    best: Configuration | None,
) -> FormFit:
    profile = knowledge.forms[form].profile
    refused = (pick for pick in profile.items() if pick in wishes.refused)
    return FormFit(
        fit=fit(knowledge, region, profile),
        broken=room.broken(profile),
        refused=tuple(Refusal(*pick, wishes.refused[pick]) for pick in refused),
        differences=differences(best.choices, profile, room.options) if best else (),
    )
