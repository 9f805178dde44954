"""The promise of loading: a region that it lets through can be advised upon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.advice.findings import Request
from decision.load import InputError, load_region
from decision.load.problems import Problem
from decision.model import installed
from decision.report.report import Report
from tests.searching import examples, some

if TYPE_CHECKING:
    from decision.load import Case

REGION = yaml.safe_load((installed.data_folder("regions") / "drechtsteden.yaml").read_text("utf-8"))
KENGETALLEN = yaml.safe_load(
    (installed.data_folder("criteria") / "kengetallen.yaml").read_text("utf-8")
)
LEVELS = yaml.safe_load((installed.data_folder("criteria") / "facts.yaml").read_text("utf-8"))[
    "facts"
]


def scalars(part: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every single value in a document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from scalars(value, (*path, str(key)))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from scalars(value, (*path, str(place)))
    else:
        yield path


PATHS = [*scalars(REGION)]
NUMBERS = [path for path in PATHS if {"inhabitants", "households", "coverage", "costs"} & {*path}]
OWN: list[tuple[str, ...]] = [("kengetallen", name) for name in KENGETALLEN["kengetallen"]]
OWN += [("municipalities", name, "calls_per_year") for name in REGION["municipalities"]]
OWN += [("costs", "inhabitants_counted"), ("costs", "sites"), ("costs", "years")]

texts = st.sampled_from(["''", "", "unknown", "nee", "ja", "5", "a", "'2008-02-31'", "own"])
levels = st.sampled_from(sorted({level for fact in LEVELS.values() for level in fact["levels"]}))
numbers = (
    st.sampled_from(["0", "-1", "0.5", "1", "1.0e-300", "1.0e+300", "366", "999999999", "-0.0"])
    | st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
)
changes = st.builds(
    lambda path, value: f"{'.'.join(path)}={value}",
    st.sampled_from(PATHS) | st.sampled_from(NUMBERS) | st.sampled_from(OWN),
    numbers | texts | levels | st.just("[1900, 2200]"),
)


def answer(*made: str) -> dict[str, object] | tuple[Problem, ...]:
    """The advice on the changed region, or what is wrong with the changes."""
    try:
        case: Case = load_region("drechtsteden", changes=made)
    except InputError as error:
        return error.problems
    few = Request(draws=50)  # what is possible does not hang on how often it is drawn
    advice: dict[str, object] = json.loads(Report(decide(case, few), "nl").text("json"))
    return advice


@examples(60)
@given(change=changes)
def test_any_value_in_a_region_gives_an_advice_or_problems(change: str) -> None:
    """Whatever is filled in somewhere, there is an advice, or it is told what is wrong."""
    found = answer(change)
    if isinstance(found, tuple):
        assert found
        assert all(problem.message for problem in found)


@examples(30)
@given(
    made=st.lists(
        st.builds(
            lambda path, value: f"{'.'.join(path)}={value}",
            st.sampled_from(NUMBERS) | st.sampled_from(OWN),
            numbers,
        ),
        min_size=2,
        max_size=5,
    )
)
def test_numbers_that_are_possible_alone_give_an_advice_together(made: list[str]) -> None:
    """Extreme numbers that go together are calculated with, and others are told."""
    assert answer(*made)


@pytest.mark.parametrize("name", some(KENGETALLEN["kengetallen"]))
def test_the_ends_of_what_is_possible_can_be_calculated_with(name: str) -> None:
    """The lowest and highest possible value of each kengetal give an advice, over two years."""
    for value in some(KENGETALLEN["kengetallen"][name]["possible"]):
        made = f"kengetallen.{name}={value}", "costs.years=[2009, 2010]"
        assert isinstance(answer(*made), dict)
