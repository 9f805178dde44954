"""Names on a map: none covers another, and who finds no room has a number and stands in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from decision.report.charts.names import Name, listed, placed
from tests.searching import examples

if TYPE_CHECKING:
    from decision.report.charts.names import Box, Label

WIDTH, HEIGHT, MARK = 700.0, 500.0, 6.0
PER_LETTER, LINE = 6.0, 13.0
"""What a letter of the map takes at the least."""


def box(one: Label) -> Box:
    """What a text covers."""
    lines = one.text.split("\n")
    wide = max(map(len, lines)) * PER_LETTER
    left = one.x - {"left": 0.0, "center": wide / 2, "right": wide}[one.align]
    return left, one.y - LINE / 2, left + wide, one.y - LINE / 2 + LINE * len(lines)


def cross(one: Box, other: Box) -> bool:
    """Whether two boxes have something in common."""
    return (
        min(one[2], other[2]) > max(one[0], other[0])
        and min(one[3], other[3]) > max(one[1], other[1])
    )  # fmt: skip


@st.composite
def crowds(draw: st.DrawFn) -> list[Name]:
    """Up to sixty names, anywhere."""
    count = draw(st.integers(1, 60))
    x, y = st.floats(20, WIDTH - 20), st.floats(20, HEIGHT - 20)
    long = st.integers(3, 22)
    return [Name(("x" * draw(long), "078"), draw(x), draw(y)) for _ in range(count)]


@examples(60)
@given(names=crowds())
def test_no_name_covers_a_name_or_a_mark(names: list[Name]) -> None:
    """However many there are; the others are numbers, and each number is in the list once."""
    texts = placed(names, WIDTH, HEIGHT, MARK, [(0.0, 470.0, 150.0, 500.0)])
    assert len(texts) == len(names)
    whole = [box(one) for one in texts if one.of is None]
    marks = [(n.x - MARK, n.y - MARK, n.x + MARK, n.y + MARK) for n in names]
    for at, one in enumerate(whole):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= WIDTH
        assert one[3] <= HEIGHT
        assert not any(cross(one, other) for other in (*whole[:at], *marks))
    for name, text in zip(names, texts, strict=True):
        number = text.text if text.of is not None else None
        assert text.of == (None if number is None else f"{number} {', '.join(name.lines)}")
    numbers = [int(one.text) for one in texts if one.of is not None]
    assert sorted(numbers) == [*range(1, len(numbers) + 1)]
    assert bool(listed(texts, WIDTH, HEIGHT)[1]) == bool(numbers)
    assert placed(names, WIDTH, HEIGHT, MARK, [(0.0, 470.0, 150.0, 500.0)]) == texts
