"""The conditional advice: what decides, what it leads to, and that it comes out so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from decision.advice.advice import Advice
from decision.advice.conditional import Branch, Conditional, Decisive
from decision.eligibility.evaluation import answers_to, scopes
from decision.eligibility.verdicts import Eligibility, answered
from decision.model.facts import Fact
from tests.advice.test_questions import KNOWLEDGE, REGION, Place, advised, changed, regions
from tests.command_line import DONE, SMALL, Run, found_in
from tests.searching import examples

if TYPE_CHECKING:
    from pathlib import Path

Decide = Callable[..., Run]


def tree(facts: Mapping[Place, str | None]) -> Conditional:
    """The conditional advice for the Drechtsteden with some facts otherwise."""
    found = advised(changed(REGION, facts)).conditional
    assert found is not None
    return found


def outline(found: Conditional) -> list[tuple[dict[str, bool], str | None]]:
    """The answers of every branch, and the form that it leads to."""
    return [(dict(one.answers), one.form) for one in found.branches]


def test_a_form_that_is_advised_has_no_conditions(advice: Advice) -> None:
    """Where nothing decisive is unknown there is no tree."""
    assert advice.conditional is None


def test_one_municipality_that_may_refuse_decides() -> None:
    """Without Dordrecht form 3a has too few inhabitants (hoofdstuk 6); then form 2 is left."""
    found = tree({("cooperation", "dordrecht"): None})
    assert [one.id for one in found.asked] == ["dordrecht"]
    assert outline(found) == [({"dordrecht": True}, "3a"), ({}, "2")]
    first, rest = found.branches
    assert {name for name, form in first.municipalities.items() if form == "3a"} == {
        *("alblasserdam", "dordrecht", "hendrik-ido-ambacht", "papendrecht", "zwijndrecht")
    }
    assert rest.municipalities["dordrecht"] == "1"  # it says no to 3a only


def test_of_many_the_largest_are_asked() -> None:
    """Five may refuse: three are asked, and any two with Dordrecht make half of the inhabitants."""
    unknown: dict[Place, str | None] = {
        ("cooperation", name): None for name in REGION.municipalities
    }
    found = tree(unknown)
    assert [one.id for one in found.asked] == ["dordrecht", "zwijndrecht", "papendrecht"]
    assert found.others == ("hendrik-ido-ambacht", "alblasserdam")
    assert outline(found) == [
        ({"dordrecht": True, "zwijndrecht": True}, "3a"),
        ({"dordrecht": True, "papendrecht": True}, "3a"),
        ({"zwijndrecht": True, "papendrecht": True, "dordrecht": False}, "2"),
        ({}, "1"),
    ]


def test_a_condition_of_the_region_decides_too() -> None:
    """Form 3b leads where nobody wants to be answered for by the region; it asks for insight."""
    facts: dict[Place, str | None] = {("contact_insight", REGION.id): None}
    outside = {("handling", name): "extern" for name in REGION.municipalities}
    found = tree({**facts, **outside})
    assert [one.asked for one in found.asked] == [(("contact_insight", REGION.id),)]
    (condition,) = (one.id for one in found.asked)
    assert outline(found) == [({condition: True}, "3b"), ({}, "2")]


def branch_of(found: Conditional, says: Mapping[str, bool]) -> Branch:
    """The branch that some answers lead to."""
    return next(one for one in found.branches if one.answers.items() <= says.items())


@examples(15)
@given(regions(willing=False))
def test_what_the_tree_says_comes_out(region: object) -> None:
    """Whatever is answered, the best form that the region surely can start with is the one told."""
    advice = advised(region)  # type: ignore[arg-type]  # a region
    found = advice.conditional
    if found is None:
        return
    assert advice.recommended is None
    assert len(found.asked) <= 3
    asked = {place for one in found.asked for place in one.asked}
    assert asked <= {(one.fact, one.partner) for one in advice.open_questions}
    for says in product((True, False), repeat=len(found.asked)):
        said = [*zip(found.asked, says, strict=True)]
        told = branch_of(found, {one.id: yes for one, yes in said})
        sure, may = {*advice.eligibility.forms}, {KNOWLEDGE.baseline}
        for answers in product(*([one.yes] if yes else noes(advice, one) for one, yes in said)):
            then = after(advice, answers)
            sure &= {form for form, verdict in then.forms.items() if verdict.reach == "yes"}
            may |= {form for form, verdict in then.forms.items() if verdict.reach != "no"}
            for name, form in told.municipalities.items():
                assert then.municipalities[name][form].takes_part == "yes"
        best = max(sure, key=lambda form: advice.scores.forms[form].score, default=None)
        assert told.form == (None if best == KNOWLEDGE.baseline and len(may) > 1 else best)
        if told.form not in (None, KNOWLEDGE.baseline):
            assert told.municipalities, "no form without participants"


def after(advice: Advice, answers: Iterable[Mapping[Place, Fact]]) -> Eligibility:
    """The verdicts after these answers."""
    given_so = {place: fact for one in answers for place, fact in one.items()}
    return answered(KNOWLEDGE, scopes(KNOWLEDGE, advice.region), advice.eligibility, given_so)


def noes(advice: Advice, one: Decisive) -> list[Mapping[Place, Fact]]:
    """Every single answer by which a municipality refuses the form; of a rule the one it has."""
    if one.id not in advice.region.municipalities or advice.conditional is None:
        return [one.no]
    form = advice.conditional.form
    every = [{place: fact} for place in one.asked for fact in answers_to(KNOWLEDGE.facts[place[0]])]
    return [
        no for no in every if after(advice, [no]).municipalities[one.id][form].takes_part == "no"
    ]


TWO = """
id: streek
name: De Streek
number: "0182"
reference_date: "2026-10"
municipalities:
  linde:
    name: Linde
    cbs: "9801"
    inhabitants: 60000
    coverage: {"0182": 1.0}
    facts: &facts {adopts_antwoord: ja, joins_number: ja, handling: [regio], FACTS}
  meer:
    name: Meer
    cbs: "9802"
    inhabitants: 40000
    coverage: {"0182": 1.0}
    facts: *facts
