"""Word, OpenDocument and PDF: the same document, natively and on every machine."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from decision.report.document.compose import Part
from decision.report.document.tree import (
    Block,
    Cell,
    Column,
    Fold,
    Heading,
    Item,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Picture,
    Record,
    Run,
    Section,
    Table,
    plain_text,
    walk,
)
from decision.report.files import RefusedError, write
from decision.report.paper.edition import Edition, with_data
from decision.report.paper.extra import PAPERS
from decision.report.paper.office import SHORT, office
from decision.report.paper.reference import built_in
from decision.report.paper.typeset import FONTS, SAFE, _Typesetter, pdf
from decision.report.paper.widths import FULL, fitting, widths
from decision.report.report import Report
from decision.words.catalogue import catalogue
from tests.command_line import DONE, FAULT, MISUSE, SMALL
from tests.command_line import Run as Ran
from tests.report.advices import report
from tests.searching import examples, some

PARTS: tuple[Part, ...] = get_args(Part)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
A4 = (595.28, 841.89)


@cache
def made(form: str, part: Part = "main", region: str = "drechtsteden", lang: str = "nl") -> bytes:
    """A part of a report as a file."""
    return report(region, lang).paper(form, part)


def pages(part: Part, region: str = "drechtsteden", lang: str = "nl") -> Pages:
    """What was laid out."""
    found = report(region, lang)
    if part == "main":
        return found.main
    return with_data(found.appendices, found.main, catalogue(lang, "words"))


def every(kind: type[Block], part: Part = "main") -> list[Any]:
    """All blocks of a kind."""
    return [
        block
        for section in pages(part).sections
        for block in walk(section.blocks)
        if isinstance(block, kind)
    ]


def headings(part: Part) -> list[tuple[int, str]]:
    """Every heading with its level; that of a chapter is 1."""
    found = []
    for section in pages(part).sections:
        found.append((1, section.name))
        found += [
            (block.level - 1, plain_text(block.text))
            for block in walk(section.blocks)
            if isinstance(block, Heading)
        ]
    return found


@cache
def xml(form: str, name: str, part: Part = "main") -> ET.Element:
    """A part of an archive."""
    with ZipFile(io.BytesIO(made(form, part))) as file:
        return ET.fromstring(file.read(name))  # noqa: S314 - our own


@cache
def read(region: str = "drechtsteden", lang: str = "nl", part: Part = "main") -> list[str]:
    """What each page of a PDF says."""
    file = PdfReader(io.BytesIO(made("pdf", part, region, lang)))
    return [page.extract_text() for page in file.pages]


def said(element: ET.Element) -> str:
    """All text in an element."""
    return "".join(element.itertext())


def small(*blocks: Block, title: str | None = "Advies", number: str = "") -> Edition:
    """A document of one chapter."""
    section = Section("proef", "Proef", blocks, number)
    return Edition(Pages(title, (section,)), "nl", "2008-07", catalogue("nl", "words"))


@pytest.mark.parametrize("part", some(PARTS))
def test_word_has_the_document_natively(part: Part) -> None:
    """Headings, captions and headers of tables are those of Word, so that it can find them."""
    body = xml("docx", "word/document.xml", part)
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if name.startswith("Heading"):
            found.append((int(name[-1]), said(paragraph)))
    assert found == headings(part)
    tables = [*body.iter(f"{W}tbl")]
    assert len(tables) == len(every(Table, part))
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)
    captions = [
        said(one)
        for one in body.iter(f"{W}p")
        if (style := one.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(f"{W}val") in {"TableCaption", "ImageCaption"}
    ]
    titled = [one for one in (*every(Table, part), *every(Picture, part)) if one.title]
    label = {Table: "Tabel", Picture: "Figuur"}
    assert sorted(captions) == sorted(
        f"{label[type(one)]} {one.number}. {one.title}" for one in titled
    )


def test_word_tells_what_pictures_show() -> None:
    """Every figure has its text in its place, and says nothing else instead of it."""
    with ZipFile(io.BytesIO(made("docx"))) as file:
        text = file.read("word/document.xml").decode()
    told = [one.get("descr") for one in ET.fromstring(text).iter() if one.tag.endswith("}docPr")]  # noqa: S314
    assert told == [one.diagram.alt for one in every(Picture)]
    assert "base64" not in text


def test_word_pages_are_a4_and_dutch_and_numbered() -> None:
    """The page, the language and the footer are in the document itself."""
    body = xml("docx", "word/document.xml")
    size = body.find(f".//{W}sectPr/{W}pgSz")
    assert size is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert body.find(f".//{W}sectPr/{W}footerReference") is not None
    assert {one.get(f"{W}val") for one in xml("docx", "word/styles.xml").iter(f"{W}lang")} == {
        "nl-NL"
    }
    core = said(xml("docx", "docProps/core.xml"))
    assert core == f"{pages('main').title}nl-NL" + 2 * "2008-07-01T00:00:00Z"


@pytest.mark.parametrize("part", some(PARTS))
def test_contents_lead_to_what_they_name(part: Part) -> None:
    """The table of contents is filled, without a program that has to make it first."""
    body = xml("docx", "word/document.xml", part)
    marks = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    links = [one for one in body.iter(f"{W}hyperlink") if one.get(f"{W}anchor")]
    wanted = [text for level, text in headings(part) if level <= 2]
    assert [*map(said, links)] == wanted
    assert {one.get(f"{W}anchor") for one in links} <= marks
    index = xml("odt", "content.xml", part).find(f".//{TEXT}index-body")
    assert index is not None
    assert [*map(said, index.iter(f"{TEXT}a"))] == wanted


@pytest.mark.parametrize("part", some(PARTS))
def test_opendocument_has_the_document_natively(part: Part) -> None:
    """The same in OpenDocument; there too every picture has its text."""
    body = xml("odt", "content.xml", part)
    found = [(int(one.get(f"{TEXT}outline-level", "")), said(one)) for one in body.iter(f"{TEXT}h")]
    assert found == [*headings(part)] or found[1:] == [*headings(part)]
    tables = [*body.iter(f"{TABLE}table")]
    assert len(tables) == len(every(Table, part))
    assert all(table.find(f"{TABLE}table-header-rows") is not None for table in tables)
    told = [said(one) for one in body.iter() if one.tag.endswith("}desc")]
    assert told == [one.diagram.alt for one in every(Picture, part)]


def test_opendocument_pages_are_a4_and_dutch_and_numbered() -> None:
    """The page, the language and the footer are those of the reference document."""
    styles = xml("odt", "styles.xml")
    page = styles.find(f".//{STYLE}page-layout-properties")
    assert page is not None
    assert (page.get(f"{FO}page-width"), page.get(f"{FO}page-height")) == ("21cm", "29.7cm")
    spoken = {
        (one.get(f"{FO}language"), one.get(f"{FO}country"))
        for one in styles.iter(f"{STYLE}text-properties")
        if one.get(f"{FO}language")
    }
    assert spoken == {("nl", "NL")}
    assert styles.find(f".//{STYLE}footer//{TEXT}page-number") is not None
    assert made("odt")[:80].startswith(b"PK")
    assert b"mimetypeapplication/vnd.oasis.opendocument.text" in made("odt")[:120]


def structure(node: Any) -> Iterator[Any]:  # noqa: ANN401 - of a PDF
    """All elements of the structure of a PDF."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, ArrayObject):
        for one in found:
            yield from structure(one)
    elif isinstance(found, DictionaryObject):
        yield found
        if "/K" in found:
            yield from structure(found["/K"])


