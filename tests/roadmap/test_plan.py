"""Who does what when: the laws of the schedule, and the published parts."""

from __future__ import annotations

import itertools
import json
import random
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.costs.result import costs
from decision.eligibility.verdicts import Eligibility, eligibility
from decision.explain.explanation import explain
from decision.load import Case, load_region
from decision.model.activities import Activity
from decision.model.current import Current
from decision.model.facts import Fact, OwnKengetal
from decision.model.installed import data_folder
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import comparisons
from decision.model.rules import REFUSALS
from decision.roadmap.calendar import Calendar
from decision.roadmap.capacity import local_days, team_days
from decision.roadmap.plan import Roadmap, Task, roadmap
from decision.scores.additive import Scores, scores
from tests.drechtsteden import answered
from tests.searching import examples

PUBLISHED = {
    "alblasserdam": "later_joiner",
    "dordrecht": "early_adopter",
    "hendrik-ido-ambacht": "later_joiner",
    "papendrecht": "early_adopter",
    "sliedrecht": "own_entrance",
    "zwijndrecht": "early_adopter",
}
"""Chapter 6, growth path: who starts, who joins later, who stays on form 1 for now."""


def plan_of(advice: Advice) -> Roadmap:
    """The roadmap of an advice that has one."""
    assert advice.roadmap is not None
    return advice.roadmap


def test_the_parts_are_those_of_the_publication(advice: Advice) -> None:
    """Chapter 6: three start, two join later, one keeps its own entrance."""
    parts = plan_of(advice).municipalities
    assert {name: part.role for name, part in parts.items()} == PUBLISHED


def test_the_municipality_outside_the_netnummer_is_advised_form_one(advice: Advice) -> None:
    """Chapter 6: Sliedrecht realises only form 1 for the time being."""
    parts = plan_of(advice).municipalities
    assert {name for name, part in parts.items() if part.form == "1"} == {"sliedrecht"}


def test_organisations_follow_or_decide_by_their_powers(advice: Advice) -> None:
    """Insight 5: tax and environment follow, the social service decides itself."""
    parts = plan_of(advice).organisations
    assert parts["belastingdienst"].role == "follows"
    assert parts["milieudienst"].role == "follows"
    assert parts["sociale-dienst"].role == "decides_itself"


def test_only_an_organisation_that_comes_along_has_work(advice: Advice) -> None:
    """Who follows or still decides connects its services; who stays out or is open does nothing."""
    plan = plan_of(advice)
    comes = {"follows", "decides_itself"}
    assert {task.partner for task in plan.tasks} & {*plan.organisations} == {
        name for name, part in plan.organisations.items() if part.role in comes
    }


def test_form_four_is_next_and_form_five_the_end(advice: Advice) -> None:
    """Chapter 6: form 4 is the ambition for the near future, form 5 in the end."""
    assert (advice.recommended, advice.next, advice.end_state) == ("3a", "4", "5")


def test_no_task_starts_before_what_it_waits_for_is_done(
    drechtsteden: Case, advice: Advice
) -> None:
    """A schedule that breaks a prerequisite is no schedule."""
    plan = plan_of(advice)
    finish = {task.id: task.finish for task in plan.tasks}
    for task in plan.tasks:
        for before in drechtsteden.knowledge.activities[task.activity].after:
            own = f"{before}@{task.partner}"
            regional = drechtsteden.knowledge.activities[before]
            if own in finish:
                assert finish[own] <= task.start
            elif before in finish and task_form(plan, task.partner) in regional.forms:
                assert finish[before] <= task.start


def task_form(plan: Roadmap, partner: str | None) -> str:
    """The form that a partner's tasks lead to."""
    part = plan.municipalities.get(partner or "")
    return part.form if part else plan.form


def test_the_critical_path_is_an_unbroken_chain_to_the_first_wave(advice: Advice) -> None:
    """Every step starts when the one before ends, none has slack, the last is going live."""
    chain = unbroken(advice)
    assert all(a.finish == b.start for a, b in itertools.pairwise(chain))


