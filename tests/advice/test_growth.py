"""The way on from the advised form: what the region wants counts, and contradictions are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.advice.growth import growth
from decision.eligibility.verdicts import eligibility
from decision.load import load_region
from decision.report.report import Report
from tests.searching import examples

CASE = load_region("drechtsteden.yaml")
KNOWLEDGE, REGION = CASE.knowledge, CASE.region
FOUND = eligibility(KNOWLEDGE, REGION)
FORMS = st.sampled_from([*KNOWLEDGE.forms])
WISH = st.none() | FORMS


def ahead(form: str) -> list[str]:
    """The forms that this one grows into, one after another."""
    path = []
    while (after := KNOWLEDGE.forms[form].grows_into) is not None:
        path.append(after)
        form = after
    return path


@examples(60)
@given(FORMS, WISH, WISH)
def test_what_the_region_wants_always_counts(
    advised: str, ambition: str | None, end: str | None
) -> None:
    """The end state that is declared is the end, and the next step goes to what is wanted."""
    region = REGION.model_copy(update={"ambition": ambition, "end_state": end})
    found = growth(KNOWLEDGE, region, FOUND, advised)
    assert (found.ambition is None, found.wanted_end is None) == (ambition is None, end is None)
    if end is not None:
        assert found.end_state == end
    if found.wanted_end in ("reached", "passed"):
        assert found.next is None
    elif found.next is not None:
        wanted = {one for one in (ambition, end) if one is not None}
        assert found.next in ahead(advised)[:1] or found.next in wanted
    if found.ambition == "ahead" and found.wanted_end not in ("reached", "passed"):
        assert found.next == ahead(advised)[0]
    beyond = ambition is not None and end is not None and ambition in ahead(end)
    assert found.beyond == beyond


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            ("ambition=4",),
            "vorm 4 Samen Afhandelen over meerdere kanalen; daar wil de regio naartoe.",
        ),
        (("ambition=5",), "De regio wil naar vorm 5"),
        (("ambition=1",), "De regio wil naar vorm 1 Samen Beheren. Dit advies gaat al verder."),
        (("ambition=3b",), "Die ligt niet op het groeipad van de aanbevolen vorm."),
        (("end_state=1",), "Dit advies gaat daar al voorbij."),
        (("ambition=5", "end_state=4"), "gaat verder dan haar einddoel, vorm 4."),
    ],
)
def test_the_summary_holds_the_advice_against_the_wish(changes: tuple[str, ...], says: str) -> None:
    """A reader sees whether the advice is less, more or something else than was wanted."""
    advice = decide(load_region("drechtsteden.yaml", changes=changes))
    assert says in " ".join(Report(advice, wanted=["summary"]).text("md").split())


def test_what_is_missing_for_the_ambition_is_told() -> None:
    """Chapter 6: vision, capacity and knowledge keep the Drechtsteden from form 4."""
    found = growth(KNOWLEDGE, REGION, FOUND, "3a")
    assert (found.next, found.end_state, found.ambition) == ("4", "5", "ahead")
    assert found.missing == FOUND.forms["4"].excluded_by
    text = Report(decide(CASE), wanted=["summary"]).text("md")
    assert "visie vaststellen, capaciteit vrijmaken, en kennisbank overnemen en vullen" in " ".join(
        text.split()
    )


def test_without_a_form_there_is_no_way_on() -> None:
    """Nothing grows out of nothing."""
    found = growth(KNOWLEDGE, REGION, FOUND, None)
    assert (found.next, found.end_state) == (None, None)
