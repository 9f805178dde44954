"""Load: YAML in, validated models out, or one message for every fault.

Exceptions raised here:

    Exception
        InputError      the input is at fault; ``problems`` holds every fault
"""

from decision.load.case import AS_OF, Case, load_knowledge, load_region
from decision.load.problems import InputError, Problem, render
from decision.load.schema import region_schema

__all__ = [
    "AS_OF",
    "Case",
    "InputError",
    "Problem",
    "load_knowledge",
    "load_region",
    "region_schema",
    "render",
]
