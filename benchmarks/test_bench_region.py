"""Processor time of a whole run, next to a process that only imports what it uses.

Processor time (user and system, of the child alone) says more than the clock on a machine that
others use too. A run of `decide region` reads the knowledge, computes the advice and writes it.
Which modules it imports, those of decide and those of the libraries, is looked up in such a run.
Without drawings the target is at most 3 times these bare imports; how often it takes those of the
libraries alone is told beside it. Both are reported and not asserted: they depend on the machine.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

DECIDE = Path(sysconfig.get_path("scripts")) / "decide"
PROGRAM = [str(DECIDE), "region", "drechtsteden.yaml"]

ROUNDS = 9
TARGET = 3.0
PAGE_TARGET = 4.0

LOADED = """
import sys, sysconfig
import decision
from decision.cli import run
assert run(["region", "drechtsteden.yaml", "--format", sys.argv[1]]) == 0
libraries = tuple(map(sysconfig.get_path, ("purelib", "platlib")))
own = decision.__path__[0]
homes = {name: getattr(one, "__file__", None) or "" for name, one in sys.modules.items()}
for homes_of in (libraries, own):
    print(*(one for one, home in homes.items() if home.startswith(homes_of)), file=sys.stderr)
"""
"""A run that names on its last two lines the modules of libraries and of decide, as imported."""

IMPORTING = """
import sys
from contextlib import suppress
from importlib import import_module
for name in sys.argv[1:]:
    with suppress(ImportError):
        import_module(name)
"""


def imported(shape: str) -> tuple[list[str], list[str]]:
    """The modules of libraries and of decide that `decide region` imports for a format."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", LOADED, shape]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    libraries, own = done.stderr.splitlines()[-2:]
    return libraries.split(), own.split()


def processor_seconds(command: list[str]) -> float:
    """Run a command in an empty folder: its user and system time."""
    # Where Python may not keep its bytecode, every start compiles all of it again.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@pytest.mark.parametrize("shape", ["md", "json"])
def test_region_against_bare_imports(
    benchmark: BenchmarkFixture, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Advising a region costs little more than loading the libraries it needs."""
    libraries, own = imported(shape)
    importing = [sys.executable, "-c", IMPORTING]
    bare: list[float] = []
    imports: list[float] = []
    program: list[float] = []

    def run_imports() -> None:
        bare.append(processor_seconds([*importing, *libraries]))
        imports.append(processor_seconds([*importing, *libraries, *own]))

    def run_program() -> None:
        program.append(processor_seconds([*PROGRAM, "--format", shape]))

    # The imports run before every round, so that the two alternate; the first round warms up.
    benchmark.pedantic(run_program, setup=run_imports, rounds=ROUNDS, warmup_rounds=1)
    bare_median, imports_median, program_median = (
        statistics.median(found[1:]) for found in (bare, imports, program)
    )
    ratio, of_libraries = program_median / imports_median, program_median / bare_median
    benchmark.extra_info.update(
        libraries_median_seconds=bare_median,
        imports_median_seconds=imports_median,
        program_median_seconds=program_median,
        ratio=ratio,
        ratio_of_libraries=of_libraries,
        target=TARGET,
        libraries=sorted({one.partition(".")[0] for one in libraries}),
        modules=len(libraries) + len(own),
    )
    with capsys.disabled():
        print(
            f"\nprocessor time, median of {ROUNDS}: imports {imports_median:.3f} s "
            f"({len(own)} modules of decide, {len(libraries)} of libraries), "
            f"libraries alone {bare_median:.3f} s, "
            f"decide region --format {shape} {program_median:.3f} s, "
            f"ratio {ratio:.2f} (target {TARGET}), of libraries alone {of_libraries:.2f}"
        )


@pytest.mark.parametrize("form", ["html", "docx", "odt", "pdf", "xlsx"])
def test_document_with_all_figures(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """The advice with its ten figures and the appendices in one format.

    The page, in which each figure is drawn at two widths, takes 4 s at most.
    """
    command = [*PROGRAM, "--format", form]
    seconds: list[float] = []
    benchmark.pedantic(
        lambda: seconds.append(processor_seconds(command)), rounds=5, warmup_rounds=1
    )
    median = statistics.median(seconds[1:])
    benchmark.extra_info.update(median_seconds=median, target=PAGE_TARGET)
    with capsys.disabled():
        print(f"\nprocessor time of {form}: {median:.2f} s (target of a page {PAGE_TARGET})")
