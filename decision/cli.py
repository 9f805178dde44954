"""The command line: ``decide region FILE`` and its companions.

Results go to standard output, messages to standard error. Exit status: 0 done, 1 the input is
at fault (nothing written), 2 wrong use of the command line.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
import rich_click

from decision.load import InputError
from decision.words import Messages, catalogue, languages

__all__ = ["main", "run"]

DONE, FAULT, MISUSE = 0, 1, 2
DEFAULT_LANGUAGE = "nl"
FORMATS = ("md", "html", "json")


def main() -> None:
    """Run the program on the arguments it was started with."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status; no fault of the user ends in a traceback."""
    lang = _language(arguments)
    say = catalogue(lang, "cli")
    try:
        _program(lang, say).main(list(arguments), prog_name="decide", standalone_mode=False)
    except InputError as error:
        _report(error)
        return FAULT
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return MISUSE
    except click.UsageError as error:
        _complain(say, _usage(error, say), error.ctx)
        return MISUSE
    except click.ClickException as error:
        _complain(say, error.message, None)
        return FAULT
    except (click.Abort, KeyboardInterrupt):
        _complain(say, say.say("errors.interrupted"), None)
        return FAULT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, before the command line itself is read; else the default."""
    asked = os.environ.get("DECIDE_LANG", "")
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            asked = arguments[number + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in languages() else DEFAULT_LANGUAGE


def _program(lang: str, say: Messages) -> click.Group:
    """The program with every help text in one language."""
    settings = _settings(say)

    @click.group(cls=rich_click.RichGroup, help=say.say("help.program"), context_settings=settings)
    @click.version_option(None, "--version", package_name="decide-region", help=say.say("help.version"))
    def program() -> None:
        pass

    for command in (_region(lang, say), _groupings(lang, say), _validate(lang, say), _schema(lang, say)):
        program.add_command(command)
    for command in (program, *program.commands.values()):
        command.context_settings = settings
    return program


def _settings(say: Messages) -> dict[str, Any]:
    return {
        "help_option_names": ["--help"],
        "rich_help_config": rich_click.RichHelpConfiguration(
            arguments_panel_title=say.say("panels.arguments"),
            options_panel_title=say.say("panels.options"),
            commands_panel_title=say.say("panels.commands"),
            default_string=say.say("default"),
            required_long_string=say.say("required"),
            show_arguments=True,
            use_markdown=False,
        ),
    }


def _command(name: str, say: Messages, body: Callable[..., None], *parameters: Any) -> click.Command:  # noqa: ANN401 - click's own decorators
    """A command whose help is in one language; ``parameters`` in the order of the help."""
    for parameter in reversed(parameters):
        body = parameter(body)
    command = click.command(name, cls=rich_click.RichCommand, help=say.say(f"help.{name}"))
    return command(body)


def _shared(say: Messages, formats: Sequence[str]) -> tuple[Any, ...]:
    """The options that every command takes."""
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    return (
        click.option("--format", "form", type=click.Choice(formats), help=say.say("help.format")),
        click.option("--lang", type=click.Choice(languages()), help=say.say("help.lang"), expose_value=False),
        click.option("--criteria", type=folder, help=say.say("help.criteria")),
        click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help=say.say("help.set")),
    )


def _region(lang: str, say: Messages) -> click.Command:
    from decision.report import sections

    known = sections(lang)

    def region(  # noqa: PLR0913 - one argument for each option
        file: str,
        form: str | None,
        criteria: Path | None,
        changes: tuple[str, ...],
        output: Path | None,
        section: tuple[str, ...],
        templates: Path | None,
        force: bool,  # noqa: FBT001
    ) -> None:
        from decision.advice import decide
        from decision.load import load_region
        from decision.report import Report

        form = form or _format_of(output, say)
        if form == "json" and section:
            raise click.UsageError(say.say("errors.section_of_json"))
        case = load_region(file, criteria=criteria, lang=lang, changes=changes)
        report = Report(decide(case), lang, section, templates)
        if form is None and not section:
            files = {Path(report.file_name(kind)): report.text(kind) for kind in ("md", "html")}
            _write(files, say, force=force)
            report.summary()
            for path in files:
                click.echo(say.say("wrote", path=path), err=True)
        elif output is None:
            click.echo(report.text(form or "md"), nl=False)
        else:
            _write({output: report.text(form or "md")}, say, force=force)
            click.echo(say.say("wrote", path=output), err=True)

    return _command(
        "region",
        say,
        region,
        _file_argument(say),
        *_shared(say, FORMATS),
        click.option("--output", type=click.Path(path_type=Path), help=say.say("help.output")),
        click.option(
            "--section",
            type=click.Choice(known),
            multiple=True,
            metavar="ID",
            help=say.say("help.section", sections=", ".join(known)),
        ),
        click.option(
            "--templates",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            help=say.say("help.templates"),
        ),
        click.option("--force", is_flag=True, help=say.say("help.force")),
    )


def _groupings(lang: str, say: Messages) -> click.Command:
    def groupings(
        file: str, form: str | None, criteria: Path | None, changes: tuple[str, ...]
    ) -> None:
        from decision.groupings import groupings as compare
        from decision.load import load_region
        from decision.report.contract import groupings_contract
        from decision.report.terminal import print_groupings

        case = load_region(file, criteria=criteria, lang=lang, changes=changes)
        if not case.region.groupings:
            raise click.ClickException(say.say("errors.no_groupings", file=file))
        results = compare(case)
        if form == "json":
            _print_json(groupings_contract(case.region.id, results))
        else:
            print_groupings(case, results, lang)

    return _command("groupings", say, groupings, _file_argument(say), *_shared(say, ("json",)))


def _validate(lang: str, say: Messages) -> click.Command:
    def validate(
        files: tuple[str, ...], form: str | None, criteria: Path | None, changes: tuple[str, ...]
    ) -> None:
        from decision.load import load_region

        problems = []
        for file in files:
            try:
                load_region(file, criteria=criteria, lang=lang, changes=changes)
            except InputError as error:
                problems += [one for one in error.problems if one not in problems]
            else:
                if form != "json":
                    click.echo(say.say("right", file=file))
        if form == "json":
            _print_json({"problems": [_problem(one) for one in problems]})
        elif problems:
            raise InputError(problems)
        if problems:
            raise click.exceptions.Exit(FAULT)

    files = click.argument("files", nargs=-1, required=True, metavar="FILE…")
    return _command("validate", say, validate, files, *_shared(say, ("json",)))


def _problem(problem: Any) -> dict[str, Any]:  # noqa: ANN401 - imported only when needed
    keys = ("file", "line", "column", "path", "code", "message", "hint")
    return {key: getattr(problem, key) for key in keys}


def _schema(lang: str, say: Messages) -> click.Command:
    def schema(form: str | None, criteria: Path | None, changes: tuple[str, ...]) -> None:
        from decision.load import load_knowledge
        from decision.load.schema import region_schema

        del form, changes  # the schema is JSON, and is about no region in particular
        _print_json(region_schema(load_knowledge(criteria, lang), lang))

    return _command("schema", say, schema, *_shared(say, ("json",)))


def _file_argument(say: Messages) -> Any:  # noqa: ANN401 - click's own decorator
    return click.argument("file", metavar="FILE", cls=rich_click.RichArgument, help=say.say("help.file"))


def _format_of(output: Path | None, say: Messages) -> str | None:
    """The format that a file's name asks for; None when there is no file."""
    if output is None:
        return None
    form = output.suffix.removeprefix(".")
    if form not in FORMATS:
        raise click.UsageError(say.say("errors.unknown_format", path=output))
    return form


