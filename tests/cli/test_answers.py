"""What commands answer, in the formats that can stand in a report."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from decision.advice.advice import Advice
from decision.grouping.compared import groupings
from decision.load import Case
from decision.report.answers import groupings as answer_on_groupings
from decision.report.answers.costs import costs_answer
from decision.report.answers.groupings import groupings_answer
from decision.report.answers.layout import laid_out
from decision.report.answers.roadmap import roadmap_answer
from decision.report.answers.robustness import robustness_answer
from decision.report.charts.diagram import Diagram
from decision.report.document.markdown import markdown
from decision.report.document.placing import IN_A_TEXT
from decision.report.document.tree import Pages
from decision.report.files import sealed
from decision.report.report import Report
from decision.report.screen.document import show
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers
from tests.command_line import DONE, FAULT, MISUSE, REGION, SMALL, Run, found_in

Decide = Callable[..., Run]


@pytest.fixture(name="run")
def run_of(request: pytest.FixtureRequest) -> Decide:
    """The program, run in this process."""
    found: Decide = request.getfixturevalue("decide")
    return found


Answered = Callable[[Advice], Pages]

ANSWERS: dict[str, Answered] = {
    "costs": lambda advice: costs_answer(advice, "nl"),
    "robustness": lambda advice: robustness_answer(advice, "nl"),
    "roadmap": lambda advice: roadmap_answer(advice, "nl", everything=False),
}


def same(answer: Pages, capsys: pytest.CaptureFixture[str]) -> None:
    """Every heading and every name in a table is on the screen, in Markdown and in HTML."""
    text = laid_out(answer, "md", "nl", IN_A_TEXT)
    page = html.unescape(laid_out(answer, "html", "nl", IN_A_TEXT))
    show(answer)
    screen = " ".join(capsys.readouterr().out.split())
    assert re.findall(r"<h[1-4]", page)[:2] == ["<h2", "<h3"]
    assert not re.search(r"<html|<script", page)
    for section in answer.sections:
        told = (f"### {section.title}", section.title, section.title)
        for one, shown in zip(told, (text.replace("\\", ""), page, screen), strict=True):
            assert " ".join(one.split()) in " ".join(shown.split())
    names = [row.cells[0].text for one in answer.tables for row in one.rows]
    for name in names:
        assert name in page
        assert all(word in screen for word in name.split())
        assert name in text.replace("\\", "")


@pytest.mark.parametrize("name", ANSWERS)
def test_the_screen_the_text_and_the_page_tell_the_same(
    name: str, advice: Advice, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each format lays out the same answer: no heading and no row is in one and not in another."""
    same(ANSWERS[name](advice), capsys)


