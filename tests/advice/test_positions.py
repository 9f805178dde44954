"""Where the municipalities stand in Antwoord: phase, starting situation, distance, benchmark."""

from __future__ import annotations

from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.assumptions import Assumption
from decision.advice.positions import Maturity, positions
from decision.load import Case, InputError, load_region
from decision.model.facts import Fact
from decision.model.installed import data_folder
from decision.model.region import Region
from decision.model.requirements import Comparison
from decision.report.report import Report
from tests.small import problems_of

CASE = load_region("drechtsteden.yaml")
KNOWLEDGE, REGION = CASE.knowledge, CASE.region
ASKED = ("entrance", "vision", "knowledge_base", "same_answer")
"""The facts by which a starting situation is found."""

LEVELS = {fact: (*KNOWLEDGE.facts[fact].levels, "unknown") for fact in ASKED}


def of(*changes: str, name: str = "dordrecht") -> Maturity:
    """Where a municipality stands after some changes."""
    case = load_region("drechtsteden.yaml", changes=changes)
    return positions(case.knowledge, case.region, "3a")[name]


def declared(**facts: str) -> Maturity:
    """Where Dordrecht stands with nothing but these facts."""
    own = {fact: Fact(value=level) for fact, level in facts.items()}
    dordrecht = REGION.municipalities["dordrecht"].model_copy(update={"facts": own})
    region = REGION.model_copy(update={"municipalities": {"dordrecht": dordrecht}})
    return positions(KNOWLEDGE, region, "3a")["dordrecht"]


def test_only_what_the_source_says(advice: Advice) -> None:
    """Bijlage C says who has no knowledge base yet, which phase 2 asks; it says no more."""
    known = {
        (name, aspect): one.phase
        for name, position in advice.positions.items()
        for aspect, one in position.aspects.items()
        if one.phase is not None
    }
    without = ("alblasserdam", "hendrik-ido-ambacht", "papendrecht", "zwijndrecht")
    assert known == {(name, "systemen"): 1 for name in without}
    for name in without:
        source = advice.region.municipalities[name].positions["systemen"].source
        assert source is not None
        assert source.reading
        facts = advice.region.municipalities[name].facts
        assert facts["knowledge_base"].value == "geen"


def test_the_target_of_papendrecht_is_its_own(advice: Advice) -> None:
    """Papendrecht wants phase 3 within two to three years (bijlage C); others follow the region."""
    target = advice.positions["papendrecht"].target
    assert target is not None
    assert (target.phase, target.origin) == (3, "municipality")
    other = advice.positions["dordrecht"].target
    assert other is not None
    assert (other.phase, other.origin, other.form) == (3, "form", "4")


def test_the_region_can_state_a_phase() -> None:
    """A phase that the region states goes before what its form asks, not before one's own."""
    target = of("target_phase=4").target
    assert target is not None
    assert (target.phase, target.origin) == (4, "region")
    own = of("target_phase=4", "municipalities.dordrecht.target_phase=5").target
    assert own is not None
    assert (own.phase, own.origin) == (5, "municipality")


def test_without_an_ambition_the_advice_sets_the_target() -> None:
    """A region that names no form aims for what the recommended form asks; without one for none."""
    region = REGION.model_copy(update={"ambition": None})
    target = positions(KNOWLEDGE, region, "3a")["dordrecht"].target
    assert target is not None
    assert (target.phase, target.form) == (2, "3a")
    for form in (None, "0"):
        position = positions(KNOWLEDGE, region, form)["dordrecht"]
        assert position.target is None
        assert all(one.to_go is None for one in position.aspects.values())


def test_ridderkerk_in_2011() -> None:
    """Mostly phase 2, products still in phase 1, ambition phase 3 (Raadsbrief Ridderkerk 2011)."""
    aspects = {
        name: 1 if aspect.building_block == "producten-diensten-kanalen" else 2
        for name, aspect in KNOWLEDGE.aspects.items()
    }
    changes = [f"municipalities.dordrecht.positions.{name}={p}" for name, p in aspects.items()]
    ridderkerk = of(*changes, "municipalities.dordrecht.target_phase=3")
    assert ridderkerk.phase == 2
    assert ridderkerk.unknown == ()
    to_go = {name: one.to_go for name, one in ridderkerk.aspects.items()}
    assert to_go == {name: 3 - phase for name, phase in aspects.items()}
    assert sorted(to_go.values()) == [1] * 8 + [2] * 2  # type: ignore[type-var]


