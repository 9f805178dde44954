"""``decide region``: the advice for a region, on the screen and in files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decision.cli.naming import weighed
from decision.cli.options import Invocation, argument, asking, folder_option, option
from decision.cli.usage import MisuseError
from decision.cli.writing import format_of, inputs_of, output_option, write
from decision.load.guess import Guesses
from decision.words.catalogue import Messages, catalogue

if TYPE_CHECKING:
    from decision.report.report import Report

__all__ = ["region_command"]

FORMATS = ("md", "html", "json")


def _region(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    file: str,
    output: Path | None,
    section: tuple[str, ...],
    templates: Path | None,
    force: bool,
    weights: str | None,
) -> None:
    say = asked.say
    form = asked.format or format_of(output, FORMATS)
    if form == "json" and section:
        raise MisuseError("section_of_json")
    case = weighed(replace(asked, format=form).load(file), weights)
    inputs = inputs_of(Path(file), asked, templates)
    if templates is not None:
        _tell_of_ignored(templates, say)

    from decision.advice.advice import decide
    from decision.report.report import Report

    report = Report(decide(case), asked.lang, section, templates)
    if form is None and output is None and not section:
        both = {Path(report.file_name(one)): one for one in ("md", "html")}
        write(_texts(both, report, say), say, inputs, force=force)
        report.print_summary()
    elif output is None:
        click.echo(_text(report, form or "md", say), nl=False)
    else:
        write(_texts({output: form or "md"}, report, say), say, inputs, force=force)


def _tell_of_ignored(templates: Path, say: Messages) -> None:
    """Name the files in a user's folder that take the place of no template."""
    from decision.report.document.templates import ignored

    names, known = ignored(templates)
    if names:
        meant = Guesses().closest(names[0], known) if len(names) == 1 else None
        guess = say.say("guess", guess=meant) if meant else ""
        listed = ", ".join(str(templates / name) for name in names)
        told = say.say("ignored_templates", names=listed, count=len(names), guess=guess)
        click.echo(told, err=True)


def _text(report: Report, form: str, say: Messages) -> str:
    from decision.report.document.sandbox import MistakeError

    try:
        return report.text(form)
    except MistakeError as error:
        why = say.say(f"errors.template.{error.code}", **error.details)
        details = {"file": error.file, "line": error.line, "why": why}
        raise click.ClickException(say.say("errors.bad_template", **details)) from error


def _texts(files: Mapping[Path, str], report: Report, say: Messages) -> dict[Path, str]:
    """The text of each file, in its format."""
    return {path: _text(report, form, say) for path, form in files.items()}


def region_command(lang: str, say: Messages) -> click.Command:
    """The command in one language; its help names the sections of the report."""
    sections = tuple(catalogue(lang, "words").tree["sections"])
    text = say.say("help.section", sections=", ".join(sections))
    section = click.option(
        "--section", type=click.Choice(sections), multiple=True, metavar="ID", help=text
    )
    make = asking(
        "region",
        _region,
        arguments=(argument("file"),),
        options=(
            option("--weights", metavar="weights"),
            output_option(FORMATS),
            lambda _: section,
            folder_option("--templates"),
            option("--force", is_flag=True),
        ),
        formats=FORMATS,
    )
    return make(lang, say)
