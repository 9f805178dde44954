"""``decide costs``: what every form costs, how sure that is, who pays and by which route."""

from __future__ import annotations

from functools import partial

from decision.cli.answering import Wanted, answering
from decision.cli.options import Invocation, argument, number_option, option
from decision.cli.usage import MisuseError
from decision.load.receipt import MOST_DRAWS, MOST_SEED

__all__ = ["costs_command"]

MOST_AGENTS = 100_000


def _costs(  # noqa: PLR0913 - the options of the command
    asked: Invocation,
    *,
    wanted: Wanted,
    file: str,
    form: str | None,
    draws: int | None,
    seed: int | None,
    agents: int | None,
) -> None:
    case = asked.load(file)
    known = case.knowledge.forms
    if form is not None and form not in known:
        raise MisuseError("bad_choice", value=form, option="--form", known=known)

    from decision.advice.advice import decide
    from decision.advice.findings import Request
    from decision.report.answers.costs import costs_answer
    from decision.report.json.costs import costs_contract
    from decision.report.screen.progress import progress_of_draws
    from decision.scores.smaa import SAMPLES, SEED

    seed = SEED if seed is None else seed
    with progress_of_draws(asked.lang) as progress:
        request = Request(form, draws or SAMPLES, seed, progress=progress, agents=agents)
        advice = decide(case, request)
        document = costs_contract(advice)  # which finds all that there is to show
    answer = partial(costs_answer, advice, asked.lang)
    wanted.show(asked, [file], lambda: document, answer, case.region)


costs_command = answering(
    "costs",
    _costs,
    arguments=(argument("file"),),
    options=(
        option("--form", metavar="ID"),
        number_option("--draws", 1, MOST_DRAWS),
        number_option("--seed", 0, MOST_SEED),
        number_option("--agents", 1, MOST_AGENTS),
    ),
)
