"""From where everybody is now: what is done is not planned, and what was decided is not drafted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.eligibility.verdicts import eligibility
from decision.load import Case, load_region
from decision.model.activities import Activity
from decision.model.current import Current
from decision.model.facts import Fact, Position
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import comparisons
from decision.model.rules import REFUSALS
from decision.report.report import Report
from decision.roadmap.decisions import decisions
from decision.roadmap.jobs import Doer, Job, planned
from decision.roadmap.plan import Roadmap, roadmap
from decision.roadmap.progress import Progress
from tests.drechtsteden import published
from tests.searching import examples, some

TOWN, OFFICE = "papendrecht", "sociale-dienst"
TOWNS = (
    *("alblasserdam", "dordrecht", "hendrik-ido-ambacht"),
    *("papendrecht", "sliedrecht", "zwijndrecht"),
)


def planned_for(advice: Advice, region: Region, form: str) -> Roadmap:
    """The roadmap of a region to a form, by the ranking of an advice."""
    knowledge = advice.knowledge
    return roadmap(knowledge, region, eligibility(knowledge, region), advice.scores, form)


def owner(activity: Activity) -> str | None:
    """Somebody in the Drechtsteden who does the activity."""
    return {"region": None, "municipality": TOWN, "organisation": OFFICE}[activity.of_each]


def declaring(region: Region, partner: str | None, **values: Any) -> Region:  # noqa: ANN401
    """The region in which a partner (the region itself for None) has these facts too."""
    aspects = {name: published().facts[name].aspect for name in values}
    facts = {n: Fact(value=value) for n, value in values.items() if aspects[n] is None}
    phases = {
        aspect: Position(phase="unknown" if values[name] == "unknown" else int(values[name]))
        for name, aspect in aspects.items()
        if aspect is not None
    }
    declared = changed(region, partner, "facts", facts)
    return changed(declared, partner, "positions", phases) if phases else declared


def changed(region: Region, partner: str | None, key: str, values: Any) -> Region:  # noqa: ANN401
    """The region with a part of a partner replaced; what is a mapping is added to."""
    if partner is None:
        had = getattr(region, key)
        new = {**had, **values} if isinstance(had, dict) else values
        return region.model_copy(update={key: new})
    kind = "municipalities" if partner in region.municipalities else "organisations"
    one = getattr(region, kind)[partner]
    had = getattr(one, key)
    new = {**had, **values} if isinstance(had, dict) else values
    partners = {**getattr(region, kind), partner: one.model_copy(update={key: new})}
    return region.model_copy(update={kind: partners})


def makers(knowledge: Knowledge) -> list[str]:
    """The activities that make a fact so, one that is declared among the facts."""
    facts = knowledge.facts
    return [
        name
        for name, one in knowledge.activities.items()
        if one.makes and all(facts[fact].aspect is None for fact in one.makes)
    ]


@pytest.mark.parametrize("form", some(["3a", "2", "5"]))
def test_work_is_not_planned_once_its_facts_are_so(advice: Advice, form: str) -> None:
    """A vision that is adopted, contacts that are measured, a platform that is there: done."""
    knowledge, region = advice.knowledge, advice.region
    for name in makers(knowledge):
        activity = knowledge.activities[name]
        who = owner(activity)
        made = declaring(region, who, **activity.makes)
        left = {task.id for task in planned_for(advice, made, form).tasks}
        assert Job(name, who).id not in left


def test_work_is_planned_as_long_as_its_fact_is_known_not_to_be_so(advice: Advice) -> None:
    """An order for a vision is not a vision yet."""
    tasks = {task.id: task for task in planned_for(advice, advice.region, "3a").tasks}
    assert not tasks["regionale-visie-vormen"].uncertain
    assert not tasks["gezamenlijk-investeren"].uncertain
    assert "platform-instellen" not in tasks


def test_work_of_which_nobody_knows_is_planned_and_marked(advice: Advice) -> None:
    """Whether a vision is adopted is unknown: the plan counts on the work, and says so."""
    region = declaring(advice.region, None, regional_vision="unknown")
    region = declaring(region, TOWN, vision="unknown")
    tasks = {task.id: task for task in planned_for(advice, region, "3a").tasks}
    assert tasks["regionale-visie-vormen"].uncertain
    assert tasks[f"visie-vaststellen@{TOWN}"].uncertain


def test_without_uncertain_work_the_plan_is_that_of_the_best_answers(advice: Advice) -> None:
    """Leaving out what may turn out not to be needed leaves what surely is."""
    knowledge = advice.knowledge
    region = declaring(advice.region, TOWN, vision="unknown", capacity="unknown")
    progress = Progress(knowledge, region)
    doer = Doer("municipality", TOWN, "3a", ("kennis-gevuld",), ("gedragen-visie",))
    work = [*planned(knowledge, doer, progress.done, progress.left, uncertain=True)]
    sure = [*planned(knowledge, doer, progress.done, progress.left, uncertain=False)]
    assert sure == [one for one in work if not one.uncertain]
    assert {one.job.activity for one in work if one.uncertain} == {"visie-vaststellen"}
    assert "kennisbank-inrichten" in {one.job.activity for one in sure}


def test_a_decision_that_was_taken_is_told_and_not_drafted(advice: Advice) -> None:
    """The client agreed to five decisions: they are past, and nobody knows when."""
    taken = {one.id: one for one in advice.decisions if one.status == "taken"}
    assert [*taken] == [
        *("antwoord-als-uitgangspunt", "opdracht-regionale-visie"),
        *("opdracht-implementatiescenario", "opdrachtnemer-aanwijzen"),
        "onderzoeksbudget-vrijgeven",
    ]
    assert {(one.body, one.week, one.date) for one in taken.values()} == {("client", None, None)}
    assert advice.roadmap is not None
    assert taken.keys().isdisjoint(task.id for task in advice.roadmap.tasks)


def test_the_first_municipalities_decide_before_their_region(advice: Advice) -> None:
    """Chapter 6: every municipality decides for itself first, and then it goes to the region."""
    week = {one.id: one.week or 0.0 for one in advice.decisions}
    weeks = {one.id: one for one in advice.roadmap.tasks} if advice.roadmap else {}
    for town in ("dordrecht", "papendrecht", "zwijndrecht"):
        assert week[f"raadsbesluit@{town}"] <= weeks["regionaal-besluit"].start
        assert week[f"collegebesluit@{town}"] <= weeks["besluit-aanvragen-nummer"].start
    later = week["raadsbesluit@hendrik-ido-ambacht"]
    assert later > weeks["regionaal-besluit"].finish


def test_the_region_waits_for_those_in_their_own_pace_until_it_is_large_enough(
    advice: Advice,
) -> None:
    """With Dordrecht alone there is no scale: the next to decide makes it, and no other."""
    region = advice.region
    for town in ("papendrecht", "zwijndrecht"):
        region = declaring(region, town, pace="groeipad")
    tasks = {task.id: task for task in planned_for(advice, region, "3a").tasks}
    waits = {one for one in tasks["regionaal-besluit"].after if one.startswith("raadsbesluit")}
    councils = sorted(
        (task for task in tasks.values() if task.activity == "raadsbesluit"),
        key=lambda task: task.finish,
    )
    assert waits == {task.id for task in councils[:2]}
    assert "raadsbesluit@dordrecht" in waits


def test_what_is_declared_as_done_or_decided_is_not_planned() -> None:
    """A decision that was taken elsewhere, and work that no fact tells of."""
    case = load_region(
        "drechtsteden.yaml",
        changes=[
            "current.decisions.regionaal-besluit.elsewhere=true",
            f"municipalities.{TOWN}.current.done=[collegebesluit,lokaal-communiceren]",
        ],
    )
    advice = decide(case)
    assert advice.roadmap is not None
    left = {task.id for task in advice.roadmap.tasks}
    gone = {"regionaal-besluit", f"collegebesluit@{TOWN}", f"lokaal-communiceren@{TOWN}"}
    assert left.isdisjoint(gone)
    told = {one.id: one for one in advice.decisions if one.status == "taken"}
    assert told["regionaal-besluit"].elsewhere
    assert told[f"collegebesluit@{TOWN}"].how is None


def test_who_is_on_a_form_has_done_what_it_asks(advice: Advice) -> None:
    """On form 1 the number is there; what a further form asks, and its decisions, are still due."""
    on_one = Current(form="1", number="078")
    region = changed(advice.region, None, "current", on_one)
    region = changed(region, TOWN, "current", on_one)
    left = {task.id for task in planned_for(advice, region, "3a").tasks}
    assert left.isdisjoint({"nummer-aanvragen", "overleg-inrichten", "besluit-aanvragen-nummer"})
    assert left.isdisjoint({f"contactgegevens-aanpassen@{TOWN}", f"deelname-kiezen@{TOWN}"})
    assert {"regionaal-besluit", f"collegebesluit@{TOWN}", f"in-bedrijf@{TOWN}"} <= left
    assert "contactgegevens-aanpassen@zwijndrecht" in left


def test_a_fact_says_more_than_a_form_in_use(advice: Advice) -> None:
    """Who is on form 1 and has no scripts still has to write them."""
    region = changed(advice.region, TOWN, "current", Current(form="1", number="078"))
    left = {task.id for task in planned_for(advice, region, "3a").tasks}
    assert {f"processen-beschrijven@{TOWN}", f"aansluiteisen-op-orde@{TOWN}"} <= left


def test_who_is_on_the_form_goes_live_at_once(advice: Advice) -> None:
    """Where everybody has the form already, nothing is left but what comes after it."""
    region, had = advice.region, Current(form="3a", number="078")
    for partner in (None, *TOWNS):
        region = changed(region, partner, "current", had)
    plan = planned_for(advice, region, "3a")
    local = [task for task in plan.tasks if task.partner in TOWNS and task.effort_days]
    assert {plan.municipalities[task.partner or ""].form for task in local} <= {"1"}
    assert plan.waves[0].week == 0
    taken = [one for one in decisions(advice.knowledge, region, plan) if one.status == "taken"]
    assert {one.activity for one in taken} >= {"regionaal-besluit", "collegebesluit"}
    for one in taken:  # what only another form asks, nobody has decided
        form = plan.municipalities[one.partner].form if one.partner in TOWNS else "3a"
        assert form in advice.knowledge.activities[one.activity].forms


def work_facts(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Facts that activities make so and by which nobody refuses, each with its activity."""
    rules = [rule for rule in knowledge.rules.values() if rule.otherwise in REFUSALS]
    refusing = {asked.fact for rule in rules for asked in comparisons(rule.requires)}
    return [
        (fact, name)
        for name in makers(knowledge)
        for fact in knowledge.activities[name].makes
        if fact not in refusing
    ]


