"""Files that are archives of parts, such as docx, odt and xlsx: the same bytes on every machine.

Parts are stored as they are: how they are compressed differs between computers, and the pictures
are compressed already.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from decision.report.files import PLACE, marked

__all__ = ["packed", "unpacked"]

_START = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The parts by name, in their order."""
    with ZipFile(io.BytesIO(archive)) as file:
        return {one.filename: file.read(one) for one in file.infolist() if not one.is_dir()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of the parts in their order, with decide's mark as its comment."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as file:
        for name, part in parts.items():
            entry = ZipInfo(name, _START)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            file.writestr(entry, part)
        file.comment = PLACE
    return marked(made.getvalue())
