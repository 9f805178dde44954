"""The money and the people of the plan, beside going on as now."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import DARK, INK, ON_DARK, ON_LIGHT, SHADES, alt, data

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene
    from decision.sharing.routes import Route

__all__ = ["cash", "staff"]

_MILLION = 1_000_000
_EURO = 0.5

_HEADROOM = 1.1
"""How much higher the chart is than its highest bar, for the number above that."""


def cash(scene: Scene) -> Diagram | None:
    """What is spent each year by the plan; None where nothing is advised to be done."""
    chosen = scene.advice.findings.chosen
    if scene.advice.roadmap is None or chosen is None:
        return None
    plan = chosen.advised_route
    if plan is None:
        return None
    now = chosen.routes[0]
    rows = [
        (
            one.year,
            one.operations,
            one.investment,
            one.total,
            as_now.total,
            one.total - as_now.total,
        )
        for one, as_now in zip(plan.years, now.years, strict=True)
    ]

    def draw(paper: Paper) -> Spec:
        return _spent(scene, paper, plan, now)

    names = ("operations", "investment", "plan", "now", "difference")
    return scene.figure(
        "cash",
        _title(scene, {row[0]: row[-1] for row in rows}),
        [
            DiagramColumn(scene.say("year"), "year"),
            *(DiagramColumn(scene.say(f"cash.{name}"), "euro") for name in names),
        ],
        rows,
        draw,
    )


def _title(scene: Scene, differences: dict[int, float]) -> str:
    """In which years the plan takes more money than going on as now, and what it saves at last."""
    dearer = [year for year, euro in differences.items() if euro > _EURO]
    last, euro = [*differences.items()][-1]
    if last in dearer or euro > -_EURO:
        return scene.say("cash.neutral")
    saving = scene.about(euro)
    if not dearer:
        return scene.say("cash.never", year=last, saving=saving)
    extra = scene.about(fsum(differences[year] for year in dearer))
    return scene.say(
        "cash.first",
        years=scene.numbers.listing(map(str, dearer)),
        extra=extra,
        year=last,
        saving=saving,
    )


def _spent(scene: Scene, paper: Paper, plan: Route, now: Route) -> Spec:
    paper = paper.for_values()
    kinds = [scene.say(f"cash.{kind}") for kind in ("operations", "investment")]
    line = scene.say("cash.now")
    bars: list[Row] = []
    for one in plan.years:
        bottom = one.operations / _MILLION
        bars.append({"year": str(one.year), "kind": kinds[0], "from": 0.0, "to": bottom})
        if one.investment:
            top = one.total / _MILLION
            bars.append({"year": str(one.year), "kind": kinds[1], "from": bottom, "to": top})
    beside: list[Row] = [
        {
            "year": str(one.year),
            "now": as_now.total / _MILLION,
            "top": max(one.total, as_now.total) / _MILLION,
            "text": scene.numbers.signed((one.total - as_now.total) / _MILLION, 1),
            "kind": line,
        }
        for one, as_now in zip(plan.years, now.years, strict=True)
    ]
    x = alt.X("year:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, ticks=False))
    top = max(one["top"] for one in beside) * _HEADROOM
    y = alt.Y(
        "from:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=paper.value_axis(title=scene.say("cash.axis"), tickCount=5, domain=False, ticks=False),
    )
    looks = {kinds[0]: ("square", DARK), kinds[1]: ("square", SHADES[1]), line: ("stroke", INK)}
    shown = {
        kind: look
        for kind, look in looks.items()
        if kind == line or any(b["kind"] == kind for b in bars)
    }
    marked = paper.marked("kind", shown, 3, symbolStrokeWidth=1)
    base = alt.Chart(data(bars)).encode(x=x, y=y)
    paid = base.mark_bar(width={"band": 0.62}).encode(y2=alt.Y2("to"), fill=marked["fill"])
    key = base.mark_point(size=0).encode(**marked)
    as_now = alt.Chart(data(beside)).encode(x=x)
    ticks = as_now.mark_tick(
        thickness=3, color=INK, opacity=1, width={"band": 0.86}, orient="horizontal"
    ).encode(y=alt.Y("now:Q"))
    text = as_now.mark_text(baseline="bottom", dy=-5).encode(
        y=alt.Y("top:Q"), text=alt.Text("text:N")
    )
    return paper.finished(alt.layer(paid, ticks, text, key), 270)


def staff(scene: Scene) -> Diagram | None:
    """Full-time jobs in both lines, now and in the plan; None where nothing is to be done."""
    money = scene.advice.findings.plan_money
    if money is None or money.settled is None:
        return None
    first = next(iter(money.years.values()))
    years = {**money.years, money.settled[0]: money.settled[1]}
    rows = [
        (scene.say("staff.now"), first.baseline_fte_first_line, first.baseline_fte_second_line),
        *((str(year), one.fte_first_line, one.fte_second_line) for year, one in years.items()),
    ]
    end, settled = money.settled
    before, after = (scene.numbers.number(fte) for fte in (settled.baseline_fte, settled.fte))
    less = settled.fte < settled.baseline_fte and before != after

    def draw(paper: Paper) -> Spec:
        return _lines(scene, paper, rows)

    lines = ("first", "second", "both")
    return scene.figure(
        "staff",
        scene.say(f"staff.{'less' if less else 'neutral'}", year=end, after=after, before=before),
        [
            DiagramColumn(scene.say("staff.when")),
            *(DiagramColumn(scene.say(f"staff.{line}"), "number", 1) for line in lines),
        ],
        [(when, one, two, one + two) for when, one, two in rows],
        draw,
    )


def _lines(scene: Scene, paper: Paper, rows: list[tuple[str, float, float]]) -> Spec:
    kinds = [scene.say(f"staff.{line}") for line in ("first", "second")]
    parts: list[Row] = []
    for when, one, two in rows:
        for kind, low, high in ((kinds[0], 0.0, one), (kinds[1], one, one + two)):
            parts.append(
                {
                    "when": when,
                    "kind": kind,
                    "ink": ON_DARK if kind == kinds[0] else ON_LIGHT,
                    "from": low,
                    "to": high,
                    "middle": (low + high) / 2,
                    "text": scene.numbers.number(high - low),
                }
            )
        parts[-1] = {**parts[-1], "total": scene.numbers.number(one + two)}
    names = [when for when, _, _ in rows]
    paper = paper.for_rows(names)
    base = alt.Chart(data(parts)).encode(y=alt.Y("when:N", sort=None, axis=paper.row_axis(names)))
    bars = base.mark_bar(height=24).encode(
        x=alt.X("from:Q", axis=alt.Axis(title=paper.title(scene.say("staff.axis")), tickCount=6)),
        x2=alt.X2("to"),
        fill=paper.filled("kind", {kinds[0]: DARK, kinds[1]: SHADES[1]}, 2),
    )
    inside = base.mark_text(baseline="middle", fontSize=12).encode(
        x=alt.X("middle:Q"), text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None)
    )
    total = (
        base.transform_filter("isValid(datum.total)")
        .mark_text(align="left", baseline="middle", dx=7, fontWeight="bold")
        .encode(x=alt.X("to:Q"), text=alt.Text("total:N"))
    )
    return paper.finished(alt.layer(bars, inside, total), len(names) * 34)
