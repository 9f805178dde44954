"""``decide groupings``: the groupings that a region declares, beside each other."""

from __future__ import annotations

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, file_argument, print_json
from decision.words.catalogue import Messages

__all__ = ["groupings_command"]


def groupings_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    return asking("groupings", _groupings, lang, say, arguments=(file_argument(say),))


def _groupings(asked: Asked, *, file: str) -> None:
    case = asked.load(file)
    if not case.region.groupings:
        raise click.ClickException(asked.say.say("errors.no_groupings", file=file))

    from decision.grouping.declared import groupings
    from decision.report.json.groupings import groupings_contract
    from decision.report.screen.advice import print_groupings

    with costed(asked.say):
        results = groupings(case)
    if asked.as_json:
        print_json(groupings_contract(case.region.id, results))
    else:
        print_groupings(case, results, asked.lang)
