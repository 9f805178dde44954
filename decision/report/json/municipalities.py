"""What is asked of the municipalities, and where they stand."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.advice.checklist import AnswerSpeed, ConnectionRequirement, HourSpeed, Norm
from decision.advice.positions import AspectPosition, Maturity, Start, Target
from decision.advice.questions import Question, addressee, question_text
from decision.advice.targets import InTime
from decision.model.facts import Fact
from decision.report.json.plain import Json, Keys, named, plain

__all__ = ["KEYS", "position", "question", "requirements"]


def question(advice: Advice, asked: Question) -> Json:
    """One open question: whose fact, what to ask of whom, and what hangs on it."""
    return {
        **named(asked, "fact partner"),
        "question": question_text(advice.knowledge, advice.region, asked),
        "to": addressee(advice.region, asked),
        **named(asked, "rules verdicts changes"),
    }


def requirements(advice: Advice, name: str) -> Json:
    """The requirements of VNG for one municipality, by rule."""
    return {
        one.rule: {"status": one.status, "gap": _gap(advice, one)}
        for one in advice.checklist.municipalities[name]
    }


def _gap(advice: Advice, requirement: ConnectionRequirement) -> Json | None:
    """What is missing; of the speed of answering also what is computed, missing or not."""
    if requirement.status == "met" and requirement.speed is None:
        return None
    remedy = advice.knowledge.rules[requirement.rule].remedy
    gap: Json = {
        "facts": {fact: _level(found) for fact, found in requirement.found.items()},
        "becomes": {} if remedy is None else {remedy.fact: remedy.becomes},
        "by": None if remedy is None else remedy.by,
    }
    if requirement.speed is not None:
        gap |= _speeds(advice, requirement.speed)
    return gap


def _level(found: Fact | None) -> object:
    return None if found is None or not found.known else found.value


def _speeds(advice: Advice, alone: AnswerSpeed) -> Json:
    """The norm, and how far from it a municipality is alone, and all of them together."""
    held, years = advice.checklist, advice.region.costs.years
    together = held.together and {
        "form": held.form,
        "year": years[-1],
        **plain(held.together, KEYS),
    }
    alone_too = {**plain(alone, KEYS), "hours": alone.hours}
    return {"norm": held.norm, "alone": alone_too, "together": together}


def position(advice: Advice, name: str) -> Json:
    """Where one municipality stands in Antwoord, and the survey for its size."""
    own, survey = advice.positions[name], advice.knowledge.survey
    size, benchmark = own.size_class, None
    if survey is not None and size is not None:
        benchmark = {
            "year": survey.year,
            "size_class": size,
            "respondents": survey.size_classes[size].respondents,
            "findings": {
                name: {**named(one, "phase everyone"), "own_size": one.by_size.get(size)}
                for name, one in survey.findings.items()
            },
        }
    return {**plain(own, KEYS), "benchmark": benchmark}


KEYS: Keys = {
    Norm: "share=target seconds=wait",
    AnswerSpeed: "in_time short_hours=short extra_fte extra_euro",
    HourSpeed: "start calls agents agents_norm in_time",
    Maturity: "phase target in_time aspects starting_situation=start",
    Target: "phase origin form by",
    InTime: "reachable available earliest latest",
    AspectPosition: "phase target to_go",
    Start: "id=situation possible ruled_out ask",
}