def test_a_phase_holds_for_more_than_half() -> None:
    """Five of ten aspects in one phase is not enough to say that a municipality is in it."""
    names = [*KNOWLEDGE.aspects]
    five = [f"municipalities.dordrecht.positions.{name}=2" for name in names[:5]]
    assert of(*five).phase is None
    assert of(*five, f"municipalities.dordrecht.positions.{names[5]}=2").phase == 2


def test_who_is_past_the_target_has_nothing_to_go() -> None:
    """The distance is never less than nothing."""
    assert of("municipalities.dordrecht.positions.service=5").aspects["service"].to_go == 0


@pytest.mark.parametrize("levels", [*product(*(KNOWLEDGE.facts[fact].levels for fact in ASKED))])
def test_every_municipality_has_one_starting_situation(levels: tuple[str, ...]) -> None:
    """With all facts known exactly one of the four situations fits."""
    start = declared(**dict(zip(ASKED, levels, strict=True))).start
    assert start.situation is not None
    assert len(start.ruled_out) == 3
    assert (start.possible, start.ask) == ((), ())


@given(st.tuples(*(st.sampled_from(LEVELS[fact]) for fact in ASKED)), st.data())
def test_an_answer_only_narrows_it_down(levels: tuple[str, ...], data: st.DataObject) -> None:
    """A new fact rules situations out and brings none back."""
    facts = dict(zip(ASKED, levels, strict=True))
    before = declared(**facts).start
    open_facts = [fact for fact, level in facts.items() if level == "unknown"]
    assert {*before.ask} <= {*open_facts}
    if not open_facts:
        return
    fact = data.draw(st.sampled_from(open_facts))
    answer = data.draw(st.sampled_from([*KNOWLEDGE.facts[fact].levels]))
    after = declared(**{**facts, fact: answer}).start
    assert {*before.ruled_out} <= {*after.ruled_out}
    assert before.situation in {None, after.situation}


def test_a_situation_is_not_found_as_long_as_another_is_open() -> None:
    """Knowledge of one's own may let two situations fit: what fits beside a question is open."""
    situations = KNOWLEDGE.starting_situations
    fits, asks, *_ = situations
    when = {
        fits: Comparison.model_validate({"fact": "vision", "at_least": "vastgesteld"}),
        asks: Comparison.model_validate({"fact": "entrance", "is": "een_kcc"}),
    }
    own = {name: situations[name].model_copy(update={"when": one}) for name, one in when.items()}
    knowledge = KNOWLEDGE.model_copy(update={"starting_situations": own})
    dordrecht = REGION.municipalities["dordrecht"]
    vision = {"vision": Fact(value="vastgesteld")}
    for entrance, situation in (("unknown", None), ("een_kcc", None), ("per_dienst", fits)):
        facts = {**vision, "entrance": Fact(value=entrance)}
        municipality = dordrecht.model_copy(update={"facts": facts})
        region = REGION.model_copy(update={"municipalities": {"dordrecht": municipality}})
        start = positions(knowledge, region, "3a")["dordrecht"].start
        assert start.situation == situation
        assert (start.possible == ()) == (situation is not None)
        assert start.ask == (("entrance",) if entrance == "unknown" else ())


def test_the_starting_situations_of_the_slides() -> None:
    """One entrance for each department is situation 2, one on a few channels 3 (Antwoord 2, H3)."""
    assert declared(entrance="per_dienst").start.situation == "diensten-op-orde"
    assert declared(entrance="per_kanaal").start.situation == "kanalen-op-orde"
    scattered = declared(entrance="versnipperd", vision="geen").start
    assert scattered.situation == "begin-van-antwoord"
    kcc = declared(entrance="een_kcc", knowledge_base="op_orde", same_answer="ja").start
    assert kcc.situation == "op-weg-naar-kcc"


def test_dordrecht_is_past_the_beginning(advice: Advice) -> None:
    """With an adopted vision it knows where it is heading; the other three are open."""
    start = advice.positions["dordrecht"].start
    assert start.situation is None
    assert start.ruled_out == ("begin-van-antwoord",)
    assert start.ask == ("entrance", "same_answer")


SURVEY = KNOWLEDGE.survey
assert SURVEY is not None


@pytest.mark.parametrize(
    ("inhabitants", "size"),
    [
        (24_999, "tot-25-duizend"),
        (25_000, "tot-50-duizend"),
        (49_999, "tot-50-duizend"),
        (50_000, "tot-100-duizend"),
        (118_541, "vanaf-100-duizend"),
    ],
)
def test_size_classes_of_the_survey(inhabitants: float, size: str) -> None:
    """The classes are those of paragraaf 1.2."""
    assert SURVEY is not None
    assert SURVEY.size_class(inhabitants) == size


