"""An answer in a format that can stand in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from decision.model.region import Region
from decision.report.document.beside import names
from decision.report.document.markdown import markdown
from decision.report.document.page import html
from decision.report.document.placing import Placing, placed
from decision.report.document.templates import environment
from decision.report.document.tree import Pages, Paragraph, Run
from decision.report.files import sealed
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["chosen", "laid_out"]


def chosen(answer: Pages, wanted: Sequence[str], placing: Placing) -> Pages:
    """The parts of an answer with these names, in that order; all of it where none is named.

    In somebody else's document they have no title above them.
    """
    if not wanted:
        return answer
    parts = {one.id: one for one in answer.sections}
    title = answer.title if placing.standalone else None
    return Pages(title, tuple(parts[one] for one in wanted))


def laid_out(  # noqa: PLR0913 - what it is about, and where it is put
    answer: Pages,
    form: str,
    lang: str,
    placing: Placing,
    region: Region | None = None,
    path: Path | None = None,
) -> str:
    """An answer as ``md`` or ``html``, with a digest of itself at its end.

    Markdown in a file at ``path`` refers to its drawings beside it.
    """
    words = catalogue(lang, "words")
    if region is not None and not placing.standalone:
        date = Numbers(lang).date(region.reference_date)
        origin = words.say("answers.origin", region=region.name, date=date)
        *others, last = answer.sections
        last = replace(last, blocks=(*last.blocks, Paragraph((Run(origin, emphasis=True),))))
        answer = replace(answer, sections=(*others, last))
    pages = placed(answer, placing)
    if form == "md":
        return sealed(markdown(pages, words, names(pages, path) if path else {}), form)
    shell = environment(lang, None, markup=True)
    about = region and {"name": region.name, "reference_date": region.reference_date}
    known = {"lang": lang, "words": words.tree, "region": about}
    return sealed(html(pages, shell, known, words), form)
