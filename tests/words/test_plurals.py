"""One municipality, two municipalities: a noun follows its number, in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from string import Formatter
from typing import TYPE_CHECKING, Any

from decision.model.installed import data_folder
from decision.words.catalogue import Messages, catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

PLURAL = {"nl": r"(?:[a-z]+e )?[a-z]+(?:en|s)", "en": r"(?:[a-z]+ )?[a-z]+s"}
"""What a plural noun looks like, with the adjective before it."""

NO_NOUN = r"is|was|as|als|pass|has|does|volgens|this|times"
MEASURED = "number|plain|exact|length"


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """The sentences of the program in one language, with where they stand."""
    files = ("words", "cli", "messages")
    trees: list[tuple[str, Any]] = [(name, catalogue(lang, name).tree) for name in files]
    while trees:
        at, tree = trees.pop()
        if isinstance(tree, dict):
            trees += [(f"{at}.{key}", part) for key, part in tree.items()]
        elif isinstance(tree, str):
            yield at, tree


def numbers(text: str) -> dict[str, set[str]]:
    """The numbers in a text by which a word is chosen, each with its words for one."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, name, spec, _ in Formatter().parse(text):
        if name and spec and "|" in spec:
            found[name].add(spec.partition("|")[0])
    return found


def told(text: str, number: int) -> str:
    """A text in which every number is the same, and every other value a name."""
    names = {name or "" for _, name, _, _ in Formatter().parse(text)} - {""}
    chosen = numbers(text)
    values = {name: number if name in chosen or name in COUNTS else "X" for name in names}
    return Messages({"text": text}, "nl").say("text", **values)


COUNTS = {name for lang in languages() for _, text in texts(lang) for name in numbers(text)} | {
    *("count", "total", "most", "limit", "weeks", "days", "years", "samples", "draws"),
}


def test_one_is_never_told_as_many_nor_many_as_one() -> None:
    """Nobody reads 1 gemeenten, 2 gemeente, 1 rules or 0 rule, whatever there is to count."""
    wrong = []
    for lang in languages():
        for at, text in texts(lang):
            one = "|".join(sorted(set().union(*numbers(text).values()))) or "(?!)"
            many = rf"(?<![\w.,])1 (?!(?:{NO_NOUN}|{one})\b)(?:{PLURAL[lang]})\b"
            for number in (0, 1, 2):
                bad = many if number == 1 else rf"(?<![\w.,]){number} (?:{one})\b"
                wrong += [(lang, at, said[0]) for said in re.finditer(bad, told(text, number))]
    assert wrong == []


def test_a_template_counts_with_the_noun() -> None:
    """A number before a plural noun is written with `counted`, which knows the singular."""
    wrong = []
    for lang in languages():
        number = rf"\{{\{{[^{{}}]*\| (?:{MEASURED}) \}}\}}\*{{0,2}}\s"
        bare = re.compile(rf"{number}(?!(?:keer|{NO_NOUN}|precies|overgenomen)\b){PLURAL[lang]}\b")
        for path in sorted((data_folder("report_templates") / lang).rglob("*.j2")):
            wrong += [(path.name, found[0]) for found in bare.finditer(path.read_text("utf-8"))]
    assert wrong == []