def unbroken(advice: Advice) -> list[Task]:
    """The critical path: each of it waits for the one before, or for the people of that."""
    plan, recesses = plan_of(advice), advice.knowledge.calendar.values()
    calendar = Calendar(advice.region.reference_date, recesses)
    found = {task.id: task for task in plan.tasks}
    chain = [found[name] for name in plan.critical_path]
    assert chain[0].start == 0
    assert chain[-1].finish == plan.waves[0].week
    assert chain[-1].partner in plan.waves[0].members
    assert all(task.critical for task in chain)
    for one, after in itertools.pairwise(chain):
        # between them nobody works, as in a recess
        at_once = one.finish <= after.start and not calendar.working(
            int(one.finish), int(after.start)
        )
        assert one.id in after.behind or (one.id in after.after and at_once)
    return chain


OWN_STATE = ("vision", "board_support", "organisation_support", "capacity", "knowledge_base")


@examples(40)
@given(st.lists(st.tuples(*[st.integers(0, 2)] * len(OWN_STATE)), min_size=6, max_size=6))
def test_the_first_wave_always_has_a_critical_path_from_the_start(
    ready: list[tuple[int, ...]],
) -> None:
    """Whoever of the first wave is ready last: the path that decides its week leads there."""
    case = load_region("drechtsteden.yaml")
    facts, willing = case.knowledge.facts, case.region.municipalities["dordrecht"]
    towns = {}
    for (name, one), levels in zip(case.region.municipalities.items(), ready, strict=True):
        own = {
            fact: [*facts[fact].levels][min(at, len(facts[fact].levels) - 1)]
            for fact, at in zip(OWN_STATE, levels, strict=True)
        }
        update = {"facts": willing.facts, "wishes": willing.wishes, "positions": willing.positions}
        towns[name] = answered(case.knowledge, one.model_copy(update=update), own)
    region = case.region.model_copy(update={"municipalities": towns})
    found = decide(replace(case, region=region))
    if found.roadmap is not None and found.roadmap.waves:
        unbroken(found)


JOINED = (
    "municipalities.sliedrecht.facts.joins_number=ja",
    "municipalities.sliedrecht.facts.handling=[regio]",
)


@examples(20)
@given(st.integers(2, 6), st.sampled_from(["region", "nobody"]))
def test_who_is_in_the_form_already_opens_it_no_more(many: int, says: str) -> None:
    """Those are live from the start, whatever pace is asked and whether the region says so."""
    case = load_region("drechtsteden.yaml", changes=[*JOINED])
    there = [*case.region.municipalities][:many]
    now = Current(form="3a", number="078")
    towns = {
        name: one.model_copy(update={"current": now}) if name in there else one
        for name, one in case.region.municipalities.items()
    }
    update = {"municipalities": towns, "current": now if says == "region" else Current()}
    found = decide(replace(case, region=case.region.model_copy(update=update))).roadmap
    assert found is not None
    assert found.form == "3a"
    assert {name: found.live[name] for name in there} == dict.fromkeys(there, 0.0)
    assert found.waves[0].members == tuple(sorted(there))


def with_time(case: Case) -> Region:
    """The region in which everybody has so many days that no work takes longer, in any week."""
    own = {
        name: OwnKengetal.model_construct(value=value, range=None)
        for name, value in (
            ("team_days", 1000.0),
            ("local_days", 1000.0),
            ("days_if_missing", 1.0),
            ("days_if_limited", 1.0),
        )
    }
    return case.region.model_copy(update={"kengetallen": own, "calendar": {}})


def test_with_time_enough_the_opening_is_the_longest_path_through_the_activities(
    drechtsteden: Case, advice: Advice
) -> None:
    """Worked out by hand: what comes first must be done, all the way back to the start."""
    activities = drechtsteden.knowledge.activities
    region = with_time(drechtsteden)
    plan = roadmap(drechtsteden.knowledge, region, advice.eligibility, advice.scores, "3a")
    weeks = {task.id: task.finish - task.start for task in plan.tasks}

    @cache
    def ready(activity: str, partner: str | None) -> float:
        """When all that comes before an activity is done."""
        return max((done(one, partner) for one in activities[activity].after), default=0.0)

    def done(activity: str, partner: str | None) -> float:
        """When it is done; the region waits for each of those that go live first."""
        if partner is None and activities[activity].of_each == "municipality":
            return max(done(activity, member) for member in plan.waves[0].members)
        own, regional = f"{activity}@{partner}", plan.form in activities[activity].forms
        found = own if own in weeks else activity if activity in weeks and regional else None
        does = partner if activities[activity].of_each != "region" else None
        return ready(activity, does) + (weeks[found] if found else 0.0)

    live = max(ready(drechtsteden.knowledge.go_live, one) for one in plan.waves[0].members)
    assert plan.waves[0].week == live == plan.bound


