"""Files written whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

__all__ = ["MARK", "PLACE", "RefusedError", "marked", "sealed", "untouched", "write"]

MARK = "decide-region"
"""The name under which the program signs what it writes."""

SEAL = re.compile(
    rf'\n<!-- {MARK} ([0-9a-f]{{64}}) -->\n|,\n  "digest": "([0-9a-f]{{64}})"\n\}}\n'
    rf"|\nX-{MARK.upper()}:\n ([0-9a-f]{{64}})\nEND:VEVENT\nEND:VCALENDAR\n"
)
"""The digest of all before it, which ends a text, JSON or calendar that nobody has changed."""

PLACE = f"{MARK} {'0' * 64}".encode()
"""What stands in a file that is no text, wherever its digest will come."""

IN_BYTES = re.compile(rb"\b%b [0-9a-f]{64}\b" % MARK.encode())


class RefusedError(Exception):
    """A file was not written; ``code`` says why, ``reason`` is the system's own word for it."""

    def __init__(self, code: str, path: Path, reason: str = "") -> None:
        """Name the file and why it was left alone."""
        super().__init__(f"{path}: {code} {reason}".rstrip())
        self.code, self.path, self.reason = code, path, reason


def sealed(text: str, form: str) -> str:
    """The text with a digest of itself at its end, by which an untouched file is known.

    Rows for a spreadsheet have no place for it.
    """
    if form == "csv":
        return text
    if form == "ics":
        end = "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        text = text.removesuffix(end)
        return f"{text}\r\nX-{MARK.upper()}:\r\n {_digest(_read_back(text))}{end}"
    if form == "json":
        text = text.removesuffix("\n}\n")
        return f'{text},\n  "digest": "{_digest(text)}"\n}}\n'
    return f"{text}\n<!-- {MARK} {_digest(text)} -->\n"


def marked(made: bytes) -> bytes:
    """A file that is no text, with the digest of all of it in each place for it."""
    return made.replace(PLACE, f"{MARK} {sha256(made).hexdigest()}".encode())


def write(
    files: Mapping[Path, str | bytes], inputs: Iterable[Path] = (), *, force: bool = False
) -> None:
    """Write all files, or none of them; a link is followed to the file that it leads to.

    Args:
        files: what stands in each file.
        inputs: files that are never written over, by whatever name.
        force: write over a file that is somebody else's, or that somebody changed.

    Raises:
        RefusedError: a file stands in the way, or the system does not let us write.
    """
    targets = {path: _target(path, made, inputs, force=force) for path, made in files.items()}
    parts: dict[Path, Path] = {}
    try:
        for path, made in files.items():
            parts[path] = targets[path].with_name(f".{secrets.token_hex(8)}.part")
            _fill(parts[path], targets[path], made)
        for path, part in parts.items():
            part.replace(targets[path])
    except OSError as error:
        raise RefusedError("cannot_write", path, error.strerror or str(error)) from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _fill(part: Path, target: Path, made: str | bytes) -> None:
    """Write it beside its target, with the rights that the target has, or a new file gets."""
    with part.open("xb") as file:
        file.write(made.encode() if isinstance(made, str) else made)
    if target.exists():
        part.chmod(stat.S_IMODE(target.stat().st_mode))


def _target(path: Path, made: str | bytes, inputs: Iterable[Path], *, force: bool) -> Path:
    """The file to write for a path; raises ``RefusedError`` where it is to be left alone."""
    target = Path(os.path.realpath(path))
    try:
        found = path.stat()
    except FileNotFoundError as error:
        if target.parent.is_dir():
            return target
        folder = target.parent if path.is_symlink() else path.parent
        raise RefusedError("no_folder", path, str(folder)) from error
    except OSError as error:
        code = "link_loop" if error.errno == errno.ELOOP else "cannot_write"
        raise RefusedError(code, path, error.strerror or str(error)) from error
    objection = _objection(target, found, inputs)
    if objection is None and not force:
        objection = _changed(target, made)
    if objection:
        raise RefusedError(objection, path, os.strerror(errno.EACCES))
    return target


def _objection(target: Path, found: os.stat_result, inputs: Iterable[Path]) -> str | None:
    """Why an existing file is never to be written over; None when it may be."""
    if stat.S_ISDIR(found.st_mode):
        return "is_folder"
    if not stat.S_ISREG(found.st_mode):
        return "not_a_file"
    if any(os.path.samestat(found, one.stat()) for one in inputs if one.exists()):
        return "is_input"
    if not os.access(target, os.W_OK):
        return "cannot_write"
    return None


def _changed(target: Path, new: str | bytes) -> str | None:
    """Whether it is somebody else's file, or ours with a change in it; None when it is ours.

    So is a file that is the same as the ``new`` one already.
    """
    if isinstance(new, bytes):
        return _other_bytes(target, new)
    try:
        text = target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "foreign_file"
    new = _read_back(new)
    if text == new:
        return None
    if not SEAL.search(text):
        return "foreign_file" if SEAL.search(new) else "unmarked_file"
    return None if untouched(text) else "edited_file"


def _other_bytes(target: Path, new: bytes) -> str | None:
    """The same for a file that is no text: whoever saves it anew leaves out the mark."""
    try:
        found = target.read_bytes()
    except OSError:
        return "foreign_file"
    if found == new:
        return None
    if not IN_BYTES.search(new):
        return "unmarked_file"
    if not IN_BYTES.search(found):
        return "unsigned_file"
    return None if marked(IN_BYTES.sub(PLACE, found)) == found else "edited_file"


def untouched(text: str) -> bool:
    """Whether a text ends with the digest of all before it: decide wrote it, and nobody else."""
    text = _read_back(text)
    *_, last = [None, *SEAL.finditer(text)]
    return bool(last and last.end() == len(text) and _digest(text[: last.start()]) in last.groups())


def _read_back(text: str) -> str:
    """The text as it is read from a file."""
    return text.replace("\r\n", "\n")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
