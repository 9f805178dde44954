"""Who goes live together: the edges of scale and interval, and what makes work take longer."""

from __future__ import annotations

import pytest

from decision.load import Case
from decision.model.activities import Stretch
from decision.model.facts import Fact, Figure
from decision.roadmap.jobs import stretches, whole_weeks
from decision.roadmap.waves import founders, waves_of

READY = {"dordrecht": 10.0, "papendrecht": 12.0, "zwijndrecht": 20.0, "sliedrecht": 28.5}
NAMES = {"d": "dordrecht", "p": "papendrecht", "s": "zwijndrecht", "x": "sliedrecht"}
SIZES = {"d": 400.0, "p": 200.0, "s": 100.0, "x": 100.0}
PACES = {"now": "met_spoed", "grows": "groeipad", "waits": "afwachtend", "?": "unknown"}

Found = tuple[list[tuple[float, str, float]], str]


def found(case: Case, paces: str, scale: float = 0.5, members: int = 2) -> Found:
    """The week, the members and the share of each wave, and who was added for its scale."""
    limits = {"minimum_scale": scale, "minimum_members": members, "waits_weeks": 13.0}
    rules = case.knowledge.waves.model_copy(update=limits)
    knowledge = case.knowledge.model_copy(update={"waves": rules})
    towns = {}
    for letter, pace in (one.split(":") for one in paces.split()):
        town = case.region.municipalities[NAMES[letter]]
        facts = {**town.facts, "pace": Fact(value=PACES[pace])}
        new = {"inhabitants": Figure(value=SIZES[letter]), "facts": facts}
        towns[NAMES[letter]] = town.model_copy(update=new)
    region = case.region.model_copy(update={"municipalities": towns})
    ready = {name: READY[name] for name in towns}
    opening = founders(knowledge, region, {name: (week,) for name, week in ready.items()})
    waves = waves_of(knowledge, region, ready, opening)
    letter_of = {name: letter for letter, name in NAMES.items()}

    def letters(names: tuple[str, ...]) -> str:
        return "".join(sorted(letter_of[name] for name in names))

    assert [one.number for one in waves] == [*range(1, len(waves) + 1)]
    found = [(one.week, letters(one.members), one.share or 0.0) for one in waves]
    return found, letters(opening.added)


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        # who wants to start now opens together, and who is ready by then goes along
        ("d:now p:grows s:now x:?", ([(20, "dps", 0.875), (28.5, "x", 0.125)], "")),
        # who is later joins as soon as it is ready and holds up nobody
        ("d:now p:now s:grows x:?", ([(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)], "")),
        # one municipality cannot open alone, however large it is
        ("d:now p:grows s:?", ([(12, "dp", 6 / 7), (20, "s", 1 / 7)], "p")),
        # too few inhabitants: the next that is ready is needed too
        ("d:grows s:now x:now", ([(28.5, "dsx", 1.0)], "d")),
        # who waits does not go along, and follows a quarter after the opening
        ("d:now p:waits s:now", ([(20, "ds", 5 / 7), (33, "p", 2 / 7)], "")),
        # nobody says to want to start: the soonest with enough scale
        ("d:? p:? s:? x:grows", ([(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)], "dp")),
        # all wait: still the soonest open
        ("d:waits p:waits x:waits", ([(12, "dp", 6 / 7), (28.5, "x", 1 / 7)], "dp")),
    ],
)
def test_who_wants_to_starts_and_nobody_holds_up_who_is_ready(
    drechtsteden: Case, paces: str, expected: Found
) -> None:
    """Chapter 6: those who want to go ahead do so with enough scale, the others join when ready."""
    waves, added = found(drechtsteden, paces)
    assert added == expected[1]
    assert [one[:2] for one in waves] == [one[:2] for one in expected[0]]
    assert [one[2] for one in waves] == pytest.approx([one[2] for one in expected[0]])


@pytest.mark.parametrize(
    ("scale", "members", "opens"),
    [
        # exactly half is enough, a little more than half takes the next one too
        (0.5, 1, [10, "d"]),
        (0.51, 1, [12, "dp"]),
        (0.5, 2, [12, "dp"]),
        (0.75, 2, [12, "dp"]),
        (0.76, 2, [20, "dps"]),
        (0.5, 3, [20, "dps"]),
        (1.0, 1, [28.5, "dpsx"]),
    ],
)
def test_the_first_wave_opens_at_its_scale(
    drechtsteden: Case, scale: float, members: int, opens: list[object]
) -> None:
    """The edges count: enough is enough, in inhabitants and in municipalities."""
    waves, _ = found(drechtsteden, "d:? p:? s:? x:?", scale, members)
    assert [*waves[0][:2]] == opens


def test_without_partners_there_are_no_waves(drechtsteden: Case) -> None:
    """Nobody goes live in a region of which nobody joins."""
    assert found(drechtsteden, "") == ([], "")


def test_two_reasons_why_work_takes_longer_count_both(drechtsteden: Case) -> None:
    """Who has few people and little capacity takes as many times longer as both together say."""
    vision, pace = (
        {"fact": name, "is": drechtsteden.region.municipalities["dordrecht"].facts[name].value}
        for name in ("vision", "pace")
    )
    never = {"all": [vision, {"not": vision}]}
    given = [
        Stretch.model_validate({"when": when, "factor": factor})
        for when, factor in ((vision, 1.5), (never, 7.0), (pace, 3.0))
    ]
    rules = drechtsteden.knowledge.waves.model_copy(update={"stretch": tuple(given)})
    knowledge = drechtsteden.knowledge.model_copy(update={"waves": rules})
    assert stretches(knowledge, drechtsteden.region)["dordrecht"] == (4.5, 4.5)


@pytest.mark.parametrize(
    ("weeks", "whole"), [(0.0, 0.0), (2.0, 2.0), (2.01, 3.0), (2.0000000001, 2.0), (0.5, 1.0)]
)
def test_a_started_week_counts(weeks: float, whole: float) -> None:
    """Plans are made in whole weeks; what rounding adds to a week is no new one."""
    assert whole_weeks(weeks) == whole