def test_the_drechtsteden_open_when_the_publication_thinks(advice: Advice) -> None:
    """Table 5.3: form 3a takes about half a year from the decision, beside the summer recess."""
    plan = plan_of(advice)
    assert plan.waves[0].week == plan.bound
    assert plan.after_decision is not None
    assert 24 <= plan.after_decision <= 32
    assert plan.sooner is not None
    assert plan.sooner.without == "papendrecht"


@pytest.mark.parametrize(("form", "least", "most"), [("1", 13, 26), ("2", 13, 26), ("3b", 10, 17)])
def test_the_other_forms_take_as_long_as_the_publication_thinks(
    drechtsteden: Case, form: str, least: float, most: float
) -> None:
    """Table 5.3, from the decision: forms 1 and 2 three to six months, form 3b about three."""
    after = roadmap(*known(drechtsteden), form).after_decision
    assert after is not None
    assert least <= after <= most


READINESS = (
    *("vision", "board_support", "organisation_support", "capacity"),
    *("knowledge_base", "work_instructions", "culture"),
)


def at(case: Case, level: int) -> Case:
    """The case in which every municipality is at its worst (0) or at its best (-1)."""
    region = case.region
    for fact in READINESS:
        region = everyone(region, fact, [*case.knowledge.facts[fact].levels][level])
    return Case(case.knowledge, region)


def test_a_large_lack_opens_later(drechtsteden: Case, advice: Advice) -> None:
    """All ready, as published, and all at their worst: each at least a month after the other."""
    ready, worst = (roadmap(*known(at(drechtsteden, level)), "3a") for level in (-1, 0))
    weeks = [one.waves[0].week for one in (ready, plan_of(advice), worst)]
    assert weeks[0] + 4 <= weeks[1]
    assert weeks[1] + 8 <= weeks[2]
    assert weeks == [one.bound for one in (ready, plan_of(advice), worst)]


def test_nobody_works_more_days_than_it_has(drechtsteden: Case, advice: Advice) -> None:
    """All work up to any week fits in the days that there were for it."""
    plan, region = plan_of(advice), drechtsteden.region
    has: dict[str | None, float] = {
        name: one.freed for name, one in local_days(drechtsteden.knowledge, region).items()
    }
    has[None] = team_days(drechtsteden.knowledge, region)
    for partner, days in has.items():
        tasks = plan.tasks_of(partner)
        for week in {task.finish for task in tasks}:
            done = sum(task.effort_days for task in tasks if task.finish <= week)
            assert done <= days * week + 1e-6


def test_who_holds_up_the_others_joins_later_and_is_told_so() -> None:
    """Papendrecht keeps the others waiting two months; where they wait no longer than one it joins.

    With people from the start it would need less time, and the plan says so.
    """
    case = load_region("drechtsteden.yaml", changes=["kengetallen.hold_up_weeks.value=4"])
    plan = roadmap(*known(case), "3a")
    (held,) = plan.held
    assert held.partner == "papendrecht"
    assert held.opens == plan.waves[0].week
    assert held.together > held.opens + held.most
    assert held.with_people <= held.together
    assert plan.municipalities["papendrecht"].role == "later_joiner"
    assert plan.live["papendrecht"] > plan.waves[0].week


@pytest.mark.parametrize("name", [*PUBLISHED])
def test_the_own_delay_of_one_moves_nobody_who_does_not_wait_for_it(
    drechtsteden: Case, advice: Advice, name: str
) -> None:
    """Who has half the days moves the first wave only if it is in it, and else nobody."""
    days = local_days(drechtsteden.knowledge, drechtsteden.region)[name].low / 2
    change = f"municipalities.{name}.days_a_week={days:.2f}"
    late = roadmap(*known(load_region("drechtsteden.yaml", changes=[change])), "3a")
    before = plan_of(advice)
    first = {*before.waves[0].members}
    assert late.live[name] >= before.live[name] or name in first
    for other, week in before.live.items():
        if other != name and name not in first:
            assert late.live[other] == week


