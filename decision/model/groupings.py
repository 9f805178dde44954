"""What groupings are compared on: the measures, and which group of criteria each belongs to."""

from __future__ import annotations

from typing import Literal

from decision.model.checks import Checked
from decision.model.criteria import ValueFunction
from decision.model.values import GroupRef, Source, Text

__all__ = ["GroupingMeasure", "Kind"]

Kind = Literal["yearly_cost", "investment", "own_number", "to_tell", "ties_kept", "form_worth"]


class GroupingMeasure(Checked):
    """Something that groupings are compared on, in one of the groups of criteria.

    The ``measure`` is a share: ``yearly_cost`` in full and ``investment`` of what a year costs in
    full in which everybody goes on as now; ``own_number`` of the inhabitants who lie in the number
    of their group; ``to_tell`` of municipalities that lie in the number of a group without being
    in it, for each municipality of the region; ``ties_kept`` of the ties between municipalities of
    the region; ``form_worth`` (0-1) what the grades of everybody's form are worth in the group.
    ``value`` is what the share is worth.
    """

    group: GroupRef
    name: Text
    question: Text
    measure: Kind
    value: ValueFunction
    source: Source
