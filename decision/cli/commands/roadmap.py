"""``decide roadmap``: who does what when, on the screen, for a planner and for a calendar."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from decision.cli.answering import ANSWERS, Wanted, answering
from decision.cli.options import Invocation, argument, option
from decision.cli.writing import inputs_of

__all__ = ["roadmap_command"]

FORMATS = (*ANSWERS, "ics")


def _roadmap(asked: Invocation, *, wanted: Wanted, file: str, everything: bool) -> None:
    case = asked.load(file)

    from decision.advice.advice import decide

    advice = decide(case)
    form = asked.format
    if form in {"json", "ics"} or (form == "csv" and not wanted.sections):
        from decision.report.planner import exported

        text = exported(advice, form, asked.lang)
        if text is None:
            raise click.ClickException(asked.say.say("errors.no_plan", file=file))
        wanted.write(text, asked, inputs_of(Path(file), asked))
        return

    from decision.report.answers.roadmap import roadmap_answer
    from decision.report.json.roadmap import roadmap_contract
    from decision.report.screen.planning import draw_planning

    wanted.show(
        asked,
        [file],
        partial(roadmap_contract, advice),
        partial(roadmap_answer, advice, asked.lang, everything=everything),
        case.region,
        {"planning": partial(draw_planning, advice, asked.lang, everything=everything)},
    )


roadmap_command = answering(
    "roadmap",
    _roadmap,
    arguments=(argument("file"),),
    options=(option("--all", "everything", is_flag=True),),
    formats=FORMATS,
)
