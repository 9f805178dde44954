"""Design your own: the best of all configurations of the inrichtingskeuzes for a region.

In go the choices and wishes, out comes the `best` with its runners-up, found by `search` in the
`space` of all configurations; where there is none, the `conflict` of refusals and links.
"""

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
