"""The program's own templates as Jinja compiled them, kept beside them as Python does with modules.

A file that is not whole, or not what was kept, is not used but made again: a digest stands before
the code. Whoever can write here can change the program itself as well.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from decision.model.installed import data_folder

__all__ = ["Compiled", "compiled"]

_DIGEST = sha256().digest_size


class Compiled(BytecodeCache):
    """Compiled templates in a folder; Jinja itself holds each against the text of its template."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it is whole."""
        try:
            kept = self._file(bucket).read_bytes()
        except OSError:
            return
        if kept[:_DIGEST] == _digest(kept[_DIGEST:]):
            bucket.bytecode_from_string(kept[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it whole or not at all; a run needs no cache to go on."""
        code = bucket.bytecode_to_string()
        try:
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(_digest(code) + code)
            Path(file.name).replace(self._file(bucket))
        except OSError:
            return

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}"


def compiled() -> Compiled | None:
    """The compiled templates of the program; None where they cannot be kept."""
    folder = data_folder("report_templates") / "__pycache__"
    if sys.dont_write_bytecode:
        return None
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return Compiled(folder) if os.access(folder, os.W_OK) else None


def _digest(code: bytes) -> bytes:
    """Of the code and of the Jinja that made it."""
    return sha256(jinja2.__version__.encode() + code).digest()
