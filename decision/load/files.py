"""Which files make up the knowledge and a region, and the tree that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from decision.load.nodes import Entry, Node, parse
from decision.load.overlay import lay_over
from decision.load.problems import Faults, Location, TextFile
from decision.load.receipt import digests
from decision.load.text import loops, read_text
from decision.model import installed
from decision.words.catalogue import languages

__all__ = [
    "SOURCE_LANGUAGE",
    "YAML",
    "KnowledgeFiles",
    "RegionFiles",
    "built_in_regions",
    "case_files",
    "is_file",
    "knowledge_tree",
    "layered_tree",
    "region_tree",
]

YAML = (".yaml", ".yml")
"""How the names of files that are read end."""

Kind = Literal["knowledge", "region", "cases"]
"""What a file holds; an empty one is told of what kind there are examples."""

SOURCE_LANGUAGE = "nl"
"""The language in which knowledge and regions are written; any other is a layer over it."""


class KnowledgeFiles(NamedTuple):
    """The tree of all knowledge, whether every file of it could be read, and the digest of each.

    The files that come with the program stand apart from the user's ``own``.
    """

    tree: Node
    whole: bool
    built_in: Mapping[str, str]
    own: Mapping[str, str]


class RegionFiles(NamedTuple):
    """The tree of one document, the digest of each file that it was read from, and their folder."""

    tree: Node
    digests: Mapping[str, str]
    folder: Path


def knowledge_tree(criteria: Path | None, lang: str, faults: Faults) -> KnowledgeFiles:
    """The knowledge that comes with the program, with the user's folder laid over it."""
    usable = criteria is None or _usable(criteria, faults)
    built_in: dict[str, str] = {}
    own: dict[str, str] = {}
    roots = [(installed.data_folder("criteria"), Path("criteria"), built_in)]
    if criteria is not None and usable:
        roots.append((criteria, criteria, own))
    tree, whole = Node({}, Location(TextFile("criteria"))), usable
    for root, root_name, found in roots:
        for folder, name in _folders(root, root_name, lang):
            layer, files, readable = _folder(folder, name, faults)
            tree = lay_over(tree, layer, leads=name == criteria)
            whole = whole and readable
            found.update(digests(files, root_name))
    return KnowledgeFiles(tree, whole, built_in, own)


def region_tree(path: str | Path, lang: str, faults: Faults) -> RegionFiles | None:
    """The region at ``path``, or the one of that name that comes with the program.

    None when it cannot be read; one of which only the layer cannot be read stands without it.
    """
    located = _locate(Path(path), str(path), faults)
    return None if located is None else layered_tree(*located, lang, faults, "region")


def layered_tree(
    file: Path, name: str, lang: str, faults: Faults, kind: Kind
) -> RegionFiles | None:
    """The document in a file that is shown as ``name``, with its layer in another language."""
    base = _document(file, name, faults, kind)
    if base is None:
        return None
    folder = Path(name).parent
    found = digests([base.place.file], folder)
    layer = file.parent / lang / file.name
    if lang == SOURCE_LANGUAGE or not layer.is_file():
        return RegionFiles(base, found, file.parent)
    above = _document(layer, str(folder / lang / file.name), faults, kind)
    if above is None:
        return RegionFiles(base, found, file.parent)
    found |= digests([above.place.file], folder)
    return RegionFiles(lay_over(base, above), found, file.parent)


def case_files(paths: Sequence[Path], faults: Faults) -> Iterator[tuple[Path, str]]:
    """The files with cases at ``paths``, folders and all below them, each with its name to show.

    Without paths those that come with the program. A layer in a language is no file of its own.
    """
    own = installed.data_folder("regions") / "cases"
    for path in paths or (own,):
        shown = path if paths else Path("regions/cases")
        found = [path] if is_file(path) else _yaml_below(path)
        if not found:
            faults.add("cases_missing", Location(TextFile(str(shown))))
        for file in found:
            yield file, str(shown if file == path else shown / file.relative_to(path))


def _yaml_below(folder: Path) -> list[Path]:
    found = sorted(path for end in YAML for path in _below(folder, f"*{end}"))
    return [path for path in found if not _is_layer(path)]


