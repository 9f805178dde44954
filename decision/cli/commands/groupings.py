"""``decide groupings``: the groupings that a region declares, beside each other."""

from __future__ import annotations

import click

from decision.cli.options import Asked, argument, asking

__all__ = ["groupings_command"]


def _groupings(asked: Asked, *, file: str) -> None:
    case = asked.load(file)
    if not case.region.groupings:
        raise click.ClickException(asked.say.say("errors.no_groupings", file=file))

    from decision.grouping.declared import groupings
    from decision.report.json.groupings import groupings_contract
    from decision.report.screen.advice import print_groupings

    results = groupings(case)
    asked.show(
        lambda: groupings_contract(case.region.id, results),
        lambda: print_groupings(case, results, asked.lang),
    )


groupings_command = asking("groupings", _groupings, arguments=(argument("file"),))
