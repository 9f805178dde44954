"""The road to the advised form: who does what when, who decides, and what stands in the way."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.advice.risks import NamedByOthers, RiskFor
from decision.report.json.costs import KEYS as COSTS
from decision.report.json.plain import Json, Keys, document, named, plain
from decision.report.json.receipt import receipt
from decision.roadmap.dates import day_of, start_of
from decision.roadmap.decisions import Decision
from decision.roadmap.moments import Occasion
from decision.roadmap.parts import Part, Ready
from decision.roadmap.plan import Roadmap, Task
from decision.roadmap.waves import Wave
from decision.roadmap.wishes import StartWish

__all__ = ["KEYS", "process", "roadmap_contract"]


def roadmap_contract(advice: Advice) -> Json:
    """What `decide roadmap` tells, under the keys that other programs rely on; see docs/json.md."""
    plan, chosen, region = advice.roadmap, advice.findings.chosen, advice.region
    dated: Json = {"waves": [], "activities": [], "critical_path": []}
    if plan is not None:
        dated = {
            **named(plan, "form score weeks own_days critical_path"),
            "waves": [{**plain(one, KEYS), **_dates(advice, week=one.week)} for one in plan.waves],
            "activities": [
                {**plain(one, KEYS), **_dates(advice, start=one.start, finish=one.finish)}
                for one in plan.tasks
            ],
        }
    return document(
        {
            "region": region.id,
            "recommended": advice.recommended,
            "form": None,
            "start_date": start_of(region).isoformat(),
            **dated,
            "municipalities": {name: advice.parts[name] for name in region.municipalities},
            "organisations": {name: advice.parts[name] for name in region.organisations},
            "decisions": advice.decisions,
            **process(advice),
            "routes": chosen.routes if chosen else [],
            "receipt": receipt(advice),
        },
        {**COSTS, **KEYS},
    )


def process(advice: Advice) -> Json:
    """How the work is steered, which wishes for a date can be met, and which risks there are."""
    return {
        "moments": advice.occasions,
        "wishes": {one.partner: one for one in advice.start_wishes},
        "risks": {one.risk: one for one in advice.risks},
        "lessons": advice.lessons,
    }


def _dates(advice: Advice, **weeks: float) -> Json:
    """The dates of weeks, each under the name of the week with ``_date`` behind it."""
    days = {name: day_of(advice.region, week) for name, week in weeks.items()}
    return {f"{name}_date": day.isoformat() for name, day in days.items()}


KEYS: Keys = {
    Decision: "id activity partner body status week papers date elsewhere",
    NamedByOthers: "finding everyone earlier by_size",
    Occasion: "id=moment number week body to",
    Part: "role form may_join wave ready",
    Ready: "earliest latest",
    RiskFor: "partners unknown named",
    Roadmap: "form score weeks waves activities=tasks critical_path",
    StartWish: "by available week late met decided_by",
    Task: "id activity partner start finish slack critical effort_days uncertain"
    " prerequisites=after",
    Wave: "number week members share",
}
