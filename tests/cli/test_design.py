"""The best configuration as a consultant meets it: on the terminal and as JSON."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from decision.cli import run
from tests.command_line import DONE, FAULT, REGION, SMALL, Run, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


PLACE = "plaats-van-afhandeling"
REFUSED = f"municipalities.sliedrecht.wishes.refuses={{{PLACE}: [B, C, D, E]}}"
OWN_WAY_REFUSED = f"municipalities.dordrecht.wishes.refuses={{{PLACE}: [A]}}"
CONFLICT = ("--set", REFUSED, "--set", OWN_WAY_REFUSED)
WIDTH = 80


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The machine contract for the Drechtsteden."""
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        patch.setattr(sys, "stdout", out)
        patch.delenv("DECIDE_LANG", raising=False)
        assert run(["design", REGION, "--format", "json"]) == DONE
    document: dict[str, Any] = json.loads(out.getvalue(), parse_constant=pytest.fail)
    return document


def test_the_json_holds_the_contract(found: dict[str, Any]) -> None:
    """Other programs rely on these keys: the best one, and every form beside it."""
    assert [*found] == [
        *(
            "version",
            "region",
            "choices",
            "score",
            "nearest_form",
            "differences",
            "served",
            "partners",
        ),
        *("runners_up", "fit", "conflict", "configurations", "weights"),
    ]
    assert (found["region"], found["nearest_form"], found["conflict"]) == ("drechtsteden", "4", [])
    assert found["score"] == pytest.approx(4.5 / 7)
    assert len(found["choices"]) == 12
    assert found["choices"][PLACE] == "D"
    assert [*found["differences"]] == [*found["fit"]] == ["0", "1", "2", "3a", "3b", "4", "5"]
    assert found["differences"]["4"] == []
    assert found["differences"]["5"][1] == {"choice": "kanalen", "here": "D", "there": "E"}


def test_the_json_tells_what_everybody_gets(found: dict[str, Any]) -> None:
    """What choices and partners add makes the score, for the best one and for every form."""
    for one in (found, *found["runners_up"], *found["fit"].values()):
        added = sum(choice["adds"] for choice in one["served"].values())
        assert added == pytest.approx(one["score"])
        assert sum(one["partners"].values()) == pytest.approx(one["score"])
    assert found["fit"]["3b"]["served"][PLACE]["other"] == ["papendrecht", "sliedrecht"]
    assert all(one["possible"] for one in found["fit"].values())


def test_the_json_counts_the_configurations(found: dict[str, Any]) -> None:
    """There are more than ninety million, of which most cannot exist."""
    counts = found["configurations"]
    assert counts["total"] == 93_750_000
    assert 0 < counts["possible"] == counts["compatible"] < counts["total"]


def test_the_runners_up_are_like_other_forms(found: dict[str, Any]) -> None:
    """Each resembles a form of its own, and none scores more than the one before it."""
    forms = [found["nearest_form"], *(one["nearest_form"] for one in found["runners_up"])]
    assert len(forms) == len(set(forms)) == 4
    scores = [found["score"], *(one["score"] for one in found["runners_up"])]
    assert scores == sorted(scores, reverse=True)


def test_the_program_shows_the_best_configuration(tmp_path: Path) -> None:
    """The installed program tells what is best, who wants it, and what comes close."""
    done = program("design", REGION, folder=tmp_path)
    out = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "haalt 64,3%. Zij is gelijk aan vorm 4 Samen Afhandelen over meerdere kanalen." in out
    assert "plaats van afhandeling (Papendrecht en Sliedrecht)" in out
    assert "lijkt op vorm 3a Samen Zelf Afhandelen, maar met kanalen D." in out
    assert "Er zijn 93.750.000 configuraties." in out
    assert list(tmp_path.iterdir()) == []


def test_the_text_is_english_when_asked(decide: Callable[..., Run]) -> None:
    """A colleague abroad reads the same."""
    status, out, _ = decide("design", REGION, "--lang", "en")
    assert status == DONE
    assert "scores 64.3%. It is the same as form 4" in " ".join(out.split())


def test_no_line_is_wider_than_the_terminal(decide: Callable[..., Run]) -> None:
    """Also in a narrow window nothing is cut off or runs over."""
    for arguments in ((), CONFLICT):
        _, out, _ = decide("design", REGION, *arguments)
        assert max(cell_len(line) for line in out.splitlines()) <= WIDTH


