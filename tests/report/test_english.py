"""The English report: the same advice, chapter by chapter and figure by figure, in other words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.grouping.compared import groupings
from decision.load import Case, load_region
from decision.model.installed import data_folder
from decision.model.region import Region
from decision.report.report import Report, sections
from decision.report.screen import layout as screen
from decision.report.screen.groupings import print_groupings

REGION = "drechtsteden.yaml"
DUTCH = re.compile(
    r"\b(de|het|een|niet|wordt|worden|gemeenten?|vorm|en|van|voor|bij|ook|zijn|naar|dat|die|wie)\b"
)
UNTIDY = re.compile(r"\n{3}|[^\n ]  |[ \t]\n|[\x02\x03]|None|\{|\}|,,|\.\.| [.,;]")
QUOTED = re.compile(r"source \d+(, [^|]*)?|\*[^*|]+\* \(\d{4}\)\.")
"""Places in a source and titles of documents stay Dutch."""


def drechtsteden(lang: str, *changes: str) -> Case:
    """The region that comes with the program, in one language."""
    return load_region(REGION, lang=lang, changes=changes)


def minimal(lang: str) -> Case:
    """One municipality of which nothing is known but its name, and nobody around it."""
    case = drechtsteden(lang)
    own = case.region.municipalities["dordrecht"].model_copy(update={"facts": {}, "note": None})
    nothing = ("facts", "organisations", "neighbours", "ties", "groupings")
    parts = {**dict(case.region), **{name: {} for name in nothing}}
    parts |= {"municipalities": {"dordrecht": own}, "situation": None, "governance": None}
    return Case(case.knowledge, Region.model_construct(**parts))


def undecided(lang: str) -> Case:
    """The region when nobody has said yet whether it works by Antwoord: no form is eligible."""
    names = drechtsteden(lang).region.municipalities
    return drechtsteden(
        lang, *(f"municipalities.{name}.facts.adopts_antwoord=unknown" for name in names)
    )


def other_roles(lang: str) -> Case:
    """The region with two frontrunners, several own entrances, and outsourcing still undecided."""
    return drechtsteden(
        lang,
        "municipalities.papendrecht.facts.pace=groeipad",
        "municipalities.zwijndrecht.facts.joins_number=nee",
        "facts.contact_insight=unknown",
    )


def one_open(lang: str) -> Case:
    """The region when one question is left that can change the outcome."""
    return drechtsteden(
        lang,
        *(
            f"municipalities.{name}.facts.culture=klantgericht"
            for name in ("alblasserdam", "dordrecht", "hendrik-ido-ambacht")
        ),
        "facts.legal_form=afgesproken",
        "municipalities.hendrik-ido-ambacht.facts.work_instructions=geen",
        "municipalities.dordrecht.facts.capacity=voldoende",
        "municipalities.dordrecht.facts.work_instructions=op_orde",
        "organisations.ingenieursbureau.facts.citizen_contact=nee",
        "organisations.leerplicht.facts.citizen_contact=nee",
    )


def own_sites(lang: str) -> Case:
    """The region by its own sizes, with two joint sites and a cap on how busy people may be."""
    return drechtsteden(
        lang, "costs.sites=own", "costs.joint_sites=[0.6, 0.4]", "costs.occupancy_cap=0.75"
    )


CASES: dict[str, Callable[[str], Case]] = {
    "drechtsteden": drechtsteden,
    "minimal": minimal,
    "undecided": undecided,
    "other roles": other_roles,
    "one open": one_open,
    "own sites": own_sites,
}


@cache
def advice(region: str, lang: str) -> Advice:
    """The advice for one of the regions in one language."""
    return decide(CASES[region](lang), Request(draws=500))


@cache
def text(region: str, lang: str, form: str = "md") -> str:
    """The whole report of one of the regions."""
    return Report(advice(region, lang), lang).text(form)


@pytest.mark.parametrize("region", CASES)
def test_every_section_stands_alone_in_english(region: str) -> None:
    """Each section can be written by itself, for any region, and says something."""
    for section in sections("en"):
        found = Report(advice(region, "en"), "en", [section]).text("md")
        assert found.startswith("## "), section
        assert len(found.splitlines()) > 2, section
        assert not UNTIDY.search(found), section


@pytest.mark.parametrize("region", CASES)
def test_no_form_is_advised_where_none_is_eligible(region: str) -> None:
    """A municipality alone has nothing to do together; who may join is to look into a form."""
    none = advice(region, "en").recommended is None
    assert none == (region in {"minimal", "undecided"})
    assert ("**Advice: look into form " in text(region, "en")) == (region == "undecided")
    assert ("nothing to do together yet" in text(region, "en")) == (region == "minimal")


@pytest.mark.parametrize("region", CASES)
def test_both_languages_have_the_same_headings(region: str) -> None:
    """The levels of the headings follow one another in the same order."""
    dutch, english = (re.findall(r"^#+", text(region, lang), re.MULTILINE) for lang in ("nl", "en"))
    assert english == dutch


@pytest.mark.parametrize("region", CASES)
def test_both_languages_have_the_same_tables(region: str) -> None:
    """As many tables, each with as many rows and columns."""
    dutch, english = (
        [[row.count("|") for row in table.splitlines()] for table in tables(text(region, lang))]
        for lang in ("nl", "en")
    )
    assert english == dutch


def tables(report: str) -> list[str]:
    """The tables of a report in Markdown."""
    return re.findall(r"(?:^\|.*\n)+", report, re.MULTILINE)


@pytest.mark.parametrize("region", CASES)
def test_both_languages_have_the_same_figures(region: str) -> None:
    """Line by line the same numbers, whatever their marks for decimals and thousands."""
    dutch, english = (text(region, lang).splitlines() for lang in ("nl", "en"))
    for before, after in zip(dutch, english, strict=True):
        assert figures(after) == figures(before), f"{before}\n{after}"


@pytest.mark.parametrize("region", ["drechtsteden", "own sites"])
def test_the_money_of_any_form_is_the_same(region: str) -> None:
    """Whichever form were advised, the chapters about money have the same figures in either."""
    for form in advice(region, "nl").knowledge.forms:
        dutch, english = (money(region, form, lang) for lang in ("nl", "en"))
        for before, after in zip(dutch, english, strict=True):
            assert figures(after) == figures(before), f"{form}: {before}\n{after}"


def money(region: str, form: str, lang: str) -> list[str]:
    """The chapters about money when a form is advised, line by line."""
    other = replace(advice(region, lang), recommended=form, roadmap=None)
    return Report(other, lang, ["costs", "conditions"]).text("md").splitlines()


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


@pytest.mark.parametrize("region", CASES)
def test_both_pages_are_built_alike(region: str) -> None:
    """HTML differs between the languages in its words only, and says which language it is."""
    english = text(region, "en", "html")
    assert Tags(english).found == Tags(text(region, "nl", "html")).found
    assert '<html lang="en">' in english


@pytest.mark.parametrize("region", CASES)
def test_no_dutch_is_left(region: str) -> None:
    """Only names of organisations and what is said about places in sources are Dutch."""
    found = QUOTED.sub("", text(region, "en"))
    case = advice(region, "en")
    names = [one.name for one in case.region.organisations.values()]
    documents = {**case.knowledge.sources, **case.region.sources}
    names += [*case.knowledge.rules, *(one.authors for one in documents.values())]
    for name in names:
        found = found.replace(name, "")
    left = [line for line in found.splitlines() if DUTCH.search(line)]
    assert left == []


def test_the_facts_of_the_drechtsteden_in_english() -> None:
    """The summary has the form, the price and who does what, in whole English sentences."""
    found = Report(advice("drechtsteden", "en"), "en", ["summary"]).text("md")
    assert "**Advice: choose form of cooperation 3a Handle Together In-house.**" in found
    assert (
        "In 2011 this plan costs the municipalities together just over €\xa02.6 million;" in found
    )
    assert "they would pay just over €\xa01.8 million less in 2011, with 28.9 fte." in found
    assert "For forms 3b, 4 and 5 something is still missing now." in found
    assert "Dordrecht, Papendrecht and Zwijndrecht start in week" in found
    assert "Alblasserdam and Hendrik-Ido-Ambacht first work on their own organisations and" in found
    assert "Sliedrecht does not take part in form 3a, but does in form 1 Manage Together." in found
    assert "Sociale Dienst Drechtsteden decides for itself." in found


def test_one_and_many_agree_with_their_verbs() -> None:
    """One joiner works and joins, two work and join; one question is, more are."""
    assert "is one question that can still change the outcome. It is in" in text("one open", "en")
    several = "There are 6 questions that can still change the outcome. They are in"
    assert several in text("drechtsteden", "en")
    for region in CASES:
        assert not re.search(r"\b1 (conditions|activities|questions)\b", text(region, "en"))
    costs = Report(advice("drechtsteden", "en"), "en", ["costs"]).text("md")
    assert (
        "Of the forms for which a source gives figures, in 2009 and 2010 form 3b is the cheapest "
        "per call, in 2011 form 3a."
    ) in costs
    assert "For forms 4 and 5 no source gives figures of their own." in costs


def test_the_english_terminal_fits_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 80 columns and nothing is cut off, for the advice and groupings."""
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    monkeypatch.setattr(screen, "Console", lambda **_: console)
    Report(advice("drechtsteden", "en"), "en").print_summary()
    case = drechtsteden("en")
    print_groupings(case, groupings(case), "en")
    printed = out.getvalue()
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 80
    assert "…" not in printed
    assert "A technical redirect is needed for Sliedrecht." in " ".join(printed.split())


def test_both_languages_have_the_same_templates() -> None:
    """Each section has a template in either language, and there are no others."""
    for lang in ("nl", "en"):
        folder = data_folder("report_templates") / lang / "sections"
        assert {path.name for path in folder.iterdir()} == {
            f"{name}.md.j2" for name in sections(lang)
        }
    assert sections("en") == sections("nl")


def test_both_languages_ask_for_the_same_data() -> None:
    """A change in the template of one language is missed in the other: it fails here."""
    for section in sections("nl"):
        dutch, english = (asked(template(lang, section)) for lang in ("nl", "en"))
        assert english == dutch, section


def template(lang: str, section: str) -> str:
    """The template of a section."""
    path = data_folder("report_templates") / lang / "sections" / f"{section}.md.j2"
    return Path(path).read_text(encoding="utf-8")


def asked(source: str) -> set[str]:
    """What a template asks of the advice, its view, the region, the knowledge and the words."""
    tags = " ".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", source, re.DOTALL))
    return set(re.findall(r"\b(?:v|advice|region|knowledge|words)\.[a-z_]+(?:\.[a-z_]+)*", tags))
