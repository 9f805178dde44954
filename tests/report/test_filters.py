"""What templates write numbers with: chances, nouns by number, totals, and days."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.report.document.templates import environment
from decision.report.report import Report

FILTERS: dict[str, Any] = environment("nl", None, markup=False).filters
NOTE = "Door afronding tellen de delen niet precies op."


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
    one = load_region("drechtsteden.yaml", changes=changes)
    text = Report(decide(one), wanted=["costs", "requirements"]).text("md")
    assert "binnen 1 seconde iemand spreekt" in text
    assert not re.search(r"\b1 (inwoners|seconden|gesprekken|dagen|medewerkers)\b", text)


def sums(text: str, last: str) -> list[bool]:
    """For every column of money above a total: whether it adds up as printed."""
    table = next(one for one in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE) if last in one)
    rows = [
        [int(euro.replace(".", "")) for euro in re.findall(r"€\xa0([\d.]+)", line)]
        for line in [*table.partition(last)[0].splitlines(), table.partition(last)[2]]
    ]
    *parts, totals = (row for row in rows if row)
    return [sum(column) == total for *column, total in zip(*parts, totals, strict=True)]


@pytest.mark.parametrize("form", ["1", "2", "3a", "3b", "4"])
def test_a_total_that_is_missed_by_rounding_says_so(advice: Advice, form: str) -> None:
    """The note stands below the table exactly when a printed column misses its printed total."""
    other = replace(advice, recommended=form, roadmap=None)
    text = Report(other, wanted=["costs"]).text("md")
    assert (f"{NOTE}\n\n**Het verschil met apart" in text) != all(sums(text, "**Samen**"))


@pytest.mark.parametrize(("given", "told"), [("2008-07", "in juli"), ("2008-07-01", "op 1 juli")])
def test_a_day_is_not_a_month(given: str, told: str) -> None:
    """A day has another preposition than the month or the year it lies in."""
    case = load_region("drechtsteden.yaml", changes=(f"reference_date='{given}'",))
    text = Report(decide(case), wanted=["route"]).text("md")
    assert f"bij een opdracht {told} 2008." in text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sign_of_our_own_opens_maths(lang: str) -> None:
    """The advice itself, too, is read the same by Pandoc and Quarto: its signs are escaped."""
    text = Report(decide(load_region("drechtsteden.yaml", lang=lang)), lang).text("md")
    assert re.findall(r"(?<!\\)[$^~@{].*", text) == []
