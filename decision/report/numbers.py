"""Numbers, amounts, shares and lists as a Dutch (or English) reader writes them."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

__all__ = ["Numbers"]

LOCALES = {"nl": "nl_NL", "en": "en_GB"}


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

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed number of decimals."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, pattern, locale=self._locale))

    def plain(self, value: float) -> str:
        """A number with as many decimals as it needs, up to three."""
        return str(format_decimal(value, "#,##0.###", locale=self._locale))

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share (0-1) as a percentage."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return str(format_percent(share, pattern, locale=self._locale))

    def listing(self, items: Iterable[str]) -> str:
        """One sentence part: a, b en c."""
        return str(format_list(list(items), locale=self._locale))

    def _currency(self, amount: float, pattern: str) -> str:
        text = format_currency(
            amount, "EUR", pattern, locale=self._locale, currency_digits=False
        )
        return str(text).replace("€ ", "€\u00a0")
