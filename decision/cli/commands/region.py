"""``decide region``: the advice for a region, on the screen and in files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from decision.cli.naming import weighed
from decision.cli.options import Invocation, argument, asking, folder_option, option
from decision.cli.usage import MisuseError
from decision.cli.writing import format_of, inputs_of, output_option, write
from decision.load.guess import Guesses
from decision.report.paper.extra import PAPERS, is_there
from decision.words.catalogue import Messages

Made = TypeVar("Made")

REFERENCE = click.Path(path_type=Path, exists=True, dir_okay=False)

__all__ = ["region_command"]

FORMATS = ("md", "html", "json", *PAPERS)
DATA = ("json", "xlsx")
"""Formats of all results together, and not of a text with sections."""

OFFICE = ("docx", "odt")


def _region(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    file: str,
    output: Path | None,
    section: tuple[str, ...],
    templates: Path | None,
    reference_doc: Path | None,
    force: bool,
    weights: str | None,
) -> None:
    say = asked.say
    form = asked.format or format_of(output, FORMATS)
    _refuse(form, section, reference_doc)
    case = weighed(replace(asked, format=form).load(file), weights)
    inputs = (*inputs_of(Path(file), asked, templates), *filter(None, (reference_doc,)))
    if templates is not None:
        _tell_of_ignored(templates, say)

    from decision.advice.advice import decide
    from decision.report.report import Report

    report = Report(decide(case), asked.lang, section, templates, reference_doc)
    if form is None and output is None and not section:
        write(_told(say, report.files, None, ("md", "html")), say, inputs, force=force)
        report.print_summary()
    elif output is None and form not in PAPERS:
        click.echo(_told(say, report.text, form or "md"), nl=False)
    else:
        write(_told(say, report.files, output, (form or "md",)), say, inputs, force=force)


def _refuse(form: str | None, section: tuple[str, ...], reference_doc: Path | None) -> None:
    """Say what does not go with a format, or what has to be installed for it."""
    if form in DATA and section:
        raise MisuseError("section_of_data", format=form)
    if reference_doc and form not in OFFICE:
        raise MisuseError("reference_of_other")
    if form in PAPERS and not is_there(form):
        raise MisuseError("no_documents", format=form)


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


def _told(say: Messages, make: Callable[..., Made], *given: object) -> Made:
    """What a report makes, or what is wrong with what it was to make it with."""
    from decision.report.document.sandbox import MistakeError
    from decision.report.paper.reference import BadReferenceError

    try:
        return make(*given)
    except MistakeError as error:
        why = say.say(f"errors.template.{error.code}", **error.details)
        details = {"file": error.file, "line": error.line, "why": why}
        raise click.ClickException(say.say("errors.bad_template", **details)) from error
    except BadReferenceError as error:
        raise click.ClickException(say.say(f"errors.{error.code}", path=error.path)) from error


def region_command(lang: str, say: Messages) -> click.Command:
    """The command in one language; its help names the sections of the report."""
    from decision.report.document.contents import sections

    names = sections()
    text = say.say("help.section", sections=", ".join(names))
    section = click.option(
        "--section", type=click.Choice(names), multiple=True, metavar="ID", help=text
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
            option("--reference-doc", type=REFERENCE, metavar="file", code="reference_doc"),
            option("--force", is_flag=True),
        ),
        formats=FORMATS,
    )
    return make(lang, say)
