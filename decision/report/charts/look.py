"""How figures look: sizes, letters and colours, for a screen, a phone, paper and a dark page.

Every fill is told from its neighbours by lightness and by a dark outline, so that a copy in black
and white is as good. Ink contrasts with the page, whatever that is. On a light page a light fill
has its outline; on a dark page it needs none, and there the dark fills (after Okabe and Ito, made
darker) have a contrast of at least 3:1 by themselves.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = [
    "DARK",
    "FAINT",
    "FONT",
    "INK",
    "LIGHT",
    "MIDDLE",
    "NARROW",
    "ON_DARK",
    "ON_LIGHT",
    "SHADES",
    "SHAPES",
    "SIZE",
    "WIDE",
    "Paper",
    "Row",
    "Spec",
    "alt",
    "data",
]

if TYPE_CHECKING:
    import altair as alt
else:

    class _Later:
        """A module that is loaded when something of it is first used."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, key: str) -> object:
            return getattr(import_module(self._name), key)

    alt = _Later("altair")  # half the time of a page without figures, and titles need none of it

Row: TypeAlias = Mapping[str, Any]

Spec: TypeAlias = dict[str, Any]
"""A chart in Vega-Lite."""

WIDE, NARROW = 720, 360
"""The width of a figure on a screen or on paper, and on a phone, in pixels."""

INK = "#1a1a1b"
"""The colour of text and lines; in a page it is that of the text around the figure."""

ON_DARK, ON_LIGHT = "#ffffff", "#1a1a1a"

DARK, LIGHT, FAINT = "#0072b2", "#9fd0ec", "#e4e7ea"
"""What stands out, what goes with it, and what is only there to compare with."""

