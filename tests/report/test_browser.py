"""The page as a browser shows it; needs chromium, which the gate installs."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.report.document.contents import contents
from decision.report.report import Report
from decision.scores.additive import Scores, scores
from decision.scores.matrix import matrix_of
from decision.scores.stability import group_flips
from decision.words.numbers import Numbers

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
found = {wide, hidden};
"""
"""What the test asks the browser about the page as it stands."""

MOVES = """
const figure = document.querySelector("[data-scores]");
const shown = () => ({
  forms: [...figure.querySelectorAll("tbody tr")].map(row => ({
    place: row.cells[0].textContent, label: row.cells[1].textContent,
    points: row.cells[3].textContent,
    bar: [...row.querySelectorAll("rect")].map(one => one.width.baseVal.valueInSpecifiedUnits),
  })),
  percent: [...figure.querySelectorAll("output")].map(one => one.textContent),
  spoken: [...figure.querySelectorAll("input")].map(one => one.getAttribute("aria-valuetext")),
  standing: figure.querySelector(".standing").textContent,
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

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to show the page in")


def browsed(folder: Path, page: str, script: str, width: int = 1200) -> tuple[str, Any]:
    """The page as chromium has it after a script of the test, and what the script found."""
    file = folder / "advies.html"
    page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)  # lets the test in
    probe = f"<script>{{let found;{script}document.body.dataset.found = JSON.stringify(found);}}"
    file.write_text(page.replace("</body>", f"{probe}</script></body>"), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900",
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    answer = re.search(r'<body data-found="([^"]*)"', done.stdout)
    assert answer, done.stderr
    return done.stdout, json.loads(html.unescape(answer[1]))


@pytest.mark.parametrize("width", [500, 1200])
def test_the_page_fits_the_window_and_shows_every_section(
    tmp_path: Path, advice: Advice, width: int
) -> None:
    """On a telephone and on a desk: nothing runs off the page, and no chapter is missing."""
    shown, found = browsed(tmp_path, Report(advice).text("html"), PROBE, width)
    assert found == {"wide": 0, "hidden": 0}
    assert re.findall(r'<section id="([a-z]+)"', shown) == [*contents()["main"]]


def test_the_page_works_under_its_own_policy(tmp_path: Path, advice: Advice) -> None:
    """The script of the page is the one that its policy allows: the sliders appear."""
    file = tmp_path / "advies.html"
    file.write_text(Report(advice).text("html"), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [str(CHROMIUM), *FLAGS, profile, "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert '<fieldset class="sliders">' in done.stdout


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


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_moving_the_sliders_ranks_as_the_program_does(tmp_path: Path, lang: str) -> None:
    """The same order, places, points, shares and parts as a run with those weights."""
    advice = decide(load_region("drechtsteden.yaml", lang=lang))
    moves = [turned(advice), [100, 50, 0, 25], [0, 0, 0, 7], [1, 2, 3, 5]]
    _, *after = moved(tmp_path, Report(advice, lang).text("html"), [*moves])
    numbers = Numbers(lang)
    for move, found in zip(moves, after, strict=True):
        expected = ranked_by(advice, move)
        order = sorted(expected.forms.values(), key=lambda one: (one.rank is None, -one.score))
        labels = [f"{one.form} {advice.knowledge.forms[one.form].name}" for one in order]
        assert [one["label"] for one in found["forms"]] == labels
        for one, shown in zip(order, found["forms"], strict=True):
            least = sum(100 * part.weight * part.low for part in one.contributions)
            most = sum(100 * part.weight * part.high for part in one.contributions)
            assert shown["points"] == numbers.span((least, most), 1)
            assert shown["place"] == str(one.rank) if one.rank else not shown["place"].isdigit()
            parts = [100 * one.group(name) for name in expected.weights]
            assert shown["bar"] == pytest.approx(parts, abs=0.001)
        assert found["percent"] == [numbers.percent(one) for one in expected.weights.values()]
        assert found["spoken"] == found["percent"]
        assert labels[0] in found["standing"]
    assert ranked_by(advice, moves[0]).best != advice.recommended


def test_the_button_brings_the_figure_of_the_advice_back(tmp_path: Path, advice: Advice) -> None:
    """What the browser works out from the weights of the advice is what stands in the file."""
    first, _, again = moved(tmp_path, Report(advice).text("html"), [[100, 3, 0, 0], None])
    assert first.pop("spoken") == [None] * 4
    assert again.pop("spoken") == first["percent"]
    assert again == first


def test_weights_that_are_not_whole_stay_as_they_are(tmp_path: Path) -> None:
    """A slider that nobody moves weighs what the advice says, not what it rounds to."""
    weights = "{customer: 33.4, organisation: 33.3, implementation: 33.3, cost: 0}"
    advice = decide(load_region("drechtsteden.yaml", changes=[f"weights={weights}"]))
    first, again = moved(tmp_path, Report(advice).text("html"), [None])
    assert again["forms"] == first["forms"]


def test_sliders_at_zero_give_no_ranking(tmp_path: Path, advice: Advice) -> None:
    """Nothing is silently made of weights that are all zero: the page says so."""
    _, found = moved(tmp_path, Report(advice).text("html"), [[0, 0, 0, 0]])
    assert found["standing"].startswith("Alle schuiven staan op nul.")
    assert found["percent"] == ["0%"] * 4
    eligible = advice.eligibility.eligible
    assert [one["place"] for one in found["forms"][: len(eligible)]] == ["\u2013"] * len(eligible)
    assert not any(any(one["bar"]) for one in found["forms"])


def test_forms_of_equal_worth_share_a_place(tmp_path: Path, advice: Advice) -> None:
    """Two forms with the same values stand first together, and the next one is third."""
    page = Report(advice).text("html")
    values = re.findall(r'data-values="([^"]*)"', page)
    _, found = moved(tmp_path, page.replace(values[1], values[0]), [[40, 30, 20, 10]])
    assert [one["place"] for one in found["forms"][:3]] == ["1", "1", "3"]
    labels = [one["label"] for one in found["forms"][:2]]
    assert found["standing"] == f"Met deze gewichten staat bovenaan: {labels[0]} en {labels[1]}."


def test_no_form_is_first_where_none_can_be_chosen(
    tmp_path: Path, drechtsteden_none: Advice
) -> None:
    """Excluded forms are scored and moved, but never get a place."""
    _, found = moved(tmp_path, Report(drechtsteden_none).text("html"), [[0, 0, 9, 0]])
    assert found["standing"] == "Geen enkele vorm kan nu. Daarom staat er geen vorm bovenaan."
    assert {one["place"] for one in found["forms"]} == {"valt nu af"}
    points = [float(one["points"].split("\u2013")[0].replace(",", ".")) for one in found["forms"]]
    assert points == sorted(points, reverse=True)


@pytest.fixture
def drechtsteden_none(advice: Advice) -> Advice:
    """The advice where no form can be chosen."""
    forms = {name: replace(one, rank=None, reach="no") for name, one in advice.scores.forms.items()}
    return replace(advice, scores=replace(advice.scores, forms=forms))
