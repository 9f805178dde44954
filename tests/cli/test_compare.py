"""``decide compare`` as its users meet it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decision.cli import run
from decision.model.installed import data_folder
from tests.command_line import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

REGION = "drechtsteden.yaml"
OTHER = str(Path(__file__).parent.parent / "regions" / "langs-de-rivier.yaml")
JOINS = "municipalities.sliedrecht.facts.joins_number=ja"
CHEAP = "kengetallen.wage_first_line=40000"
DONE, FAULT, MISUSE = 0, 1, 2
WIDTH = 80

Run = tuple[int, str, str]


@pytest.fixture
def decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """Run the program in an empty folder; gives exit status, standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DECIDE_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", str(WIDTH))

    def call(*arguments: str) -> Run:
        status = run(arguments)
        return (status, *capsys.readouterr())

    return call


def found(result: Run) -> dict[str, Any]:
    """The JSON of a run that went well."""
    status, out, err = result
    assert (status, err) == (DONE, "")
    document: dict[str, Any] = json.loads(out)
    return document


def test_the_json_holds_the_contract(decide: Callable[..., Run]) -> None:
    """Other programs rely on these keys."""
    got = found(decide("compare", REGION, "--set", JOINS, "--set", CHEAP, "--format", "json"))
    assert list(got) == ["version", "sides", "differences"]
    topics = ["advice", "partners", "facts", "verdicts", "roles", "costs", "scores"]
    assert list(got["differences"]) == topics
    first, second = got["sides"]
    assert (first["file"], first["changes"]) == (REGION, [])
    assert (second["file"], second["changes"]) == (REGION, [JOINS, CHEAP])
    assert (first["region"], first["name"], first["as_of"]) == (
        "drechtsteden",
        "Drechtsteden",
        "2008-07",
    )
    assert first["recommended"] == "3a"
    assert list(first["measures"]) == [
        "municipalities",
        "organisations",
        "inhabitants",
        "score",
        "year",
        "calls",
        "cost_per_call",
        "total",
        "per_inhabitant",
        "roles",
        "weeks",
    ]
    facts = {one["path"]: one["values"] for one in got["differences"]["facts"]}
    assert facts == {
        "kengetallen.wage_first_line": [50000, 40000],
        "municipalities.sliedrecht.facts.joins_number": ["nog_niet", "ja"],
    }
    costs = {one["path"]: one for one in got["differences"]["costs"]}
    cost = costs["costs.3a.2011.cost_per_call"]
    assert cost["values"][0] == pytest.approx(first["measures"]["cost_per_call"])
    assert cost["change"] == [0, cost["values"][1] - cost["values"][0]]
    assert cost["change_share"][1] == pytest.approx(cost["change"][1] / cost["values"][0])
    assert all(set(one) == {"path", "values"} for one in got["differences"]["scores"])


def test_one_file_stands_against_itself_after_all_changes_together(
    decide: Callable[..., Run],
) -> None:
    """``--set`` makes the second side, and ``--as-of`` the date of it."""
    got = found(decide("compare", REGION, "--as-of", "2015", "--format", "json"))
    assert [side["as_of"] for side in got["sides"]] == ["2008-07", "2015"]
    rules = [one["path"] for one in got["differences"]["facts"]]
    assert rules == ["rules.ingang-van-de-overheid.in_force"]


def test_with_more_files_what_is_asked_holds_for_all(decide: Callable[..., Run]) -> None:
    """A change in which both regions are tried is no difference between them."""
    ask = ("--set", "kengetallen.opening_days=250", "--as-of", "2015")
    got = found(decide("compare", REGION, OTHER, *ask, "--format", "json"))
    assert [side["as_of"] for side in got["sides"]] == ["2015", "2015"]
    assert [side["changes"] for side in got["sides"]] == [["kengetallen.opening_days=250"]] * 2
    facts = {one["path"] for one in got["differences"]["facts"]}
    assert "kengetallen.opening_days" not in facts
    assert "kengetallen.wage_first_line" in facts
    advice = {one["path"]: one["values"] for one in got["differences"]["advice"]}
    assert advice["recommended"] == ["3a", None]


def test_the_terminal_says_first_whether_the_advice_changes(decide: Callable[..., Run]) -> None:
    """The answer, the sides, then only what differs, and what does not."""
    status, out, _ = decide("compare", REGION, "--set", JOINS)
    assert status == DONE
    lines = out.splitlines()
    assert lines[:5] == [
        "Het advies blijft gelijk: vorm 3a Samen Zelf Afhandelen.",
        "",
        "- A: Drechtsteden (drechtsteden.yaml), regels en cijfers van juli 2008",
        "- B: Drechtsteden (drechtsteden.yaml), regels en cijfers van juli 2008",
        "  - met Sliedrecht: meedoen aan het gezamenlijke nummer: doet mee",
    ]
    assert "Sliedrecht: meedoen aan het gezamenlijke nummer" in out
    assert "Kosten per gesprek" not in out
    assert "Verder gelijk: wie er in de regio zijn, kosten en scores." in out


