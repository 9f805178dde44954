"""``decide costs``: what every form costs, how sure that is, who pays and by which route."""

from __future__ import annotations

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, file_argument, number_option, print_json
from decision.words.catalogue import Messages

__all__ = ["costs_command"]

MOST_DRAWS, MOST_SEED = 100_000, 2**32 - 1


def costs_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    options = (
        click.option("--form", metavar="ID", help=say.say("help.form")),
        number_option("--draws", say, 1, MOST_DRAWS),
        number_option("--seed", say, 0, MOST_SEED),
    )
    return asking("costs", _costs, lang, say, arguments=(file_argument(say),), options=options)


def _costs(
    asked: Asked, *, file: str, form: str | None, draws: int | None, seed: int | None
) -> None:
    case = asked.load(file)
    known = case.knowledge.forms
    if form is not None and form not in known:
        details = {"value": form, "option": "--form", "known": ", ".join(known)}
        raise click.UsageError(asked.say.say("errors.bad_choice", **details))

    from decision.advice.advice import decide
    from decision.advice.findings import Request
    from decision.report.json.costs import costs_contract
    from decision.report.screen.costs import print_costs, progress_of_draws
    from decision.scores.smaa import SAMPLES, SEED

    seed = SEED if seed is None else seed
    with costed(asked.say), progress_of_draws(asked.lang) as progress:
        advice = decide(case, Request(form, draws or SAMPLES, seed, progress=progress))
        document = costs_contract(advice)  # which finds all that there is to show
    if asked.as_json:
        print_json(document)
    else:
        print_costs(advice, asked.lang)
