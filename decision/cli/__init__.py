"""The command line: ``decide region FILE`` and its companions.

In go the arguments, out come the results of `commands`, which share `options` and `usage`, and how
`naming` and `costing` are asked and refused. `answering` gives what is asked in every format,
`workers` do what takes long, and `writing` puts results in files.

Results go to standard output, messages to standard error. Exit status: 0 done, 1 the input is
at fault (nothing written), 2 wrong use of the command line, 3 the check did not hold.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

import click

from decision.words.catalogue import Messages, catalogue, languages

__all__ = ["main", "run"]

FEW_COLLECTIONS = 500_000
"""Objects between two searches for garbage: a run is short and makes little of it, and importing
its modules makes none."""

PROGRAM = "decide"
DEFAULT_LANGUAGE = "nl"


def main() -> None:
    """Run the program on the arguments it was started with."""
    gc.set_threshold(FEW_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _able_to_say_all(stream)
    for name in ("SIGTERM", "SIGHUP"):  # as with a stop from the keyboard, nothing is left half
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    status = run(sys.argv[1:])
    gc.freeze()  # the end of the process frees all at once: no need to search it for garbage
    sys.exit(status)


def _able_to_say_all(stream: TextIOWrapper) -> None:
    """Let no character be one too many for a stream.

    A file or pipe is UTF-8, whatever the computer is set to: JSON has to be, HTML says that it is,
    and the same input gives the same bytes everywhere. A terminal can show its own encoding only;
    there a question mark stands for what it lacks.
    """
    stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status; no fault of the user ends in a traceback."""
    # Here, because importing all this makes many objects and no garbage: see `main`.
    from decision.cli.commands import program  # noqa: PLC0415
    from decision.cli.usage import DONE, FAULT, MISUSE, what_is_wrong  # noqa: PLC0415
    from decision.load import InputError, render  # noqa: PLC0415

    lang = _language(arguments)
    say = catalogue(lang, "cli")
    status: object = FAULT
    if sys.stdout is None:
        sys.stdout = _closed()
    try:
        status = program(lang, say).main(list(arguments), PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        for problem in error.problems:
            _tell(render(problem))
    except click.UsageError as error:
        _complain(say, what_is_wrong(error, say))
        command = error.ctx.command_path if error.ctx else PROGRAM
        _tell(say.say("hint", command=command))
        status = MISUSE
    except click.ClickException as error:
        _complain(say, error.message)
    except (click.Abort, KeyboardInterrupt):
        _complain(say, say.say("errors.interrupted"))
    except (BrokenPipeError, SystemExit) as stop:
        if not _reader_has_stopped(stop):
            raise
        _say_no_more(sys.stdout, sys.stderr)
        status = DONE  # nothing is wrong
    except OSError as error:  # of standard output: files have their own complaints
        _complain(say, say.say("errors.no_output", reason=error.strerror or error))
        _say_no_more(sys.stdout)
    return status if isinstance(status, int) else DONE


def _closed() -> TextIO:
    """Stands for a standard output that was closed: it complains when something is written."""
    unwritable = os.open(os.devnull, os.O_RDONLY)
    return os.fdopen(unwritable, "w", encoding="utf-8", closefd=False)


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
    _tell(f"{say.say('error')} {message}")


def _tell(line: str) -> None:
    """Say something on standard error, as long as somebody reads that."""
    try:
        click.echo(line, err=True)
    except BrokenPipeError:
        _say_no_more(sys.stderr)


def _reader_has_stopped(stop: BaseException) -> bool:
    """Whether nobody reads our output any more; click and rich make an exit with 1 of that."""
    return isinstance(stop, BrokenPipeError) or isinstance(stop.__context__, BrokenPipeError)


def _say_no_more(*streams: TextIO) -> None:
    """Send what is left in streams to nowhere, so that Python can flush them when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, streams):
        os.dup2(nowhere, stream.fileno())
