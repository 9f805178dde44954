"""The requirements of VNG: who meets them, and how far the speed of answering is from the norm."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.checklist import (
    AnswerSpeed,
    ConnectionRequirement,
    Norm,
    Telephony,
    answer_speeds,
    checklist,
)
from decision.costs.prices import Fixed, Rates
from decision.costs.result import costs, own_calls
from decision.eligibility.verdicts import eligibility
from decision.load import Case, load_region
from decision.report.report import Report

REGION = "drechtsteden.yaml"
STARTS = ("08:00", "09:00", "10:00")
ONE, FREE = np.array(1.0), Fixed(np.array(0.0), np.array(0.0))
RATES = Rates(np.array(260 / 1350), np.array(50_000.0), ONE, ONE, FREE, FREE)
PLANNED, VNG = Norm(0.8, 30), Norm(0.8, 20)


def advice_of(*changes: str) -> Advice:
    """The advice for the Drechtsteden with some changes."""
    return decide(load_region(REGION, changes=changes))


def requirement(advice: Advice, name: str, rule: str) -> ConnectionRequirement:
    """One requirement for one municipality."""
    return next(one for one in advice.checklist.municipalities[name] if one.rule == rule)


def speed(advice: Advice, name: str) -> AnswerSpeed:
    """What is computed of the speed of answering of one municipality."""
    found = requirement(advice, name, "vng-opneemsnelheid").speed
    assert found is not None
    return found


def telephony(*sites: list[float], handling: float = 120) -> Telephony:
    """Sites with their calls in each of three hours, at € 50.000 an fte of 1.350 hours."""
    return Telephony(STARTS, np.array(sites), handling, RATES)


def in_time(calls: float, handling: float, agents: int, wait: float) -> float:
    """Erlang C from the textbook: the sum over the agents, term by term."""
    load = calls * handling / 3600
    terms = [1.0]
    for busy in range(1, agents + 1):
        terms.append(terms[-1] * load / busy)
    waiting = terms[-1] * agents / (agents - load)
    chance = waiting / (sum(terms[:-1]) + waiting)
    return 1 - chance * exp(-(agents - load) * wait / handling)


def test_there_are_thirteen_requirements(advice: Advice) -> None:
    """Each municipality is held against all thirteen (hoofdstuk 2), with their own source."""
    for own in advice.checklist.municipalities.values():
        places = [advice.knowledge.rules[one.rule].source.place for one in own]
        assert places == [f"hoofdstuk 2, aansluiteis {number}" for number in range(1, 14)]


def test_a_requirement_stands_as_its_verdict(advice: Advice) -> None:
    """The checklist never says something else than the verdict on the same rule."""
    for name, own in advice.checklist.municipalities.items():
        verdict = advice.eligibility.municipalities[name]["3a"]
        for status, truth in (("met", "yes"), ("not_met", "no"), ("unknown", "unknown")):
            assert {one.rule for one in own if one.status == status} <= {*verdict.rules(truth)}  # type: ignore[arg-type]


def test_two_municipalities_lack_scripts(advice: Advice) -> None:
    """Papendrecht has them to make, in Zwijndrecht the knowledge is in heads (bijlage C)."""
    lacking = {
        name
        for name in advice.region.municipalities
        if requirement(advice, name, "vng-nummerplan").status == "not_met"
    }
    assert lacking == {"papendrecht", "zwijndrecht"}


def test_what_is_declared_meets_a_requirement() -> None:
    """A municipality that follows the style guide meets the requirement; one that does not, not."""
    fact = "municipalities.dordrecht.facts.vng_style"
    for level, status in (("ja", "met"), ("nee", "not_met"), ("unknown", "unknown")):
        assert requirement(advice_of(f"{fact}={level}"), "dordrecht", "vng-stijl").status == status


def test_each_municipality_has_its_own_calls(advice: Advice) -> None:
    """Not a sixth each, as in bijlage D: the larger a municipality, the more calls it answers."""
    calls = own_calls(advice.knowledge, advice.region, advice.costs)
    assert sum(calls.values()) == pytest.approx(1506 * 260)
    for name, a_year in calls.items():
        hours = speed(advice, name).hours
        assert sum(hour.calls for hour in hours) == pytest.approx(a_year / 260)
        share = advice.region.sizes[name] / 261_609
        assert a_year == pytest.approx(1506 * 260 * share)


def test_dordrecht_by_the_textbook(advice: Advice) -> None:
    """By the textbook formula Dordrecht has too few people from 12 to 1, and enough else."""
    hours = speed(advice, "dordrecht").hours
    for hour in hours:
        assert hour.in_time == pytest.approx(in_time(hour.calls, 120, hour.agents, 20))
        assert in_time(hour.calls, 120, hour.agents, 30) >= 0.8
        assert in_time(hour.calls, 120, hour.agents_norm, 20) >= 0.8
    assert [hour.start for hour in hours if hour.extra] == ["12:00"]
    assert [hour.start for hour in hours if hour.in_time < 0.8] == ["12:00"]
    assert speed(advice, "dordrecht").extra_fte == pytest.approx(260 / 1350)
    assert speed(advice, "dordrecht").extra_euro == pytest.approx(260 / 1350 * 50_000)


def test_the_whole_region_together(advice: Advice) -> None:
    """In form 3a all calls of 2011 come in at one place: 285.447 a year of 194 seconds."""
    together, year = advice.checklist.together, advice.costs.forms["3a"].last_year
    assert together is not None
    assert advice.checklist.form == "3a"
    assert sum(hour.calls for hour in together.hours) * 260 == pytest.approx(year.calls)
    assert [hour.agents for hour in together.hours] == [h.agents_first_line for h in year.hours]
    for hour in together.hours:
        assert hour.in_time == pytest.approx(in_time(hour.calls, 194, hour.agents, 20))


CAP, JOINT, OWN = (
    "costs.occupancy_cap=0.75",
    "costs.joint_sites=[0.5, 0.3, 0.2]",
    "municipalities.dordrecht.sites=[0.5, 0.5]",
)


@pytest.mark.parametrize("used", [*product((False, True), repeat=3)], ids=str)
def test_the_people_are_those_of_the_cost_model(used: tuple[bool, ...]) -> None:
    """Hour by hour the checklist plans as many agents as the costs, whatever the region sets."""
    changes = [one for one, wanted in zip((CAP, JOINT, OWN), used, strict=True) if wanted]
    case = load_region(REGION, changes=["costs.sites=own", *changes])
    knowledge, region = case.knowledge, case.region
    verdicts, priced = eligibility(knowledge, region), costs(knowledge, region)

    def planned(form: str) -> list[int]:
        return [hour.agents_first_line for hour in priced.forms[form].last_year.hours]

    for form in knowledge.forms:
        found = checklist(knowledge, region, verdicts, priced, form)
        assert found.apart is not None
        assert [hour.agents for hour in found.apart.hours] == planned("0")
        if form != knowledge.baseline:
            assert found.together is not None
            assert [hour.agents for hour in found.together.hours] == planned(form)
            assert sum(h.calls for h in found.together.hours) == pytest.approx(
                sum(hour.calls for hour in priced.forms[form].last_year.hours)
            )


def test_two_locations_answer_the_same_calls_with_more_people() -> None:
    """Dordrecht on two locations: as many calls, in no hour fewer agents, together more."""
    one, two = (
        speed(advice_of("costs.sites=own", *changes), "dordrecht") for changes in ((), (OWN,))
    )
    for whole, split in zip(one.hours, two.hours, strict=True):
        assert split.calls == pytest.approx(whole.calls)
        assert split.agents >= whole.agents
    assert sum(h.agents for h in two.hours) > sum(h.agents for h in one.hours)


@given(st.floats(0.3, 1))
def test_with_a_cap_no_planned_hour_is_busier(cap: float) -> None:
    """The cap holds for the people that are planned; the norm itself asks for no more."""
    calls = [400.0, 90.0, 3.0]
    capped = replace(telephony(calls), most_occupancy=cap)
    (found,), (free,) = (answer_speeds(one, PLANNED, VNG) for one in (capped, telephony(calls)))
    for hour, other in zip(found.hours, free.hours, strict=True):
        assert hour.calls * 120 / 3600 / hour.agents <= cap + 1e-9
        assert hour.agents >= other.agents
        assert hour.agents_norm == other.agents_norm


def test_apart_is_the_sum_of_all(advice: Advice) -> None:
    """What they lack together as they are now is what each lacks."""
    apart = advice.checklist.apart
    assert apart is not None
    own = [speed(advice, name) for name in advice.region.municipalities]
    assert apart.extra_euro == pytest.approx(sum(one.extra_euro for one in own))
    assert sum(h.extra for h in apart.hours) == sum(h.extra for one in own for h in one.hours)


def test_a_form_in_which_each_answers_itself(advice: Advice) -> None:
    """In form 1 every municipality goes on answering itself, in 140 seconds a call."""
    case = Case(advice.knowledge, advice.region)
    found = checklist(case.knowledge, case.region, advice.eligibility, advice.costs, "1")
    assert found.together is not None
    assert found.apart is not None
    calls = [sum(hour.calls for hour in one.hours) for one in (found.together, found.apart)]
    assert calls[0] == pytest.approx(calls[1])
    assert sum(h.agents for h in found.together.hours) > sum(h.agents for h in found.apart.hours)


@pytest.mark.parametrize("form", [None, "0"])
def test_without_cooperation_there_is_nothing_together(advice: Advice, form: str | None) -> None:
    """As long as nobody answers together, only the municipalities themselves are computed."""
    found = checklist(advice.knowledge, advice.region, advice.eligibility, advice.costs, form)
    assert found.together is None
    assert found.form is None
    assert found.apart is not None


def test_a_claim_does_not_change_what_is_computed(advice: Advice) -> None:
    """Who says to meet the norm keeps that claim, and the calculation beside it."""
    claims = advice_of("municipalities.dordrecht.facts.vng_answer_speed=ja")
    own = requirement(claims, "dordrecht", "vng-opneemsnelheid")
    assert own.status == "met"
    assert own.speed == speed(advice, "dordrecht")


def test_whoever_plans_by_the_norm_meets_it() -> None:
    """A region that plans for 20 seconds needs nobody extra."""
    strict = advice_of("kengetallen.answer_within=20")
    assert strict.checklist.apart is not None
    assert strict.checklist.apart.extra_fte == 0
    assert all(hour.in_time >= 0.8 for hour in strict.checklist.apart.hours)


def test_without_a_norm_nothing_is_computed(advice: Advice) -> None:
    """Knowledge that leaves the norm out still has its requirements."""
    figures = {n: one for n, one in advice.knowledge.kengetallen.items() if n != "vng_target"}
    knowledge = advice.knowledge.model_copy(update={"kengetallen": figures})
    found = checklist(knowledge, advice.region, advice.eligibility, advice.costs, "3a")
    assert (found.norm, found.apart, found.together) == (None, None, None)
    assert all(one.speed is None for own in found.municipalities.values() for one in own)
    assert "Hoe snel" not in Report(
        decide(Case(knowledge, advice.region)), wanted=["requirements"]
    ).text("md")


a_day = st.lists(st.floats(0, 500), min_size=3, max_size=3)
norms = st.builds(Norm, st.floats(0, 0.99), st.floats(0, 300))


@given(a_day, st.floats(1, 3), norms, st.floats(10, 900))
def test_more_calls_never_need_fewer_agents(
    calls: list[float], more: float, norm: Norm, handling: float
) -> None:
    """Adding calls never lowers the number of agents that the norm asks."""
    few, many = answer_speeds(
        telephony(calls, [more * one for one in calls], handling=handling), PLANNED, norm
    )
    for fewer, larger in zip(few.hours, many.hours, strict=True):
        assert larger.agents_norm >= fewer.agents_norm


@given(a_day, norms, norms)
def test_the_gap_closes_the_norm(calls: list[float], planned: Norm, asked: Norm) -> None:
    """With the extra agents every hour meets the norm, with one fewer of them it does not."""
    (found,) = answer_speeds(telephony(calls), planned, asked)
    assert 0 <= found.in_time <= 1
    for hour in found.hours:
        assert 0 <= hour.in_time <= 1
        if hour.calls >= 1 and hour.extra:
            load = hour.calls * 120 / 3600
            enough = in_time(hour.calls, 120, hour.agents + hour.extra, asked.wait)
            assert enough >= asked.target - 1e-9
            if hour.agents + hour.extra - 1 > load:
                fewer = in_time(hour.calls, 120, hour.agents + hour.extra - 1, asked.wait)
                assert fewer < asked.target + 1e-9
    assert found.extra_euro == pytest.approx(found.extra_fte * 50_000)


@given(a_day, norms)
def test_the_same_norm_asks_nothing_extra(calls: list[float], norm: Norm) -> None:
    """Who plans by the norm that is asked has enough people in every hour."""
    (found,) = answer_speeds(telephony(calls), norm, norm)
    assert found.extra_fte == 0
    assert found.short == 0


@given(a_day, st.floats(0, 0.75), st.floats(0, 300))
def test_a_milder_norm_takes_nobody_away(calls: list[float], target: float, more: float) -> None:
    """Who plans more people than the norm asks is not told that some are too many."""
    milder = Norm(target, PLANNED.wait + more)
    (found,) = answer_speeds(telephony([*calls[:2], 90.0]), PLANNED, milder)
    assert all(hour.agents_norm <= hour.agents for hour in found.hours)
    assert {hour.extra for hour in found.hours} == {0}
    assert (found.extra_fte, found.extra_euro, found.short) == (0, 0, 0)


def test_no_calls_are_all_in_time() -> None:
    """Where nobody calls nobody waits."""
    (found,) = answer_speeds(telephony([0, 0, 0]), PLANNED, VNG)
    assert (found.in_time, found.extra_fte) == (1, 0)


def test_of_what_nobody_knows_the_chapter_makes_no_table(advice: Advice) -> None:
    """Of 78 answers two are known, and these are told in a sentence; the speed is computed."""
    text = Report(advice, wanted=["requirements"]).text("md")
    assert "van de 78 antwoorden zijn er 2 bekend" in text
    assert "|" not in text
    assert re.search(r"In vorm 3a is het 83%, en is \d+,\d fte extra nodig", text)


def test_a_target_that_was_agreed_is_not_a_measurement(advice: Advice) -> None:
    """The region agreed on 80% within 20 seconds (h. 4); nobody measured it, so it is unknown."""
    for name in advice.region.municipalities:
        assert requirement(advice, name, "vng-opneemsnelheid").status == "unknown"