@pytest.mark.parametrize("part", some(PARTS))
def test_a_pdf_is_for_archives_and_for_every_reader(part: Part) -> None:
    """PDF/A-2a and PDF/UA-1: tagged, in Dutch, with an outline, and a text for each figure."""
    file = PdfReader(io.BytesIO(made("pdf", part)))
    root: Any = file.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl-NL", True)
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert file.metadata is not None
    assert (file.metadata.title, file.metadata.author) == (pages(part).title, None)
    tags = [one for one in structure(root["/StructTreeRoot"]) if "/S" in one]
    figures = [str(one["/Alt"]) for one in tags if one["/S"] == "/Figure" and "/Alt" in one]
    assert figures == [one.diagram.alt for one in every(Picture, part)]
    heads = sum(len(one.columns) for one in every(Table, part))
    assert sum(one["/S"] == "/TH" for one in tags) == heads
    outline = [str(one.title) for one in flat(file.outline)]
    assert [one for one in outline if one in {text for _, text in headings(part)}] == [
        text for level, text in headings(part) if level <= 3
    ]
    for page in file.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=1)


def flat(outline: Any) -> Iterator[Any]:  # noqa: ANN401 - as pypdf has it
    """The entries of an outline, whatever their level."""
    for one in outline:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one


def test_a_pdf_says_all_that_the_document_says() -> None:
    """No cell, caption or paragraph is lost on the way to paper."""
    letters = re.compile(r"[\s\u00ad\u2010\ufffe-]")
    text = letters.sub("", "".join(read()))
    assert min(map(len, read())) > 200, "an empty page"
    for block in every(Table):
        for cell in (cell for row in block.rows for cell in row.cells):
            assert letters.sub("", cell.text) in text, cell.text
    for block in every(Heading):
        assert letters.sub("", plain_text(block.text)) in text


