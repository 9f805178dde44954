"""Small design questions for tests: a few choices, and partners with wishes at random."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from decision.model.forms import Choice, FitWeights, Form
from decision.model.region import Municipality, Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from decision.load import Case
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

__all__ = ["LETTERS", "choices_at_random", "knowledge_with", "region_with", "wishes_at_random"]

LETTERS = "ABCDE"
SOURCE = {"document": "decide-2026", "place": "een proef"}

Options = dict[str, list[str]]
Wishes = dict[str, Options]


def choices_at_random(random: Random, count: int, most: int = 4) -> dict[str, Any]:
    """So many choices with some options each, some of which need or exclude one another."""
    letters = {f"keuze-{at}": LETTERS[: random.randint(2, most)] for at in range(count)}
    choices: dict[str, Any] = {}
    for number, (name, own) in enumerate(letters.items(), start=1):
        options = {letter: {"text": letter} | _links(random, name, letters) for letter in own}
        choices[name] = {
            "number": number,
            "name": name,
            "question": f"{name}?",
            "building_block": "prestaties",
            "options": options,
            "source": SOURCE,
        }
    return choices


def _links(random: Random, own: str, letters: Mapping[str, str]) -> dict[str, Any]:
    links: dict[str, Any] = {"needs": {}, "excludes": {}}
    for kind, found in links.items():
        for other in letters:
            if other != own and random.random() < 0.8 / len(letters):
                least = 1 if kind == "excludes" else 2
                options = _some(random, letters[other], least)
                found[other] = {"options": options, "because": "daarom", "source": SOURCE}
    return links


def _some(random: Random, letters: str, least: int = 0) -> list[str]:
    return sorted(random.sample(letters, random.randint(least, max(least, len(letters) - 1))))


def wishes_at_random(random: Random, knowledge: Knowledge, refusing: float = 0.1) -> Wishes:
    """What one partner wants, accepts and refuses; about many choices it says nothing."""
    wishes: Wishes = {"wants": {}, "accepts": {}, "refuses": {}}
    for name, choice in knowledge.choices.items():
        letters = "".join(choice.options)
        for kind in ("wants", "accepts"):
            if random.random() < 0.4:
                wishes[kind][name] = _some(random, letters)
        if random.random() < refusing:
            liked = {*wishes["wants"].get(name, ()), *wishes["accepts"].get(name, ())}
            refused = _some(random, letters)
            wishes["refuses"][name] = [option for option in refused if option not in liked]
    return wishes


def knowledge_with(
    case: Case, choices: Mapping[str, Any], random: Random, weights: Mapping[str, Any] | None = None
) -> Knowledge:
    """The knowledge of a case, with these choices, and profiles of its forms at random."""
    found = TypeAdapter(dict[str, Choice]).validate_python(choices)
    forms = {
        name: Form.model_validate(
            form.model_dump(exclude={"profile"}) | {"profile": _profile(random, found)}
        )
        for name, form in case.knowledge.forms.items()
    }
    fit = FitWeights.model_validate(case.knowledge.fit.model_dump() | dict(weights or {}))
    return case.knowledge.model_copy(update={"choices": found, "forms": forms, "fit": fit})


def _profile(random: Random, choices: Mapping[str, Choice]) -> dict[str, str]:
    return {name: random.choice(list(choice.options)) for name, choice in choices.items()}


def region_with(
    case: Case,
    wishes: Iterable[Wishes],
    organisations: Iterable[Wishes] = (),
    inhabitants: Iterable[int] = (),
) -> Region:
    """The region of a case, with municipalities and organisations that have these wishes."""
    people = [*inhabitants]
    members = {}
    for at, own in enumerate(wishes):
        entry = {
            "name": f"Dorp {at}",
            "cbs": f"{at + 1:04}",
            "coverage": {"078": 1.0},
            "inhabitants": people[at] if people else 20_000,
            "wishes": own,
        }
        members[f"dorp-{at}"] = Municipality.model_validate(entry)
    regional = {
        f"dienst-{at}": Organisation.model_validate(
            {"name": f"Dienst {at}", "does": "iets", "wishes": own}
        )
        for at, own in enumerate(organisations)
    }
    update = {"municipalities": members, "organisations": regional}
    return case.region.model_copy(update=update)
