"""``decide init`` and ``decide facts``: a region file to fill in, and what is known of one."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide as advised
from decision.cli import run
from decision.load import load_knowledge, load_region
from decision.load.table import id_of
from tests.command_line import DONE, FAULT, MISUSE, REGION, Run, found_in
from tests.searching import examples

TABLE = "code;naam;inwoners;netnummer\n0505;Dordrecht;118450;078\n0610;Sliedrecht;;0184\n"
GIVEN = ("--from", "gemeenten.csv", "--name", "Merwede", "--date", "2026-10", "--number", "14078")


@pytest.fixture(autouse=True)
def _table(tmp_path: Path) -> None:
    """A table in the folder where the program runs."""
    (tmp_path / "gemeenten.csv").write_text(TABLE, encoding="utf-8")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_region_is_in_order_and_gets_an_advice(decide: Callable[..., Run], lang: str) -> None:
    """Nothing is known but who and where, so the advice is conditional and nobody is chosen for."""
    status, out, err = decide("init", *GIVEN, "--lang", lang)
    assert (status, out) == (DONE, "")
    assert "merwede.yaml" in err
    assert decide("validate", "merwede.yaml")[0] == DONE
    found = found_in(decide("region", "merwede.yaml", "--format", "json"))
    assert found["recommended"] is None
    assert {one["role"] for one in found["municipalities"].values()} == {"undecided"}


def test_of_a_new_region_no_table_of_noughts_is_told(decide: Callable[..., Run]) -> None:
    """Nothing known is one sentence; the number that all live in is said to fit."""
    Path("alle.csv").write_text(TABLE.replace("078", "0184"), encoding="utf-8")
    decide("init", "--from", "alle.csv", "--name", "Merwede", "--date", "2026-10")
    partners = decide("region", "merwede.yaml", "--section", "partners", "--format", "md")[1]
    assert "Nog van geen enkele is bekend of een gemeente eraan voldoet." in partners
    assert "overal 0" not in partners
    choice = decide("region", "merwede.yaml", "--section", "choice", "--format", "md")[1]
    assert choice.count("Van deze punten is nog niet bekend of het hier klopt:") == 1
    summary = decide("region", "merwede.yaml", "--section", "summary", "--format", "md")[1]
    assert "140184 past: alle inwoners wonen in dat netnummer." in summary
    assert "Buiten het netnummer" not in summary


def test_every_fact_comes_with_its_question_and_answers(decide: Callable[..., Run]) -> None:
    """All that can be declared stands there once as a question, and is unknown everywhere."""
    decide("init", *GIVEN)
    text = Path("merwede.yaml").read_text(encoding="utf-8")
    for one in load_knowledge().facts.values():
        if one.among_facts:
            name = {"region": "Merwede", "municipality": "Dordrecht"}.get(one.of, "organisatie")
            assert text.count(f"# {one.question.replace('{partner}', name)}\n") == 1
            for level, said in one.levels.items():
                assert f"#   {level}: {said}\n" in text
    region = load_region("merwede.yaml").region
    facts = [*region.facts.values(), *region.municipalities["sliedrecht"].facts.values()]
    assert len(facts) > len(load_knowledge().facts) / 2
    assert not any(one.known for one in facts)


def test_the_commented_organisation_can_be_used(decide: Callable[..., Run]) -> None:
    """Who takes away the marks of its lines has an organisation in the region."""
    decide("init", *GIVEN)
    text = Path("merwede.yaml").read_text(encoding="utf-8")
    before, block = text.split("# organisations:")
    lines = ("# organisations:" + block).split("\n\n")[0].splitlines()
    used = before + "\n".join(line.removeprefix("# ") for line in lines) + "\n"
    Path("merwede.yaml").write_text(used, encoding="utf-8")
    assert [*load_region("merwede.yaml").region.organisations] == ["organisatie"]


def test_a_file_that_somebody_filled_in_is_left_alone(decide: Callable[..., Run]) -> None:
    """The same file again is no harm; one with answers in it takes --force."""
    decide("init", *GIVEN)
    file = Path("merwede.yaml")
    first = file.read_text(encoding="utf-8")
    assert decide("init", *GIVEN)[0] == DONE
    answered = first.replace("vision: unknown", "vision: vastgesteld", 1)
    file.write_text(answered, encoding="utf-8")
    status, out, err = decide("init", *GIVEN)
    assert (status, out) == (FAULT, "")
    assert "--force" in err
    assert file.read_text(encoding="utf-8") == answered
    assert decide("init", *GIVEN, "--force")[0] == DONE
    assert file.read_text(encoding="utf-8") == first


def test_the_table_is_never_written_over(decide: Callable[..., Run]) -> None:
    """Not even when somebody insists."""
    status, _, _ = decide("init", *GIVEN, "--output", "gemeenten.csv", "--force")
    assert status == FAULT
    assert Path("gemeenten.csv").read_text(encoding="utf-8") == TABLE


def test_a_bad_table_is_told_at_its_line(decide: Callable[..., Run]) -> None:
    """Nothing is written, and each fault has its place."""
    Path("gemeenten.csv").write_text("code;naam\nx;Aa\n0610;\n", encoding="utf-8")
    status, out, err = decide("init", *GIVEN)
    assert (status, out) == (FAULT, "")
    assert "gemeenten.csv:2:1" in err
    assert "gemeenten.csv:3:6" in err
    assert not Path("merwede.yaml").exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("--number", "14999"), "14999 is geen netnummer"),
        (("--number", "010"), "Geen gemeente ligt in 010"),
        (("--date", "gisteren"), "gisteren kan niet bij --date"),
        (("--name", "…"), "is geen naam voor een bestand te maken"),
        (("--set", "number=078"), "hier is er geen"),
    ],
)
def test_a_wrong_option_is_told(
    decide: Callable[..., Run], changed: tuple[str, str], told: str
) -> None:
    """In one line, before anything is written."""
    key, value = changed
    options = {**dict(zip(GIVEN[::2], GIVEN[1::2], strict=True)), key: value}
    status, out, err = decide("init", *(part for one in options.items() for part in one))
    assert (status, out) == (MISUSE, "")
    assert told in err
    assert not Path("merwede.yaml").exists()


def test_without_anybody_to_ask_what_is_missing_is_named(decide: Callable[..., Run]) -> None:
    """A script is not left waiting for answers."""
    status, out, err = decide("init", "--name", "Merwede")
    assert (status, out) == (MISUSE, "")
    assert "--date en --from" in err


def test_where_nobody_knows_where_they_lie_there_is_no_region(decide: Callable[..., Run]) -> None:
    """A municipality lies in a netnummer, or in an unknown part of that of the region."""
    Path("gemeenten.csv").write_text("code;naam\n0505;Dordrecht\n", encoding="utf-8")
    status, _, err = decide("init", *GIVEN[:-2])
    assert status == MISUSE
    assert "--number" in err
    assert decide("init", *GIVEN)[0] == DONE
    lies = load_region("merwede.yaml").region.municipalities["dordrecht"].coverage
    assert dict(lies) == {"078": "unknown"}


class Terminal(io.StringIO):
    """Somebody who types answers, one on each line."""

    def isatty(self) -> bool:
        """It is a terminal."""
        return True


def test_it_asks_what_it_needs_and_asks_again(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong answer is told, and the question comes again; an empty one means unknown."""
    answers = ["", "?", "Merwede", "ooit", "2026-10", "999", "78"]
    answers += ["", "Dordrecht", "505", "0505", "veel", "118450", ""]
    answers += ["Dordrecht", "Sliedrecht", "0505", "0610", "", "0184", ""]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(answers) + "\n"))
    status, out, err = decide("init")
    assert (status, out) == (DONE, "")
    for told in (
        "geen naam voor",
        "ooit kan niet",
        "999 is geen",
        "CBS-code. Geef",
        "aantal inwoners. Geef",
    ):
        assert told in err
    assert err.count("was er al") == 2
    region = load_region("merwede.yaml").region
    assert (region.name, region.number, region.reference_date) == ("Merwede", "078", "2026-10")
    assert {name: one.people for name, one in region.municipalities.items()} == {
        "dordrecht": 118_450,
        "sliedrecht": None,
    }
    assert dict(region.municipalities["dordrecht"].coverage) == {"078": "unknown"}


