"""What the extra `documents` brings, without loading any of it."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

__all__ = ["PAPERS", "folder", "is_there", "pandoc"]

LETTERS = "font_source_sans_pro"
"""The package that brings the letters of a PDF."""

PAPERS = ("docx", "odt", "pdf", "xlsx")
"""The formats of documents that are no text."""


def is_there(form: str) -> bool:
    """Whether all is installed that writes a document of this format."""
    if form == "pdf":
        return None not in (folder("typst"), folder(LETTERS))
    return (folder("openpyxl") if form == "xlsx" else pandoc()) is not None


def folder(package: str) -> Path | None:
    """Where a package is; None where it is not installed."""
    spec = find_spec(package)
    places = (spec and spec.submodule_search_locations) or ()
    return next(map(Path, places), None)


def pandoc() -> Path | None:
    """The pandoc that comes with the extra; one elsewhere on the machine may give other bytes."""
    home = folder("pypandoc")
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    return home / "files" / name if home and (home / "files" / name).is_file() else None
