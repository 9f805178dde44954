"""``decide verify``: does the model give the figures that were published?"""

from __future__ import annotations

import click

from decision.cli.options import Asked, argument, asking
from decision.cli.usage import CHECK

__all__ = ["verify_command"]


def _verify(asked: Asked, *, file: str) -> None:
    case = asked.load(file)

    from decision.advice.advice import decide
    from decision.report.json.verification import verification_contract
    from decision.report.screen.verification import print_verification

    result = decide(case).findings.verification
    if result is None:
        raise click.ClickException(asked.say.say("errors.no_published", file=file))
    asked.show(
        lambda: verification_contract(case.region.id, result),
        lambda: print_verification(case.region.name, result, asked.lang),
    )
    if not result.holds:
        raise click.exceptions.Exit(CHECK)


verify_command = asking("verify", _verify, arguments=(argument("file"),))