def somebody(data: st.DataObject, activity: Activity) -> str | None:
    """Any municipality for what each of them does, else the region or an organisation."""
    if activity.of_each == "municipality":
        return data.draw(st.sampled_from(TOWNS))
    return owner(activity)


@examples(40)
@given(data=st.data())
def test_making_a_fact_true_never_adds_work_nor_time(advice: Advice, data: st.DataObject) -> None:
    """Whatever else is so, what is done is one thing less to do, for everybody."""
    knowledge, region = advice.knowledge, advice.region
    facts = work_facts(knowledge)
    for town in TOWNS:
        paces = st.sampled_from([*knowledge.facts["pace"].levels])
        region = declaring(region, town, pace=data.draw(paces))
    for fact, name in data.draw(st.lists(st.sampled_from(facts), max_size=6)):
        levels = st.sampled_from([*knowledge.facts[fact].levels, "unknown"])
        who = somebody(data, knowledge.activities[name])
        region = declaring(region, who, **{fact: data.draw(levels)})
    fact, name = data.draw(st.sampled_from(facts))
    activity, form = knowledge.activities[name], data.draw(st.sampled_from(["2", "3a", "4"]))
    who = somebody(data, activity)
    if _so(knowledge, region, who, fact, activity.makes[fact]):
        return
    better = declaring(region, who, **{fact: activity.makes[fact]})
    before, after = (planned_for(advice, one, form) for one in (region, better))
    assert {task.id for task in after.tasks} <= {task.id for task in before.tasks}
    for town in TOWNS:
        first, then = (one.municipalities[town].ready for one in (before, after))
        assert (first is None) == (then is None)
        if first and then:
            assert then.earliest <= first.earliest
            assert then.latest <= first.latest
            assert after.live[town] <= before.live[town]


