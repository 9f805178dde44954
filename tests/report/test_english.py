"""The English report: the same advice, chapter by chapter and figure by figure, in other words."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from decision.grouping.compared import groupings
from decision.model.installed import data_folder
from decision.report.answers.groupings import groupings_answer
from decision.report.document.compose import Part
from decision.report.report import Report
from decision.report.screen import layout as screen
from decision.report.screen.document import show
from tests.report.advices import LANGS, NAMES, advice, drechtsteden, instead, text
from tests.searching import some

BOTH: list[tuple[str, Part]] = [(name, part) for name in NAMES for part in ("main", "appendices")]
DUTCH = re.compile(
    r"\b(de|het|een|niet|wordt|worden|gemeenten?|vorm|en|van|voor|bij|ook|zijn|naar|dat|die|wie)\b"
)
QUOTED = re.compile(r"source \d+(, [^|]*)?|\*[^*|]+\* \(\d{4}\)|\*Source: .*\*")
"""Places in a source and titles of documents stay Dutch."""


def both(region: str, part: Part) -> tuple[str, str]:
    """The Dutch and the English text."""
    dutch, english = (text(region, lang, "md", part) for lang in LANGS)
    return dutch, english


@pytest.mark.parametrize(("region", "part"), some(BOTH))
def test_both_languages_have_the_same_build(region: str, part: Part) -> None:
    """Headings, lists, tables and their cells follow one another in the same order."""
    dutch, english = (
        [re.findall(r"^#+|^ *-|^ *\d+\.|\|", line) for line in one.splitlines()]
        for one in both(region, part)
    )
    assert english == dutch


@pytest.mark.parametrize(("region", "part"), some(BOTH))
def test_both_languages_have_the_same_figures(region: str, part: Part) -> None:
    """Line by line the same numbers, whatever their marks for decimals and thousands."""
    dutch, english = both(region, part)
    for before, after in zip(dutch.splitlines(), english.splitlines(), strict=True):
        assert figures(after) == figures(before), f"{before}\n{after}"


@pytest.mark.parametrize("form", some(drechtsteden("nl").knowledge.forms))
def test_the_figures_of_any_form_are_the_same(form: str) -> None:
    """Whichever form were advised, the chapters about it have the same figures in either."""
    wanted = ["choice", "costs", "effects", "calculation", "conditions"]
    dutch, english = (
        Report(instead(form, lang), lang, wanted).text("md").splitlines() for lang in LANGS
    )
    for before, after in zip(dutch, english, strict=True):
        assert figures(after) == figures(before), f"{before}\n{after}"


def figures(line: str) -> list[str]:
    """The numbers in a line by their digits, sorted, as words may stand in another order.

    An hour may be written as 08.30 in one language and 8.30 in the other. The digest at the end of
    a file is of the words too.
    """
    if line.startswith("<!-- "):
        return []
    found = re.findall(r"\d(?:[\d.,:]*\d)?", re.sub(r"\b0(?=\d)", "", line))
    return sorted(re.sub(r"\D", "", one) for one in found)


class Tags(HTMLParser):
    """The tags of a page in order, with what tells them apart."""

    def __init__(self, page: str) -> None:
        """Read the whole page."""
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its id and class."""
        own = [f"{key}={value}" for key, value in attrs if key in {"id", "class", "scope"}]
        self.found.append(" ".join([tag, *own]))


@pytest.mark.parametrize(("region", "part"), some(BOTH))
def test_both_pages_are_built_alike(region: str, part: Part) -> None:
    """HTML differs between the languages in its words only, and says which language it is."""
    dutch, english = (text(region, lang, "html", part) for lang in LANGS)
    assert unnamed(english) == unnamed(dutch)
    assert '<html lang="en">' in english


def unnamed(page: str) -> list[str]:
    """The tags of a page, without the ids that are made of the words of a heading."""
    return [re.sub(r"^(h\d) id=\S+", r"\1", tag) for tag in Tags(page).found]


@pytest.mark.parametrize(("region", "part"), some(BOTH))
def test_no_dutch_is_left(region: str, part: Part) -> None:
    """Only names of organisations and what is said about places in sources are Dutch."""
    found = QUOTED.sub("", both(region, part)[1])
    own = advice(region, "en")
    names = [one.name for one in own.region.organisations.values()]
    documents = {**own.knowledge.sources, **own.region.sources}
    for name in (*names, *(one.authors for one in documents.values())):
        found = found.replace(name, "")
    assert [line for line in found.splitlines() if DUTCH.search(line)] == []


def test_the_first_page_in_english() -> None:
    """Form, price and who does what, in whole English sentences."""
    found = text("drechtsteden", "en")
    for said in (
        "**Advice: choose form 3a Handle Together In-house.**",
        "In 2011 this plan costs the municipalities almost €2.5 million together;",
        "they would pay just over €1.8 million less in 2011, with 28.9 fte.",
        "Start with Dordrecht, Papendrecht and Zwijndrecht, in December 2009 under this plan.",
        "Alblasserdam and Hendrik-Ido-Ambacht join later, at their own pace.",
        "Sliedrecht does not take part in form 3a, but can take part in form 1 Manage Together.",
        "The social service (Sociale Dienst Drechtsteden) decides for itself whether to join.",
    ):
        assert said in found


@pytest.mark.parametrize("region", some(NAMES))
def test_one_and_many_agree_with_their_verbs(region: str) -> None:
    """One question is, more are."""
    found = text(region, "en")
    assert not re.search(r"\b1 (conditions|activities|questions|municipalities|decisions)\b", found)


def test_the_english_terminal_of_groupings_fits_eighty_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No line is longer than 80 columns and nothing is cut off."""
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    monkeypatch.setattr(screen, "Console", lambda **_: console)
    case = drechtsteden("en")
    show(groupings_answer(case, groupings(case), "en"))
    printed = out.getvalue()
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 80
    assert "…" not in printed
    assert "A technical redirect is needed for Sliedrecht." in " ".join(printed.split())


def test_both_languages_have_the_same_words() -> None:
    """Every sentence of a section, a table or a figure has one in the other language."""
    words = data_folder("report_templates")
    dutch, english = words / "nl", words / "en"
    names = [path.relative_to(dutch) for path in sorted((dutch / "sections").glob("*.yaml"))]
    assert [
        path.relative_to(english) for path in sorted((english / "sections").glob("*.yaml"))
    ] == names
    for name in (*names, Path("tables.yaml"), Path("words.yaml")):
        one, other = (yaml.safe_load((lang / name).read_text("utf-8")) for lang in (dutch, english))
        assert keys(one) == keys(other), name


def keys(words: object) -> object:
    """The codes of sentences without the sentences."""
    return {key: keys(one) for key, one in words.items()} if isinstance(words, dict) else None
