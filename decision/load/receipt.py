"""The receipt: from what an advice was made, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Literal, get_args

from decision.load.problems import TextFile
from decision.model.frozen import Result
from decision.model.installed import version

__all__ = [
    "INPUTS",
    "MOST_DRAWS",
    "MOST_SEED",
    "InputKind",
    "Receipt",
    "combined",
    "digest",
    "digests",
]

InputKind = Literal["region", "knowledge", "criteria"]
"""The file of the region, the knowledge that comes with the program, and that of the user."""

INPUTS: tuple[InputKind, ...] = get_args(InputKind)

MOST_DRAWS, MOST_SEED = 100_000, 2**32 - 1
"""How often can be drawn for an advice, and from which seed at most."""


@dataclass(frozen=True)
class Receipt(Result):
    """From what a case was made; no clock, and no place on a machine.

    ``version`` is that of the program. ``inputs`` has by kind the files that were read, each with
    its `digest`, by its name inside its folder; of a case that is put together without files it is
    empty. ``changes`` (``path=value``), ``as_of`` and ``weights`` are the options as they were
    given; None for what was not.
    """

    version: str = field(default_factory=version)
    inputs: Mapping[InputKind, Mapping[str, str]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    as_of: str | None = None
    weights: str | None = None


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, the same whatever ends its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(lines.encode("utf-8")).hexdigest()


def digests(files: Iterable[TextFile], folder: PurePath) -> dict[str, str]:
    """The digest of every file, by its name inside the folder."""
    return {PurePath(file.name).relative_to(folder).as_posix(): digest(file.text) for file in files}


def combined(found: Mapping[str, str]) -> str:
    """One digest of several files, by their names."""
    return digest("".join(f"{name} {found[name]}\n" for name in sorted(found)))
