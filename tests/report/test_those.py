"""Municipalities in a sentence, a title and a comparison: by name, or all of them in a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.advice.findings import Request
from decision.comparison.compare import Side, compare
from decision.report.answers.comparison_rows import Rows
from decision.report.charts.scene import Scene
from decision.report.report import Report
from decision.report.view import View
from decision.report.view.names import those
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers
from tests.report.advices import advice, drechtsteden
from tests.searching import examples

WORDS = catalogue("nl", "words")
TOWNS = {f"dorp-{n}": f"Dorp {n}" for n in range(12)}
AROUND = {f"buur-{n}": f"Buur {n}" for n in range(12)}


@examples(100)
@given(
    some=st.sets(st.sampled_from([*TOWNS, *AROUND])),
    region=st.integers(1, 12),
    most=st.integers(3, 9),
)
def test_who_is_told_is_never_more_than_fits_and_never_somebody_else(
    some: set[str], region: int, most: int
) -> None:
    """Names are those of who is meant, or of the few who are not; else they are counted."""
    everyone = dict([*TOWNS.items()][:region])
    meant = {one: name for one, name in (everyone | AROUND).items() if one in some}
    told = those(meant, everyone, WORDS, most)
    left = [name for one, name in everyone.items() if one not in meant]
    if told == [*meant.values()]:
        assert len(told) <= most
    elif told == ["alle gemeenten"]:
        assert (meant, len(meant) > 2) == (everyone, True)
    elif told[0].startswith("alle gemeenten behalve"):
        assert meant.keys() < everyone.keys()
        assert [name for name in everyone.values() if name in _words(told[0])] == left
    else:
        assert told[0].split()[0] == str(len(meant)) > str(0)
        assert len(meant) > most


def _words(text: str) -> list[str]:
    """The names in a text."""
    listed = text.removeprefix("alle gemeenten behalve ").replace(" en ", ", ")
    return listed.split(", ")


def test_a_title_and_a_comparison_tell_who_as_a_sentence_does() -> None:
    """All but one are so called in each of them."""
    view, numbers = View(advice(), WORDS), Numbers("nl")
    towns = [*view.region.municipalities]
    assert Scene(view, "nl").those(towns) == "alle gemeenten"
    assert Scene(view, "nl").those(towns[1:]) == "alle gemeenten behalve Alblasserdam"
    assert Scene(view, "nl").those(towns[2:]) == "4 van de 6 gemeenten"
    one, other = (
        drechtsteden("nl", *(f"municipalities.{town}.facts.workshop={held}" for town in towns[1:]))
        for held in ("ja", "nee")
    )
    sides = [Side(name, (), decide(side)) for name, side in (("a", one), ("b", other))]
    rows = {row[0] for row in Rows(compare(sides), WORDS, numbers).inputs()}
    assert "Alle gemeenten behalve Alblasserdam: workshop Antwoord" in rows


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_only_municipality_is_not_one_of_one(lang: str) -> None:
    """A title that counts who has work to do, or who pays less, speaks of it in the singular."""
    say = catalogue(lang, "tables").say
    for code in ("towns", "town_costs"):
        one, two = (say(f"{code}.title_all", year=2011, all=count) for count in (1, 2))
        assert "1 " not in one.replace("2011 ", "")
        assert " 2 " in two
    case = drechtsteden(lang)
    towns = {"sliedrecht": case.region.municipalities["sliedrecht"]}
    nothing: dict[str, object]
    nothing = {key: {} for key in ("organisations", "neighbours", "ties", "groupings")}
    update = {"municipalities": towns, **nothing, "published": None}
    alone = replace(case, region=case.region.model_copy(update=update))
    text = Report(decide(alone, Request(draws=50)), lang, ("partners",)).text("md")
    assert say("towns.title_all", all=1) in text
