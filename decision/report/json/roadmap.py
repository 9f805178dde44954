"""The road to the advised form: who does what when, who decides, and what stands in the way."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.advice.again import replayed
from decision.advice.risks import NamedByOthers, RiskFor
from decision.report.json.costs import KEYS as COSTS
from decision.report.json.plain import Json, Keys, document, named, plain
from decision.report.json.receipt import receipt
from decision.report.json.routes import routes
from decision.roadmap.dates import day_of, start_of
from decision.roadmap.decisions import Decision
from decision.roadmap.moments import Occasion
from decision.roadmap.parts import Part, Ready
from decision.roadmap.plan import Roadmap, Task
from decision.roadmap.replay import Delays, OpeningChance, Percentiles
from decision.roadmap.waves import HeldUp, Sooner, Wave
from decision.roadmap.wishes import StartWish

__all__ = ["EMPTY", "KEYS", "process", "roadmap_contract"]

EMPTY: Json = {"waves": [], "activities": [], "critical_path": []}
"""The road where none is advised."""


def roadmap_contract(advice: Advice) -> Json:
    """What `decide roadmap` tells, under the keys that other programs rely on; see docs/json.md."""
    plan, chosen, region = advice.roadmap, advice.findings.chosen, advice.region
    dated = EMPTY
    if plan is not None:
        dated = {
            **named(plan, "form score weeks bound decided after_decision recess own_days own_cost"),
            **named(plan, "critical_path sooner held"),
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
            "routes": routes(chosen),
            **_again(advice),
            "receipt": receipt(advice),
        },
        {**COSTS, **KEYS},
    )


def _again(advice: Advice) -> Json:
    """How sure the openings are, and what delays them."""
    again = replayed(advice)
    if again is None:
        return {"chance": None, "delays": None}
    seed = advice.request.seed
    chance = {**plain(again.chance(seed), KEYS), "critical": again.critical(seed)}
    return {"chance": chance, "delays": again.delays()}


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
    OpeningChance: "draws seed opening last",
    Delays: "tasks partners",
    HeldUp: "partner together opens most with_people helps by",
    Percentiles: "p50 p80",
    Sooner: "without week share",
    Task: "id activity partner start finish slack critical effort_days uncertain"
    " prerequisites=after behind",
    Wave: "number week members share",
}
