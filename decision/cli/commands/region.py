"""``decide region``: the advice for a region, on the screen and in files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from decision.cli.answering import ANSWERS, Wanted, answering
from decision.cli.naming import weighed
from decision.cli.options import Invocation, argument, folder_option, option
from decision.cli.usage import MisuseError
from decision.cli.writing import inputs_of
from decision.load.guess import Guesses
from decision.model.installed import MissingExtraError
from decision.report.paper.extra import PAPERS, is_there
from decision.words.catalogue import Messages

Made = TypeVar("Made")

REFERENCE = click.Path(path_type=Path, exists=True, dir_okay=False)

__all__ = ["region_command"]

FIGURES = ("svg", "png")
FORMATS = (*ANSWERS, *FIGURES, *PAPERS)
OFFICE = ("docx", "odt")


def _region(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    wanted: Wanted,
    file: str,
    templates: Path | None,
    reference_doc: Path | None,
    weights: str | None,
) -> None:
    say, form, output = asked.say, asked.format, wanted.output
    _refuse(form, wanted.sections, reference_doc)
    case = weighed(asked.load(file), weights)
    inputs = [*inputs_of(Path(file), asked, templates), *filter(None, (reference_doc,))]
    if templates is not None:
        _tell_of_ignored(templates, say)

    from decision.advice.advice import decide
    from decision.report.report import Report

    parts = (wanted.sections, templates, reference_doc, wanted.placing)
    report = Report(decide(case), asked.lang, *parts)
    if form is None:
        wanted.write_all(_told(say, report.files, None, ("md", "html")), asked, inputs)
        report.print_summary()
    elif form == "csv":
        wanted.write_tables(_told(say, report.tables), asked, inputs)
    elif form in FIGURES:
        wanted.write(_told(say, report.drawing, form), asked, inputs)
    elif output is None and form not in PAPERS:
        wanted.write(_told(say, report.text, form), asked, inputs)
    else:
        wanted.write_all(_told(say, report.files, output, (form,)), asked, inputs)


def _refuse(form: str | None, sections: Sequence[str], reference_doc: Path | None) -> None:
    """Say what does not go with a format, which part there is not, or what has to be installed."""
    if form in {"csv", *FIGURES} and not sections:
        raise MisuseError("no_section", format=form)
    if reference_doc and form not in OFFICE:
        raise MisuseError("reference_of_other")
    if form in PAPERS and not is_there(form):
        raise MissingExtraError("documents")
    if not sections:
        return

    from decision.report.document.compose import alone
    from decision.report.document.contents import sections as every

    known = (*every(), *alone())
    for one in sections:
        if one not in known:
            raise MisuseError("bad_choice", value=one, option="--section", known=known)


def _tell_of_ignored(templates: Path, say: Messages) -> None:
    """Name the files in a user's folder that take the place of no template."""
    from decision.report.document.templates import ignored

    names, known = ignored(templates)
    if names:
        meant = Guesses().closest(names[0], known) if len(names) == 1 else None
        guess = say.say("guess", guess=meant) if meant else ""
        listed = [str(templates / name) for name in names]
        told = say.say("ignored_templates", names=listed, count=len(names), guess=guess)
        click.echo(told, err=True)


def _told(say: Messages, make: Callable[..., Made], *given: object) -> Made:
    """What a report makes, or why it cannot: what is asked, or what it was to make it with."""
    from decision.report.document.compose import NotShownError
    from decision.report.document.sandbox import MistakeError
    from decision.report.paper.reference import BadReferenceError
    from decision.report.report import OneFigureError

    try:
        return make(*given)
    except NotShownError as error:
        raise click.ClickException(say.say("errors.not_shown", name=error.name)) from error
    except OneFigureError as error:
        code = "one_figure" if error.known else "no_figure"
        raise MisuseError(code, known=error.known) from error
    except MistakeError as error:
        why = say.say(f"errors.template.{error.code}", **error.details)
        details = {"file": error.file, "line": error.line, "why": why}
        raise click.ClickException(say.say("errors.bad_template", **details)) from error
    except BadReferenceError as error:
        raise click.ClickException(say.say(f"errors.{error.code}", path=error.path)) from error


def region_command(lang: str, say: Messages) -> click.Command:
    """The command in one language; its help names the sections of the report."""
    from decision.report.document.contents import sections

    text = say.say("help.section", sections=sections())
    section = click.option("--section", multiple=True, metavar="ID", help=text)
    make = answering(
        "region",
        _region,
        arguments=(argument("file"),),
        options=(
            option("--weights", metavar="weights"),
            folder_option("--templates"),
            option("--reference-doc", type=REFERENCE, metavar="file", code="reference_doc"),
        ),
        formats=FORMATS,
        section=lambda _: section,
    )
    return make(lang, say)
