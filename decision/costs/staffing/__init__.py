"""How many people must answer the telephone, for arrays of hours at once.

Calls arrive at random and wait in one queue for the first free agent. `erlang_c` has callers who
never hang up, the method of the publication; `erlang_a` has callers who do, which shows how much
Erlang C overstaffs. `agents` turns the first into a number of people, for millions of hours.

All arguments are numbers or arrays of them; they broadcast, and every function gives an array of
the common shape (``()`` for plain numbers). Times are in seconds, the load in erlang: how many
agents would be busy if nobody ever waited. A number outside the stated range is a `StaffingError`;
shapes that do not fit together are numpy's ``ValueError``.
"""

from __future__ import annotations

from decision.costs.staffing.agents import agents_needed
from decision.costs.staffing.arguments import MOST_ERLANG, StaffingError
from decision.costs.staffing.erlang_a import (
    abandonment_with_patience,
    agents_needed_with_patience,
    mean_wait_with_patience,
    service_level_with_patience,
    waiting_probability_with_patience,
)
from decision.costs.staffing.erlang_c import (
    mean_wait,
    occupancy,
    offered_load,
    service_level,
    waiting_probability,
)

__all__ = [
    "MOST_ERLANG",
    "StaffingError",
    "abandonment_with_patience",
    "agents_needed",
    "agents_needed_with_patience",
    "mean_wait",
    "mean_wait_with_patience",
    "occupancy",
    "offered_load",
    "service_level",
    "service_level_with_patience",
    "waiting_probability",
    "waiting_probability_with_patience",
]
