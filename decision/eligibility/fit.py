"""How well a configuration fits the wishes of the partners, choice by choice.

A configuration is one option for each inrichtingskeuze. A partner speaks about a choice when it
wants or accepts an option of it. The fit is the mean value of the chosen options, over all choices
about which partners speak, weighed by the votes of those partners; the values and the votes are
knowledge (``FitWeights``). A refusal has no value: it forbids. It outweighs a wish for the same
option by the same partner.

All sums are exact fractions, so that configurations that fit equally well are seen to do so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from decision.model.facts import Wishes
from decision.model.forms import FitWeights
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import exact

__all__ = ["Fit", "Served", "Stance", "Tally", "fit", "tally"]

Stance = Literal["wants", "accepts", "other", "refuses", "silent"]
"""How a partner stands to an option; ``other`` means that it wants or accepts another one only."""


@dataclass(frozen=True, slots=True)
class Served:
    """How one choice of a configuration serves the partners; each is named once or is silent.

    ``adds`` is what the choice adds to the fit of the whole.
    """

    option: str
    wants: tuple[str, ...]
    accepts: tuple[str, ...]
    other: tuple[str, ...]
    refuses: tuple[str, ...]
    adds: Fraction


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of a configuration, from 0 to 1; None when no partner speaks about any choice.

    ``partners`` holds, for each partner that speaks, what it adds to the score.
    """

    score: Fraction | None
    choices: Mapping[str, Served]
    partners: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Tally:
    """The wishes of all partners, added up for each option: who they are no longer matters.

    ``values`` are votes times value, ``spoken`` is the votes of everybody who speaks, counted once
    for each choice; ``refused`` holds the partners that refuse an option, where there are any.
    """

    values: Mapping[str, Mapping[str, Fraction]]
    spoken: Fraction
    refused: Mapping[tuple[str, str], tuple[str, ...]]

    def score(self, configuration: Mapping[str, str]) -> Fraction | None:
        """The fit of a configuration, from 0 to 1; None when no partner speaks."""
        total = sum((self.values[c][o] for c, o in configuration.items()), Fraction())
        return total / self.spoken if self.spoken else None


@dataclass(frozen=True, slots=True)
class _Voter:
    """A partner with its votes, and its stance to each option that it names."""

    partner: str
    votes: Fraction
    named: Mapping[str, Mapping[str, Stance]]

    def stance(self, choice: str, option: str) -> Stance:
        named = self.named.get(choice, {})
        return named.get(option, "other" if self.speaks(choice) else "silent")

    def speaks(self, choice: str) -> bool:
        return any(stance != "refuses" for stance in self.named.get(choice, {}).values())


def tally(knowledge: Knowledge, region: Region) -> Tally:
    """Add up the wishes of all partners of the region, option by option."""
    values: dict[str, dict[str, Fraction]] = {
        name: {option: Fraction() for option in choice.options}
        for name, choice in knowledge.choices.items()
    }
    refused: dict[tuple[str, str], tuple[str, ...]] = {}
    spoken = Fraction()
    worth = _worth(knowledge.fit)
    for voter in _voters(knowledge, region):
        for choice in voter.named:
            speaks = voter.speaks(choice)
            spoken += voter.votes * speaks
            for option in values[choice]:
                stance = voter.stance(choice, option)
                if stance == "refuses":
                    refused[choice, option] = (*refused.get((choice, option), ()), voter.partner)
                if speaks:
                    values[choice][option] += voter.votes * worth[stance]
    return Tally(values, spoken, refused)


def fit(knowledge: Knowledge, region: Region, configuration: Mapping[str, str]) -> Fit:
    """How a configuration, of which any choice may be left open, serves every partner.

    A choice that is left open serves nobody who speaks about it.
    """
    voters = list(_voters(knowledge, region))
    spoken = sum((v.votes for v in voters for c in knowledge.choices if v.speaks(c)), Fraction())
    partners = {v.partner: Fraction() for v in voters if any(map(v.speaks, v.named))}
    worth = _worth(knowledge.fit)
    choices = {}
    for choice, option in configuration.items():
        stances = {voter.partner: voter.stance(choice, option) for voter in voters}
        adds = Fraction()
        for voter in voters:
            if voter.speaks(choice):
                share = voter.votes * worth[stances[voter.partner]] / (spoken or 1)
                partners[voter.partner] += share
                adds += share
        by = {stance: tuple(p for p in stances if stances[p] == stance) for stance in worth}
        choices[choice] = Served(
            option, by["wants"], by["accepts"], by["other"], by["refuses"], adds
        )
    score = sum(partners.values(), Fraction()) if spoken else None
    return Fit(score, choices, partners)


def _worth(weights: FitWeights) -> Mapping[Stance, Fraction]:
    """What each stance of a partner that speaks is worth; a refused option is just another one."""
    wanted, accepted, other = map(exact, (weights.wanted, weights.accepted, weights.other))
    return {"wants": wanted, "accepts": accepted, "other": other, "refuses": other}


def _voters(knowledge: Knowledge, region: Region) -> Iterator[_Voter]:
    """Every partner with its votes, in the order of the region."""
    weights = knowledge.fit
    for name, municipality in region.municipalities.items():
        votes = Fraction(1)
        if weights.inhabitants_per_vote is not None:
            people = exact(region.sizes[name])
            votes = Fraction(ceil(people / exact(weights.inhabitants_per_vote)))
        yield _Voter(name, votes, _named(municipality.wishes))
    for name, organisation in region.organisations.items():
        yield _Voter(name, exact(weights.organisation), _named(organisation.wishes))


def _named(wishes: Wishes) -> dict[str, dict[str, Stance]]:
    """The stance to every option that is named; of two stances the stronger one counts."""
    found: dict[str, dict[str, Stance]] = {}
    by_strength: tuple[tuple[Stance, Mapping[str, tuple[str, ...]]], ...] = (
        ("accepts", wishes.accepts),
        ("wants", wishes.wants),
        ("refuses", wishes.refuses),
    )
    for stance, named in by_strength:
        for choice, options in named.items():
            found.setdefault(choice, {}).update(dict.fromkeys(options, stance))
    return found
