"""No dead words: whatever stands in a catalogue is said by a template or by the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import decision
from decision.model.installed import data_folder
from decision.words.catalogue import catalogue, languages, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

DYNAMIC = {
    "sections": "the heading of each section, by its id",
    "roles": "the role of a partner",
    "outcomes": "the outcome of a verdict",
    "cells": "how a municipality stands on a requirement",
    "changes": "what an answer could change",
    "checks": "whether a municipality meets a requirement of VNG",
    "fits": "whether a starting situation fits",
    "levels": "the levels that the route walks through",
    "kinds": "the kind of an assumption",
    "parts": "the assumed part of an entry",
    "unsourced": "what is declared without a source",
    "each": "the kind of partner that a fact is about",
    "terminal": "the role of an organisation, or a column",
    "groupings": "a column",
    "rounding": "the side of a rounded amount",
    "errors": "the code of a refusal",
    "help": "the name of a command or an option",
}
"""The groups that are looked up by something known only at run time, and by what."""


def leaves(tree: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401
    """The paths of all texts in a catalogue."""
    if not isinstance(tree, dict):
        yield at
        return
    for key, part in tree.items():
        yield from leaves(part, (*at, str(key)))


@cache
def speakers() -> str:
    """Everything that can say a word: the program and all templates, with their names."""
    folders = {Path(decision.__file__).parent: "*.py", data_folder("report_templates"): "*.j2"}
    files = [path for folder, end in folders.items() for path in sorted(folder.rglob(end))]
    names = [f'"{path.name.removesuffix(".md.j2")}"' for path in files]
    return "\n".join([*names, *(path.read_text(encoding="utf-8") for path in files)])


def is_said(path: tuple[str, ...]) -> bool:
    """Whether a text is asked for by its whole path, or by its last part in a dynamic group."""
    whole = re.escape(".".join(path))
    if re.search(rf"(?<![\w.]){whole}(?![\w.])|words\.{whole}\b", speakers()):
        return True
    quoted = rf"""(["'])(--)?{re.escape(path[-1])}\1"""
    return path[0] in DYNAMIC and bool(re.search(quoted, speakers()))


PATHS = [
    (lang, name, path)
    for lang in languages()
    for name in ("words", "cli")
    for path in leaves(catalogue(lang, name).tree)
]


@pytest.mark.parametrize(("lang", "name", "path"), PATHS, ids=str)
def test_every_word_is_said(lang: str, name: str, path: tuple[str, ...]) -> None:
    """A word that nobody asks for any more is taken out, in every language."""
    assert is_said(path), f"report_templates/{lang}/{name}.yaml: {'.'.join(path)} is not used"


@pytest.mark.parametrize("group", DYNAMIC)
def test_every_dynamic_group_is_looked_up(group: str) -> None:
    """A group whose parts are chosen at run time is still looked up somewhere."""
    found = rf"""\b{group}\.\{{|\b{group}\[|\[["']{group}["']\]"""
    assert re.search(found, speakers()), group


@pytest.mark.parametrize("lang", languages())
def test_every_word_a_template_asks_for_is_there(lang: str) -> None:
    """A misspelt path in a template is found here, also in a branch that no region reaches."""
    folder = data_folder("report_templates")
    shared = [*folder.glob("*.j2"), *folder.glob("figures/*.j2")]
    for path in (*shared, *folder.glob(f"{lang}/**/*.j2")):
        for code in re.findall(r"\bwords\.([a-z_]+(?:\.[a-z_]+)*)", path.read_text("utf-8")):
            assert catalogue(lang, "words").get(code) is not None, f"{path.name}: words.{code}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("één systeem", "Eén systeem"),
        ("ééns en altijd", "Eéns en altijd"),
        ("écht", "Écht"),
        ("een visie", "Een visie"),
        ("€ 5 per jaar", "€ 5 per jaar"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_as_dutch_writes_it(text: str, expected: str) -> None:
    """The first accent of één goes when it gets a capital; other letters keep theirs."""
    assert sentence(text) == expected


def test_a_word_that_nobody_says_is_noticed() -> None:
    """The check itself can fail."""
    assert not is_said(("terminal", "nobody_says_this"))
    assert not is_said(("page", "unknown"))
