"""Numbers, amounts, shares and lists as a Dutch (or English) reader writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from math import fsum
from typing import Literal, TypeVar

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal

__all__ = ["Numbers", "rounded"]

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
DATES = {1: "y", 2: "MMMM y", 3: "d MMMM y"}
"""How a date is written, by how many parts of it are known."""

MILLION, THOUSANDS = 1_000_000, 10_000
"""From where on an amount is rounded to a tenth of a million, and to a thousand."""

MINUS = "\u2212"
"""The sign before a negative number; a hyphen is no minus."""

Side = Literal["exact", "over", "under"]
Key = TypeVar("Key", bound=Hashable)

_DIGITS = Context(prec=14, rounding=ROUND_HALF_UP)
"""As many digits as arithmetic on doubles leaves alone."""

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Room for any double, however large, with its decimals."""


def rounded(value: float, decimals: int = 0) -> Decimal:
    """The number to so many decimals as it is printed, a half away from zero.

    A double hardly ever stands on a half: 0,1625 comes out of a sum as 0,16249999999999998. So it
    is read in the fourteen digits that a sum leaves alone, and rounded from there.
    """
    exact = _DIGITS.plus(Decimal(str(value)))
    if not exact.is_finite():
        return exact
    found = exact.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return found or abs(found)  # no minus sign before a zero


@lru_cache(maxsize=4096)
def _decimal(value: float, decimals: int, pattern: str, locale: Locale) -> str:
    """The number by a pattern; a report repeats the same numbers many times."""
    with localcontext(_WIDE):
        text = str(format_decimal(rounded(value, decimals), pattern, locale=locale))
    return text.replace("-", MINUS)


@lru_cache(maxsize=4096)
def _euros(amount: float, decimals: int, locale: Locale) -> str:
    near, pattern = rounded(amount, decimals), _fixed(f"¤{_between(locale)}#,##0", decimals)
    with localcontext(_WIDE):
        text = format_currency(near, "EUR", pattern, locale=locale, currency_digits=False)
    return str(text).replace("-", MINUS)


def _between(locale: Locale) -> str:
    """What stands between the sign of the euro and the amount: nothing in English."""
    return "" if locale.language == "en" else "\u00a0"


def _fixed(pattern: str, decimals: int) -> str:
    return pattern + ("." + "0" * decimals if decimals else "")


