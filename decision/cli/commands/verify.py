"""``decide verify``: does the model give the figures that were published?"""

from __future__ import annotations

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, file_argument, print_json
from decision.cli.usage import CHECK
from decision.words.catalogue import Messages

__all__ = ["verify_command"]


def verify_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    return asking("verify", _verify, lang, say, arguments=(file_argument(say),))


def _verify(asked: Asked, *, file: str) -> None:
    case = asked.load(file)

    from decision.advice.advice import decide
    from decision.report.json.verification import verification_contract
    from decision.report.screen.verification import print_verification

    with costed(asked.say):
        result = decide(case).findings.verification
    if result is None:
        raise click.ClickException(asked.say.say("errors.no_published", file=file))
    if asked.as_json:
        print_json(verification_contract(case.region.id, result))
    else:
        print_verification(case.region.name, result, asked.lang)
    if not result.holds:
        raise click.exceptions.Exit(CHECK)
