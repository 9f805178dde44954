"""Results in files: the format that a name asks for, and all files written or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from decision.cli.options import Ask, Invocation
from decision.cli.usage import MisuseError, Parameter
from decision.model.installed import data_folder
from decision.words.catalogue import Messages

__all__ = ["format_of", "inputs_of", "named", "output_option", "refuse_another_ending", "write"]

_FORMATS = frozenset(
    ("csv", "docx", "html", "ics", "json", "md", "odt", "pdf", "png", "svg", "xlsx")
)
"""What the ending of a name says of a file."""


def named(_: click.Context, __: click.Parameter, output: Path | None) -> Path | None:
    """The file to write to; who names standard output as elsewhere is told how it is done here."""
    if output == Path("-"):
        raise MisuseError("no_dash")
    return output


def format_of(output: Path | None, formats: Sequence[str]) -> str | None:
    """The format that a file's name asks for; None when there is no file.

    Raises ``MisuseError`` when it asks for none of ``formats``.
    """
    if output is None:
        return None
    form = output.suffix.removeprefix(".")
    if form not in formats:
        raise MisuseError("unknown_format", path=output, known=_endings(formats))
    return form


def refuse_another_ending(output: Path, form: str) -> None:
    """A file that is named after one format holds no other; raises ``MisuseError`` for that."""
    if output.suffix != f".{form}" and output.suffix.removeprefix(".") in _FORMATS:
        raise MisuseError("another_ending", path=output, form=form)


def output_option(formats: Sequence[str]) -> Ask:
    """The option for a file to write to; its help names the endings that it can have."""

    def ask(say: Messages) -> Parameter:
        text = say.say("help.output", known=_endings(formats))
        kind, shown = click.Path(path_type=Path), say.say("metavars.file")
        return click.option("--output", type=kind, metavar=shown, help=text, callback=named)

    return ask


def _endings(formats: Sequence[str]) -> list[str]:
    return [f".{one}" for one in formats]


def inputs_of(file: Path, asked: Invocation, *others: Path | None) -> Iterator[Path]:
    """Every file that a result on a region can have come from; ``others`` are folders."""
    yield from (file, file.parent / asked.lang / file.name)
    own = (data_folder(name) for name in ("criteria", "regions", "report_templates"))
    for folder in filter(None, (asked.criteria, *others, *own)):
        yield from folder.rglob("*")


def write(
    files: Mapping[Path, str | bytes], say: Messages, inputs: Iterable[Path], *, force: bool
) -> None:
    """Write each file, all of them or none, and say where."""
    from decision.report.files import RefusedError, write

    try:
        write(files, [*inputs], force=force)
    except RefusedError as error:
        details = {"path": error.path, "reason": error.reason}
        raise click.ClickException(say.say(f"errors.{error.code}", **details)) from error
    for path in files:
        click.echo(say.say("wrote", path=path), err=True)
