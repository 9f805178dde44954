"""Assumptions: what no source states is told, and nothing of it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from decision.activities import Activity, Waves
from decision.advice import Assumption, decide
from decision.criteria import Criterion
from decision.figures import Calculation, Investment, Kengetal, Version
from decision.forms import FitWeights
from decision.knowledge import Knowledge
from decision.report import Report
from decision.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decision.advice import Advice
    from decision.load import Case

LISTED = {
    Activity,
    Calculation,
    Criterion,
    FitWeights,
    Investment,
    Kengetal,
    Rule,
    Version,  # the kengetal of its date has what it says
    Waves,
}
"""The kinds of entries that the advice lists when they are assumed."""


def models(kind: Any, met: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    """Every model that an annotation leads to."""
    for part in get_args(kind):
        yield from models(part, met)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in met:
        met.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, met)


def test_the_advice_lists_every_kind_of_entry_that_can_be_assumed() -> None:
    """Who lets an expert mark another kind of entry as assumed, must list it as well."""
    found = set(models(Knowledge, set()))
    assert Activity in found
    assert {one for one in found if {"assumed", "assumed_for"} & {*one.model_fields}} == LISTED


def test_how_wishes_count_is_an_assumption(advice: Advice) -> None:
    """No source says what a wish weighs, so the report says why we count as we do."""
    assert Assumption("fit", "fit") in advice.assumptions
    for lang, title in (("nl", "Het tellen van wensen"), ("en", "How wishes are counted")):
        assert title in Report(advice, lang, wanted=["assumptions"]).text("md")


def test_what_a_source_states_is_no_assumption(drechtsteden: Case) -> None:
    """Once a source backs it up, it is listed no more."""
    stated = drechtsteden.knowledge.fit.model_copy(update={"assumed": False})
    knowledge = drechtsteden.knowledge.model_copy(update={"fit": stated})
    found = decide(replace(drechtsteden, knowledge=knowledge)).assumptions
    assert "fit" not in {one.kind for one in found}
