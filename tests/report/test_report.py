"""The report: laws that hold for every region, both languages and each of its parts."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from decision.advice import findings
from decision.advice.advice import Advice, decide
from decision.advice.again import replayed
from decision.load import Case
from decision.load.receipt import Receipt
from decision.report.answers import advice as terminal
from decision.report.answers.layout import laid_out
from decision.report.answers.roadmap import roadmap_answer
from decision.report.document.compose import Part
from decision.report.document.contents import contents
from decision.report.document.placing import IN_A_TEXT
from decision.report.document.rules import MAIN
from decision.report.document.tree import Picture, Table, walk
from decision.report.files import MARK
from decision.report.report import Report, sections
from decision.report.screen import layout as screen
from decision.roadmap.dates import day_of
from decision.words.numbers import Numbers
from tests.drechtsteden import answered
from tests.report.advices import (
    CASES,
    FEW,
    LANGS,
    NAMES,
    THIN,
    advice,
    drechtsteden,
    instead,
    report,
    text,
)
from tests.searching import examples, some

PARTS: tuple[Part, ...] = get_args(Part)
FORMS = tuple(drechtsteden("nl").knowledge.forms)
VOID = {"meta", "br", "hr", "rect", "path", "line", "img", "input"}
UNTIDY = re.compile(
    r"\n{3}|[^\n ]  |[ \t]\n|\n (?! )|[\x02\x03]|None|\{|\}| [.,;]"
    r"|[-\u2212]€\xa00(?:[.,]0+)?(?![\d.,])"
)
SENTENCE = re.compile(r'"[^"]*\b(de|het|een|niet|wordt|gemeente|gemeenten|vorm)\b [a-z][^"]*"')
RECEIPT = re.compile(r"^(Regels en cijfers zijn|Rules and figures are) .*$", re.MULTILINE)
MACHINE = re.compile(
    r"criteria/|\.yaml|--[a-z]|regiobestand|[Ss]tartgetal|\(lezing\)|seed"
    r"|\bdecide (region|costs|robustness|explain|roadmap|groupings|design|verify|compare|check)\b"
)
"""What belongs to the program, and not to an advice."""


class Page(HTMLParser):
    """What a test wants to know of a page: balance, headings, addresses, ids, text."""

    def __init__(self, html: str) -> None:
        """Read the whole page; a tag that closes another than it should fails at once."""
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.tables: list[Mapping[str, str | None]] = []
        self.cells: list[Mapping[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it refers to."""
        found = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [found["id"] or ""] if "id" in found else []
        self.references += (found.get("aria-labelledby") or "").split()
        self.links += [found[key] or "" for key in ("href", "src", "action") if key in found]
        if tag == "table":
            self.tables.append(found)
        if tag == "th":
            self.cells.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as in a drawing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every tag closes the last one that is open."""
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, with single spaces."""
        return " ".join("".join(self.words).split())


def body(region: str, lang: str = "nl", part: Part = "main") -> str:
    """A part of a report as Markdown, without the digest at its end."""
    return text(region, lang, "md", part).rpartition("<!-- ")[0]


WHO = ("Dat ontbreekt", "That is still lacking", "Dit speelt bij", "This concerns", "(")
"""What names those whom a sentence is about."""


def test_it_is_the_same_whatever_is_asked_first() -> None:
    """Who asks for the appendices, or for one part, before the rest gets the same document."""
    found = advice("crowd", "nl")
    first, second, third = (Report(found, "nl") for _ in range(3))
    main, appendices = first.text("md"), first.text("md", "appendices")
    assert "Tabel L.2." in appendices
    assert (second.text("md", "appendices"), second.text("md")) == (appendices, main)
    third.composer.section("partners")
    assert (third.text("md"), third.text("md", "appendices")) == (main, appendices)


# --- how long it is, and what does not belong in it


