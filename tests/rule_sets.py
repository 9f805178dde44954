"""Small random rule sets with their regions, for laws that are checked by trying everything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from decision.model.activities import Activity
from decision.model.capacity import Capacity
from decision.model.facts import Fact, Figure
from decision.model.figures import Kengetal
from decision.model.knowledge import FactDefinition, Knowledge
from decision.model.region import Municipality, Region
from decision.model.rules import Rule

MANY = 1000.0
"""So many days a week that no work takes longer for want of them."""

LEVELS = ("low", "middle", "high")
LOCAL, REGIONAL = ("a", "b"), ("r",)
FORM = "f"

Raw = dict[str, Any]
Declared = dict[str, dict[str, str]]
"""What is declared: per partner, per fact a level or ``unknown``."""


def definitions() -> dict[str, FactDefinition]:
    """Two facts of municipalities and one of the region, all on the same scale."""
    of = {**dict.fromkeys(LOCAL, "municipality"), **dict.fromkeys(REGIONAL, "region")}
    shared = {"question": "?", "levels": dict.fromkeys(LEVELS, "x")}
    return {
        name: FactDefinition.model_validate({"of": owner, "name": name, **shared})
        for name, owner in of.items()
    }


def activity(name: str, level: str, days: float, weeks: float, **more: object) -> Activity:
    """An activity with little more than its effort and duration."""
    return Activity.model_validate(
        {
            "name": name,
            "does": "x",
            "who": "x",
            "level": level,
            "forms": (FORM,),
            "effort": {"days": days, "range": (0.0, 99.0)},
            "duration": {"weeks": weeks, "range": (0.0, 99.0)},
            "source": {"document": "d", "place": "p"},
            **more,
        }
    )


ACTIVITIES = {
    "start": activity("start", "regional", 1, 2),
    "do-a": activity(
        "do-a", "local", 5, 4, of_each="municipality", when="remedy", after=("start",)
    ),
    "do-b": activity("do-b", "local", 3, 9, of_each="municipality", when="remedy", after=("do-a",)),
    "do-r": activity("do-r", "regional", 7, 3, when="remedy", after=("start",)),
    "draft-a": activity(
        "draft-a", "local", 1, 8, of_each="municipality", when="remedy", after=("start",)
    ),
    "draft-b": activity(
        "draft-b", "local", 2, 3, of_each="municipality", when="remedy", after=("start",)
    ),
    "draft-r": activity("draft-r", "regional", 9, 1, when="remedy", after=("start",)),
}
DOES = {
    (fact, level): f"{way}-{fact}"
    for fact in (*LOCAL, *REGIONAL)
    for level, way in (("high", "do"), ("middle", "draft"))
}
"""The activity that brings a fact to a level."""


def rule(requires: Raw, of: str, remedied: str | None, becomes: str = LEVELS[-1]) -> Rule:
    """A rule that keeps the form away, with the remedy that brings one fact to a level."""
    remedy = remedied and {"fact": remedied, "becomes": becomes, "by": DOES[remedied, becomes]}
    return Rule.model_validate(
        {
            "kind": "form",
            "guards": (FORM,),
            "of_each": of,
            "requires": requires,
            "otherwise": "excludes" if of == "region" else "joins_later",
            "because": "x",
            "remedy": remedy,
            "source": {"document": "d", "place": "p"},
        }
    )


def comparisons(facts: tuple[str, ...]) -> st.SearchStrategy[Raw]:
    """One of these facts held against a level."""
    return st.builds(
        lambda fact, comparator, level: {"fact": fact, comparator: level},
        st.sampled_from(facts),
        st.sampled_from(("is", "at_least", "at_least", "at_most")),
        st.sampled_from(LEVELS),
    )


def combined(leaves: st.SearchStrategy[Raw], most: int = 4) -> st.SearchStrategy[Raw]:
    """Any combination of these requirements, up to a few levels deep."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=most,
    )


def quantities() -> st.SearchStrategy[Raw]:
    """A requirement on enough municipalities."""
    measures = st.one_of(
        st.builds(lambda n: {"count": n}, st.integers(1, 4)),
        st.just({"count": "all"}),
        st.builds(lambda s: {"share": s}, st.sampled_from((0.1, 0.28, 0.5, 1.0))),
        st.builds(lambda s: {"share_of_inhabitants": s}, st.sampled_from((0.28, 0.5, 0.7))),
    )
    inner = combined(comparisons(LOCAL), 2)
    return st.builds(lambda part, measure: {"municipalities": part, **measure}, inner, measures)


def rules() -> st.SearchStrategy[Rule]:
    """A rule for the region (often about enough municipalities) or for each municipality."""
    remedied = st.sampled_from(((None, LEVELS[-1]), *DOES))
    regional = combined(st.one_of(quantities(), comparisons(REGIONAL)), 3)
    return st.one_of(
        st.builds(lambda requires, by: rule(requires, "region", *by), regional, remedied),
        st.builds(
            lambda requires, by: rule(requires, "municipality", *by),
            combined(comparisons(LOCAL), 3),
            remedied,
        ),
    )


def knowledge_of(found: list[Rule]) -> Knowledge:
    """The knowledge that holds these rules and nothing that they do not need."""
    days: Raw = {"value": MANY}
    capacity: Raw = {"team": "days", "local": "days", "by_size": "days", "shares": ()}
    parts: Raw = {
        "facts": definitions(),
        "forms": {FORM: None},
        "rules": {f"rule-{number}": one for number, one in enumerate(found)},
        "activities": ACTIVITIES,
        "capacity": Capacity.model_construct(**capacity),
        "kengetallen": {"days": Kengetal.model_construct(**days)},
    }
    return Knowledge.model_construct(**parts)


def region_of(declared: Declared, sizes: dict[str, float]) -> Region:
    """The region with these facts; a municipality for every size."""
    parts: Raw = {
        "id": "region",
        "number": "078",
        "facts": facts_of(declared["region"]),
        "municipalities": {
            name: municipality(declared[name], size) for name, size in sizes.items()
        },
        "organisations": {},
        "neighbours": {},
    }
    return Region.model_construct(**parts)


def municipality(declared: dict[str, str], size: float) -> Municipality:
    """A municipality of so many inhabitants."""
    parts: Raw = {
        "facts": facts_of(declared),
        "coverage": {"078": 1.0},
        "inhabitants": Figure(value=size),
    }
    return Municipality.model_construct(**parts)


def facts_of(declared: dict[str, str]) -> dict[str, Fact]:
    """Declared levels as facts."""
    return {name: Fact(value=value) for name, value in declared.items()}


@st.composite
def rule_sets(
    draw: st.DrawFn, most_rules: int = 3, towns: int = 2
) -> tuple[Knowledge, Region, tuple[str, ...]]:
    """Rules, a region, and the municipalities that must be ready."""
    levels = st.sampled_from((*LEVELS, "unknown"))
    names = tuple(f"town{number}" for number in range(towns))
    declared = {name: {fact: draw(levels) for fact in LOCAL} for name in names}
    declared["region"] = {fact: draw(levels) for fact in REGIONAL}
    sizes = {name: draw(st.sampled_from((1.0, 2.0, 7.0, 18.0, 2.5))) for name in names}
    found = draw(st.lists(rules(), min_size=1, max_size=most_rules))
    partners = tuple(draw(st.lists(st.sampled_from(names), unique=True)))
    return knowledge_of(found), region_of(declared, sizes), partners
