"""Where the data folders stand that come with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["data_folder"]


def data_folder(name: str) -> Path:
    """The folder ``criteria``, ``regions`` or ``report_templates`` of this installation.

    An installed package carries them in ``_data``; in a checkout they stand beside the package.
    """
    installed = Path(str(files("decision"))) / "_data" / name
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / name
