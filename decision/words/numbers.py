"""Numbers, amounts, shares and lists as a Dutch (or English) reader writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

__all__ = ["Numbers"]

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
DATES = {1: "y", 2: "MMMM y", 3: "d MMMM y"}
"""How a date is written, by how many parts of it are known."""

MILLION, THOUSANDS = 1_000_000, 10_000
"""From where on an amount is rounded to a tenth of a million, and to a thousand."""

Side = Literal["exact", "over", "under"]


@lru_cache(maxsize=4096)
def _decimal(value: float, pattern: str, locale: Locale) -> str:
    """The number by a pattern; a report repeats the same numbers many times."""
    return str(format_decimal(value, pattern, locale=locale))


@lru_cache(maxsize=4096)
def _euros(amount: float, pattern: str, locale: Locale) -> str:
    text = format_currency(amount, "EUR", pattern, locale=locale, currency_digits=False)
    return str(text).replace("€ ", "€\u00a0")


class Numbers:
    """Formats for one language; euro amounts carry a no-break space after the sign."""

    def __init__(self, lang: str) -> None:
        """Use the locale that goes with ``lang`` (``nl`` or ``en``)."""
        self._locale = Locale.parse(LOCALES[lang])

    def euro(self, amount: float) -> str:
        """Whole euros: € 1.234."""
        return self._currency(amount, "¤ #,##0")

    def cents(self, amount: float) -> str:
        """Euros and cents: € 1.234,50."""
        return self._currency(amount, "¤ #,##0.00")

    def amount(self, amount: float, decimals: int) -> str:
        """Euros with any number of decimals: € 3,2244."""
        return self._currency(amount, "¤ #,##0." + "0" * decimals)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed number of decimals."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        value = value if round(value, decimals) else 0.0  # no minus sign before a zero
        return _decimal(value, pattern, self._locale)

    def plain(self, value: float) -> str:
        """A number with as many decimals as it needs, up to three."""
        return _decimal(value, "#,##0.###", self._locale)

    def exact(self, value: float) -> str:
        """A number to go on calculating with: as many decimals as it needs, up to six."""
        return _decimal(value, "#,##0.######", self._locale)

    def signed(self, value: float, decimals: int = 0) -> str:
        """A difference with its sign; no sign where nothing is left after rounding."""
        sign = "+" if round(value, decimals) > 0 else ""
        return sign + self.number(value, decimals)

    def rounded(self, amount: float) -> tuple[str, Side]:
        """The amount in round figures (€ 1,8 miljoen), and on which side of it the amount lies."""
        size = abs(amount)
        step = 100_000 if size >= MILLION else 1_000 if size >= THOUSANDS else 1
        near = round(amount / step) * step
        side: Side = "exact" if near == round(amount) else "over" if size > abs(near) else "under"
        if size < MILLION:
            return self.euro(near), side
        words = format_compact_decimal(
            near, format_type="long", locale=self._locale, fraction_digits=1
        )
        return f"€\u00a0{words}", side

    def date(self, text: str) -> str:
        """A year, a month or a day (``2008-07-01``) in words."""
        parts = [int(part) for part in text.split("-")]
        first = dt.date(*parts, *[1] * (3 - len(parts)))
        return str(format_date(first, DATES[len(parts)], locale=self._locale))

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share (0-1) as a percentage."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return str(format_percent(share, pattern, locale=self._locale))

    def share(self, share: float) -> str:
        """A percentage, with decimals only where it would else read as nothing or as all."""
        needed = (places for places in range(4) if 0 < round(share, places + 2) < 1)
        return self.percent(share, 0 if share in {0, 1} else next(needed, 4))

    def listing(self, items: Iterable[str]) -> str:
        """One sentence part: a, b en c."""
        return str(format_list(list(items), locale=self._locale))

    def either(self, items: Iterable[str]) -> str:
        """One sentence part that leaves a choice: a, b of c."""
        return str(format_list(list(items), style="or", locale=self._locale))

    def _currency(self, amount: float, pattern: str) -> str:
        amount = amount if round(amount, len(pattern.partition(".")[2])) else 0.0
        return _euros(amount, pattern, self._locale)