def _so(knowledge: Knowledge, region: Region, who: str | None, fact: str, made: object) -> bool:
    """Whether a fact is already at this level, or a better one."""
    partner = region.municipalities.get(who or "") or region.organisations.get(who or "") or region
    declared, levels = partner.facts.get(fact), [*knowledge.facts[fact].levels]
    found = declared.value if declared and declared.known else None
    return found in levels and levels.index(str(found)) >= levels.index(str(made))


def test_a_region_sees_its_own_names_of_bodies_and_else_general_words() -> None:
    """Another region has no Netwerkdirectie, and one with names of its own reads these."""
    place = "governance"
    own = [f"{place}.client=stuurgroep", f"{place}.regional_board=dagelijks bestuur"]
    named = Report(decide(load_region("drechtsteden.yaml", changes=own)), wanted=["decisions"])
    assert "| Dagelijks bestuur |" in named.text("md")
    assert "- **Stuurgroep:** Antwoord als uitgangspunt kiezen" in named.text("md")
    case = load_region("drechtsteden.yaml")
    region = case.region.model_copy(update={"governance": None, "current": Current()})
    general = Report(decide(Case(case.knowledge, region)), wanted=["decisions", "route"]).text("md")
    assert "| Opdrachtgever |" in general
    assert "| Regionaal bestuur |" in general
    for name in ("Netwerkdirectie", "platform dienstverlening"):
        assert name not in general


def test_no_knowledge_names_a_body_of_one_region(advice: Advice) -> None:
    """What activities say holds for any region."""
    told = [
        text
        for one in advice.knowledge.activities.values()
        for text in (one.name, one.does, one.who or "")
    ]
    assert not [text for text in told if "etwerkdirectie" in text or "platform dienst" in text]
