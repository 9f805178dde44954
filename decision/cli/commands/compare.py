"""``decide compare``: regions, years or variants side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from decision.cli.answering import Wanted, answering
from decision.cli.options import Invocation, argument
from decision.cli.usage import MisuseError
from decision.load import Case, InputError, Problem

__all__ = ["compare_command"]


def _compare(asked: Invocation, *, wanted: Wanted, files: tuple[str, ...]) -> None:
    compared = _compared(asked, files)
    cases = asked.read(lambda lang: _loaded(asked.criteria, lang, compared))

    from decision.advice.advice import decide
    from decision.comparison.compare import Side, compare
    from decision.report.answers.comparison import comparison_answer
    from decision.report.json.comparison import comparison_contract

    sides = [
        Side(file, how.changes, decide(case))
        for (file, how), case in zip(compared, cases, strict=True)
    ]
    found = compare(sides)
    document, answer = partial(comparison_contract, found), partial(comparison_answer, found)
    wanted.show(asked, files, document, partial(answer, asked.lang))


def _compared(asked: Invocation, files: Sequence[str]) -> list[tuple[str, Invocation]]:
    """The file of each side and how it is read: one file stands as it is, and then as asked.

    Raises ``MisuseError`` when there is one file, and nothing is asked that makes it another side.
    """
    if len(files) > 1:
        return [(file, asked) for file in files]
    as_it_is = replace(asked, changes=(), as_of=None)
    if asked == as_it_is:
        raise MisuseError("one_side", file=files[0])
    return [(files[0], as_it_is), (files[0], asked)]


def _loaded(
    criteria: Path | None, lang: str, compared: Sequence[tuple[str, Invocation]]
) -> list[Case]:
    """The case of every side; raises ``InputError`` with every fault in any of them."""
    from decision.load.case import read_knowledge, region_with

    knowledge = read_knowledge(criteria, lang)
    cases: list[Case] = []
    problems: list[Problem] = []
    for file, how in compared:
        try:
            cases.append(region_with(knowledge, file, changes=how.changes, as_of=how.as_of))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return cases


compare_command = answering(
    "compare",
    _compare,
    arguments=(argument("files", nargs=-1, required=True),),
    about=("file", "sides"),
)
