"""What goes into an advice, as a reader calls it."""

from __future__ import annotations

import re

import pytest

from decision.comparison.inputs import facts_in
from decision.report.view.inputs import InputWords
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers
from tests.report.advices import LANGS, NAMES, advice

KEY = re.compile(r"\w_\w|[a-z]\.[a-z]|\b[a-z]+(?:-[a-z]+){2,}\b")
"""What only a file calls so: a key, a path or an id."""


def inputs(region: str, lang: str) -> InputWords:
    """The words for what one region declares."""
    return InputWords([advice(region, lang)], catalogue(lang, "words"), Numbers(lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", NAMES)
def test_whatever_a_region_declares_has_words(region: str, lang: str) -> None:
    """Who it is about, what it is and what it says, without a key, a path or an id."""
    said, found = inputs(region, lang), advice(region, lang)
    region_ = found.region
    named = (region_.municipalities, region_.organisations, region_.neighbours)
    names = [one.name for held in named for one in held.values()]
    people = re.compile("|".join(map(re.escape, names)))
    for steps, value in facts_in(found):
        if steps[-1] == "in_force" and not value:
            continue  # told where another advice has it
        told = f"{said.about(steps)}: {said.value(steps, value)}"
        assert not KEY.search(people.sub("", told)), (steps, told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "municipalities.sliedrecht.facts.joins_number=nee",
            "Sliedrecht: meedoen aan het gezamenlijke nummer: doet niet mee",
        ),
        ("facts.legal_form.value=unknown", "Juridische vorm: onbekend"),
        (
            "municipalities.dordrecht.wished_start=2009-06",
            "Dordrecht: gewenste begindatum: juni 2009",
        ),
        ("costs.years=[2009, 2010]", "Jaren van de berekening: 2009, 2010"),
        ("municipalities.dordrecht.inhabitants.value=100000", "Dordrecht: inwoners: 100.000"),
        ("municipalities.dordrecht.current.form=1", "Dordrecht: wat er al is (vorm): 1"),
        ("weights.points.customer=40", "Gewicht van klant: 40"),
        (
            "municipalities.dordrecht.facts.handling=[extern]",
            "Dordrecht: wie de telefoon mag afhandelen: een externe partij",
        ),
        ("costs.whole_calls=false", "Hele gesprekken per dag: nee"),
        ("groupings.een.groups=[]", "groupings.een.groups: -"),
    ],
)
def test_a_change_says_who_what_and_what_it_is_now(change: str, told: str) -> None:
    """Who tries something reads it in the banner and in a comparison in words."""
    assert inputs("drechtsteden", "nl").change(change) == told
