"""From a file to its text: everything that can be wrong before YAML is read."""

from __future__ import annotations

import errno
import re
import unicodedata
from pathlib import Path

from decision.load.problems import Faults, Location, TextFile

__all__ = ["LARGEST", "hidden_in", "loops", "printable", "read_bytes", "read_text", "visible"]

LARGEST = 4 * 1024 * 1024
"""The largest file, in bytes, that is read; all municipalities of the country take some 1.5 MB."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)

_INVISIBLE = re.compile(
    "[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that turn the direction of a text, or take no room in it. A soft hyphen may stay."""


def read_text(path: Path, name: str, faults: Faults) -> str | None:
    """The text of the file at ``path``, known to the reader as ``name``; None when at fault."""
    content = read_bytes(path, name, faults)
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        file = TextFile(name, content.decode("utf-8-sig", errors="replace"))
        faults.add("not_utf8", _place(file, before))
        return None
    return text if printable(text, TextFile(name, text), faults) else None


def printable(text: str, file: TextFile, faults: Faults) -> bool:
    """Whether ``text`` holds no character that YAML forbids; an invisible one is noted too."""
    for number, line in enumerate(file.lines or (text,), 1) if _INVISIBLE.search(text) else ():
        for hidden in _INVISIBLE.finditer(line):
            place = Location(file) if file.whole else Location(file, number, hidden.start() + 1)
            faults.add("invisible_character", place, value=_named(hidden[0]))
    found = _CONTROL.search(text)
    if found:
        place = _place(file, text[: found.start()])
        faults.add("control_character", place, value=_named(found[0]))
    return found is None


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def hidden_in(value: str, text: str) -> str | None:
    """A character in ``value`` that cannot be seen and is written in ``text`` as an escape."""
    found = _CONTROL.search(value) or _INVISIBLE.search(value)
    return _named(found[0]) if found and found[0] not in text else None


def visible(text: str) -> str:
    """The text without what cannot be seen in it, which is told where it stands."""
    return text if text.isprintable() else _INVISIBLE.sub("", _CONTROL.sub("", text)) or text


def loops(path: Path) -> bool:
    """Whether a path is a link that leads to itself."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    except ValueError:  # a name that can be no file
        return False
    return False


def read_bytes(
    path: Path, name: str, faults: Faults, most: int = LARGEST, too_large: str = "file_too_large"
) -> bytes | None:
    """What the file at ``path`` holds, known to the reader as ``name``; None when at fault.

    More than ``most`` bytes are the fault ``too_large``.
    """
    place = Location(TextFile(name))
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():  # reading one can take for ever
            faults.add("special_file", place)
            return None
        with path.open("rb") as file:
            content = file.read(most + 1)
    except IsADirectoryError:
        faults.add("folder_given", place)
    except OSError:
        faults.add("link_loop" if loops(path) else "file_unreadable", place)
    else:
        if len(content) <= most:
            return content
        faults.add(too_large, place)
    return None


def _place(file: TextFile, before: str) -> Location:
    if file.whole:
        return Location(file)
    lines = TextFile(file.name, before).lines
    return Location(file, len(lines), len(lines[-1]) + 1)
