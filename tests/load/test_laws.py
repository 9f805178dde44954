"""Laws of loading: whatever stands in a file, the answer is a model or a list of problems."""

from __future__ import annotations

import math
from copy import deepcopy
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decision.load import render
from decision.load.scalars import Grouped, Trap, meaning
from decision.model.checks import circles
from tests.searching import examples
from tests.small import BROKEN, GOOD, problems_of, small_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LINES = GOOD.splitlines(keepends=True)
YAML_SIGNS = "abc019 \t\n:-?[]{},&*#!|>'\"%@`.~<=_/\\\x07\ufeff\u2028é漢"

several = settings(examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
    with small_knowledge():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to write to."""
    return tmp_path / "region.yaml"


@several
@given(text=st.text(st.sampled_from(YAML_SIGNS)))
def test_any_text_gives_a_model_or_problems(file: Path, text: str) -> None:
    """No text whatever ends in anything but problems; each can be shown in a terminal."""
    file.write_text(text, encoding="utf-8")
    problems = problems_of(file)
    assert problems
    assert all("\n" not in str(problem) and render(problem) for problem in problems)


@several
@given(content=st.binary())
def test_any_bytes_give_problems(file: Path, content: bytes) -> None:
    """A file that is no text at all is refused with problems."""
    file.write_bytes(content)
    assert problems_of(file)


@several
@given(line=st.integers(1, len(LINES) - 1), junk=st.text(st.sampled_from(YAML_SIGNS), max_size=6))
def test_a_good_file_with_junk_in_it_gives_a_model_or_problems(
    file: Path, line: int, junk: str
) -> None:
    """A slip of the keyboard anywhere in a good file does no harm."""
    text = "".join([*LINES[:line], LINES[line].replace(" ", f" {junk}", 1), *LINES[line + 1 :]])
    file.write_text(text, encoding="utf-8")
    problems_of(file)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "range", "source", "fact", "078", "dordrecht", "facts"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
REGION = yaml.safe_load(GOOD)
OPTIONAL = ["facts", "organisations", "neighbours", "ties", "groupings", "weights", "kengetallen"]


@several
@given(key=st.sampled_from([*REGION, *OPTIONAL]), value=values)
def test_any_value_at_any_key_gives_a_model_or_problems(
    file: Path, key: str, value: object
) -> None:
    """Whatever is filled in at a key, every check on it holds out."""
    file.write_text(yaml.safe_dump({**REGION, key: value}, allow_unicode=True), encoding="utf-8")
    problems_of(file)


def places(document: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document where a value stands."""
    inside: Iterable[tuple[Any, object]] = ()
    if isinstance(document, dict):
        inside = document.items()
    elif isinstance(document, list):
        inside = enumerate(document)
    for step, value in inside:
        yield (*at, step)
        yield from places(value, (*at, step))


def with_value(document: object, at: tuple[Any, ...], value: object) -> object:
    """A copy of a document with another value at a place."""
    new: Any = deepcopy(document)
    inside = new
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = value
    return new


ELSEWHERE = st.sampled_from(
    [[], ["x", "x"], [["x"]], {}, {"x": ["y"]}, [{"x": 1}], 7, "x", None, True]
)
"""Lists, blocks and scalars, of which only some can be looked up among ids."""

ALL_KEYS = yaml.safe_load((BROKEN / "huidig.yaml").read_text("utf-8")) | {
    "groupings": {
        "samen": {"name": "Samen", "groups": [{"number": "078", "members": ["papendrecht"]}]}
    },
    "organisations": {"dienst": {"name": "Dienst", "does": "x", "members": ["papendrecht"]}},
    "search": {"together": [["dordrecht", "papendrecht"]], "apart": [["papendrecht"]]},
    "weights": {"order": ["customer", ["cost"]]},
    "projects": {"redactie": {"participants": ["papendrecht"]}},
}
KNOWLEDGE = yaml.load(
    (BROKEN.parent / "criteria_small" / "knowledge.yaml").read_text("utf-8"),
    Loader=yaml.CSafeLoader,  # it reads more than the one in Python
)


@several
@given(at=st.sampled_from([*places(ALL_KEYS)]), value=ELSEWHERE)
def test_any_value_at_any_place_gives_a_model_or_problems(
    file: Path, at: tuple[Any, ...], value: object
) -> None:
    """Also a list where an id belongs is told as a problem, however deep it stands."""
    file.write_text(yaml.safe_dump(with_value(ALL_KEYS, at, value)), encoding="utf-8")
    problems_of(file)


@several
@given(at=st.sampled_from([*places(KNOWLEDGE)]), value=ELSEWHERE)
def test_any_value_at_any_place_in_own_knowledge_gives_a_model_or_problems(
    tmp_path: Path, at: tuple[Any, ...], value: object
) -> None:
    """The same of what an own folder lays over the knowledge."""
    text = yaml.safe_dump(with_value(KNOWLEDGE, at, value))
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    problems_of(criteria=tmp_path)


SECTIONS = ["facts", "forms", "choices", "groups", "criteria", "rules", "activities", "kengetallen"]


@several
@given(
    section=st.sampled_from([*SECTIONS, "calculations", "hourly_profile", "waves"]), value=values
)
def test_any_value_in_own_knowledge_gives_a_model_or_problems(
    tmp_path: Path, section: str, value: object
) -> None:
    """Whatever an own folder lays over the knowledge, every check on it holds out."""
    (tmp_path / "own.yaml").write_text(yaml.safe_dump({section: value}), encoding="utf-8")
    problems_of(criteria=tmp_path)


@several
@given(change=st.text(st.sampled_from(YAML_SIGNS)) | st.from_regex(r"[a-z.0-9]*=.*"))
def test_any_change_gives_a_model_or_problems(change: str) -> None:
    """Nothing that is typed after ``--set`` ends in anything but problems."""
    problems_of(changes=[change])


names = st.sampled_from("abcdef")


@given(graph=st.dictionaries(names, st.lists(names, max_size=3)))
def test_a_circle_is_found_where_there_is_one(graph: dict[str, list[str]]) -> None:
    """Circles are told if and only if there are any, and no entry is told in two of them."""
    found = list(circles(graph))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        assert found
    else:
        assert not found
    inside = [name for circle in found for name in circle[:-1]]
    assert len(set(inside)) == len(inside)
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(after in graph[name] for name, after in pairwise(circle))


def test_a_circle_of_thousands_is_found() -> None:
    """However long it is, it is told from its first entry on."""
    names = [f"step-{number}" for number in range(5000)]
    after = {name: [names[number - 1]] for number, name in enumerate(names)}
    assert list(circles(after)) == [[names[0], *names[:0:-1], names[0]]]


FAULTS = {
    "key": ("name: Dordrecht", "naam: Dordrecht"),
    "code": ('cbs: "0505"', "cbs: 0505"),
    "points": ("inhabitants: 118541", "inhabitants: 118.541"),
    "share": ('"078": 1.0', '"078": 0.5'),
    "number": ('number: "078"', 'number: "099"'),
    "date": ('"2008"', "2008-07-01"),
    "years": ("[2009]", "[2010, 2009]"),
    "id": ("id: klein", "id: Klein"),
}


def with_faults(file: Path, names: set[str]) -> set[str]:
    """What is told of a good file with these faults put into it."""
    text = GOOD
    for name in names:
        text = text.replace(*FAULTS[name])
    file.write_text(text, encoding="utf-8")
    return {str(problem) for problem in problems_of(file)}


@several
@given(names=st.sets(st.sampled_from(sorted(FAULTS))))
def test_one_fault_never_hides_another(file: Path, names: set[str]) -> None:
    """With more faults in a file each is told just as if it were the only one."""
    alone = [with_faults(file, {name}) for name in names]
    assert with_faults(file, names) == {problem for one in alone for problem in one}
    assert all(len(one) == 1 for one in alone)


FULL = GOOD.replace('"078": 1.0', '"078": 0.7, "0184": 0.3').replace(
    "[2009]",
    """[2009, 2010]
  joint_sites: [0.5, 0.5]
  hourly_profile: [{start: "08:00", share: 0.6}, {start: "09:00", share: 0.4}]
kengetallen: {calls_per_inhabitant: {value: 1.4, range: [1.1, 1.9]}}
levels: {gemak: [0.0, 0.2, 0.25, 0.75, 1.0]}
weights:
  points: {customer: 0.35, cost: 0.65}
  bounds: {customer: [0.15, 0.45], cost: [0.55, 0.85]}""",
)
NUMBERS = (
    *("118541", "0.7", "0.3", "2009", "2010", "0.5", "0.6", "1.4", "1.1", "1.9", "0.2", "0.25"),
    *("0.75", "0.35", "0.65", "0.15", "0.45", "0.55", "0.85"),
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("wrong", ["-7", "1e300", "xyz"])
def test_one_value_that_cannot_be_is_one_fault(file: Path, number: str, wrong: str) -> None:
    """Sums, orders and ranges that a wrong value leads to are no faults beside it."""
    file.write_text(FULL, encoding="utf-8")
    assert not problems_of(file)
    file.write_text(FULL.replace(number, wrong, 1), encoding="utf-8")
    (problem,) = problems_of(file)
    assert problem.line == FULL[: FULL.index(number)].count("\n") + 1


@examples(500)
@given(word=st.text(st.sampled_from("0123456789.:-+_e~"), min_size=1, max_size=10))
def test_a_word_means_what_yaml_says_or_is_refused(word: str) -> None:
    """A word is read as YAML reads it, or as the number that it plainly is, or refused."""
    try:
        read = yaml.safe_load(f"x: {word}")["x"]
    except (yaml.YAMLError, ValueError, TypeError, KeyError, OverflowError):
        return
    found = meaning(word)
    if isinstance(found, Trap | Grouped):
        return
    assert found == read or (isinstance(read, str) and found == float(word.replace("_", "")))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", None),
        ("~", None),
        ("true", True),
        ("ja", "ja"),
        ("Off", Trap("yes_no")),
        ("1_000", 1000),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0.125", 0.125),
        ("122.000", Grouped("122.000")),
        ("122.0000", 122.0),
        ("0", 0),
        ("010", Trap("leading_zero")),
        ("0482", Trap("leading_zero")),
        ("14078", 14078),
        ("10:30", Trap("clock")),
        ("2008-07-01", Trap("date")),
        ("2008-07", "2008-07"),
        ("-.inf", Trap("not_finite")),
        ("0.5.1", "0.5.1"),
        ("-", "-"),
    ],
)
def test_words_without_quotation_marks(word: str, found: object) -> None:
    """Numbers, truth and nothing are read; what YAML makes something else of is refused."""
    assert meaning(word) == found


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_is_read_back(value: float) -> None:
    """A number in full precision stays the same number."""
    found = meaning(repr(value))
    if not isinstance(found, Grouped):
        assert isinstance(found, float)
        assert math.isclose(found, value, rel_tol=0, abs_tol=0)
