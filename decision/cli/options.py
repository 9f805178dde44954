"""What every command is asked, and the options and arguments that ask it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from decision.cli.costing import costed
from decision.cli.usage import MisuseError, Parameter, command
from decision.load import AS_OF, SOURCE_LANGUAGE, Case, load_region
from decision.model.values import is_date
from decision.report.json.plain import text
from decision.words.catalogue import Messages, languages

__all__ = [
    "CLUSTER",
    "Ask",
    "Invocation",
    "Make",
    "argument",
    "asking",
    "folder_option",
    "lang_option",
    "number_option",
    "option",
    "print_json",
    "workers_option",
]

JSON = ("json",)
WORKERS, MOST_WORKERS = "--workers", 256
CLUSTER = "dask://"
"""Stands before the address of a cluster."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Invocation:
    """What every command is asked, and the language (``lang``, ``say``) in which it answers.

    ``criteria`` is a folder with knowledge, ``changes`` (``path=value``) are made to the region,
    ``as_of`` is the date of rules and figures, and ``format`` is that of the result; None for what
    is not given.
    """

    lang: str
    say: Messages
    format: str | None
    criteria: Path | None
    changes: tuple[str, ...]
    as_of: str | None

    @property
    def as_json(self) -> bool:
        """Whether the result is for a program, and not for a reader."""
        return self.format == "json"

    @property
    def texts(self) -> str:
        """The language of the texts in the result: a program gets those of the source."""
        return SOURCE_LANGUAGE if self.as_json else self.lang

    def load(self, file: str) -> Case:
        """The region in a file as it was asked; raises ``InputError`` with every fault in it."""
        return self.read(
            lambda lang: load_region(
                file, criteria=self.criteria, lang=lang, changes=self.changes, as_of=self.as_of
            )
        )

    def read(self, loaded: Callable[[str], T]) -> T:
        """What is ``loaded`` in the language of the texts; faults are told in the user's own."""
        found = loaded(self.lang)
        return found if self.texts == self.lang else loaded(self.texts)


Make = Callable[[str, Messages], click.Command]
"""Makes a command whose help and answers are in one language."""

Ask = Callable[[Messages], Parameter]
"""Makes an option or an argument whose help is in one language."""


def asking(  # noqa: PLR0913 - what a command consists of
    name: str,
    body: Callable[..., None],
    *,
    arguments: Sequence[Ask],
    options: Sequence[Ask] = (),
    formats: Sequence[str] = JSON,
    about: Sequence[str] = ("file",),
) -> Make:
    """A command: ``body`` gets what every command is asked, and by name what only this one is.

    ``formats`` are those of its result, and ``about`` names further texts of its help.
    """
    shared = (
        option("--format", "format_", type=click.Choice(formats)),
        lang_option,
        folder_option("--criteria"),
        option("--set", "changes", multiple=True, metavar="set"),
        option(AS_OF, callback=_date, metavar="date"),
    )

    def make(lang: str, say: Messages) -> click.Command:
        def run(
            *,
            format_: str | None,
            criteria: Path | None,
            changes: tuple[str, ...],
            as_of: str | None,
            **own: object,
        ) -> None:
            with costed(say):
                body(Invocation(lang, say, format_, criteria, changes, as_of), **own)

        parameters = [ask(say) for ask in (*arguments, *shared, *options)]
        return command(name, say, run, *parameters, about=about)

    return make


def option(
    *names: str,
    metavar: str | None = None,
    code: str | None = None,
    **settings: Any,  # noqa: ANN401 - click's own
) -> Ask:
    """An option with its help, and the word of the catalogue that stands for its value.

    The help has the ``code`` of the option's own name, unless another is given.
    """
    text = code or names[0].removeprefix("--").replace("-", "_")

    def ask(say: Messages) -> Parameter:
        shown = metavar and (say.get(f"metavars.{metavar}") or metavar)
        return click.option(*names, metavar=shown, help=say.say(f"help.{text}"), **settings)

    return ask


def argument(name: str, **settings: Any) -> Ask:  # noqa: ANN401 - click's own
    """An argument with the word of the catalogue that stands for it."""
    return lambda say: click.argument(name, metavar=say.say(f"metavars.{name}"), **settings)


lang_option = option("--lang", type=click.Choice(languages()), expose_value=False)
"""The language, which is chosen before the command line is read (`decision.cli.run`)."""


def folder_option(name: str) -> Ask:
    """An option for a folder that is there; None where it is not given."""
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    return option(name, type=folder, metavar="folder")


def number_option(name: str, low: int, high: int, code: str | None = None) -> Ask:
    """An option for a whole number from ``low`` to ``high``; None where it is not given.

    It is given, and has its help, under another name where there is a ``code``.
    """

    def whole(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None or (value.isdecimal() and low <= int(value) <= high):
            return None if value is None else int(value)
        raise MisuseError("bad_number", option=name, value=value, low=low, high=high)

    names = (name, code) if code else (name,)
    return option(*names, callback=whole, metavar="number", code=code)


def _who(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Who does the work: a number of processes, or the address of a cluster."""
    if value is None or (value.isdecimal() and 1 <= int(value) <= MOST_WORKERS):
        return value
    if re.fullmatch(CLUSTER + r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):[0-9]{1,5}", value):
        return value
    raise MisuseError("bad_workers", option=WORKERS, value=value, high=MOST_WORKERS)


workers_option = option(WORKERS, callback=_who, metavar="workers")
"""The option of a command that takes long."""


def _date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """A year, a month or a day; None where it is not given."""
    if value is None or is_date(value):
        return value
    raise MisuseError("bad_date", option=AS_OF, value=value)


def print_json(document: dict[str, Any]) -> None:
    """Show a result to a program."""
    click.echo(text(document))
