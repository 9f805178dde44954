"""What many tests need: the region of the publication, and its advice."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from decision.advice import Advice, decide
from decision.load import Case, load_region

# The gate tries the same examples every time, so that it passes or fails for what was changed;
# on a desk every run tries new ones. The machine's speed is no part of any law.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("gate" if os.environ.get("CI") == "true" else "desk")


@pytest.fixture(scope="session")
def drechtsteden() -> Case:
    """The region that comes with the program, as the sources describe it in July 2008."""
    return load_region("drechtsteden.yaml")


@pytest.fixture(scope="session")
def advice(drechtsteden: Case) -> Advice:
    """The advice on that region."""
    return decide(drechtsteden)
