"""How sure the cost is: what holds for any draw, and cases with a known answer."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from decision.costs.inputs import Span, spans
from decision.costs.result import costs
from decision.costs.uncertainty import Estimate, Outlook, quantiles, uncertainty
from tests.drechtsteden import drechtsteden, figures, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decision.costs.uncertainty import Uncertainty
    from decision.model.knowledge import Knowledge

YEARS = (2009, 2010, 2011)
PRICED = 15
"""How many kengetallen decide what a form costs, five of them those of other channels."""

SHOWN = 10
"""How many of them a tornado shows."""


@functools.cache
def by_telephone() -> Knowledge:
    """The knowledge with just the five forms that the publication calculates."""
    calculations = published().calculations
    own = {form: one for form, one in calculations.items() if one.moved is None}
    return published().model_copy(update={"calculations": own})


@functools.cache
def found() -> Uncertainty:
    """The outlook of the Drechtsteden, at the draws and seed that the program has by itself."""
    return uncertainty(published(), drechtsteden())


def with_ranges(**ranges: tuple[float, float]) -> Knowledge:
    """The knowledge of the publication's forms, where only these kengetallen are uncertain."""
    return by_telephone().model_copy(
        update={
            "kengetallen": {
                name: one.model_copy(update={"range": ranges.get(name, (one.value, one.value))})
                for name, one in published().kengetallen.items()
            }
        }
    )


def outlooks(result: Uncertainty) -> Iterator[dict[str, Outlook]]:
    """The outlooks of all forms, for each year and for the period."""
    for year in YEARS:
        yield {form: spread.years[year] for form, spread in result.forms.items()}
    yield {form: spread.period for form, spread in result.forms.items()}


def estimates(result: Uncertainty) -> Iterator[dict[str, Estimate]]:
    """The estimates of all forms, for each year, for the period, and for each measure."""
    for of in outlooks(result):
        yield {form: outlook.cost_per_call for form, outlook in of.items()}
        yield {form: outlook.total for form, outlook in of.items()}


def test_chances_add_up() -> None:
    """Some form is cheapest in every draw, and forms that cost the same share it."""
    for of in estimates(found()):
        assert math.fsum(one.cheapest.value for one in of.values()) == pytest.approx(1)
        assert all(one.cheapest.value <= one.unbeaten.value for one in of.values())


def test_forms_that_cost_the_same_are_named() -> None:
    """Form 5 is calculated as 4: each is unbeaten as often, and has half of it."""
    assert found().alike == (("4", "5"),)
    last = {form: spread.years[2011].cost_per_call for form, spread in found().forms.items()}
    assert last["4"] == last["5"]
    assert last["4"].cheapest.value == pytest.approx(last["4"].unbeaten.value / 2)


def test_who_is_cheapest_in_the_drechtsteden() -> None:
    """By telephone it is surely 3b in 2009, likely 3b in 2010, and almost surely 3a in 2011."""
    result = uncertainty(by_telephone(), drechtsteden())
    first, second, third = (
        {form: of[form].cost_per_call.unbeaten.value for form in ("3a", "3b")}
        for of in list(outlooks(result))[:3]
    )
    assert first["3b"] > 0.99
    assert 0.6 < second["3b"] < 0.85
    assert third["3a"] > 0.95


def test_published_cost_lies_within() -> None:
    """The cost at the stated inputs lies between the one-in-ten and nine-in-ten of the draws."""
    for form, stated in costs(published(), drechtsteden()).forms.items():
        for year, cost in stated.years.items():
            outlook = found().forms[form].years[year]
            assert outlook.cost_per_call.p10 < cost.cost_per_call < outlook.cost_per_call.p90
            assert outlook.total.p10 < outlook.total.p50 < outlook.total.p90


def test_error_is_that_of_counting() -> None:
    """The standard error of a chance p is √(p(1-p) ÷ draws)."""
    for of in estimates(found()):
        for one in of.values():
            chance = one.unbeaten.value
            expected = math.sqrt(chance * (1 - chance) / found().draws)
            assert one.unbeaten.error == pytest.approx(expected)


