"""What is installed: the version of the program, its data folders, and which extras are not."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

__all__ = ["PACKAGE", "Extra", "MissingExtraError", "data_folder", "version"]

PACKAGE = "decide-region"
"""The name under which the program is installed."""

Extra: TypeAlias = Literal["cluster", "documents", "maps", "methods"]
"""What can be installed beside the program."""


class MissingExtraError(Exception):
    """Something is asked that takes an ``extra`` that is not installed; ``install`` brings it."""

    def __init__(self, extra: Extra) -> None:
        """Keep which."""
        self.extra, self.install = extra, f"pip install '{PACKAGE}[{extra}]'"
        super().__init__(self.install)


def data_folder(name: str) -> Path:
    """The folder ``criteria``, ``regions`` or ``report_templates`` of this installation.

    An installed package carries them in ``_data``; in a checkout they stand beside the package.
    """
    installed = Path(str(files("decision"))) / "_data" / name
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / name


@cache
def version() -> str:
    """The version of the program; ``unknown`` where it runs without being installed."""
    try:
        return version_of(PACKAGE)
    except PackageNotFoundError:
        return "unknown"