def layered(knowledge: Knowledge, layers: int, width: int, when: str) -> Knowledge:
    """The knowledge in which all activities wait for layers of others; each waits for the last."""
    like = knowledge.activities["opdracht-geven"]
    forms = tuple(knowledge.forms)
    more: dict[str, Activity] = {}
    last: tuple[str, ...] = ()
    for layer in range(layers):
        names = tuple(f"layer-{layer}-{number}" for number in range(width))
        held = {"after": last, "when": when, "forms": forms}
        more |= {name: like.model_copy(update=held) for name in names}
        last = names
    others = {
        name: one.model_copy(update={"after": (*one.after, *last)})
        for name, one in knowledge.activities.items()
    }
    return knowledge.model_copy(update={"activities": more | others})


@pytest.mark.parametrize("when", ["always", "remedy"])
@pytest.mark.parametrize(("layers", "width"), [(25, 2), (1500, 1)])
def test_a_long_way_through_activities_is_planned_at_once(
    drechtsteden: Case, advice: Advice, when: str, layers: int, width: int
) -> None:
    """However many ways lead through activities, needed or not, each is looked at once."""
    knowledge = layered(drechtsteden.knowledge, layers, width, when)
    region = drechtsteden.region.model_copy(update={"calendar": {}})
    now = roadmap(drechtsteden.knowledge, region, advice.eligibility, advice.scores, "3a")
    start = time.process_time()
    plan = roadmap(knowledge, region, advice.eligibility, advice.scores, "3a")
    assert explain(knowledge, region, "3b").remedies
    assert time.process_time() - start < 5
    longer = layers * 2.0 if when == "always" else 0.0
    assert plan.waves[0].week == now.waves[0].week + longer


def test_the_first_wave_has_the_scale_that_the_knowledge_asks(
    drechtsteden: Case, advice: Advice
) -> None:
    """Chapter 6: the joint KCC needs a certain size."""
    share = plan_of(advice).waves[0].share
    assert share is not None
    assert share >= drechtsteden.knowledge.waves.minimum_scale


def test_every_partner_of_the_form_goes_live_once_and_not_before_it_is_ready(
    advice: Advice,
) -> None:
    """Waves are a partition of the partners, in order of time."""
    plan = plan_of(advice)
    members = [member for wave in plan.waves for member in wave.members]
    assert sorted(members) == sorted(
        name for name, part in plan.municipalities.items() if part.form == plan.form
    )
    assert len(members) == len(set(members))
    for wave in plan.waves:
        for member in wave.members:
            ready = plan.municipalities[member].ready
            assert ready is not None
            assert ready.earliest <= ready.latest <= wave.week


def test_what_comes_after_going_live_waits_for_the_whole_first_wave(
    drechtsteden: Case, advice: Advice
) -> None:
    """The region's and the organisations' work on the joint organisation starts when it runs."""
    plan, knowledge = plan_of(advice), drechtsteden.knowledge
    gates = {f"{knowledge.go_live}@{name}" for name in plan.waves[0].members}
    later = [
        task
        for task in plan.tasks
        for activity in (knowledge.activities[task.activity],)
        if knowledge.go_live in activity.after and activity.of_each != "municipality"
    ]
    assert later
    for task in later:
        assert gates <= {*task.after}
        assert task.start >= plan.waves[0].week


def test_every_task_is_of_one_partner_or_of_the_region(advice: Advice) -> None:
    """The tasks of all partners and of the region together are the tasks of the roadmap, once."""
    plan = advice.roadmap
    assert plan is not None
    partners = [None, *plan.municipalities, *plan.organisations]
    found = [task for partner in partners for task in plan.tasks_of(partner)]
    assert sorted(task.id for task in found) == sorted(task.id for task in plan.tasks)
    assert all(task.partner == "sliedrecht" for task in plan.tasks_of("sliedrecht"))