@pytest.mark.parametrize(
    ("region", "lang", "tag"), [("minimal", "en", "en-GB"), ("nobody", "nl", "nl-NL")]
)
def test_every_region_can_be_put_on_paper(region: str, lang: str, tag: str) -> None:
    """Also one municipality of which nothing is known, and a region where nobody wants to."""
    file = PdfReader(io.BytesIO(made("pdf", "main", region, lang)))
    root: Any = file.root_object
    assert root["/Lang"] == tag
    assert all(len(text) > 100 for text in read(region, lang))
    with ZipFile(io.BytesIO(made("docx", "main", region, lang))) as archive:
        assert tag in archive.read("docProps/core.xml").decode()


@pytest.mark.parametrize("form", some(PAPERS))
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    """There is no clock in a document, nor anything of the machine."""
    found = report("nobody")
    again = Report(found.advice, found.lang)
    assert again.paper(form) == made(form, "main", "nobody")


def test_what_a_figure_shows_can_be_read_as_a_table() -> None:
    """Paper cannot be unfolded, so the data of all figures end the appendices."""
    last = pages("appendices").sections[-1]
    figures = every(Picture)
    assert [one.title for one in last.blocks if isinstance(one, Table)] == [
        f"De cijfers van figuur {one.number}" for one in figures
    ]
    rows = [one.rows for one in last.blocks if isinstance(one, Table)]
    assert rows == [one.data.rows for one in figures]
    assert pages("appendices", "nobody") == report("nobody").appendices, "there are no figures"


def test_short_tables_stay_on_one_page() -> None:
    """In Word and in OpenDocument a table of some rows is not torn; a long one goes on."""
    heights = [len(one.rows) + 1 for one in every(Table, "appendices")]
    body = xml("docx", "word/document.xml", "appendices")
    for table, height in zip(body.iter(f"{W}tbl"), heights, strict=True):
        kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
        assert kept == [*((height <= SHORT,) * (height - 1)), False]
    body = xml("odt", "content.xml", "appendices")
    looks = [
        one.get(f"{STYLE}may-break-between-rows") for one in body.iter(f"{STYLE}table-properties")
    ]
    assert looks == ["false" if height <= SHORT else None for height in heights]


EVERYTHING = (
    Heading(3, (Run("Kop"),)),
    Paragraph(
        (
            Run("vet", strong=True),
            Run(" en "),
            Run("schuin", emphasis=True),
            Run("code", code=True),
            Run("link", target="https://example.org/"),
        )
    ),
    Listing(
        (Item((Run("een"),), Listing((Item((Run("twee"),)),))), Item((Run("drie"),))), ordered=True
    ),
    Fold("Dicht", (Paragraph((Run("open"),)),)),
    Notice((Paragraph((Run("Let op"),)),)),
    Table(
        "t",
        "",
        (Column("Naam"), Column("Bedrag", "number")),
        (
            Record((Cell("#let x = *a* [b]"), Cell("1"))),
            Record((Cell("$a_b$ @c <d>"), Cell("")), faint=True),
            Record((Cell("samen"), Cell("1")), total=True),
        ),
    ),
)


def test_what_a_text_says_is_no_code() -> None:
    """A name with the marks of a language of layout stays that name."""
    edition = small(*EVERYTHING)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(edition))).pages)
    for word in ("#let x = *a* [b]", "$a_b$ @c <d>", "schuin", "twee", "Dicht", "open", "Let op"):
        assert word in text
    for form, name in (("docx", "word/document.xml"), ("odt", "content.xml")):
        with ZipFile(io.BytesIO(office(edition, "docx" if form == "docx" else "odt"))) as file:
            body = said(ET.fromstring(file.read(name)))  # noqa: S314 - our own
        for word in ("#let x = *a* [b]", "$a_b$ @c <d>", "schuin", "twee", "Dicht", "Let op"):
            assert word in body


