"""What has to come true: the publication's case, and that a break-even really is one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.arithmetic import MEASURES, Model, measures
from decision.costs.break_even import Compared, Needed, Turns, break_even, shares_needed
from decision.costs.inputs import Span, spans
from decision.costs.result import CostsError, costs
from decision.costs.setup import model
from decision.load import load_region
from tests.drechtsteden import drechtsteden, figures, published
from tests.searching import examples

if TYPE_CHECKING:
    from decision.costs.break_even import BreakEven
    from decision.model.region import Region

YEARS = (2009, 2010, 2011)
FORMS = ("0", "1", "2", "3a", "3b")
NEAR = 1e-8


@functools.cache
def found() -> BreakEven:
    """What has to come true in the Drechtsteden."""
    return break_even(published(), drechtsteden())


@functools.cache
def basis() -> Model:
    """The cost model of the Drechtsteden."""
    return model(published(), drechtsteden())


def by(measure: str) -> Compared:
    """What has to come true, by one measure."""
    compared: Compared = getattr(found(), measure)
    return compared


def share_needed(form: str, other: str, year: int, measure: str = "cost_per_call") -> Needed:
    """What the form must realise to be cheaper than the other in one year."""
    return by(measure).shares[form][other].years[year]


def at_share(share: float) -> Any:  # noqa: ANN401 - an array with four axes
    """The cost of every form, year (and the period) and measure where the share comes true."""
    return measures(basis(), basis().at(kept=np.array([share])))[0]


def with_kengetal(**values: float) -> Region:
    """The region with other kengetallen."""
    return drechtsteden().model_copy(update={"kengetallen": figures(values)})


def test_3a_against_doing_nothing() -> None:
    """In 2011 form 3a needs about 6% of its promise to beat doing nothing."""
    needed = share_needed("3a", "0", 2011)
    assert needed.outcome == "from"
    assert needed.share == pytest.approx(0.064, abs=0.001)


def test_3a_against_outsourcing() -> None:
    """In 2011 form 3a needs close to 90% of its promise to beat form 3b as stated."""
    needed = share_needed("3a", "3b", 2011)
    assert needed.outcome == "from"
    assert needed.share == pytest.approx(0.89, abs=0.01)


def test_outsourcing_cannot_be_beaten_at_first() -> None:
    """At the stated wage no share of its promise makes form 3a cheaper than 3b before 2011."""
    assert [share_needed("3a", "3b", year).outcome for year in YEARS[:2]] == ["never", "never"]
    assert share_needed("3b", "0", 2011) == Needed("always")


def test_fewer_calls_count_in_all_but_not_for_each() -> None:
    """Form 3a avoids more calls than 3b, so that it is sooner cheaper in all than for each."""
    assert share_needed("3a", "3b", 2010, "total").outcome == "from"
    each, in_all = (share_needed("3a", "3b", 2011, measure).share for measure in MEASURES)
    assert in_all is not None
    assert each is not None
    assert in_all < each


def test_doing_nothing_promises_nothing() -> None:
    """What form 0 is compared with does not depend on a promise, as it has none."""
    for other in FORMS[1:]:
        assert share_needed("0", other, 2011).outcome in ("never", "always")


def test_equal_forms_are_never_cheaper() -> None:
    """Form 5 is calculated as 4, so that neither is ever the cheaper one."""
    for measure in MEASURES:
        assert by(measure).shares["5"]["4"].period == Needed("never")
        for pairs in by(measure).kengetallen.values():
            assert pairs["5"]["4"].period == Turns("never", cheaper_at_low=False)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("form", FORMS)
def test_share_really_is_the_break_even(form: str, measure: str) -> None:
    """At it and everywhere above it the form is cheaper, and just below it is not."""
    kind, mine = MEASURES.index(measure), basis().forms.index(form)
    grid = np.linspace(0, 1, 2001)
    curve = measures(basis(), basis().at(kept=grid))[:, mine, :, kind]
    promised = at_share(1.0)[:, :, kind]
    for other, needed in by(measure).shares[form].items():
        rival = promised[basis().forms.index(other)]
        answers = [*needed.years.values(), needed.period]
        for year, answer in enumerate(answers):
            cheaper = curve[:, year] < rival[year]
            if answer.share is None:
                assert (cheaper.all(), cheaper[-1]) == (answer.outcome == "always",) * 2
                continue
            assert cheaper[grid >= answer.share].all()
            assert at_share(answer.share)[mine, year, kind] < rival[year]
            assert not at_share(answer.share - NEAR)[mine, year, kind] < rival[year]


def test_some_forms_alone_need_the_same_shares() -> None:
    """Who asks about a form or two gets the answers that everyone together gets."""
    asked = shares_needed(published(), drechtsteden(), ("3a", "2"))
    for measure in MEASURES:
        assert [*asked[measure]] == ["3a", "2"]
        for form, others in asked[measure].items():
            assert others == by(measure).shares[form]


def test_a_form_without_a_calculation() -> None:
    """A form that nobody can calculate is an error, not an empty answer."""
    with pytest.raises(KeyError):
        shares_needed(published(), drechtsteden(), ("6",))


def test_steps_are_not_smoothed_away() -> None:
    """Whole agents make form 3a cheaper than nothing at 25% in 2009, but not yet for good."""
    needed = share_needed("3a", "0", 2009).share
    assert needed is not None
    nothing = at_share(1.0)[basis().forms.index("0"), 0, 0]
    mine = basis().forms.index("3a")
    early, later, last = (at_share(share)[mine, 0, 0] < nothing for share in (0.25, 0.298, needed))
    assert (early, later, last) == (True, False, True)


@examples(15)
@given(
    st.lists(st.floats(5_000, 150_000), min_size=6, max_size=6),
    st.floats(0, 0.3),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.floats(60, 400), st.floats(60, 400), st.floats(60, 400)),
)
def test_any_promise_of_any_region(
    people: list[float], avoided: float, direct: tuple[float, ...], handling: tuple[float, ...]
) -> None:
    """Whatever form 1 promises and however large its sites: from the share on it stays cheaper."""
    changes = {"calls_avoided": avoided, "direct": direct, "handling_first_line": handling}
    calculation = published().calculations["1"].model_copy(update=changes)
    calculations = {"0": published().calculations["0"], "1": calculation}
    knowledge = published().model_copy(update={"calculations": calculations})
    members = {
        name: member.model_copy(
            update={"inhabitants": member.inhabitants.model_copy(update={"value": number})}
        )
        for (name, member), number in zip(
            drechtsteden().municipalities.items(), people, strict=True
        )
    }
    own = drechtsteden().costs.model_copy(update={"sites": "own", "inhabitants_counted": None})
    region = drechtsteden().model_copy(update={"municipalities": members, "costs": own})
    grid, one = np.linspace(0, 1, 401), model(knowledge, region)
    amounts = measures(one, one.at(kept=grid))
    answers = shares_needed(knowledge, region)
    for kind, measure in enumerate(MEASURES):
        needed = answers[measure]["1"]["0"]
        for year, answer in enumerate([*needed.years.values(), needed.period]):
            cheaper = amounts[:, 1, year, kind] < amounts[-1, 0, year, kind]
            if answer.share is None:
                assert (cheaper.all(), cheaper[-1]) == (answer.outcome == "always",) * 2
            else:
                assert cheaper[grid >= answer.share + NEAR].all()
                edge = np.array([answer.share - NEAR, answer.share + NEAR]).clip(0, 1)
                around = measures(one, one.at(kept=edge))[:, 1, year, kind]
                assert (around < amounts[-1, 0, year, kind]).tolist() == [False, True]


@pytest.mark.parametrize("name", sorted(spans(published(), drechtsteden())))
def test_turns_of_a_kengetal_are_all_there(name: str) -> None:
    """On a grid over the range, form 3a is cheaper just where the turns say that it is."""
    span = found().spans[name]
    grid = np.linspace(span.low, span.high, 701)
    amounts = measures(basis(), basis().at({name: grid}))
    mine = basis().forms.index("3a")
    for kind, measure in enumerate(MEASURES):
        for other in ("0", "1", "2", "3b"):
            turns = by(measure).kengetallen[name]["3a"][other]
            rival = basis().forms.index(other)
            for year, answer in enumerate([*turns.years.values(), turns.period]):
                cheaper = amounts[:, mine, year, kind] < amounts[:, rival, year, kind]
                places = np.array(answer.values)
                clear = np.abs(grid[:, None] - places).min(axis=1, initial=1.0) > NEAR
                passed = places.searchsorted(grid, side="right")
                said = (passed % 2 == 1) ^ answer.cheaper_at_low
                assert (cheaper == said)[clear].all()


def test_wage_at_which_outsourcing_loses() -> None:
    """In 2010 form 3a is the cheaper one from an outsourced wage of 48.448 euro on."""
    turns = found().cost_per_call.kengetallen["wage_outsourced"]["3a"]["3b"].years[2010]
    assert (turns.outcome, turns.cheaper_at_low) == ("turns", False)
    (wage,) = turns.values
    assert round(wage) == 48_448
    # Cost is linear in a wage: the difference per call, divided by the fte per call of form 3b.
    stated = costs(published(), drechtsteden()).forms
    own, outsourced = (stated[form].years[2010] for form in ("3a", "3b"))
    fte_per_call = outsourced.fte_first_line / outsourced.calls
    dearer = own.cost_per_call - outsourced.cost_per_call
    assert wage == pytest.approx(45_000 + dearer / fte_per_call)
    assert turns.cheaper_between(found().spans["wage_outsourced"]) == ((wage, 50_000),)


def test_published_wage_would_settle_it() -> None:
    """At the 50.000 euro with which the publication calculated, 3a is cheaper in 2010 as well."""
    other = break_even(published(), with_kengetal(wage_outsourced=50_000.0)).cost_per_call
    assert other.shares["3a"]["3b"].years[2010].outcome == "from"


def test_parts_of_the_range_where_a_form_is_cheaper() -> None:
    """Turns cut the range into parts in which the form is by turns cheaper and not."""
    span = Span(1.0, 2.0, 5.0)
    assert Turns("turns", True, (2.0, 3.0)).cheaper_between(span) == ((1.0, 2.0), (3.0, 5.0))  # noqa: FBT003
    assert Turns("turns", False, (2.0, 3.0)).cheaper_between(span) == ((2.0, 3.0),)  # noqa: FBT003
    assert Turns("never", cheaper_at_low=False).cheaper_between(span) == ()
    assert Turns("always", cheaper_at_low=True).cheaper_between(span) == ((1.0, 5.0),)


@examples(8)
@given(st.floats(1.0, 1.3))
def test_a_dearer_wage_asks_no_less(factor: float) -> None:
    """Where the first line costs more, form 3a must realise no less of its promise to beat 3b."""
    before = share_needed("3a", "3b", 2011).share
    dearer = shares_needed(published(), with_kengetal(wage_first_line=50_000 * factor), ["3a"])
    after = dearer["cost_per_call"]["3a"]["3b"].years[2011]
    assert before is not None
    assert after.outcome == "never" or (after.share is not None and after.share >= before - NEAR)


def test_a_range_of_one_value_has_no_turns() -> None:
    """A kengetal that is certain decides nothing by itself."""
    certain = {
        name: kengetal.model_copy(update={"range": (kengetal.value, kengetal.value)})
        for name, kengetal in published().kengetallen.items()
    }
    knowledge = published().model_copy(update={"kengetallen": certain})
    result = break_even(knowledge, drechtsteden()).cost_per_call.kengetallen
    turns = {t for of in result.values() for t in of["3a"]["3b"].years.values()}
    assert {turn.outcome for turn in turns} == {"never", "always"}


def test_own_value_takes_its_range_along() -> None:
    """A region's own value outside the range moves the range; one inside leaves it as it is."""
    moved = spans(published(), with_kengetal(calls_per_inhabitant=3.0))["calls_per_inhabitant"]
    assert tuple(moved) == pytest.approx((2.4, 3.0, 3.6))
    kept = spans(published(), with_kengetal(calls_per_inhabitant=1.6))["calls_per_inhabitant"]
    assert kept == (1.2, 1.6, 1.8)