def test_a_roadmap_cannot_be_changed(advice: Advice) -> None:
    """What one reader does with a roadmap changes nothing for another."""
    plan = plan_of(advice)
    for parts in (plan.municipalities, plan.organisations):
        with pytest.raises(TypeError):
            parts.clear()  # type: ignore[attr-defined] # what somebody would try
    plan.graph.clear()
    assert plan.graph


def scored(case: Case, found: Eligibility) -> Scores:
    """The ranking of the forms of a case."""
    return scores(case.knowledge, case.region, found, costs(case.knowledge, case.region))


def known(case: Case) -> tuple[Knowledge, Region, Eligibility, Scores]:
    """What a roadmap is made of."""
    found = eligibility(case.knowledge, case.region)
    return case.knowledge, case.region, found, scored(case, found)


def stretched(knowledge: Knowledge, name: str, weeks: float) -> Knowledge:
    """The knowledge with one activity that takes so many weeks more."""
    activity = knowledge.activities[name]
    duration = activity.duration.model_copy(update={"weeks": activity.duration.weeks + weeks})
    longer = activity.model_copy(update={"duration": duration})
    return knowledge.model_copy(update={"activities": {**knowledge.activities, name: longer}})


@examples(25)
@given(data=st.data(), weeks=st.integers(1, 40))
def test_more_work_never_brings_a_partner_forward(
    drechtsteden: Case, data: st.DataObject, weeks: int
) -> None:
    """A longer activity leaves every partner's readiness where it was, or later."""
    name = data.draw(st.sampled_from(sorted(drechtsteden.knowledge.activities)))
    slower = stretched(drechtsteden.knowledge, name, float(weeks))
    found = eligibility(drechtsteden.knowledge, drechtsteden.region)
    ranked = scored(drechtsteden, found)
    before = roadmap(drechtsteden.knowledge, drechtsteden.region, found, ranked, "3a")
    after = roadmap(slower, drechtsteden.region, found, ranked, "3a")
    for partner, part in before.municipalities.items():
        later = after.municipalities[partner].ready
        assert part.ready is not None
        assert later is not None
        if drechtsteden.region.municipalities[partner].facts["pace"].value == "met_spoed":
            assert later.latest >= part.ready.latest


