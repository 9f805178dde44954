"""Help and complaints about the command line in the language of the advice.

Click builds both, in English; here its commands get words of ours, and its exceptions are told
again by what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import click
import rich_click
from rich_click.rich_help_formatter import RichHelpFormatter

from decision.model.installed import PACKAGE
from decision.words.catalogue import Messages

__all__ = ["CHECK", "DONE", "FAULT", "MISUSE", "MisuseError", "command", "group", "what_is_wrong"]

DONE, FAULT, MISUSE, CHECK = 0, 1, 2, 3
"""Exit statuses: the input is at fault, the command line is, or the check did not hold."""

C = TypeVar("C", bound=click.Command)

Parameter = Callable[[Callable[..., Any]], Callable[..., Any]]
"""One of click's decorators for an option or an argument."""


class MisuseError(click.UsageError):
    """Wrong use of the command line: a code that says why, in words of the program's.

    ``meant`` is what the user probably meant.
    """

    def __init__(
        self,
        code: str,
        meant: str | None = None,
        ctx: click.Context | None = None,
        /,
        **details: object,
    ) -> None:
        """Keep the parts."""
        super().__init__(code, ctx)
        self.code, self.meant, self.details = code, meant, details


class _Command(rich_click.RichCommand):
    """A command that leaves out nothing of what is asked."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _refuse_what_would_be_lost(self, ctx, args)
        return super().parse_args(ctx, args)


class _Group(rich_click.RichGroup):
    """The program, which leaves out nothing of what is asked either."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _refuse_what_would_be_lost(self, ctx, args)
        return super().parse_args(ctx, args)


def _refuse_what_would_be_lost(
    asked: click.Command, ctx: click.Context, args: Sequence[str]
) -> None:
    """Refuse a second value of an option that takes one, before or after the command, and no value.

    Raises:
        click.UsageError: There is such an option, or a name that is left empty.
    """
    values, _, given = asked.make_parser(ctx).parse_args(list(args))
    before: set[str | None] = ctx.meta.setdefault(__name__, set())
    for one in given:
        found = values.get(str(one.name))
        empty = "" in map(str.strip, _texts(found))
        if isinstance(one, click.Argument) and one.required and empty:
            raise click.MissingParameter(ctx=ctx, param=one)
        if isinstance(one, click.Option) and not one.is_flag:
            if empty:
                raise MisuseError("missing_option_value", None, ctx, option=one.opts[0])
            if one.name in before:
                raise MisuseError("option_twice", None, ctx, option=one.opts[0])
            if not one.multiple:
                before.add(one.name)


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list | tuple) else [value]
    return [one for one in found if isinstance(one, str)]


class _Formatter(RichHelpFormatter):
    """Help that starts with our own word for "Usage:"."""

    usage_word = ""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or self.usage_word)


def _speaking(say: Messages) -> type[rich_click.RichContext]:
    """A context whose help speaks one language."""
    formatter = type("Formatter", (_Formatter,), {"usage_word": say.say("panels.usage")})
    return type("Context", (rich_click.RichContext,), {"formatter_class": formatter})


def _made(
    kind: type[C],
    name: str,
    say: Messages,
    body: Callable[..., None],
    parameters: Sequence[Parameter],
    **settings: Any,  # noqa: ANN401 - click's own
) -> C:
    """A command in one language; ``parameters`` in the order of the help."""
    function: Callable[..., Any] = body
    help_option: Parameter = click.help_option("--help", help=say.say("help.help"))
    for parameter in reversed((*parameters, help_option)):
        function = parameter(function)
    config = rich_click.RichHelpConfiguration(
        options_panel_title=say.say("panels.options"),
        commands_panel_title=say.say("panels.commands"),
    )
    made = click.command(
        name,
        cls=kind,
        context_settings={"help_option_names": [], "rich_help_config": config},
        options_metavar=say.say("metavars.options"),
        **settings,
    )(function)
    made.context_class = _speaking(say)
    return made


def group(say: Messages, commands: Sequence[click.Command], *parameters: Parameter) -> click.Group:
    """The program itself, with its commands; ``parameters`` in the order of the help."""
    version = click.version_option(
        None,
        "--version",
        package_name=PACKAGE,
        message="%(prog)s %(version)s",
        help=say.say("help.version"),
    )
    return _made(
        _Group,
        "program",
        say,
        lambda: None,
        (*parameters, version),
        help=say.say("help.program"),
        subcommand_metavar=say.say("metavars.command"),
        no_args_is_help=False,
        commands=commands,
    )


def command(
    name: str,
    say: Messages,
    body: Callable[..., None],
    *parameters: Parameter,
    about: Sequence[str] = ("file",),
) -> click.Command:
    """A command whose help is in one language; ``parameters`` in the order of the help.

    ``about`` names further texts of the help, by default what a file can be.
    """
    text = "\n\n".join(say.say(f"help.{part}") for part in (name, *about))
    return _made(_Command, name, say, body, parameters, help=text)


def what_is_wrong(error: click.UsageError, say: Messages) -> str:
    """What is wrong with the command line, in the language of the advice."""
    match error:
        case click.exceptions.NoSuchOption():
            guess = _guess(_close(error.option_name, error.possibilities or ()), say)
            return say.say("errors.no_such_option", option=error.option_name, guess=guess)
        case click.exceptions.NoSuchCommand():
            guess = _guess(_close(error.command_name, _commands(error.ctx)), say)
            return say.say("errors.no_such_command", command=error.command_name, guess=guess)
        case click.MissingParameter(param=click.Argument() as argument):
            return say.say("errors.missing_argument", name=argument.metavar or argument.name)
        case click.BadOptionUsage():
            return _option_and_value(error, say)
        case click.BadParameter(param=click.Option() as option):
            return _bad_value(option, error, say)
    return _other(error, say)


def _option_and_value(error: click.BadOptionUsage, say: Messages) -> str:
    takes_none = "does not take a value" in error.message
    code = "unwanted_value" if takes_none else "missing_option_value"
    return say.say(f"errors.{code}", option=error.option_name)


def _bad_value(option: click.Option, error: click.BadParameter, say: Messages) -> str:
    value = error.message.partition("'")[2].partition("'")[0]
    if isinstance(option.type, click.Choice):
        details = {"option": option.opts[0], "known": option.type.choices}
        return say.say("errors.bad_choice", value=value, **details)
    is_file = isinstance(option.type, click.Path) and option.type.file_okay
    code = "bad_file" if is_file else "bad_folder"
    return say.say(f"errors.{code}", value=value, option=option.opts[0])


def _other(error: click.UsageError, say: Messages) -> str:
    """What click tells only in words: something too many, no command; else our own message."""
    if isinstance(error, MisuseError):
        return say.say(f"errors.{error.code}", guess=_guess(error.meant, say), **error.details)
    if "unexpected extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(")")
        return say.say("errors.too_many", extra=extra)
    if error.message == "Missing command.":
        return say.say("errors.missing_command", known=_commands(error.ctx))
    return error.message


def _commands(context: click.Context | None) -> list[str]:
    found = context.command if context is not None else None
    return list(found.commands) if isinstance(found, click.Group) else []


def _close(asked: str, known: Sequence[str]) -> str | None:
    return next(iter(get_close_matches(asked, known, n=1)), None)


def _guess(meant: str | None, say: Messages) -> str:
    return say.say("guess", guess=meant) if meant else ""
