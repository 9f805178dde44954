"""``decide roadmap``: who does what when, on the screen, for a planner and for a calendar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from decision.cli.options import Invocation, argument, asking, option
from decision.cli.writing import format_of, inputs_of, output_option, write

__all__ = ["roadmap_command"]

FORMATS = ("json", "csv", "ics")


def _roadmap(
    asked: Invocation, *, file: str, everything: bool, output: Path | None, force: bool
) -> None:
    form = asked.format or format_of(output, FORMATS)
    asked = replace(asked, format=form)
    case = asked.load(file)

    from decision.advice.advice import decide

    advice = decide(case)
    if form is None:
        from decision.report.screen.roadmap import print_roadmap

        print_roadmap(advice, asked.lang, everything=everything)
        return

    from decision.report.planner import exported

    text = exported(advice, form, asked.lang)
    if text is None:
        raise click.ClickException(asked.say.say("errors.no_plan", file=file))
    if output is None:
        click.echo(text, nl=False)
    else:
        write({output: text}, asked.say, inputs_of(Path(file), asked), force=force)


roadmap_command = asking(
    "roadmap",
    _roadmap,
    arguments=(argument("file"),),
    options=(
        option("--all", "everything", is_flag=True),
        output_option(FORMATS),
        option("--force", is_flag=True),
    ),
    formats=FORMATS,
)
