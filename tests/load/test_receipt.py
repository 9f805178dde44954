"""The receipt: the same for the same inputs, another one for any other."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decision.load import Case, InputError, load_region
from decision.load.advice_file import LARGEST_ADVICE, read_advice
from decision.load.problems import TextFile
from decision.load.receipt import INPUTS, MOST_DRAWS, Receipt, combined, digest, digests
from decision.model import installed
from decision.report.json.plain import VERSION
from tests.command_line import SMALL
from tests.searching import examples

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
KNOWLEDGE = "kengetallen:\n  near_tie: {value: 0.02}\n"


def written(folder: Path, text: str = SMALL) -> Path:
    """A region in a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "klein.yaml").write_bytes(text.encode("utf-8"))
    return folder / "klein.yaml"


@given(LINES)
@examples(20)
def test_the_end_of_a_line_changes_no_digest(lines: list[str]) -> None:
    """A checkout on Windows has the same digests as any other."""
    assert len({digest(end.join(lines)) for end in ("\n", "\r\n", "\r")}) == 1


@given(LINES, st.data())
@examples(20)
def test_any_other_character_changes_the_digest(lines: list[str], data: st.DataObject) -> None:
    """One character more, anywhere, is another input."""
    text = "\n".join(lines)
    at = data.draw(st.integers(0, len(text)))
    assert digest(f"{text[:at]}x{text[at:]}") != digest(text)


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("xy", max_size=2)), st.sampled_from("ab"))
@examples(20)
def test_one_digest_of_several_files(texts: dict[str, str], name: str) -> None:
    """It does not hang on their order, and changes with every name and text."""
    found = {one: digest(text) for one, text in texts.items()}
    assert combined(dict(reversed(found.items()))) == combined(found)
    assume(name in found)
    assert combined({**found, name: digest("other")}) != combined(found)


def test_a_file_is_named_by_its_name_inside_the_folder() -> None:
    """Where a folder stands on a machine is nobody's business."""
    file = TextFile("/home/iemand/kennis/en/rules.yaml", "rules: {}")
    found = digests([file], PurePath("/home/iemand/kennis"))
    assert found == {"en/rules.yaml": digest("rules: {}")}


def test_the_same_inputs_have_the_same_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder, by a whole path, with other ends of lines and a mark at the start."""
    here = written(tmp_path / "a")
    there = written(tmp_path / "b" / "c", "\ufeff" + SMALL.replace("\n", "\r\n"))
    monkeypatch.chdir(here.parent)
    first, second = load_region("klein.yaml"), load_region(there)
    assert first.receipt == second.receipt
    assert list(first.receipt.inputs) == list(INPUTS)
    assert list(first.receipt.inputs["region"]) == ["klein.yaml"]
    assert first.receipt.inputs["criteria"] == {}
    assert {"forms.yaml", "rules.yaml"} <= first.receipt.inputs["knowledge"].keys()


def test_a_receipt_has_what_changes_the_result(tmp_path: Path) -> None:
    """The user's own knowledge apart, changes in their order, and the date that was asked."""
    folder = tmp_path / "kennis"
    folder.mkdir()
    (folder / "kengetallen.yaml").write_text(KNOWLEDGE, encoding="utf-8")
    changes = ("name=Elders", "number=unknown")
    file = written(tmp_path)
    made = load_region(file, criteria=folder, changes=changes, as_of="2021").receipt
    assert made.inputs["criteria"] == {"kengetallen.yaml": digest(KNOWLEDGE)}
    assert made.inputs["knowledge"] == load_region(file).receipt.inputs["knowledge"]
    assert (made.changes, made.as_of, made.weights) == (changes, "2021", None)


def test_a_language_is_an_input_of_its_own() -> None:
    """An advice in English is also made from the English layer."""
    made = load_region("drechtsteden.yaml", lang="en").receipt.inputs
    assert list(made["region"]) == ["drechtsteden.yaml", "en/drechtsteden.yaml"]
    assert {"forms.yaml", "en/forms.yaml"} <= made["knowledge"].keys()