def _write(files: dict[Path, str], say: Messages, *, force: bool) -> None:
    from decision.report.files import Refused, write

    try:
        write(files, force=force)
    except Refused as error:
        raise click.ClickException(
            say.say(f"errors.{error.code}", path=error.path, reason=error.reason)
        ) from error


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def _report(error: InputError) -> None:
    from decision.load import render

    for problem in error.problems:
        click.echo(render(problem), err=True)


def _complain(say: Messages, message: str, context: click.Context | None) -> None:
    click.echo(f"{say.say('error')} {message}", err=True)
    if context is not None:
        click.echo(say.say("hint", command=context.command_path), err=True)


def _usage(error: click.UsageError, say: Messages) -> str:
    """What is wrong with the command line, in the language of the advice."""
    match error:
        case click.exceptions.NoSuchOption():
            guess = _guess(error.option_name, error.possibilities or (), say)
            return say.say("errors.no_such_option", option=error.option_name, guess=guess)
        case click.exceptions.NoSuchCommand():
            known = _known_commands(error.ctx)
            guess = _guess(error.command_name, known, say)
            return say.say("errors.no_such_command", command=error.command_name, guess=guess)
        case click.MissingParameter(param=click.Argument() as parameter):
            return say.say("errors.missing_argument", name=parameter.make_metavar(error.ctx))
        case click.BadOptionUsage():
            takes_none = "does not take a value" in error.message
            code = "unwanted_value" if takes_none else "missing_option_value"
            return say.say(f"errors.{code}", option=error.option_name)
        case click.BadParameter(param=click.Option() as option):
            return _bad_value(option, error, say)
        case _ if "unexpected extra argument" in error.message:
            extra = error.message.partition("(")[2].rstrip(")")
            return say.say("errors.too_many", extra=extra)
        case _ if error.message == "Missing command.":
            return say.say("errors.missing_command", known=", ".join(_known_commands(error.ctx)))
        case _:
            return error.message


def _bad_value(option: click.Option, error: click.BadParameter, say: Messages) -> str:
    value = error.message.partition("'")[2].partition("'")[0]
    if isinstance(option.type, click.Choice):
        known = ", ".join(str(choice) for choice in option.type.choices)
        return say.say("errors.bad_choice", value=value, option=option.opts[0], known=known)
    if isinstance(option.type, click.Path):
        return say.say("errors.bad_folder", value=value, option=option.opts[0])
    return say.say("errors.bad_usage", message=error.message)


def _known_commands(context: click.Context | None) -> list[str]:
    command = context.command if context is not None else None
    return list(command.commands) if isinstance(command, click.Group) else []


def _guess(asked: str, known: Sequence[str], say: Messages) -> str:
    close = get_close_matches(asked, known, n=1)
    return say.say("guess", guess=close[0]) if close else ""
