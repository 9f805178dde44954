"""One advice, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from decision.advice.advice import Advice
from decision.report.document.markdown import Section, markdown, sections, title, written
from decision.report.document.page import html
from decision.report.document.templates import told
from decision.report.files import sealed
from decision.report.screen.advice import print_summary
from decision.words.catalogue import catalogue

__all__ = ["Report", "sections"]


@dataclass(frozen=True)
class Report:
    """One advice, ready to be written in any format.

    Attributes:
        advice: What is written.
        lang: In which language.
        wanted: Ids of sections; none means all of them.
        templates: A folder whose templates come before the built-in ones.
    """

    advice: Advice
    lang: str = "nl"
    wanted: Sequence[str] = ()
    templates: Path | None = None

    @cached_property
    def parts(self) -> tuple[Section, ...]:
        """The wanted sections, written once for all formats."""
        with told(self.templates):
            return written(self.advice, self.lang, self.wanted, self.templates)

    @property
    def title(self) -> str | None:
        """The title of a whole report; None for sections to embed elsewhere."""
        return None if self.wanted else title(self.advice, self.lang)

    def text(self, form: str) -> str:
        """The report as ``md``, ``html`` or ``json``, with a digest of itself at its end."""
        if form == "json":
            # Loading the contract takes a while, and most runs need none of it.
            from decision.report.json.advice import contract  # noqa: PLC0415
            from decision.report.json.plain import text  # noqa: PLC0415

            written = text(contract(self.advice)) + "\n"
        elif form == "html":
            with told(self.templates):
                written = html(self.advice, self.lang, self.parts, self.title, self.templates)
        else:
            written = markdown(self.parts, self.title)
        return sealed(written, form)

    def file_name(self, form: str) -> str:
        """The name of the file in the current folder: ``<region>-advies.<form>``."""
        return f"{self.advice.region.id}-{catalogue(self.lang, 'words').say('file')}.{form}"

    def print_summary(self) -> None:
        """Print the first section, the scores and the parts on standard output."""
        print_summary(self.advice, self.lang, markdown(self.parts[:1], None))
