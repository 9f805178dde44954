"""``decide check``: do the cases of experts come out as they expect?"""

from __future__ import annotations

from pathlib import Path

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, print_json
from decision.cli.usage import CHECK
from decision.words.catalogue import Messages

__all__ = ["check_command"]


def check_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    metavar = say.say("metavars.paths")
    paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar=metavar)
    return asking("check", _check, lang, say, arguments=(paths,), about=("cases",))


def _check(asked: Asked, *, paths: tuple[Path, ...]) -> None:
    from decision.comparison.check import check
    from decision.load.expert import Options, load_cases
    from decision.report.json.checks import check_contract
    from decision.report.screen.checks import print_check

    options = Options(asked.criteria, asked.changes, asked.as_of)
    cases = asked.read(lambda lang: load_cases(paths, lang=lang, options=options))
    with costed(asked.say):
        results = check(cases)
    if asked.as_json:
        print_json(check_contract(results))
    else:
        print_check(results, asked.lang)
    if not all(case.passed for case in results):
        raise click.exceptions.Exit(CHECK)
