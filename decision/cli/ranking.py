"""The ranking on the command line: under other weights, by other methods, and how sure it is."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from decision.words import Messages

if TYPE_CHECKING:
    from decision.load import Case
    from decision.robustness.analysis import Robustness
    from decision.robustness.methods import Method

__all__ = ["methods_asked", "robustness_findings", "weighed"]


def weighed(case: Case, text: str | None, say: Messages) -> Case:
    """The case under the weights of ``--weights``; as it is where these are not given.

    Raises:
        click.UsageError: The weights cannot be used.
    """
    if text is None:
        return case
    from decision.weights import WeightsError, weights_of_text

    groups = {name: group.name for name, group in case.knowledge.groups.items()}
    try:
        weights = weights_of_text(text, tuple(groups))
    except WeightsError as error:
        details = {**error.details, "guess": _guess(error, groups, say)}
        raise click.UsageError(say.say(f"errors.{error.code}", **details)) from error
    region = case.region.model_copy(update={"weights": weights})
    return replace(case, region=region)


def _guess(error: Exception, groups: dict[str, str], say: Messages) -> str:
    """The group that was meant: one of nearly this id, or of nearly this name."""
    value = str(getattr(error, "details", {}).get("value", ""))
    known = {**{text: name for name, text in groups.items()}, **{name: name for name in groups}}
    close = get_close_matches(value.lower(), known, n=1)
    return say.say("guess", guess=known[close[0]]) if close else ""


def methods_asked(text: str | None, say: Messages) -> tuple[Method, ...] | None:
    """The methods of ``--methods``, each once; None where these are not given.

    Raises:
        click.UsageError: There is no such method.
    """
    if text is None:
        return None
    from decision.robustness.methods import METHODS

    asked = [one.strip() for one in text.split(",")]
    for one in asked:
        if one not in METHODS:
            details = {"value": one, "option": "--methods", "known": ", ".join(METHODS)}
            raise click.UsageError(say.say("errors.bad_choice", **details))
    return tuple(method for method in METHODS if method in asked)


def robustness_findings(  # noqa: PLR0913 - one argument for each option
    case: Case,
    *,
    samples: int | None,
    seed: int | None,
    methods: tuple[Method, ...] | None,
    lang: str,
    say: Messages,
) -> Robustness:
    """How sure the ranking is; without ``methods`` asked, by those that can be asked.

    Raises:
        click.ClickException: Methods are asked for and the library they come from is not there.
    """
    from decision.advice import decide
    from decision.report.costs_terminal import progress_of_draws
    from decision.robustness.analysis import robustness
    from decision.robustness.methods import METHODS, MissingMethodsError
    from decision.robustness.smaa import SAMPLES, SEED

    if methods is None:
        methods = METHODS if importlib.util.find_spec("pymcdm") else ()
    try:
        with progress_of_draws(lang) as progress:
            return robustness(
                decide(case),
                samples=SAMPLES if samples is None else samples,
                seed=SEED if seed is None else seed,
                methods=methods,
                progress=progress,
            )
    except MissingMethodsError as error:
        message = say.say("errors.methods_missing", extra=error.extra)
        raise click.ClickException(message) from error
