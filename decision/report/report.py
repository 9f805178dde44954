"""One advice, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from decision.advice.advice import Advice
from decision.report.document.compose import Composer, Part, sections
from decision.report.document.markdown import markdown
from decision.report.document.page import html
from decision.report.document.templates import environment, told
from decision.report.document.tree import Pages
from decision.report.files import sealed
from decision.report.paper.extra import PAPERS
from decision.words.catalogue import catalogue

__all__ = ["Report", "sections"]


@dataclass(frozen=True)
class Report:
    """One advice, ready to be written in any format.

    Attributes:
        advice: What is written.
        lang: In which language.
        wanted: Ids of sections; none means the whole main text.
        templates: A folder whose templates come before the built-in ones.
        reference: A document whose page and styles docx and odt take; None for ours.
    """

    advice: Advice
    lang: str = "nl"
    wanted: Sequence[str] = ()
    templates: Path | None = None
    reference: Path | None = None

    @cached_property
    def composer(self) -> Composer:
        """Who puts the document together."""
        return Composer(self.advice, self.lang, self.templates)

    @cached_property
    def main(self) -> Pages:
        """The main text, or the wanted sections; put together once for all formats."""
        with told(self.templates):
            return self.composer.parts(self.wanted) if self.wanted else self.composer.pages("main")

    @cached_property
    def appendices(self) -> Pages:
        """The appendices."""
        with told(self.templates):
            return self.composer.pages("appendices")

    def text(self, form: str, part: Part = "main") -> str:
        """A part of the report as ``md`` or ``html``, or the advice as ``json``.

        A digest of itself stands at its end.
        """
        if form == "json":
            # Loading the contract takes a while, and most runs need none of it.
            from decision.report.json.advice import contract  # noqa: PLC0415
            from decision.report.json.plain import text  # noqa: PLC0415

            return sealed(text(contract(self.advice)) + "\n", form)
        pages = self.main if part == "main" else self.appendices
        words = catalogue(self.lang, "words")
        if form == "md":
            return sealed(markdown(pages, words), form)
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

        words, pages = catalogue(self.lang, "words"), self.main
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
        yield main, make(form)
        if form not in {"json", "xlsx"} and not self.wanted:
            stem = path.stem if path else region
            beside = main.with_name(f"{stem}-{say('file.appendices')}{main.suffix}")
            yield beside, make(form, "appendices")

    def print_summary(self) -> None:
        """Print the first page, the scores and the parts on standard output."""
        from decision.report.screen.advice import print_summary  # noqa: PLC0415 - loads rich

        print_summary(self.advice, self.lang, self.main.sections[0])