def test_wishes_that_cannot_go_together_are_named(decide: Callable[..., Run]) -> None:
    """Nothing is possible: that is an answer, with who refuses what."""
    status, out, err = decide("design", REGION, *CONFLICT)
    text = " ".join(out.split())
    assert (status, err) == (DONE, "")
    assert "Voor de Drechtsteden is geen enkele configuratie mogelijk." in text
    assert "Geweigerd door Dordrecht: plaats van afhandeling A." in text
    assert "Geweigerd door Sliedrecht: plaats van afhandeling B, C, D, E." in text


def test_a_conflict_is_in_the_json(decide: Callable[..., Run]) -> None:
    """Another program finds no choices, and the statements of which none can be left out."""
    status, out, _ = decide("design", REGION, "--format", "json", *CONFLICT)
    found = json.loads(out)
    assert status == DONE
    assert found["choices"] is found["score"] is found["nearest_form"] is None
    assert set(found["differences"].values()) == {None}
    assert found["runners_up"] == []
    assert found["configurations"]["possible"] == 0
    assert [(one["kind"], one["option"], one["partners"]) for one in found["conflict"]] == [
        ("refuses", "A", ["dordrecht"]),
        *(("refuses", option, ["sliedrecht"]) for option in "BCDE"),
    ]
    assert found["fit"]["3a"]["refused"] == [
        {"kind": "refuses", "choice": PLACE, "option": "D", "partners": ["sliedrecht"]}
    ]
    assert not found["fit"]["3a"]["possible"]


def test_what_options_ask_of_each_other_takes_part_in_a_conflict(
    decide: Callable[..., Run],
) -> None:
    """One KCC without one way of steering is refused by reason, with that reason."""
    only = f"municipalities.dordrecht.wishes={{refuses: {{{PLACE}: [A, B, C, E]}}}}"
    steers = "municipalities.zwijndrecht.wishes.refuses={sturing: [D, E]}"
    arguments = ("design", REGION, "--set", only, "--set", steers)
    _, out, _ = decide(*arguments, "--format", "json")
    (link,) = [one for one in json.loads(out)["conflict"] if one["kind"] != "refuses"]
    expected = {"kind": "needs", "choice": PLACE, "option": "D", "other": "sturing"}
    assert {key: link[key] for key in expected} == expected
    assert link["options"] == ["D", "E"]
    assert link["because"] in " ".join(decide(*arguments)[1].split())


def test_a_region_without_wishes_is_told_so(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Without a wish there is nothing to choose by; the score is unknown, not zero."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, _ = decide("design", "klein.yaml")
    assert status == DONE
    assert "zegt geen enkele partner wat hij wil" in " ".join(out.split())
    _, out, _ = decide("design", "klein.yaml", "--format", "json")
    assert json.loads(out)["score"] is None
    assert json.loads(out)["nearest_form"] == "0"


def test_of_many_partners_the_first_are_named(decide: Callable[..., Run], tmp_path: Path) -> None:
    """A region of forty municipalities keeps its table readable."""
    towns = "".join(
        f"  dorp{at}:\n    name: Dorp {at}\n    cbs: '{at + 1:04}'\n    inhabitants: 20000\n"
        "    coverage: {'078': 1.0}\n    wishes: {wants: {kanalen: [D]}}\n"
        for at in range(40)
    )
    head, _, tail = SMALL.partition("  dorp:\n")
    text = head + towns + "costs:" + tail.partition("costs:")[2]
    (tmp_path / "groot.yaml").write_text(text, encoding="utf-8")
    status, out, _ = decide("design", "groot.yaml")
    assert status == DONE
    assert "Dorp 7 en 32 andere" in " ".join(out.split())
    assert "Dorp 8" not in out


def test_the_votes_that_are_told_are_those_that_count(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """With votes of a consultant's own, the text about the general votes is not left standing."""
    assert "per regionale organisatie 0,5" in flat(decide("design", REGION)[1])
    text = "fit: {organisation: 2, inhabitants_per_vote: 5000}"
    (tmp_path / "eigen.yaml").write_text(text, encoding="utf-8")
    told = flat(decide("design", REGION, "--criteria", str(tmp_path))[1])
    assert "1 voor elke begonnen 5.000 inwoners, per regionale organisatie 2." in told
    assert "0,5." not in told


def flat(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_a_fault_in_the_region_is_told(decide: Callable[..., Run]) -> None:
    """An option that a choice does not have is a fault at its place."""
    wish = "municipalities.dordrecht.wishes.wants={diepgang: [D]}"
    status, out, err = decide("design", REGION, "--set", wish)
    assert (status, out) == (FAULT, "")
    assert "diepgang" in err


def test_the_solver_is_imported_where_it_is_needed_only(tmp_path: Path) -> None:
    """Help and the other commands start without it."""
    code = "import sys, decision.cli, decision.advice.advice; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0