def test_a_case_without_files_has_a_receipt_without_inputs(drechtsteden: Case) -> None:
    """It is put together in Python, so that nobody can tell from what."""
    made = Case(drechtsteden.knowledge, drechtsteden.region).receipt
    assert made == Receipt()
    assert made.inputs == {}


def test_a_program_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """It works all the same, and says that its version is unknown."""
    monkeypatch.setattr(installed, "PACKAGE", "no such package")
    assert installed.version.__wrapped__() == "unknown"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.binary() | st.text().map(str.encode) | JSON.map(lambda one: repr(one).encode("utf-16")))
@examples(20)
def test_whatever_is_no_advice_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Any bytes at all end in one fault of the input."""
    file = tmp_path_factory.getbasetemp() / "iets.json"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_advice(file, "nl", VERSION)
    assert len(caught.value.problems) == 1


def advice(**other: object) -> bytes:
    """The least that is read as an advice, with other parts."""
    receipt = {
        "program": "0.1.0",
        "inputs": {kind: {} for kind in INPUTS},
        "options": {"set": [], "as_of": None, "weights": None, "samples": 1, "seed": 0},
    }
    parts = dict.fromkeys(("region", "recommended", "municipalities", "open_questions"))
    return json.dumps({"version": VERSION, **parts, "receipt": receipt | other}).encode("utf-8")


def options(**other: object) -> bytes:
    """The same with another option."""
    held = json.loads(advice())["receipt"]["options"]
    return advice(options={**held, **other})


ADVICE_FAULTS = [
    *(("not_json", content) for content in (b"", b"{", b"\xff\xfe\x00", b'{"a": NaN}')),
    *(("not_json", content) for content in (b'{"a": 1e999}', b'{"a": ' + b"9" * 5000 + b"}")),
    ("json_too_deep", b"[" * 100_000),
    ("json_too_deep", b'{"a":' * 100_000),
    ("not_an_advice", b"[]"),
    ("not_an_advice", b'{"version": 1, "receipt": {}}'),
    ("other_contract", advice().replace(b'"version": 1', b'"version": true')),
    ("other_contract", advice().replace(b'"version": 1', b'"version": {"a": [1]}')),
    ("no_receipt", advice().replace(b'"receipt"', b'"bon"')),
    ("bad_receipt", advice(program="\x1b[31m")),
    ("bad_receipt", advice(program="")),
    ("bad_receipt", advice(inputs="x")),
    ("bad_receipt", advice(inputs={kind: {"forms.yaml": "kort"} for kind in INPUTS})),
    ("bad_receipt", advice(inputs={kind: {"\ud800": "a" * 64} for kind in INPUTS})),
    ("bad_receipt", advice(options=[])),
    ("bad_receipt", options(set=[1])),
    ("bad_receipt", options(samples=MOST_DRAWS + 1)),
    ("bad_receipt", options(samples=0)),
    ("bad_receipt", options(seed=True)),
    ("bad_receipt", options(as_of="morgen")),
    ("bad_receipt", options(weights=3)),
]
"""Files that hold no advice to go on, and the code of what is wrong."""


@pytest.mark.parametrize(("code", "content"), ADVICE_FAULTS)
def test_what_is_wrong_with_an_advice_is_told(tmp_path: Path, code: str, content: bytes) -> None:
    """No advice, another contract, or a receipt that decide would not write: one fault."""
    file = tmp_path / "advies.json"
    file.write_bytes(content)
    for lang in ("nl", "en"):
        with pytest.raises(InputError) as caught:
            read_advice(file, lang, VERSION)
        assert [one.code for one in caught.value.problems] == [code]


def test_the_least_that_is_read_as_an_advice(tmp_path: Path) -> None:
    """What the faults above are made from has none itself."""
    file = tmp_path / "advies.json"
    file.write_bytes(options(set=["name=X"], as_of="2020", seed=7))
    found = read_advice(file, "nl", VERSION)
    assert (found.receipt.changes, found.receipt.as_of) == (("name=X",), "2020")
    assert (found.receipt.version, found.draws, found.seed) == ("0.1.0", 1, 7)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Nobody waits for a file that can be no advice."""
    file = tmp_path / "groot.json"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_ADVICE + 1)
    with pytest.raises(InputError, match="64 MiB"):
        read_advice(file, "nl", VERSION)
