"""Numbers as a reader writes them: rounded from the figure that is meant, by one rule."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.words.numbers import Numbers

NL = Numbers("nl")
DECIMALS = st.integers(0, 4)
FIVES = st.integers(-1_000_000_000, 1_000_000_000).map(lambda times: 5 * times)
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)


def read(text: str) -> Decimal:
    """The number that a Dutch reader sees."""
    plain = re.sub(r"[€%.\s]", "", text).replace("\u2212", "-").replace(",", ".")
    return Decimal(plain)


@given(FIVES, DECIMALS, st.integers(-3, 3))
def test_a_figure_is_rounded_as_on_paper(fives: int, decimals: int, ulps: int) -> None:
    """A half goes up, also where arithmetic left the double a hair beside it."""
    figure = Decimal(fives).scaleb(-decimals - 1)
    value = float(figure)
    for _ in range(abs(ulps)):
        value = math.nextafter(value, math.copysign(math.inf, ulps))
    expected = figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert read(NL.number(value, decimals)) == expected
    assert read(NL.amount(value, decimals)) == expected
    assert read(NL.signed(value, decimals)) == expected


@given(st.lists(st.decimals(0, 1, places=4), min_size=1, max_size=8))
def test_the_order_of_a_sum_changes_no_figure(shares: list[Decimal]) -> None:
    """16,25% is written 16,3% whichever Python added it up."""
    exact = sum(shares, Decimal()).quantize(Decimal("0.001"), ROUND_HALF_UP) * 100
    one_by_one = 0.0
    for share in shares:
        one_by_one += float(share)
    for total in (one_by_one, math.fsum(map(float, shares)), float(sum(shares, Decimal()))):
        assert read(NL.percent(total, 1)) == exact


def test_halves_that_no_double_holds() -> None:
    """The examples that printed one figure on one Python and another on the next."""
    assert {NL.number(100 * share, 1) for share in (0.1625, 0.16250000000000003)} == {"16,3"}
    assert NL.percent(0.16249999999999998, 1) == "16,3%"
    assert NL.cents(2.675) == "€\xa02,68"
    assert (NL.number(0.5), NL.number(1.5), NL.number(2.5), NL.number(-2.5)) == (
        *("1", "2", "3"),
        "\u22123",
    )


@given(DOUBLES, DECIMALS)
def test_no_number_is_too_large_or_too_small_to_write(value: float, decimals: int) -> None:
    """Whatever comes out of a calculation can be printed, with a minus that is no hyphen."""
    texts = [
        *(write(value, decimals) for write in (NL.number, NL.signed, NL.percent, NL.amount)),
        *(write(value) for write in (NL.euro, NL.cents, NL.plain, NL.exact)),
        NL.rounded(value)[0],
    ]
    for text in texts:
        assert "-" not in text
        assert re.match("\u2212", text) is None or (value < 0 and re.search("[1-9]", text))


SHARES = st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any)


@given(SHARES, st.integers(0, 1))
def test_the_parts_of_a_whole_add_up(sizes: list[int], decimals: int) -> None:
    """Shares of a whole are written so that they are 100% together, each within one step."""
    shares = {at: size / sum(sizes) for at, size in enumerate(sizes)}
    written = NL.parts(shares, decimals)
    assert sum(read(text) for text in written.values()) == 100
    for at, share in shares.items():
        assert abs(float(read(written[at])) / 100 - share) < 10.0 ** (-decimals - 2)


def test_the_parts_of_less_than_a_whole_stay_as_they_are() -> None:
    """Nothing is added to parts that leave a rest, and what lost the most gets what is missing."""
    assert NL.parts({"a": 0.2, "b": 0.3}) == {"a": "20%", "b": "30%"}
    assert list(NL.parts({1: 3 / 11, 2: 8 / 33, 3: 8 / 33, 4: 8 / 33}).values()) == [
        *("28%", "24%", "24%", "24%")
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_minus_stands_before_the_sign_of_the_euro(lang: str) -> None:
    """Exact or in round figures, a loss looks the same."""
    numbers = Numbers(lang)
    for text in (numbers.euro(-1_850_000), numbers.cents(-2), numbers.rounded(-1_850_000)[0]):
        assert text.startswith("\u2212€\xa0" if lang == "nl" else "\u2212€")


def test_a_name_with_and_in_it_is_not_read_as_two() -> None:
    """Capacity, and processes and scripts: a comma before the last *en* keeps them apart."""
    numbers, names = Numbers("nl"), ["kennisbank", "capaciteit", "processen en scripts"]
    assert numbers.listing(names) == "kennisbank, capaciteit, en processen en scripts"
    assert numbers.listing(names[1:]) == "capaciteit, en processen en scripts"
    assert numbers.listing(names[:2]) == "kennisbank en capaciteit"
    assert Numbers("en").either(["one or two", "three"]) == "one or two, or three"
