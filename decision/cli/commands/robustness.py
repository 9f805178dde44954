"""``decide robustness``: how sure the ranking is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, file_argument, number_option, print_json
from decision.cli.weighing import weighed, weights_option
from decision.words.catalogue import Messages

if TYPE_CHECKING:
    from decision.scores.methods import Method

__all__ = ["robustness_command"]

MOST_SAMPLES, MOST_SEED = 100_000, 2**32 - 1


def robustness_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    options = (
        weights_option(say),
        number_option("--samples", say, 1, MOST_SAMPLES),
        number_option("--seed", say, 0, MOST_SEED),
        click.option(
            "--methods", metavar=say.say("metavars.methods"), help=say.say("help.methods")
        ),
    )
    return asking(
        "robustness", _robustness, lang, say, arguments=(file_argument(say),), options=options
    )


def _robustness(  # noqa: PLR0913 - one argument for each option
    asked: Asked,
    *,
    file: str,
    weights: str | None,
    samples: int | None,
    seed: int | None,
    methods: str | None,
) -> None:
    chosen = _methods(methods, asked.say)
    case = weighed(asked.load(file), weights, asked.say)

    from decision.advice.advice import decide
    from decision.advice.findings import Request
    from decision.report.json.robustness import robustness_contract
    from decision.report.screen.costs import progress_of_draws
    from decision.report.screen.robustness import print_robustness
    from decision.scores.methods import MissingMethodsError
    from decision.scores.smaa import SAMPLES, SEED

    seed = SEED if seed is None else seed
    try:
        with costed(asked.say), progress_of_draws(asked.lang) as progress:
            request = Request(None, samples or SAMPLES, seed, chosen, progress)
            advice = decide(case, request)
            document = robustness_contract(advice)  # which finds all that there is to show
    except MissingMethodsError as error:
        message = asked.say.say("errors.methods_missing", extra=error.extra)
        raise click.ClickException(message) from error
    if asked.as_json:
        print_json(document)
    else:
        print_robustness(advice, asked.lang)


def _methods(text: str | None, say: Messages) -> tuple[Method, ...]:
    """The methods of ``--methods``, each once; none where these are not given.

    Raises:
        click.UsageError: There is no such method.
    """
    if text is None:
        return ()
    from decision.scores.methods import METHODS

    asked = [one.strip() for one in text.split(",")]
    for one in asked:
        if one not in METHODS:
            details = {"value": one, "option": "--methods", "known": ", ".join(METHODS)}
            code = "bad_choice" if one else "missing_option_value"
            raise click.UsageError(say.say(f"errors.{code}", **details))
    return tuple(method for method in METHODS if method in asked)
