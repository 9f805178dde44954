"""How well a configuration fits: every vote is counted, by hand if need be."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.eligibility.fit import Fit, fit, tally
from decision.load import Case, load_region
from tests.configurations import region_with, wishes_at_random

if TYPE_CHECKING:
    from collections.abc import Mapping

CASE = load_region("drechtsteden.yaml")
PLACE = "plaats-van-afhandeling"

randoms = st.integers(0, 2**32 - 1).map(Random)


def weighed(**weights: object) -> Case:
    """The region of the publication with other weights of wishes."""
    fit_weights = CASE.knowledge.fit.model_copy(update=weights)
    return Case(CASE.knowledge.model_copy(update={"fit": fit_weights}), CASE.region)


def profile_fit(case: Case, form: str) -> Fit:
    """How the profile of a form fits the wishes in a case."""
    return fit(case.knowledge, case.region, case.knowledge.forms[form].profile)


@pytest.mark.parametrize(
    ("form", "points"),
    [("0", 1.5), ("1", 1.5), ("2", 1.5), ("3a", 4), ("3b", 2.5), ("4", 4.5), ("5", 3.5)],
)
def test_the_forms_fit_as_counted_by_hand(form: str, points: float) -> None:
    """Six municipalities speak about the place and one about the channels: seven in all."""
    assert profile_fit(CASE, form).score == Fraction(str(points)) / 7


def test_each_partner_is_told_apart() -> None:
    """At the place of form 3a two get what they want, three can live with it, one cannot."""
    place = profile_fit(CASE, "3a").choices[PLACE]
    assert place.option == "D"
    assert place.wants == ("dordrecht", "zwijndrecht")
    assert place.accepts == ("alblasserdam", "hendrik-ido-ambacht", "papendrecht")
    assert place.other == ("sliedrecht",)
    assert place.refuses == ()
    assert place.adds == Fraction(7, 2) / 7


def test_the_wishes_that_a_form_breaks_are_named() -> None:
    """Outsourcing meets nobody's wish in full, and not even halfway in two municipalities."""
    place = profile_fit(CASE, "3b").choices[PLACE]
    assert (place.wants, place.other) == ((), ("papendrecht", "sliedrecht"))


@given(randoms)
def test_what_choices_and_partners_add_makes_the_score(random: Random) -> None:
    """The score can be taken apart by choice and by partner, and lies between 0 and 1."""
    regional = [wishes_at_random(random, CASE.knowledge) for _ in range(random.randint(0, 2))]
    wishes = [wishes_at_random(random, CASE.knowledge) for _ in range(random.randint(1, 4))]
    region = region_with(CASE, wishes, regional)
    chosen = {
        name: random.choice([*map(str, choice.options)])
        for name, choice in CASE.knowledge.choices.items()
    }
    found = fit(CASE.knowledge, region, chosen)
    assert found.score == tally(CASE.knowledge, region).score(chosen)
    if found.score is not None:
        assert 0 <= found.score <= 1
        assert sum(one.adds for one in found.choices.values()) == found.score
        assert sum(found.partners.values()) == found.score


def place_of(wishes: Mapping[str, list[str]]) -> Fit:
    """The fit of handling contacts in one place, for one municipality with these wishes."""
    region = region_with(CASE, [{kind: {PLACE: options} for kind, options in wishes.items()}])
    return fit(CASE.knowledge, region, {PLACE: "D"})


@pytest.mark.parametrize(
    ("wishes", "stance", "score"),
    [
        ({"wants": ["D"]}, "wants", 1),
        ({"accepts": ["D"]}, "accepts", Fraction(1, 2)),
        ({"wants": ["D"], "accepts": ["D"]}, "wants", 1),
        ({"wants": ["A"]}, "other", 0),
        ({"wants": ["A"], "refuses": ["D"]}, "refuses", 0),
        ({"refuses": ["D"]}, "refuses", None),
        ({"refuses": ["E"]}, None, None),
        ({"wants": []}, None, None),
        ({}, None, None),
    ],
)
def test_a_stance_has_one_meaning(
    wishes: dict[str, list[str]], stance: str | None, score: Fraction | None
) -> None:
    """What is wanted counts in full, what is accepted for half; a refusal is no wish."""
    found = place_of(wishes)
    place = found.choices[PLACE]
    named = [kind for kind in ("wants", "accepts", "other", "refuses") if getattr(place, kind)]
    assert named == ([] if stance is None else [stance])
    assert found.score == score


def test_larger_municipalities_can_have_more_votes() -> None:
    """With one vote for every 20.000 inhabitants or part of it, Dordrecht has six."""
    case = weighed(inhabitants_per_vote=20_000.0)
    # In the order of the region the six have 1, 6, 2, 2, 2 and 3 votes.
    spoken, points = 16 + 6, Fraction(1, 2) + 6 + 1 + 1 + 0 + 3 + 6
    assert profile_fit(case, "4").score == points / spoken


def test_an_organisation_has_the_votes_that_the_knowledge_gives_it() -> None:
    """Half a vote against a whole one: the municipality counts twice as much."""
    region = region_with(CASE, [{"wants": {PLACE: ["A"]}}], [{"wants": {PLACE: ["D"]}}])
    found = fit(CASE.knowledge, region, {PLACE: "D"})
    assert CASE.knowledge.fit.organisation == 0.5
    assert found.score == Fraction(1, 3)
    assert found.partners == {"dorp-0": 0, "dienst-0": Fraction(1, 3)}


def test_values_are_exact() -> None:
    """Ten times a tenth is one, whatever a computer makes of a tenth."""
    case = weighed(wanted=1.0, accepted=0.1)
    region = region_with(case, [{"accepts": {"kanalen": ["A"]}}] * 10)
    assert tally(case.knowledge, region).values["kanalen"]["A"] == 1


def test_a_choice_that_is_left_open_serves_nobody() -> None:
    """A profile that says nothing about the place meets no wish about it."""
    assert fit(CASE.knowledge, CASE.region, {"kanalen": "D"}).score == Fraction(1, 7)