def test_error_shrinks_with_draws() -> None:
    """Two seeds differ by no more than a few standard errors."""
    one, two = (uncertainty(published(), drechtsteden(), seed=seed, draws=2000) for seed in (1, 2))
    for first, second in zip(estimates(one), estimates(two), strict=True):
        for form, of in first.items():
            other = second[form].unbeaten
            apart = abs(of.unbeaten.value - other.value)
            assert apart <= 5 * math.hypot(of.unbeaten.error, other.error) + 3 / 2000


def test_same_seed_same_result() -> None:
    """The same seed gives the same result to the last digit, and another seed does not."""
    one, again, other = (
        uncertainty(published(), drechtsteden(), draws=1500, seed=seed) for seed in (7, 7, 8)
    )
    assert one.forms == again.forms
    assert one.forms != other.forms


def test_other_kengetallen_keep_their_draws() -> None:
    """Making one more kengetal uncertain leaves the draws of the others as they were."""
    alone = uncertainty(with_ranges(wage_second_line=(58_500, 71_500)), drechtsteden(), draws=500)
    both = uncertainty(
        with_ranges(wage_second_line=(58_500, 71_500), wage_outsourced=(40_000, 50_000)),
        drechtsteden(),
        draws=500,
    )
    assert alone.forms["3a"].years[2011].total.p50 == both.forms["3a"].years[2011].total.p50
    assert alone.forms["3b"].years[2011].total.p50 != both.forms["3b"].years[2011].total.p50


def test_without_ranges_nothing_is_uncertain() -> None:
    """Where every kengetal is certain, all draws are the cost at the inputs as stated."""
    result = uncertainty(with_ranges(), drechtsteden(), draws=20)
    for form, stated in costs(by_telephone(), drechtsteden()).forms.items():
        for year, cost in stated.years.items():
            outlook = result.forms[form].years[year]
            per_call, total = outlook.cost_per_call, outlook.total
            assert per_call.p10 == per_call.p50 == per_call.p90 == cost.cost_per_call
            assert total.p10 == total.p50 == total.p90 == cost.total
            assert per_call.unbeaten.error == 0
            assert total.cheapest.error == pytest.approx(0)
    assert result.forms["3b"].years[2010].cost_per_call.unbeaten.value == 1
    assert result.forms["3a"].years[2011].cost_per_call.unbeaten.value == 1


def test_one_wage_has_known_quantiles() -> None:
    """Cost is linear in a wage, so its quantiles are those of a triangular distribution."""
    low, high = 40_000.0, 50_000.0
    result = uncertainty(with_ranges(wage_outsourced=(low, high)), drechtsteden())
    cost = costs(published(), drechtsteden()).forms["3b"].years[2010]
    drawn = result.forms["3b"].years[2010].total
    # Symmetric about 45.000: the p10 of its lower half is low + √(0,1 * 10.000 * 5.000).
    side = math.sqrt(0.1 * (high - low) * (high - low) / 2)
    wages = {"p10": low + side, "p50": 45_000.0, "p90": high - side}
    for name, wage in wages.items():
        expected = cost.total + (wage - 45_000) * cost.fte_first_line
        # Some 100 euro of the wage is three standard errors of a quantile of 10.000 draws.
        assert getattr(drawn, name) == pytest.approx(expected, abs=150 * cost.fte_first_line)
    unmoved = result.forms["3a"].years[2010].total
    assert unmoved.p10 == unmoved.p90


def test_one_wage_has_a_known_chance() -> None:
    """Form 3a is cheapest in 2010 as often as the outsourced wage exceeds the break-even."""
    result = uncertainty(with_ranges(wage_outsourced=(40_000, 50_000)), drechtsteden())
    own, outsourced = (
        costs(published(), drechtsteden()).forms[form].years[2010] for form in ("3a", "3b")
    )
    dearer = (own.cost_per_call - outsourced.cost_per_call) * outsourced.calls
    wage = 45_000 + dearer / outsourced.fte_first_line
    exact = (50_000 - wage) ** 2 / (10_000 * 5_000)
    chance = result.forms["3a"].years[2010].cost_per_call.unbeaten
    assert chance.value == pytest.approx(exact, abs=4 * chance.error)


