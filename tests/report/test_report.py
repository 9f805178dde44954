"""The report: every section in every kind of region, and HTML that anybody can read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from decision.advice import findings
from decision.advice.advice import Advice, decide
from decision.load import Case, load_region
from decision.model.facts import OwnKengetal
from decision.model.region import Region
from decision.report.files import MARK
from decision.report.report import Report, sections
from decision.report.screen import advice as terminal
from decision.report.screen import layout as screen
from decision.words.numbers import Numbers
from tests.searching import examples

REGION = "drechtsteden.yaml"
CASE = load_region(REGION)
DECIDED = decide(CASE)
VOID = {"meta", "br", "hr", "rect", "path", "line", "img", "input"}
UNTIDY = re.compile(
    r"\n{3}|[^\n ]  |[ \t]\n|\n (?! )|[\x02\x03]|None|[-\u2212]€\xa00(?:,0+)?(?![\d,])|\{|\}"
)
SENTENCE = re.compile(r'"[^"]*\b(de|het|een|niet|wordt|gemeente|gemeenten|vorm)\b [a-z][^"]*"')


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


def advice_of(*changes: str) -> Advice:
    """The advice for the Drechtsteden with some changes."""
    return decide(load_region(REGION, changes=changes))


def variant(**parts: object) -> Advice:
    """The advice for the Drechtsteden with some parts of the region replaced."""
    case = load_region(REGION)
    return decide(replace(case, region=case.region.model_copy(update=parts)))


def minimal() -> Advice:
    """One municipality of which nothing is known but its name, and nobody around it."""
    case = load_region(REGION)
    own = case.region.municipalities["dordrecht"]
    alone = Region.model_construct(
        **{
            **dict(case.region),
            "municipalities": {"dordrecht": own.model_copy(update={"facts": {}, "note": None})},
            "situation": None,
            "facts": {},
            "governance": None,
            "organisations": {},
            "neighbours": {},
            "ties": {},
            "groupings": {},
            "sources": {},
        }
    )
    return decide(replace(case, region=alone))


def pair() -> Advice:
    """Two municipalities that want everything, with organisations that follow or decide."""
    case = load_region(REGION)
    two = {name: case.region.municipalities[name] for name in ("dordrecht", "zwijndrecht")}
    members = {"belastingdienst", "sociale-dienst"}
    organisations = {
        name: one.model_copy(update={"members": ()})
        for name, one in case.region.organisations.items()
        if name in members
    }
    update = {"municipalities": two, "organisations": organisations, "ties": {}, "groupings": {}}
    return decide(replace(case, region=case.region.model_copy(update=update)))


def own_sites() -> Advice:
    """Municipalities of their own size, two joint sites, a cap on how busy people may be."""
    basis = {"sites": "own", "joint_sites": (0.6, 0.4), "occupancy_cap": 0.75}
    return variant(costs=load_region(REGION).region.costs.model_copy(update=basis))


def crowd() -> Advice:
    """More municipalities than the cost can be divided over."""
    own = load_region(REGION).region.municipalities["dordrecht"]
    many = {f"dorp-{n}": own.model_copy(update={"name": f"Dorp {n}"}) for n in range(21)}
    return variant(municipalities=many, organisations={}, ties={}, groupings={}, published=None)


def instead(form: str) -> Advice:
    """The advice for the Drechtsteden, if it were another form."""
    return replace(DECIDED, recommended=form, roadmap=None)


@pytest.fixture(scope="module")
def drechtsteden() -> Advice:
    """The advice that comes with the program."""
    return advice_of()


REGIONS: dict[str, Callable[[], Advice]] = {
    "drechtsteden": advice_of,
    "minimal": minimal,
    "pair": pair,
    "nobody": lambda: variant(organisations={}, neighbours={}, governance=None, ties={}),
    "one open question": lambda: advice_of("facts.contact_insight=unknown"),
    "own sites": own_sites,
    "crowd": crowd,
}


@pytest.fixture(scope="module", params=REGIONS)
def advice(request: pytest.FixtureRequest) -> Advice:
    """Advices that differ in what there is to tell."""
    return REGIONS[request.param]()


def test_every_section_stands_alone(advice: Advice) -> None:
    """Each section can be written by itself, for any region, and says something."""
    for section in sections("nl"):
        report = Report(advice, "nl", [section])
        text = report.text("md")
        assert text.startswith("## "), section
        assert len(text.splitlines()) > 2, section
        page = Page(report.text("html"))
        assert page.headings[0] == 2, section
        assert 1 not in page.headings, section
        assert text.count(MARK) == 1, section


def test_markdown_is_tidy(advice: Advice) -> None:
    """One blank line around blocks, no double spaces, no wrapped lines, no leftovers."""
    text = Report(advice).text("md")
    assert not UNTIDY.search(text)
    for before, line in zip(text.split("\n"), text.split("\n")[1:], strict=False):
        assert not (line.startswith("#") and before), line
        assert not (before.startswith("#") and line), before
        assert before.startswith("|") == line.startswith("|") or not before or not line
    assert re.search(rf"[^\n]\n\n<!-- {MARK} [0-9a-f]{{64}} -->\n\Z", text)


def test_tables_have_as_many_cells_as_headings(advice: Advice) -> None:
    """Every row of a table is as long as its first one."""
    even(Report(advice).text("md"))


def even(text: str) -> None:
    """Check that all rows of a table are as long, in every table."""
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        sizes = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(sizes) == 1, table


@pytest.mark.parametrize("form", CASE.knowledge.forms)
def test_the_money_of_any_form(form: str) -> None:
    """Whichever form were advised, doing nothing too, the chapters about money hold together."""
    report = Report(instead(form), wanted=["costs", "conditions", "sources"])
    assert not UNTIDY.search(report.text("md"))
    even(report.text("md"))
    assert Page(report.text("html")).open == []


def test_the_page_is_well_formed(advice: Advice) -> None:
    """Tags balance, one h1, no level skipped, ids once, tables and heading cells named."""
    page = Page(Report(advice).text("html"))
    assert page.open == []
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    assert all(table.get("aria-labelledby") for table in page.tables)
    assert all(cell.get("scope") in {"col", "row"} for cell in page.cells)
    assert page.tags.count("script") == 1
    assert "script" not in Page(Report(advice, wanted=["comparison"]).text("html")).tags


def test_the_page_needs_nothing_else(advice: Advice) -> None:
    """No address outside the page, and every link inside it arrives."""
    text = Report(advice).text("html")
    page = Page(text)
    assert not re.search(r"https?:|//|url\(|@import", text.replace("<!doctype html>", ""))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert f'<meta name="generator" content="{MARK}">' in text
    assert '<html lang="nl">' in text


def test_sections_keep_their_ids(drechtsteden: Advice) -> None:
    """Each section carries its id, so that others can link to it."""
    page = Page(Report(drechtsteden).text("html"))
    assert [name for name in page.ids if name in sections("nl")] == list(sections("nl"))


def test_the_facts_of_the_drechtsteden(drechtsteden: Advice) -> None:
    """The summary has the form, the price and who does what."""
    text = Report(drechtsteden, wanted=["summary"]).text("md")
    assert "kies samenwerkingsvorm 3a Samen Zelf Afhandelen" in text
    assert "In 2011 kost dit plan de gemeenten samen ruim €\xa02,6 miljoen;" in text
    assert "dan betaalden zij in 2011 ruim €\xa01,8 miljoen minder, met 28,9 fte." in text
    assert "Dordrecht, Papendrecht en Zwijndrecht beginnen" in text
    assert "Alblasserdam en Hendrik-Ido-Ambacht werken eerst" in text
    assert "Sliedrecht doet niet mee met vorm 3a, maar wel met vorm 1 Samen Beheren." in text
    assert "Sociale Dienst Drechtsteden beslist zelf" in text


def test_the_cheapest_form_of_every_year(drechtsteden: Advice) -> None:
    """The chapter on costs says when which form is the cheapest, of those with figures."""
    text = Report(drechtsteden, wanted=["costs"]).text("md")
    assert (
        "Van de vormen waarvoor een bron cijfers geeft, is in 2009 en 2010 vorm 3b per gesprek het "
        "goedkoopst, in 2011 vorm 3a."
    ) in text


def test_the_cheapest_form_by_the_whole_year(drechtsteden: Advice) -> None:
    """Form 3a avoids more calls, so that by the year it is the cheapest from 2010 on."""
    text = Report(drechtsteden, wanted=["costs"]).text("md")
    assert "van die vormen, in 2009 vorm 3b, in 2010 en 2011 vorm 3a." in text


def test_the_summary_counts_the_questions_that_the_chapter_lists(drechtsteden: Advice) -> None:
    """As many open questions in the summary as bullets in the chapter on them."""
    text = Report(drechtsteden, wanted=["risks"]).text("md")
    listed = len(re.findall(r"^- .*\*Waarom het telt:\*", text, re.MULTILINE))
    summary = Report(drechtsteden, wanted=["summary"]).text("md")
    assert f"Er zijn nog {listed} vragen die de uitkomst kunnen veranderen." in summary


def test_a_risk_says_for_whom_what_helps_and_where_it_stands(drechtsteden: Advice) -> None:
    """Insight 4 and chapter 7: one-person posts, specialist departments and a face of one's own."""
    text = Report(drechtsteden, wanted=["risks"]).text("md")
    for risk, measure, place in (
        ("Rust het werk op één persoon", "Vul lege functies", "inzicht 4"),
        ("De vakafdelingen leveren de antwoorden", "Overtuig leiding", "tabel 5.3"),
        ("haar eigen gezicht verliest", "wat zij zelf wil houden", "gevoeligheden"),
    ):
        (row,) = (line for line in text.splitlines() if line.startswith("|") and risk in line)
        assert "Papendrecht" in row
        assert "Sliedrecht" not in row, "who does not take part is no risk for who does"
        assert measure in row
        assert place in row


