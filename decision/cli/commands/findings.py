"""``decide design`` and ``verify``: one finding for a region, shown by itself.

The best configuration in the whole space of choices, and whether the model gives the figures that
were published.
"""

from __future__ import annotations

from functools import partial

import click

from decision.cli.answering import Wanted, answering
from decision.cli.options import Invocation, argument
from decision.cli.usage import CHECK

__all__ = ["design_command", "verify_command"]


def _design(asked: Invocation, *, wanted: Wanted, file: str) -> None:
    case = asked.load(file)

    from decision.design.best import design
    from decision.report.answers.design import design_answer
    from decision.report.json.design import design_contract

    found = design(case.knowledge, case.region)
    document, answer = partial(design_contract, case, found), partial(design_answer, case, found)
    wanted.show(asked, [file], document, partial(answer, asked.lang), case.region)


design_command = answering("design", _design, arguments=(argument("file"),))


def _verify(asked: Invocation, *, wanted: Wanted, file: str) -> None:
    case = asked.load(file)

    from decision.advice.advice import decide
    from decision.costs.inputs import sized
    from decision.report.answers.verification import verification_answer
    from decision.report.json.verification import verification_contract

    if case.region.published is not None:
        sized(case.region)
    result = decide(case).findings.verification
    if result is None:
        raise click.ClickException(asked.say.say("errors.no_published", file=file))
    wanted.show(
        asked,
        [file],
        partial(verification_contract, case.region.id, result),
        partial(verification_answer, case.region.name, result, asked.lang),
        case.region,
    )
    if not result.holds:
        raise click.exceptions.Exit(CHECK)


verify_command = answering("verify", _verify, arguments=(argument("file"),))
