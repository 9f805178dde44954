"""Why a form is possible or not, and what it takes."""

from __future__ import annotations

from decision.eligibility.verdicts import PartnerVerdict, Verdict
from decision.explain.changes import Change
from decision.explain.demands import Variable
from decision.explain.explanation import Earliest, Explanation
from decision.explain.remedies import RemedySet
from decision.explain.work import LeadTime
from decision.model.knowledge import UNKNOWN
from decision.report.json.plain import Json, Keys, document, named
from decision.report.json.traces import KEYS as TRACES
from decision.report.json.traces import place, trace
from decision.report.view.asked import Phrases

__all__ = ["explain_contract"]


def explain_contract(explanation: Explanation, phrases: Phrases) -> Json:
    """The explanation under the keys that other programs rely on; see docs/json.md."""
    found, region = explanation, explanation.region
    verdict, blocked = found.eligibility.forms[found.form], found.blocked
    conflicts = [one.statements for one in found.conflicts.listed]
    return document(
        {
            "region": region.id,
            **named(found, "form for=partners eligible usable"),
            **named(verdict, "excluded_by undecided_by"),
            "conflict": conflicts[0] if conflicts else [],
            "conflicts": conflicts,
            "conflicts_found": named(found.conflicts, "number=found complete"),
            "statements": _statements(found, phrases),
            "remedies": found.remedies,
            "blocked_by": blocked.statements if blocked else [],
            "earliest": found.earliest,
            "partners": {
                name: found.verdict_on(name)
                for name in (*region.municipalities, *region.organisations)
            },
            "verdicts": [_verdict(one, phrases) for one in found.verdicts],
        },
        KEYS,
    )


def _statements(explanation: Explanation, phrases: Phrases) -> Json:
    """Everything that conflicts name, once, with what it says and where it stands."""
    blocked = (explanation.blocked,) if explanation.blocked else ()
    found: Json = {}
    for conflict in (*explanation.conflicts.listed, *blocked):
        for name in conflict.rules:
            rule = phrases.knowledge.rules[name]
            own = {"rule": name, "text": rule.because, "source": rule.source}
            found[f"rule:{name}"] = {**own, **place(phrases.place_of_rule(name))}
        for one in conflict.facts:
            found[f"fact:{one.partner}.{one.fact}"] = _fact(one, explanation, phrases)
    return found


def _fact(variable: Variable, explanation: Explanation, phrases: Phrases) -> Json:
    subject = explanation.demands.subjects[variable]
    return {
        **variable._asdict(),
        "found": UNKNOWN if subject.now is None else subject.now,
        "text": phrases.statement(variable, subject.found),
        "changeable": subject.changeable,
        "source": subject.found and subject.found.source,
        **place(phrases.place_of_fact(variable)),
    }


def _verdict(verdict: Verdict, phrases: Phrases) -> Json:
    return {
        **named(verdict, "id=rule partner truth"),
        **named(phrases.knowledge.rules[verdict.rule], "otherwise because source"),
        **place(phrases.place_of_rule(verdict.rule)),
        "trace": trace(verdict.trace, phrases),
    }


KEYS: Keys = {
    **TRACES,
    Change: lambda one: {
        **one.variable._asdict(),
        "now": UNKNOWN if one.now is None else one.now,
        **named(one, "becomes activity=job.activity set=assignment"),
    },
    Earliest: "weeks=span.weeks range=span critical_path",
    PartnerVerdict: lambda one: {
        **named(one, "outcome refusal"),
        "not_met": one.rules("no"),
        "unknown": one.rules("unknown"),
        "remedies": one.remedies,
    },
    RemedySet: "labels items=changes effort_days weeks=span.weeks range=span critical_path",
    LeadTime: lambda one: [one.low, one.high],
}
