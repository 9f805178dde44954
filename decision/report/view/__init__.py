"""What templates may ask of an advice: names, labels and small selections, no sentences."""

from __future__ import annotations

from decision.report.view.branches import Branches
from decision.report.view.municipal import Municipal
from decision.report.view.robustness import Robust
from decision.report.view.steps import Stretches

__all__ = ["View"]


class View(Stretches, Branches, Municipal, Robust):
    """The advice as the templates see it; every method is a plain look-up."""
