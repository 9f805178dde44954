"""Regions that nobody has drawn up: municipalities with any facts, known or not, for laws."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from decision.load import Case, load_region
from decision.model.facts import Fact, Figure

if TYPE_CHECKING:
    from decision.model.knowledge import FactDefinition
    from decision.model.region import Municipality, Region

__all__ = ["DRECHTSTEDEN", "base", "case_of", "changed", "regions", "with_fact"]

DRECHTSTEDEN = "drechtsteden.yaml"
TOWNS = ("aa", "bee", "cee", "dee", "eem")
UNKNOWN = Fact(value="unknown")
REGULAR = (
    "vision",
    "board_support",
    "organisation_support",
    "capacity",
    "knowledge_base",
    "work_instructions",
    "cooperation",
    "adopts_antwoord",
    "joins_number",
    "pace",
    "handling",
    "workshop",
)
"""The facts of a municipality that decide what it takes part in, and when."""

OF_REGION = ("regional_vision", "contact_insight", "shared_system", "desk_uniformity", "direction")


@cache
def base() -> Case:
    """The knowledge that comes with the program, and a region to make others of."""
    return load_region(DRECHTSTEDEN)


def values(definition: FactDefinition) -> st.SearchStrategy[Fact]:
    """Any level of a fact, any levels of a set, or unknown."""
    levels = st.sampled_from([*definition.levels])
    if definition.kind == "scale":
        return st.one_of(levels.map(lambda one: Fact(value=one)), st.just(UNKNOWN))
    several = st.sets(levels, min_size=1).map(
        lambda some: Fact(value=tuple(one for one in definition.levels if one in some))
    )
    return st.one_of(several, st.just(UNKNOWN))


def _town(draw: st.DrawFn, name: str, at: int) -> Municipality:
    definitions = base().knowledge.facts
    like = base().region.municipalities["dordrecht"]
    willing = draw(st.booleans())
    facts = {name: draw(values(definitions[name])) for name in REGULAR}
    if willing:  # else hardly any region comes to a form
        yes = {"cooperation": "graag", "adopts_antwoord": "ja", "joins_number": "ja"}
        facts |= {name: Fact(value=value) for name, value in yes.items()}
        facts["handling"] = Fact(value=("eigen", "regio"))
    new = {
        "name": name.title(),
        "cbs": f"99{at:02}",
        "inhabitants": Figure(value=float(draw(st.integers(1, 9)) * 10_000)),
        "facts": facts,
        "positions": {},
        "target_phase": None,
        "wished_start": None,
        "weights": None,
        "weights_because": None,
        "note": None,
    }
    return like.model_copy(update=new)


@st.composite
def regions(draw: st.DrawFn, most: int = 4) -> Case:
    """A region of one to ``most`` municipalities, with nobody around it."""
    names = TOWNS[: draw(st.integers(1, most))]
    definitions = base().knowledge.facts
    new = {
        "municipalities": {name: _town(draw, name, at) for at, name in enumerate(names)},
        "organisations": {},
        "neighbours": {},
        "ties": {},
        "groupings": {},
        "facts": {name: draw(values(definitions[name])) for name in OF_REGION},
        "ambition": None,
        "end_state": None,
        "governance": None,
        "published": None,
    }
    return case_of(base().region.model_copy(update=new))


def case_of(region: Region) -> Case:
    """A region judged by the knowledge that comes with the program."""
    return Case(base().knowledge, region)


def with_fact(case: Case, name: str | None, fact: str, value: Fact) -> Case:
    """The case in which a municipality, or the region (None), declares something else."""
    region = case.region
    if name is None:
        return case_of(region.model_copy(update={"facts": {**region.facts, fact: value}}))
    town = region.municipalities[name]
    new = town.model_copy(update={"facts": {**town.facts, fact: value}})
    return changed(case, {**region.municipalities, name: new})


def changed(case: Case, municipalities: dict[str, Municipality]) -> Case:
    """The case with other municipalities."""
    return case_of(case.region.model_copy(update={"municipalities": municipalities}))
