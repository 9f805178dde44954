"""``decide design``: the best configuration for a region, in the whole space of choices."""

from __future__ import annotations

import click

from decision.cli.options import Asked, asking, file_argument, print_json
from decision.words.catalogue import Messages

__all__ = ["design_command"]


def design_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    return asking("design", _design, lang, say, arguments=(file_argument(say),))


def _design(asked: Asked, *, file: str) -> None:
    case = asked.load(file)

    from decision.design.best import design
    from decision.report.json.design import design_contract
    from decision.report.screen.design import print_design

    found = design(case.knowledge, case.region)
    if asked.as_json:
        print_json(design_contract(case, found))
    else:
        print_design(case, found, asked.lang)