def test_own_value_at_the_edge_stretches_its_range() -> None:
    """A target of 95% cannot take its range along past 100%, so the range reaches up to it."""
    stretched = spans(published(), with_kengetal(service_target=0.95))["service_target"]
    assert stretched == (0.7, 0.95, 0.95)


def test_impossible_range() -> None:
    """A range that reaches to what cannot be is refused by name."""
    target = published().kengetallen["service_target"].model_copy(update={"range": (0.7, 1.0)})
    kengetallen = {**published().kengetallen, "service_target": target}
    knowledge = published().model_copy(update={"kengetallen": kengetallen})
    with pytest.raises(CostsError, match=r"service_target is 1\.0"):
        break_even(knowledge, drechtsteden())


def test_calls_counted_by_the_region_itself() -> None:
    """Where every municipality counts its calls, calls per inhabitant decide nothing."""
    members = {
        name: member.model_copy(update={"calls_per_year": member.inhabitants})
        for name, member in drechtsteden().municipalities.items()
    }
    basis = drechtsteden().costs.model_copy(update={"sites": "own"})
    region = drechtsteden().model_copy(update={"municipalities": members, "costs": basis})
    result = break_even(published(), region).cost_per_call.kengetallen["calls_per_inhabitant"]
    assert all(
        not t.values for of in result.values() for p in of.values() for t in p.years.values()
    )


def test_a_form_that_costs_the_same_is_not_cheaper() -> None:
    """What rounding makes less is no saving: the share is the one from which cents are saved."""
    sizes = {"dordrecht": 118541, "papendrecht": 23875, "zwijndrecht": 12000}
    changes = [f"municipalities.{name}.inhabitants={size}" for name, size in sizes.items()]
    case = load_region("drechtsteden.yaml", changes=[*changes, "costs.second_line=own"])
    knowledge, region = case.knowledge, case.region
    alone, among = (
        shares_needed(knowledge, region, forms)["total"]["2"]["1"].years[2009]
        for forms in (("2",), ())
    )
    assert alone.share == pytest.approx(among.share, abs=1e-9)
    assert alone.share is not None
    own = model(knowledge, region)
    mine, other = (own.forms.index(form) for form in ("2", "1"))
    total = MEASURES.index("total")
    cost = measures(own, own.at(kept=np.array([alone.share - 0.01, alone.share + 1e-6, 1.0])))
    rival = cost[-1, other, 0, total]
    assert cost[0, mine, 0, total] == pytest.approx(rival, abs=0.01)
    assert cost[1, mine, 0, total] < rival - 1
