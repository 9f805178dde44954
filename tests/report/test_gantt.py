"""A planning in letters: it fits, it names its months, and every bar stands at its weeks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.report.screen.gantt import ASCII, SIGNS, Bar, Chart

START = dt.date(2008, 7, 1)


def drawn(
    *bars: Bar, weeks: float = 52, width: int = 80, start: dt.date | None = START
) -> list[str]:
    """The lines of a chart."""
    return [line.plain for line in Chart(bars, weeks, width, start, "nl_NL", SIGNS).lines()]


@given(
    weeks=st.floats(0.5, 600),
    width=st.integers(12, 200),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    name=st.text("abc é", min_size=1, max_size=50),
)
def test_no_line_is_wider_than_the_terminal(
    weeks: float, width: int, at: tuple[float, float], name: str
) -> None:
    """Whatever the plan and the names, and the milestone stands within its own row."""
    low, high = sorted(one * weeks for one in at)
    bar = Bar(name, ((low, high),), (), ((high, "◆"),))
    lines = drawn(Bar(name), bar, weeks=weeks, width=width)
    assert all(len(line) <= width for line in lines)
    assert lines[-1].count("◆") == 1


def test_months_stand_along_the_top_where_they_begin() -> None:
    """A year of weeks in 52 characters: a month is more than four of them."""
    years, months, _, row = drawn(Bar("x"), Bar("y", ((26.3, 30.7),)), width=61)
    assert months.split()[:7] == ["jul", "aug", "sep", "okt", "nov", "dec", "jan"]
    assert months.index("jan") == years.index("2009") == 9 + 26
    assert (row.index("─"), row.count("─")) == (9 + 26, 5)


@pytest.mark.parametrize(
    ("weeks", "width", "named"),
    [(190, 80, ["jul", "jan"]), (600, 80, ["jan"]), (16, 80, ["jul", "aug", "sep"])],
)
def test_a_long_plan_names_fewer_months(weeks: int, width: int, named: list[str]) -> None:
    """Months that would stand in one another are left out; a short plan names them all."""
    _, months, *_ = drawn(Bar("x" * 30), weeks=weeks, width=width)
    assert [*dict.fromkeys(months.split())][: len(named)] == named


def test_a_plan_without_a_month_counts_weeks() -> None:
    """A start of which only the year is known has no months."""
    head, _ = drawn(Bar("x"), weeks=60, width=69, start=None)
    assert head.split()[:3] == ["0", "4", "8"]


def test_the_critical_path_is_marked_without_colour() -> None:
    """A heavier line, also where a terminal has plain letters only."""
    bar = Bar("x", ((0, 4), (4, 8)), ((4, 8),), ((8, "◆"),))
    assert drawn(bar, weeks=12, width=21)[-1] == "x        ────━━━━◆"
    plain = Chart((bar,), 12, 21, None, "nl_NL", ASCII).lines()
    assert [*plain][-1].plain == "x        ----====◆"