def test_letters_that_paper_has_are_set() -> None:
    """What counts as safe is, so that it need not be tried every time."""
    typesetter = _Typesetter()
    safe = [chr(code) for code in range(32, 0x2213) if SAFE.fullmatch(chr(code))]
    letters = "\n".join(safe)
    typesetter.typeset("letter.typ", json.dumps({"letter": letters, "fonts": FONTS}))
    assert len(safe) > 300
    assert not typesetter.has("\u6771")


def test_letters_that_no_font_has_are_marked() -> None:
    """A name in other writing stops no document, and what is lost can be seen."""
    edition = small(Paragraph((Run("Dorp \u6771\u4eac \U0001f600 ✓"),)))
    text = PdfReader(io.BytesIO(pdf(edition))).pages[-1].extract_text()
    assert "Dorp" in text
    assert "\u6771" not in text
    assert text.count("\ufffd") == 3


def test_parts_to_embed_have_no_title_page() -> None:
    """A section alone begins with its own heading, and its properties name it."""
    found = replace(report("nobody"), wanted=("summary",))
    file = PdfReader(io.BytesIO(found.paper("pdf")))
    name = found.main.sections[0].name
    assert file.metadata is not None
    assert file.metadata.title == name
    assert file.pages[0].extract_text().startswith(name)


CELLS = st.lists(st.text("abc €1.", max_size=60), min_size=1, max_size=6)


@examples(60)
@given(columns=st.lists(st.tuples(CELLS, st.booleans()), min_size=1, max_size=30))
def test_no_column_falls_off_the_page(columns: list[tuple[list[str], bool]]) -> None:
    """A wide table comes in parts, each with the names of the rows; no amount is broken there."""
    rows = max(len(texts) for texts, _ in columns)
    table = Table(
        "t",
        "Titel",
        tuple(Column(f"k{at}", "number" if one[1] else "text") for at, one in enumerate(columns)),
        tuple(
            Record(tuple(Cell((texts * rows)[at]) for texts, _ in columns)) for at in range(rows)
        ),
    )
    parts = fitting(table)
    told = [column.title for part in parts for column in part.columns[1:]]
    assert told == [column.title for column in table.columns[1:]]
    assert {part.columns[0] for part in parts} == {table.columns[0]}
    for part in parts:
        shares = widths(part)
        assert 0.99 < sum(shares) <= 1
        for at, (share, column) in enumerate(zip(shares, part.columns, strict=True)):
            words = " ".join(row.cells[at].text for row in part.rows).split(" ")
            if len(part.columns) > 2 and column.kind == "number":
                assert share * FULL >= max(map(len, words))


