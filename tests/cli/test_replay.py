"""``decide replay`` and the receipt in JSON, as their users meet them."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from copy import deepcopy
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.cli import run
from decision.comparison.replay import replay
from decision.load.receipt import Receipt
from decision.report.json.plain import VERSION
from decision.report.json.replay import replay_contract
from tests.command_line import CHECK, DONE, FAULT, MISUSE, REGION, SMALL, Run, found_in, program
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN = {
    "kengetallen.yaml": "kengetallen:\n  near_tie: {value: 0.02}\n",
    "facts.yaml": "facts:\n  joins_number: {name: doet mee}\n",
}
OPTIONS = (
    *("--set", "name=Elders", "--as-of", "2021"),
    *("--weights", "customer=40,organisation=20,implementation=20,cost=20"),
)


def write_inputs(folder: Path) -> None:
    """A small region, and own knowledge."""
    (folder / "klein.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "kennis").mkdir()
    for name, text in OWN.items():
        (folder / "kennis" / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The advice on it with options, as the program writes it; made once."""
    folder = tmp_path_factory.mktemp("gemaakt")
    write_inputs(folder)
    files = (str(folder / "klein.yaml"), "--criteria", str(folder / "kennis"))
    with redirect_stdout(StringIO()) as out:
        assert run(["region", *files, *OPTIONS, "--format", "json"]) == DONE
    return out.getvalue()


@pytest.fixture
def small(made: str, tmp_path: Path) -> dict[str, Any]:
    """That advice in the current folder, beside inputs as it was made from."""
    write_inputs(tmp_path)
    (tmp_path / "advies.json").write_text(made, encoding="utf-8")
    document: dict[str, Any] = json.loads(made)
    return document


AGAIN = ("replay", "advies.json", "klein.yaml", "--criteria", "kennis")


def test_the_receipt_says_from_what_an_advice_was_made(small: dict[str, Any]) -> None:
    """Files by their names, the options as they were given, the draws and the date."""
    receipt = small["receipt"]
    assert list(receipt["inputs"]["region"]) == ["klein.yaml"]
    assert list(receipt["inputs"]["criteria"]) == sorted(OWN)
    assert receipt["options"] == {
        "set": ["name=Elders"],
        "as_of": "2021",
        "weights": OPTIONS[-1],
        "samples": small["robustness"]["samples"],
        "seed": small["robustness"]["seed"],
    }
    assert receipt["as_of"] == small["as_of"] == "2021"


