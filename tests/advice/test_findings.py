"""What follows from an advice: found when it is asked for, once, and in one way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from decision.advice import findings
from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.load import Case, load_region
from decision.model.facts import Fact
from decision.report.answers.robustness import robustness_answer
from decision.report.report import Report
from decision.scores import analysis
from decision.scores.cost_draws import cost_shares
from tests.regions import with_fact


def test_each_is_found_once(advice: Advice) -> None:
    """Who asks again gets the same object, by whatever way."""
    found = advice.findings
    assert found is advice.findings
    assert found.chosen is found.about("3a")
    for name in ("break_even", "verification", "robustness", "of_stated"):
        assert getattr(found, name) is getattr(found, name)
    for name in ("sharing", "routes", "settlement", "shares_needed", "roadmap", "derivation"):
        assert getattr(found.about("3a"), name) is getattr(found.about("3a"), name)
    assert found.about("3a").outlook is found.of_stated
    assert found.about("3a").roadmap is advice.roadmap


def test_nothing_is_found_before_it_is_asked(
    drechtsteden: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An advice alone draws nothing of the costs, divides nothing and follows no route."""

    def asked(*_: object, **__: object) -> None:
        pytest.fail("nobody asked for this")

    for name in ("drawn", "sharing", "routes"):
        monkeypatch.setattr(findings, name, asked)
    assert decide(drechtsteden).findings.form == "3a"


def test_the_request_holds_for_every_finding(drechtsteden: Case) -> None:
    """Draws, seed and form are given once, where the advice is made."""
    advice = decide(drechtsteden, Request(form="2", draws=30, seed=3))
    found = advice.findings
    assert advice.recommended == "3a"
    assert found.form == "2"
    for one in (found.uncertainty, found.of_stated):
        assert (one.draws, one.seed) == (30, 3)
    sure = found.robustness
    assert sure.chances is not None
    for smaa in (sure.everyone, sure.chances):
        assert (smaa.samples, smaa.seed) == (30, 3)
    assert {form: one.ranks for form, one in sure.chances.forms.items()} == (
        advice.rank_acceptability
    )
    assert found.chosen is not None
    assert found.chosen.routes[-1].path[-1] == "2"


def test_who_tells_costs_and_chances_staffs_the_last_year_once(
    drechtsteden: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chances take over who answers in the draws of cost, and come out as without these."""
    given, plain = [], cost_shares

    def shares(*known: Any, crews: Any, **options: Any) -> Any:  # noqa: ANN401 - as it came
        given.append(crews)
        return plain(*known, crews=crews, **options)

    monkeypatch.setattr(analysis, "cost_shares", shares)
    advice = decide(drechtsteden, Request(draws=30))
    for part in ("main", "appendices"):
        Report(advice).text("md", part)
    robustness_answer(advice, "nl")
    found = advice.findings.robustness
    alone = replace(found, crews=lambda: None)
    assert alone.everyone == found.everyone
    assert [one is not None for one in given] == [True, False]


def test_an_advice_that_is_changed_finds_anew(advice: Advice) -> None:
    """Findings belong to the advice that they were found for."""
    other = replace(advice, recommended="2", roadmap=None)
    assert other.findings.form == "2"
    assert advice.findings.form == "3a"


def test_a_form_with_nobody_in_it_divides_nothing(drechtsteden: Case) -> None:
    """Without members there is nothing to divide or to settle, and still a way to go."""
    names = drechtsteden.region.municipalities
    changes = [f"municipalities.{name}.facts.joins_number=nee" for name in names]
    found = decide(load_region("drechtsteden.yaml", changes=changes)).findings.about("3a")
    assert (found.members, found.divides) == ((), "few")
    assert (found.sharing, found.settlement) == (None, None)
    assert found.routes


def test_the_undecided_are_a_range_beside_the_plan(drechtsteden: Case) -> None:
    """Papendrecht that may join counts as it is now, and beside that as joining 3a."""
    sure = decide(drechtsteden).findings
    assert (sure.undecided, sure.plan_money_if_all_join) == ((), None)
    found = decide(
        with_fact(drechtsteden, "papendrecht", "cooperation", Fact(value="unknown"))
    ).findings
    plan, joined = found.plan_money, found.plan_money_if_all_join
    assert found.undecided == ("papendrecht",)
    assert plan is not None
    assert joined is not None
    for year, one in joined.years.items():
        assert one.baseline == plan.years[year].baseline
    apart, inside = (one.municipalities["papendrecht"][2011] for one in (plan, joined))
    assert inside.difference < 0 <= apart.difference
    assert joined.years[2011].cost < plan.years[2011].cost
