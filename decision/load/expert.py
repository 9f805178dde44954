"""Cases that experts wrote: each with its region, and the lines of what must come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from decision.load.case import Case, ReadKnowledge, read_knowledge, region_with
from decision.load.changes import OPTION, changed
from decision.load.document import read, validated
from decision.load.files import (
    SOURCE_LANGUAGE,
    YAML,
    built_in_regions,
    case_files,
    is_file,
    layered_tree,
)
from decision.load.nodes import Node
from decision.load.problems import Faults, InputError, Place
from decision.model.checks import Ids
from decision.model.expectations import NONE, CaseFile, WrittenCase
from decision.model.values import is_date

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from decision.load.nodes import Entry
    from decision.load.problems import Path as Steps
    from decision.load.problems import Problem

__all__ = ["ExpertCase", "Options", "load_cases"]


class Options(NamedTuple):
    """What is asked of every case; what a case says itself goes before it.

    ``criteria`` is a folder with knowledge, ``changes`` (``path=value``) are made after the case's
    own, and ``as_of`` is the date of rules and figures.
    """

    criteria: Path | None = None
    changes: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class ExpertCase:
    """A case as it was written, where that is, and the region and knowledge that it is about.

    ``lines`` has the line of each expectation by its path, such as ``roles.PARTNER``.
    """

    id: str
    file: str
    line: int
    written: WrittenCase
    case: Case
    lines: Mapping[str, int]


class _File(NamedTuple):
    """A file with cases that was read: its place on disk, its tree and its values.

    The values are as they were written, and may be wrong; ``refused`` are the paths of some that
    are.
    """

    path: Path
    tree: Node
    values: dict[str, Any]
    refused: Container[Steps]


class _Said(NamedTuple):
    """A value as it was written, and its path in the file; nothing where the path leads nowhere."""

    value: object
    path: Steps


_NOTHING_ASKED = Options()


def load_cases(
    paths: Sequence[Path] = (), *, lang: str = SOURCE_LANGUAGE, options: Options = _NOTHING_ASKED
) -> tuple[ExpertCase, ...]:
    """The cases in files and folders, by default those that come with the program.

    Raises ``InputError`` with every fault in any of the files, and in what they refer to.
    """
    reader = _Reader(lang, options, Faults(lang))
    found = [case for file in case_files(paths, reader.faults) for case in reader.cases(*file)]
    reader.raise_if_any()
    return tuple(found)


@dataclass(slots=True)
class _Reader:
    """Reads files with cases, and keeps every fault."""

    lang: str
    options: Options
    faults: Faults
    problems: list[Problem] = field(default_factory=list)
    """The faults in what a case refers to, as they are told."""
    knowledge: dict[Path | None, ReadKnowledge] = field(default_factory=dict)
    """The knowledge that was read, by the folder that is laid over it."""

    def raise_if_any(self) -> None:
        """Raise ``InputError`` with all faults, if there are any."""
        if len(self.faults) or self.problems:
            raise InputError([*self.faults.problems, *self.problems])

    def cases(self, path: Path, name: str) -> Iterator[ExpertCase]:
        """The cases in one file, without those that are at fault."""
        tree = layered_tree(path, name, self.lang, self.faults, "cases")
        if tree is None:
            return
        file = _File(path, tree, *read(tree, CaseFile, self.faults))
        model = validated(file.values, tree, CaseFile, {}, self.faults, refused=file.refused)
        cases = file.values.get("cases")
        for one, written in cases.items() if isinstance(cases, dict) else ():
            case = self.region(file, one) if isinstance(written, dict) else None
            right = case is not None and self.refers_rightly(file, one, case)
            if case is not None and model is not None and right:
                yield _expert_case(tree, name, one, model.cases[one], case)

    def region(self, file: _File, name: str) -> Case | None:
        """The region of a case, and the knowledge by which it is judged; None when at fault."""
        before = len(self.faults)
        _faults_of_paths(file, name, self.faults)
        if len(self.faults) > before:
            return None
        knowledge = self.knowledge_in(_criteria(file, name) or self.options.criteria)
        own, over = [*_changes(file, name).values()], self.options.changes
        as_of = file.values["cases"][name].get("as_of")
        date = as_of if is_date(as_of) else self.options.as_of
        region = _region_file(file, name, self.faults)
        try:
            if region is not None:
                return region_with(knowledge, region, changes=own, over=over, as_of=date)
            faults = knowledge.faults.copy()
            for changes in (own, over):
                changed(Node({}, file.tree.place), changes, faults)
            faults.raise_if_any()
        except InputError as error:
            places = _places(file, name)
            self.problems += [_moved(problem, places) for problem in error.problems]
        return None

    def knowledge_in(self, criteria: Path | None) -> ReadKnowledge:
        """The knowledge with a folder laid over it, read the first time that it is asked for."""
        if criteria not in self.knowledge:
            self.knowledge[criteria] = read_knowledge(criteria, self.lang)
        return self.knowledge[criteria]

    def refers_rightly(self, file: _File, name: str, case: Case) -> bool:
        """Whether everything that a case expects is there in its region."""
        values, faults = {"cases": {name: file.values["cases"][name]}}, Faults(self.lang)
        validated(values, file.tree, CaseFile, _known(case), faults, refused=file.refused)
        self.problems += faults.problems
        return not faults


def _said(file: _File, name: str, key: str) -> _Said:
    """What a case says, or its file says for it."""
    case = file.values["cases"][name]
    if case.get(key) is None and file.values.get(key) is not None:
        return _Said(file.values[key], (key,))
    return _Said(case.get(key), ("cases", name, key))


def _criteria(file: _File, name: str) -> Path | None:
    """The folder with knowledge of a case, seen from its file."""
    folder = _text(_said(file, name, "criteria").value)
    return file.path.parent / folder if folder else None


def _faults_of_paths(file: _File, name: str, faults: Faults) -> None:
    """Note what a case names by a path that holds on one computer only."""
    for key in ("region", "criteria"):
        value, path = _said(file, name, key)
        if Path(_text(value) or "").is_absolute():
            faults.add("absolute_path", _place(file.tree, *path), path, value=value)


def _changes(file: _File, name: str) -> dict[int, str]:
    """The changes of a case by their number in its list; what is no text is told elsewhere."""
    changes = file.values["cases"][name].get("changes")
    found = enumerate(map(_text, changes if isinstance(changes, list) else ()))
    return {number: change for number, change in found if change}


def _text(value: object) -> str | None:
    """A text that says something; None for anything else."""
    return value.strip() or None if isinstance(value, str) else None


def _region_file(file: _File, name: str, faults: Faults) -> Path | None:
    """Where the region of a case stands: seen from the file of the case, or with the program."""
    (value, path), built_in = _said(file, name, "region"), built_in_regions()
    region, place = _text(value), _place(file.tree, *path)
    if value is None:
        faults.add("missing_key", place, path, value="region")
    if region is None:
        return None
    beside = file.path.parent / region
    if is_file(beside) and not beside.samefile(file.path):
        if beside.resolve().suffix in YAML:
            return beside
        faults.add("not_a_yaml_file", place, path, value=region)
    elif region not in built_in:
        faults.add("file_missing", place, path, value=region, known=built_in)
    return built_in.get(region)


def _place(tree: Node, *path: str | int) -> Place:
    """Where the value stands at the end of a path, or the key of as far as the path goes."""
    node, place = tree, tree.place
    for step in path:
        entry = node.step(step)
        if entry is None:
            return place
        place, node = entry
    return node.place


def _places(file: _File, name: str) -> dict[str, Place]:
    """Where a case says what load knows by another name: its changes and its own knowledge."""
    places = {
        f"{OPTION} {change.partition('=')[0].strip()}": _place(
            file.tree, "cases", name, "changes", number
        )
        for number, change in _changes(file, name).items()
    }
    folder = _criteria(file, name)
    if folder is not None:
        places[str(folder)] = _place(file.tree, *_said(file, name, "criteria").path)
    return places


def _moved(problem: Problem, places: Mapping[str, Place]) -> Problem:
    """The problem, shown at the place in a case that it comes from."""
    place = places.get(problem.file) if problem.line is None else None
    if place is None:
        return problem
    return replace(
        problem,
        file=place.file.name,
        line=place.line,
        column=place.column,
        excerpt=place.excerpt,
    )


def _known(case: Case) -> dict[str, Ids]:
    """What the expectations of a case can refer to."""
    knowledge, region = case.knowledge, case.region
    left_out = [one.id for one in case.not_in_force if one.kind == "rule"]
    return {
        "form": _ids(knowledge.forms),
        "form or none": _ids([*knowledge.forms, NONE]),
        "rule": _ids([*knowledge.rules, *left_out]),
        "municipality": _ids(region.municipalities),
        "partner": _ids([*region.municipalities, *region.organisations]),
        "year": _ids(map(str, region.costs.years)),
        "document": _ids([*knowledge.sources, *region.sources]),
    }


def _ids(names: Iterable[str]) -> Ids:
    return Ids(dict.fromkeys(names))


def _expert_case(tree: Node, file: str, name: str, written: WrittenCase, case: Case) -> ExpertCase:
    entry = _entry(tree, "cases", name)
    expected = _entry(tree, "cases", name, "expect").node
    return ExpertCase(
        id=name,
        file=file,
        line=entry.key.line or 0,
        written=written,
        case=case,
        lines=dict(_lines(expected)),
    )


def _entry(tree: Node, *path: str) -> Entry:
    """The entry at the end of a path that the tree is known to have."""
    *above, last = path
    node = tree
    for step in above:
        node = _entries(node)[step].node
    return _entries(node)[last]


def _entries(node: Node) -> dict[str, Entry]:
    return node.value if isinstance(node.value, dict) else {}


def _lines(node: Node, at: str = "") -> Iterator[tuple[str, int]]:
    """The line of every key below a node, by its dotted path."""
    for key, entry in _entries(node).items():
        path = f"{at}.{key}" if at else key
        yield path, entry.key.line or 0
        yield from _lines(entry.node, path)
