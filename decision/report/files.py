"""Files written whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["MARK", "RefusedError", "write"]

MARK = "decide-region"
"""Stands in every file that the program writes, so that it knows its own files again."""


class RefusedError(Exception):
    """A file was not written; ``code`` says why, ``reason`` is the system's own word for it."""

    def __init__(self, code: str, path: Path, reason: str = "") -> None:
        """Name the file and why it was left alone."""
        super().__init__(f"{path}: {code} {reason}".rstrip())
        self.code, self.path, self.reason = code, path, reason


def write(files: Mapping[Path, str], *, force: bool = False) -> None:
    """Write all files, or none of them.

    Raises:
        RefusedError: a file of another origin stands in the way (unless ``force``), or the system
            does not let us write.
    """
    for path in files:
        _check(path, force=force)
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            written.append((_beside(path, text), path))
        for temporary, path in written:
            temporary.replace(path)
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _check(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise RefusedError("not_a_file", path)
    if path.exists() and not force and not _ours(path):
        raise RefusedError("foreign_file", path)


def _ours(path: Path) -> bool:
    try:
        return MARK in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _beside(path: Path, text: str) -> Path:
    """The text in a temporary file in the same folder, ready to take the path's place."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
    except OSError as error:
        raise RefusedError("cannot_write", path, error.strerror or str(error)) from error
    return Path(name)
