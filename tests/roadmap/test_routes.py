"""The routes to a form: each with a plan of its own, or with what stands in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.load.problems import InputError
from decision.model.current import Current
from decision.roadmap.routes import Way, _arrived

FACTS = "municipalities.{}.facts.{}={}"


def named(advice: Advice, form: str = "3a") -> dict[str, Way]:
    """The routes of an advice by their id."""
    return {way.id: way for way in advice.findings.about(form).ways}


def changed(*changes: str) -> Advice:
    """The advice on the Drechtsteden with something else declared."""
    return decide(load_region("drechtsteden.yaml", changes=changes))


def test_the_advised_route_is_the_plan(advice: Advice) -> None:
    """In groups opens and ends with the plan, and takes its working days."""
    plan, ways = advice.roadmap, named(advice)
    assert plan is not None
    assert [way.id for way in ways.values() if way.advised] == ["in-groepen"]
    own = ways["in-groepen"]
    assert (own.opening, own.last) == (plan.waves[0].week, plan.waves[-1].week)
    assert {name: one[-1].week for name, one in own.live.items()} == plan.live
    assert (own.own_days, own.own_cost) == (plan.own_days, plan.own_cost)


def test_everybody_ends_where_the_plan_has_it_end(advice: Advice) -> None:
    """By each route five come to 3a and Sliedrecht to form 1, and nobody goes back in time."""
    assert advice.roadmap is not None
    ends = {name: one.form for name, one in advice.roadmap.municipalities.items()}
    for way in named(advice).values():
        if way.obstacle is None:
            assert {name: one[-1].form for name, one in way.live.items()} == ends
            for own in way.live.values():
                assert [one.week for one in own] == sorted({one.week for one in own})


def test_at_once_waits_for_the_last_and_in_groups_for_nobody(advice: Advice) -> None:
    """At once opens later than in groups, and by way of another form is done later still."""
    ways = named(advice)
    at_once, groups = ways["in-een-keer"], ways["in-groepen"]
    assert at_once.opening == at_once.last
    assert at_once.opening is not None
    assert groups.opening is not None
    assert at_once.opening > groups.opening
    for name in ("via-samen-beheren", "via-samen-ontwikkelen"):
        way = ways[name]
        assert way.last is not None
        assert way.last > at_once.opening
        assert way.own_days > groups.own_days
        first, last = way.legs
        assert last.start > first.opening
        assert last.opening >= first.opening + 2 * 52


def test_what_ends_in_a_week_is_done_when_the_next_step_begins_in_it(advice: Advice) -> None:
    """The region that goes on has done all that its plan ends by then, and nothing else."""
    plan, known = advice.roadmap, advice.knowledge.activities
    assert plan is not None
    for week in {task.finish for task in plan.tasks}:
        region = _arrived(advice.knowledge, advice.region, plan, week)
        own: dict[str | None, Current] = {None: region.current}
        own |= {name: one.current for name, one in region.municipalities.items()}
        own |= {name: one.current for name, one in region.organisations.items()}
        for task in plan.tasks:
            one = known[task.activity]
            if not one.anew and one.milestone is None:
                assert (task.activity in own[task.partner].done) == (task.finish <= week)


def test_nobody_leaves_a_form_before_the_years_are_over() -> None:
    """Seven years are 365 weeks and a day or two, so that the next form opens a week later."""
    found = changed("kengetallen.growth_after_years.value=7")
    first, last = named(found)["via-samen-beheren"].legs
    assert last.opening == first.opening + 366


def test_outsourcing_first_says_why_it_cannot_be(advice: Advice) -> None:
    """Whoever cannot give the assignment cannot outsource first; who can, can."""
    obstacle = named(advice)["eerst-uitbesteden"].obstacle
    assert obstacle is not None
    assert (obstacle.kind, obstacle.form) == ("excluded", "3b")
    assert obstacle.rules == advice.eligibility.forms["3b"].excluded_by
    able = changed("facts.contact_insight=gemeten")
    if able.eligibility.forms["3b"].reach == "yes":
        way = named(able)["eerst-uitbesteden"]
        assert way.obstacle is None
        assert way.path == ("3b", "3a")


def test_nobody_to_wave() -> None:
    """Where all open together the plan is all at once, and in groups says that it is the same."""
    towns = ("alblasserdam", "hendrik-ido-ambacht")
    found = changed(*(FACTS.format(name, "pace", "met_spoed") for name in towns))
    ways = named(found)
    if found.roadmap is not None and len(found.roadmap.waves) == 1:
        assert ways["in-een-keer"].advised
        obstacle = ways["in-groepen"].obstacle
        assert obstacle is not None
        assert obstacle.kind == "no_waves"


def test_what_the_routes_differ_in(advice: Advice) -> None:
    """Weeks, euro and days beside the plan; who is hurried; and the risks of their outcome."""
    chosen = advice.findings.chosen
    assert chosen is not None
    found = {one.way.id: one for one in chosen.compared}
    money = {route.way.id: route for route in chosen.routes if route.way is not None}
    plan = money["in-groepen"]
    assert found["in-groepen"].differs == ()
    assert found["in-een-keer"].hurried == ("alblasserdam", "hendrik-ido-ambacht")
    assert "traagste-bepaalt" in found["in-een-keer"].risks
    via = found["via-samen-beheren"]
    told = dict(via.differs)
    assert told["loses"] == money["via-samen-beheren"].write_off == 5 * 40_000
    assert told["costs"] == pytest.approx(money["via-samen-beheren"].total - plan.total)
    assert "dubbel-kopen" in via.risks
    assert found["eerst-uitbesteden"].route is None


def test_a_region_in_form_1_grows_from_there() -> None:
    """Who is on a lesser form already has no route by way of it."""
    current = "{form: '1', number: '078', since: '2008'}"
    towns = [*load_region("drechtsteden.yaml").region.municipalities]
    found = changed(*(f"municipalities.{name}.current={current}" for name in towns))
    obstacle = named(found)["via-samen-beheren"].obstacle
    assert obstacle is not None
    assert (obstacle.kind, obstacle.form) == ("there", "1")


@pytest.mark.parametrize("steps", ["[{how: waves, form: '1'}]", "[{how: waves}, {how: waves}]"])
def test_steps_that_lead_nowhere(steps: str, tmp_path: Path) -> None:
    """Each step but the last names its form and until when; the last goes to the form itself."""
    text = f"routes:\n  in-groepen:\n    steps: {steps}\n"
    (tmp_path / "routes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_region("drechtsteden.yaml", criteria=tmp_path)
    assert [one.code for one in error.value.problems] == ["route_step"]


def test_form_3a_opens_six_months_after_the_decision() -> None:
    """Table 5.3 says about six months; without a recess that is 26 weeks, with it three more."""
    plain, usual = changed("calendar={}").roadmap, changed().roadmap
    assert plain is not None
    assert usual is not None
    assert (plain.after_decision, usual.after_decision) == (26, 29)
    assert (plain.recess, usual.recess) == (0, 3)
