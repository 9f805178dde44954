"""``decide robustness``: how sure the ranking is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from decision.cli.answering import Wanted, answering
from decision.cli.naming import weighed
from decision.cli.options import Invocation, argument, number_option, option
from decision.cli.usage import MisuseError
from decision.load.receipt import MOST_DRAWS, MOST_SEED

if TYPE_CHECKING:
    from decision.scores.methods import Method

__all__ = ["robustness_command"]


def _robustness(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    wanted: Wanted,
    file: str,
    weights: str | None,
    samples: int | None,
    seed: int | None,
    methods: str | None,
) -> None:
    chosen = _methods(methods)
    case = weighed(asked.load(file), weights)

    from decision.advice.advice import decide
    from decision.advice.findings import Request
    from decision.report.answers.robustness import robustness_answer
    from decision.report.json.robustness import robustness_contract
    from decision.report.screen.progress import progress_of_draws
    from decision.scores.smaa import SAMPLES, SEED

    seed = SEED if seed is None else seed
    with progress_of_draws(asked.lang) as progress:
        request = Request(None, samples or SAMPLES, seed, chosen, progress)
        advice = decide(case, request)
        document = robustness_contract(advice)  # which finds all that there is to show
    answer = partial(robustness_answer, advice, asked.lang)
    wanted.show(asked, [file], lambda: document, answer, case.region)


def _methods(text: str | None) -> tuple[Method, ...]:
    """The methods of ``--methods``, each once; none where these are not given."""
    if text is None:
        return ()
    from decision.scores.methods import METHODS

    asked = [one.strip() for one in text.split(",")]
    for one in asked:
        if one not in METHODS:
            code = "bad_choice" if one else "missing_option_value"
            raise MisuseError(code, value=one, option="--methods", known=METHODS)
    return tuple(method for method in METHODS if method in asked)


robustness_command = answering(
    "robustness",
    _robustness,
    arguments=(argument("file"),),
    options=(
        option("--weights", metavar="weights"),
        number_option("--samples", 1, MOST_DRAWS),
        number_option("--seed", 0, MOST_SEED),
        option("--methods", metavar="methods"),
    ),
)