def test_the_terminal_says_who_is_ready_later(decide: Callable[..., Run]) -> None:
    """With nobody free Alblasserdam plays the same part, and has it ready some weeks later."""
    slower = "municipalities.alblasserdam.facts.capacity=ontbreekt"
    _, out, _ = decide("compare", REGION, "--set", slower)
    said = " ".join(out.split("Rollen en planning")[1].split("Verder gelijk")[0].split())
    assert said.count("Alblasserdam") == 1
    assert len(set(re.findall(r"week (\d+ tot \d+)", said))) == 2


def test_nothing_differs_between_a_region_and_itself(decide: Callable[..., Run]) -> None:
    """That is said, and nothing else."""
    status, out, _ = decide("compare", REGION, REGION)
    assert status == DONE
    assert out.splitlines()[0] == "Er verschilt niets."
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "weights={customer: 5, organisation: 5, implementation: 85, cost: 5}",
            "en vorm 1 Samen Beheren in B.",
        ),
        ("end_state='4'", "maar de vorm die daarna komt, verschilt"),
        ("municipalities.dordrecht.wishes.refuses.kanalen=[E]", "Het advies blijft gelijk"),
    ],
)
def test_what_changes_in_the_advice_is_told(
    decide: Callable[..., Run], change: str, said: str
) -> None:
    """Another form, another path, or neither."""
    status, out, _ = decide("compare", REGION, "--set", change)
    assert status == DONE
    assert said in " ".join(out.split())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "Het advies verschilt: vorm 3a Samen Zelf Afhandelen in A en nog geen vorm in B."),
        ("en", "The advice differs: form 3a Handle Together In-house in A and no form yet in B."),
    ],
)
def test_two_regions_side_by_side(decide: Callable[..., Run], lang: str, said: str) -> None:
    """Who is in one region only, shares of the municipalities, and costs that can be compared."""
    status, out, _ = decide("compare", REGION, OTHER, "--lang", lang)
    assert status == DONE
    words = " ".join(out.split())
    assert said in words
    assert "Grootstad, Middelveen" in words
    assert "+60" in out or "+€" in out
    assert max(map(len, out.splitlines())) <= WIDTH


