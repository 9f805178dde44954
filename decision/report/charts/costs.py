"""What every form costs a year and how sure that is, and what has to come true for the advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import DARK, INK, LIGHT, MIDDLE, ON_DARK, alt, data

if TYPE_CHECKING:
    from decision.costs.break_even import Needed
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene

__all__ = ["costs", "threshold"]

_MILLION = 1_000_000
_MOST_YEARS = 4
_LOOKS = {
    "today": ("square", INK),
    "form": ("diamond", DARK),
    "chosen": ("circle", LIGHT),
    "open": ("triangle-down", ON_DARK),
    "excluded": ("triangle-up", ON_DARK),
}
"""The mark of each kind of form."""


class _Amount(NamedTuple):
    """What a form costs in a year, and the band in which eight of ten draws lie."""

    form: str
    year: int
    cost: float
    low: float
    high: float


def costs(scene: Scene) -> Diagram:
    """The yearly cost of every form with its band, if all take part from the first year on."""
    found = scene.advice.findings
    amounts = [
        _Amount(form, year, cost.total, drawn.p10, drawn.p90)
        for form in _ordered(scene)
        for one in (found.costs.forms[form],)
        for year, cost in one.years.items()
        for drawn in (found.uncertainty.forms[form].years[year].total,)
    ]

    def draw(paper: Paper) -> Spec:
        return _intervals(scene, paper, amounts)

    return scene.figure(
        "costs",
        _title(scene, amounts),
        [
            DiagramColumn(scene.say("form")),
            DiagramColumn(scene.say("year"), "year"),
            *(
                DiagramColumn(scene.say(f"costs.{name}"), "euro")
                for name in ("cost", "low", "high")
            ),
        ],
        [(scene.view.label(one.form), *one[1:]) for one in amounts],
        draw,
        draws=scene.numbers.number(found.uncertainty.draws),
    )


def _title(scene: Scene, amounts: list[_Amount]) -> str:
    """From which year on the advised form is the cheapest of those to choose from."""
    advice, best = scene.advice, scene.advice.recommended
    rivals = {*advice.scores.competing, scene.view.baseline}
    if best is None or best == scene.view.baseline:
        return scene.say("costs.neutral")
    years = sorted({one.year for one in amounts})
    lead = {}
    for year in years:
        own = next(one for one in amounts if (one.form, one.year) == (best, year))
        others = [
            one for one in amounts if one.year == year and one.form in rivals and one.form != best
        ]
        next_one = min(others, key=lambda one: one.cost)
        lead[year] = own.cost < next_one.cost, own.high < next_one.low
    cheaper = [year for year in years if lead[year][0]]
    if not cheaper or cheaper != years[-len(cheaper) :]:
        return scene.say("costs.neutral")
    sure = all(lead[year][1] for year in cheaper)
    codes = ("always_likely", "always") if cheaper == years else ("from_likely", "from")
    return scene.say(f"costs.{codes[sure]}", form=best, year=cheaper[0])


def _intervals(scene: Scene, paper: Paper, amounts: list[_Amount]) -> Spec:
    years = sorted({one.year for one in amounts})
    shown = years if len(years) <= _MOST_YEARS else [*years[: _MOST_YEARS - 1], years[-1]]
    labels = {one.form: _label(scene, one.form, short=paper.narrow) for one in amounts}
    rows: list[Row] = [
        {
            "form": labels[one.form],
            "year": str(one.year),
            "cost": one.cost / _MILLION,
            "low": one.low / _MILLION,
            "high": one.high / _MILLION,
            "kind": scene.say(f"costs.kinds.{_kind(scene, one.form)}", form=one.form),
            "text": scene.numbers.number(one.cost / _MILLION, 2),
        }
        for one in amounts
        if one.year in shown
    ]
    paper = paper.for_rows(labels.values())
    columns = 1 if paper.narrow else len(shown)
    each = (paper.width - paper.room - 18 * columns) / columns
    top = max(float(row["high"]) for row in rows) * (1.2 if columns == 1 else 1.4)
    axis = paper.row_axis(labels.values(), grid=True)
    base = alt.Chart().encode(y=alt.Y("form:N", sort=None, axis=axis))
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=scene.say("costs.axis"), tickCount=4, grid=True),
    )
    kinds = dict.fromkeys(_kind(scene, form) for form in _ordered(scene))
    looks = {
        scene.say(f"costs.kinds.{kind}", form=scene.view.focus): _LOOKS[kind] for kind in kinds
    }
    band = base.mark_bar(height=10, color=INK, fillOpacity=0.18, strokeOpacity=0).encode(
        x=x, x2=alt.X2("high")
    )
    point = base.mark_point(size=90, opacity=1).encode(
        x=alt.X("cost:Q"),
        **paper.marked("kind", looks, 5),
    )
    text = base.mark_text(align="left", dx=6, baseline="middle", fontSize=12).encode(
        x=alt.X("high:Q"), text=alt.Text("text:N")
    )
    height = len(labels) * paper.step(labels.values(), 26)
    layer = alt.layer(band, point, text).properties(width=each, height=height)
    facet = alt.Facet("year:N", sort=None, header=alt.Header(title=None))
    return paper.dressed(layer.facet(facet=facet, columns=columns, data=data(rows), spacing=14))


def _label(scene: Scene, form: str, *, short: bool) -> str:
    name = form if short else scene.view.label(form)
    return name + ("*" if scene.advice.costs.forms[form].assumed else "")


def _ordered(scene: Scene) -> list[str]:
    """Going on as now, then the forms by score: first those to choose from."""
    today = scene.view.baseline
    return [today, *(one.form for one in scene.view.ranked() if one.form != today)]


def _kind(scene: Scene, form: str) -> str:
    """The form that the figure is about, going on as now, or whether it can be chosen."""
    if form == scene.view.focus:
        return "form"
    return "today" if form == scene.view.baseline else scene.view.choosable(form)


def threshold(scene: Scene) -> Diagram | None:
    """How much of its promise the form needs to be cheaper in the last year than each other one."""
    form = scene.view.focus
    if form == scene.view.baseline:
        return None
    needed = scene.view.chosen.shares_needed["total"]
    last = scene.advice.region.costs.years[-1]
    found = {other: one.years[last] for other, one in needed.items()}
    told = {
        other: scene.say(f"threshold.{one.outcome}")
        if one.share is None
        else scene.numbers.share(one.share)
        for other, one in found.items()
    }
    order = sorted(
        found,
        key=lambda other: {"always": 0.0, "never": 2.0}.get(
            found[other].outcome, found[other].share or 0.0
        ),
    )

    def draw(paper: Paper) -> Spec:
        rows = [
            {
                "form": scene.view.label(other),
                "share": found[other].share or 0.0,
                "outcome": found[other].outcome,
                "text": told[other],
            }
            for other in order
        ]
        return _needed(scene, paper, rows)

    return scene.figure(
        "threshold",
        _needed_title(scene, form, found),
        [
            DiagramColumn(scene.say("threshold.against")),
            DiagramColumn(scene.say("threshold.needed"), "share", 1),
            DiagramColumn(scene.say("threshold.outcome")),
        ],
        [
            (
                scene.view.label(other),
                found[other].share,
                scene.say(f"threshold.{found[other].outcome}"),
            )
            for other in order
        ],
        draw,
        form=form,
        year=last,
    )


def _needed_title(scene: Scene, form: str, found: Mapping[str, Needed]) -> str:
    """What beats going on as now, and what the other form takes that is hardest to beat."""
    now = found.get(scene.view.baseline)
    if now is None or now.outcome == "never":
        return scene.say("threshold.lost", form=form)
    if now.share is None:
        return scene.say("threshold.won", form=form)
    share = scene.numbers.share(round(now.share, 2))
    rivals = {other: one.share for other, one in found.items() if one.share is not None}
    hardest = max(rivals, key=lambda other: rivals[other] or 0.0)
    if hardest == scene.view.baseline:
        return scene.say("threshold.one", form=form, share=share)
    most = scene.numbers.share(round(rivals[hardest] or 0.0, 2))
    return scene.say("threshold.two", form=form, share=share, other=hardest, most=most)


def _needed(scene: Scene, paper: Paper, rows: Sequence[Row]) -> Spec:
    names = [str(row["form"]) for row in rows]
    paper = paper.for_rows(names)
    room = paper.width - paper.room
    drawn = [{**row, "text": paper.wrapped(str(row["text"]), room)} for row in rows]
    y = alt.Y("form:N", sort=None, axis=paper.row_axis(names))
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=paper.title(scene.say("threshold.axis")), format=".0%", tickCount=5),
    )
    base = alt.Chart(data(drawn)).encode(y=y, x=x)
    has = base.transform_filter("datum.outcome == 'from'")
    bars = has.mark_bar(height=12, color=DARK)
    right = has.transform_filter("datum.share <= 0.8").mark_text(
        baseline="middle", align="left", dx=7, fontWeight="bold"
    )
    left = has.transform_filter("datum.share > 0.8").mark_text(
        baseline="middle", align="right", dx=-7, fontWeight="bold", color=ON_DARK
    )
    without = base.transform_filter("datum.outcome != 'from'").mark_text(
        align="left", dx=4, fontStyle="italic", **MIDDLE
    )
    chart = alt.layer(
        bars,
        right.encode(text=alt.Text("text:N")),
        left.encode(text=alt.Text("text:N")),
        without.encode(text=alt.Text("text:N")),
    )
    return paper.finished(chart, len(rows) * paper.step(names, 30))
