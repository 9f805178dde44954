"""How every municipality stands on what the form asks of it, in symbols."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import DARK, FAINT, SHADES, alt, data
from decision.words.catalogue import sentence

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene

__all__ = ["readiness"]

STATES = ("yes", "later", "refuses", "unknown")
_MOST_COLUMNS = 12
_SHOWN_TIES = 3

_HEAD_LETTER = 6.1

_CROSS = "M-.55,-.55L.55,.55M-.55,.55L.55,-.55"
_ASKED = "M-.4,-.35C-.4,-.85,.42,-.85,.42,-.35C.42,0,0,0,0,.32M0,.66L0,.72"
_SHAPES = ("circle", "triangle-up", _CROSS, _ASKED)
_FILLS = (DARK, SHADES[1], "transparent", "transparent")
_COUNTED = (DARK, SHADES[1], SHADES[4], FAINT)


def readiness(scene: Scene) -> Diagram | None:
    """Municipalities against what the form asks; None where nothing is asked or known."""
    view, form = scene.view, scene.view.focus
    rules = view.binding(form, "municipality")
    towns = [*scene.advice.region.municipalities]
    cells = {rule: [view.cell(town, form, rule) for town in towns] for rule in rules}
    if all(cell == "unknown" for own in cells.values() for cell in own):
        return None
    names = {rule: sentence(scene.numbers.listing(view.about(rule))) for rule in rules}
    words = {state: view.words.say(f"cells.{state}") for state in STATES}

    def draw(paper: Paper) -> Spec:
        if len(towns) > _MOST_COLUMNS:
            counts = {names[rule]: Counter(own) for rule, own in cells.items()}
            return _counted(paper, counts, words, scene.say("readiness.axis"))
        marks = [
            {"block": names[rule], "town": view.name(town), "state": words[cell]}
            for rule, own in cells.items()
            for town, cell in zip(towns, own, strict=True)
        ]
        return _marked(paper, marks, view.names(towns), words)

    said = {rule: [words[cell] for cell in own] for rule, own in cells.items()}
    return scene.figure(
        "readiness",
        _title(scene, form, cells, names),
        [
            DiagramColumn(scene.say("readiness.asks")),
            *(DiagramColumn(name) for name in view.names(towns)),
        ],
        [(names[rule], *own) for rule, own in said.items()],
        draw,
        form=form,
        count=len(towns),
    )


def _title(
    scene: Scene, form: str, cells: Mapping[str, list[str]], names: Mapping[str, str]
) -> str:
    """What is not there most often, if that tells anything."""
    towns = len(scene.advice.region.municipalities)
    lacks = {rule: sum(one in {"later", "refuses"} for one in own) for rule, own in cells.items()}
    most = max(lacks.values())
    rules = [rule for rule, count in lacks.items() if count == most]
    if not most:
        known = all(one == "yes" for own in cells.values() for one in own)
        return scene.say(f"readiness.{'all' if known else 'known'}", form=form)
    if len(rules) > _SHOWN_TIES:
        return scene.say("readiness.neutral", form=form)
    blocks = scene.numbers.listing(names[rule][:1].lower() + names[rule][1:] for rule in rules)
    if towns == 1:
        only = scene.view.names(scene.advice.region.municipalities)
        return scene.say("readiness.one", blocks=blocks, name=only[0])
    code = "readiness.nowhere" if most == towns else "readiness.most"
    return scene.say(code, blocks=blocks, count=most, of=towns)


def _marked(paper: Paper, marks: Sequence[Row], towns: list[str], words: Mapping[str, str]) -> Spec:
    blocks = [*dict.fromkeys(str(mark["block"]) for mark in marks)]
    paper = paper.for_rows(blocks, 0.42 if paper.narrow else 0.33)
    each = round((paper.width - paper.room) / len(towns))
    letters = max(1, int(each / _HEAD_LETTER))
    heads = {town: textwrap.wrap(town, letters, break_long_words=False) for town in towns}
    turned = any(len(line) > letters for lines in heads.values() for line in lines)
    if turned:
        heads = {town: [town] for town in towns}
    looks = dict(zip(words.values(), zip(_SHAPES, _FILLS, strict=True), strict=True))
    above = alt.Axis(
        orient="top",
        title=None,
        labelExpr=f"({json.dumps(heads)})[datum.value]",
        labelAngle=-90 if turned else 0,
        labelLimit=150,
        labelFontSize=12,
        ticks=False,
        domain=False,
        labelPadding=8 if turned else 8 + 16 * max(len(lines) - 1 for lines in heads.values()),
    )
    chart = (
        alt.Chart(data(marks))
        .mark_point(size=150, strokeWidth=1.6, opacity=1)
        .encode(
            y=alt.Y("block:N", sort=None, axis=paper.row_axis(blocks, grid=True)),
            x=alt.X("town:N", sort=None, axis=above),
            **paper.marked("state", looks, 4, symbolStrokeWidth=1.6),
        )
    )
    return paper.finished(chart, len(blocks) * paper.step(blocks))


def _counted(
    paper: Paper, counts: Mapping[str, Counter[str]], words: Mapping[str, str], title: str
) -> Spec:
    """So many municipalities that only their numbers can be told."""
    rows: list[Row] = []
    for block, own in counts.items():
        start = 0
        for state, word in words.items():
            if own[state]:
                end = start + own[state]
                rows.append({"block": block, "state": word, "from": start, "to": end})
                start = end
    paper = paper.for_rows(counts)
    fills = dict(zip(words.values(), _COUNTED, strict=True))
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("block:N", sort=None, axis=paper.row_axis(counts)),
        x=alt.X("from:Q", axis=alt.Axis(title=title, tickMinStep=1, format="d")),
        x2=alt.X2("to"),
    )
    bars = base.mark_bar(height=18).encode(fill=paper.filled("state", fills, 4))
    return paper.finished(bars, len(counts) * paper.step(counts))
