"""``decide validate``: every fault in the files of regions, and what may be a typing error."""

from __future__ import annotations

from typing import Any

import click

from decision.cli.options import Invocation, argument, asking, print_json
from decision.cli.usage import FAULT
from decision.costs.doubts import doubts
from decision.load import InputError, Problem
from decision.report.view.doubts import doubts_told
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["validate_command"]


def _validate(asked: Invocation, *, files: tuple[str, ...]) -> None:
    problems: list[Problem] = []
    for file in files:
        try:
            case = asked.load(file)
        except InputError as error:
            problems += error.problems
        else:
            if not asked.as_json:
                click.echo(asked.say.say("right", file=file))
            words, numbers = catalogue(asked.lang, "words"), Numbers(asked.lang)
            for told in doubts_told(doubts(case.knowledge, case.region), words, numbers):
                click.echo(f"{file}: {told}", err=True)
    if asked.as_json:
        print_json({"problems": [_problem(one) for one in InputError(problems).problems]})
    if problems:
        raise click.exceptions.Exit(FAULT) if asked.as_json else InputError(problems)


def _problem(problem: Problem) -> dict[str, Any]:
    keys = ("file", "line", "column", "path", "code", "message", "hint")
    return {key: getattr(problem, key) for key in keys}


validate_command = asking(
    "validate", _validate, arguments=(argument("files", nargs=-1, required=True),)
)
