"""The command line as its users meet it: results, files, messages and exit statuses."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from decision.cli import main, run
from decision.cli.commands import program as program_of
from decision.model.installed import data_folder
from decision.words.catalogue import catalogue
from tests.command_line import DONE, FAULT, MISUSE, REGION, SMALL, Run
from tests.searching import some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def test_from_an_empty_folder_the_program_gives_the_advice_and_its_files(tmp_path: Path) -> None:
    """The customer's command shows the summary and writes Markdown and HTML, saying where.

    Same input, same bytes: no clock, no paths, no random order.
    """
    done = started(f"region {REGION}", tmp_path, {"PYTHONHASHSEED": "1"})
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = started(f"region {REGION} --format md", tmp_path, {"PYTHONHASHSEED": "2"})
    assert (done.returncode, again.returncode) == (DONE, DONE)
    assert again.stdout == files["drechtsteden-advies.md"]
    assert b"3a Samen Zelf Afhandelen" in done.stdout
    parts = ("advies", "bijlagen")
    assert {*files} == {f"drechtsteden-{part}.{form}" for part in parts for form in ("html", "md")}
    assert all(name.encode() in done.stderr for name in files)


def test_the_json_holds_the_contract(decide: Callable[..., Run]) -> None:
    """Other programs rely on these keys and values."""
    status, out, _ = decide("region", REGION, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    assert status == DONE
    assert {key: found[key] for key in ("region", "recommended", "next", "end_state")} == {
        "region": "drechtsteden",
        "recommended": "3a",
        "next": "4",
        "end_state": "5",
    }
    assert list(found["forms"]) == ["0", "1", "2", "3a", "3b", "4", "5"]
    assert found["forms"]["3a"]["eligible"]
    assert found["forms"]["3a"]["rank"] == 1
    assert found["forms"]["3a"]["excluded_by"] == []
    year = found["costs"]["3a"]["2011"]
    assert year["total"] == pytest.approx(year["cost_per_call"] * year["calls"])
    assert round(year["cost_per_call"], 2) == 6.09
    parts = {name: part["role"] for name, part in found["municipalities"].items()}
    assert parts["dordrecht"] == "early_adopter"
    assert parts["alblasserdam"] == "later_joiner"
    assert parts["sliedrecht"] == "own_entrance"
    assert found["municipalities"]["sliedrecht"]["form"] == "1"
    assert found["municipalities"]["dordrecht"]["wave"] == 1
    assert found["organisations"]["belastingdienst"] | {"verdicts": {}} == {
        "authority": "mandated",
        "role": "follows",
        "verdicts": {},
    }
    assert found["roadmap"]["waves"]
    assert found["roadmap"]["activities"]
    assert found["roadmap"]["critical_path"]
    assert found["assumptions"]
    assert found["open_questions"]


def test_the_groupings_are_laid_side_by_side(decide: Callable[..., Run]) -> None:
    """At least five groupings, judged on form, cost, netnummer, redirect and alignment."""
    status, out, _ = decide("groupings", REGION, "--format", "json")
    found = json.loads(out)["groupings"]
    assert status == DONE
    names = ("zoals-gepubliceerd", "sliedrecht-apart", "met-buren")
    assert tuple(found) == (*names, "de-drie-die-nu-willen", "ieder-voor-zich")
    published = found["zoals-gepubliceerd"]
    assert published["groups"][0]["form"] == "3a"
    assert published["measures"]["redirected"] == ["sliedrecht"]
    assert published["measures"]["align_with"] == ["binnenmaas", "strijen"]
    assert found["sliedrecht-apart"]["measures"]["redirected"] == []
    costs = {name: one["measures"]["cost"] for name, one in found.items()}
    assert {round(one["measures"]["baseline"]) for one in found.values()} == {3_569_704}
    assert max(costs, key=lambda name: costs[name]) == "ieder-voor-zich"


def test_the_groupings_are_shown_on_the_terminal(decide: Callable[..., Run]) -> None:
    """Every grouping is named with its cost in the way a Dutch reader writes it."""
    status, out, _ = decide("groupings", REGION)
    assert status == DONE
    for name in ("Alle zes achter 14078", "Sliedrecht op het eigen nummer", "Ieder voor zich"):
        assert name in " ".join(out.split())
    assert "€\u00a02.453.159" in out


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ("--together dordrecht,papendrech", MISUSE, "Bedoelde u papendrecht?"),
        ("--apart dordrecht", MISUSE, "Bij --apart horen minstens twee gemeenten."),
        ("--smallest 5 --largest 3", MISUSE, "kan niet minstens 5 en hoogstens 3 gemeenten"),
        ("--largest 1", MISUSE, "1 kan niet bij --largest."),
        (
            "--together dordrecht,sliedrecht --apart dordrecht,sliedrecht",
            FAULT,
            "moeten bij elkaar en ook uit elkaar: dordrecht en sliedrecht.",
        ),
    ],
)
def test_limits_that_cannot_be_are_told(
    decide: Callable[..., Run], options: str, status: int, told: str
) -> None:
    """A limit of a search that names nobody, or that nothing can keep to, is one line."""
    found = decide("groupings", REGION, *options.split())
    assert (found[0], found[1]) == (status, "")
    assert told in " ".join(found[2].split())


def test_a_search_within_limits_is_shown(decide: Callable[..., Run]) -> None:
    """What was looked at, the best of it, and who would rather leave stand on the terminal."""
    apart = "alblasserdam,hendrik-ido-ambacht,sliedrecht"
    words = ("groupings", REGION, "--largest", "4", "--apart", apart, "--lang", "en")
    status, out, _ = decide(*words)
    text = " ".join(out.split())
    assert status == DONE
    assert "All were looked at." in text
    assert "Best on " in text
    for measure in ("cost a year once all runs", "own area code"):
        assert measure in text


def test_a_region_without_groupings_says_so(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Nothing to compare is a message, not an empty table."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, err = decide("groupings", "klein.yaml")
    assert (status, out) == (FAULT, "")
    assert err == (
        "Fout: In klein.yaml staan geen groeperingen. Voeg een blok `groupings:` toe, of zoek ze "
        "met --search.\n"
    )


def test_a_region_of_which_nothing_is_known_is_told_what_to_find_out(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Without facts no form can be advised; the questions are the advice."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, _ = decide("region", "klein.yaml", "--format", "json")
    found = json.loads(out)
    assert status == DONE
    assert found["recommended"] is None
    assert {question["fact"] for question in found["open_questions"]} >= {"adopts_antwoord"}


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_on_standard_output_is_the_report_in_the_file(
    decide: Callable[..., Run], tmp_path: Path, form: str
) -> None:
    """Where a report goes does not change a byte of it."""
    _, out, _ = decide("region", REGION, "--format", form)
    decide("region", REGION, "--output", f"advies.{form}")
    assert (tmp_path / f"advies.{form}").read_text(encoding="utf-8") == out


def test_one_section_can_be_taken_for_another_report(decide: Callable[..., Run]) -> None:
    """A policy writer embeds the chapter on costs."""
    status, out, _ = decide("region", REGION, "--section", "costs")
    assert status == DONE
    assert out.startswith("## ")
    assert out.count("\n## ") == 0


def test_a_change_on_the_command_line_changes_the_outcome(decide: Callable[..., Run]) -> None:
    """``--set`` tries a change without editing the file."""
    path = "municipalities.dordrecht.facts"
    _, out, _ = decide("region", REGION, "--format", "json", "--set", f"{path}.joins_number=nee")
    assert json.loads(out)["municipalities"]["dordrecht"]["role"] == "stays_out"


def test_own_criteria_are_laid_over_the_built_in_ones(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """A consultant changes one grade in a folder of her own."""
    folder = tmp_path / "eigen"
    folder.mkdir()
    text = 'criteria: {klanttevredenheid: {grades: {"3a": {grade: 1}}}}\n'
    (folder / "criteria.yaml").write_text(text, encoding="utf-8")
    _, before, _ = decide("region", REGION, "--format", "json")
    _, after, _ = decide("region", REGION, "--format", "json", "--criteria", "eigen")
    assert json.loads(after)["forms"]["3a"]["score"] < json.loads(before)["forms"]["3a"]["score"]


def test_own_templates_come_before_the_built_in_ones(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """A region can have its own words."""
    folder = tmp_path / "sjablonen" / "nl" / "sections"
    folder.mkdir(parents=True)
    (folder / "costs.md.j2").write_text("Eigen kosten van {{ region.name }}.\n", encoding="utf-8")
    _, out, _ = decide("region", REGION, "--section", "costs", "--templates", "sjablonen")
    assert "Eigen kosten van Drechtsteden." in out


def test_somebody_elses_file_is_not_overwritten(decide: Callable[..., Run], tmp_path: Path) -> None:
    """A file of another origin stays, unless ``--force``; then nothing else is written either."""
    file = tmp_path / "drechtsteden-advies.html"
    file.write_text("mijn eigen werk", encoding="utf-8")
    status, out, err = decide("region", REGION)
    assert (status, out) == (FAULT, "")
    assert err == (
        "Fout: drechtsteden-advies.html bestaat al en is niet door decide gemaakt. "
        "Kies een andere naam met --output, of overschrijf het met --force.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_text(encoding="utf-8") == "mijn eigen werk"
    assert decide("region", REGION, "--force")[0] == DONE
    assert file.read_text(encoding="utf-8") != "mijn eigen werk"


def test_our_own_files_are_written_again_without_asking(decide: Callable[..., Run]) -> None:
    """A second run replaces the first one's files."""
    assert decide("region", REGION)[0] == DONE
    assert decide("region", REGION)[0] == DONE


