"""The cases of experts beside what came out, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from decision.comparison.check import CaseResult, Check
from decision.report.screen.layout import Screen
from decision.words.catalogue import Messages, catalogue
from decision.words.numbers import Numbers

__all__ = ["print_check"]


def print_check(results: Sequence[CaseResult], lang: str) -> None:
    """Print each expectation with its line and whether it holds, and how many do."""
    shown = _Checks(catalogue(lang, "words"), Numbers(lang))
    for case in results:
        shown.unbroken(f"{case.file}:{case.line} {case.name}", style="bold")
        for one in case.checks:
            shown.unbroken(shown.check(case.file, one))
    shown.show()
    held = [one.passed for case in results for one in case.checks]
    good = sum(case.passed for case in results)
    counts = {"cases": len(results), "good": good, "bad": len(results) - good}
    expectations = {"passed": sum(held), "failed": len(held) - sum(held)}
    shown.unbroken(shown.say("check.summary", **counts, **expectations))


class _Checks(Screen):
    """What is printed, in one language."""

    def __init__(self, words: Messages, numbers: Numbers) -> None:
        super().__init__()
        self.say, self.numbers = words.say, numbers

    def check(self, file: str, one: Check) -> Text:
        place = f"{file}:{one.line} {one.path}"
        expected = self.value(one.expected)
        if one.passed:
            return Text(
                f"  {self.say('check.held', place=place, expected=expected)}", style="green"
            )
        found = self.value(one.found)
        if one.within is not None and found == expected:
            expected, found = repr(one.expected), repr(one.found)
        said = self.say("check.broken", place=place, expected=expected, found=found)
        return Text(f"  {said}", style="bold red")

    def value(self, value: Any) -> str:  # noqa: ANN401 - as it stands in a case
        """A value as a case has it, but numbers as a reader writes them."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list):
            return f"[{', '.join(map(self.value, value))}]"
        return self.numbers.plain(value) if isinstance(value, int | float) else str(value)
