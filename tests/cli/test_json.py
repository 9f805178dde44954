"""What other programs may count on, whatever the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from decision.report.json.plain import VERSION
from tests.command_line import CHECK, DONE, REGION, SMALL, Run, found_in
from tests.searching import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = """\
region: drechtsteden.yaml
cases:
  goed-en-fout: {name: Dit klopt niet helemaal, expect: {recommended: 3a, next: "5"}}
"""


@pytest.mark.parametrize(
    "line",
    some(
        [
            *("region", "costs --draws 20", "verify", "design"),
            *("explain 4 --for sliedrecht", "explain 0", "robustness --samples 20", "groupings"),
            *("compare --set name=Elders", "check", "validate"),
        ]
    ),
)
def test_json_is_the_same_in_every_language(
    decide: Callable[..., Run], tmp_path: Path, line: str
) -> None:
    """A program reads the same bytes whatever its user speaks, with the version of the contract."""
    (tmp_path / "geval.yaml").write_text(CASES, encoding="utf-8")
    name, *options = line.split()
    file = "geval.yaml" if name == "check" else REGION
    dutch, english = (
        decide(name, file, *options, "--format", "json", "--lang", lang) for lang in ("nl", "en")
    )
    assert dutch == english
    assert dutch[0] == (CHECK if name == "check" else DONE)
    assert json.loads(dutch[1])["version"] == VERSION


def test_a_file_for_a_program_is_in_no_language(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Also where the name of the file asks for JSON."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    decide("region", "klein.yaml", "--output", "nl.json")
    decide("region", "klein.yaml", "--output", "en.json", "--lang", "en")
    assert (tmp_path / "nl.json").read_bytes() == (tmp_path / "en.json").read_bytes()


@pytest.mark.parametrize("command", ["region", "roadmap"])
def test_where_nothing_is_planned_the_road_is_empty(
    decide: Callable[..., Run], tmp_path: Path, command: str
) -> None:
    """A program that lists the waves and the work need not ask first whether there is a plan."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    said = json.loads(decide(command, "klein.yaml", "--format", "json")[1])
    road = said["roadmap"] if command == "region" else said
    assert said["recommended"] is None
    assert [road[key] for key in ("waves", "activities", "critical_path")] == [[], [], []]


def test_a_chance_is_the_same_everywhere(decide: Callable[..., Run]) -> None:
    """The advice draws as often and with the same seed as the commands that go into it."""
    advice, costs, robustness = (
        found_in(decide(name, REGION, "--format", "json"))
        for name in ("region", "costs", "robustness")
    )
    assert advice["uncertainty"]["of_stated"] == costs["uncertainty"]["of_stated"]
    for key in ("costs", "sharing", "routes"):
        assert advice[key] == costs[key]
    for measure in ("cost_per_call", "total"):
        mine, whole = (one["break_even"][measure]["shares"] for one in (advice, costs))
        assert mine == {"3a": whole["3a"]}
    ranking = advice["robustness"]
    consensus, whole = ranking.pop("consensus"), robustness["consensus"]
    assert consensus.items() <= whole.items()
    assert ranking.items() <= robustness.items()
    for form, ranks in robustness["rank_acceptability"].items():
        assert advice["forms"][form]["rank_acceptability"] == ranks
    assert (
        advice["verification"].items()
        <= found_in(decide("verify", REGION, "--format", "json")).items()
    )


def test_the_advice_traces_every_verdict(decide: Callable[..., Run]) -> None:
    """The advice says of every rule and partner what the explanation of a form says."""
    traces = found_in(decide("region", REGION, "--format", "json"))["traces"]
    for form in ("3a", "4"):
        verdicts = found_in(decide("explain", REGION, form, "--format", "json"))["verdicts"]
        assert len({one["partner"] for one in verdicts}) > 6
        for one in verdicts:
            (told,) = (t for t in traces[one["id"]][one["partner"]] if form in t["forms"])
            assert told["trace"] == one["trace"]
        counted = [one for one in verdicts if one["trace"]["kind"] == "participants"]
        assert counted
        assert {one["trace"]["form"] for one in counted} == {form}
