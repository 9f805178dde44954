"""The document whose page, letters and styles another one takes: that of decide, or the user's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

from decision.model.installed import data_folder
from decision.report.paper.archive import packed, unpacked
from decision.report.paper.pandoc import Office

__all__ = ["BadReferenceError", "built_in", "checked"]

FIRST = "mimetype"
"""The part that an OpenDocument starts with."""

OTHER: Mapping[Office, str] = {"docx": "no_docx", "odt": "no_odt"}
"""What is said of a document that is not of this kind."""

TEXT = b"application/vnd.oasis.opendocument.text"


class BadReferenceError(Exception):
    """A reference document is of no use: ``code`` says why, ``path`` which one."""

    def __init__(self, code: str, path: Path) -> None:
        """Name the document."""
        super().__init__(f"{path}: {code}")
        self.code, self.path = code, path


def built_in(form: Office) -> bytes:
    """The reference document that comes with the program, of which the parts are kept as text."""
    folder = data_folder("report_templates") / "paper" / form
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    names = {one.relative_to(folder).as_posix(): one for one in files}
    first = {FIRST: names[FIRST]} if FIRST in names else {}
    return packed({name: one.read_bytes() for name, one in {**first, **names}.items()})


def checked(path: Path, form: Office) -> bytes:
    """A document of the user's; raises ``BadReferenceError`` when it is of another kind."""
    try:
        made = path.read_bytes()
        parts = unpacked(made)
    except (OSError, BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadReferenceError(OTHER[form], path) from error
    fits = "word/document.xml" in parts if form == "docx" else parts.get(FIRST, b"")[:39] == TEXT
    if not fits:
        raise BadReferenceError(OTHER[form], path)
    return made
