"""What comes out of an advice, each value under its path in the machine contract (docs/json.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, get_args

from decision.advice.advice import Advice
from decision.comparison.inputs import Steps, level_of
from decision.costs.result import YearCost
from decision.eligibility.verdicts import PartnerVerdict
from decision.model.knowledge import UNKNOWN
from decision.model.values import Outcome, Role
from decision.scores.additive import FormScore

__all__ = [
    "EVERY",
    "advice_in",
    "costs_in",
    "roles_in",
    "scores_in",
    "shares_of_levels",
    "shares_of_outcomes",
    "shares_of_roles",
    "verdicts_in",
]

EVERY = "*"
"""Stands in a path for all municipalities together; the value is a share of them (0-1)."""

_NOT_COMPARED = {"year", "direct", "handling_first_line", "occupancy_first_line", "hours"}


def advice_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """What is advised."""
    for key in ("recommended", "candidates", "next", "end_state"):
        yield (key,), getattr(advice, key)


def verdicts_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """Which forms are open, how every partner stands for every form, and by which rules."""
    for form, verdict in advice.eligibility.forms.items():
        for key in ("eligible", "excluded_by", "undecided_by"):
            yield ("forms", form, key), getattr(verdict, key)
    for name, verdicts in advice.eligibility.municipalities.items():
        yield from _partner(("municipalities", name), verdicts)
        for one in advice.checklist.municipalities[name]:
            yield ("municipalities", name, "requirements", one.rule, "status"), one.status
    for name, verdicts in advice.eligibility.organisations.items():
        yield from _partner(("organisations", name), verdicts)


def _partner(at: Steps, verdicts: Mapping[str, PartnerVerdict]) -> Iterator[tuple[Steps, Any]]:
    for form, verdict in verdicts.items():
        here = (*at, "verdicts", form)
        yield (*here, "outcome"), verdict.outcome
        yield (*here, "met"), verdict.rules("yes")
        yield (*here, "not_met"), verdict.rules("no")
        yield (*here, "unknown"), verdict.rules("unknown")
        yield (*here, "remedies"), verdict.remedies


def roles_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """Who does what from when, and the waves."""
    plan = advice.roadmap
    for name in advice.region.municipalities:
        part, at = advice.parts[name], ("municipalities", name)
        for key in ("role", "form", "may_join", "wave"):
            yield (*at, key), getattr(part, key)
        for key in ("earliest", "latest"):
            yield (*at, "ready", key), part.ready and getattr(part.ready, key)
    for name in advice.region.organisations:
        yield ("organisations", name, "role"), advice.parts[name].role
    yield ("roadmap", "weeks"), plan and plan.weeks
    # the members in an order that does not hang on the order of the file
    waves = (
        asdict(one) | {"members": tuple(sorted(one.members))}
        for one in (plan.waves if plan else ())
    )
    yield ("roadmap", "waves"), tuple(waves)
    yield ("roadmap", "critical_path"), plan.critical_path if plan else ()


def costs_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """What every form costs, year by year, and in the last year of the region's own period.

    Of the last year also per inhabitant, so that regions of another size or in other years can be
    held against each other.
    """
    inhabitants = advice.region.people()
    figures = [one.name for one in fields(YearCost) if one.name not in _NOT_COMPARED]
    for form, cost in advice.costs.forms.items():
        for year, one in cost.years.items():
            for key in figures:
                yield ("costs", form, str(year), key), getattr(one, key)
        last, at = cost.last_year, ("costs", form, "last_year")
        yield (*at, "cost_per_call"), last.cost_per_call
        yield (*at, "total"), last.total
        yield (*at, "per_inhabitant"), last.total / inhabitants if inhabitants else None


def scores_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """What the groups of criteria weigh, and the score of every form, part by part."""
    for name, weight in advice.scores.weights.items():
        yield ("weights", name), weight
    for form, score in advice.scores.forms.items():
        yield from _form_score(advice, ("forms", form), score)


def _form_score(advice: Advice, at: Steps, score: FormScore) -> Iterator[tuple[Steps, Any]]:
    for key, value in (
        ("score", score.score),
        ("score_low", score.low),
        ("score_high", score.high),
    ):
        yield (*at, key), value
    yield (*at, "rank"), score.rank
    yield (*at, "rank_acceptability"), tuple(advice.rank_acceptability.get(score.form, ()))
    for group in advice.scores.weights:
        yield (*at, "groups", group), score.group(group)
    for one in score.contributions:
        here = (*at, "contributions", one.criterion)
        for key in ("value", "low", "high", "weight"):
            yield (*here, key), getattr(one, key)
        yield (*here, "adds"), one.contribution


# --- all municipalities together, for regions that do not have the same ones


def shares_of_levels(advice: Advice) -> Iterator[tuple[Steps, float]]:
    """Which share of the municipalities is at each level of each fact."""
    municipalities = advice.region.municipalities.values()
    for name, fact in advice.knowledge.facts.items():
        if fact.of == "municipality" and fact.among_facts:
            levels = [level_of(one.facts.get(name)) for one in municipalities]
            yield from _shares(("facts", name), levels, (*fact.levels, UNKNOWN))


def shares_of_outcomes(advice: Advice) -> Iterator[tuple[Steps, float]]:
    """Which share of the municipalities has each outcome, form by form."""
    verdicts = advice.eligibility.municipalities.values()
    for form in advice.knowledge.forms:
        found = [one[form].outcome for one in verdicts]
        yield from _shares(("verdicts", form), found, get_args(Outcome))


def shares_of_roles(advice: Advice) -> Iterator[tuple[Steps, float]]:
    """Which share of the municipalities has each role."""
    roles = [advice.parts[name].role for name in advice.region.municipalities]
    yield from _shares(("role",), roles, get_args(Role))


def _shares(
    at: Steps, found: Iterable[str | tuple[str, ...]], possible: Iterable[str]
) -> Iterator[tuple[Steps, float]]:
    """Which share has each value; one that has several counts for each of them."""
    held = [one if isinstance(one, tuple) else (one,) for one in found]
    counts = Counter(value for values in held for value in values)
    for value in possible:
        yield ("municipalities", EVERY, *at, value), counts[value] / len(held)
