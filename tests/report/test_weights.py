"""The sliders on the drawing of the scores, as a browser moves them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from math import fsum
from typing import TYPE_CHECKING, Any

import pytest

from decision.model.installed import data_folder
from decision.report.charts.figures import figures
from decision.report.charts.look import NARROW, WIDE
from decision.scores.additive import scores
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from pathlib import Path

    from decision.advice.advice import Advice
    from decision.report.charts.diagram import Diagram
    from decision.scores.additive import FormScore

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><body>
<div data-live="{live}"><fieldset class="sliders" hidden>{sliders}<button>terug</button></fieldset>
<p class="standing" data-first="Bovenaan: {{forms}}" data-none="geen" data-zero="nul"></p>{drawings}
</div><script>{script}</script><script>{probe}</script></body></html>"""

SLIDER = (
    '<input type="range" min="0" max="100" value="{value}" data-weight="{weight}"><output></output>'
)

PROBE = """
const figure = document.querySelector("[data-live]");
const place = (one) => one.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
const shown = (svg) => {
  const layer = (at) => [...svg.querySelector(`.layer_${at}_marks`).children];
  const rows = layer(2).map((total, row) => ({
    y: place(total)[1], points: total.textContent,
    end: Math.round(place(total)[0]),
    parts: layer(1).slice(row * 4, row * 4 + 4).map((one) => one.textContent),
  }));
  rows.sort((one, other) => one.y - other.y);
  return rows.map(({points, end, parts}) => ({points, end, parts}));
};
const all = () => ({
  drawings: [...figure.querySelectorAll("svg")].map(shown),
  standing: figure.querySelector(".standing").textContent,
});
const inputs = [...figure.querySelectorAll("input")];
const move = (values) => inputs.forEach((one, at) => {
  one.value = values[at];
  one.dispatchEvent(new Event("input", {bubbles: true}));
});
const found = [all()];
for (const values of MOVES) { move(values); found.push(all()); }
figure.querySelector("button").click();
found.push(all());
document.body.dataset.found = JSON.stringify(found);
"""


def page(figure: Diagram, moves: list[list[int]]) -> str:
    """A page with the sliders, the drawing at both widths, and a script that moves them."""
    assert figure.live is not None
    sliders = [
        SLIDER.format(value=round(100 * weight), weight=weight) for weight in figure.live["weights"]
    ]
    return PAGE.format(
        live=html.escape(json.dumps(figure.live)),
        sliders="".join(sliders),
        drawings=figure.svg(WIDE) + figure.svg(NARROW),
        script=(data_folder("report_templates") / "weights.js").read_text(encoding="utf-8"),
        probe=PROBE.replace("MOVES", json.dumps(moves)),
    )


def ends(score: FormScore) -> tuple[float, float]:
    """The fewest and the most points that a form can have."""
    parts = score.contributions
    return (
        fsum(100 * one.weight * one.low for one in parts),
        fsum(100 * one.weight * one.high for one in parts),
    )


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to show the page in")
def test_sliders_rank_the_drawing_as_the_program_does(tmp_path: Path, advice: Advice) -> None:
    """Rows, totals and the numbers inside follow the weights, and the button brings all back."""
    figure = figures(advice, "nl")["scores"]
    moves = [[0, 10, 70, 20], [50, 0, 0, 0], [0, 0, 0, 0]]
    file = tmp_path / "schuiven.html"
    file.write_text(page(figure, moves), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [str(CHROMIUM), *FLAGS, profile, "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer = re.search(r'<body data-found="([^"]*)"', done.stdout)
    assert answer, done.stderr
    first, *after, zero, again = json.loads(html.unescape(answer[1]))
    numbers = Numbers("nl")
    for move, found in zip(moves, after, strict=False):
        weights = dict(zip(advice.scores.weights, (one / sum(move) for one in move), strict=True))
        known = advice.knowledge, advice.region, advice.eligibility, advice.costs
        expected = sorted(
            scores(*known, weights).forms.values(), key=lambda one: (one.rank is None, -one.score)
        )
        for drawing in found["drawings"]:
            assert [row["points"] for row in drawing] == [
                numbers.span(ends(one), 1) for one in expected
            ]
        best = expected[0].form
        assert found["standing"] == f"Bovenaan: {best} {advice.knowledge.forms[best].name}"
    assert zero["standing"] == "nul"
    assert _ends(again["drawings"]) == pytest.approx(_ends(first["drawings"]), abs=1.01)
    assert [_texts(one) for one in again["drawings"]] == [_texts(one) for one in first["drawings"]]


def _ends(drawings: list[list[dict[str, Any]]]) -> list[float]:
    return [row["end"] for drawing in drawings for row in drawing]


def _texts(drawing: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(row["points"], row["parts"]) for row in drawing]
