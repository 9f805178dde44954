"""Who goes live together: the edges of scale and interval, and what makes work take longer."""

from __future__ import annotations

import pytest

from decision.load import Case
from decision.model.activities import Stretch
from decision.model.facts import Figure
from decision.roadmap.jobs import stretches, whole_weeks
from decision.roadmap.waves import waves_of

READY = {"dordrecht": 10.0, "papendrecht": 12.0, "zwijndrecht": 20.0, "sliedrecht": 28.5}


def found(case: Case, sizes: dict[str, float], scale: float, interval: float) -> list[object]:
    """The week, the members and the share of each wave, by these rules and inhabitants."""
    rules = case.knowledge.waves.model_copy(
        update={"minimum_scale": scale, "interval_weeks": interval}
    )
    towns = {
        name: case.region.municipalities[name].model_copy(
            update={"inhabitants": Figure(value=size)}
        )
        for name, size in sizes.items()
    }
    waves = waves_of(
        case.knowledge.model_copy(update={"waves": rules}),
        case.region.model_copy(update={"municipalities": towns}),
        {name: READY[name] for name in sizes},
    )
    assert [one.number for one in waves] == [*range(1, len(waves) + 1)]
    return [(one.week, one.members, one.share) for one in waves]


@pytest.mark.parametrize(
    ("scale", "interval", "expected"),
    [
        # exactly half is enough, and who is ready one interval later goes along
        (0.5, 1.9, [(10, "d", 0.5), (12, "p", 0.25), (20, "s", 0.125), (28.5, "x", 0.125)]),
        (0.5, 2, [(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)]),
        (0.5, 10, [(20, "dps", 0.875), (28.5, "x", 0.125)]),
        # a little more than half takes the next one too
        (0.51, 1, [(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)]),
        (0.51, 8, [(20, "dps", 0.875), (28.5, "x", 0.125)]),
        (0.875, 8, [(20, "dps", 0.875), (28.5, "x", 0.125)]),
        (0.875, 8.5, [(28.5, "dpsx", 1.0)]),
        (1.0, 1, [(28.5, "dpsx", 1.0)]),
        (0.5, 8.4, [(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)]),
        (0.51, 7.9, [(12, "dp", 0.75), (20, "s", 0.125), (28.5, "x", 0.125)]),
        (0.5, 9, [(12, "dp", 0.75), (28.5, "sx", 0.25)]),
    ],
)
def test_a_wave_opens_at_its_scale_and_takes_who_is_ready_within_the_interval(
    drechtsteden: Case, scale: float, interval: float, expected: list[tuple[float, str, float]]
) -> None:
    """The edges count: enough is enough, and the last day of the interval is within it."""
    names = {"d": "dordrecht", "p": "papendrecht", "s": "zwijndrecht", "x": "sliedrecht"}
    sizes = {"dordrecht": 400.0, "papendrecht": 200.0, "zwijndrecht": 100.0, "sliedrecht": 100.0}
    assert found(drechtsteden, sizes, scale, interval) == [
        (week, tuple(sorted(names[letter] for letter in members)), share)
        for week, members, share in expected
    ]


def test_without_partners_there_are_no_waves_and_without_inhabitants_no_share(
    drechtsteden: Case,
) -> None:
    """Nobody goes live in a region of which nobody joins."""
    assert found(drechtsteden, {}, 0.5, 4) == []
    empty = found(drechtsteden, {"dordrecht": 0.0}, 0.5, 4)
    assert empty == [(10, ("dordrecht",), 0.0)]


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
    assert stretches(knowledge, drechtsteden.region)["dordrecht"] == 4.5


@pytest.mark.parametrize(
    ("weeks", "whole"), [(0.0, 0.0), (2.0, 2.0), (2.01, 3.0), (2.0000000001, 2.0), (0.5, 1.0)]
)
def test_a_started_week_counts(weeks: float, whole: float) -> None:
    """Plans are made in whole weeks; what rounding adds to a week is no new one."""
    assert whole_weeks(weeks) == whole
