"""The joint number as a choice: who calls one that is not theirs, and what another would change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.advice.number import number_choice
from decision.eligibility.evaluation import scope
from decision.load import load_region
from decision.model.facts import Figure
from decision.report.report import Report
from tests.searching import examples
from tests.small import problems_of

CASE = load_region("drechtsteden.yaml")
REGION = CASE.region
SHARES = st.sampled_from((0.0, 0.3, 1.0, "unknown"))


def test_nine_percent_calls_a_number_that_is_not_theirs() -> None:
    """Table 2.1: only Sliedrecht, 23,774 of 261,609 inhabitants, lies outside 078."""
    found = number_choice(REGION)
    assert found.elsewhere.low == found.elsewhere.high == 23774 / 261609
    assert found.better == ()
    other = number_choice(REGION.model_copy(update={"number": "0184"}))
    assert other.better == ("078",)


def test_a_number_that_fits_more_inhabitants_is_told() -> None:
    """Whoever chooses 140184 reads that 91% calls another one, and that 14078 fits."""
    changed = load_region("drechtsteden.yaml", changes=['number="0184"'])
    text = " ".join(Report(decide(changed), wanted=["summary"]).text("md").split())
    assert "91% van de inwoners woont buiten het netnummer van 140184" in text
    assert "Een ander nummer past bij meer inwoners: dan is dat 9% bij 14078." in text


@examples(40)
@given(
    st.lists(st.tuples(st.integers(1, 90000), SHARES, SHARES), min_size=1, max_size=4),
    st.sampled_from((0.0, 0.5, 1.0)),
)
def test_an_answer_lies_in_the_range_that_was_told(
    members: list[tuple[int, float | str, float | str]], answer: float
) -> None:
    """Whatever share turns out to lie in a number, the outcome was among those told before."""
    some = next(iter(REGION.municipalities.values()))
    towns = {}
    for at, (size, own, other) in enumerate(members):
        coverage = {"078": own, "0184": other}
        changes = {"inhabitants": Figure(value=size), "coverage": coverage}
        towns[str(at)] = some.model_copy(update=changes)
    before = number_choice(REGION.model_copy(update={"municipalities": towns}))
    assert all(one.low <= one.high for one in (before.elsewhere, *before.others.values()))
    known = {
        name: one.model_copy(
            update={
                "coverage": {
                    number: answer * (1 - sum(s for s in one.coverage.values() if s != "unknown"))
                    if share == "unknown"
                    else share
                    for number, share in one.coverage.items()
                }
            }
        )
        for name, one in towns.items()
        if [*one.coverage.values()].count("unknown") < 2
        and sum(s for s in one.coverage.values() if s != "unknown") <= 1
    }
    if known.keys() == towns.keys():
        after = number_choice(REGION.model_copy(update={"municipalities": known}))
        low, high = before.elsewhere.low - 1e-9, before.elsewhere.high + 1e-9
        assert low <= after.elsewhere.low <= high
        assert set(before.better) <= {n for n in before.others if n in after.others}


def test_a_number_in_which_nobody_lives_is_refused() -> None:
    """A share of nothing is no share: the number has to be somebody's."""
    changes = [
        f'municipalities.{name}.coverage={{"079": 0, "0184": 1.0}}'
        for name in REGION.municipalities
    ]
    neighbours = [f'neighbours.{name}.coverage={{"0186": 1.0}}' for name in REGION.neighbours]
    found = problems_of(
        "drechtsteden.yaml", changes=["groupings={}", 'number="079"', *changes, *neighbours]
    )
    assert any("079" in problem.message for problem in found)


def test_neighbours_that_nobody_lists_are_unknown() -> None:
    """A file that lists no neighbours does not say that there are none; an empty list does."""
    kept = {name: getattr(REGION, name) for name in REGION.model_fields_set - {"neighbours"}}
    silent = type(REGION).model_construct(**kept)
    empty = type(REGION).model_construct(**kept, neighbours={})
    values = [
        scope(CASE.knowledge, one).facts["number_outside_region"].value
        for one in (silent, empty, REGION)
    ]
    assert values == ["unknown", "nee", "ja"]
