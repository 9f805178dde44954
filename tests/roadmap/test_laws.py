"""Laws of the plan for regions that nobody has drawn up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import costs
from decision.eligibility.verdicts import eligibility
from decision.load import Case
from decision.model.facts import Fact, Figure
from decision.roadmap.plan import Roadmap, roadmap
from decision.scores.additive import scores
from tests.regions import changed, regions, with_fact
from tests.searching import examples

GAP = 1e-6
SCALES = ("vision", "board_support", "organisation_support", "capacity", "knowledge_base")


def plan_of(case: Case) -> Roadmap:
    """The way to form 3a, whatever is advised."""
    found = eligibility(case.knowledge, case.region)
    ranked = scores(case.knowledge, case.region, found, costs(case.knowledge, case.region))
    return roadmap(case.knowledge, case.region, found, ranked, "3a")


def no_sooner(then: Roadmap, now: Roadmap) -> bool:
    """Whether a plan opens no sooner; what is not proven may be as far off as its gap."""
    if not (then.waves and now.waves) or then.founders.members != now.founders.members:
        return True
    return then.waves[0].week + GAP >= now.bound


@examples(10)
@given(regions())
def test_waves_come_in_order_and_nobody_goes_live_before_it_is_ready(case: Case) -> None:
    """The first wave has all its founders; who is held would have made it wait too long."""
    plan = plan_of(case)
    joins = [name for wave in plan.waves for name in wave.members]
    assert sorted(joins) == sorted(n for n, p in plan.municipalities.items() if p.form == "3a")
    assert [wave.week for wave in plan.waves] == sorted({wave.week for wave in plan.waves})
    if plan.waves:
        first = plan.waves[0]
        assert {*plan.founders.members} <= {*first.members}
        assert first.week >= plan.bound
        assert all(week >= first.week for week in plan.live.values())
        for wave in plan.waves:
            assert all(_ready(plan, name) <= wave.week for name in wave.members)
        for one in plan.held:
            assert one.together > one.opens + one.most
            assert one.partner not in first.members


def _ready(plan: Roadmap, name: str) -> float:
    found = plan.municipalities[name].ready
    assert found is not None
    return found.earliest


@examples(10)
@given(regions(), st.data())
def test_worse_readiness_never_opens_the_same_first_wave_sooner(
    case: Case, data: st.DataObject
) -> None:
    """Who falls back a level on anything has more to do, or fewer days for it."""
    name = data.draw(st.sampled_from(sorted(case.region.municipalities)))
    fact = data.draw(st.sampled_from(SCALES))
    levels = [*case.knowledge.facts[fact].levels]
    best, worst = (
        with_fact(case, name, fact, Fact(value=level)) for level in (levels[-1], levels[0])
    )
    assert no_sooner(plan_of(worst), plan_of(best))


@examples(10)
@given(regions(), st.integers(1, 30))
def test_more_days_never_open_the_same_first_wave_later(case: Case, more: int) -> None:
    """Days that are left over are of no harm."""

    def having(days: float) -> Case:
        given = {"days_a_week": Figure(value=days)}
        towns = case.region.municipalities
        return changed(case, {n: one.model_copy(update=given) for n, one in towns.items()})

    assert no_sooner(plan_of(having(2.0)), plan_of(having(2.0 + more)))
