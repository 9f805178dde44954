"""Who works when, when each decision falls, and when each goes live."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import DARK, LIGHT, ON_DARK, alt, data

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene
    from decision.roadmap.plan import Roadmap

__all__ = ["planning"]

_MOST_ROWS = 18
_LOOKS = (("square", LIGHT), ("diamond", ON_DARK), ("triangle-right", DARK))
"""The marks of work, of a decision and of going live."""


class _Bar(NamedTuple):
    """One row: whose, from week to week at work, its decisions, and the week it goes live."""

    who: str
    start: float | None
    finish: float | None
    decisions: tuple[float, ...]
    live: float | None


def planning(scene: Scene) -> Diagram | None:
    """The plan as bars in time; None where there is no work to plan."""
    plan = scene.advice.roadmap
    if plan is None or not plan.tasks:
        return None
    bars = _bars(scene, plan)

    def draw(paper: Paper) -> Spec:
        return _gantt(scene, paper, bars, plan)

    def weeks(found: tuple[float, ...]) -> str:
        return ", ".join(scene.numbers.number(week) for week in found)

    return scene.figure(
        "planning",
        _title(scene, plan),
        [
            DiagramColumn(scene.say("planning.who")),
            DiagramColumn(scene.say("planning.from"), "number"),
            DiagramColumn(scene.say("planning.to"), "number"),
            DiagramColumn(scene.say("planning.decisions")),
            DiagramColumn(scene.say("planning.live"), "number"),
        ],
        [(one.who, one.start, one.finish, weeks(one.decisions), one.live) for one in bars],
        draw,
    )


def _title(scene: Scene, plan: Roadmap) -> str:
    """Who opens, and when; and whether others follow."""
    if not plan.waves:
        return scene.say("planning.neutral")
    first, *later = plan.waves
    follow = [name for wave in later for name in wave.members]
    given = {
        "first": scene.those(first.members),
        "count": len(first.members),
        "when": scene.when(first.week),
    }
    if not follow:
        return scene.say("planning.together", **given)
    code = "planning.begun" if scene.view.begun else "planning.waves"
    return scene.say(code, **given, later=scene.those(follow), follow=len(follow))


def _bars(scene: Scene, plan: Roadmap) -> list[_Bar]:
    """The region, then each partner with work; where these are many, municipalities by wave."""
    bars = [_bar(scene, plan, scene.advice.region.name, [None], None)]
    everyone = [*plan.municipalities, *plan.organisations]
    everyone.sort(key=lambda name: plan.live.get(name, plan.weeks + 1))
    if len(everyone) <= _MOST_ROWS:
        groups = [(scene.view.name(name), [name]) for name in everyone]
    else:
        waves = {name: wave.number for wave in plan.waves for name in wave.members}
        numbers = sorted({*waves.values()})
        apart = [name for name in plan.municipalities if name not in waves]
        groups = [
            (scene.say("planning.wave", wave=at), [name for name in waves if waves[name] == at])
            for at in numbers
        ]
        groups += [(scene.say("planning.apart"), apart)] if apart else []
        groups += (
            [(scene.say("planning.organisations"), [*plan.organisations])]
            if plan.organisations
            else []
        )
    for who, names in groups:
        live = [plan.live[name] for name in names if name in plan.live]
        bar = _bar(scene, plan, who, names, max(live, default=None))
        if bar.start is not None or bar.live is not None:
            bars.append(bar)
    return bars


def _bar(
    scene: Scene, plan: Roadmap, who: str, names: Sequence[str | None], live: float | None
) -> _Bar:
    opened = plan.waves[0].week if plan.waves else plan.weeks
    until = opened if names == [None] else live
    own = [task for name in names for task in plan.tasks_of(name)]
    own = [task for task in own if until is None or task.finish <= until]
    decided = {
        one.week
        for one in scene.advice.decisions
        if one.status == "to_take" and one.partner in names and one.week is not None
    }
    return _Bar(
        who,
        min((task.start for task in own), default=None),
        max((task.finish for task in own), default=None),
        tuple(sorted(decided)),
        live,
    )


def _gantt(scene: Scene, paper: Paper, bars: list[_Bar], plan: Roadmap) -> Spec:
    names = [one.who for one in bars]
    paper = paper.for_rows(names, 0.45 if paper.narrow else 0.33)
    marks: list[Row] = []
    work = [scene.say(f"planning.keys.{key}") for key in ("work", "decision", "live")]
    for one in bars:
        marks += [{"who": one.who, "week": week, "kind": work[1]} for week in one.decisions]
        if one.live is not None:
            marks.append({"who": one.who, "week": one.live, "kind": work[2]})
    spans = [
        {"who": one.who, "from": one.start, "to": max(one.finish or 0, (one.start or 0) + 1)}
        for one in bars
        if one.start is not None
    ]
    ends = [float(row[key]) for key, own in (("week", marks), ("to", spans)) for row in own]
    last = max(ends, default=plan.weeks)
    end = last * 1.03
    ticks = scene.ticks(end * 0.95, 4 if paper.narrow else 8)
    named = {round(week): text.split(" ") for week, text in ticks.items()}
    y = alt.Y("who:N", sort=names, axis=paper.row_axis(names, grid=True))
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=alt.Axis(
            title=None if scene.view.month_of(0) else paper.title(scene.say("planning.axis")),
            values=[*ticks],
            labelExpr=f"({json.dumps(named)})[round(datum.value)]",
            grid=True,
        ),
    )
    looks = dict(zip(work, _LOOKS, strict=True))
    layers = []
    waves: list[Row] = [{"week": wave.week} for wave in plan.waves]
    if waves:
        layers.append(
            alt.Chart(data(waves))
            .mark_rule(strokeDash=[4, 3], opacity=0.7)
            .encode(x=alt.X("week:Q"))
        )
    layers.append(
        alt.Chart(data(spans)).mark_bar(height=13, color=LIGHT).encode(y=y, x=x, x2=alt.X2("to"))
    )
    layers.append(
        alt.Chart(data(marks))
        .mark_point(size=150, opacity=1, strokeWidth=1.2)
        .encode(
            y=y,
            x=alt.X("week:Q"),
            **paper.marked("kind", looks, 3),
        )
    )
    height = len(names) * paper.step(names, 30)
    return paper.finished(alt.layer(*layers), height)