def test_a_lesson_is_told_by_its_advice(drechtsteden: Advice) -> None:
    """Lesson 4: ask for a decision; that a municipality may have doubts is only the reason."""
    text = Report(drechtsteden, wanted=["risks"]).text("md")
    assert "Vraag elke gemeente die twijfelt om een besluit over meedoen." in text
    assert "kies dat moment" in text


def test_grades_from_elsewhere_name_that_place(drechtsteden: Advice) -> None:
    """Tables 5.1-5.3 compare forms 1, 2, 3a and 3b; the other grades come from other places."""
    text = Report(drechtsteden, wanted=["comparison"]).text("md")
    assert "Vorm 0, 4 en 5 staan niet in die vergelijking" in text
    (row,) = (line for line in text.splitlines() if line.startswith("| 10. ") and "vorm 0" in line)
    assert "vorm 4: bron 1, hoofdstuk 6" in row
    assert "tabel 5.3" not in row


def test_where_an_error_in_print_matters(drechtsteden: Advice) -> None:
    """The advice says by which erratum another form is the cheapest, and when."""
    text = Report(drechtsteden, wanted=["costs"]).text("md")
    assert "Wij hebben 306 gepubliceerde cijfers nagerekend. Daarvan komen er 277" in text
    (item,) = re.findall(r"^- \*\*Jaarkosten bij uitbesteden\.\*\*.*$", text, re.MULTILINE)
    assert "In 2010 is vorm 3b per gesprek het goedkoopst" in item
    assert "Volgens de gedrukte cijfers is dat vorm 3a." in item
    assert json.loads(Report(drechtsteden).text("json"))["errata"] == [
        {
            "id": "vorm-3b-jaarkosten",
            "measure": "cost_per_call",
            "year": 2010,
            "as_stated": ["3b"],
            "as_published": ["3a"],
        }
    ]


