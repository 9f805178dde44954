"""``decide check``: do the cases of experts come out as they expect?"""

from __future__ import annotations

from pathlib import Path

import click

from decision.cli.options import Invocation, argument, asking, print_json
from decision.cli.usage import CHECK

__all__ = ["check_command"]


def _check(asked: Invocation, *, paths: tuple[Path, ...]) -> None:
    from decision.comparison.check import check
    from decision.load.expert import Options, load_cases
    from decision.report.json.checks import check_contract
    from decision.report.screen.checks import print_check

    options = Options(asked.criteria, asked.changes, asked.as_of)
    cases = asked.read(lambda lang: load_cases(paths, lang=lang, options=options))
    results = check(cases)
    if asked.as_json:
        print_json(check_contract(results))
    else:
        print_check(results, asked.lang)
    if not all(case.passed for case in results):
        raise click.exceptions.Exit(CHECK)


check_command = asking(
    "check",
    _check,
    arguments=(argument("paths", nargs=-1, type=click.Path(path_type=Path)),),
    about=("cases",),
)
