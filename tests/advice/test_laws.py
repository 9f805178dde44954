"""Laws that hold for every region: who takes part, who is held up, and what an answer may change.

The regions are drawn at random, with unknown facts, unwilling partners and single municipalities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.eligibility.evaluation import answers_to
from decision.explain.explanation import explain
from decision.grouping.compared import groupings
from decision.model.facts import Fact
from decision.model.region import Grouping, GroupOf
from decision.roadmap.capacity import kengetal
from tests.regions import REGULAR, base, case_of, changed, regions, with_fact
from tests.searching import examples

if TYPE_CHECKING:
    from decision.load import Case

ORDER = {"yes": 2, "unknown": 1, "no": 0}


def depth(form: str) -> int:
    """How far a form goes: how many forms it builds on."""
    knowledge = base().knowledge
    return 0 if form == knowledge.baseline else 1 + len(knowledge.lesser(form))


def raised(data: st.DataObject, case: Case) -> tuple[str, Case]:
    """A municipality of the case, and the case in which one of its facts is better."""
    name = data.draw(st.sampled_from([*case.region.municipalities]))
    fact = data.draw(st.sampled_from(REGULAR))
    levels = [*base().knowledge.facts[fact].levels]
    now = case.region.municipalities[name].facts[fact]
    assume(now.known)
    if isinstance(now.value, tuple):
        better = Fact(value=tuple(levels))
    else:
        above = levels[levels.index(now.value) + 1 :]
        assume(above)
        better = Fact(value=data.draw(st.sampled_from(above)))
    return name, with_fact(case, name, fact, better)


def weeks(advice: Advice) -> dict[str, float]:
    """The week in which each municipality goes live."""
    return dict(advice.roadmap.live) if advice.roadmap else {}


@examples(120)
@given(case=regions())
def test_no_advice_without_a_wave_and_nobody_in_a_form_that_it_does_not_want(case: Case) -> None:
    """What is advised has at least two that start, and everybody planned in a form takes part."""
    advice = decide(case)
    today, plan = case.knowledge.baseline, advice.roadmap
    if advice.recommended not in (None, today):
        assert plan is not None
        assert len(plan.waves[0].members) >= 2
        assert advice.eligibility.forms[advice.recommended].participants
    for name, part in advice.parts.items():
        verdicts = advice.eligibility.municipalities[name]
        assert part.form == today or verdicts[part.form].takes_part == "yes"
        if part.role in ("early_adopter", "later_joiner"):
            assert part.form == advice.recommended
        if part.role == "undecided" and part.may_join is not None:
            assert verdicts[part.may_join].takes_part == "unknown"
    if plan is not None and plan.waves:
        for name, week in plan.live.items():
            ready = plan.municipalities[name].ready
            assert ready is not None
            assert week >= max(ready.latest, plan.waves[0].week)


@examples(80)
@given(case=regions(), data=st.data())
def test_more_willingness_of_one_puts_nobody_lower(case: Case, data: st.DataObject) -> None:
    """A better fact of one partner leaves every form in reach, and every other where it was."""
    name, better = raised(data, case)
    before, after = decide(case), decide(better)
    for form, verdict in before.eligibility.forms.items():
        if form != case.knowledge.baseline:
            assert ORDER[after.eligibility.forms[form].reach] >= ORDER[verdict.reach]
    if before.recommended is None or after.recommended is None:
        return
    for other, part in before.parts.items():
        if other != name:
            assert depth(after.parts[other].form) >= depth(part.form)


@examples(60)
@given(case=regions(), data=st.data())
def test_work_that_is_done_brings_nobody_later(case: Case, data: st.DataObject) -> None:
    """Where a fact becomes what some activity makes true, the first opening is no later.

    Only for who by that can start with the others it waits, and no longer than is allowed.
    """
    before = decide(case)
    assume(before.recommended is not None)
    rules = [rule for rule in case.knowledge.rules.values() if rule.remedy is not None]
    made = {(rule.of_each, rule.remedy.fact, rule.remedy.becomes) for rule in rules if rule.remedy}
    held = [one for one in sorted(made) if one[1] in REGULAR and one[1] != "handling"]
    _, fact, becomes = data.draw(st.sampled_from(held))
    name = data.draw(st.sampled_from([*case.region.municipalities]))
    after = decide(with_fact(case, name, fact, Fact(value=becomes)))
    assume(after.recommended == before.recommended)
    first, then = before.roadmap, after.roadmap
    assert first is not None
    assert then is not None
    if first.waves:
        known, along = case.knowledge, {*then.founders.members} - {*first.founders.members}
        most = kengetal(known, case.region, known.waves.holds_up) if along else 0
        assert then.waves[0].week <= first.waves[0].week + most
    for other, part in first.municipalities.items():
        same = part.form == then.municipalities[other].form
        now = then.municipalities[other].ready
        if part.ready is not None and now is not None and same:
            assert now.latest <= part.ready.latest
            assert now.earliest <= part.ready.latest


@examples(60)
@given(case=regions(), data=st.data())
def test_an_answer_stays_within_what_was_told(case: Case, data: st.DataObject) -> None:
    """Whatever the answer to a question: the forms, roles and weeks were among those told."""
    before = decide(case)
    assume(before.open_questions)
    question = data.draw(st.sampled_from(before.open_questions))
    definition = case.knowledge.facts[question.fact]
    answer = data.draw(st.sampled_from([*answers_to(definition)]))
    partner = question.partner if question.partner in case.region.municipalities else None
    after = decide(with_fact(case, partner, question.fact, answer))
    assert {*after.scores.candidates} <= {*before.scores.candidates} or not before.scores.candidates
    for name, part in before.parts.items():
        now = after.parts[name]
        if before.recommended is not None and after.recommended == before.recommended:
            if part.role != "undecided":
                assert depth(now.form) >= depth(part.form)
            if part.ready is not None and now.ready is not None:
                assert part.ready.earliest <= now.ready.earliest
                assert now.ready.latest <= part.ready.latest


@examples(40)
@given(case=regions(), data=st.data())
def test_the_order_of_the_file_changes_nothing(case: Case, data: st.DataObject) -> None:
    """Everybody keeps role, form and week, wherever it stands."""
    towns = case.region.municipalities
    order = data.draw(st.permutations([*towns]))
    one, other = decide(case), decide(changed(case, {name: towns[name] for name in order}))
    assert one.recommended == other.recommended
    assert {*one.scores.candidates} == {*other.scores.candidates}
    assert {n: (p.role, p.form, p.ready) for n, p in one.parts.items()} == {
        n: (p.role, p.form, p.ready) for n, p in other.parts.items()
    }
    assert weeks(one) == weeks(other)


@examples(30)
@given(case=regions(), data=st.data())
def test_every_command_tells_the_same_of_forms_roles_and_chances(
    case: Case, data: st.DataObject
) -> None:
    """Explaining, robustness and a grouping of everybody say what the advice says."""
    advice = decide(case)
    form = data.draw(st.sampled_from([*case.knowledge.forms]))
    told = explain(case.knowledge, case.region, form)
    assert told.eligible == advice.eligibility.forms[form].eligible
    for name, verdicts in advice.eligibility.municipalities.items():
        assert told.verdict_on(name).outcome == verdicts[form].outcome
    groups = (GroupOf(number="078", members=tuple(case.region.municipalities)),)
    together = {"alle": Grouping.model_construct(name="alle", groups=groups)}
    (found,) = groupings(case_of(case.region.model_copy(update={"groupings": together})))
    assert found.groups[0].form == advice.recommended
    assert found.groups[0].roles == {name: part.role for name, part in advice.parts.items()}
