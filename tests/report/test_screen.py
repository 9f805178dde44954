"""How texts wrap on a terminal: nothing is lost, an amount stays whole, lines keep in line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from decision.report.screen.layout import Screen

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
