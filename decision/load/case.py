"""The load stage: knowledge and region in, both validated, or every fault in either."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from decision.load.boundaries import KEY, read_borders
from decision.load.changes import changed
from decision.load.document import read
from decision.load.files import (
    SOURCE_LANGUAGE,
    KnowledgeFiles,
    RegionFiles,
    knowledge_tree,
    region_tree,
)
from decision.load.known import known_in_knowledge, known_in_region
from decision.load.places import NOWHERE, Places
from decision.load.problems import Faults, Location, TextFile
from decision.load.receipt import INPUTS, Receipt, digests
from decision.model.borders import NO_BORDERS, Borders
from decision.model.checks import part
from decision.model.dates import NotInForce, knowledge_at, without_value
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.price_level import at_price_level, price_years
from decision.model.region import Region
from decision.model.values import is_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from decision.load.document import Draft
    from decision.load.nodes import Node
    from decision.load.problems import Path as Steps

M = TypeVar("M", Knowledge, Region)

__all__ = [
    "AS_OF",
    "Case",
    "ReadKnowledge",
    "load_knowledge",
    "load_region",
    "read_knowledge",
    "region_with",
]

AS_OF = "--as-of"
"""The option of the command line that a date comes from; a fault in it is shown there."""


@dataclass(frozen=True, slots=True)
class Case:
    """A region, and the knowledge by which it is judged.

    The knowledge is that of the date ``as_of``; ``not_in_force`` is what does not count then.
    Both are empty for a case that is put together without a file, and so are the ``places`` of
    facts and rules. The ``receipt`` says from what the case was made. The ``borders`` are those of
    the file that the region names.
    """

    knowledge: Knowledge
    region: Region
    as_of: str | None = None
    not_in_force: tuple[NotInForce, ...] = ()
    places: Places = field(default=NOWHERE, compare=False, repr=False)
    receipt: Receipt = field(default_factory=Receipt, compare=False, repr=False)
    borders: Borders = field(default=NO_BORDERS, repr=False)


class ReadKnowledge(NamedTuple):
    """Knowledge as it was read, with all its dates, and every fault in it.

    The model is None where it is at fault; ``known`` is what a region can refer to (nothing if a
    file is unreadable).
    """

    model: Knowledge | None
    known: Mapping[str, Any]
    files: KnowledgeFiles
    faults: Faults


def load_knowledge(
    criteria: Path | None = None, lang: str = SOURCE_LANGUAGE, as_of: str | None = None
) -> Knowledge:
    """The knowledge that comes with the program, with the folder ``criteria`` laid over it.

    With ``as_of`` only what holds on that date, else all of it with its dates. Raises
    ``InputError`` with every fault in any of the files.
    """
    found = read_knowledge(criteria, lang)
    faults = found.faults
    knowledge, _ = _at(_date(as_of, None, faults), found, faults)
    faults.raise_if_any()
    return _present(knowledge)


def load_region(
    path: str | Path,
    *,
    criteria: str | Path | None = None,
    lang: str = SOURCE_LANGUAGE,
    changes: Sequence[str] = (),
    as_of: str | None = None,
) -> Case:
    """The region in a file, or the one of that name that comes with the program.

    ``changes`` (``path=value``) are made to it first. Rules and figures are those of the date
    ``as_of`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``), by default of the region's reference date.
    Raises ``InputError`` with every fault in the region, in the knowledge and in the changes.
    """
    own = None if criteria is None else Path(criteria)
    return region_with(read_knowledge(own, lang), path, changes=changes, as_of=as_of)


def read_knowledge(criteria: Path | None, lang: str) -> ReadKnowledge:
    """Read the knowledge that comes with the program, with the folder ``criteria`` laid over it."""
    faults = Faults(lang)
    files = knowledge_tree(criteria, lang, faults)
    document = read(files.tree, Knowledge, faults)
    known = known_in_knowledge(document.values) if files.whole else {}
    model = document.validated(known, faults, whole=files.whole)
    return ReadKnowledge(model, known, files, faults)


def region_with(
    knowledge: ReadKnowledge,
    path: str | Path,
    *,
    changes: Sequence[str] = (),
    over: Sequence[str] = (),
    as_of: str | None = None,
) -> Case:
    """As `load_region`, with knowledge that was read before; that stays as it is.

    Changes ``over`` others may undo them.
    """
    faults = knowledge.faults.copy()
    file = region_tree(path, faults.lang, faults)
    opened = None if file is None else _opened(file.tree, (changes, over), faults)
    date = _date(as_of, opened, faults)
    held, left_out = _at(date, knowledge, faults)
    known = _known_at(held, knowledge.known)
    here = known_in_region(known, opened.values if opened else None)
    region = opened.validated(here, faults) if opened else None
    borders = _borders(region, opened, file, faults)
    faults.raise_if_any()
    places = Places(knowledge.files.tree, opened.tree if opened else None)
    priced = at_price_level(_present(held), _present(region))
    read = knowledge.files
    read_from = {**file.digests, **borders.digests} if file else {}
    inputs = (read_from, read.built_in, read.own)
    made = Receipt(
        inputs=dict(zip(INPUTS, inputs, strict=True)), changes=(*changes, *over), as_of=as_of
    )
    return Case(*priced, date, left_out, places, made, borders.found)


class _BordersRead(NamedTuple):
    """The borders that a region names a file of, and the digest of that file."""

    found: Borders = NO_BORDERS
    digests: Mapping[str, str] = FrozenDict()


def _borders(
    region: Region | None, opened: Draft[Region] | None, files: RegionFiles | None, faults: Faults
) -> _BordersRead:
    if region is None or region.boundaries is None or opened is None or files is None:
        return _BordersRead()
    top, shown = opened.tree.value, Path(files.tree.place.file.name).parent
    named = top[KEY].node.place if isinstance(top, dict) else opened.tree.place
    found = read_borders(region, files.folder, shown, named, faults)
    return _BordersRead() if found is None else _BordersRead(found[0], digests([found[1]], shown))


def _date(as_of: str | None, opened: Draft[Region] | None, faults: Faults) -> str | None:
    """The date that was asked for, or the reference date of the region; None for neither."""
    if as_of is not None and not is_date(as_of):
        faults.add("not_a_date", Location(TextFile(AS_OF)), value=as_of)
    found = as_of if as_of is not None or opened is None else part(opened.values, "reference_date")
    return found if is_date(found) else None


def _at(
    date: str | None, knowledge: ReadKnowledge, faults: Faults
) -> tuple[Knowledge | None, tuple[NotInForce, ...]]:
    """What of the knowledge holds on a date, and what does not; all of it without a date."""
    model, tree = knowledge.model, knowledge.files.tree
    if date is None or model is None:
        return model, ()
    for name in without_value(model, date):
        path: Steps = ("kengetallen", name)
        place = Places(tree).in_knowledge(*path) or tree.place
        faults.add("no_value_then", place, path, value=name, date=date)
    return knowledge_at(model, date)


def _known_at(knowledge: Knowledge | None, known: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a region can refer to, with the kengetallen as they are on the date."""
    if knowledge is None:
        return known
    possible = {name: one.value for name, one in knowledge.kengetallen.items()}
    return {**known, "possible": possible, "price years": price_years(knowledge)}


def _opened(tree: Node, changes: Sequence[Sequence[str]], faults: Faults) -> Draft[Region]:
    for lot in changes:
        tree = changed(tree, lot, faults)
    return read(tree, Region, faults)


def _present(model: M | None) -> M:
    """The model: where there is none, its faults have been raised."""
    if model is None:
        raise AssertionError("a model without faults is missing")
    return model
