"""What comes out of an advice, each value under its path in the machine contract (docs/json.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import fsum
from typing import Any, get_args

from decision.advice.advice import Advice
from decision.comparison.inputs import Steps, level_of
from decision.costs.result import FormCost
from decision.eligibility.verdicts import PartnerVerdict
from decision.model.knowledge import UNKNOWN
from decision.model.values import Outcome, Role
from decision.roadmap.plan import Part, Roadmap
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

_FIGURES = (
    "calls",
    "fte_first_line",
    "fte_second_line",
    "price_first_line",
    "price_second_line",
    "depreciation",
    "running_costs",
    "other_channels",
    "cost_per_call",
    "total",
)


def advice_in(advice: Advice) -> dict[Steps, Any]:
    """What is advised."""
    return {
        ("recommended",): advice.recommended,
        ("next",): advice.next,
        ("end_state",): advice.end_state,
    }


def verdicts_in(advice: Advice) -> dict[Steps, Any]:
    """Which forms are open, how every partner stands for every form, and by which rules."""
    return dict(_verdicts_in(advice))


def _verdicts_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    for form, verdict in advice.eligibility.forms.items():
        yield ("forms", form, "eligible"), verdict.eligible
        yield ("forms", form, "excluded_by"), verdict.excluded_by
        yield ("forms", form, "undecided_by"), verdict.undecided_by
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


def roles_in(advice: Advice) -> dict[Steps, Any]:
    """Who does what from when, and the waves."""
    return dict(_roles_in(advice))


def _roles_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    plan = advice.roadmap
    for name in advice.region.municipalities:
        part, at = plan.municipalities[name] if plan else None, ("municipalities", name)
        yield (*at, "role"), _role(part)
        yield (*at, "form"), part and part.form
        yield (*at, "wave"), part and part.wave
        yield (*at, "ready_week"), part and part.ready_week
    for name in advice.region.organisations:
        yield ("organisations", name, "role"), _role(plan.organisations[name] if plan else None)
    yield ("roadmap", "weeks"), plan and plan.weeks
    yield ("roadmap", "waves"), _waves(plan)
    yield ("roadmap", "critical_path"), plan.critical_path if plan else ()


def _role(part: Part | None) -> Role:
    return part.role if part else "stays_out"


def _waves(plan: Roadmap | None) -> tuple[dict[str, Any], ...]:
    """The waves, their members in an order that does not hang on the order of the file."""
    return tuple(
        {
            "number": wave.number,
            "week": wave.week,
            "members": tuple(sorted(wave.members)),
            "share": wave.share,
        }
        for wave in (plan.waves if plan else ())
    )


def costs_in(advice: Advice) -> dict[Steps, Any]:
    """What every form costs, year by year, and in the last year of the region's own period.

    Of the last year also per inhabitant, so that regions of another size or in other years can be
    held against each other.
    """
    inhabitants = fsum(one.inhabitants.value for one in advice.region.municipalities.values())
    found: dict[Steps, Any] = {}
    for form, cost in advice.costs.forms.items():
        found.update(_form_costs(("costs", form), cost, inhabitants))
    return found


def _form_costs(at: Steps, cost: FormCost, inhabitants: float) -> Iterator[tuple[Steps, float]]:
    for year, one in cost.years.items():
        for key in _FIGURES:
            yield (*at, str(year), key), getattr(one, key)
    last = cost.last_year
    yield (*at, "last_year", "cost_per_call"), last.cost_per_call
    yield (*at, "last_year", "total"), last.total
    yield (*at, "last_year", "per_inhabitant"), last.total / inhabitants


def scores_in(advice: Advice) -> dict[Steps, Any]:
    """What the groups of criteria weigh, and the score of every form, part by part."""
    found: dict[Steps, Any] = {}
    for name, weight in advice.scores.weights.items():
        found["weights", name] = weight
    for form, score in advice.scores.forms.items():
        found.update(_form_score(advice, ("forms", form), score))
    return found


def _form_score(advice: Advice, at: Steps, score: FormScore) -> Iterator[tuple[Steps, Any]]:
    yield (*at, "score"), score.score
    yield (*at, "at_most"), score.at_most
    yield (*at, "rank"), score.rank
    yield (*at, "rank_acceptability"), tuple(advice.rank_acceptability.get(score.form, ()))
    for group in advice.scores.weights:
        yield (*at, "groups", group), score.group(group)
    for one in score.contributions:
        here = (*at, "contributions", one.criterion)
        yield (*here, "value"), one.value
        yield (*here, "weight"), one.weight
        yield (*here, "adds"), one.contribution


# --- all municipalities together, for regions that do not have the same ones


def shares_of_levels(advice: Advice) -> dict[Steps, float]:
    """Which share of the municipalities is at each level of each fact."""
    found: dict[Steps, float] = {}
    municipalities = advice.region.municipalities.values()
    for name, fact in advice.knowledge.facts.items():
        if fact.of == "municipality" and not fact.derived:
            levels = [level_of(one.facts.get(name)) for one in municipalities]
            shares = _shares(levels, (*fact.levels, UNKNOWN))
            found |= {(*_OF_ALL, "facts", name, level): one for level, one in shares.items()}
    return found


def shares_of_outcomes(advice: Advice) -> dict[Steps, float]:
    """Which share of the municipalities has each outcome, form by form."""
    found: dict[Steps, float] = {}
    verdicts = advice.eligibility.municipalities.values()
    for form in advice.knowledge.forms:
        shares = _shares([one[form].outcome for one in verdicts], get_args(Outcome))
        found |= {(*_OF_ALL, "verdicts", form, outcome): one for outcome, one in shares.items()}
    return found


def shares_of_roles(advice: Advice) -> dict[Steps, float]:
    """Which share of the municipalities has each role."""
    plan = advice.roadmap
    names = advice.region.municipalities
    roles = [_role(plan.municipalities[name] if plan else None) for name in names]
    shares = _shares(roles, get_args(Role))
    return {(*_OF_ALL, "role", role): one for role, one in shares.items()}


_OF_ALL = ("municipalities", EVERY)


def _shares(found: Iterable[str | tuple[str, ...]], possible: Iterable[str]) -> dict[str, float]:
    """Which share has each value; one that has several counts for each of them."""
    held = [one if isinstance(one, tuple) else (one,) for one in found]
    counts = Counter(value for values in held for value in values)
    return {value: counts[value] / len(held) for value in possible}
