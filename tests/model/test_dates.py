"""Rules and figures come and go: what counts on a date, and what is wrong with a rule by itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from decision.advice.advice import decide
from decision.eligibility.evaluation import Scope, evaluate
from decision.load import InputError, load_knowledge, load_region
from decision.model.dates import knowledge_at, without_value
from decision.model.facts import Fact
from decision.model.figures import Kengetal
from decision.model.knowledge import FactDefinition, Knowledge, Lesson
from decision.model.requirements import TakingPart
from decision.model.rules import Rule
from decision.model.values import first_day, is_date
from tests.small import problems_of, small_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = {"document": "boek", "place": "hoofdstuk 1"}
RULE: dict[str, Any] = {
    "kind": "lesson",
    "guards": ["3a"],
    "of_each": "municipality",
    "requires": {"fact": "a", "is": "low"},
    "otherwise": "warns",
    "because": "Daarom.",
    "source": SOURCE,
}
KENGETAL: dict[str, Any] = {
    "name": "loon",
    "value": 0,
    "unit": "euro",
    "range": [0, 100],
    "possible": [0, 100],
    "source": SOURCE,
}

days = st.dates(dt.date(2000, 1, 1), dt.date(2004, 12, 31))
dates = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from((4, 7, 10)))


def begins(date: str) -> dt.date:
    """The first day of a date, worked out with the calendar."""
    parts = [int(part) for part in date.split("-")]
    return dt.date(*[*parts, 1, 1][:3])


def knowledge_of(**parts: Any) -> Knowledge:  # noqa: ANN401 - any part of the knowledge
    """Knowledge with nothing in it but these parts."""
    empty: dict[str, Any] = {"rules": {}, "investments": {}, "lessons": {}, "kengetallen": {}}
    return Knowledge.model_construct(**{**empty, **parts})


@given(st.none() | dates, st.none() | dates, dates)
def test_a_rule_counts_from_its_first_day_to_the_day_before_its_last_date(
    start: str | None, end: str | None, now: str
) -> None:
    """The calendar says whether a rule is in force; what is not, is said to be left out."""
    if start and end and begins(end) <= begins(start):
        return
    rule = Rule.model_validate({**RULE, "from": start, "until": end})
    knowledge, left_out = knowledge_at(knowledge_of(rules={"one": rule}), now)
    begun = start is None or begins(start) <= begins(now)
    ended = end is not None and begins(end) <= begins(now)
    assert set(knowledge.rules) == ({"one"} if begun and not ended else set())
    assert [(one.id, one.start, one.end) for one in left_out] == (
        [] if knowledge.rules else [("one", start, end)]
    )


@given(st.dictionaries(dates, st.integers(1, 100), max_size=4), st.none() | dates, dates)
def test_of_the_values_of_a_kengetal_the_one_that_began_last_counts(
    versions: dict[str, int], start: str | None, now: str
) -> None:
    """A new value follows the old one; before the first there is none."""
    begun = {begins(date): value for date, value in versions.items()}
    first = begins(start) if start else dt.date.min
    if len(begun) < len(versions) or first in begun:
        return
    dated = {
        f"v{value}": {"value": v, "from": date} for value, (date, v) in enumerate(versions.items())
    }
    kengetal = Kengetal.model_validate({**KENGETAL, "from": start, "versions": dated})
    knowledge = knowledge_of(kengetallen={"loon": kengetal})
    found = [(day, value) for day, value in {**begun, first: 0}.items() if day <= begins(now)]
    if not found:
        assert without_value(knowledge, now) == ("loon",)
        return
    held = knowledge_at(knowledge, now)[0].kengetallen["loon"]
    assert held.value == max(found)[1]
    assert held.versions == {}


def test_a_version_keeps_what_it_does_not_say() -> None:
    """A new value has the range, the unit and the source of the old one until it has its own."""
    versions = {
        "later": {"value": 20, "from": "2012", "range": [10, 30], "assumed": ["value"]},
        "laatst": {"value": 30, "from": "2015", "until": "2016", "because": "Nieuw."},
    }
    kengetal = Kengetal.model_validate({**KENGETAL, "versions": versions})
    knowledge = knowledge_of(kengetallen={"loon": kengetal})

    def at(date: str) -> Kengetal:
        return knowledge_at(knowledge, date)[0].kengetallen["loon"]

    assert (at("2011").value, at("2011").range, at("2011").assumed) == (0, (0, 100), ())
    assert (at("2012").value, at("2012").range, at("2012").assumed) == (20, (10, 30), ("value",))
    assert (at("2015").value, at("2015").range, at("2015").because) == (30, (0, 100), "Nieuw.")
    assert (at("2016").value, at("2016").source) == (20, kengetal.source)


def test_a_lesson_leaves_out_rules_that_do_not_count() -> None:
    """Nothing downstream refers to a rule that is not there."""
    rule = Rule.model_validate({**RULE, "from": "2015"})
    lesson = Lesson.model_validate(
        {"number": 1, "name": "Les", "about": "Leer.", "rules": ["one"], "source": SOURCE}
    )
    knowledge = knowledge_of(rules={"one": rule}, lessons={"les": lesson})
    assert knowledge_at(knowledge, "2014")[0].lessons["les"].rules == ()
    assert knowledge_at(knowledge, "2015")[0].lessons["les"].rules == ("one",)


@pytest.mark.parametrize(
    "date",
    [
        "2008-02-30",
        "2008-13",
        "0000",
        "08",
        "2008-7-1",
        "10000",
        "1899",
        "2201-01",
        "9999-01",
        2008,
        None,
    ],
)
def test_what_the_calendar_does_not_have_is_no_date(date: object) -> None:
    """A date is a year, a month or a day that exists."""
    assert not is_date(date)


@given(dates)
def test_a_date_stands_for_its_first_day(date: str) -> None:
    """A year begins on the first of January, a month on its first day."""
    assert is_date(date)
    assert first_day(date) == begins(date).isoformat()


# --- what is loaded


def test_the_reference_date_of_the_region_is_the_default() -> None:
    """Without a date the rules are those of the moment that the facts are about."""
    case = load_region("drechtsteden")
    assert case.as_of == case.region.reference_date == "2008-07"
    assert case == load_region("drechtsteden", as_of="2008-07")


def test_the_rules_of_2015_count_in_2015_only() -> None:
    """From 2015 the municipality is the entrance to government; before, that is left out aloud."""
    before, after = (load_region("drechtsteden", as_of=date) for date in ("2014-12-31", "2015"))
    later = set(after.knowledge.rules) - set(before.knowledge.rules)
    assert later == {one.id for one in before.not_in_force} == {"ingang-van-de-overheid"}
    assert after.not_in_force == ()
    assert decide(after).recommended == decide(before).recommended == "3a"


def test_thresholds_of_our_own_are_assumptions_of_the_advice() -> None:
    """A share that no source gives is told among what the advice rests on."""
    advice = decide(load_region("drechtsteden"))
    told = {one.id for one in advice.assumptions if one.kind == "rule"}
    assert told >= {"visie-bij-de-meesten", "capaciteit-bij-de-meesten", "genoeg-inwoners"}


def test_the_knowledge_as_a_whole_keeps_its_dates() -> None:
    """Who asks for no date gets every rule."""
    assert load_knowledge().rules["ingang-van-de-overheid"].from_ == "2015"
    assert "ingang-van-de-overheid" not in load_knowledge(as_of="2014").rules


def test_a_date_that_is_none_is_told() -> None:
    """A wrong date from a program is a fault like any other."""
    for load in (
        lambda: load_region("drechtsteden", as_of="mei"),
        lambda: load_knowledge(as_of=""),
    ):
        with pytest.raises(InputError) as error:
            load()
        (problem,) = error.value.problems
        assert (problem.file, problem.code) == ("--as-of", "not_a_date")


@pytest.fixture
def small() -> Iterator[None]:
    """The small knowledge, in the folder of broken files."""
    with small_knowledge():
        yield


OWN = """
kengetallen:
  opening_days:
    until: "2010"
    versions: {later: {value: 255, from: "2010"}}
