"""Load: YAML in, validated models out, or one message for every fault.

From a file to a `case`: `files` are read as `text`, and parsed into `nodes` by way of `scalars`,
`overlay` lays them over one another with `changes`, and `document` makes models of them, which may
refer to what is `known`; the `boundaries` of municipalities stand in a file beside it. Its
`receipt` says from what it was made, and an `advice_file` brings one back. `expert` reads the cases
of experts, `places` says where all stands, and `schema` is for editors; a `table` has the
municipalities of a new region. Faults are `problems`: of `syntax`, or pydantic's as
`faults_in_words`, with a `guess` of what was meant by the `fields` that a model has.

Exceptions raised here:

    Exception
        InputError      the input is at fault; ``problems`` holds every fault
"""

from decision.load.case import AS_OF, Case, load_knowledge, load_region
from decision.load.files import SOURCE_LANGUAGE
from decision.load.problems import InputError, Problem, render
from decision.load.schema import region_schema

__all__ = [
    "AS_OF",
    "SOURCE_LANGUAGE",
    "Case",
    "InputError",
    "Problem",
    "load_knowledge",
    "load_region",
    "region_schema",
    "render",
]
