"""The report: every output is a view on the same advice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from decision.advice import Advice
from decision.report.contract import contract
from decision.report.render import html, markdown, sections
from decision.report.terminal import print_summary
from decision.words import catalogue

__all__ = ["Report", "sections"]


class Report:
    """One advice, ready to be written in any format."""

    def __init__(
        self,
        advice: Advice,
        lang: str = "nl",
        wanted: Sequence[str] = (),
        templates: Path | None = None,
    ) -> None:
        """Write ``advice`` in ``lang``; ``wanted`` are ids of sections (none: all of them)."""
        self.advice = advice
        self.lang = lang
        self.wanted = tuple(wanted)
        self.templates = templates

    def text(self, form: str) -> str:
        """The report as ``md``, ``html`` or ``json``."""
        if form == "json":
            return (
                json.dumps(contract(self.advice), ensure_ascii=False, indent=2, allow_nan=False)
                + "\n"
            )
        write = html if form == "html" else markdown
        return write(self.advice, self.lang, self.wanted, self.templates)

    def file_name(self, form: str) -> str:
        """The name of the file in the current folder: ``<region>-advies.<form>``."""
        return f"{self.advice.region.id}-{catalogue(self.lang, 'words').say('file')}.{form}"

    def print_summary(self) -> None:
        """Print the summary for the terminal on standard output."""
        print_summary(self.advice, self.lang, self.templates)
