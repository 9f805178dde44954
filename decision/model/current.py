"""Where a region and its partners are now: what is in use, done, decided and spent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    entries,
    fault,
    is_one,
    listed_twice,
    part,
    text_or_other,
)
from decision.model.facts import Declared
from decision.model.frozen import FrozenDict, Map
from decision.model.values import (
    ActivityRef,
    Date,
    FormRef,
    InvestmentRef,
    NetnummerRef,
    NonNegative,
    Partner,
    Source,
    Text,
    first_day,
    is_date,
)

__all__ = ["Current", "Decided", "Spent", "faults_of_current", "faults_of_later"]

EuroOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<text>")] | Annotated[NonNegative, Tag("<other>")],
    Discriminator(text_or_other),
]


class Decided(Frozen):
    """A decision that was taken: by whom, when (absent: nobody knows), and where that is stated.

    ``elsewhere`` says that not the body that would take it now took it, such as a larger whole.
    """

    body: Text | None = None
    date: Date | None = None
    elsewhere: bool = False
    note: Text | None = None
    source: Source | None = None


class Spent(Declared):
    """Euro that an item of investment has cost already, or ``unknown``: it was bought."""

    KEY: ClassVar = "euro"

    euro: EuroOrUnknown
    note: Text | None = None
    source: Source | None = None


class Current(Checked):
    """What a region or a partner has already: none of it is done, decided or bought again.

    ``form`` and ``number`` are those in use, ``since`` when; ``done`` are activities, ``decisions``
    those that were taken, ``spent`` what items of investment have cost.
    """

    form: FormRef | None = None
    number: NetnummerRef | None = None
    since: Date | None = None
    done: tuple[ActivityRef, ...] = ()
    decisions: Map[ActivityRef, Decided] = Field(default_factory=FrozenDict)
    spent: Map[InvestmentRef, Spent] = Field(default_factory=FrozenDict)
    note: Text | None = None
    source: Source | None = None

    @property
    def unsourced(self) -> bool:
        """Whether it says something, and nobody says where that comes from."""
        own: list[Decided | Spent] = [*self.decisions.values(), *self.spent.values()]
        rest = self.form is not None or self.done or any(one.source is None for one in own)
        return self.source is None and bool(rest)

    @property
    def declared(self) -> bool:
        """Whether it says anything."""
        return self != Current()

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A form without its number, a number of nobody, or what is no decision or no work."""
        form, number = given.get("form"), given.get("number")
        if number is not None and (form is None or is_one(form, known.get("baseline form", ()))):
            yield fault("number_without_form", ("number",), value=number)
        elif given.get("since") is not None and form is None:
            yield fault("since_without_form", ("since",))
        elif number is None and is_one(form, known.get("shared form", ())):
            yield fault("form_without_number", ("form",), value=form)
        coverage, members = known.get("coverage", {}), known.get("municipality", ())
        lie_in = {name for covered in coverage.values() for name in covered}
        told = coverage and all(name in coverage for name in members)
        if is_one(number, known.get("netnummer", ())) and told and number not in lie_in:
            yield fault("number_of_no_member", ("number",), value=number)
        yield from listed_twice(given.get("done"), ("done",))
        decisions = entries(given, "decisions")
        for name, at in _listed(given.get("done")).items():
            if name in decisions:
                yield fault("done_and_decided", ("done", at), value=name)
            if name in known.get("milestone", ()):
                yield fault("milestone_done", ("done", at), value=name)
        for name in decisions:
            if name in known.get("activity", ()) and name not in known.get("decision", ()):
                yield fault("not_a_decision", ("decisions", name), value=name)


def _listed(names: object) -> dict[str, int]:
    """The texts in a list, each with its first place."""
    listed = [*enumerate(names if isinstance(names, list | tuple) else ())]
    return {name: at for at, name in reversed(listed) if isinstance(name, str)}


def faults_of_current(of: Partner, partner: Given, known: Given) -> Iterator[Fault]:
    """Activities that are not done by this kind of partner, or that its facts say are not done."""
    current, owners = part(partner, "current"), known.get("activity owner", {})
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("done", at), name) for name, at in _listed(part(current, "done")).items()),
        *((("decisions", name), name) for name in entries(current, "decisions")),
    ]
    for place, name in named:
        at = ("current", *place)
        if owners.get(name, of) != of:
            yield fault("activity_of_other", at, value=name, owner=owners[name], asked=of)
        for fact, made in known.get("makes", {}).get(name, {}).items():
            declared = entries(partner, "facts").get(fact)
            found = declared if isinstance(declared, str | list) else part(declared, "value")
            if _falls_short(found, made, [*(known.get("fact", {}).get(fact) or ())]):
                yield fault("done_but_not_so", at, value=name, fact=fact, level=found)


def _falls_short(found: object, made: object, levels: list[str]) -> bool:
    """Whether a fact is known, and is not what an activity makes it."""
    if isinstance(found, list):
        return not {*_listed(made if isinstance(made, list) else [made])} <= {*_listed(found)}
    if found not in levels or made not in levels:
        return False
    return found != made and levels.index(str(found)) <= max(levels.index(str(made)), 1) - 1


def faults_of_later(given: Given, partner: object, at: tuple[str, ...]) -> Iterator[Fault]:
    """What is in use or decided at a date later than the reference date of the region."""
    current, today = part(partner, "current"), given.get("reference_date")
    dates: list[tuple[tuple[str, ...], object]] = [
        (("since",), part(current, "since")),
        *(
            (("decisions", name, "date"), part(one, "date"))
            for name, one in entries(current, "decisions").items()
        ),
    ]
    for place, date in dates:
        if is_date(date) and is_date(today) and first_day(date) > _last_day(today):
            yield fault("later_than_now", (*at, "current", *place), value=date, reference=today)


def _last_day(date: str) -> str:
    """A day that no day of the year, the month or the day comes after; in this form dates sort."""
    return f"{date}-99-99"[:10]
