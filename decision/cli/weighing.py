"""Weights on the command line: a ranking under other ones than the region's own."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from decision.cli.usage import Parameter
from decision.words.catalogue import Messages

if TYPE_CHECKING:
    from decision.load import Case

__all__ = ["weighed", "weights_option"]


def weights_option(say: Messages) -> Parameter:
    """The option for weights; None where it is not given."""
    return click.option(
        "--weights", metavar=say.say("metavars.weights"), help=say.say("help.weights")
    )


def weighed(case: Case, text: str | None, say: Messages) -> Case:
    """The case under the weights of ``--weights``; as it is where these are not given.

    Raises:
        click.UsageError: The weights cannot be used.
    """
    if text is None:
        return case
    from decision.model.weights import WeightsError, weights_of_text

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
