"""Why a form is possible or not, and what it takes."""

from __future__ import annotations

from decision.eligibility.verdicts import PartnerVerdict, Trace, Verdict
from decision.explain.changes import Change
from decision.explain.conflicts import Conflict
from decision.explain.explanation import Earliest, Explanation
from decision.explain.problem import Variable
from decision.explain.remedies import RemedySet
from decision.explain.work import Span
from decision.load.places import Place
from decision.model.knowledge import UNKNOWN
from decision.model.requirements import All, Any_, Comparison, Not, Quantified
from decision.model.values import Source
from decision.report.json.plain import Json, Keys, plain
from decision.report.view.asked import Phrases

__all__ = ["explain_contract"]


def explain_contract(explanation: Explanation, phrases: Phrases) -> Json:
    """The explanation under the keys that other programs rely on; see docs/json.md."""
    found, region = explanation, explanation.region
    verdict, blocked = found.eligibility.forms[found.form], found.blocked
    conflicts = [one.statements for one in found.conflicts.listed]
    document: Json = plain(
        {
            "region": region.id,
            "form": found.form,
            "for": found.partners,
            "eligible": found.eligible,
            "usable": found.usable,
            "excluded_by": verdict.excluded_by,
            "undecided_by": verdict.undecided_by,
            "conflict": conflicts[0] if conflicts else [],
            "conflicts": conflicts,
            "conflicts_found": {
                "number": found.conflicts.found,
                "complete": found.conflicts.complete,
            },
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
    return document


def _statements(explanation: Explanation, phrases: Phrases) -> Json:
    """Everything that conflicts name, once, with what it says and where it stands."""
    blocked = (explanation.blocked,) if explanation.blocked else ()
    found: Json = {}
    for conflict in (*explanation.conflicts.listed, *blocked):
        found |= _named(conflict, explanation, phrases)
    return found


def _named(conflict: Conflict, explanation: Explanation, phrases: Phrases) -> Json:
    rules = {
        f"rule:{name}": {
            "rule": name,
            "text": phrases.rule(name).because,
            "source": phrases.rule(name).source,
            **_place(phrases.place_of_rule(name)),
        }
        for name in conflict.rules
    }
    facts = {
        f"fact:{one.partner}.{one.fact}": {
            "partner": one.partner,
            "fact": one.fact,
            **_found(one, explanation, phrases),
        }
        for one in conflict.facts
    }
    return {**rules, **facts}


def _found(variable: Variable, explanation: Explanation, phrases: Phrases) -> Json:
    subject = explanation.problem.subjects[variable]
    return {
        "found": UNKNOWN if subject.now is None else subject.now,
        "text": phrases.statement(variable, subject.found),
        "changeable": subject.changeable,
        "source": subject.found.source if subject.found else None,
        **_place(phrases.place_of_fact(variable)),
    }


def _place(place: Place | None) -> Json:
    return {"file": place.file.name if place else None, "line": place.line if place else None}


def _verdict(verdict: Verdict, phrases: Phrases) -> Json:
    rule = phrases.rule(verdict.rule)
    return {
        "id": verdict.rule,
        "partner": verdict.partner,
        "truth": verdict.truth,
        "otherwise": rule.otherwise,
        "because": rule.because,
        "source": rule.source,
        **_place(phrases.place_of_rule(verdict.rule)),
        "trace": _trace(verdict.trace, phrases),
    }


def _trace(trace: Trace, phrases: Phrases) -> Json:
    return {
        **_asked(trace, phrases),
        "partner": trace.partner,
        "truth": trace.truth,
        "parts": [_trace(part, phrases) for part in trace.parts],
    }


def _asked(trace: Trace, phrases: Phrases) -> Json:
    """What was asked; of a fact also what was found, and where that comes from."""
    match trace.asked:
        case Comparison() as asked:
            several, found = asked.comparator == "one_of", trace.found
            return {
                "kind": "fact",
                "fact": asked.fact,
                asked.comparator: asked.operand if several else asked.operand[0],
                "found": found.value if found and found.known else UNKNOWN,
                "text": phrases.found(trace)[0],
                "source": found.source if found else None,
                **_place(phrases.place_of_fact(Variable(trace.partner, asked.fact))),
            }
        case All():
            return {"kind": "all"}
        case Any_():
            return {"kind": "any"}
        case Not():
            return {"kind": "not"}
        case Quantified() as asked:
            measure = next(key for key in asked.MEASURES if getattr(asked, key) is not None)
            return {"kind": "municipalities", measure: getattr(asked, measure)}


def _range(span: Span) -> list[float]:
    return [span.low, span.high]


def _remedies(one: RemedySet) -> Json:
    return {
        "labels": one.labels,
        "items": one.changes,
        "effort_days": one.effort_days,
        "weeks": one.span and one.span.weeks,
        "range": one.span,
        "critical_path": one.critical_path,
    }


def _change(one: Change) -> Json:
    return {
        "partner": one.variable.partner,
        "fact": one.variable.fact,
        "now": UNKNOWN if one.now is None else one.now,
        "becomes": one.becomes,
        "activity": one.job and one.job.activity,
        "set": one.assignment,
    }


def _partner(verdict: PartnerVerdict) -> Json:
    return {
        "outcome": verdict.outcome,
        "refusal": verdict.refusal,
        "not_met": verdict.rules("no"),
        "unknown": verdict.rules("unknown"),
        "remedies": verdict.remedies,
    }


KEYS: Keys = {
    Change: _change,
    Earliest: "weeks=span.weeks range=span critical_path",
    PartnerVerdict: _partner,
    RemedySet: _remedies,
    Source: "document place reading",
    Span: _range,
}
