"""Design your own: the best of all configurations of the inrichtingskeuzes for a region."""

from decision.design.best import (
    Configuration,
    Design,
    Difference,
    FormFit,
    design,
    differences,
)
from decision.design.conflict import Refusal, Statement
from decision.design.search import APART
from decision.design.space import Link

__all__ = [
    "APART",
    "Configuration",
    "Design",
    "Difference",
    "FormFit",
    "Link",
    "Refusal",
    "Statement",
    "design",
    "differences",
]
