"""What each group of criteria adds to the score of every form, and the chance of each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.look import INK, ON_DARK, ON_LIGHT, SHADES, alt, data
from decision.report.view.names import often
from decision.words.catalogue import sentence

if TYPE_CHECKING:
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene

__all__ = ["chances", "contributions"]

_LEAST = 4.0
"""A part of so many points has room for its number."""

_FAINT = 0.35
"""How strong the fill is of what drops out."""

_RANKS = ("#0072b2", "#7fb9dd", "#cfe4f3", "#eef3f7")
"""The first place, the second, the third, and the rest."""


def contributions(scene: Scene) -> Diagram:
    """Every form as a bar of points: those to choose from first, then the others."""
    advice, view = scene.advice, scene.view
    groups = {name: sentence(advice.knowledge.groups[name].name) for name in advice.scores.weights}
    ranked = view.ranked()
    points = {one.form: [100 * one.group(name) for name in groups] for one in ranked}
    totals = {one.form: 100 * one.score for one in ranked}
    apart = {form: view.set_apart(form).strip().replace(" ", "\u00a0") for form in points}
    labels = {form: f"{view.label(form)} {apart[form]}".strip() for form in points}

    def draw(paper: Paper) -> Spec:
        short = {form: f"{form} {apart[form]}".strip() for form in points}
        shown = short if paper.narrow else labels
        return _stacked(scene, paper, [*groups.values()], points, shown)

    ends = {form: view.points(form) for form in points}
    unsure = any(low != high for low, high in ends.values())
    extra = ("low", "high") if unsure else ()
    names = [*groups.values(), *(scene.say(f"scores.{name}") for name in ("total", *extra))]
    figure = scene.figure(
        "scores",
        _title(scene),
        [DiagramColumn(scene.say("form")), *(DiagramColumn(name, "number", 1) for name in names)],
        [
            (labels[form], *own, totals[form], *(ends[form] if unsure else ()))
            for form, own in points.items()
        ],
        draw,
        unsure=scene.say("scores.unsure") if unsure else "",
    )
    return replace(figure, live=_live(scene, [*points]))


def _live(scene: Scene, forms: Sequence[str]) -> Mapping[str, Any]:
    """What sliders calculate with: of each form as drawn what it is worth in each group (0-1)."""
    ends = scene.view.group_ends
    order = [*ends]
    return {
        "weights": [*scene.advice.scores.weights.values()],
        "forms": [
            {
                "label": scene.view.label(form),
                "excluded": scene.advice.scores.forms[form].rank is None,
                "order": order.index(form),
                **dict(zip(("values", "low", "high"), ends[form], strict=True)),
            }
            for form in forms
        ],
    }


def _title(scene: Scene) -> str:
    """On which groups the advised form wins of the next one, and on which it loses."""
    advice, view = scene.advice, scene.view
    best = advice.recommended
    rivals = [one.form for one in view.ranked() if one.rank and one.form != best]
    if best is None or not rivals or view.unsure_groups(best, rivals[0]):
        return scene.say("scores.neutral")
    names = {name: advice.knowledge.groups[name].name for name in advice.scores.weights}
    gaps = view.gaps(best, rivals[0])
    better = scene.numbers.listing(names[group] for group, gap in gaps if gap > 0)
    worse = scene.numbers.listing(names[group] for group, gap in gaps if gap < 0)
    code = "both" if worse and better else "better" if better else "neutral"
    return scene.say(f"scores.{code}", form=best, other=rivals[0], better=better, worse=worse)


def _stacked(
    scene: Scene,
    paper: Paper,
    groups: list[str],
    points: dict[str, list[float]],
    labels: dict[str, str],
) -> Spec:
    paper = paper.for_rows(labels.values())
    dark = {name: at % 2 == 0 for at, name in enumerate(groups)}
    rows: list[Row] = []
    for form, own in points.items():
        start = 0.0
        excluded = scene.view.choosable(form) == "excluded"
        for group, value in zip(groups, own, strict=True):
            wide = value >= _LEAST * (2 if paper.narrow else 1)
            rows.append(
                {
                    "form": labels[form],
                    "group": group,
                    "from": start,
                    "to": start + value,
                    "middle": start + value / 2,
                    "text": scene.numbers.number(value) if wide else "",
                    "ink": INK if excluded else ON_DARK if dark[group] else ON_LIGHT,
                    "strength": _FAINT if excluded else 1,
                    "edge": INK if excluded else ON_LIGHT,
                }
            )
            start += value
        total = scene.numbers.span(scene.view.points(form), 1)
        rows[-1] = {**rows[-1], "total": total}
    y = alt.Y("form:N", sort=None, axis=paper.row_axis(labels.values()))
    fills = {group: SHADES[at % len(SHADES)] for at, group in enumerate(groups)}
    base = alt.Chart(data(rows)).encode(y=y)
    top = max(100.0, *(row["to"] for row in rows))
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=paper.title(scene.say("scores.axis")), tickCount=5),
    )
    bars = base.mark_bar(height=22).encode(
        x=x,
        x2=alt.X2("to"),
        fill=paper.filled("group", fills, 4),
        stroke=alt.Stroke("edge:N", scale=None),
        fillOpacity=alt.FillOpacity("strength:Q", scale=None),
    )
    inside = base.mark_text(baseline="middle", fontSize=12).encode(
        x=alt.X("middle:Q"),
        text=alt.Text("text:N"),
        color=alt.Color("ink:N", scale=None),
    )
    total = (
        base.transform_filter("isValid(datum.total)")
        .mark_text(align="left", baseline="middle", dx=6, fontWeight="bold")
        .encode(x=alt.X("to:Q"), text=alt.Text("total:N"))
    )
    names = [*labels.values()]
    height = len(names) * paper.step(names, 32)
    return paper.finished(alt.layer(bars, inside, total), height)


def chances(scene: Scene) -> Diagram | None:
    """The chance of each place; None where there is nothing to choose from."""
    found = scene.advice.rank_acceptability
    if len(found) < 2:  # noqa: PLR2004
        return None
    order = sorted(found, key=lambda form: [-one for one in found[form]])
    ranks = [scene.say("chances.rank", rank=at + 1) for at in range(len(found))]
    labels = {form: scene.view.label(form) for form in order}

    def draw(paper: Paper) -> Spec:
        return _ranked(scene, paper, ranks, {labels[form]: found[form] for form in order})

    first = found[order[0]][0]
    clear = first > 0.5 and order[0] == scene.advice.recommended  # noqa: PLR2004 - mostly
    told = often(first, "draws", scene.view.words, scene.numbers)
    code = "first" if clear else "neutral"
    return scene.figure(
        "chances",
        scene.say(f"chances.{code}", form=order[0], often=told),
        [DiagramColumn(scene.say("form")), *(DiagramColumn(rank, "share", 1) for rank in ranks)],
        [(labels[form], *found[form]) for form in order],
        draw,
        draws=scene.numbers.number(scene.advice.findings.robustness.samples),
    )


def _ranked(
    scene: Scene, paper: Paper, ranks: list[str], found: dict[str, tuple[float, ...]]
) -> Spec:
    paper = paper.for_rows(found)
    rows: list[Row] = []
    for form, shares in found.items():
        start = 0.0
        for at, (rank, share) in enumerate(zip(ranks, shares, strict=True)):
            wide = share >= (0.16 if paper.narrow else 0.07)
            text = scene.numbers.chance(share) if wide else ""
            rows.append(
                {
                    "form": form,
                    "rank": rank,
                    "from": start,
                    "to": start + share,
                    "middle": start + share / 2,
                    "text": text,
                    "ink": ON_LIGHT if at else ON_DARK,
                }
            )
            start += share
    fills = {rank: _RANKS[min(at, len(_RANKS) - 1)] for at, rank in enumerate(ranks)}
    base = alt.Chart(data(rows)).encode(y=alt.Y("form:N", sort=None, axis=paper.row_axis(found)))
    bars = base.mark_bar(height=22).encode(
        x=alt.X(
            "from:Q",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(title=paper.title(scene.say("chances.axis")), format=".0%", tickCount=5),
        ),
        x2=alt.X2("to"),
        fill=paper.filled("rank", fills, 7),
    )
    inside = base.mark_text(baseline="middle", fontSize=12).encode(
        x=alt.X("middle:Q"), text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None)
    )
    height = len(found) * paper.step(found, 32)
    return paper.finished(alt.layer(bars, inside), height)
