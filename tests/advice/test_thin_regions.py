"""The regions that come with the program, most of which a source says little about."""

from __future__ import annotations

import pytest

from decision.advice.advice import Advice, decide
from decision.load import Case, load_region
from decision.model.facts import Fact
from decision.model.installed import data_folder
from decision.report.report import Report
from tests.regions import DRECHTSTEDEN

OTHERS = sorted({path.name for path in data_folder("regions").glob("*.yaml")} - {DRECHTSTEDEN})


@pytest.fixture(scope="module", params=OTHERS)
def thin(request: pytest.FixtureRequest) -> Advice:
    """The advice for one of them."""
    return decide(load_region(request.param))


def test_a_thin_region_gets_a_question_and_no_choice(thin: Advice) -> None:
    """Nothing is chosen or planned, and whatever decides can be asked of somebody."""
    assert thin.recommended is None
    assert thin.roadmap is None
    assert thin.findings.plan_money is None
    known = {thin.region.id, *thin.region.municipalities, *thin.region.organisations}
    if thin.conditional is not None:
        asked = [place for one in thin.conditional.asked for place in one.asked]
        assert 1 <= len(thin.conditional.asked) <= 3
        assert {partner for _, partner in asked} <= known
    else:
        assert len(thin.region.municipalities) == 1


def test_who_goes_on_as_now_is_on_the_form_of_today(thin: Advice) -> None:
    """In 2012 all six share one number: that is their form as long as nothing is chosen."""
    towns, organisations = thin.region.municipalities, thin.region.organisations
    now = {name: one.current.form or "0" for name, one in towns.items()}
    now |= {name: one.current.form or "0" for name, one in organisations.items()}
    assert {name: thin.parts[name].form for name in now} == now


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_its_summary_holds_no_amount(thin: Advice, lang: str) -> None:
    """Money that rests on a guess is worse than none."""
    told = load_region(f"{thin.region.id}.yaml", lang=lang)
    assert "€" not in Report(decide(told), lang, ("summary",)).text("md")


def test_a_number_that_no_source_names_is_not_filled_in() -> None:
    """The letter of Ridderkerk names no 14-number; what lies where is told for each that can be."""
    case = load_region("bar.yaml")
    found = decide(case).number
    assert found.number == "unknown"
    assert [*found.others] == ["010", "0180"]
    assert (found.members["ridderkerk"].low, found.members["ridderkerk"].high) == (0.0, 1.0)
    chosen = decide(load_region("bar.yaml", changes=["number=0180"])).number
    assert chosen.members["ridderkerk"].high == 0.0
    for name, one in chosen.members.items():
        assert found.members[name].low <= one.low <= one.high <= found.members[name].high


def test_a_number_is_known_to_fit_where_every_choice_fits() -> None:
    """Groningen lies in one netnummer only: whichever number it becomes, that is its own."""
    found = decide(load_region("groningen-ten-boer.yaml"))
    assert found.number.members["groningen"].high == 0.0
    assert found.number.members["ten-boer"].high == 1.0


@pytest.mark.parametrize("decided", ["nee", "unknown", "ja"])
def test_a_province_never_follows_a_municipality(decided: str) -> None:
    """Another government takes its own decision, whatever it decides."""
    changes = [
        "organisations.overijssel.facts.citizen_contact=ja",
        f"organisations.overijssel.facts.own_decision={decided}",
    ]
    found = decide(load_region("zwolle-overijssel.yaml", changes=changes))
    assert found.parts["overijssel"].role == "decides_itself"


@pytest.mark.parametrize("doubt", ["cooperation", "joins_number"])
def test_an_organisation_has_the_role_that_every_possible_form_gives_it(doubt: str) -> None:
    """The tax service follows in each; who has no callers stays out of form 1 only: it depends."""
    case = load_region(DRECHTSTEDEN)
    knowledge, region = case.knowledge, case.region
    rule = knowledge.rules["heeft-klantcontact"].model_copy(update={"guards": ("1",)})
    rules = {**knowledge.rules, "heeft-klantcontact": rule}
    unknown = Fact(value="unknown")
    towns = {
        name: one.model_copy(update={"facts": {**one.facts, doubt: unknown}})
        for name, one in region.municipalities.items()
    }
    found = decide(
        Case(
            knowledge.model_copy(update={"rules": rules}),
            region.model_copy(update={"municipalities": towns}),
        )
    )
    assert {"1", "3a"} <= {*found.candidates}
    for name, part in found.parts.items():
        if name in region.organisations:
            asked = found.eligibility.organisations[name]
            takes = {asked[form].takes_part for form in found.candidates}
            assert (part.role == "follows") == (takes == {"yes"})
            assert part.form == "0"
    assert found.parts["scd"].role == "undecided"
    assert found.parts["belastingdienst"].role == "follows"
    assert found.parts["sociale-dienst"].role == "decides_itself"