@pytest.mark.parametrize("line", ["costs --draws 20", "robustness --samples 20", "roadmap"])
def test_other_commands_have_the_same_receipt(
    decide: Callable[..., Run], tmp_path: Path, line: str
) -> None:
    """But for how often they draw."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    name, *options = line.split()
    found = found_in(decide(name, "klein.yaml", *options, "--format", "json"))["receipt"]
    assert found["options"]["samples"] == (20 if options else 10_000)
    assert list(found["inputs"]["region"]) == ["klein.yaml"]


@pytest.mark.usefixtures("anew")
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "Dezelfde invoer geeft nog steeds hetzelfde advies.\n"),
        ("en", "The same inputs still give the same advice.\n"),
    ],
)
def test_the_same_inputs_give_the_same_advice(
    decide: Callable[..., Run], lang: str, said: str
) -> None:
    """With its own options, which nobody has to type again."""
    assert decide(*AGAIN, "--lang", lang) == (DONE, said, "")


@pytest.mark.usefixtures("small")
def test_in_another_folder_under_another_name(made: str, tmp_path: Path) -> None:
    """The installed program, with other ends of lines: receipt and advice are the same."""
    (tmp_path / "anders.yaml").write_bytes(SMALL.replace("\n", "\r\n").encode("utf-8"))
    (tmp_path / "windows.json").write_bytes(made.replace("\n", "\r\n").encode("utf-16"))
    line = ("replay", "windows.json", "anders.yaml", *AGAIN[3:], "--format", "json")
    done = program(*line, folder=tmp_path)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert json.loads(done.stdout) == {
        "version": VERSION,
        "edited": False,
        "same": True,
        "inputs": [],
        "differences": [],
        "topics": [],
    }


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("region", "klein.yaml"),
        ("criteria", "kennis/kengetallen.yaml"),
        ("criteria", "kennis/facts.yaml"),
    ],
)
def test_the_input_that_changed_is_named_and_no_other(
    decide: Callable[..., Run], tmp_path: Path, kind: str, file: str
) -> None:
    """A remark of one character changes an input, and not the advice."""
    path = tmp_path / file
    path.write_text(f"{path.read_text(encoding='utf-8')}#", encoding="utf-8")
    found = found_in(decide(*AGAIN, "--format", "json"))
    assert [(one["kind"], one["name"]) for one in found["inputs"]] == [(kind, path.name)]
    assert (found["same"], found["edited"]) == (True, False)


@pytest.mark.usefixtures("small")
def test_knowledge_that_came_or_went(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Who leaves out his own knowledge is told to give it."""
    kennis = tmp_path / "kennis"
    (kennis / "facts.yaml").rename(kennis / "feiten.yaml")
    (tmp_path / "klein.yaml").write_text(f"# anders\n{SMALL}", encoding="utf-8")
    status, out, _ = decide(*AGAIN)
    assert status == DONE
    assert out.startswith("De invoer is veranderd, maar het advies blijft gelijk.\n")
    assert "regio: klein.yaml is veranderd" in out
    assert "eigen kennis: facts.yaml is er niet meer" in out
    assert "eigen kennis: feiten.yaml is nieuw" in out
    assert "--criteria" not in out
    _, out, _ = decide(*AGAIN[:3], "--lang", "en")
    assert "Give that folder with --criteria." in " ".join(out.split())


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "nl",
            ["De invoer is veranderd, en het advies ook.", "decide zelf: versie 0.0.9 werd "],
        ),
        (
            "en",
            ["The inputs changed, and so does the advice.", "decide itself: version 0.0.9 became"],
        ),
    ],
)
def test_another_advice_gives_status_3(
    decide: Callable[..., Run], tmp_path: Path, lang: str, said: list[str]
) -> None:
    """First the answer, then what changed, then what differs: form, roles and money."""
    file = tmp_path / "advies.json"
    old = json.loads(file.read_text(encoding="utf-8"))
    old["receipt"]["program"] = "0.0.9"
    old["recommended"], old["municipalities"]["dorp"]["role"] = "3a", "early_adopter"
    old["municipalities"]["weg"] = {"role": "nobody", "form": "9", "wave": 1}
    old["plan"] = {"settled": {"cost": 1e6, "year": 2020}}
    file.write_text(json.dumps(old), encoding="utf-8")
    status, out, err = decide(*AGAIN, "--lang", lang)
    assert (status, err) == (CHECK, "")
    told = " ".join(out.split())
    for one in (
        *said,
        "Dorp: ",
        "weg: ",
        "nobody",
        "€ 1" if lang == "nl" else "€1",
        "recommended",
        "municipalities",
    ):
        assert one in told
    status, out, _ = decide(*AGAIN, "--format", "json")
    found = json.loads(out)
    assert (status, found["same"], found["edited"]) == (CHECK, False, True)
    assert {"path": "recommended", "values": ["3a", None]} in found["differences"]
    assert found["topics"] == ["recommended", "municipalities", "plan"]


