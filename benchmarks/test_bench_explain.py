"""Processor time of explaining forms, beyond imports.

Each form is explained in full: verdicts, minimal conflicts, remedies (with the solver) and the
machine contract. The libraries are loaded and the region is read before; the target is 0.5 s for
all forms of the Drechtsteden together, and 2 s for each form of a region of sixty municipalities
with facts by chance. It is reported and not asserted, because it depends on the machine.
"""

from __future__ import annotations

import dataclasses
import random
import statistics
import time
from typing import TYPE_CHECKING

from decision.explain.explanation import explain
from decision.load import Case, load_region
from decision.model.facts import Fact, Figure
from decision.report.json.explanation import explain_contract
from decision.report.view.asked import Phrases
from decision.words.catalogue import catalogue

if TYPE_CHECKING:
    import pytest
    from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 9
TARGET = 0.5
MANY, TARGET_OF_MANY = 60, 2.0
UNKNOWN = 0.15  # of the facts


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


def many(case: Case, towns: int, seed: int) -> Case:
    """The case with so many municipalities, of any size and with any facts."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable region, not a secret
    like = [*case.region.municipalities.values()]
    asked = {name: one for name, one in case.knowledge.facts.items() if one.of == "municipality"}
    municipalities = {}
    for number in range(towns):
        facts = {}
        for name, definition in asked.items():
            if not definition.derived and chance.random() >= UNKNOWN:
                levels = [*definition.levels]
                some = tuple(one for one in levels if chance.random() < 0.6) or (levels[0],)
                scale = definition.kind == "scale"
                facts[name] = Fact(value=chance.choice(levels) if scale else some)
        changed = {
            "name": f"Town {number}",
            "facts": facts,
            "inhabitants": Figure(value=float(chance.randint(5_000, 300_000))),
        }
        municipalities[f"town{number}"] = chance.choice(like).model_copy(update=changed)
    region = case.region.model_copy(update={"municipalities": municipalities})
    return dataclasses.replace(case, region=region)


def test_explain_the_forms_of_many_municipalities(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks why of a form of sixty municipalities waits two seconds at most."""
    case = many(load_region("drechtsteden.yaml"), MANY, seed=2)
    seconds: dict[str, float] = {}

    def explain_each() -> None:
        for form in case.knowledge.forms:
            before = time.process_time()
            found = explain(case.knowledge, case.region, form)
            assert found.eligible or found.conflicts.listed
            seconds[form] = time.process_time() - before

    benchmark.pedantic(explain_each, rounds=1, warmup_rounds=1)
    benchmark.extra_info.update(seconds=seconds, target=TARGET_OF_MANY)
    told = ", ".join(f"{form}: {one:.2f} s" for form, one in seconds.items())
    with capsys.disabled():
        print(f"\nprocessor time, {MANY} municipalities: {told} (target {TARGET_OF_MANY})")
