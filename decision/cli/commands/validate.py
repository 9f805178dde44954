"""``decide validate``: every fault in the files of regions, and nothing else."""

from __future__ import annotations

from typing import Any

import click

from decision.cli.options import Invocation, argument, asking, print_json
from decision.cli.usage import FAULT
from decision.load import InputError, Problem

__all__ = ["validate_command"]


def _validate(asked: Invocation, *, files: tuple[str, ...]) -> None:
    problems: list[Problem] = []
    for file in files:
        try:
            asked.load(file)
        except InputError as error:
            problems += error.problems
        else:
            if not asked.as_json:
                click.echo(asked.say.say("right", file=file))
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
