"""What the tests of the command line share: how it is run, and what it runs on.

The fixture ``decide``, which runs the program in this process, stands in conftest.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from decision.cli.usage import CHECK, DONE, FAULT, MISUSE

__all__ = ["CHECK", "DONE", "FAULT", "MISUSE", "REGION", "SMALL", "Run", "found_in", "program"]

REGION = "drechtsteden.yaml"

SMALL = """
id: klein
name: Klein
number: "078"
reference_date: "2020"
municipalities:
  dorp:
    name: Dorp
    cbs: "0001"
    inhabitants: 20000
    coverage: {"078": 1.0}
costs: {years: [2020]}
"""
"""A region of which nothing is known."""

Run = tuple[int, str, str]
"""Exit status, standard output and standard error."""


def program(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program in a process of its own."""
    command = [str(Path(sys.executable).with_name("decide")), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def found_in(result: Run) -> dict[str, Any]:
    """The JSON of a run that went well, read back strictly."""
    status, out, err = result
    assert (status, err) == (DONE, "")
    document: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
    return document