def test_an_example_of_ones_own_gives_page_and_styles(tmp_path: Path) -> None:
    """The user's letter size and paper are kept: only what decide tells is added."""
    own = tmp_path / "huisstijl.docx"
    with ZipFile(io.BytesIO(built_in("docx"))) as ours, ZipFile(own, "w") as file:
        for name in ours.namelist():
            text = ours.read(name).decode()
            file.writestr(name, text.replace('w:w="11906"', 'w:w="10000"'))
    written = office(small(*EVERYTHING), "docx", own)
    with ZipFile(io.BytesIO(written)) as file:
        assert 'w:w="10000"' in file.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("asked", "content", "complaint"),
    [
        ("--format docx --lang nl", b"geen archief", "Fout: {} is geen Word-document (docx)."),
        ("--format docx --lang en", built_in("odt"), "Error: {} is not a Word document (docx)."),
        ("--format odt --lang nl", built_in("docx"), "Fout: {} is geen OpenDocument-tekst (odt)."),
        ("--format odt --lang en", b"", "Error: {} is not an OpenDocument text (odt)."),
        ("--format docx --lang nl", None, "Fout: {} is niet te gebruiken als voorbeeld:"),
        ("--format docx --lang en", None, "Error: {} cannot be used as an example:"),
    ],
)
def test_an_example_that_is_of_no_use_is_told(
    decide: Callable[..., Ran],
    tmp_path: Path,
    asked: str,
    content: bytes | None,
    complaint: str,
) -> None:
    """One line, and nothing is written."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    own = tmp_path / "eigen.bin"
    if content is None:
        with ZipFile(own, "w") as file:
            file.writestr("word/document.xml", "<stuk")
    else:
        own.write_bytes(content)
    options = (*asked.split(), "--reference-doc", str(own))
    status, out, err = decide("region", "klein.yaml", *options)
    assert (status, out) == (FAULT, "")
    assert err.startswith(complaint.format(own))
    assert err.count("\n") == 1
    assert {one.name for one in tmp_path.iterdir()} == {"klein.yaml", "eigen.bin"}


@pytest.mark.parametrize(
    ("lang", "complaint"),
    [
        ("nl", "Fout: --reference-doc geldt alleen voor docx en odt."),
        ("en", "Error: --reference-doc applies to docx and odt only."),
    ],
)
def test_an_example_where_nothing_follows_it_is_refused(
    decide: Callable[..., Ran], lang: str, complaint: str
) -> None:
    """An option without effect is wrong use."""
    status, out, err = decide(
        "region", "x.yaml", "--format", "pdf", "--reference-doc", __file__, "--lang", lang
    )
    assert (status, out) == (MISUSE, "")
    assert err.startswith(complaint)


@pytest.mark.parametrize("form", PAPERS)
@pytest.mark.parametrize(
    ("lang", "complaint"),
    [("nl", "Fout: Voor docx, odt, pdf en xlsx is"), ("en", "Error: For docx, odt, pdf and xlsx")],
)
def test_what_is_not_installed_is_told(
    decide: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    lang: str,
    complaint: str,
) -> None:
    """One line that says what to install, before anything is calculated."""
    monkeypatch.setattr("decision.report.paper.extra.find_spec", lambda _: None)
    status, out, err = decide("region", "drechtsteden.yaml", "--format", form, "--lang", lang)
    assert (status, out) == (FAULT, "")
    assert err.startswith(complaint)
    assert "pip install 'decide-region[documents]'" in err
    assert err.count("\n") == 1


def test_documents_are_named_after_the_region_or_the_section(
    decide: Callable[..., Ran], tmp_path: Path
) -> None:
    """They go to files, as nobody reads them on a terminal, and never over the whole advice."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    status, out, err = decide("region", "klein.yaml", "--format", "odt", "--lang", "en")
    assert (status, out) == (DONE, "")
    assert err == "Written: klein-advice.odt\nWritten: klein-appendices.odt\n"
    status, _, err = decide("region", "klein.yaml", "--format", "odt", "--section", "summary")
    assert (status, err) == (DONE, "Geschreven: klein-summary.odt\n")
    (tmp_path / "klein-summary.odt").write_bytes(b"bewaard door een ander")
    again = ("region", "klein.yaml", "--format", "odt", "--section", "summary")
    for lang, complaint in (
        ("nl", "is niet zoals decide het"),
        ("en", "is not as decide wrote it"),
    ):
        status, _, err = decide(*again, "--lang", lang)
        assert status == FAULT
        assert complaint in err
    status, _, err = decide("region", "klein.yaml", "--output", "x.pdf", "--section", "summary")
    assert (status, err) == (DONE, "Geschreven: x.pdf\n")


@pytest.mark.parametrize("form", PAPERS)
def test_a_document_that_somebody_saved_stays(tmp_path: Path, form: str) -> None:
    """Ours is written over; one that was changed, saved anew or made elsewhere is not."""
    path = tmp_path / f"advies.{form}"
    ours, other = made(form, "main", "nobody"), made(form, "main", "minimal", "en")
    write({path: ours})
    write({path: other})
    assert path.read_bytes() == other
    at = len(other) // 2
    changes = {
        other[:at] + bytes([other[at] ^ 1]) + other[at + 1 :]: "edited_file",
        other.replace(b"decide-region ", b"anders-region "): "unsigned_file",
        b"": "unsigned_file",
    }
    for changed, code in changes.items():
        path.write_bytes(changed)
        with pytest.raises(RefusedError) as error:
            write({path: ours})
        assert error.value.code == code
        write({path: changed})
        assert path.read_bytes() == changed
    write({path: ours}, force=True)
    assert path.read_bytes() == ours