@pytest.mark.usefixtures("small")
def test_an_advice_that_somebody_changed(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Its inputs are the same, so the change was made in the file itself; the reader is told."""
    file = tmp_path / "advies.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"next": null', '"next": "4"'), encoding="utf-8")
    status, out, _ = decide(*AGAIN)
    assert status == CHECK
    assert out.startswith("De invoer is gelijk gebleven, maar het advies komt er niet meer zo uit.")
    assert "nadat decide het schreef" in out


def broken(part: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Put a value somewhere in an advice; None takes it out."""

    def change(advice: dict[str, Any]) -> None:
        *above, last = part.split(".")
        for step in above:
            advice = advice[step]
        advice[last] = value

    return change


RECEIPTS: list[tuple[str, object, str]] = [
    ("receipt", None, "zegt niet van welke invoer"),
    ("receipt.options.samples", 10**9, "receipt.options.samples"),
    ("receipt.options.set", ["nergens=1"], "--set nergens"),
    ("receipt.options.weights", "customer=1", "Aan --weights ontbreekt"),
]


@pytest.mark.parametrize("fault", RECEIPTS, ids=lambda one: one[0])
def test_a_receipt_at_fault_is_one_line(
    decide: Callable[..., Run],
    small: dict[str, Any],
    tmp_path: Path,
    fault: tuple[str, object, str],
) -> None:
    """Which part of it is no longer as decide wrote it, and what to do."""
    part, value, said = fault
    broken(part, value)(small)
    (tmp_path / "advies.json").write_text(json.dumps(small), encoding="utf-8")
    status, out, err = decide(*AGAIN)
    assert (status, out) == (FAULT, "")
    assert said in err.splitlines()[0]
    assert len(err.splitlines()) <= 2


def test_a_file_without_an_advice_is_told(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Whatever somebody gives, no traceback comes out."""
    (tmp_path / "advies.json").write_bytes(b"[" * 100_000)
    status, out, err = decide("replay", "advies.json", REGION)
    assert (status, out) == (FAULT, "")
    assert err.startswith("advies.json: Deze JSON gaat te diep")


def test_faults_are_english_when_asked(decide: Callable[..., Run], tmp_path: Path) -> None:
    """The help too."""
    (tmp_path / "advies.json").write_text("[]", encoding="utf-8")
    assert "not an advice on a region" in decide("replay", "advies.json", REGION, "--lang", "en")[2]
    assert (
        "Usage: decide replay [OPTIONS] ADVICE FILE"
        in decide("--lang", "en", "replay", "--help")[1]
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("option", [("--set", "name=X"), ("--as-of", "2020")])
def test_options_come_from_the_advice(decide: Callable[..., Run], option: tuple[str, str]) -> None:
    """Another option would be another question: that is what `decide compare` is for."""
    status, out, err = decide(*AGAIN, *option)
    assert (status, out) == (MISUSE, "")
    assert "decide compare" in err


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


DEEP = json.loads("[" * 700 + "]" * 700)


@given(st.data())
@examples(15)
def test_whatever_stands_in_an_advice_can_be_held_against_another(data: st.DataObject) -> None:
    """Somebody may have put anything anywhere; it differs, and can be told."""
    now: dict[str, Any] = {
        "recommended": "3a",
        "candidates": ["3a"],
        "municipalities": {"dorp": {"role": "early_adopter", "form": "3a", "wave": 1}},
        "plan": {"settled": {"cost": 1.5, "year": 2020}, "investment": 2.0},
        "traces": {"regel": [{"file": "a.yaml", "line": 3, "truth": "yes"}]},
    }
    before = deepcopy(now)
    place = before["traces"]["regel"][0]
    place |= {"file": "elders/b.yaml", "line": 4}
    assert replay(before, now, (Receipt(), Receipt())).same
    place["file"] = DEEP
    assert replay(before, now, (Receipt(), Receipt())).topics == ("traces",)
    place["file"] = "a.yaml"
    part = data.draw(
        st.sampled_from(["recommended", "municipalities", "municipalities.dorp", "plan", "traces"])
    )
    value = data.draw(ANYTHING | st.just(DEEP))
    broken(part, value)(before)
    before["\ud800\x1b"] = DEEP
    found = replay(before, now, (Receipt(), Receipt()))
    assert found.topics in {("  ",), (part.split(".")[0], "  ")}
    json.dumps(replay_contract(found, edited=True), allow_nan=False).encode("utf-8")
