"""The stages that are about cost, run together; and what to say when they cannot be run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from decision.words import Messages

if TYPE_CHECKING:
    from decision.eligibility import Eligibility
    from decision.load import Case
    from decision.report.costs_contract import CostFindings, FormFindings

__all__ = ["cost_findings", "costed"]


def cost_findings(
    case: Case, chosen: str | None, draws: int | None, seed: int | None, lang: str
) -> CostFindings:
    """Run the stages that are about cost, on the recommended form or another that was chosen."""
    from decision.advice import decide
    from decision.break_even import break_even
    from decision.overstaffing import overstaffing
    from decision.report.costs_contract import CostFindings
    from decision.report.costs_terminal import progress_of_draws
    from decision.uncertainty import DRAWS, SEED, uncertainty

    knowledge, region = case.knowledge, case.region
    advice = decide(case)
    form = chosen or advice.recommended
    costs = advice.costs.forms
    stated = [name for name, cost in costs.items() if not cost.assumed or name == form]
    with progress_of_draws(lang) as progress:
        draw = partial(
            uncertainty,
            knowledge,
            region,
            draws=DRAWS if draws is None else draws,
            seed=SEED if seed is None else seed,
            progress=progress,
        )
        unsure = draw()
        of_stated = unsure if len(stated) == len(costs) else draw(forms=stated)
    return CostFindings(
        advice=advice,
        break_even=break_even(knowledge, region),
        uncertainty=unsure,
        of_stated=of_stated,
        overstaffing=overstaffing(knowledge, region),
        chosen=None if form is None else _form_findings(case, advice.eligibility, form),
    )


def _form_findings(case: Case, verdicts: Eligibility, form: str) -> FormFindings:
    """Who pays what of one form, and the routes to it, for those that take part by the rules."""
    from decision.report.costs_contract import FormFindings
    from decision.roadmap import roadmap
    from decision.routes import routes
    from decision.settlement import settlement
    from decision.sharing import MOST_MUNICIPALITIES, participants, sharing
    from decision.waves import years_of

    knowledge, region = case.knowledge, case.region
    plan = roadmap(knowledge, region, verdicts, form)
    apart = {name: one.form for name, one in plan.municipalities.items() if one.form != form}
    members, waves = participants(verdicts, form), years_of(plan.waves)
    divides = 1 < len(members) <= MOST_MUNICIPALITIES
    return FormFindings(
        form=form,
        members=members,
        sharing=sharing(knowledge, region, form, members=members, apart=apart) if divides else None,
        settlement=settlement(knowledge, region, form, waves) if divides and waves else None,
        routes=routes(knowledge, region, form, waves, meanwhile=apart),
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
    from decision.sharing import MOST_MUNICIPALITIES, SharingError
    from decision.staffing import StaffingError
    from decision.waves import WavesError

    match error:
        case CostsError(kengetal=kengetal, value=None):
            return say.say("errors.kengetal_missing", kengetal=kengetal)
        case CostsError(kengetal=kengetal, value=value, allowed=code):
            allowed = say.say(f"errors.allowed.{code}")
            return say.say("errors.bad_kengetal", kengetal=kengetal, value=value, allowed=allowed)
        case WavesError(code=code, municipality=municipality, year=year):
            return say.say(f"errors.{code}", municipality=municipality, year=year)
        case SharingError(code=code, members=members):
            details = {"count": len(members), "most": MOST_MUNICIPALITIES}
            return say.say(f"errors.{code}", names=", ".join(members), **details)
        case StaffingError():
            return say.say("errors.no_staffing")
    return None
