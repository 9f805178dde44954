"""What every document on paper is told besides its text: title, language, date and words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase

from decision.model.values import first_day
from decision.report.document.tree import Heading, Pages, Picture, Section, Table, numbered, walk
from decision.words.catalogue import Messages
from decision.words.numbers import LOCALES

__all__ = ["TALLEST", "Edition", "drawing_width", "remarks", "with_data"]

TALLEST = 1.25
"""The height of a drawing that fits on a page below its title, in widths of the text."""

MANY = 10
"""So many headings below those of the chapters make a document long."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Pages to print.

    Attributes:
        pages: What is laid out.
        lang: The language of the texts.
        as_of: The date of the advice, that of the document: there is no clock.
        words: Those of the language.
    """

    pages: Pages
    lang: str
    as_of: str
    words: Messages

    @property
    def title(self) -> str:
        """What the document is called in its properties, also where its text has no title."""
        return self.pages.title or "; ".join(one.name for one in self.pages.sections)

    @property
    def tag(self) -> str:
        """The language with its country, such as nl-NL."""
        return LOCALES[self.lang].replace("_", "-")

    @property
    def date(self) -> tuple[int, int, int]:
        """Year, month and day."""
        year, month, day = map(int, first_day(self.as_of).split("-"))
        return year, month, day

    @property
    def contents(self) -> str | None:
        """What stands above the table of contents; None for parts to embed elsewhere."""
        return None if self.pages.title is None else self.words.say("page.contents")

    @property
    def long(self) -> bool:
        """Whether the contents and the page that comes first are to have a page of their own."""
        if self.contents is None:
            return False
        blocks = (block for one in self.pages.sections for block in walk(one.blocks))
        return sum(isinstance(block, Heading) for block in blocks) > MANY

    def label(self, block: Table | Picture) -> str:
        """By what a text refers to a table or figure; nothing where that has no number."""
        kind = "figure" if isinstance(block, Picture) else "table"
        return self.words.say(f"caption.{kind}", number=block.number) if block.number else ""


def with_data(appendices: Pages, main: Pages, words: Messages) -> Pages:
    """The appendices with the data of the figures, which nobody can unfold on paper."""
    found = [
        replace(one.data, title=words.say("caption.data", number=one.number), note="")
        for section in main.sections
        for one in walk(section.blocks)
        if isinstance(one, Picture)
    ]
    if not found:
        return appendices
    letter = ascii_uppercase[len(appendices.sections)]
    section = Section("figures", words.say("caption.all_data"), tuple(found), letter)
    return replace(appendices, sections=(*appendices.sections, numbered(section)))


def remarks(block: Table | Picture) -> tuple[str, ...]:
    """What stands below a table or figure in small letters."""
    source = block.source if isinstance(block, Table) else ""
    return tuple(filter(None, (block.note, source)))


def drawing_width(width: float, height: float) -> int:
    """How wide a drawing is in percent of the text, so that it fits on a page."""
    return min(100, round(100 * TALLEST * width / height))
