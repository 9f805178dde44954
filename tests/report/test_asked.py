"""What a rule asks, in words: every kind of requirement in every other kind, as it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from decision.load import load_region
from decision.model.requirements import Predicate
from decision.report.view.asked import Phrases
from decision.words.catalogue import catalogue
from tests.command_line import REGION
from tests.rule_sets import combined

Json = dict[str, Any]

PREDICATES: TypeAdapter[Predicate] = TypeAdapter(Predicate)
VISION = {"fact": "vision", "at_least": "vastgesteld"}
SYSTEM = {"fact": "shared_system", "is": "ja"}
HANDLING = {"fact": "handling", "includes": "regio"}
ANSWERS = {"fact": "vision", "one_of": ["geen", "in_voorbereiding"]}


@cache
def phrases(lang: str) -> Phrases:
    """How the knowledge of the program is told."""
    return Phrases(load_region(REGION, lang=lang), catalogue(lang, "words"), lang)


def told(requires: Json, lang: str = "nl") -> str:
    """A requirement in words."""
    return phrases(lang).asked_in_full(PREDICATES.validate_python(requires))


def several(requires: Json, **measure: float | str) -> Json:
    """A requirement on enough municipalities."""
    return {"municipalities": requires, **measure}


V, NOT_V = (
    "visie op dienstverlening: minstens visie uitgewerkt en vastgesteld",
    ("visie op dienstverlening: lager dan visie uitgewerkt en vastgesteld"),
)
S, NOT_S = (
    "één systeem voor klantcontact: één systeem",
    ("één systeem voor klantcontact: iets anders dan één systeem"),
)
H = "wie de telefoon mag afhandelen"
TOLD: list[tuple[Json, str]] = [
    (VISION, V),
    ({"not": VISION}, NOT_V),
    ({"not": {"not": VISION}}, V),
    (
        {"not": {"fact": "vision", "at_most": "geen"}},
        "visie op dienstverlening: hoger dan geen visie",
    ),
    (ANSWERS, "visie op dienstverlening: geen visie of visie in voorbereiding"),
    (
        {"not": ANSWERS},
        "visie op dienstverlening: iets anders dan geen visie of visie in voorbereiding",
    ),
    (HANDLING, f"{H}: onder meer een regionale organisatie"),
    ({"not": HANDLING}, f"{H}: zonder een regionale organisatie"),
    ({"fact": "handling", "is": "eigen"}, f"{H}: alleen de eigen organisatie"),
    (
        {"not": {"fact": "handling", "is": "eigen"}},
        f"{H}: ook iets anders dan de eigen organisatie",
    ),
    (
        {"fact": "handling", "one_of": ["regio", "extern"]},
        f"{H}: niets anders dan een regionale organisatie of een externe partij",
    ),
    ({"all": [VISION, SYSTEM]}, f"{V}; en {S}"),
    ({"any": [VISION, SYSTEM]}, f"{V}; of {S}"),
    ({"any": [VISION]}, V),
    ({"not": {"all": [VISION, SYSTEM]}}, f"{NOT_V}; of {NOT_S}"),
    ({"not": {"any": [VISION, SYSTEM]}}, f"{NOT_V}; en {NOT_S}"),
    ({"all": [{"any": [VISION, SYSTEM]}, SYSTEM]}, f"({V}; of {S}); en {S}"),
    ({"any": [{"not": {"any": [VISION, SYSTEM]}}, SYSTEM]}, f"({NOT_V}; en {NOT_S}); of {S}"),
    (several(VISION, count=1), f"minstens één gemeente, met {V}"),
    (several(VISION, count=3), f"minstens 3 gemeenten, met {V}"),
    (several(VISION, count="all"), f"alle gemeenten, met {V}"),
    (several(VISION, share=0.5), f"minstens 50% van de gemeenten, met {V}"),
    (several(VISION, share=0.125), f"minstens 12,5% van de gemeenten, met {V}"),
    (several(VISION, share=1.0), f"alle gemeenten, met {V}"),
    (
        several(VISION, share_of_inhabitants=0.4),
        f"gemeenten met samen minstens 40% van de inwoners, met {V}",
    ),
    ({"not": several(VISION, count=1)}, f"geen enkele gemeente, met {V}"),
    ({"not": several(VISION, count=3)}, f"minder dan 3 gemeenten, met {V}"),
    ({"not": several(VISION, count="all")}, f"niet alle gemeenten, met {V}"),
    ({"not": several(VISION, share=0.5)}, f"minder dan 50% van de gemeenten, met {V}"),
    (
        {"not": several(VISION, share_of_inhabitants=0.4)},
        f"gemeenten met samen minder dan 40% van de inwoners, met {V}",
    ),
    (several({"not": VISION}, count=3), f"minstens 3 gemeenten, met {NOT_V}"),
    (
        several({"any": [VISION, HANDLING]}, count=3),
        f"minstens 3 gemeenten, met ({V}; of {H}: onder meer een regionale organisatie)",
    ),
    (
        {"any": [several({"not": {"not": VISION}}, count=3), SYSTEM]},
        f"(minstens 3 gemeenten, met {V}); of {S}",
    ),
]


def test_a_requirement_is_told_as_it_is() -> None:
    """Every kind of requirement in every other kind, in words that say that and nothing else."""
    for requires, expected in TOLD:
        assert told(requires) == expected, requires


IN_ENGLISH: list[tuple[Json, str]] = [
    (
        several({"not": ANSWERS}, count=3),
        (
            "at least 3 municipalities, with vision for services: something other than no "
            "vision or vision in preparation"
        ),
    ),
    (
        {"not": several({"any": [VISION, {"not": HANDLING}]}, share=0.5)},
        (
            "less than 50% of the municipalities, with (vision for services: at least vision "
            "worked out and adopted; or who may handle the calls: without a regional "
            "organisation)"
        ),
    ),
    (
        {"all": [{"not": several(VISION, count=1)}, SYSTEM]},
        (
            "(not one municipality, with vision for services: at least vision worked out and "
            "adopted); and one system for customer contact: one system"
        ),
    ),
]


def test_in_english_a_requirement_is_told_as_it_is_too() -> None:
    """The same phrases in English."""
    for requires, expected in IN_ENGLISH:
        assert told(requires, "en") == expected, requires


def asked_of(facts: dict[str, tuple[str, ...]]) -> st.SearchStrategy[Json]:
    """A fact held against one of its levels, in one of the ways that it allows."""
    levels = phrases("nl").knowledge.facts
    return st.sampled_from(
        [
            {"fact": fact, way: [level, *rest] if way == "one_of" else level}
            for fact, ways in facts.items()
            for way in ways
            for level, *rest in (
                [*levels[fact].levels][at : at + 2] for at in range(len(levels[fact].levels))
            )
        ]
    )


SCALE = ("is", "at_least", "at_most", "one_of")
LOCAL = combined(asked_of({"vision": SCALE, "handling": ("is", "one_of", "includes")}))
MEASURES = st.sampled_from(
    [{"count": 1}, {"count": 3}, {"count": "all"}, {"share": 0.5}, {"share": 1.0}]
    + [{"share_of_inhabitants": share} for share in (0.4, 1.0)]
)
ANYTHING = combined(
    asked_of({"shared_system": SCALE, "regional_vision": SCALE})
    | st.builds(lambda inner, measure: {"municipalities": inner, **measure}, LOCAL, MEASURES)
)
LANGS = st.sampled_from(["nl", "en"])


@given(ANYTHING, ANYTHING, LANGS)
def test_words_follow_the_logic_of_what_is_asked(one: Json, other: Json, lang: str) -> None:
    """Not is never told as is, nor one of them as both; what means the same is told the same."""

    def say(requires: Json) -> str:
        return told(requires, lang)

    neither = [{"not": one}, {"not": other}]
    assert say({"not": one}) != say(one) == say({"not": {"not": one}})
    assert say({"any": [one, other]}) != say({"all": [one, other]})
    assert say({"not": {"all": [one, other]}}) == say({"any": neither})
    assert say({"not": {"any": [one, other]}}) == say({"all": neither})


@given(LOCAL, LOCAL, MEASURES, LANGS)
def test_words_follow_the_logic_within_a_count(
    one: Json, other: Json, measure: Json, lang: str
) -> None:
    """Counting those that do is not told as counting those that do not."""
    both, either = {"all": [one, other]}, {"any": [one, other]}
    phrases = [told(several(part, **measure), lang) for part in (one, {"not": one}, both, either)]
    assert phrases[0] != phrases[1]
    assert phrases[2] != phrases[3]
    assert told({"not": several(one, **measure)}, lang) not in phrases
