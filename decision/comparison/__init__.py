"""Regions, years or variants side by side: what differs in what goes in and in what comes out."""

from decision.comparison.compare import (
    TOPICS,
    Change,
    Comparison,
    Difference,
    Measures,
    Side,
    compare,
)

__all__ = ["TOPICS", "Change", "Comparison", "Difference", "Measures", "Side", "compare"]
