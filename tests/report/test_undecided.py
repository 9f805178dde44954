"""The report where it is not yet clear which form is best: what decides, and nothing of a plan."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from decision.advice.advice import Advice, decide
from decision.advice.growth import growth
from decision.load import Case, load_region
from decision.model.weights import Weights
from decision.report.report import Report
from tests.scores.test_additive import regraded

if TYPE_CHECKING:
    from collections.abc import Mapping

REGION = "drechtsteden.yaml"


def with_grades(lang: str, form: str, grades: Mapping[str, int | str]) -> Advice:
    """The advice for the Drechtsteden with other grades for one form."""
    case = load_region(REGION, lang=lang)
    knowledge = case.knowledge
    for name, grade in grades.items():
        knowledge = regraded(knowledge, name, form, grade)
    return decide(Case(knowledge, case.region))


@cache
def unknown(lang: str) -> Advice:
    """Two grades of form 3a that nobody knows, on which it can win and lose."""
    names = ("klanttevredenheid", "grip-op-afhandeling", "lerende-organisatie")
    return with_grades(lang, "3a", dict.fromkeys(names, "unknown"))


@pytest.mark.parametrize(
    ("lang", "says", "decides"),
    [
        ("nl", "Nog niet te zeggen: vorm 3a", "Beslissend is welk cijfer vorm 3a krijgt op klant"),
        ("en", "It cannot be said yet: form 3a", "It depends on which grade form"),
    ],
)
def test_an_unknown_grade_that_can_change_the_winner_is_told(
    lang: str, says: str, decides: str
) -> None:
    """The summary says between which forms it is, on what it hangs, and how likely each is."""
    advice = unknown(lang)
    assert (advice.recommended, advice.candidates) == (None, ("3a", "2"))
    text = " ".join(Report(advice, lang, wanted=["summary"]).text("md").split())
    assert says in text
    assert decides in text
    assert ("47,5\u201372,5" if lang == "nl" else "47.5\u201372.5") in text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nothing_is_decided_paid_or_planned_before_it_is_known(lang: str) -> None:
    """Without a recommendation there is no draft decision, no division of money and no route."""
    text = Report(unknown(lang), lang).text("md")
    for words in (
        ("kies samenwerkingsvorm", "Ontwerpbesluit", "Wie betaalt wat", "Wat elke route kost")
        if lang == "nl"
        else ("choose form of cooperation", "Draft decision", "Who pays", "What each route costs")
    ):
        assert words not in text
    assert "None" not in text
    assert unknown(lang).roadmap is None


def test_a_tie_is_told_with_what_would_decide() -> None:
    """Two forms that score the same: a choice of weights decides, and neither is called highest."""
    case = load_region(REGION)
    grades = {
        name: one.grades["3a"].grade
        for name, one in case.knowledge.criteria.items()
        if one.grades is not None
    }
    advice = with_grades("nl", "2", grades)
    assert advice.recommended == "3a"  # the money still differs
    own = {"customer": 0.5, "organisation": 0.3, "implementation": 0.2, "cost": 0.0}
    region = case.region.model_copy(update={"weights": Weights(points=own)})
    tied = decide(Case(advice.knowledge, region))
    assert (tied.recommended, tied.candidates) == (None, ("2", "3a"))
    text = " ".join(Report(tied, wanted=["summary"]).text("md").split())
    assert "Beslissend is welke groep criteria de regio het zwaarst laat tellen." in text
    assert "hoogstens 0,5 zegt te weinig" in text


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", "Advies: onderzoek vorm 3a Samen Zelf Afhandelen.** Nog niet te zeggen: vorm 3a"),
        ("en", "Advice: look into form 3a Handle Together In-house.** It cannot be said yet"),
    ],
)
def test_a_form_that_may_be_reached_is_to_be_looked_into(lang: str, says: str) -> None:
    """Where the best form hangs on an open fact, the advice is to find that out first."""
    advice = decide(load_region(REGION, lang=lang))
    forms = dict(advice.scores.forms)
    forms["3a"] = replace(forms["3a"], reach="unknown", rank=None)
    ranked = replace(advice.scores, forms=forms)
    nowhere = growth(advice.knowledge, advice.region, advice.eligibility, None)
    open_one = replace(advice, scores=ranked, recommended=None, growth=nowhere, roadmap=None)
    text = " ".join(Report(open_one, lang, wanted=["summary"]).text("md").split())
    assert says in text
    assert ("of de regio kan beginnen met vorm 3a" if lang == "nl" else "can start with") in text
