"""``decide costs``: what every form costs, how sure that is, who pays and by which route."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from decision.cli.costing import costed
from decision.cli.options import Asked, asking, file_argument, number_option, print_json
from decision.words.catalogue import Messages

if TYPE_CHECKING:
    from decision.eligibility.verdicts import Eligibility
    from decision.load import Case
    from decision.report.json.costs import CostFindings, FormFindings

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

    from decision.report.json.costs import costs_contract
    from decision.report.screen.costs import print_costs

    with costed(asked.say):
        found = _findings(case, form, draws, seed, asked.lang)
    if asked.as_json:
        print_json(costs_contract(found))
    else:
        print_costs(found, asked.lang)


def _findings(
    case: Case, chosen: str | None, draws: int | None, seed: int | None, lang: str
) -> CostFindings:
    """Run the stages that are about cost, on the recommended form or another that was chosen."""
    from decision.advice.advice import decide
    from decision.costs.break_even import break_even
    from decision.costs.overstaffing import overstaffing
    from decision.costs.uncertainty import DRAWS, SEED, uncertainty
    from decision.report.json.costs import CostFindings
    from decision.report.screen.costs import progress_of_draws

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
    from decision.report.json.costs import FormFindings
    from decision.roadmap.plan import roadmap
    from decision.sharing.division import MOST_MUNICIPALITIES, participants, sharing
    from decision.sharing.joining import years_of
    from decision.sharing.routes import routes
    from decision.sharing.settlement import settlement

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
