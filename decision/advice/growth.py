"""Where the cooperation goes after the advised form, and what the region wants beside that.

The path runs by the forms that grow into one another. Its next step goes towards the ambition of
the region, and it ends at the end state that the region declares. Where these do not go with the
advice that is told, never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from decision.eligibility.verdicts import Eligibility
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Growth", "Standing", "growth"]

Standing = Literal["reached", "ahead", "passed", "aside"]
"""How a wanted form lies from the advised one: it is that form, lies further on the path, was left
behind on it, or lies on no path from or to it."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The steps after the advised form, and how the wishes of the region lie from it.

    ``missing`` and ``open`` are the rules by which the ambition cannot be reached yet, or by which
    that is not known. ``beyond`` says that the ambition lies further than the end state.
    """

    next: str | None
    end_state: str | None
    ambition: Standing | None
    wanted_end: Standing | None
    missing: tuple[str, ...]
    open: tuple[str, ...]
    beyond: bool


def growth(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, advised: str | None
) -> Growth:
    """The way on from the advised form (None: from nowhere)."""
    ambition, wanted = region.ambition, region.end_state
    verdict = None if ambition is None else eligibility.forms[ambition]
    ahead = () if advised is None else _path(knowledge, advised)
    stands = None if advised is None else _standing(knowledge, advised, ambition)
    ends = None if advised is None else _standing(knowledge, advised, wanted)
    end = wanted if ends is not None else (ahead[-1] if ahead else None)
    return Growth(
        next=_next(ahead, (ambition, stands), (wanted, ends)),
        end_state=end,
        ambition=stands,
        wanted_end=ends,
        missing=verdict.excluded_by if verdict else (),
        open=verdict.undecided_by if verdict else (),
        beyond=(
            ambition is not None
            and wanted is not None
            and _standing(knowledge, wanted, ambition) == "ahead"
        ),
    )


def _path(knowledge: Knowledge, start: str) -> tuple[str, ...]:
    """The forms from this one on, each grown from the one before."""
    path: list[str] = []
    current: str | None = start
    while current is not None:
        path.append(current)
        current = knowledge.forms[current].grows_into
    return tuple(path)


def _standing(knowledge: Knowledge, advised: str, wanted: str | None) -> Standing | None:
    if wanted is None:
        return None
    if wanted == advised:
        return "reached"
    if wanted in _path(knowledge, advised):
        return "ahead"
    return "passed" if advised in _path(knowledge, wanted) else "aside"


_Wish = tuple[str | None, Standing | None]


def _next(ahead: tuple[str, ...], ambition: _Wish, end: _Wish) -> str | None:
    """The next form: towards the ambition, else towards the end state, else along the path.

    There is none for a region that wants to end here, or before.
    """
    if end[1] in ("reached", "passed"):
        return None
    for wanted, standing in (ambition, end):
        if standing == "ahead":
            return ahead[1]
        if standing == "aside":
            return wanted
    wishes = (ambition[1], end[1])
    return ahead[1] if len(ahead) > 1 and wishes == (None, None) else None
