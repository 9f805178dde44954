"""The money of the plan: going on as now, the plan year by year, and each municipality."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.json.plain import Json, named
from decision.sharing.money import PlanYear

__all__ = ["plan"]


def plan(advice: Advice) -> Json | None:
    """The plan in euro and fte, per year and per municipality; null where nothing is advised."""
    money, joined = advice.findings.plan_money, advice.findings.plan_money_if_all_join
    if money is None:
        return None
    return {
        "baseline": {year: one.baseline for year, one in money.years.items()},
        "years": {year: _year(one) for year, one in money.years.items()},
        "settled": None
        if money.settled is None
        else {"year": money.settled[0], **_year(money.settled[1])},
        "investment": money.investment,
        "own_days": advice.roadmap.own_days if advice.roadmap else 0.0,
        "municipalities": {
            name: {year: named(one, "cost cash difference") for year, one in of.items()}
            for name, of in money.municipalities.items()
        },
        "if_undecided_join": None
        if joined is None
        else {
            "municipalities": advice.findings.undecided,
            "years": {year: _year(one) for year, one in joined.years.items()},
            "investment": joined.investment,
        },
        "chosen": [
            {
                **named(one, "kind id late in_full fte years"),
                "since": {name: str(day) for name, day in one.since.items()},
            }
            for one in money.chosen
        ],
    }


def _year(one: PlanYear) -> Json:
    return named(
        one,
        "cost cash difference baseline fte fte_first_line fte_second_line baseline_fte"
        " projects channel_steering",
    )