SHADES = ("#0072b2", "#f5c26b", "#00795a", "#eab8d3", "#b84f00", "#b9dff2", "#6b6b6b", "#f4e7a1")
"""Fills for parts side by side: dark and light in turn."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "wedge", "arrow")
"""Shapes that tell groups apart without colour."""

SIZE = 13
"""Of all letters but those inside marks, in pixels."""

FONT = "Liberation Sans, Arimo, Arial, Helvetica, Nimbus Sans, sans-serif"
"""The engine brings the first of these, so that a text is as wide on every computer."""

_PER_LETTER = 7.0  # about how many pixels wide a letter is, also in a wide font
_LINE = 16
_PADDING = 2
_AROUND = 2 * _PADDING + 4  # a mark or number at the end of a chart stands out a little

_CONFIG: Spec = {
    "background": "transparent",
    "font": FONT,
    "padding": _PADDING,
    "view": {"stroke": None},
    "axis": {
        "aria": False,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.15,
        "titlePadding": 8,
        "labelLineHeight": _LINE,
    },
    "header": {"labelFontSize": SIZE, "labelColor": INK, "labelFontWeight": "bold", "title": None},
    "legend": {
        "aria": False,
        "title": None,
        "labelFontSize": SIZE,
        "labelColor": INK,
        "symbolStrokeColor": ON_LIGHT,
        "symbolStrokeWidth": 1,
        "symbolSize": 130,
        "labelLimit": 600,
        "orient": "top",
        "columnPadding": 16,
        "rowPadding": 4,
        "layout": {"top": {"anchor": "start", "bounds": "full"}},
    },
    "text": {"fontSize": SIZE, "color": INK, "lineHeight": _LINE},
    "bar": {"stroke": ON_LIGHT, "strokeWidth": 0.8},
    "rule": {"color": INK},
    "point": {"stroke": ON_LIGHT, "strokeWidth": 1},
}


MIDDLE: Mapping[str, Any] = {
    "baseline": "middle",
    "lineBreak": "\n",
    "dy": {"expr": f"(1 - length(split(datum.text, '\\n'))) * {_LINE / 2}"},
}
"""A text around the middle of its place, on however many lines."""


def _edge(fill: str) -> str:
    return INK if fill in {INK, "transparent"} else ON_LIGHT


def data(rows: Iterable[Row]) -> alt.InlineData:
    """Rows for a chart, as a text: that is not copied with each part of the chart."""
    text = json.dumps([dict(row) for row in rows], ensure_ascii=False)
    return alt.InlineData(values=text, format=alt.JsonDataFormat(type="json"))


@dataclass(frozen=True, slots=True)
class Paper:
    """What a figure is drawn on: so many pixels wide, with so much room for the labels of rows."""

    width: int
    number: Mapping[str, Any]
    room: int = 0

    @property
    def narrow(self) -> bool:
        """Whether it is a phone."""
        return self.width < (WIDE + NARROW) / 2

    def for_rows(self, texts: Iterable[str], most: float = 0.0) -> Paper:
        """With room for the longest of the labels, on as many lines as they need."""
        share = most or (0.36 if self.narrow else 0.33)
        longest = max(map(len, texts), default=0) * _PER_LETTER + 12
        return Paper(self.width, self.number, round(min(longest, self.width * share)))

    def for_values(self) -> Paper:
        """With room for the numbers of an upright axis and its title."""
        return Paper(self.width, self.number, 56)

    def wrapped(self, text: str, room: int | None = None) -> str:
        """A text on lines that fit in the room for labels, or in so many pixels."""
        letters = max(6, int(((self.room if room is None else room) - 12) / _PER_LETTER))
        return "\n".join(textwrap.wrap(text, letters)) or text

    def title(self, text: str) -> list[str]:
        """The title of an axis, on as many lines as it needs below the chart."""
        return self.wrapped(text, self.width - self.room).split("\n")

    def height(self, rows: Iterable[str], least: int = 26) -> int:
        """How high rows with these labels are together."""
        lines = (self.wrapped(text).count("\n") + 1 for text in rows)
        return max(1, sum(max(least, count * _LINE + 6) for count in lines))

    def step(self, rows: Iterable[str], least: int = 26) -> int:
        """How high each row is, when all are as high as the highest."""
        return max((self.height([text], least) for text in rows), default=least)

    def row_axis(self, texts: Iterable[str], **more: Any) -> alt.Axis:  # noqa: ANN401 - as an axis
        """The labels of rows, on their own lines and in the room for them."""
        lines = {text: self.wrapped(text).split("\n") for text in texts}
        up = {text: (1 - len(own)) * _LINE / 2 for text, own in lines.items()}
        given: dict[str, Any] = {
            "labelExpr": f"({json.dumps(lines)})[datum.value]",
            "labelOffset": {"expr": f"({json.dumps(up)})[datum.value]"},
            "labelLimit": self.room,
            "minExtent": self.room,
            "maxExtent": self.room,
            "ticks": False,
            "domain": False,
            "labelPadding": 8,
            "title": None,
        }
        return alt.Axis(**{**given, **more})

    def value_axis(self, **more: Any) -> alt.Axis:  # noqa: ANN401 - as an axis
        """The numbers beside a chart, in the room for them; its title stands upright."""
        room = self.room - _LINE - 8
        return alt.Axis(minExtent=room, maxExtent=room, **more)

    def key(self, columns: int, **more: Any) -> alt.Legend:  # noqa: ANN401 - as a legend
        """What each mark means, in so many columns; in two on a phone."""
        given: dict[str, Any] = {
            "columns": min(columns, 2) if self.narrow else columns,
            "symbolOpacity": 1,
        }
        return alt.Legend(**{**given, **more})

    def filled(self, field: str, fills: Mapping[str, str], columns: int) -> alt.Fill:
        """The fill of each value of a field."""
        scale = alt.Scale(domain=[*fills], range=[*fills.values()])
        return alt.Fill(f"{field}:N", scale=scale, legend=self.key(columns, symbolType="square"))

    def marked(
        self,
        field: str,
        marks: Mapping[str, tuple[str, str]],
        columns: int,
        **more: Any,  # noqa: ANN401 - as a legend
    ) -> dict[str, Any]:
        """What each value of a field looks like: a shape, and a fill within its outline."""
        names, key = [*marks], self.key(columns, **more)
        looks = {
            "shape": (alt.Shape, [shape for shape, _ in marks.values()]),
            "fill": (alt.Fill, [fill for _, fill in marks.values()]),
            "stroke": (alt.Stroke, [_edge(fill) for _, fill in marks.values()]),
        }
        return {
            channel: kind(f"{field}:N", scale=alt.Scale(domain=names, range=found), legend=key)
            for channel, (kind, found) in looks.items()
        }

    def finished(self, chart: alt.TopLevelMixin, height: int) -> Spec:
        """The chart over the whole width, in our look; ``height`` is without its axes and keys.

        Vega can make a chart fit by itself, but then measures all texts a second time.
        """
        return self.dressed(chart, width=self.width - self.room - _AROUND, height=height)

    def dressed(self, chart: alt.TopLevelMixin, **sizes: Any) -> Spec:  # noqa: ANN401 - as a chart
        """A chart in our look and with the numbers of our language; tests hold it to the schema."""
        spec: Spec = chart.to_dict(validate=False)
        return {**spec, **sizes, "config": {**_CONFIG, "locale": {"number": dict(self.number)}}}
