"""Names beside the marks on a map, of which none covers another: who finds no room has a number.

First come those with the least room around them. Each goes to the first of its sides where it
covers no mark, no other name and no edge. Who has no such side gets a number instead, with the
name in a list below the map; a number is small, and goes where it covers least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple

from decision.report.charts.look import alt, data

__all__ = ["Box", "Label", "Name", "listed", "placed", "written"]

_LETTER, _LINE, _SIZE = 6.5, 14, 12
_GAP = 2  # between a name and whatever is beside it
_LIST_LINE, _LIST_MARGIN = 16, 10

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


class Name(NamedTuple):
    """What stands at a mark, by lines, and where the mark is."""

    lines: tuple[str, ...]
    x: float
    y: float


class _Side(NamedTuple):
    """Where a text comes beside its mark: how it is aligned, and how far to the right and down."""

    align: str
    right: float
    down: float


class Label(NamedTuple):
    """A text, and the middle of its first line; ``of`` is the name that a number stands for."""

    text: str
    x: float
    y: float
    align: str
    of: str | None


def _sides(lines: int, mark: float) -> Sequence[_Side]:
    """The sides of a mark, the best first."""
    high = (lines - 1) * _LINE
    beside, off = mark + 4, mark + 10
    return (
        _Side("left", beside, -high / 2),
        _Side("right", -beside, -high / 2),
        _Side("center", 0, -off - high),
        _Side("center", 0, off),
        *(_Side("left", beside - 3, down) for down in (6 - off - high, off - 6)),
        *(_Side("right", 3 - beside, down) for down in (6 - off - high, off - 6)),
    )


def placed(
    names: Sequence[Name], width: float, height: float, mark: float, others: Sequence[Box] = ()
) -> list[Label]:
    """Where every name, or the number in its place, stands.

    Args:
        names: The names, and the middles of their marks.
        width: Of the map, in pixels.
        height: The same.
        mark: The radius of the marks.
        others: What may not be covered either.
    """
    marks = [(one.x - mark, one.y - mark, one.x + mark, one.y + mark) for one in names]
    taken, found = [*others, *marks], dict[int, Label]()

    def room(at: int) -> list[tuple[_Side, Box]]:
        boxes = _boxes(names[at].lines, names[at], mark)
        return [one for one in boxes if _inside(one[1], width, height) and not any(
            _common(one[1], other) for other in taken)]  # fmt: skip

    least = {at: len(room(at)) for at in range(len(names))}
    for at in sorted(least, key=lambda one: (least[one], one)):
        free = room(at)
        if free:
            side, box = free[0]
            taken.append(box)
            found[at] = _at(names[at], "\n".join(names[at].lines), side, None)
    for number, at in enumerate(sorted({*least} - {*found}), 1):
        boxes = _boxes((str(number),), names[at], mark)
        side, box = min(boxes, key=lambda one: _covers(one[1], taken, width, height))
        taken.append(box)
        found[at] = _at(names[at], str(number), side, f"{number} {', '.join(names[at].lines)}")
    return [found[at] for at in range(len(names))]


def written(texts: Sequence[Label]) -> Iterator[alt.Chart]:
    """The names and numbers beside the marks."""
    for align in ("left", "right", "center"):
        rows = [{"x": one.x, "y": one.y, "text": one.text} for one in texts if one.align == align]
        if rows:
            yield _texts(rows, align=align, lineHeight=_LINE)


def listed(texts: Sequence[Label], width: float, top: float) -> tuple[list[alt.Chart], float]:
    """The names that have a number, in columns below a map, and how high that list is."""
    names = [one.of for one in texts if one.of is not None]
    names.sort(key=lambda one: int(one.split()[0]))
    if not names:
        return [], 0.0
    column = max(map(len, names)) * _LETTER + _LIST_MARGIN
    columns = max(1, int((width - _LIST_MARGIN) // column))
    deep = -(-len(names) // columns)
    rows = [
        {
            "x": _LIST_MARGIN + at // deep * column,
            "y": top + _LIST_LINE * (at % deep + 1 / 2),
            "text": name,
        }
        for at, name in enumerate(names)
    ]
    return [_texts(rows, align="left")], deep * _LIST_LINE + _LIST_MARGIN


def _texts(rows: Sequence[Mapping[str, Any]], **way: Any) -> alt.Chart:  # noqa: ANN401 - of Vega
    base = alt.Chart(data(rows)).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)
    )
    text: alt.Chart = base.mark_text(lineBreak="\n", baseline="middle", fontSize=_SIZE, **way)
    return text.encode(text=alt.Text("text:N"))


def _at(name: Name, text: str, side: _Side, of: str | None) -> Label:
    x, y = round(name.x + side.right, 1), round(name.y + side.down, 1)
    return Label(text, x, y, side.align, of)


def _boxes(lines: Sequence[str], name: Name, mark: float) -> list[tuple[_Side, Box]]:
    """What a text of these lines covers on every side of its mark."""
    wide, high = max(map(len, lines)) * _LETTER, len(lines) * _LINE
    found = []
    for side in _sides(len(lines), mark):
        part = {"left": 0.0, "center": 1 / 2, "right": 1.0}[side.align]
        left, top = name.x + side.right - part * wide, name.y + side.down - _LINE / 2
        found.append((side, (left - _GAP, top, left + wide + _GAP, top + high)))
    return found


def _inside(box: Box, width: float, height: float) -> bool:
    left, top, right, bottom = box
    return left >= _GAP and top >= _GAP and right <= width - _GAP and bottom <= height - _GAP


def _common(one: Box, other: Box) -> float:
    """How much of two boxes is that of both."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def _covers(box: Box, taken: Sequence[Box], width: float, height: float) -> float:
    """How much a text covers of what is there, and above all of what is beyond the edge."""
    over = 0 if _inside(box, width, height) else 1
    return 1000 * over + fsum(_common(box, other) for other in taken)
