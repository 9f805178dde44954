"""Files: whole or not at all, with their rights, and never over somebody else's work."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from decision.report.files import MARK, RefusedError, sealed, write

TEXTS = {"md": "# Advies\n", "html": "<p>Advies</p>\n", "json": '{\n  "form": "3a"\n}\n'}

NEW = sealed("# Nieuw\n", "md")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights and links are otherwise")


def refused(path: Path, *inputs: Path, force: bool = False) -> str:
    """Why a path is not written."""
    with pytest.raises(RefusedError) as error:
        write({path: NEW}, inputs, force=force)
    assert error.value.path == path
    return error.value.code


@pytest.fixture
def umask() -> Iterator[None]:
    """A computer on which others of the group may write and the rest may not read."""
    before = os.umask(0o007)
    yield
    os.umask(before)


@pytest.mark.parametrize("form", TEXTS)
def test_only_what_nobody_changed_is_written_over(tmp_path: Path, form: str) -> None:
    """A character, a line before or after the digest, or a copy in a note: each is a change."""
    file, text = tmp_path / "advies", sealed(TEXTS[form], form)
    for other in (
        text.replace("A", "a").replace("3a", "3b"),
        f"Vooraf\n{text}",
        f"{text}\n",
        f"{text}Mijn noot.\n",
    ):
        file.write_text(other, encoding="utf-8")
        assert refused(file) == "edited_file"
        assert file.read_text(encoding="utf-8") == other
    for untouched in (text, text.replace("\n", "\r\n")):
        file.write_bytes(untouched.encode())
        write({file: "nieuw"})
        assert file.read_text(encoding="utf-8") == "nieuw"


def test_a_table_cannot_tell_who_made_it(tmp_path: Path) -> None:
    """A table or a calendar has no mark, so what stands there is kept unless it is the same."""
    file = tmp_path / "plan.csv"
    write({file: "een;twee\n"})
    write({file: "een;twee\n"})
    with pytest.raises(RefusedError) as error:
        write({file: "een;drie\n"})
    assert error.value.code == "unmarked_file"
    assert file.read_text(encoding="utf-8") == "een;twee\n"


def test_a_file_that_only_names_the_program_is_not_ours(tmp_path: Path) -> None:
    """A note about decide-region, or one that is not even text, is somebody's own work."""
    file = tmp_path / "noot.md"
    for note in (f"Gemaakt met {MARK}.\n".encode(), f"<!-- {MARK} -->\n".encode(), b"\xff", b""):
        file.write_bytes(note)
        assert refused(file) == "foreign_file"
    write({file: "nieuw"}, force=True)
    assert file.read_text(encoding="utf-8") == "nieuw"


def test_what_is_no_place_for_a_file_is_told(tmp_path: Path) -> None:
    """A folder, a folder that is not there, a pipe, a device, a link to itself; force or not."""
    (tmp_path / "map").mkdir()
    os.mkfifo(tmp_path / "pijp")
    (tmp_path / "rond").symlink_to("rond")
    for force in (False, True):
        assert refused(tmp_path / "map", force=force) == "is_folder"
        assert refused(tmp_path / "weg" / "x", force=force) == "no_folder"
        assert refused(tmp_path / "pijp", force=force) == "not_a_file"
        assert refused(Path(os.devnull), force=force) == "not_a_file"
        assert refused(tmp_path / "rond", force=force) == "link_loop"
        assert refused(tmp_path / ("x" * 300), force=force) == "cannot_write"


def test_input_stays(tmp_path: Path) -> None:
    """By whatever name it is asked to be overwritten."""
    region = tmp_path / "regio.yaml"
    region.write_text("id: x")
    (tmp_path / "hard").hardlink_to(region)
    for name in ("regio.yaml", "hard"):
        assert refused(tmp_path / name, tmp_path / "weg", region, force=True) == "is_input"


@pytest.mark.usefixtures("umask")
def test_rights_are_those_of_the_file_or_of_the_user(tmp_path: Path) -> None:
    """A new file gets what the user gives new files, an existing one keeps what it has."""
    file = tmp_path / "advies.md"
    write({file: "een"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o660
    file.chmod(0o604)
    write({file: "twee"}, force=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o604


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """The link stays, and what it leads to is written, also where that is not there yet."""
    (tmp_path / "map").mkdir()
    link, target = tmp_path / "link.md", tmp_path / "map" / "advies.md"
    link.symlink_to(target)
    for text in ("een", "twee"):
        write({link: text}, force=True)
        assert link.is_symlink()
        assert target.read_text() == text


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """Neither a part of the file that does not fit, nor the one that did."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(RefusedError, match="cannot_write"):
            write({tmp_path / "past.md": "x", tmp_path / "groot.md": "x" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["replace", "chmod", "open"])
def test_a_stop_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whenever the user stops, the old file is there and nothing besides."""
    file = tmp_path / "advies.md"
    file.write_text("oud")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, stop)
    with pytest.raises(KeyboardInterrupt):
        write({file: "nieuw"}, force=True)
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert file.read_text() == "oud"


def test_a_file_without_a_place_for_a_mark_cannot_tell_who_made_it(tmp_path: Path) -> None:
    """As a table in text: what is the same is written again, and nothing else is."""
    path = tmp_path / "figuur.png"
    write({path: b"\x89PNG"})
    write({path: b"\x89PNG"})
    with pytest.raises(RefusedError) as error:
        write({path: b"\x89PNG anders"})
    assert error.value.code == "unmarked_file"
