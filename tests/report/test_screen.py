"""How texts wrap on a terminal: nothing is lost, an amount stays whole, lines keep in line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from decision.report.document.tree import Cell, Column, Record, Table
from decision.report.screen.layout import Screen
from decision.words.numbers import Numbers
from tests.searching import examples

SPACES = st.text(st.sampled_from(" \n\t"), min_size=1, max_size=3)
WORDS = st.text(st.sampled_from("ab€-1,.✓"), min_size=1, max_size=10)
TEXTS = st.lists(st.tuples(WORDS, SPACES), max_size=20).map(
    lambda pairs: "".join(map("".join, pairs))
)


def printed(text: str | Text, before: str, width: int) -> list[str]:
    """The lines on a terminal of so many characters."""
    screen = Screen()
    screen.console.width = width
    with screen.console.capture() as found:
        screen.line(text, before)
    return found.get().splitlines()


@given(text=TEXTS, before=st.sampled_from(["", "  ", "- "]), width=st.integers(12, 80))
def test_a_text_is_printed_whole_whatever_the_width(text: str, before: str, width: int) -> None:
    """Of a text with any spaces and line breaks every word comes through, plain or in colour."""
    lines = printed(text, before, width)
    assert " ".join(line[len(before) :] for line in lines).split() == text.split()
    assert lines == printed(Text.assemble((text, "bold")), before, width)
    assert all(line.startswith(" " * len(before)) for line in lines[1:])


@pytest.mark.parametrize("width", range(14, 40))
def test_an_amount_stays_in_one_piece(width: int) -> None:
    """The euro sign never ends a line while its amount begins the next."""
    lines = printed("Dat kost samen € 1.738.872 per jaar.".replace("€ ", "€\u00a0"), "  ", width)
    assert any("€\u00a01.738.872" in line for line in lines)


NAMES = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=6).map(" ".join)
AMOUNTS = st.integers(0, 10**12).map(Numbers("nl").euro)


@examples(60)
@given(
    rows=st.lists(st.tuples(NAMES, *[AMOUNTS] * 5, NAMES), min_size=1, max_size=4),
    titles=st.tuples(*[NAMES] * 7),
)
def test_no_amount_in_a_table_is_cut_off(
    rows: list[tuple[str, ...]], titles: tuple[str, ...]
) -> None:
    """However large the amounts are, the texts beside them give way, or columns go below."""
    columns = tuple(
        Column(title, "number" if 0 < at < len(titles) - 1 else "text")
        for at, title in enumerate(titles)
    )
    records = tuple(Record(tuple(map(Cell, row))) for row in rows)
    table = Table("money", "", columns, records)
    screen = Screen()
    screen.console.width = 80
    with screen.console.capture() as found:
        screen.table(table)
    lines = found.get().splitlines()
    assert all(len(line) <= 80 for line in lines)
    for _, *amounts, _ in rows:
        assert all(any(one in line for line in lines) for one in amounts)