class Numbers:
    """Formats for one language; in Dutch a no-break space stands after the sign of the euro."""

    def __init__(self, lang: str) -> None:
        """Use the locale that goes with ``lang`` (``nl`` or ``en``)."""
        self._locale = Locale.parse(LOCALES[lang])

    @property
    def signs(self) -> Mapping[str, object]:
        """The signs in numbers, as `d3-format <https://d3js.org/d3-format>`_ names them."""
        symbols = self._locale.number_symbols["latn"]
        euro, _ = self.euro(1).split("1")
        return {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": [euro, ""],
            "minus": MINUS,
        }

    def euro(self, amount: float) -> str:
        """Whole euros: € 1.234."""
        return self.amount(amount, 0)

    def cents(self, amount: float) -> str:
        """Euros and cents: € 1.234,50."""
        return self.amount(amount, 2)

    def amount(self, amount: float, decimals: int) -> str:
        """Euros with any number of decimals: € 3,2244."""
        return _euros(amount, decimals, self._locale)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed number of decimals."""
        return _decimal(value, decimals, _fixed("#,##0", decimals), self._locale)

    def plain(self, value: float) -> str:
        """A number with as many decimals as it needs, up to three."""
        return _decimal(value, 3, "#,##0.###", self._locale)

    def exact(self, value: float) -> str:
        """A number to go on calculating with: as many decimals as it needs, up to six."""
        return _decimal(value, 6, "#,##0.######", self._locale)

    def span(self, ends: tuple[float, float], decimals: int = 0) -> str:
        """From one number to another; one number where both read the same."""
        low, high = (self.number(end, decimals) for end in ends)
        return low if low == high else f"{low}\u2013{high}"

    def signed(self, value: float, decimals: int = 0) -> str:
        """A difference with its sign; no sign where nothing is left after rounding."""
        sign = "+" if rounded(value, decimals) > 0 else ""
        return sign + self.number(value, decimals)

    def rounded(self, amount: float) -> tuple[str, Side]:
        """The amount in round figures (€ 1,8 miljoen), and on which side of it the amount lies."""
        size = rounded(abs(amount))
        near = rounded(abs(amount), -5 if size >= MILLION else -3 if size >= THOUSANDS else 0)
        side: Side = "exact" if near == size else "over" if size > near else "under"
        sign = MINUS if amount < 0 and near else ""
        if size < MILLION:
            return sign + self.euro(float(near)), side
        with localcontext(_WIDE):
            words = format_compact_decimal(
                near, format_type="long", locale=self._locale, fraction_digits=1
            )
        return f"{sign}€{_between(self._locale)}{words}", side

    def date(self, text: str) -> str:
        """A year, a month or a day (``2008-07-01``) in words."""
        parts = [int(part) for part in text.split("-")]
        first = dt.date(*parts, *[1] * (3 - len(parts)))
        return str(format_date(first, DATES[len(parts)], locale=self._locale))

    def month(self, text: str) -> str:
        """A month (``2008-07``) as short as can be: jul 2008."""
        first = dt.date.fromisoformat(f"{text}-01")
        return str(format_date(first, "MMM y", locale=self._locale)).replace(".", "")

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share (0-1) as a percentage."""
        return _decimal(share, decimals + 2, _fixed("#,##0", decimals) + "%", self._locale)

    def share(self, share: float) -> str:
        """A percentage, with decimals only where it would else read as nothing or as all."""
        needed = (places for places in range(4) if 0 < rounded(share, places + 2) < 1)
        return self.percent(share, 0 if share in {0, 1} else next(needed, 4))

    def chance(self, share: float, decimals: int = 0) -> str:
        """A chance as a percentage; above or below what only reads as always or never."""
        near, step = rounded(share, decimals + 2), 10.0 ** (-decimals - 2)
        if near == 0 < share:
            return f"<\u00a0{self.percent(step, decimals)}"
        if share < 1 == near:
            return f">\u00a0{self.percent(1 - step, decimals)}"
        return self.percent(share, decimals)

    def parts(self, shares: Mapping[Key, float], decimals: int = 0) -> dict[Key, str]:
        """The parts of one whole as percentages that add up to what the whole is as printed.

        Each is rounded down, and what is then missing goes to those that lost the most.
        """
        step, steps = Decimal(1).scaleb(-2 - decimals), 10 ** (decimals + 2)
        whole = rounded(fsum(shares.values()), decimals + 2)
        exact = {key: rounded(share, 12) for key, share in shares.items()}
        down = {key: share.quantize(step, ROUND_FLOOR) for key, share in exact.items()}
        missing = int((whole - sum(down.values())) * steps)
        lost = sorted(exact, key=lambda key: down[key] - exact[key])
        shown = {key: down[key] + step * (key in lost[:missing]) for key in exact}
        return {key: self.percent(float(share), decimals) for key, share in shown.items()}

    @staticmethod
    def adds_up(sums: Iterable[tuple[Iterable[float], float]], decimals: int = 0) -> bool:
        """Whether the parts of every sum, as printed, are together its total as printed."""
        return all(
            sum(rounded(part, decimals) for part in parts) == rounded(total, decimals)
            for parts, total in sums
        )

    def listing(self, items: Iterable[str]) -> str:
        """One sentence part: a, b en c. Before an *en* that could be misread stands a comma."""
        return self._list(items, "standard")

    def either(self, items: Iterable[str]) -> str:
        """One sentence part that leaves a choice: a, b of c."""
        return self._list(items, "or")

    def _list(self, items: Iterable[str], style: Literal["standard", "or"]) -> str:
        given = list(items)
        word = str(format_list(["", ""], style=style, locale=self._locale))
        *first, last = given or [""]
        if first and any(word in one for one in given):
            return f"{', '.join(first)},{word}{last}"
        return str(format_list(given, style=style, locale=self._locale))
