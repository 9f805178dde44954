"""The compiled templates that are kept change nothing, whatever becomes of them."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from decision.report.document import compiled
from decision.report.document.compiled import Compiled

SOURCE = "{{ amount }} euro"


def written(folder: Path, source: str = SOURCE) -> str:
    """What a template says, by an environment that keeps what it compiles in the folder."""
    loader = jinja2.DictLoader({"one": source})
    environment = jinja2.Environment(
        loader=loader, autoescape=True, bytecode_cache=Compiled(folder)
    )
    return environment.get_template("one").render(amount=3)


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept is used the next time, and nothing else is left in the folder."""
    assert written(tmp_path) == "3 euro"
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(jinja2.Environment, "_compile", lambda *_: pytest.fail("compiled again"))
    assert written(tmp_path) == "3 euro"


@pytest.mark.parametrize("change", ["cut", "empty", "changed", "swapped"])
def test_what_is_not_whole_is_made_again(tmp_path: Path, change: str) -> None:
    """A file that was cut short or changed neither stops a run nor changes what it says."""
    written(tmp_path)
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    written(other, "{{ amount }} gulden")
    bad = {
        "cut": good[: len(good) // 2],
        "empty": b"",
        "changed": good[:-9] + bytes([good[-9] ^ 1]) + good[-8:],
        "swapped": next(other.iterdir()).read_bytes(),
    }
    kept.write_bytes(bad[change])
    assert written(tmp_path) == "3 euro"
    assert kept.read_bytes() == good


def test_another_text_is_compiled_again(tmp_path: Path) -> None:
    """A template that was changed says what it says now."""
    written(tmp_path)
    assert written(tmp_path, "{{ amount }} cent") == "3 cent"


def test_a_folder_that_cannot_be_written_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be kept, templates are compiled in every run."""
    assert written(tmp_path / "nowhere") == "3 euro"
    (tmp_path / "__pycache__").write_text("in the way")
    monkeypatch.setattr(compiled, "data_folder", lambda _: tmp_path)
    assert compiled.compiled() is None
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert compiled.compiled() is None
