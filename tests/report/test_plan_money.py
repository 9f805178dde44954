"""The money of the plan comes from one place, and stands first wherever money is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.report.report import Report
from decision.words.numbers import Numbers
from tests.command_line import Run

if TYPE_CHECKING:
    from collections.abc import Callable

REGION = "drechtsteden.yaml"


@pytest.fixture(scope="module")
def found() -> Advice:
    """The advice for the region that comes with the program."""
    return decide(load_region(REGION))


def plan_in(out: str) -> dict[str, Any]:
    """The plan in the JSON of a command."""
    plan: dict[str, Any] = json.loads(out)["plan"]
    return plan


def test_every_output_tells_the_same_money(decide: Callable[..., Run], found: Advice) -> None:
    """Advice, costs and draft decision name one cost, one investment and one baseline."""
    region = plan_in(decide("region", REGION, "--format", "json")[1])
    costs = plan_in(decide("costs", REGION, "--draws", "20", "--format", "json")[1])
    assert region == costs
    money = found.findings.plan_money
    assert money is not None
    last = money.years[2011]
    assert region["years"]["2011"]["cost"] == last.cost
    assert region["baseline"]["2011"] == last.baseline
    assert region["investment"] == money.investment == 435_000
    towns = region["municipalities"].values()
    assert sum(one["2011"]["cost"] for one in towns) == pytest.approx(last.cost)
    euro = Numbers("nl").euro
    exact = Report(found, wanted=["calculation", "municipalities"]).text("md")
    assert f"| 2011 | {euro(last.cost)} | {euro(last.difference)} | {euro(last.cash)} |" in exact
    for name, town in money.municipalities.items():
        one = town[2011]
        told = f"Betaalt in 2011 {euro(one.cost)}; zonder plan {euro(one.cost - one.difference)}."
        assert told in exact, name
    text = Report(found, wanted=["summary", "costs", "decisions"]).text("md")
    assert text.count(euro(money.investment)) >= 3
    thousands = euro(round(last.cost, -3))
    assert f"| 2011 | {thousands} |" in text


def test_the_comparison_is_called_so(found: Advice) -> None:
    """If all took part from the first year is no plan, and says so."""
    text = Report(found, wanted=["summary", "costs"]).text("md")
    assert "Deden alle gemeenten vanaf 2009 mee, dan betaalden zij" in text
    assert "Dit is een vergelijking, geen plan" in text


def test_without_an_advice_there_is_no_money_of_a_plan(decide: Callable[..., Run]) -> None:
    """Of what nobody is sure to do nobody tells what it costs."""
    names = [*load_region(REGION).region.municipalities]
    sets = [
        part
        for name in names
        for part in ("--set", f"municipalities.{name}.facts.cooperation=unknown")
    ]
    _, out, _ = decide("region", REGION, "--format", "json", *sets)
    assert plan_in(out) is None
