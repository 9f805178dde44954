"""``decide design`` and ``verify``: one finding for a region, shown by itself.

The best configuration in the whole space of choices, and whether the model gives the figures that
were published.
"""

from __future__ import annotations

import click

from decision.cli.options import Invocation, argument, asking
from decision.cli.usage import CHECK

__all__ = ["design_command", "verify_command"]


def _design(asked: Invocation, *, file: str) -> None:
    case = asked.load(file)

    from decision.design.best import design
    from decision.report.json.design import design_contract
    from decision.report.screen.design import print_design

    found = design(case.knowledge, case.region)
    asked.show(lambda: design_contract(case, found), lambda: print_design(case, found, asked.lang))


design_command = asking("design", _design, arguments=(argument("file"),))


def _verify(asked: Invocation, *, file: str) -> None:
    case = asked.load(file)

    from decision.advice.advice import decide
    from decision.costs.inputs import sized
    from decision.report.json.verification import verification_contract
    from decision.report.screen.verification import print_verification

    if case.region.published is not None:
        sized(case.region)
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
