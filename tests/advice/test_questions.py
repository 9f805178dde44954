"""Open questions: what hangs on them, whom to ask, and what an answer could change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.questions import AnswerEffect, Question, addressee, question_text, questions
from decision.costs.result import costs
from decision.eligibility.participation import requirement
from decision.eligibility.verdicts import eligibility
from decision.load import Case, load_region
from decision.model.facts import Fact
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Comparison, comparisons
from decision.roadmap.plan import roadmap
from decision.scores.additive import scores
from tests.drechtsteden import answered
from tests.searching import examples

CASE = load_region("drechtsteden.yaml")
KNOWLEDGE, REGION = CASE.knowledge, CASE.region
COSTS = costs(KNOWLEDGE, REGION)

Place = tuple[str, str]
"""A fact and whose it is, as in a question."""


def changed(region: Region, facts: Mapping[Place, str | None]) -> Region:
    """The region with some facts declared otherwise; None makes one unknown."""
    own, members = dict(region.facts), dict(region.municipalities)
    organisations = {name: dict(one.facts) for name, one in region.organisations.items()}
    for (fact, partner), level in facts.items():
        value = "unknown" if level is None else level
        if partner in members:
            members[partner] = answered(KNOWLEDGE, members[partner], {fact: value})
        else:
            organisations.get(partner, own)[fact] = Fact(value=value)
    return region.model_copy(
        update={
            "facts": own,
            "municipalities": members,
            "organisations": {
                name: one.model_copy(update={"facts": organisations[name]})
                for name, one in region.organisations.items()
            },
        }
    )


def asked(region: Region, knowledge: Knowledge = KNOWLEDGE) -> dict[Place, Question]:
    """The open questions of a region, by fact and partner."""
    verdicts = eligibility(knowledge, region)
    ranked = scores(knowledge, region, verdicts, COSTS)
    return {(one.fact, one.partner): one for one in questions(knowledge, region, verdicts, ranked)}


OPEN = asked(REGION)


def test_no_question_without_a_rule_or_the_planning() -> None:
    """Nobody is asked something that the advice does nothing with."""
    waves = KNOWLEDGE.waves
    planning = [waves.one_after_another_when, *(one.when for one in waves.stretch)]
    used = [*(rule.requires for rule in KNOWLEDGE.rules.values()), *planning]
    facts = {one.fact for requires in used for one in comparisons(requires)}
    assert {fact for fact, _ in OPEN} <= facts
    assert "citizen_first" not in {fact for fact, _ in OPEN}
    for (fact, _), question in OPEN.items():
        for rule in question.rules:
            forms = KNOWLEDGE.rules[rule].guards
            requires = [requirement(KNOWLEDGE, rule, form) for form in forms]
            assert fact in {one.fact for asked in requires for one in comparisons(asked)}


def test_no_question_about_what_is_declared() -> None:
    """Every question is about a fact that is unknown."""
    for fact, partner in OPEN:
        own = REGION.municipalities.get(partner) or REGION.organisations.get(partner) or REGION
        found = own.facts
        assert fact not in found or not found[fact].known


@pytest.mark.parametrize("place", OPEN, ids=str)
def test_an_answer_takes_the_question_away(place: Place) -> None:
    """Whatever is answered, the question is not asked again, and no question comes back twice."""
    for level in KNOWLEDGE.facts[place[0]].levels:
        after = asked(changed(REGION, {place: level}))
        assert place not in after
        assert {*after} <= {*OPEN}


def test_the_most_consequential_comes_first() -> None:
    """First what could change the outcome, then what most verdicts hang on."""
    order = [(not one.could_change, -one.verdicts) for one in OPEN.values()]
    assert order == sorted(order)


def test_verdicts_are_counted_by_rule_and_form() -> None:
    """Scripts bind in four forms of handling calls together; a requirement of VNG in six forms."""
    scripts = OPEN["work_instructions", "alblasserdam"]
    assert (scripts.rules, scripts.verdicts) == (("scripts-beschreven",), 4)
    assert OPEN["vng_style", "dordrecht"].verdicts == 6


def test_scripts_of_the_later_joiners_can_change_their_role() -> None:
    """Whether two municipalities have scripts is unknown (bijlage C): it decides when they join."""
    for name in ("alblasserdam", "hendrik-ido-ambacht"):
        place = ("work_instructions", name)
        assert OPEN[place].could_change == (AnswerEffect("role", name),)
        without = changed(REGION, {place: "geen"})
        later, now = (
            decide(Case(KNOWLEDGE, one)).roadmap for one in (without, changed(REGION, {}))
        )
        assert later is not None
        assert now is not None
        assert later.municipalities[name] != now.municipalities[name]


def test_what_is_certain_already_is_not_at_stake() -> None:
    """Sliedrecht does not join 14078 now (hoofdstuk 6); its capacity does not change that.

    Whether the contacts are known decides if 3b can be chosen, but 3a stays better.
    """
    capacity = OPEN["capacity", "sliedrecht"]
    assert capacity.verdicts > 0
    assert capacity.could_change == ()
    contact = asked(changed(REGION, {("contact_insight", "drechtsteden"): None}))
    effects = contact["contact_insight", "drechtsteden"].could_change
    assert effects == (AnswerEffect("eligible", "3b"),)


def test_outsourcing_hangs_on_insight_alone() -> None:
    """That the assignment cannot be put in words forbids 3b (hoofdstuk 6); the rest is a wish."""
    region = changed(REGION, {("contact_insight", "drechtsteden"): None})
    question = asked(region)["contact_insight", "drechtsteden"]
    assert AnswerEffect("eligible", "3b") in question.could_change
    assert addressee(region, question) == "Netwerkdirectie Drechtsteden"


def test_an_answer_that_can_make_a_form_the_advice() -> None:
    """Without a form to advise, whoever opens a form could make it the advice."""
    region = changed(REGION, {("adopts_antwoord", name): None for name in REGION.municipalities})
    found = asked(region)
    for name in REGION.municipalities:
        changes = found["adopts_antwoord", name].could_change
        assert AnswerEffect("recommended", "1") in changes
        joins = name != "sliedrecht"  # its answer leaves form 3a as it is: it does not join 14078
        assert (AnswerEffect("eligible", "3a") in changes) == joins
        assert (AnswerEffect("recommended", "3a") in changes) == joins


def test_a_role_of_an_organisation_hangs_on_its_authority() -> None:
    """Who is mandated follows, who is delegated decides itself (hoofdstuk 3, inzicht 5)."""
    assert OPEN["authority", "leerplicht"].could_change == (AnswerEffect("role", "leerplicht"),)
    assert OPEN["authority", "scd"].could_change == ()  # it has no citizens on the line


UNDECIDED = changed(REGION, {("adopts_antwoord", name): None for name in REGION.municipalities})
"""Nobody knows who works by Antwoord, so that no form can be advised yet."""


def test_without_a_form_to_advise_roles_are_asked_of_what_it_may_become() -> None:
    """As long as no form is advised, a role hangs on what decides it in a form that can be."""
    found = asked(UNDECIDED)
    for name in REGION.municipalities:
        assert AnswerEffect("role", name) in found["adopts_antwoord", name].could_change
    assert AnswerEffect("role", "leerplicht") in found["authority", "leerplicht"].could_change
    assert found["authority", "scd"].could_change == ()  # it has no citizens on the line
    scripts = found["work_instructions", "alblasserdam"]
    assert scripts.could_change == (AnswerEffect("role", "alblasserdam"),)


WILL = ("adopts_antwoord", "joins_number", "cooperation")


@examples(10)
@given(
    st.sets(
        st.tuples(st.sampled_from(WILL), st.sampled_from([*REGION.municipalities])),
        min_size=1,
        max_size=3,
    )
)
def test_a_role_that_an_answer_changes_is_told(unknown: set[Place]) -> None:
    """Every answer is tried: whose answer changes its own role, has that among the effects."""
    found = asked(changed(UNDECIDED, dict.fromkeys(unknown)))
    places = sorted(unknown)
    for at, (fact, name) in enumerate(places):
        others = [place for place in places if place != places[at]]
        for world in product(*(KNOWLEDGE.facts[one].levels for one, _ in others)):
            decided = {("adopts_antwoord", one): "ja" for one in REGION.municipalities}
            held = {**decided, **dict(zip(others, world, strict=True))}
            roles = {
                role_of(changed(REGION, {**held, (fact, name): level}), name)
                for level in KNOWLEDGE.facts[fact].levels
            }
            if len(roles) > 1:
                assert AnswerEffect("role", name) in found[fact, name].could_change


def role_of(region: Region, name: str) -> tuple[str, str] | None:
    """The role of a municipality and its form, in the form that is advised."""
    verdicts = eligibility(KNOWLEDGE, region)
    ranked = scores(KNOWLEDGE, region, verdicts, COSTS)
    if ranked.best is None:
        return None
    part = roadmap(KNOWLEDGE, region, verdicts, ranked, ranked.best).municipalities[name]
    return part.role, part.form


def test_the_pace_is_asked_for_the_planning() -> None:
    """No rule asks for the pace, but it decides whether homework is done one after another."""
    question = asked(changed(REGION, {("pace", "zwijndrecht"): None}))["pace", "zwijndrecht"]
    assert (question.rules, question.verdicts) == ((), 0)
    assert question.could_change == (AnswerEffect("role", "zwijndrecht"),)


def test_a_requirement_that_any_answer_meets_asks_nothing() -> None:
    """A rule that asks for at least the lowest level is met whatever the answer."""
    lowest = Comparison(fact="work_instructions", at_least="geen")
    rule = KNOWLEDGE.rules["scripts-beschreven"].model_copy(update={"requires": lowest})
    rules = {**KNOWLEDGE.rules, "scripts-beschreven": rule}
    found = asked(REGION, KNOWLEDGE.model_copy(update={"rules": rules}))
    assert ("work_instructions", "alblasserdam") not in found


def test_the_questions_follow_a_partner_that_gets_another_name() -> None:
    """Renamed and shuffled, every municipality is asked the same."""
    names = {name: f"gemeente-{at}" for at, name in enumerate(REGION.municipalities)}
    turned = {names[name]: one for name, one in reversed([*REGION.municipalities.items()])}
    found = asked(REGION.model_copy(update={"municipalities": turned}))
    assert {*found} == {(fact, names.get(partner, partner)) for fact, partner in OPEN}
    for (fact, partner), question in OPEN.items():
        same = found[fact, names.get(partner, partner)]
        assert (same.rules, same.verdicts) == (question.rules, question.verdicts)
        changes = {(one.what, names.get(one.id, one.id)) for one in question.could_change}
        assert {(one.what, one.id) for one in same.could_change} == changes


def test_a_question_names_its_partner() -> None:
    """The question is put to the partner itself, with its own name in it."""
    question = OPEN["work_instructions", "alblasserdam"]
    assert addressee(REGION, question) == "Alblasserdam"
    assert "Alblasserdam" in question_text(KNOWLEDGE, REGION, question)
    own = Question("contact_insight", REGION.id, (), 0, ())
    assert "Drechtsteden" in question_text(KNOWLEDGE, REGION, own)
    assert addressee(REGION.model_copy(update={"governance": None}), own) == "Drechtsteden"


READY: dict[Place, str | None] = {
    ("regional_vision", "drechtsteden"): "vastgesteld",
    ("shared_system", "drechtsteden"): "ja",
    ("desk_uniformity", "drechtsteden"): "gelijk",
    ("contact_insight", "drechtsteden"): "gemeten",
    ("staff_is_basis", "drechtsteden"): "nee",
    ("handling_in_region", "drechtsteden"): "nee",
    **{("vision", name): "vastgesteld" for name in ("alblasserdam", "papendrecht")},
    **{("capacity", name): "voldoende" for name in ("alblasserdam", "papendrecht")},
    **{("knowledge_base", name): "op_orde" for name in ("alblasserdam", "papendrecht")},
    ("capacity", "dordrecht"): "voldoende",
    ("capacity", "sliedrecht"): "beperkt",
    ("knowledge_base", "sliedrecht"): "geen",
}
"""What makes every form but 0 and 5 possible; the visions and so on are at three of the six."""

POOL: tuple[Place, ...] = (*READY, ("cooperation", "dordrecht"), ("joins_number", "dordrecht"))


@examples(15)
@given(st.sets(st.sampled_from(POOL), min_size=1, max_size=3), st.data())
def test_what_could_change_is_what_does_in_some_world(
    unknown: set[Place], data: st.DataObject
) -> None:
    """Every answer to every question is tried: forms open and close just as the questions say."""
    declared = dict(READY)
    for place in data.draw(st.sets(st.sampled_from(POOL), max_size=2)):
        levels = [*KNOWLEDGE.facts[place[0]].levels]
        declared[place] = data.draw(st.sampled_from(levels))
    base = changed(REGION, declared)
    found = asked(changed(base, dict.fromkeys(unknown)))
    places = sorted(unknown)
    worlds = {
        world: eligibility(KNOWLEDGE, changed(base, dict(zip(places, world, strict=True)))).eligible
        for world in product(*(KNOWLEDGE.facts[fact].levels for fact, _ in places))
    }
    for at, place in enumerate(places):
        question = found.get(place)
        said = (
            {one.id for one in question.could_change if one.what == "eligible"}
            if question
            else set()
        )
        assert said == {
            form
            for form in KNOWLEDGE.forms
            if any(
                (form in one) != (form in other)
                for world, one in worlds.items()
                for twin, other in worlds.items()
                if all(a == b for n, (a, b) in enumerate(zip(world, twin, strict=True)) if n != at)
            )
        }


def test_the_report_asks_everybody_their_own(advice: Advice) -> None:
    """The advice carries the same questions as the stage by itself."""
    assert {(one.fact, one.partner): one for one in advice.open_questions} == OPEN
