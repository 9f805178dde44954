"""What the program gives for the regions of the tests, worked out once for all of them.

Reading, judging and planning are pure: the same region with the same changes has the same advice.
So many tests ask the same that a suite without a memory takes twice as long. Whatever another
folder of knowledge, file with borders or function has a part in is worked out anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

import pytest

from decision.advice import advice as stages
from decision.advice.advice import Advice
from decision.advice.findings import Request
from decision.load import case as loading
from decision.load import expert, files, nodes
from decision.load.case import Case, ReadKnowledge
from decision.load.nodes import Node
from decision.load.problems import Faults, TextFile
from decision.model import installed
from decision.roadmap.replay import DRAWS, OpeningChance, Replay

__all__ = ["Memory", "remember"]

K = TypeVar("K")
V = TypeVar("V")

REGIONS = {path.stem for path in installed.data_folder("regions").glob("*.yaml")}

MOST = 40
"""How many advices are remembered: those of the tests that come after one another."""


class Memory(Generic[K, V]):
    """The last results that were asked for; none where it is not ``used``."""

    used: ClassVar[bool] = True

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self._held: OrderedDict[K, V] = OrderedDict()

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The result of before, or a new one."""
        if not self.used:
            return make()
        if key not in self._held:
            self._held[key] = make()
        self._held.move_to_end(key)
        if len(self._held) > MOST:
            self._held.popitem(last=False)
        return self._held[key]


trees: dict[tuple[str, str], Node] = {}
knowledge: Memory[tuple[str, Path], ReadKnowledge] = Memory()
cases: Memory[tuple[object, ...], Case] = Memory()
advices: Memory[tuple[int, Request], tuple[Case, Advice]] = Memory()

chances: Memory[tuple[int, int, int, int], tuple[Replay, OpeningChance]] = Memory()

parse = nodes.parse
read_knowledge = loading.read_knowledge
region_with = loading.region_with
decide = stages.decide
chance = Replay.chance


def parsed(text: str, file: TextFile, faults: Faults) -> Node | None:
    """The tree of a file that comes with the program, which is never changed."""
    before = len(faults)
    tree = trees.get((file.name, text)) or parse(text, file, faults)
    if tree and len(faults) == before and text in own_texts():
        trees[file.name, text] = tree
    return tree


@cache
def own_texts() -> frozenset[str]:
    """The files that come with the program, by whatever name they are read."""
    folders = map(installed.data_folder, ("criteria", "regions"))
    found = (path for folder in folders for path in folder.rglob("*.yaml"))
    return frozenset(path.read_text(encoding="utf-8") for path in found)


def known(criteria: Path | None, lang: str) -> ReadKnowledge:
    """The knowledge that comes with the program."""
    if criteria is not None:
        return read_knowledge(criteria, lang)
    place = installed.data_folder("criteria")
    found = knowledge.of((lang, place), lambda: read_knowledge(None, lang))
    return found._replace(faults=found.faults.copy())


def made(
    by: ReadKnowledge,
    path: str | Path,
    *,
    changes: Sequence[str] = (),
    over: Sequence[str] = (),
    as_of: str | None = None,
) -> Case:
    """A region, with some changes: one that comes with the program, or a file of a test."""
    folder, file = installed.data_folder("regions"), Path(path)
    built_in = str(path).removesuffix(".yaml") in REGIONS and not file.exists()

    def make() -> Case:
        return region_with(by, path, changes=changes, over=over, as_of=as_of)

    text, layer = map(text_of, (file, file.parent / by.faults.lang / file.name))
    if by.files.own or len(by.faults) or not (built_in or text) or "boundaries" in text:
        return make()
    key = (str(path), text, layer, folder, by.faults.lang, *by.files.built_in.items())
    return cases.of((*key, tuple(changes), tuple(over), as_of), make)


def text_of(file: Path) -> str:
    """What is in a file; nothing where there is none, or something that is no file (a pipe)."""
    try:
        return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    except OSError:
        return ""


def advised(case: Case, request: Request | None = None) -> Advice:
    """The advice on a case of which the tests before asked it too."""
    asked = request or Request()
    if asked.progress is not None:
        return decide(case, asked)
    # Who remembers a case by its place in memory has to keep it there.
    return advices.of((id(case), asked), lambda: (case, decide(case, asked)))[1]


def drawn(again: Replay, seed: int, draws: int = DRAWS) -> OpeningChance:
    """The chance of a plan that the tests before told too."""
    key = (id(again.plan), id(again.knowledge), seed, draws)
    return chances.of(key, lambda: (again, chance(again, seed, draws)))[1]


def remember(patch: pytest.MonkeyPatch) -> None:
    """From now on what is asked twice is worked out once."""
    patch.setattr(files, "parse", parsed)
    patch.setattr(loading, "read_knowledge", known)
    patch.setattr(expert, "read_knowledge", known)
    patch.setattr(loading, "region_with", made)
    patch.setattr(expert, "region_with", made)
    patch.setattr(stages, "decide", advised)
    patch.setattr(Replay, "chance", drawn)
