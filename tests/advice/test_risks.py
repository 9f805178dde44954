"""The risks of working together: for whom they hold, how often others named them, and lessons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice
from decision.advice.risks import RiskFor, lessons_for, risks
from decision.load import Case
from decision.model.facts import Fact
from decision.model.region import Region
from tests.regions import base, values
from tests.searching import examples

OF_PLAN = {"scheve-inzet", "spagaat", "onduidelijke-verantwoordelijkheid"}
"""The three risks of the plan of 2011."""

HOLDS = {
    "scheve-inzet": {"cost_sharing": {"geen"}},
    "spagaat": {"capacity": {"ontbreekt", "beperkt"}},
    "geen-haast": {"urgency": {"nee", "deels"}},
    "sleutelfiguren-ontbreken": {"key_figures": {"nee", "enkele"}},
    "bestuur-niet-overtuigd": {"board_support": {"nog_niet", "deels"}},
    "geld-onder-druk": {"budget": {"onder_druk"}},
    "weerstand": {"resistance": {"enige", "veel"}},
    "doel-onduidelijk": {"goal_clear": {"nee"}},
    "medewerkers-niet-klaar": {"staff_readiness": {"onvoldoende"}},
    "onduidelijke-verantwoordelijkheid": {
        "board_support": {"nog_niet", "deels"},
        "organisation_support": {"nog_niet", "deels"},
    },
}
"""Which levels make a risk, one fact being enough."""

FACTS = sorted({fact for levels in HOLDS.values() for fact in levels} - {"cost_sharing"})


def declaring(region: Region, name: str, **levels: str) -> Region:
    """The region in which a municipality declares levels of facts."""
    town = region.municipalities[name]
    facts = {fact: Fact(value=level) for fact, level in levels.items()}
    new = town.model_copy(update={"facts": {**town.facts, **facts}})
    return region.model_copy(update={"municipalities": {**region.municipalities, name: new}})


def found(advice: Advice, region: Region) -> dict[str, RiskFor]:
    """The risks of a region whose municipalities go where those of the advice go."""
    return {one.risk: one for one in risks(advice.knowledge, region, advice.parts)}


@examples(60)
@given(data=st.data())
def test_a_risk_is_told_exactly_where_its_condition_holds(
    advice: Advice, data: st.DataObject
) -> None:
    """Whatever is known: yes makes a risk, no makes none, and unknown is neither."""
    knowledge, region = advice.knowledge, advice.region
    name = data.draw(st.sampled_from(["dordrecht", "papendrecht", "alblasserdam"]))
    declared = {fact: data.draw(values(knowledge.facts[fact])).value for fact in FACTS}
    told = found(advice, declaring(region, name, **{k: str(v) for k, v in declared.items()}))
    for risk, levels in HOLDS.items():
        if knowledge.risks[risk].of_each == "region":
            continue
        met = [declared[fact] in wanted for fact, wanted in levels.items()]
        unknown = [declared[fact] == "unknown" for fact in levels]
        one = told.get(risk)
        assert (one is not None and name in one.partners) == any(met)
        if one is not None and not any(met):
            assert (name in one.unknown) == any(unknown)


def test_every_risk_is_in_the_law(advice: Advice) -> None:
    """A new risk gets its condition here too."""
    assert {*HOLDS} == {*advice.knowledge.risks}
    assert {*OF_PLAN} <= {*HOLDS}


@pytest.mark.parametrize(("level", "holds"), [("geen", True), ("afgesproken", False)])
def test_the_region_shares_effort_unevenly_until_it_agrees(
    advice: Advice, level: str, *, holds: bool
) -> None:
    """The risk of 2011 is there as long as nobody settled who puts in what."""
    facts = {**advice.region.facts, "cost_sharing": Fact(value=level)}
    region = advice.region.model_copy(update={"facts": facts})
    told = found(advice, region)
    assert ("scheve-inzet" in told) == holds
    if holds:
        assert told["scheve-inzet"].partners == ("drechtsteden",)


def test_a_risk_is_for_who_goes_to_one_of_its_forms(advice: Advice) -> None:
    """Sliedrecht only shares the number: nobody there is torn between region and own work."""
    region = declaring(advice.region, "sliedrecht", capacity="ontbreekt", urgency="nee")
    told = found(advice, region)
    assert "sliedrecht" not in told["spagaat"].partners
    assert told["geen-haast"].partners == ("sliedrecht",)


def test_others_named_a_risk_as_printed(advice: Advice) -> None:
    """Paragraaf 8.8 and 8.9: urgency is 31% in 2014 (60% of the large ones) and 17% in 2010."""
    region = declaring(advice.region, "dordrecht", urgency="nee", budget="onder_druk")
    region = declaring(region, "alblasserdam", budget="onder_druk", key_figures="nee")
    told = found(advice, region)
    failure, success = told["geen-haast"].named
    assert (failure.everyone, failure.earlier, success.everyone, success.earlier) == (
        *(0.31, 0.17),
        *(0.40, 0.16),
    )
    assert failure.by_size == {"dordrecht": 0.60}
    (cuts,) = told["geld-onder-druk"].named
    assert (cuts.everyone, cuts.earlier, cuts.by_size) == (0.12, 0.14, {"alblasserdam": 0.31})
    _, figures = told["sleutelfiguren-ontbreken"].named
    assert (figures.everyone, figures.by_size) == (0.19, {"alblasserdam": 0.25})
    board, commitment = told["bestuur-niet-overtuigd"].named
    assert (board.everyone, board.earlier) == (None, 0.19)
    assert (commitment.everyone, commitment.earlier) == (0.15, 0.25)


def test_without_a_survey_nobody_is_quoted(advice: Advice) -> None:
    """A folder of knowledge of one's own may have no survey."""
    knowledge = advice.knowledge.model_copy(update={"survey": None})
    assert all(not one.named for one in risks(knowledge, advice.region, advice.parts))


def test_a_lesson_is_told_where_it_is_about_the_region(advice: Advice) -> None:
    """In 2008 there was a lead and a trigger from outside; the others still had to be learned."""
    assert {*advice.knowledge.lessons} - {*advice.lessons} == {
        *("aanleiding-van-buiten", "regionale-trekker"),
    }


@pytest.mark.parametrize(
    ("changes", "lesson"),
    [
        ({"direction": "geen"}, "regionale-trekker"),
        ({"external_trigger": "nee"}, "aanleiding-van-buiten"),
    ],
)
def test_a_lesson_appears_with_its_condition(changes: dict[str, str], lesson: str) -> None:
    """A region without a lead or a trigger is told what those are for; nobody knows: it is not."""
    case = base()
    for level, holds in ((changes, True), (dict.fromkeys(changes, "unknown"), False)):
        facts = {**case.region.facts, **{name: Fact(value=one) for name, one in level.items()}}
        region = case.region.model_copy(update={"facts": facts})
        assert (lesson in lessons_for(case.knowledge, region)) == holds
    bare = Case(case.knowledge, case.region.model_copy(update={"facts": {}, "neighbours": {}}))
    nobody = {
        name: one.model_copy(update={"facts": {}, "coverage": {"078": 1.0}})
        for name, one in bare.region.municipalities.items()
    }
    region = bare.region.model_copy(update={"municipalities": nobody})
    assert lessons_for(case.knowledge, region) == ()