investments:
  systeem: {from: "2009"}
running_costs:
  huur:
    name: huur
    amounts: {3a: {euro: 500}}
    until: "2010"
    source: {document: boek, place: hier}
"""


@pytest.mark.usefixtures("small")
def test_a_region_reckons_with_the_values_of_its_date(tmp_path: Path) -> None:
    """Three dates: other figures, an investment that is not there yet, and rent that ends."""
    (tmp_path / "eigen.yaml").write_text(OWN, encoding="utf-8")

    def at(date: str | None) -> tuple[float, list[str], list[str]]:
        case = load_region("good.yaml", criteria=tmp_path, as_of=date)
        left_out = [f"{one.kind} {one.id}" for one in case.not_in_force]
        days = case.knowledge.kengetallen["opening_days"].value
        items = [*case.knowledge.investments, *case.knowledge.running_costs]
        return days, items, left_out

    assert at(None) == (260, ["huur"], ["investment systeem"])
    assert at("2009-06") == (260, ["systeem", "huur"], [])
    assert at("2010") == (255, ["systeem"], ["running_cost huur"])


@pytest.mark.usefixtures("small")
def test_calls_are_counted_with_the_value_of_the_date(tmp_path: Path) -> None:
    """More calls than can be staffed is a fault of the year in which there are so many."""
    many_calls = '{range: [1, 100], versions: {veel: {value: 100, from: "2010"}}}'
    text = f"kengetallen: {{calls_per_inhabitant: {many_calls}}}"
    (tmp_path / "eigen.yaml").write_text(text, encoding="utf-8")
    many = ["municipalities.dordrecht.inhabitants=50000000"]
    assert problems_of(criteria=tmp_path, changes=many) == ()
    with pytest.raises(InputError) as error:
        load_region("good.yaml", criteria=tmp_path, changes=many, as_of="2010")
    assert [problem.code for problem in error.value.problems] == ["too_many_calls"]


# --- what is wrong with a rule by itself

LEVELS = ("low", "middle", "high")
KNOWN = {
    "fact": {"a": dict.fromkeys(LEVELS), "b": dict.fromkeys(LEVELS)},
    "fact owner": {"a": "municipality", "b": "municipality"},
    "activity": {"do": None},
    "activity owner": {"do": "municipality"},
    "form": {"3a": None},
    "document": {"boek": None},
}


def comparisons(facts: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """A comparison of one fact with one level."""
    return st.builds(
        lambda fact, comparator, level: {"fact": fact, comparator: level},
        st.sampled_from(facts),
        st.sampled_from(("is", "at_least", "at_most")),
        st.sampled_from(LEVELS),
    )


def requirements(facts: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Any requirement on one partner."""
    return st.recursive(
        comparisons(facts),
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=5,
    )


