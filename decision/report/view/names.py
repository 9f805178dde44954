"""What everything is called, and who plays which part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from decision.advice.advice import Advice
from decision.model.facts import Fact
from decision.model.knowledge import UNKNOWN
from decision.model.region import Member, Organisation, Region
from decision.model.values import Body
from decision.roadmap.parts import Part
from decision.words.catalogue import Messages
from decision.words.numbers import Numbers, rounded

__all__ = ["FEW", "Names", "number_of", "often", "those"]

FEW = 3
"""So many names a title can hold."""

_MANY = 8
"""So many names a sentence can hold."""


def number_of(region: Region, words: Messages) -> str:
    """The 14-number of a region, or words for one that nobody knows yet."""
    return words.say("number_unknown") if region.number == UNKNOWN else f"14{region.number}"


def often(share: float, of: str, words: Messages, numbers: Numbers) -> str:
    """In how many of all cases something is so, where drawing lots gives no certainty.

    ``of`` is what was counted, as the words of ``often`` have it.
    """
    near = float(rounded(share, 2))
    code = {0.0: "hardly_any", 1.0: "nearly_all"}.get(near, "part")
    return words.say(f"often.{of}.{code}", share=numbers.percent(near))


def those(
    given: Mapping[str, str], everyone: Mapping[str, str], words: Messages, most: int = _MANY
) -> list[str]:
    """The names of municipalities as a sentence with room for ``most`` can hold them.

    All municipalities are so in a word, and all but one too. Of many it is told who among them
    is not, where these are few, and else how many they are.

    Args:
        given: The municipalities, by id.
        everyone: Those of the region, by id; others lie around it.
        words: In which language.
        most: So many names fit.
    """
    left = [name for one, name in everyone.items() if one not in given]
    if len(given) <= 2:  # noqa: PLR2004 - as short as any word for all of them
        return [*given.values()]
    if given.keys() - everyone.keys():
        return [words.say("who.many", count=len(given))] if len(given) > most else [*given.values()]
    if not left:
        return [words.say("who.all")]
    if len(left) == 1 or len(given) > most >= 2 * len(left):
        return [words.say("who.all_but", names=left)]
    if len(given) > most:
        return [words.say("who.some", count=len(given), all=len(everyone))]
    return [*given.values()]


class Names:
    """What everything is called."""

    def __init__(self, advice: Advice, words: Messages) -> None:
        """Look at one advice with the words of one language."""
        self.advice = advice
        self.region = advice.region
        self.knowledge = advice.knowledge
        self.plan = advice.roadmap
        self.words = words
        self.years = tuple(advice.region.costs.years)
        self.number = number_of(advice.region, words)
        self.baseline = advice.knowledge.baseline

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

    def those(self, partners: Iterable[str], most: int = _MANY) -> list[str]:
        """The names of partners as a sentence can hold them; organisations always by name."""
        given = {one: self.name(one) for one in partners}
        if given.keys() & self.region.organisations.keys():
            return [*given.values()]
        everyone = {one: town.name for one, town in self.region.municipalities.items()}
        return those(given, everyone, self.words, most)

    def label(self, form: str | None) -> str:
        """A form with its number: ``3a Samen Zelf Afhandelen``."""
        return "" if form is None else f"{form} {self.knowledge.forms[form].name}"

    def who(self, activity: str) -> str:
        """Who does an activity: a body by the name that it has in this region, or somebody else."""
        found = self.knowledge.activities[activity]
        return self.body(found.body) if found.body else found.who or ""

    def body(self, role: Body) -> str:
        """What the region calls a body, else the general word for it."""
        named: str | None = getattr(self.region.governance, role, None)
        return named or self.words.say(f"bodies.{role}")

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

    def with_role(self, *roles: str) -> list[str]:
        """The municipalities that have one of these roles, in the order of the region."""
        parts = self.advice.parts
        return [name for name in self.region.municipalities if parts[name].role in roles]

    def organisations_with(self, role: str) -> list[str]:
        """The organisations that have this role."""
        parts = self.advice.parts
        return [name for name in self.region.organisations if parts[name].role == role]

    def part(self, partner: str) -> Part:
        """The part that a municipality or organisation plays."""
        return self.advice.parts[partner]

    def inhabitants(self, partners: Iterable[str]) -> float | None:
        """How many people live in these municipalities."""
        return self.region.people(partners)
