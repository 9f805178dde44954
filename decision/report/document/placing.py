"""A document where it is put: on a page of its own, or in the document of somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from decision.report.document.tree import (
    Block,
    Fold,
    Heading,
    Inline,
    Item,
    Listing,
    Notice,
    Pages,
    Paragraph,
    Section,
)

__all__ = ["IN_A_TEXT", "Placing", "placed"]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a document is put.

    Attributes:
        level: That of its first heading.
        prefix: What its ids begin with, so that they are no other's in the document around it.
        standalone: Whether it is a page of its own.
    """

    level: int = 2
    prefix: str = ""
    standalone: bool = False


IN_A_TEXT = Placing()
"""In the text of somebody else, below a title."""


def placed(pages: Pages, placing: Placing) -> Pages:
    """The document with the headings and ids of that place.

    In somebody else's document no link leads to a section that is not there.
    """
    level = placing.level if pages.title is None else placing.level + 1
    if placing.standalone:
        level = 2
    here = {f"#{section.id}" for section in pages.sections}
    place = _Place(level - 2, placing.prefix, here)
    sections = tuple(map(place.section, pages.sections))
    title = pages.title and pages.title.removesuffix(".")
    return replace(
        pages, title=title, sections=sections, level=level, embedded=not placing.standalone
    )


@dataclass(frozen=True)
class _Place:
    """How much deeper headings are, what ids begin with, and where links can lead."""

    deeper: int
    prefix: str
    here: set[str]

    def section(self, section: Section) -> Section:
        name = f"{self.prefix}{section.id}"
        return replace(section, id=name, blocks=tuple(self.blocks(section.blocks)))

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Heading(level, text):
                    yield Heading(level + self.deeper, self.text(text))
                case Paragraph(text):
                    yield Paragraph(self.text(text))
                case Listing():
                    yield self.listing(block)
                case Fold() | Notice():
                    yield replace(block, blocks=tuple(self.blocks(block.blocks)))
                case _:
                    yield block

    def listing(self, listing: Listing) -> Listing:
        items = (
            Item(self.text(one.text), one.below and self.listing(one.below))
            for one in listing.items
        )
        return replace(listing, items=tuple(items))

    def text(self, text: Inline) -> Inline:
        """A text in which links within the document lead somewhere, or are none."""
        return tuple(
            replace(run, target=self.target(run.target)) if run.target else run for run in text
        )

    def target(self, target: str) -> str | None:
        if not target.startswith("#"):
            return target
        return f"#{self.prefix}{target[1:]}" if target in self.here else None
