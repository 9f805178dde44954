"""What templates may ask of an advice: names, labels and small selections, no sentences."""

from __future__ import annotations

from decision.report.view.costing import Costing
from decision.report.view.route import Route
from decision.report.view.sources import Sources
from decision.report.view.verdicts import Verdicts

__all__ = ["View"]


class View(Sources, Verdicts, Route, Costing):
    """The advice as the templates see it; every method is a plain look-up."""
