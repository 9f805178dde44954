"""How every verdict came about."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.eligibility.evaluation import Trace
from decision.explain.demands import Variable
from decision.load import SOURCE_LANGUAGE
from decision.load.places import Location
from decision.model.knowledge import UNKNOWN
from decision.model.requirements import All, Any_, Comparison, Not, Participants, Quantified
from decision.model.values import Source
from decision.report.json.plain import Json, Keys, named
from decision.report.view.asked import Phrases
from decision.words.catalogue import catalogue

__all__ = ["KEYS", "place", "trace", "traces"]


def traces(advice: Advice) -> Json:
    """Per rule and partner how the verdicts came about, each with the forms for which it is so."""
    phrases = Phrases(advice, catalogue(SOURCE_LANGUAGE, "words"), SOURCE_LANGUAGE)
    found: dict[str, dict[str | None, list[Json]]] = {}
    for form, one in advice.eligibility.each():
        known = found.setdefault(one.rule, {}).setdefault(one.partner, [])
        # only who takes part is asked anew for every form
        if known and not isinstance(one.trace.asked, Participants):
            known[0]["forms"].append(form)
        else:
            known.append({"forms": [form], "trace": trace(one.trace, phrases)})
    return {**found}


def trace(found: Trace, phrases: Phrases) -> Json:
    """What was asked, what was found, and how it came to its truth part by part."""
    return {
        **_asked(found, phrases),
        **named(found, "partner truth"),
        "parts": [trace(part, phrases) for part in found.parts],
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
                **place(phrases.place_of_fact(Variable(trace.partner, asked.fact))),
            }
        case All():
            return {"kind": "all"}
        case Any_():
            return {"kind": "any"}
        case Not():
            return {"kind": "not"}
        case Quantified() as asked:
            measure = next(key for key in asked.MEASURES if getattr(asked, key) is not None)
            much = {measure: getattr(asked, measure)}
            if isinstance(asked, Participants):
                return {"kind": "participants", "form": asked.form, **much}
            return {"kind": "municipalities", **much}


def place(found: Location | None) -> Json:
    """Where something stands; null for what nobody declares."""
    return {"file": found.file.name if found else None, "line": found.line if found else None}


KEYS: Keys = {Source: "document place reading"}
