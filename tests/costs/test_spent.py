"""What was bought already is not bought again, in any output."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decision.advice import advice as stages
from decision.advice.advice import Advice, decide
from decision.load import Case
from decision.model.current import Current, Spent
from tests.regions import base, case_of
from tests.searching import examples

ITEMS = [*base().knowledge.investments]
TOWNS = [*base().region.municipalities]


def having(items: list[str], towns: dict[str, list[str]]) -> Case:
    """The Drechtsteden in which the region and some municipalities have some items already."""

    def current(of: list[str]) -> Current:
        return Current(spent={item: Spent(euro="unknown") for item in of})

    region = base().region
    new = {
        name: one.model_copy(update={"current": current(towns.get(name, []))})
        for name, one in region.municipalities.items()
    }
    return case_of(region.model_copy(update={"municipalities": new, "current": current(items)}))


def investments(advice: Advice) -> list[float]:
    """Every investment that an advice tells: by form, by route, and of who begins."""
    found = advice.findings
    chosen = found.about("3a")
    assert chosen.settlement is not None
    return [
        *(one.investment for one in advice.costs.forms.values()),
        *(one.investment for one in chosen.routes),
        chosen.settlement.investment,
    ]


@examples(15)
@given(
    items=st.lists(st.sampled_from(ITEMS), unique=True),
    towns=st.dictionaries(
        st.sampled_from(TOWNS), st.lists(st.sampled_from(ITEMS), unique=True), max_size=3
    ),
)
def test_what_was_bought_is_not_paid_again(items: list[str], towns: dict[str, list[str]]) -> None:
    """Nobody pays more for having something, and what all have costs nobody anything."""
    before, after = stages.decide(base()), decide(having(items, towns))
    both = zip(investments(after), investments(before), strict=True)
    assert all(now <= then for now, then in both)
    forms = after.costs.forms.values()
    assert all(one.investments.get(item, 0.0) == 0.0 for one in forms for item in items)


def test_a_municipality_that_has_an_item_leaves_it_to_the_others() -> None:
    """Form 1 asks an ACD of € 25.000 of each of six (table 5.5); Dordrecht has one."""
    costs = decide(having([], {"dordrecht": ["acd"]})).costs.forms["1"]
    assert costs.investments["acd"] == 5 * 25_000


def test_who_has_everything_invests_nothing() -> None:
    """Every investment of the region is behind it."""
    assert {*investments(decide(having(ITEMS, {})))} == {0.0}
