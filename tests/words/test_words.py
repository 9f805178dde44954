"""No dead words: whatever stands in a catalogue is said by a template or by the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

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
    "title": "the part of the report",
    "parts": "the assumed part of an entry",
    "unsourced": "what is declared without a source",
    "inputs": "a key of a region file",
    "often": "what was counted",
    "each": "the kind of partner that a fact is about",
    "comparison": "a figure, a part of a verdict or a topic",
    "costs.conditions": "whether a form needs any of its promise",
    "costs.sharing": "the key by which cost is divided",
    "costs.plan": "the kind of what a region chose beside a form",
    "costs.prices": "of which year the prices are",
    "costs.doubts": "the figure that may be a typing error",
    "design": "the stance of partners",
    "design.conflict": "the kind of a link",
    "explain.found": "whether partners meet what is asked",
    "explain.labels": "what a set of remedies is best in",
    "robustness.weights": "how weights are stated",
    "robustness.ranks": "how weights are drawn",
    "robustness.methods": "a method, or what there is to say of it",
    "terminal": "the role of an organisation, or a column",
    "groupings": "a column",
    "roadmap": "whose work it is",
    "roadmap.at_date": "how exact a date is",
    "roadmap.wishes.no_plan": "whether a wish can be met",
    "roadmap.waves": "a column",
    "roadmap.decisions": "a column",
    "roadmap.path": "a column",
    "planner.columns": "a column",
    "planner.levels": "the level of an activity",
    "planner.events": "the kind of an event",
    "working": "which part of a search is done",
    "rounding": "the side of a rounded amount",
    "errors": "the code of a refusal",
    "help": "the name of a command or an option",
    "bodies": "the role of a body",
    "alt": "the figure",
    "note": "the figure",
    "reading": "the figure",
    "map": "a column",
    "readiness": "the code of a title",
    "ladder.states": "whether a form can be chosen",
    "scores": "a column, or the code of a title",
    "chances": "the code of a title",
    "costs": "the code of a title",
    "threshold": "the outcome of a comparison",
    "cash": "a column",
    "staff": "a line, or the code of a title",
    "planning.keys": "what a mark stands for",
    "columns": "a column of a table",
    "ask": "what is asked on a terminal",
    "receipt": "whose own files they are",
    "replay": "what happened to a file",
    "replay.answer": "whether inputs and advice are the same",
    "replay.kinds": "the kind of an input",
    "replay.part": "a part of what a partner does",
    "replay.about": "a part of the answer",
    "facts_listed.of": "the kind of partner that facts are about",
    "facts_listed.columns": "a column",
    "metavars": "the name of an argument, or what an option takes",
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


@cache
def said() -> tuple[frozenset[str], frozenset[str]]:
    """The paths that are asked for as a whole, and everything between quotes."""
    paths = set(re.findall(r"[\w.-]+", speakers())) | set(re.findall(r"[\w.]+", speakers()))
    for path in re.findall(r"\bwords\.([\w.]+)", speakers()):
        paths |= {path[: end.start()] for end in re.finditer(r"\.|$", path)}
    quoted = re.findall(r"""(?=(["'])(?:--)?([^"'\n]+)\1)""", speakers())
    return frozenset(paths), frozenset(text for _, text in quoted)


@cache
def keys() -> frozenset[str]:
    """The keys that a region file can have, which are named by nobody but who writes one."""
    models = catalogue("nl", "schema").tree.values()
    return frozenset(key for one in models if "fields" in one for key in one["fields"])


def is_said(path: tuple[str, ...]) -> bool:
    """Whether a text is asked for by its whole path, or by its last part in a dynamic group."""
    paths, quoted = said()
    groups = {".".join(path[:depth]) for depth in range(1, len(path))}
    dynamic = quoted | keys() if path[0] == "inputs" else quoted
    return ".".join(path) in paths or (not groups.isdisjoint(DYNAMIC) and path[-1] in dynamic)


def test_every_word_is_said() -> None:
    """A word that nobody asks for any more is taken out, in every language."""
    silent = [
        f"report_templates/{lang}/{name}.yaml: {'.'.join(path)} is not used"
        for lang in languages()
        for name in ("words", "cli", "charts")
        for path in leaves(catalogue(lang, name).tree)
        if not is_said(path)
    ]
    assert silent == []


def test_every_word_of_a_section_is_said() -> None:
    """The sentences beside a template are those that it says."""
    folder = data_folder("report_templates")
    draft = (folder / "sections" / "draft.md.j2").read_text("utf-8")
    for path in sorted((folder / "nl" / "sections").glob("*.yaml")):
        own = (folder / "sections" / f"{path.stem}.md.j2").read_text("utf-8") + draft
        codes = set(re.findall(r"""["']([\w.]+)["']""", own))
        tops = {code.partition(".")[0] for code in codes}
        tree = catalogue("nl", f"sections/{path.stem}").tree
        assert [code for code in tree if code not in tops] == [], path.name


def test_every_dynamic_group_is_looked_up() -> None:
    """A group whose parts are chosen at run time is still looked up somewhere."""
    found = re.findall(r"""([\w.]+)(?:\.\{|\[)|\[["']([\w.]+)["']\]""", speakers())
    paths = {f".{one or other}" for one, other in found}
    assert [one for one in DYNAMIC if not any(at.endswith(f".{one}") for at in paths)] == []


def test_every_word_a_template_asks_for_is_there() -> None:
    """A misspelt path in a template is found here, also in a branch that no region reaches."""
    folder = data_folder("report_templates")
    shared = [*folder.glob("*.j2"), *folder.glob("figures/*.j2")]
    missing = [
        f"{path.name}: words.{code} in {lang}"
        for lang in languages()
        for path in (*shared, *folder.glob("sections/*.j2"), *folder.glob(f"{lang}/**/*.j2"))
        for code in re.findall(r"\bwords\.([a-z_]+(?:\.[a-z_]+)*)", path.read_text("utf-8"))
        if catalogue(lang, "words").get(code) is None
    ]
    assert missing == []


CAPITALS = {
    "één systeem": "Eén systeem",
    "ééns en altijd": "Eéns en altijd",
    "écht": "Écht",
    "een visie": "Een visie",
    "ijsselland": "IJsselland",
    "ijkwezen": "IJkwezen",
    "íjs": "ÍJs",
    "'t is zo": "'t Is zo",
    "\u2019s-hertogenbosch": "\u2019s-Hertogenbosch",
    "'s-Gravenhage": "'s-Gravenhage",
    "'s ijkmeesters": "'s IJkmeesters",
    "80% ijkt": "80% ijkt",
    "'een visie' is nodig": "'een visie' is nodig",
    "bij elkaar": "Bij elkaar",
    "€ 5 per jaar": "€ 5 per jaar",
    "": "",
}


def test_a_sentence_begins_with_a_capital_as_dutch_writes_it() -> None:
    """Één loses an accent, ij is one letter, and after 't and 's the next word has the capital."""
    assert {text: sentence(text) for text in CAPITALS} == CAPITALS


@given(st.text())
def test_only_the_start_of_a_sentence_changes(text: str) -> None:
    """A sentence stays what it was but for its capital, and has it once and for all."""
    found = sentence(text)
    assert found.casefold().replace("é", "e") == text.casefold().replace("é", "e")
    assert sentence(found) == found


def test_a_word_that_nobody_says_is_noticed() -> None:
    """The check itself can fail."""
    assert not is_said(("terminal", "nobody_says_this"))
    assert not is_said(("page", "unknown"))


def test_nothing_we_write_is_invisible() -> None:
    """No text of the program turns the direction of a line or holds what nobody sees."""
    folders = (data_folder(name) for name in ("report_templates", "criteria", "regions"))
    files = [path for folder in folders for path in folder.rglob("*.[yj]*")]
    assert len(files) > 50
    hidden = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
    assert [path for path in files if hidden.search(path.read_text(encoding="utf-8"))] == []


def test_names_in_a_message_are_listed_as_the_language_does() -> None:
    """Nobody reads names that only commas part, and one name is no list."""
    unsized = "errors.unsized"
    for lang, word in (("nl", "en"), ("en", "and")):
        say = catalogue(lang, "cli").say
        assert f" Dorp, Stad {word} Land" in say(unsized, names=("Dorp", "Stad", "Land"))
        assert f" Dorp {word} Stad" in say(unsized, names={"Dorp": 1, "Stad": 2})
        assert say(unsized, names=["Dorp"]) == say(unsized, names="Dorp")


def test_no_message_is_given_names_that_are_joined_already() -> None:
    """One place lists the names in a message; who tells it hands them over one by one."""
    folder = Path(decision.__file__).parent
    files = [*(folder / "cli").rglob("*.py"), *(folder / "model").rglob("*.py")]
    assert [file.name for file in files if '", ".join' in file.read_text("utf-8")] == []
