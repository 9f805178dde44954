"""Whether a phase of Antwoord can be reached by its date."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice
from decision.advice.targets import Aim, in_time
from decision.load import load_region
from decision.report.report import Report
from decision.roadmap.capacity import LocalDays
from tests.searching import examples

CASE = load_region("drechtsteden.yaml")
KNOWLEDGE = CASE.knowledge
PHASES = st.fixed_dictionaries(
    {aspect: st.none() | st.integers(1, 5) for aspect in KNOWLEDGE.aspects}
)
YEARS = st.integers(2009, 2016)
BETTER = {"no": 0, "unknown": 1, "yes": 2}
ONE = LocalDays(100.0, 100.0, 100.0, frozenset())
"""So many days a week that nothing takes longer for want of them."""


@examples(60)
@given(PHASES, st.integers(1, 3), YEARS, st.data())
def test_more_time_and_further_phases_never_make_it_harder(
    phases: dict[str, int | None], target: int, year: int, data: st.DataObject
) -> None:
    """A later date, or an aspect that is further, never turns what can be done into what cannot."""
    now = in_time(KNOWLEDGE, Aim(phases, target, "2008-07", str(year)), ONE)
    later = in_time(KNOWLEDGE, Aim(phases, target, "2008-07", str(year + 1)), ONE)
    assert BETTER[later.reachable] >= BETTER[now.reachable]
    aspect = data.draw(st.sampled_from(sorted(phases)))
    known = phases[aspect]
    if known is not None:
        further = {**phases, aspect: min(5, known + 1)}
        after = in_time(KNOWLEDGE, Aim(further, target, "2008-07", str(year)), ONE)
        assert BETTER[after.reachable] >= BETTER[now.reachable]


@examples(40)
@given(PHASES, st.integers(1, 3), YEARS, st.integers(1, 5))
def test_an_answer_lies_in_the_range_of_before(
    phases: dict[str, int | None], target: int, year: int, answer: int
) -> None:
    """What a phase turns out to be was counted with: neither yes nor no is taken back."""
    before = in_time(KNOWLEDGE, Aim(phases, target, "2008-07", str(year)), ONE)
    known = {name: answer if phase is None else phase for name, phase in phases.items()}
    after = in_time(KNOWLEDGE, Aim(known, target, "2008-07", str(year)), ONE)
    assert before.earliest is not None
    assert before.latest is not None
    assert after.earliest == after.latest
    assert before.earliest <= (after.latest or 0.0) <= before.latest
    if before.reachable != "unknown":
        assert after.reachable == before.reachable


def test_all_of_it_takes_two_to_three_years() -> None:
    """Bijlage C: from where it is Papendrecht thinks to be in phase 3 in two to three years."""
    phases = dict.fromkeys(KNOWLEDGE.aspects, 1)
    found = in_time(KNOWLEDGE, Aim(phases, 3, "2008-07", "2011-07"), ONE)
    assert found.latest is not None
    assert 2 * 52 <= found.latest <= 3 * 52
    assert found.reachable == "yes"
    assert in_time(KNOWLEDGE, Aim(phases, 3, "2008-07", "2009"), ONE).reachable == "no"


def test_a_phase_that_no_work_leads_to_is_not_judged() -> None:
    """The knowledge has work up to phase 3; beyond that nobody can say."""
    phases = dict.fromkeys(KNOWLEDGE.aspects, 1)
    found = in_time(KNOWLEDGE, Aim(phases, 5, "2008-07", "2015"), ONE)
    assert (found.reachable, found.earliest, found.latest) == ("unknown", None, None)


def test_the_verdict_is_told(advice: Advice) -> None:
    """Papendrecht reads whether its own date can be met, and how much time there is."""
    assert advice.positions["papendrecht"].in_time is not None
    assert advice.positions["dordrecht"].in_time is None
    text = " ".join(Report(advice, wanted=["positions"]).text("md").split())
    assert "Papendrecht wil zelf naar fase 3, uiterlijk juli 2011." in text
    assert "Dat kan op tijd: het werk duurt hoogstens" in text


def test_form_four_asks_the_phase_that_the_knowledge_says() -> None:
    """Every aspect has a rule for form 4, with work that leads to the phase of `form_phases`."""
    asked = {}
    for rule in KNOWLEDGE.rules.values():
        aspect = rule.remedy and KNOWLEDGE.facts[rule.remedy.fact].aspect
        if rule.remedy and aspect and "4" in rule.guards:
            asked[aspect] = int(rule.remedy.becomes)
    assert asked == dict.fromkeys(KNOWLEDGE.aspects, KNOWLEDGE.form_phases["4"].phase)