def test_a_dearer_wage_never_makes_its_form_cheaper() -> None:
    """Where outsourced people cost more, form 3b costs more and is less often the cheapest."""
    plain, dearer = (
        uncertainty(
            published(),
            drechtsteden().model_copy(update={"kengetallen": figures({"wage_outsourced": wage})}),
            draws=1000,
        )
        for wage in (45_000.0, 49_000.0)
    )
    for before, after in zip(estimates(plain), estimates(dearer), strict=True):
        assert after["3b"].p10 >= before["3b"].p10
        assert after["3b"].p50 > before["3b"].p50
        assert after["3b"].unbeaten.value <= before["3b"].unbeaten.value
        assert after["3a"].p50 == before["3a"].p50


def test_promises_may_disappoint() -> None:
    """When only half of the promises comes true, form 3a costs more and still beats nothing."""
    half = Span(0.5, 0.5, 0.5)
    result = uncertainty(by_telephone(), drechtsteden(), draws=500, kept=half)
    last = {form: spread.years[2011].cost_per_call for form, spread in result.forms.items()}
    assert last["3a"].p50 > found().forms["3a"].years[2011].cost_per_call.p50
    assert last["3a"].p50 < last["0"].p50
    assert last["3b"].unbeaten.value > 0.95


def test_promises_drawn_from_a_range() -> None:
    """A promise that is uncertain makes the cost of form 3a more so, and that of form 0 not."""
    kept = Span(0.2, 0.8, 1.0)
    certain, drawn = (
        uncertainty(with_ranges(), drechtsteden(), draws=300, kept=one)
        for one in (Span(1.0, 1.0, 1.0), kept)
    )
    spread = drawn.forms["3a"].years[2011].total
    assert spread.p10 > certain.forms["3a"].years[2011].total.p10
    assert spread.p10 < spread.p90
    nothing = drawn.forms["0"].years[2011].total
    assert nothing.p10 == nothing.p90 == certain.forms["0"].years[2011].total.p10


def test_tornado_has_the_ten_that_matter() -> None:
    """Each kengetal is moved alone to either end; the largest swing comes first."""
    bars = uncertainty(by_telephone(), drechtsteden(), draws=1).tornado.bars("3a", year=2011)
    assert len(bars) == SHOWN
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert [bar.kengetal for bar in bars[:2]] == ["calls_per_inhabitant", "service_target"]
    assert (bars[-1].kengetal, bars[-1].swing) == ("wage_outsourced", 0)


def test_tornado_is_the_cost_at_each_end() -> None:
    """A bar shows the cost with that one kengetal changed, for the workplaces that were bought."""
    chart = uncertainty(published(), drechtsteden(), draws=1).tornado
    stated = costs(published(), drechtsteden()).forms["3a"]
    assert chart.base("3a", year=2011) == stated.years[2011].total
    bought = sum(stated.investments.values())
    for bar in chart.bars("3a", year=2011):
        for value, amount in ((bar.span.low, bar.at_low), (bar.span.high, bar.at_high)):
            region = drechtsteden().model_copy(
                update={"kengetallen": figures({bar.kengetal: value})}
            )
            form = costs(published(), region).forms["3a"]
            changed, more = form.years[2011], sum(form.investments.values()) / bought - 1
            own = changed.depreciation * changed.calls
            assert amount == pytest.approx(changed.total - own * more / (1 + more), abs=1e-6)