def test_how_the_figures_were_checked(drechtsteden: Advice) -> None:
    """The chapter on sources has the counts and every erratum; 29 figures belong to one."""
    text = Report(drechtsteden, wanted=["sources"]).text("md")
    assert "| Het cijfer wijkt af zonder verklaring | 0 |" in text
    published = drechtsteden.region.published
    assert published is not None
    rows = [line for line in text.splitlines() if line.endswith(("| nee |", "(per gesprek) |"))]
    assert len(rows) == len(published.errata)
    assert sum(int(line.split("|")[2]) for line in rows) == 29


def test_nothing_was_published() -> None:
    """A region without published figures has nothing to check."""
    own = Report(variant(published=None))
    assert "gedrukte cijfers" not in own.text("md")
    assert json.loads(own.text("json"))["errata"] == []


def test_figures_that_differ_are_counted() -> None:
    """A figure without an explanation is not kept quiet."""
    found = advice_of("published.in_year.rekenmodel-bezetting.printed=0.78")
    text = Report(found, wanted=["costs", "sources"]).text("md")
    assert "Voor 1 cijfer hebben wij geen verklaring." in text
    assert "| Het cijfer wijkt af zonder verklaring | 1 |" in text


def test_what_has_to_come_true(drechtsteden: Advice) -> None:
    """In 2011 about 7% of the promise beats doing nothing, and close to 90% outsourcing."""
    text = Report(drechtsteden, wanted=["conditions"]).text("md")
    assert "In 2011 is per gesprek ongeveer 6% van de verbetering nodig" in text
    assert "Dan is ongeveer 89% van de verbetering nodig om goedkoper te zijn dan vorm 3b" in text
    rows = [line for line in text.splitlines() if line.startswith("| 3b Afhandelen")]
    assert rows[0] == "| 3b Afhandelen Uitbesteden | nooit | nooit | vanaf 89% | nooit |"
    assert rows[1] == "| 3b Afhandelen Uitbesteden | nooit | vanaf 83% | vanaf 73% | vanaf 87% |"
    assert "| 1 Samen Beheren | altijd | altijd |" in text