@pytest.mark.parametrize("lang", LANGS)
def test_the_advice_is_read_in_twenty_minutes(lang: str) -> None:
    """At most 7.000 words for the Drechtsteden, 8.000 in the appendices, 900 for a council."""
    assert len(body("drechtsteden", lang).split()) <= 7000
    assert len(body("drechtsteden", lang, "appendices").split()) <= 8000
    proposal = Report(advice("drechtsteden", lang), lang, ["raadsvoorstel"]).text("md")
    assert 300 < len(proposal.split()) <= 900


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", THIN)
def test_of_a_region_of_which_little_is_known_little_is_told(region: str, lang: str) -> None:
    """At most 1.500 words, and no money, route or draft decision that rests on a guess."""
    assert len(body(region, lang).split()) <= 1500
    ids = {section.id for section in report(region, lang).main.sections}
    assert not ids & {"costs", "route", "decisions", "effects"}
    assert "€" not in "".join(re.findall(r"\*\*Advi.*", body(region, lang)))


@pytest.mark.parametrize("region", NAMES)
def test_the_main_text_has_few_and_small_tables(region: str) -> None:
    """At most 12 tables of 8 rows, 6 columns and 12 words a cell, and 10 figures."""
    blocks = [*walk([one for part in report(region).main.sections for one in part.blocks])]
    tables = [one for one in blocks if isinstance(one, Table)]
    assert len(tables) <= 12
    assert len([one for one in blocks if isinstance(one, Picture)]) <= 10
    assert [one.id for one in tables if not MAIN.hold(one)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", some(NAMES))
def test_a_sentence_begins_with_a_capital(region: str, lang: str) -> None:
    """Also where a general word stands for a body that the region has no name for.

    And there is a space before it.
    """
    found = [
        line[max(0, at.start() - 40) : at.end() + 40]
        for line in (body(region, lang) + body(region, lang, "appendices")).splitlines()
        for at in re.finditer(r"(?<!\d)[.!?](\*\*)? (?=[a-z])|[a-z\d][.!?](?=[A-Z][a-z])", line)
    ]
    assert found == []


@pytest.mark.parametrize("lang", some(LANGS))
def test_no_sentence_names_a_crowd(lang: str) -> None:
    """Of many municipalities a sentence says how many they are, or who is not among them."""
    case = CASES["crowd"](lang)
    own = case.region.municipalities
    later = {
        name: answered(case.knowledge, own[name], {"pace": "groeipad", "vision": "geen"})
        for name in ("dorp-3", "dorp-8", *(f"dorp-{at}" for at in range(10, 15)))
    }
    for lagging in some([later, dict([*later.items()][:2]), {}]):
        municipalities = {**own, **lagging}
        region = case.region.model_copy(update={"municipalities": municipalities})
        told = Report(decide(replace(case, region=region), FEW), lang).text("md")
        lines = [one for one in told.splitlines() if not one.startswith("|")]
        many = [one for one in lines if re.search(r"(Dorp \d+,? (?:en |and )?){9}", one)]
        assert all(re.match(r"\d+\. ", one) for one in many), "only a decision names all"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("region", NAMES)
def test_every_table_says_something(region: str, part: Part) -> None:
    """Every table has a title, two rows and columns at least, and something known in it."""
    pages = report(region).main if part == "main" else report(region).appendices
    for section in pages.sections:
        for table in walk(section.blocks):
            if isinstance(table, Table):
                assert table.title, table.id
                assert table.number, table.id
                assert len(table.rows) > 1 < len(table.columns), table.id
                cells = [cell for row in table.rows for cell in row.cells[1:]]
                assert any(not cell.unknown for cell in cells), table.id


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", some(NAMES))
def test_nothing_of_the_program_is_in_the_main_text(region: str, lang: str) -> None:
    """No rule ids, commands or file places: these are for who checks, but for the receipt."""
    found = RECEIPT.sub("", body(region, lang))
    assert not MACHINE.search(found), MACHINE.findall(found)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", some(NAMES))
def test_no_reader_meets_a_key(region: str, lang: str, part: Part) -> None:
    """No id of a rule, activity, criterion or partner, and no key of a file, appendices too."""
    found, held = body(region, lang, part), advice(region, lang)
    known = (held.knowledge.rules, held.knowledge.activities, held.knowledge.criteria)
    ids = {one for names in (*known, held.region.organisations) for one in names if "-" in one}
    assert ids & {*re.findall(r"[a-z0-9-]+", found)} == set()
    assert re.findall(r"\w+\\?_\w+|\ufffd", found) == []
    assert re.findall(r"(?i)\b(\w{5,}): \1\b", found) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", ["minimal", "zwolle"])
def test_one_municipality_is_not_told_what_cannot_help(region: str, lang: str) -> None:
    """Whatever it does, there is nobody to share with: that is the one thing that stops a form."""
    view, told = report(region, lang).composer.known["v"], body(region, lang)
    stopped = {one.rule for one in view.missing() if one.forms and "0" not in one.forms}
    assert len(stopped) == 1
    assert not [name for name, _ in view.could_help() if name in told.lower()]


@pytest.mark.parametrize("lang", LANGS)
def test_after_the_first_page_a_sentence_is_told_once(lang: str) -> None:
    """Elsewhere the text refers; only captions and whom to ask come back."""
    chapters = body("drechtsteden", lang).split("\n## ", 2)[2]
    lines = (re.sub(r"^[-#\d. >*]+|\*", "", one) for one in chapters.splitlines())
    told = Counter(
        sentence
        for line in lines
        if not line.startswith(("|", "Bron:", "Source:"))
        for sentence in re.split(r"(?<=[.!?]) ", line)
        if len(sentence.split()) > 5
    )
    again = [one for one, count in told.items() if count > 1]
    assert [one for one in again if not one.startswith(WHO)] == []


# --- how it is built


@pytest.mark.parametrize("region", ["drechtsteden", "minimal", "unknown"])
def test_every_section_stands_alone(region: str) -> None:
    """Each section can be written by itself, for any region, and says something."""
    for section in sections():
        own = Report(advice(region), "nl", [section])
        found = own.text("md")
        assert found.startswith("## "), section
        assert len(found.splitlines()) > 2, section
        page = Page(own.text("html"))
        assert page.headings[0] == 2, section
        assert 1 not in page.headings, section
        assert "script" not in page.tags
        assert found.count(MARK) == 1, section


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", some(NAMES))
def test_markdown_is_tidy(region: str, lang: str, part: Part) -> None:
    """One blank line around blocks, no double spaces, no wrapped lines, even rows, no leftovers."""
    found = text(region, lang, "md", part)
    assert not UNTIDY.search(found), UNTIDY.findall(found)
    for before, line in zip(found.split("\n"), found.split("\n")[1:], strict=False):
        assert not (line.startswith("#") and before), line
        assert not (before.startswith("#") and line), before
        assert before.startswith("|") == line.startswith("|") or not before or not line
    assert re.search(rf"[^\n]\n\n<!-- {MARK} [0-9a-f]{{64}} -->\n\Z", found)
    even(found)


def even(found: str) -> None:
    """Check that all rows of a table are as long, in every table."""
    for table in re.findall(r"(?:^\|.*\n)+", found, re.MULTILINE):
        sizes = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(sizes) == 1, table


@pytest.mark.parametrize("form", some(FORMS))
def test_whichever_form_is_advised_the_chapters_hold_together(form: str) -> None:
    """Of any form, doing nothing too, the chapters about it are whole."""
    wanted = ["choice", "costs", "effects", "comparison", "calculation", "conditions"]
    own = Report(instead(form), wanted=wanted)
    assert not UNTIDY.search(own.text("md"))
    even(own.text("md"))
    assert Page(own.text("html")).open == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("region", some(NAMES))
def test_the_page_is_well_formed_and_needs_nothing_else(region: str, part: Part) -> None:
    """Tags balance, one h1, no level skipped, ids once, names everywhere, no address outside."""
    found = text(region, "nl", "html", part)
    page = Page(found)
    assert page.open == []
    assert page.headings.count(1) == 1 == page.headings[0]
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    assert all(table.keys() & {"aria-labelledby", "aria-label"} for table in page.tables)
    assert all(cell.get("scope") in {"col", "row"} for cell in page.cells)
    assert page.tags.count("script") == 1
    assert not re.search(r"https?:|//|url\(|@import", found.replace("<!doctype html>", ""))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert f'<meta name="generator" content="{MARK}">' in found
    assert '<html lang="nl">' in found
    assert "default-src 'none'" in found


def test_the_parts_have_their_chapters_in_order() -> None:
    """Each chapter carries its id, so that others can link to it; numbers, then letters."""
    for part in PARTS:
        pages = report().main if part == "main" else report().appendices
        assert tuple(one.id for one in pages.sections) == contents()[part]
        page = Page(text("drechtsteden", "nl", "html", part))
        assert [name for name in page.ids if name in sections()] == list(contents()[part])
    numbers = [one.number for one in report().main.sections]
    assert numbers == ["", *map(str, range(1, len(numbers)))]
    assert "".join(one.number for one in report().appendices.sections).startswith("ABC")


@pytest.mark.parametrize("part", PARTS)
def test_tables_and_figures_are_numbered_by_chapter(part: Part) -> None:
    """Table 5.1 is the first of chapter 5, so that others can cite it."""
    pages = report().main if part == "main" else report().appendices
    for section in pages.sections:
        for kind in (Table, Picture):
            found = [one.number for one in walk(section.blocks) if isinstance(one, kind)]
            numbers = [f"{section.number}.{place}" for place in range(1, len(found) + 1)]
            assert found == numbers


# --- what it says


def test_the_first_page_of_the_drechtsteden() -> None:
    """Form, who begins and when, price, staff and what is asked, each by its figure."""
    found = Report(advice(), wanted=["summary"]).text("md")
    for said in (
        "**Advies: kies samenwerkingsvorm 3a Samen Zelf Afhandelen.**",
        "Begin met Dordrecht, Papendrecht en Zwijndrecht, volgens het plan in december 2009.",
        "Alblasserdam en Hendrik-Ido-Ambacht sluiten later aan",
        "Sliedrecht doet niet mee met vorm 3a, maar kan wel meedoen met vorm 1 Samen Beheren.",
        "In 2011 kost dit plan de gemeenten samen bijna €\xa02,5 miljoen;",
        "Dat is ruim €\xa01,1 miljoen minder.",
        "dan betaalden zij in 2011 ruim €\xa01,8 miljoen minder, met 28,9 fte.",
        "De investering is €\xa0435.000.",
        "Doen alle gemeenten meteen mee, dan is 5% van die verbetering genoeg om in 2011 goedkoper",
        "Om vorm 3b te verslaan moet 73% lukken.",
    ):
        assert said in found
    assert "de Sociale Dienst Drechtsteden beslist zelf" in body("drechtsteden").replace("De", "de")


def test_with_only_a_year_the_route_is_in_weeks() -> None:
    """Week 75 after July 2008 is in December 2009; with only a year nobody knows."""
    assert re.search(r"volgens het plan \d+ weken na de opdracht\.", body("own sites"))
    assert "maanden gelden" not in body("own sites")
    assert "De maanden gelden als de opdracht in juli 2008 komt." in body("drechtsteden")


def test_who_is_in_the_form_already_is_not_told_to_start() -> None:
    """No start, investment, saving or decision is asked of those who work that way already."""
    told = body("there already")
    assert "**Advies: blijf bij samenwerkingsvorm 3a Samen Zelf Afhandelen.**" in told
    assert "Dordrecht en Zwijndrecht werken al in deze vorm." in told
    assert "De gemeenten werken al in deze vorm, en alle besluiten ervoor zijn genomen." in told
    for word in ("Begin met", "herberekeningen", "De investering is", "De besparing", "Live"):
        assert word not in told


def test_the_advice_tells_the_chance_and_the_recess_as_the_roadmap_does() -> None:
    """In the draws of the published plan the first start and the last joining are late 2010."""
    found = advice("drechtsteden")
    again = replayed(found)
    assert again is not None
    chance = again.chance(found.request.seed)
    (half, most), (half_last, most_last) = (
        tuple(Numbers("nl").date(f"{day_of(found.region, week):%Y-%m}") for week in weeks)
        for weeks in (chance.opening, chance.last)
    )
    told = body("drechtsteden")
    assert f"begint uiterlijk in {half} en is compleet in {half_last};" in told
    assert f"; acht van de tien in {most} en {most_last}." in told
    road = laid_out(roadmap_answer(found, "nl", everything=False), "md", "nl", IN_A_TEXT)
    assert all(f" {one}" in road for one in (half, most, half_last, most_last))
    late = f"Reken op uitloop: in de helft van {chance.draws} berekeningen wordt het {half} of"
    assert told.index(late) < told.index("## 1 ")
    after = "De eerste groep begint 29 weken na het regionale besluit; reces kost daarvan 3 weken."
    assert after in told
    assert after in road
    assert found.roadmap is not None
    usual = replace(found, roadmap=replace(found.roadmap, recess=0.0))
    after = "De eerste groep begint 29 weken na het regionale besluit.\n"
    assert after in laid_out(roadmap_answer(usual, "nl", everything=False), "md", "nl", IN_A_TEXT)


def test_who_decides_commits_to_what_was_calculated_with() -> None:
    """Both draft decisions name the improvement, as the costs have it."""
    found = advice("drechtsteden", "nl")
    costs = found.costs.forms
    then, now = (
        Numbers("nl").percent(costs[form].last_year.direct)
        for form in (str(found.recommended), found.knowledge.baseline)
    )
    told = f"binnen 3 jaar na de start krijgt {then} van de bellers meteen antwoord, nu {now};"
    drafts = [
        Report(found, "nl", wanted=[one]).text("md") for one in ("decisions", "raadsvoorstel")
    ]
    assert [told in draft for draft in drafts] == [True, True]
    longer = drechtsteden("nl", "costs.years=[2009, 2010, 2011, 2012, 2013]")
    assert told[:-1] in Report(decide(longer, FEW), "nl", wanted=["decisions"]).text("md")


def test_who_works_in_the_form_already_does_not_start() -> None:
    """They are named as such, and whoever joins them does so later."""
    there = ("dordrecht", "zwijndrecht")
    now = [f"municipalities.{name}.current={{form: 3a, number: '078'}}" for name in there]
    found = decide(replace(drechtsteden("nl", *now), receipt=Receipt()), FEW)
    wanted = ["summary", "decisions", "raadsvoorstel"]
    told = Report(found, "nl", wanted=wanted).text("md")
    assert " Dordrecht en Zwijndrecht werken al in deze vorm. Alblasserdam, " in told
    assert not re.search(r"Begin met|te beginnen met|beginnen volgens het plan", told)


def test_what_has_to_come_true() -> None:
    """In 2011 some 5% of the promise beats doing nothing, and 73% outsourcing."""
    found = body("drechtsteden")
    assert "is vorm 3a goedkoper dan niets doen; om vorm 3b te verslaan is 73% nodig" in found
    needed = body("drechtsteden", part="appendices")
    assert "| 3b Afhandelen Uitbesteden | nooit | vanaf 83% | vanaf 73% | vanaf 87% |" in needed


def test_routes() -> None:
    """By way of form 1 five municipalities lose 40.000 euro each, at once nobody loses any."""
    found = body("drechtsteden", part="appendices")
    assert re.search(r"\| Eerst samen beheren \| .* \| €\xa0635\.000 \| €\xa0200\.000 \|", found)
    assert re.search(r"\| In één keer \| .* \| €\xa0435\.000 \| €\xa00 \|", found)
    told = body("drechtsteden")
    assert "- In één keer: deze route begint 1 maand later" in told
    assert "deze route kan nu niet, want de regio kan niet beginnen met vorm 3b." in told


def test_who_may_still_join_is_a_range_beside_the_money() -> None:
    """What the plan costs if the undecided join as well stands beside what it costs for sure."""
    money = advice("other roles").findings.plan_money_if_all_join
    assert money is not None
    euro = Numbers("nl").rounded(money.years[2011].cost)[0]
    found = body("other roles")
    assert f"Doet zij mee, dan kost het plan in 2011 {euro}" in found
    assert "Doet Alblasserdam ook mee" in found


def test_what_was_chosen_beside_a_form_is_told_apart_from_what_is_on_offer() -> None:
    """A project that the region chose is in the plan; what more would save is not."""
    chosen = "**Eén redactie voor website en kennisbank.** Hiervoor kiezen Dordrecht en Papendrecht"
    assert chosen in body("other roles")
    assert chosen not in body("drechtsteden")
    assert "**Dezelfde zaaktypen.**" in body("drechtsteden")
    assert "Ook zonder KCC is er iets te winnen:" in body("nobody")


def test_the_face_of_a_form_is_that_form_s_own() -> None:
    """No joint team, centre or scale is promised by a form in which each answers for itself."""
    found = body("alone")
    assert "kies samenwerkingsvorm 1" in found
    for said in ("nieuwe team", "wat het team levert", "Het KCC heeft omvang nodig"):
        assert said in body("drechtsteden")
        assert said not in found


@pytest.mark.parametrize("form", [one for one in FORMS if one != "0"])
def test_a_form_that_saves_nothing_is_not_told_to_save(form: str) -> None:
    """Only of a form that costs less than doing nothing the lower cost can fail to come."""
    costs = instead(form).costs
    dear = {
        name: replace(one, years={y: replace(c, total=1e9) for y, c in one.years.items()})
        for name, one in costs.forms.items()
        if name != "0"
    }
    dearer = replace(instead(form), costs=replace(costs, forms={**costs.forms, **dear}))
    for found, cheaper in ((instead(form), True), (dearer, False)):
        told = Report(found, wanted=["costs"]).text("md")
        anyway = f"Ook zonder verbetering is vorm {form} in 2011 goedkoper dan niets doen." in told
        promised = f"De besparing van vorm {form} komt niet vanzelf." in told
        assert (anyway or promised) is cheaper
        assert not (anyway and promised)
        assert not cheaper or anyway is (f"Ook zonder verbetering is vorm {form} goedkoper" in told)
        assert (
            f"kost vorm {form} per jaar niet minder dan doorgaan zoals nu" in told
        ) is not cheaper


def test_nothing_was_published() -> None:
    """A region without published figures has nothing to check."""
    assert "gepubliceerde cijfers" not in body("crowd") + body("crowd", part="appendices")
    assert "306 gepubliceerde cijfers nagerekend; 277 komen precies uit." in body("drechtsteden")


def test_no_form_fits() -> None:
    """Where all want one entrance and nobody wants the number yet, a region can start lighter."""
    assert (advice("nobody").recommended, advice("nobody").candidates) == (None, ())
    found = body("nobody")
    assert "**Advies: kies nu nog geen vorm.** Bij elke vorm van samenwerken ontbreekt" in found
    assert "**Begin lichter.** De regio kan nu al met kleine stappen beginnen." in found
    assert "## 3 Geen enkele vorm van samenwerken kan nu" in found


def test_a_municipality_alone_has_nothing_to_choose() -> None:
    """Cooperation begins with a second one: there is no form to look into and no route."""
    assert (advice("minimal").recommended, advice("minimal").roadmap) == (None, None)
    assert "**Advies: er valt nog niets samen te doen.**" in body("minimal")


def test_what_an_assumption_adds_is_told() -> None:
    """Form 4 outscores 3a only by the contacts that we assume to leave the desk."""
    told = "Bij vorm 4 en 5 nemen wij aan dat elk jaar contacten"
    assert told in body("drechtsteden", part="appendices")
    assert "| 71,7 | 71,7 | 73,0 |" in body("drechtsteden")
    still = decide(drechtsteden("nl", "kengetallen.desk_to_digital.value=0"))
    assert told not in Report(still, wanted=["comparison"]).text("md")


def test_too_many_to_divide() -> None:
    """Among more than twenty municipalities nobody divides, and the appendix says so."""
    found = body("crowd", part="appendices")
    assert "Wij verdelen de kosten alleen als er hoogstens 20 meedoen." in found
    assert "Shapley" not in found


WISHES = (
    "municipalities.sliedrecht.wishes={wants: {openingstijden: [E]}, accepts: {kanalen: [A, D]},"
    "refuses: {klantcontacten: [A, B]}}"
)


@pytest.mark.parametrize("lang", LANGS)
def test_wishes_without_a_note_are_told(lang: str) -> None:
    """What a municipality declares is told, choice by choice."""
    found = Report(decide(drechtsteden(lang, WISHES)), lang, ["municipalities"]).text("md")
    choices = drechtsteden(lang).knowledge.choices
    assert choices["openingstijden"].options["E"].text in found
    assert choices["kanalen"].options["D"].text in found
    assert choices["klantcontacten"].options["B"].text in found


def test_changes_to_try_something_out_are_told_first() -> None:
    """Who reads an advice under other facts sees these before anything else."""
    own = Report(
        replace(advice(), receipt=Receipt(changes=("facts.x=1", "facts.legal_form=unknown")))
    )
    found = own.text("md").split("\n\n", 2)[2]
    assert found.startswith("> **Let op: dit is een proef.")
    assert "> - facts.x: 1\n> - Juridische vorm: onbekend\n" in found
    assert own.text("html").index('class="notice"') < own.text("html").index("<strong>Advies")
    assert "Met deze opties: --set facts.x=1; --set facts.legal\\_form=unknown." in found[-500:]


@pytest.mark.usefixtures("anew")
def test_only_what_is_asked_for_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page asks for none of these; whatever is written, each is worked out once."""
    asked: list[str] = []
    names = ("drawn", "sharing", "routes")
    for name in names:
        monkeypatch.setattr(findings, name, counting(getattr(findings, name), asked))
    own = Report(decide(drechtsteden("nl")))
    replace(own, wanted=["situation"]).text("html")
    assert asked == []
    for form in ("md", "html"):
        for part in PARTS:
            own.text(form, part)
    assert sorted(asked) == sorted(names)


def counting(function: Callable[..., object], asked: list[str]) -> Callable[..., object]:
    """The function, that notes that it was asked."""

    def counted(*arguments: object, **options: object) -> object:
        asked.append(function.__name__)
        return function(*arguments, **options)

    return counted


def test_names_keep_their_signs() -> None:
    """An ampersand in a name is left alone in Markdown, and written well in HTML."""
    assert "**IP&A (informatievoorziening" in body("drechtsteden", part="appendices")
    assert "<strong>IP&amp;A (informatievoorziening" in text(form="html", part="appendices")


ANY = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


@examples(8)
@given(ANY.map(str.strip).filter(bool))
def test_a_name_is_only_text(name: str) -> None:
    """Whatever a municipality is called, the page shows it literally and gets no other tags."""
    literally(name)


def literally(name: str) -> None:
    """Check that a name turns up as it is, and that everything else stays as it was."""
    shown = re.sub("[\x00-\x08\x0e-\x1b\x7f]", "\ufffd", name)
    found = Page(fragment(renamed(name)))
    assert found.tags == named().tags
    expected = " ".join(named().text.replace("Naam", shown).split())
    assert found.text.casefold() == expected.casefold(), "but for a capital at a start"


@cache
def named() -> Page:
    """The same sections with a name in which nothing is special."""
    return Page(fragment(renamed("Naam")))


@pytest.mark.parametrize(
    "name",
    some([
        "# kop", "- punt", "1. een", "1", "12345)", "> citaat", "***", "---", "===", "|a|b|",
        "<b>vet</b>", "<!-- x", "[a](b)", "![a](b)", "http://a.nl", "www.a.nl", "a@b.nl", "&lt;",
        "&#35;", "`code`", "*a*", "_a_", "~~a~~", "a\n\n# b", "\x02figure:scores", "\x03",
        "{{ 1 }}", "a\\", "~~~", "```", "[a]: b", "C #", "+", "=", "</style>", "a\u2028# b",
    ]),
)  # fmt: skip
def test_markup_in_a_name_is_only_text(name: str) -> None:
    """Everything that Markdown or HTML would read as its own stays text."""
    literally(name)
    plain = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    md, same = (Report(renamed(one), wanted=WANTED).text("md") for one in (name, "Naam"))
    kinds = [[token.type for token in plain.parse(text)] for text in (md, same)]
    assert kinds[0] == kinds[1]


WANTED = ["summary", "partners", "municipalities"]


def renamed(name: str) -> Advice:
    """The advice for the Drechtsteden in which Sliedrecht has another name."""
    members = dict(advice().region.municipalities)
    members["sliedrecht"] = members["sliedrecht"].model_copy(update={"name": name})
    return replace(advice(), region=advice().region.model_copy(update={"municipalities": members}))


def fragment(advice: Advice) -> str:
    """The sections in which names occur in sentences, lists, headings and tables."""
    return Report(advice, wanted=WANTED).text("html")


def test_a_region_may_have_any_name() -> None:
    """The name of the region, too, is only text: in the title, the cover and the sections."""
    plain, odd = (Page(Report(called(name)).text("html")) for name in ("Naam", "</title><b>&amp;"))
    assert odd.tags == plain.tags
    assert odd.text == plain.text.replace("Naam", "</title><b>&amp;")


def called(name: str) -> Advice:
    """The advice for a municipality alone, in a region of that name."""
    found = advice("minimal")
    return replace(found, region=found.region.model_copy(update={"name": name}))


def test_own_templates_come_first(tmp_path: Path) -> None:
    """A template in the user's folder takes the place of the built-in one; the rest stays."""
    write(tmp_path, "summary", "Wij kiezen {{ v.label(v.focus) }}.")
    found = Report(advice("minimal"), templates=tmp_path).text("md")
    assert "Wij kiezen 3a Samen Zelf Afhandelen." in found
    assert "## 1 De vraag" in found


def test_a_tag_at_the_end_of_a_line_keeps_the_line(tmp_path: Path) -> None:
    """Rows that end with a tag stay rows; lines with nothing but tags leave no trace."""
    template = "| a |\n|---|\n{% for x in [1, 2] %}\n| {{ x }} |{% if x %}{% endif %}\n{% endfor %}"
    write(tmp_path, "summary", f"{template}\n\nWij\nkiezen.")
    found = Report(advice("minimal"), wanted=["summary"], templates=tmp_path).text("md")
    assert "\n\n| a |\n|---|\n| 1 |\n| 2 |\n\nWij kiezen.\n\n" in found


def write(folder: Path, section: str, template: str) -> None:
    """Put a template for a section in a folder of one's own."""
    (folder / "nl" / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "nl" / "sections" / f"{section}.md.j2").write_text(template, encoding="utf-8")


@pytest.mark.usefixtures("anew")
def test_same_input_same_bytes() -> None:
    """Two runs from file to report give the same text, also with the facts in another order."""
    case = drechtsteden("nl")
    towns = {
        name: one.model_copy(update={"facts": dict(reversed([*one.facts.items()]))})
        for name, one in case.region.municipalities.items()
    }
    turned = Case(case.knowledge, case.region.model_copy(update={"municipalities": towns}))
    again = Report(decide(turned, advice().request))
    for form in ("md", "html"):
        assert again.text(form) == text(form=form)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", ["drechtsteden", "minimal", "unknown", "crowd"])
def test_the_terminal_fits_eighty_columns(
    region: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is longer than 80 columns and no name is cut off; everybody is named."""
    lines = list(printed(report(region, lang), monkeypatch))
    assert max(len(line) for line in lines) <= 80
    assert not any("…" in line for line in lines)
    found = " ".join(" ".join(lines).split())
    if advice(region).roadmap is not None:
        own = advice(region).region
        names = [one.name for one in own.municipalities.values()]
        names += [one.name for one in own.organisations.values()]
        assert [name for name in names if name not in found] == []


def printed(own: Report, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The lines of the terminal summary on a terminal of 80 columns."""
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    monkeypatch.setattr(screen, "Console", lambda **_: console)
    own.print_summary()
    return (line.rstrip() for line in out.getvalue().splitlines())


@pytest.mark.parametrize(
    ("amount", "text", "side"),
    [
        (1_830_831, "€\xa01,8 miljoen", "over"),
        (34_815, "€\xa035.000", "under"),
        (395_000, "€\xa0395.000", "exact"),
        (-34_815, "\u2212€\xa035.000", "under"),
        (999, "€\xa0999", "exact"),
        (0, "€\xa00", "exact"),
    ],
)
def test_amounts_in_round_figures(amount: float, text: str, side: str) -> None:
    """Big amounts are told in round figures, with the side on which the real one lies."""
    assert Numbers("nl").rounded(amount) == (text, side)


def test_nothing_left_has_no_sign() -> None:
    """What rounds to zero is written without a minus."""
    numbers = Numbers("nl")
    assert numbers.euro(-0.3) == "€\xa00"
    assert numbers.cents(-0.001) == "€\xa00,00"
    assert numbers.number(-0.04, 1) == "0,0"
    assert numbers.signed(-0.04, 1) == "0,0"
    assert numbers.signed(5, 1) == "+5,0"


@pytest.mark.parametrize(
    ("given_date", "nl", "en"),
    [
        ("2008", "2008", "2008"),
        ("2008-07", "juli 2008", "July 2008"),
        ("2008-07-01", "1 juli 2008", "1 July 2008"),
    ],
)
def test_dates_in_words(given_date: str, nl: str, en: str) -> None:
    """A reference date reads as a Dutch or English reader writes it."""
    assert (Numbers("nl").date(given_date), Numbers("en").date(given_date)) == (nl, en)


def test_no_dutch_sentence_in_python() -> None:
    """The words of the report stand in the templates, not in the program."""
    for path in Path(terminal.__file__).parent.parent.rglob("*.py"):
        assert not SENTENCE.search(path.read_text(encoding="utf-8")), path
