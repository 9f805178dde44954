"""From a file to its text: everything that can be wrong before YAML is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decision.load.problems import Place, TextFile

if TYPE_CHECKING:
    from pathlib import Path

    from decision.load.problems import Faults

__all__ = ["LARGEST", "read_text", "text_file"]

LARGEST = 1024 * 1024
"""The largest file, in bytes, that is read; knowledge and regions are some tens of kilobytes."""

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_text(path: Path, name: str, faults: Faults) -> str | None:
    """The text of the file at ``path``, known to the reader as ``name``; None when at fault."""
    content = _content(path, Place(TextFile(name)), faults)
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        file = text_file(name, content.decode("utf-8-sig", errors="replace"))
        faults.add("not_utf8", _place(file, before))
        return None
    return text if printable(text, text_file(name, text), faults) else None


def text_file(name: str, text: str) -> TextFile:
    """The file ``name`` with the lines of ``text``, cut where YAML cuts them."""
    return TextFile(name, tuple(_LINE_END.split(text)))


def printable(text: str, file: TextFile, faults: Faults) -> bool:
    """Whether ``text`` holds no character that YAML forbids."""
    found = _CONTROL.search(text)
    if found:
        place = _place(file, text[: found.start()])
        faults.add("control_character", place, value=f"U+{ord(found[0]):04X}")
    return found is None


def _content(path: Path, place: Place, faults: Faults) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except IsADirectoryError:
        faults.add("folder_given", place)
    except OSError:
        faults.add("file_unreadable", place)
    else:
        if len(content) <= LARGEST:
            return content
        faults.add("file_too_large", place)
    return None


def _place(file: TextFile, before: str) -> Place:
    lines = _LINE_END.split(before)
    if not file.lines:
        return Place(file)
    return Place(file, len(lines), len(lines[-1]) + 1)
