"""The commands: each reads its input, runs the stages and shows the result.

Stages are imported inside the command that needs them, so that help and complaints are quick.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decision.cli.costing import cost_findings, costed
from decision.cli.usage import Parameter, command, group
from decision.load import InputError, Problem, load_knowledge, load_region
from decision.words import Messages, catalogue, languages

if TYPE_CHECKING:
    from decision.report import Report

__all__ = ["program"]

FORMATS = ("md", "html", "json")
FAULT, CHECK = 1, 3
MOST_DRAWS, MOST_SEED = 100_000, 2**32 - 1


def program(lang: str, say: Messages) -> click.Group:
    """The program with every command, its help in one language."""
    commands = (_region, _costs, _verify, _groupings, _validate, _schema)
    return group(say, [make(lang, say) for make in commands])


def _shared(say: Messages, formats: Sequence[str]) -> tuple[Parameter, ...]:
    """The options that every command takes."""
    return (
        click.option("--format", "form", type=click.Choice(formats), help=say.say("help.format")),
        click.option(
            "--lang", type=click.Choice(languages()), help=say.say("help.lang"), expose_value=False
        ),
        _folder_option("--criteria", say),
        click.option(
            "--set",
            "changes",
            multiple=True,
            metavar=say.say("metavars.set"),
            help=say.say("help.set"),
        ),
    )


def _folder_option(name: str, say: Messages) -> Parameter:
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    text = say.say(f"help.{name.removeprefix('--')}")
    return click.option(name, type=folder, metavar=say.say("metavars.folder"), help=text)


def _file_argument(say: Messages) -> Parameter:
    return click.argument("file", metavar=say.say("metavars.file"))


def _region(lang: str, say: Messages) -> click.Command:
    sections = tuple(catalogue(lang, "words").tree["sections"])

    def region(  # noqa: PLR0913 - one argument for each option
        *,
        file: str,
        form: str | None,
        criteria: Path | None,
        changes: tuple[str, ...],
        output: Path | None,
        section: tuple[str, ...],
        templates: Path | None,
        force: bool,
    ) -> None:
        form = form or _format_of(output, say)
        if form == "json" and section:
            raise click.UsageError(say.say("errors.section_of_json"))
        case = load_region(file, criteria=criteria, lang=lang, changes=changes)

        from decision.advice import decide
        from decision.report import Report

        with costed(say):  # the report works out some costs by itself
            report = Report(decide(case), lang, section, templates)
            if form is None and output is None and not section:
                both = {Path(report.file_name(one)): one for one in ("md", "html")}
                _write(both, report, say, force)
                report.print_summary()
            elif output is None:
                click.echo(_text(report, form or "md", say), nl=False)
            else:
                _write({output: form or "md"}, report, say, force)

    return command(
        "region",
        say,
        region,
        _file_argument(say),
        *_shared(say, FORMATS),
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar=say.say("metavars.file"),
            help=say.say("help.output"),
        ),
        click.option(
            "--section",
            type=click.Choice(sections),
            multiple=True,
            metavar="ID",
            help=say.say("help.section", sections=", ".join(sections)),
        ),
        _folder_option("--templates", say),
        click.option("--force", is_flag=True, help=say.say("help.force")),
    )


def _groupings(lang: str, say: Messages) -> click.Command:
    def groupings(
        file: str, form: str | None, criteria: Path | None, changes: tuple[str, ...]
    ) -> None:
        case = load_region(file, criteria=criteria, lang=lang, changes=changes)
        if not case.region.groupings:
            raise click.ClickException(say.say("errors.no_groupings", file=file))

        from decision.groupings import groupings as compare
        from decision.report.contract import groupings_contract
        from decision.report.terminal import print_groupings

        with costed(say):
            results = compare(case)
        if form == "json":
            _print_json(groupings_contract(case.region.id, results))
        else:
            print_groupings(case, results, lang)

    return command("groupings", say, groupings, _file_argument(say), *_shared(say, ("json",)))


def _costs(lang: str, say: Messages) -> click.Command:
    def costs(  # noqa: PLR0913 - one argument for each option
        *,
        file: str,
        form: str | None,
        criteria: Path | None,
        changes: tuple[str, ...],
        chosen: str | None,
        draws: int | None,
        seed: int | None,
    ) -> None:
        case = load_region(file, criteria=criteria, lang=lang, changes=changes)
        known = case.knowledge.forms
        if chosen is not None and chosen not in known:
            details = {"value": chosen, "option": "--form", "known": ", ".join(known)}
            raise click.UsageError(say.say("errors.bad_choice", **details))

        from decision.report.costs_contract import costs_contract
        from decision.report.costs_terminal import print_costs

        with costed(say):
            found = cost_findings(case, chosen, draws, seed, lang)
        if form == "json":
            _print_json(costs_contract(found))
        else:
            print_costs(found, lang)

    return command(
        "costs",
        say,
        costs,
        _file_argument(say),
        *_shared(say, ("json",)),
        click.option("--form", "chosen", metavar="ID", help=say.say("help.form")),
        _number_option("--draws", say, 1, MOST_DRAWS),
        _number_option("--seed", say, 0, MOST_SEED),
    )


def _number_option(name: str, say: Messages, low: int, high: int) -> Parameter:
    """An option for a whole number; None where it is not given."""

    def whole(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None or (value.isdecimal() and low <= int(value) <= high):
            return None if value is None else int(value)
        details = {"option": name, "value": value, "low": low, "high": high}
        raise click.UsageError(say.say("errors.bad_number", **details))

    text = say.say(f"help.{name.removeprefix('--')}")
    return click.option(name, callback=whole, metavar=say.say("metavars.number"), help=text)


def _verify(lang: str, say: Messages) -> click.Command:
    def verify(
        file: str, form: str | None, criteria: Path | None, changes: tuple[str, ...]
    ) -> None:
        case = load_region(file, criteria=criteria, lang=lang, changes=changes)
        if case.region.published is None:
            raise click.ClickException(say.say("errors.no_published", file=file))

        from decision.report.verification import print_verification, verification_contract
        from decision.verify import verify as compare

        result = compare(case.knowledge, case.region, case.region.published)
        if form == "json":
            _print_json(verification_contract(case.region.id, result))
        else:
            print_verification(case.region.name, result, lang)
        if not result.holds:
            raise click.exceptions.Exit(CHECK)

    return command("verify", say, verify, _file_argument(say), *_shared(say, ("json",)))


def _validate(lang: str, say: Messages) -> click.Command:
    def validate(
        files: tuple[str, ...], form: str | None, criteria: Path | None, changes: tuple[str, ...]
    ) -> None:
        problems: list[Problem] = []
        for file in files:
            try:
                load_region(file, criteria=criteria, lang=lang, changes=changes)
            except InputError as error:
                problems += error.problems
            else:
                if form != "json":
                    click.echo(say.say("right", file=file))
        if form == "json":
            _print_json({"problems": [_problem(one) for one in InputError(problems).problems]})
        if problems:
            raise click.exceptions.Exit(FAULT) if form == "json" else InputError(problems)

    metavar = say.say("metavars.files")
    files = click.argument("files", nargs=-1, required=True, metavar=metavar)
    return command("validate", say, validate, files, *_shared(say, ("json",)))


def _problem(problem: Problem) -> dict[str, Any]:
    keys = ("file", "line", "column", "path", "code", "message", "hint")
    return {key: getattr(problem, key) for key in keys}


def _schema(lang: str, say: Messages) -> click.Command:
    def schema(form: str | None, criteria: Path | None, changes: tuple[str, ...]) -> None:
        from decision.load.schema import region_schema

        if changes:
            raise click.UsageError(say.say("errors.set_without_region"))
        del form  # the schema is JSON whatever was asked
        _print_json(region_schema(load_knowledge(criteria, lang), lang))

    return command("schema", say, schema, *_shared(say, ("json",)), about=())


def _format_of(output: Path | None, say: Messages) -> str | None:
    """The format that a file's name asks for; None when there is no file."""
    if output is None:
        return None
    form = output.suffix.removeprefix(".")
    if form not in FORMATS:
        raise click.UsageError(say.say("errors.unknown_format", path=output))
    return form


def _text(report: Report, form: str, say: Messages) -> str:
    from jinja2 import TemplateError

    try:
        return report.text(form)
    except TemplateError as error:
        if report.templates is None:
            raise
        name = getattr(error, "name", None) or report.templates
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise click.ClickException(
            say.say("errors.bad_template", name=name, message=message)
        ) from error


def _write(files: dict[Path, str], report: Report, say: Messages, force: bool) -> None:  # noqa: FBT001
    """Write each file in its format, all of them or none, and say where."""
    from decision.report.files import RefusedError, write

    try:
        write({path: _text(report, form, say) for path, form in files.items()}, force=force)
    except RefusedError as error:
        raise click.ClickException(
            say.say(f"errors.{error.code}", path=error.path, reason=error.reason)
        ) from error
    for path in files:
        click.echo(say.say("wrote", path=path), err=True)


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