def test_without_a_number_each_netnummer_is_asked(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has chosen a number yet, and then it matters where each lies."""
    answers = ["Merwede", "2026", "", "Dordrecht", "0505", "", "", "078", ""]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(answers) + "\n"))
    assert decide("init")[0] == DONE
    region = load_region("merwede.yaml").region
    assert region.number == "unknown"
    assert dict(region.municipalities["dordrecht"].coverage) == {"078": 1.0}


def test_who_stops_typing_has_no_file(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file, and no trace of what went wrong inside."""
    monkeypatch.setattr(sys, "stdin", Terminal("Merwede\n"))
    status, out, err = decide("init")
    assert status != DONE
    assert out == ""
    assert "Traceback" not in err
    assert not Path("merwede.yaml").exists()


def said(*arguments: str) -> tuple[int, str]:
    """The exit status and all that a run says."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        return run(arguments), out.getvalue()


NAMES = st.sampled_from(["No", "null", "1e3", "0505", "true", "Ja", "unknown", "Onbekend"]) | (
    st.text(min_size=1, max_size=15)
)
PLACES = st.sampled_from(["", "078", "0184", "010 078", "14079"])


@given(
    name=NAMES.filter(id_of),
    towns=st.lists(NAMES.filter(id_of), min_size=1, max_size=4, unique_by=id_of),
    sizes=st.lists(st.sampled_from(["", "86", "1.500", "872779"]), min_size=4, max_size=4),
    places=st.lists(PLACES, min_size=4, max_size=4),
    number=st.sampled_from(["", "078", "14010"]),
)
@examples(40)
def test_every_file_that_is_made_is_in_order_and_gives_an_advice(  # noqa: PLR0913 - a region
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    towns: list[str],
    sizes: list[str],
    places: list[str],
    number: str,
) -> None:
    """Whatever a region and its municipalities are called: no file, and why; or one that works."""
    folder = tmp_path_factory.mktemp("nieuw")
    table, file = folder / "gemeenten.csv", folder / "regio.yaml"
    quoted = ['"' + one.replace('"', '""') + '"' for one in towns]
    rows = [f"{at + 1:04};{one};{sizes[at]};{places[at]}\n" for at, one in enumerate(quoted)]
    table.write_text("code;naam;inwoners;netnummer\n" + "".join(rows), encoding="utf-8")
    options = ["--from", str(table), f"--name={name}", "--date", "2026", "--output", str(file)]
    status, told = said("init", *options, *(["--number", number] if number else []))
    assert "Traceback" not in told
    assert file.exists() == (status == DONE)
    if status != DONE:
        assert status in {FAULT, MISUSE}
        return
    assert said("validate", str(file))[0] == DONE
    case = load_region(file)
    assert len(case.region.municipalities) == len(towns)
    assert advised(case).parts.keys() >= case.region.municipalities.keys()


def test_facts_are_listed_with_their_answers(decide: Callable[..., Run]) -> None:
    """Every fact of the knowledge once, for people and for programs."""
    knowledge = load_knowledge()
    found = found_in(decide("facts", "--format", "json"))["facts"]
    assert [one["id"] for one in found] == [*knowledge.facts]
    assert {one["declared_under"] for one in found} == {"facts", "positions", None}
    status, out, err = decide("facts")
    assert (status, err) == (DONE, "")
    for name, one in knowledge.facts.items():
        if one.among_facts:
            assert f"{name}: " in out


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_of_a_region_it_is_told_what_is_still_to_ask(decide: Callable[..., Run], lang: str) -> None:
    """Known and open together are all facts, and each open one can be asked of somebody."""
    found = found_in(decide("facts", REGION, "--format", "json"))
    assert found["known"] + found["open"] == sum(
        len(one["known"]) + len(one["open"]) for one in found["partners"].values()
    )
    assert "vision" in found["partners"]["dordrecht"]["known"]
    assert "capacity" in found["partners"]["dordrecht"]["open"]
    assert found["unsized"] == []
    assert found_in(decide("facts", "bar.yaml", "--format", "json"))["unsized"]
    status, out, err = decide("facts", "bar.yaml", "--lang", lang)
    assert (status, err) == (DONE, "")
    assert "Albrandswaard, Barendrecht" in out


def test_what_is_declared_is_no_longer_to_ask(decide: Callable[..., Run]) -> None:
    """Answering a fact moves it from open to known."""
    change = "municipalities.dordrecht.facts.capacity=voldoende"
    before, after = (
        found_in(decide("facts", REGION, *some, "--format", "json"))
        for some in ((), ("--set", change))
    )
    assert (after["known"], after["open"]) == (before["known"] + 1, before["open"] - 1)
    assert after["partners"]["dordrecht"]["known"]["capacity"] == "voldoende"


def test_without_a_region_there_is_nothing_to_change(decide: Callable[..., Run]) -> None:
    """--set without a file would have no effect, so it is refused."""
    status, _, err = decide("facts", "--set", "number=078")
    assert status == MISUSE
    assert "hier is er geen" in err
