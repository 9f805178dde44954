"""What every command is asked, and the options and arguments that ask it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from decision.cli.usage import Parameter, command
from decision.load import AS_OF, SOURCE_LANGUAGE, Case, load_region
from decision.model.values import is_date
from decision.report.json.plain import text
from decision.words.catalogue import Messages, languages

__all__ = [
    "Asked",
    "Make",
    "asking",
    "file_argument",
    "folder_option",
    "lang_option",
    "number_option",
    "print_json",
]

JSON = ("json",)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
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


def asking(  # noqa: PLR0913 - what a command consists of
    name: str,
    body: Callable[..., None],
    lang: str,
    say: Messages,
    *,
    arguments: Sequence[Parameter],
    options: Sequence[Parameter] = (),
    formats: Sequence[str] = JSON,
    about: Sequence[str] = ("file",),
) -> click.Command:
    """A command: ``body`` gets what every command is asked, and by name what only this one is.

    ``formats`` are those of its result, and ``about`` names further texts of its help.
    """

    def run(
        *,
        format_: str | None,
        criteria: Path | None,
        changes: tuple[str, ...],
        as_of: str | None,
        **own: object,
    ) -> None:
        body(Asked(lang, say, format_, criteria, changes, as_of), **own)

    return command(name, say, run, *arguments, *_shared(say, formats), *options, about=about)


def _shared(say: Messages, formats: Sequence[str]) -> tuple[Parameter, ...]:
    """The options that every command takes."""
    return (
        click.option(
            "--format", "format_", type=click.Choice(formats), help=say.say("help.format")
        ),
        lang_option(say),
        folder_option("--criteria", say),
        click.option(
            "--set",
            "changes",
            multiple=True,
            metavar=say.say("metavars.set"),
            help=say.say("help.set"),
        ),
        _date_option(AS_OF, say),
    )


def lang_option(say: Messages) -> Parameter:
    """The language, which is chosen before the command line is read (`decision.cli.run`)."""
    known = click.Choice(languages())
    return click.option("--lang", type=known, help=say.say("help.lang"), expose_value=False)


def file_argument(say: Messages) -> Parameter:
    """The file of a region, or the name of one that comes with the program."""
    return click.argument("file", metavar=say.say("metavars.file"))


def folder_option(name: str, say: Messages) -> Parameter:
    """An option for a folder that is there; None where it is not given."""
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    text = say.say(f"help.{name.removeprefix('--')}")
    return click.option(name, type=folder, metavar=say.say("metavars.folder"), help=text)


def number_option(name: str, say: Messages, low: int, high: int) -> Parameter:
    """An option for a whole number from ``low`` to ``high``; None where it is not given."""

    def whole(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None or (value.isdecimal() and low <= int(value) <= high):
            return None if value is None else int(value)
        details = {"option": name, "value": value, "low": low, "high": high}
        raise click.UsageError(say.say("errors.bad_number", **details))

    text = say.say(f"help.{name.removeprefix('--')}")
    return click.option(name, callback=whole, metavar=say.say("metavars.number"), help=text)


def _date_option(name: str, say: Messages) -> Parameter:
    """An option for a year, a month or a day; None where it is not given."""

    def date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is None or is_date(value):
            return value
        raise click.UsageError(say.say("errors.bad_date", option=name, value=value))

    code = name.removeprefix("--").replace("-", "_")
    return click.option(
        name, callback=date, metavar=say.say("metavars.date"), help=say.say(f"help.{code}")
    )


def print_json(document: dict[str, Any]) -> None:
    """Show a result to a program."""
    click.echo(text(document))
