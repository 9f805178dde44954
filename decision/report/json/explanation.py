"""The machine contract of an explanation: what `decide explain` found, as plain data for JSON."""

from __future__ import annotations

from typing import Any

from decision.eligibility.verdicts import Trace, Verdict
from decision.explain.conflicts import Conflict
from decision.explain.explanation import Explanation
from decision.explain.problem import Variable
from decision.explain.remedies import RemedySet
from decision.explain.work import Span
from decision.load.places import Place
from decision.model.knowledge import UNKNOWN
from decision.model.requirements import All, Any_, Comparison, Not, Quantified
from decision.model.values import Source
from decision.report.view.asked import Phrases

__all__ = ["explain_contract"]

Json = dict[str, Any]


def explain_contract(explanation: Explanation, phrases: Phrases) -> Json:
    """The explanation under the keys that other programs rely on; see docs/json.md."""
    verdict = explanation.eligibility.forms[explanation.form]
    listed = explanation.conflicts.listed
    return {
        "region": explanation.region.id,
        "form": explanation.form,
        "for": list(explanation.partners),
        "eligible": explanation.eligible,
        "usable": explanation.usable,
        "excluded_by": list(verdict.excluded_by),
        "undecided_by": list(verdict.undecided_by),
        "conflict": list(listed[0].statements) if listed else [],
        "conflicts": [list(one.statements) for one in listed],
        "conflicts_found": {
            "number": explanation.conflicts.found,
            "complete": explanation.conflicts.complete,
        },
        "statements": _statements(explanation, phrases),
        "remedies": [_remedies(one) for one in explanation.remedies],
        "blocked_by": list(explanation.blocked.statements) if explanation.blocked else [],
        "earliest": _earliest(explanation),
        "partners": _partners(explanation),
        "verdicts": [_verdict(one, phrases) for one in explanation.verdicts],
    }


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
            "source": _source(phrases.rule(name).source),
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
        "source": _source(subject.found.source if subject.found else None),
        **_place(phrases.place_of_fact(variable)),
    }


def _source(source: Source | None) -> Json | None:
    if source is None:
        return None
    return {"document": source.document, "place": source.place, "reading": source.reading}


def _place(place: Place | None) -> Json:
    return {"file": place.file.name if place else None, "line": place.line if place else None}


def _remedies(one: RemedySet) -> Json:
    return {
        "labels": list(one.labels),
        "items": [
            {
                "partner": change.variable.partner,
                "fact": change.variable.fact,
                "now": UNKNOWN if change.now is None else change.now,
                "becomes": change.becomes,
                "activity": change.job.activity if change.job else None,
                "set": change.assignment,
            }
            for change in one.changes
        ],
        "effort_days": one.effort_days,
        "weeks": one.span.weeks if one.span else None,
        "range": _range(one.span),
        "critical_path": list(one.critical_path),
    }


def _range(span: Span | None) -> list[float] | None:
    return None if span is None else [span.low, span.high]


def _earliest(explanation: Explanation) -> Json | None:
    found = explanation.earliest
    if found is None:
        return None
    return {
        "weeks": found.span.weeks,
        "range": _range(found.span),
        "critical_path": list(found.critical_path),
    }


def _partners(explanation: Explanation) -> Json:
    """How every partner stands on the form: all of them, whoever was asked about."""
    found = {}
    for name in (*explanation.region.municipalities, *explanation.region.organisations):
        verdict = explanation.verdict_on(name)
        found[name] = {
            "outcome": verdict.outcome,
            "refusal": verdict.refusal,
            "not_met": list(verdict.rules("no")),
            "unknown": list(verdict.rules("unknown")),
            "remedies": list(verdict.remedies),
        }
    return found


def _verdict(verdict: Verdict, phrases: Phrases) -> Json:
    rule = phrases.rule(verdict.rule)
    return {
        "id": verdict.rule,
        "partner": verdict.partner,
        "truth": verdict.truth,
        "otherwise": rule.otherwise,
        "because": rule.because,
        "source": _source(rule.source),
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
            known = trace.found is not None and trace.found.known
            variable = Variable(trace.partner, asked.fact)
            return {
                "kind": "fact",
                "fact": asked.fact,
                asked.comparator: list(asked.operand)
                if asked.comparator == "one_of"
                else asked.operand[0],
                "found": trace.found.value if trace.found and known else UNKNOWN,
                "text": phrases.found(trace)[0],
                "source": _source(trace.found.source if trace.found else None),
                **_place(phrases.place_of_fact(variable)),
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
