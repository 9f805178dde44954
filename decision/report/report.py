"""One advice, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from decision.advice.advice import Advice
from decision.report.document.beside import drawings, names
from decision.report.document.compose import Composer, Part, sections
from decision.report.document.markdown import markdown
from decision.report.document.page import html
from decision.report.document.placing import IN_A_TEXT, Placing, placed
from decision.report.document.templates import environment, told
from decision.report.document.tree import Pages, Picture, Section, Table, walk
from decision.report.files import sealed
from decision.report.paper.extra import PAPERS
from decision.words.catalogue import catalogue

__all__ = ["OneFigureError", "Report", "sections"]


class OneFigureError(Exception):
    """A drawing is asked of what is not one figure; ``known`` are the figures that it has."""

    def __init__(self, known: Sequence[str]) -> None:
        """Name the figures."""
        super().__init__(*known)
        self.known = known


@dataclass(frozen=True)
class Report:
    """One advice, ready to be written in any format.

    Attributes:
        advice: What is written.
        lang: In which language.
        wanted: Ids of sections, figures and tables; none means the whole main text.
        templates: A folder whose templates come before the built-in ones.
        reference: A document whose page and styles docx and odt take; None for ours.
        placing: Where what is wanted is put.
    """

    advice: Advice
    lang: str = "nl"
    wanted: Sequence[str] = ()
    templates: Path | None = None
    reference: Path | None = None
    placing: Placing = IN_A_TEXT

    @cached_property
    def composer(self) -> Composer:
        """Who puts the document together."""
        return Composer(self.advice, self.lang, self.templates)

    @cached_property
    def main(self) -> Pages:
        """The main text, or what is wanted of it; put together once for all formats.

        Raises ``NotShownError`` where the advice has no such figure or table.
        """
        with told(self.templates):
            if not self.wanted:
                return self.composer.pages("main")
            found = self.composer.parts(self.wanted)
            if self.placing.standalone:
                words = catalogue(self.lang, "words")
                title = words.say("title.main", number=self.composer.known["v"].number)
                found = Pages(title, found.sections)
            return placed(found, self.placing)

    @cached_property
    def appendices(self) -> Pages:
        """The appendices."""
        with told(self.templates):
            return self.composer.pages("appendices")

    def tables(self) -> tuple[Table, ...]:
        """The tables of what is wanted, by the names under which each is asked for."""
        return tuple(
            one if one.id.startswith("figure-") else replace(one, id=f"table-{one.id}")
            for one in self.main.tables
        )

    def drawing(self, form: str) -> str | bytes:
        """The one figure that is wanted, as ``svg`` (which ends with its digest) or ``png``.

        Raises ``OneFigureError`` where that is no figure, or more than one.
        """
        blocks = (one for section in self.main.sections for one in walk(section.blocks))
        found = [one for one in blocks if isinstance(one, Picture)]
        if len(found) != 1:
            raise OneFigureError([f"figure-{one.id}" for one in found])
        drawn = found[0].diagram
        return drawn.png() if form == "png" else sealed(drawn.svg(), form)

    def text(self, form: str, part: Part = "main", beside: Path | None = None) -> str:
        """A part of the report as ``md`` or ``html``, or the advice as ``json``.

        A digest of itself stands at its end. Markdown in a file ``beside`` its drawings refers to
        these.
        """
        if form == "json":
            # Loading the contract takes a while, and most runs need none of it.
            from decision.report.json.advice import contract  # noqa: PLC0415
            from decision.report.json.plain import text  # noqa: PLC0415

            return sealed(text(contract(self.advice)) + "\n", form)
        pages = self.main if part == "main" else self.appendices
        words = catalogue(self.lang, "words")
        if form == "md":
            return sealed(markdown(pages, words, names(pages, beside) if beside else {}), form)
        with told(self.templates):
            shell = environment(self.lang, self.templates, markup=True)
            return sealed(html(pages, shell, self.composer.known, words), form)

    def paper(self, form: str, part: Part = "main") -> bytes:
        """A part of the report as ``docx``, ``odt`` or ``pdf``, or the tables as ``xlsx``.

        The extra `documents` has to be installed (`decision.report.paper.extra`).

        Raises:
            BadReferenceError: the reference document is of no use for this format.
        """
        # Each format loads what it needs, and most runs need none of it.
        if form == "xlsx":
            from decision.report.paper.workbook import workbook  # noqa: PLC0415

            return workbook(self.advice, self.main, self.lang)
        from decision.report.paper.edition import Edition, with_data  # noqa: PLC0415

        words, pages = catalogue(self.lang, "words"), _headed(self.main)
        if part == "appendices":
            pages = with_data(self.appendices, self.main, words)
        edition = Edition(pages, self.lang, self.advice.as_of, words)
        if form == "pdf":
            from decision.report.paper.typeset import pdf  # noqa: PLC0415

            return pdf(edition)
        from decision.report.paper.office import office  # noqa: PLC0415

        return office(edition, "docx" if form == "docx" else "odt", self.reference)

    def files(self, path: Path | None, forms: Sequence[str]) -> Mapping[Path, str | bytes]:
        """What to write, by file: the main text, and its appendices in a file beside it.

        Beside a part in Markdown stand its figures; the whole advice has them on its page.

        Args:
            path: the file of the main text; None names it ``<region>-advies`` in this folder, or
                after the sections that are wanted.
            forms: the formats to write.
        """
        return dict(one for form in forms for one in self._files(path, form))

    def _files(self, path: Path | None, form: str) -> Iterator[tuple[Path, str | bytes]]:
        say, region = catalogue(self.lang, "words").say, self.advice.region.id
        make = self.paper if form in PAPERS else self.text
        name = "-".join(self.wanted) or say("file.main")
        main = path or Path(f"{region}-{name}.{form}")
        if form == "md" and self.wanted:
            yield main, self.text(form, beside=main)
            yield from drawings(self.main, main).items()
            return
        yield main, make(form)
        if form not in {"json", "xlsx"} and not self.wanted:
            stem = path.stem if path else region
            beside = main.with_name(f"{stem}-{say('file.appendices')}{main.suffix}")
            yield beside, make(form, "appendices")

    def print_summary(self) -> None:
        """Print the first page, the scores and the parts on standard output."""
        # What loads rich is loaded where it is used.
        from decision.report.answers.advice import summary_answer  # noqa: PLC0415
        from decision.report.screen.document import show  # noqa: PLC0415

        show(summary_answer(self.advice, self.lang, self.main.sections[0]), apart=True)


def _headed(pages: Pages) -> Pages:
    """With a heading on every section: a paper needs one, also above a figure alone."""
    return replace(pages, sections=tuple(map(_with_heading, pages.sections)))


def _with_heading(section: Section) -> Section:
    alone = (one.title for one in section.blocks if isinstance(one, Picture | Table))
    return section if section.title else replace(section, title=next(alone, ""))