def faults(rule: dict[str, Any]) -> list[tuple[tuple[int | str, ...], str]]:
    """The places and the kinds of what is wrong with a rule."""
    try:
        Rule.model_validate(rule, context=KNOWN)
    except ValidationError as error:
        return [(one["loc"], one["type"]) for one in error.errors()]
    return []


@given(requirements(("a",)), st.sampled_from(LEVELS))
def test_a_remedy_that_leaves_its_rule_unmet_is_a_fault(
    requires: dict[str, Any], level: str
) -> None:
    """Once the remedy is carried out, the rule must be met, by the same logic that judges it."""
    definition = FactDefinition.model_validate(
        {"of": "municipality", "name": "a", "question": "?", "levels": dict.fromkeys(LEVELS, "x")}
    )
    rule = {**RULE, "requires": requires, "remedy": {"fact": "a", "becomes": level, "by": "do"}}
    predicate = Rule.model_validate({**RULE, "requires": requires}).requires
    assert not isinstance(predicate, TakingPart)
    held = Scope("one", {"a": Fact(value=level)}, {"a": definition})
    met = evaluate(predicate, held).truth == "yes"
    assert faults(rule) == ([] if met else [(("remedy", "becomes"), "remedy_not_enough")])


@given(requirements(("b",)))
def test_a_remedy_of_something_that_is_not_asked_is_a_fault(requires: dict[str, Any]) -> None:
    """What the rule does not ask for cannot satisfy it."""
    rule = {**RULE, "requires": requires, "remedy": {"fact": "a", "becomes": "low", "by": "do"}}
    assert faults(rule) == [(("remedy", "fact"), "remedy_of_other_fact")]


@given(comparisons(("a",)), comparisons(("b",)))
def test_a_remedy_answers_for_its_own_part_of_a_rule(
    asked: dict[str, Any], other: dict[str, Any]
) -> None:
    """What else the rule asks is for other remedies."""
    (level,) = (value for key, value in asked.items() if key != "fact")
    remedy = {"fact": "a", "becomes": level, "by": "do"}
    for join in ("all", "any"):
        assert faults({**RULE, "requires": {join: [asked, other]}, "remedy": remedy}) == []


@pytest.mark.parametrize(
    ("of", "otherwise"),
    [("region", "joins_later"), ("region", "stays_out"), ("municipality", "excludes")],
)
def test_a_consequence_that_would_be_ignored_is_a_fault(of: str, otherwise: str) -> None:
    """A form is excluded for the region as a whole; all else but a warning is about a partner."""
    requires = {"municipalities": {"fact": "a", "is": "low"}, "count": 1}
    rule = {**RULE, "of_each": of, "otherwise": otherwise}
    rule = {**rule, "requires": requires} if of == "region" else rule
    assert faults(rule) == [(("otherwise",), "consequence_of_other")]


@given(requirements(("a", "b")))
def test_a_fact_is_asked_of_who_has_it(requires: dict[str, Any]) -> None:
    """A fact of municipalities is asked of the region only by counting them."""
    counted = {"municipalities": requires, "count": 1}
    of_region = {**RULE, "of_each": "region"}
    assert faults({**RULE, "requires": requires}) == []
    assert faults({**of_region, "requires": counted}) == []
    assert {kind for _, kind in faults({**of_region, "requires": requires})} == {
        "fact_asked_of_other"
    }
    assert faults({**RULE, "requires": counted}) == [
        (("requires", "municipalities"), "count_outside_region")
    ]
