"""The house: a package for each stage, in the order in which the data flows."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import decision

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(decision.__file__).parent

ROOMS = (
    *("model", "words", "load", "eligibility", "costs", "scores", "roadmap", "sharing"),
    *("explain", "design", "advice", "grouping", "comparison", "report", "cli"),
)
"""The packages; each imports only from those before it."""

AT_FILES = {"load", "words", "report", "cli"}

TOUCHES = {
    *("open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "touch", "mkdir"),
    *("makedirs", "unlink", "rmdir", "rmtree", "rename", "symlink_to", "hardlink_to", "mkstemp"),
    *("mkdtemp", "TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory"),
}

NAMED = re.compile(r"(?<!`)`(\w+)`(?!`)")
"""The modules that the docstring of a package tells of."""

MOST_LINES = 400


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = ("decision", *path.relative_to(HOUSE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(HOUSE.rglob("*.py"))}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """The source of every module."""
    return {name: ast.parse(path.read_bytes()) for name, path in MODULES.items()}


@pytest.fixture(scope="module")
def imports(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """What every module imports from the house."""
    return {name: {*imported(name, tree)} for name, tree in trees.items()}


def imported(name: str, tree: ast.Module) -> Iterator[str]:
    """What a module imports from the house: also for types only, and also when it runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] == "decision")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports by a relative name"
            home = node.module or ""
            if home.split(".")[0] == "decision":
                within = (f"{home}.{one.name}" for one in node.names)
                yield from (one if one in MODULES else home for one in within)


def room(name: str) -> str:
    """The package of a module; nothing for `decision` itself."""
    return name.split(".")[1] if "." in name else ""


def called(tree: ast.AST) -> Iterator[str]:
    """The name of every function and method that is called, by whatever object."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def test_the_house_is_the_pipeline() -> None:
    """Who opens the folder sees the stages and nothing else."""
    found = {path.name for path in HOUSE.iterdir() if path.name not in {"__pycache__", "_data"}}
    assert found == {"__init__.py", *ROOMS}


@pytest.mark.parametrize("name", ROOMS)
def test_a_package_says_what_it_holds(trees: dict[str, ast.Module], name: str) -> None:
    """A package tells what each module in it holds, and names none that is not there."""
    told = {*NAMED.findall(ast.get_docstring(trees[f"decision.{name}"]) or "")}
    inside = {path.stem for path in (HOUSE / name).iterdir() if not path.name.startswith("_")}
    assert inside <= told <= inside | {*ROOMS}


def test_imports_go_upstream_only(imports: dict[str, set[str]]) -> None:
    """A stage knows the stages before it, and none after it."""
    against = {
        (name, other)
        for name, others in imports.items()
        for other in others
        if room(name) and (not room(other) or ROOMS.index(room(other)) > ROOMS.index(room(name)))
    }
    assert against == set()


def test_modules_import_one_another_in_no_circle(imports: dict[str, set[str]]) -> None:
    """Each module can be read after the ones it imports, and before the ones that import it."""
    graph = nx.DiGraph((name, other) for name, others in imports.items() for other in others)
    assert [*nx.simple_cycles(graph)] == []


def test_only_load_words_and_report_touch_files(trees: dict[str, ast.Module]) -> None:
    """A stage is a function of earlier results: it reads no file and writes none."""
    touching = {name for name, tree in trees.items() if not TOUCHES.isdisjoint(called(tree))}
    assert {name for name in touching if room(name) not in AT_FILES} == set()


def test_only_documents_load_what_documents_need(trees: dict[str, ast.Module]) -> None:
    """A run that writes no Word, PDF or Excel starts as fast as without these."""
    home = "decision.report.paper"
    light = {f"{home}.extra"}
    for name in {*MODULES} - {one for one in MODULES if one.startswith(home)}:
        top = [one for one in trees[name].body if isinstance(one, ast.Import | ast.ImportFrom)]
        loaded = {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        loaded |= {one.name for node in top for one in node.names if isinstance(node, ast.Import)}
        assert {one for one in loaded if one.startswith(home)} <= light, name
        assert {one.split(".")[0] for one in loaded}.isdisjoint({"typst", "openpyxl"}), name


def test_modules_are_short() -> None:
    """A module can be read in one sitting."""
    lines = {name: len(path.read_bytes().splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_class_name_means_one_thing(trees: dict[str, ast.Module]) -> None:
    """Who reads the name of a public class knows which one it is, whatever the module."""
    homes: dict[str, set[str]] = {}
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, set()).add(f"{name}:{node.lineno}")
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


@pytest.mark.usefixtures("anew")
def test_the_exported_names_work_twice() -> None:
    """What the README shows of Python works, and works again when all modules are loaded."""
    once = [*use_all()]
    for name in MODULES:
        import_module(name)
    assert once == [*use_all()] == decision.__all__


def use_all() -> Iterator[str]:
    """Use every exported name once, in the order of the alphabet, and give it."""
    case = decision.load_region("drechtsteden.yaml")
    advice = decision.decide(case)
    assert isinstance(advice, decision.Advice)
    yield "Advice"
    assert isinstance(case, decision.Case)
    yield "Case"
    with pytest.raises(decision.InputError):
        decision.load_region("nergens.yaml")
    yield "InputError"
    assert decision.Report(advice, wanted=["costs"]).text("md").startswith("## ")
    yield "Report"
    assert advice.recommended in case.knowledge.forms
    yield "decide"
    assert {one.id for one in decision.groupings(case)} == {*case.region.groupings}
    yield "groupings"
    assert decision.load_knowledge().forms.keys() == case.knowledge.forms.keys()
    yield "load_knowledge"
    yield "load_region"