def test_tornado_of_a_difference() -> None:
    """For 3a against 3b the wages differ in sign, and over the period the years add up."""
    chart = found().tornado
    bars = {bar.kengetal: bar for bar in chart.bars("3a", "3b")}
    assert bars["wage_first_line"].at_high > bars["wage_first_line"].at_low
    assert bars["wage_outsourced"].at_high < bars["wage_outsourced"].at_low
    years = [{bar.kengetal: bar for bar in chart.bars("3a", "3b", year)} for year in YEARS]
    for name, bar in bars.items():
        assert bar.at_low == pytest.approx(sum(year[name].at_low for year in years))
    assert chart.base("3a", "3b", 2010, "cost_per_call") > 0 > chart.base("3a", "3b", 2010)


def test_some_forms_alone() -> None:
    """Forms that are left out count for nobody's chance; the cost of the others stays the same."""
    some = uncertainty(published(), drechtsteden(), forms=("3a", "3b"))
    assert [*some.forms] == ["0", "3a", "3b"]
    for form, spread in some.forms.items():
        everyone = found().forms[form].period.total
        own = spread.period.total
        assert (own.p10, own.p50, own.p90) == (everyone.p10, everyone.p50, everyone.p90)
        assert own.unbeaten.value >= everyone.unbeaten.value


def test_fewer_draws_where_they_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A region with too many hours to staff gets the first draws of the same seed, and is told."""
    monkeypatch.setattr("decision.costs.uncertainty._MOST_EFFORT", 0)
    bounded = uncertainty(published(), drechtsteden(), draws=5000)
    assert (bounded.draws, bounded.asked) == (100, 5000)
    monkeypatch.undo()
    assert bounded.forms == uncertainty(published(), drechtsteden(), draws=100).forms


@pytest.mark.parametrize("draws", [1, 2, 9, 250])
def test_quantiles_are_those_of_numpy(draws: int) -> None:
    """P10, P50 and P90 lie between two draws as in numpy, with ever so few of them."""
    amounts = np.random.default_rng(draws).normal(size=(draws, 3))
    expected = np.quantile(amounts, (0.1, 0.5, 0.9), axis=0)
    assert np.array(quantiles(np.sort(amounts, axis=0))) == pytest.approx(expected)


def test_progress_is_told() -> None:
    """A caller can show how far the draws are, up to all of them."""
    told: list[tuple[int, int]] = []
    uncertainty(published(), drechtsteden(), draws=6000, progress=lambda *at: told.append(at))
    assert told == [(2500, 6000), (5000, 6000), (6000, 6000)]


def test_draws_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws that are taken together or in parts give the same outlook."""
    together = uncertainty(published(), drechtsteden(), draws=100)
    monkeypatch.setattr("decision.costs.draws._CHUNK", 7)
    in_parts = uncertainty(published(), drechtsteden(), draws=100)
    assert in_parts.forms == together.forms


def test_a_single_draw() -> None:
    """One draw has no spread, and some form is the cheapest in it."""
    one = uncertainty(by_telephone(), drechtsteden(), draws=1).forms["3a"].years[2011].total
    assert one.p10 == one.p50 == one.p90
    assert (one.unbeaten.value, one.unbeaten.error) == (1, 0)


@pytest.mark.parametrize("draws", [0, -1])
def test_no_draws(draws: int) -> None:
    """Nothing can be said without a draw."""
    with pytest.raises(ValueError, match=f"draws is {draws}"):
        uncertainty(published(), drechtsteden(), draws=draws)


@pytest.mark.parametrize("kept", [(-0.1, 0.5, 1.0), (0.5, 0.4, 1.0), (0.5, 1.0, 1.1)])
def test_impossible_promise(kept: tuple[float, float, float]) -> None:
    """A promise is kept for a share between nothing and all."""
    with pytest.raises(ValueError, match="kept is"):
        uncertainty(published(), drechtsteden(), kept=Span(*kept))


def test_ranges_are_told() -> None:
    """The result says from which ranges it was drawn."""
    assert found().spans == spans(published(), drechtsteden())
    assert (found().draws, len(found().spans)) == (10_000, PRICED)
