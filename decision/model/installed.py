"""What is installed: the version of the program, and the data folders that come with it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from importlib.resources import files
from pathlib import Path

__all__ = ["PACKAGE", "data_folder", "version"]

PACKAGE = "decide-region"
"""The name under which the program is installed."""


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
