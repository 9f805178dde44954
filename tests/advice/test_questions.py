"""Open questions: what hangs on them, whom to ask, and what an answer could change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.questions import Change, Question, addressee, question_text
from decision.eligibility.evaluation import answers_to, scopes
from decision.eligibility.participation import requirement
from decision.eligibility.verdicts import Eligibility, eligibility
from decision.eligibility.verdicts import answered as judged_anew
from decision.load import Case, load_region
from decision.model.facts import Fact
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Comparison, comparisons
from decision.roadmap.parts import Part
from tests.drechtsteden import answered
from tests.searching import examples, some

CASE = load_region("drechtsteden.yaml")
KNOWLEDGE, REGION = CASE.knowledge, CASE.region

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
    return {(one.fact, one.partner): one for one in advised(region, knowledge).open_questions}


def advised(region: Region, knowledge: Knowledge = KNOWLEDGE) -> Advice:
    """The advice for a region."""
    return decide(Case(knowledge, region))


OPEN = asked(REGION)


def test_no_question_without_a_rule_or_the_planning() -> None:
    """Nobody is asked something that the advice does nothing with."""
    planning = [KNOWLEDGE.waves.later_when, *(one.when for one in KNOWLEDGE.capacity.shares)]
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


ONE_OF_EACH = {fact: (fact, partner) for fact, partner in reversed(OPEN) if "vng_" not in fact}
"""A question about every fact, but for the requirements of VNG, which are all alike."""


@pytest.mark.parametrize("place", some(ONE_OF_EACH.values()), ids=str)
def test_an_answer_takes_the_question_away(place: Place) -> None:
    """Whatever is answered, the question is not asked again, and no question comes back twice."""
    levels = [*KNOWLEDGE.facts[place[0]].levels]
    for level in (levels[0], levels[-1]):
        after = asked(changed(REGION, {place: level}))
        assert place not in after
        assert {*after} <= {*OPEN}


def order(found: Mapping[Place, Question]) -> list[int]:
    """The place of what each question changes first, among all that can change."""
    kinds = get_args(Change)
    return [kinds.index(one.changes[0]) if one.changes else len(kinds) for one in found.values()]


def test_the_most_consequential_comes_first() -> None:
    """First the form, then who starts, then the cost, then the role of an organisation."""
    assert order(OPEN) == sorted(order(OPEN))
    assert order(asked(UNDECIDED)) == sorted(order(asked(UNDECIDED)))
    about = [one.partner for one in OPEN.values() if "waves" in one.changes]
    assert [*dict.fromkeys(about)] == [
        *("drechtsteden", "hendrik-ido-ambacht", "sliedrecht", "alblasserdam")
    ]


def test_the_form_that_leads_is_asked_about_first() -> None:
    """Without the two largest form 3a is not possible: they come before what only 4 or 5 asks."""
    facts: dict[Place, str | None] = {("cooperation", n): None for n in REGION.municipalities}
    found = asked(changed(REGION, {**facts, ("regional_vision", REGION.id): None}))
    first = next(iter(found))
    assert first == ("cooperation", "dordrecht")


def test_what_changes_something_for_more_inhabitants_comes_first() -> None:
    """Of two municipalities that may refuse, the larger is asked first."""
    unknown = changed(REGION, {("cooperation", n): None for n in ("alblasserdam", "dordrecht")})
    first = [one for one in asked(unknown).values() if one.changes[:1] == ("form",)]
    assert [one.partner for one in first] == ["dordrecht", "alblasserdam"]


def test_verdicts_are_counted_by_rule_and_form() -> None:
    """Scripts bind in four forms of handling calls together; a requirement of VNG in six forms."""
    scripts = OPEN["work_instructions", "alblasserdam"]
    assert (scripts.rules, scripts.verdicts) == (("scripts-beschreven",), 4)
    assert OPEN["vng_style", "dordrecht"].verdicts == 6


def test_scripts_of_the_later_joiners_can_change_when_they_join() -> None:
    """Whether two municipalities have scripts is unknown (bijlage C): it decides when they join."""
    for name in ("alblasserdam", "hendrik-ido-ambacht"):
        place = ("work_instructions", name)
        assert OPEN[place].changes == ("waves",)
        without = changed(REGION, {place: "geen"})
        later, now = (advised(one).parts[name] for one in (without, REGION))
        assert later.ready != now.ready


def test_what_is_certain_already_is_not_at_stake() -> None:
    """Dordrecht has so many days that it is ready at the same time without the missing people."""
    capacity = OPEN["capacity", "dordrecht"]
    assert capacity.verdicts > 0
    assert capacity.changes == ()


def test_who_has_few_days_is_asked_if_it_has_the_people() -> None:
    """Sliedrecht does not join 14078 now (hoofdstuk 6), but form 1 is work for it too."""
    assert OPEN["capacity", "sliedrecht"].changes == ("waves",)


def test_outsourcing_hangs_on_insight_only_where_3a_cannot_be() -> None:
    """That contacts are known decides if 3b can be chosen; with 3a better it is work."""
    unknown: dict[Place, str | None] = {("contact_insight", "drechtsteden"): None}
    question = asked(changed(REGION, unknown))["contact_insight", "drechtsteden"]
    assert question.changes == ("waves",)
    assert addressee(REGION, question) == "Netwerkdirectie Drechtsteden"
    outside = {("handling", name): "extern" for name in REGION.municipalities}
    found = asked(changed(REGION, {**unknown, **outside}))
    assert found["contact_insight", "drechtsteden"].changes == ("form", "waves", "cost")


def test_the_last_unknown_of_a_piece_of_work_is_asked() -> None:
    """Thirteen requirements make one activity: one answer tells only where the others are known."""
    vng = [name for name in KNOWLEDGE.facts if name.startswith("vng_")]
    met = {(name, "alblasserdam"): "ja" for name in vng}
    assert OPEN["vng_style", "alblasserdam"].changes == ()
    last = asked(changed(REGION, {**met, ("vng_style", "alblasserdam"): None}))
    assert last["vng_style", "alblasserdam"].changes == ("waves",)


def test_who_may_join_changes_the_form_who_starts_and_the_cost() -> None:
    """Whether Dordrecht cooperates is decisive for all; of Sliedrecht it is not asked."""
    found = asked(changed(REGION, {("cooperation", "dordrecht"): None}))
    assert found["cooperation", "dordrecht"].changes == ("form", "waves", "cost")
    assert ("cooperation", "sliedrecht") not in found


def test_a_role_of_an_organisation_hangs_on_its_authority() -> None:
    """Who is mandated follows, who is delegated decides itself (hoofdstuk 3, inzicht 5)."""
    assert OPEN["authority", "leerplicht"].changes == ("role",)
    assert OPEN["authority", "scd"].changes == ()  # it has no citizens on the line


UNDECIDED = changed(REGION, {("adopts_antwoord", name): None for name in REGION.municipalities})
"""Nobody knows who works by Antwoord, so that no form can be advised yet."""


def test_without_a_form_to_advise_it_is_asked_what_it_may_become() -> None:
    """As long as no form is advised, the questions are about the form that leads."""
    found = asked(UNDECIDED)
    for name in REGION.municipalities:
        assert found["adopts_antwoord", name].changes[0] == "form"
    assert found["authority", "leerplicht"].changes == ("role",)
    assert found["work_instructions", "alblasserdam"].changes == ("waves",)
    assert found["work_instructions", "sliedrecht"].changes == ()  # it keeps its own entrance


def test_the_pace_is_asked_for_the_planning() -> None:
    """No rule asks for the pace, but it decides with whom a municipality starts."""
    question = asked(changed(REGION, {("pace", "zwijndrecht"): None}))["pace", "zwijndrecht"]
    assert (question.rules, question.verdicts) == ((), 0)
    assert question.changes == ("waves",)


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
        assert same.changes == question.changes


def test_a_question_names_its_partner() -> None:
    """The question is put to the partner itself, with its own name in it."""
    question = OPEN["work_instructions", "alblasserdam"]
    assert addressee(REGION, question) == "Alblasserdam"
    assert "Alblasserdam" in question_text(KNOWLEDGE, REGION, question)
    own = Question("contact_insight", REGION.id, (), 0, ())
    assert "in de Drechtsteden" in question_text(KNOWLEDGE, REGION, own)
    assert addressee(REGION.model_copy(update={"governance": None}), own) == "Drechtsteden"


OWN = (
    *("adopts_antwoord", "joins_number", "cooperation", "handling", "pace"),
    *("capacity", "vision", "work_instructions", "workshop", "vng_style"),
)
OWN_WORK = ("vision", "work_instructions", "workshop", "knowledge_base", "culture")
OF_REGION = ("regional_vision", "shared_system", "contact_insight", "staff_is_basis", "direction")
POOL: tuple[Place, ...] = (
    *((fact, name) for fact in OWN for name in REGION.municipalities),
    *((fact, REGION.id) for fact in OF_REGION),
    *((fact, name) for fact in ("authority", "own_decision") for name in REGION.organisations),
)


@st.composite
def regions(draw: st.DrawFn, *, willing: bool = True) -> Region:
    """The Drechtsteden with some facts otherwise, and some that nobody knows.

    Where they are not ``willing``, nobody knows of some whether they are.
    """
    unknown = draw(st.lists(st.sampled_from(POOL), unique=True, max_size=8))
    if not willing:
        names = draw(st.lists(st.sampled_from([*REGION.municipalities]), unique=True, min_size=2))
        unknown += [(draw(st.sampled_from(OWN[:4])), name) for name in names]
    declared = draw(st.lists(st.sampled_from(POOL), unique=True, max_size=4))
    levels = {
        place: draw(st.sampled_from([*KNOWLEDGE.facts[place[0]].levels])) for place in declared
    }
    return changed(REGION, {**levels, **dict.fromkeys(unknown)})


def standing(advice: Advice) -> dict[str, object]:
    """What is advised and for whom, to hold against another."""
    parts = {name: (one.role, one.form, one.may_join) for name, one in advice.parts.items()}
    weeks = {} if advice.roadmap is None else advice.roadmap.live
    return {"candidates": advice.candidates, "parts": parts, "weeks": weeks}


def after(region: Region, place: Place) -> Iterator[Advice]:
    """The advice after every answer to one question."""
    for answer in answers_to(KNOWLEDGE.facts[place[0]]):
        values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        if len(values) == 1:
            yield advised(changed(region, {place: values[0]}))


@examples(12)
@given(regions(), st.data())
def test_what_an_answer_changes_is_told_before(region: Region, data: st.DataObject) -> None:
    """Whatever is answered: the outcome changes in no other way than the question says."""
    before = advised(region)
    question = data.draw(st.sampled_from(before.open_questions))
    for then in after(region, (question.fact, question.partner)):
        assert {*then.candidates} <= {*before.candidates}
        assert before.recommended in (None, then.recommended)
        if not question.changes:
            assert standing(then) == standing(before)
        towns = [
            name
            for name in region.municipalities
            if before.parts[name].form != then.parts[name].form
        ]
        assert "form" in question.changes or (before.candidates == then.candidates and not towns)
        assert "cost" in question.changes or not towns
        assert "role" in question.changes or all(
            before.parts[name].role == then.parts[name].role for name in region.organisations
        )
        assert (
            "waves" in question.changes
            or before.roadmap is None
            or all(before.parts[name].role == then.parts[name].role for name in before.roadmap.live)
        )


@examples(12)
@given(regions(), st.data())
def test_who_is_ready_is_so_within_the_range_that_was_told(
    region: Region, data: st.DataObject
) -> None:
    """What a municipality says of its own work makes the weeks in which it can start no wider."""
    before = advised(region)
    names = region.municipalities
    work = [
        *(one for one in before.open_questions if one.partner in names and one.fact in OWN_WORK)
    ]
    question = data.draw(st.sampled_from(work or before.open_questions))
    if not work:
        return
    one = before.parts[question.partner]
    for then in after(region, (question.fact, question.partner)):
        now = then.parts[question.partner]
        if one.ready and now.ready and goal(one) == goal(now):
            assert one.ready.earliest <= now.ready.earliest
            assert now.ready.earliest <= now.ready.latest
            assert now.ready.latest <= one.ready.latest


def goal(part: Part) -> str:
    """The form that somebody comes to, or may."""
    return part.may_join or part.form


@examples(12)
@given(regions(), st.data())
def test_an_answer_gives_the_verdicts_of_who_declares_it(
    region: Region, data: st.DataObject
) -> None:
    """Judging anew what hangs on an answer gives what judging everything gives."""
    before = eligibility(KNOWLEDGE, region)
    open_ones = [
        place
        for place in POOL
        if (found := region_of(region, place[1]).get(place[0])) is None or not found.known
    ]
    if not open_ones:
        return
    place = data.draw(st.sampled_from(open_ones))
    level = data.draw(st.sampled_from([*KNOWLEDGE.facts[place[0]].levels]))
    several = KNOWLEDGE.facts[place[0]].kind == "set"
    held = scopes(KNOWLEDGE, region)
    then = judged_anew(KNOWLEDGE, held, before, {place: Fact(value=(level,) if several else level)})
    whole = eligibility(KNOWLEDGE, changed(region, {place: level}))
    assert outline(then) == outline(whole)


def region_of(region: Region, name: str) -> Mapping[str, Fact]:
    """The facts that are declared about a partner, or about the region."""
    return (region.municipalities.get(name) or region.organisations.get(name) or region).facts


def outline(found: Eligibility) -> object:
    """Verdicts without the way in which they were found."""
    partners = {**found.municipalities, **found.organisations}
    return (
        {form: replace(one, verdicts=()) for form, one in found.forms.items()},
        {
            (name, form): replace(one, verdicts=())
            for name, own in partners.items()
            for form, one in own.items()
        },
        [(form, one.rule, one.partner, one.truth) for form, one in found.each()],
    )


def test_the_report_asks_everybody_their_own(advice: Advice) -> None:
    """The advice carries the same questions as the stage by itself."""
    assert {(one.fact, one.partner): one for one in advice.open_questions} == OPEN
