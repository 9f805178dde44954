"""What many tests need: the region of the publication, and its advice."""

from __future__ import annotations

import pytest

from decision.advice import Advice, decide
from decision.load import Case, load_region


@pytest.fixture(scope="session")
def drechtsteden() -> Case:
    """The region that comes with the program, as the sources describe it in July 2008."""
    return load_region("drechtsteden.yaml")


@pytest.fixture(scope="session")
def advice(drechtsteden: Case) -> Advice:
    """The advice on that region."""
    return decide(drechtsteden)