def test_the_survey_as_printed() -> None:
    """78 respondents in four classes (paragraaf 1.2), and the phases of paragraaf 3.1."""
    assert SURVEY is not None
    assert sum(one.respondents for one in SURVEY.size_classes.values()) == SURVEY.respondents == 78
    found = SURVEY.findings
    assert (found["fase-3"].everyone, found["fase-2"].everyone) == (0.43, 0.35)
    assert found["fase-2"].by_size == {"tot-25-duizend": 0.45}
    assert found["fase-onbekend"].everyone == 0.08
    for one in found.values():
        assert one.everyone is not None or one.by_size or one.earlier is not None
        assert one.source.document == "begrijpen-2014"


def test_without_a_survey_there_is_no_benchmark() -> None:
    """Knowledge without a survey still says where municipalities stand."""
    knowledge = KNOWLEDGE.model_copy(update={"survey": None})
    advice = decide(Case(knowledge, REGION))
    assert advice.positions["dordrecht"].size_class is None
    assert "enquête" not in Report(advice, wanted=["positions"]).text("md")


def test_a_municipality_among_its_peers() -> None:
    """Once a municipality is known to be in phase 2, the report says how many others were."""
    changes = [f"municipalities.alblasserdam.positions.{name}=2" for name in KNOWLEDGE.aspects]
    advice = decide(load_region("drechtsteden.yaml", changes=changes))
    text = Report(advice, wanted=["positions"]).text("md")
    assert "Alblasserdam is in fase 2." in text
    assert "Dat gold in 2014 voor 35% van alle gemeenten." in text


def test_a_phase_without_a_source_is_an_assumption() -> None:
    """What nobody backs up is listed among the assumptions, like any fact."""
    change = "municipalities.dordrecht.positions.service=3"
    advice = decide(load_region("drechtsteden.yaml", changes=[change]))
    assert Assumption("position", "service", "dordrecht") in advice.assumptions
    assert "Dordrecht: Service." in Report(advice, wanted=["assumptions"]).text("md")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("municipalities.dordrecht.positions.service=6", "too_high"),
        ("municipalities.dordrecht.positions.service=0", "too_low"),
        ("municipalities.dordrecht.positions.service=drie", "phase_expected"),
        ("municipalities.dordrecht.positions.servise=3", "unknown_reference"),
        ("municipalities.dordrecht.target_phase=2.5", "whole_number_expected"),
    ],
)
def test_what_a_position_cannot_be(change: str, code: str) -> None:
    """Phases run from 1 to 5, on the ten aspects; anything else is told."""
    assert [one.code for one in problems_of("drechtsteden.yaml", changes=[change])] == [code]


@pytest.mark.parametrize("wrong", [{"topic": "tempo"}, {"by_size": {"dorpen": 0.5}}])
def test_a_finding_names_a_topic_and_sizes_of_the_survey(
    wrong: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A misspelt topic or size class in a user's own folder is found when loading."""
    folder = tmp_path_factory.mktemp("criteria")
    given_survey = {"survey": {"findings": {"fase-2": wrong}}}
    (folder / "survey.yaml").write_text(yaml.safe_dump(given_survey), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_region("drechtsteden.yaml", criteria=folder)
    assert {one.code for one in raised.value.problems} == {"unknown_reference"}


def test_positions_stay_with_the_facts_when_names_change() -> None:
    """Renamed and shuffled, every municipality stands where it stood."""
    names = {name: f"gemeente-{at}" for at, name in enumerate(REGION.municipalities)}
    turned = {names[name]: one for name, one in reversed([*REGION.municipalities.items()])}
    region: Region = REGION.model_copy(update={"municipalities": turned})
    before, after = positions(KNOWLEDGE, REGION, "3a"), positions(KNOWLEDGE, region, "3a")
    for old, new in names.items():
        assert after[new].aspects == before[old].aspects
        assert after[new].start.ruled_out == before[old].start.ruled_out
        assert after[new].size_class == before[old].size_class


def test_no_phase_is_made_up_for_the_starting_file() -> None:
    """Every aspect that the region file names exists, and each has a source."""
    raw = yaml.safe_load((data_folder("regions") / "drechtsteden.yaml").read_text("utf-8"))
    for one in raw["municipalities"].values():
        for aspect, position in one.get("positions", {}).items():
            assert aspect in KNOWLEDGE.aspects
            assert position["source"]["document"] == "realiseren-2008"
