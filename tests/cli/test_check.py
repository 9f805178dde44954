"""``decide check`` and ``--as-of`` as their users meet them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from decision.load import expert
from tests.command_line import CHECK, DONE, FAULT, MISUSE, REGION, Run
from tests.test_documentation import ROOT, write_examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = """\
region: drechtsteden.yaml
cases:
  klopt: {name: Dit klopt, expect: {recommended: 3a}}
"""
BAD = """\
region: drechtsteden.yaml
cases:
  klopt-niet:
    name: Dit klopt niet
    expect:
      recommended: "4"
      next: "4"
      costs:
        3a: {"2009": {cost_per_call: {value: 8.53, within: 0.005}}, "2011": {cost_per_call: 6.0917}}
"""


@pytest.fixture(autouse=True)
def _cases(tmp_path: Path) -> None:
    """A folder with two files of cases."""
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "goed.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "eigen" / "fout.yaml").write_text(BAD, encoding="utf-8")


def test_the_cases_that_come_with_the_program_hold(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a path the cases of the built-in regions are run, from any folder.

    That all of them hold is tested one by one in `tests.comparison`; here are the first three.
    """
    built_in = expert.load_cases
    monkeypatch.setattr(expert, "load_cases", lambda *asked, **how: built_in(*asked, **how)[:3])
    status, out, err = decide("check")
    assert (status, err) == (DONE, "")
    assert "regions/cases/andere-regios.yaml:" in out
    assert "0 fout. Verwachtingen:" in out.splitlines()[-1]


def test_a_check_speaks_english(decide: Callable[..., Run]) -> None:
    """The count at the end is in the language of the reader."""
    status, out, err = decide("check", "eigen/goed.yaml", "--lang", "en")
    assert (status, err) == (DONE, "")
    assert "0 fail. Expectations:" in out.splitlines()[-1]


def test_a_case_that_does_not_hold_gives_status_3(decide: Callable[..., Run]) -> None:
    """Each expectation is a line: where it stands, what was expected and what was found."""
    status, out, err = decide("check", "eigen")
    assert (status, err) == (CHECK, "")
    last = "eigen/fout.yaml:9 costs.3a.2011.cost_per_call"
    assert out.splitlines() == [
        "eigen/fout.yaml:3 Dit klopt niet",
        "  fout  eigen/fout.yaml:6 recommended: verwacht 4, gevonden 3a",
        "  goed  eigen/fout.yaml:7 next: 4",
        "  fout  eigen/fout.yaml:9 costs.3a.2009.cost_per_call: verwacht 8,53, gevonden 8,536",
        f"  fout  {last}: verwacht 6.0917, gevonden 6.091746489551702",
        "eigen/goed.yaml:3 Dit klopt",
        "  goed  eigen/goed.yaml:3 recommended: 3a",
        "",
        "Gevallen: 1 van de 2 goed, 1 fout. Verwachtingen: 2 goed, 3 fout.",
    ]


def test_the_json_of_a_check(decide: Callable[..., Run]) -> None:
    """Another program reads which expectations hold."""
    status, out, _ = decide("check", "eigen/fout.yaml", "eigen/goed.yaml", "--format", "json")
    found = json.loads(out)
    assert (status, found["passed"], found["failed"]) == (CHECK, 2, 3)
    bad, good = found["cases"]
    assert (good["id"], good["file"], good["line"], good["passed"]) == (
        "klopt",
        "eigen/goed.yaml",
        3,
        True,
    )
    assert bad["checks"][0] == {
        "path": "recommended",
        "line": 6,
        "expected": "4",
        "found": "3a",
        "within": None,
        "passed": False,
    }
    assert bad["checks"][2]["within"] == 0.005


def test_what_is_asked_of_every_case(decide: Callable[..., Run]) -> None:
    """An expert sees at once which cases a change of her own would turn."""
    change = "municipalities.dordrecht.facts.joins_number=nee"
    assert decide("check", "eigen/goed.yaml")[0] == DONE
    assert decide("check", "eigen/goed.yaml", "--set", change)[0] == CHECK


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("weg.yaml", "weg.yaml: Hier staan geen gevallen"),
        ("leeg", "leeg: Hier staan geen gevallen"),
    ],
)
def test_cases_that_are_not_there_are_told(
    decide: Callable[..., Run], tmp_path: Path, path: str, said: str
) -> None:
    """A wrong path, or a folder without cases, is a fault of the input."""
    (tmp_path / "leeg").mkdir()
    status, out, err = decide("check", path)
    assert (status, out) == (FAULT, "")
    assert err.startswith(said)


def test_a_case_at_fault_is_told_before_any_is_run(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """What is wrong in one file keeps the others from being run."""
    (tmp_path / "eigen" / "scheef.yaml").write_text(
        GOOD.replace("recommended", "recomended"), encoding="utf-8"
    )
    status, out, err = decide("check", "eigen")
    assert (status, out) == (FAULT, "")
    assert err.startswith("eigen/scheef.yaml:3:37: De sleutel")
    assert "recommended" in err


def test_the_case_in_the_guide_for_contributors_holds(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """An expert who types over the case in CONTRIBUTING.md sees it pass."""
    write_examples(ROOT / "CONTRIBUTING.md", tmp_path)
    status, out, _ = decide("check", "gevallen")
    assert status == DONE
    assert "1 goed, 0 fout" in out


# --- the date of rules and figures


@pytest.mark.parametrize("command", ["region", "costs", "verify", "groupings", "validate"])
def test_a_date_that_is_none_is_wrong_use(decide: Callable[..., Run], command: str) -> None:
    """A slip in the date is told with what it should look like."""
    status, out, err = decide(command, REGION, "--as-of", "2008-02-30")
    assert (status, out) == (MISUSE, "")
    assert "2008-02-30" in err
    assert "2008-07-01" in err


def test_the_contract_says_of_which_date_it_is_and_what_it_leaves_out(
    decide: Callable[..., Run],
) -> None:
    """A rule that does not count yet is named, with the date from which it does."""
    _, out, _ = decide("region", REGION, "--format", "json")
    found = json.loads(out)
    assert found["as_of"] == "2008-07"
    assert found["not_in_force"] == [
        {"kind": "rule", "id": "ingang-van-de-overheid", "from": "2015", "until": None}
    ]
    _, out, _ = decide("region", REGION, "--format", "json", "--as-of", "2015-01-01")
    later = json.loads(out)
    assert (later["as_of"], later["not_in_force"]) == ("2015-01-01", [])
    assert later["recommended"] == found["recommended"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "Het telt mee vanaf 2015."),
        ("en", "It applies from 2015."),
    ],
)
def test_the_report_says_what_does_not_count_yet(
    decide: Callable[..., Run], lang: str, said: str
) -> None:
    """A reader is told which rule waits, and for which date."""
    section = ("region", REGION, "--section", "sources", "--lang", lang)
    assert said in decide(*section)[1]
    _, later, _ = decide(*section, "--as-of", "2016")
    assert said not in later
    assert "2016" in later


def test_the_schema_can_be_of_a_date(decide: Callable[..., Run]) -> None:
    """The schema has no region, and takes a date all the same."""
    assert decide("schema", "--as-of", "2015")[0] == DONE
