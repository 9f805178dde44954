"""The forms as a ladder: how far each goes, whether it can be chosen now, and who comes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import DARK, FAINT, LIGHT, MIDDLE, ON_DARK, ON_LIGHT, alt, data

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene

__all__ = ["ladder"]

_FILLS = {"advised": DARK, "chosen": LIGHT, "open": LIGHT, "excluded": FAINT, "today": FAINT}


def ladder(scene: Scene) -> Diagram:
    """The forms by how many forms they build on, the furthest on top."""
    advice, view = scene.advice, scene.view
    today = view.baseline
    steps = {
        form: 0 if form == today else 1 + len(advice.knowledge.lesser(form))
        for form in advice.knowledge.forms
    }
    forms = sorted(steps, key=lambda form: steps[form])
    states = {
        form: "advised" if form == advice.recommended else view.choosable(form) for form in forms
    }
    if advice.recommended != today and view.from_nothing:
        states[today] = "today"
    come = Counter(view.part(name).form for name in advice.region.municipalities)
    if advice.roadmap is None:
        come = Counter()

    def told(form: str) -> str:
        state = scene.say(f"ladder.states.{states[form]}")
        return scene.say("ladder.with", state=state, count=come[form]) if come[form] else state

    def draw(paper: Paper) -> Spec:
        rows = [
            {
                "form": view.label(form),
                "step": steps[form] + 0.5,
                "state": states[form],
                "told": told(form),
            }
            for form in reversed(forms)
        ]
        return _draw(paper, rows)

    return scene.figure(
        "ladder",
        _title(scene),
        [
            DiagramColumn(scene.say("form")),
            DiagramColumn(scene.say("ladder.step"), "number"),
            DiagramColumn(scene.say("ladder.state")),
            DiagramColumn(scene.say("ladder.come"), "number"),
        ],
        [
            (view.label(form), steps[form], scene.say(f"ladder.states.{states[form]}"), come[form])
            for form in forms
        ],
        draw,
    )


def _title(scene: Scene) -> str:
    advice, view = scene.advice, scene.view
    best = advice.recommended
    if best is None:
        may = [form for form in advice.candidates if form != view.baseline]
        return (
            scene.say("ladder.open", forms=scene.numbers.either(may))
            if may
            else scene.say("ladder.none")
        )
    if best == view.baseline:
        return scene.say("ladder.none")
    after = dict.fromkeys(one for one in (advice.next, advice.end_state) if one and one != best)
    if not after:
        return scene.say("ladder.last", form=best)
    if len(after) == 1:
        return scene.say("ladder.next", form=best, next=next(iter(after)))
    first, last = after
    return scene.say("ladder.path", form=best, next=first, end=last)


def _draw(paper: Paper, rows: Sequence[Row]) -> Spec:
    names = [str(row["form"]) for row in rows]
    paper = paper.for_rows(names)
    room = paper.width - paper.room - 8
    most = max(float(row["step"]) for row in rows)
    placed: list[Row] = []
    for row in rows:
        long = float(row["step"]) / most * room
        inside = long > room / 2
        text = paper.wrapped(str(row["told"]), round(long if inside else room - long))
        ink = ON_DARK if row["state"] == "advised" else ON_LIGHT
        placed.append({**row, "inside": inside, "text": text, "ink": ink})
    base = alt.Chart(data(placed)).encode(
        y=alt.Y("form:N", sort=None, axis=paper.row_axis(names)),
        x=alt.X("step:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False)),
    )
    fills = alt.Scale(domain=[*_FILLS], range=[*_FILLS.values()])
    bars = base.mark_bar(height={"band": 0.84}).encode(
        color=alt.Color("state:N", scale=fills, legend=None)
    )
    beside = base.transform_filter("!datum.inside").mark_text(align="left", dx=8, **MIDDLE)
    within = base.transform_filter("datum.inside").mark_text(align="right", dx=-8, **MIDDLE)
    chart = alt.layer(
        bars,
        beside.encode(text=alt.Text("text:N")),
        within.encode(text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None)),
    )
    lines = max(str(row["text"]).count("\n") for row in placed)
    return paper.finished(chart, len(rows) * paper.step(names, max(34, 16 * (lines + 1) + 8)))
