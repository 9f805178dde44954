"""The drawings of a text that can show none of its own: files beside it, to which it refers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from decision.report.document.tree import Pages, Picture, walk
from decision.report.files import sealed

__all__ = ["drawings", "names"]


def names(pages: Pages, path: Path) -> Mapping[str, str]:
    """Per figure the name of the file beside the text in ``path``: ``kosten-cash.svg``."""
    return {one.id: f"{path.stem}-{one.id}.svg" for one in _pictures(pages)}


def drawings(pages: Pages, path: Path) -> Mapping[Path, str]:
    """The figures as SVG, each in its file, with a digest of itself at its end."""
    found = names(pages, path)
    return {
        path.with_name(found[one.id]): sealed(one.diagram.svg(), "svg") for one in _pictures(pages)
    }


def _pictures(pages: Pages) -> Iterator[Picture]:
    for section in pages.sections:
        yield from (one for one in walk(section.blocks) if isinstance(one, Picture))
