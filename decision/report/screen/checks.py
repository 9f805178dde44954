"""The cases of experts beside what came out, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from decision.comparison.check import CaseResult, Check
from decision.report.screen.layout import Screen
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["print_check"]


def _counts(results: Sequence[CaseResult]) -> tuple[int, int]:
    """How many expectations hold, and how many do not."""
    held = [one.passed for case in results for one in case.checks]
    return sum(held), len(held) - sum(held)


def print_check(results: Sequence[CaseResult], lang: str) -> None:
    """Print each expectation with its line and whether it holds, and how many do."""
    screen, shown = Screen(), _Shown(lang)
    for case in results:
        screen.unbroken(f"{case.file}:{case.line} {case.name}", style="bold")
        for one in case.checks:
            screen.unbroken(shown.check(case.file, one))
    screen.show()
    screen.unbroken(shown.summary(results))


class _Shown:
    """What is printed, in one language."""

    def __init__(self, lang: str) -> None:
        self.words = catalogue(lang, "words")
        self.numbers = Numbers(lang)

    def check(self, file: str, one: Check) -> Text:
        place = f"{file}:{one.line} {one.path}"
        expected = self.value(one.expected)
        if one.passed:
            said = self.words.say("check.held", place=place, expected=expected)
            return Text(f"  {said}", style="green")
        found = self.value(one.found)
        if one.within is not None and found == expected:
            expected, found = repr(one.expected), repr(one.found)
        values = {"place": place, "expected": expected, "found": found}
        return Text(f"  {self.words.say('check.broken', **values)}", style="bold red")

    def value(self, value: Any) -> str:  # noqa: ANN401 - as it stands in a case
        """A value as a case has it, but numbers as a reader writes them."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list):
            return f"[{', '.join(map(self.value, value))}]"
        return self.numbers.plain(value) if isinstance(value, int | float) else str(value)

    def summary(self, results: Sequence[CaseResult]) -> str:
        passed, failed = _counts(results)
        good = sum(case.passed for case in results)
        counts = {"cases": len(results), "good": good, "bad": len(results) - good}
        return self.words.say("check.summary", **counts, passed=passed, failed=failed)
