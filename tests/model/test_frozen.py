"""What is loaded or found stays as it is: nothing in a case or an advice can be changed."""

from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import fields, is_dataclass
from fractions import Fraction
from types import NoneType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import BaseModel

from decision.grouping.compared import groupings
from decision.load.places import Places
from decision.model.frozen import FrozenDict, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from decision.advice.advice import Advice
    from decision.load import Case

PLAIN = (str, int, float, bool, NoneType, Fraction, Places)


def changeable(value: object, at: str) -> Iterator[str]:
    """The places below a value where something can be changed."""
    inner: list[tuple[object, object]] = []
    if isinstance(value, BaseModel):
        inner = [*value]
        if not value.model_config.get("frozen"):
            yield at
    elif is_dataclass(value):
        inner = [(one.name, getattr(value, one.name)) for one in fields(value)]
        if not vars(type(value))["__dataclass_params__"].frozen:
            yield at
    elif isinstance(value, FrozenDict):
        inner = [*value.items()]
    elif isinstance(value, tuple | frozenset):
        inner = [*enumerate(value)]
    elif not isinstance(value, PLAIN) and not _is_fixed_array(value):
        yield at
    for step, one in inner:
        yield from changeable(one, f"{at}.{step}")


def _is_fixed_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and not value.flags.writeable


def test_nothing_in_a_case_can_be_changed(drechtsteden: Case) -> None:
    """Region and knowledge, with all that they hold, stay as they were loaded."""
    assert [*changeable(drechtsteden, "case")] == []


def test_nothing_in_an_advice_can_be_changed(advice: Advice) -> None:
    """The results of the stages stay as they were found, and so does what follows from them."""
    assert [*changeable(advice, "advice")] == []
    found, chosen = advice.findings, advice.findings.chosen
    assert chosen is not None
    answers = [
        *(found.break_even, found.uncertainty, found.of_stated, found.overstaffing),
        *(found.verification, chosen.sharing, chosen.settlement),
        *(chosen.routes, chosen.shares_needed, chosen.outlook, chosen.derivation),
    ]
    assert [*changeable(tuple(answers), "findings")] == []


def test_groupings_cannot_be_changed(drechtsteden: Case) -> None:
    """What the groupings of a region come to stays as it was found."""
    assert [*changeable(groupings(drechtsteden), "groupings")] == []


@pytest.mark.parametrize("of", ["municipalities", "organisations", "groupings"])
def test_a_mapping_of_a_region_refuses_every_change(drechtsteden: Case, of: str) -> None:
    """Setting, removing, adding and emptying are all refused, and change nothing."""
    mapping: Any = getattr(drechtsteden.region, of)
    before, name = dict(mapping), next(iter(mapping))
    attempts: list[Callable[[], object]] = [
        lambda: mapping.__setitem__("x", 1),
        lambda: mapping.__delitem__(name),
        lambda: mapping.__ior__({"x": 1}),
        lambda: mapping.pop(name),
        mapping.popitem,
        lambda: mapping.setdefault("x", 1),
        lambda: mapping.update(x=1),
        mapping.clear,
    ]
    for attempt in attempts:
        with pytest.raises(TypeError, match="cannot be changed"):
            attempt()
    assert mapping == before


def test_a_copy_of_a_case_is_equal_and_as_frozen(drechtsteden: Case) -> None:
    """What is copied, pickled or made of a model with other values cannot be changed either."""
    region = drechtsteden.region
    changed = region.model_copy(update={"facts": {}, "municipalities": dict(region.municipalities)})
    pickled = pickle.loads(pickle.dumps(region))  # noqa: S301 - our own, made here
    for one in (deepcopy(region), pickled, changed):
        assert [*changeable(one, "region")] == []
        assert one.municipalities == region.municipalities


def test_whatever_is_frozen_is_so_to_the_bottom() -> None:
    """Lists become tuples, sets and mappings ones that cannot be changed, at any depth."""
    found = frozen({"a": [{"b": {1, 2}}], "c": ({"d": []},)})
    assert found == {"a": ({"b": {1, 2}},), "c": ({"d": ()},)}
    assert [*changeable(found, "it")] == []
