"""The machine contract: what is asked of the municipalities, and where they stand."""

from __future__ import annotations

from typing import Any

from decision.advice.advice import Advice
from decision.advice.checklist import AnswerSpeed, ConnectionRequirement, HourSpeed
from decision.advice.positions import Position
from decision.advice.questions import Question, addressee, question_text
from decision.model.facts import Fact

__all__ = ["position", "question", "requirements"]

Json = dict[str, Any]


def question(advice: Advice, asked: Question) -> Json:
    """One open question: whose fact, what to ask of whom, and what hangs on it."""
    return {
        "fact": asked.fact,
        "partner": asked.partner,
        "question": question_text(advice.knowledge, advice.region, asked),
        "to": addressee(advice.region, asked),
        "rules": list(asked.rules),
        "verdicts": asked.verdicts,
        "could_change": [{"what": one.what, "id": one.id} for one in asked.could_change],
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


def _level(found: Fact | None) -> str | list[str] | None:
    if found is None or not found.known:
        return None
    return list(found.value) if isinstance(found.value, tuple) else found.value


def _speeds(advice: Advice, alone: AnswerSpeed) -> Json:
    """The norm, and how far from it a municipality is alone, and all of them together."""
    norm, together = advice.checklist.norm, advice.checklist.together
    return {
        "norm": None if norm is None else {"share": norm.target, "seconds": norm.wait},
        "alone": {**_speed(alone), "hours": [_hour(one) for one in alone.hours]},
        "together": together
        and {
            "form": advice.checklist.form,
            "year": advice.region.costs.years[-1],
            **_speed(together),
        },
    }


def _speed(speed: AnswerSpeed) -> Json:
    return {
        "in_time": speed.in_time,
        "short_hours": speed.short,
        "extra_fte": speed.extra_fte,
        "extra_euro": speed.extra_euro,
    }


def _hour(hour: HourSpeed) -> Json:
    return {
        "start": hour.start,
        "calls": hour.calls,
        "agents": hour.agents,
        "agents_norm": hour.agents_norm,
        "in_time": hour.in_time,
    }


def position(advice: Advice, name: str) -> Json:
    """Where one municipality stands in Antwoord, and the survey for its size."""
    own = advice.positions[name]
    return {
        "phase": own.phase,
        "target": own.target
        and {"phase": own.target.phase, "origin": own.target.origin, "form": own.target.form},
        "aspects": {
            aspect: {"phase": one.phase, "target": one.target, "to_go": one.to_go}
            for aspect, one in own.aspects.items()
        },
        "starting_situation": {
            "id": own.start.situation,
            "possible": list(own.start.possible),
            "ruled_out": list(own.start.ruled_out),
            "ask": list(own.start.ask),
        },
        "benchmark": _benchmark(advice, own),
    }


def _benchmark(advice: Advice, own: Position) -> Json | None:
    """What all municipalities in the survey said, and those of the same size."""
    survey, size = advice.knowledge.survey, own.size_class
    if survey is None or size is None:
        return None
    return {
        "year": survey.year,
        "size_class": size,
        "respondents": survey.size_classes[size].respondents,
        "findings": {
            name: {"phase": one.phase, "everyone": one.everyone, "own_size": one.by_size.get(size)}
            for name, one in survey.findings.items()
        },
    }
