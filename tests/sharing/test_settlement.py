"""The frontrunner rule: who starts pays for all, and who joins later pays its part back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.sharing.settlement import settlement

if TYPE_CHECKING:
    from decision.load import Case

FIRST = ("dordrecht", "papendrecht", "zwijndrecht")
WAVES = ((0, FIRST), (1, ("alblasserdam",)), (2, ("hendrik-ido-ambacht",)))
EVERYONE = (*FIRST, "alblasserdam", "hendrik-ido-ambacht", "sliedrecht")


def test_who_starts_pays_all_and_is_paid_back(drechtsteden: Case) -> None:
    """Three start and pay € 395.000 (tabel 5.5); two pay their part by inhabitants on joining."""
    people = drechtsteden.region.sizes
    known = drechtsteden.knowledge, drechtsteden.region
    found = settlement(*known, "3a", WAVES, 2009).municipalities
    starting, all_five = sum(people[name] for name in FIRST), sum(people[name] for name in found)
    assert sum(found[name].pays for name in FIRST) == pytest.approx(395_000)
    for name in FIRST:
        assert found[name].pays == pytest.approx(395_000 * people[name] / starting)
        assert found[name].year == 2009
    later = found["alblasserdam"]
    assert later.pays == pytest.approx(395_000 * 18_666 / all_five)
    assert (later.year, later.receives) == (2010, 0)
    assert "sliedrecht" not in found


def test_who_installs_its_own_pays_that_itself(drechtsteden: Case) -> None:
    """In form 1 each pays its € 40.000 itself; only the € 60.000 for the region is settled."""
    found = settlement(drechtsteden.knowledge, drechtsteden.region, "1", WAVES, 2009)
    assert found.investment == pytest.approx(60_000 + 5 * 40_000)
    assert sum(one.receives for one in found.municipalities.values()) < 60_000


@given(
    st.permutations(EVERYONE),
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
    st.sampled_from(["1", "3a", "3b"]),
)
def test_in_the_end_everyone_pays_by_inhabitants(
    drechtsteden: Case, order: list[str], sizes: list[int], form: str
) -> None:
    """Whoever starts and however many waves follow, the same municipalities end up the same."""
    waves, rest = [], order
    for year, size in enumerate(sizes):
        waves.append((year, rest[:size]))
        rest = rest[size:]
    region, knowledge = drechtsteden.region, drechtsteden.knowledge
    found = settlement(knowledge, region, form, waves, 2009)
    at_once = settlement(knowledge, region, form, [(0, [*found.municipalities])], 2009)
    assert found.investment == pytest.approx(at_once.investment)
    for name, one in found.municipalities.items():
        assert one.net == pytest.approx(at_once.municipalities[name].net)
    received = sum(one.receives for one in found.municipalities.values())
    paid = sum(one.pays for one in found.municipalities.values())
    assert received == pytest.approx(paid - found.investment, abs=1e-6)


def test_nobody_joins_and_nothing_is_settled(drechtsteden: Case) -> None:
    """Without waves there is nobody to pay."""
    found = settlement(drechtsteden.knowledge, drechtsteden.region, "3a", (), 2009)
    assert (found.investment, found.municipalities) == (0, {})