def test_how_sure_the_amounts_are(drechtsteden: Advice) -> None:
    """The draws and the seed are printed, and the chances are those of the command."""
    text = Report(drechtsteden, wanted=["conditions"]).text("md")
    assert "Daarom hebben wij 10.000 keer alle kengetallen geloot" in text
    assert "Het startgetal van de loting is 14" in text
    chances = re.findall(
        r"^\| (\w+) .*\| (m\w+ dan \d+,\d%|\d+,\d% \(± \d+,\d\)) \|$", text, re.MULTILINE
    )
    assert len(chances) == 10
    told = drechtsteden.findings.of_stated.forms["3a"].years[2011].cost_per_call.unbeaten.value
    assert ("3a", f"{Numbers('nl').percent(told, 1)} (± 0,2)") in chances
    assert [form for form, chance in chances if chance.startswith("meer dan 9")] == ["3a"]
    assert "### Welke kengetallen maken het meest uit?" in text


def test_a_form_that_costs_the_same(drechtsteden: Advice) -> None:
    """Forms 4 and 5 cost the same: neither is ever cheaper, and that is no failure of either."""
    text = Report(instead("4"), wanted=["conditions"]).text("md")
    assert "(aanname) | even duur | even duur | even duur | even duur |" in text
    assert "Vorm 5 staat er niet bij" in text
    costs = Report(drechtsteden, wanted=["costs"]).text("md")
    assert "### De andere kanalen in vorm 4 en 5" in costs
    assert "**Hoeveel contacten dat zijn, is een aanname.**" in costs


def test_who_pays_what(drechtsteden: Advice) -> None:
    """Five municipalities divide the cost of the joint form; Sliedrecht is told apart."""
    text = Report(drechtsteden, wanted=["costs"]).text("md")
    assert "Sliedrecht doet niet mee en betaalt niet mee." in text
    part = text.split("### Wie betaalt wat")[1].split("### Wat elke route kost")[0]
    tables = re.findall(r"(?:^\|.*\n)+", part, re.MULTILINE)
    paid, saved = ([row(line) for line in table.splitlines()[2:]] for table in tables)
    together = paid.pop()
    for column, total in enumerate(together):
        assert sum(one[column] for one in paid) == pytest.approx(total, abs=3)
    for mine, less in zip(paid, saved, strict=True):
        assert [euro - mine[0] for euro in mine[1:]] == pytest.approx(less, abs=1)


