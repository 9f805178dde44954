"""``decide groupings``: which municipalities behind which number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from decision.cli.answering import Wanted, answering
from decision.cli.naming import municipalities_named
from decision.cli.options import (
    Invocation,
    argument,
    number_option,
    option,
    workers_option,
)
from decision.cli.usage import MisuseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.load import Case
    from decision.model.search import SearchLimits

__all__ = ["groupings_command"]

MOST_MEMBERS, FARTHEST = 1000, 1000


def _groupings(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    wanted: Wanted,
    file: str,
    search: bool,
    smallest: int | None,
    largest: int | None,
    distance: int | None,
    connected: float | str | None,
    together: tuple[str, ...],
    apart: tuple[str, ...],
    willing: bool,
    workers: str | None,
) -> None:
    case = asked.load(file)
    limits = None
    stated = {
        "smallest": smallest,
        "largest": largest,
        "distance": None if distance is None else float(distance),
        "connected": connected,
        "together": tuple(municipalities_named(case, "--together", one) for one in together)
        or None,
        "apart": tuple(municipalities_named(case, "--apart", one) for one in apart) or None,
        "willing": willing or None,
    }
    given = {name: value for name, value in stated.items() if value is not None}
    if search or given:
        limits = _limits(case, given)
    elif not case.region.groupings:
        raise click.ClickException(asked.say.say("errors.no_groupings", file=file))

    from decision.cli.workers import at_work
    from decision.grouping.compared import groupings
    from decision.grouping.limits import SearchError
    from decision.report.answers.groupings import groupings_answer
    from decision.report.json.groupings import groupings_contract

    try:
        with at_work(workers, asked.say) as those:
            results = groupings(case, limits, those)
    except SearchError as error:
        message = asked.say.say(f"errors.{error.code}", names=error.members)
        raise click.ClickException(message) from error
    wanted.show(
        asked,
        [file],
        partial(groupings_contract, results),
        partial(groupings_answer, case, results, asked.lang),
        case.region,
    )


def _limits(case: Case, given: Mapping[str, object]) -> SearchLimits:
    """The limits of the region, with those of the command line over them."""
    from decision.model.search import SearchLimits

    declared = case.region.search or SearchLimits()
    limits = declared.model_copy(update=given)
    if limits.smallest and limits.largest and limits.smallest > limits.largest:
        raise MisuseError("sizes_cross", smallest=limits.smallest, largest=limits.largest)
    return limits


def _link(_: click.Context, __: click.Parameter, value: str | None) -> float | str | None:
    """By what a group is connected: borders, or so many kilometres; None where it is not given."""
    if value is None or value == "border":
        return value
    if value.isdecimal() and 1 <= int(value) <= FARTHEST:
        return float(value)
    raise MisuseError("bad_link", option="--connected", value=value, high=FARTHEST)


groupings_command = answering(
    "groupings",
    _groupings,
    arguments=(argument("file"),),
    options=(
        option("--search", is_flag=True),
        number_option("--smallest", 2, MOST_MEMBERS),
        number_option("--largest", 2, MOST_MEMBERS),
        number_option("--distance", 1, FARTHEST),
        option("--connected", callback=_link, metavar="connected"),
        option("--together", multiple=True, metavar="partners"),
        option("--apart", multiple=True, metavar="partners"),
        option("--willing", is_flag=True),
        workers_option,
    ),
)
