"""The page as a browser shows it; needs chromium, which the gate installs."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from operator import truediv
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.model.installed import data_folder
from decision.report.charts.diagram import Diagram
from decision.report.document.contents import contents
from decision.report.report import Report
from decision.scores.additive import Scores, scores
from decision.scores.matrix import matrix_of
from decision.scores.stability import group_flips
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers
from tests.conftest import DRAW, drawing, sketch
from tests.report.advices import LANGS, text
from tests.searching import some

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROBE = """
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
const hidden = [...document.querySelectorAll("h2")].filter(h => h.offsetHeight === 0).length;
const drawings = [...document.querySelectorAll("figure svg")]
  .filter(one => one.getBoundingClientRect().width).length;
found = {wide, hidden, drawings};
"""
"""What the test asks the browser about the page as it stands."""

MOVES = """
const figure = document.querySelector("[data-live]");
const place = (one) => one.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
const drawn = (svg) => {
  const layer = (at) => [...svg.querySelector(`.layer_${at}_marks`).children];
  const labels = [...svg.querySelectorAll(".role-axis-label")].map((one) => [...one.children])
    .find((own) => own.every((one) => one.getAttribute("text-anchor") === "end"));
  const parts = (list, row) => list.slice(row * 4, row * 4 + 4);
  const rows = layer(2).map((total, row) => ({
    y: place(total)[1], points: total.textContent, label: labels[row].textContent,
    texts: parts(layer(1), row).map((one) => one.textContent),
    bar: parts(layer(0), row).map((one) => Number(one.getAttribute("d").match(/h(-?[\\d.]+)/)[1])),
    off: place(labels[row])[1] - place(total)[1],
  }));
  return rows.sort((one, other) => one.y - other.y);
};
const shown = () => ({
  drawings: [...figure.querySelectorAll("svg")].map(drawn),
  percent: [...figure.querySelectorAll("output")].map(one => one.textContent),
  spoken: [...figure.querySelectorAll("input")].map(one => one.getAttribute("aria-valuetext")),
  standing: figure.querySelector(".standing").textContent.trim(),
});
found = [shown()];
for (const move of MOVED) {
  if (move === null) figure.querySelector("button").click();
  else [...figure.querySelectorAll("input")].forEach((one, group) => {
    one.value = move[group];
    one.dispatchEvent(new Event("input", {bubbles: true}));
  });
  found.push(shown());
}
"""
"""Moves the sliders as a reader does, and tells what the figure shows after every move."""

DARKLY = "--blink-settings=preferredColorScheme=0"

CHECKED = """
document.querySelectorAll("details").forEach((one) => { one.open = true; });
const brief = (found) => found.map((one) => `${one.id}: ` + one.nodes.map((node) => node.target));
axe.run(document, {resultTypes: ["violations", "incomplete"]}).then((found) => {
  document.body.dataset.found = JSON.stringify([brief(found.violations), brief(found.incomplete)]);
});
"""
"""Asks axe what is wrong with the page, everything unfolded, and what it cannot tell."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to show the page in")


def browsed(folder: Path, page: str, script: str, width: int = 1200) -> tuple[str, Any]:
    """The page as chromium has it after a script of the test, and what the script found."""
    probe = f"{{let found;{script}document.body.dataset.found = JSON.stringify(found);}}"
    return ran(folder, page, probe, f"--window-size={width},900")


def ran(folder: Path, page: str, script: str, *flags: str) -> tuple[str, Any]:
    """The page as chromium has it after a script, and what that leaves in the body."""
    file = folder / "advies.html"
    page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)  # lets the test in
    file.write_text(page.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        *flags,
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    answer = re.search(r'<body data-found="([^"]*)"', done.stdout)
    assert answer, done.stderr
    return done.stdout, json.loads(html.unescape(answer[1]))


@pytest.fixture(scope="module")
def page(advice: Advice) -> str:
    """The page with all of its figures."""
    with drawing():
        return Report(advice).text("html")


def with_scores(advice: Advice, lang: str = "nl") -> str:
    """The page of an advice in which only the figure with the sliders is drawn."""

    def svg(self: Diagram, width: int, prefix: str) -> str:
        return (DRAW if self.id == "scores" else sketch)(self, width, prefix)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Diagram, "svg", svg)
        return Report(advice, lang).text("html")


