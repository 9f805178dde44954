"""A figure: a title that tells what is found, a text in its place, its data, and its drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Spec

__all__ = ["Cell", "Diagram", "DiagramColumn", "Drawing"]

Cell: TypeAlias = str | int | float | None
"""A text, a number in full precision, or nothing: what is not known, or does not apply."""

Drawing: TypeAlias = "Callable[[Paper], Spec]"
"""How a chart is drawn on paper of some width."""

_WIDE = 720


@dataclass(frozen=True, slots=True)
class DiagramColumn:
    """A column of the data: its name, and how a reader sees its numbers.

    A ``share`` (0-1) is read as a percentage.
    """

    name: str
    unit: Literal["text", "number", "year", "euro", "share"] = "text"
    decimals: int = 0

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers, to set to the right."""
        return self.unit != "text"

    def written(self, cell: Cell, numbers: Numbers) -> str:
        """A cell as a reader sees it; a dash where there is nothing."""
        if cell is None:
            return "\u2013"
        if isinstance(cell, str) or self.unit in {"text", "year"}:
            return str(cell)
        if self.unit == "euro":
            return numbers.amount(cell, self.decimals)
        write = numbers.chance if self.unit == "share" else numbers.number
        return write(cell, self.decimals)


@dataclass(frozen=True)
class Diagram:
    """One figure in one language.

    Attributes:
        id: Stable, for anchors, file names and commands.
        title: What is found, or a neutral title where nothing stands out.
        alt: What somebody reads who does not see the figure.
        note: What it rests on; goes below it, and below its data.
        reading: How the drawing is to be read; goes below the drawing only.
        columns: The columns of its data.
        rows: Its data, in the order of the figure.
        lang: Its language.
        draw: Its drawing.
        live: What the sliders of an interactive page calculate with, where it has these.
    """

    id: str
    title: str
    alt: str
    note: str
    reading: str
    columns: tuple[DiagramColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lang: str
    draw: Drawing = field(repr=False, compare=False)
    live: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)

    def spec(self, width: int = _WIDE) -> Spec:
        """The chart in Vega-Lite, so many pixels wide (720 on paper, 360 on a phone)."""
        from decision.report.charts.look import Paper

        numbers = Numbers(self.lang)
        return self.draw(Paper(width, numbers.signs))

    def svg(self, width: int = _WIDE, prefix: str = "") -> str:
        """The drawing to stand in a page, with its title and text; ids begin with ``prefix``.

        Ink is the colour of the text around it and the ground is transparent, so it follows a dark
        page. It has no scripts and no styles, and asks nothing of elsewhere.
        """
        from decision.report.charts.picture import svg

        name = f"{prefix}figure-{self.id}-{width}"
        return svg(self.spec(width), name, self.title, self.alt)

    def png(self, width: int = _WIDE, scale: float = 2.0) -> bytes:
        """The drawing on white, ``scale`` pixels for each pixel of its width."""
        from decision.report.charts.picture import png

        return png(self.spec(width), scale)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as a reader sees them, in the language of the figure."""
        numbers, columns = Numbers(self.lang), self.columns
        return tuple(
            tuple(one.written(cell, numbers) for one, cell in zip(columns, row, strict=True))
            for row in self.rows
        )
