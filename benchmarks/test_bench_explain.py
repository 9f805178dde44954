"""Processor time of explaining every form of the Drechtsteden, beyond imports.

Each form is explained in full: verdicts, minimal conflicts, remedies (with the solver) and the
machine contract. The libraries are loaded and the region is read before; the target is 0.5 s for
all forms together. It is reported and not asserted, because it depends on the machine.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import networkx as nx  # noqa: F401 - loaded before anything is measured
import scipy.optimize  # type: ignore[import-untyped,unused-ignore]  # noqa: F401 - as above

from decision.explanation import explain
from decision.load import load_region
from decision.report.explain_contract import explain_contract
from decision.report.explain_words import Phrases
from decision.words import catalogue

if TYPE_CHECKING:
    import pytest
    from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 9
TARGET = 0.5


def test_explain_every_form(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks why of every form in turn does not wait."""
    case = load_region("drechtsteden.yaml")
    phrases = Phrases(case, catalogue("nl", "words"), "nl")
    seconds: list[float] = []

    def explain_all() -> None:
        before = time.process_time()
        for form in case.knowledge.forms:
            found = explain(case.knowledge, case.region, form)
            assert explain_contract(found, phrases)["form"] == form
        seconds.append(time.process_time() - before)

    benchmark.pedantic(explain_all, rounds=ROUNDS, warmup_rounds=1)
    median = statistics.median(seconds[1:])
    benchmark.extra_info.update(median_seconds=median, target=TARGET)
    with capsys.disabled():
        print(
            f"\nprocessor time, median of {ROUNDS}: explain all "
            f"{len(case.knowledge.forms)} forms {median:.3f} s (target {TARGET})"
        )