def row(line: str) -> list[int]:
    """The whole euros in the row of a table."""
    found = re.findall(r"(\u2212?)€\xa0(\d[\d.]*)", line)
    return [(-1 if minus else 1) * int(euro.replace(".", "")) for minus, euro in found]


def test_a_group_that_would_rather_leave() -> None:
    """Where a division makes some want to leave, the report says who and what they gain."""
    text = Report(instead("2"), wanted=["costs"]).text("md")
    assert "Niet elke verdeling houdt iedereen erbij:" in text
    (item,) = re.findall(r"^- \*\*Inwoners\.\*\*.*$", text, re.MULTILINE)
    assert "Er zijn 15 groepen gemeenten goedkoper uit zonder de anderen." in item
    assert "Het meest winnen Dordrecht en Zwijndrecht: €" in item
    assert "- **Als apart.** Er zijn" in text


def test_too_few_or_too_many_to_divide() -> None:
    """With one municipality, or more than twenty, there is a sentence and no table."""
    single = Report(replace(minimal(), recommended="1"), wanted=["costs"]).text("md")
    assert "Er doet nog geen gemeente mee. Er valt dus niets te verdelen." in single
    many = Report(crowd(), wanted=["costs"]).text("md")
    assert "Wij verdelen de kosten alleen als er hoogstens 20 meedoen" in many
    assert "Shapley" not in single + many


def test_routes(drechtsteden: Advice) -> None:
    """By way of form 1 or 2 the region loses 240.000 euro, straight on it loses nothing."""
    text = Report(drechtsteden, wanted=["costs"]).text("md")
    assert "| Via vorm 1 naar vorm 3a | " in text
    assert "| €\xa0635.000 | €\xa0240.000 | " in text
    assert "| In één keer naar vorm 3a | €\xa01.991.599 | €\xa0395.000 | €\xa00 | " in text
    assert "In het plan sluit Sliedrecht niet aan." in text


def test_doing_nothing_asks_nothing() -> None:
    """Where the advice is to do nothing, nothing has to come true and nobody divides."""
    text = Report(instead("0"), wanted=["costs", "conditions"]).text("md")
    assert "Er hoeft dus ook geen verbetering uit te komen." in text
    assert "### Wie betaalt wat" not in text


def test_the_summary_tells_the_money_of_the_order_that_is_advised(drechtsteden: Advice) -> None:
    """What all would save from the start is not what the region saves that begins with three."""
    text = Report(drechtsteden, wanted=["summary"]).text("md")
    assert "Dat is bijna €\xa0956.000 minder." in text
    assert "Het plan vraagt €\xa0435.000 aan investeringen" in text
    assert "Deden alle gemeenten vanaf 2009 mee, dan betaalden zij" in text
    assert "- daarvoor €\xa0435.000 te investeren;" in (
        Report(drechtsteden, wanted=["decisions"]).text("md")
    )


def test_weeks_are_months_too_where_the_reference_date_has_one(drechtsteden: Advice) -> None:
    """Week 79 after July 2008 is in January 2010; with only a year nobody knows."""
    told = "Komt die in juli 2008, dan is dat januari 2010."
    assert told in Report(drechtsteden, wanted=["summary"]).text("md")
    assert "| 1 | 79 (januari 2010) |" in Report(drechtsteden, wanted=["route"]).text("md")
    region = drechtsteden.region.model_copy(update={"reference_date": "2008"})
    year = Report(replace(drechtsteden, region=region), wanted=["summary", "route"]).text("md")
    assert "beginnen in week 79 na de opdracht.\n" in year
    assert "| 1 | 79 |" in year


def test_what_an_assumption_adds_is_told(drechtsteden: Advice) -> None:
    """Form 4 outscores 3a only by the contacts that we assume to leave the desk."""
    text = Report(drechtsteden, wanted=["comparison"]).text("md")
    assert "Bij vorm 4 en 5 nemen wij aan dat elk jaar contacten" in text
    assert re.search(r"\| 4 Samen .* \| 71,7\u201373,0 \| valt nu af \|", text)
    still = {"desk_to_digital": OwnKengetal(value=0)}
    region = drechtsteden.region.model_copy(update={"kengetallen": still})
    stated = decide(Case(drechtsteden.knowledge, region))
    assert "nemen wij aan" not in Report(stated, wanted=["comparison"]).text("md")


