"""``decide replay``: do the inputs of an advice still give it, and else what changed?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from decision.cli.answering import Wanted, answering
from decision.cli.naming import weighed
from decision.cli.options import Invocation, argument
from decision.cli.usage import CHECK, MisuseError, what_is_wrong
from decision.load import Case
from decision.load.receipt import Receipt

__all__ = ["replay_command"]


def _replay(asked: Invocation, *, wanted: Wanted, advice: Path, file: str) -> None:
    if asked.changes or asked.as_of is not None:
        raise MisuseError("options_of_advice")

    from decision.load.advice_file import read_advice
    from decision.report.json.plain import VERSION

    written = read_advice(advice, asked.lang, VERSION)
    case = _as_before(asked, file, written.receipt)

    from decision.advice.advice import decide
    from decision.advice.findings import Request
    from decision.comparison.replay import replay
    from decision.report.answers.replay import replay_answer
    from decision.report.files import untouched
    from decision.report.json.advice import contract
    from decision.report.json.replay import replay_contract

    again = decide(case, Request(draws=written.draws, seed=written.seed))
    found = replay(written.document, contract(again), (written.receipt, case.receipt))
    edited = not untouched(written.text)
    wanted.show(
        asked,
        [file, str(advice)],
        partial(replay_contract, found, edited=edited),
        partial(replay_answer, found, again, asked.lang, edited=edited),
        case.region,
    )
    if not found.same:
        raise click.exceptions.Exit(CHECK)


def _as_before(asked: Invocation, file: str, made: Receipt) -> Case:
    """The region in a file, with the options of an advice: what is wrong with these is a fault."""
    # texts of the source, as the advice has them
    now = replace(asked, format="json", changes=made.changes, as_of=made.as_of)
    try:
        return weighed(now.load(file), made.weights)
    except MisuseError as error:
        raise click.ClickException(what_is_wrong(error, asked.say)) from error


replay_command = answering(
    "replay",
    _replay,
    arguments=(argument("advice", type=click.Path(path_type=Path)), argument("file")),
)