@pytest.mark.parametrize("name", ["deel.md", "deel.html", "alles.json"])
def test_a_file_is_refreshed_until_somebody_changes_it(
    decide: Callable[..., Run], tmp_path: Path, name: str
) -> None:
    """A section too, in every format: untouched it is written again, edited it is not."""
    only = () if name.endswith("json") else ("--section", "risks")
    assert decide("region", REGION, "--output", name, *only)[0] == DONE
    assert decide("region", REGION, "--output", name, *only)[0] == DONE
    file = tmp_path / name
    edited = file.read_text(encoding="utf-8").replace("e", "é", 1)
    file.write_text(edited, encoding="utf-8")
    status, _, err = decide("region", REGION, "--output", name, *only)
    assert status == FAULT
    assert err == (
        f"Fout: {name} is na het schrijven veranderd. "
        "Kies een andere naam met --output, of overschrijf het met --force.\n"
    )
    assert file.read_text(encoding="utf-8") == edited
    assert decide("region", REGION, "--output", name, *only, "--force")[0] == DONE


def test_input_is_never_overwritten(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Not with --force, and by no other name: a link, a hard link, another spelling."""
    region, criteria = tmp_path / "regio.yaml", tmp_path / "eigen"
    region.write_text(SMALL, encoding="utf-8")
    criteria.mkdir()
    (criteria / "c.yaml").write_text("waves: {because: Zo.}\n", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(region)
    (tmp_path / "hard.md").hardlink_to(region)
    for output in ("regio.yaml", "eigen/../regio.yaml", "link.md", "hard.md", "eigen/c.yaml"):
        given = ("--output", output, "--format", "md", "--force", "--criteria", "eigen")
        status, _, err = decide("region", "regio.yaml", *given)
        assert status == FAULT
        assert err == (
            f"Fout: {Path(output)} is invoer van dit advies en wordt nooit overschreven. "
            "Kies een andere naam met --output.\n"
        )
    assert region.read_text(encoding="utf-8") == SMALL


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pipes with a name")
@pytest.mark.parametrize("command", ["region", "validate", "compare"])
def test_input_that_is_no_file_is_told(
    decide: Callable[..., Run], tmp_path: Path, command: str
) -> None:
    """A pipe would be waited for for ever; a link that leads to itself is there, but no file."""
    os.mkfifo(tmp_path / "pijp.yaml")
    (tmp_path / "rond.yaml").symlink_to("rond.yaml")
    also = (REGION,) if command == "compare" else ()
    status, _, err = decide(command, "pijp.yaml", *also)
    assert (status, err) == (
        FAULT,
        (
            "pijp.yaml: Dit is geen gewoon bestand, maar een pijp of een apparaat. "
            "Zet de inhoud eerst in een bestand, en noem dat.\n"
        ),
    )
    status, _, err = decide(command, "rond.yaml", *also)
    assert (status, err) == (
        FAULT,
        (
            "rond.yaml: Deze koppeling leidt naar zichzelf. "
            "Noem het bestand zelf, of herstel de koppeling.\n"
        ),
    )


def test_a_stop_from_outside_is_a_stop_from_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM ends a run as an interrupt does, so that nothing is left half."""

    def stopped(_: object) -> int:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        return DONE

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("decision.cli.run", stopped)
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        signal.signal(signal.SIGTERM, before)


def test_bad_input_writes_nothing_and_names_every_fault(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Exit status 1, all faults at once, no partial file."""
    broken = SMALL.replace('"0001"', "0001").replace("inhabitants: 20000", "inwoners: 20000")
    (tmp_path / "stuk.yaml").write_text(broken, encoding="utf-8")
    status, out, err = decide("region", "stuk.yaml")
    assert (status, out) == (FAULT, "")
    assert "stuk.yaml:9:10:" in err
    assert "stuk.yaml:10:5:" in err
    assert [path.name for path in tmp_path.iterdir()] == ["stuk.yaml"]


def test_validate_tells_what_is_right_and_what_is_wrong(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Every file is looked at, whatever the one before."""
    (tmp_path / "stuk.yaml").write_text("id: [", encoding="utf-8")
    status, out, err = decide("validate", "stuk.yaml", REGION)
    assert status == FAULT
    assert out == "drechtsteden.yaml: in orde.\n"
    assert err.startswith("stuk.yaml:")


def test_validate_gives_the_problems_as_json(decide: Callable[..., Run], tmp_path: Path) -> None:
    """An editor or another program reads file, line, column, message and hint."""
    assert decide("validate", REGION, "--format", "json")[:2] == (
        DONE,
        '{\n  "version": 1,\n  "problems": []\n}\n',
    )
    broken = SMALL.replace('"0001"', "0001")
    (tmp_path / "stuk.yaml").write_text(broken, encoding="utf-8")
    status, out, err = decide("validate", "stuk.yaml", "--format", "json")
    problem = json.loads(out)["problems"][0]
    assert (status, err) == (FAULT, "")
    assert (problem["file"], problem["line"], problem["column"]) == ("stuk.yaml", 9, 10)
    assert problem["message"]
    assert problem["hint"]


def test_the_schema_is_json_schema(decide: Callable[..., Run]) -> None:
    """Editors read it for completion and help."""
    status, out, _ = decide("schema")
    found = json.loads(out)
    assert status == DONE
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "municipalities" in found["properties"]


MISTAKES = {
    "regio": "De opdracht regio bestaat niet. Bedoelde u region?",
    "region": "BESTAND ontbreekt. Noem een bestand, bijvoorbeeld drechtsteden.yaml.",
    "": (
        "Noem een opdracht. Te kiezen: region, explain, costs, verify, design, robustness, "
        "roadmap, groupings, compare, replay, check, validate, init, facts en schema."
    ),
    "region x.yaml --fromat md": "De optie --fromat bestaat niet. Bedoelde u --format?",
    "region x.yaml --format epub": (
        "epub kan niet bij --format. Te kiezen: md, html, csv, json, svg, png, docx, odt, pdf en "
        "xlsx."
    ),
    "region x.yaml --format": "De optie --format vraagt een waarde.",
    "region x.yaml --force=ja": "De optie --force krijgt geen waarde.",
    "region x.yaml nog meer": "Er staat te veel op de regel: nog meer.",
    "region x.yaml --criteria weg": "weg is geen map. Geef bij --criteria een bestaande map.",
    "region x.yaml --output advies": (
        "Aan de naam advies is geen vorm te zien. Laat haar eindigen op een van deze: .md, .html, "
        ".csv, .json, .svg, .png, .docx, .odt, .pdf en .xlsx. Of geef --format."
    ),
    "region x.yaml --section costs --format json": (
        "--section hoort bij --format md, html, csv, svg, png, docx, odt en pdf."
    ),
    "region x.yaml --section costs --output x.xlsx": (
        "--section hoort bij --format md, html, csv, svg, png, docx, odt en pdf."
    ),
    "region x.yaml --format odt --reference-doc weg.odt": (
        "weg.odt is geen bestand dat er is. Geef bij --reference-doc een bestaand bestand."
    ),
    "schema --set a=b": ("--set verandert een regio, en hier is er geen. Laat --set weg."),
    "region x.yaml --as-of 2015 --as-of=2016": (
        "De optie --as-of staat er twee keer. Kies één waarde."
    ),
    "--lang nl region x.yaml --lang nl": "De optie --lang staat er twee keer. Kies één waarde.",
    "region ''": "BESTAND ontbreekt. Noem een bestand, bijvoorbeeld drechtsteden.yaml.",
    "region x.yaml --as-of ''": "De optie --as-of vraagt een waarde.",
    "region x.yaml --set ''": "De optie --set vraagt een waarde.",
    "robustness drechtsteden.yaml --methods ,": "De optie --methods vraagt een waarde.",
    "explain drechtsteden.yaml ''": "VORM ontbreekt. Te kiezen: 0, 1, 2, 3a, 3b, 4 en 5.",
    "explain drechtsteden.yaml 4 --for ''": "De optie --for vraagt een waarde.",
    "explain x.yaml 4 --for a --for b": "De optie --for staat er twee keer. Kies één waarde.",
}


@pytest.mark.parametrize(("line", "message"), MISTAKES.items())
def test_wrong_use_is_explained(decide: Callable[..., Run], line: str, message: str) -> None:
    """Exit status 2, one line of what is wrong and one of where to look."""
    status, out, err = decide(*shlex.split(line))
    assert (status, out) == (MISUSE, "")
    first, second, *rest = err.splitlines()
    assert first == f"Fout: {message}"
    assert second.startswith("Probeer 'decide")
    assert not rest


COMMANDS = [
    "region",
    "explain",
    "costs",
    "verify",
    "design",
    "robustness",
    "groupings",
    "compare",
    "replay",
    "check",
    "validate",
    "schema",
]


def options_of_one_value() -> list[tuple[str, str]]:
    """Every option that takes a single value, with the command that has it."""
    commands = program_of("nl", catalogue("nl", "cli")).commands
    return [
        (name, option.opts[0])
        for name, command in commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not (option.is_flag or option.multiple)
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "De optie {} staat er twee keer. Kies één waarde."),
        ("en", "The option {} is given twice. Choose one value."),
    ],
)
@pytest.mark.parametrize(("command", "option"), some(options_of_one_value()))
def test_no_option_is_left_out_silently(  # noqa: PLR0913 - an option of a command, in a language
    decide: Callable[..., Run],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    option: str,
    lang: str,
    said: str,
) -> None:
    """Of two values one would not count, so an option that takes one value is given once."""
    monkeypatch.setenv("DECIDE_LANG", lang)
    status, out, err = decide(command, "x.yaml", option, lang, f"{option}={lang}")
    assert (status, out) == (MISUSE, "")
    assert err.splitlines()[0].endswith(said.format(option))


