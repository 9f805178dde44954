"""Cases that experts wrote: each with its region, and the lines of what must come out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from decision.load.case import Case, ReadKnowledge, read_knowledge, region_with
from decision.load.changes import OPTION, changed
from decision.load.document import Draft, read
from decision.load.files import (
    SOURCE_LANGUAGE,
    YAML,
    built_in_regions,
    case_files,
    is_file,
    layered_tree,
)
from decision.load.nodes import Node
from decision.load.problems import Faults, InputError, Location, Problem
from decision.load.problems import Path as Steps
from decision.model.checks import Ids
from decision.model.expectations import NONE, CaseFile, WrittenCase
from decision.model.values import is_date

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
        found = layered_tree(path, name, self.lang, self.faults, "cases")
        if found is None:
            return
        tree = found.tree
        file = read(tree, CaseFile, self.faults)
        model, cases = file.validated({}, self.faults), file.values.get("cases")
        for one, given in cases.items() if isinstance(cases, dict) else ():
            if not isinstance(given, dict):
                continue
            written = _Written(path, file, one, given)
            case = self.region(written)
            right = case is not None and self.refers_rightly(written, case)
            if case is not None and model is not None and right:
                entry, expected = tree.at(("cases", one)), tree.at(("cases", one, "expect"))
                line = entry and entry.key.line
                lines = dict(_lines(expected.node)) if expected else {}
                yield ExpertCase(one, name, line or 0, model.cases[one], case, lines)

    def region(self, written: _Written) -> Case | None:
        """The region of a case, and the knowledge by which it is judged; None when at fault."""
        before = len(self.faults)
        written.faults_of_paths(self.faults)
        if len(self.faults) > before:
            return None
        knowledge = self.knowledge_in(written.criteria or self.options.criteria)
        own, over = [*written.changes.values()], self.options.changes
        as_of = written.given.get("as_of")
        date = as_of if is_date(as_of) else self.options.as_of
        region = written.region_file(self.faults)
        try:
            if region is not None:
                return region_with(knowledge, region, changes=own, over=over, as_of=date)
            faults = knowledge.faults.copy()
            for changes in (own, over):
                changed(Node({}, written.file.tree.place), changes, faults)
            faults.raise_if_any()
        except InputError as error:
            self.problems += map(written.moved, error.problems)
        return None

    def knowledge_in(self, criteria: Path | None) -> ReadKnowledge:
        """The knowledge with a folder laid over it, read the first time that it is asked for."""
        if criteria not in self.knowledge:
            self.knowledge[criteria] = read_knowledge(criteria, self.lang)
        return self.knowledge[criteria]

    def refers_rightly(self, written: _Written, case: Case) -> bool:
        """Whether everything that a case expects is there in its region."""
        values, faults = {"cases": {written.id: written.given}}, Faults(self.lang)
        replace(written.file, values=values).validated(_known(case), faults)
        self.problems += faults.problems
        return not faults


class _Written(NamedTuple):
    """A case as it was ``given`` in a file, which may be wrong."""

    path: Path
    file: Draft[CaseFile]
    id: str
    given: dict[str, Any]

    def said(self, key: str) -> tuple[object, Steps]:
        """What the case says, or its file says for it, and the path of that in the file."""
        values = self.file.values
        if self.given.get(key) is None and values.get(key) is not None:
            return values[key], (key,)
        return self.given.get(key), ("cases", self.id, key)

    @property
    def criteria(self) -> Path | None:
        """The folder with knowledge of the case, seen from its file."""
        folder = _text(self.said("criteria")[0])
        return self.path.parent / folder if folder else None

    @property
    def changes(self) -> dict[int, str]:
        """The changes by their number in the list; what is no text is told elsewhere."""
        changes = self.given.get("changes")
        found = enumerate(map(_text, changes if isinstance(changes, list) else ()))
        return {number: change for number, change in found if change}

    def faults_of_paths(self, faults: Faults) -> None:
        """Note what is named by a path that holds on one computer only."""
        for key in ("region", "criteria"):
            value, path = self.said(key)
            if Path(_text(value) or "").is_absolute():
                faults.add("absolute_path", self.place(*path), path, value=value)

    def region_file(self, faults: Faults) -> Path | None:
        """Where the region stands: seen from the file of the case, or with the program."""
        (value, path), built_in = self.said("region"), built_in_regions()
        region, place = _text(value), self.place(*path)
        if value is None:
            faults.add("missing_key", place, path, value="region")
        if region is None:
            return None
        beside = self.path.parent / region
        if is_file(beside) and not beside.samefile(self.path):
            if beside.resolve().suffix in YAML:
                return beside
            faults.add("not_a_yaml_file", place, path, value=region)
        elif region not in built_in:
            faults.add("file_missing", place, path, value=region, known=built_in)
        return built_in.get(region)

    def place(self, *path: str | int) -> Location:
        """Where the value stands at the end of a path, or the key of as far as the path goes."""
        tree = self.file.tree
        found = [*filter(None, (tree.at(path[:end]) for end in range(len(path) + 1)))]
        return found[-1].node.place if len(found) > len(path) else found[-1].key

    def moved(self, problem: Problem) -> Problem:
        """The problem, shown where the case says what load knows by another name."""
        places: dict[str, Steps] = {
            f"{OPTION} {change.partition('=')[0].strip()}": ("cases", self.id, "changes", number)
            for number, change in self.changes.items()
        }
        places[str(self.criteria)] = self.said("criteria")[1]
        path = places.get(problem.file)
        if path is None or problem.line is not None:
            return problem
        place = self.place(*path)
        return replace(
            problem,
            file=place.file.name,
            line=place.line,
            column=place.column,
            excerpt=place.excerpt,
        )


def _text(value: object) -> str | None:
    """A text that says something; None for anything else."""
    return value.strip() or None if isinstance(value, str) else None


def _known(case: Case) -> dict[str, Ids]:
    """What the expectations of a case can refer to."""
    knowledge, region = case.knowledge, case.region
    left_out = [one.id for one in case.not_in_force if one.kind == "rule"]
    return {
        "form": Ids.of(knowledge.forms),
        "form or none": Ids.of([*knowledge.forms, NONE]),
        "rule": Ids.of([*knowledge.rules, *left_out]),
        "municipality": Ids.of(region.municipalities),
        "partner": Ids.of([*region.municipalities, *region.organisations]),
        "year": Ids.of(map(str, region.costs.years)),
        "document": Ids.of([*knowledge.sources, *region.sources]),
    }


def _lines(node: Node, at: str = "") -> Iterator[tuple[str, int]]:
    """The line of every key below a node, by its dotted path."""
    for key, entry in node.value.items() if isinstance(node.value, dict) else ():
        path = f"{at}.{key}" if at else key
        yield path, entry.key.line or 0
        yield from _lines(entry.node, path)
