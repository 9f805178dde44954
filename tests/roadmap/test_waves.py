"""Who goes live together: the edges of scale and interval, and who would hold up the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from decision.load import Case
from decision.model.facts import Fact, Figure, OwnKengetal, Size
from decision.roadmap.jobs import whole_weeks
from decision.roadmap.waves import Founders, founders, share_of, waves_of

READY = {"dordrecht": 10.0, "papendrecht": 12.0, "zwijndrecht": 20.0, "sliedrecht": 28.5}
NAMES = {"d": "dordrecht", "p": "papendrecht", "s": "zwijndrecht", "x": "sliedrecht"}
SIZES = {"d": 400.0, "p": 200.0, "s": 100.0, "x": 100.0}
PACES = {"now": "met_spoed", "grows": "groeipad", "waits": "afwachtend", "?": "unknown"}

Waves = list[tuple[float, str, float]]
Found = tuple[Waves, str]


def opened(
    case: Case, paces: str, scale: float = 0.5, members: int = 2, **own: float
) -> tuple[Waves, Founders]:
    """The week, the members and the share of each wave, and who founds; ``own`` are kengetallen."""
    limits = {"minimum_scale": scale, "minimum_members": members}
    rules = case.knowledge.waves.model_copy(update=limits)
    knowledge = case.knowledge.model_copy(update={"waves": rules})
    towns = {}
    for letter, pace in (one.split(":") for one in paces.split()):
        town = case.region.municipalities[NAMES[letter]]
        facts = {**town.facts, "pace": Fact(value=PACES[pace])}
        new = {"inhabitants": Figure(value=SIZES[letter]), "facts": facts}
        towns[NAMES[letter]] = town.model_copy(update=new)
    kengetallen = {
        name: OwnKengetal.model_construct(value=value, range=None) for name, value in own.items()
    }
    changed = {"municipalities": towns, "kengetallen": kengetallen}
    region = case.region.model_copy(update=changed)
    ready = {name: READY[name] for name in towns}

    def opens(some: Sequence[str]) -> float:
        return max(READY[name] for name in some)

    opening = founders(knowledge, region, {name: (week,) for name, week in ready.items()}, opens)
    first = opens(opening.members) if opening.members else 0.0
    waves = waves_of(knowledge, region, ready, opening, first)
    assert [one.number for one in waves] == [*range(1, len(waves) + 1)]
    return [(one.week, letters(one.members), one.share or 0.0) for one in waves], opening


def letters(names: Sequence[str]) -> str:
    """The letters of some municipalities."""
    letter_of = {name: letter for letter, name in NAMES.items()}
    return "".join(sorted(letter_of[name] for name in names))


def found(case: Case, paces: str, scale: float = 0.5, members: int = 2) -> Found:
    """The waves, and who was added for its scale."""
    waves, opening = opened(case, paces, scale, members)
    return waves, letters(opening.added)


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        # who wants to start now opens together; who grows at its own pace joins a quarter later
        ("d:now p:grows s:now x:?", ([(20, "ds", 0.625), (28.5, "x", 0.125), (33, "p", 0.25)], "")),
        # who does not say when it wants to start goes along, or joins as soon as it is ready
        ("d:? p:now s:now x:?", ([(20, "dps", 0.875), (28.5, "x", 0.125)], "d")),
        ("d:now p:now s:? x:?", ([(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)], "")),
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


@pytest.mark.parametrize(
    ("paces", "most", "first", "held"),
    [
        # 28.5 is more than 13 weeks after 12, and no more than 17, nor than 16.5
        ("d:now p:now x:now", 13, (12, "dp"), "x"),
        ("d:now p:now x:now", 17, (28.5, "dpx"), ""),
        ("d:now p:now x:now", 16.5, (28.5, "dpx"), ""),
        # two that want to start can hold up a larger one no longer than that either
        ("d:grows s:now x:now", 13, (28.5, "dsx"), ""),
        ("d:grows s:now x:now", 8.5, (28.5, "dsx"), ""),
        ("d:grows s:now x:now", 8, (20, "ds"), "x"),
        ("d:now p:now s:now x:now", 0, (12, "dp"), "sx"),
        # those who want to start need another: it does not wait for them with whom it can open
        ("d:? p:? s:now x:now", 13, (20, "dps"), "x"),
    ],
)
def test_who_would_hold_up_the_first_wave_too_long_joins_later(
    drechtsteden: Case, paces: str, most: float, first: tuple[float, str], held: str
) -> None:
    """Chapter 6: who wants to go faster does so, and the others join later."""
    waves, opening = opened(drechtsteden, paces, hold_up_weeks=most)
    assert (*waves[0][:2],) == first
    assert letters(opening.held) == held


def test_of_a_size_that_nobody_knows_only_all_are_a_known_share(drechtsteden: Case) -> None:
    """Everybody is the whole, whatever their sizes; of some of them nobody can tell."""
    towns = drechtsteden.region.municipalities
    unknown = towns["dordrecht"].model_copy(update={"inhabitants": Size(value="unknown")})
    region = drechtsteden.region.model_copy(
        update={"municipalities": {**towns, "dordrecht": unknown}}
    )
    assert share_of(region, [*towns][::-1], towns) == 1.0
    assert share_of(region, ["papendrecht"], towns) is None
    assert share_of(region, ["papendrecht"], ["papendrecht", "zwijndrecht"]) is not None


def test_no_more_join_in_a_quarter_than_there_is_room_for(drechtsteden: Case) -> None:
    """The joint organisation takes in so many at a time; of those ready at once the largest."""
    waves, _ = opened(drechtsteden, "d:now p:now s:? x:?", joins_each_quarter=1)
    assert [one[:2] for one in waves] == [(12, "dp"), (20, "s"), (33, "x")]
    waves, _ = opened(drechtsteden, "d:? p:waits s:? x:?", scale=0.6, joins_each_quarter=1)
    assert [one[:2] for one in waves] == [(20, "ds"), (28.5, "x"), (41.5, "p")]


def test_nobody_waits_for_who_is_ready_later(
    drechtsteden: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both may join a quarter after the opening: who was ready first goes first, however small."""
    monkeypatch.setitem(SIZES, "x", 300.0)
    waves, _ = opened(drechtsteden, "d:now s:now p:waits x:waits", joins_each_quarter=1)
    assert [one[:2] for one in waves] == [(20, "ds"), (33, "p"), (46, "x")]


@pytest.mark.parametrize(
    ("weeks", "whole"), [(0.0, 0.0), (2.0, 2.0), (2.01, 3.0), (2.0000000001, 2.0), (0.5, 1.0)]
)
def test_a_started_week_counts(weeks: float, whole: float) -> None:
    """Plans are made in whole weeks; what rounding adds to a week is no new one."""
    assert whole_weeks(weeks) == whole