def test_a_flag_and_an_option_for_more_values_may_be_repeated(decide: Callable[..., Run]) -> None:
    """Nothing is lost when --set, --section or --force is given again."""
    again = ("--section", "costs", "--section", "risks", "--set", "name=A", "--set", "number=078")
    status, out, _ = decide("region", REGION, *again, "--force", "--force")
    assert status == DONE
    assert out.count("## ") >= 2


# --- where the output goes


def started(
    line: str,
    folder: Path,
    env: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with other settings or another output."""
    command = [str(Path(sys.executable).with_name("decide")), *line.split()]
    whole = {**os.environ, **(env or {})}
    return subprocess.run(command, cwd=folder, env=whole, stdout=stdout, stderr=stderr, check=False)


@pytest.fixture
def unread() -> Iterator[int]:
    """The writing end of a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


ENCODINGS = (
    {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""},
)
"""Of Windows, and of a server without a language."""


@pytest.mark.parametrize(
    "line",
    [
        "explain drechtsteden.yaml 4",
        "region drechtsteden.yaml --format html",
        "--help",
        "validate nergens-é-✓.yaml",
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_file_or_pipe_gets_utf_8_whatever_its_encoding(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, line: str, encoding: str
) -> None:
    """The bytes are the same on every computer, and no character ends in a traceback."""
    status, *plain = decide(*line.split())
    shown = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in plain]
    monkeypatch.setattr(sys, "argv", ["decide", *line.split()])
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", shown[0])
        patch.setattr(sys, "stderr", shown[1])
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code == status
    for stream, text in zip(shown, plain, strict=True):
        stream.flush()
        assert stream.buffer.getvalue() == text.encode()


@pytest.mark.parametrize("settings", some(ENCODINGS))
def test_the_files_are_read_as_utf_8_however_the_computer_is_set(
    decide: Callable[..., Run], tmp_path: Path, settings: Mapping[str, str]
) -> None:
    """Python takes its encodings from the computer; the words of the program are UTF-8."""
    done = started("region drechtsteden.yaml --format md", tmp_path, settings)
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert done.stdout == decide("region", REGION, "--format", "md")[1].encode()


def test_a_closed_standard_output_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A result that goes nowhere is a fault; a result in a file needs no standard output."""
    monkeypatch.chdir(tmp_path)
    for line, status in (("explain drechtsteden.yaml 4", FAULT), ("schema", FAULT)):
        monkeypatch.setattr(sys, "stdout", None)
        assert run(line.split()) == status
        assert capsys.readouterr().err.startswith("Fout: De uitvoer is niet te schrijven: ")
    monkeypatch.setattr(sys, "stdout", None)
    given = ("--section", "risks", "--output", "deel.md")
    assert run(["region", REGION, *given]) == DONE


class Terminal(io.TextIOWrapper):
    """A terminal with an encoding of its own."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_terminal_keeps_its_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a terminal cannot show becomes a question mark; what it can stays as it is."""
    shown = Terminal(io.BytesIO(), encoding="cp1252")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "argv", ["decide", "explain", REGION, "4"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == DONE
    text = shown.buffer.getvalue().decode("cp1252")  # type: ignore[attr-defined]
    assert "één gezamenlijke visie" in text
    assert "?\x1b[0m Alle kanalen" in text


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise")
@pytest.mark.parametrize(
    "line",
    some(
        [
            "explain drechtsteden.yaml 4",
            "design drechtsteden.yaml",
            "verify drechtsteden.yaml",
            "explain drechtsteden.yaml 4 --format json",
            "region --help",
        ]
    ),
)
def test_who_has_read_enough_makes_no_fault(tmp_path: Path, unread: int, line: str) -> None:
    """``decide ... | head -1`` went well, whatever prints the result."""
    done = started(line, tmp_path, stdout=unread)
    assert (done.returncode, done.stderr) == (DONE, b"")


@pytest.mark.parametrize("line", [f"region {REGION}", f"costs {REGION}", "init --name Merwede"])
def test_a_dash_is_no_file(decide: Callable[..., Run], line: str) -> None:
    """Who asks for standard output as other programs do is told to leave the option out."""
    status, out, err = decide(*line.split(), "--output", "-")
    assert (status, out) == (MISUSE, "")
    assert "is geen naam voor een bestand. Laat --output weg" in err
    assert [*Path().iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise")
@pytest.mark.parametrize(("line", "status"), [("validate weg.yaml", FAULT), ("regio", MISUSE)])
def test_a_fault_that_nobody_reads_is_still_one(
    tmp_path: Path, unread: int, line: str, status: int
) -> None:
    """With nobody at standard error the status says that something is wrong."""
    assert started(line, tmp_path, stderr=unread).returncode == status


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_dutch(decide: Callable[..., Run], command: str) -> None:
    """No English word of the library shines through."""
    status, out, _ = decide(command, "--help")
    assert status == DONE
    assert f"Gebruik: decide {command} [OPTIES]" in out
    for english in ("Usage", "Options", "Show this message", "TEXT", "DIRECTORY"):
        assert english not in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "line", ["region drechtsteden.yaml --section risks", "design drechtsteden.yaml"]
)
def test_a_full_disk_is_told(line: str, tmp_path: Path) -> None:
    """Where the output does not fit, one line says so."""
    with Path("/dev/full").open("wb") as full:
        done = started(line, tmp_path, stdout=full.fileno())
    assert done.returncode == FAULT
    (told,) = done.stderr.decode("utf-8").splitlines()
    assert told.startswith("Fout: De uitvoer is niet te schrijven: ")


def test_the_version_is_shown(decide: Callable[..., Run]) -> None:
    """For a bug report."""
    status, out, _ = decide("--version")
    assert status == DONE
    assert out.startswith("decide ")


def test_english_is_spoken_when_asked(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--lang en`` and ``DECIDE_LANG=en`` turn help, messages and advice to English."""
    status, _, err = decide("region", "nowhere.yaml", "--lang", "en")
    assert status == FAULT
    assert "nowhere.yaml" in err
    _, out, _ = decide("region", REGION, "--format", "md", "--lang=en")
    assert out.startswith("# Advice")
    assert "Usage: decide [OPTIONS] COMMAND" in decide("--lang", "en", "--help")[1]
    assert "no command foo" in decide("--lang=en", "foo")[2]
    monkeypatch.setenv("DECIDE_LANG", "en")
    assert "Usage: decide region" in decide("region", "--help")[1]


def test_both_languages_say_the_same_things() -> None:
    """Every sentence of the command line and every word of the report is there in both."""
    for name in ("cli", "words", "messages"):
        dutch, english = (paths(catalogue(lang, name).tree) for lang in ("nl", "en"))
        assert dutch == english


def paths(tree: Any, at: str = "") -> list[str]:  # noqa: ANN401 - a YAML tree
    """The paths of all texts in a catalogue."""
    if not isinstance(tree, dict):
        return [at]
    return sorted(path for key, part in tree.items() for path in paths(part, f"{at}.{key}"))


def test_the_schema_beside_the_regions_is_the_one_the_program_prints(
    decide: Callable[..., Run],
) -> None:
    """An editor that opens a region file finds the schema of this very version."""
    beside = data_folder("regions") / "region.schema.json"
    assert decide("schema")[1] == beside.read_text(encoding="utf-8")