def test_only_what_is_asked_for_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary asks for none of these; whatever is written, each answer is worked out once."""
    asked: list[str] = []
    advice = decide(load_region("drechtsteden.yaml"))
    for name in ("drawn", "sharing", "routes", "verify"):
        monkeypatch.setattr(findings, name, counting(getattr(findings, name), asked))
    Report(advice, wanted=["summary"]).text("html")
    assert asked == []
    report = Report(advice)
    report.text("md")
    report.text("html")
    report.text("json")
    assert sorted(asked) == ["drawn", "routes", "sharing", "verify"]


def counting(function: Callable[..., object], asked: list[str]) -> Callable[..., object]:
    """The function, that notes that it was asked."""

    def counted(*arguments: object, **options: object) -> object:
        asked.append(function.__name__)
        return function(*arguments, **options)

    return counted


def test_names_keep_their_signs(drechtsteden: Advice) -> None:
    """An ampersand in a name is left alone in Markdown, and written well in HTML."""
    assert "| IP&A (informatievoorziening" in Report(drechtsteden).text("md")
    assert "IP&amp;A (informatievoorziening" in Report(drechtsteden).text("html")


@pytest.mark.parametrize("form", [one for one in CASE.knowledge.forms if one != "0"])
def test_a_form_that_saves_nothing_is_not_told_to_save(form: str) -> None:
    """Only of a form that costs less than doing nothing the lower cost can fail to come."""
    costs = DECIDED.costs.forms
    dear = {
        name: replace(one, years={y: replace(c, total=1e9) for y, c in one.years.items()})
        for name, one in costs.items()
        if name != "0"
    }
    dearer = replace(instead(form), costs=replace(DECIDED.costs, forms={**costs, **dear}))
    for advice, cheaper in ((instead(form), True), (dearer, False)):
        text = Report(advice, wanted=["conditions"]).text("md")
        assert costs[form].last_year.total < costs["0"].last_year.total
        assert (f"De lagere kosten van vorm {form} komen er niet vanzelf." in text) is cheaper
        assert (f"kost vorm {form} per jaar niet minder dan niets doen." in text) is not cheaper


WISHES = (
    "municipalities.sliedrecht.wishes={wants: {openingstijden: [E]}, accepts: {kanalen: [A, D]},"
    "refuses: {klantcontacten: [A, B]}}"
)


def test_wishes_without_a_note_are_told() -> None:
    """What a municipality declares is never told as if it had no wishes."""
    dutch = Report(advice_of(WISHES), wanted=["partners"]).text("md")
    (line,) = [one for one in dutch.splitlines() if one.startswith("- **Sliedrecht**")]
    assert "geen wensen bekend" not in line
    options = {name: one.options for name, one in CASE.knowledge.choices.items()}
    accepted = "\u2019 of \u2018".join(options["kanalen"][one].text for one in ("A", "D"))
    refused = "\u2019 en \u2018".join(options["klantcontacten"][one].text for one in ("A", "B"))
    assert f" Wil: openingstijden \u2018{options['openingstijden']['E'].text}\u2019." in line
    assert f" Aanvaardt: kanalen \u2018{accepted}\u2019." in line
    assert f" Weigert: klantcontacten achter het nummer \u2018{refused}\u2019." in line
    english = decide(load_region(REGION, changes=(WISHES,), lang="en"))
    text = Report(english, "en", wanted=["partners"]).text("md")
    (line,) = [one for one in text.splitlines() if one.startswith("- **Sliedrecht**")]
    assert "No wishes" not in line
    assert all(word in line for word in (" Wants: opening hours ", " Accepts: ", " Refuses: "))


def test_only_who_declares_nothing_has_no_wishes() -> None:
    """A note is told as it is, with what is refused; silence is told as silence."""
    nothing = "municipalities.sliedrecht.wishes={}"
    noted = "municipalities.papendrecht.wishes.refuses={kanalen: [D]}"
    unstopped = "municipalities.papendrecht.wishes.note=eerst onderzoeken"
    wants = "organisations.belastingdienst.wishes={wants: {producten: [D]}}"
    text = Report(advice_of(nothing, noted, unstopped, wants), wanted=["partners"]).text("md")
    assert text.count("Over de inrichting zijn geen wensen bekend.") == 1
    assert ". Eerst onderzoeken. Weigert: kanalen \u2018" in text
    assert "### Wat de regionale organisaties willen" in text
    assert "**. Wil: producten bij het eerste contact \u2018" in text


def test_what_is_not_known_is_told_to_hold_only_so_long(drechtsteden: Advice) -> None:
    """Above rows that say `nog niet bekend` stands what that means, and else it does not."""
    told = "dan geldt dat alleen zolang het niet bekend is"
    unknown = advice_of("facts.regional_vision=unknown")
    for one in (drechtsteden, unknown):
        text = Report(one, wanted=["choice"]).text("md")
        assert "sluit een vorm op zichzelf al uit" not in text
        assert "houdt een vorm op zichzelf al tegen" in text
        assert ("(nog niet bekend) |" in text) is (told in text)
    assert told in text


def test_why_a_municipality_weighs_otherwise_is_a_sentence() -> None:
    """A reason without a full stop does not run on into the next sentence."""
    name = "hendrik-ido-ambacht"
    short = advice_of(f"municipalities.{name}.weights_because=de burger eerst")
    text = Report(short, wanted=["comparison"]).text("md")
    assert ". De burger eerst.\n" in text


def test_no_form_fits(drechtsteden: Advice) -> None:
    """Where all want one entrance and nobody wants the number yet, a region can start lighter."""
    names = drechtsteden.region.municipalities
    none = advice_of(*(f"municipalities.{name}.facts.joins_number=nog_niet" for name in names))
    assert (none.recommended, none.candidates) == (None, ())
    text = Report(none).text("md")
    assert "**Advies: kies nu nog geen vorm.** Bij elke vorm van samenwerken ontbreekt" in text
    assert "**Begin lichter.** De regio kan nu al met kleine stappen beginnen." in text
    assert "Er is nog geen gekozen vorm waarvoor een route te maken is." in text


def test_a_municipality_alone_has_nothing_to_choose() -> None:
    """Cooperation begins with a second one: there is no form to look into and no route."""
    alone = minimal()
    assert (alone.recommended, alone.roadmap) == (None, None)
    text = Report(alone).text("md")
    assert "**Advies: er valt nog niets samen te doen.**" in text
    assert "Er is nog geen gekozen vorm waarvoor een route te maken is." in text


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


@examples(25)
@given(NAMES.map(str.strip).filter(bool))
def test_a_name_is_only_text(name: str) -> None:
    """Whatever a municipality is called, the page shows it literally and gets no other tags."""
    literally(name)


def literally(name: str) -> None:
    """Check that a name turns up as it is, and that everything else stays as it was."""
    shown = re.sub("[\x00-\x08\x0e-\x1b\x7f]", "\ufffd", name)
    found = Page(fragment(renamed(name)))
    assert found.tags == named().tags
    assert found.text == " ".join(named().text.replace("Naam", shown).split())


@cache
def named() -> Page:
    """The same sections with a name in which nothing is special."""
    return Page(fragment(renamed("Naam")))


@pytest.mark.parametrize(
    "name",
    [
        "# kop", "- punt", "1. een", "1", "12345)", "> citaat", "***", "---", "===", "|a|b|",
        "<b>vet</b>", "<!-- x", "[a](b)", "![a](b)", "http://a.nl", "www.a.nl", "a@b.nl", "&lt;",
        "&#35;", "`code`", "*a*", "_a_", "~~a~~", "a\n\n# b", "\x02figure:scores", "\x03",
        "{{ 1 }}", "a\\", "~~~", "```", "[a]: b", "C #", "+", "=", "</style>", "a\u2028# b",
    ],
)  # fmt: skip
def test_markup_in_a_name_is_only_text(name: str) -> None:
    """Everything that Markdown or HTML would read as its own stays text."""
    literally(name)
    plain = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    md, same = (Report(renamed(one), wanted=WANTED).text("md") for one in (name, "Naam"))
    kinds = [[token.type for token in plain.parse(text)] for text in (md, same)]
    assert kinds[0] == kinds[1]


WANTED = ["summary", "situation", "partners", "trace", "sources", "risks"]


def renamed(name: str) -> Advice:
    """The advice for the Drechtsteden in which Sliedrecht has another name."""
    members = dict(CASE.region.municipalities)
    members["sliedrecht"] = members["sliedrecht"].model_copy(update={"name": name})
    return replace(DECIDED, region=CASE.region.model_copy(update={"municipalities": members}))


def fragment(advice: Advice) -> str:
    """The sections in which names occur in sentences, lists, headings and tables."""
    return Report(advice, wanted=WANTED).text("html")


def test_a_region_may_have_any_name() -> None:
    """The name of the region, too, is only text: in the title, the cover and the sections."""
    plain = Page(Report(variant(name="Naam")).text("html"))
    found = Page(Report(variant(name="</title><b>&amp;")).text("html"))
    assert found.tags == plain.tags
    assert found.text == plain.text.replace("Naam", "</title><b>&amp;")


def test_own_templates_come_first(drechtsteden: Advice, tmp_path: Path) -> None:
    """A template in the user's folder takes the place of the built-in one; the rest stays."""
    write(tmp_path, "summary", "Wij kiezen {{ v.label(advice.recommended) }}.")
    text = Report(drechtsteden, templates=tmp_path).text("md")
    assert "Wij kiezen 3a Samen Zelf Afhandelen." in text
    assert "## De situatie" in text


