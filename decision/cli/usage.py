"""Help and complaints about the command line in the language of the advice.

Click builds both, in English; here its commands get words of ours, and its exceptions are told
again by what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

import click
import rich_click
from rich_click.rich_help_formatter import RichHelpFormatter

from decision.words.catalogue import Messages

__all__ = ["CHECK", "DONE", "FAULT", "MISUSE", "command", "group", "what_is_wrong"]

DONE, FAULT, MISUSE, CHECK = 0, 1, 2, 3
"""Exit statuses: the input is at fault, the command line is, or the check did not hold."""

Parameter = Callable[[Callable[..., Any]], Callable[..., Any]]
"""One of click's decorators for an option or an argument."""


class _BadOptionError(click.BadOptionUsage):
    """An option of which a value would be lost; the code says why, in words of the program's."""

    def __init__(self, code: str, option: str, context: click.Context) -> None:
        """Keep the code and the option."""
        super().__init__(option, code, context)
        self.code = code


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
                raise _BadOptionError("missing_option_value", one.opts[0], ctx)
            if one.name in before:
                raise _BadOptionError("option_twice", one.opts[0], ctx)
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


def _settings(say: Messages) -> dict[str, Any]:
    config = rich_click.RichHelpConfiguration(
        options_panel_title=say.say("panels.options"),
        commands_panel_title=say.say("panels.commands"),
    )
    return {"help_option_names": [], "rich_help_config": config}


def _help_option(say: Messages) -> Parameter:
    return click.help_option("--help", help=say.say("help.help"))


def group(say: Messages, commands: Sequence[click.Command], *parameters: Parameter) -> click.Group:
    """The program itself, with its commands; ``parameters`` in the order of the help."""
    version = click.version_option(
        None,
        "--version",
        package_name="decide-region",
        message="%(prog)s %(version)s",
        help=say.say("help.version"),
    )

    def program() -> None:
        pass

    own: tuple[Parameter, ...] = (*parameters, version, _help_option(say))
    function: Callable[..., Any] = program
    for parameter in reversed(own):
        function = parameter(function)
    made = click.group(
        cls=_Group,
        help=say.say("help.program"),
        context_settings=_settings(say),
        options_metavar=say.say("metavars.options"),
        subcommand_metavar=say.say("metavars.command"),
        no_args_is_help=False,
    )(function)
    made.context_class = _speaking(say)
    for one in commands:
        made.add_command(one)
    return made


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
    function: Callable[..., Any] = body
    for parameter in reversed((*parameters, _help_option(say))):
        function = parameter(function)
    made = click.command(
        name,
        cls=_Command,
        help="\n\n".join(say.say(f"help.{part}") for part in (name, *about)),
        context_settings=_settings(say),
        options_metavar=say.say("metavars.options"),
    )(function)
    made.context_class = _speaking(say)
    return made


def what_is_wrong(error: click.UsageError, say: Messages) -> str:
    """What is wrong with the command line, in the language of the advice."""
    match error:
        case click.exceptions.NoSuchOption():
            guess = _guess(error.option_name, error.possibilities or (), say)
            return say.say("errors.no_such_option", option=error.option_name, guess=guess)
        case click.exceptions.NoSuchCommand():
            guess = _guess(error.command_name, _commands(error.ctx), say)
            return say.say("errors.no_such_command", command=error.command_name, guess=guess)
        case click.MissingParameter(param=click.Argument() as argument):
            return say.say("errors.missing_argument", name=argument.metavar or argument.name)
        case click.BadOptionUsage():
            return _option_and_value(error, say)
        case click.BadParameter(param=click.Option() as option):
            return _bad_value(option, error, say)
    return _other(error, say)


def _option_and_value(error: click.BadOptionUsage, say: Messages) -> str:
    if isinstance(error, _BadOptionError):
        code = error.code
    else:
        takes_none = "does not take a value" in error.message
        code = "unwanted_value" if takes_none else "missing_option_value"
    return say.say(f"errors.{code}", option=error.option_name)


def _bad_value(option: click.Option, error: click.BadParameter, say: Messages) -> str:
    value = error.message.partition("'")[2].partition("'")[0]
    if isinstance(option.type, click.Choice):
        known = ", ".join(str(choice) for choice in option.type.choices)
        return say.say("errors.bad_choice", value=value, option=option.opts[0], known=known)
    return say.say("errors.bad_folder", value=value, option=option.opts[0])


def _other(error: click.UsageError, say: Messages) -> str:
    """What click tells only in words: something too many, no command; else our own message."""
    if "unexpected extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(")")
        return say.say("errors.too_many", extra=extra)
    if error.message == "Missing command.":
        return say.say("errors.missing_command", known=", ".join(_commands(error.ctx)))
    return error.message


def _commands(context: click.Context | None) -> list[str]:
    found = context.command if context is not None else None
    return list(found.commands) if isinstance(found, click.Group) else []


def _guess(asked: str, known: Sequence[str], say: Messages) -> str:
    close = get_close_matches(asked, known, n=1)
    return say.say("guess", guess=close[0]) if close else ""
