"""The machine contract: the advice as plain data for JSON, in full precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from decision.advice.advice import Advice
from decision.costs.result import FormCost
from decision.costs.verify import verify
from decision.eligibility.verdicts import PartnerVerdict
from decision.report.json import municipalities as municipal
from decision.roadmap.plan import Part, Roadmap

if TYPE_CHECKING:
    from decision.grouping.declared import GroupingResult

__all__ = ["contract", "cost_figures", "cost_items", "groupings_contract"]

Json = dict[str, Any]


def contract(advice: Advice) -> Json:
    """The advice under the keys that other programs rely on; see docs/json.md."""
    plan = advice.roadmap
    return {
        "region": advice.region.id,
        "recommended": advice.recommended,
        "next": advice.next,
        "end_state": advice.end_state,
        "forms": {form: _form(advice, form) for form in advice.knowledge.forms},
        "costs": cost_figures(advice),
        "cost_items": cost_items(advice),
        "municipalities": {
            name: _municipality(advice, name) for name in advice.region.municipalities
        },
        "organisations": {
            name: _organisation(advice, name) for name in advice.region.organisations
        },
        "roadmap": {} if plan is None else _roadmap(plan),
        "errata": _errata(advice),
        "assumptions": [
            {"kind": one.kind, "id": one.id, "partner": one.partner, "parts": list(one.parts)}
            for one in advice.assumptions
        ],
        "open_questions": [municipal.question(advice, one) for one in advice.open_questions],
        "as_of": advice.as_of,
        "not_in_force": [
            {"kind": one.kind, "id": one.id, "from": one.start, "until": one.end}
            for one in advice.not_in_force
        ],
    }


def _errata(advice: Advice) -> list[Json]:
    """Where another form is the cheapest by print than by the inputs as stated."""
    region = advice.region
    if region.published is None:
        return []
    checked = verify(advice.knowledge, region, region.published, advice.costs)
    return [
        {
            "id": one.id,
            "measure": change.measure,
            "year": change.year,
            "as_stated": list(change.stated),
            "as_published": list(change.published),
        }
        for one in checked.errata
        for change in one.changes
    ]


def _form(advice: Advice, form: str) -> Json:
    verdict, score = advice.eligibility.forms[form], advice.scores.forms[form]
    return {
        "eligible": verdict.eligible,
        "score": score.score,
        "at_most": score.at_most,
        "rank": score.rank,
        "excluded_by": list(verdict.excluded_by),
        "undecided_by": list(verdict.undecided_by),
        "rank_acceptability": list(advice.rank_acceptability.get(form, ())),
        "groups": {name: score.group(name) for name in advice.scores.weights},
        "contributions": {
            one.criterion: {"value": one.value, "weight": one.weight, "adds": one.contribution}
            for one in score.contributions
        },
    }


def cost_figures(advice: Advice) -> Json:
    """Staff and cost of every form and year."""
    return {form: _years(cost) for form, cost in advice.costs.forms.items()}


def cost_items(advice: Advice) -> Json:
    """What every form invests and what it pays every year, item by item."""
    return {
        form: {"investments": dict(cost.investments), "running_costs": dict(cost.running_costs)}
        for form, cost in advice.costs.forms.items()
    }


def _years(cost: FormCost) -> Json:
    years = {}
    for year, one in cost.years.items():
        years[str(year)] = {
            "calls": one.calls,
            "fte_first_line": one.fte_first_line,
            "fte_second_line": one.fte_second_line,
            "price_first_line": one.price_first_line,
            "price_second_line": one.price_second_line,
            "depreciation": one.depreciation,
            "running_costs": one.running_costs,
            "other_channels": one.other_channels,
            "cost_per_call": one.cost_per_call,
            "total": one.total,
        }
    return years


def _part(part: Part | None) -> Json:
    if part is None:
        return {"role": "stays_out", "form": None, "wave": None}
    return {"role": part.role, "form": part.form, "wave": part.wave, "ready_week": part.ready_week}


def _verdicts(verdicts: dict[str, PartnerVerdict]) -> Json:
    return {
        form: {
            "outcome": verdict.outcome,
            "met": list(verdict.rules("yes")),
            "not_met": list(verdict.rules("no")),
            "unknown": list(verdict.rules("unknown")),
            "remedies": list(verdict.remedies),
        }
        for form, verdict in verdicts.items()
    }


def _municipality(advice: Advice, name: str) -> Json:
    part = advice.roadmap.municipalities[name] if advice.roadmap else None
    verdicts = dict(advice.eligibility.municipalities[name])
    return {
        **_part(part),
        "verdicts": _verdicts(verdicts),
        "requirements": municipal.requirements(advice, name),
        "position": municipal.position(advice, name),
    }


def _organisation(advice: Advice, name: str) -> Json:
    part = advice.roadmap.organisations[name] if advice.roadmap else None
    authority = advice.region.organisations[name].facts.get("authority")
    return {
        "authority": authority.value if authority else "unknown",
        "role": part.role if part else "stays_out",
        "verdicts": _verdicts(dict(advice.eligibility.organisations[name])),
    }


def _roadmap(plan: Roadmap) -> Json:
    return {
        "form": plan.form,
        "weeks": plan.weeks,
        "waves": [
            {
                "number": one.number,
                "week": one.week,
                "members": list(one.members),
                "share": one.share,
            }
            for one in plan.waves
        ],
        "activities": [
            {
                "id": task.id,
                "activity": task.activity,
                "partner": task.partner,
                "start": task.start,
                "finish": task.finish,
                "slack": task.slack,
                "critical": task.critical,
                "effort_days": task.effort_days,
                "after": list(task.after),
            }
            for task in plan.tasks
        ],
        "critical_path": list(plan.critical_path),
    }


def groupings_contract(region: str, results: tuple[GroupingResult, ...]) -> Json:
    """The comparison of the declared groupings."""
    return {
        "region": region,
        "groupings": {
            result.id: {
                "name": result.grouping.name,
                "measures": {
                    "yearly_cost": result.yearly_cost,
                    "inhabitants": result.inhabitants,
                    "on_own_netnummer": result.on_own_netnummer,
                    "share_on_own_netnummer": result.share_on_own_netnummer,
                    "unknown_netnummer": result.unknown_netnummer,
                    "redirected": list(result.redirected),
                    "align_with": list(result.align_with),
                    "ties_cut": list(result.ties_cut),
                },
                "groups": [
                    {
                        "number": group.number,
                        "members": list(group.members),
                        "form": group.form,
                        "yearly_cost": group.yearly_cost,
                        "cost_per_call": group.cost_per_call,
                        "inhabitants": group.inhabitants,
                        "on_own_netnummer": group.on_own_netnummer,
                        "redirected": list(group.redirected),
                        "align_with": list(group.align_with),
                        "roles": dict(group.roles),
                    }
                    for group in result.groups
                ],
            }
            for result in results
        },
    }
