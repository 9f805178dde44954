"""All figures of an advice, in the order in which the document has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from decision.advice.advice import Advice
from decision.model.frozen import FrozenDict
from decision.report.charts.cash import cash, staff
from decision.report.charts.costs import costs, threshold
from decision.report.charts.diagram import Diagram
from decision.report.charts.ladder import ladder
from decision.report.charts.places import map_of_grouping, map_of_region
from decision.report.charts.planning import planning
from decision.report.charts.readiness import readiness
from decision.report.charts.scene import Scene
from decision.report.charts.scores import chances, contributions
from decision.report.view import View
from decision.words.catalogue import catalogue

__all__ = ["FIGURES", "figure_of_grouping", "figures"]

FIGURES: Mapping[str, Callable[[Scene], Diagram | None]] = {
    "map": map_of_region,
    "readiness": readiness,
    "ladder": ladder,
    "scores": contributions,
    "chances": chances,
    "costs": costs,
    "cash": cash,
    "threshold": threshold,
    "staff": staff,
    "planning": planning,
}
"""What makes each figure, by id; None where it has nothing to show."""


def figures(advice: Advice, lang: str) -> Mapping[str, Diagram]:
    """The figures of an advice by id; one that has nothing to show is not there."""
    scene = _scene(advice, lang)
    made = (make(scene) for make in FIGURES.values())
    return FrozenDict({one.id: one for one in made if one is not None})


def figure_of_grouping(advice: Advice, grouping: str, lang: str) -> Diagram | None:
    """The map of a declared grouping; None where nobody says where municipalities lie."""
    return map_of_grouping(_scene(advice, lang), grouping)


def _scene(advice: Advice, lang: str) -> Scene:
    return Scene(View(advice, catalogue(lang, "words")), lang)