def test_a_comparison_of_groupings_is_the_same_in_every_format(
    drechtsteden: Case,
    advice: Advice,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And in the advice it is told in short: the same amounts, at most 350 words beside the map."""
    found = groupings(drechtsteden)
    same(groupings_answer(drechtsteden, found, "nl"), capsys)
    monkeypatch.setattr(answer_on_groupings, "groupings", lambda _: found)
    for lang in ("nl", "en"):
        pages = Report(advice, lang, ["groupings"]).main
        compared, drawn = pages.tables
        told = [[one.value for one in row.cells[1:3]] for row in compared.rows]
        results = [found.groupings[name] for name in found.ranking]
        assert told == [[one.cost, one.in_full.difference] for one in results]
        assert len(drawn.rows) == 8
        text = markdown(pages, catalogue(lang, "words"))
        own = text.split("\n\n**Fig")[0] + text[text.index("\n- **") :].split("\n\n*")[0]
        assert len(own.replace("|", "").split()) <= 350


def test_what_a_grouping_costs_is_that_of_its_groups_without_who_is_from_elsewhere(
    drechtsteden: Case,
) -> None:
    """The amount beside a grouping in the table stands in the list of its groups as well."""
    found = groupings(drechtsteden)
    told = laid_out(groupings_answer(drechtsteden, found, "nl"), "md", "nl", IN_A_TEXT)
    lists = dict(re.findall(r"### ([^\n]+)\n(.*?)(?=\n### |\Z)", told, re.DOTALL))
    wider = [one for one in found if {*drechtsteden.region.neighbours} & {*one.groups[0].members}]
    assert wider
    for one in wider:
        assert one.name is not None
        assert f"Daarvan is {Numbers('nl').euro(one.cost)} van de gemeenten" in lists[one.name]


def test_a_part_has_the_level_and_the_ids_of_its_place(run: Decide) -> None:
    """In somebody else's page no heading is too high, and no id can be another's."""
    asked = ("explain", REGION, "3a", "--section", "why")
    page = run(*asked, "--heading-level", "4", "--id-prefix", "eigen-")[1]
    assert re.findall(r"<h\d[^>]*>", page) == ['<h4 id="eigen-why-title">']
    assert all(one.startswith("eigen-") for one in re.findall(r' id="([^"]+)"', page))
    assert run(*asked, "--heading-level", "1")[1].startswith("# Waarom wel\n")
    whole = run(*asked, "--standalone")[1]
    assert whole.startswith("<!doctype html>")
    assert whole.count("<h1>") == 1


def test_a_csv_holds_numbers(run: Decide) -> None:
    """An amount in a table is the amount of the JSON, in the signs of a Dutch spreadsheet."""
    exact = found_in(run("costs", REGION, "--format", "json", "--draws", "10"))["costs"]
    asked = ("costs", REGION, "--draws", "10", "--format", "csv", "--section", "per-year")
    text = run(*asked)[1]
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert head[1:] == [*exact["3a"]]
    for name, *cells in rows:
        form = exact[name.split()[0]]
        assert [float(one.replace(",", ".")) for one in cells] == pytest.approx(
            [year["total"] for year in form.values()]
        )


def test_more_tables_go_to_a_folder(run: Decide, tmp_path: Path) -> None:
    """One CSV has one table: who asks for more is told which there are, or names a folder."""
    asked = ("robustness", REGION, "--samples", "10", "--format", "csv")
    status, out, err = run(*asked)
    assert (status, out) == (MISUSE, "")
    names = ["places", "everyone", "weights", "weights-2", "stakeholders"]
    assert f"Dit zijn ze: {', '.join(names[:-1])} en {names[-1]}." in err
    (tmp_path / "tabellen").mkdir()
    folder = str(tmp_path / "tabellen")
    assert run(*asked, "--output", folder)[0] == DONE
    assert {one.stem for one in Path(folder).iterdir()} == {*names}
    assert "geen tabel" in run("explain", REGION, "4", "--format", "csv")[2]


PARTS = {
    "deel.md": ("explain", REGION, "3a", "--section", "partners"),
    "deel.html": ("explain", REGION, "3a", "--section", "partners"),
    "deel.json": ("explain", REGION, "3a"),
    "figuur.svg": ("region", REGION, "--section", "figure-cash"),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_refreshed_until_somebody_edits_it(
    run: Decide, tmp_path: Path, name: str
) -> None:
    """What decide wrote it may write again; what somebody changed stays, but for --force."""
    file = tmp_path / name
    asked = (*PARTS[name], "--output", str(file))
    assert run(*asked)[0] == DONE
    first = file.read_text(encoding="utf-8")
    file.write_text(
        sealed(first.replace("Dordrecht", "Dorp").split("\n<!--")[0], "md"), encoding="utf-8"
    )
    if file.suffix != ".json":
        assert run(*asked)[0] == DONE
        assert file.read_text(encoding="utf-8") == first
    edited = first.replace("e", "E", 1)
    file.write_text(edited, encoding="utf-8")
    status, _, err = run(*asked)
    assert (status, file.read_text(encoding="utf-8")) == (FAULT, edited)
    assert "is na het schrijven veranderd" in err


@pytest.mark.parametrize("name", ["tabel.csv", "figuur.png"])
def test_what_has_no_place_for_a_digest_stays(
    run: Decide, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same may be written again; anything else that stands there is kept."""
    monkeypatch.setattr(Diagram, "png", lambda _: b"\x89PNG")
    file = tmp_path / name
    part = "figure-cash" if file.suffix == ".png" else "table-town_costs"
    asked = ("region", REGION, "--section", part, "--output", str(file))
    assert [run(*asked)[0], run(*asked)[0]] == [DONE, DONE]
    file.write_bytes(file.read_bytes() + b" ")
    status, _, err = run(*asked)
    assert (status, file.read_bytes()[-1:]) == (FAULT, b" ")
    assert "staat niet wie het heeft gemaakt" in err


def test_a_figure_alone_keeps_its_number_and_says_where_it_is_from(run: Decide) -> None:
    """Its title, its data and its source stand there, under the number that it has in the whole."""
    whole = run("region", REGION, "--section", "costs", "--format", "md")[1]
    alone = run("region", REGION, "--section", "figure-cash")[1]
    title = re.search(r"\*\*Figuur 5\.\d\. .+\*\*", alone)
    assert title
    assert title[0] in whole
    assert "\n| 2011 |" in alone
    assert (
        "*Uit: Advies over samenwerking achter 14078. Drechtsteden, peildatum juli 2008." in alone
    )


def test_a_part_in_markdown_shows_the_figures_beside_it(
    run: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a file beside the text, with its text; on the screen there is only its data."""
    monkeypatch.setattr(Diagram, "svg", lambda one, *_: f"<svg>{one.id}</svg>")
    file = tmp_path / "de kosten.md"
    asked = ("region", REGION, "--section", "costs", "--output", str(file))
    assert [run(*asked)[0], run(*asked)[0]] == [DONE, DONE]
    text = file.read_text(encoding="utf-8")
    shown = re.findall(
        r"\n\*\*Figuur 5\.\d\. .+\*\*\\\n!\[.+\.\]\(de%20kosten-(\w+)\.svg\)\n", text
    )
    assert shown == ["cash", "costs", "threshold"]
    assert "\nUitgaven in het jaar waarin zij vallen, zonder afschrijving. Het getal boven" in text
    for name in shown:
        beside = tmp_path / f"de kosten-{name}.svg"
        assert beside.read_text("utf-8").startswith(f"<svg>{name}</svg>\n<!-- decide-region ")
    assert "![" not in run("region", REGION, "--section", "figure-cash")[1]


def test_a_table_alone_is_a_paper_with_a_heading(run: Decide, tmp_path: Path) -> None:
    """A PDF that everybody can read has no empty heading: the title of the table stands there."""
    file = tmp_path / "tabel.pdf"
    asked = ("region", REGION, "--section", "table-town_costs", "--output", str(file))
    assert run(*asked)[0] == DONE
    assert file.read_bytes().startswith(b"%PDF")


def test_a_figure_that_an_advice_does_not_show(
    run: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a region of which nothing is known there is no cash to draw, and nobody who pays."""
    monkeypatch.chdir(tmp_path)
    Path("klein.yaml").write_text(SMALL, encoding="utf-8")
    for part in ("figure-cash", "table-town_costs"):
        status, out, err = run("region", "klein.yaml", "--section", part)
        assert (status, out) == (FAULT, "")
        assert err == f"Fout: {part} staat niet in dit advies: er is niets om te laten zien.\n"


MISTAKES = {
    "costs x.yaml --format csv --heading-level 3": "--heading-level hoort bij --format md en html.",
    "costs x.yaml --format md --id-prefix a": "--id-prefix hoort bij --format html.",
    "costs x.yaml --format md --standalone": "--standalone hoort bij --format html.",
    "costs x.yaml --section plan --format json": "--section hoort bij --format md, html en csv.",
    "costs x.yaml --standalone --id-prefix a": (
        "--id-prefix is voor een stuk in een andere pagina en gaat niet samen met --standalone."
    ),
    "costs x.yaml --id-prefix 1a": (
        "Bij --id-prefix: een id begint met een letter en heeft letters, cijfers, - en _. "
        "1a kan niet."
    ),
    "region x.yaml --format pdf --output a.docx": (
        "--format pdf past niet bij de naam a.docx. Laat die eindigen op .pdf, "
        "of laat --format weg."
    ),
    "roadmap x.yaml --format csv --output plan.ics": (
        "--format csv past niet bij de naam plan.ics. Laat die eindigen op .csv, "
        "of laat --format weg."
    ),
    "region x.yaml --format svg": (
        "--format svg is voor een onderdeel. Kies er een met --section, bijvoorbeeld "
        "--section figure-costs."
    ),
    f"region {REGION} --section effects --section costs --format svg": (
        "Een tekening is van één figuur. Kies er een met --section: figure-staff, figure-cash, "
        "figure-costs en figure-threshold."
    ),
    f"region {REGION} --section questions --format png": (
        "Hierin staat geen figuur. Kies een ander onderdeel met --section."
    ),
    f"explain {REGION} 3a --section weg": (
        "weg kan niet bij --section. Te kiezen: explanation, why, partners en facts."
    ),
}


@pytest.mark.parametrize(("line", "said"), MISTAKES.items())
def test_what_cannot_be_asked_is_explained(run: Decide, line: str, said: str) -> None:
    """An option without effect is refused, and an unknown part told with those that there are."""
    status, out, err = run(*line.split())
    assert (status, out) == (MISUSE, "")
    assert err.splitlines()[0] == f"Fout: {said}"
