"""``decide robustness`` and ``--weights`` as their users meet them."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line import DONE, FAULT, MISUSE, REGION, Run, found_in

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = ("customer", "organisation", "implementation", "cost")
QUICK = ("--samples", "200", "--methods", "topsis")


def test_the_json_holds_the_contract(decide: Callable[..., Run]) -> None:
    """Other programs rely on these keys."""
    got = found_in(
        decide("robustness", REGION, "--format", "json", "--samples", "300", "--seed", "3")
    )
    assert (got["region"], got["recommended"]) == ("drechtsteden", "3a")
    assert (got["samples"], got["seed"]) == (300, 3)
    assert got["weights"]["groups"] == dict.fromkeys(GROUPS, 0.25)
    assert (got["weights"]["stated"], got["weights"]["drawn"]) == ("default", "any")
    eligible = ["1", "2", "3a"]
    assert got["candidates"] == ["3a"]
    for key in ("rank_acceptability", "central_weights", "confidence"):
        assert list(got[key]) == eligible
    assert all(sum(ranks) == pytest.approx(1) for ranks in got["rank_acceptability"].values())
    assert list(got["all_forms"]["rank_acceptability"]) == ["0", "1", "2", "3a", "3b", "4", "5"]
    assert got["pairwise"]["3a"]["1"] + got["pairwise"]["1"]["3a"] == pytest.approx(1)
    assert max(got["errors"]["rank_acceptability"]["3a"]) < 0.03
    assert list(got["weight_flips"]["groups"]) == [*GROUPS]
    assert got["weight_flips"]["groups"]["implementation"]["above"]["form"] == "2"
    assert len(got["weight_flips"]["criteria"]) == 15
    assert got["nearest_change"]["form"] == "2"
    assert isinstance(got["grade_flips"], list)
    own = {name for name, one in got["stakeholders"].items() if one["own"]}
    assert own == {"hendrik-ido-ambacht"}
    assert got["overruled"] == []
    assert got["agreement"]["w"] == pytest.approx(1)
    assert got["consensus"]["winners"] == ["3a"]
    assert {"form": "5", "by": "4"}.items() <= got["dominance"][0].items()
    assert set(got["near_ties"]) == {"step", "pairs"}


def test_how_far_the_chances_may_be_off_is_told_alike(decide: Callable[..., Run]) -> None:
    """The command and the appendices of the advice say the same percentage points."""
    words = ("region", REGION, "--section", "robustness", "--format", "md")
    texts = (" ".join(one[1].split()) for one in (decide("robustness", REGION), decide(*words)))
    (told,), (also,) = (re.findall(r"([\d,]+) procentpunt", text) for text in texts)
    assert told == also


UNKNOWN = "criteria: {klanttevredenheid: {grades: {3a: {grade: unknown}}}}"


@pytest.mark.parametrize(
    ("weights", "own"),
    [
        ("", ""),
        ("{order: [cost, customer, [organisation, implementation]]}", UNKNOWN),
        ("{points: " + str(dict.fromkeys(GROUPS, 25)) + ", bounds: {cost: [0.2, 0.4]}}", UNKNOWN),
    ],
)
def test_the_advice_gives_the_same_chance(
    decide: Callable[..., Run], weights: str, own: str
) -> None:
    """A chance is the same in both commands, with stated weights and with unknown grades."""
    options = ["--format", "json"]
    if weights:
        options += ["--set", f"weights={weights}"]
    if own:
        Path("eigen").mkdir()
        Path("eigen/e.yaml").write_text(own, encoding="utf-8")
        options += ["--criteria", "eigen"]
    advice = found_in(decide("region", REGION, *options))
    sure = found_in(decide("robustness", REGION, *options))
    chances = {form: one["rank_acceptability"] for form, one in advice["forms"].items()}
    assert {form: ranks for form, ranks in chances.items() if ranks} == sure["rank_acceptability"]
    assert advice["candidates"] == sure["candidates"]
    assert (advice["recommended"] is None) == (len(advice["candidates"]) != 1)


@pytest.mark.skipif(not importlib.util.find_spec("pymcdm"), reason="needs the extra `methods`")
def test_other_methods_are_asked_by_name(decide: Callable[..., Run]) -> None:
    """Only those that are named, and each says which normalisation it uses."""
    named = ("--methods", "promethee2,topsis")
    got = found_in(decide("robustness", REGION, "--format", "json", "--samples", "20", *named))
    assert list(got["methods"]) == ["topsis", "promethee2"]
    assert got["methods"]["topsis"]["normalisation"] == "vector"
    assert got["methods"]["topsis"]["agrees"]


def test_an_unknown_method_is_a_wrong_command(decide: Callable[..., Run]) -> None:
    """The known ones are named."""
    status, out, err = decide("robustness", REGION, "--methods", "topsis,electre")
    assert (status, out) == (MISUSE, "")
    assert "electre" in err
    assert "promethee2" in err


def test_other_methods_are_asked_only_by_name(decide: Callable[..., Run]) -> None:
    """Whatever is installed the answers are the same, and one line says how to ask for more."""
    assert (
        found_in(decide("robustness", REGION, "--samples", "20", "--format", "json"))["methods"]
        == {}
    )
    _, out, _ = decide("robustness", REGION, "--samples", "20")
    told = " ".join(out.split())
    assert "--methods topsis,promethee2,vikor" in told
    assert "decide-region[methods]" in told


def test_without_the_library_the_rest_is_told(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who did not ask for methods gets all else; who did hears what to install."""
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    assert decide("robustness", REGION, "--samples", "20")[0] == DONE
    status, out, err = decide("robustness", REGION, *QUICK)
    assert (status, out) == (FAULT, "")
    assert "decide-region[methods]" in err
    assert err.count("\n") == 1