def renamed(raw: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - a raw YAML document
    """The document with every name of a municipality replaced, as key and as value."""
    if isinstance(raw, dict):
        return {names.get(key, key): renamed(value, names) for key, value in raw.items()}
    if isinstance(raw, list):
        return [renamed(value, names) for value in raw]
    return names.get(raw, raw) if isinstance(raw, str) else raw


@settings(examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_renaming_and_shuffling_the_municipalities_leaves_every_part_with_its_facts(
    tmp_path: Path, seed: int
) -> None:
    """Roles follow from facts and general rules, not from names or places in the file."""
    file = data_folder("regions") / "drechtsteden.yaml"
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    chance = random.Random(seed)  # noqa: S311 - a repeatable shuffle
    names = {
        old: f"gemeente-{number}" for number, old in enumerate(chance.sample(list(PUBLISHED), 6))
    }
    for key in ("municipalities", "organisations", "facts", "groupings"):
        items = list(raw[key].items())
        chance.shuffle(items)
        raw[key] = dict(items)
    for municipality in raw["municipalities"].values():
        municipality["name"] = f"Gemeente {chance.randrange(10**6)}"
    file = tmp_path / "andere-namen.yaml"
    file.write_text(json.dumps(renamed(raw, names)), encoding="utf-8")  # JSON is YAML
    advice = decide(load_region(file))
    parts = plan_of(advice).municipalities
    assert advice.recommended == "3a"
    assert {old: parts[new].role for old, new in names.items()} == PUBLISHED


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b", "4", "5"])
def test_every_form_has_a_roadmap(drechtsteden: Case, form: str) -> None:
    """Also for a form that is not advised a reader can see what the way would be."""
    plan = roadmap(*known(drechtsteden), form)
    assert set(plan.municipalities) == set(PUBLISHED)
    assert plan.weeks == max((task.finish for task in plan.tasks), default=0)


def part_of(*changes: str, name: str) -> tuple[str, str, int | None]:
    """The role, the form and the wave of a municipality in 3a after some changes."""
    case = load_region("drechtsteden.yaml", changes=changes)
    part = roadmap(*known(case), "3a").municipalities[name]
    return part.role, part.form, part.wave


def test_nobody_starts_as_long_as_its_will_is_unknown() -> None:
    """Whether Zwijndrecht joins 14078 is unknown: nothing is decided, and it goes on as now."""
    place = "municipalities.zwijndrecht.facts"
    for fact in ("joins_number", "adopts_antwoord"):
        part = part_of(f"{place}.{fact}=unknown", name="zwijndrecht")
        assert part == ("undecided", "0", None)


def test_a_question_about_work_keeps_nobody_from_starting() -> None:
    """Dordrecht wants to; whether it has the capacity is asked, and meanwhile it starts."""
    change = "municipalities.dordrecht.facts.capacity=unknown"
    assert part_of(change, name="dordrecht") == ("early_adopter", "3a", 1)


def refusing(knowledge: Knowledge) -> list[str]:
    """The facts of municipalities by which one can refuse."""
    rules = [one for one in knowledge.rules.values() if one.otherwise in REFUSALS]
    of_municipalities = [one.requires for one in rules if one.of_each == "municipality"]
    return sorted({one.fact for requires in of_municipalities for one in comparisons(requires)})


@examples(40)
@given(data=st.data())
def test_everyone_comes_to_a_form_that_it_surely_takes_part_in(
    drechtsteden: Case, data: st.DataObject
) -> None:
    """Whatever is unknown, nobody is planned in a form that it may yet refuse."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    form = data.draw(st.sampled_from([*knowledge.forms]))
    members = dict(region.municipalities)
    places = st.tuples(st.sampled_from([*members]), st.sampled_from(refusing(knowledge)))
    for name, fact in data.draw(st.sets(places, max_size=8)):
        facts = {**members[name].facts, fact: Fact(value="unknown")}
        members[name] = members[name].model_copy(update={"facts": facts})
    changed = region.model_copy(update={"municipalities": members})
    plan = roadmap(*known(Case(knowledge, changed)), form)
    found = eligibility(knowledge, changed)
    for name, part in plan.municipalities.items():
        verdicts = found.municipalities[name]
        assert part.form == knowledge.baseline or verdicts[part.form].takes_part == "yes"
        if part.form != form:
            assert verdicts[form].takes_part != "yes"
            assert part.wave is None


@pytest.mark.parametrize(
    ("authority", "decision", "role"),
    [
        ("mandated", "nee", "follows"),
        ("delegated", "ja", "decides_itself"),
        ("delegated", "nee", "decides_itself"),
        ("delegated", "unknown", "decides_itself"),
        ("unknown", "nee", "undecided"),
    ],
)
def test_an_organisation_follows_only_when_that_is_certain(
    authority: str, decision: str, role: str
) -> None:
    """Of an organisation that may yet decide itself nobody says that it follows."""
    place = "organisations.belastingdienst.facts"
    changes = [f"{place}.authority={authority}", f"{place}.own_decision={decision}"]
    case = load_region("drechtsteden.yaml", changes=changes)
    part = roadmap(*known(case), "3a").organisations["belastingdienst"]
    assert part.role == role
    assert (part.form == "3a") == (decision == "ja" or role == "follows")


def everyone(region: Region, fact: str, value: str) -> Region:
    """The region in which every municipality declares the same."""
    changed = {
        name: one.model_copy(update={"facts": {**one.facts, fact: Fact(value=value)}})
        for name, one in region.municipalities.items()
    }
    return region.model_copy(update={"municipalities": changed})


def test_a_region_of_which_nobody_works_by_antwoord_does_nothing(drechtsteden: Case) -> None:
    """Without municipalities that want the number only form 0 remains, and nobody takes part."""
    region = everyone(drechtsteden.region, "adopts_antwoord", "nee")
    advice = decide(Case(drechtsteden.knowledge, region))
    assert advice.recommended == drechtsteden.knowledge.baseline
    assert {part.role for part in plan_of(advice).municipalities.values()} == {"stays_out"}
