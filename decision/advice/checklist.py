"""The requirements that VNG puts on a 14-number, municipality by municipality, and what is missing.

What a municipality declares says whether it meets a requirement. How quickly it answers is also
computed: with the people that its own calls need by the rules of the cost model (80% within 30
seconds, in the publication), on the same locations and with the same cap, Erlang C tells which
share is answered within the time of VNG, and how many people its norm asks. Where the cost model
gives every municipality an equal share of the calls, as the publication does, its people differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import fsum
from typing import Literal

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.crews import Crew, crew
from decision.costs.inputs import values
from decision.costs.prices import Rates
from decision.costs.result import Costs, own_calls
from decision.costs.staffing import agents_needed, offered_load, service_level
from decision.eligibility.verdicts import Eligibility
from decision.model.facts import Fact
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "AnswerSpeed",
    "Checklist",
    "ConnectionRequirement",
    "HourSpeed",
    "Norm",
    "Status",
    "Telephony",
    "answer_speeds",
    "checklist",
]

Status = Literal["met", "not_met", "unknown"]
_STATUSES: Mapping[str, Status] = {"yes": "met", "no": "not_met", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Norm:
    """Answer the share ``target`` (0-1) of the calls within ``wait`` seconds."""

    target: float
    wait: float


@dataclass(frozen=True, slots=True)
class Telephony:
    """Sites that answer calls: how many come in (sites x hours of a day) and what that takes.

    ``starts`` are the hours (``HH:MM``), ``handling`` is in seconds per call, ``rates`` say what
    an agent costs. ``most_occupancy`` is the largest share (0-1) of their time that planned agents
    are busy, if there is a cap; ``smallest_crew`` how many of them a site has at least.
    """

    starts: tuple[str, ...]
    calls: Floats
    handling: float
    rates: Rates
    most_occupancy: float | None = None
    smallest_crew: int = 1


@dataclass(frozen=True, slots=True)
class HourSpeed:
    """One hour: the calls in it, the agents that are planned, and those that the norm asks.

    ``in_time`` is the share (0-1) that the planned agents answer within the time of the norm;
    ``extra`` is how many agents the norm asks on top of them.
    """

    start: str
    calls: float
    agents: int
    agents_norm: int
    extra: int
    in_time: float


@dataclass(frozen=True, slots=True)
class AnswerSpeed:
    """How quickly calls are answered in a day, and what the norm asks on top of what is planned.

    ``in_time`` is the share (0-1) of all calls; ``extra_fte`` and ``extra_euro`` are per year.
    """

    hours: tuple[HourSpeed, ...]
    in_time: float
    extra_fte: float
    extra_euro: float

    @property
    def short(self) -> int:
        """In how many hours the norm asks for more agents."""
        return sum(hour.extra > 0 for hour in self.hours)


@dataclass(frozen=True, slots=True)
class ConnectionRequirement(Result):
    """One requirement for one municipality: whether it meets it by what is declared, and the gap.

    ``found`` holds the facts it asks for, as declared (None where unknown). ``speed`` is what is
    computed beside a fact that has a measure, whatever is declared.
    """

    rule: str
    status: Status
    found: Mapping[str, Fact | None]
    speed: AnswerSpeed | None = None


@dataclass(frozen=True, slots=True)
class Checklist(Result):
    """The requirements per municipality, in the order of the knowledge.

    ``norm`` is that of VNG (None when the kengetallen have none), ``planned`` the one by which the
    cost model plans people. ``apart`` is the speed of answering of all municipalities as they are
    now, ``together`` that of ``form`` in its last year; None when no form of cooperation is chosen.
    """

    municipalities: Mapping[str, tuple[ConnectionRequirement, ...]]
    planned: Norm
    norm: Norm | None
    apart: AnswerSpeed | None
    form: str | None
    together: AnswerSpeed | None


def checklist(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, costs: Costs, form: str | None
) -> Checklist:
    """Hold every municipality against the requirements for connecting.

    Args:
        knowledge: the requirements (rules of the kind ``connection``) and the calculations.
        region: the municipalities, with their calls.
        eligibility: the verdicts on this region.
        costs: the calls and the staffing of every form.
        form: the form in which the municipalities answer together, if one is chosen.
    """
    used = values(knowledge, region)
    planned = Norm(used["service_target"], used["answer_within"])
    vng = ("vng_target", "vng_answer_within")
    norm = Norm(*(used[name] for name in vng)) if used.keys() >= {*vng} else None
    chosen = None if norm is None or form == knowledge.baseline else form
    speeds: Mapping[str, AnswerSpeed] = {}
    apart = together = None
    if norm is not None and costs.forms:
        staff, calls = crew(knowledge, region), own_calls(knowledge, region, costs)
        own = [calls[name] * staff.own_sites[name] for name in calls]
        found = _speeds(costs, staff, knowledge.baseline, own, (planned, norm))
        speeds, apart = dict(zip(calls, found, strict=True)), _sum(found)
        if chosen is not None:
            joint = [fsum(calls.values()) * np.repeat(*staff.joint_sites)]
            sites = joint if chosen in staff.joint else own
            together = _sum(_speeds(costs, staff, chosen, sites, (planned, norm)))
    return Checklist(
        municipalities={
            name: tuple(_requirements(knowledge, eligibility, name, speeds.get(name)))
            for name in region.municipalities
        },
        planned=planned,
        norm=norm,
        apart=apart,
        form=chosen,
        together=together,
    )


def answer_speeds(telephony: Telephony, planned: Norm, asked: Norm) -> tuple[AnswerSpeed, ...]:
    """How each site stands on a norm that is asked of it, when its people are planned by another.

    Agents are planned hour by hour by Erlang C, with the cap on their occupancy if there is one. A
    norm that asks for fewer than are planned asks for nothing extra.

    Raises:
        StaffingError: More calls than `costs.staffing` accepts, or a norm that cannot be met.
    """
    calls, handling = telephony.calls, telephony.handling
    now = agents_needed(
        calls,
        handling,
        planned.target,
        planned.wait,
        most_occupancy=telephony.most_occupancy,
        smallest_crew=telephony.smallest_crew,
    )
    needed = agents_needed(calls, handling, asked.target, asked.wait)
    level = service_level(offered_load(calls, handling), now, asked.wait, handling)
    extra = np.maximum(0, needed - now)
    fte, euro = telephony.rates.first_line(extra.sum(axis=1))
    columns = (calls, now, needed, extra, level)
    found = []
    for site, cost in enumerate(zip(fte.tolist(), euro.tolist(), strict=True)):
        own = (column[site].tolist() for column in columns)
        hours = tuple(map(HourSpeed, telephony.starts, *own))
        found.append(AnswerSpeed(hours, _in_time(hours), *cost))
    return tuple(found)


def _in_time(hours: Sequence[HourSpeed]) -> float:
    """The share of all calls in these hours; of no calls at all, everything is in time."""
    calls = fsum(hour.calls for hour in hours)
    return fsum(hour.calls * hour.in_time for hour in hours) / calls if calls else 1.0


def _sum(sites: Sequence[AnswerSpeed]) -> AnswerSpeed:
    """All sites together, hour by hour."""
    hours = tuple(
        HourSpeed(
            start=same[0].start,
            calls=fsum(hour.calls for hour in same),
            agents=sum(hour.agents for hour in same),
            agents_norm=sum(hour.agents_norm for hour in same),
            extra=sum(hour.extra for hour in same),
            in_time=_in_time(same),
        )
        for same in zip(*(site.hours for site in sites), strict=True)
    )
    fte = fsum(site.extra_fte for site in sites)
    return AnswerSpeed(hours, _in_time(hours), fte, fsum(site.extra_euro for site in sites))


def _speeds(
    costs: Costs, staff: Crew, form: str, groups: Sequence[Floats], norms: tuple[Norm, Norm]
) -> list[AnswerSpeed]:
    """How quickly each group of sites, with so many calls a year today, answers in a form.

    The calls are those of the last year of the form, in proportion to those of today.
    """
    sites = np.concatenate(groups)
    year, today = costs.forms[form].last_year, sites.sum()
    kept = year.calls / today if today else 0.0
    a_day = sites * kept / staff.model.kengetallen["opening_days"]
    telephony = Telephony(
        starts=tuple(hour.start for hour in year.hours),
        calls=np.outer(a_day, [hour.share for hour in year.hours]),
        handling=year.handling_first_line,
        rates=staff.rates[form],
        most_occupancy=staff.model.most_occupancy,
        smallest_crew=staff.model.smallest_crew,
    )
    found = iter(answer_speeds(telephony, *norms))
    return [_sum([*islice(found, group.size)]) for group in groups]


def _requirements(
    knowledge: Knowledge, eligibility: Eligibility, name: str, speed: AnswerSpeed | None
) -> Iterator[ConnectionRequirement]:
    """The requirements for connecting that hold for one municipality."""
    own = eligibility.municipalities[name].values()
    # a verdict is the same for every form that the rule guards
    verdicts = {verdict.rule: verdict for form in own for verdict in form.verdicts}
    for rule_id, rule in knowledge.rules.items():
        if rule.kind != "connection" or rule_id not in verdicts:
            continue
        verdict = verdicts[rule_id]
        found = dict(verdict.trace.declared())
        measured = any(knowledge.facts[fact].measure == "answer_speed" for fact in found)
        yield ConnectionRequirement(
            rule=rule_id,
            status=_STATUSES[verdict.truth],
            found=found,
            speed=speed if measured else None,
        )