def test_other_weights_can_be_tried(decide: Callable[..., Run]) -> None:
    """With nearly all weight on the implementation another form is advised."""
    weights = "customer=5,organisation=5,implementation=85,cost=5"
    got = found_in(decide("robustness", REGION, "--format", "json", *QUICK, "--weights", weights))
    assert got["weights"]["groups"]["implementation"] == pytest.approx(0.85)
    assert got["weights"]["stated"] == "points"
    assert got["recommended"] in {"1", "2"}
    assert got["overruled"] == ["hendrik-ido-ambacht"]
    losses = got["stakeholders"]["hendrik-ido-ambacht"]["losses"]
    assert losses[0]["loss"] >= losses[-1]["loss"] > 0
    advice = found_in(decide("region", REGION, "--format", "json", "--weights", weights))
    assert advice["recommended"] == got["recommended"]


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ("klant=40,cost=60", "Bedoelde u customer?"),
        ("custmer=40,cost=60", "Bedoelde u customer?"),
        ("customer=-40,cost=60", "Een gewicht is 0 of meer"),
        ("customer=0,organisation=0,implementation=0,cost=0", "weegt alles 0"),
        ("customer=2,organisation=0,implementation=0,cost=0", "1 of 100"),
        ("customer=100", "organisation, implementation en cost"),
        ("customer", "groep=getal"),
    ],
)
def test_wrong_weights_are_a_wrong_command(
    decide: Callable[..., Run], weights: str, says: str
) -> None:
    """One line says what is wrong, and nothing is calculated."""
    for name in ("robustness", "region"):
        status, out, err = decide(name, REGION, "--weights", weights)
        assert (status, out) == (MISUSE, "")
        assert says in err
        assert len(err.splitlines()) == 2  # the fault, and where to find help


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    "stated",
    [
        None,
        "{order: [cost, [customer, organisation], implementation]}",
        "{swing: {customer: 100, organisation: 60, implementation: 100, cost: 40}}",
        (
            "{points: {customer: 25, organisation: 25, implementation: 25, cost: 25},"
            " bounds: {customer: [0.2, 0.4]}}"
        ),
    ],
    ids=["default", "order", "swing", "bounds"],
)
def test_every_way_of_weighing_is_told(
    decide: Callable[..., Run], lang: str, stated: str | None
) -> None:
    """The terminal shows every part, in both languages, and nothing runs off its 80 characters."""
    options = () if stated is None else ("--set", f"weights={stated}")
    status, out, err = decide("robustness", REGION, "--lang", lang, *QUICK, *options)
    assert (status, err) == (DONE, "")
    assert "3a" in out
    assert max(map(len, out.splitlines())) <= 80


