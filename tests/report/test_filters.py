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
from tests.report.advices import drechtsteden, text

FILTERS: dict[str, Any] = environment("nl", None, markup=False).filters


@given(st.floats(0, 1), st.floats(0.0001, 0.4999))
def test_a_chance_stays_between_nothing_and_all(chance: float, margin: float) -> None:
    """100,0% (± 1,2) would be up to 101,2%: then it is more than 98,8%."""
    text = FILTERS["chance"](chance, margin)
    low, *rest = (float(one.replace(",", ".")) for one in re.findall(r"\d+,\d", text))
    off = rest[0] if rest else 0.0
    assert low - off > -0.0001
    assert low + off < 100.0001
    assert ("±" in text) != text.startswith(("meer dan ", "minder dan "))
    assert abs(low - 100 * chance) <= 100 * margin + 0.16


def test_a_chance_says_which_way_it_may_be_off() -> None:
    """Far from the ends both ways, near them only one."""
    assert FILTERS["chance"](0.5, 0.045) == "50,0% (± 4,5)"
    assert FILTERS["chance"](1, 0.012) == "meer dan 98,8%"
    assert FILTERS["chance"](0, 0.012) == "minder dan 1,2%"
    assert FILTERS["chance"](1, 0.0003) == "meer dan 99,9%"


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