def test_a_tag_at_the_end_of_a_line_keeps_the_line(drechtsteden: Advice, tmp_path: Path) -> None:
    """Rows that end with a tag stay rows; lines with nothing but tags leave no trace."""
    template = "| a |\n|---|\n{% for x in [1, 2] %}\n| {{ x }} |{% if x %}{% endif %}\n{% endfor %}"
    write(tmp_path, "summary", f"{template}\n\nWij\nkiezen.")
    text = Report(drechtsteden, wanted=["summary"], templates=tmp_path).text("md")
    assert "\n\n| a |\n|---|\n| 1 |\n| 2 |\n\nWij kiezen.\n\n" in text


def write(folder: Path, section: str, template: str) -> None:
    """Put a template for a section in a folder of one's own."""
    (folder / "nl" / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "nl" / "sections" / f"{section}.md.j2").write_text(template, encoding="utf-8")


@pytest.mark.parametrize("form", ["md", "html"])
def test_same_input_same_bytes(form: str) -> None:
    """Two runs from file to report give the same text."""
    assert Report(advice_of()).text(form) == Report(advice_of()).text(form)


def test_order_of_facts_does_not_matter() -> None:
    """Facts in another order in the file give the same report."""
    municipalities = {
        name: one.model_copy(update={"facts": dict(reversed([*one.facts.items()]))})
        for name, one in CASE.region.municipalities.items()
    }
    turned = variant(municipalities=municipalities)
    assert Report(turned).text("md") == Report(DECIDED).text("md")


def test_the_terminal_fits_eighty_columns(advice: Advice, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 80 columns and no name is cut off."""
    lines = list(printed(advice, monkeypatch))
    assert max(len(line) for line in lines) <= 80
    assert not any("…" in line for line in lines)


def test_the_terminal_names_everybody(
    drechtsteden: Advice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Municipalities stand in the table and organisations in the lines below it."""
    text = " ".join(" ".join(printed(drechtsteden, monkeypatch)).split())
    for one in drechtsteden.region.municipalities.values():
        assert one.name in text
    for organisation in drechtsteden.region.organisations.values():
        assert organisation.name in text


def printed(advice: Advice, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The lines of the terminal summary on a terminal of 80 columns."""
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    monkeypatch.setattr(screen, "Console", lambda **_: console)
    Report(advice).print_summary()
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
