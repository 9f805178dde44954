"""The groupings of the Drechtsteden, worked out once."""

from __future__ import annotations

import pytest

from decision.grouping.compared import groupings
from decision.grouping.declared import Engine
from decision.grouping.result import Groupings
from decision.model.search import SearchLimits
from tests.regions import base


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The whole engine for the Drechtsteden."""
    return Engine(base())


@pytest.fixture(scope="session")
def found() -> Groupings:
    """The declared groupings of the Drechtsteden, with what a search adds."""
    return groupings(base(), SearchLimits())