costs: {years: [2027, 2028]}
"""
MONEY = "€"


def said(decide: Decide, folder: Path, text: str, *arguments: str) -> str:
    """The summary of the advice on a region, as one line."""
    (folder / "streek.yaml").write_text(text, encoding="utf-8")
    status, out, err = decide(
        "region", "streek.yaml", "--format", "md", "--section", "summary", *arguments
    )
    assert (status, err) == (DONE, "")
    return " ".join(out.split("<!--")[0].split())


def test_what_is_told_of_a_no_holds_for_every_no() -> None:
    """Who says nothing of the number may refuse that too: then form 1 is not there in any case."""
    first, second, third = ([*REGION.municipalities][at] for at in range(3))
    yes = {"adopts_antwoord": "ja", "cooperation": "graag", "joins_number": "ja"}
    facts: dict[Place, str | None] = {
        (fact, name): value for name in (first, second, third) for fact, value in yes.items()
    }
    facts |= {("adopts_antwoord", name): "nee" for name in REGION.municipalities}
    facts |= {("adopts_antwoord", first): "ja", ("adopts_antwoord", second): "ja"}
    found = tree({**facts, ("joins_number", first): None})
    assert outline(found)[-1] == ({}, None)
    for level, reach in (("nog_niet", "yes"), ("nee", "no")):
        then = advised(changed(REGION, {**facts, ("joins_number", first): level}))
        assert then.eligibility.forms["1"].reach == reach


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "nl",
            (
                "Advies: onderzoek vorm 3a",
                "Dat hangt af van Linde en Meer.",
                "Zeggen Linde en Meer ja, dan kan vorm 3a Samen Zelf Afhandelen.",
                "Anders kan in elk geval vorm 1 Samen Beheren, voor Linde en Meer.",
                "Vraag eerst aan Linde en Meer.** Wil de gemeente op dienstverlening",
            ),
        ),
        (
            "en",
            (
                "Advice: look into form 3a",
                "That depends on Linde and Meer.",
                "If Linde and Meer say yes, form 3a Handle Together In-house is possible.",
                "Otherwise form 1 Manage Together is possible in any case, for Linde and Meer.",
                "Ask Linde and Meer first.** Does the municipality want to cooperate",
            ),
        ),
    ],
)
def test_two_that_may_cooperate_are_asked_so_without_money(
    decide: Decide, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    """Both want the number; whether they cooperate is unknown: look into 3a, ask both, no euro."""
    text = TWO.replace("FACTS", "vision: vastgesteld")
    summary = said(decide, tmp_path, text, "--lang", lang)
    for one in words:
        assert one in summary
    assert MONEY not in summary
    status, shown, _ = decide("region", "streek.yaml", "--lang", lang)
    assert (status, MONEY in shown) == (DONE, False)


def test_no_route_decision_or_division_rests_on_a_guess(decide: Decide, tmp_path: Path) -> None:
    """What follows later is said to do so, and the comparison is called one."""
    (tmp_path / "streek.yaml").write_text(
        TWO.replace("FACTS", "vision: vastgesteld"), encoding="utf-8"
    )
    text = " ".join(decide("region", "streek.yaml", "--format", "md")[1].split())
    for words in (
        "Kosten, verdeling, route en besluiten volgen zodra de antwoorden er zijn.",
        "Of deze vorm kan, is nog niet bekend.",
    ):
        assert words in text
    for words in ("Ontwerpbesluit", "te investeren", "Wie betaalt wat"):
        assert words not in text


def test_the_tree_in_json(decide: Decide, tmp_path: Path) -> None:
    """Programs read whom to ask, and what every set of answers leads to."""
    (tmp_path / "streek.yaml").write_text(
        TWO.replace("FACTS", "vision: vastgesteld"), encoding="utf-8"
    )
    found = found_in(decide("region", "streek.yaml", "--format", "json"))
    conditional = found["conditional"]
    assert conditional["form"] == "3a"
    assert [one["to"] for one in conditional["questions"]] == ["Linde", "Meer"]
    assert conditional["outcomes"] == [
        {
            "answers": {"linde": "yes", "meer": "yes"},
            "form": "3a",
            "municipalities": {"linde": "3a", "meer": "3a"},
        },
        {"answers": {}, "form": "1", "municipalities": {"linde": "1", "meer": "1"}},
    ]


def test_one_municipality_has_nothing_to_do_together(decide: Decide, tmp_path: Path) -> None:
    """A municipality alone is told so, in the singular, and no form is advised."""
    summary = said(decide, tmp_path, SMALL)
    assert "Samenwerken begint met een tweede gemeente." in summary
    assert "Dorp gaat verder zoals nu." in summary
    for words in ("de gemeenten", "kies samenwerkingsvorm", "onderzoek vorm", MONEY):
        assert words not in summary
    english = said(decide, tmp_path, SMALL, "--lang", "en")
    assert "Cooperation starts with a second municipality." in english


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("cooperation: nee, joins_number: nee", "Alle gemeenten zeggen nu nee."),
        ("cooperation: nee, adopts_antwoord: nee", "Alle gemeenten zeggen nu nee."),
    ],
)
def test_who_all_refuse_go_on_as_now(
    decide: Decide, tmp_path: Path, facts: str, words: str
) -> None:
    """Where everybody says no the advice is to go on, and where it says what must change."""
    text = TWO.replace(
        "{adopts_antwoord: ja, joins_number: ja, handling: [regio], FACTS}", f"{{{facts}}}"
    )
    summary = said(decide, tmp_path, text)
    assert "Advies: ga verder zoals nu.** Samenwerken vraagt minstens twee gemeenten." in summary
    assert words in summary
    for no in ("onderzoek vorm", "Vraag eerst", MONEY):
        assert no not in summary


def test_who_alone_is_willing_is_named(decide: Decide, tmp_path: Path) -> None:
    """One that wants to and one that says no: there is nobody to do it with."""
    text = TWO.replace("FACTS", "cooperation: graag").replace(
        "facts: *facts", "facts: {cooperation: nee, joins_number: nee}"
    )
    summary = said(decide, tmp_path, text)
    assert "Alleen Linde kan meedoen. De andere gemeenten zeggen nu nee." in summary


def test_a_region_where_nobody_knows_anything_is_told_what_to_ask(
    decide: Decide, tmp_path: Path
) -> None:
    """At most three questions, with whom to ask, and no form is promised."""
    text = TWO.replace(
        "facts: &facts {adopts_antwoord: ja, joins_number: ja, handling: [regio], FACTS}",
        "facts: &facts {}",
    )
    summary = said(decide, tmp_path, text)
    assert "Zeggen Linde en Meer ja, dan kan vorm 3a" in summary
    assert "Anders is nog van geen enkele vorm zeker dat die kan." in summary
    (asked,) = re.findall(r"Vraag eerst aan Linde en Meer\.\*\* (.*?) \*\*Daarna", summary)
    assert asked.count("?") == 3
    assert MONEY not in summary
