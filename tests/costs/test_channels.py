"""Desk, post and internet: what it is worth when contacts move to a cheaper channel.

Figures by hand: 391.560 calls are 44% of all contacts, 29% are at the desk, of which 5% a year
moves to the internet, from € 27,50 to € 0,50 a contact (survey of 2014; the 5% is assumed).
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.arithmetic import measures
from decision.costs.break_even import break_even
from decision.costs.inputs import spans
from decision.costs.result import CostsError, costs
from decision.costs.setup import model
from decision.costs.uncertainty import uncertainty
from decision.model.figures import Moved
from tests.drechtsteden import drechtsteden, figures, published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.costs.result import ChannelUse, Costs
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

YEARS = (2009, 2010, 2011)
DESK = 391_560 / 0.44 * 0.29
"""Contacts at the desk in the Drechtsteden today, in a year."""

OF_CHANNELS = {
    "contacts_by_phone",
    "contacts_by_desk",
    "cost_contact_desk",
    "cost_contact_digital",
    "desk_to_digital",
}


@functools.cache
def found() -> Costs:
    """The cost of every form in the Drechtsteden."""
    return costs(published(), drechtsteden())


def with_kengetal(**values: float) -> Region:
    """The region with other kengetallen."""
    return drechtsteden().model_copy(update={"kengetallen": figures(values)})


def with_calculation(form: str, **changes: object) -> Knowledge:
    """The knowledge with another calculation for one form."""
    calculations = dict(published().calculations)
    calculations[form] = calculations[form].model_copy(update=changes)
    return published().model_copy(update={"calculations": calculations})


def channel(name: str, result: Costs | None = None) -> ChannelUse:
    """What is found about one channel."""
    return next(use for use in (result or found()).channels if use.channel == name)


def in_form(name: str, form: str = "4") -> Mapping[int, float]:
    """The contacts in one channel, year by year, in a form."""
    return channel(name).contacts_in[form]


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b"])
def test_the_publication_knows_telephony_only(form: str) -> None:
    """The five published calculations have no other channel in their cost."""
    assert {year.other_channels for year in found().forms[form].years.values()} == {0}


@pytest.mark.parametrize("form", ["4", "5"])
def test_desk_contacts_move_by_hand(form: str) -> None:
    """After each year 2% less is left at the desk, and each contact that moved saves € 27."""
    for passed, year in enumerate(found().forms[form].years.values()):
        moved = DESK * (1 - 0.98 ** (passed + 1))
        assert year.other_channels == pytest.approx(moved * (0.50 - 27.50) / year.calls)
    first = found().forms["4"].years[2009]
    assert round(first.other_channels, 2) == -0.40
    assert round(first.other_channels * first.calls) == -139_360


def test_telephony_stays_that_of_3a() -> None:
    """Forms 4 and 5 answer the telephone as 3a does; only the other channels are cheaper."""
    for year, plain in found().forms["3a"].years.items():
        wider = found().forms["4"].years[year]
        assert wider.hours == plain.hours
        assert wider.cost_per_call == plain.cost_per_call + wider.other_channels
        assert wider.total == wider.cost_per_call * wider.calls
        assert wider == found().forms["5"].years[year]


def test_contacts_of_today() -> None:
    """The calls say how many contacts the other channels have; of post nobody gives the cost."""
    shares = {"phone": 0.44, "desk": 0.29, "post": 0.16, "digital": 0.11}
    assert [use.channel for use in found().channels] == [*shares]
    for name, share in shares.items():
        assert channel(name).contacts == pytest.approx(391_560 / 0.44 * share)
    assert channel("desk").cost == pytest.approx(DESK * 27.50)
    assert channel("phone").cost_per_contact == 7.25
    assert (channel("post").cost_per_contact, channel("post").cost) == (None, None)


def test_what_leaves_the_desk_comes_in_by_internet() -> None:
    """No contact is lost, and post and the telephone are as they were calculated."""
    for passed, year in enumerate(YEARS):
        left = channel("desk").contacts - in_form("desk")[year]
        assert left == pytest.approx(DESK * (1 - 0.98 ** (passed + 1)))
        assert in_form("digital")[year] - channel("digital").contacts == pytest.approx(left)
        assert in_form("post")[year] == channel("post").contacts
        assert in_form("phone")[year] == found().forms["4"].years[year].calls
    assert set(channel("desk").contacts_in) == {"4", "5"}


@given(st.floats(0, 1), st.floats(0, 100), st.floats(0, 100))
def test_the_parts_add_up(each_year: float, desk: float, digital: float) -> None:
    """Whatever moves and whatever it costs: a call costs all its parts, and no contact is lost."""
    region = with_kengetal(
        desk_to_digital=each_year, cost_contact_desk=desk, cost_contact_digital=digital
    )
    result = costs(published(), region)
    uses = {use.channel: use for use in result.channels}
    for name, year in result.forms["4"].years.items():
        parts = year.price_first_line + (1 - year.direct) * year.price_second_line
        parts += year.depreciation + year.other_channels
        assert year.cost_per_call == pytest.approx(parts)
        assert year.other_channels * (digital - desk) >= 0
        remaining = sum(uses[one].contacts_in["4"][name] for one in ("desk", "digital"))
        assert remaining == pytest.approx(uses["desk"].contacts + uses["digital"].contacts)
        assert uses["desk"].contacts_in["4"][name] >= 0


def test_nothing_moves_nothing_saved() -> None:
    """Where no contact moves, form 4 costs what 3a costs."""
    result = costs(published(), with_kengetal(desk_to_digital=0.0)).forms
    for year, plain in result["3a"].years.items():
        assert result["4"].years[year] == plain


def test_avoided_calls_do_not_change_how_many_contacts_move() -> None:
    """Contacts follow from the calls of today, however many calls a form avoids."""
    avoiding = costs(with_calculation("4", calls_avoided=0.5), drechtsteden())
    use = channel("desk", avoiding)
    assert use == channel("desk")
    assert avoiding.forms["4"].years[2011].calls < found().forms["4"].years[2011].calls


def test_contacts_may_move_the_other_way() -> None:
    """Whoever sends people from the internet to the desk pays for it."""
    moved = Moved.model_validate({"from": "digital", "to": "desk", "each_year": "desk_to_digital"})
    result = costs(with_calculation("3a", moved=moved), drechtsteden())
    year = result.forms["3a"].years[2009]
    expected = 391_560 / 0.44 * 0.11 * 0.02 * 27.00 / year.calls
    assert year.other_channels == pytest.approx(expected)


def test_without_moves_there_is_nothing_to_tell() -> None:
    """When no form moves contacts, channels have no part in the calculation at all."""
    knowledge = with_calculation("4", moved=None)
    calculations = {**knowledge.calculations, "5": knowledge.calculations["4"]}
    knowledge = knowledge.model_copy(update={"calculations": calculations})
    assert costs(knowledge, drechtsteden()).channels == ()
    assert not OF_CHANNELS & set(spans(knowledge, drechtsteden()))
    costs(knowledge, with_kengetal(contacts_by_phone=0.0))


def test_a_promise_of_channels_may_disappoint_too() -> None:
    """Where half of its promise comes true, form 4 moves half of the contacts."""
    basis = model(published(), drechtsteden())
    half, full = (basis.at(kept=np.array([share])) for share in (0.5, 1.0))
    at = basis.forms.index("4")
    assert half.moved[0, at].tolist() == pytest.approx((full.moved[0, at] / 2).tolist())
    assert half.moved_euro[0, at].tolist() == pytest.approx((full.moved_euro[0, at] / 2).tolist())
    assert not half.moved[0, basis.forms.index("3a")].any()


def test_form_4_needs_less_of_its_promise() -> None:
    """What it saves at the desk comes on top, so form 4 beats 3b from a smaller share than 3a."""
    answers = break_even(published(), drechtsteden()).cost_per_call
    own, wider = (answers.shares[form]["3b"].years[2011].share for form in ("3a", "4"))
    assert own is not None
    assert wider is not None
    assert wider < own
    turns = answers.kengetallen["desk_to_digital"]["4"]["3a"].period
    assert turns.outcome == "turns"
    assert turns.values[0] == pytest.approx(0, abs=1e-9)


def test_channels_join_the_uncertainty() -> None:
    """The kengetallen of channels are drawn and shown as others are, and touch no other form."""
    assert set(spans(published(), drechtsteden())) >= OF_CHANNELS
    chart = uncertainty(published(), drechtsteden(), draws=1).tornado
    wide = {bar.kengetal: bar for bar in chart.bars("4", year=2011)}
    assert wide["desk_to_digital"].at_low > wide["desk_to_digital"].at_high
    assert wide["desk_to_digital"].at_low == pytest.approx(chart.base("3a", year=2011))
    plain = {bar.kengetal: bar.swing for bar in chart.bars("3a", year=2011)}
    assert all(plain.get(name, 0) == 0 for name in OF_CHANNELS)


@given(st.floats(0.3, 0.49), st.floats(0.23, 0.34), st.floats(0, 0.15))
def test_many_points_at_once_are_points_one_by_one(
    phone: float, desk: float, each_year: float
) -> None:
    """Draws calculated together give what each of them gives alone."""
    basis = model(published(), drechtsteden())
    drawn = {"contacts_by_phone": phone, "contacts_by_desk": desk, "desk_to_digital": each_year}
    together = {name: np.array([basis.kengetallen[name], value]) for name, value in drawn.items()}
    kept = np.array([1.0, 0.3])
    both = measures(basis, basis.at(together, kept))
    alone = measures(basis, basis.at({n: np.array([v]) for n, v in drawn.items()}, kept[1:]))
    assert both[1].tolist() == alone[0].tolist()
    assert both[0].tolist() == measures(basis, basis.at())[0].tolist()


@pytest.mark.parametrize(
    ("kengetal", "value", "allowed"),
    [
        ("contacts_by_phone", 0.0, "share_above_0"),
        ("contacts_by_phone", 1.5, "share_above_0"),
        ("contacts_by_desk", -0.1, "share"),
        ("contacts_by_post", 2.0, "share"),
        ("desk_to_digital", math.nan, "share"),
        ("cost_contact_desk", -1.0, "not_negative"),
        ("cost_contact_phone", math.inf, "not_negative"),
    ],
)
def test_impossible_kengetal_of_a_channel(kengetal: str, value: float, allowed: str) -> None:
    """A kengetal of a channel that cannot be is refused by name, with what it must be."""
    with pytest.raises(CostsError) as caught:
        costs(published(), with_kengetal(**{kengetal: value}))
    assert (caught.value.kengetal, caught.value.allowed) == (kengetal, allowed)


def test_a_region_that_nobody_calls_has_no_contacts() -> None:
    """Without calls nothing is known of the other channels, and nothing is saved."""
    result = costs(published(), with_kengetal(calls_per_inhabitant=0.0))
    assert {use.contacts for use in result.channels} == {0}
    assert {year.total for year in result.forms["4"].years.values()} == {0}
