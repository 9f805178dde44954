"""The stages that are about cost, run together; and what to say when they cannot be run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from decision.words import Messages

if TYPE_CHECKING:
    from decision.load import Case
    from decision.report.costs_contract import CostFindings

__all__ = ["cost_findings", "costed"]


def cost_findings(
    case: Case, chosen: str | None, draws: int | None, seed: int | None, lang: str
) -> CostFindings:
    """Run the stages that are about cost, on the recommended form or another that was chosen."""
    from decision.advice import decide
    from decision.break_even import break_even
    from decision.report.costs_contract import CostFindings
    from decision.report.costs_terminal import progress_of_draws
    from decision.roadmap import roadmap
    from decision.routes import routes, years_of
    from decision.sharing import MOST_MUNICIPALITIES, sharing
    from decision.uncertainty import DRAWS, SEED, uncertainty

    knowledge, region = case.knowledge, case.region
    advice = decide(case)
    form = chosen or advice.recommended
    with progress_of_draws(lang) as progress:
        unsure = uncertainty(
            knowledge,
            region,
            draws=DRAWS if draws is None else draws,
            seed=SEED if seed is None else seed,
            progress=progress,
        )
    divides = form is not None and 1 < len(region.municipalities) <= MOST_MUNICIPALITIES
    plan = form and roadmap(knowledge, region, advice.eligibility, form)
    return CostFindings(
        advice=advice,
        form=form,
        break_even=break_even(knowledge, region),
        uncertainty=unsure,
        sharing=sharing(knowledge, region, form) if form and divides else None,
        routes=routes(knowledge, region, form, years_of(plan.waves)) if form and plan else (),
    )


@contextmanager
def costed(say: Messages) -> Iterator[None]:
    """Turn a cost that cannot be calculated into one line for the user."""
    try:
        yield
    except ValueError as error:
        message = _why_not(error, say)
        if message is None:
            raise
        raise click.ClickException(message) from error


def _why_not(error: ValueError, say: Messages) -> str | None:
    """Why a cost cannot be calculated, in one line; None when that is not what is wrong."""
    from decision.kengetallen import CostsError
    from decision.routes import RoutesError
    from decision.sharing import SharingError
    from decision.staffing import StaffingError

    match error:
        case CostsError(kengetal=kengetal, value=None):
            return say.say("errors.kengetal_missing", kengetal=kengetal)
        case CostsError(kengetal=kengetal, value=value):
            return say.say("errors.bad_kengetal", kengetal=kengetal, value=value)
        case RoutesError(municipality=municipality):
            return say.say("errors.bad_wave", municipality=municipality)
        case SharingError(municipalities=count, most=most):
            return say.say("errors.too_many_to_share", count=count, most=most)
        case StaffingError():
            return say.say("errors.no_staffing")
    return None
