"""What templates write numbers with: chances, nouns by number, totals, and days."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.report.document.templates import environment
from decision.report.report import Report
from decision.words.numbers import Numbers
from tests.report.advices import drechtsteden, text

FILTERS: dict[str, Any] = environment("nl", None, markup=False).filters


@given(st.floats(0, 1), st.integers(0, 2))
def test_a_chance_is_never_rounded_to_certainty(chance: float, decimals: int) -> None:
    """What came out in 9.997 of 10.000 draws is more than 99%, not 100%."""
    text = Numbers("nl").chance(chance, decimals)
    figure = float(text.strip("<>\xa0%").replace(",", "."))
    assert (figure in {0, 100}) == (chance in {0, 1})
    assert abs(figure - 100 * chance) <= 10**-decimals * 1.001


def test_a_sentence_says_nearly_always_rather_than_100_percent() -> None:
    """Lots that are drawn give no certainty, also when all of them say the same."""
    written = [FILTERS["often"](one, "cases") for one in (1, 0.9997, 0.994, 0.5, 0.004, 0)]
    nearly, hardly = "vrijwel alle gevallen", "vrijwel geen enkel geval"
    part = "{} van de gevallen".format
    assert written == [nearly, nearly, part("99%"), part("50%"), hardly, hardly]


def test_a_noun_follows_its_number() -> None:
    """One inhabitant, none or two inhabitants, and only what reads as 1 is one."""
    written = [FILTERS["counted"](one, "inwoner", "inwoners", "number") for one in (0, 1, 2, 1.4)]
    assert written == ["0 inwoners", "1 inwoner", "2 inwoners", "1 inwoner"]
    assert FILTERS["counted"](1.4, "dag", "dagen") == "1,4 dagen"


def test_a_region_of_one_inhabitant_and_one_second() -> None:
    """The sentences of the advice itself follow the number."""
    changes = ("kengetallen.answer_within=1", "municipalities.dordrecht.inhabitants.value=1")
    one = Report(decide(drechtsteden("nl", *changes)))
    found = one.text("md") + one.text("md", "appendices")
    assert not re.search(r"\b1 (inwoners|seconden|gesprekken|dagen|medewerkers)\b", found)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sign_of_our_own_opens_maths(lang: str) -> None:
    """The advice itself, too, is read the same by Pandoc and Quarto: its signs are escaped."""
    found = text("drechtsteden", lang) + text("drechtsteden", lang, "md", "appendices")
    assert re.findall(r"(?<!\\)[$^~@{].*", found) == []
