"""What goes into an advice, in words: who or what a value is about, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import yaml

from decision.advice.advice import Advice
from decision.model.figures import CostItem
from decision.model.knowledge import UNKNOWN
from decision.model.requirements import TakingPart, comparisons
from decision.model.values import is_date
from decision.words.catalogue import Messages, sentence
from decision.words.numbers import Numbers

__all__ = ["ABSENT", "InputWords"]

ABSENT = "-"
"""Stands where nothing is said."""

_LONGEST = 72  # characters of a value; the JSON has all of it
_PARTNERS = ("municipalities", "organisations", "neighbours")
_DATES = frozenset(("since", "by", "from", "wished_start", "reference_date"))
_PLAIN = {"null": None, "~": None, "": None, "true": True, "false": False}
_FIGURE = ("value", "phase", "euro", "by")
"""The keys under which a figure, a phase, an amount or a date itself stands."""


class InputWords:
    """What a region or a date can change, as a reader calls it."""

    def __init__(self, advices: Sequence[Advice], words: Messages, numbers: Numbers) -> None:
        """Know the partners of all these advices, with the words of one language."""
        self.knowledge, self.regions = advices[0].knowledge, [one.region for one in advices]
        self.rules = {name: rule for one in advices for name, rule in one.knowledge.rules.items()}
        self.items: dict[str, CostItem] = {}
        for one in advices:
            self.items |= {**one.knowledge.investments, **one.knowledge.running_costs}
        self.words, self.numbers = words, numbers

    def change(self, change: str) -> str:
        """What was changed to try something (``path=value``): who, what, and what it is now."""
        path, _, text = change.partition("=")
        steps = tuple(path.strip().split("."))
        while len(steps) > 1 and steps[-1] in _FIGURE:
            steps = steps[:-1]
        value = _read(text.strip())
        if isinstance(value, dict):
            value = next((value[key] for key in _FIGURE if key in value), value)
        about = self.about(steps)
        about = about if about == ".".join(steps) else sentence(about)
        return self._say("change", about=about, value=self.value(steps, value))

    # --- what it is about ------------------------------------------------------------------------

    def about(self, steps: Sequence[str]) -> str:
        """Whose value it is and of what; a path for which there are no words as it is."""
        kind, name, *rest = (*steps, "", "")
        if kind not in _PARTNERS or not self._is_partner(kind, name):
            return self._key(steps)
        return self.whose([self.partner(kind, name)], rest[:-2])

    def whose(self, partners: Sequence[str], steps: Sequence[str]) -> str:
        """Of which partners by name it is, and of what."""
        names = self.numbers.listing(partners)
        return self._say("of", partner=names, about=self._key(steps)) if steps else names

    def partner(self, kind: str, name: str) -> str:
        """The name of a partner, as the first region that has it calls it."""
        held = (getattr(region, kind) for region in self.regions)
        return str(next(one[name].name for one in held if name in one))

    def rule(self, rule: str) -> str:
        """What a rule asks for: the facts, or how many take part."""
        found = self.rules.get(rule)
        if found is None:
            return rule
        if isinstance(found.requires, TakingPart):
            size = found.requires.share_of_inhabitants is not None
            return self._say("enough_inhabitants" if size else "enough_partners")
        facts = dict.fromkeys(one.fact for one in comparisons(found.requires))
        return self.numbers.listing(self.knowledge.facts[fact].name for fact in facts)

    def _is_partner(self, kind: str, name: str) -> bool:
        return any(name in getattr(region, kind) for region in self.regions)

    def _key(self, steps: Sequence[str]) -> str:
        """A key of a region or a partner, and what stands below it."""
        known, below = self.knowledge, list[str]()
        match tuple(steps):
            case (kind, name, *rest) if name in self._entries(kind):
                below = rest
                one = self._entries(kind)[name]
                about = self._say(f"entries.{kind}", name=one.name, unit=getattr(one, "unit", ""))
            case ("wishes", key, choice) if choice in known.choices:
                about = self._say(f"wishes.{key}", choice=known.choices[choice].name)
            case ("weights", *_, group) if group in known.groups:
                about = self._say("weight", group=known.groups[group].name)
            case (kind, name, "in_force"):
                told = self.rule(name) if kind == "rules" else self._name(name)
                about = self._say(f"in_force.{kind}", name=told)
            case ("projects" | "channel_steering" as kind, name, "participants" | "from" as key):
                entries = getattr(known, kind)
                title = entries[name].name if name in entries else name
                about = self._say(f"chosen.{key}", name=title)
            case ("costs", key, *rest) if self._told(f"costs.{key}"):
                below = rest
                about = self._say(f"costs.{key}")
            case (key, *rest) if self._told(f"keys.{key}"):
                below = rest
                about = self._say(f"keys.{key}")
            case _:
                about = ".".join(steps)
        return self._with(about, below)

    def _entries(self, kind: str) -> Mapping[str, Any]:
        """The entries of the knowledge that a region says something of under a key."""
        known = self.knowledge
        tables: dict[str, Mapping[str, Any]] = {
            "facts": known.facts,
            "kengetallen": known.kengetallen,
            "positions": known.aspects,
            "levels": known.criteria,
        }
        return tables.get(kind, {})

    def _with(self, about: str, rest: Sequence[str]) -> str:
        parts = [self._part(one) for one in rest]
        return f"{about} ({', '.join(parts)})" if parts else about

    def _part(self, key: str) -> str:
        return self._say(f"parts.{key}") if self._told(f"parts.{key}") else self._name(key)

    # --- what it says ----------------------------------------------------------------------------

    def value(self, steps: Sequence[str], value: Any) -> str:  # noqa: ANN401 - plain data
        """A value in words, those of its scale where it has one; a long one in part."""
        return shorten(self._value(steps, value), _LONGEST, placeholder=" …")

    def _value(self, steps: Sequence[str], value: Any) -> str:  # noqa: ANN401 - plain data
        key = steps[-1] if steps else ""
        told = ABSENT
        if value is None or value in ((), {}):
            pass
        elif isinstance(value, bool):
            told = self.words.say("comparison.yes" if value else "comparison.no")
        elif isinstance(value, Mapping):
            parts = ((self._part(one), self._value((*steps, one), v)) for one, v in value.items())
            told = "; ".join(f"{one}: {said}" for one, said in parts if said != ABSENT) or ABSENT
        elif isinstance(value, tuple | list):
            between = "; " if any(isinstance(one, Mapping) for one in value) else ", "
            told = between.join(self._value(steps, one) for one in value)
        elif key in _DATES and is_date(str(value)):
            told = self.numbers.date(str(value))
        elif isinstance(value, int | float):
            told = str(value) if key in {"year", "years"} else self.numbers.plain(value)
        else:
            told = self._word(tuple(steps), str(value))
        return told

    def _word(self, steps: tuple[str, ...], value: str) -> str:
        """A text of which the knowledge or the words say what it stands for."""
        if value == UNKNOWN:
            return self.words.say("unknown")
        match steps:
            case (*_, "facts", fact) if fact in self.knowledge.facts:
                return self.knowledge.facts[fact].levels.get(value, value)
            case (*_, "wishes", _, choice) if choice in self.knowledge.choices:
                options = self.knowledge.choices[choice].options.items()
                return next((one.text for option, one in options if option == value), value)
        code = f"values.{value}"
        return self._say(code) if self._told(code) else self._name(value)

    def _name(self, name: str) -> str:
        """What the knowledge or a region calls an id; the id where nobody does."""
        known = self.knowledge
        tables: tuple[Mapping[str, Any], ...] = (
            known.activities, self.items, known.groups, known.facts,
        )  # fmt: skip
        tables += tuple(getattr(one, kind) for one in self.regions for kind in _PARTNERS)
        return next((str(one[name].name) for one in tables if name in one), name)

    def _told(self, code: str) -> bool:
        return self.words.get(f"inputs.{code}") is not None

    def _say(self, code: str, **details: object) -> str:
        return self.words.say(f"inputs.{code}", **details)


def _read(text: str) -> Any:  # noqa: ANN401 - what somebody wrote on the command line
    """The value as YAML has it; a date, or anything that is no YAML, as it is written."""
    try:
        found = yaml.load(text, yaml.BaseLoader) if text[:1] in "'\"[{" else text  # noqa: S506
    except yaml.YAMLError:
        return text
    return _number(found)


def _number(value: Any) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        return {key: _number(one) for key, one in value.items()}
    if isinstance(value, list):
        return tuple(map(_number, value))
    if value in _PLAIN:
        return _PLAIN[value]
    if re.fullmatch(r"-?([1-9]\d*|0)(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value
