"""The command line: ``decide region FILE`` and its companions.

Results go to standard output, messages to standard error. Exit status: 0 done, 1 the input is
at fault (nothing written), 2 wrong use of the command line, 3 the check did not hold.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from decision.cli.commands import program
from decision.cli.usage import DONE, FAULT, MISUSE, what_is_wrong
from decision.load import InputError, render
from decision.words import Messages, catalogue, languages

__all__ = ["main", "run"]

FEW_COLLECTIONS = 200_000
"""Objects between two searches for garbage: a run is short and makes little of it."""

PROGRAM = "decide"
DEFAULT_LANGUAGE = "nl"


def main() -> None:
    """Run the program on the arguments it was started with."""
    gc.set_threshold(FEW_COLLECTIONS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status; no fault of the user ends in a traceback."""
    lang = _language(arguments)
    say = catalogue(lang, "cli")
    try:
        status = program(lang, say).main(list(arguments), PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        for problem in error.problems:
            click.echo(render(problem), err=True)
        return FAULT
    except click.UsageError as error:
        _complain(say, what_is_wrong(error, say))
        command = error.ctx.command_path if error.ctx else PROGRAM
        click.echo(say.say("hint", command=command), err=True)
        return MISUSE
    except click.ClickException as error:
        _complain(say, error.message)
        return FAULT
    except (click.Abort, KeyboardInterrupt):
        _complain(say, say.say("errors.interrupted"))
        return FAULT
    except BrokenPipeError:  # the reader of our output has stopped: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status if isinstance(status, int) else DONE


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, before the command line itself is read; else the default."""
    asked = os.environ.get("DECIDE_LANG", "")
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            asked = arguments[number + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in languages() else DEFAULT_LANGUAGE


def _complain(say: Messages, message: str) -> None:
    click.echo(f"{say.say('error')} {message}", err=True)