def test_regions_without_advice_are_compared_all_the_same(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """The advice stays none; facts, costs and scores still differ."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, _ = decide("compare", "klein.yaml", OTHER)
    assert status == DONE
    assert "Het advies blijft gelijk: er is nog geen vorm te adviseren." in out


def test_many_sides_get_more_tables(decide: Callable[..., Run]) -> None:
    """What does not fit side by side comes below, each side under its own letter."""
    status, out, _ = decide("compare", REGION, OTHER, REGION, REGION, REGION)
    assert status == DONE
    assert "E: Drechtsteden" in out
    assert max(map(len, out.splitlines())) <= WIDTH
    heads = [line.split() for line in out.splitlines() if line.split()[:1] in (["A"], ["E"])]
    assert ["A", "B", "C", "D"] in heads
    assert ["E"] in heads


def test_a_partner_that_only_some_sides_have_is_shown_for_those(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Of three variants, one without the partner: a dash there, and the others side by side."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    without = text.replace("dordrecht", "elders").replace("Dordrecht", "Elders")
    (tmp_path / "zonder.yaml").write_text(without, encoding="utf-8")
    alone = text.replace("joins_number: {value: ja,", "joins_number: {value: nee,")
    (tmp_path / "alleen.yaml").write_text(alone, encoding="utf-8")
    status, out, _ = decide("compare", REGION, "zonder.yaml", "alleen.yaml")
    assert status == DONE
    words = " ".join(out.split())
    assert "Alleen in A en C: Dordrecht." in words
    assert "Alleen in B: Elders." in words
    rows = [line.split() for line in out.splitlines() if line.startswith(" Dordrecht ")]
    assert any("-" in row for row in rows)


def test_what_counts_on_a_date_is_told_by_its_name(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """An investment that begins later, and the requirements of VNG that a change meets."""
    (tmp_path / "eigen").mkdir()
    text = 'investments: {inrichting-14-nummer: {from: "2012"}}\n'
    (tmp_path / "eigen" / "kengetallen.yaml").write_text(text, encoding="utf-8")
    style = "municipalities.dordrecht.facts.vng_style=ja"
    ask = ("compare", REGION, "--criteria", "eigen", "--as-of", "2015", "--set", style)
    status, out, _ = decide(*ask)
    words = " ".join(out.split())
    assert status == DONE
    assert "techniek van het 14-nummer inrichten" in words
    assert "Dordrecht, eis van de VNG:" in words
    assert "Kosten per inwoner in het laatste jaar" not in words


def test_a_cost_out_of_nothing_has_no_share(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Where the first side costs nothing, only the amount says how much dearer the other is."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    wages = "wage_first_line: 0, wage_second_line: 0, wage_outsourced: 0"
    free = f"{text}\nkengetallen: {{{wages}}}\n"
    (tmp_path / "gratis.yaml").write_text(free, encoding="utf-8")
    cost = " 0 Niets doen "
    for files, expected in (
        (("gratis.yaml", REGION), "+€\u00a09,12"),
        ((REGION, "gratis.yaml"), "\u2212€\u00a09,12 (\u2212100,0%)"),
    ):
        _, out, _ = decide("compare", *files)
        row = next(line for line in out.splitlines() if line.startswith(cost))
        assert row.rstrip().endswith(expected)


def test_the_role_of_an_organisation_is_told(decide: Callable[..., Run]) -> None:
    """With a mandate the social service follows its municipalities."""
    change = "organisations.sociale-dienst.facts.authority=mandated"
    status, out, _ = decide("compare", REGION, "--set", change)
    assert status == DONE
    row = next(
        line for line in out.splitlines() if "beslist zelf" in line and "Sociale Dienst" in line
    )
    assert "volgt de gemeenten" in row


def test_one_file_alone_is_wrong_use(decide: Callable[..., Run]) -> None:
    """Exit status 2, with what could be done."""
    status, out, err = decide("compare", REGION)
    assert (status, out) == (MISUSE, "")
    assert err.splitlines()[0] == (
        "Fout: Er is niets om drechtsteden.yaml mee te vergelijken. "
        "Noem nog een bestand, of geef --set of --as-of."
    )
    status, _, err = decide("compare")
    assert status == MISUSE
    assert err.startswith("Fout: BESTAND… ontbreekt.")
    status, _, err = decide("compare", REGION, REGION, "--as-of", "gisteren")
    assert status == MISUSE


def test_the_faults_of_all_files_are_told_at_once(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Whatever is wrong with the one file, the other is looked at too; nothing is compared."""
    (tmp_path / "een.yaml").write_text(SMALL.replace('"0001"', "0001"), encoding="utf-8")
    (tmp_path / "twee.yaml").write_text(
        SMALL.replace("inhabitants: 20000", "inwoners: 20000"), encoding="utf-8"
    )
    status, out, err = decide("compare", "een.yaml", REGION, "twee.yaml", "weg.yaml")
    assert (status, out) == (FAULT, "")
    assert "een.yaml:9:10:" in err
    assert "twee.yaml:10:5:" in err
    assert "weg.yaml:" in err


def test_a_fault_in_the_only_file_is_told_once(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Both sides come from it, but it has one fault."""
    (tmp_path / "een.yaml").write_text(SMALL.replace('"0001"', "0001"), encoding="utf-8")
    status, _, err = decide("compare", "een.yaml", "--as-of", "2021")
    assert status == FAULT
    assert err.count("een.yaml:9:10:") == 1


def test_a_change_that_cannot_be_is_a_fault(decide: Callable[..., Run]) -> None:
    """A level that does not exist is told at the option."""
    change = "municipalities.sliedrecht.facts.joins_number=misschien"
    status, out, err = decide("compare", REGION, "--set", change)
    assert (status, out) == (FAULT, "")
    assert err.startswith("--set municipalities.sliedrecht.facts.joins_number:")


def test_own_knowledge_holds_for_all_sides(decide: Callable[..., Run], tmp_path: Path) -> None:
    """A folder with knowledge changes what both sides are judged by."""
    (tmp_path / "eigen").mkdir()
    text = 'criteria: {klanttevredenheid: {grades: {"3a": {grade: 1}}}}\n'
    (tmp_path / "eigen" / "criteria.yaml").write_text(text, encoding="utf-8")
    ask = ("compare", REGION, "--set", CHEAP, "--format", "json")
    plain, own = found(decide(*ask)), found(decide(*ask, "--criteria", "eigen"))
    scores = [one["sides"][0]["measures"]["score"] for one in (plain, own)]
    assert scores[1] < scores[0]
    assert plain["differences"]["facts"] == own["differences"]["facts"]


@pytest.mark.usefixtures("anew")
def test_two_runs_give_the_same_bytes(decide: Callable[..., Run]) -> None:
    """Same input, same bytes."""
    ask = ("compare", REGION, OTHER, "--format", "json")
    assert decide(*ask) == decide(*ask)