NOTHING_FITS = """
rules:
  niets-past:
    kind: form
    guards: ["0", "1", "2", 3a, 3b, "4", "5"]
    of_each: region
    requires: {fact: staff_is_basis, is: nee}
    otherwise: excludes
    because: Zo past er niets.
    source: {document: decide-2026, place: aanname}
"""


def test_without_a_form_to_choose_there_is_no_winner_to_test(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """All forms are still shown, and every other part is empty."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "rules.yaml").write_text(NOTHING_FITS, encoding="utf-8")
    options = (*QUICK, "--criteria", str(own))
    status, out, err = decide("robustness", REGION, *options)
    assert (status, err) == (DONE, "")
    assert "3a Samen Zelf Afhandelen" in out
    got = found_in(decide("robustness", REGION, "--format", "json", *options))
    assert got["recommended"] is None
    assert got["rank_acceptability"] == got["stakeholders"] == got["methods"] == {}
    assert got["nearest_change"] is None
    assert len(got["all_forms"]["rank_acceptability"]) == 7


def test_an_unknown_grade_is_told_and_not_filled_in(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """The ranking goes on with the whole interval; the other methods cannot."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "criteria.yaml").write_text(
        "criteria: {tempo: {grades: {3a: {grade: unknown, because: Nog te meten.}}}}",
        encoding="utf-8",
    )
    options = (*QUICK, "--criteria", str(own))
    got = found_in(decide("robustness", REGION, "--format", "json", *options))
    assert got["methods"]["topsis"]["reason"] == "unknown_grades"
    assert got["rank_acceptability"]["3a"][0] > 0.5
    _, out, _ = decide("robustness", REGION, *options)
    assert "cijfers onbekend" in out
    status, out, _ = decide("region", REGION, "--format", "md", "--criteria", str(own))
    assert status == DONE
    assert "| onbekend |" in out


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", ("Dordrecht kiest zelf vorm", "in plaats van", "punt van de 100", "En nog")),
        ("en", ("Dordrecht itself chooses form", "instead of", "points of 100", "And ")),
    ],
)
def test_a_narrow_choice_is_told_as_one(
    decide: Callable[..., Run], lang: str, says: tuple[str, ...]
) -> None:
    """Near the weights where the winner changes: which grades do it, who disagrees, who is near."""
    near = "customer=11.7,organisation=11.7,implementation=64.8,cost=11.8"
    own = "municipalities.dordrecht.weights="
    alone = own + "{customer: 0, organisation: 0, implementation: 1, cost: 0}"
    any_gap = "kengetallen.near_tie.value=0"
    options = (*QUICK, "--lang", lang, "--weights", near, "--set", alone, "--set", any_gap)
    status, out, _ = decide("robustness", REGION, *options)
    assert status == DONE
    for text in says:
        assert text in out


def test_a_tie_has_its_flips_and_no_overruled(decide: Callable[..., Run]) -> None:
    """Where forms are level it tells what would decide, and of no joint choice."""
    near = "customer=11.7,organisation=11.7,implementation=64.8,cost=11.8"
    got = found_in(decide("robustness", REGION, "--format", "json", *QUICK, "--weights", near))
    assert (got["recommended"], got["candidates"]) == (None, ["3a", "2", "1"])
    flips = got["weight_flips"]["groups"]
    assert list(flips) == [*GROUPS]
    assert flips["implementation"]["above"]["form"] == "2"
    assert got["grade_flips"]
    assert got["overruled"] == []
