"""The results of an advice as tables, to sort, draw and write to other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from decision.costs.result import YearCost
from decision.eligibility.verdicts import FormVerdict, PartnerVerdict

if TYPE_CHECKING:
    from decision.advice.findings import Findings
    from decision.costs.result import Costs
    from decision.eligibility.verdicts import Eligibility
    from decision.roadmap.plan import Roadmap
    from decision.scores.additive import Scores
    from decision.sharing.division import Sharing

__all__ = ["tables"]

Row: TypeAlias = dict[str, Any]


def tables(found: Findings) -> Mapping[str, pd.DataFrame]:
    """The tables of an advice by name, numbers as numbers in full precision, ids as they are.

    Args:
        found: The results of the stages, and what follows from them.

    Returns:
        `forms` (a row for each form), `verdicts` (for each form, partner and rule), `scores` (form
        and criterion), `costs` (form and year), `plan` (partner), `activities` (task) and
        `sharing` (key and municipality: euro in the last year). A table of which there is nothing
        to tell has no rows; without sizes forms have no cost.
    """
    plan, sharing = found.roadmap, found.chosen and found.chosen.sharing
    rows = {
        "forms": _forms(found),
        "verdicts": _verdicts(found.eligibility),
        "scores": _scores(found.scores),
        "costs": _costs(found.costs),
        "plan": _plan(plan) if plan else (),
        "activities": _activities(plan) if plan else (),
        "sharing": _sharing(sharing) if sharing else (),
    }
    return {name: pd.DataFrame(list(of)) for name, of in rows.items()}


def _forms(found: Findings) -> Iterator[Row]:
    for form, verdict in found.eligibility.forms.items():
        score, cost = found.scores.forms[form], found.costs.forms.get(form)
        yield {
            "form": form,
            "name": found.knowledge.forms[form].name,
            "eligible": verdict.eligible,
            "score": score.score,
            "score_low": score.low,
            "score_high": score.high,
            "rank": score.rank,
            "investment": cost and cost.investment,
            "write_off": cost and cost.write_off,
            "assumed": cost and cost.assumed,
        }


def _verdicts(found: Eligibility) -> Iterator[Row]:
    verdicts: list[FormVerdict | PartnerVerdict] = [*found.forms.values()]
    for forms in (*found.municipalities.values(), *found.organisations.values()):
        verdicts += forms.values()
    for verdict in verdicts:
        for one in verdict.verdicts:
            yield {
                "form": verdict.form,
                "partner": one.partner,
                "rule": one.rule,
                "truth": one.truth,
            }


def _scores(scores: Scores) -> Iterator[Row]:
    for form, score in scores.forms.items():
        for one in score.contributions:
            yield {"form": form, **asdict(one), "contribution": one.contribution}


def _costs(costs: Costs) -> Iterator[Row]:
    figures = [field.name for field in fields(YearCost) if field.name != "hours"]
    for form, cost in costs.forms.items():
        for year in cost.years.values():
            yield {"form": form} | {name: getattr(year, name) for name in figures}


def _plan(plan: Roadmap) -> Iterator[Row]:
    for part in (*plan.municipalities.values(), *plan.organisations.values()):
        yield {**asdict(part), "remedies": len(part.remedies)}


def _activities(plan: Roadmap) -> Iterator[Row]:
    for task in plan.tasks:
        yield {**asdict(task), "critical": task.critical, "after": ", ".join(task.after)}


def _sharing(sharing: Sharing) -> Iterator[Row]:
    for key, share in sharing.last_year.keys.items():
        for name, euro in share.pays.items():
            yield {
                "key": key,
                "municipality": name,
                "pays": euro,
                "against_alone": share.against_alone[name],
            }
