"""The chapter on how sure the ranking is: the answers of `decide robustness`, in plain words."""

from __future__ import annotations

import re
import subprocess
import sys

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.report.report import Report
from decision.scores.analysis import Robustness
from decision.words.numbers import Numbers

NL = Numbers("nl")


def advice_of(*changes: str) -> Advice:
    """The advice for the Drechtsteden with some changes."""
    return decide(load_region("drechtsteden.yaml", changes=changes))


def chapter(advice: Advice) -> str:
    """The chapter in Markdown."""
    return Report(advice, wanted=["robustness"]).text("md")


def weighing(*weights: float) -> str:
    """Weights of the four groups as they are set."""
    names = ("customer", "organisation", "implementation", "cost")
    return f"weights={{{', '.join(f'{n}: {w!r}' for n, w in zip(names, weights, strict=True))}}}"


def found(advice: Advice) -> Robustness:
    """What `decide robustness` finds."""
    return advice.findings.robustness


def test_the_chapter_says_what_the_command_finds(advice: Advice) -> None:
    """The same weight at which another form wins, smallest change, and forms nowhere better."""
    text, sure = chapter(advice), found(advice)
    assert sure.winner is not None
    turns = {name: one.above for name, one in sure.winner.groups.items() if one.above}
    assert turns
    for name, turn in turns.items():
        group = advice.knowledge.groups[name].name.capitalize()
        (row,) = (line for line in text.splitlines() if group in line and "boven" in line)
        assert f"boven {NL.percent(turn.weight, 1)} wint vorm {turn.form}" in row
    change = sure.winner.nearest_change
    assert change is not None
    assert f"verplaatst {NL.percent(change.moved, 1)} van het gewicht: " in text
    listed = ", ".join(
        f"{advice.knowledge.groups[name].name} {NL.percent(weight, 1)}"
        for name, weight in change.weights.items()
    )
    assert f"waarbij vorm {change.form} gelijk komt" in text
    assert f"gewicht: {listed}." in text
    assert text.count("is nergens beter dan") == len(sure.dominated)


def test_every_form_has_its_places_or_drops_out(advice: Advice) -> None:
    """Shares of the places as in the JSON, and for an excluded form words and dashes."""
    text = chapter(advice)
    for form, known in advice.knowledge.forms.items():
        (row,) = re.findall(rf"^\| {form} {known.name}.*$", text, re.MULTILINE)
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        ranks = advice.rank_acceptability.get(form)
        assert cells[0].endswith("(valt nu af)") == (ranks is None)
        if ranks is not None:
            assert cells[1:-1] == [NL.share(one) for one in ranks]
        else:
            assert set(cells[1:-1]) == {"\u2013"}
    assert "10.000 willekeurige gewichten" in text
    assert "procentpunt naast zitten" in text


def test_a_municipality_that_is_overruled_reads_on_what() -> None:
    """Who cares about the implementation only wants the form that is introduced most easily."""
    one = weighing(0, 0, 1, 0).replace("weights", "municipalities.sliedrecht.weights")
    advice = advice_of(one)
    sure = found(advice)
    assert sure.winner is not None
    assert sure.winner.stakeholders.overruled == ("sliedrecht",)
    mine = sure.winner.stakeholders.municipalities["sliedrecht"]
    text = chapter(advice)
    assert f"Sliedrecht zou zelf vorm {mine.favourites[0]} " in text
    worst = [advice.knowledge.criteria[loss.criterion].name for loss in mine.losses[:3]]
    assert f"verliest met de gezamenlijke keuze het meest op {NL.listing(worst)}." in text
    assert "komt elke gemeente ook op vorm" not in text


def test_at_the_border_grades_and_small_changes_decide(advice: Advice) -> None:
    """Just before the weights of the smallest change a form hardly wins: single grades count."""
    change = found(advice).winner
    assert change is not None
    assert change.nearest_change is not None
    near = [
        0.9999 * there + 0.0001 * here
        for there, here in zip(
            change.nearest_change.weights.values(), advice.scores.weights.values(), strict=True
        )
    ]
    border = advice_of(weighing(*near), "kengetallen.near_tie.value=0")
    sure, text = found(border), chapter(border)
    assert sure.winner is not None
    assert sure.winner.nearest_change is not None
    assert f"Vorm {sure.winner.nearest_change.form} staat nu bijna of precies even hoog." in text
    told = re.findall(r"^- .*: krijgt vorm", text, re.MULTILINE)
    assert len(told) == min(len(sure.winner.grade_flips), 5) > 0
    more = len(sure.winner.grade_flips) - 5
    assert more <= 0 or f"En nog {more} cijfer" in text
    assert len(re.findall(r"verschillen [\d,]+ punt van de 100", text)) == len(sure.near_ties) > 0


def test_one_form_alone_cannot_lose() -> None:
    """Where one form is left there is nothing to compare it with, so it does not win either."""
    names = load_region("drechtsteden.yaml").region.municipalities
    changes = [f"municipalities.{name}.facts.adopts_antwoord=nee" for name in names]
    advice = advice_of(*changes)
    assert len(advice.eligibility.eligible) == 1
    text = chapter(advice)
    assert "Bij welk gewicht" not in text
    assert "komt elke gemeente ook op vorm" not in text


def test_without_a_form_there_is_no_winner_to_test() -> None:
    """Where it is unknown who chose Antwoord no form is advised; the rest is not made up."""
    names = load_region("drechtsteden.yaml").region.municipalities
    text = chapter(advice_of(*(f"municipalities.{n}.facts.adopts_antwoord=unknown" for n in names)))
    assert "Plaats 1 als elke vorm nu kon |" in text
    assert "komt elke gemeente ook op vorm" not in text


def test_the_chapter_needs_no_slow_library() -> None:
    """Writing the whole text loads no scipy: that takes as long as half of the run."""
    program = (
        "import sys; from decision.advice.advice import decide;"
        "from decision.load import load_region;"
        "from decision.report.report import Report;"
        "Report(decide(load_region('drechtsteden.yaml')), 'nl').text('md');"
        "print(any(name.partition('.')[0] == 'scipy' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