@pytest.mark.parametrize("lang", some(LANGS))
def test_the_first_page_is_one_page_on_paper(tmp_path: Path, lang: str) -> None:
    """What a director takes to a meeting is one sheet, also when the web page is printed."""
    file, paper = tmp_path / "advies.html", tmp_path / "advies.pdf"
    file.write_text(text("drechtsteden", lang, "html"), encoding="utf-8")
    flags = (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer")
    command = [str(CHROMIUM), *flags, f"--print-to-pdf={paper}", file.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    sheets = [sheet.extract_text() for sheet in PdfReader(paper).pages[:3]]
    title = catalogue(lang, "words").say("sections.summary")
    assert [title in sheets[1], re.match(r"(3 / \d+)?\s*1 ", sheets[2]) is not None] == [True, True]


@pytest.mark.parametrize("width", some([500, 1200]))
def test_the_page_fits_the_window_and_shows_every_section(
    tmp_path: Path, page: str, width: int
) -> None:
    """On a telephone and on a desk: nothing runs off the page, and no chapter is missing."""
    shown, found = browsed(tmp_path, page, PROBE, width)
    assert found == {"wide": 0, "hidden": 0, "drawings": 10}
    assert re.findall(r'<section id="([a-z]+)"', shown) == [*contents()["main"]]


AXE = find_spec("axe_playwright_python")  # never imported: only the script in it is used

with_axe = pytest.mark.skipif(
    AXE is None, reason="there is no axe: pip install --no-deps axe-playwright-python"
)


def checked(folder: Path, page: str, *flags: str) -> Any:  # noqa: ANN401 - what the page says
    """What axe finds wrong with a page, and what it cannot tell."""
    assert AXE is not None
    assert AXE.origin is not None
    axe = Path(AXE.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    flags = ("--window-size=1200,900", "--virtual-time-budget=60000", *flags)
    return ran(folder, page, axe + CHECKED, *flags)[1]


@with_axe
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    "region", sorted(one.name for one in data_folder("regions").glob("*.yaml"))
)
def test_the_page_is_accessible(tmp_path: Path, region: str, lang: str) -> None:
    """A checker finds no barrier in the advice on any region, and leaves no contrast open."""
    own = Report(decide(load_region(region, lang=lang)), lang)
    assert checked(tmp_path, own.text("html")) == [[], []]


@with_axe
@pytest.mark.parametrize("flag", ["--window-size=400,900", DARKLY])
def test_the_page_with_its_figures_is_accessible_everywhere(
    tmp_path: Path, page: str, flag: str
) -> None:
    """On a telephone, and where everything is dark."""
    assert checked(tmp_path, page, flag) == [[], []]


def test_the_page_works_under_its_own_policy(tmp_path: Path, page: str) -> None:
    """The script of the page is the one that its policy allows: the sliders appear."""
    file = tmp_path / "advies.html"
    file.write_text(page, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [str(CHROMIUM), *FLAGS, profile, "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert '<fieldset class="sliders">' in done.stdout


def test_figures_have_their_own_ids(page: str) -> None:
    """Whatever is named in one figure is not in another, nor twice at two widths."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len({*ids})
    assert {*re.findall(r"url\(#([^)]+)\)", page)} <= {*ids}


# --- the sliders


def moved(folder: Path, page: str, moves: list[list[int] | None]) -> list[dict[str, Any]]:
    """What the figure shows at first and after every move; None pushes the button."""
    _, found = browsed(folder, page, MOVES.replace("MOVED", json.dumps(moves)))
    return list(found)


def ranked_by(advice: Advice, move: list[int]) -> Scores:
    """The scores of the program under the weights at which the sliders stand."""
    weights = dict(zip(advice.scores.weights, (one / sum(move) for one in move), strict=True))
    return scores(advice.knowledge, advice.region, advice.eligibility, advice.costs, weights)


def turned(advice: Advice) -> list[int]:
    """Sliders that stand just beyond the weight at which another form wins."""
    matrix = matrix_of(advice.knowledge, advice.region, advice.scores)
    eligible, weights = matrix.among(advice.eligibility.eligible), advice.scores.weights
    assert advice.recommended is not None
    flips = group_flips(eligible, weights, advice.recommended)
    name, turn = next((name, one.above) for name, one in flips.items() if one.above)
    beyond, rest = turn.weight + 0.01, 1 - weights[name]
    parts = {
        one: beyond if one == name else (1 - beyond) * weight / rest
        for one, weight in weights.items()
    }
    heaviest = max(parts.values())
    return [round(100 * part / heaviest) for part in parts.values()]


@pytest.mark.parametrize("lang", some(["nl", "en"]))
def test_moving_the_sliders_ranks_as_the_program_does(tmp_path: Path, lang: str) -> None:
    """The same order, points, shares and parts as a run with those weights, at both widths."""
    advice = decide(load_region("drechtsteden.yaml", lang=lang))
    moves = [turned(advice), [100, 50, 0, 25], [0, 0, 0, 7], [1, 2, 3, 5]]
    first, *after = moved(tmp_path, with_scores(advice, lang), [*moves])
    numbers = Numbers(lang)
    worth = [sum(one.score for one in advice.scores.forms.values()) for _ in first["drawings"]]
    long = [sum(sum(row["bar"]) for row in rows) for rows in first["drawings"]]
    for move, found in zip(moves, after, strict=True):
        expected = ranked_by(advice, move)
        order = sorted(expected.forms.values(), key=lambda one: (one.rank is None, -one.score))
        for rows, unit in zip(found["drawings"], map(truediv, long, worth), strict=True):
            for one, shown in zip(order, rows, strict=True):
                least = sum(100 * part.weight * part.low for part in one.contributions)
                most = sum(100 * part.weight * part.high for part in one.contributions)
                assert shown["points"] == numbers.span((least, most), 1)
                assert re.match(rf"{one.form}\b", shown["label"])
                parts = [unit * one.group(name) for name in expected.weights]
                assert shown["bar"] == pytest.approx(parts, abs=0.5)
                assert abs(shown["off"]) < LINE
        assert found["percent"] == [numbers.percent(one) for one in expected.weights.values()]
        assert found["spoken"] == found["percent"]
        best = f"{order[0].form} {advice.knowledge.forms[order[0].form].name}"
        assert best in found["standing"]
    assert ranked_by(advice, moves[0]).best != advice.recommended


LINE = 20
"""So many pixels a label of two lines can stand above the middle of its row."""


def test_the_button_brings_the_figure_of_the_advice_back(tmp_path: Path, advice: Advice) -> None:
    """What the browser works out from the weights of the advice is what stands in the file."""
    first, _, again = moved(tmp_path, with_scores(advice), [[100, 3, 0, 0], None])
    assert first["spoken"] == [None] * 4
    assert again["spoken"] == first["percent"]
    assert_alike(again, first)


def assert_alike(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """The same in letters, and bars that are as long but for half a pixel."""
    for rows, others in zip(found["drawings"], expected["drawings"], strict=True):
        for row, other in zip(rows, others, strict=True):
            assert [row[key] for key in TOLD] == [other[key] for key in TOLD]
            assert row["bar"] == pytest.approx(other["bar"], abs=0.5)
    assert [found["percent"], found["standing"]] == [expected["percent"], expected["standing"]]


TOLD = ("label", "points", "texts")


def test_weights_that_are_not_whole_stay_as_they_are(tmp_path: Path) -> None:
    """A slider that nobody moves weighs what the advice says, not what it rounds to."""
    weights = "{customer: 33.4, organisation: 33.3, implementation: 33.3, cost: 0}"
    advice = decide(load_region("drechtsteden.yaml", changes=[f"weights={weights}"]))
    first, again = moved(tmp_path, with_scores(advice), [None])
    assert_alike(again, first)


def test_sliders_at_zero_give_no_ranking(tmp_path: Path, advice: Advice) -> None:
    """Nothing is silently made of weights that are all zero: the page says so."""
    _, found = moved(tmp_path, with_scores(advice), [[0, 0, 0, 0]])
    assert found["standing"].startswith("Alle schuiven staan op nul.")
    assert found["percent"] == ["0%"] * 4
    assert not any(any(row["bar"]) for rows in found["drawings"] for row in rows)


def test_forms_of_equal_worth_stand_first_together(tmp_path: Path, advice: Advice) -> None:
    """Two forms with the same values are named both."""
    page = with_scores(advice)
    live = re.search(r'data-live="([^"]*)"', page)
    assert live
    told = json.loads(html.unescape(live[1]))
    first, second, *_ = told["forms"]
    second |= {key: first[key] for key in ("values", "low", "high")}
    page = page.replace(live[1], html.escape(json.dumps(told)))
    _, found = moved(tmp_path, page, [[40, 30, 20, 10]])
    names = " en ".join(
        one["label"] for one in sorted((first, second), key=lambda one: int(one["order"]))
    )
    assert found["standing"] == f"Met deze gewichten staat bovenaan: {names}."


def test_no_form_is_first_where_none_can_be_chosen(
    tmp_path: Path, drechtsteden_none: Advice
) -> None:
    """Excluded forms are scored and moved, but none is named first."""
    _, found = moved(tmp_path, with_scores(drechtsteden_none), [[0, 0, 9, 0]])
    assert found["standing"] == "Geen enkele vorm kan nu. Daarom staat er geen vorm bovenaan."
    for rows in found["drawings"]:
        assert all("valt\xa0nu\xa0af" in row["label"] for row in rows)
        points = [float(row["points"].split("\u2013")[0].replace(",", ".")) for row in rows]
        assert points == sorted(points, reverse=True)


@pytest.fixture
def drechtsteden_none(advice: Advice) -> Advice:
    """The advice where no form can be chosen."""
    forms = {name: replace(one, rank=None, reach="no") for name, one in advice.scores.forms.items()}
    return replace(advice, scores=replace(advice.scores, forms=forms))