def _below(folder: Path, pattern: str) -> Iterable[Path]:
    return folder.rglob(pattern) if _exists(folder) else ()


def _is_layer(path: Path) -> bool:
    language, beside = path.parent.name, path.parent.parent / path.name
    return language in languages() and beside.is_file()


def _folders(folder: Path, name: Path, lang: str) -> Iterator[tuple[Path, Path]]:
    """The folder itself, and its layer in another language."""
    yield folder, name
    if lang != SOURCE_LANGUAGE:
        yield folder / lang, name / lang


def _usable(criteria: Path, faults: Faults) -> bool:
    """Whether the user's folder is a folder with YAML in it; if not, that is noted."""
    place = Location(TextFile(str(criteria)))
    if not _exists(criteria):
        faults.add("folder_missing", place)
    elif not criteria.is_dir():
        faults.add("file_given", place)
    elif not _yaml_files(criteria) and not any(map(_yaml_files, criteria.glob("*/"))):
        faults.add("folder_empty", place)
    else:
        return True
    return False


def _folder(folder: Path, name: Path, faults: Faults) -> tuple[Node, list[TextFile], bool]:
    """The entries of all files in one folder, those files, and whether each could be read.

    The same top-level key twice is a fault.
    """
    entries: dict[str, Entry] = {}
    files: list[TextFile] = []
    whole = True
    for path in _yaml_files(folder):
        tree = _document(path, str(name / path.name), faults, "knowledge")
        if tree is None or not isinstance(tree.value, dict):
            whole = False
            continue
        files.append(tree.place.file)
        for key, entry in tree.value.items():
            first = entries.setdefault(key, entry)
            if first is not entry:
                other = first.key.file.name
                faults.add("duplicate_section", entry.key, (key,), value=key, other=other)
    return Node(entries, Location(TextFile(str(name)))), files, whole


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for end in YAML for path in folder.glob(f"*{end}"))


def _document(path: Path, name: str, faults: Faults, kind: Kind) -> Node | None:
    """The mapping in one file; None when it cannot be read."""
    text = read_text(path, name, faults)
    if text is None:
        return None
    before = len(faults)
    tree = parse(text, TextFile(name, text), faults)
    if tree is None or tree.value is None:
        if len(faults) == before:
            faults.add("file_empty", Location(TextFile(name)), example=kind)
        return None
    if not isinstance(tree.value, dict):
        faults.add("not_a_mapping", tree.place, example=kind)
        return None
    telling = {_TELLING[key]: entry.key for key, entry in tree.value.items() if key in _TELLING}
    if telling and kind not in telling:
        found, place = next(iter(telling.items()))
        faults.add("other_kind", place, found=found, asked_file=kind, command=found)
        return None
    return tree


_TELLING: dict[str, Kind] = {
    "municipalities": "region",
    "cases": "cases",
    **dict.fromkeys(("forms", "rules", "activities", "choices"), "knowledge"),
}
"""Keys at the top of a file that say what it holds."""


def _locate(path: Path, given: str, faults: Faults) -> tuple[Path, str] | None:
    """The file to read and the name to show for it; None when there is no such file."""
    if is_file(path):
        return path, given
    own = built_in_regions()
    if given in own:
        return own[given], f"regions/{own[given].name}"
    if _exists(path):
        faults.add("folder_given", Location(TextFile(given)))
        return None
    nearby = [str(path.parent / near.name) for near in _nearby(path.parent)]
    known = [*(name for name in own if name.endswith("yaml")), *nearby]
    faults.add("file_missing", Location(TextFile(given)), value=given, known=known)
    return None


def built_in_regions() -> dict[str, Path]:
    """The regions that come with the program, by each name that they can be asked for by."""
    regions = _yaml_files(installed.data_folder("regions"))
    return {f"{region.stem}{end}": region for region in regions for end in ("", ".yaml")}


def _nearby(folder: Path) -> list[Path]:
    try:
        return _yaml_files(folder)
    except OSError:
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists() or loops(path)
    except OSError:  # such as a name that is too long
        return False


def is_file(path: Path) -> bool:
    """Whether there is a file at a path; not where that is a folder."""
    return _exists(path) and not path.is_dir()
